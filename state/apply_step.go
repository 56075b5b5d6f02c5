package state

import (
	"slices"

	"muster/runbooks"
)

// stepEffect is what an entry about one step changes.
func (inc *Incident) stepEffect(e *Entry) {
	if data, ok := e.Data.(*StepAdded); ok {
		inc.addStep(e, data)
		return
	}
	ref, ok := e.Data.(interface{ step() string })
	if !ok {
		return
	}
	s := inc.about(e, ref.step())
	if s == nil {
		return
	}
	switch data := e.Data.(type) {
	case *StepStarted:
		inc.started(s, e)
	case *StepDone:
		inc.learn(s, e, data.Values)
		s.Reason = data.Note
		inc.finish(s, e)
	case *StepConfirmed:
		s.Confirmed = e.By.Name
		s.settle(Done, e)
		inc.moveOn(s, e)
	case *StepFailed:
		s.settle(Failed, e)
		s.Reason = data.Why
		inc.failedCheck(s, e)
	case *StepBlocked:
		s.Status, s.By, s.Reason = Blocked, e.By.Name, data.On
	case *StepSkipped:
		s.settle(Skipped, e)
		s.Reason = data.Why
	case *StepReopened:
		inc.reopen(s, e)
	case *StepAssigned:
		s.Assignee = data.To
	case *StepTicked:
		if data.Item >= 1 && data.Item <= len(s.Ticks) {
			s.Ticks = slices.Clone(s.Ticks)
			s.Ticks[data.Item-1] = data.On
		}
	case *StepAnswered:
		inc.answered(s, e, data)
	}
}

func (s *Step) settle(status Status, e *Entry) {
	s.Status, s.By, s.Ended = status, e.By.Name, e.When()
}

func (inc *Incident) started(s *Step, e *Entry) {
	if s.Started.IsZero() || s.Status != Blocked {
		s.Started, s.StartedBy = e.When(), e.By.Name
	}
	s.Status, s.By, s.Reason = Active, e.By.Name, ""
	if s.Def.Kind == runbooks.Restore && s.Service != "" {
		inc.setService(e, s.Service, Restoring, "step "+s.Number+" started")
	}
}

// finish records that a step was done; another person's word may still be needed.
func (inc *Incident) finish(s *Step, e *Entry) {
	s.DoneBy, s.Confirmed = e.By.Name, ""
	if s.Def.TwoPerson {
		s.settle(Unconfirmed, e)
		return
	}
	s.settle(Done, e)
	inc.moveOn(s, e)
}

// moveOn lets clocks hear of a step that is done, and gives its service the state that the step, done, leads to. The
// state's author is who did the step, not who confirmed it: a restore confirmed
// by a second person was still made by the first.
func (inc *Incident) moveOn(s *Step, e *Entry) {
	inc.fireStep(e, s)
	if s.Service == "" {
		return
	}
	var to ServiceState
	switch s.Def.Kind {
	case runbooks.Shutdown:
		to = ShutDown
	case runbooks.Restore:
		to = Restored
	case runbooks.Verify:
		to = Verified
	case runbooks.Decision:
		answer := inc.answers[s.ID]
		if option := optionOf(s, answer.Value); option != nil {
			to = ServiceState(option.State)
		}
	}
	if to == "" {
		return
	}
	doer := *e
	doer.By.Name = s.DoneBy
	inc.setService(&doer, s.Service, to, "step "+s.Number+" done")
}

// failedCheck takes a verification that failed for what it is: the service that
// was restored is not.
func (inc *Incident) failedCheck(s *Step, e *Entry) {
	service := inc.Service(s.Service)
	if s.Def.Kind == runbooks.Verify && service != nil && (service.State == Restored || service.State == Verified) {
		inc.setService(e, s.Service, Regressed, "step "+s.Number+" failed")
	}
}

// reopen makes a step to do again. Its ticks, notes and files stay: they happened.
func (inc *Incident) reopen(s *Step, e *Entry) {
	*s = Step{
		ID: s.ID, Number: s.Number, Title: s.Title, Book: s.Book, Phase: s.Phase, Def: s.Def, Service: s.Service, Added: s.Added,
		Status: Todo, By: e.By.Name, Assignee: s.Assignee,
		Ticks: s.Ticks, Files: s.Files, Notes: s.Notes, Overrides: s.Overrides, Last: e.Seq, root: s.root, hidden: s.hidden,
	}
	if s.Def.Kind == runbooks.Decision {
		delete(inc.answers, s.ID)
		inc.retitle()
	}
}

// answered records a decision, or answers to asks.
func (inc *Incident) answered(s *Step, e *Entry, data *StepAnswered) {
	inc.learn(s, e, data.Values)
	if data.Option == "" {
		return
	}
	answer := Answer{Value: data.Option, Title: data.Option, By: e.By.Name, When: e.When(), Seq: e.Seq}
	if option := optionOf(s, data.Option); option != nil {
		answer.Title = option.Title
	}
	inc.answers[s.ID] = answer
	s.Reason = data.Note
	inc.retitle()
	inc.finish(s, e)
}

// learn keeps answers to a step's asks.
func (inc *Incident) learn(s *Step, e *Entry, values map[string]string) {
	if len(values) == 0 {
		return
	}
	keyed := make(map[string]string, len(values))
	for id, value := range values {
		keyed[inc.askKey(s, id)] = value
	}
	inc.keep(e, keyed)
}

// keep keeps answers under their full ids.
func (inc *Incident) keep(e *Entry, values map[string]string) {
	for id, value := range values {
		inc.answers[id] = Answer{Value: value, Title: value, By: e.By.Name, When: e.When(), Seq: e.Seq}
	}
	if len(values) > 0 {
		inc.retitle()
		inc.fireAnswers(e, values)
	}
}

// addStep puts a step that no runbook has at the end of a phase.
func (inc *Incident) addStep(e *Entry, data *StepAdded) {
	if len(inc.copies(data.Step)) > 0 {
		inc.Foreign++
		return
	}
	def := &runbooks.Step{ID: data.Step, Kind: runbooks.Action, Title: data.Title, Text: data.Text, Role: data.Role, Required: data.Required}
	inc.added = append(slices.Clip(inc.added), addedStep{phase: data.Phase, def: def})
	inc.expand()
	if s := inc.Step(data.Step); s != nil {
		s.Last = e.Seq
	} else {
		inc.Foreign++
	}
}
