package state

import (
	"fmt"
	"time"
)

// A Foreseen is what an action would do to a clock.
type Foreseen struct {
	Clock  *Clock
	Met    bool      // it would be met; else it starts, or counts anew
	Ran    bool      // it runs already, and would count anew
	Counts time.Time // from when it would count
	Due    time.Time // zero if that would not be known
}

// Foresee lists what an action would do to the clocks, if it were recorded now: the same
// Decide and effect as the real one, on a clone that is thrown away. What a person could
// override is overridden; what cannot be recorded does nothing. Calendar days are counted
// in loc.
func Foresee(inc *Incident, action Action, stamp Stamp, loc *time.Location) []Foreseen {
	if action.Override == "" {
		action.Override = "foreseen"
	}
	e, err := Decide(inc, action, stamp)
	if err != nil {
		return nil
	}
	after := inc.Clone()
	e.Seq = inc.Head.Seq + 1
	after.effect(&e) // not Apply: the clones of a log share its memory
	var list []Foreseen
	for i := range after.Clocks {
		now := &after.Clocks[i]
		was := inc.Clock(now.ID)
		counts, _ := now.Counts(loc)
		f := Foreseen{Clock: now, Counts: counts, Due: now.Due(loc), Ran: was != nil && was.Running()}
		if now.Uncounted() {
			f.Due = time.Time{}
		}
		switch {
		case was != nil && was.Ended.IsZero() && !now.Ended.IsZero():
			f.Met = true
		case now.Started.IsZero() || !now.Ended.IsZero(), was != nil && was.Due(loc).Equal(now.Due(loc)):
			continue
		}
		list = append(list, f)
	}
	return list
}

// Says says it in words; clock writes a time.
func (f Foreseen) Says(clock func(time.Time) string, loc *time.Location) string {
	verb := "starts"
	if f.Ran {
		verb = "moves"
	}
	switch {
	case f.Met:
		meets := "meets " + f.Clock.Def.Title
		if f.Clock.doubtful {
			meets += inDoubt
		}
		return meets
	case f.Due.IsZero():
		return fmt.Sprintf("%s %s; when it is due is not known", verb, f.Clock.Def.Title)
	case f.Clock.AtOnce(loc):
		return fmt.Sprintf("%s %s: due now, without delay", verb, f.Clock.Def.Title)
	}
	want := ""
	if asks := f.Clock.ForWant(loc); asks != "" {
		want = fmt.Sprintf(" (%s is not answered yet)", asks)
	}
	return fmt.Sprintf("%s %s: counts from %s%s, due %s", verb, f.Clock.Def.Title, clock(f.Counts), want, clock(f.Due))
}
