package state

import (
	"maps"
	"slices"

	"muster/runbooks"
)

// sharedBy finds what of a runbook is the same as what the incident has.
func sharedBy(inc *Incident, book *runbooks.Runbook) *Shared {
	s := &Shared{
		Notices: make(map[string]string), Contacts: make(map[string]string), Clocks: make(map[string]string),
		Questions: make(map[string]string), Steps: make(map[string]string),
	}
	for i := range book.Notices {
		def := &book.Notices[i]
		for j := range inc.Notices {
			if n := &inc.Notices[j]; n.Def.ID == def.ID && sameWords(n.Def.Title, def.Title) && sameWords(n.Def.Audience, def.Audience) {
				s.Notices[def.ID] = n.ID
			}
		}
	}
	for i := range book.Contacts {
		def := &book.Contacts[i]
		for j := range inc.Contacts {
			c := &inc.Contacts[j]
			ours := c.ID == def.ID && inc.Organisation.contact(def.ID) != nil
			if ours || c.Def.ID == def.ID && sameWords(c.Def.Title, def.Title) {
				s.Contacts[def.ID] = c.ID
			}
		}
	}
	for i := range book.Clocks {
		for j := range inc.Clocks {
			if c := &inc.Clocks[j]; sameDuty(c.Def, &book.Clocks[i]) {
				s.Clocks[book.Clocks[i].ID] = c.ID
			}
		}
	}
	s.questions(inc, book)
	s.steps(inc, book)
	return s
}

// sameWords reports whether two texts say the same, in any case.
func sameWords(a, b string) bool { return a == b || runbooks.SameName(a, b) }

// sameDuty reports whether two clocks count one duty: by one law, or by one name.
func sameDuty(a, b *runbooks.Clock) bool {
	if a.Within != b.Within || a.Restarts != b.Restarts {
		return false
	}
	if a.Law != "" || b.Law != "" {
		return a.Law == b.Law
	}
	return a.ID == b.ID && sameWords(a.Title, b.Title)
}

// questions finds the inputs and the questions of steps that the incident asks in the
// same words. What is asked of each service is asked of each step.
func (s *Shared) questions(inc *Incident, book *runbooks.Runbook) {
	asked := questionsIn(book)
	for i := range inc.Books {
		there := &inc.Books[i]
		for _, ask := range questionsIn(there.Runbook) {
			same := func(other runbooks.Ask) bool {
				return other.ID == ask.ID && other.Type == ask.Type && sameWords(other.Prompt, ask.Prompt) && slices.Equal(other.Choices, ask.Choices) && other.Sets == ask.Sets
			}
			if _, known := s.Questions[ask.ID]; !known && slices.ContainsFunc(asked, same) {
				s.Questions[ask.ID] = there.IDOf(NounQuestion, ask.ID)
			}
		}
	}
}

// questionsIn are what a runbook asks once.
func questionsIn(book *runbooks.Runbook) []runbooks.Ask {
	var asks []runbooks.Ask
	for i := range book.Inputs {
		asks = append(asks, book.Inputs[i].Ask)
	}
	for _, step := range stepsIn(book) {
		if step.Each == runbooks.Once {
			asks = append(asks, step.Ask...)
		}
	}
	return asks
}

// askedBy are the ids of all that a runbook asks.
func askedBy(book *runbooks.Runbook) []string {
	var ids []string
	for _, ask := range questionsIn(book) {
		ids = append(ids, ask.ID)
	}
	for _, step := range stepsIn(book) {
		if step.Kind == runbooks.Decision {
			ids = append(ids, step.ID)
		}
	}
	return ids
}

func stepsIn(book *runbooks.Runbook) []*runbooks.Step {
	var steps []*runbooks.Step
	for p := range book.Phases {
		for i := range book.Phases[p].Steps {
			steps = append(steps, &book.Phases[p].Steps[i])
		}
	}
	return steps
}

// steps finds the steps that ask for the same as one that is there, and the decisions
// that are the same question.
func (s *Shared) steps(inc *Incident, book *runbooks.Runbook) {
	for _, step := range stepsIn(book) {
		for i := range inc.Books {
			there := &inc.Books[i]
			for _, other := range stepsIn(there.Runbook) {
				if _, known := s.Steps[step.ID]; known || !s.sameStep(there, other, step) {
					continue
				}
				s.Steps[step.ID] = there.IDOf(NounStep, other.ID)
				if step.Kind == runbooks.Decision && step.Each == runbooks.Once {
					s.Questions[step.ID] = there.IDOf(NounQuestion, other.ID)
				}
			}
		}
	}
}

// sameStep reports whether a step asks for what one of a book that is there does.
func (s *Shared) sameStep(there *Book, other, step *runbooks.Step) bool {
	same := other.ID == step.ID && other.Kind == step.Kind && other.Each == step.Each && other.Title == step.Title && other.Service == step.Service
	same = same && slices.EqualFunc(other.Options, step.Options, func(a, b runbooks.Option) bool {
		return a.ID == b.ID && a.Title == b.Title && a.State == b.State
	})
	return same && s.sameRef(there, NounNotice, other.Notice, step.Notice) && s.sameRef(there, NounContact, other.Contact, step.Contact)
}

func (s *Shared) sameRef(there *Book, noun Noun, other, id string) bool {
	if other == "" || id == "" {
		return other == id
	}
	return s.of(noun)[id] == there.IDOf(noun, other)
}

// twinSteps notes which of a book's steps ask for the same as others.
func twinSteps(inc *Incident, b *Book) {
	if b.Shared == nil || len(b.Shared.Steps) == 0 {
		return
	}
	twins := maps.Clone(inc.twins)
	if twins == nil {
		twins = make(map[string][]string)
	}
	for id, to := range b.Shared.Steps {
		twins[to] = append(slices.Clip(twins[to]), b.id(id))
	}
	inc.twins = twins
}

// catchUp lets an attached runbook's clocks hear of what happened before it came: of what
// it shares, answers, decisions, notices and clocks may be known.
func catchUp(inc *Incident, book int) {
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		for _, t := range c.triggers() {
			if t.book != book {
				continue
			}
			if e := cameAbout(inc, book, t.outer); e != nil && c.outer.started.IsZero() && !c.Def.Outer.Within.IsZero() {
				c.start(inc, e, &c.outer, t.answer(inc, t.outerFrom))
			}
			if e := cameAbout(inc, book, t.starts); e != nil && c.own.started.IsZero() {
				c.start(inc, e, &c.own, t.answer(inc, t.from))
			}
			if e := cameAbout(inc, book, t.stops); e != nil && c.Ended.IsZero() {
				c.end(inc, e, false, "")
			}
		}
	}
}

// cameAbout is the entry by which an event of a book's clock happened; nil if it has not,
// or if the entry is not there.
func cameAbout(inc *Incident, book int, event runbooks.Event) *Entry {
	var seq uint64
	id := inc.Books[book].EventID(event)
	switch event.Kind {
	case runbooks.AnswerGiven:
		if answer, ok := inc.answers[id]; ok && answer.Value == event.Value {
			seq = answer.Seq
		}
	case runbooks.StepDone:
		seq = doneAs(inc, id, event.Value)
	case runbooks.NoticeSent:
		if n := inc.Notice(id); n != nil {
			seq = n.firstSent()
		}
	case runbooks.ClockStopped:
		if c := inc.Clock(id); c != nil && !c.Ended.IsZero() && !c.Waived {
			seq = c.EndSeq
		}
	}
	e, ok := inc.Entry(seq)
	if !ok {
		return nil
	}
	return &e
}

// doneAs is the entry by which a step was done, or decided so; 0 if it was not.
func doneAs(inc *Incident, id, value string) uint64 {
	s := inc.Step(id)
	if s == nil || s.Status != Done {
		return 0
	}
	if value != "" && inc.answers[s.answerKey(inc)].Value != value {
		return 0
	}
	return s.doneSeq
}

// firstSent is the entry that sent a notice first; 0 if none did.
func (n *Notice) firstSent() (first uint64) {
	for i := range n.Versions {
		for _, sent := range n.Versions[i].Sent {
			if first == 0 || sent.Seq < first {
				first = sent.Seq
			}
		}
	}
	return first
}
