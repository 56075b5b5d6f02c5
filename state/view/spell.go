package view

import (
	"slices"

	"muster/state"
	"muster/state/sorted"
)

// A spot is where one service stands after one of its changes, among those that the milestones ask
// for.
type spot struct{ contained, restored, verified bool }

// has reports whether a milestone holds there.
func (s spot) has(what string) bool {
	switch what {
	case ContainedAt:
		return s.contained
	case RestoredAt:
		return s.restored
	}
	return s.verified
}

// hit is a service's history in the order in which things happened, from when it was first down
// and that was no false alarm; nil if it never was.
func hit(history []Change) []Change {
	history = afterAlarms(history)
	first := slices.IndexFunc(history, isDown)
	if first < 0 {
		return nil
	}
	return history[first:]
}

// afterAlarms is a service's history in the order in which things happened, from the end of the
// false alarms that it begins with. What was held to be affected and then found to be unaffected,
// without anybody having shut it down or begun to restore it, was not hit.
func afterAlarms(history []Change) []Change {
	history = inTime(history)
	for {
		first := slices.IndexFunc(history, isDown)
		if first < 0 {
			return history
		}
		end := slices.IndexFunc(history[first:], func(c Change) bool { return !heldAffected(state.ServiceState(c.To)) })
		if end < 0 || state.ServiceState(history[first+end].To) != state.Unaffected {
			return history
		}
		history = history[first+end:]
	}
}

// Alarms is a service's history in the order in which things happened, and how many of its first
// changes are of false alarms.
func Alarms(history []Change) (sorted []Change, alarms int) {
	sorted = inTime(history)
	return sorted, len(sorted) - len(afterAlarms(sorted))
}

// heldAffected reports whether nothing was done yet about a service in a state, by which it would
// have been taken off or brought back.
func heldAffected(s state.ServiceState) bool { return s == state.Affected || unclear(s) }

// spots are where a service stands after each change of what [hit] returns. It is contained
// from when it is shut down, while it is restored after that, and when it is back; one that is
// restored in place runs on until then. It is restored when it is back after it was down,
// and verified when somebody looked then.
func spots(history []Change) []spot {
	list, isolated := make([]spot, len(history)), false
	for i, c := range history {
		now := state.ServiceState(c.To)
		back := !now.Down() && !unclear(now)
		isolated = now == state.ShutDown || now == state.Restoring && isolated
		list[i] = spot{contained: isolated || back, restored: back, verified: now.Standing() == state.Back}
	}
	return list
}

// reaches reports whether a state is one that a milestone asks for: shut down, back, or verified. All
// services that were hit have to be as good, and one of them has to be so.
func reaches(what string, now state.ServiceState) bool {
	switch what {
	case ContainedAt:
		return now == state.ShutDown
	case RestoredAt:
		return !now.Down() && !unclear(now)
	}
	return now == state.Verified
}

// Isolated reports whether any service was shut down.
func (i *Incident) Isolated() bool {
	return slices.ContainsFunc(i.Services, func(s ServiceRecord) bool {
		return slices.ContainsFunc(s.History, func(c Change) bool { return reaches(ContainedAt, state.ServiceState(c.To)) })
	})
}

// unclear reports whether nobody knows of a service in a state whether it works: that is not to
// say that it does, nor that it does not.
func unclear(s state.ServiceState) bool { return s == state.UnknownState || s == state.Suspect }

func isDown(c Change) bool { return state.ServiceState(c.To).Down() }

// inTime is a history in the order in which things happened.
func inTime(history []Change) []Change {
	history = slices.Clone(history)
	sorted.Stable(history, func(a, b Change) int { return a.At.Compare(b.At) })
	return history
}
