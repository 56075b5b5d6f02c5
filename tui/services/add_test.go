package services_test

import (
	"slices"
	"testing"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// TestAdding: whoever adds a service says in which order it is restored, 1 to 5, and what it
// cannot run without; neither is asked for.
func TestAdding(t *testing.T) {
	for _, c := range []struct {
		keys string
		tier int
		on   []string
	}{
		{"", 3, nil},
		{"tab left left", 1, nil},
		{"tab left", 2, nil},
		{"tab right", 4, nil},
		{"tab right right", 5, nil},
		{"tab right right right", 1, nil}, // round
		{"tab tab right", 3, []string{"base"}},
		{"tab tab right right", 3, []string{"middle"}},
	} {
		seen(t, few, 100, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
			tuitest.Play(t, term, tuitest.Turn{Do: "+ 'Fax " + c.keys + " ctrl+s ~1s", See: []string{"Fax"}})
			fax := desk.Last().Incident().Service("fax")
			if fax == nil {
				t.Fatalf("%q adds nothing\n%s", c.keys, term.Screen())
			}
			if fax.Def.Tier != c.tier || !slices.Equal(fax.Def.DependsOn, c.on) {
				t.Errorf("%q makes it tier %d, on %q", c.keys, fax.Def.Tier, fax.Def.DependsOn)
			}
		})
	}
	// a service without a name is none
	seen(t, few, 100, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term, tuitest.Turn{Do: "+ enter ctrl+s ~1s", See: []string{"This is needed"}})
		if n := tuitest.EntriesOf(desk); n != 1 {
			t.Errorf("there are %d entries", n)
		}
	})
}

// TestExpected: when a service is expected back is recorded if somebody says it, and is not
// if nobody does.
func TestExpected(t *testing.T) {
	for _, said := range []bool{true, false} {
		seen(t, few, 100, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
			keys := "s right right right tab 'seen "
			if said {
				keys += "tab '4h "
			}
			tuitest.Play(t, term, tuitest.Turn{Do: keys + "ctrl+s ~1s"})
			inc := desk.Last().Incident()
			e, _ := inc.Entry(inc.Head.Seq)
			set, ok := e.Data.(*state.ServiceSet)
			if !ok {
				t.Fatalf("the entry is %T\n%s", e.Data, term.Screen())
			}
			if (set.Expect != nil) != said {
				t.Errorf("said %v: it is expected at %v", said, set.Expect)
			}
			if said && set.Expect.Sub(e.Recorded).Round(time.Minute) != 4*time.Hour {
				t.Errorf("it is expected back in %v", set.Expect.Sub(e.Recorded))
			}
		})
	}
}

// TestExpectedOfThePast: a length of time counts from when the service was so, as in the
// command; what has passed by then is refused, and nothing of the form is lost.
func TestExpectedOfThePast(t *testing.T) {
	seen(t, few, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term, tuitest.Turn{Do: "s right right right tab 'seen tab '30m tab '-40m ctrl+s ~1s"})
		tuitest.Wants(t, term, "Expected back: ", " has passed.", "seen")
		tuitest.Play(t, term, tuitest.Turn{Do: "shift+tab ctrl+u '1h ctrl+s ~1s"})
		inc := desk.Last().Incident()
		e, _ := inc.Entry(inc.Head.Seq)
		set, ok := e.Data.(*state.ServiceSet)
		if !ok || set.Expect == nil {
			t.Fatalf("the entry is %#v\n%s", e.Data, term.Screen())
		}
		if from := set.Expect.Sub(e.Occurred).Round(time.Minute); from != time.Hour {
			t.Errorf("it is expected back %v after it was so", from)
		}
	})
}
