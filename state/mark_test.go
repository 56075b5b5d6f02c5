package state_test

import (
	"slices"
	"testing"

	"muster/state"
)

// TestMarked: people say which entries are key events, and take it back; a note can say so
// of itself; what is retracted is none.
func TestMarked(t *testing.T) {
	l := newLedger(t, towers)
	first := l.do("Ada", state.AddNote{Text: "they are in"})
	key := l.do("Ben", state.AddNote{Text: "!KEY: files are encrypted"})
	l.do("Ben", state.AddNote{Text: "the !key word is not at the beginning, and !keyboard is another"})
	l.do("Ben", state.AddNote{Text: "!keyboard"})
	mark := l.do("Ada", state.MarkEntry{Seq: first, Why: "it began here"})
	if got := state.Marked(l.inc); !slices.Equal(got, []uint64{first, key}) {
		t.Errorf("marked are %v", got)
	}
	for _, c := range []struct {
		command state.MarkEntry
		reason  state.Reason
	}{
		{state.MarkEntry{Seq: first}, state.AlreadySo}, {state.MarkEntry{Seq: 1, Off: true}, state.AlreadySo}, {state.MarkEntry{Seq: 99}, state.NotFound},
	} {
		if refusal := l.refusal("Ada", state.Action{Command: c.command}); refusal == nil || refusal.Reason != c.reason {
			t.Errorf("%+v: %v", c.command, refusal)
		}
	}
	l.do("Ada", state.MarkEntry{Seq: key, Off: true})
	if got := state.Marked(l.inc); !slices.Equal(got, []uint64{first}) {
		t.Errorf("marked are %v", got)
	}
	l.do("Ada", state.RetractEntry{Seq: mark, Why: "not so"})
	l.do("Ada", state.MarkEntry{Seq: 1})
	l.do("Ada", state.RetractEntry{Seq: first, Why: "not so either"})
	if got := state.Marked(l.inc); !slices.Equal(got, []uint64{1}) {
		t.Errorf("marked are %v", got)
	}
}
