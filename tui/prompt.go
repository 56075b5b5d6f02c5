package tui

import (
	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A prompt is a dialog with fields to fill in.
type prompt struct {
	ui    *UI
	title string
	about string // what it is about, wrapped below the title; raw
	verb  string // what enter does
	form  *form
	// send takes what was filled in. It says why that cannot be, or does it.
	send func(values map[string]string) (string, tea.Cmd)
	// left is told what was typed when the prompt is left by escape; nil: nobody.
	left  func(values map[string]string)
	wrong string
	top   int // first row of the form shown, if it is higher than the dialog
	above int // rows above the form
}

func newPrompt(u *UI, title, about, verb string, fields []*field, values map[string]string, send func(map[string]string) (string, tea.Cmd)) *prompt {
	return &prompt{ui: u, title: title, about: about, verb: verb, form: newForm(u, fields, values), send: send}
}

func (p *prompt) Place() Place { return OnPrompt() }

func (p *prompt) Update(msg tea.Msg) tea.Cmd {
	p.wrong = ""
	return p.form.update(msg)
}

func (p *prompt) Takes() string { return p.verb }

// take sends the form, if every field is in order.
func (p *prompt) Take() tea.Cmd {
	if !p.form.ok() {
		return nil
	}
	wrong, cmd := p.send(p.form.values())
	if wrong != "" {
		p.wrong = wrong
		return nil
	}
	p.ui.Hide(p)
	return cmd
}

func (p *prompt) Cancel() tea.Cmd {
	if p.left != nil {
		p.left(p.form.values())
	}
	return nil
}

// next completes a file's name, or goes to the next field.
func (p *prompt) Next() tea.Cmd {
	f := p.form.fields[p.form.focus]
	if f.kind == pathField && f.value() != "" && !f.complete {
		return f.completion()
	}
	p.form.shift(1)
	return nil
}

func (p *prompt) Back() tea.Cmd {
	p.form.shift(-1)
	return nil
}

func (p *prompt) Newline() tea.Cmd {
	if f := p.form.fields[p.form.focus]; f.kind == noteField {
		f.editor.insert("\n")
	}
	return nil
}

func (p *prompt) View(w, h int) ([]string, *tea.Cursor) {
	inner := w - 4
	var body []string
	if p.about != "" {
		for _, line := range widget.Wrap(clean.Text(p.about), inner) {
			body = append(body, p.ui.Theme.Dim.Render(line))
		}
		body = append(body, "")
	}
	p.above = len(body)
	lines, cursor := p.form.view(inner)
	if cursor != nil {
		cursor.Y += p.above
	}
	body = append(body, lines...)
	if p.wrong != "" {
		for _, line := range widget.Wrap(clean.Line(p.wrong), inner) {
			body = append(body, p.ui.Theme.Error.Render(line))
		}
	}
	room := h - 4
	at := cursor
	if at == nil {
		at = tea.NewCursor(0, p.above+p.form.fields[p.form.focus].row)
	}
	body, p.top = window(body, at, room, p.top)
	if cursor != nil {
		cursor.Y += 1 - p.top
		cursor.X += 2
	}
	return widget.Dialog(p.ui.Theme, p.title, body, p.ui.Hints(OnPrompt(), inner), w, h), cursor
}

// window is the part of body that shows the cursor in room rows.
func window(body []string, cursor *tea.Cursor, room, top int) ([]string, int) {
	if len(body) <= room {
		return body, 0
	}
	top = widget.Window(len(body), room, min(cursor.Y+1, len(body)-1), top)
	return body[top:min(len(body), top+room)], top
}

// click gives the keys to what was hit.
func (p *prompt) Click(x, y int) tea.Cmd {
	p.form.click(x-2, y-1+p.top-p.above)
	return nil
}
