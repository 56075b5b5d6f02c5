package tui_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"muster/tui"
)

// strokes are what a terminal with the kitty keyboard sends for what a hand does, and
// what it answers.
func strokes() []string {
	return []string{
		"\r", "n", "d", "s", "j", "k", "x", " ", "u", "y", "1", "2", "5", "é", "👩", "\x1b[27u", "\x1b[A", "\x1b[B", "\x1bOB", "\x1b[D", "\x1b[115;5u", "\t",
		"\x1b]11;rgb:1d1d/1f1f/2121\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\a", "\x1b[?2026;2$y", "\x1b[?62;4c", "\x1b[<0;10;5M", "\x1b[M dd", "\x1b[13;2u", "\x1bd",
	}
}

// recorded is what stands in the log when a hand has made the strokes, with a pause
// after each, over a line that tears them as how says: a byte for how many bytes come
// at once, and for how long the next ones take.
func recorded(t *testing.T, hand, how []byte) (entries []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		desk := newDesk(t)
		app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now})
		term := seen(t, app, err)
		term.Press("enter", "ctrl+s")
		term.Feed([]byte("\x1b[?3u"))
		term.Settle()
		for i, stroke := range hand {
			keys := []byte(strokes()[int(stroke)%len(strokes())])
			for n := 0; len(keys) > 0; keys = keys[n:] {
				n = len(keys)
				if len(how) > 0 {
					n = min(n, 1+int(how[i%len(how)])%5)
				}
				term.Feed(keys[:n])
				if n < len(keys) {
					term.Wait(time.Duration(how[i%len(how)]) * 3 * time.Millisecond)
				}
				i++
			}
			term.Wait(700 * time.Millisecond)
		}
		inc := desk.Last().Incident()
		for _, e := range inc.Log {
			entries = append(entries, fmt.Sprintf("%s %s", e.Kind, inc.Describe(e)))
		}
	})
	return entries
}

// FuzzTorn: whatever a hand does, the log has the same entries however the line tears
// what the terminal sends, and for how long.
func FuzzTorn(f *testing.F) {
	f.Add([]byte{1, 2, 3, 0, 0, 22, 0, 23, 0}, []byte{0, 20, 255})
	f.Add([]byte{1, 13, 14, 16, 2, 19, 13, 0, 22, 24, 25, 26, 27}, []byte{20})
	f.Add([]byte{1, 2, 15, 1, 0, 2, 22, 22, 29, 28, 20, 0, 0}, []byte{0, 60, 1, 254})
	f.Add([]byte{0, 0, 0, 0, 0, 0, 2, 9, 8, 9}, []byte{3})
	f.Add([]byte{3, 2, 2, 2, 0, 17, 18, 7, 7, 6, 1, 5, 0}, []byte{5, 0, 100})
	f.Fuzz(func(t *testing.T, hand, how []byte) {
		if len(hand) > 40 {
			t.Skip("it would take seconds")
		}
		if whole, torn := recorded(t, hand, nil), recorded(t, hand, how); !slices.Equal(whole, torn) {
			t.Errorf("the log has\n%q\nand over a line that tears\n%q", whole, torn)
		}
	})
}
