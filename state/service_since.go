package state

import (
	"fmt"
	"time"
)

// notSince refuses, softly, what is said to have been so before the state that is known: it
// would undo what was found later. Times are compared by the minute, as people give them.
func notSince(d *decision, service *Service) {
	at := d.action.Occurred
	if at.IsZero() || !at.Before(service.Since.Truncate(time.Minute)) {
		return
	}
	d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true, Seq: service.Seq,
		Text: fmt.Sprintf("%s is %s%s, which was after %s.", service.Def.Title, service.State, d.sayBy(service), d.clock(at)),
		Hint: "Give the time since when it is otherwise; or write down as a note what was so before."})
}

// stepSince is notSince of what a step does to its service.
func stepSince(d *decision, s *Step, to ServiceState) {
	if service := d.inc.Service(s.Service); service != nil && service.State != to {
		notSince(d, service)
	}
}

func (d *decision) sayBy(service *Service) string {
	if service.Since.IsZero() {
		return ""
	}
	return fmt.Sprintf(", by %s at %s", service.By, d.clock(service.Since))
}
