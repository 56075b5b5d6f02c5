package state

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"muster/runbooks"
)

// TestWithheldWhole: what an entry may have changed is not known any more when it is withheld
// whole, by its kind, and all else is.
func TestWithheldWhole(t *testing.T) {
	const services, sent, answers, clocks, steps, corrected, drafts, calls, ending, added = 1, 2, 4, 8, 16, 32, 64, 128, 256, 512
	for kind, want := range map[Kind]int{
		KindNoteAdded: 0, KindSeverityChanged: 0, KindTitleChanged: 0, KindTimerEnded: 0, KindEvidenceAdded: 0, KindRoleAssigned: 0,
		KindServiceSet: services, KindServiceChecked: services, KindNoticeSent: sent | drafts | clocks, KindNoticeDrafted: drafts, KindNoticeLeaving: sent | drafts,
		KindContactCalled: calls, KindClockStarted: clocks, KindStepBlocked: steps, KindStepStarted: steps | services, KindStepDone: steps | services | answers | clocks,
		KindIncidentClosed: ending, KindIncidentReopened: ending, KindStepAdded: added, KindServiceAdded: added, KindEntryAmended: services | sent | corrected | clocks,
		KindEntryRetracted: services | sent | answers | clocks | steps | corrected | drafts | calls,
	} {
		inc := &Incident{}
		miss(inc, &Entry{Seq: 7, Recorded: time.Unix(7, 0), Frame: &Frame{Kind: kind, Withheld: AllParts}})
		l := &inc.Redacted
		got := 0
		for i, seq := range []uint64{l.Services, l.Sent, l.Whole, l.Clocks, l.Steps, l.Corrected, l.Drafts, l.Calls, l.Ending, l.Added} {
			if seq == 7 {
				got |= 1 << i
			} else if seq != 0 {
				t.Errorf("%s: entry %d", kind, seq)
			}
		}
		if got != want || !l.All || l.Parts != 0 {
			t.Errorf("%s: %b is not known, not %b; all: %v, parts %v", kind, got, want, l.All, l.Parts)
		}
		if closed := inc.Closed != nil; closed != (kind == KindIncidentClosed) {
			t.Errorf("%s: it is closed: %v", kind, closed)
		}
	}
}

// TestWithheldWords: severity, title, timers, roles and the close, by what may have changed them.
func TestWithheldWords(t *testing.T) {
	for kind, want := range map[Kind]string{
		KindNoteAdded:        "SEV1 title Ada true false",
		KindSeverityChanged:  " title Ada true false",
		KindTitleChanged:     "SEV1  Ada true false",
		KindTimerEnded:       "SEV1 title Ada true true",
		KindRoleHanded:       "SEV1 title " + WithheldText + " true false",
		KindIncidentReopened: "SEV1 title Ada false false",
		KindEntryRetracted:   "  " + WithheldText + " true true",
	} {
		inc := &Incident{Severity: runbooks.SEV1, Title: "title", Closed: &Closing{}, Roles: []Role{{Def: &runbooks.Role{ID: "lead"}, Person: "Ada"}},
			Timers: []Timer{{ID: "on"}, {ID: "over", Ended: time.Unix(1, 0)}}}
		miss(inc, &Entry{Seq: 7, Frame: &Frame{Kind: kind, Withheld: AllParts}})
		if got := fmt.Sprint(inc.Severity, " ", inc.Title, " ", inc.Roles[0].Person, " ", inc.Closed != nil, " ", inc.Timers[0].Hidden); got != want {
			t.Errorf("%s: %q, not %q", kind, got, want)
		}
		if inc.Timers[1].Hidden {
			t.Errorf("%s hides a timer that is over", kind)
		}
	}
}

// TestWithheldSteps: where a step stands is not known when what is withheld may have moved it or
// met it; what was settled stays, but for what takes it back.
func TestWithheldSteps(t *testing.T) {
	step := func(status Status, kind runbooks.Kind, notice, contact string) Step {
		return Step{Status: status, By: "Ada", StartedBy: "Ada", Started: time.Unix(1, 0), Assignee: "Ben", Def: &runbooks.Step{Kind: kind, Notice: notice, Contact: contact}}
	}
	names := []string{"todo", "active", "blocked", "done", "skipped", "failed", "restore", "verify", "shutdown", "notice", "contact", "empty"}
	for _, c := range []struct {
		kind     Kind
		unseen   []string
		assignee string
		unlisted bool
	}{
		{KindNoteAdded, nil, "Ben", false},
		{KindStepBlocked, []string{"todo", "active", "blocked", "restore", "verify", "shutdown", "notice", "contact"}, "Ben", false},
		{KindStepStarted, []string{"todo", "active", "blocked", "failed", "restore", "verify", "shutdown", "notice", "contact"}, "Ben", false},
		{KindStepSkipped, []string{"todo", "active", "blocked", "failed", "restore", "verify", "shutdown", "notice", "contact"}, "Ben", false},
		{KindServiceSet, []string{"restore", "verify", "shutdown"}, "Ben", false},
		{KindNoticeSent, []string{"notice"}, "Ben", false},
		{KindContactCalled, []string{"contact"}, "Ben", false},
		{KindStepAssigned, nil, WithheldText, false},
		{KindStepTicked, nil, "Ben", true},
		{KindStepReopened, []string{"todo", "active", "blocked", "done", "skipped", "failed", "restore", "verify", "shutdown", "notice", "contact"}, "Ben", false},
		{KindEntryRetracted, []string{"todo", "active", "blocked", "done", "skipped", "failed", "restore", "verify", "shutdown", "notice", "contact"}, WithheldText, true},
	} {
		inc := &Incident{Steps: []Step{
			step(Todo, "", "", ""), step(Active, "", "", ""), step(Blocked, "", "", ""), step(Done, "", "", ""), step(Skipped, "", "", ""), step(Failed, "", "", ""),
			step(Todo, runbooks.Restore, "", ""), step(Todo, runbooks.Verify, "", ""), step(Todo, runbooks.Shutdown, "", ""), step(Todo, "", "n", ""), step(Todo, "", "", "c"), step(Todo, "", "", ""),
		}}
		inc.Steps[len(names)-1].Empty = true
		miss(inc, &Entry{Seq: 7, Frame: &Frame{Kind: c.kind, Withheld: AllParts}})
		for i, name := range names {
			s := &inc.Steps[i]
			if unseen := s.Status == Unseen; unseen != slices.Contains(c.unseen, name) {
				t.Errorf("%s: where %s stands is not known: %v", c.kind, name, unseen)
			} else if unseen && s.By != "" {
				t.Errorf("%s: by whom %s is, is known", c.kind, name)
			}
			if s.Assignee != c.assignee || s.Unlisted() != c.unlisted {
				t.Errorf("%s: %s is for %q, its list not known: %v", c.kind, name, s.Assignee, s.Unlisted())
			}
		}
	}
}

// TestWithheldNotes: answers may have stood in the notes of some entries.
func TestWithheldNotes(t *testing.T) {
	asking := Step{ID: "ask", Def: &runbooks.Step{ID: "ask", Ask: []runbooks.Ask{{ID: "n"}}}}
	plain := Step{ID: "plain", Def: &runbooks.Step{ID: "plain"}}
	for _, c := range []struct {
		name         string
		data         Data
		inputs, asks uint64
		runbook      bool
	}{
		{"inputs", &InputsAnswered{}, 7, 0, false}, {"a note", &NoteAdded{}, 0, 0, false},
		{"a step that asks", &StepDone{StepRef: StepRef{Step: "ask"}}, 0, 7, false}, {"a step that does not", &StepDone{StepRef: StepRef{Step: "plain"}}, 0, 0, false},
		{"an unknown step", &StepDone{StepRef: StepRef{Step: "gone"}}, 0, 0, false}, {"an unknown step of an unknown runbook", &StepDone{StepRef: StepRef{Step: "gone"}}, 0, 7, true},
		{"a plain step of an unknown runbook", &StepDone{StepRef: StepRef{Step: "plain"}}, 0, 0, true},
	} {
		inc := &Incident{Steps: []Step{asking, plain}, stepAt: map[string]int{"ask": 0, "plain": 1}}
		inc.Redacted.Runbook = c.runbook
		miss(inc, &Entry{Seq: 7, Data: c.data, Frame: &Frame{Kind: c.data.Kind(), Withheld: PartsOf(Notes)}})
		if l := inc.Redacted; l.Inputs != c.inputs || l.Asks != c.asks || l.All || l.Parts != PartsOf(Notes) {
			t.Errorf("%s: inputs %d, asks %d, all %v, parts %v", c.name, l.Inputs, l.Asks, l.All, l.Parts)
		}
		if hidden := inc.Steps[0].hidden == 7; hidden != (c.name == "a step that asks") {
			t.Errorf("%s: what the step was answered may be hidden: %v", c.name, hidden)
		}
		whole := &Incident{Steps: []Step{asking, plain}, stepAt: map[string]int{"ask": 0, "plain": 1}}
		miss(whole, &Entry{Seq: 7, Data: c.data, Frame: &Frame{Kind: c.data.Kind(), Withheld: PartsOf(Names)}})
		if l := whole.Redacted; l.Answers() {
			t.Errorf("%s: without names answers are not known", c.name)
		}
	}
}
