package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// builtIn is a built-in runbook as the log has it.
func builtIn(t *testing.T, id string) state.Document {
	t.Helper()
	source, _, err := runbooks.Open(runbooks.Builtin()).Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return state.Document{ID: id, Source: "built in", SHA256: state.Sum(source.Text), Text: string(source.Text)}
}

func builtInBook(t *testing.T, id string) *runbooks.Runbook {
	t.Helper()
	book, problems := runbooks.Parse(id+".toml", []byte(builtIn(t, id).Text))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return book
}

// TestBuiltInFirstActs: every built-in runbook names what comes before all else, and nothing of
// it waits for anything.
func TestBuiltInFirstActs(t *testing.T) {
	heads, _ := runbooks.Open(runbooks.Builtin()).List(t.Context())
	if len(heads) == 0 {
		t.Fatal("there are none")
	}
	for _, head := range heads {
		inc := newLedger(t, builtIn(t, head.ID).Text).inc
		acts := state.FirstActs(inc)
		if len(acts) < 3 || len(acts) > runbooks.MaxImmediate {
			t.Errorf("%s has %d first acts", head.ID, len(acts))
		}
		for _, s := range acts {
			if status := inc.Status(s); status != state.Todo {
				t.Errorf("%s: %s is %s", head.ID, s.Title, status)
			}
		}
	}
}

// TestAttachShares: a data breach that ransomware turns out to be asks nothing twice, counts
// no law twice, and knows no contact twice.
func TestAttachShares(t *testing.T) {
	l := newLedger(t, builtIn(t, "ransomware").Text)
	aware := l.now.Add(-time.Hour).UTC().Truncate(time.Minute)
	l.do("Ada", state.DoStep{Step: "record-awareness", Values: map[string]string{"aware": aware.Format(time.RFC3339)}})
	decided := l.do("Ada", state.AnswerStep{Step: "confirm-personal-data", Option: "yes", Note: "shares"})
	took := l.do("Ada", state.DoStep{Step: "take-command", Values: map[string]string{"commander": "Ada"}})
	called := l.do("Ada", state.CallContact{Contact: "cert", Outcome: state.Reached})
	l.do("Ada", state.DraftNotice{Notice: "holding", Text: "We are looking into it."})
	said := l.do("Ada", state.SendNotice{Notice: "holding", Channel: "press"})
	l.do("Ada", state.AttachRunbook{Runbook: builtIn(t, "data-breach"), Why: "data left"})

	for _, s := range builtInBook(t, "data-breach").Services {
		if s.Example && l.inc.Service(s.ID) != nil && !slices.ContainsFunc(builtInBook(t, "ransomware").Services, func(o runbooks.Service) bool { return o.ID == s.ID }) {
			t.Errorf("the example %s came to services that are there", s.ID)
		}
	}
	duties := map[string]string{}
	for _, c := range l.inc.Clocks {
		if other := duties[c.Def.Law]; other != "" {
			t.Errorf("%s is counted by %s and by %s", c.Def.Law, other, c.ID)
		}
		duties[c.Def.Law] = c.ID
	}
	people := map[string]string{}
	for _, c := range l.inc.Contacts {
		if other := people[c.Def.Title]; other != "" {
			t.Errorf("%s is %s and %s", c.Def.Title, other, c.ID)
		}
		people[c.Def.Title] = c.ID
	}
	if c := l.inc.Contact("data-breach:cert"); c == nil || len(c.Calls) != 1 || c.Calls[0].Seq != called {
		t.Errorf("%+v", c)
	}
	if n := l.inc.Notice("data-breach:holding"); n == nil || n.ID != "holding" || len(n.Versions) != 1 {
		t.Errorf("%+v", n)
	}
	if got, ok := l.inc.Answer("data-breach:confirm-personal-data"); !ok || got.Seq != decided || got.Value != "yes" {
		t.Errorf("%+v %v", got, ok)
	}
	for id, want := range map[string]uint64{"take-command": took, "confirm-personal-data": decided, "say-holding": said} {
		s := l.inc.Step("data-breach:" + id)
		if met := s.Met(l.inc); met.Seq != want || !met.Settles || s.Status != state.Todo {
			t.Errorf("%s: %+v", s.Name(), met)
		}
	}
	// Its condition is answered by the other's decision.
	if s := l.inc.Step("data-breach:risk"); l.inc.Status(s) != state.Todo {
		t.Errorf("%s: %s", l.inc.Status(s), l.inc.Because(s))
	}
	gdpr := l.inc.Clock("data-breach:gdpr-33")
	if from, _ := gdpr.Counts(time.UTC); gdpr.ID != "gdpr-33" || !from.Equal(aware) {
		t.Errorf("%s counts from %s", gdpr.ID, from)
	}
	if open := l.inc.OpenItems(); slices.ContainsFunc(open, func(o state.OpenItem) bool { return o.ID == "data-breach:take-command" }) {
		t.Error("what was done is open at the close")
	}
}

const (
	lawful = "title = \"First\"\n[[contact]]\nid = \"cert\"\ntitle = \"CERT\"\n" +
		"[[clock]]\nid = \"nis\"\nclock = \"nis2-early-warning\"\nstarts = \"answer:nis2=yes\"\nfrom = \"answer:aware\"\nstops = \"notice:early\"\n" +
		"[[notice]]\nid = \"early\"\ntitle = \"Early warning\"\ntext = \"Now.\"\n" +
		"[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"knew\"\ntitle = \"When\"\nchecklist = [\"Said aloud\"]\nask = [{ id = \"aware\", prompt = \"Aware\", type = \"time\", required = true }, { id = \"source\", prompt = \"Machine\" }]\n" +
		"[[phase.step]]\nid = \"duties\"\ntitle = \"Duties\"\nask = [{ id = \"nis2\", prompt = \"NIS2?\", type = \"bool\" }]\n"
	lawful2 = "title = \"Second\"\n" +
		"[[clock]]\nid = \"nis\"\nclock = \"nis2-early-warning\"\nstarts = \"answer:nis2=yes\"\nfrom = \"answer:aware\"\nstops = \"notice:early\"\n" +
		"[[clock]]\nid = \"72\"\nclock = \"nis2-notification\"\nstarts = \"answer:nis2=yes\"\nfrom = \"answer:aware\"\nstops = \"notice:second\"\n" +
		"[[clock]]\nid = \"own\"\ntitle = \"Ours\"\nwithin = \"4h\"\nstarts = \"notice:early\"\nstops = \"manual\"\n" +
		"[[notice]]\nid = \"early\"\ntitle = \"early warning\"\ntext = \"Later.\"\n[[notice]]\nid = \"second\"\ntitle = \"Second\"\ntext = \"{{ .Answers.source }} at {{ time .Answers.aware }}\"\n" +
		"[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"knew\"\ntitle = \"When\"\nchecklist = [\"Said aloud\", \"Written down\"]\nask = [{ id = \"aware\", prompt = \"Aware\", type = \"time\", required = true }, { id = \"source\", prompt = \"Where the data was seen\" }]\n" +
		"[[phase.step]]\nid = \"duties\"\ntitle = \"Duties\"\nask = [{ id = \"nis2\", prompt = \"NIS2?\", type = \"bool\" }]\n" +
		"[[phase.step]]\nid = \"more\"\ntitle = \"More\"\nwhen = \"nis2=yes\"\n"
)

// TestAttachCatchesUp: what was answered and sent before starts and stops the clocks of a
// runbook that comes later, as of then.
func TestAttachCatchesUp(t *testing.T) {
	l := newLedger(t, lawful)
	aware := l.now.Add(-2 * time.Hour).UTC().Truncate(time.Minute)
	l.do("Ada", state.DoStep{Step: "knew", Values: map[string]string{"aware": aware.Format(time.RFC3339), "source": "SRV-04"}})
	answered := l.do("Ada", state.DoStep{Step: "duties", Values: map[string]string{"nis2": "yes"}})
	l.do("Ada", state.DraftNotice{Notice: "early"})
	sent := l.do("Ada", state.SendNotice{Notice: "early", Channel: "form"})
	l.do("Ada", state.AttachRunbook{Prefix: "two", Runbook: document("two", lawful2), Why: "x"})
	if c := l.inc.Clock("two:nis"); c.ID != "nis" || c.EndSeq != sent || c.StartSeq != answered {
		t.Errorf("%+v", c)
	}
	c := l.inc.Clock("two:72")
	if from, by := c.Counts(time.UTC); c.StartSeq != answered || !from.Equal(aware) || by != "aware" || !c.Running() {
		t.Errorf("%+v: counts from %s by %s", c, from, by)
	}
	if c := l.inc.Clock("two:own"); c.StartSeq != sent || !c.Started.Equal(l.inc.Log[sent-1].When()) {
		t.Errorf("%+v", c)
	}
	if s := l.inc.Step("two:more"); l.inc.Status(s) != state.Todo {
		t.Error(l.inc.Because(s))
	}
	// One line of its list was not asked there.
	if met := l.inc.Step("two:knew").Met(l.inc); met.Settles || !strings.Contains(met.String(), "done as 1.1 by entry") {
		t.Errorf("%+v", met)
	}
	// The same word for another question is no answer to it.
	if text, _ := l.inc.Notice("two:second").Draft(l.inc); strings.Contains(text, "SRV-04") || !strings.Contains(text, aware.Format("15:04")) {
		t.Errorf("%q", text)
	}
	l.do("Ada", state.AnswerStep{Step: "two:knew", Values: map[string]string{"source": "a forum"}})
	if text, _ := l.inc.Notice("two:second").Draft(l.inc); !strings.Contains(text, "a forum") {
		t.Errorf("%q", text)
	}
	if got, _ := l.inc.Answer("source"); got.Value != "SRV-04" {
		t.Errorf("%+v", got)
	}
	// Answered there, it is answered here.
	later := aware.Add(time.Hour)
	l.do("Ada", state.AnswerStep{Step: "two:knew", Values: map[string]string{"aware": later.Format(time.RFC3339)}})
	if from, _ := c.Counts(time.UTC); !from.Equal(later) {
		if from, _ := l.inc.Clock("two:72").Counts(time.UTC); !from.Equal(later) {
			t.Errorf("counts from %s", from)
		}
	}
	if got, _ := l.inc.Answer("aware"); got.Value != later.Format(time.RFC3339) {
		t.Errorf("%+v", got)
	}
}

// TestAttachedContacts: of one id they are one if they are called alike, and two if not:
// whom to call is not guessed.
func TestAttachedContacts(t *testing.T) {
	for title, want := range map[string]string{"CERT": "cert", " cert ": "cert", "The other CERT": "two:cert"} {
		l := newLedger(t, lawful)
		second := "title = \"Second\"\n[[contact]]\nid = \"cert\"\ntitle = \"" + title + "\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"a\"\ntitle = \"A\"\n"
		l.do("Ada", state.AttachRunbook{Prefix: "two", Runbook: document("two", second), Why: "x"})
		if c := l.inc.Contact("two:cert"); c == nil || c.ID != want {
			t.Errorf("%q is %+v, not %s", title, c, want)
		}
	}
}

// TestAttachedLater: what is answered in either runbook after the attaching counts for both,
// and starts one clock once.
func TestAttachedLater(t *testing.T) {
	l := newLedger(t, lawful)
	l.do("Ada", state.StartClock{Clock: "nis2-notification", Why: "by hand"})
	l.do("Ada", state.AttachRunbook{Prefix: "two", Runbook: document("two", lawful2), Why: "x"})
	if c := l.inc.Clock("two:72"); c.ID != "nis2-notification" {
		t.Fatalf("%+v", c)
	}
	seq := l.do("Ada", state.AnswerStep{Step: "two:duties", Values: map[string]string{"nis2": "yes"}})
	if c := l.inc.Clock("nis"); c.StartSeq != seq {
		t.Errorf("%+v", c)
	}
	if got, _ := l.inc.AskAnswer(l.inc.Step("duties"), "nis2"); got.Seq != seq {
		t.Errorf("%+v", got)
	}
	l.do("Ada", state.DraftNotice{Notice: "two:second"})
	sent := l.do("Ada", state.SendNotice{Notice: "two:second", Channel: "form"})
	if c := l.inc.Clock("nis2-notification"); c.EndSeq != sent {
		t.Errorf("%+v", c)
	}
}
