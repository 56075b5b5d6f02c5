package state

import (
	"fmt"
	"time"

	"muster/state/sorted"
)

// KnownAt is the incident as it was known at a time: what the entries that had been
// recorded by then add up to. A time in whole seconds, as people write it, is that second
// to its end. It refuses a time before the log, and one after now.
func KnownAt(inc *Incident, at, now time.Time) (*Incident, error) {
	if err := notAhead(at, now); err != nil {
		return nil, err
	}
	seq := inc.SeqAt(through(at))
	if seq == 0 {
		return nil, &Refusal{Reason: Invalid, Field: "at", Text: fmt.Sprintf("Nothing was recorded by %s.", pastClock(at)),
			Hint: fmt.Sprintf("The log begins at %s.", pastClock(inc.OpenedAt.In(at.Location())))}
	}
	return knownUpTo(inc, seq, at), nil
}

// KnownBy is the incident as it was known when entry seq had been recorded, told in zone.
func KnownBy(inc *Incident, seq uint64, zone *time.Location) (*Incident, error) {
	if seq == 0 || seq > uint64(len(inc.Log)) {
		return nil, noEntry(inc, seq)
	}
	return knownUpTo(inc, seq, inc.Log[seq-1].Recorded.In(zone)), nil
}

func knownUpTo(inc *Incident, seq uint64, at time.Time) *Incident {
	r := replay{inc: &Incident{reading: true, parsed: inc.parsed}}
	for i := range inc.Log[:seq] {
		if r.add(&inc.Log[i], int(seq)-i) != nil {
			break // the log has a gap: what stands before it is known
		}
	}
	past := r.end()
	past.Past = &Past{At: at, Entries: len(past.Log), Of: inc.Head.Seq}
	return past
}

// WasAt is the incident as it is now known to have been at a time: what adds up of all
// that had happened by then, whenever it was recorded, and with what was corrected since. It
// refuses a time before anything happened, and one after now.
func WasAt(inc *Incident, at, now time.Time) (*Incident, error) {
	if err := notAhead(at, now); err != nil {
		return nil, err
	}
	if first := firstHappened(inc); at.Before(first.Truncate(time.Second)) {
		return nil, &Refusal{Reason: Invalid, Field: "at", Text: fmt.Sprintf("Nothing is known to have happened by %s.", pastClock(at)),
			Hint: fmt.Sprintf("The first that did was at %s.", pastClock(first.In(at.Location())))}
	}
	return asItWas(inc, through(at), at), nil
}

// WasWhen is the incident as it is now known to have been when what entry seq tells of had
// happened, told in zone.
func WasWhen(inc *Incident, seq uint64, zone *time.Location) (*Incident, error) {
	e, ok := inc.Entry(seq)
	if !ok {
		return nil, noEntry(inc, seq)
	}
	return asItWas(inc, e.When(), e.When().In(zone)), nil
}

// asItWas is the incident as it was at a time, which is called at.
func asItWas(inc *Incident, t, at time.Time) *Incident {
	order := happenedBy(inc, t)
	past := Incident{Log: inc.Log, Head: inc.Head, reading: true, parsed: inc.parsed}
	past.retracted, past.amended = inc.retracted, inc.amended
	past.within = make(map[uint64]bool, len(order))
	for _, seq := range order {
		counts, _ := past.Entry(seq)
		past.within[seq] = seq > 1 || !counts.When().After(t)
		past.effect(&counts)
	}
	past.reading = false
	past.retitle(0)
	past.Past = &Past{At: at, AsItWas: true, Entries: len(InOrder(&past, false)), Of: inc.Head.Seq}
	return &past
}

// happenedBy are the entries that count and tell of what had happened by a time, in the
// order in which they count. What had been recorded by then stands as it was written; what
// was learned since stands where it happened.
func happenedBy(inc *Incident, t time.Time) []uint64 {
	said := sentBy(inc, t)
	var known, later []uint64
	when := make([]time.Time, len(inc.Log)+1)
	for i := range inOrder(inc.Log, order(inc.Log)) {
		seq := inc.Log[i].Seq
		e, _ := inc.Entry(seq)
		if when[seq] = e.When(); !counts(inc, &e) || seq > 1 && when[seq].After(t) && !said[versionKey(e.Data)] {
			continue
		}
		if recordedFirst(&e).After(t) && seq > 1 {
			later = append(later, seq)
		} else {
			known = append(known, seq)
		}
	}
	if len(later) == 0 {
		return known
	}
	sorted.Stable(later, func(a, b uint64) int { return when[a].Compare(when[b]) })
	sorted, rest := bringers(inc, known)
	for _, seq := range rest {
		for len(later) > 0 && when[later[0]].Before(when[seq]) {
			sorted, later = append(sorted, later[0]), later[1:]
		}
		sorted = append(sorted, seq)
	}
	return append(sorted, later...)
}

// bringers are those of the entries that bring what others are about, and the rest: what
// was learned later may be about a step of a runbook that was attached before.
func bringers(inc *Incident, list []uint64) (first, rest []uint64) {
	for _, seq := range list {
		if kinds.is(inc.Log[seq-1].Kind, opens|brings) {
			first = append(first, seq)
		} else {
			rest = append(rest, seq)
		}
	}
	return first, rest
}

// counts reports whether an entry is of what happened: it was not taken back, and does not
// only say how another counts.
func counts(inc *Incident, e *Entry) bool {
	return inc.retracted[e.Seq] == 0 && (e.Data == nil || !kinds.is(e.Kind, corrects))
}

// firstHappened is when the first thing happened that the log tells of.
func firstHappened(inc *Incident) time.Time {
	var first time.Time
	for i := range inc.Log {
		e, _ := inc.Entry(inc.Log[i].Seq)
		if counts(inc, &e) && (first.IsZero() || e.When().Before(first)) {
			first = e.When()
		}
	}
	return first
}

// sentBy are the versions of notices that had gone out by a time. Their texts may have
// been written down after that: what was said on the telephone had been said.
func sentBy(inc *Incident, t time.Time) map[string]bool {
	said := make(map[string]bool)
	for i := range inc.Log {
		if inc.Log[i].Kind != KindNoticeSent {
			continue
		}
		e, _ := inc.Entry(inc.Log[i].Seq)
		if data, ok := e.Data.(*NoticeSent); ok && counts(inc, &e) && !e.When().After(t) {
			said[fmt.Sprint(data.Notice, "\n", data.Version)] = true
		}
	}
	return said
}

// versionKey names the version that an entry drafts; "" if it drafts none.
func versionKey(data Data) string {
	if data, ok := data.(*NoticeDrafted); ok {
		return fmt.Sprint(data.Notice, "\n", data.Version)
	}
	return ""
}

// through is the last moment that a time means: of one in whole seconds, by which times
// are told, the end of that second.
func through(t time.Time) time.Time {
	if t.Nanosecond() == 0 {
		return t.Add(time.Second - 1)
	}
	return t
}

func notAhead(at, now time.Time) error {
	if !at.After(now) {
		return nil
	}
	return &Refusal{Reason: Invalid, Field: "at", Text: fmt.Sprintf("%s has not come yet.", pastClock(at)),
		Hint: fmt.Sprintf("Now it is %s.", pastClock(now.In(at.Location())))}
}

func noEntry(inc *Incident, seq uint64) error {
	return &Refusal{Reason: NotFound, Field: "at", Text: fmt.Sprintf("There is no entry %d: the last one is %d.", seq, inc.Head.Seq)}
}

func pastClock(t time.Time) string {
	return t.Format("2006-01-02 15:04:05.999 -07:00")
}
