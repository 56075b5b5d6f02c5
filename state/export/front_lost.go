package export

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"muster/state/sorted"
	"muster/state/view"
)

// frontLapses is how often one milestone is told of as lost; of more, the first and the last.
const frontLapses = 3

// lostAgain tells of the milestones that were reached before, and what was recorded that
// ended that: the table has only since when they hold.
func lostAgain(r *report) {
	for _, what := range []string{view.ContainedAt, view.RestoredAt, view.VerifiedAt} {
		var list []view.Lapse
		for _, l := range r.Lapses {
			if l.What == what {
				list = append(list, l)
			}
		}
		if len(list) > 0 {
			r.para(strong(markdown(strings.ToUpper(what[:1])+what[1:])), ": first ", lapsesOf(r, list), ", ", nowAgain(r, what, list[len(list)-1].Until), ".")
		}
	}
}

// lapsesOf are the times at which one milestone was reached, and what is known that ended each.
func lapsesOf(r *report, list []view.Lapse) markdown {
	parts := make([]string, 0, frontLapses+1)
	before := time.Time{}
	for i, l := range list {
		if n := len(list) - frontLapses; n > 0 && i > 0 && i <= n {
			if i == n {
				parts = append(parts, string(counted(n, "time", "times")+" more"))
			}
			continue
		}
		again := markdown("")
		if i > 0 {
			again = "again "
		}
		parts = append(parts, string(again+r.minuteAfter(before, l.At)+" ("+ref(l.Seq)+"), until "+brokeBy(r, l.Lost)+" "+r.minuteAfter(l.At, l.Until)+" ("+ref(l.Lost)+")"))
		before = l.Until
	}
	return markdown(strings.Join(parts, ", "))
}

// brokeBy is what an entry says that a service was then.
func brokeBy(r *report, seq uint64) markdown {
	for i := range r.Services {
		for _, c := range r.Services[i].History {
			if c.Seq == seq {
				return escaped(r.Services[i].Title) + " was " + escaped(c.To)
			}
		}
	}
	return "a service was not"
}

// nowAgain is the milestone as it stands, after it was lost.
func nowAgain(r *report, what string, lost time.Time) markdown {
	i := slices.IndexFunc(r.Milestones, func(m view.Milestone) bool { return m.What == what })
	if i < 0 || r.Milestones[i].At == nil {
		return "and not again since"
	}
	m := &r.Milestones[i]
	return "again " + r.minuteAfter(lost, *m.At) + " (" + ref(m.Seq) + ")"
}

// closedBefore puts what closed the incident before, and reopened it, among its milestones, before
// what closed it last; the name of each reopening has its reason.
func closedBefore(r *report, list []view.Milestone, names map[string]markdown) []view.Milestone {
	var before []view.Milestone
	for _, c := range slices.Concat(r.Closings, r.Reopened) {
		if slices.ContainsFunc(list, func(m view.Milestone) bool { return m.What == view.ClosedAt && m.Seq == c.Seq }) {
			continue
		}
		what := c.To
		if what != view.ClosedAt {
			what += string(number(c.Seq))
			names[what] = "Reopened" + r.because(c.Why)
		}
		one := view.Milestone{What: what, At: &c.At, Seq: c.Seq}
		if r.Detected != nil {
			took := int64(c.At.Sub(*r.Detected) / time.Second)
			one.Took = &took
		}
		before = append(before, one)
	}
	sorted.Stable(before, func(a, b view.Milestone) int { return cmp.Compare(a.Seq, b.Seq) })
	at := slices.IndexFunc(list, func(m view.Milestone) bool { return m.What == view.ClosedAt })
	if at < 0 {
		at = len(list)
	}
	return slices.Insert(list, at, before...)
}

// falseAlarm is the row of a service that was held to be affected and was not.
func falseAlarm(r *report, o *view.Outage) {
	found := "found unaffected " + r.minute(*o.Unaffected)
	if o.Times > 1 {
		found += ", the last of " + number(o.Times) + " times"
	}
	r.row(escaped(o.Title), r.minute(*o.From), "**false alarm**", found, "")
}
