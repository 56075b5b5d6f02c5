package notices

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/incident"
	"muster/tui/kit"
)

// send asks how the last text goes out.
func (s *Screen) send() tea.Cmd {
	n := s.notice()
	how := func() tea.Cmd { return s.sendHow(n, n.Last().Number) }
	if open := n.MayHaveLeft(); len(open) > 0 {
		again := kit.Finding{Kind: "again", Text: "send it all the same, and say why", Do: how}
		return s.UI.Show(incident.NewLeft(s.Outbox, open[0], again))
	}
	return how()
}

// sayBlanks says which blanks a text has; "" if it has none.
func sayBlanks(text string) string {
	list := state.Blanks(text)
	if len(list) == 0 {
		return ""
	}
	return "The text has blanks: " + clean.Line(strings.Join(list, ", ")) + "."
}

// sayFills says how the blanks of a text are filled, and which key answers what is asked at
// the start. n is nil for a notice that is new.
func (s *Screen) sayFills(n *state.Notice, text string) string {
	if n == nil {
		n = &state.Notice{}
	}
	hint, acts := n.Fills(s.Inc, state.Blanks(text))
	if slices.ContainsFunc(acts, func(act state.Act) bool { return act.Deed == state.DeedInput }) {
		hint += " " + s.UI.KeyOf("inputs") + " answers what is asked at the start."
	}
	return clean.Line(hint)
}

// sendHow asks how a text goes out.
func (s *Screen) sendHow(n *state.Notice, version int) tea.Cmd {
	found := []kit.Finding{{Kind: response.ByHand, Text: "copy the text, say it yourself, then record that", Do: func() tea.Cmd { return s.sendByHand(n.ID, version) }}}
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

// gate asks whether a notice may go out, before it does: what claims more than is
// known is stopped here. pass is what happens if it may, or if the person overrides
// the refusal.
func (s *Screen) gate(prepare func(override string) (state.Action, error), pass func(state.Action) tea.Cmd) tea.Cmd {
	action, err := prepare("")
	var refusal *state.Refusal
	switch {
	case err == nil:
		return pass(action)
	case !errors.As(err, &refusal):
		return s.UI.Tell("Not sent", err.Error())
	}
	return s.UI.Raise(incident.NewRefusal(s.Outbox, "Not sent", &incident.Saving{Via: func(again *incident.Saving) tea.Cmd {
		action, err := prepare(again.Action.Override)
		if err != nil {
			return s.UI.Tell("Not sent", err.Error())
		}
		return pass(action)
	}}, refusal))
}

// actor is this person, about to act.
func (s *Screen) actor() response.Who {
	return response.Who{Person: s.UI.Person, Now: s.UI.Now()}
}

// sendByHand copies the text, and records that it was said when the person says so.
func (s *Screen) sendByHand(notice string, version int) tea.Cmd {
	n := s.Inc.Notice(notice)
	if n == nil || n.Last() == nil {
		return nil
	}
	prepare := func(override string) (state.Action, error) {
		return response.PrepareByHand(s.Inc, state.SendNotice{Notice: notice, Version: version}, state.Action{Override: override}, s.actor())
	}
	return s.gate(prepare, func(action state.Action) tea.Cmd {
		ask := s.Ask(s.sentByHand(n, version, action.Override))
		return tea.Batch(ask, s.copyNotice(n.Last().Text)) // the text lies over the form, to be read out
	})
}

// sentByHand asks for what has to be known of a notice that a person said.
func (s *Screen) sentByHand(n *state.Notice, version int, override string) incident.TypedAction {
	about := "The text was sent to the terminal's clipboard. Say it, paste it or read it out; then fill this in. Until then it is not recorded as sent."
	switch {
	case s.UI.ByLine: // nothing takes it there: it was read out above
		about = "Say the text above, or read it out; then fill this in. Until then it is not recorded as sent."
	case !copyable(n.Last().Text):
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
			return state.SendNotice{Notice: n.ID, Version: version, Channel: v["channel"], To: v["to"], How: response.ByHand}
		},
	}
}

// sendBy sends a notice through a channel, after asking: it cannot be called back.
func (s *Screen) sendBy(notice string, version int, channel state.Channel) tea.Cmd {
	n, world := s.Inc.Notice(notice), s.World
	prepare := func(override string) (state.Action, error) {
		return response.PrepareSend(s.Inc, world, state.SendNotice{Notice: notice, Version: version, Channel: channel.Name}, override, s.actor())
	}
	return s.gate(prepare, func(action state.Action) tea.Cmd {
		if s.IsDrill() { // nothing leaves; the entry says that it would have
			return s.leaves(action)
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

// left is a notice that has left, or that could not.
type left struct {
	of   *incident.Open
	what *response.Left
	send state.SendNotice
	over func() // it is on its way no more
}

// leaves hands a notice to its channel, once the log says that it is about to leave. The
// screen does not wait. In a drill nothing leaves, and nothing is said of it before.
func (s *Screen) leaves(action state.Action) tea.Cmd {
	if s.IsDrill() {
		return s.handOver(action, s.Inc)
	}
	send, session := action.Command.(state.SendNotice), s.Session
	begun, inc := action, s.Inc
	return s.Do(&incident.Saving{
		Action: state.Action{Command: state.LeaveNotice{Notice: send.Notice, Version: send.Version, Channel: send.Channel}},
		Do: func(ctx context.Context, _ state.Action) (_ *state.Incident, err error) {
			begun, inc, err = response.Begin(ctx, session, action)
			return inc, err
		},
		Via: func(again *incident.Saving) tea.Cmd {
			action.Override = again.Action.Override
			return s.leaves(action)
		},
		Then: func() tea.Cmd { return s.handOver(begun, inc) },
	})
}

// handOver hands a notice to its channel.
func (s *Screen) handOver(action state.Action, inc *state.Incident) tea.Cmd {
	send := action.Command.(state.SendNotice)
	s.UI.Say("Sending by " + clean.Line(send.Channel) + s.UI.Theme.Glyphs.Saving + " " + kit.Esc(s.UI) + " waits no longer")
	world := s.World
	ctx, over := s.Sends(send.Channel)
	return func() tea.Msg {
		return left{s.Open, response.Leave(ctx, world, inc, action), send, over}
	}
}

// Deliver records that the notice is out, or why it is not.
func (m left) Deliver() tea.Cmd {
	o, what := m.of, m.what
	m.over()
	o.UI.Say("")
	session := o.Session
	saved := o.Do(&incident.Saving{
		Action: what.Action,
		Do:     func(ctx context.Context, _ state.Action) (*state.Incident, error) { return what.Record(ctx, session) },
		Then:   m.after,
	})
	if what.Failed == nil {
		return saved
	}
	title := m.send.Notice
	if n := o.Inc.Notice(m.send.Notice); n != nil {
		title = n.Def.Title
	}
	head, is, next := "NOT SENT", "was NOT sent by", "It can be sent again, by another channel, or by hand."
	if what.MayHaveArrived() {
		head, is, next = "MAY HAVE LEFT", "may have left by", "Look whether it arrived, and say so here."
	}
	text := fmt.Sprintf("%s, version %d, %s %s.\n\n%s\n\nIt is in the log. %s", title, m.send.Version, is, m.send.Channel, what.Why(), next)
	return tea.Batch(o.UI.Raise(kit.NewMessage(o.UI, head, text)), saved)
}

// after says what the log says otherwise than was meant, once it does.
func (m left) after() tea.Cmd {
	switch what := m.what; {
	case what.Noted != nil && what.Failed == nil:
		text := fmt.Sprintf("The notice was SENT by %s, but that could not be recorded, and a note says it: %v", m.send.Channel, what.Noted)
		return m.of.UI.Raise(kit.NewMessage(m.of.UI, "SENT", text))
	case what.Changed != nil:
		m.of.UI.Say("It was SENT. While it was on its way something changed: " + clean.Line(what.Changed.Text))
	}
	return nil
}
