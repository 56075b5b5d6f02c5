package view

import (
	"time"

	"muster/state"
)

// A TwoAnswers is something of which logs that knew nothing of each other said different
// things, and were merged.
type TwoAnswers struct {
	What    state.Contradictory `json:"what" doc:"answer, service, role, clock, step, notice, amendment, closing"`
	ID      string              `json:"id" doc:"of the thing; of an amendment the number of the entry that is amended"`
	Name    string              `json:"name" doc:"how people call it"`
	Answers []OneAnswer         `json:"answers" doc:"in the order of the log"`
	Merged  uint64              `json:"merged,omitempty" doc:"the entry that brought them together; left out in a dry run"`
	Settled *Settled            `json:"settled,omitempty" doc:"left out while both stand"`
}

// A OneAnswer is one entry of several that contradict each other.
type OneAnswer struct {
	Seq  uint64    `json:"seq,omitempty" doc:"left out in a dry run of an entry that would be taken over: it has no number here"`
	Says string    `json:"says"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	// From is the number of the entry in the branch that it comes from.
	From uint64 `json:"branch_entry,omitempty" doc:"its number in the branch that it comes from; left out if it was recorded here"`
}

// A Settled says which of several answers holds.
type Settled struct {
	Seq   uint64    `json:"seq"`
	Holds uint64    `json:"holds,omitempty" doc:"the entry that holds; left out where all happened"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Why   string    `json:"why"`
}

// TwoAnswersOf lists what has several answers: those that nobody has settled, and with all,
// the others too. The list is not nil.
func TwoAnswersOf(inc *state.Incident, all bool) []TwoAnswers {
	out := []TwoAnswers{}
	for _, two := range state.Contradicting(inc) {
		out = append(out, twoAnswers(inc, &two))
	}
	for i := range inc.Two {
		if two := &inc.Two[i]; all && two.Settled != 0 {
			out = append(out, twoAnswers(inc, two))
		}
	}
	return out
}

func twoAnswers(inc *state.Incident, two *state.TwoAnswers) TwoAnswers {
	t := TwoAnswers{What: two.What, ID: two.Of, Name: two.Name(inc), Merged: two.Merged, Answers: []OneAnswer{}}
	for _, seq := range two.Entries {
		e, ok := inc.Entry(seq)
		if !ok {
			continue
		}
		one := OneAnswer{Seq: seq, Says: Describe(inc, e), By: e.By.Name, At: e.When().UTC()}
		if e.Origin != nil {
			one.From = e.Origin.Seq
		}
		t.Answers = append(t.Answers, one)
	}
	if two.Settled != 0 {
		t.Settled = &Settled{Seq: two.Settled, Holds: two.Holds, By: two.By, At: two.When.UTC(), Why: two.Why}
	}
	return t
}

// A Merged is what came of merging branches, or what would.
type Merged struct {
	ID             Text          `json:"id" null:"the first entry is withheld"`
	Branches       []TakenBranch `json:"branches" doc:"in the order in which they were named"`
	Contradictions []TwoAnswers  `json:"two_answers" doc:"what contradicts once all are taken over"`
}

// A TakenBranch is what came of one branch, or what would.
type TakenBranch struct {
	Source  string   `json:"source"`
	Common  uint64   `json:"common" doc:"the last entry that both logs begin with"`
	Taken   int      `json:"taken" doc:"entries taken over"`
	There   int      `json:"there" doc:"entries of the branch that were there already"`
	Quiet   int      `json:"quiet,omitempty" doc:"entries that were not taken over, for they tell only of who opened logs and merged them"`
	Entry   uint64   `json:"entry,omitempty" doc:"the entry that says so; left out if nothing was written"`
	Missing []string `json:"missing" doc:"files that entries record and that did not lie beside the branch, by their hash"`
}

// A Copied is how far a copy of another log has come.
type Copied struct {
	ID      string   `json:"id"`
	Source  string   `json:"source"`
	New     int      `json:"new" doc:"entries that were added"`
	Head    LogHead  `json:"head" doc:"vouches for every entry"`
	Missing []string `json:"missing" doc:"files that entries record and that do not lie beside the source, by their hash"`
}

// A KeptBranch is what was found out about a branch that was taken over, whose lines are kept.
type KeptBranch struct {
	Seq     uint64          `json:"seq" doc:"the entry that says that it was taken over"`
	Entries uint64          `json:"entries" doc:"of the branch"`
	Good    bool            `json:"good" doc:"its lines are as they were, and all that was taken over stands as it was recorded there"`
	Found   string          `json:"found,omitempty" doc:"what is wrong with the file of its lines"`
	Wrong   []Contradiction `json:"wrong" doc:"entries that do not stand as they were recorded there"`
}
