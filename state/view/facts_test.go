package view

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestIncidentSaysWhatTheLogHolds: each fact once, with who, when and by which entry;
// what was retracted does not count, what was amended counts as amended.
func TestIncidentSaysWhatTheLogHolds(t *testing.T) {
	facts(t, New(story(t).inc, Options{Program: "m"}), map[string]string{
		"format": `"muster-incident"`, "program": `"m"`, "title": `"Website down"`, "severity": `"SEV1"`, "tlp": `"AMBER"`, "exercise": "false", "runbook": `"Intrusion"`,
		"detected": `"2026-11-24T01:41:00Z"`, "opened": `"2026-11-24T02:01:00Z"`, "opened_by": `"Ada"`, "entries": "36", "head.seq": "36", "closed": "left out", "withheld": "left out",
		"unknown_entries": "0", "zones": `[{"entries":36,"value":"+01:00 Europe/Berlin"}]`, "opened_with": `"muster 0.1.0"`, "last_recorded": `"2026-11-24T02:36:00Z"`, "duration_seconds": "3300",
		"severity_history.#": "2", "severity_history.1.to": `"SEV1"`, "severity_history.1.seq": "9", "closing": "left out", "reopenings": "[]",
		"runbooks.#": "1", "runbooks.0.seq": "1", "runbooks.0.withheld": "left out", "damage": "left out", "unnamed": "left out", "unnamed_calls": "[]", "unplaced": "[]",

		"people.#": "3", "people.0": `{"entries":13,"name":"Ada","roles":["commander"],"via":["local"]}`, "people.1": `{"entries":22,"name":"Ben","roles":[],"via":["local"]}`,
		"roles.commander.person": `"Cleo"`, "roles.commander.history.#": "2", "roles.commander.history.0.to": `"Ada"`, "roles.commander.history.1.seq": "34", "roles.legal.history": "[]",
		"handovers.#": "1", "handovers.0.from": `"Ada"`, "handovers.0.to": `"Cleo"`, "handovers.0.acknowledged_seq": "34", "handovers.0.acknowledged_by": `"Cleo"`,

		"tally":               `{"active":1,"blocked":1,"done":2,"failed":0,"never_run":3,"not_applicable":1,"reopened":1,"settled_elsewhere":0,"skipped":1,"todo":3,"total":11,"unconfirmed":1,"waiting":1}`,
		"phases.detect.tally": `{"active":0,"blocked":0,"done":2,"failed":0,"never_run":2,"not_applicable":0,"reopened":0,"settled_elsewhere":0,"skipped":0,"todo":2,"total":4,"unconfirmed":0,"waiting":0}`,
		"phases.#":            "2", "phases.act.tally.total": "7", "phases.act.number": "2",

		"steps.look.status": `"done"`, "steps.look.duration_seconds": "180", "steps.look.expected_seconds": "300", "steps.look.started_by": `"Ben"`,
		"steps.look.checklist": `[{"done":false,"text":"Read the log"},{"done":true,"text":"Ask the desk"}]`,
		"steps.look.notes":     `[{"at":"2026-11-24T02:05:00Z","by":"Ben","seq":5,"text":"three"}]`, "steps.look.entries": "[3,4,5,6]", "steps.look.overrides.#": "1", "steps.look.options": "left out",
		"steps.attack.answer": `"yes"`, "steps.attack.options": `["yes","no"]`, "steps.attack.expected_seconds": "left out", "steps.attack.answers.#": "2", "steps.attack.answers.how.value": `"a ransom note"`,
		"steps.tell.never_run": "true", "steps.tell.reopened": "left out", "steps.tell.entries": "[]", "steps.tell.required": "false",
		"steps.close.answers.#": "1", "steps.close.answers.0.value": "left out", "steps.close.answer": "left out",
		"steps.five.reopened": "true", "steps.five.never_run": "left out", "steps.one.never_run": "left out", "steps.one.reason": `"no VPN"`, "steps.two.status": `"unconfirmed"`, "steps.four.status": `"blocked"`,
		"steps.six.status": `"waiting"`, "steps.six.never_run": "true", "steps.seven.status": `"not-applicable"`, "steps.three.evidence.#": "1", "steps.three.overrides": "[]",
		"steps.down.without_copies": "true", "steps.down.never_run": "left out", "steps.down.answers": "[]",

		"answers.#": "5", "answers.org.value": `"IMO"`, "answers.org.kind": `"input"`, "answers.site.value": "left out", "answers.site.at": "left out", "answers.attack.title": `"Yes, an attack"`,
		"services.db.state": `"unaffected"`, "services.db.history.#": "2", "services.db.history.0.seq": "10", "services.db.said.holds": "false", "services.db.said.notice": `"holding"`, "services.db.withheld": "left out",
		"services.web.history": "[]", "services.web.check.took_seconds": "1.5", "services.web.check.at": `"2026-11-24T02:25:00Z"`, "services.web.since": "left out", "services.web.hit_below": "[]",
		"checks.#": "1", "checks.0.by": `"Ben"`, "checks.0.seq": "25",

		"notices.#": "3", "notices.holding.version": "1", "notices.holding.status": `"sent"`, "notices.holding.stale.#": "0", "notices.holding.superseded.#": "1", "notices.holding.last_sent.claims.0.verdict": `"held"`, "notices.holding.last_sent.seq": "22", "notices.holding.last_sent.claims.0.holds": "true",
		"notices.holding.untrue.#": "0", "notices.holding.versions.0.failures.#": "1", "notices.holding.versions.0.sent.#": "1",
		"notices.holding.versions.0.claims": `[{"service":"db","state":"affected"}]`, "notices.holding.versions.0.basis": "{}", "notices.back.version": "1", "notices.back.last_sent": "left out", "notices.back.untrue": "[]",
		"notices.never.version": "left out", "notices.never.versions": "[]",

		"clocks.board.status": `"met late"`, "clocks.board.left_seconds": "left out", "clocks.filing.status": `"running"`, "clocks.filing.left_seconds": "3120", "clocks.filing.ended": "left out",
		"clocks.later.status": `"waiting"`, "clocks.later.started": "left out", "clocks.later.due": "left out", "clocks.board.due": `"2026-11-24T01:56:00Z"`, "clocks.board.counts_from": "left out",
		"contacts.cert.reached": "false", "contacts.cert.call_back": `"2026-11-24T03:25:00Z"`, "contacts.cert.calls.#": "1", "contacts.bank.reached": "true", "contacts.bank.call_back": "left out",
		"timers.#": "2", "timers.timer-1.why": `"done"`, "timers.timer-2.ended": "left out", "witnesses.#": "1", "witnesses.0.entry": "34", "sitreps.#": "1", "sitreps.0.to": `"the board"`,

		"evidence.#": "1", "evidence.0.bytes": "2048", "evidence.0.retracted_by": "left out", "overrides.#": "1", "overrides.0.step": `"look"`, "overrides.0.of": `["unticked"]`,
		"corrections.#": "2", "corrections.0.text": `"three"`, "corrections.0.of": "5", "corrections.0.occurred": "left out", "corrections.1.kind": `"retracted"`, "corrections.1.text": "left out",
		"corrections.1.was": `"done 1.3 Tell the staff"`,

		"open_items.#": "8", "open_items.two.name": `"2.2 Two"`, "open_items.two.what": `"confirmation"`, "open_items.filing.name": `"Filing"`, "open_items.timer-2.name": `"ask"`,
	})
}

// TestCorrectionsThatWereTakenBack: are listed, and count for nothing; nor does what
// was retracted with its evidence and override.
func TestCorrectionsThatWereTakenBack(t *testing.T) {
	s := begun(t)
	moved := day.Add(-time.Minute)
	done := s.act("Ben", state.DoStep{Step: "look"}, time.Time{}, "not all asked")
	file := s.do("Ben", state.AddEvidence{Step: "three", Name: "a.png", SHA256: state.Sum([]byte("a")), Size: 1})
	amend := s.do("Ada", state.AmendEntry{Seq: done, Occurred: &moved, Why: "the clock was wrong"})
	facts(t, New(s.inc, Options{}), map[string]string{
		"corrections.0.occurred": `{"from":"2026-11-24T02:02:00Z","to":"2026-11-24T01:59:00Z"}`, "corrections.0.text": "left out", "steps.look.ended": `"2026-11-24T01:59:00Z"`,
		"steps.three.evidence.#": "1", "steps.look.overrides.#": "1",
	})
	s.do("Ada", state.RetractEntry{Seq: file, Why: "not ours"})
	s.do("Ada", state.RetractEntry{Seq: amend, Why: "it was right"})
	s.do("Ben", state.RetractEntry{Seq: done, Why: "not done"})
	facts(t, New(s.inc, Options{}), map[string]string{
		"corrections.#": "4", "corrections.0.retracted_by": strconv.Itoa(int(amend) + 2), "evidence.0.retracted_by": strconv.Itoa(int(file) + 2), "overrides.0.retracted_by": strconv.Itoa(int(done) + 5),
		"steps.three.evidence": "[]", "steps.look.overrides": "[]", "steps.look.status": `"todo"`, "steps.look.never_run": "true", "steps.look.entries": "[]",
	})
}

// TestClosingEndsTheIncident: with what was open, and until it is reopened.
func TestClosingEndsTheIncident(t *testing.T) {
	s := story(t)
	s.act("Ada", state.CloseIncident{Summary: "It is over."}, time.Time{}, "the rest can wait")
	facts(t, New(s.inc, Options{}), map[string]string{
		"closed": `"2026-11-24T02:37:00Z"`, "closing.summary": `"It is over."`, "closing.by": `"Ada"`, "closing.seq": "37", "closing.open_items.#": "8", "closing.open_items.six.name": `"2.6 Six"`, "duration_seconds": "3360",
	})
	s.now = s.now.Add(time.Hour)
	s.do("Ada", state.ReopenIncident{Why: "it is not"})
	facts(t, New(s.inc, Options{}), map[string]string{"closed": "left out", "closing": "left out", "reopenings.#": "1", "reopenings.0.why": `"it is not"`, "reopenings.0.to": `"open"`, "duration_seconds": "7020"})
	facts(t, New(s.inc, Options{Damage: &state.Damage{Line: 9, Seq: 9, What: "cut"}}), map[string]string{"damage": `{"line":9,"seq":9,"what":"cut"}`})
}

// TestCopySaysWhatItLacks: what is withheld is null, not nothing.
func TestCopySaysWhatItLacks(t *testing.T) {
	s := story(t)
	part := func(parts ...state.Part) *state.Incident {
		return s.without(func(uint64) state.Parts { return state.PartsOf(parts...) })
	}
	facts(t, New(part(state.Names), Options{}), map[string]string{
		"people": "[]", "unnamed.entries": "36", "unnamed.via": `["local"]`, "unnamed.roles": `["commander"]`, "withheld.entries": "0", "withheld.partly": "36", "withheld.parts": `[{"entries":36,"part":"names"},{"entries":1,"part":"notes"},{"entries":1,"part":"runbook"}]`,
		"sitreps.0.sha256": "null", "unnamed_calls.#": "2",
	})
	facts(t, New(part(state.Notes), Options{}), map[string]string{
		"corrections.0.text": "null", "corrections.1.text": "left out", "answers.org.value": "null", "notices.holding.versions.0.sha256": "null", "notices.holding.versions.0.basis": "null",
	})
	facts(t, New(part(state.Evidence), Options{}), map[string]string{"evidence.0.sha256": "null", "evidence.0.bytes": "null", "withheld.parts": `[{"entries":1,"part":"names"},{"entries":1,"part":"notes"},{"entries":1,"part":"evidence"}]`})
	bookless := part(state.Procedure)
	facts(t, New(bookless, Options{}), map[string]string{
		"tally": "null", "phases": "null", "steps": "null", "answers": "null", "services": "null", "roles": "null", "clocks": "null", "open_items.timer-2.name": `"ask"`, "tlp": `"AMBER"`, "runbook": "null",
		"runbooks.0.title": "null", "runbooks.0.sha256": "null", "runbooks.0.withheld": "true",
		"unplaced.look.what": `"step"`, "unplaced.look.last": `"done"`, "unplaced.look.entries": "[3,4,5,6]", "unplaced.attack.last": `"decided: yes"`, "unplaced.db.last": `"unaffected"`, "unplaced.db.entries": "[10,23]",
		"unplaced.web.last": "left out", "unplaced.commander.last": `"taken by Cleo"`, "unplaced.filing.last": `"started"`, "unplaced.board.last": `"met"`, "unplaced.tell": "left out", "unplaced.holding": "left out",
	})
	facts(t, New(bookless, Options{Whole: s.inc}), map[string]string{"tlp": `"AMBER"`, "clocks.#": "3", "clocks.filing.started_by": `"Ada"`})
	facts(t, New(bookless, Options{Whole: s.inc, Withheld: state.PartsOf(state.Names)}), map[string]string{"clocks.#": "3", "clocks.filing.started_by": strconv.Quote(state.WithheldText), "clocks.later.started_by": "left out"})
	for _, part := range []state.Part{state.Procedure, state.Notes} {
		facts(t, New(bookless, Options{Whole: s.inc, Withheld: state.PartsOf(part)}), map[string]string{"clocks": "null"})
	}
	facts(t, StatusOf(bookless, s.now), map[string]string{"tally": "null", "steps": "null"})
	facts(t, ListedOf(bookless), map[string]string{"steps": "left out"})
	gaps := GapsOf(s.without(func(seq uint64) state.Parts {
		switch seq {
		case 5, 36:
			return state.AllParts
		case 7:
			return state.PartsOf(state.Notes)
		}
		return 0
	}))
	if gaps.String() != "notes (1 entry), everything (2 entries)" || !gaps.Any() || gaps.Closed() || gaps.End != nil || gaps.Amended[5] != 7 {
		t.Errorf("%s, %+v", gaps, gaps)
	}
	s.act("Ada", state.CloseIncident{Summary: "Over."}, time.Time{}, "later")
	ended := s.without(func(seq uint64) state.Parts {
		if seq == 37 {
			return state.AllParts
		}
		return 0
	})
	if gaps := GapsOf(ended); !gaps.Closed() || gaps.End.Seq != 37 {
		t.Errorf("the closing is withheld: %+v", gaps)
	}
}

// TestSitrepTellsWhatMatters: answers that are known, what is under way and the next
// six steps, clocks and timers that run, what is out and what was not sent.
func TestSitrepTellsWhatMatters(t *testing.T) {
	s := story(t)
	ids := func(steps []Step) string {
		var out []string
		for _, step := range steps {
			out = append(out, step.ID)
		}
		return strings.Join(out, " ")
	}
	r := NewSitrep(s.inc, SitrepOptions{Now: s.now, Since: 30, Program: "m"})
	if got := ids(r.Next) + "|" + ids(r.Decisions); got != "tell two three four five|close" {
		t.Errorf("next are %s", got)
	}
	facts(t, r, map[string]string{
		"at": `"2026-11-24T02:36:00Z"`, "since": "30", "known.#": "3", "known.0.id": `"org"`, "known.2.id": `"how"`, "done.#": "6", "done.0.seq": "31", "done_earlier": "left out",
		"clocks.#": "2", "clocks.0.id": `"board"`, "clocks.1.id": `"filing"`, "timers.#": "1", "timers.0.id": `"timer-2"`, "statements.#": "1", "statements.0.id": `"holding"`, "drafts.#": "1", "drafts.0.id": `"back"`,
		"call_backs.#": "1", "call_backs.0.id": `"cert"`, "call_backs.0.at": `"2026-11-24T03:25:00Z"`, "tally.total": "11",
	})
	fresh := begun(t)
	if got := ids(NewSitrep(fresh.inc, SitrepOptions{Now: fresh.now}).Next); got != "look tell one two three four" {
		t.Errorf("of a fresh incident the next are %s", got)
	}
	for range maxDone {
		fresh.do("Ada", state.AddNote{Text: "again"})
	}
	facts(t, NewSitrep(fresh.inc, SitrepOptions{Now: fresh.now}), map[string]string{"done.#": "40", "done_earlier": "1", "done.0.seq": "2", "clocks.0.left_seconds": "-2700"})
	facts(t, NewSitrep(fresh.inc, SitrepOptions{Now: fresh.now, Since: 1}), map[string]string{"done.#": "40", "done_earlier": "left out"})
	facts(t, StatusOf(s.inc, s.now), map[string]string{"next": `"three"`, "steps.#": "11", "open_items.#": "8", "clocks.#": "3", "notices.#": "3", "timers.#": "2"})
	facts(t, ListedOf(s.inc), map[string]string{"id": `"2026-11-24-amber-heron"`, "steps": `{"applicable":10,"done":2,"total":11}`})
}

// TestNoticeTextIsTheLastOrADraft: with its claims beside what is known, and all its sendings.
func TestNoticeTextIsTheLastOrADraft(t *testing.T) {
	s := story(t)
	facts(t, NoticeTextOf(s.inc, s.inc.Notice("holding")), map[string]string{
		"text": `"Down."`, "by": `"Ada"`, "sent.#": "1", "claims.#": "1", "claims.0.known": `"unaffected"`, "claims.0.holds": "false", "claims.0.title": `"Database"`, "mentions": "[]",
	})
	facts(t, NoticeTextOf(s.inc, s.inc.Notice("never")), map[string]string{"text": `"Nothing."`, "by": "left out", "at": "left out", "sent": "[]", "version": "left out"})
	s.do("Ada", state.SendNotice{Notice: "back", Channel: "mail"})
	facts(t, New(s.inc, Options{}), map[string]string{
		"notices.holding.last_sent.corrected_by": "[37]", "notices.back.last_sent.corrects": "[22]", "notices.holding.superseded.#": "0",
	})
}

// TestMoments: in UTC, never beyond what JSON can write; from one to another in whole
// seconds; unknown is null.
func TestMoments(t *testing.T) {
	late := time.Date(9999, 12, 31, 23, 30, 0, 0, time.FixedZone("", -3600))
	if got := moment(late); !got.Equal(lastMoment) || lastMoment.Format(time.RFC3339) != "9999-12-31T23:59:59Z" {
		t.Errorf("an hour beyond the end: %v", got)
	}
	if edge := lastMoment.Add(-time.Hour); !moment(edge).Equal(edge) || moment(time.Time{}) != nil || knownMoment(time.Time{}) != nil {
		t.Error("an hour before the end, or none")
	}
	from, to := day, day.Add(1900*time.Millisecond)
	if got := seconds(&from, &to); *got != 1 || seconds(nil, &to) != nil || seconds(&from, nil) != nil {
		t.Errorf("it took %v", *got)
	}
	facts(t, []any{Text(""), Text("a"), Words{}, Words{Known: true}, Moment{}, Moment{day}}, map[string]string{"0": "null", "1": `"a"`, "2": "null", "3": `""`, "4": "null", "5": `"2026-11-24T02:00:00Z"`})
	if known([]int{}, true) != nil || known([]int{}, false) == nil || len(known([]int{1}, true)) != 1 || list[int](nil) == nil {
		t.Error("a list that is not known, or empty")
	}
}

// TestMedian: of two in the middle the mean of both; nothing of nothing.
func TestMedian(t *testing.T) {
	for _, c := range []struct {
		values []int64
		want   int64
	}{{[]int64{5}, 5}, {[]int64{9, 1}, 5}, {[]int64{9, 1, 4}, 4}, {[]int64{10, 2, 8, 4}, 6}} {
		if got := median(c.values); got == nil || *got != c.want {
			t.Errorf("of %v it is %v", c.values, got)
		}
	}
	if median(nil) != nil {
		t.Error("nothing has a median")
	}
}

// TestDelays: how many, the middle one, the worst and whose it was; of those that have one.
func TestDelays(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	acted := func(in *AARInject) *int64 { return in.NextAfter }
	d := delays([]AARInject{{Number: 1, NextAfter: n(30)}, {Number: 2}, {Number: 3, NextAfter: n(90)}, {Number: 4, NextAfter: n(90)}, {Number: 5, NextAfter: n(60)}}, acted)
	if d.Count != 4 || *d.Median != 75 || *d.Worst != 90 || d.WorstAt != 3 {
		t.Errorf("%+v", d)
	}
	if d := delays([]AARInject{{Number: 2}}, acted); d.Count != 0 || d.Median != nil || d.Worst != nil {
		t.Errorf("of nothing: %+v", d)
	}
	for _, c := range []struct {
		in   AARInject
		want bool
	}{{AARInject{Number: 1}, true}, {AARInject{}, false}, {AARInject{Number: 1, NextAfter: n(1)}, false}, {AARInject{Number: 1, Acked: n(1)}, false}} {
		if got := c.in.Silent(); got != c.want {
			t.Errorf("%+v is silent: %v", c.in, got)
		}
	}
	if got := firstWords(strings.Repeat("é", 60)) + "|" + firstWords(strings.Repeat("é", 61)); got != strings.Repeat("é", 60)+"|"+strings.Repeat("é", 60)+"…" {
		t.Errorf("the first words are %q", got)
	}
}
