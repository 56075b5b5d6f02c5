package state

import (
	"fmt"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state/when"
)

// counted checks the answers that are given, and what they decide with the step s: no clock may
// come to count from what was not yet so. values has the full ids of the answers; a drill's
// story has times of its own.
func counted(d *decision, values map[string]string, s *Step, option string) {
	if d.inc.Mode == Drill {
		return
	}
	for id, value := range values {
		if at, err := time.Parse(time.RFC3339, value); err == nil && at.After(d.stamp.Recorded.Add(when.Slack)) {
			if c := countsFrom(d.inc, id); c != nil {
				notToCome(d, c.Def, at)
			}
		}
	}
	decidedFirst(d, values, s, option)
	notBeforeSign(d, values)
}

// notToCome refuses a time from which a clock would count and that has not come yet.
func notToCome(d *decision, def *runbooks.Clock, at time.Time) {
	d.refuse(Refusal{Reason: Invalid, Field: "values", Hint: "Give the time at which it was so.",
		Text: fmt.Sprintf("%s counts from it, and %s has not come yet.", def.Title, inUTC(at))})
}

// countedFromStart is notToCome of what is answered when a live incident is opened.
func countedFromStart(d *decision, book *runbooks.Runbook, inputs map[string]string) {
	for i := range book.Clocks {
		def := &book.Clocks[i]
		for _, from := range []string{def.From, def.Outer.From} {
			id, _ := strings.CutPrefix(from, "answer:")
			if at, err := time.Parse(time.RFC3339, inputs[id]); err == nil && at.After(d.stamp.Recorded.Add(when.Slack)) {
				notToCome(d, def, at)
			}
		}
	}
}

// decidedFirst refuses, softly, that a clock counts from a time later than the decision that
// starts it: nobody decides about what they only learn of afterwards.
func decidedFirst(d *decision, values map[string]string, s *Step, option string) {
	for i := range d.inc.Clocks {
		c := &d.inc.Clocks[i]
		for _, t := range c.triggers() {
			own := decided{t.starts, t.answer(d.inc, t.from), &c.own}
			outer := decided{t.outer, t.answer(d.inc, t.outerFrom), &c.outer}
			if decidedLate(d, c, t.book, own, values, s, option) || decidedLate(d, c, t.book, outer, values, s, option) {
				return // of two laws that one answer starts, one says it
			}
		}
	}
}

// A decided is a bound of a clock, what starts it, and the answer from which it counts then.
type decided struct {
	by    runbooks.Event
	asks  string
	bound *bound
}

// decidedLate is decidedFirst of one bound.
func decidedLate(d *decision, c *Clock, book int, of decided, values map[string]string, s *Step, option string) bool {
	if of.asks == "" || of.by.Value == "" && (book >= 0 || of.bound.started.IsZero()) {
		return false // neither a decision starts it, nor somebody who said that a law applies
	}
	value, concerns := values[of.asks]
	if !concerns {
		value = d.inc.answers[of.asks].Value
	}
	on, hint, acts := of.bound.started, "Give the time at which you first knew.", []Act(nil)
	switch {
	case on.IsZero():
		on, concerns = whenDone(d), firesWith(d.inc, book, of.by, values, s, option)
	case on.Equal(c.Started):
		hint, acts = "Give the time at which you first knew, or set right when it was decided.", []Act{{Deed: DeedRetime, Seq: c.StartSeq}}
	}
	at, err := time.Parse(time.RFC3339, value)
	if !concerns || err != nil || !at.Truncate(time.Minute).After(on) {
		return false
	}
	said := "decided on"
	if of.by.Kind == runbooks.Manual {
		said = "started"
	}
	d.refuse(Refusal{Reason: Untrue, Field: "values", Overridable: true, Hint: hint, Acts: acts,
		Text: fmt.Sprintf("%s would count from %s, and was %s at %s, before that.", c.Def.Title, inUTC(at), said, inUTC(on))})
	return true
}

// whenDone is when what is recorded happened.
func whenDone(d *decision) time.Time {
	if d.action.Occurred.IsZero() {
		return d.stamp.Recorded
	}
	return d.action.Occurred
}

// firesWith reports whether answers, or what a step decides, are an event of a book's clock.
func firesWith(inc *Incident, book int, event runbooks.Event, values map[string]string, s *Step, option string) bool {
	for id, value := range values {
		root, _, _ := strings.Cut(id, "/")
		if meant(inc, book, event, runbooks.AnswerGiven, root, value) {
			return true
		}
	}
	return s != nil && option != "" && !s.Added && meant(inc, book, event, runbooks.StepDone, inc.Books[s.Book].IDOf(NounStep, s.Def.ID), option)
}
