package state

import (
	"fmt"
	"strings"

	"muster/runbooks"
)

// KindStepStarted is the kind of [StepStarted].
const KindStepStarted Kind = "step.started"

// StepStarted records that somebody began a step, or took it up again.
type StepStarted struct {
	StepRef
	Note string `json:"note,omitempty" part:"notes" text:"amend"`
}

// Kind is KindStepStarted.
func (*StepStarted) Kind() Kind { return KindStepStarted }

// StartStep makes step.started; also takes up a blocked step again.
type StartStep struct{ Step, Note string }

func (StartStep) kind() Kind { return KindStepStarted }

func (c StartStep) decide(d *decision) Data {
	d.text("note", "the note", c.Note, MaxText)
	s := d.find(c.Step)
	if s == nil || d.settled(s, Failed) {
		return nil
	}
	if s.Status == Active {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: s.Last, Hint: "Whoever is ready first can still mark it done.", Acts: []Act{{Deed: DeedDo, Of: s.Number}},
			Text: fmt.Sprintf("%s was started by %s at %s.", s.Name(), s.By, d.clock(s.Started))})
	}
	d.ready(s)
	d.mayVerify(s)
	if s.Def.Kind == runbooks.Restore {
		stepSince(d, s, Restoring)
	}
	return &StepStarted{StepRef: StepRef{s.ID}, Note: c.Note}
}

func (data *StepStarted) effect(inc *Incident, e *Entry) {
	s := inc.about(e, data.Step)
	if s == nil {
		return
	}
	if s.Started.IsZero() || s.Status != Blocked {
		s.Before = s.Started.IsZero() && s.Status == Blocked && inc.Redacted.Steps > 0
		s.Started, s.StartedBy = e.When(), e.By.Name
	}
	s.Status, s.By, s.Reason = Active, e.By.Name, ""
	if s.Def.Kind == runbooks.Restore && s.Service != "" {
		inc.setService(e, s.Service, Restoring, "step "+s.Number+" started")
	}
}

func (data *StepStarted) describe(inc *Incident, _ Entry) string {
	return saidOf("started ", stepName(inc, data.Step), data.Note)
}

// KindStepDone is the kind of [StepDone].
const KindStepDone Kind = "step.done"

// StepDone records that a step is done.
type StepDone struct {
	StepRef
	Note   string            `json:"note,omitempty" part:"notes" text:"amend"`
	Values map[string]string `json:"values,omitempty" part:"notes"` // answers to the step's asks
	Sets   Sets              `json:"sets,omitzero"`                 // what some of them set besides
}

// Kind is KindStepDone.
func (*StepDone) Kind() Kind { return KindStepDone }

// DoStep makes step.done. Values answers asks of the step at the same time.
type DoStep struct {
	Step, Note string
	Values     map[string]string
}

func (DoStep) kind() Kind { return KindStepDone }

func (c DoStep) decide(d *decision) Data {
	d.text("note", "the note", c.Note, MaxText)
	s := d.find(c.Step)
	if s == nil || d.settled(s, Failed) {
		return nil
	}
	if s.Def.Kind == runbooks.Decision {
		return d.refuse(Refusal{Reason: Missing, Text: s.Name() + " is a decision.", Acts: []Act{{Deed: DeedAnswer, Of: s.Number}}, Hint: "Answer it with one of: " + optionList(s) + "."})
	}
	values := d.values(s, c.Values)
	counted(d, keyed(d.inc, s, values), s, "")
	movedWhy(d, keyed(d.inc, s, values), "note", c.Note)
	d.ready(s)
	d.complete(s, c)
	d.mayVerify(s)
	if !s.Def.TwoPerson {
		leadsSince(d, s, "")
	}
	sets := d.takeSets(s, values)
	return &StepDone{StepRef: StepRef{s.ID}, Note: c.Note, Values: values, Sets: sets}
}

// complete refuses, softly, what done would claim and is not so.
func (d *decision) complete(s *Step, c DoStep) {
	d.unticked(s)
	for _, ask := range s.Def.Ask {
		_, known := d.inc.AskAnswer(s, ask.ID)
		if ask.Required && !known && SetNow(d.inc, &ask) == "" && strings.TrimSpace(c.Values[ask.ID]) == "" {
			d.refuse(Refusal{Reason: Unanswered, Overridable: true, Acts: []Act{{Deed: DeedAnswer, Of: s.Number, Ask: ask.ID}},
				Text: fmt.Sprintf("Not answered yet: %s", ask.Prompt)})
		}
	}
	if s.Def.Evidence && strings.TrimSpace(c.Note) == "" && len(s.Files) == 0 && len(s.Notes) == 0 {
		d.refuse(Refusal{Reason: NoEvidence, Overridable: true, Text: s.Name() + " asks for evidence: a file, or a note of what was seen.",
			Hint: "Attach a file or add a note.", Acts: []Act{{Deed: DeedAttach, Of: s.Number}}})
	}
	d.unsaid(s)
}

// unticked refuses, softly, to settle a step whose checklist is not all ticked, a decision too.
func (d *decision) unticked(s *Step) {
	var left, before []string
	for i, on := range s.Ticks {
		switch line := fmt.Sprintf("%q", s.Def.Checklist[i]); {
		case !on:
			left = append(left, line)
		case s.TickedBefore(i):
			before = append(before, line)
		}
	}
	if len(before) > 0 {
		d.refuse(Refusal{Reason: Unticked, Overridable: true, Acts: []Act{{Deed: DeedTick, Of: s.Number}}, Text: fmt.Sprintf("Ticked off before it was reopened, and not since: %s.", strings.Join(before, ", "))})
	}
	if len(left) > 0 {
		d.refuse(Refusal{Reason: Unticked, Overridable: true, Acts: []Act{{Deed: DeedTick, Of: s.Number}}, Text: fmt.Sprintf("Not ticked off yet: %s.", strings.Join(left, ", "))})
	}
}

// unsaid refuses, softly, that a step is done whose notice nobody was sent.
func (d *decision) unsaid(s *Step) {
	n := d.inc.Notice(d.inc.Books[s.Book].IDOf(NounNotice, s.Def.Notice))
	if s.Def.Notice == "" || n == nil {
		return
	}
	if _, sent := n.LastSent(); sent == nil {
		d.refuse(Refusal{Reason: Unsaid, Overridable: true, Acts: []Act{{Deed: n.towardsSending(), Of: n.ID}}, Text: fmt.Sprintf("%q was not sent.", n.Title()),
			Hint: "Draft it, have it approved and send it: by hand, if it was said some other way."})
	}
}

// towardsSending is what has to be done next with a notice so that it can be sent.
func (n *Notice) towardsSending() Deed {
	switch v := n.Last(); {
	case v == nil:
		return DeedDraft
	case n.Def.Approver != "" && v.ApprovedBy == "":
		return DeedApprove
	}
	return DeedSend
}

// mayVerify refuses, softly, to verify what was never restored, or what the same
// person restored.
func (d *decision) mayVerify(s *Step) {
	if s.Def.Kind != runbooks.Verify || s.Service == "" {
		return
	}
	if service := d.inc.Service(s.Service); service != nil {
		d.toVerified(service)
	}
}

func (data *StepDone) effect(inc *Incident, e *Entry) {
	s := inc.about(e, data.Step)
	if s == nil {
		return
	}
	data.Sets.take(inc, e, s)
	s.learn(inc, e, data.Sets.answers(data.Values, e.Withheld), data.Sets.named(inc))
	s.Reason = data.Note
	s.finish(inc, e)
}

func (data *StepDone) describe(inc *Incident, e Entry) string {
	return "done " + stepName(inc, data.Step) + sayBeside(inc, e) + said(data.Note) + data.Sets.say(data.Values, e.Withheld)
}

func (data *StepDone) reason() string { return data.Note }

func (data *StepDone) contradicts(_ *Incident, e *Entry) string { return data.Sets.contradicts(e) }

// KindStepConfirmed is the kind of [StepConfirmed].
const KindStepConfirmed Kind = "step.confirmed"

// StepConfirmed records that a second person confirms a step.
type StepConfirmed struct {
	StepRef
	Note string `json:"note,omitempty" part:"notes" text:"amend"`
}

// Kind is KindStepConfirmed.
func (*StepConfirmed) Kind() Kind { return KindStepConfirmed }

// ConfirmStep makes step.confirmed.
type ConfirmStep struct{ Step, Note string }

func (ConfirmStep) kind() Kind { return KindStepConfirmed }

func (c ConfirmStep) decide(d *decision) Data {
	d.text("note", "the note", c.Note, MaxText)
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	if s.Status != Unconfirmed {
		return d.refuse(Refusal{Reason: WrongStatus, Seq: s.Last, Text: fmt.Sprintf("%s is %s: there is nothing to confirm.", s.Name(), d.inc.Status(s))})
	}
	if s.DoneBy == WithheldText {
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Seq: s.Last,
			Text: fmt.Sprintf("Who did %s is withheld from this copy of the log, and another person should confirm.", s.Name())})
	} else if runbooks.SameName(s.DoneBy, d.stamp.By.Name) {
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Seq: s.Last,
			Text: fmt.Sprintf("%s did it, and another person should confirm.", s.DoneBy), Hint: "Ask somebody who was not part of it to look."})
	}
	d.atOwn(s.DoneBy, s.doneSeq, fmt.Sprintf("%s did %s", s.DoneBy, s.Name()))
	leadsSince(d, s, d.inc.answers[s.answerKey(d.inc)].Value)
	return &StepConfirmed{StepRef: StepRef{s.ID}, Note: c.Note}
}

func (data *StepConfirmed) effect(inc *Incident, e *Entry) {
	s := inc.about(e, data.Step)
	if s == nil {
		return
	}
	s.Confirmed = e.By.Name
	besides(inc, e, s.DoneBy)
	s.settle(inc, Done, e)
	s.moveOn(inc, e)
}

func (data *StepConfirmed) describe(inc *Incident, e Entry) string {
	return "confirmed " + stepName(inc, data.Step) + sayBeside(inc, e) + said(data.Note)
}

// finish records that a step was done; another person's word may still be needed.
func (s *Step) finish(inc *Incident, e *Entry) {
	s.DoneBy, s.doneSeq, s.Confirmed = e.By.Name, e.Seq, ""
	if s.Def.TwoPerson {
		s.settle(inc, Unconfirmed, e)
		return
	}
	s.settle(inc, Done, e)
	s.moveOn(inc, e)
}

// moveOn lets clocks hear of a step that is done, and gives its service the state
// that the step, done, leads to. The state's author is who did the step, not who
// confirmed it: a restore confirmed by a second person was still made by the first.
func (s *Step) moveOn(inc *Incident, e *Entry) {
	fireStep(inc, e, s)
	if s.Service == "" {
		return
	}
	answer := inc.answers[s.answerKey(inc)]
	to := LeadsTo(s, answer.Value)
	if to == "" {
		return
	}
	doer := *e
	doer.Own().By.Name = s.DoneBy
	if service := inc.Service(s.Service); service != nil && to == Verified {
		besides(inc, e, service.RestoredBy)
		said := []*Entry{e}
		if done := s.doneEntry(inc); done != nil && done.Seq != e.Seq {
			said = []*Entry{done, e}
		}
		service.looked(e, said...)
	}
	inc.setService(&doer, s.Service, to, "step "+s.Number+" done")
	if service := inc.Service(s.Service); service != nil && to == Restored {
		service.restoredSeq = s.doneSeq // what was done, and not that somebody confirmed it
	}
}

// LeadsTo is the state that a step, done, gives its service; answer is the option of a
// decision. "" if it gives it none.
func LeadsTo(s *Step, answer string) ServiceState {
	switch s.Def.Kind {
	case runbooks.Shutdown:
		return ShutDown
	case runbooks.Restore:
		return Restored
	case runbooks.Verify:
		return Verified
	case runbooks.Decision:
		if option := optionOf(s, answer); option != nil {
			return ServiceState(option.State)
		}
	}
	return ""
}

// leadsSince is notSince of the state that a step, settled so, gives its service. answer is the
// option of a decision.
func leadsSince(d *decision, s *Step, answer string) {
	if to := LeadsTo(s, answer); to != "" {
		stepSince(d, s, to)
	}
}

func (data *StepConfirmed) contradicts(inc *Incident, e *Entry) string {
	s := inc.Step(data.Step)
	if s == nil || e.Override != nil || (inc.Redacted.Parts | e.Withheld).Has(Names) || inc.Redacted.All {
		return ""
	}
	if alike(s.DoneBy, e.By.Name) {
		return fmt.Sprintf("%s confirms what %s did, and the two names look alike, with no word on that.", Spelled(e.By.Name), Spelled(s.DoneBy))
	}
	if !runbooks.SameName(s.DoneBy, e.By.Name) {
		return ""
	}
	return fmt.Sprintf("%s confirms what %s did, with no word on why.", e.By.Name, s.DoneBy)
}
