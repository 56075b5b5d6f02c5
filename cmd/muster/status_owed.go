package main

import (
	"fmt"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/state/when"
)

// owedLines are the lines of a status about deadlines that run, statements that are
// not true any more, and what others are waiting for; "" if there is none. Of a closed incident
// they are those that its closing does not end: what the law asks for, and what was said.
func owedLines(e *env, inc *state.Incident) string {
	if inc.Closed != nil {
		return twoAnswerLines(e, inc) + leavingLines(e, inc) + leftLines(e, inc) + turnedLines(e, inc) + notGivenLines(e, inc) + staleLines(e, inc) + ownLines(inc)
	}
	return twoAnswerLines(e, inc) + leavingLines(e, inc) + dueLines(e, inc) + turnedLines(e, inc) + staleLines(e, inc) + ownLines(inc) + handoverLines(inc)
}

// ownLines name the services that are verified by nobody but who restored them.
func ownLines(inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	for _, says := range state.OwnLooks(inc) {
		line("service: %s", says)
	}
	return b.String()
}

// leftLines are the deadlines that ran when a closed incident was closed: the law has not
// closed them.
func leftLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	for _, d := range view.DueOf(inc, e.now()) {
		switch {
		case d.What != state.DueClock:
		case d.AtOnce:
			line("clock: %s was due, without delay, when the incident was closed", d.Title)
		case d.Left < 0:
			line("clock: %s was OVERDUE by %s when the incident was closed, due %s", d.Title, when.Duration(time.Duration(-d.Left)*time.Second), e.clockOf(d.Due))
		default:
			line("clock: %s still ran when the incident was closed, due %s; %s", d.Title, e.clockOf(d.Due), view.AfterClose(missedBy(inc, d.ID)))
		}
	}
	return b.String()
}

// notGivenLines are the updates that were promised, and not given when the incident was closed.
func notGivenLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	for _, p := range view.PromisesOf(inc, e.now()) {
		if status := state.PromiseStatus(p.Status); status == state.PromiseNever || status == state.PromiseDropped {
			line("update promised: %s, %s", p.Title, p.Says(e.clockOf))
		}
	}
	return b.String()
}

// turnedLines are the clocks that were met late, or that are otherwise than was thought of them; and
// the answers that were moved and from which clocks count.
func turnedLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	clocks := view.ClocksOf(inc, e.now())
	for i := range clocks {
		c := &clocks[i]
		if due := c.Due.Known(); c.Ended != nil && due != nil && (c.Standing == state.ClockMetLate || c.Standing.Forgone() || len(c.Notes()) > 0) {
			line("clock: %s %s (due %s)", c.Title, c.Standing.At("at "+e.clockOf(*c.Ended)), e.clockOf(*due))
		}
		for _, note := range c.Notes() {
			line("clock: %s: %s", c.Title, state.InZone(note, e.clockOf))
		}
		if c.Doubt != "" && c.Ended == nil && inc.Closed == nil {
			line("  %s", endsClock(c.ID))
		}
	}
	for _, m := range view.MovedIn(clocks) {
		line("%s", state.InZone(m.Says, e.clockOf))
	}
	return b.String()
}

func missedBy(inc *state.Incident, clock string) uint64 {
	if c := inc.Clock(clock); c != nil {
		return c.Missed
	}
	return 0
}

// leavingLines list the notices that may have left, and how to say what came of it.
func leavingLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	for i := range inc.Notices {
		n := &inc.Notices[i]
		for _, l := range n.MayHaveLeft() {
			line("may have left: %s, version %d, at %s by %s (%s); did it? muster notice left %s --arrived, or --not", n.Title(), l.Version, e.clockOf(l.When), l.Channel, l.By, n.ID)
		}
	}
	return b.String()
}

// dueLines are all that has a time, what is due first at the top.
func dueLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	for _, d := range view.DueOf(inc, e.now()) {
		switch d.What {
		case state.DueClock:
			line("%s", clockLine(e, inc, &d))
		case state.DueUpdate:
			line("update promised: %s, %s (%s)", d.Title, e.clockOf(d.Due), untilText(e, d.Due))
		case state.DueCall:
			line("call back: %s, %s (%s)", d.Title, e.clockOf(d.Due), untilText(e, d.Due))
		case state.DueStep:
			line("step under way: %s, should be done %s (%s)", d.Title, e.clockOf(d.Due), untilText(e, d.Due))
		default:
			line("%s: %s, %s (%s)", d.What, d.Title, e.clockOf(d.Due), untilText(e, d.Due))
		}
	}
	b.WriteString(unknownLines(e, inc))
	b.WriteString(drillLines(inc, e.now()))
	return b.String()
}

// clockLine is a clock that runs.
func clockLine(e *env, inc *state.Incident, d *view.Due) string {
	switch {
	case d.AtOnce:
		return fmt.Sprintf("clock: %s DUE NOW, without delay, to %s", d.Title, inc.Clock(d.ID).Def.To)
	case d.Left < 0:
		return fmt.Sprintf("clock: %s OVERDUE by %s", d.Title, when.Duration(time.Duration(-d.Left)*time.Second))
	}
	return fmt.Sprintf("clock: %s %s left, due %s", d.Title, when.Duration(time.Duration(d.Left)*time.Second), e.clockOf(d.Due))
}

// unknownLines are what has a time, and may be over: what would tell is withheld.
func unknownLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	for _, c := range view.ClocksOf(inc, e.now()) {
		switch {
		case c.Withheld && c.Due.Known() == nil:
			line("clock: %s: not known whether it runs: what is withheld may have started or stopped it", c.Title)
		case c.Withheld:
			line("clock: %s, due %s: not known whether it runs: what is withheld may have stopped it", c.Title, e.clockOf(c.Due.Time))
		}
	}
	for _, call := range inc.Calls {
		if call.CallBack != nil {
			line("call back: %s, %s (%s), unless that was done since", state.WithheldText, e.clockOf(*call.CallBack), untilText(e, *call.CallBack))
		}
	}
	for _, p := range state.PendingOf(inc) {
		if p.Stands() == string(state.Unseen) {
			line("%s: %s, %s, unless it is over: what would tell is withheld", p.Noun().Key(), p.Named().Title, e.clockOf(p.DueAt()))
		}
	}
	return b.String()
}

// handoverLines are the roles that nobody has taken yet.
func handoverLines(inc *state.Incident) string {
	var b strings.Builder
	line := lineTo(&b)
	for _, r := range inc.Roles {
		if r.Pending != "" {
			line("handover: %s from %s to %s, not acknowledged", r.Def.Title, orNobody(r.Person), r.Pending)
		}
	}
	return b.String()
}

func orNobody(person string) string {
	if person == "" {
		return "nobody"
	}
	return person
}

// lineTo makes a function that writes lines, clean.
func lineTo(b *strings.Builder) func(format string, args ...any) {
	return func(format string, args ...any) { b.WriteString(clean.Line(fmt.Sprintf(format, args...)) + "\n") }
}

// staleLines lists the notices that are not true any more, with the reason, and those
// of which it is not known whether they are.
func staleLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	for i := range inc.Notices {
		n := &inc.Notices[i]
		stale := n.NotHeld(inc)
		for _, why := range stale {
			fmt.Fprintf(&b, "%s: %s\n", clean.Line(n.Title()), clean.Line(why))
		}
		for _, c := range state.Contradicted(inc, n) {
			fmt.Fprintf(&b, "%s: CONTRADICTION: %s\n", clean.Line(n.Title()), clean.Line(c))
		}
		if lacks := n.Untold(inc); len(lacks) > 0 && len(stale) == 0 {
			fmt.Fprintf(&b, "not known whether true: %s — it rests on %s that are withheld\n", clean.Line(n.Title()), strings.Join(lacks, " and "))
		}
	}
	return b.String()
}

// apartLines say that a log is a copy or a branch, and what it knows of the other side.
func apartLines(e *env, inc *state.Incident, copied state.Copy, isCopy bool) string {
	var b strings.Builder
	line := lineTo(&b)
	if isCopy {
		line("COPY of %s, heard last %s: nothing is recorded here; muster branch goes on in it", copied.Source, heardAt(e, copied.Heard))
		if copied.Alarm != "" {
			line("%s", copied.Alarm)
		}
	}
	if branch := inc.Branch; branch != nil {
		line("BRANCH of %s since %s, by %s: the other side has entry %d, head %s, and was heard last %s", branch.Source, e.clockOf(branch.When), branch.By, branch.Entry, branch.Head.Code(), heardAt(e, branch.Heard))
	}
	return b.String()
}

// heardAt is when the other side was heard last.
func heardAt(e *env, at time.Time) string {
	if at.IsZero() {
		return "at a time that is not known"
	}
	return e.clockOf(at) + " (" + untilText(e, at) + ")"
}
