package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// TestFieldValue: what answers a field is kept as forms have it, and what cannot is refused
// in words.
func TestFieldValue(t *testing.T) {
	hundred := 100.0
	choice := runbooks.FormField{ID: "c", Title: "Which", Type: runbooks.AskChoice, Choices: []string{"yes", "no", "information_not_available"}, Labels: []string{"Yes", "No", "Not available"}}
	several := choice
	several.Many = true
	for _, c := range []struct {
		field             runbooks.FormField
		given, kept, says string
	}{
		{runbooks.FormField{Type: runbooks.AskText}, "about 40", "about 40", ""},
		{choice, "YES", "yes", ""}, {choice, "not available", "information_not_available", ""}, {choice, "info", "information_not_available", ""},
		{choice, "perhaps", "", `no choice "perhaps"`}, {choice, "yes, no", "", `no choice "yes, no"`},
		{several, "yes,no, yes", "no, yes", ""}, {several, "yes, maybe", "", `no choice "maybe"`},
		{runbooks.FormField{Type: runbooks.AskNumber}, "2.50", "2.5", ""}, {runbooks.FormField{Type: runbooks.AskNumber}, "2e3", "2000", ""},
		{runbooks.FormField{Type: runbooks.AskNumber}, "12,000", "", "is not a number"}, {runbooks.FormField{Type: runbooks.AskNumber}, "-1", "", "cannot be the number"},
		{runbooks.FormField{Type: runbooks.AskNumber}, "1e400", "", "is not a number"}, {runbooks.FormField{Type: runbooks.AskNumber, Whole: true}, "1.5", "", "not a whole number"},
		{runbooks.FormField{Type: runbooks.AskNumber, Most: &hundred}, "101", "", "more than 100"},
		{runbooks.FormField{Type: runbooks.AskBool}, "yes", "yes", ""}, {runbooks.FormField{Type: runbooks.AskBool}, "aye", "", "is not yes or no"},
		{runbooks.FormField{Type: runbooks.AskTime}, "02:38", "2026-11-24T02:38:00Z", ""}, {runbooks.FormField{Type: runbooks.AskTime}, "soon", "", "is not a time"},
		{runbooks.FormField{Type: runbooks.AskText, Pattern: "[A-Z]{2}", Help: "Two letters."}, "FR", "FR", ""},
		{runbooks.FormField{Type: runbooks.AskText, Pattern: "[A-Z]{2}", Help: "Two letters."}, "FRA", "", "Two letters."},
	} {
		kept, wrong := state.FieldValue(&c.field, c.given, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))
		if kept != c.kept || (wrong == "") != (c.says == "") || !strings.Contains(wrong, c.says) {
			t.Errorf("%q is kept as %q, %q; want %q, %q", c.given, kept, wrong, c.kept, c.says)
		}
	}
}

// TestFormAnswers: the last answer that counts stands, and blanks never do.
func TestFormAnswers(t *testing.T) {
	l := newLedger(t, towers)
	field := runbooks.FormField{ID: "people", Title: "How many", Type: runbooks.AskText}
	l.do("Ada", state.AnswerForm{Form: "gdpr-33", Field: field, Value: " about 40 "})
	second := l.do("Ben", state.AnswerForm{Form: "gdpr-33", Field: field, Value: "50"})
	if a, ok := state.FormAnswerOf(l.inc, "gdpr-33", "people"); !ok || a.Value != "50" || a.By != "Ben" || a.Seq != second {
		t.Errorf("the answer is %+v", a)
	}
	l.do("Ben", state.RetractEntry{Seq: second, Why: "a slip"})
	if a, _ := state.FormAnswerOf(l.inc, "gdpr-33", "people"); a.Value != "about 40" {
		t.Errorf("the answer is %+v", a)
	}
	if _, ok := state.FormAnswerOf(l.inc, "gdpr-33", "records"); ok {
		t.Error("another field is answered")
	}
	fixed := runbooks.FormField{ID: "kind", Title: "Kind", Fixed: "initial"}
	for _, c := range []struct {
		command state.AnswerForm
		reason  state.Reason
	}{
		{state.AnswerForm{Form: "gdpr-33", Field: field, Value: "at «time»"}, state.Invalid}, {state.AnswerForm{Form: "gdpr-33", Field: field, Value: " "}, state.Missing},
		{state.AnswerForm{Form: "GDPR", Field: field, Value: "1"}, state.Invalid}, {state.AnswerForm{Form: "x", Field: fixed, Value: "1"}, state.Invalid},
		{state.AnswerForm{Form: "x", Field: field, Value: strings.Repeat("x", state.MaxText+1)}, state.Invalid},
	} {
		if refusal := l.refusal("Ada", state.Action{Command: c.command}); refusal == nil || refusal.Reason != c.reason {
			t.Errorf("%+v: %v", c.command.Value, refusal)
		}
	}
}

// TestUnfilledForm: a form that lacks what it requires goes out only by an override that
// names it; one with blanks is not even drafted.
func TestUnfilledForm(t *testing.T) {
	l := newLedger(t, towers)
	form := func(text string, lacks ...string) state.DraftNotice {
		return state.DraftNotice{Notice: "methane", Title: "METHANE", Text: text, Form: &state.FilledForm{ID: "methane", Lacks: lacks}}
	}
	for _, draft := range []state.DraftNotice{form("We are «org»."), form("x", "No Id"), {Notice: "methane", Title: "x", Text: "x", Form: &state.FilledForm{ID: ""}}} {
		if refusal := l.refusal("Ada", state.Action{Command: draft, Override: "all the same"}); refusal == nil || refusal.Reason != state.Invalid {
			t.Errorf("%+v: %v", draft, refusal)
		}
	}
	l.do("Ada", form("It burns.", "access", "hazards"))
	send := state.SendNotice{Notice: "methane", Channel: "radio"}
	for _, why := range []string{"", "no time", "access only", "accessible hazards", "access-hazards"} {
		if refusal := l.refusal("Ada", state.Action{Command: send, Override: why}); refusal == nil || refusal.Reason != state.Blank {
			t.Errorf("by %q it is %v", why, refusal)
		}
	}
	if refusal := l.refusal("Ada", state.Action{Command: send, Override: "hazards and access are not known"}); refusal != nil {
		t.Errorf("named, it is %v", refusal)
	}
	l.do("Ada", form("It burns, and all is said."))
	if refusal := l.refusal("Ada", state.Action{Command: send}); refusal != nil {
		t.Errorf("complete, it is %v", refusal)
	}
}
