package incident

import (
	"fmt"
	"strings"
	"time"

	"muster/state"
	"muster/state/when"
	"muster/tui/kit"
	"muster/tui/widget"
)

// noticeSign is a status's glyph and look.
func (c *Case) noticeSign(status state.NoticeStatus) (string, widget.Style) {
	t, g := c.UI.Theme, c.UI.Theme.Glyphs
	switch status {
	case state.Draft:
		return g.Active, t.Text
	case state.Approved:
		return g.Confirm, t.Accent
	case state.Sent:
		return g.Done, t.OK
	case state.Stale:
		return g.Failed, t.Error
	case state.Unsure, state.MayBeOut:
		return "?", t.Error
	}
	return g.Todo, t.Text
}

// NoticeLook is a notice's glyph and look: of one that was sent and may be untrue by
// what is withheld, none that says that it holds.
func (c *Case) NoticeLook(n *state.Notice) (string, widget.Style) {
	if c.UntoldText(n) != "" {
		return "?", c.UI.Theme.Warn
	}
	status := n.Status(c.Inc)
	switch came := n.CameOf(c.Inc); {
	case status == state.Stale, status == state.Unsure:
	case came.Then == state.NeverTrue:
		return c.UI.Theme.Glyphs.Failed, c.UI.Theme.Warn
	case came.Then == state.NeverKnown:
		return "?", c.UI.Theme.Warn
	case came.Early != state.Early{} && status == state.Sent:
		return "?", c.UI.Theme.Warn
	case came.Corrected:
		return c.UI.Theme.Glyphs.Done, c.UI.Theme.Warn
	}
	return c.noticeSign(status)
}

// UntoldText says what it is not known for whether a notice is true; "" if that is
// known.
func (c *Case) UntoldText(n *state.Notice) string {
	lacks := n.Untold(c.Inc)
	if len(lacks) == 0 || n.Status(c.Inc) == state.Stale {
		return ""
	}
	return "Whether it is true is not known: it rests on " + strings.Join(lacks, " and ") + " that are withheld from this copy of the log."
}

// NoticeState is where a notice stands, in a few words.
func (c *Case) NoticeState(n *state.Notice) string {
	switch status := n.Status(c.Inc); status {
	case state.Stale:
		return "STALE"
	case state.Unsure:
		return "NOT KNOWN TO BE TRUE"
	case state.MayBeOut:
		return "MAY HAVE LEFT"
	case state.Sent:
		if owed, ok := n.Owed(c.Inc, c.UI.Now()); ok {
			return c.updateOwed(owed)
		}
		if came := n.CameOf(c.Inc).String(); came != "" {
			return came
		}
		_, sent := n.LastSent()
		if sent.Simulated {
			return "as if sent " + kit.ClockTime(sent.When, c.UI.Now())
		}
		return "sent " + kit.ClockTime(sent.When, c.UI.Now())
	case state.Draft, state.Approved:
		return fmt.Sprintf("%s v%d", status, n.Last().Number)
	default:
		return string(status)
	}
}

// updateOwed says where the next update stands that a notice promised: when it is due, or, of
// a closed incident, that it was not given.
func (c *Case) updateOwed(owed state.PromiseStanding) string {
	now := c.UI.Now()
	switch owed.Status {
	case state.PromiseOverdue:
		return "UPDATE DUE " + kit.ClockTime(owed.Due, now)
	case state.PromiseNever:
		return "update of " + kit.ClockTime(owed.Due, now) + " NEVER given"
	case state.PromiseDropped:
		return "update of " + kit.ClockTime(owed.Due, now) + " not given"
	}
	return "update " + when.Ago(owed.Due, now)
}

// PromiseSays says what became of a promised update.
func (c *Case) PromiseSays(p *state.Promise) string {
	now := c.UI.Now()
	standing := p.Standing(c.Inc, now)
	if standing.Status == state.PromiseDue {
		return kit.ClockTime(p.Due, now) + ", " + when.Ago(p.Due, now)
	}
	return standing.Says(func(t time.Time) string { return kit.ClockTime(t, now) })
}

// ServiceLook is how a service in that state looks: good, not sure, or down.
func (c *Case) ServiceLook(st state.ServiceState) widget.Style {
	t := c.UI.Theme
	switch {
	case st.Standing() == state.Back:
		return t.OK
	case st == state.Restored || st == state.Restoring || st == state.Suspect:
		return t.Warn
	case st.Down():
		return t.Bad
	}
	return t.Text
}
