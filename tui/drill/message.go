package drill

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// An injectDialog shows a player one message of a drill.
type injectDialog struct {
	kit.Quiet
	of     *Inbox
	inject string // its id
	first  int
	rows   int
	total  int
}

// Place implements kit.Part.
func (d *injectDialog) Place() kit.Place { return MessagePlace() }

// Leaves implements Leaver: what is not acknowledged can be later.
func (d *injectDialog) Leaves() string {
	if !d.acknowledges() {
		return ""
	}
	return "later"
}

// Move implements kit.Mover.
func (d *injectDialog) Move(m kit.Motion) tea.Cmd {
	last := max(0, d.total-d.rows)
	d.first = m.Step(min(d.first, last), last+1, d.rows)
	return nil
}

// delivery is the message; nil if it is not there.
func (d *injectDialog) delivery() *state.Delivery { return d.of.Inc.Exercise.Delivery(d.inject) }

// acknowledges reports whether enter acknowledges the message.
func (d *injectDialog) acknowledges() bool {
	got := d.delivery()
	return got != nil && !got.AckedBy(d.of.UI.Person) && d.of.Cannot() == ""
}

// Takes implements kit.Taker.
func (d *injectDialog) Takes() string {
	if d.acknowledges() {
		return "acknowledge"
	}
	return "close"
}

// Take acknowledges the message, and shows the next that waits.
func (d *injectDialog) Take() tea.Cmd {
	b := d.of
	b.UI.Hide(d)
	if !d.acknowledges() {
		return b.popUp()
	}
	return tea.Batch(b.Do(&incident.Saving{Action: state.Action{Command: state.AcknowledgeInject{Inject: d.inject}}, ByItself: true}), b.popUp())
}

// Cancel puts off this message and those that wait behind it; the head counts them.
func (d *injectDialog) Cancel() tea.Cmd {
	d.of.waiting = nil
	return nil
}

func (d *injectDialog) noAnswer() string {
	if d.delivery() == nil {
		return "There is no such message."
	}
	return d.of.Cannot()
}

// answer acknowledges the message with a word on what is done about it.
func (d *injectDialog) answer() tea.Cmd {
	b := d.of
	b.UI.Hide(d)
	return b.Ask(incident.TypedAction{
		Title: "Acknowledge the message", Verb: "acknowledge",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "note", Label: "What is done about it", Kind: kit.NoteField, Required: true}}
		},
		Command: func(v map[string]string) state.Command {
			return state.AcknowledgeInject{Inject: d.inject, Note: v["note"]}
		},
	})
}

// View implements kit.Part.
func (d *injectDialog) View(w, h int) ([]string, *tea.Cursor) {
	b, t, inner := d.of, d.of.UI.Theme, w-4
	got := d.delivery()
	if got == nil {
		return widget.Dialog(t, "Message", nil, b.UI.Hints(MessagePlace(), inner), w, h), nil
	}
	p := &incident.Page{T: t, W: inner}
	messageText(b.Case, p, got)
	d.total, d.rows = len(p.Lines), max(1, h-4)
	d.first = min(d.first, max(0, d.total-d.rows))
	body := p.Lines[d.first:min(d.total, d.first+d.rows)]
	footer := b.UI.Hints(MessagePlace(), inner)
	if d.total > d.rows {
		at := t.Dim.Render(widget.Position(d.total, d.rows, d.first))
		footer = widget.Spread(b.UI.Hints(MessagePlace(), inner-widget.Width(at)-1), at, inner)
	}
	title := fmt.Sprintf("EXERCISE: message %d", got.Number)
	if n := len(b.waiting); n > 0 {
		title += fmt.Sprintf(", %d more", n)
	}
	return widget.Dialog(t, title, body, footer, w, h), nil
}

// messageText is a message as its player reads it.
func messageText(c *incident.Case, p *incident.Page, d *state.Delivery) {
	t, now := p.T, c.UI.Now()
	p.Labelled("From", d.From)
	p.Labelled("To  ", audience(c.Inc, d.To))
	p.Labelled("Via ", d.Via)
	p.Labelled("At  ", kit.ClockTime(d.When, now)+again(d))
	p.Gap()
	p.Text(t.Strong, d.Text)
	if len(d.Files) > 0 {
		p.Gap()
	}
	for _, file := range d.Files {
		p.Labelled("With", fmt.Sprintf("%s, %d bytes, sha256 %.12s, kept beside the log", file.Name, file.Size, file.SHA256))
	}
	if len(d.Acks) > 0 {
		p.Gap()
	}
	for _, ack := range d.Acks {
		text := "acknowledged " + kit.ClockTime(ack.When, now) + " by " + kit.Person(ack.By)
		if ack.Note != "" {
			text += ": " + ack.Note
		}
		p.Hanging(t.OK, t.Glyphs.Done+" ", t.OK, text)
	}
}

// again says that a message was told more than once.
func again(d *state.Delivery) string {
	if n := len(d.Times); n > 1 {
		return fmt.Sprintf(", told %d times", n)
	}
	return ""
}

// audience is whom a message is to.
func audience(inc *state.Incident, to string) string {
	if to == runbooks.Everybody {
		return "all"
	}
	role := inc.Role(to)
	if role == nil {
		return to
	}
	return role.Def.Title + " (" + kit.Person(role.Person) + ")"
}
