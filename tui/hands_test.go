package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/tui/tuitest"
)

// typedWith types bytes with a pause of a hand between them, and a long one for a ~.
func typedWith(term *tuitest.Terminal, pause time.Duration, keys string) {
	for _, b := range []byte(keys) {
		if b == '~' {
			term.Wait(2 * time.Second)
			continue
		}
		term.Feed([]byte{b})
		term.Wait(pause)
	}
	term.Wait(time.Second)
}

// TestNothingIsRecordedByTyping: case C5. Whoever writes where letters are keys, at the
// speed of a hand or of a line that heaps up, records nothing, and keeps the words, but
// where they choose.
func TestNothingIsRecordedByTyping(t *testing.T) {
	for _, pause := range []time.Duration{0, 90 * time.Millisecond, 200 * time.Millisecond, 330 * time.Millisecond} {
		for _, text := range []string{"signed in from my phone, ok\r", "found it, ok\r", "back now\r", "done with calls\r", "ok\r", "what is it\r", "Yes it works\r", "Send it\r"} {
			t.Run(fmt.Sprintf("%v %s", pause, text), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					term, desk := tuitest.Inside(t)
					typedWith(term, pause, text)
					if n := tuitest.EntriesOf(desk); n != 1 {
						t.Errorf("the log has %d entries:\n%s", n, term.Screen())
					}
					if text[0] != 'S' && !strings.Contains(term.Screen(), strings.Fields(text)[0][1:]) {
						t.Errorf("the words are gone:\n%s", term.Screen())
					}
				})
			})
		}
	}
}
