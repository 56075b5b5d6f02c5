package incident

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
)

// stillLeaving is how long a notice that somebody else has begun to send is left alone:
// no sending takes longer.
const stillLeaving = 45 * time.Second

// askLeft asks what came of the notices that may have left, each once: of those that had
// begun before the incident was opened here at once, of others when no sending can
// still be under way.
func (o *Open) askLeft(now time.Time) tea.Cmd {
	if o.Rests() != "" || len(o.sends) > 0 {
		return nil
	}
	var cmds []tea.Cmd
	for i := range o.Inc.Notices {
		for _, l := range o.Inc.Notices[i].MayHaveLeft() {
			if o.asked[l.Seq] || l.Seq > o.begun && now.Sub(l.When) < stillLeaving {
				continue
			}
			o.asked[l.Seq] = true
			cmds = append(cmds, o.UI.Raise(NewLeft(o.Outbox, l)))
		}
	}
	return tea.Batch(cmds...)
}

// LeftText says of a notice that it may have left, when and by which way.
func LeftText(c *Case, l state.Leaving) string {
	return clean.Line(fmt.Sprintf("Version %d may have left at %s by %s (%s): did it? Nobody has said.", l.Version, kit.ClockTime(l.When, c.UI.Now()), l.Channel, kit.Person(l.By)))
}

// NewLeft makes the dialog that asks what came of a notice that may have left; more is
// what else can be done about it.
func NewLeft(x *Outbox, l state.Leaving, more ...kit.Finding) kit.Dialog {
	title := l.Notice
	if n := x.Inc.Notice(l.Notice); n != nil {
		title = n.Title()
	}
	at := kit.ClockTime(l.When, x.UI.Now())
	question := fmt.Sprintf("%s may have left at %s by %s: did it?", clean.Line(clean.Bounded(title, 60)), at, clean.Line(l.Channel))
	return kit.NewFinder(x.UI, question, append([]kit.Finding{
		{Kind: "look", Text: "I do not know yet: ask me later"},
		{Kind: "yes", Text: "it arrived: record it as sent at " + at, Do: func() tea.Cmd { return x.arrived(l) }},
		{Kind: "no", Text: "it did not: record that, and how I know", Do: func() tea.Cmd { return x.notArrived(l, title) }},
	}, more...))
}

// arrived records that a notice was sent when it may have left.
func (x *Outbox) arrived(l state.Leaving) tea.Cmd {
	left, session := response.Settle(l, true, "", x.UI.Now()), x.Session
	return x.Do(&Saving{Action: left.Action, Do: func(ctx context.Context, _ state.Action) (*state.Incident, error) { return left.Record(ctx, session) }})
}

// notArrived asks how the person knows that it did not leave, and records it.
func (x *Outbox) notArrived(l state.Leaving, title string) tea.Cmd {
	return x.Ask(TypedAction{
		Title: fmt.Sprintf("It did not arrive: %s, version %d, by %s", title, l.Version, l.Channel), Verb: "record",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "why", Label: "How do you know?", Required: true, Hint: "who looked, where"}}
		},
		Command: func(v map[string]string) state.Command {
			return response.Settle(l, false, v["why"], x.UI.Now()).Action.Command
		},
	})
}
