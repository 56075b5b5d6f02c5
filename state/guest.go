package state

import (
	"fmt"

	"muster/runbooks"
)

// checkGuest refuses what a guest may not do: another's act, and what goes beyond their
// access. What the program finds and says by itself is no act of theirs, but who only
// reads leaves no trace at all.
func (d *decision) checkGuest() {
	g := d.stamp.Guest
	if g == (Guest{}) {
		return
	}
	kind := d.action.Command.kind()
	drill := d.makesDrill(d.action.Command)
	rates := kind == KindObjectiveRated || kind == KindObservationAdded
	switch {
	case !g.Access.Acts():
		d.refuse(Refusal{Reason: Forbidden, Text: "You are here as an observer: nothing is recorded from your connection.",
			Hint: "Tell somebody who responds, or have whoever serves give your key another role."})
	case kinds.is(kind, ofProgram) && kind != KindPersonActs:
	case d.action.Own:
	case !runbooks.SameName(d.stamp.By.Name, g.Name):
		d.refuse(Refusal{Reason: Forbidden, Field: "by",
			Text: fmt.Sprintf("The key of this connection is %s's, and %s acts by another.", g.Name, d.stamp.By.Name),
			Hint: "Everybody connects with a key of their own; muster people invite NAME lets one more in."})
	case kind == KindPersonActs, g.Access == Facilitator:
	case g.Access == Evaluator && !rates:
		d.refuse(Refusal{Reason: Forbidden, Text: "You are here as an evaluator: you rate objectives and write down what you observe.",
			Hint: "See muster drill rate and muster drill observe."})
	case g.Access == Responder && drill:
		d.refuse(Refusal{Reason: Forbidden, Text: "You are here as a responder: only a facilitator does this in a drill."})
	}
}

// makesDrill reports whether a command is for whoever makes the drill: also one that changes
// what they said, and the end of a scenario, after which all of it can be read.
func (d *decision) makesDrill(c Command) bool {
	of := func(kind Kind) bool {
		return kinds.is(kind, facilitators) && (kind != KindObservationAdded || d.inc.Mode == Drill)
	}
	var changed uint64
	switch c := c.(type) {
	case CloseIncident:
		return d.inc.Mode == Drill && d.inc.Exercise.Scenario != nil
	case AmendEntry:
		changed = c.Seq
	case RetractEntry:
		changed = c.Seq
	}
	e, ok := d.inc.Entry(changed)
	return of(c.kind()) || ok && of(e.Kind)
}
