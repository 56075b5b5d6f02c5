package tui_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// hold is how ↵ comes that is held down for ten seconds: with the first pause and at the
// pace of keyboards, as a line heaps it up, or as a terminal tells it that knows repeats.
var hold = map[string]func(term *tuitest.Terminal){
	"pressed once": func(term *tuitest.Terminal) {
		term.Feed([]byte("\r"))
		term.Wait(10 * time.Second)
	},
	"held": func(term *tuitest.Terminal) {
		term.Feed([]byte("\r"))
		term.Wait(500 * time.Millisecond)
		for range 285 {
			term.Feed([]byte("\r"))
			term.Wait(33 * time.Millisecond)
		}
	},
	"held, and heaped up": func(term *tuitest.Terminal) {
		term.Feed([]byte("\r"))
		term.Wait(500 * time.Millisecond)
		for range 57 {
			term.Feed([]byte("\r\r\r\r\r"))
			term.Wait(165 * time.Millisecond)
		}
	},
	"held, with repeats told": func(term *tuitest.Terminal) {
		term.Feed([]byte("\x1b[13;1:1u"))
		term.Wait(500 * time.Millisecond)
		for range 285 {
			term.Feed([]byte("\x1b[13;1:2u"))
			term.Wait(33 * time.Millisecond)
		}
		term.Feed([]byte("\x1b[13;1:3u"))
	},
}

// heldAt is what stands in the log when ↵ was held where keys lead, in an incident that
// has gone on for a while.
func heldAt(t *testing.T, keys []string, how string) (entries []string, screen string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		desk := newDesk(t)
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Title: "Website down", Inputs: map[string]string{"org": "IMO"}, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []state.Command{state.AddNote{Text: "seen"}, state.StartStep{Step: desk.Last().Incident().Steps[0].ID}, state.AddNote{Text: "thought"}} {
			if _, err := session.Do(t.Context(), state.Action{Command: c}); err != nil {
				t.Fatal(err)
			}
		}
		app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now})
		term := seen(t, app, err)
		if how == "held, with repeats told" {
			term.Feed([]byte("\x1b[?3u"))
		}
		for _, key := range keys {
			term.Press(key)
			term.Wait(time.Second)
		}
		hold[how](term)
		term.Wait(time.Second)
		inc := desk.Last().Incident()
		for _, e := range inc.Log {
			entries = append(entries, fmt.Sprintf("%s %s", e.Kind, inc.Describe(e)))
		}
		screen = term.Screen()
	})
	return entries, screen
}

// TestHeldEnter: whoever leans on ↵ for ten seconds, on any screen and in any dialog that a
// key opens, records what one press records, and nothing else.
func TestHeldEnter(t *testing.T) {
	places := [][]string{{"2", "j"}, {"2", "t"}, {"3"}, {"3", "d"}, {"4"}, {"5"}, {"5", "a"}, {"5", "r"}, {"j", "u"}, {"j", "Y"}}
	for _, key := range []string{"j", ":", "?", "n", "d", "D", "s", "i"} {
		places = append(places, []string{key})
	}
	for _, keys := range places {
		once, _ := heldAt(t, keys, "pressed once")
		for how := range hold {
			if got, screen := heldAt(t, keys, how); !slices.Equal(got, once) {
				t.Errorf("%v, then enter %s: the log has\n%q\nand by one press\n%q\n%s", keys, how, got, once, screen)
			}
		}
	}
}

// TestHeldEnterAtHome: it starts nothing.
func TestHeldEnterAtHome(t *testing.T) {
	for how := range hold {
		synctest.Test(t, func(t *testing.T) {
			desk := newDesk(t)
			app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now})
			term := seen(t, app, err)
			hold[how](term)
			if n := tuitest.EntriesOf(desk); n != 0 {
				t.Errorf("%s: an incident with %d entries was started:\n%s", how, n, term.Screen())
			}
		})
	}
}
