package state_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
)

// retimed is a random log whose entries were recorded close to each other, often in one
// second, and tell of what happened at other times.
func retimed(t *rapid.T) *state.Incident {
	inc, _ := grow(t)
	entries := slices.Clone(inc.Log)
	at := day
	for i := range entries {
		at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 400, 1000, 2500, 60000, 600000}).Draw(t, "apart")) * time.Millisecond)
		if rapid.IntRange(0, 30).Draw(t, "back") == 0 {
			at = at.Add(-time.Minute) // the clock was set
		}
		entries[i].Recorded = at
		if rapid.IntRange(0, 3).Draw(t, "late") == 0 {
			entries[i].Occurred = at.Add(-time.Duration(rapid.IntRange(0, 3600).Draw(t, "before")) * time.Second).Truncate(time.Second)
		}
	}
	inc, err := state.Replay(all(entries))
	if err != nil {
		t.Fatal(err)
	}
	return inc
}

func all(entries []state.Entry) func(func(state.Entry, error) bool) {
	return func(yield func(state.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// bare is an incident without the word that it is a past one, to hold it against another.
func bare(inc *state.Incident) string {
	clone := *inc
	clone.Past = nil
	return digest(&clone)
}

// TestEveryPrefix: as it was known when entry N had been recorded, an incident is that of N
// entries; by the time of entry N, that of all that had been recorded by then.
func TestEveryPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inc := retimed(t)
		now := day.AddDate(1, 0, 0)
		before := digest(inc)
		for n := 1; n <= len(inc.Log); n++ {
			at := inc.Log[n-1].Recorded
			by, err := state.KnownBy(inc, uint64(n), time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := state.Replay(all(inc.Log[:n]))
			if got := bare(by); got != digest(want) {
				t.Fatalf("at entry %d of %d: %s", n, len(inc.Log), whereTheyPart(digest(want), got))
			}
			known, err := state.KnownAt(inc, at, now)
			if err != nil {
				t.Fatal(err)
			}
			last := n
			for i := n; i < len(inc.Log); i++ {
				if r := inc.Log[i].Recorded; !r.After(at) || at.Nanosecond() == 0 && r.Truncate(time.Second).Equal(at) {
					last = i + 1
				}
			}
			want, _ = state.Replay(all(inc.Log[:last]))
			if got := bare(known); got != digest(want) || known.Past.Entries != last || known.Past.Of != inc.Head.Seq {
				t.Fatalf("at the time of entry %d: %d entries, not %d", n, known.Past.Entries, last)
			}
		}
		if digest(inc) != before {
			t.Fatal("looking back changed the incident")
		}
	})
}

// TestAsItWas: by all that has been recorded, the incident as it was at the end is the
// incident as it is; before that, what it rests on had happened.
func TestAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inc := retimed(t)
		end, now := day, day.AddDate(1, 0, 0)
		for _, e := range inc.Log {
			counts, _ := inc.Entry(e.Seq)
			for _, at := range []time.Time{e.Recorded, e.When(), counts.When()} {
				if at.After(end) {
					end = at
				}
			}
		}
		past, err := state.WasAt(inc, end, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range inc.Log {
			_, corrects := e.Data.(*state.EntryAmended)
			_, retracts := e.Data.(*state.EntryRetracted)
			if state.Within(past, e.Seq) == (corrects || retracts || inc.RetractedBy(e.Seq) != 0) {
				t.Fatalf("entry %d (%s): within is %v", e.Seq, e.Kind, state.Within(past, e.Seq))
			}
		}
		if got := bare(past); got != digest(inc) {
			t.Fatalf("at its end: %s", whereTheyPart(digest(inc), got))
		}
		for _, e := range inc.Log {
			was, err := state.WasWhen(inc, e.Seq, time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			for _, seq := range state.InOrder(was, true) {
				if one, _ := inc.Entry(seq); seq > 1 && one.When().After(was.Past.At) && one.Kind != state.KindNoticeDrafted {
					t.Fatalf("at %v: entry %d happened at %v", was.Past.At, seq, one.When())
				}
			}
		}
	})
}

// TestAsItWasStories: what was learned later stands where it happened, and what was
// corrected counts as corrected; as it was known then, neither.
func TestAsItWasStories(t *testing.T) {
	l := newLedger(t, towers)
	start := l.now
	at := func(m int) time.Time { return start.Add(time.Duration(m) * time.Minute) }
	set := func(service string, to state.ServiceState, m, happened int) uint64 {
		l.now = at(m - 1)
		return l.act("Ada", state.Action{Command: state.SetService{Service: service, State: to, Why: "seen"}, Occurred: at(happened), Override: "test"})
	}
	set("web", state.Restored, 10, 10)
	slip := set("alone", state.ShutDown, 11, 11)
	set("web", state.Affected, 20, 5) // learned ten minutes after it was restored
	l.now = at(29)
	l.act("Ada", state.Action{Command: state.RetractEntry{Seq: slip, Why: "the wrong one"}})
	now := at(60)
	for _, c := range []struct {
		minute     int
		known, was string // of web and alone
	}{
		{7, "unknown unknown", "affected unknown"},
		{15, "restored shut-down", "restored unknown"},
		{25, "affected shut-down", "affected unknown"},
		{35, "affected unknown", "affected unknown"},
	} {
		states := func(inc *state.Incident, err error) string {
			if err != nil {
				t.Fatal(err)
			}
			return string(inc.Service("web").State) + " " + string(inc.Service("alone").State)
		}
		if got := states(state.KnownAt(l.inc, at(c.minute), now)); got != c.known {
			t.Errorf("at minute %d it was known: %s, not %s", c.minute, got, c.known)
		}
		if got := states(state.WasAt(l.inc, at(c.minute), now)); got != c.was {
			t.Errorf("at minute %d it was: %s, not %s", c.minute, got, c.was)
		}
	}
	for name, err := range map[string]error{
		"begins":    second(state.KnownAt(l.inc, start.AddDate(0, 0, -1), now)),
		"first":     second(state.WasAt(l.inc, start.AddDate(0, 0, -1), now)),
		"not come":  second(state.KnownAt(l.inc, now.Add(time.Second), now)),
		"not  come": second(state.WasAt(l.inc, now.Add(time.Second), now)),
		"no entry":  second(state.KnownBy(l.inc, 99, time.UTC)),
		"no  entry": second(state.WasWhen(l.inc, 0, time.UTC)),
	} {
		if refusal := new(state.Refusal); !errors.As(err, &refusal) || refusal.Field != "at" || !strings.Contains(refusal.Error(), strings.Join(strings.Fields(name), " ")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ *state.Incident, err error) error { return err }
