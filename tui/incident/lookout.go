package incident

import (
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

// A Look is the newest check of a service, recorded or not.
type Look struct {
	When    time.Time
	OK      bool
	Detail  string
	Err     string // why nothing could be seen
	Private string // the private target to which the look led, so that nothing was asked; "" if it led to none
	Pending bool   // under way, or waiting for its turn
	Began   time.Time
}

// A lookup is a check that waits for its turn.
type lookup struct {
	service string
	asked   bool // by the person; what muster looks at by itself is recorded only if it is news
}

// A Lookout looks at services from outside: when a person asks, and again and again
// at what was announced as restored.
type Lookout struct {
	*Case
	outbox       *Outbox
	looks        map[string]Look    // the newest at each service
	private      []response.Private // what looks that a person asked for have led to, and nobody has allowed
	asks         asking             // the last question about private targets
	lookups      []lookup           // services that wait to be looked at
	checking     int                // looks under way
	announcedIDs []string           // services to look at again, as of announcedSeq
	announcedSeq uint64
}

// Looked is the newest look at a service; the zero Look if there was none.
func (l *Lookout) Looked(service string) Look { return l.looks[service] }

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
	if unallowed := response.Unallowed(l.Inc, ids); asked && len(unallowed) > 0 {
		return tea.Batch(l.queueUp(ids, asked), l.UI.Show(newAllow(l, unallowed)))
	}
	return l.queueUp(ids, asked)
}

// queueUp puts services in the queue, but for those that may not be looked at.
func (l *Lookout) queueUp(ids []string, asked bool) tea.Cmd {
	for _, id := range ids {
		look := l.looks[id]
		if look.Pending || !l.mayLook(id, asked) {
			continue
		}
		look.Pending, look.Began = true, l.UI.Now()
		l.looks[id] = look
		l.lookups = append(l.lookups, lookup{id, asked})
	}
	return l.startChecks()
}

// startChecks begins what there is room for.
func (l *Lookout) startChecks() tea.Cmd {
	var cmds []tea.Cmd
	world, ctx, inc := l.World, l.Ctx, l.Inc
	for l.checking < response.LooksAtOnce && len(l.lookups) > 0 {
		next := l.lookups[0]
		l.lookups = l.lookups[1:]
		l.checking++
		cmds = append(cmds, func() tea.Msg {
			seen, err := world.Check(ctx, inc, next.service)
			return looked{l, next, seen, err}
		})
	}
	return tea.Batch(cmds...)
}

// looked is what a check has shown.
type looked struct {
	of   *Lookout
	what lookup
	seen state.RecordCheck
	err  error
}

// Deliver keeps what was seen. It becomes an entry if a person asked for it, or if
// it is not what was seen before.
func (m looked) Deliver() tea.Cmd {
	o := m.of
	o.checking--
	l := Look{When: o.UI.Now(), OK: m.seen.OK, Detail: clean.Line(clean.Passage(m.seen.Detail))}
	l.Began = l.When
	found := response.Look{Service: m.what.service, Seen: m.seen, Err: m.err}
	if private, leads := found.Unallowed(); leads {
		l.Private = private.Target
		if m.what.asked {
			o.private = append(o.private, private)
		}
	} else if m.err != nil {
		l.Err = clean.Line(clean.Passage(m.err.Error()))
		if m.what.asked {
			o.UI.Say("Nothing could be seen: " + l.Err)
		}
	}
	o.looks[m.what.service] = l
	o.Fresh++
	cmds := []tea.Cmd{o.startChecks(), o.askPrivate()}
	if action, records := found.Action(o.Inc, m.what.asked); records && o.Cannot() == "" {
		cmds = append(cmds, o.outbox.Do(&Saving{Action: action, ByItself: !m.what.asked}))
	}
	return tea.Batch(cmds...)
}

// watchServices looks again at what was announced as restored.
func (l *Lookout) watchServices(now time.Time) tea.Cmd {
	if l.Stuck != nil || l.NoChecks() != "" {
		return nil
	}
	var ids []string
	for _, id := range l.announced() {
		if look := l.looks[id]; !look.Pending && now.Sub(look.Began) >= response.LookAgain {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return l.CheckThese(ids, false)
}

// announced lists the services that have a check and were said to be restored.
func (l *Lookout) announced() []string {
	if l.announcedSeq == l.Inc.Head.Seq {
		return l.announcedIDs
	}
	l.announcedIDs, l.announcedSeq = response.Announced(l.Inc), l.Inc.Head.Seq
	return l.announcedIDs
}

// TargetOf is what a service's check reaches for, fit to be drawn; "" if it has none.
func (l *Lookout) TargetOf(sv *state.Service) string {
	return clean.Line(clean.Bounded(state.TargetOf(sv.Def.Check).Address, maxTarget))
}

// maxTarget bounds what is shown of a target, in bytes. No name of the internet's is longer.
const maxTarget = 280

// Unallowed is the private target for which a person has to be asked before a service is
// looked at; "" if there is none.
func (l *Lookout) Unallowed(service string) string {
	if list := response.Unallowed(l.Inc, []string{service}); len(list) > 0 {
		return list[0].Target
	}
	if led := l.looks[service].Private; led != "" && !l.Inc.Allows(led) {
		return led
	}
	return ""
}

// mayLook reports whether a service may be looked at without asking first. Where its name
// leads may have changed since: who asks for a look has it looked up again.
func (l *Lookout) mayLook(service string, asked bool) bool {
	return l.Unallowed(service) == "" || asked && len(response.Unallowed(l.Inc, []string{service})) == 0
}

// askPrivate asks, when the last look is done, about what turned out to be private.
func (l *Lookout) askPrivate() tea.Cmd {
	if l.checking > 0 || len(l.private) == 0 {
		return nil
	}
	list := l.private
	l.private = nil
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
				cmd := l.queueUp(servicesOf(shown), true)
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
