package state

import (
	"fmt"
	"slices"
	"time"

	"muster/runbooks"
)

// Decide says what entry an action makes of the incident, or refuses. inc is nil
// for OpenIncident alone. The entry is not sealed yet. The error is always a
// *Refusal.
func Decide(inc *Incident, action Action, stamp Stamp) (Entry, error) {
	if _, found := action.Command.(finding); found {
		action.Own = true
	}
	if action.Own {
		stamp.By.Name = Muster
	} else if inc != nil {
		stamp.By.Name = KnownAs(inc, stamp.By.Name)
	}
	d := &decision{inc: inc, table: kinds, action: action, stamp: stamp}
	d.checkStamp()
	if !action.Own && !d.table.is(action.Command.kind(), ofProgram) {
		newName(d, "by", stamp.By.Name)
	}
	d.checkGuest()
	d.checkOpen()
	d.checkClosed()
	if d.hard != nil {
		return Entry{}, d.hard
	}
	data := action.Command.decide(d)
	if d.hard != nil {
		return Entry{}, d.hard
	}
	e := Entry{
		Seq:      1,
		Recorded: stamp.Recorded.UTC(),
		Data:     data,
		Frame:    &Frame{Kind: data.Kind(), By: stamp.By, Zone: stamp.Zone},
		Sealing:  &Sealing{Salts: stamp.Salts},
	}
	if occurred := occurred(action); !occurred.IsZero() {
		e.Occurred = occurred.UTC().Truncate(time.Second)
	}
	if open, ok := action.Command.(OpenIncident); ok {
		e.Mode = open.Mode
	} else {
		e.Seq, e.Prev, e.Mode = inc.Head.Seq+1, inc.Head.Hash, inc.Mode
		e.By.Role = roleIn(inc, stamp.By.Name, data)
	}
	return d.overridden(e)
}

// checkOpen refuses to open an incident twice, and anything else before it is open.
func (d *decision) checkOpen() {
	switch opening := kinds.is(d.action.Command.kind(), opens); {
	case opening && d.inc != nil:
		d.refuse(Refusal{Reason: AlreadySo, Seq: 1, Text: "This incident was opened already."})
	case !opening && d.inc == nil:
		d.refuse(Refusal{Reason: Missing, Text: "There is no incident yet.", Hint: "Open one first."})
	}
}

// checkClosed refuses what would change a closed incident. What is learned later
// can still be noted, attached, corrected.
func (d *decision) checkClosed() {
	if d.inc == nil || d.inc.Closed == nil || kinds.is(d.action.Command.kind(), afterwards) || afterClose(d.inc, d.action.Command) {
		return
	}
	d.refuseClosed()
}

// Undoable is the last entry of a person, which undo takes back. It is refused where that
// is none that can be undone: nothing before it is taken in its place.
func (inc *Incident) Undoable(person string) (Entry, error) {
	for i := len(inc.Log) - 1; i > 0; i-- {
		e := inc.Log[i]
		skip := kinds.is(e.Kind, ofProgram) || e.Kind == KindEntryRetracted || inc.retracted[e.Seq] != 0
		if skip || !runbooks.SameName(e.By.Name, person) {
			continue
		}
		return undoing(inc, e)
	}
	return Entry{}, &Refusal{Reason: NotFound, Text: fmt.Sprintf("There is nothing of yours, %s, to take back.", person), Hint: "Any entry can be retracted, with a reason.", Acts: []Act{{Deed: DeedRetract}}}
}

func undoing(inc *Incident, e Entry) (Entry, error) {
	if inc.Closed != nil {
		return e, &Refusal{Reason: Closed, Seq: inc.Closed.Seq, Text: "The incident is closed, and nothing in it is undone.",
			Hint: "Correct an entry, which keeps both.", Acts: []Act{{Deed: DeedAmend, Seq: e.Seq}}}
	}
	d := decision{inc: inc, table: kinds, stamp: Stamp{By: e.By}}
	RetractEntry{Seq: e.Seq, Why: "undo"}.decide(&d)
	switch {
	case d.hard != nil:
		return e, d.hard
	case len(d.soft) > 0:
		first := *d.soft[0]
		first.Overridable = false // undo has no word to say
		return e, &first
	}
	counts, _ := inc.Entry(e.Seq)
	return counts, nil
}

// roleIn is the role in which a person acts: the one that the act needs, if the person
// holds it. Of an act that needs none it is the only one held; of several none is named,
// for that would be a guess.
func roleIn(inc *Incident, person string, data Data) string {
	held := inc.RolesOf(person)
	if needed := roleNeeded(inc, data); slices.Contains(held, needed) {
		return needed
	}
	if len(held) == 1 {
		return held[0]
	}
	return ""
}

// roleNeeded is the role that an act needs; "" if it needs none.
func roleNeeded(inc *Incident, data Data) string {
	switch data := data.(type) {
	case interface{ step() string }:
		if s := inc.Step(data.step()); s != nil {
			return s.Def.Role
		}
	case interface{ roleOf(*Incident) string }:
		return data.roleOf(inc)
	}
	return ""
}

// A finding is a command that is the program's alone: it says what fell due, as of then.
type finding interface{ fellDue() time.Time }

// occurred is when an action happened, by who did it; zero for now.
func occurred(action Action) time.Time {
	if f, ok := action.Command.(finding); ok && action.Occurred.IsZero() {
		return f.fellDue()
	}
	return action.Occurred
}
