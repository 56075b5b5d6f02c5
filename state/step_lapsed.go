package state

import (
	"fmt"

	"muster/runbooks"
)

// A Lapsed is what was recorded after a step was done, by which what it brought about is not so
// any more.
type Lapsed struct {
	Seq  uint64 // the entry; 0 if there is none
	text string
}

// String says it in words, with the entry; "" if there is none.
func (l Lapsed) String() string { return l.text }

// Lapsed is the entry by which the service of a step that is done left the state into which the step
// brought it, if it is not in that state again: what was verified regressed, what was shut down runs
// and is hit. The step was done nevertheless.
func (s *Step) Lapsed(inc *Incident) Lapsed {
	service := inc.Service(s.Service)
	if s.Status != Done || service == nil || !inc.Knows(service.ID) || !s.lapsedBy(service.State) {
		return Lapsed{}
	}
	var by *serviceMove
	for i := range service.moves {
		m := &service.moves[i]
		switch {
		case m.seq <= s.doneSeq:
		case !s.lapsedBy(m.to):
			by = nil
		case by == nil:
			by = m
		}
	}
	if by == nil {
		return Lapsed{}
	}
	word := map[runbooks.Kind]string{runbooks.Verify: "verified", runbooks.Restore: "restored", runbooks.Shutdown: "shut down"}[s.Def.Kind]
	return Lapsed{by.seq, fmt.Sprintf("%s, but %s became %s since, entry %d", word, service.Def.Title, by.to, by.seq)}
}

// lapsedBy reports whether a service that is in a state is not any more what the step made of it.
func (s *Step) lapsedBy(now ServiceState) bool {
	switch s.Def.Kind {
	case runbooks.Verify, runbooks.Restore:
		return now.Down() || now == Suspect || now == UnknownState
	case runbooks.Shutdown:
		return now == Affected
	}
	return false
}

// Ticked reports whether a line of the step's checklist is ticked, and was not only before the step
// was reopened; 0 is the first.
func (s *Step) Ticked(line int) bool {
	return line < len(s.Ticks) && s.Ticks[line] && !s.TickedBefore(line)
}

// TickedBefore reports whether a line was ticked before the step was reopened, and neither anew nor
// taken away since.
func (s *Step) TickedBefore(line int) bool { return line < len(s.kept) && s.kept[line] }
