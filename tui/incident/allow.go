package incident

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
)

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
