package drill

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// An injectDialog shows a player one message of a drill.
type injectDialog struct {
	kit.Quiet
	of     *Screen
	inject string    // its id
	opened time.Time // when it opened by itself; zero if it was asked for
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

// Unseen reports whether the message has only just come up by itself.
func (d *injectDialog) Unseen(now time.Time) bool { return kit.JustOpened(d.opened, now) }

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
	s := d.of
	s.UI.Hide(d)
	if !d.acknowledges() {
		return s.popUp()
	}
	return tea.Batch(s.Do(&incident.Saving{Action: state.Action{Command: state.AcknowledgeInject{Inject: d.inject}}, ByItself: true}), s.popUp())
}

// Cancel puts off this message and those that wait behind it; the head counts them.
func (d *injectDialog) Cancel() tea.Cmd {
	d.of.played.inbox = nil
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
	s := d.of
	s.UI.Hide(d)
	return s.Ask(incident.TypedAction{
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
	s, t, inner := d.of, d.of.UI.Theme, w-4
	got := d.delivery()
	if got == nil {
		return widget.Dialog(t, "Message", nil, s.UI.Hints(MessagePlace(), inner), w, h), nil
	}
	p := &incident.Page{T: t, W: inner}
	s.messageText(p, got)
	d.total, d.rows = len(p.Lines), max(1, h-4)
	d.first = min(d.first, max(0, d.total-d.rows))
	body := p.Lines[d.first:min(d.total, d.first+d.rows)]
	footer := s.UI.Hints(MessagePlace(), inner)
	if d.total > d.rows {
		at := t.Dim.Render(widget.Position(d.total, d.rows, d.first))
		footer = widget.Spread(s.UI.Hints(MessagePlace(), inner-widget.Width(at)-1), at, inner)
	}
	title := fmt.Sprintf("EXERCISE: message %d", got.Number)
	if n := len(s.played.inbox); n > 0 {
		title += fmt.Sprintf(", %d more", n)
	}
	return widget.Dialog(t, title, body, footer, w, h), nil
}

// messageText is a message as its player reads it.
func (s *Screen) messageText(p *incident.Page, d *state.Delivery) {
	t, now := p.T, s.UI.Now()
	p.Labelled("From", d.From)
	p.Labelled("To  ", s.audience(d.To))
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
func (s *Screen) audience(to string) string {
	if to == runbooks.Everybody {
		return "all"
	}
	role := s.Inc.Role(to)
	if role == nil {
		return to
	}
	return role.Def.Title + " (" + kit.Person(role.Person) + ")"
}

func (s *Screen) noMessages() string {
	switch {
	case !s.IsDrill():
		return "This is no drill: nobody sends messages."
	case s.Facilitates():
		return "You facilitate this drill: the messages are on screen 6."
	case len(s.messages()) == 0:
		return "No message has come yet."
	}
	return ""
}

// messagesLabel stands in the footer once there are messages.
func (s *Screen) messagesLabel() string {
	if !s.IsDrill() || s.Facilitates() {
		return ""
	}
	if n := len(s.unread()); n > 0 {
		return kit.Plural(n, "new message")
	}
	return "messages"
}

// Mark counts what waits for this player, for the head.
func (s *Screen) Mark() string {
	if !s.IsDrill() || s.Watch || len(s.Inc.Exercise.Delivered) == 0 {
		return ""
	}
	n := len(s.unread())
	if n == 0 {
		return ""
	}
	text := kit.Plural(n, "message")
	if s.UI.Width >= 60 {
		text += " to acknowledge"
	}
	return text + ": " + s.UI.KeyOf("messages")
}

// listMessages lists what this player was told.
func (s *Screen) listMessages() tea.Cmd {
	var found []kit.Finding
	for _, d := range s.messages() {
		kind := "seen"
		if s.waits(d) {
			kind = "NEW"
		}
		text := fmt.Sprintf("%d %s, by %s: %s", d.Number, d.From, d.Via, oneLine(d.Text))
		found = append(found, kit.Finding{Kind: kind, Text: text, Hint: kit.ClockTime(d.When, s.UI.Now()), Do: func() tea.Cmd {
			return s.UI.Show(&injectDialog{of: s, inject: d.Inject})
		}})
	}
	return s.UI.Show(kit.NewFinder(s.UI, "EXERCISE: messages", found))
}

// Finds implements finder: a player's messages; and the injects of the scenario, for the
// facilitator, whose screens alone have it.
func (s *Screen) Finds() []kit.Finding {
	var all []kit.Finding
	for _, d := range s.messages() {
		all = append(all, kit.Finding{Kind: "message", Text: fmt.Sprintf("%d %s: %s", d.Number, d.From, oneLine(d.Text)), Hint: kit.ClockTime(d.When, s.UI.Now()),
			Do: func() tea.Cmd { return s.UI.Show(&injectDialog{of: s, inject: d.Inject}) }})
	}
	for _, p := range s.planned() {
		all = append(all, s.Finding(incident.Row{Kind: injectRow, ID: p.ID}, "inject", fmt.Sprintf("%d %s", p.Number, p.Title), string(p.Status)))
	}
	return all
}

// oneLine is the beginning of a text, on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(clean.Bounded(text, 300)), " ") }
