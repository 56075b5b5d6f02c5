package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// naming has a step whose point is to name somebody, and to grade the incident.
const naming = "title = \"Naming\"\nseverity = \"SEV2\"\n[[role]]\nid = \"commander\"\ntitle = \"Commander\"\n[[role]]\nid = \"scribe\"\ntitle = \"Scribe\"\n" +
	"[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"name\"\ntitle = \"Name them\"\n" +
	"ask = [{ id = \"commands\", prompt = \"Who commands?\", sets = \"role:commander\", required = true }, { id = \"writes\", prompt = \"Who writes?\", sets = \"role:scribe\" }, { id = \"grade\", prompt = \"How bad?\", sets = \"severity\" }]\n" +
	"[[phase.step]]\nid = \"decide\"\nkind = \"decision\"\ntitle = \"Decide\"\noptions = [{ id = \"yes\" }, { id = \"no\" }]\nask = [{ id = \"now\", prompt = \"Who commands now?\", sets = \"role:commander\" }]\n"

// TestSets: who is named holds the role, and the severity that is answered is the
// incident's, by the entry that says so.
func TestSets(t *testing.T) {
	l := newLedger(t, naming)
	if r := l.refusal("Ada", state.Action{Command: state.DoStep{Step: "name"}}); r == nil || r.Reason != state.Unanswered {
		t.Errorf("%v", r)
	}
	seq := l.do("Ada", state.DoStep{Step: "name", Values: map[string]string{"commands": "Ada ", "writes": "Ben", "grade": "SEV1"}})
	if c, s := l.inc.Role("commander"), l.inc.Role("scribe"); c.Person != "Ada" || s.Person != "Ben" || !c.Since.Equal(l.now) || l.inc.Severity != runbooks.SEV1 {
		t.Errorf("%+v %+v %s", c, s, l.inc.Severity)
	}
	data := l.inc.Log[seq-1].Data.(*state.StepDone)
	if data.Values["commands"] != "" || data.Values["grade"] != "SEV1" || data.Sets.People["commander"] != "Ada" || data.Sets.Severity != runbooks.SEV1 {
		t.Errorf("%+v", data)
	}
	if got, _ := l.inc.AskAnswer(l.inc.Step("name"), "commands"); got.Value != "Ada" || got.Seq != seq {
		t.Errorf("%+v", got)
	}
	if got := l.inc.Describe(l.inc.Log[seq-1]); !strings.Contains(got, `commands = "Ada"`) || !strings.Contains(got, `grade = "SEV1"`) {
		t.Errorf("%s", got)
	}
	l.do("Ada", state.AnswerStep{Step: "decide", Option: "yes", Values: map[string]string{"now": "Cleo"}})
	if got := l.inc.Role("commander").Person; got != "Cleo" {
		t.Errorf("%s commands", got)
	}
	if r := l.refusal("Ada", state.Action{Command: state.AnswerStep{Step: "name", Values: map[string]string{"grade": "SEV9"}}}); r == nil || r.Field != "values" {
		t.Errorf("%v", r)
	}
	if r := l.refusal("Ada", state.Action{Command: state.AnswerStep{Step: "name", Values: map[string]string{"writes": "B\x1b[31m"}}}); r == nil || r.Field != "values" {
		t.Errorf("%v", r)
	}
	l.do("Ada", state.RetractEntry{Seq: seq, Why: "wrong people"})
	if got := l.inc.Role("scribe").Person; got != "" || l.inc.Severity != runbooks.SEV2 {
		t.Errorf("%s writes, %s", got, l.inc.Severity)
	}
}

// TestSetsSinceWhen: who took a role at the keyboard and is named of a time before that held it
// since then, unless somebody else did.
func TestSetsSinceWhen(t *testing.T) {
	for _, first := range []string{"", "Ben"} {
		l := newLedger(t, naming)
		zero := l.now
		l.now = zero.Add(2 * time.Hour)
		if first != "" {
			l.do("Ada", state.AssignRole{Role: "commander", Person: first})
		}
		l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
		typed := l.inc.Role("commander").Since
		named := zero.Add(time.Hour)
		l.act("Ada", state.Action{Command: state.DoStep{Step: "name", Values: map[string]string{"commands": "Ada"}}, Occurred: named})
		want := named
		if first != "" {
			want = typed
		}
		if got := l.inc.Role("commander").Since; !got.Equal(want) {
			t.Errorf("after %q she commands since %s, and not since %s", first, got, want)
		}
	}
}

// TestSetsStands: a role that somebody holds need not be named again.
func TestSetsStands(t *testing.T) {
	l := newLedger(t, naming)
	l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	if r := l.refusal("Ada", state.Action{Command: state.DoStep{Step: "name"}}); r != nil {
		t.Errorf("%v", r)
	}
	ask := &l.inc.Step("name").Def.Ask[0]
	if got := state.SetNow(l.inc, ask); got != "Ada" {
		t.Errorf("%q", got)
	}
}

// TestSetsWithheld: without the names it is known that somebody commands, and not who;
// without the notes the severity stands; without the entry neither is known.
func TestSetsWithheld(t *testing.T) {
	l := newLedger(t, naming)
	seq := l.do("Ada", state.DoStep{Step: "name", Values: map[string]string{"commands": "Ada", "grade": "SEV1"}})
	var all []state.Data
	for i := range l.inc.Log {
		all = append(all, l.inc.Log[i].Data)
	}
	lines := sealed(t, state.Live, all...)
	for _, c := range []struct {
		parts    state.Parts
		person   string
		severity runbooks.Severity
		unseen   bool
	}{
		{state.PartsOf(state.Names), state.WithheldText, runbooks.SEV1, true},
		{state.PartsOf(state.Notes), "Ada", runbooks.SEV1, false},
		{state.AllParts, state.WithheldText, "", true},
	} {
		inc := copyOf(t, lines, func(at int) state.Parts {
			if uint64(at) == seq {
				return c.parts
			}
			return 0
		})
		if r := inc.Role("commander"); r.Person != c.person || inc.Severity != c.severity {
			t.Errorf("%v: %q commands, %q", c.parts.Names(), r.Person, inc.Severity)
		}
		if got := inc.AskUnseen(inc.Step("name"), "commands"); got != c.unseen {
			t.Errorf("%v: unseen %v", c.parts.Names(), got)
		}
	}
}
