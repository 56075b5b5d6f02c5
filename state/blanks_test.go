package state_test

import (
	"strings"
	"testing"

	"muster/state"
)

func TestBlanks(t *testing.T) {
	for text, want := range map[string]string{
		"All is said.":                                "",
		"«org» is hit. «org» says «when».":            "«org» «when»",
		"« no end":                                    "",
		"no start » «x":                               "",
		"«»":                                          "",
		"«two\nlines»":                                "",
		"«he said «org» then»":                        "«org»",
		"«" + strings.Repeat("x", 80) + "»":           "«" + strings.Repeat("x", 80) + "»",
		"«" + strings.Repeat("x", 81) + "»":           "",
		"«\xff»":                                      "",
		"Consequences: to follow if not known.":       "to follow if not known",
		"More will follow. To follow where not known": "To follow where not known",
		"[how many people] and [x], [1], [a b](c)":    "[how many people]",
		"«services restored» and «/services»":         "«services restored» «/services»",
	} {
		if got := strings.Join(state.Blanks(text), " "); got != want {
			t.Errorf("%q has %q, not %q", text, got, want)
		}
	}
}

// TestSendingBlanks: a text with blanks goes out on nobody's screen and by nobody's
// command, unless somebody says why.
func TestSendingBlanks(t *testing.T) {
	l := newLedger(t, towers)
	l.do("Ada", state.DraftNotice{Notice: "staff", Text: "«org» will tell more at «time»."})
	send := state.Action{Command: state.SendNotice{Notice: "staff", Channel: "telephone"}}
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
	_, err := state.Decide(l.inc, send, stamp)
	refusal, ok := err.(*state.Refusal)
	if !ok || refusal.Reason != state.Blank || !refusal.Overridable || !strings.Contains(refusal.Text, "«org», «time»") {
		t.Fatalf("%v", err)
	}
	send.Override = "they know who we are"
	if e, err := state.Decide(l.inc, send, stamp); err != nil || e.Override == nil || e.Override.Of[0] != state.Blank {
		t.Fatalf("%+v, %v", e, err)
	}
	l.do("Ada", state.DraftNotice{Notice: "staff", Text: "We will tell more at 10:00."})
	send.Override = ""
	if _, err := state.Decide(l.inc, send, stamp); err != nil {
		t.Fatal(err)
	}
}
