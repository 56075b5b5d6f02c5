package export

import (
	"fmt"
	"time"

	"muster/state"
	"muster/state/view"
)

// This file tells of what people set, until it is over, in all that is exported.

// pendingTables are those of the report.
func pendingTables(r *report) {
	if len(r.Timers) > 0 {
		r.table("Timer", r.timed("Set"), "By", r.timed("Due"), r.timed("Over"), "Entry")
		for _, t := range r.Timers {
			r.row(escaped(t.Title), r.at(t.Set), escaped(t.By), r.at(t.Due), overAt(r, t.Ended), ref(t.Seq))
		}
		r.end()
	}
}

// overAt is when something that was set was over.
func overAt(r *report, ended *view.Moment) markdown {
	if ended != nil && ended.Known() == nil {
		return "not known: what would tell is withheld"
	}
	return orElse(r.atOrNot(ended.Known()), state.NoEntry)
}

// pendingLines are those of a sitrep.
func pendingLines(s Sitrep) []string {
	var lines []string
	for _, t := range s.Timers {
		lines = append(lines, fmt.Sprintf("timer %s: %s", s.clock(t.Due), t.Title)+unlessOver(t.Ended))
	}
	return lines
}

// unlessOver says of what may be set that it may be over.
func unlessOver(ended *view.Moment) string {
	if ended == nil {
		return ""
	}
	return ", unless it is over: what would tell is withheld"
}

// pendingDeadlines are those of the calendar.
func pendingDeadlines(of *view.Incident, alarms []time.Duration) []deadline {
	var list []deadline
	for _, t := range of.Timers {
		if t.Ended == nil {
			d := deadline{what: "timer", id: t.ID, title: t.Title, at: t.Due, alarms: alarms, says: []string{fmt.Sprintf("Set by %s, entry %d", t.By, t.Seq)}}
			d.after(t.Set)
			list = append(list, d)
		}
	}
	return list
}
