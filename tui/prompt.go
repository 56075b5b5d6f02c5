package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// A prompt is a dialog with fields to fill in.
type prompt struct {
	app   *App
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

func newPrompt(a *App, title, about, verb string, fields []*field, values map[string]string, send func(map[string]string) (string, tea.Cmd)) *prompt {
	return &prompt{app: a, title: title, about: about, verb: verb, form: newForm(a, fields, values), send: send}
}

func (p *prompt) scope() scope { return onPrompt }

func (p *prompt) update(msg tea.Msg) tea.Cmd {
	p.wrong = ""
	return p.form.update(msg)
}

func (p *prompt) takes() string { return p.verb }

// take sends the form, if every field is in order.
func (p *prompt) take() tea.Cmd {
	if !p.form.ok() {
		return nil
	}
	wrong, cmd := p.send(p.form.values())
	if wrong != "" {
		p.wrong = wrong
		return nil
	}
	p.app.hide(p)
	return cmd
}

func (p *prompt) cancel() tea.Cmd {
	if p.left != nil {
		p.left(p.form.values())
	}
	return nil
}

// next completes a file's name, or goes to the next field.
func (p *prompt) next() tea.Cmd {
	f := p.form.fields[p.form.focus]
	if f.kind == pathField && f.value() != "" && !f.complete {
		return f.completion()
	}
	p.form.shift(1)
	return nil
}

func (p *prompt) back() tea.Cmd {
	p.form.shift(-1)
	return nil
}

func (p *prompt) newline() tea.Cmd {
	if f := p.form.fields[p.form.focus]; f.kind == noteField {
		f.editor.insert("\n")
	}
	return nil
}

func (p *prompt) view(w, h int) ([]string, *tea.Cursor) {
	inner := w - 4
	var body []string
	if p.about != "" {
		for _, line := range widget.Wrap(clean.Text(p.about), inner) {
			body = append(body, p.app.theme.Dim.Render(line))
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
			body = append(body, p.app.theme.Error.Render(line))
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
	return widget.Dialog(p.app.theme, p.title, body, p.app.hints(onPrompt, inner), w, h), cursor
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
func (p *prompt) click(x, y int) tea.Cmd {
	p.form.click(x-2, y-1+p.top-p.above)
	return nil
}

// whenField asks for the time of an action.
func (o *openIncident) whenField() *field {
	return &field{id: "when", label: "When did it happen?", hint: "now; or 02:38, -10m", check: o.app.notPast}
}

// typedAction is an action that a prompt asks for: its fields, and the command
// they make.
type typedAction struct {
	title, about, verb string
	fields             func() []*field
	values             map[string]string
	command            func(values map[string]string) state.Command
	override           string
}

// ask opens the prompt of an action. If the action is refused or cannot be
// saved, the same prompt can be opened again with what was typed.
func (o *openIncident) ask(t typedAction) tea.Cmd { return o.app.show(o.promptFor(t)) }

func (o *openIncident) promptFor(t typedAction) *prompt {
	if t.values == nil {
		t.values = map[string]string{}
	}
	if t.values["when"] == "" {
		t.values["when"] = o.run.nextWhen
	}
	fields := append(t.fields(), o.whenField())
	return newPrompt(o.app, t.title, t.about, t.verb, fields, t.values, func(values map[string]string) (string, tea.Cmd) {
		when, err := o.app.past(values["when"])
		if err != nil {
			return err.Error(), nil
		}
		o.run.nextWhen = ""
		again := t
		again.values = values
		return "", o.do(&saving{
			action: state.Action{Command: t.command(values), Occurred: when, Override: t.override},
			again:  func() dialog { return o.promptFor(again) },
		})
	})
}

// A confirm is a question that can be answered yes or no. Enter alone says no.
type confirm struct {
	app    *App
	title  string
	about  string // raw
	yesIs  string // what yes does, a word or two
	do     func() tea.Cmd
	on     bool      // yes is chosen
	leaves bool      // it asks whether to end, though something is unsaved
	opened time.Time // when it opened by itself; zero if it was asked for
	row    int       // of the answers, as last drawn
	split  int       // column at which yes begins
}

func (c *confirm) scope() scope           { return onConfirm }
func (c *confirm) update(tea.Msg) tea.Cmd { return nil }

// unseen reports whether the question has only just come up by itself.
func (c *confirm) unseen(now time.Time) bool { return justOpened(c.opened, now) }

func (c *confirm) takes() string {
	if c.on {
		return c.yesIs
	}
	return "cancel"
}

func (c *confirm) take() tea.Cmd {
	if c.on {
		return c.yes()
	}
	c.app.hide(c)
	return nil
}

func (c *confirm) yes() tea.Cmd {
	c.app.hide(c)
	return c.do()
}

// noChoice is "": there are two answers. A message, which has none, is no confirm.
func (c *confirm) noChoice() string { return "" }

func (c *confirm) other() tea.Cmd {
	c.on = !c.on
	return nil
}

func (c *confirm) view(w, h int) ([]string, *tea.Cursor) {
	t := c.app.theme
	w = min(w, 66)
	body := append(widget.Wrap(clean.Text(c.about), w-4), "")
	button := func(label string, on bool) string {
		if on {
			return t.Selected.With(t.Strong).Render(t.Glyphs.Cursor + "[ " + label + " ]")
		}
		return " [ " + label + " ]"
	}
	no := button("Cancel", !c.on) + "   "
	c.row, c.split = 1+len(body), 2+widget.Width(no)
	body = append(body, no+button(c.yesIs, c.on))
	return widget.Dialog(t, c.title, body, c.app.hints(onConfirm, w-4), w, h), nil
}

// click chooses an answer, and gives it the second time.
func (c *confirm) click(x, y int) tea.Cmd {
	if y != c.row {
		return nil
	}
	if on := x >= c.split; on != c.on {
		c.on = on
		return nil
	}
	return c.take()
}
