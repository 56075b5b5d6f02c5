package state

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"muster/runbooks"
)

// KindStepFailed is the kind of [StepFailed].
const KindStepFailed Kind = "step.failed"

// StepFailed records that a step was tried and did not work.
type StepFailed struct {
	StepRef
	Why string `json:"why" part:"notes" text:"amend"`
}

// Kind is KindStepFailed.
func (*StepFailed) Kind() Kind { return KindStepFailed }

// FailStep makes step.failed.
type FailStep struct{ Step, Why string }

func (FailStep) kind() Kind { return KindStepFailed }

func (c FailStep) decide(d *decision) Data {
	s := d.find(c.Step)
	if s == nil || d.settled(s, Unconfirmed) {
		return nil
	}
	d.need("why", "why it failed", c.Why, MaxText)
	if failsService(d.inc, s) {
		stepSince(d, s, Regressed)
	}
	return &StepFailed{StepRef: StepRef{s.ID}, Why: c.Why}
}

// effect takes a verification that failed for what it is: the service that was
// restored is not.
func (data *StepFailed) effect(inc *Incident, e *Entry) {
	s := inc.about(e, data.Step)
	if s == nil {
		return
	}
	s.settle(inc, Failed, e)
	s.Reason = data.Why
	if failsService(inc, s) {
		inc.setService(e, s.Service, Regressed, "step "+s.Number+" failed")
	}
}

// failsService reports whether a step that fails says that its service is not what it was restored to.
func failsService(inc *Incident, s *Step) bool {
	service := inc.Service(s.Service)
	return s.Def.Kind == runbooks.Verify && service != nil && (service.State == Restored || service.State == Verified)
}

func (data *StepFailed) describe(inc *Incident, _ Entry) string {
	return saidOf("failed ", stepName(inc, data.Step), data.Why)
}

// KindStepBlocked is the kind of [StepBlocked].
const KindStepBlocked Kind = "step.blocked"

// StepBlocked records that a step cannot go on, and on what it waits.
type StepBlocked struct {
	StepRef
	On string `json:"on" part:"notes" text:"amend"`
}

// Kind is KindStepBlocked.
func (*StepBlocked) Kind() Kind { return KindStepBlocked }

// BlockStep makes step.blocked.
type BlockStep struct{ Step, On string }

func (BlockStep) kind() Kind { return KindStepBlocked }

func (c BlockStep) decide(d *decision) Data {
	s := d.find(c.Step)
	if s == nil || d.settled(s) {
		return nil
	}
	d.need("on", "what it is blocked on", c.On, MaxText)
	return &StepBlocked{StepRef: StepRef{s.ID}, On: c.On}
}

func (data *StepBlocked) effect(inc *Incident, e *Entry) {
	if s := inc.about(e, data.Step); s != nil {
		s.Status, s.By, s.Reason = Blocked, e.By.Name, data.On
	}
}

func (data *StepBlocked) describe(inc *Incident, _ Entry) string {
	return saidOf("blocked ", stepName(inc, data.Step), data.On)
}

// KindStepSkipped is the kind of [StepSkipped].
const KindStepSkipped Kind = "step.skipped"

// StepSkipped records that a step will not be done. Skipped is not done.
type StepSkipped struct {
	StepRef
	Why string `json:"why" part:"notes" text:"amend"`
}

// Kind is KindStepSkipped.
func (*StepSkipped) Kind() Kind { return KindStepSkipped }

// SkipStep makes step.skipped.
type SkipStep struct{ Step, Why string }

func (SkipStep) kind() Kind { return KindStepSkipped }

func (c SkipStep) decide(d *decision) Data {
	s := d.find(c.Step)
	if s == nil || d.settled(s, Failed) {
		return nil
	}
	d.need("why", "why it is skipped", c.Why, MaxText)
	d.tells(s, c.Why)
	return &StepSkipped{StepRef: StepRef{s.ID}, Why: c.Why}
}

// tells refuses, softly, to skip what shows that the damage stops, or that it is over, for
// a reason of one letter: nobody can say later why that was not done.
func (d *decision) tells(s *Step, why string) {
	switch s.Def.Kind {
	case runbooks.Verify, runbooks.Shutdown, runbooks.Restore:
	default:
		return
	}
	if why = strings.TrimSpace(why); utf8.RuneCountInString(why) == 1 {
		d.refuse(Refusal{Reason: Unreasoned, Field: "why", Overridable: true, Text: fmt.Sprintf("%q does not say why %s is not done.", why, s.Name()),
			Hint: "Give the reason in a few words: whoever reads the log asks for it first."})
	}
}

func (data *StepSkipped) effect(inc *Incident, e *Entry) {
	if s := inc.about(e, data.Step); s != nil {
		s.settle(inc, Skipped, e)
		s.Reason = data.Why
	}
}

func (data *StepSkipped) describe(inc *Incident, _ Entry) string {
	return saidOf("skipped ", stepName(inc, data.Step), data.Why)
}

// KindStepReopened is the kind of [StepReopened].
const KindStepReopened Kind = "step.reopened"

// StepReopened records that a settled step is to do again.
type StepReopened struct {
	StepRef
	Why string `json:"why" part:"notes" text:"amend"`
}

// Kind is KindStepReopened.
func (*StepReopened) Kind() Kind { return KindStepReopened }

// ReopenStep makes step.reopened.
type ReopenStep struct{ Step, Why string }

func (ReopenStep) kind() Kind { return KindStepReopened }

func (c ReopenStep) decide(d *decision) Data {
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	if s.Status == Todo || s.Status == Active || s.Status == Blocked {
		return d.refuse(Refusal{Reason: WrongStatus, Seq: s.Last, Text: fmt.Sprintf("%s is %s: there is nothing to reopen.", s.Name(), d.inc.Status(s))})
	}
	d.need("why", "why it is reopened", c.Why, MaxText)
	return &StepReopened{StepRef: StepRef{s.ID}, Why: c.Why}
}

// effect makes a step to do again. Its ticks, notes and files stay: they happened. Of the ticks it is
// known that they are from before.
func (data *StepReopened) effect(inc *Incident, e *Entry) {
	s := inc.about(e, data.Step)
	if s == nil {
		return
	}
	answered, before := s.doneSeq, s.before
	if now, ok := inc.answers[s.answerKey(inc)]; ok {
		before = &now
	}
	*s = Step{
		ID: s.ID, Number: s.Number, Title: s.Title, Book: s.Book, Phase: s.Phase, Def: s.Def, Service: s.Service, Added: s.Added,
		Status: Todo, By: e.By.Name, Assignee: s.Assignee,
		Ticks: s.Ticks, Files: s.Files, Notes: s.Notes, Overrides: s.Overrides, Last: e.Seq, root: s.root, hidden: s.hidden, unlisted: s.unlisted, kept: s.Ticks, before: before,
	}
	inc.said.say(e, subject{what: OfStep, of: s.ID}, "")
	if key := s.answerKey(inc); s.Def.Kind == runbooks.Decision && inc.answers[key].Seq <= answered {
		inc.said.say(e, subject{what: OfAnswer, of: key}, "")
		delete(inc.answers, key) // of a later answer to the same question, in another runbook, nothing was said
		inc.retitle(ofAnswers)
	}
}

func (data *StepReopened) describe(inc *Incident, _ Entry) string {
	return saidOf("reopened ", stepName(inc, data.Step), data.Why)
}
