package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// asksForRole is mergeBook with a question that names who holds a role.
var asksForRole = strings.Replace(mergeBook, `ask = [{ id = "who", prompt = "Who?" }]`, `ask = [{ id = "who", prompt = "Who?", sets = "role:commander" }]`, 1)

// TestRoleAnswered: a step whose answer names who holds a role says one thing, of which one
// question is asked, and not one of the role and one of the answer.
func TestRoleAnswered(t *testing.T) {
	for _, how := range []string{"settled now", "settled by what was asked of the answer"} {
		p := newPartitionOf(t, 2, asksForRole)
		ada, ben := p.sides[0], p.sides[1]
		p.do(ada, state.DoStep{Step: "walk", Values: map[string]string{"who": "Cleo"}}, time.Time{})
		p.do(ben, state.DoStep{Step: "walk", Values: map[string]string{"who": "Dan"}}, time.Time{})
		if ben.inc.Role("commander").Person != "Dan" {
			t.Fatal("the answer sets no role")
		}
		p.merge(ada, ben.inc)
		open := state.Contradicting(ada.inc)
		if len(open) != 1 || open[0].ID() != "role:commander" {
			t.Fatalf("two answers stand of %v", open)
		}
		holds := open[0].Entries[0]
		if how == "settled now" {
			p.do(ada, state.SettleContradiction{What: state.OfRole, Of: "commander", Holds: holds, Why: "we talked"}, time.Time{})
		} else {
			p.forge(ada, &state.ContradictionSettled{What: state.OfAnswer, Of: "who", Entries: open[0].Entries, Holds: holds, Why: "we talked"}, nil)
		}
		answer, _ := ada.inc.Answer("who")
		if left := state.Contradicting(ada.inc); len(left) > 0 || ada.inc.Role("commander").Person != "Cleo" || answer.Value != "Cleo" {
			t.Errorf("%s: %v stand, the commander is %s, and the answer %s", how, left, ada.inc.Role("commander").Person, answer.Value)
		}
	}
}
