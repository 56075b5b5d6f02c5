package state_test

import (
	"strings"
	"testing"

	"muster/state"
	"muster/state/line"
)

// forge adds what a side did not record, but made up.
func (p *partition) forge(s *side, data state.Data, origin *line.Origin) {
	p.t.Helper()
	p.append(s.inc, state.Entry{Seq: s.inc.Head.Seq + 1, Recorded: p.tick(), Data: data, Frame: &state.Frame{Mode: state.Live, Kind: data.Kind(), By: state.Actor{Name: s.name, Via: "local"}, Origin: origin}, Sealing: &state.Sealing{Prev: s.inc.Head.Hash}})
}

// notes are the texts of all notes of a log.
func notes(inc *state.Incident) string {
	var all []string
	for i := range inc.Log {
		if note, ok := inc.Log[i].Data.(*state.NoteAdded); ok {
			all = append(all, note.Text)
		}
	}
	return strings.Join(all, ",")
}

// TestForgedOrigin: who claims that what they made up is another's entry keeps that one from
// no log, and what they made up stands in it too.
func TestForgedOrigin(t *testing.T) {
	p := newPartition(t, 3)
	base, ben, mallory := p.sides[0], p.sides[1], p.sides[2]
	p.do(base, state.AddNote{Text: "mine"}, p.now)
	p.do(ben, state.AddNote{Text: "seen"}, p.now)
	claim := func(e state.Entry) *line.Origin {
		return &line.Origin{Hash: e.Hash, Seq: e.Seq, Recorded: e.Recorded}
	}
	p.forge(mallory, &state.NoteAdded{Text: "not seen"}, claim(ben.inc.Log[1]))
	p.forge(mallory, &state.NoteAdded{Text: "nor this"}, claim(ben.inc.Log[1]))
	p.forge(mallory, &state.NoteAdded{Text: "not mine"}, claim(base.inc.Log[1]))
	p.merge(base, replayed(t, mallory.inc))
	p.merge(base, replayed(t, ben.inc))
	if got := notes(base.inc); got != "mine,not seen,nor this,not mine,seen" {
		t.Errorf("the log has the notes %s", got)
	}
	for _, carried := range []*side{mallory, ben} {
		p.merge(base, replayed(t, carried.inc)) // changes nothing
		for i := range base.inc.Log {
			merged, ok := base.inc.Log[i].Data.(*state.LogMerged)
			if ok && merged.Head == carried.inc.Head.Hash {
				if found := state.CheckMerge(base.inc, carried.inc, base.inc.Log[i].Seq); len(found) > 0 {
					t.Errorf("what %s carried was taken over, and is found wrong: %v", carried.name, found)
				}
			}
		}
	}
}

// TestOpenedTwice: a branch that opens its incident anew is not taken over, and a log that
// does is another incident's no more than before.
func TestOpenedTwice(t *testing.T) {
	p := newPartition(t, 2)
	base, mallory := p.sides[0], p.sides[1]
	opened := *base.inc.Log[0].Data.(*state.IncidentOpened)
	opened.ID = "../../etc"
	p.forge(mallory, &opened, nil)
	if mallory.inc.ID != "a" || len(mallory.inc.Steps) != len(base.inc.Steps) {
		t.Errorf("the second opening made %s of it, with %d steps", mallory.inc.ID, len(mallory.inc.Steps))
	}
	found, err := state.Contradictions(func(yield func(state.Entry, error) bool) {
		for _, e := range mallory.inc.Log {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil || len(found) != 1 || found[0].Seq != 2 {
		t.Errorf("contradictions: %v, %v", found, err)
	}
	if _, err := state.PlanMerge(base.inc, mallory.inc); err == nil || !strings.Contains(err.Error(), "entry 2") {
		t.Errorf("it is to be taken over: %v", err)
	}
}
