package state_test

import (
	"strings"
	"testing"

	"muster/state"
)

const claimingOptions = `title = "Options"
[[service]]
id = "web"
title = "Web"
[[service]]
id = "mail"
title = "Mail"
[[phase]]
title = "P"
[[phase.step]]
id = "announce"
kind = "decision"
title = "What may we announce"
options = [{ id = "all", title = "All", claims = ["*=verified"] }, { id = "none", title = "Nothing" }]
[[phase.step]]
id = "duties"
title = "Duties"
ask = [{ id = "nis2", prompt = "Significant?", type = "bool" }, { id = "nis2-covered", prompt = "Covered?", type = "bool" }]
[[phase.step]]
id = "nis2-early"
title = "Early warning, nis2"
`

// TestAnOptionThatClaimsWhatIsNotSo: to decide for what claims that all are verified is refused, softly,
// while one is down, or restored and not verified; and no other option.
func TestAnOptionThatClaimsWhatIsNotSo(t *testing.T) {
	l := newLedger(t, claimingOptions)
	decide := func(option string) *state.Refusal {
		return l.refusal("Cleo", state.Action{Command: state.AnswerStep{Step: "announce", Option: option, Note: "looked"}})
	}
	for _, states := range []string{"web=affected", "web=shut-down", "web=restored"} {
		l.set(states)
		r := decide("all")
		if r == nil || r.Reason != state.Unverified || !r.Overridable || !strings.Contains(r.Text, "Web is verified") {
			t.Errorf("%s: %v", states, r)
		}
		if r := decide("none"); r != nil {
			t.Errorf("%s: nothing is refused: %v", states, r)
		}
	}
	l.set("web=verified mail=unaffected")
	if r := decide("all"); r != nil {
		t.Errorf("all are back: %v", r)
	}
}

// TestAQuestionIsItsStep: the id of a question means the step that asks it, before any that has it in its name.
func TestAQuestionIsItsStep(t *testing.T) {
	l := newLedger(t, claimingOptions)
	for ref, want := range map[string]string{"nis2": "duties", "nis2-covered": "duties", "nis2-early": "nis2-early", "early": "nis2-early"} {
		if s, err := l.inc.FindStep(ref); err != nil || s.ID != want {
			t.Errorf("%s is %v, %v; want %s", ref, s, err, want)
		}
	}
	if r := l.refusal("Ada", state.Action{Command: state.AnswerStep{Step: "duties", Option: "yes"}}); r == nil || !strings.Contains(r.Hint, "nis2-covered") {
		t.Errorf("it does not say what is asked: %v", r)
	}
}
