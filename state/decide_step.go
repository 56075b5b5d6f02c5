package state

import (
	"fmt"
	"strings"
)

// find is the step a command names, ready to be acted on; nil if it was refused.
func (d *decision) find(id string) *Step {
	s := d.inc.Step(id)
	switch {
	case s == nil:
		d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no step %q in this incident.", id), Hint: "See the list of steps for their ids."})
		return nil
	case s.Empty:
		d.refuse(Refusal{Reason: NotApplicable, Text: fmt.Sprintf("%s is done once for each affected service, and none is affected so far.", s.Name()),
			Hint: "Set a service to affected first."})
		return nil
	}
	return s
}

// settled refuses if the step is settled already, and says by whom and when.
func (d *decision) settled(s *Step, except ...Status) bool {
	for _, status := range except {
		if s.Status == status {
			return false
		}
	}
	switch s.Status {
	case Done, Unconfirmed, Skipped, Failed:
	default:
		return false
	}
	reason := AlreadySo
	word := map[Status]string{Done: "done", Unconfirmed: "done", Skipped: "skipped", Failed: "recorded as failed"}[s.Status]
	hint := "Reopen it to do it again."
	if s.Status == Unconfirmed {
		hint = "It waits for another person to confirm it."
	}
	d.refuse(Refusal{Reason: reason, Seq: s.Last, Hint: hint,
		Text: fmt.Sprintf("%s was %s by %s at %s.", s.Name(), word, s.By, d.clock(s.Ended))})
	return true
}

// ready refuses, softly, a step whose turn has not come.
func (d *decision) ready(s *Step) {
	if s.Status != Todo {
		return
	}
	verdict, clause := d.inc.holds(s)
	switch verdict {
	case fails:
		d.refuse(Refusal{Reason: NotApplicable, Overridable: true, Text: fmt.Sprintf("%s is %s.", s.Name(), d.inc.failing(s, clause))})
	case open:
		d.refuse(Refusal{Reason: Undecided, Overridable: true, Text: fmt.Sprintf("%s %s.", s.Name(), d.inc.undecided(s, clause))})
	}
	for _, need := range d.inc.unmet(s) {
		d.refuse(Refusal{Reason: OutOfOrder, Overridable: true, Text: fmt.Sprintf("%s should come before: it is %s.", need.Name(), d.inc.Status(need))})
	}
}

func (c StartStep) decide(d *decision) Data {
	d.text("the note", c.Note, MaxText)
	s := d.find(c.Step)
	if s == nil || d.settled(s, Failed) {
		return nil
	}
	if s.Status == Active {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: s.Last, Hint: "Whoever is ready first can still mark it done.",
			Text: fmt.Sprintf("%s was started by %s at %s.", s.Name(), s.By, d.clock(s.Started))})
	}
	d.ready(s)
	d.mayVerify(s)
	return &StepStarted{StepRef: StepRef{s.ID}, Note: c.Note}
}

func (c DoStep) decide(d *decision) Data {
	d.text("the note", c.Note, MaxText)
	s := d.find(c.Step)
	if s == nil || d.settled(s, Failed) {
		return nil
	}
	if s.Def.Kind == decisionKind {
		return d.refuse(Refusal{Reason: Missing, Text: s.Name() + " is a decision.", Hint: "Answer it with one of: " + optionList(s) + "."})
	}
	values := d.values(s, c.Values)
	d.ready(s)
	d.complete(s, c)
	d.mayVerify(s)
	return &StepDone{StepRef: StepRef{s.ID}, Note: c.Note, Values: values}
}

// complete refuses, softly, what done would claim and is not so.
func (d *decision) complete(s *Step, c DoStep) {
	var left []string
	for i, on := range s.Ticks {
		if !on {
			left = append(left, fmt.Sprintf("%q", s.Def.Checklist[i]))
		}
	}
	if len(left) > 0 {
		d.refuse(Refusal{Reason: Unticked, Overridable: true, Text: fmt.Sprintf("Not ticked off yet: %s.", strings.Join(left, ", "))})
	}
	for _, ask := range s.Def.Ask {
		_, known := d.inc.AskAnswer(s, ask.ID)
		if ask.Required && !known && strings.TrimSpace(c.Values[ask.ID]) == "" {
			d.refuse(Refusal{Reason: Unanswered, Overridable: true, Text: fmt.Sprintf("Not answered yet: %s", ask.Prompt)})
		}
	}
	if s.Def.Evidence && strings.TrimSpace(c.Note) == "" && len(s.Files) == 0 && len(s.Notes) == 0 {
		d.refuse(Refusal{Reason: NoEvidence, Overridable: true, Text: s.Name() + " asks for evidence: a file, or a note of what was seen.",
			Hint: "Attach a file or add a note."})
	}
	d.unsaid(s)
}

// unsaid refuses, softly, that a step is done whose notice nobody was sent.
func (d *decision) unsaid(s *Step) {
	n := d.inc.Notice(d.inc.Books[s.Book].id(s.Def.Notice))
	if s.Def.Notice == "" || n == nil {
		return
	}
	if _, sent := n.LastSent(); sent == nil {
		d.refuse(Refusal{Reason: Unsaid, Overridable: true, Text: fmt.Sprintf("%q was not sent.", n.Title()), Hint: "Draft it, have it approved and send it, or say how it was said."})
	}
}

// mayVerify refuses, softly, to verify what was never restored, or what the same
// person restored.
func (d *decision) mayVerify(s *Step) {
	if s.Def.Kind != verifyKind || s.Service == "" {
		return
	}
	if service := d.inc.Service(s.Service); service != nil {
		d.toVerified(service)
	}
}

func (d *decision) toVerified(service *Service) {
	switch {
	case service.State != Restored && service.State != Verified:
		d.refuse(Refusal{Reason: Untrue, Overridable: true, Seq: service.Seq,
			Text: fmt.Sprintf("%s is %s: nobody has said that it is restored.", service.Def.Title, service.State)})
	case strings.EqualFold(service.RestoredBy, d.stamp.By.Name):
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Seq: service.Seq,
			Text: fmt.Sprintf("%s was restored by %s, and somebody else should look.", service.Def.Title, service.RestoredBy),
			Hint: "Ask another person to verify it from outside."})
	case service.RestoredBy == WithheldText:
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Seq: service.Seq,
			Text: fmt.Sprintf("Who restored %s is withheld from this copy of the log, and somebody else should look.", service.Def.Title)})
	}
}

func (c ConfirmStep) decide(d *decision) Data {
	d.text("the note", c.Note, MaxText)
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
	} else if strings.EqualFold(s.DoneBy, d.stamp.By.Name) {
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Seq: s.Last,
			Text: fmt.Sprintf("%s did it, and another person should confirm.", s.DoneBy), Hint: "Ask somebody who was not part of it to look."})
	}
	return &StepConfirmed{StepRef: StepRef{s.ID}, Note: c.Note}
}

func (c FailStep) decide(d *decision) Data {
	d.need("why it failed", c.Why, MaxText)
	s := d.find(c.Step)
	if s == nil || d.settled(s, Unconfirmed) {
		return nil
	}
	return &StepFailed{StepRef: StepRef{s.ID}, Why: c.Why}
}

func (c BlockStep) decide(d *decision) Data {
	d.need("what it is blocked on", c.On, MaxText)
	s := d.find(c.Step)
	if s == nil || d.settled(s) {
		return nil
	}
	return &StepBlocked{StepRef: StepRef{s.ID}, On: c.On}
}

func (c SkipStep) decide(d *decision) Data {
	d.need("why it is skipped", c.Why, MaxText)
	s := d.find(c.Step)
	if s == nil || d.settled(s, Failed) {
		return nil
	}
	return &StepSkipped{StepRef: StepRef{s.ID}, Why: c.Why}
}

func (c ReopenStep) decide(d *decision) Data {
	d.need("why it is reopened", c.Why, MaxText)
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	if s.Status == Todo || s.Status == Active || s.Status == Blocked {
		return d.refuse(Refusal{Reason: WrongStatus, Seq: s.Last, Text: fmt.Sprintf("%s is %s: there is nothing to reopen.", s.Name(), d.inc.Status(s))})
	}
	return &StepReopened{StepRef: StepRef{s.ID}, Why: c.Why}
}

func (c AssignStep) decide(d *decision) Data {
	d.text("the name", c.To, MaxName)
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	if s.Assignee == c.To {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: s.Last, Text: fmt.Sprintf("%s is assigned to %s already.", s.Name(), orNobody(c.To))})
	}
	return &StepAssigned{StepRef: StepRef{s.ID}, To: c.To}
}

func orNobody(person string) string {
	if person == "" {
		return "nobody"
	}
	return person
}

func (c TickStep) decide(d *decision) Data {
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	if c.Item < 1 || c.Item > len(s.Ticks) {
		return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("The checklist of %s has %d lines; there is no line %d.", s.Name(), len(s.Ticks), c.Item)})
	}
	if s.Ticks[c.Item-1] == c.On {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: s.Last, Text: fmt.Sprintf("%q is %s already.", s.Def.Checklist[c.Item-1], ticked(c.On))})
	}
	return &StepTicked{StepRef: StepRef{s.ID}, Item: c.Item, On: c.On}
}

func ticked(on bool) string {
	if on {
		return "ticked"
	}
	return "not ticked"
}

func (c AddStep) decide(d *decision) Data {
	d.need("the title", c.Title, MaxTitle)
	d.text("the text", c.Text, MaxText)
	phase := -1
	for i := range d.inc.Phases {
		if d.inc.Phases[i].ID == c.Phase {
			phase = i
		}
	}
	if phase < 0 {
		return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no phase %q in this incident.", c.Phase)})
	}
	if c.Role != "" && d.inc.Role(c.Role) == nil {
		return d.noRole(c.Role)
	}
	id := c.ID
	if id == "" {
		id = d.freeID()
	}
	if !plainID(id) || len(d.inc.copies(id)) > 0 {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be the id of a new step.", id),
			Hint: "An id is a–z, 0–9 and dashes, and no other step has it."})
	}
	return &StepAdded{StepRef: StepRef{id}, Phase: c.Phase, Title: c.Title, Text: c.Text, Role: c.Role, Required: c.Required}
}

// freeID is an id that no step has. It says nothing of the step's title, which can
// be withheld where ids are not.
func (d *decision) freeID() string {
	for n := 1; ; n++ {
		if id := fmt.Sprintf("added-%d", n); len(d.inc.copies(id)) == 0 {
			return id
		}
	}
}

func plainID(id string) bool {
	return id != "" && len(id) <= 64 && id[0] != '-' &&
		!strings.ContainsFunc(id, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' })
}
