package state

import (
	"testing"

	"muster/runbooks"
)

// TestFirstActs: each once, in the order that the runbooks name, and of an attached one what
// was there already where it is; what a runbook names and has not is left out.
func TestFirstActs(t *testing.T) {
	inc := &Incident{
		Books: []Book{
			{Runbook: &runbooks.Runbook{Immediate: []string{"call", "gone", "out"}}},
			{Prefix: "fire", Runbook: &runbooks.Runbook{Immediate: []string{"out", "look"}}, Shared: &Shared{Steps: map[string]string{"out": "out"}}},
			{Prefix: "withheld"},
		},
		Steps:  []Step{{ID: "out"}, {ID: "call"}, {ID: "fire:look"}},
		stepAt: map[string]int{"out": 0, "call": 1, "fire:look": 2},
	}
	got := ""
	for _, s := range FirstActs(inc) {
		got += s.ID + " "
	}
	if got != "call out fire:look " {
		t.Errorf("the first acts are %s", got)
	}
}

// TestActed: opening, and saying who one is, is not an act; nor is another's, or what is
// withheld.
func TestActed(t *testing.T) {
	log := []Entry{
		{Seq: 1, Data: &IncidentOpened{}, Frame: &Frame{Kind: KindIncidentOpened, By: Actor{Name: "Ada"}}},
		{Seq: 2, Data: &SessionOpened{}, Frame: &Frame{Kind: KindSessionOpened, By: Actor{Name: "Ada"}}},
		{Seq: 3, Data: &PersonActs{}, Frame: &Frame{Kind: KindPersonActs, By: Actor{Name: "Ada"}}},
		{Seq: 4, Data: &NoteAdded{}, Frame: &Frame{Kind: KindNoteAdded, By: Actor{Name: "Ben"}}},
		{Seq: 5, Frame: &Frame{Kind: KindNoteAdded, By: Actor{Name: "Cleo"}}},
	}
	inc := &Incident{Log: log}
	for person, want := range map[string]uint64{"Ada": 0, "ben": 4, "Cleo": 0, "": 0} {
		if got := Acted(inc, person); got != want {
			t.Errorf("%s acted in entry %d", person, got)
		}
	}
	inc.Log = append(inc.Log, Entry{Seq: 6, Data: &NoteAdded{}, Frame: &Frame{Kind: KindNoteAdded, By: Actor{Name: "Ada"}}})
	if got := Acted(inc, "ada"); got != 6 {
		t.Errorf("ada acted in entry %d", got)
	}
}
