package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// An injectDialog shows a player one message of a drill.
type injectDialog struct {
	of     *openIncident
	inject string    // its id
	opened time.Time // when it opened by itself; zero if it was asked for
	first  int
	rows   int
	total  int
}

func (d *injectDialog) scope() scope           { return onInject }
func (d *injectDialog) update(tea.Msg) tea.Cmd { return nil }
func (d *injectDialog) click(_, _ int) tea.Cmd { return nil }

// unseen reports whether the message has only just come up by itself.
func (d *injectDialog) unseen(now time.Time) bool { return justOpened(d.opened, now) }

func (d *injectDialog) move(m motion) tea.Cmd {
	last := max(0, d.total-d.rows)
	d.first = m.step(min(d.first, last), last+1, d.rows)
	return nil
}

// delivery is the message; nil if it is not there.
func (d *injectDialog) delivery() *state.Delivery { return d.of.inc.Exercise.Delivery(d.inject) }

// acknowledges reports whether enter acknowledges the message.
func (d *injectDialog) acknowledges() bool {
	got := d.delivery()
	return got != nil && !got.AckedBy(d.of.app.opts.Person) && d.of.cannot() == ""
}

func (d *injectDialog) takes() string {
	if d.acknowledges() {
		return "acknowledge"
	}
	return "close"
}

// take acknowledges the message, and shows the next that waits.
func (d *injectDialog) take() tea.Cmd {
	o := d.of
	o.app.hide(d)
	if !d.acknowledges() {
		return o.popUp()
	}
	return tea.Batch(o.do(&saving{action: state.Action{Command: state.AcknowledgeInject{Inject: d.inject}}, byItself: true}), o.popUp())
}

// cancel puts off this message and those that wait behind it; the head counts them.
func (d *injectDialog) cancel() tea.Cmd {
	d.of.played.inbox = nil
	return nil
}

func (d *injectDialog) noAnswer() string {
	if d.delivery() == nil {
		return "There is no such message."
	}
	return d.of.cannot()
}

// answer acknowledges the message with a word on what is done about it.
func (d *injectDialog) answer() tea.Cmd {
	o := d.of
	o.app.hide(d)
	return o.ask(typedAction{
		title: "Acknowledge the message", verb: "acknowledge",
		fields: func() []*field {
			return []*field{{id: "note", label: "What is done about it", kind: noteField, required: true}}
		},
		command: func(v map[string]string) state.Command {
			return state.AcknowledgeInject{Inject: d.inject, Note: v["note"]}
		},
	})
}

func (d *injectDialog) view(w, h int) ([]string, *tea.Cursor) {
	o, t, inner := d.of, d.of.app.theme, w-4
	got := d.delivery()
	if got == nil {
		return widget.Dialog(t, "Message", nil, o.app.hints(onInject, inner), w, h), nil
	}
	p := &page{t: t, w: inner}
	o.messageText(p, got)
	d.total, d.rows = len(p.lines), max(1, h-4)
	d.first = min(d.first, max(0, d.total-d.rows))
	body := p.lines[d.first:min(d.total, d.first+d.rows)]
	footer := o.app.hints(onInject, inner)
	if d.total > d.rows {
		at := t.Dim.Render(widget.Position(d.total, d.rows, d.first))
		footer = widget.Spread(o.app.hints(onInject, inner-widget.Width(at)-1), at, inner)
	}
	title := fmt.Sprintf("EXERCISE: message %d", got.Number)
	if n := len(o.played.inbox); n > 0 {
		title += fmt.Sprintf(", %d more", n)
	}
	return widget.Dialog(t, title, body, footer, w, h), nil
}

// messageText is a message as its player reads it.
func (o *openIncident) messageText(p *page, d *state.Delivery) {
	t, now := p.t, o.app.now()
	p.labelled("From", d.From)
	p.labelled("To  ", o.audience(d.To))
	p.labelled("Via ", d.Via)
	p.labelled("At  ", clockTime(d.When, now)+again(d))
	p.gap()
	p.text(t.Strong, d.Text)
	if len(d.Files) > 0 {
		p.gap()
	}
	for _, file := range d.Files {
		p.labelled("With", fmt.Sprintf("%s, %d bytes, sha256 %.12s, kept beside the log", file.Name, file.Size, file.SHA256))
	}
	if len(d.Acks) > 0 {
		p.gap()
	}
	for _, ack := range d.Acks {
		text := "acknowledged " + clockTime(ack.When, now) + " by " + person(ack.By)
		if ack.Note != "" {
			text += ": " + ack.Note
		}
		p.hanging(t.OK, t.Glyphs.Done+" ", t.OK, text)
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
func (o *openIncident) audience(to string) string {
	if to == runbooks.Everybody {
		return "all"
	}
	role := o.inc.Role(to)
	if role == nil {
		return to
	}
	return role.Def.Title + " (" + person(role.Person) + ")"
}

func (o *openIncident) noMessages() string {
	switch {
	case !o.isDrill():
		return "This is no drill: nobody sends messages."
	case o.facilitates():
		return "You facilitate this drill: the messages are on screen 6."
	case len(o.messages()) == 0:
		return "No message has come yet."
	}
	return ""
}

// messagesLabel stands in the footer once there are messages.
func messagesLabel(a *App) string {
	o := a.incident()
	if o == nil || !o.isDrill() || o.facilitates() {
		return ""
	}
	if n := len(o.unread()); n > 0 {
		return plural(n, "new message")
	}
	return "messages"
}

// messageMark counts what waits for this player, for the head.
func (o *openIncident) messageMark() string {
	if !o.isDrill() || o.watch || len(o.inc.Exercise.Delivered) == 0 {
		return ""
	}
	n := len(o.unread())
	if n == 0 {
		return ""
	}
	text := plural(n, "message")
	if o.app.width >= 60 {
		text += " to acknowledge"
	}
	return text + ": " + o.app.keyOf("messages")
}

// listMessages lists what this player was told.
func (o *openIncident) listMessages() tea.Cmd {
	var found []finding
	for _, d := range o.messages() {
		kind := "seen"
		if o.waits(d) {
			kind = "NEW"
		}
		text := fmt.Sprintf("%d %s, by %s: %s", d.Number, d.From, d.Via, oneLine(d.Text))
		found = append(found, finding{kind: kind, text: text, hint: clockTime(d.When, o.app.now()), do: func() tea.Cmd {
			return o.app.show(&injectDialog{of: o, inject: d.Inject})
		}})
	}
	return o.app.show(newFinder(o.app, "EXERCISE: messages", found))
}

// drillFindings are a player's messages; and the injects of the scenario, for the
// facilitator, whose screens alone have it.
func (o *openIncident) drillFindings() []finding {
	var all []finding
	for _, d := range o.messages() {
		all = append(all, finding{kind: "message", text: fmt.Sprintf("%d %s: %s", d.Number, d.From, oneLine(d.Text)), hint: clockTime(d.When, o.app.now()),
			do: func() tea.Cmd { return o.app.show(&injectDialog{of: o, inject: d.Inject}) }})
	}
	for _, p := range o.drill.planned() {
		all = append(all, finding{kind: "inject", text: fmt.Sprintf("%d %s", p.Number, p.Title), hint: string(p.Status), do: func() tea.Cmd {
			cmd := o.toDrill()
			o.drill.refresh()
			o.drill.goTo(boardRow{kind: injectRow, id: p.ID})
			return cmd
		}})
	}
	return all
}

// oneLine is the beginning of a text, on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(clean.Bounded(text, 300)), " ") }
