package response

import (
	"time"

	"muster/state"
)

const (
	// LooksAtOnce is how many services are looked at at the same time.
	LooksAtOnce = 4
	// LookAgain is how often what was announced as restored is looked at by itself.
	LookAgain = 60 * time.Second
)

// A Look is what came of looking at one service.
type Look struct {
	Service string
	Seen    state.RecordCheck
	Err     error // why nothing could be seen
}

// Action is what a look records: what a person asked for, always; what was looked at
// by itself, only if it is news, and as the program's own. False: nothing.
func (l Look) Action(inc *state.Incident, asked bool) (state.Action, bool) {
	service := inc.Service(l.Service)
	if l.Err != nil || service == nil || !asked && !service.News(l.Seen.OK) {
		return state.Action{}, false
	}
	l.Seen.Service = l.Service
	return state.Action{Command: l.Seen, Own: !asked}, true
}

// Checkable lists the services that say how to look at them, by id.
func Checkable(inc *state.Incident) []string {
	var ids []string
	for i := range inc.Services {
		if s := &inc.Services[i]; CanLookAt(inc, s) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// CanLookAt reports whether there is a way to look at a service: a check of the
// runbook, or, in a drill, whatever its scenario says.
func CanLookAt(inc *state.Incident, s *state.Service) bool {
	return inc.Mode == state.Drill || !s.Def.Check.IsZero()
}

// Announced lists those of them that were last said to be back: they are looked at
// again every [LookAgain].
func Announced(inc *state.Incident) []string {
	var ids []string
	for _, id := range Checkable(inc) {
		claim, _, ok := inc.LastSaid(id)
		if ok && (claim.State == state.Restored || claim.State == state.Verified) {
			ids = append(ids, id)
		}
	}
	return ids
}
