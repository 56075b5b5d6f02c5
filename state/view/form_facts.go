package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
)

// This file has what forms draw from an incident that is told in more than one word.

// maxLines is how many lines a list in a form has at most; the earlier ones are counted.
const maxLines = 300

// clock is a time within a text, with its day and offset.
func (d *drawer) clock(t time.Time) string { return formTime(t, d.zone) }

// formTime is a time as forms have it.
func formTime(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	if t.Second() != 0 {
		return t.Format("2006-01-02 15:04:05 -07:00")
	}
	return t.Format("2006-01-02 15:04 -07:00")
}

// A formLine is a line of a list, and the entry that it rests on.
type formLine struct {
	text string
	seq  uint64
}

// lines is a list, the latest lines if there are too many.
func lines(all []formLine) found {
	if len(all) == 0 {
		return found{}
	}
	var one found
	var text []string
	if more := len(all) - maxLines; more > 0 {
		text, all = append(text, fmt.Sprintf("(%d earlier)", more)), all[more:]
	}
	for _, l := range all {
		text = append(text, clean.Line(l.text))
		if l.seq > 0 {
			one.entries = append(one.entries, l.seq)
		}
	}
	one.value = strings.Join(text, "\n")
	return one
}

// incident is what the incident says of itself.
func (d *drawer) incident(word string) found {
	h := &d.all.Head
	switch word {
	case "last":
		e := &d.inc.Log[len(d.inc.Log)-1]
		return d.moment(moment(e.Recorded), e.Seq)
	case "opened":
		return d.moment(&h.Opened, 1)
	case "closed", "summary", "period":
		return d.ending(word)
	}
	if d.gaps.First {
		return found{withheld: true}
	}
	switch word {
	case "detected":
		if !h.DetectionGiven() {
			return found{} // who fills the form in has to say it
		}
		return d.moment(h.Detected, 1)
	case "id":
		return found{value: string(h.ID), entries: []uint64{1}}
	case "opened-by":
		return d.named(string(h.OpenedBy), 1)
	case "runbook":
		return found{value: string(h.Runbook), entries: []uint64{1}, withheld: d.gaps.Runbook}
	case "title":
		return d.named(string(h.Title), d.lastOf(state.KindTitleChanged))
	case "story":
		return d.story()
	case "timing":
		return d.timing()
	case "severity":
		return found{value: string(h.Severity), entries: []uint64{d.severitySeq()}}
	}
	return found{}
}

// story is what is known in a few sentences.
func (d *drawer) story() found {
	h := &d.all.Head
	one := d.services("states")
	if one.withheld || h.Title == state.WithheldText || h.Title == "" || h.Detected == nil {
		return found{withheld: true}
	}
	began := ". Detected "
	if !h.DetectionGiven() {
		began = ". Recorded from "
	}
	text := strings.TrimRight(clean.Line(string(h.Title)), ".") + began + d.clock(*h.Detected) + "."
	if one.value != "" {
		text += " Services: " + strings.ReplaceAll(one.value, "\n", "; ") + "."
	}
	one.value, one.entries = text, append(one.entries, 1, d.lastOf(state.KindTitleChanged))
	return one
}

// timing is what is known of when it was.
func (d *drawer) timing() found {
	var one found
	var text []string
	for _, m := range d.all.Milestones {
		if m.At == nil {
			return found{withheld: true}
		}
		switch {
		case m.What == DetectedAt && !d.all.DetectionGiven(): // nobody said when that was
		case m.What == FirstSign, m.What == DetectedAt, m.What == ContainedAt:
			text = append(text, m.What+" "+d.clock(*m.At))
			one.entries = append(one.entries, m.Seq)
		}
	}
	one.value = strings.Join(text, "; ")
	return one
}

// named is a text that may be withheld.
func (d *drawer) named(text string, seq uint64) found {
	if text == state.WithheldText || text == "" {
		return found{withheld: true}
	}
	return found{value: text, entries: []uint64{seq}}
}

// lastOf is the last entry of a kind that counts; 1, which opens the log, for none.
func (d *drawer) lastOf(kind state.Kind) uint64 {
	for _, e := range slices.Backward(d.inc.Log) {
		if e.Kind == kind && d.inc.RetractedBy(e.Seq) == 0 {
			return e.Seq
		}
	}
	return 1
}

// severitySeq is the entry that set the severity.
func (d *drawer) severitySeq() uint64 {
	if n := len(d.all.Grades); n > 0 {
		return d.all.Grades[n-1].Seq
	}
	return 1
}

// ending is how the incident ended.
func (d *drawer) ending(word string) found {
	c := d.all.Closing
	lost := d.gaps.End != nil
	switch {
	case lost:
		return found{withheld: true}
	case word == "period":
		to := d.at
		if c != nil {
			to = c.At
		}
		return found{value: "from " + d.clock(d.all.Opened) + " to " + d.clock(to), entries: []uint64{1}}
	case c == nil:
		return found{}
	case word == "closed":
		return d.moment(&c.At, c.Seq)
	case lacking(d.inc, c.Seq, state.Notes):
		return found{withheld: true}
	}
	return found{value: c.Summary, entries: []uint64{c.Seq}}
}

// services are those of some state, with that.
func (d *drawer) services(word string) found {
	if d.untold() {
		return found{withheld: true}
	}
	var one found
	var names []string
	for i := range d.all.Services {
		s := &d.all.Services[i]
		now := state.ServiceState(s.State)
		if len(s.History) == 0 || !listedAs(word, now, s.Tier) {
			continue
		}
		last := s.History[len(s.History)-1]
		name := clean.Line(s.Title)
		if word == "states" {
			name += ": " + sayState(now) + ", since " + d.clock(last.At)
		} else {
			name += " (" + sayState(now) + ")"
		}
		names = append(names, name)
		one.entries = append(one.entries, last.Seq)
		claim := now
		if now == state.Restored {
			claim = state.Restoring // of one that nobody verified one can say no more
		}
		one.claims = append(one.claims, state.Claim{Service: s.ID, State: claim})
	}
	between := ", "
	if word == "states" {
		between = "\n"
	}
	one.value = strings.Join(names, between)
	return one
}

func listedAs(word string, now state.ServiceState, tier int) bool {
	switch word {
	case "hit":
		return now.Hit()
	case "critical":
		return now.Hit() && tier == 1
	case "down":
		return now.Down()
	case "restored":
		return now == state.Restored || now == state.Verified
	case "verified":
		return now == state.Verified
	case "unaffected":
		return now == state.Unaffected
	}
	return now != state.UnknownState // states
}

// sayState says a service's state to who has never seen this program.
func sayState(s state.ServiceState) string {
	switch s {
	case state.ShutDown:
		return "shut down"
	case state.Restoring:
		return "being restored"
	case state.Restored:
		return "restored, not verified yet"
	case state.Verified:
		return "restored, and verified"
	case state.Regressed:
		return "down again"
	}
	return string(s)
}

// untold reports whether a state of some service may be in what is withheld.
func (d *drawer) untold() bool {
	return d.gaps.Runbook || d.gaps.Services > 0 || d.gaps.Steps > 0 || d.gaps.Corrected > 0
}

// impact is how long it lasted.
func (d *drawer) impact(word string) found {
	if d.untold() || slices.ContainsFunc(d.all.Impact.Outages, func(o Outage) bool { return o.Down == nil || o.From == nil }) {
		return found{withheld: true}
	}
	outages, down := d.all.Impact.Hit(), d.all.Impact.Down
	ongoing := slices.ContainsFunc(outages, func(o Outage) bool { return o.Ongoing })
	if len(outages) == 0 || down == nil {
		return found{}
	}
	one := found{entries: d.historyOf(outages)}
	least := ""
	if slices.ContainsFunc(outages, func(o Outage) bool { return o.AtLeast }) {
		least = "at least "
	}
	switch {
	case word == "duration-dhm":
		return d.duration()
	case word == "outages":
		one.value = d.outages(outages)
	case word == "downtime-dhm" && !ongoing && least == "": // of one that goes on it is not known yet
		one.value = daysHours(*down)
	case word == "downtime":
		one.value = least + hours(*down) + soFar(ongoing)
	}
	return one
}

func soFar(ongoing bool) string {
	if ongoing {
		return " so far"
	}
	return ""
}

// outages says of each service how long it was down.
func (d *drawer) outages(list []Outage) string {
	var text []string
	for _, o := range list {
		least := ""
		if o.AtLeast {
			least = "at least "
		}
		text = append(text, fmt.Sprintf("%s: down %s%s%s, first at %s", clean.Line(o.Title), least, hours(*o.Down), soFar(o.Ongoing), d.clock(*o.From)))
	}
	return strings.Join(text, "\n")
}

// historyOf are the entries that moved services.
func (d *drawer) historyOf(outages []Outage) (seqs []uint64) {
	for i := range d.all.Services {
		s := &d.all.Services[i]
		if !slices.ContainsFunc(outages, func(o Outage) bool { return o.Service == s.ID }) {
			continue
		}
		for _, c := range s.History {
			seqs = append(seqs, c.Seq)
		}
	}
	return seqs
}

// duration is how long it was from when it was detected until every service was verified.
func (d *drawer) duration() found {
	for _, m := range d.all.Milestones {
		if d.all.DetectionGiven() && m.What == VerifiedAt && m.At != nil && m.Took != nil && *m.Took >= 0 {
			return found{value: daysHours(*m.Took), entries: []uint64{1, m.Seq}}
		}
	}
	return found{}
}

// hours writes seconds as people do.
func hours(seconds int64) string {
	minutes := seconds / 60
	if minutes < 60 {
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60)
}

// daysHours writes seconds as days, hours and minutes: 0:03:20.
func daysHours(seconds int64) string {
	minutes := seconds / 60
	return fmt.Sprintf("%d:%02d:%02d", minutes/(24*60), minutes/60%24, minutes%60)
}

// told is whom others have heard from.
func (d *drawer) told(word string) found {
	var all []formLine
	if word == "sent" {
		if d.gaps.Sent > 0 || d.gaps.Runbook {
			return found{withheld: true}
		}
		for i := range d.all.Notices {
			n := &d.all.Notices[i]
			for _, v := range n.Versions {
				for _, s := range v.Sent {
					all = append(all, formLine{fmt.Sprintf("%s %s, %s%s", d.clock(s.At), n.Title, state.ByWay(s.Channel), toWhom(s.To)), s.Seq})
				}
			}
		}
		return lines(ordered(all))
	}
	if d.gaps.Calls > 0 || d.gaps.Runbook {
		return found{withheld: true}
	}
	for i := range d.all.Contacts {
		c := &d.all.Contacts[i]
		for _, call := range c.Calls {
			if call.Outcome == state.Reached && (word != "authorities" || c.Role == "authority") {
				all = append(all, formLine{d.clock(call.At) + " " + c.Title, call.Seq})
			}
		}
	}
	return lines(ordered(all))
}

func toWhom(to string) string {
	if to == "" {
		return ""
	}
	return " to " + to
}

// ordered is a list in the order of the log.
func ordered(all []formLine) []formLine {
	sorted.Stable(all, func(a, b formLine) int { return int(a.seq) - int(b.seq) })
	return all
}
