package incident

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// contactsRead are the contacts, with the person's own list.
type contactsRead struct {
	of       *Open
	contacts []Contact
	err      error
}

// ReadContacts asks for the person's own contacts.
func (o *Open) ReadContacts() tea.Cmd {
	world, ctx, inc := o.World, o.Ctx, o.Inc
	if world == nil {
		return nil
	}
	return func() tea.Msg {
		contacts, err := world.Contacts(ctx, inc)
		return contactsRead{o, contacts, err}
	}
}

func (m contactsRead) Deliver() tea.Cmd {
	o := m.of
	o.Fresh++
	if m.err != nil {
		o.contactsErr = clean.Line(clean.Bounded(m.err.Error(), 2000))
		return nil
	}
	o.contacts, o.contactsErr = m.contacts, ""
	return nil
}

// CallList is whom to call, in order: what was read, and what the log has beyond.
func (o *Open) CallList() []Contact {
	list := append([]Contact(nil), o.contacts...)
	known := map[string]bool{}
	for _, c := range list {
		known[c.ID] = true
	}
	for i := range o.Inc.Contacts {
		c := &o.Inc.Contacts[i]
		if known[c.ID] {
			continue
		}
		one := Contact{ID: c.ID, Title: c.Def.Title, Role: c.Def.Role, Hours: c.Def.Hours, Note: c.Def.Note}
		for _, reach := range c.Def.Reach {
			one.Reach = append(one.Reach, Way{Text: reach})
		}
		list = append(list, one)
	}
	return list
}

// ContactOf is a contact by its id; one without any way if it is not there.
func (o *Open) ContactOf(id string) Contact {
	for _, c := range o.CallList() {
		if c.ID == id {
			return c
		}
	}
	return Contact{ID: id, Title: id}
}

// ContactLine: who, and what came of calling.
func (o *Open) ContactLine(id string) (left, right string, style widget.Style) {
	t, g, now := o.UI.Theme, o.UI.Theme.Glyphs, o.UI.Now()
	sign, style, right := g.Todo, t.Text, "not called"
	if len(o.Inc.Calls) > 0 {
		right = "not known"
	}
	if c := o.Inc.Contact(id); c != nil && len(c.Calls) > 0 {
		last := &c.Calls[len(c.Calls)-1]
		right = string(last.Outcome) + " " + kit.ClockTime(last.When, now)
		switch back := c.CallBackAt(); {
		case !back.IsZero() && back.Before(now):
			sign, style, right = g.Unsaved, t.Warn, "CALL BACK "+kit.ClockTime(back, now)
		case !back.IsZero():
			sign, style, right = g.Waiting, t.Text, "call back "+kit.ClockTime(back, now)
		case last.Outcome == state.Reached:
			sign, style = g.Done, t.OK
		default:
			sign, style = g.Failed, t.Warn
		}
	}
	return sign + " " + clean.Line(clean.Bounded(o.ContactOf(id).Title, 400)), right, style
}

// ContactText: every way to reach it, the ways first, and every call.
func (o *Open) ContactText(p *Page, id string) {
	t, c := p.T, o.ContactOf(id)
	p.Text(t.Title, c.Title)
	p.Labelled("Role", c.Role)
	p.Labelled("Hours", c.Hours)
	p.Gap()
	o.ReachText(p, c)
	if c.Note != "" {
		p.Gap()
		p.Text(t.Text, c.Note)
	}
	p.Gap()
	p.Text(t.Heading, "Calls")
	known := o.Inc.Contact(id)
	if n := len(o.Inc.Calls); n > 0 {
		p.Text(t.Warn, kit.Plural(n, "call")+" to whose names are withheld; see the timeline.")
	} else if known == nil || len(known.Calls) == 0 {
		p.Text(t.Dim, "Nobody has called yet.")
	}
	if known == nil {
		return
	}
	for i := len(known.Calls) - 1; i >= 0; i-- {
		p.Hanging(t.Dim, t.Glyphs.Bullet+" ", t.Text, o.callText(&known.Calls[i]))
	}
}

// ReachText lists the ways to reach a contact, in order of preference.
func (o *Open) ReachText(p *Page, c Contact) {
	if len(c.Reach) == 0 {
		p.Text(p.T.Warn, "No number or address is known.")
	}
	for i, way := range c.Reach {
		mark := ""
		if way.Private {
			mark = "  (yours alone: never in the log)"
		}
		p.Hanging(p.T.Dim, fmt.Sprintf("%d ", i+1), p.T.Strong, clean.Bounded(way.Text, 400)+mark)
	}
	if o.contactsErr != "" {
		p.Text(p.T.Bad, "Your own contacts cannot be read: "+o.contactsErr)
	}
}

func (o *Open) callText(call *state.Call) string {
	now := o.UI.Now()
	text := kit.ClockTime(call.When, now) + "  " + kit.Person(call.By) + ": " + string(call.Outcome)
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
