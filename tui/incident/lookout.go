package incident

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
)

// A Lookout looks at services from outside: when a person asks, and again and again
// at what was announced as restored.
type Lookout struct {
	*Case
	outbox *Outbox
	looks  response.Lookout
	asks   asking // the last question about private targets

	under context.Context // what the looks are made under; nil while there are none
	end   context.CancelFunc
}

// Looked is the newest look at a service, and what was seen or why nothing could be, fit
// to be drawn.
func (l *Lookout) Looked(service string) (last response.LastLook, said string) {
	last = l.looks.Last(service)
	if last.Err != nil {
		return last, clean.Line(clean.Bounded(last.Err.Error(), maxSeen))
	}
	return last, clean.Line(clean.Bounded(last.Detail, maxSeen))
}

// maxSeen bounds what is shown of a look, in bytes.
const maxSeen = 600

// NoChecks says why no service can be looked at; "" if it can. In a drill the
// world answers as the scenario says.
func (l *Lookout) NoChecks() string {
	if l.World == nil {
		return "There is nothing to check with here."
	}
	return l.Cannot()
}

// NoCheckAll says why there is nothing to look at; "" if there is.
func (l *Lookout) NoCheckAll() string {
	if len(response.Checkable(l.Inc)) == 0 {
		return "The runbook names no check for any service."
	}
	return l.NoChecks()
}

// CheckAll looks at every service that has a check.
func (l *Lookout) CheckAll() tea.Cmd { return l.CheckThese(response.Checkable(l.Inc), true) }

// CheckThese puts services in the queue of what to look at. Of those that are private a
// person is asked first, if one asked for the look; muster by itself leaves them.
func (l *Lookout) CheckThese(ids []string, asked bool) tea.Cmd {
	first := l.looks.Ask(l.Inc, ids, asked, kit.Wall(l.UI))
	if len(first) == 0 {
		return l.begin()
	}
	return tea.Batch(l.begin(), l.UI.Show(newAllow(l, first)))
}

// begin begins the looks whose turn it is.
func (l *Lookout) begin() tea.Cmd {
	var cmds []tea.Cmd
	if l.under == nil {
		l.under, l.end = context.WithCancel(l.Ctx)
	}
	world, ctx, inc := l.World, l.under, l.Inc
	for _, turn := range l.looks.Next() {
		cmds = append(cmds, func() tea.Msg {
			seen, err := response.LookAt(ctx, world, inc, turn.Service)
			return looked{l, turn, seen, err}
		})
	}
	return tea.Batch(cmds...)
}

// EndLooks ends the looks that a person asked for and that have not answered, and reports
// whether there were any. What muster looks at by itself comes again.
func (l *Lookout) EndLooks() bool {
	if !l.looks.End() {
		return false
	}
	l.end()
	l.under = nil
	l.UI.Say("The look was ended: nothing was seen, and nothing is recorded of it.")
	return true
}

// looked is what a check has shown.
type looked struct {
	of   *Lookout
	turn response.Turn
	seen state.RecordCheck
	err  error
}

// Deliver keeps what was seen, and records it if it is to be.
func (m looked) Deliver() tea.Cmd {
	o := m.of
	look := o.looks.Take(m.turn, m.seen, m.err, kit.Wall(o.UI))
	if last, said := o.Looked(look.Service); last.Err != nil && m.turn.Asked {
		o.UI.Say("Nothing could be seen: " + said)
	}
	o.Fresh++
	cmds := []tea.Cmd{o.begin(), o.askPrivate()}
	if action, records := look.Action(o.Inc, m.turn.Asked); records && (o.Cannot() == "" && m.turn.Asked || o.Rests() == "") {
		cmds = append(cmds, o.outbox.Do(&Saving{Action: action, ByItself: !m.turn.Asked}))
	}
	return tea.Batch(cmds...)
}

// watchServices looks again at what was announced as restored.
func (l *Lookout) watchServices(now time.Time) tea.Cmd {
	if l.keepsBack() || l.NoChecks() != "" {
		return nil
	}
	if ids := l.looks.Due(l.Inc, now); len(ids) > 0 {
		return l.CheckThese(ids, false)
	}
	return nil
}

// TargetOf is what a service's check reaches for, fit to be drawn; "" if it has none.
func (l *Lookout) TargetOf(sv *state.Service) string {
	return clean.Line(clean.Bounded(state.TargetOf(sv.Def.Check).Address, maxTarget))
}

// maxTarget bounds what is shown of a target, in bytes. No name of the internet's is longer.
const maxTarget = 280

// Unallowed is the private target for which a person has to be asked before a service is
// looked at; "" if there is none.
func (l *Lookout) Unallowed(service string) string { return l.looks.Unallowed(l.Inc, service) }

// askPrivate asks, when the last look is done, about what turned out to be private.
func (l *Lookout) askPrivate() tea.Cmd {
	list := l.looks.Led()
	if len(list) == 0 {
		return nil
	}
	for d := range l.UI.Dialogs {
		if d == l.asks.dialog { // one question, and not one over the other
			list = append(slices.Clone(l.asks.list), list...)
			l.UI.Hide(d)
			break
		}
	}
	return l.UI.Raise(newAllow(l, list))
}

// An asking is a question about private targets.
type asking struct {
	dialog kit.Dialog
	list   []response.Private
}

// newAllow asks whether to look at private targets, so many at a time as can be seen.
func newAllow(l *Lookout, list []response.Private) kit.Dialog {
	shown, rest := seenAtOnce(list)
	var lines strings.Builder
	for _, private := range shown {
		fmt.Fprintf(&lines, "\n  %s  (%s)", clean.Line(clean.Bounded(private.String(), maxTarget)), clean.Bounded(l.ServiceTitle(private.Service), 60))
	}
	more := ""
	if len(rest) > 0 {
		more = fmt.Sprintf(" %d more come after these.", len(rest))
	}
	question := &kit.Confirm{
		UI: l.UI, Title: "PRIVATE ADDRESSES", Yes: "look at them",
		About: "The runbook or organisation names targets that are not public. Nothing was asked of them yet. If muster looks, they see this machine, and what they show is recorded. The yes is recorded too, and holds for this incident." + more + "\n" + lines.String(),
		Do: func() tea.Cmd {
			return l.outbox.Do(&Saving{Action: state.Action{Command: response.Allow(shown)}, Then: func() tea.Cmd {
				cmd := l.CheckThese(servicesOf(shown), true)
				if len(rest) > 0 {
					return tea.Batch(cmd, l.UI.Raise(newAllow(l, rest)))
				}
				return cmd
			}})
		},
	}
	l.asks = asking{question, list}
	return question
}

// seenAtOnce splits a list into what a dialog on a small screen shows whole, and the rest.
func seenAtOnce(list []response.Private) (shown, rest []response.Private) {
	const lines, columns = 7, 50
	used := 0
	for i, private := range list {
		used += 1 + len(private.String())/columns
		if used > lines && i > 0 {
			return list[:i], list[i:]
		}
	}
	return list, nil
}

func servicesOf(list []response.Private) []string {
	ids := make([]string, len(list))
	for i, private := range list {
		ids[i] = private.Service
	}
	return ids
}
