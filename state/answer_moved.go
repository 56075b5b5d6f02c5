package state

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state/sorted"
)

// A MovedAnswer is an answer that was given otherwise before: the last counts.
type MovedAnswer struct {
	ID  string   // of the question
	Was []Answer // what it was, the first at the front
	Now Answer
}

// movedAnswer is how an answer was moved; false if it was not, or if that is not known.
func movedAnswer(inc *Incident, id string) (MovedAnswer, bool) {
	now := inc.answers[id]
	if len(now.was) == 0 || inc.Unseen(id) {
		return MovedAnswer{}, false
	}
	return MovedAnswer{ID: id, Was: now.was, Now: now}, true
}

// AnsweredAnew are all the answers that were given otherwise before, in the order in which they came to
// be as they are.
func AnsweredAnew(inc *Incident) []MovedAnswer {
	var list []MovedAnswer
	for _, id := range slices.Sorted(maps.Keys(inc.answers)) {
		if m, moved := movedAnswer(inc, id); moved {
			list = append(list, m)
		}
	}
	sorted.Stable(list, func(a, b MovedAnswer) int { return cmp.Compare(a.Now.since, b.Now.since) })
	return list
}

// before is the answer that stood when an entry was recorded, and the entry by which another stands
// since; nil if none does. For 0 it is the last but the one that stands.
func (m *MovedAnswer) before(seq uint64) (was *Answer, by uint64) {
	by = m.Now.since
	for i := len(m.Was) - 1; i >= 0; i-- {
		if seq == 0 || m.Was[i].since < seq && seq < by {
			return &m.Was[i], by
		}
		by = m.Was[i].since
	}
	return nil, 0
}

// Says says how the answer was moved: how often, from what, to what, and why, by who moved it last.
func (m *MovedAnswer) Says(inc *Incident) string {
	verb, times := "answered anew", "once"
	if _, err := time.Parse(time.RFC3339, m.Now.Value); err == nil {
		verb = "moved"
	}
	if n := len(m.Was); n > 1 {
		times = fmt.Sprintf("%d times", n)
	}
	first := &m.Was[0]
	between := ""
	rest := m.Was[1:]
	if more := len(rest) - maxBetween; more > 0 {
		between, rest = fmt.Sprintf(", then %d more", more), rest[more:]
	}
	for _, a := range rest {
		between += fmt.Sprintf(", then %s (entry %d)", sayAnswer(inc, m.ID, a.Value), a.since)
	}
	return fmt.Sprintf("“%s” was %s %s: first %s (entry %d)%s, now %s (entry %d), %s", Question(inc, m.ID), verb, times,
		sayAnswer(inc, m.ID, first.Value), first.since, between, sayAnswer(inc, m.ID, m.Now.Value), m.Now.since, because(m.Now.Why))
}

// maxBetween is how many of the answers between the first and the one that stands are named.
const maxBetween = 2

// because is the reason that somebody gave, or that nobody did.
func because(why string) string {
	if isBlank(why) {
		return "and no reason was given"
	}
	return "because “" + strings.TrimSpace(why) + "”"
}

// sayAnswer is an answer in words: a time as it is, all else as it was said.
func sayAnswer(inc *Incident, id, value string) string {
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return inUTC(at)
	}
	return answeredWith(AnswerWords(inc, id, value))
}

// sameValue reports whether two answers say the same: of times, by the minute, as people give them.
func sameValue(a, b string) bool {
	at, errA := time.Parse(time.RFC3339, a)
	other, errB := time.Parse(time.RFC3339, b)
	return a == b || errA == nil && errB == nil && at.Truncate(time.Minute).Equal(other.Truncate(time.Minute))
}

// given is an answer with what it was before: an answer that says the same moves nothing.
func (now Answer) given(before Answer) Answer {
	now.since = now.Seq
	switch {
	case before.Seq == 0:
	case sameValue(before.Value, now.Value):
		now.was, now.since = before.was, before.since
		if now.Why == "" {
			now.Why = before.Why
		}
	default:
		was := before
		was.was = nil
		now.was = append(slices.Clip(before.was), was)
	}
	return now
}

// A reasoned is data that can give the reason for what it answers.
type reasoned interface{ reason() string }

// reasonIn is the reason that an entry gives for what it answers: its note, or why it was recorded
// although it was refused.
func reasonIn(e *Entry) string {
	note := ""
	if data, ok := e.Data.(reasoned); ok {
		note = data.reason()
	}
	if isBlank(note) && e.Override != nil {
		note = e.Override.Why
	}
	return note
}

// movedWhy refuses, softly, to move without a reason an answer from which a clock counts, or to take
// back the one that started a clock that runs. values has the full ids.
func movedWhy(d *decision, values map[string]string, field, note string) {
	if !isBlank(note) {
		return
	}
	for _, id := range slices.Sorted(maps.Keys(values)) {
		was, known := d.inc.answers[id]
		if !known || was.Value == "" || sameValue(was.Value, values[id]) {
			continue
		}
		c := countsFrom(d.inc, id)
		what := "counts from it"
		if c == nil {
			c, what = startedBy(d.inc, id, was.Value), "was started by it"
		}
		if c != nil {
			d.refuse(Refusal{Reason: Unreasoned, Field: field, Overridable: true, Seq: was.Seq, Hint: "Say why it is another now.",
				Text: fmt.Sprintf("“%s” was answered with %s, and %s %s.", Question(d.inc, id), valueWords(was.Value), c.Def.Title, what)})
			return
		}
	}
}

// startedBy is a clock that runs and that an answer started; nil if none does.
func startedBy(inc *Incident, id, value string) *Clock {
	root, _, _ := strings.Cut(id, "/")
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		for _, t := range c.triggers() {
			if c.Running() && (t.starts.Value != "" && meant(inc, t.book, t.starts, runbooks.AnswerGiven, root, value) ||
				t.outer.Value != "" && meant(inc, t.book, t.outer, runbooks.AnswerGiven, root, value)) {
				return c
			}
		}
	}
	return nil
}

// notBeforeSign refuses, softly, that one was aware of the incident before there was any sign of it:
// before it was detected, by who opened it, and before what is answered to be its first sign.
func notBeforeSign(d *decision, values map[string]string) {
	for _, id := range slices.Sorted(maps.Keys(values)) {
		prefix, is := strings.CutSuffix(id, awareness)
		if !is {
			prefix, is = strings.CutSuffix(id, firstSign)
		}
		if !is || prefix != "" && !strings.HasSuffix(prefix, ":") {
			continue
		}
		aware, known := timeAnswered(d.inc, values, prefix+awareness)
		if !known {
			continue
		}
		sign, what := d.inc.Opened, "when it was detected"
		if !DetectionGiven(d.inc) || id == prefix+firstSign {
			sign = aware
		}
		if at, seen := timeAnswered(d.inc, values, prefix+firstSign); seen && at.After(sign) {
			sign, what = at, "the first sign of it"
		}
		if aware.Truncate(time.Minute).Before(sign.Truncate(time.Minute)) {
			d.refuse(Refusal{Reason: Untrue, Field: "values", Overridable: true, Hint: "Give the time at which it was so; or set right what was first seen, and when.",
				Text: fmt.Sprintf("One would have been aware of it at %s, before %s, %s.", inUTC(aware), inUTC(sign), what)})
			return
		}
	}
}

// timeAnswered is the time that a question is answered with, now or before; false if with none.
func timeAnswered(inc *Incident, values map[string]string, id string) (time.Time, bool) {
	value, now := values[id]
	if !now {
		value = inc.answers[id].Value
	}
	at, err := time.Parse(time.RFC3339, value)
	return at, err == nil
}
