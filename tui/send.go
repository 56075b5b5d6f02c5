package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
)

// byHand is how a notice goes out that a person says somewhere.
const byHand = "by hand"

// send asks how the last text goes out.
func (s *noticesScreen) send() tea.Cmd {
	n := s.notice()
	return s.sendHow(n, n.Last().Number)
}

// sayBlanks says which blanks a text has; "" if it has none.
func sayBlanks(text string) string {
	list := state.Blanks(text)
	if len(list) == 0 {
		return ""
	}
	return "The text has blanks: " + clean.Line(strings.Join(list, ", ")) + "."
}

// sendHow asks how a text goes out.
func (s *noticesScreen) sendHow(n *state.Notice, version int) tea.Cmd {
	found := []Finding{{Kind: byHand, Text: "copy the text, say it yourself, then record that", Do: func() tea.Cmd { return s.sendByHand(n.ID, version) }}}
	if s.world != nil {
		for _, c := range s.world.Channels() {
			one := Finding{Kind: "channel", Text: clean.Line(c.Name), Hint: clean.Line(c.Kind), Do: func() tea.Cmd { return s.sendBy(n.ID, version, c) }}
			if c.Name == n.Def.Channel { // the runbook's own stands first
				found = append([]Finding{one}, found...)
				continue
			}
			found = append(found, one)
		}
	}
	return s.ui.Show(NewFinder(s.ui, fmt.Sprintf("Send %s, version %d", n.Def.Title, version), found))
}

// gate asks the core whether the notice may go out, before it does: what claims
// more than is known is stopped here. pass is what happens if it may, or if the
// person overrides the refusal.
func (s *noticesScreen) gate(c state.SendNotice, pass func(override string) tea.Cmd) tea.Cmd {
	_, err := state.Decide(s.inc, state.Action{Command: c}, s.stamp())
	refusal, refused := err.(*state.Refusal)
	if !refused {
		return pass("")
	}
	again := &saving{action: state.Action{Command: c}, via: func(s *saving) tea.Cmd { return pass(s.action.Override) }}
	d := newRefusal(s.openIncident, again, refusal)
	d.title = "Not sent"
	return s.ui.Show(d)
}

// sendByHand copies the text, and records that it was said when the person says so.
func (s *noticesScreen) sendByHand(notice string, version int) tea.Cmd {
	n := s.inc.Notice(notice)
	if n == nil || n.Last() == nil {
		return nil
	}
	channel := n.Def.Channel
	if channel == "" {
		channel = byHand
	}
	return s.gate(state.SendNotice{Notice: notice, Version: version, Channel: channel, How: byHand}, func(override string) tea.Cmd {
		return tea.Batch(s.copyNotice(n.Last().Text), s.ask(s.sentByHand(n, version, override)))
	})
}

// sentByHand asks for what has to be known of a notice that a person said.
func (s *noticesScreen) sentByHand(n *state.Notice, version int, override string) typedAction {
	about := "The text is copied. Say it, paste it or read it out; then fill this in. Until then it is not recorded as sent."
	if !copyable(n.Last().Text) {
		about = "The text holds control characters and is NOT copied: read it out, or edit it first. Until you fill this in it is not recorded as sent."
	}
	return typedAction{
		title:    fmt.Sprintf("I sent it: %s, version %d", n.Def.Title, version),
		about:    about,
		verb:     "I sent it",
		override: override,
		values:   map[string]string{"channel": n.Def.Channel, "to": n.Def.Audience},
		fields: func() []*field {
			return []*field{
				{id: "channel", label: "By which channel", required: true, hint: "website, telephone, e-mail"},
				{id: "to", label: "To whom", hint: "everybody who was told"},
			}
		},
		command: func(v map[string]string) state.Command {
			return state.SendNotice{Notice: n.ID, Version: version, Channel: v["channel"], To: v["to"], How: byHand}
		},
	}
}

// sendBy sends a notice through a channel, after asking: it cannot be called back.
func (s *noticesScreen) sendBy(notice string, version int, channel Channel) tea.Cmd {
	n := s.inc.Notice(notice)
	command := state.SendNotice{Notice: notice, Version: version, Channel: channel.Name, How: channel.Kind}
	return s.gate(command, func(override string) tea.Cmd {
		action := state.Action{Command: command, Override: override}
		if s.IsDrill() { // nothing leaves; the entry says that it would have
			return s.do(&saving{action: action})
		}
		about := fmt.Sprintf("%s, version %d, goes to %s by %s now. It cannot be called back.", n.Def.Title, version, toWhom(n), channel.Name)
		return s.ui.Show(&Confirm{UI: s.ui, Title: "Send", About: about, Yes: "send it", Do: func() tea.Cmd { return s.leaves(action) }})
	})
}

func toWhom(n *state.Notice) string {
	if n.Def.Audience == "" {
		return "its recipients"
	}
	return n.Def.Audience
}

// A left is a notice that went out, or that could not.
type left struct {
	of      *openIncident
	action  state.Action
	receipt Receipt
	err     error
}

// leaves hands a notice to its channel. The screen does not wait.
func (s *noticesScreen) leaves(action state.Action) tea.Cmd {
	s.sending++
	c := action.Command.(state.SendNotice)
	s.ui.Say("Sending by " + clean.Line(c.Channel) + s.ui.Theme.Glyphs.Saving)
	world, ctx, inc := s.world, s.ctx, s.inc
	return func() tea.Msg {
		receipt, err := world.Send(ctx, inc, c.Notice, c.Version, c.Channel)
		return left{s.openIncident, action, receipt, err}
	}
}

// deliver records that the notice is out, or why it is not.
func (m left) Deliver() tea.Cmd {
	o, c := m.of, m.action.Command.(state.SendNotice)
	o.sending--
	o.ui.Say("")
	title := c.Notice
	if n := o.inc.Notice(c.Notice); n != nil {
		title = n.Def.Title
	}
	if m.err != nil {
		why := clean.Bounded(m.err.Error(), 2000)
		text := fmt.Sprintf("%s, version %d, was NOT sent by %s.\n\n%s\n\nIt is in the log. It can be sent again, by another channel, or by hand.", title, c.Version, c.Channel, why)
		return tea.Batch(o.ui.Show(NewMessage(o.ui, "NOT SENT", text, o.ui.Now())),
			o.record(state.FailNotice{Notice: c.Notice, Version: c.Version, Channel: c.Channel, Why: why}))
	}
	if m.receipt.How != "" {
		c.How = m.receipt.How
	}
	c.To = clean.Bounded(m.receipt.To, 300)
	m.action.Command = c
	return o.do(&saving{action: m.action, left: true})
}
