package drill

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
	"muster/tui/incident"
	"muster/tui/kit"
)

// An Inbox is what a player of a drill was told, and what is still to be shown; it is
// seen on every screen. It holds nothing that was not delivered.
type Inbox struct {
	*incident.Open
	waiting []string // messages that are still to be shown, by their inject's id
}

// NewInbox makes the inbox of an incident.
func NewInbox(o *incident.Open) *Inbox { return &Inbox{Open: o} }

// Begin shows a player what was said and not acknowledged.
func (b *Inbox) Begin() tea.Cmd {
	if b.Watch {
		return nil
	}
	for _, d := range b.unread() {
		b.waiting = append(b.waiting, d.Inject)
	}
	return b.popUp()
}

// Tock shows what waits.
func (b *Inbox) Tock(time.Time) tea.Cmd { return b.popUp() }

// toMe reports whether a message is to the person before the screens: to all, to a
// role of theirs or that nobody holds; and any, if they hold none.
func (b *Inbox) toMe(d *state.Delivery) bool {
	role := b.Inc.Role(d.To)
	me := b.UI.Person
	return role == nil || role.Person == "" || runbooks.SameName(role.Person, me) ||
		!slices.ContainsFunc(b.Inc.Roles, func(r state.Role) bool { return runbooks.SameName(r.Person, me) })
}

// messages lists what this player was told, the newest first. The facilitator gets
// none.
func (b *Inbox) messages() []*state.Delivery {
	var list []*state.Delivery
	if !b.IsDrill() || b.Facilitates() {
		return nil
	}
	for i := len(b.Inc.Exercise.Delivered) - 1; i >= 0; i-- {
		if d := &b.Inc.Exercise.Delivered[i]; b.toMe(d) {
			list = append(list, d)
		}
	}
	return list
}

// waits reports whether a message waits for this player: for what is to all, each
// player speaks; for what is to a role, one is enough.
func (b *Inbox) waits(d *state.Delivery) bool {
	if d.To == runbooks.Everybody {
		return !d.AckedBy(b.UI.Person)
	}
	return len(d.Acks) == 0
}

// unread lists the messages that wait for this player, the oldest first.
func (b *Inbox) unread() []*state.Delivery {
	list := sorted.Without(b.messages(), func(d *state.Delivery) bool { return !b.waits(d) })
	slices.Reverse(list)
	return list
}

// Changed notes what players are told since before, also what is told again.
func (b *Inbox) Changed(before *state.Incident) tea.Cmd {
	if len(b.Inc.Exercise.Delivered) == 0 || b.Watch {
		return nil
	}
	news := false
	for _, d := range slices.Backward(b.messages()) {
		was := before.Exercise.Delivery(d.Inject)
		if was != nil && len(was.Times) == len(d.Times) || slices.Contains(b.waiting, d.Inject) {
			continue
		}
		b.waiting = append(b.waiting, d.Inject)
		news = true
	}
	if !news {
		return nil
	}
	return tea.Batch(kit.Ring(b.UI, b.WindowTitle(), "A message of the exercise"), b.popUp())
}

// popUp shows the next message, unless the person is at something that it would
// interrupt: then it waits.
func (b *Inbox) popUp() tea.Cmd {
	u := b.UI
	if len(b.waiting) == 0 || u.Covered() || incident.Of(u) != b.Open || u.Screen().Place().Is&kit.Typing != 0 ||
		u.Width < kit.MinWidth || u.Height < kit.MinHeight {
		return nil
	}
	next := b.waiting[0]
	b.waiting = b.waiting[1:]
	d := b.Inc.Exercise.Delivery(next)
	if d == nil || len(d.Times) == 1 && !b.waits(d) { // somebody else has it by now
		return b.popUp()
	}
	return u.Raise(&injectDialog{of: b, inject: next})
}

func (b *Inbox) noMessages() string {
	switch {
	case !b.IsDrill():
		return "This is no drill: nobody sends messages."
	case b.Facilitates():
		return "You facilitate this drill: the messages are on screen 6."
	case len(b.messages()) == 0:
		return "No message has come yet."
	}
	return ""
}

// messagesLabel stands in the footer once there are messages.
func (b *Inbox) messagesLabel() string {
	if !b.IsDrill() || b.Facilitates() {
		return ""
	}
	if n := len(b.unread()); n > 0 {
		return kit.Plural(n, "new message")
	}
	return "messages"
}

// Mark counts what waits for this player, for the head.
func (b *Inbox) Mark() string {
	if !b.IsDrill() || b.Watch || len(b.Inc.Exercise.Delivered) == 0 {
		return ""
	}
	n := len(b.unread())
	if n == 0 {
		return ""
	}
	text := kit.Plural(n, "message")
	if b.UI.Width >= 60 {
		text += " to acknowledge"
	}
	return text + ": " + b.UI.KeyOf("messages")
}

// listMessages lists what this player was told.
func (b *Inbox) listMessages() tea.Cmd {
	var found []kit.Finding
	for _, d := range b.messages() {
		kind := "seen"
		if b.waits(d) {
			kind = "NEW"
		}
		text := fmt.Sprintf("%d %s, by %s: %s", d.Number, d.From, d.Via, oneLine(d.Text))
		found = append(found, kit.Finding{Kind: kind, Text: text, Hint: kit.ClockTime(d.When, b.UI.Now()), Do: func() tea.Cmd {
			return b.UI.Show(&injectDialog{of: b, inject: d.Inject})
		}})
	}
	return b.UI.Show(kit.NewFinder(b.UI, "EXERCISE: messages", found))
}

// Finds says what the palette finds: the messages.
func (b *Inbox) Finds() []kit.Finding {
	var all []kit.Finding
	for _, d := range b.messages() {
		all = append(all, kit.Finding{Kind: "message", Text: fmt.Sprintf("%d %s: %s", d.Number, d.From, oneLine(d.Text)), Hint: kit.ClockTime(d.When, b.UI.Now()),
			Do: func() tea.Cmd { return b.UI.Show(&injectDialog{of: b, inject: d.Inject}) }})
	}
	return all
}

// oneLine is the beginning of a text, on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(clean.Bounded(text, 300)), " ") }
