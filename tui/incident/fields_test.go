package incident

import (
	"fmt"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
	"muster/tui/kit"
)

// TestAsksAreFields: each sort of question has the field it needs; one that can be left open says
// so, and its answer is checked as the log would.
func TestAsksAreFields(t *testing.T) {
	for typ, want := range map[runbooks.AskType]string{
		runbooks.AskText: "false []", runbooks.AskBool: "true [ yes no]", runbooks.AskChoice: "true [ red blue]", runbooks.AskTime: "false []", runbooks.AskNumber: "false []",
	} {
		f := AskFields([]runbooks.Ask{{ID: "x", Prompt: "What?", Type: typ, Choices: []string{"red", "blue"}, Required: true}})[0]
		var values []string
		for _, c := range f.Choices {
			values = append(values, c.Value)
		}
		if got := fmt.Sprint(f.Kind == kit.ChoiceField, " ", values); got != want || f.ID != "ask.x" || f.Label != "What?" || !f.Required {
			t.Errorf("%s: %s, %+v", typ, got, f)
		}
		if hint := f.Hint != ""; hint != (typ == runbooks.AskTime || typ == runbooks.AskNumber) {
			t.Errorf("%s: the hint is %q", typ, f.Hint)
		}
	}
	if f := AskFields([]runbooks.Ask{{ID: "x", Type: runbooks.AskNumber}})[0]; f.Check("many") == "" || f.Check("3") != "" || f.Required {
		t.Error("an answer is not checked")
	}
	asks := []runbooks.Ask{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	if got := fmt.Sprint(Changed(asks, map[string]string{"ask.a": "1", "ask.b": "2"}, map[string]string{"ask.a": "1", "ask.b": "3", "ask.c": "4", "x": "y"})); got != "map[b:3 c:4]" {
		t.Errorf("what changed is %s", got)
	}
	if got := Answers(asks, map[string]string{"ask.a": ""}); got != nil {
		t.Errorf("no answer is %v", got)
	}
}

// TestDraftsAreKept: what was typed into forms of the incident and left is known.
func TestDraftsAreKept(t *testing.T) {
	o := desked(t, 80, 24)
	if got := o.UI.Drafts.Left(); len(got) != 0 {
		t.Errorf("nothing was typed, and there is %q", got)
	}
	o.UI.Drafts.Leave(o.UI.Drafts.Of("Note"), map[string]string{"text": "half"})
	o.UI.Drafts.Leave(o.UI.Drafts.Of("Skip 1.1"), map[string]string{"why": "no phone"})
	if got := strings.Join(o.UI.Drafts.Left(), "|"); got != "Note: half|Skip 1.1, why: no phone" {
		t.Errorf("there is %q", got)
	}
}

// TestNoticesStand: where a notice stands is said in its own words, and looks like nothing else
// that asks for something else.
func TestNoticesStand(t *testing.T) {
	o := desked(t, 80, 24)
	now := o.UI.Now()
	notice := func(v ...state.NoticeVersion) *state.Notice {
		return &state.Notice{ID: "n", Def: &runbooks.Notice{ID: "n"}, Versions: v}
	}
	signs := map[string]string{}
	for want, n := range map[string]*state.Notice{
		"unwritten":     notice(),
		"draft v1":      notice(state.NoticeVersion{Number: 1}),
		"draft v2":      notice(state.NoticeVersion{Number: 1}, state.NoticeVersion{Number: 2}),
		"approved v1":   notice(state.NoticeVersion{Number: 1, ApprovedBy: "Ada", ApprovedAt: now, ApprovedSeq: 3}),
		"sent 02:00":    notice(state.NoticeVersion{Number: 1, Sent: []state.Sending{{Version: 1, When: now, Seq: 4}}}),
		"MAY HAVE LEFT": notice(state.NoticeVersion{Number: 1, Leaving: []state.Leaving{{Seq: 4, Version: 1, When: now}}}),
	} {
		if got := o.NoticeState(n); got != want {
			t.Errorf("it is %q, not %q", got, want)
		}
		sign, _ := o.noticeSign(n.Status(o.Inc))
		signs[strings.Fields(want)[0]] = sign
	}
	seen := map[string]string{}
	for state, sign := range signs {
		if other, ok := seen[sign]; ok {
			t.Errorf("%s looks like %s: %q", state, other, sign)
		}
		seen[sign] = state
	}
}

// TestBriefly: an entry in a line has its number, time, who and what.
func TestBriefly(t *testing.T) {
	o := desked(t, 80, 24)
	o.Inc.Log = []state.Entry{{Seq: 1, Recorded: o.UI.Now(), Data: &state.NoteAdded{Text: "x"}, Frame: &state.Frame{By: state.Actor{Name: "Ben"}, Kind: state.KindNoteAdded}}}
	if got := o.Brief(1); got != `1, 02:00, Ben: note — "x"` {
		t.Errorf("it is %q", got)
	}
}
