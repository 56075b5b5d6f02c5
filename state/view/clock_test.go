package view

import (
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// clockBook has clocks that an answer starts, counts from, or stops.
const clockBook = `title = "Clocks"
version = "1.0.0"
[[clock]]
id = "law"
title = "Tell the authority"
within = "72h"
starts = "step:first"
from = "answer:aware"
[[clock]]
id = "asked"
title = "Tell the insurer"
within = "24h"
starts = "answer:insured=yes"
[[clock]]
id = "plain"
title = "Tell the board"
within = "10m"
starts = "incident.opened"
[[clock]]
id = "day"
title = "By the day"
within = "1 business day"
starts = "step:first"
[[phase]]
id = "p"
title = "Phase"
[[phase.step]]
id = "first"
title = "First"
ask = [{ id = "aware", prompt = "Since when?", type = "time" }, { id = "insured", prompt = "Insured?", type = "choice", choices = ["yes", "no"] }]
[[phase.step]]
id = "second"
title = "Second"
`

// begunWith is an incident by a runbook, just opened at 02:01.
func begunWith(t *testing.T, book string) *scribe {
	t.Helper()
	s := &scribe{t: t, now: day}
	doc := state.Document{ID: "book", Source: "built in", SHA256: state.Sum([]byte(book)), Text: book}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Title: "T", Program: "m", Runbook: doc, Severity: runbooks.SEV2})
	return s
}

// TestClockCountsFromAnAnswer: it says from when, and by which answer; if that is
// withheld it is not known when it is due, nor what is left, and it is not overdue.
func TestClockCountsFromAnAnswer(t *testing.T) {
	s := begunWith(t, clockBook)
	s.do("Ada", state.DoStep{Step: "first", Values: map[string]string{"aware": "2026-11-23T20:00:00Z", "insured": "yes"}}) // at 02:02
	facts(t, ClocksOf(s.inc, s.now), map[string]string{
		"law.started": `"2026-11-24T02:02:00Z"`, "law.counts_from": `"2026-11-23T20:00:00Z"`, "law.counts_from_answer": `"aware"`, "law.due": `"2026-11-26T20:00:00Z"`, "law.left_seconds": "237480", "law.status": `"running"`,
		"asked.started": `"2026-11-24T02:02:00Z"`, "asked.status": `"running"`, "plain.counts_from": "left out", "plain.due": `"2026-11-24T02:11:00Z"`, "plain.left_seconds": "540",
	})
	facts(t, ClocksOf(s.inc, s.now.Add(time.Hour)), map[string]string{"plain.status": `"overdue"`, "plain.left_seconds": "-3060"})
	copied := s.without(func(seq uint64) state.Parts {
		if seq == 2 {
			return state.PartsOf(state.Notes)
		}
		return 0
	})
	unknown := map[string]string{
		"law.started": `"2026-11-24T02:02:00Z"`, "law.counts_from": "null", "law.due": "null", "law.left_seconds": "left out", "law.status": `"running"`,
		"asked.started": "null", "asked.due": "null", "asked.status": "null", "asked.left_seconds": "left out", "plain.counts_from": "left out", "plain.due": `"2026-11-24T02:11:00Z"`,
	}
	facts(t, ClocksOf(copied, s.now.Add(1000*time.Hour)), unknown)
	facts(t, New(copied, Options{}).Clocks, unknown)
	s.do("Ada", state.MeetClock{Clock: "law", Why: "told"})
	facts(t, ClocksOf(s.inc, s.now), map[string]string{"law.ended": `"2026-11-24T02:03:00Z"`, "law.left_seconds": "left out", "law.counts_from": `"2026-11-23T20:00:00Z"`, "law.due": `"2026-11-26T20:00:00Z"`, "law.ended_by": `"Ada"`})
	met := s.without(func(seq uint64) state.Parts {
		if seq == 2 {
			return state.PartsOf(state.Notes)
		}
		return 0
	})
	facts(t, ClocksOf(met, s.now), map[string]string{"law.ended": `"2026-11-24T02:03:00Z"`, "law.counts_from": "null", "law.due": "null", "law.status": `"met; whether in time is not known"`, "law.started": `"2026-11-24T02:02:00Z"`})
}

// TestClocksOfAReportStandAtItsLastEntry: not at the time of asking; of one that was
// missed the log says when it was due; days are those of who started it, or of a zone
// that is asked for.
func TestClocksOfAReportStandAtItsLastEntry(t *testing.T) {
	s := begunWith(t, clockBook)
	s.now = time.Date(2026, 11, 27, 22, 29, 0, 0, time.UTC) // Friday, 23:30 in Berlin when the step is done
	s.do("Ada", state.DoStep{Step: "first", Values: map[string]string{"insured": "no"}})
	berlin := New(s.inc, Options{}).Clocks
	facts(t, berlin, map[string]string{"day.due": `"2026-11-30T22:30:00Z"`, "plain.status": `"overdue"`, "asked.status": `"waiting"`, "asked.started": "left out"})
	east := time.FixedZone("", 9*3600) // there it is Saturday
	facts(t, New(s.inc, Options{Zone: east}).Clocks, map[string]string{"day.due": `"2026-11-29T22:30:00Z"`})
	for _, c := range []struct {
		zone string
		want int
	}{{"+01:00 Europe/Berlin", 3600}, {"-05:30", -19800}, {"", 0}, {"Europe", 0}, {"nonsense Europe", 0}, {"+01:0", 0}} {
		inc := &state.Incident{}
		*inc = *s.inc
		inc.Log = append([]state.Entry(nil), s.inc.Log...)
		inc.Log[0].Zone = c.zone
		_, got := day.In(offsetAt(inc, 1)).Zone()
		if got != c.want {
			t.Errorf("of %q the offset is %d", c.zone, got)
		}
	}
	if got := offsetAt(s.inc, 99); got != time.UTC {
		t.Errorf("of no entry the offset is %v", got)
	}
	due := s.inc.Clock("plain").Due(time.UTC)
	s.do("muster", state.MissClock{Clock: "plain", Due: due})
	facts(t, New(s.inc, Options{}).Clocks, map[string]string{"plain.due": `"2026-11-24T02:11:00Z"`, "plain.missed_seq": "3", "plain.status": `"overdue"`})
}

// TestMissedByAnotherTime: a clock that an entry calls missed, and that counts from another
// time since, is due by what is known now; when it was due then is told beside it.
func TestMissedByAnotherTime(t *testing.T) {
	s := story(t)
	s.now = s.now.Add(2 * time.Hour)
	due := s.inc.Clock("filing").Due(time.UTC)
	s.do("muster", state.MissClock{Clock: "filing", Due: due})
	same := dated(due)
	facts(t, New(s.inc, Options{}), map[string]string{"clocks.filing.missed_seq": "37", "clocks.filing.due": same, "clocks.filing.missed_due": "left out"})
	facts(t, ClocksOf(s.inc, s.now), map[string]string{"filing.due": same, "filing.missed_due": "left out"})
}

func dated(t time.Time) string { return `"` + t.UTC().Format(time.RFC3339) + `"` }

// TestClockOfTwoBounds: it says from when the bound counts by which it is due, also if another
// began before.
func TestClockOfTwoBounds(t *testing.T) {
	s := begunWith(t, `title = "Book"
[[clock]]
id = "bank"
title = "Tell the supervisor"
within = "4h"
starts = "answer:major=yes"
[clock.outer]
within = "24h"
starts = "answer:covered=yes"
[[phase]]
id = "p"
title = "Phase"
[[phase.step]]
id = "first"
title = "First"
ask = [{ id = "covered", prompt = "Covered?", type = "choice", choices = ["yes", "no"] }]
[[phase.step]]
id = "second"
title = "Second"
ask = [{ id = "major", prompt = "Major?", type = "choice", choices = ["yes", "no"] }]
`)
	s.do("Ada", state.DoStep{Step: "first", Values: map[string]string{"covered": "yes"}}) // at 02:02
	facts(t, ClocksOf(s.inc, s.now), map[string]string{"bank.started": `"2026-11-24T02:02:00Z"`, "bank.counts_from": "left out", "bank.due": `"2026-11-25T02:02:00Z"`})
	s.do("Ada", state.DoStep{Step: "second", Values: map[string]string{"major": "yes"}}) // at 02:03
	facts(t, ClocksOf(s.inc, s.now), map[string]string{"bank.started": `"2026-11-24T02:02:00Z"`, "bank.counts_from": `"2026-11-24T02:03:00Z"`, "bank.counts_from_answer": "left out", "bank.due": `"2026-11-24T06:03:00Z"`})
}

// TestMissedIsNotDueWhereWhatStartedItIsWithheld: an entry that says that the time of a clock passed
// had it as it counted then. Where what it counts from now is withheld, it is not known when it is due.
func TestMissedIsNotDueWhereWhatStartedItIsWithheld(t *testing.T) {
	s := begunWith(t, clockBook)
	s.do("Ada", state.DoStep{Step: "first", Values: map[string]string{"aware": "2026-11-20T20:00:00Z", "insured": "yes"}})
	s.do("muster", state.MissClock{Clock: "law", Due: s.inc.Clock("law").Due(time.UTC)})
	s.now = s.now.Add(25 * time.Hour)
	s.do("muster", state.MissClock{Clock: "asked", Due: s.inc.Clock("asked").Due(time.UTC)})
	facts(t, New(s.inc, Options{}).Clocks, map[string]string{"law.due": `"2026-11-23T20:00:00Z"`, "asked.due": `"2026-11-25T02:02:00Z"`})
	copied := s.without(func(seq uint64) state.Parts {
		if seq == 2 {
			return state.PartsOf(state.Notes)
		}
		return 0
	})
	facts(t, New(copied, Options{}).Clocks, map[string]string{"law.due": "null", "law.counts_from": "null", "asked.due": "null", "asked.status": "null"})
}
