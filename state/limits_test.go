package state_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/when"
)

// TestLimits: what fits exactly is taken, and what is one more is refused. The numbers are
// those that people are told, not the program's own.
func TestLimits(t *testing.T) {
	l := newLedger(t, asks)
	drill := newDrillLedger(t, asks)
	x := func(n int) string { return strings.Repeat("x", n) }
	reach := func(n int) (ways []string) {
		for i := range n {
			ways = append(ways, fmt.Sprintf("tel:%d", i))
		}
		return ways
	}
	claims := func(n int) (all []state.Claim) {
		for range n {
			all = append(all, state.Claim{Service: "web", State: state.Affected})
		}
		return all
	}
	files := func(n int) (all []state.Kept) {
		for i := range n {
			all = append(all, state.Kept{Name: fmt.Sprint(i), SHA256: state.Sum([]byte{byte(i)}), Size: 1})
		}
		return all
	}
	const year = 366 * 24 * 60 // in minutes
	for name, c := range map[string]struct {
		most  int
		makes func(n int) state.Command
	}{
		"bytes of a note":        {16384, func(n int) state.Command { return state.AddNote{Text: x(n)} }},
		"bytes of a title":       {200, func(n int) state.Command { return state.SetTitle{Title: x(n), Why: "x"} }},
		"bytes of a reason":      {16384, func(n int) state.Command { return state.SetTitle{Title: "x", Why: x(n)} }},
		"bytes of a name":        {100, func(n int) state.Command { return state.AssignRole{Role: "commander", Person: x(n)} }},
		"bytes of a sitrep":      {24576, func(n int) state.Command { return state.IssueSitrep{Text: x(n)} }},
		"ways to reach somebody": {20, func(n int) state.Command { return state.AddContact{Title: "New", Reach: reach(n)} }},
		"claims of a notice":     {200, func(n int) state.Command { return state.DraftNotice{Notice: "first", Text: "x", Claims: claims(n)} }},
		"tiers":                  {5, func(n int) state.Command { return state.AddService{Title: "New", Tier: n} }},
		"minutes until a timer": {year, func(n int) state.Command {
			return state.SetTimer{Title: "x", Due: l.now.Add(time.Duration(n) * time.Minute)}
		}},
		"files of an inject": {20, func(n int) state.Command {
			return state.DeliverInject{Inject: "one", From: "x", To: "all", Via: "x", Text: "x", Files: files(n)}
		}},
		"the exercise's speed":    {60, func(n int) state.Command { return state.SetExercise{Do: state.ExerciseStart, Speed: n} }},
		"bytes of a title, added": {200, func(n int) state.Command { return state.AddStep{Phase: "p", Title: x(n)} }},
	} {
		t.Run(name, func(t *testing.T) {
			on := l
			switch c.makes(1).(type) {
			case state.DeliverInject, state.SetExercise:
				on = drill
			}
			if refusal := on.refusal("Ada", state.Action{Command: c.makes(c.most)}); refusal != nil {
				t.Errorf("%d are refused: %v", c.most, refusal)
			}
			if on.refusal("Ada", state.Action{Command: c.makes(c.most + 1)}) == nil {
				t.Errorf("%d are taken", c.most+1)
			}
		})
	}
}

// newDrillLedger is a drill of a runbook, as Ada opened it.
func newDrillLedger(t *testing.T, book string) *ledger {
	t.Helper()
	l := &ledger{t: t, now: day}
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	l.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Drill, Runbook: doc})
	return l
}

// TestTimesOfWhatHappened: what happened lies before now, but for what two clocks may differ
// by, and not before muster's earliest year.
func TestTimesOfWhatHappened(t *testing.T) {
	l := newLedger(t, asks)
	l.now = l.now.Add(time.Hour)
	for _, c := range []struct {
		at      time.Time
		refused bool
	}{
		{l.now, false}, {l.now.Add(when.Slack), false}, {l.now.Add(when.Slack + time.Second), true},
		{time.Date(when.Earliest, 1, 1, 0, 0, 0, 0, time.UTC), false}, {time.Date(when.Earliest-1, 12, 31, 23, 59, 59, 0, time.UTC), true},
	} {
		refusal := l.refusal("Ada", state.Action{Command: state.AddNote{Text: "x"}, Occurred: c.at})
		if (refusal != nil) != c.refused || refusal != nil && refusal.Field != "occurred" {
			t.Errorf("at %v, now being %v: %v", c.at, l.now, refusal)
		}
	}
	if l.refusal("Ada", state.Action{Command: state.SetTimer{Title: "x", Due: l.now}}) == nil {
		t.Error("a timer can be set for now")
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.SetTimer{Title: "x", Due: l.now.Add(time.Second)}}); refusal != nil {
		t.Errorf("a timer cannot be set for the next second: %v", refusal)
	}
}

// TestClosingNames: a closing names at most 200 things that were open, and counts the others.
func TestClosingNames(t *testing.T) {
	for _, steps := range []int{10, 200, 201, 230} {
		book := "title = \"T\"\n[[phase]]\ntitle = \"P\"\n"
		for i := range steps {
			book += fmt.Sprintf("[[phase.step]]\nid = \"s%d\"\ntitle = \"S\"\n", i)
		}
		l := newLedger(t, book)
		l.do("Ada", state.CloseIncident{Summary: "x"})
		closed := l.inc.Closed
		if len(closed.Open) != min(steps, 200) || closed.More != max(0, steps-200) {
			t.Errorf("of %d open steps %d are named, and %d more", steps, len(closed.Open), closed.More)
		}
	}
}

// TestBlanksFound: a blank has a name of at most 80 bytes on one line; what is no blank is a
// quotation, and may have one in it.
func TestBlanksFound(t *testing.T) {
	long := strings.Repeat("x", 80)
	for text, want := range map[string]string{
		"": "[]", "no blank": "[]", "«a»": "[«a»]", "«a» «b» «a»": "[«a» «b»]", "«»": "[]", "«a": "[]", "a»": "[]",
		"«" + long + "»": "[«" + long + "»]", "«" + long + "x»": "[]", "«a\nb»": "[]", "«he said «a»": "[«a»]", "«a\xff»": "[]",
	} {
		if got := fmt.Sprint(state.Blanks(text)); got != want {
			t.Errorf("of %q the blanks are %s, not %s", text, got, want)
		}
	}
	// they are named, but not without end
	for n, want := range map[int]string{1: "«b0».", 9: "«b8».", 10: "«b8» and 1 more.", 12: "«b8» and 3 more."} {
		l := newLedger(t, asks)
		l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
		text := ""
		for i := range n {
			text += fmt.Sprintf("«b%d» ", i)
		}
		l.do("Ada", state.DraftNotice{Notice: "second", Text: text})
		refusal := l.refusal("Ada", state.Action{Command: state.SendNotice{Notice: "second", Version: 1, Channel: "x", How: "by hand"}})
		if refusal == nil || !strings.HasSuffix(refusal.Text, want) {
			t.Errorf("of %d blanks it says %v", n, refusal)
		}
	}
}

// TestStatementsAreShort: what is too long for a statement of a head is none, written or read.
func TestStatementsAreShort(t *testing.T) {
	hash := state.Sum([]byte("x"))
	longest := 0
	for n := 1; n < 600; n++ {
		text, err := state.Statement{Incident: strings.Repeat("a", n), Head: state.Head{Seq: 7, Hash: hash}}.Text()
		if err != nil {
			break
		}
		longest = len(text)
		if _, err := state.ParseStatement(text); err != nil {
			t.Fatalf("what has %d bytes cannot be read: %v", len(text), err)
		}
		if _, err := state.ParseStatement(append(text, '\n')); err == nil {
			t.Fatal("with a line more it is read")
		}
	}
	if longest > 512 {
		t.Errorf("the longest statement has %d bytes", longest)
	}
	if _, err := (state.Statement{Incident: "a", Head: state.Head{Hash: hash}}).Text(); err == nil {
		t.Error("there is a statement of no entries")
	}
}

// TestAddedStepsAreNumbered: each step that is added has an id that no other has.
func TestAddedStepsAreNumbered(t *testing.T) {
	l := newLedger(t, asks)
	for _, want := range []string{"added-1", "added-2", "added-3"} {
		l.do("Ada", state.AddStep{Phase: "p", Title: "The same"})
		if l.inc.Step(want) == nil {
			t.Fatalf("there is no step %s", want)
		}
	}
	if l.refusal("Ada", state.Action{Command: state.AddStep{Phase: "p", Title: "x", ID: "added-2"}}) == nil {
		t.Error("two steps have one id")
	}
}
