package export_test

import (
	"bytes"
	"strings"
	"testing"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
)

// certified is the draft of a statement about a log.
func certified(t *testing.T, inc *state.Incident, opts export.Options) string {
	t.Helper()
	opts.Program = program
	var out bytes.Buffer
	if err := export.WriteStatement(&out, export.Certified{Incident: inc, Options: opts, SHA256: state.Sum([]byte("file")), Bytes: 4711}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestStatementDraft: what the log says is filled in, what only a person knows is blank, and
// nothing is said that is not so.
func TestStatementDraft(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Title: "Fire", Runbook: document("small", book(""))})
	s.do("Ada", state.OpenSession{Program: program, Host: "box", Synced: "yes"})
	s.do("Ben", state.AddNote{Text: "a secret"})
	inc := s.incident()
	text := certified(t, inc, export.Options{})
	for _, want := range []string{
		"2026-11-24-amber-heron", "Entries        3", inc.Head.Hash.String(), inc.Head.Hash.Code(), "4711 bytes", state.Sum([]byte("file")).String(), "TLP:AMBER+STRICT",
		"box, with muster test; its clock was synchronised: yes (recorded 1 times)", "read all 3 entries", "found no entry that contradicts", "Entries that correct others: 0.",
		"No entry says that it happened", "Ada: 2", "Ben: 1", "name nobody", "   none\n", "Signature        ____",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "EXERCISE") || strings.Contains(text, "WARNING") || strings.Contains(text, "secret") {
		t.Errorf("it says what is not so:\n%s", text)
	}
	damaged := certified(t, inc, export.Options{Damage: &state.Damage{Line: 4, Seq: 4, What: "it is cut"}})
	if !strings.Contains(damaged, "WARNING        the log is damaged at line 4: it is cut") || strings.Contains(damaged, "read all") {
		t.Errorf("of a damaged log it says\n%s", damaged)
	}
	live := certified(t, story(t, state.Live, "").incident(), export.Options{})
	if strings.Contains(live, "No entry says that it happened") || strings.Contains(live, "correct others: 0") || strings.Contains(live, "name nobody") {
		t.Errorf("of a long log it says\n%s", live)
	}
}

// TestStatementHostile: text from the log does nothing, a drill is one at both ends, and a copy
// says no more than it has.
func TestStatementHostile(t *testing.T) {
	drill := story(t, state.Drill, hostileFlavour)
	text := certified(t, drill.incident(), export.Options{})
	for _, line := range strings.Split(text, "\n") {
		if !clean.IsClean(line) {
			t.Errorf("the line %q", line)
		}
	}
	if strings.Count(text, "EXERCISE EXERCISE EXERCISE") != 2 {
		t.Error("a drill does not say so at both ends")
	}
	for _, inc := range []*state.Incident{drill.without(state.Names, state.Procedure), drill.incident(1), drill.copied(func(uint64) state.Parts { return state.AllParts })} {
		text := certified(t, inc, export.Options{})
		if inc.Redacted.Parts.Has(state.Names) && strings.Contains(text, "Ada") || !strings.Contains(text, "Withheld       ") || !strings.HasPrefix(text, "EXERCISE") {
			t.Errorf("of a copy it says\n%s", text)
		}
	}
	var out bytes.Buffer
	if err := export.WriteStatement(&out, export.Certified{Incident: new(state.Incident)}); err == nil {
		t.Error("there is a statement about nothing")
	}
}
