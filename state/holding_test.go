package state_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"muster/state"
)

// TestContradictionsOfManyCorrections: what is found in a log is what would be found if the
// incident was computed anew for each correction, whatever was forged in it.
func TestContradictionsOfManyCorrections(t *testing.T) {
	several := 0
	rapid.Check(t, func(t *rapid.T) {
		lived, _ := grow(t)
		log := slices.Clone(lived.Log)
		for i := range log[1:] {
			forge(t, log, i+1)
		}
		want := state.ContradictionsAnew(log)
		if found := contradictions(t, log); !slices.EqualFunc(found, want, alike) {
			t.Fatalf("found is\n%v\nand computed anew it is\n%v", found, want)
		}
		if len(want) > 2 {
			several++
		}
	})
	if several == 0 {
		t.Error("hardly anything was contradicted, so that nothing was tested")
	}
}

// alike reports whether two contradictions are one.
func alike(a, b state.Contradiction) bool {
	return a.Seq == b.Seq && a.What == b.What && a.Open == b.Open
}

// TestRoleThatRestsOnANote: a step that a service no longer needs is there because of a
// note, and its answer gave a role. Without the note nobody gave it.
func TestRoleThatRestsOnANote(t *testing.T) {
	l := newLedger(t, propertyBook)
	l.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: "seen"})
	note := l.do("Ada", state.AddNote{Step: "stop/web", Text: "who does it?"})
	l.do("Ada", state.SetService{Service: "web", State: state.Unaffected, Why: "it was another"})
	done := l.do("Ada", state.DoStep{Step: "stop/web"})
	l.do("Ada", state.RetractEntry{Seq: note, Why: "another service"})
	last := l.do("Ben", state.AddNote{Text: "I am in charge"})
	log := slices.Clone(l.inc.Log)
	log[done-1].Data = with(log[done-1].Data.(*state.StepDone), func(d *state.StepDone) {
		d.Sets = state.Sets{Roles: map[string]string{"commander": "whom"}, People: map[string]string{"commander": "Ben"}}
	})
	log[last-1].By.Role = "commander"
	if want, found := state.ContradictionsAnew(log), contradictions(t, log); len(want) != 1 || !slices.EqualFunc(found, want, alike) {
		t.Errorf("found is %v, want %v, of entry %d", found, want, last)
	}
}

// forge makes something else of an entry.
func forge(t *rapid.T, log []state.Entry, i int) {
	e := &log[i]
	e.Own()
	seq := rapid.Uint64Range(0, e.Seq).Draw(t, "of")
	person := rapid.SampledFrom(people).Draw(t, "person")
	switch rapid.IntRange(0, 9).Draw(t, "forge") {
	case 0, 1, 2:
		e.By.Role = rapid.SampledFrom([]string{"commander", "scribe"}).Draw(t, "role")
	case 3, 4:
		e.Kind, e.Data = state.KindEntryRetracted, &state.EntryRetracted{Seq: seq, Why: "forged"}
	case 5:
		e.Kind, e.Data = state.KindEntryAmended, &state.EntryAmended{Seq: seq, Text: new("forged"), Why: "forged"}
	case 6:
		e.Kind, e.Data = state.KindStepDone, &state.StepDone{StepRef: state.StepRef{Step: rapid.SampledFrom(stepIDs).Draw(t, "step")},
			Sets: state.Sets{Roles: map[string]string{"commander": "whom"}, People: map[string]string{"commander": person}}}
	case 7:
		e.Kind, e.Data = state.KindRoleAssigned, &state.RoleAssigned{Role: "commander", Person: person}
	case 8:
		switch rapid.IntRange(0, 9).Draw(t, "withheld") {
		case 0:
			e.Data, e.Withheld = nil, state.AllParts
		case 1:
			e.Withheld = state.PartsOf(state.Notes)
		}
	}
}

// mixed is a log of so many entries as a long incident has them: steps done and opened
// again, services that come and go, statements, and corrections of one in fifteen.
func mixed(tb testing.TB, entries int) []state.Entry {
	tb.Helper()
	l := newLedger(tb, propertyBook)
	do := l.do
	do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	do("Ada", state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	do("Ada", state.AnswerStep{Step: "attack", Option: "yes"})
	for i := 0; len(l.inc.Log) < entries; i++ {
		step, who := []string{"stop/gisis", "restore/gisis", "tell"}[i%3], people[i%3]
		do(who, state.StartStep{Step: step})
		note := do(who, state.AddNote{Step: step, Text: fmt.Sprintf("look %d: port 1433 refuses connections", i)})
		do(who, state.DoStep{Step: step, Note: "done as written"})
		if i%4 == 1 {
			do(who, state.RetractEntry{Seq: note, Why: "the wrong host"})
		}
		if i%4 == 3 {
			do(who, state.AmendEntry{Seq: note, Text: new("port 1434 does"), Why: "misread"})
		}
		if i%10 == 0 {
			do(who, state.SetService{Service: "web", State: state.ServiceStates()[1+i/10%5], Why: fmt.Sprint("look ", i)})
		}
		do(who, state.ReopenStep{Step: step, Why: "again"})
	}
	return l.inc.Log
}

// BenchmarkContradictions reads a log with hundreds of corrections.
func BenchmarkContradictions(b *testing.B) {
	for _, entries := range []int{5_000, 10_000} {
		log := mixed(b, entries)
		b.Run(fmt.Sprint(entries), func(b *testing.B) {
			for b.Loop() {
				contradictions(b, log)
			}
		})
	}
}
