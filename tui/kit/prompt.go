package kit

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A Prompt is a dialog with fields to fill in.
type Prompt struct {
	ui    *UI
	title string
	about string // what it is about, wrapped below the title; raw
	verb  string // what enter does
	form  *Form
	// send takes what was filled in. It says why that cannot be, or does it.
	send func(values map[string]string) (string, tea.Cmd)
	// Left is told what was typed when the prompt is left by escape; nil: nobody.
	Left func(values map[string]string)
	// Says is told what is filled in at present, and says below it what that would do; nil:
	// nothing. What it says is raw.
	Says func(values map[string]string) string
	// IsNote: what is typed at once after the letter that opens it is meant for it.
	IsNote bool
	// refused: what it holds was typed, and refused.
	refused bool
	// reopened: it holds what was kept of it.
	reopened bool
	draft    DraftKey          // under what its texts are kept
	begun    map[string]string // what its fields held when it was opened
	Wrong    string            // why what was filled in could not be taken; "" if nothing was wrong
	top      int               // first row of the form shown, if it is higher than the dialog
	above    int               // rows above the form
}

// NewPrompt makes a dialog that asks for fields, prefilled with values; about stands
// above them, verb is what enter does. send takes what was filled in: it says why that
// cannot be, or does it. What was kept of a prompt of this title goes before values.
func NewPrompt(u *UI, title, about, verb string, fields []*Field, values map[string]string, send func(map[string]string) (string, tea.Cmd)) *Prompt {
	p := &Prompt{ui: u, title: title, about: about, verb: verb, form: NewForm(u, fields, values), send: send, draft: u.Drafts.Of(title)}
	p.begun = p.form.Values()
	p.restore()
	return p
}

// Place implements Part.
func (p *Prompt) Place() Place { return OnPrompt() }

// Update implements Part.
func (p *Prompt) Update(msg tea.Msg) tea.Cmd {
	p.Wrong = ""
	cmd := p.form.Update(msg)
	p.drafting()
	return cmd
}

// Takes implements Taker.
func (p *Prompt) Takes() string { return p.verb }

// Take sends the form, if every field is in order.
func (p *Prompt) Take() tea.Cmd {
	if !p.form.OK() {
		return nil
	}
	wrong, cmd := p.send(p.form.Values())
	if wrong != "" {
		p.Wrong = wrong
		return nil
	}
	p.ui.Hide(p)
	p.ui.Drafts.Handed(p.draft)
	return cmd
}

// Next completes a file's name, or goes to the next field.
func (p *Prompt) Next() tea.Cmd {
	f := p.form.Fields[p.form.Focus]
	if f.Kind == PathField && f.Value() != "" && !f.complete {
		return f.completion()
	}
	p.form.Shift(1)
	return nil
}

// Back implements Former.
func (p *Prompt) Back() tea.Cmd {
	p.form.Shift(-1)
	return nil
}

// Newline implements Former.
func (p *Prompt) Newline() tea.Cmd {
	if f := p.form.Fields[p.form.Focus]; f.Kind == NoteField {
		f.Input.Update(tea.PasteMsg{Content: "\n"})
		p.drafting()
	}
	return nil
}

// View implements Part.
func (p *Prompt) View(w, h int) ([]string, *tea.Cursor) {
	inner := w - 4
	var body []string
	if p.about != "" {
		for _, line := range widget.Wrap(clean.Text(p.about), inner) {
			body = append(body, p.ui.Theme.Dim.Render(line))
		}
		body = append(body, "")
	}
	p.above = len(body)
	lines, cursor := p.form.View(inner)
	if cursor != nil {
		cursor.Y += p.above
	}
	body = append(body, lines...)
	if p.Wrong != "" {
		for _, line := range widget.Wrap(clean.Line(p.Wrong), inner) {
			body = append(body, p.ui.Theme.Error.Render(line))
		}
	}
	says := p.saysLines(inner, max(1, h/3))
	room := h - 4 - len(says)
	at := cursor
	if at == nil {
		at = tea.NewCursor(0, p.above+p.form.Fields[p.form.Focus].Row)
	}
	body, p.top = Window(body, at, room, p.top)
	body = append(body[:len(body):len(body)], says...)
	if cursor != nil {
		cursor.Y += 1 - p.top
		cursor.X += 2
	}
	hints := p.ui.Hints(OnPrompt(), inner)
	if more := p.hidden(p.top, p.top+room); more != "" {
		hints = widget.Spread(p.ui.Hints(OnPrompt(), inner-widget.Width(more)-2), p.ui.Theme.Info.Render(more), inner)
	}
	return widget.Dialog(p.ui.Theme, p.title, body, hints, w, h), cursor
}

// hidden says how many fields there are above the rows that are seen, and below them.
func (p *Prompt) hidden(top, end int) string {
	above, below, g := 0, 0, p.ui.Theme.Glyphs
	for _, f := range p.form.Fields {
		switch {
		case f.Row+p.above < top:
			above++
		case f.Row+p.above >= end:
			below++
		}
	}
	var says []string
	if above > 0 {
		says = append(says, fmt.Sprintf("%s %d above", g.ArrowUp, above))
	}
	if below > 0 {
		says = append(says, fmt.Sprintf("%s %d more", g.ArrowDown, below))
	}
	return strings.Join(says, "  ")
}

// saysLines are what the filled-in form would do, in at most that many rows; they stay in
// view whichever field has the keys.
func (p *Prompt) saysLines(w, most int) []string {
	if p.Says == nil {
		return nil
	}
	says := p.Says(p.form.Values())
	if says == "" {
		return nil
	}
	lines := widget.Wrap(clean.Text(says), w)
	for i, line := range lines {
		lines[i] = p.ui.Theme.Info.Render(line)
	}
	return lines[:min(len(lines), most)]
}

// Window is the part of body that shows the cursor in room rows.
func Window(body []string, cursor *tea.Cursor, room, top int) ([]string, int) {
	if len(body) <= room {
		return body, 0
	}
	top = widget.Window(len(body), room, min(cursor.Y+1, len(body)-1), top)
	return body[top:min(len(body), top+room)], top
}

// Click gives the keys to what was hit.
func (p *Prompt) Click(x, y int) tea.Cmd {
	p.form.Click(x-2, y-1+p.top-p.above)
	p.drafting()
	return nil
}
