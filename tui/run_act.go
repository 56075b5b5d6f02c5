package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// The conditions of the step actions: each says why it does not apply, or "".

func (r *runScreen) noStep() string {
	switch {
	case r.step() == nil:
		return "Choose a step first."
	case r.step().Empty:
		return "This step stands for copies, and no service needs one so far."
	}
	return r.cannot()
}

func (r *runScreen) noUnsettled() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if s := r.step(); s.Status.Settled() || s.Status == state.Unconfirmed {
		return "The step is " + string(s.Status) + " already; reopen it first."
	}
	return ""
}

// noPlain: a decision is done by deciding.
func (r *runScreen) noPlain() string {
	if s := r.step(); s != nil && s.Def.Kind == runbooks.Decision {
		return "A decision is done by deciding: " + r.ui.KeyOf("step.next") + "."
	}
	return r.noUnsettled()
}

func (r *runScreen) noSettled() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if s := r.step(); !s.Status.Settled() && s.Status != state.Unconfirmed {
		return "The step is open."
	}
	return ""
}

func (r *runScreen) noTick() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if len(r.step().Def.Checklist) == 0 {
		return "The step has no checklist."
	}
	return ""
}

func (r *runScreen) noAsk() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if len(r.step().Def.Ask) == 0 {
		return "The step asks for nothing."
	}
	return ""
}

func (r *runScreen) noCommand() string {
	if s := r.step(); s == nil || s.Def.Command == "" {
		return "The step has no command."
	}
	return ""
}

func (r *runScreen) noNext() string {
	if s := r.step(); s != nil && s.Empty {
		return r.noStep()
	}
	return ""
}

// nextLabel is what enter would do now.
func (r *runScreen) nextLabel() string {
	if it := r.chosen(); it != nil {
		return map[itemKind]string{tickItem: "tick", askItem: "answer", optionItem: "choose", commandItem: "copy"}[it.kind]
	}
	// The label belongs to the step that the detail shows, which follows the cursor.
	if r.shown.step < 0 || r.shown.step >= len(r.inc.Steps) {
		return "fold"
	}
	s := &r.inc.Steps[r.shown.step]
	if s.Empty || r.cannot() != "" {
		return ""
	}
	switch s.Status {
	case state.Unconfirmed:
		return "confirm"
	case state.Blocked:
		return "take up"
	case state.Done, state.Skipped, state.Failed:
		return ""
	}
	switch {
	case s.Def.Kind == runbooks.Decision:
		return "decide"
	case s.Status == state.Active:
		return "done"
	}
	return "start"
}

// next does what comes next with the step, or with the chosen line of its text.
func (r *runScreen) next() tea.Cmd {
	s := r.step()
	if s == nil {
		return r.toggle()
	}
	if it := r.chosen(); it != nil {
		return r.nextItem(s, it)
	}
	if why := r.cannot(); why != "" {
		r.ui.Say(why)
		return nil
	}
	switch s.Status {
	case state.Unconfirmed:
		return r.act(state.ConfirmStep{Step: s.ID})
	case state.Done, state.Skipped, state.Failed:
		r.ui.Say("The step is " + string(s.Status) + "; " + r.ui.KeyOf("step.reopen") + " reopens it.")
		return nil
	}
	switch {
	case s.Def.Kind == runbooks.Decision:
		return r.decide(s, "")
	case s.Status == state.Active:
		return r.done()
	}
	return r.act(state.StartStep{Step: s.ID})
}

func (r *runScreen) nextItem(s *state.Step, it *item) tea.Cmd {
	if it.kind == commandItem {
		return r.copy()
	}
	if why := r.noStep(); why != "" {
		r.ui.Say(why)
		return nil
	}
	switch it.kind {
	case tickItem:
		return r.tick()
	case askItem:
		return r.answerAsks(s, s.Def.Ask[it.n:it.n+1])
	}
	return r.decide(s, s.Def.Options[it.n].ID)
}

// act records a command for which nothing is typed, at the time set before.
func (r *runScreen) act(c state.Command) tea.Cmd {
	when, _ := r.ui.past(r.nextWhen) // it was parsed when it was typed
	r.nextWhen = ""
	return r.do(&saving{action: state.Action{Command: c, Occurred: when}})
}

// done marks the step done; it asks first for what the step still wants to know.
func (r *runScreen) done() tea.Cmd {
	s := r.step()
	bare := s.Def.Evidence && len(s.Files) == 0 && len(s.Notes) == 0
	if len(r.unanswered(s)) > 0 || bare {
		return r.doneWith()
	}
	return r.act(state.DoStep{Step: s.ID})
}

func (r *runScreen) doneWith() tea.Cmd {
	s := r.step()
	if s.Def.Kind == runbooks.Decision {
		return r.decide(s, "")
	}
	asks := r.unanswered(s)
	about := r.inc.Render(s, s.Def.DoneWhen)
	if about != "" {
		about = "Done when: " + about
	}
	if s.Def.Evidence && len(s.Files) == 0 {
		about += "\nThis step asks for a file or a note. To attach a file, cancel and press " + r.ui.KeyOf("evidence") + "."
	}
	return r.ask(typedAction{
		title: "Done: " + s.Name(), about: strings.TrimSpace(about), verb: "done",
		fields: func() []*field { return append(askFields(asks), noteOf("Note")) },
		command: func(v map[string]string) state.Command {
			return state.DoStep{Step: s.ID, Note: v["note"], Values: answers(asks, v)}
		},
	})
}

// reason is a typed action whose only field is why.
func (r *runScreen) reason(title, label, verb string, command func(s *state.Step, why string) state.Command) tea.Cmd {
	s := r.step()
	return r.ask(typedAction{
		title: title + " " + s.Name(), verb: verb,
		fields:  func() []*field { return []*field{{id: "why", label: label, required: true}} },
		command: func(v map[string]string) state.Command { return command(s, v["why"]) },
	})
}

func (r *runScreen) skip() tea.Cmd {
	return r.reason("Skip", "Why is it not done?", "skip", func(s *state.Step, why string) state.Command { return state.SkipStep{Step: s.ID, Why: why} })
}

func (r *runScreen) block() tea.Cmd {
	return r.reason("Blocked:", "On what does it wait?", "block", func(s *state.Step, on string) state.Command { return state.BlockStep{Step: s.ID, On: on} })
}

func (r *runScreen) fail() tea.Cmd {
	return r.reason("Failed:", "What went wrong?", "fail", func(s *state.Step, why string) state.Command { return state.FailStep{Step: s.ID, Why: why} })
}

func (r *runScreen) reopen() tea.Cmd {
	return r.reason("Reopen", "Why?", "reopen", func(s *state.Step, why string) state.Command { return state.ReopenStep{Step: s.ID, Why: why} })
}

// tick ticks the chosen line, or the first that is not ticked.
func (r *runScreen) tick() tea.Cmd {
	s := r.step()
	if it := r.chosen(); it != nil && it.kind == tickItem {
		on := it.n >= len(s.Ticks) || !s.Ticks[it.n]
		return r.act(state.TickStep{Step: s.ID, Item: it.n + 1, On: on})
	}
	n := firstUnticked(s)
	if n == 0 {
		r.ui.Say("Every line is ticked.")
		return nil
	}
	return r.act(state.TickStep{Step: s.ID, Item: n, On: true})
}

func (r *runScreen) answer() tea.Cmd {
	s := r.step()
	return r.answerAsks(s, s.Def.Ask)
}

func (r *runScreen) answerAsks(s *state.Step, asks []runbooks.Ask) tea.Cmd {
	values := map[string]string{}
	for _, ask := range asks {
		if a, ok := r.inc.AskAnswer(s, ask.ID); ok {
			values["ask."+ask.ID] = a.Value
		}
	}
	return r.ask(typedAction{
		title: s.Name(), verb: "answer", values: values,
		fields: func() []*field { return askFields(asks) },
		command: func(v map[string]string) state.Command {
			return state.AnswerStep{Step: s.ID, Values: answers(asks, v)}
		},
	})
}

// decide asks for a decision.
func (r *runScreen) decide(s *state.Step, option string) tea.Cmd {
	asks := r.unanswered(s)
	return r.ask(typedAction{
		title: s.Name(), about: r.inc.Render(s, s.Def.DoneWhen), verb: "decide",
		values: map[string]string{"option": option},
		fields: func() []*field {
			f := &field{id: "option", label: "Answer", kind: choiceField}
			if option == "" {
				f.choices = []choice{{"", "not yet"}}
				f.required = true
			}
			for _, o := range s.Def.Options {
				f.choices = append(f.choices, choice{o.ID, o.Title})
			}
			fields := append([]*field{f}, askFields(asks)...)
			return append(fields, noteOf("Why"))
		},
		command: func(v map[string]string) state.Command {
			return state.AnswerStep{Step: s.ID, Option: v["option"], Values: answers(asks, v), Note: v["note"]}
		},
	})
}

// copy puts the step's command on the clipboard of the person's own machine.
func (r *runScreen) copy() tea.Cmd {
	s := r.step()
	command := r.inc.Render(s, s.Def.Command)
	if !clean.IsClean(command) {
		r.ui.Say("Not copied: the command holds control characters.")
		return nil
	}
	r.ui.Say("Copied: " + command)
	return Copied(command)
}

func (r *runScreen) assign() tea.Cmd {
	s := r.step()
	to := s.Assignee
	if to == "" {
		to = r.ui.Person
	}
	return r.ask(typedAction{
		title: "Who does " + s.Name(), verb: "assign", values: map[string]string{"to": to},
		fields:  func() []*field { return []*field{{id: "to", label: "Person", hint: "empty: nobody"}} },
		command: func(v map[string]string) state.Command { return state.AssignStep{Step: s.ID, To: v["to"]} },
	})
}
