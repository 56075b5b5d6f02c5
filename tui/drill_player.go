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
	of     *drillScreen
	inject string    // its id
	opened time.Time // when it opened by itself; zero if it was asked for
	first  int
	rows   int
	total  int
}

func (d *injectDialog) Place() Place { return injectPlace() }

// Leaves implements Leaver: what is not acknowledged can be later.
func (d *injectDialog) Leaves() string {
	if !d.acknowledges() {
		return ""
	}
	return "later"
}

func (d *injectDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *injectDialog) Click(_, _ int) tea.Cmd { return nil }

// unseen reports whether the message has only just come up by itself.
func (d *injectDialog) Unseen(now time.Time) bool { return JustOpened(d.opened, now) }

func (d *injectDialog) Move(m Motion) tea.Cmd {
	last := max(0, d.total-d.rows)
	d.first = m.Step(min(d.first, last), last+1, d.rows)
	return nil
}

// delivery is the message; nil if it is not there.
func (d *injectDialog) delivery() *state.Delivery { return d.of.inc.Exercise.Delivery(d.inject) }

// acknowledges reports whether enter acknowledges the message.
func (d *injectDialog) acknowledges() bool {
	got := d.delivery()
	return got != nil && !got.AckedBy(d.of.ui.Person) && d.of.cannot() == ""
}

func (d *injectDialog) Takes() string {
	if d.acknowledges() {
		return "acknowledge"
	}
	return "close"
}

// take acknowledges the message, and shows the next that waits.
func (d *injectDialog) Take() tea.Cmd {
	s := d.of
	s.ui.Hide(d)
	if !d.acknowledges() {
		return s.popUp()
	}
	return tea.Batch(s.do(&saving{action: state.Action{Command: state.AcknowledgeInject{Inject: d.inject}}, byItself: true}), s.popUp())
}

// cancel puts off this message and those that wait behind it; the head counts them.
func (d *injectDialog) Cancel() tea.Cmd {
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
	s := d.of
	s.ui.Hide(d)
	return s.ask(typedAction{
		title: "Acknowledge the message", verb: "acknowledge",
		fields: func() []*field {
			return []*field{{id: "note", label: "What is done about it", kind: noteField, required: true}}
		},
		command: func(v map[string]string) state.Command {
			return state.AcknowledgeInject{Inject: d.inject, Note: v["note"]}
		},
	})
}

func (d *injectDialog) View(w, h int) ([]string, *tea.Cursor) {
	s, t, inner := d.of, d.of.ui.Theme, w-4
	got := d.delivery()
	if got == nil {
		return widget.Dialog(t, "Message", nil, s.ui.Hints(injectPlace(), inner), w, h), nil
	}
	p := &page{t: t, w: inner}
	s.messageText(p, got)
	d.total, d.rows = len(p.lines), max(1, h-4)
	d.first = min(d.first, max(0, d.total-d.rows))
	body := p.lines[d.first:min(d.total, d.first+d.rows)]
	footer := s.ui.Hints(injectPlace(), inner)
	if d.total > d.rows {
		at := t.Dim.Render(widget.Position(d.total, d.rows, d.first))
		footer = widget.Spread(s.ui.Hints(injectPlace(), inner-widget.Width(at)-1), at, inner)
	}
	title := fmt.Sprintf("EXERCISE: message %d", got.Number)
	if n := len(s.played.inbox); n > 0 {
		title += fmt.Sprintf(", %d more", n)
	}
	return widget.Dialog(t, title, body, footer, w, h), nil
}

// messageText is a message as its player reads it.
func (s *drillScreen) messageText(p *page, d *state.Delivery) {
	t, now := p.t, s.ui.Now()
	p.labelled("From", d.From)
	p.labelled("To  ", s.audience(d.To))
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
func (s *drillScreen) audience(to string) string {
	if to == runbooks.Everybody {
		return "all"
	}
	role := s.inc.Role(to)
	if role == nil {
		return to
	}
	return role.Def.Title + " (" + person(role.Person) + ")"
}

func (s *drillScreen) noMessages() string {
	switch {
	case !s.IsDrill():
		return "This is no drill: nobody sends messages."
	case s.facilitates():
		return "You facilitate this drill: the messages are on screen 6."
	case len(s.messages()) == 0:
		return "No message has come yet."
	}
	return ""
}

// messagesLabel stands in the footer once there are messages.
func (s *drillScreen) messagesLabel() string {
	if !s.IsDrill() || s.facilitates() {
		return ""
	}
	if n := len(s.unread()); n > 0 {
		return plural(n, "new message")
	}
	return "messages"
}

// Mark counts what waits for this player, for the head.
func (s *drillScreen) Mark() string {
	if !s.IsDrill() || s.watch || len(s.inc.Exercise.Delivered) == 0 {
		return ""
	}
	n := len(s.unread())
	if n == 0 {
		return ""
	}
	text := plural(n, "message")
	if s.ui.Width >= 60 {
		text += " to acknowledge"
	}
	return text + ": " + s.ui.KeyOf("messages")
}

// listMessages lists what this player was told.
func (s *drillScreen) listMessages() tea.Cmd {
	var found []Finding
	for _, d := range s.messages() {
		kind := "seen"
		if s.waits(d) {
			kind = "NEW"
		}
		text := fmt.Sprintf("%d %s, by %s: %s", d.Number, d.From, d.Via, oneLine(d.Text))
		found = append(found, Finding{Kind: kind, Text: text, Hint: clockTime(d.When, s.ui.Now()), Do: func() tea.Cmd {
			return s.ui.Show(&injectDialog{of: s, inject: d.Inject})
		}})
	}
	return s.ui.Show(NewFinder(s.ui, "EXERCISE: messages", found))
}

// Finds implements finder: a player's messages; and the injects of the scenario, for the
// facilitator, whose screens alone have it.
func (s *drillScreen) Finds() []Finding {
	var all []Finding
	for _, d := range s.messages() {
		all = append(all, Finding{Kind: "message", Text: fmt.Sprintf("%d %s: %s", d.Number, d.From, oneLine(d.Text)), Hint: clockTime(d.When, s.ui.Now()),
			Do: func() tea.Cmd { return s.ui.Show(&injectDialog{of: s, inject: d.Inject}) }})
	}
	for _, p := range s.planned() {
		all = append(all, s.finding(boardRow{kind: injectRow, id: p.ID}, "inject", fmt.Sprintf("%d %s", p.Number, p.Title), string(p.Status)))
	}
	return all
}

// oneLine is the beginning of a text, on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(clean.Bounded(text, 300)), " ") }
