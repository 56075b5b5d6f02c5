package export_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// closeBook has two deadlines, and two statements of which one corrects the other.
const closeBook = `title = "Outage"
[[service]]
id = "db"
title = "Database"
[[service]]
id = "web"
title = "Website"
[[clock]]
id = "short"
title = "Short deadline"
within = "30m"
starts = "manual"
[[clock]]
id = "long"
title = "Long deadline"
within = "72h"
starts = "manual"
[[notice]]
id = "back"
title = "It is back"
audience = "public"
text = "It is back."
[[notice]]
id = "not-back"
title = "It is not"
audience = "public"
corrects = ["back"]
text = "It is not."
[[phase]]
title = "Do"
[[phase.step]]
id = "attack"
title = "Is it an attack?"
kind = "decision"
options = [{ id = "yes", title = "Yes" }, { id = "no", title = "No" }]
[[phase.step]]
id = "knew"
title = "Write down when we knew"
ask = [{ id = "aware", prompt = "Time we became aware", type = "time" }]
`

// closed is a log of closeBook: a wrong statement that was corrected, a deadline that ran out,
// one that runs, an entry that was written late; closed with all of it open.
func closed(t *testing.T) *scribe {
	t.Helper()
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", closeBook)})
	s.act("Ada", state.StartClock{Clock: "short", Why: "it is so"}, time.Time{}, "")
	s.act("Ada", state.StartClock{Clock: "long", Why: "it is so"}, time.Time{}, "")
	does("Ben", state.SetService{Service: "db", State: state.ShutDown, Why: "blocked"})(s)
	does("Ben", state.SetService{Service: "db", State: state.Restored, Why: "from the backup"})(s)
	say := func(notice string, of state.ServiceState) {
		s.do("Ada", state.DraftNotice{Notice: notice, Text: "Of the database.", Claims: []state.Claim{{Service: "db", State: of}}})
		does("Ada", state.SendNotice{Notice: notice, Channel: "radio"})(s)
	}
	say("back", state.Verified)
	say("not-back", state.Restoring)
	s.act("Ben", state.AddNote{Text: "seen at two"}, day.Add(time.Second), "")
	s.now = day.Add(40 * time.Minute)
	s.act("Ben", state.AddNote{Text: "seen early"}, day.Add(2*time.Minute), "")
	s.do("Ada", state.AnswerStep{Step: "attack", Option: "yes"})
	does("Ada", state.CloseIncident{Summary: "enough"})(s)
	return s
}

// TestASitrepSaysWhatWasWrong: a statement that was not true when it was sent is never listed
// as if it had been, and what corrected it is named.
func TestASitrepSaysWhatWasWrong(t *testing.T) {
	text := export.NewSitrep(closed(t).inc, view.SitrepOptions{Now: day.Add(time.Hour)}).Text()
	if !strings.Contains(text, "WAS NOT TRUE WHEN IT WAS SENT: it says that Database is verified, and nobody had verified it — corrected by entry 9") {
		t.Errorf("it does not say so:\n%s", text)
	}
	if n := strings.Count(text, "NOT TRUE WHEN IT WAS SENT"); n != 1 {
		t.Errorf("it says so %d times:\n%s", n, text)
	}
}

// TestASitrepTellsByTime: what was done stands as it happened, and what was written long after
// that says so.
func TestASitrepTellsByTime(t *testing.T) {
	s := export.NewSitrep(closed(t).inc, view.SitrepOptions{Now: day.Add(time.Hour)})
	if !slices.IsSortedFunc(s.Done, func(a, b view.Entry) int { return a.Occurred.Compare(b.Occurred) }) {
		t.Error("it tells of entries as they were written")
	}
	if text := s.Text(); !strings.Contains(text, `note — "seen early" (entry 11, recorded 39m`) || strings.Count(text, "m later)") != 1 {
		t.Errorf("it does not say what was recorded late:\n%s", text)
	}
}

// TestDeadlinesStandAtTheClosing: what became of a deadline after the incident was closed is not
// in its log, so that nothing says that it was missed, or how long is left of it, years later;
// one that had run out by then had.
func TestDeadlinesStandAtTheClosing(t *testing.T) {
	s := closed(t)
	years := s.now.AddDate(3, 0, 0)
	text := export.NewSitrep(s.inc, view.SitrepOptions{Now: years}).Text()
	for _, want := range []string{
		"Long deadline: still ran when the incident was closed, due 2026-11-27 02:04 +00:00; what came of it since is not in the log\n",
		"Short deadline: OVERDUE by 11 min 30 s when the incident was closed, no entry meets it, due 2026-11-24 02:33 +00:00\n",
		"NOT FINISHED WHEN IT WAS CLOSED\n  1.2 Write down when we knew: todo\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the sitrep does not say %q:\n%s", want, text)
		}
	}
	s.now = years
	s.do("Ada", state.AddObservation{Mark: state.Strength, Text: "well done"}) // the last entry is of then
	page := written(t, s.inc, export.Markdown, export.Options{})
	for _, want := range []string{"| Long deadline | running when the incident was closed |", "| Short deadline | **overdue by 11 min 30 s** when the incident was closed |",
		"| clock | Short deadline | overdue, due 2026-11-24 02:33 UTC |", "| clock | Long deadline | running, due 2026-11-27 02:04 UTC |"} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q:\n%s", want, page)
		}
	}
}

// TestCopiesDoNotVouchForStatements: page one of a copy without the runbook neither says that a
// statement is simply sent, nor that there are no deadlines.
func TestCopiesDoNotVouchForStatements(t *testing.T) {
	page := written(t, closed(t).without(state.Procedure, state.Names), export.Markdown, export.Options{})
	front, _, _ := strings.Cut(page, "## Key events")
	if n := strings.Count(front, "not known for certain whether it is true"); n != 2 {
		t.Errorf("it says so of %d statements:\n%s", n, front)
	}
	for _, want := range []string{"Not known: a runbook's text is withheld.", "short, recorded last **started**", "There may be more."} {
		if !strings.Contains(front, want) {
			t.Errorf("it does not say %q:\n%s", want, front)
		}
	}
}

// TestFormsSayWhatTheLogHas: what was done to a service by hand is a measure as a step is; what
// was decided of an attack is not asked for again; no field rests on an entry that is none.
func TestFormsSayWhatTheLogHas(t *testing.T) {
	s := closed(t)
	for _, source := range builtinForms(t) {
		form := view.NewForm(s.inc, source, view.FormOptions{Program: program, At: s.now})
		for i := range form.Fields {
			field := &form.Fields[i]
			if slices.Contains(field.Entries, 0) {
				t.Errorf("%s of %s rests on entries %v", field.ID, source.ID, field.Entries)
			}
			value := ""
			if field.Value != nil {
				value = *field.Value
			}
			switch {
			case field.ID == "malicious" && value != "yes":
				t.Errorf("%s: that it was an attack was decided, and the form says %q", source.ID, value)
			case field.From == "steps:measures" && (!strings.Contains(value, "Database: shut down") || !strings.Contains(value, "Database: restored")):
				t.Errorf("%s of %s lacks what was done by hand: %q", field.ID, source.ID, value)
			case field.From == "events:all" && !strings.Contains(value, "(recorded 39m"):
				t.Errorf("%s of %s does not say what was recorded late: %q", field.ID, source.ID, value)
			case field.From == "people:acted" && strings.Contains(value, state.Muster):
				t.Errorf("the program is a resource: %q", value)
			}
		}
	}
}

// TestAnsweredStepsSaySo: of a step that nobody started, and whose question was answered, the
// report does not say that its turn had come and nothing else; a time that was answered is told
// as every other time is.
func TestAnsweredStepsSaySo(t *testing.T) {
	page := said(t, closeBook, does("Ada", state.AnswerStep{Step: "knew", Values: map[string]string{"aware": "2026-11-24T03:10:00+02:00"}}))
	if strings.Count(page, "**2026-11-24 01:10:00 UTC**") != 1 {
		t.Error("an answer is not there once")
	}
	if strings.Contains(page, "| Step | Status | Started") {
		t.Error("a table has a column for the steps that were started, and none was")
	}
	for _, want := range []string{"| 1.2 Write down when we knew | **yes** | no entry starts it; what it asks was answered, or some of it |", "Time we became aware | **2026-11-24 01:10:00 UTC** |",
		"  - Decided or answered, 1 of 1: see [Annex C]"} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not say %q:\n%s", want, page)
		}
	}
}

// TestAClockThatEndedSaysNoTimeOfItsStart: of one that was met before it started the only time is
// that at which it was met; of one whose start is withheld nothing is said of how early it was.
func TestAClockThatEndedSaysNoTimeOfItsStart(t *testing.T) {
	const law = `title = "Law"
[[input]]
id = "nis2"
type = "bool"
[[clock]]
id = "early"
title = "Early warning"
within = "24h"
starts = "answer:nis2=yes"
stops = "notice:warning"
[[notice]]
id = "warning"
text = "We are aware."
[[phase]]
title = "P"
[[phase.step]]
title = "S"
`
	for want, answered := range map[string]bool{"Early warning: met 2026-11-24 02:04 +00:00, before its clock started\n": false, "Early warning: met; whether in time is not known 2026-11-24 02:06 +00:00; when it was due rests on what is withheld\n": true} {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", law)})
		if answered {
			s.do("Ada", state.AnswerInputs{Values: map[string]string{"nis2": "yes"}})
		}
		s.do("Ada", state.DraftNotice{Notice: "warning"})
		s.do("Ada", state.SendNotice{Notice: "warning", Channel: "form"})
		inc := s.inc
		if answered {
			inc = s.copied(func(uint64) state.Parts { return state.PartsOf(state.Notes) })
		}
		if text := export.NewSitrep(inc, view.SitrepOptions{Now: day.Add(time.Hour)}).Text(); !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}

// TestOrderOfTheReport: in the order of what happened, or in that of writing; either says which it
// is, and what was written late is marked in both.
func TestOrderOfTheReport(t *testing.T) {
	inc := closed(t).inc
	for _, occurred := range []bool{false, true} {
		page := written(t, inc, export.Markdown, export.Options{ByOccurred: occurred})
		_, annex, _ := strings.Cut(page, "# Annexes")
		early, sent := strings.Index(annex, `note — "seen early" (recorded 39m`), strings.Index(annex, "sent It is back, version 1")
		if early < 0 || sent < 0 || early < sent != occurred {
			t.Errorf("by what happened %t: the late note is at %d, what was sent at %d:\n%s", occurred, early, sent, annex)
		}
		for text, want := range map[string]bool{"In the order in which things happened": occurred, "their numbers are in the order of the log, always": occurred, "their order is that of the log, always": !occurred} {
			if strings.Contains(page, text) != want {
				t.Errorf("by what happened %t: that it says %q is %t", occurred, text, !want)
			}
		}
	}
}

// owesBook has a statement that promises an update, and a deadline that counts from an answer.
const owesBook = `title = "Outage"
[[service]]
id = "db"
title = "Database"
[[service]]
id = "web"
title = "Website"
[[input]]
id = "aware"
prompt = "When did you become aware?"
type = "time"
[[clock]]
id = "law"
title = "Tell the authority"
within = "24h"
starts = "manual"
from = "answer:aware"
[[notice]]
id = "holding"
title = "Holding statement"
audience = "public"
next_update = "2h"
text = "We know."
[[phase]]
title = "Do"
[[phase.step]]
id = "look"
title = "Look"
`

// TestTheFrontPageSaysThatAnAnswerIsWanting: a deadline whose start stands in for an answer says so.
func TestTheFrontPageSaysThatAnAnswerIsWanting(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("owes", owesBook)})
	s.act("Ada", state.StartClock{Clock: "law", Why: "it is so"}, time.Time{}, "")
	const want = "aware is not answered, and would say from when it counts"
	front := func() string {
		front, _, _ := strings.Cut(written(t, s.inc, export.Markdown, export.Options{}), "## Key events")
		return front
	}
	if text := front(); !strings.Contains(text, want) {
		t.Errorf("it does not say so:\n%s", text)
	}
	does("Ada", state.AnswerInputs{Values: map[string]string{"aware": day.Add(-time.Hour).Format(time.RFC3339)}})(s)
	if text := front(); strings.Contains(text, want) {
		t.Errorf("it is answered:\n%s", text)
	}
}

// TestWhetherWordsWereRepeatedMayBeWithheld: a copy without the texts does not call a promise kept
// that the same words may have answered, and promises no more than the log.
func TestWhetherWordsWereRepeatedMayBeWithheld(t *testing.T) {
	for second, kept := range map[string]state.PromiseStatus{"We know.": state.PromiseOverdue, "We know more.": state.PromiseKept} {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("owes", owesBook)})
		for _, text := range []string{"We know.", second} {
			s.do("Ada", state.DraftNotice{Notice: "holding", Text: text, Claims: []state.Claim{}})
			s.act("Ada", state.SendNotice{Notice: "holding", Channel: "radio"}, time.Time{}, "a test")
		}
		whole, bare := state.Promises(s.inc), s.without(state.Notes)
		copied := state.Promises(bare)
		late := day.Add(3 * time.Hour)
		if got := whole[0].Standing(s.inc, late).Status; got != kept {
			t.Errorf("%q: %s", second, got)
		}
		if got := copied[0].Standing(bare, late).Status; got != state.PromiseUnknown || len(copied) > len(whole) {
			t.Errorf("%q: %q in the copy, and %d promises for %d", second, got, len(copied), len(whole))
		}
	}
}

// TestWhatNobodyHadLookedAtIsNamed: a statement that all are back, sent by an override, names in
// the report and in the sitrep what nobody had said anything of.
func TestWhatNobodyHadLookedAtIsNamed(t *testing.T) {
	s := &scribe{tb: t, now: day}
	book := strings.Replace(owesBook, `next_update = "2h"`, `claims = ["*=verified"]`, 1)
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("owes", book)})
	does("Ben", state.SetService{Service: "db", State: state.Unaffected, Why: "looked"})(s)
	s.do("Ada", state.DraftNotice{Notice: "holding", Text: "All is back.", Claims: []state.Claim{}})
	s.act("Ada", state.SendNotice{Notice: "holding", Channel: "radio"}, time.Time{}, "the minister waits")
	const want = "NOBODY HAD SAID HOW THESE STOOD: Website"
	report := written(t, s.inc, export.Markdown, export.Options{})
	sitrep := export.NewSitrep(s.inc, view.SitrepOptions{Now: day.Add(time.Hour)}).Text()
	for _, text := range []string{report, written(t, s.inc, export.HTML, export.Options{}), sitrep} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not name it:\n%s", text)
		}
	}
}
