// Package start is the form that starts an incident or a drill.
package start

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Screen is the form that starts an incident.
type Screen struct {
	ui     *kit.UI
	desk   Desk
	enter  func(session incident.Session, watch bool) tea.Cmd
	source *runbooks.Source
	form   *kit.Form
	script script

	defaults map[string]string // what stands in the fields before anybody types
	wrong    string            // why it could not be started
	draft    kit.DraftKey      // under what its texts are kept
	begun    map[string]string // what its fields held when it was opened
	reopened bool              // it holds what was typed before
	busy     bool
	first    int // first line of the form drawn
	above    int // rows above the form's first line, as last drawn; negative if it is scrolled
}

// A Desk is what the form needs of the world.
type Desk interface {
	// Scenarios lists the scenarios that can be played with a runbook, by id. Those
	// that cannot be read, or do not fit the runbook, are left out.
	Scenarios(ctx context.Context, runbook *runbooks.Source) ([]*runbooks.ScenarioSource, error)
	// Bare reports whether no organisation is set down, so that a runbook's examples stand
	// for what it runs.
	Bare() bool
	// Start opens a new incident and returns its session.
	Start(ctx context.Context, request Request) (incident.Session, error)
}

// New makes the form that starts a runbook; enter leads into the incident.
func New(u *kit.UI, desk Desk, source *runbooks.Source, enter func(incident.Session, bool) tea.Cmd) *Screen {
	book := source.Runbook
	fields := []*kit.Field{
		{ID: "mode", Label: "Live, or a drill", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: string(state.Live), Title: "live"}, {Value: string(state.Drill), Title: "drill (EXERCISE)"}}},
		{ID: "person", Fills: "by", Label: "Who you are", Required: true, Named: true, Hint: "your name, as the log will have it", Check: func(v string) string {
			if len(v) > state.MaxName {
				return fmt.Sprintf("A name has at most %d bytes.", state.MaxName)
			}
			return ""
		}},
		{ID: "title", Label: "Title", Required: true, Check: func(v string) string {
			if len(v) > state.MaxTitle {
				return fmt.Sprintf("A title has at most %d bytes.", state.MaxTitle)
			}
			return ""
		}},
		incident.SeverityField(),
		{ID: "detected", Fills: "occurred", Label: "Detected", Hint: "now; or 02:38, -10m, 2026-11-24 02:38", Check: u.NotPast},
	}
	fields = append(fields, whoseFields(book, desk.Bare())...)
	values := map[string]string{"person": u.Person, "title": book.Title, "severity": string(book.Severity)}
	asks := make([]runbooks.Ask, len(book.Inputs))
	for i, input := range book.Inputs {
		asks[i] = input.Ask
		values["ask."+input.ID] = input.Default
	}
	fields = append(fields, incident.AskFields(asks)...)
	s := &Screen{ui: u, desk: desk, enter: enter, source: source, form: kit.NewForm(u, fields, values), defaults: values}
	s.draft, s.begun = u.Drafts.Of("Start "+source.ID), s.form.Values()
	kept := u.Drafts.Take(s.draft)
	s.reopened = kept != nil
	s.form.Fill(kept)
	return s
}

// Place implements kit.Part.
func (s *Screen) Place() kit.Place { return Place() }

// Update implements kit.Part.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	s.wrong = ""
	cmd := tea.Batch(s.form.Update(msg), s.sync())
	s.ui.Drafts.Note(s.draft, s.texts())
	return cmd
}

// Takes implements kit.Taker.
func (s *Screen) Takes() string { return "next" }

// Next implements kit.Former.
func (s *Screen) Next() tea.Cmd {
	s.form.Shift(1)
	return nil
}

// Back implements kit.Former.
func (s *Screen) Back() tea.Cmd {
	s.form.Shift(-1)
	return nil
}

// Newline implements kit.Former.
func (s *Screen) Newline() tea.Cmd { return nil }

// Take goes to the next field, and starts from the last.
func (s *Screen) Take() tea.Cmd {
	if s.form.Focus < len(s.form.Fields)-1 {
		return s.Next()
	}
	return s.begin()
}

// begin starts the incident, if everything needed is filled in.
func (s *Screen) begin() tea.Cmd {
	if s.busy || !s.form.OK() {
		return nil
	}
	v := s.form.Values()
	detected, err := s.ui.Past(v["detected"])
	if err != nil {
		return nil // the field's own check has said so
	}
	s.busy, s.wrong = true, ""
	request := Request{
		Runbook: s.source, Mode: state.Mode(v["mode"]), Title: v["title"],
		Severity: runbooks.Severity(v["severity"]), Detected: detected, Person: v["person"],
		Inputs: s.inputs(v), Scenario: s.played(), Commands: v["commands"] == commands, Services: state.Titles(v["services"]),
	}
	desk, ctx := s.desk, s.ui.Context
	return func() tea.Msg {
		session, err := desk.Start(ctx, request)
		return started{s, session, err, request.Person}
	}
}

func (s *Screen) inputs(values map[string]string) map[string]string {
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
	of      *Screen
	session incident.Session
	err     error
	person  string
}

// Deliver implements kit.Routed.
func (m started) Deliver() tea.Cmd {
	m.of.busy = false
	if m.err != nil {
		m.of.refuse(m.err)
		return nil
	}
	m.of.ui.Drafts.Note(m.of.draft, nil)
	m.of.ui.Person = m.person
	m.of.ui.Pop()
	return m.of.enter(m.session, false)
}

// refuse says why nothing was started, in the field that would help.
func (s *Screen) refuse(err error) {
	s.wrong = "Not started: " + err.Error()
	var refusal *state.Refusal
	if errors.As(err, &refusal) && s.form.Blame(refusal.Field, "Not started. "+refusal.Text+" "+refusal.Hint) {
		s.wrong = ""
	}
}

// drill reports whether a drill is to be started.
func (s *Screen) drill() bool { return s.form.Values()["mode"] == string(state.Drill) }

// texts are what somebody filled in.
func (s *Screen) texts() map[string]string { return s.form.Texts(s.begun, s.ui.Now()) }

// leave goes back home. What was typed is kept.
func (s *Screen) leave() tea.Cmd {
	if s.busy {
		return nil
	}
	s.ui.Pop()
	s.ui.Drafts.Leave(s.draft, s.texts())
	return nil
}

// View implements kit.Part.
func (s *Screen) View(w, h int) ([]string, *tea.Cursor) {
	t := s.ui.Theme
	book := s.source.Runbook
	lines := []string{
		" " + t.Title.Render("Start: "+clean.Line(book.Title)),
		t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w)),
	}
	if s.drill() {
		lines[0] = s.ui.Exercise(w)
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
	formLines, cursor := s.form.View(width)
	if cursor != nil {
		cursor.Y += len(body)
	}
	body = append(body, formLines...)
	room := h - len(lines) - 1
	at := cursor
	if at == nil {
		at = tea.NewCursor(0, s.above-head+s.form.Fields[s.form.Focus].Row)
	}
	total := len(body)
	body, s.first = kit.Window(body, at, room, s.first)
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
	return append(widget.Fit(lines, w, h-1), s.ui.Footer(w)), cursor
}

// Click gives the keys to what was hit.
func (s *Screen) Click(x, y int) tea.Cmd {
	s.form.Click(x-2, y-s.above)
	cmd := s.sync()
	s.ui.Drafts.Note(s.draft, s.texts())
	return cmd
}

// Typed implements kit.Typist.
func (s *Screen) Typed() []string { return s.form.Typed() }

// Place is the form that starts an incident.
func Place() kit.Place { return kit.Place{Name: "start form", Is: kit.Typing | kit.Fields} }
