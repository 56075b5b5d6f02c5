package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// A startScreen is the form that starts an incident.
type startScreen struct {
	app    *App
	source *runbooks.Source
	form   *form
	script script

	defaults map[string]string // what stands in the fields before anybody types
	wrong    string            // why it could not be started
	busy     bool
	first    int // first line of the form drawn
	above    int // rows above the form's first line, as last drawn; negative if it is scrolled
}

func newStart(a *App, source *runbooks.Source) *startScreen {
	book := source.Runbook
	fields := []*field{
		{id: "mode", label: "Live, or a drill", kind: choiceField, choices: []choice{{string(state.Live), "live"}, {string(state.Drill), "drill (EXERCISE)"}}},
		{id: "person", label: "Who you are", required: true, hint: "your name, as the log will have it", check: func(v string) string {
			if len(v) > state.MaxName {
				return fmt.Sprintf("A name has at most %d bytes.", state.MaxName)
			}
			return ""
		}},
		{id: "title", label: "Title", required: true, check: func(v string) string {
			if len(v) > state.MaxTitle {
				return fmt.Sprintf("A title has at most %d bytes.", state.MaxTitle)
			}
			return ""
		}},
		severityField(),
		{id: "detected", label: "Detected", hint: "now; or 02:38, -10m, 2026-11-24 02:38", check: a.notPast},
	}
	values := map[string]string{"person": a.opts.Person, "title": book.Title, "severity": string(book.Severity)}
	asks := make([]runbooks.Ask, len(book.Inputs))
	for i, input := range book.Inputs {
		asks[i] = input.Ask
		values["ask."+input.ID] = input.Default
	}
	fields = append(fields, askFields(asks)...)
	return &startScreen{app: a, source: source, form: newForm(a, fields, values), defaults: values}
}

func (s *startScreen) scope() scope { return onStart }

func (s *startScreen) update(msg tea.Msg) tea.Cmd {
	s.wrong = ""
	return tea.Batch(s.form.update(msg), s.sync())
}

func (s *startScreen) takes() string { return "next" }

func (s *startScreen) next() tea.Cmd {
	s.form.shift(1)
	return nil
}

func (s *startScreen) back() tea.Cmd {
	s.form.shift(-1)
	return nil
}

func (s *startScreen) newline() tea.Cmd { return nil }

// take goes to the next field, and starts from the last.
func (s *startScreen) take() tea.Cmd {
	if s.form.focus < len(s.form.fields)-1 {
		return s.next()
	}
	return s.begin()
}

// begin starts the incident, if everything needed is filled in.
func (s *startScreen) begin() tea.Cmd {
	if s.busy || !s.form.ok() {
		return nil
	}
	v := s.form.values()
	detected, err := s.app.past(v["detected"])
	if err != nil {
		return nil // the field's own check has said so
	}
	s.busy, s.wrong = true, ""
	request := StartRequest{
		Runbook: s.source, Mode: state.Mode(v["mode"]), Title: v["title"],
		Severity: runbooks.Severity(v["severity"]), Detected: detected, Person: v["person"],
		Inputs: s.inputs(v), Scenario: s.played(),
	}
	desk, ctx := s.app.desk, s.app.ctx
	return func() tea.Msg {
		session, err := desk.Start(ctx, request)
		return started{s, session, err, request.Person}
	}
}

func (s *startScreen) inputs(values map[string]string) map[string]string {
	inputs := map[string]string{}
	for _, input := range s.source.Runbook.Inputs {
		if v := values["ask."+input.ID]; v != "" {
			inputs[input.ID] = v
		}
	}
	return inputs
}

// started is the session of a new incident, or why there is none.
type started struct {
	of      *startScreen
	session Session
	err     error
	person  string
}

func (m started) deliver(a *App) tea.Cmd {
	m.of.busy = false
	if m.err != nil {
		m.of.wrong = "Not started: " + m.err.Error()
		return nil
	}
	a.opts.Person = m.person
	a.pop()
	return a.enter(m.session, false)
}

func (s *startScreen) leave() tea.Cmd {
	if !s.busy {
		s.app.pop()
	}
	return nil
}

func (s *startScreen) view(w, h int) ([]string, *tea.Cursor) {
	t := s.app.theme
	book := s.source.Runbook
	lines := []string{
		" " + t.Title.Render("Start: "+clean.Line(book.Title)),
		t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w)),
	}
	if s.form.values()["mode"] == string(state.Drill) {
		lines[0] = s.app.exercise(w)
	}
	width := min(w-4, 76)
	if s.busy {
		lines = append(lines, "  "+t.Warn.Render("starting"+t.Glyphs.Saving))
	}
	if s.wrong != "" {
		for _, line := range widget.Wrap(clean.Bounded(s.wrong, 3*width), width) {
			lines = append(lines, "  "+t.Error.Render(line))
		}
	}
	head := len(lines)
	var body []string
	for _, line := range widget.Wrap(book.Summary, width) {
		body = append(body, t.Dim.Render(line))
	}
	body = append(body, "")
	s.above = head + len(body)
	formLines, cursor := s.form.view(width)
	if cursor != nil {
		cursor.Y += len(body)
	}
	body = append(body, formLines...)
	room := h - len(lines) - 1
	at := cursor
	if at == nil {
		at = tea.NewCursor(0, s.above-head+s.form.fields[s.form.focus].row)
	}
	total := len(body)
	body, s.first = window(body, at, room, s.first)
	if s.first+room < total {
		last := &body[len(body)-1]
		*last = widget.Spread(*last, t.Info.Render(t.Glyphs.ArrowDown+" more"), width)
	}
	s.above -= s.first
	for _, line := range body {
		lines = append(lines, "  "+line)
	}
	if cursor != nil {
		cursor.Y += head - s.first
		cursor.X += 2
	}
	return append(widget.Fit(lines, w, h-1), s.app.footer(w)), cursor
}

// click gives the keys to what was hit.
func (s *startScreen) click(x, y int) tea.Cmd {
	s.form.click(x-2, y-s.above)
	return s.sync()
}
