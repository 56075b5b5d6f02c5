package state

import (
	"fmt"
	"strings"
	"time"

	"muster/runbooks"
)

// A ClockMoved is that the answer from which a clock counts was moved, and where the clock stood by
// the answer before.
type ClockMoved struct {
	MovedAnswer
	Due    time.Time   // when it was due by the answer that stood when it was met, or else by the last before
	Status ClockStatus // how it was met by that; "" while it runs
	By     uint64      // the entry that moved it from there; 0 if it was met since
}

// Moved is how the answer from which the clock counts was moved; false if it was not, or if that is
// not known. Calendar days are counted in loc.
func (c *Clock) Moved(inc *Incident, loc *time.Location) (ClockMoved, bool) {
	b, _ := c.binding(loc)
	m, moved := movedAnswer(inc, b.asks)
	if b.asks == "" || !moved || c.Uncounted() || c.Started.IsZero() {
		return ClockMoved{}, false
	}
	before, out := *c, ClockMoved{MovedAnswer: m}
	was, by := m.before(c.EndSeq)
	if was == nil {
		return out, true
	}
	for _, b := range []*bound{&before.own, &before.outer} {
		if b.asks != m.ID {
			continue
		}
		b.counts = b.started
		if at, err := time.Parse(time.RFC3339, was.Value); err == nil {
			b.counts = at.UTC()
		}
	}
	out.Due, out.By = before.Due(loc), by
	if !c.Ended.IsZero() {
		out.Status = before.Status(c.Ended, loc)
	}
	return out, true
}

// Before says what was thought of the clock before its answer was moved, and what moved it; "" if it
// was met since.
func (m *ClockMoved) Before() string {
	if m.By == 0 {
		return ""
	}
	text := "it was thought to be due " + inUTC(m.Due)
	switch m.Status {
	case ClockMetOnce:
		text += " and met in time"
	case ClockMetLate, ClockMetEarly:
		text += " and " + string(m.Status)
	}
	return fmt.Sprintf("%s, until entry %d moved from when it counts", text, m.By)
}

// metAfterAll says of the entry by which a clock's time was up that the clock was met all the same,
// and whether that was in time, by when it is known to be due now: what was done is often written
// down later, and from when it counts may have been moved. It is "" if nothing is to be said.
func metAfterAll(inc *Incident, e *Entry) string {
	missed, ok := e.Data.(*ClockMissed)
	if !ok {
		return ""
	}
	c := inc.Clock(missed.Clock)
	if c == nil || c.Ended.IsZero() || c.Waived || c.hidden || c.doubtful {
		return ""
	}
	before := !c.Ended.After(missed.Due)
	switch status := c.met(fixedZone(e.Zone)); {
	case c.Uncounted() && !before:
	case status == ClockMetLate && before:
		return fmt.Sprintf("met before that, entry %d, and late: it is known to have been due earlier", c.EndSeq)
	case status != ClockMetLate && before:
		return fmt.Sprintf("met in time after all, entry %d", c.EndSeq)
	case status != ClockMetLate:
		return fmt.Sprintf("met in time after all, entry %d: it is known to have been due later", c.EndSeq)
	}
	return ""
}

// A ClockDoubt is that the answer which started a clock is another now, or that one was waived and
// what starts it has been answered since.
type ClockDoubt struct {
	Asks   string // the id of the question
	Was    string // the answer that starts the clock, its words
	Is     string // the answer now, its words; "" if it has none
	Seq    uint64 // the entry that gave it; 0 if it has none
	Start  uint64 // the entry that started the clock
	Waived uint64 // the entry that waived it, if it is in doubt whether that holds
}

// Says says it as a question.
func (q *ClockDoubt) Says(inc *Incident) string {
	since := ""
	if q.Seq != 0 {
		since = fmt.Sprintf(" since entry %d", q.Seq)
	}
	asks := Question(inc, q.Asks)
	if q.Waived != 0 {
		return fmt.Sprintf("it was waived by entry %d, and “%s” is %s%s: does it apply after all?", q.Waived, asks, answeredWith(q.Is), since)
	}
	return fmt.Sprintf("it was started by entry %d, with “%s” to “%s”, which is %s%s: does it still apply?", q.Start, q.Was, asks, answeredWith(q.Is), since)
}

// Doubt is whether the clock still applies, or applies after all, by the answers as they are now;
// false if nothing speaks against where it stands.
func (c *Clock) Doubt(inc *Incident) (ClockDoubt, bool) {
	if c.hidden || c.Uncounted() || !c.Running() && !c.Waived {
		return ClockDoubt{}, false
	}
	for _, outer := range []bool{false, true} {
		b := &c.own
		if outer {
			b = &c.outer
		}
		if q, doubted := c.doubtOf(inc, b, outer); doubted {
			return q, true
		}
	}
	return ClockDoubt{}, false
}

// Anew says of a clock that was waived how the answer that starts it was given otherwise, which may be
// why it was waived; "" if it was not, if that is not known, or if the clock is in doubt by it.
func (c *Clock) Anew(inc *Incident) string {
	if _, doubted := c.Doubt(inc); doubted || !c.Waived || c.hidden || c.Uncounted() {
		return ""
	}
	for _, t := range c.triggers() {
		for _, event := range []runbooks.Event{t.starts, t.outer} {
			if event.Value == "" || t.book < 0 {
				continue
			}
			id := inc.Books[t.book].IDOf(NounQuestion, event.ID)
			for _, m := range AnsweredAnew(inc) {
				if root, _, _ := strings.Cut(m.ID, "/"); root == id {
					return m.Says(inc)
				}
			}
		}
	}
	return ""
}

// doubtOf is Doubt by one of its bounds.
func (c *Clock) doubtOf(inc *Incident, b *bound, outer bool) (q ClockDoubt, doubted bool) {
	if b.first.at.IsZero() {
		return q, false
	}
	if inc.Log[b.first.seq-1].Kind == KindClockStarted {
		return q, false // somebody said that it applies, whatever is answered
	}
	for _, t := range c.triggers() {
		event := t.starts
		if outer {
			event = t.outer
		}
		if event.Kind == "" || t.book < 0 {
			continue
		}
		now, holds := answerOf(inc, t.book, event)
		if !holds && c.Waived || holds && !c.Waived {
			return q, false
		}
		id := inc.Books[t.book].IDOf(NounQuestion, event.ID)
		if q.Asks == "" {
			q = ClockDoubt{Asks: id, Was: AnswerWords(inc, id, event.Value), Is: AnswerWords(inc, id, now.Value), Seq: now.Seq, Start: b.first.seq}
		}
	}
	if c.Waived {
		q.Waived = c.EndSeq
		return q, q.Seq > c.EndSeq && len(inc.answers[q.Asks].was) > 0
	}
	return q, q.Asks != ""
}

// answerOf is the answer on which an event of a book's clocks rests, and whether it is still the one
// that the event needs. An event that rests on none, or on one that may be withheld, holds.
func answerOf(inc *Incident, book int, event runbooks.Event) (now Answer, holds bool) {
	id := inc.Books[book].IDOf(NounQuestion, event.ID)
	if event.Value == "" || inc.Unseen(id) {
		return now, true
	}
	for key, answer := range inc.answers {
		root, _, _ := strings.Cut(key, "/")
		if root != id {
			continue
		}
		if answer.Value == event.Value {
			return answer, true
		}
		if answer.Seq > now.Seq {
			now = answer
		}
	}
	return now, false
}
