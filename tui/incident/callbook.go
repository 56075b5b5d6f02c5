package incident

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A CallBook says whom to call, and what came of it.
type CallBook struct {
	*Case
	own []response.Contact // the person's own contacts; nil until they are read
	err string             // why they cannot be read
}

// contactsRead is the person's own list of contacts.
type contactsRead struct {
	of  *CallBook
	own []response.Contact
	err error
}

// ReadContacts asks for the person's own contacts.
func (b *CallBook) ReadContacts() tea.Cmd {
	world, ctx := b.World, b.Ctx
	if world == nil {
		return nil
	}
	return func() tea.Msg {
		own, err := world.Contacts(ctx)
		return contactsRead{b, own, err}
	}
}

// Deliver implements kit.Routed.
func (m contactsRead) Deliver() tea.Cmd {
	o := m.of
	o.Fresh++
	if m.err != nil {
		o.err = clean.Line(clean.Passage(m.err.Error()))
		return nil
	}
	o.own, o.err = m.own, ""
	return nil
}

// CallList is whom to call, in order.
func (b *CallBook) CallList() []response.Contact { return response.CallList(b.Inc, b.own) }

// ContactOf is a contact by its id; one without any way if it is not there.
func (b *CallBook) ContactOf(id string) response.Contact {
	for _, c := range b.CallList() {
		if c.ID == id {
			return c
		}
	}
	return response.Contact{ID: id, Title: id}
}

// ContactLine is who it is, and what came of calling.
func (b *CallBook) ContactLine(id string) (left, right string, style widget.Style) {
	t, g, now := b.UI.Theme, b.UI.Theme.Glyphs, b.UI.Now()
	sign, style, right := g.Todo, t.Text, "not called"
	if len(b.Inc.Calls) > 0 {
		right = "not known"
	}
	if c := b.Inc.Contact(id); c != nil && len(c.Calls) > 0 {
		last := &c.Calls[len(c.Calls)-1]
		right = string(last.Outcome) + " " + kit.ClockTime(last.When, now)
		switch back := c.CallBackAt(b.Inc); {
		case !back.IsZero() && back.Before(b.Inc.Until(now)):
			sign, style, right = g.Unsaved, t.Warn, "CALL BACK "+kit.ClockTime(back, now)
		case !back.IsZero():
			sign, style, right = g.Waiting, t.Text, "call back "+kit.ClockTime(back, now)
		case last.Outcome == state.Reached:
			sign, style = g.Done, t.OK
		default:
			sign, style = g.Failed, t.Warn
		}
	}
	return sign + " " + clean.Row(b.ContactOf(id).Title), right, style
}

// ContactText writes every way to reach it, the ways first, and every call.
func (b *CallBook) ContactText(p *Page, id string) {
	t, c := p.T, b.ContactOf(id)
	p.Text(t.Title, c.Title)
	p.Labelled("Role", c.Role)
	p.Labelled("Hours", c.Hours)
	p.Gap()
	b.ReachText(p, c)
	if c.Note != "" {
		p.Gap()
		p.Text(t.Text, c.Note)
	}
	p.Gap()
	p.Text(t.Heading, "Calls")
	known := b.Inc.Contact(id)
	if n := len(b.Inc.Calls); n > 0 {
		p.Text(t.Warn, kit.Plural(n, "call")+" to whose names are withheld; see the timeline.")
	} else if known == nil || len(known.Calls) == 0 {
		p.Text(t.Dim, "Nobody has called yet.")
	}
	if known == nil {
		return
	}
	for i := len(known.Calls) - 1; i >= 0; i-- {
		p.Hanging(t.Dim, t.Glyphs.Bullet+" ", t.Text, b.callText(&known.Calls[i]))
	}
}

// ReachText lists the ways to reach a contact, in order of preference.
func (b *CallBook) ReachText(p *Page, c response.Contact) {
	if len(c.Reach) == 0 {
		p.Text(p.T.Warn, "No number or address is known.")
	}
	for i, way := range c.Reach {
		mark := ""
		b.UI.Links.Add(way.Text, kit.WayTarget(way.Text))
		if way.Private {
			mark = "  (yours alone: never in the log)"
		}
		p.Hanging(p.T.Dim, fmt.Sprintf("%d ", i+1), p.T.Strong, clean.Bounded(way.Text, 400)+mark)
	}
	if b.err != "" {
		p.Text(p.T.Bad, "Your own contacts cannot be read: "+b.err)
	}
}

func (b *CallBook) callText(call *state.Call) string {
	now := b.UI.Now()
	text := kit.ClockTime(call.When, now) + "  " + kit.Person(call.By) + ": "
	if call.In {
		text += "they called, "
	}
	text += string(call.Outcome)
	if call.Via != "" {
		text += " (" + call.Via + ")"
	}
	if call.CallBack != nil {
		text += ", call back at " + kit.ClockTime(*call.CallBack, now)
	}
	if call.Note != "" {
		text += ": " + call.Note
	}
	return text
}
