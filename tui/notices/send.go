package notices

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
)

// byHand is how a notice goes out that a person says somewhere.
const byHand = "by hand"

// send asks how the last text goes out.
func (s *Screen) send() tea.Cmd {
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
func (s *Screen) sendHow(n *state.Notice, version int) tea.Cmd {
	found := []kit.Finding{{Kind: byHand, Text: "copy the text, say it yourself, then record that", Do: func() tea.Cmd { return s.sendByHand(n.ID, version) }}}
	if s.World != nil {
		for _, c := range s.World.Channels() {
			one := kit.Finding{Kind: "channel", Text: clean.Line(c.Name), Hint: clean.Line(c.Kind), Do: func() tea.Cmd { return s.sendBy(n.ID, version, c) }}
			if c.Name == n.Def.Channel { // the runbook's own stands first
				found = append([]kit.Finding{one}, found...)
				continue
			}
			found = append(found, one)
		}
	}
	return s.UI.Show(kit.NewFinder(s.UI, fmt.Sprintf("Send %s, version %d", n.Def.Title, version), found))
}

// gate asks the core whether the notice may go out, before it does: what claims
// more than is known is stopped here. pass is what happens if it may, or if the
// person overrides the refusal.
func (s *Screen) gate(c state.SendNotice, pass func(override string) tea.Cmd) tea.Cmd {
	_, err := state.Decide(s.Inc, state.Action{Command: c}, s.Stamp())
	refusal, refused := err.(*state.Refusal)
	if !refused {
		return pass("")
	}
	again := &incident.Saving{Action: state.Action{Command: c}, Via: func(s *incident.Saving) tea.Cmd { return pass(s.Action.Override) }}
	d := incident.NewRefusal(s.Outbox, again, refusal)
	d.Title = "Not sent"
	return s.UI.Show(d)
}

// sendByHand copies the text, and records that it was said when the person says so.
func (s *Screen) sendByHand(notice string, version int) tea.Cmd {
	n := s.Inc.Notice(notice)
	if n == nil || n.Last() == nil {
		return nil
	}
	channel := n.Def.Channel
	if channel == "" {
		channel = byHand
	}
	return s.gate(state.SendNotice{Notice: notice, Version: version, Channel: channel, How: byHand}, func(override string) tea.Cmd {
		return tea.Batch(s.copyNotice(n.Last().Text), s.Ask(s.sentByHand(n, version, override)))
	})
}

// sentByHand asks for what has to be known of a notice that a person said.
func (s *Screen) sentByHand(n *state.Notice, version int, override string) incident.TypedAction {
	about := "The text is copied. Say it, paste it or read it out; then fill this in. Until then it is not recorded as sent."
	if !copyable(n.Last().Text) {
		about = "The text holds control characters and is NOT copied: read it out, or edit it first. Until you fill this in it is not recorded as sent."
	}
	return incident.TypedAction{
		Title:    fmt.Sprintf("I sent it: %s, version %d", n.Def.Title, version),
		About:    about,
		Verb:     "I sent it",
		Override: override,
		Values:   map[string]string{"channel": n.Def.Channel, "to": n.Def.Audience},
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "channel", Label: "By which channel", Required: true, Hint: "website, telephone, e-mail"},
				{ID: "to", Label: "To whom", Hint: "everybody who was told"},
			}
		},
		Command: func(v map[string]string) state.Command {
			return state.SendNotice{Notice: n.ID, Version: version, Channel: v["channel"], To: v["to"], How: byHand}
		},
	}
}

// sendBy sends a notice through a channel, after asking: it cannot be called back.
func (s *Screen) sendBy(notice string, version int, channel incident.Channel) tea.Cmd {
	n := s.Inc.Notice(notice)
	command := state.SendNotice{Notice: notice, Version: version, Channel: channel.Name, How: channel.Kind}
	return s.gate(command, func(override string) tea.Cmd {
		action := state.Action{Command: command, Override: override}
		if s.IsDrill() { // nothing leaves; the entry says that it would have
			return s.Do(&incident.Saving{Action: action})
		}
		about := fmt.Sprintf("%s, version %d, goes to %s by %s now. It cannot be called back.", n.Def.Title, version, toWhom(n), channel.Name)
		return s.UI.Show(&kit.Confirm{UI: s.UI, Title: "Send", About: about, Yes: "send it", Do: func() tea.Cmd { return s.leaves(action) }})
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
	of      *incident.Open
	action  state.Action
	receipt incident.Receipt
	err     error
}

// leaves hands a notice to its channel. The screen does not wait.
func (s *Screen) leaves(action state.Action) tea.Cmd {
	s.Sending++
	c := action.Command.(state.SendNotice)
	s.UI.Say("Sending by " + clean.Line(c.Channel) + s.UI.Theme.Glyphs.Saving)
	world, ctx, inc := s.World, s.Ctx, s.Inc
	return func() tea.Msg {
		receipt, err := world.Send(ctx, inc, c.Notice, c.Version, c.Channel)
		return left{s.Open, action, receipt, err}
	}
}

// deliver records that the notice is out, or why it is not.
func (m left) Deliver() tea.Cmd {
	o, c := m.of, m.action.Command.(state.SendNotice)
	o.Sending--
	o.UI.Say("")
	title := c.Notice
	if n := o.Inc.Notice(c.Notice); n != nil {
		title = n.Def.Title
	}
	if m.err != nil {
		why := clean.Bounded(m.err.Error(), 2000)
		text := fmt.Sprintf("%s, version %d, was NOT sent by %s.\n\n%s\n\nIt is in the log. It can be sent again, by another channel, or by hand.", title, c.Version, c.Channel, why)
		return tea.Batch(o.UI.Show(kit.NewMessage(o.UI, "NOT SENT", text, o.UI.Now())),
			o.Record(state.FailNotice{Notice: c.Notice, Version: c.Version, Channel: c.Channel, Why: why}))
	}
	if m.receipt.How != "" {
		c.How = m.receipt.How
	}
	c.To = clean.Bounded(m.receipt.To, 300)
	m.action.Command = c
	return o.Do(&incident.Saving{Action: m.action, Left: true})
}
