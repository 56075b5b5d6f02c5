package run

import (
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
)

// The conditions of the step actions: each says why it does not apply, or "".

func (r *Screen) noStep() string {
	switch {
	case r.step() == nil:
		return "Choose a step first."
	case r.step().Empty:
		return "This step stands for copies, and no service needs one so far."
	case r.Inc.Closed != nil:
		return "The incident is closed; " + r.UI.KeyOf("close") + " reopens it."
	}
	return r.Cannot()
}

func (r *Screen) noUnsettled() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if s := r.step(); s.Status.Settled() || s.Status == state.Unconfirmed {
		return "The step is " + string(s.Status) + " already; reopen it first."
	}
	return ""
}

// noPlain: a decision is done by deciding.
func (r *Screen) noPlain() string {
	if s := r.step(); s != nil && s.Def.Kind == runbooks.Decision {
		return "A decision is done by deciding: " + r.UI.KeyOf("step.next") + "."
	}
	return r.noUnsettled()
}

func (r *Screen) noSettled() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if s := r.step(); !s.Status.Settled() && s.Status != state.Unconfirmed {
		return "The step is open."
	}
	return ""
}

func (r *Screen) noTick() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if len(r.step().Def.Checklist) == 0 {
		return "The step has no checklist."
	}
	return ""
}

func (r *Screen) noAsk() string {
	if why := r.noStep(); why != "" {
		return why
	}
	if s := r.step(); len(s.Def.Ask) == 0 && s.Def.Kind == runbooks.Decision {
		return "A decision is answered by deciding: " + r.UI.KeyOf("step.next") + "."
	} else if len(s.Def.Ask) == 0 {
		return "The step asks for nothing."
	}
	return ""
}

func (r *Screen) noCommand() string {
	if s := r.step(); s == nil || s.Def.Command == "" {
		return "The step has no command."
	}
	return ""
}

func (r *Screen) noNext() string {
	if s := r.step(); s != nil && s.Empty {
		return r.noStep()
	}
	return ""
}

// itemLabel is what enter would do with an item of the text; "" for a line of the list of a step
// that is settled: it is part of what was said.
func itemLabel(s *state.Step, it *item) string {
	if s != nil && it.kind == tickItem && (s.Status.Settled() || s.Status == state.Unconfirmed) {
		return ""
	}
	return map[itemKind]string{tickItem: "tick", askItem: "answer", optionItem: "choose", commandItem: "copy"}[it.kind]
}

// nextLabel is what enter would do now.
func (r *Screen) nextLabel() string {
	if it := r.chosen(); it != nil {
		return itemLabel(r.step(), it)
	}
	// The label belongs to the step that the detail shows, which follows the cursor.
	if r.shown.step < 0 || r.shown.step >= len(r.Inc.Steps) {
		return "fold"
	}
	s := &r.Inc.Steps[r.shown.step]
	if s.Empty || r.Inc.Closed != nil || r.Cannot() != "" {
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
func (r *Screen) next() tea.Cmd {
	s := r.step()
	if s == nil {
		return r.toggle()
	}
	if it := r.chosen(); it != nil {
		return r.nextItem(s, it)
	}
	if why := r.Cannot(); why != "" {
		r.UI.Say(why)
		return nil
	}
	switch s.Status {
	case state.Unconfirmed:
		return r.Record(state.ConfirmStep{Step: s.ID})
	case state.Done, state.Skipped, state.Failed:
		r.UI.Say("The step is " + string(s.Status) + "; " + r.UI.KeyOf("step.reopen") + " reopens it.")
		return nil
	}
	switch {
	case s.Def.Kind == runbooks.Decision:
		return r.decide(s, "")
	case s.Status == state.Active:
		return r.done()
	}
	return r.Record(state.StartStep{Step: s.ID})
}

func (r *Screen) nextItem(s *state.Step, it *item) tea.Cmd {
	if it.kind == commandItem {
		return r.copy()
	}
	if why := r.noStep(); why != "" {
		r.UI.Say(why)
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

// done marks the step done; it asks first for what the step still wants to know.
func (r *Screen) done() tea.Cmd {
	if s := r.step(); !r.wants(s) {
		return r.Record(state.DoStep{Step: s.ID})
	}
	return r.doneWith()
}

// wants reports whether a step asks for something before it is done.
func (r *Screen) wants(s *state.Step) bool {
	bare := s.Def.Evidence && len(s.Files) == 0 && len(s.Notes) == 0
	return len(unanswered(r.Inc, s)) > 0 || bare || firstUnticked(s) > 0
}

// doneLabel is what done would record at once; "" if it would ask first.
func (r *Screen) doneLabel() string {
	if s := r.step(); s != nil && !r.wants(s) {
		return "done " + s.Name()
	}
	return ""
}

func (r *Screen) doneWith() tea.Cmd {
	s := r.step()
	if s.Def.Kind == runbooks.Decision {
		return r.decide(s, "")
	}
	asks := unanswered(r.Inc, s)
	about := r.Inc.Render(s, s.Def.DoneWhen)
	if about != "" {
		about = "Done when: " + about
	}
	note := incident.NoteOf
	if s.Def.Evidence && len(s.Files) == 0 {
		note = incident.EvidenceNoteOf
		how := "cancel and press "
		if r.UI.ByLine {
			how = "leave this with “/leave” and say "
		}
		about += "\nThis step asks for a file or a note. To attach a file, " + how + r.UI.KeyOf("evidence") + "."
	}
	return r.Ask(withTicks(r, s, incident.TypedAction{
		Title: "Done: " + s.Name(), About: strings.TrimSpace(about), Verb: "done", Values: offered(r, s, asks),
		Fields: func() []*kit.Field { return append(incident.AskFields(asks), note("Note")) },
		Command: func(v map[string]string) state.Command {
			return state.DoStep{Step: s.ID, Note: v["note"], Values: incident.Answers(asks, v)}
		},
	}))
}

// reason is a typed action whose only field is why; fills is what it fills of the
// command.
func (r *Screen) reason(title, label, verb, fills string, command func(s *state.Step, why string) state.Command) tea.Cmd {
	s := r.step()
	return r.Ask(incident.TypedAction{
		Title: title + " " + s.Name(), Verb: verb,
		Fields:  func() []*kit.Field { return []*kit.Field{{ID: "why", Fills: fills, Label: label, Required: true}} },
		Command: func(v map[string]string) state.Command { return command(s, v["why"]) },
	})
}

func (r *Screen) skip() tea.Cmd {
	return r.reason("Skip", "Why is it not done?", "skip", "why", func(s *state.Step, why string) state.Command { return state.SkipStep{Step: s.ID, Why: why} })
}

func (r *Screen) block() tea.Cmd {
	return r.reason("Blocked:", "On what does it wait?", "block", "on", func(s *state.Step, on string) state.Command { return state.BlockStep{Step: s.ID, On: on} })
}

func (r *Screen) fail() tea.Cmd {
	return r.reason("Failed:", "What went wrong?", "fail", "why", func(s *state.Step, why string) state.Command { return state.FailStep{Step: s.ID, Why: why} })
}

func (r *Screen) reopen() tea.Cmd {
	return r.reason("Reopen", "Why?", "reopen", "why", func(s *state.Step, why string) state.Command { return state.ReopenStep{Step: s.ID, Why: why} })
}

// tick ticks the chosen line, or the first that is not ticked.
func (r *Screen) tick() tea.Cmd {
	s := r.step()
	if it := r.chosen(); it != nil && it.kind == tickItem {
		on := !s.Ticked(it.n)
		return r.Record(state.TickStep{Step: s.ID, Item: it.n + 1, On: on})
	}
	n := firstUnticked(s)
	if n == 0 {
		r.UI.Say("Every line is ticked.")
		return nil
	}
	return r.Record(state.TickStep{Step: s.ID, Item: n, On: true})
}

func (r *Screen) answer() tea.Cmd {
	s := r.step()
	return r.answerAsks(s, s.Def.Ask)
}

func (r *Screen) answerAsks(s *state.Step, asks []runbooks.Ask) tea.Cmd {
	before, values := map[string]string{}, offered(r, s, asks)
	for _, ask := range asks {
		if a, ok := r.Inc.AskAnswer(s, ask.ID); ok {
			before["ask."+ask.ID] = a.Value
		}
	}
	maps.Copy(values, before)
	return r.Ask(incident.TypedAction{
		Title: s.Name(), Verb: "answer", Clocks: true, Values: values,
		Fields: func() []*kit.Field { return incident.AskFields(asks) },
		Command: func(v map[string]string) state.Command {
			return state.AnswerStep{Step: s.ID, Values: incident.Changed(asks, before, v)}
		},
	})
}

// decide asks for a decision.
func (r *Screen) decide(s *state.Step, option string) tea.Cmd {
	asks := unanswered(r.Inc, s)
	values := offered(r, s, asks)
	values["option"] = option
	return r.Ask(withTicks(r, s, incident.TypedAction{
		Title: s.Name(), About: r.Inc.Render(s, s.Def.DoneWhen), Verb: "decide", Clocks: true,
		Values: values,
		Fields: func() []*kit.Field {
			f := &kit.Field{ID: "option", Label: "Answer", Kind: kit.ChoiceField}
			if option == "" {
				f.Choices = []kit.Choice{{Value: "", Title: "not yet"}}
				f.Required = true
			}
			for _, o := range s.Def.Options {
				f.Choices = append(f.Choices, kit.Choice{Value: o.ID, Title: o.Title})
			}
			fields := append([]*kit.Field{f}, incident.AskFields(asks)...)
			why := incident.NoteOf("Why")
			switch s.Def.Reason {
			case runbooks.Asked:
				why.Hint = "the report lists decisions without one"
			case runbooks.Demanded:
				why.Hint, why.Required = "asked for", true
			}
			return append(fields, why)
		},
		Command: func(v map[string]string) state.Command {
			return state.AnswerStep{Step: s.ID, Option: v["option"], Values: incident.Answers(asks, v), Note: v["note"]}
		},
	}))
}

// copy puts the step's command on the clipboard of the person's own machine.
func (r *Screen) copy() tea.Cmd {
	s := r.step()
	command := s.CommandIn(r.Inc)
	if blanks := state.Blanks(command); len(blanks) > 0 {
		r.UI.Say("Not copied: " + clean.Line(strings.Join(blanks, ", ")) + " is not known yet. " + r.UI.KeyOf("inputs") + " answers it.")
		return nil
	}
	if !clean.IsClean(strings.ReplaceAll(command, "\n", " ")) {
		r.UI.Say("Not copied: the command holds control characters.")
		return nil
	}
	return r.UI.Copy("The command", command)
}

func (r *Screen) assign() tea.Cmd {
	s := r.step()
	to := s.Assignee
	if to == "" {
		to = r.UI.Person
	}
	return r.Ask(incident.TypedAction{
		Title: "Who does " + s.Name(), Verb: "assign", Values: map[string]string{"to": to},
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "to", Label: "Person", Hint: "empty: nobody", Named: true}}
		},
		Command: func(v map[string]string) state.Command { return state.AssignStep{Step: s.ID, To: v["to"]} },
	})
}
