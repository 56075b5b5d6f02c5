package tui

import (
	"fmt"
	"strings"

	"muster/state"
	"muster/state/when"
	"muster/tui/widget"
)

// noticeSign is a status's glyph and look.
func (o *openIncident) noticeSign(status state.NoticeStatus) (string, widget.Style) {
	t, g := o.ui.Theme, o.ui.Theme.Glyphs
	switch status {
	case state.Draft:
		return g.Active, t.Text
	case state.Approved:
		return g.Confirm, t.Accent
	case state.Sent:
		return g.Done, t.OK
	case state.Stale:
		return g.Failed, t.Error
	}
	return g.Todo, t.Text
}

// noticeLook is a notice's glyph and look: of one that was sent and may be untrue by
// what is withheld, none that says that it holds.
func (o *openIncident) noticeLook(n *state.Notice) (string, widget.Style) {
	if o.untoldText(n) != "" {
		return "?", o.ui.Theme.Warn
	}
	return o.noticeSign(o.inc.NoticeStatus(n))
}

// untoldText says what it is not known for whether a notice is true; "" if that is
// known.
func (o *openIncident) untoldText(n *state.Notice) string {
	lacks := o.inc.Untold(n)
	if len(lacks) == 0 || o.inc.NoticeStatus(n) == state.Stale {
		return ""
	}
	return "Whether it is true is not known: it rests on " + strings.Join(lacks, " and ") + " that are withheld from this copy of the log."
}

// noticeState is where a notice stands, in a few words.
func (o *openIncident) noticeState(n *state.Notice) string {
	switch status := o.inc.NoticeStatus(n); status {
	case state.Stale:
		return "STALE"
	case state.Sent:
		if at := o.inc.NextUpdate(n); !at.IsZero() {
			return o.updateDue(n)
		}
		_, sent := n.LastSent()
		return "sent " + clockTime(sent.When, o.ui.Now())
	case state.Draft, state.Approved:
		return fmt.Sprintf("%s v%d", status, n.Last().Number)
	default:
		return string(status)
	}
}

// updateDue says when the next update of a notice is due.
func (o *openIncident) updateDue(n *state.Notice) string {
	at, now := o.inc.NextUpdate(n), o.ui.Now()
	if at.Before(now) {
		return "UPDATE DUE " + clockTime(at, now)
	}
	return "update " + when.Ago(at, now)
}

// staleReasons says why what was last sent is not true any more.
func (o *openIncident) staleReasons(n *state.Notice) []string {
	why := o.inc.Stale(n)
	for i := range why {
		why[i] = strings.ReplaceAll(why[i], `is ""`, "has no answer now")
	}
	return why
}
