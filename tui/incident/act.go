package incident

import (
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
)

// HereOf is the step that a note or file belongs to; "" on the other screens.
func HereOf(o *Open) (id, name string) {
	if s, ok := o.UI.Screen().(stepper); ok {
		return s.Here()
	}
	return "", ""
}

// aboutOf is what a note is about, if not the incident: what the cursor is on.
func aboutOf(o *Open) (noun state.Noun, id, name string) {
	if s, ok := o.UI.Screen().(abouter); ok {
		return s.About()
	}
	id, name = HereOf(o)
	return state.NounStep, id, name
}

func writeNote(o *Open) tea.Cmd {
	return o.UI.Show(notePrompt(o))
}

// TakeNote implements kit.NoteTaker. What was kept of the last note stands before it. Where
// nothing can be recorded the text is kept for the next note.
func (o *Open) TakeNote(text string) tea.Cmd {
	p := notePrompt(o)
	p.Add("text", text)
	if why := o.Cannot(); why != "" {
		_ = p.Cancel()
		o.UI.Say("Kept for the next note; it is shown when muster ends. " + why)
		return nil
	}
	return o.UI.Show(p)
}

func notePrompt(o *Open) *kit.Prompt {
	noun, id, name := aboutOf(o)
	choices := []kit.Choice{{Value: "", Title: "the incident"}}
	if id != "" {
		choices = []kit.Choice{{Value: id, Title: name}, {Value: "", Title: "the incident"}}
	}
	p := o.promptFor(TypedAction{
		Title: "Note", Verb: "save",
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "text", Label: "Text", Kind: kit.NoteField, Required: true, Hint: "what you saw, heard, think"},
				{ID: "step", Label: "About", Kind: kit.ChoiceField, Choices: choices, Given: true},
			}
		},
		Command: func(v map[string]string) state.Command { return state.AddNote{Text: v["text"]}.About(noun, v["step"]) },
	})
	p.IsNote = true
	return p
}

// attachFile asks for a file. It is copied first; then the log says so.
func attachFile(o *Open) tea.Cmd {
	step, name := HereOf(o)
	choices := []kit.Choice{{Value: "", Title: "the incident"}}
	if step != "" {
		choices = []kit.Choice{{Value: step, Title: name}, {Value: "", Title: "the incident"}}
	}
	return o.UI.Show(evidencePrompt(o, choices, nil))
}

func evidencePrompt(o *Open, choices []kit.Choice, values map[string]string) *kit.Prompt {
	values = o.acting(values)
	fields := []*kit.Field{
		{ID: "path", Label: "File", Kind: kit.PathField, Required: true, Hint: "a file's name; tab completes it"},
		{ID: "note", Label: "What it shows", Hint: "optional"},
		{ID: "step", Label: "About", Kind: kit.ChoiceField, Choices: choices, Given: true},
	}
	fields = append(fields, o.actFields()...)
	return kit.NewPrompt(o.UI, "Attach a file", "The file is copied beside the log, and its SHA-256 is recorded.", "attach", fields, values,
		func(v map[string]string) (string, tea.Cmd) {
			action, err := o.acted(v, state.Action{})
			if err != nil {
				return err.Error(), nil
			}
			b := &batch{of: o, asked: o.UI.Asked(), about: state.AddEvidence{Step: v["step"], Note: v["note"]}, action: action, rest: []string{kit.ExpandHome(v["path"], "")}}
			b.again = func(path string) *kit.Prompt {
				values := maps.Clone(v)
				values["path"] = path
				return evidencePrompt(o, choices, values)
			}
			return "", b.next()
		})
}

func undoLast(o *Open) tea.Cmd {
	e, command, err := response.Undo(o.Inc, o.UI.Person, "")
	if err != nil {
		o.UI.Say(err.Error())
		return nil
	}
	return o.UI.Show(&kit.Confirm{
		UI: o.UI, Title: "Undo", Yes: "take it back",
		About: fmt.Sprintf("Take back entry %d, %s?\n\n%s\n\nIt stays in the log, marked as retracted.", e.Seq, kit.ClockTime(e.When(), o.UI.Now()), o.Says(e)),
		Do:    func() tea.Cmd { return o.Record(command) },
	})
}

// sayWho asks who acts at this terminal from now on.
func sayWho(o *Open) tea.Cmd { return o.askWho("Who acts here from now on?", nil) }

func giveRole(o *Open) tea.Cmd {
	if len(o.Inc.Roles) == 0 {
		o.UI.Say("The runbook has no roles.")
		return nil
	}
	return takeRole(o, "")
}

// takeRole asks who holds a role from now on.
func takeRole(o *Open, id string) tea.Cmd {
	return o.Ask(TypedAction{
		Title: "Take or give a role", Verb: "assign",
		Values: map[string]string{"role": id, "person": o.UI.Person},
		Fields: func() []*kit.Field {
			f := &kit.Field{ID: "role", Label: "Role", Kind: kit.ChoiceField}
			for i := range o.Inc.Roles {
				r := &o.Inc.Roles[i]
				f.Choices = append(f.Choices, kit.Choice{Value: r.Def.ID, Title: r.Def.Title + " (" + o.holder(r) + ")"})
			}
			return []*kit.Field{f, {ID: "person", Label: "Person", Hint: "empty: nobody", Named: true}}
		},
		Command: func(v map[string]string) state.Command { return state.AssignRole{Role: v["role"], Person: v["person"]} },
	})
}

// inputsOf are what the incident's runbooks ask for at the start, under the ids that
// their answers have.
func inputsOf(o *Open) []runbooks.Ask {
	var asks []runbooks.Ask
	for i := range o.Inc.Books {
		book := &o.Inc.Books[i]
		for _, input := range book.Runbook.Inputs {
			ask := input.Ask
			ask.Required = false // here one may answer some, and leave others for later
			ask.ID = book.IDOf(state.NounInput, ask.ID)
			if slices.ContainsFunc(asks, func(other runbooks.Ask) bool { return other.ID == ask.ID }) {
				continue // another runbook asks the same
			}
			asks = append(asks, ask)
		}
	}
	return asks
}

func noInputs(o *Open) string {
	if len(inputsOf(o)) == 0 {
		return "The runbook asks for nothing at the start."
	}
	return o.Cannot()
}

// inputsLabel shows in the footer while an input has no answer.
func inputsLabel(o *Open) string {
	for _, ask := range inputsOf(o) {
		if _, ok := o.Inc.Answer(ask.ID); !ok {
			return "inputs"
		}
	}
	return ""
}

// answerInputs asks for the inputs, now or again.
func answerInputs(o *Open) tea.Cmd {
	asks, before := inputsOf(o), map[string]string{}
	for _, ask := range asks {
		if a, ok := o.Inc.Answer(ask.ID); ok {
			before["ask."+ask.ID] = a.Value
		}
	}
	return o.Ask(TypedAction{
		Title: "What the runbook asks at the start", Verb: "answer", Values: maps.Clone(before),
		Fields: func() []*kit.Field { return AskFields(asks) },
		Command: func(v map[string]string) state.Command {
			return state.AnswerInputs{Values: Changed(asks, before, v)}
		},
	})
}

func setSeverity(o *Open) tea.Cmd {
	return o.Ask(TypedAction{
		Title: "Severity", Verb: "change", Values: map[string]string{"severity": string(o.Inc.Severity)},
		Fields: func() []*kit.Field {
			return []*kit.Field{SeverityField(), {ID: "why", Label: "Why?", Required: true}}
		},
		Command: func(v map[string]string) state.Command {
			return state.SetSeverity{Severity: runbooks.Severity(v["severity"]), Why: v["why"]}
		},
	})
}

func setTitle(o *Open) tea.Cmd {
	return o.Ask(TypedAction{
		Title: "Title", Verb: "change", About: "The next reports have the new title, and say what it was.", Values: map[string]string{"title": o.Inc.Title},
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "title", Label: "Title", Required: true}, {ID: "why", Label: "Why?", Required: true}}
		},
		Command: func(v map[string]string) state.Command { return state.SetTitle{Title: v["title"], Why: v["why"]} },
	})
}

func addStep(o *Open) tea.Cmd {
	phases := &kit.Field{ID: "phase", Label: "Phase", Kind: kit.ChoiceField}
	for i := range o.Inc.Phases {
		p := &o.Inc.Phases[i]
		phases.Choices = append(phases.Choices, kit.Choice{Value: p.ID, Title: p.Def.Title})
	}
	current := ""
	for _, p := range o.parts {
		if p, ok := p.(phaser); ok {
			current = p.Phase()
		}
	}
	return o.Ask(TypedAction{
		Title: "Add a step", Verb: "add", Values: map[string]string{"phase": current},
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "title", Label: "Title", Required: true, Hint: "what to do, in a few words"},
				phases,
				{ID: "text", Label: "Text", Kind: kit.NoteField, Hint: "optional, Markdown"},
				{ID: "required", Label: "Required", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: "yes", Title: "yes"}, {Value: "no", Title: "no"}}},
			}
		},
		Command: func(v map[string]string) state.Command {
			return state.AddStep{Phase: v["phase"], Title: v["title"], Text: v["text"], Required: v["required"] == "yes"}
		},
	})
}

// setWhen sets when the next action happened.
func setWhen(o *Open) tea.Cmd {
	p := kit.NewPrompt(o.UI, "When did the next action happen?", "It holds for the next action alone.", "set",
		[]*kit.Field{{ID: "when", Label: "When did it happen?", Hint: "now; or 02:38, -10m", Check: o.UI.NotPast}}, map[string]string{"when": o.NextWhen}, func(v map[string]string) (string, tea.Cmd) {
			if o.setNext(v["when"]); o.NextWhen != "" {
				o.UI.Say("The next action is recorded as of " + o.NextWhen + ".")
			}
			return "", nil
		})
	return o.UI.Show(p)
}

// shelf is the list of runbooks to attach one from.
type shelf struct {
	of    *Open
	asked kit.Asked
	heads []runbooks.Head
	err   error
}

// attach lists the library, and then asks which runbook to attach.
func attach(o *Open) tea.Cmd {
	desk, ctx, asked := o.Library, o.Ctx, o.UI.Asked()
	return func() tea.Msg {
		heads, err := desk.Runbooks(ctx)
		return shelf{o, asked, heads, err}
	}
}

// Deliver implements kit.Routed.
func (l shelf) Deliver() tea.Cmd {
	if l.err != nil {
		l.of.UI.Say("The runbooks cannot be read: " + clean.Line(l.err.Error()))
		return nil
	}
	var found []kit.Finding
	for _, h := range l.heads {
		if h.Err == nil {
			found = append(found, kit.Finding{Kind: "runbook", Text: h.Title, Do: func() tea.Cmd { return attachThis(l.of, h.ID, h.Title) }})
		}
	}
	return l.asked.Show(kit.NewFinder(l.of.UI, "Attach a runbook", found))
}

func attachThis(o *Open, id, title string) tea.Cmd {
	p := kit.NewPrompt(o.UI, "Attach "+title, "Its phases and steps come after those of this incident.", "attach",
		append([]*kit.Field{{ID: "why", Label: "Why?", Required: true}}, o.actFields()...), o.acting(nil), func(v map[string]string) (string, tea.Cmd) {
			action, err := o.acted(v, state.Action{})
			if err != nil {
				return err.Error(), nil
			}
			return "", readAndAttach(o, id, v["why"], action)
		})
	return o.UI.Show(p)
}

// attached is a runbook that was read to be attached.
type attached struct {
	of     *Open
	action state.Action
	err    error
}

func readAndAttach(o *Open, id, why string, action state.Action) tea.Cmd {
	desk, ctx := o.Library, o.Ctx
	return func() tea.Msg {
		source, err := desk.Runbook(ctx, id)
		if err != nil {
			return attached{of: o, err: err}
		}
		action.Command = response.AttachRunbook(source, "", why)
		return attached{of: o, action: action}
	}
}

// Deliver implements kit.Routed.
func (m attached) Deliver() tea.Cmd {
	if m.err != nil {
		m.of.UI.Say("The runbook cannot be attached: " + clean.Line(m.err.Error()))
		return nil
	}
	return m.of.Do(&Saving{Action: m.action})
}

func leaveIncident(o *Open) tea.Cmd {
	if len(o.sends) > 0 {
		o.UI.Say("A notice is on its way; wait until it is known whether it went out, or end that with " + kit.Esc(o.UI) + ".")
		return nil
	}
	if len(o.queue) > 0 {
		o.UI.Say("Something is not saved yet; " + o.UI.KeyOf("quit") + " ends muster all the same.")
		return nil
	}
	if len(o.copies) > 0 {
		o.UI.Say(clean.Line(o.copies[0].name) + " is still being copied; " + kit.Esc(o.UI) + " ends that.")
		return nil
	}
	if len(o.reads) > 0 {
		o.UI.Say("A branch is still being read; " + kit.Esc(o.UI) + " ends that.")
		return nil
	}
	if o.isChanged() {
		return o.UI.Show(newLeaveUnsaved(o.Outbox))
	}
	o.UI.Pop()
	return tea.Batch(o.Close(), o.Left())
}

// EndWaiting ends what is waited for: files that are copied, branches, channels and services that
// have not answered. It reports whether there was anything.
func (o *Open) EndWaiting() bool {
	copies, reads, sends, looks := o.EndCopies(), o.EndReads(), o.EndSends(), o.EndLooks()
	return copies || reads || sends || looks
}

// escapeToRun leads from a text back to its list, and from a list to the steps.
func escapeToRun(o *Open) tea.Cmd {
	if o.EndWaiting() {
		return nil
	}
	if s, ok := o.UI.Screen().(escaper); ok && s.Escape() {
		return nil
	}
	if o.back.present != nil {
		return leaveIncident(o)
	}
	return o.To(o.First())
}

// First is the screen that an incident begins with.
func (o *Open) First() kit.Screen { return o.parts[0].(kit.Screen) }

// To shows a screen of the incident in place of another.
func (o *Open) To(s kit.Screen) (cmd tea.Cmd) {
	if a, ok := s.(arriver); ok {
		cmd = a.Arrive(o.UI.Screen())
	}
	o.UI.Replace(s)
	return cmd
}

// Return leads back to where somebody was, whose line broke: to a step, and to a screen by its
// name. What is not there any more is passed over.
func Return(o *Open, screen, step string) tea.Cmd {
	var back tea.Cmd
	if step != "" {
		back = o.LeadTo("step", step)
	}
	for _, p := range o.parts {
		if s, ok := p.(kit.Screen); ok && s != o.UI.Screen() && s.Place().Name == screen {
			return tea.Batch(back, o.To(s))
		}
	}
	return back
}
