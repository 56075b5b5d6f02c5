package tui

import (
	"fmt"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// here is the step that a note or file belongs to; "" on the other screens.
func (o *openIncident) here() (id, name string) {
	if s, ok := o.ui.Screen().(stepper); ok {
		return s.Here()
	}
	return "", ""
}

func (o *openIncident) note() tea.Cmd {
	step, name := o.here()
	choices := []choice{{"", "the incident"}}
	if step != "" {
		choices = []choice{{step, name}, {"", "the incident"}}
	}
	p := o.promptFor(typedAction{
		title: "Note", verb: "save", values: map[string]string{"text": o.draft},
		fields: func() []*field {
			return []*field{
				{id: "text", label: "Text", kind: noteField, required: true, hint: "what you saw, heard, think"},
				{id: "step", label: "About", kind: choiceField, choices: choices},
			}
		},
		command: func(v map[string]string) state.Command { return state.AddNote{Step: v["step"], Text: v["text"]} },
	})
	o.draft = ""
	p.left = func(v map[string]string) {
		if o.draft = v["text"]; o.draft != "" {
			o.ui.Say("What you typed is kept until the next note.")
		}
	}
	return o.ui.Show(p)
}

// evidence asks for a file. It is copied first; then the log says so.
func (o *openIncident) evidence() tea.Cmd {
	step, name := o.here()
	choices := []choice{{"", "the incident"}}
	if step != "" {
		choices = []choice{{step, name}, {"", "the incident"}}
	}
	return o.ui.Show(o.evidencePrompt(choices, nil))
}

func (o *openIncident) evidencePrompt(choices []choice, values map[string]string) *prompt {
	if values == nil {
		values = map[string]string{"when": o.nextWhen}
	}
	fields := []*field{
		{id: "path", label: "File", kind: pathField, required: true, hint: "a file's name; tab completes it"},
		{id: "note", label: "What it shows", hint: "optional"},
		{id: "step", label: "About", kind: choiceField, choices: choices},
		o.whenField(),
	}
	return newPrompt(o.ui, "Attach a file", "The file is copied beside the log, and its SHA-256 is recorded.", "attach", fields, values,
		func(v map[string]string) (string, tea.Cmd) {
			when, err := o.ui.past(v["when"])
			if err != nil {
				return err.Error(), nil
			}
			o.nextWhen = ""
			again := func() Dialog { return o.evidencePrompt(choices, v) }
			o.ui.Say("Copying " + v["path"])
			return "", o.keep(expandHome(v["path"], ""), state.AddEvidence{Step: v["step"], Note: v["note"]}, state.Action{Occurred: when}, again)
		})
}

// keptFile is a file that was copied beside the log, or why it was not.
type keptFile struct {
	of     *openIncident
	s      *saving
	err    error
	reopen func() Dialog
}

func (o *openIncident) keep(path string, about state.AddEvidence, action state.Action, again func() Dialog) tea.Cmd {
	session, ctx := o.session, o.ctx
	return func() tea.Msg {
		file, err := session.Keep(ctx, path)
		file.Step, file.Note = about.Step, about.Note
		action.Command = file
		return keptFile{o, &saving{action: action, again: again}, err, again}
	}
}

func (k keptFile) Deliver() tea.Cmd {
	k.of.ui.Say("")
	if k.err == nil {
		return k.of.do(k.s)
	}
	d := k.reopen()
	if p, ok := d.(*prompt); ok {
		p.wrong = "Not attached: " + k.err.Error()
	}
	return k.of.ui.Show(d)
}

func (o *openIncident) undo() tea.Cmd {
	e, ok := o.inc.LastOwn(o.ui.Person)
	if !ok {
		o.ui.Say("There is nothing of yours to take back.")
		return nil
	}
	return o.ui.Show(&Confirm{
		UI: o.ui, Title: "Undo", Yes: "take it back",
		About: fmt.Sprintf("Take back entry %d, %s?\n\n%s\n\nIt stays in the log, marked as retracted.", e.Seq, clockTime(e.When(), o.ui.Now()), o.inc.Describe(e)),
		Do:    func() tea.Cmd { return o.record(state.RetractEntry{Seq: e.Seq, Why: "undone by " + o.ui.Person}) },
	})
}

func (o *openIncident) role() tea.Cmd {
	if len(o.inc.Roles) == 0 {
		o.ui.Say("The runbook has no roles.")
		return nil
	}
	return o.takeRole("")
}

// takeRole asks who holds a role from now on.
func (o *openIncident) takeRole(id string) tea.Cmd {
	return o.ask(typedAction{
		title: "Take or give a role", verb: "assign",
		values: map[string]string{"role": id, "person": o.ui.Person},
		fields: func() []*field {
			f := &field{id: "role", label: "Role", kind: choiceField}
			for i := range o.inc.Roles {
				r := &o.inc.Roles[i]
				f.choices = append(f.choices, choice{r.Def.ID, r.Def.Title + " (" + person(r.Person) + ")"})
			}
			return []*field{f, {id: "person", label: "Person", hint: "empty: nobody"}}
		},
		command: func(v map[string]string) state.Command { return state.AssignRole{Role: v["role"], Person: v["person"]} },
	})
}

// inputs are what the incident's runbooks ask for at the start, under the ids that
// their answers have.
func (o *openIncident) inputs() []runbooks.Ask {
	var asks []runbooks.Ask
	for i := range o.inc.Books {
		book := &o.inc.Books[i]
		for _, input := range book.Runbook.Inputs {
			ask := input.Ask
			ask.Required = false // here one may answer some, and leave others for later
			if book.Prefix != "" {
				ask.ID = book.Prefix + ":" + ask.ID
			}
			asks = append(asks, ask)
		}
	}
	return asks
}

func (o *openIncident) noInputs() string {
	if len(o.inputs()) == 0 {
		return "The runbook asks for nothing at the start."
	}
	return o.cannot()
}

// inputsLabel shows in the footer while an input has no answer.
func (o *openIncident) inputsLabel() string {
	for _, ask := range o.inputs() {
		if _, ok := o.inc.Answer(ask.ID); !ok {
			return "inputs"
		}
	}
	return ""
}

// answerInputs asks for the inputs, now or again.
func (o *openIncident) answerInputs() tea.Cmd {
	asks, before := o.inputs(), map[string]string{}
	for _, ask := range asks {
		if a, ok := o.inc.Answer(ask.ID); ok {
			before["ask."+ask.ID] = a.Value
		}
	}
	return o.ask(typedAction{
		title: "What the runbook asks at the start", verb: "answer", values: maps.Clone(before),
		fields: func() []*field { return askFields(asks) },
		command: func(v map[string]string) state.Command {
			given := answers(asks, v)
			maps.DeleteFunc(given, func(id, value string) bool { return before["ask."+id] == value })
			return state.AnswerInputs{Values: given}
		},
	})
}

func (o *openIncident) setSeverity() tea.Cmd {
	return o.ask(typedAction{
		title: "Severity", verb: "change", values: map[string]string{"severity": string(o.inc.Severity)},
		fields: func() []*field {
			return []*field{severityField(), {id: "why", label: "Why?", required: true}}
		},
		command: func(v map[string]string) state.Command {
			return state.SetSeverity{Severity: runbooks.Severity(v["severity"]), Why: v["why"]}
		},
	})
}

func (o *openIncident) addStep() tea.Cmd {
	phases := &field{id: "phase", label: "Phase", kind: choiceField}
	for i := range o.inc.Phases {
		p := &o.inc.Phases[i]
		phases.choices = append(phases.choices, choice{p.ID, p.Def.Title})
	}
	current := ""
	for _, p := range o.parts {
		if p, ok := p.(phaser); ok {
			current = p.Phase()
		}
	}
	return o.ask(typedAction{
		title: "Add a step", verb: "add", values: map[string]string{"phase": current},
		fields: func() []*field {
			return []*field{
				{id: "title", label: "Title", required: true, hint: "what to do, in a few words"},
				phases,
				{id: "text", label: "Text", kind: noteField, hint: "optional, Markdown"},
				{id: "required", label: "Required", kind: choiceField, choices: []choice{{"yes", "yes"}, {"no", "no"}}},
			}
		},
		command: func(v map[string]string) state.Command {
			return state.AddStep{Phase: v["phase"], Title: v["title"], Text: v["text"], Required: v["required"] == "yes"}
		},
	})
}

// setWhen sets when the next action happened.
func (o *openIncident) setWhen() tea.Cmd {
	p := newPrompt(o.ui, "When did the next action happen?", "It holds for the next action alone.", "set",
		[]*field{o.whenField()}, map[string]string{"when": o.nextWhen}, func(v map[string]string) (string, tea.Cmd) {
			o.nextWhen = v["when"]
			if v["when"] != "" {
				o.ui.Say("The next action is recorded as of " + v["when"] + ".")
			}
			return "", nil
		})
	return o.ui.Show(p)
}

// shelf is the list of runbooks to attach one from.
type shelf struct {
	of    *openIncident
	heads []runbooks.Head
	err   error
}

// attach lists the library, and then asks which runbook to attach.
func (o *openIncident) attach() tea.Cmd {
	desk, ctx := o.library, o.ctx
	return func() tea.Msg {
		heads, err := desk.Runbooks(ctx)
		return shelf{o, heads, err}
	}
}

func (l shelf) Deliver() tea.Cmd {
	if l.err != nil {
		l.of.ui.Say("The runbooks cannot be read: " + clean.Line(l.err.Error()))
		return nil
	}
	var found []Finding
	for _, h := range l.heads {
		if h.Err == nil {
			found = append(found, Finding{Kind: "runbook", Text: h.Title, Do: func() tea.Cmd { return l.of.attachThis(h.ID, h.Title) }})
		}
	}
	return l.of.ui.Show(NewFinder(l.of.ui, "Attach a runbook", found))
}

func (o *openIncident) attachThis(id, title string) tea.Cmd {
	p := newPrompt(o.ui, "Attach "+title, "Its phases and steps come after those of this incident.", "attach",
		[]*field{{id: "why", label: "Why?", required: true}}, nil, func(v map[string]string) (string, tea.Cmd) {
			return "", o.readAndAttach(id, v["why"])
		})
	return o.ui.Show(p)
}

// attached is a runbook that was read to be attached.
type attached struct {
	of  *openIncident
	c   state.AttachRunbook
	err error
}

func (o *openIncident) readAndAttach(id, why string) tea.Cmd {
	desk, ctx := o.library, o.ctx
	return func() tea.Msg {
		source, err := desk.Runbook(ctx, id)
		if err != nil {
			return attached{of: o, err: err}
		}
		return attached{of: o, c: state.AttachRunbook{Runbook: document(source), Why: why}}
	}
}

func (m attached) Deliver() tea.Cmd {
	if m.err != nil {
		m.of.ui.Say("The runbook cannot be attached: " + clean.Line(m.err.Error()))
		return nil
	}
	return m.of.record(m.c)
}

func (o *openIncident) leave() tea.Cmd {
	if o.sending > 0 {
		o.ui.Say("A notice is on its way; wait until it is known whether it went out.")
		return nil
	}
	if len(o.queue) > 0 {
		o.ui.Say("Something is not saved yet; " + o.ui.KeyOf("quit") + " ends muster all the same.")
		return nil
	}
	o.ui.Pop()
	return tea.Batch(o.close(), o.left())
}

// escape leads from a text back to its list, and from a list to the steps.
func (o *openIncident) escape() tea.Cmd {
	if s, ok := o.ui.Screen().(escaper); ok && s.Escape() {
		return nil
	}
	return o.to(o.first())
}

// first is the screen that an incident begins with.
func (o *openIncident) first() Screen { return o.parts[0].(Screen) }

// to shows a screen of the incident in place of another.
func (o *openIncident) to(s Screen) (cmd tea.Cmd) {
	if a, ok := s.(arriver); ok {
		cmd = a.Arrive(o.ui.Screen())
	}
	o.ui.Replace(s)
	return cmd
}

// document is a runbook's text as an entry keeps it.
func document(source *runbooks.Source) state.Document {
	return state.Document{
		ID: source.ID, Source: strings.Trim(source.Layer+" "+source.Path, " "),
		SHA256: state.Sum(source.Text), Text: string(source.Text),
	}
}
