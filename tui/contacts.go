package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// contactsRead are the contacts, with the person's own list.
type contactsRead struct {
	of       *openIncident
	contacts []Contact
	err      error
}

// readContacts asks for the person's own contacts.
func (o *openIncident) readContacts() tea.Cmd {
	world, ctx, inc := o.world, o.ctx, o.inc
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
	o.fresh++
	if m.err != nil {
		o.contactsErr = clean.Line(clean.Bounded(m.err.Error(), 2000))
		return nil
	}
	o.contacts, o.contactsErr = m.contacts, ""
	return nil
}

// callList is whom to call, in order: what was read, and what the log has beyond.
func (o *openIncident) callList() []Contact {
	list := append([]Contact(nil), o.contacts...)
	known := map[string]bool{}
	for _, c := range list {
		known[c.ID] = true
	}
	for i := range o.inc.Contacts {
		c := &o.inc.Contacts[i]
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

// contactOf is a contact by its id; one without any way if it is not there.
func (o *openIncident) contactOf(id string) Contact {
	for _, c := range o.callList() {
		if c.ID == id {
			return c
		}
	}
	return Contact{ID: id, Title: id}
}

// contactLine: who, and what came of calling.
func (o *openIncident) contactLine(id string) (left, right string, style widget.Style) {
	t, g, now := o.ui.Theme, o.ui.Theme.Glyphs, o.ui.Now()
	sign, style, right := g.Todo, t.Text, "not called"
	if len(o.inc.Calls) > 0 {
		right = "not known"
	}
	if c := o.inc.Contact(id); c != nil && len(c.Calls) > 0 {
		last := &c.Calls[len(c.Calls)-1]
		right = string(last.Outcome) + " " + clockTime(last.When, now)
		switch back := c.CallBackAt(); {
		case !back.IsZero() && back.Before(now):
			sign, style, right = g.Unsaved, t.Warn, "CALL BACK "+clockTime(back, now)
		case !back.IsZero():
			sign, style, right = g.Waiting, t.Text, "call back "+clockTime(back, now)
		case last.Outcome == state.Reached:
			sign, style = g.Done, t.OK
		default:
			sign, style = g.Failed, t.Warn
		}
	}
	return sign + " " + clean.Line(clean.Bounded(o.contactOf(id).Title, 400)), right, style
}

// contactText: every way to reach it, the ways first, and every call.
func (o *openIncident) contactText(p *page, id string) {
	t, c := p.t, o.contactOf(id)
	p.text(t.Title, c.Title)
	p.labelled("Role", c.Role)
	p.labelled("Hours", c.Hours)
	p.gap()
	o.reachText(p, c)
	if c.Note != "" {
		p.gap()
		p.text(t.Text, c.Note)
	}
	p.gap()
	p.text(t.Heading, "Calls")
	known := o.inc.Contact(id)
	if n := len(o.inc.Calls); n > 0 {
		p.text(t.Warn, plural(n, "call")+" to whose names are withheld; see the timeline.")
	} else if known == nil || len(known.Calls) == 0 {
		p.text(t.Dim, "Nobody has called yet.")
	}
	if known == nil {
		return
	}
	for i := len(known.Calls) - 1; i >= 0; i-- {
		p.hanging(t.Dim, t.Glyphs.Bullet+" ", t.Text, o.callText(&known.Calls[i]))
	}
}

// reachText lists the ways to reach a contact, in order of preference.
func (o *openIncident) reachText(p *page, c Contact) {
	if len(c.Reach) == 0 {
		p.text(p.t.Warn, "No number or address is known.")
	}
	for i, way := range c.Reach {
		mark := ""
		if way.Private {
			mark = "  (yours alone: never in the log)"
		}
		p.hanging(p.t.Dim, fmt.Sprintf("%d ", i+1), p.t.Strong, clean.Bounded(way.Text, 400)+mark)
	}
	if o.contactsErr != "" {
		p.text(p.t.Bad, "Your own contacts cannot be read: "+o.contactsErr)
	}
}

func (o *openIncident) callText(call *state.Call) string {
	now := o.ui.Now()
	text := clockTime(call.When, now) + "  " + person(call.By) + ": " + string(call.Outcome)
	if call.Via != "" {
		text += " (" + call.Via + ")"
	}
	if call.CallBack != nil {
		text += ", call back at " + clockTime(*call.CallBack, now)
	}
	if call.Note != "" {
		text += ": " + call.Note
	}
	return text
}
