package view

import (
	"testing"
	"time"

	"muster/state"
	"muster/state/line"
)

// parted is a branch of what a scribe has written.
func (s *scribe) parted() *scribe {
	s.t.Helper()
	branch := &scribe{t: s.t, now: s.now, raw: append([][]byte(nil), s.raw...)}
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, text := range s.raw {
			if e, err := state.Decode(text); !yield(e, err) {
				return
			}
		}
	})
	if err != nil {
		s.t.Fatal(err)
	}
	branch.inc = inc
	return branch
}

// take takes over what a branch has, and is the entry that says so.
func (s *scribe) take(branch *scribe) uint64 {
	s.t.Helper()
	plan, err := state.PlanMerge(s.inc, branch.inc)
	if err != nil {
		s.t.Fatal(err)
	}
	head := s.inc.Head
	for i := range plan.Entries {
		e := &plan.Entries[i]
		e.Seq, e.Prev, e.Recorded = head.Seq+1, head.Hash, s.now
		whole, sealed, err := state.Seal(*e)
		if err != nil {
			s.t.Fatal(err)
		}
		*e, head = whole, state.Head{Seq: whole.Seq, Hash: whole.Hash}
		s.raw = append(s.raw, sealed.Bytes)
	}
	if err := state.Stage(s.inc, plan.Entries...); err != nil {
		s.t.Fatal(err)
	}
	return s.do("Ada", state.MergeLog{Source: "/media/stick", Head: branch.inc.Head.Hash, File: branch.inc.Head.Hash, Entries: branch.inc.Head.Seq, Common: plan.Common, Taken: len(plan.Entries), Knew: plan.Knew})
}

// TestTwoAnswersAreTold: what a branch and this log say otherwise of one thing is told with each
// answer, who gave it and where it was recorded, until somebody settles it; then who did, and how.
func TestTwoAnswersAreTold(t *testing.T) {
	s := begun(t)
	branch := s.parted()
	s.do("Ada", state.SetService{Service: "db", State: state.Affected, Why: "files renamed"}) // 2
	branch.do("Ben", state.AddNote{Text: "a note"})
	branch.do("Ben", state.SetService{Service: "db", State: state.Unaffected, Why: "looked"}) // 3 there
	s.do("Ada", state.AddNote{Text: "ours"})
	if two := TwoAnswersOf(s.inc, true); two == nil || len(two) > 0 {
		t.Errorf("before they met there are two answers: %+v", two)
	}
	facts(t, mergesOf(s.inc), map[string]string{"#": "0"})
	merged := s.take(branch) // 4 and 5, and 6 says so
	facts(t, mergesOf(s.inc), map[string]string{
		"#": "1", "0.source": `"/media/stick"`, "0.code": `"` + branch.inc.Head.Hash.Code() + `"`, "0.entries": "3", "0.common": "1", "0.taken": "2", "0.by": `"Ada"`, "0.seq": "6",
	})
	for _, all := range []bool{false, true} {
		facts(t, TwoAnswersOf(s.inc, all), map[string]string{
			"#": "1", "0.what": `"service"`, "0.id": `"db"`, "0.name": `"Database"`, "0.merged": "6", "0.settled": "left out", "0.answers.#": "2",
			"0.answers.0.seq": "2", "0.answers.0.by": `"Ada"`, "0.answers.0.branch_entry": "left out", "0.answers.1.seq": "5", "0.answers.1.by": `"Ben"`, "0.answers.1.branch_entry": "3",
		})
	}
	facts(t, originOf(&s.inc.Log[merged-2]), map[string]string{"seq": "3", "hash": `"` + branch.inc.Head.Hash.String() + `"`})
	settled := s.do("Cleo", state.SettleContradiction{What: state.OfService, Of: "db", Holds: 2, Why: "it is encrypted"})
	facts(t, TwoAnswersOf(s.inc, false), map[string]string{"#": "0"})
	facts(t, TwoAnswersOf(s.inc, true), map[string]string{"#": "1", "0.settled.seq": "7", "0.settled.holds": "2", "0.settled.by": `"Cleo"`, "0.settled.why": `"it is encrypted"`, "0.answers.#": "2"})
	if settled != 7 {
		t.Errorf("it was settled in entry %d", settled)
	}
}

// TestWhereACopyComesFrom: a copy says what it follows and when that was heard last; a moment that
// is looked back to, how it is told.
func TestWhereACopyComesFrom(t *testing.T) {
	facts(t, CopyOf(state.Copy{Source: "ssh://box/amber", Heard: day, Alarm: "cut off"}), map[string]string{"source": `"ssh://box/amber"`, "heard": `"2026-11-24T02:00:00Z"`, "alarm": `"cut off"`})
	facts(t, CopyOf(state.Copy{Source: "x"}), map[string]string{"heard": "null", "alarm": "left out"})
	for _, was := range []bool{false, true} {
		past := &state.Past{At: day, AsItWas: was, Entries: 3, Of: 9}
		asOf := AsOfOf(&state.Incident{Past: past})
		clock := func(at time.Time) string { return at.Format("15:04") }
		if asOf.Title(clock) != past.Title(clock) || asOf.String() != past.String() || (asOf.How == "was") != was || asOf.Entries != 3 || asOf.Of != 9 {
			t.Errorf("it is %+v: %s, %s", asOf, asOf.Title(clock), asOf)
		}
	}
	if got := originOf(&state.Entry{Frame: &state.Frame{}}); got != nil {
		t.Errorf("what was recorded here comes from %+v", got)
	}
	e := state.Entry{Frame: &state.Frame{Origin: &line.Origin{Seq: 4, Recorded: day}}}
	if got := originOf(&e); got == nil || got.Seq != 4 || !got.Recorded.Equal(day) {
		t.Errorf("it comes from %+v", got)
	}
}
