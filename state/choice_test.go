package state_test

import (
	"slices"
	"testing"
	"time"

	"muster/state"
)

// TestChoiceIsWhatItsPartsAllow: each part of a choice holds back what it does not allow,
// and nothing else.
func TestChoiceIsWhatItsPartsAllow(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	entry := func(seq uint64, who string, data state.Data, occurred time.Time) state.Entry {
		return state.Entry{Seq: seq, Recorded: at.Add(time.Duration(seq) * time.Minute), Data: data, Frame: &state.Frame{Kind: data.Kind(), By: state.Actor{Name: who}, Occurred: occurred}}
	}
	inc := &state.Incident{Log: []state.Entry{
		entry(1, "Ada", &state.IncidentOpened{}, time.Time{}),
		entry(2, "Ada", &state.NoteAdded{Text: "a", Step: "triage"}, time.Time{}),
		entry(3, "Ben", &state.StepDone{StepRef: state.StepRef{Step: "triage"}}, at.Add(-time.Hour)),
		entry(4, "Ben", &state.StepStarted{StepRef: state.StepRef{Step: "scope"}}, time.Time{}),
	}}
	for _, c := range []struct {
		choice state.Choice
		want   []uint64
	}{
		{state.Choice{}, []uint64{1, 2, 3, 4}},
		{state.Choice{Occurred: true}, []uint64{3, 1, 2, 4}},
		{state.Choice{Person: "ben"}, []uint64{3, 4}},
		{state.Choice{Kind: "step"}, []uint64{3, 4}},
		{state.Choice{Kind: "step.done"}, []uint64{3}},
		{state.Choice{Kind: state.Decided}, []uint64{2}},
		{state.Choice{Step: "triage"}, []uint64{2, 3}},
		{state.Choice{Since: at.Add(2 * time.Minute), Until: at.Add(3 * time.Minute)}, []uint64{2, 3}},
		{state.Choice{Since: at.Add(2 * time.Minute), Occurred: true}, []uint64{2, 4}},
		{state.Choice{After: 1, UpTo: 3}, []uint64{2, 3}},
		{state.Choice{Person: "Ada", Kind: "step"}, nil},
	} {
		if got := c.choice.Of(inc); !slices.Equal(got, c.want) {
			t.Errorf("%+v is %v, want %v", c.choice, got, c.want)
		}
	}
}

func TestFindKind(t *testing.T) {
	for _, c := range []struct{ ref, want string }{{"step", "step"}, {"STEP.d", "step.done"}, {"deci", state.Decided}, {"entry.mark", "entry.marked"}, {"steps", ""}, {"step.", ""}} {
		if got, err := state.FindKind(c.ref); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s is %q, %v; want %q", c.ref, got, err, c.want)
		}
	}
}
