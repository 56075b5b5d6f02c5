package view

import (
	"time"

	"muster/runbooks"
	"muster/state"
)

// phases computes the phases, the steps, their counts and all answers.
func (b *builder) phases() {
	b.out.Phases, b.out.Steps = make([]Phase, 0, len(b.inc.Phases)), make([]Step, 0, len(b.inc.Steps))
	b.out.Answers = b.inputs()
	for p := range b.inc.Phases {
		def := &b.inc.Phases[p]
		phase := Phase{ID: def.ID, Number: def.Number, Title: def.Def.Title, Goal: def.Def.Goal}
		for i := def.First; i < def.First+def.Count; i++ {
			step := b.stepOf(&b.inc.Steps[i], def.ID)
			b.out.Steps = append(b.out.Steps, step)
			b.out.Answers = append(b.out.Answers, step.Answers...)
			if !step.Empty {
				phase.Tally.add(&step)
				b.out.Tally.add(&step)
			}
		}
		b.out.Phases = append(b.out.Phases, phase)
	}
}

func (t *Tally) add(s *Step) {
	t.Total++
	switch {
	case s.NeverRun:
		t.NeverRun++
	case s.Reopened:
		t.Reopened++
	case s.Status == state.Done:
		t.Done++
	case s.Status == state.Unconfirmed:
		t.Unconfirmed++
	case s.Status == state.Failed:
		t.Failed++
	case s.Status == state.Skipped:
		t.Skipped++
	case s.Status == state.NotNeeded:
		t.NotApplicable++
	case s.Status == state.Blocked:
		t.Blocked++
	case s.Status == state.Active:
		t.Active++
	}
}

func (b *builder) stepOf(s *state.Step, phase string) Step {
	status, seen := b.inc.Status(s), b.steps[s.ID]
	if seen == nil {
		seen = new(stepSeen)
	}
	open := status == state.Todo || status == state.Waiting
	out := Step{
		ID: s.ID, Number: s.Number, Title: s.Title, Phase: phase, Kind: s.Def.Kind, Role: s.Def.Role, Service: s.Service,
		Required: s.Def.Required, Added: s.Added, Empty: s.Empty,
		Status: status, Because: b.inc.Because(s), NeverRun: open && !s.Empty && !seen.run, Reopened: open && seen.run,
		Started: moment(s.Started), Ended: moment(s.Ended), StartedBy: s.StartedBy,
		By: s.By, DoneBy: s.DoneBy, Confirmed: s.Confirmed, Assignee: s.Assignee, Reason: s.Reason,
		Checklist: []Tick{}, Answers: b.answersOf(s),
		Notes: seen.notes, Evidence: seen.evidence, Overrides: seen.over, Seqs: seen.seqs,
	}
	out.Duration = seconds(out.Started, out.Ended)
	if !s.Def.Expect.IsZero() {
		expected := int64(s.Def.Expect.About() / time.Second)
		out.Expected = &expected
	}
	for i, line := range s.Def.Checklist {
		out.Checklist = append(out.Checklist, Tick{Text: b.inc.Render(s, line), Done: i < len(s.Ticks) && s.Ticks[i]})
	}
	out.noNil()
	return out
}

// noNil makes empty lists of missing ones, so that JSON has lists.
func (s *Step) noNil() {
	if s.Notes == nil {
		s.Notes = []Note{}
	}
	if s.Evidence == nil {
		s.Evidence = []Evidence{}
	}
	if s.Overrides == nil {
		s.Overrides = []Override{}
	}
	if s.Seqs == nil {
		s.Seqs = []uint64{}
	}
}

// inputs lists what was asked at the start of each runbook.
func (b *builder) inputs() []Answer {
	list := []Answer{}
	for i := range b.inc.Books {
		book := &b.inc.Books[i]
		for _, input := range book.Runbook.Inputs {
			id := input.ID
			if book.Prefix != "" {
				id = book.Prefix + ":" + id
			}
			answer, _ := b.inc.Answer(id)
			list = append(list, answerOf(Answer{ID: id, Kind: "input", Prompt: input.Prompt, Withheld: b.inc.Unseen(id)}, answer))
		}
	}
	return list
}

// answersOf lists what a step decides and asks.
func (b *builder) answersOf(s *state.Step) []Answer {
	list := []Answer{}
	if s.Empty {
		return list
	}
	if s.Def.Kind == runbooks.Decision {
		answer, _ := b.inc.Answer(s.ID)
		list = append(list, answerOf(Answer{ID: s.ID, Kind: "decision", Step: s.ID, Prompt: s.Title}, answer))
	}
	for i := range s.Def.Ask {
		ask := &s.Def.Ask[i]
		answer, _ := b.inc.AskAnswer(s, ask.ID)
		list = append(list, answerOf(Answer{ID: ask.ID, Kind: "ask", Step: s.ID, Prompt: ask.Prompt, Withheld: b.inc.AskUnseen(s, ask.ID)}, answer))
	}
	return list
}

func answerOf(out Answer, answer state.Answer) Answer {
	out.Value, out.Title, out.By, out.Seq, out.At = answer.Value, answer.Title, answer.By, answer.Seq, moment(answer.When)
	return out
}
