package view

import (
	"strconv"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// TestListsAreOfTheWholeIncident: what a command lists is what the report has, in the
// same order; nothing is left out that nobody did anything about.
func TestListsAreOfTheWholeIncident(t *testing.T) {
	s := story(t)
	facts(t, RolesOf(s.inc), map[string]string{"#": "2", "commander.person": `"Cleo"`, "commander.since": `"2026-11-24T02:34:00Z"`, "legal.person": "left out", "legal.title": `"Legal"`})
	facts(t, ServicesOf(s.inc), map[string]string{"#": "2", "db.state": `"unaffected"`, "db.by": `"Ben"`, "db.why": `"looked again"`, "web.tier": "2", "web.check.ok": "true"})
	facts(t, TimersOf(s.inc), map[string]string{"#": "2", "timer-1.why": `"done"`, "timer-1.ended": `"2026-11-24T02:32:00Z"`, "timer-2.ended": "left out", "timer-2.by": `"Ben"`, "timer-2.due": `"2026-11-24T03:30:00Z"`})
	facts(t, StepsOf(s.inc), map[string]string{"#": "11", "look.id": `"look"`, "down.id": "left out"})
	bookless := s.without(func(uint64) state.Parts { return state.PartsOf(state.Procedure) })
	for _, list := range []any{RolesOf(bookless), ServicesOf(bookless), StepsOf(bookless)} {
		facts(t, []any{list}, map[string]string{"0": "null"})
	}
	facts(t, openItems(s.inc, s.inc.OpenItems(), s.now), map[string]string{"six.name": `"2.6 Six"`, "timer-2.name": `"ask"`, "filing.name": `"Filing"`, "filing.what": `"clock"`})
	for _, c := range []struct{ what, id, want string }{
		{"service", "db", "Database"}, {"service", "x", "x"}, {"clock", "filing", "Filing"}, {"clock", "x", "x"}, {"notice", "holding", "Holding statement"}, {"notice", "x", "x"},
		{"timer", "timer-1", "water"}, {"timer", "x", "x"}, {"role", "legal", "Legal"}, {"role", "x", "x"}, {"step", "look", "1.1 Look at the alarm"}, {"step", "x", "x"},
	} {
		if got := state.NameOfOpen(s.inc, state.OpenItem{What: c.what, ID: c.id}); got != c.want {
			t.Errorf("the %s %s is called %q", c.what, c.id, got)
		}
	}
	for _, c := range []struct {
		step Step
		want string
	}{{Step{Role: "legal"}, "legal"}, {Step{Role: "legal", Assignee: "Ben"}, "Ben"}, {Step{Role: "legal", Assignee: "Ben", StartedBy: "Ada", Status: state.Active}, "Ada"}, {Step{StartedBy: "Ada", Role: "legal", Status: state.Done}, "legal"}} {
		if got := c.step.Who(); got != c.want {
			t.Errorf("%+v is %q's", c.step, got)
		}
	}
}

// TestRunbooksAreGivenWithTheEntryThatHasThem: the first with the opening, others with
// the entry that attached each; one that was taken back is none.
func TestRunbooksAreGivenWithTheEntryThatHasThem(t *testing.T) {
	s := begun(t)
	doc := func(text string) state.Document {
		return state.Document{ID: "more", Source: "a file", SHA256: state.Sum([]byte(text)), Text: text}
	}
	attach := func(prefix, text string) uint64 {
		return s.do("Ada", state.AttachRunbook{Prefix: prefix, Runbook: doc(text), Why: "more of it"})
	}
	attach("a", clockBook)
	second := attach("b", saidBook)
	facts(t, New(s.inc, Options{}), map[string]string{"runbooks.#": "3", "runbooks.0.seq": "1", "runbooks.1.seq": "2", "runbooks.2.seq": "3", "runbooks.2.title": `"Said"`, "runbooks.2.source": `"a file"`, "runbooks.1.withheld": "left out"})
	one := s.without(func(seq uint64) state.Parts {
		if seq == second {
			return state.PartsOf(state.Procedure)
		}
		return 0
	})
	facts(t, New(one, Options{}), map[string]string{"runbooks.0.title": `"Intrusion"`, "runbooks.1.title": `"Clocks"`, "runbooks.1.withheld": "left out"})
}

// TestVouchersAreInTheOrderOfTheLog: witnesses and signatures together.
func TestVouchersAreInTheOrderOfTheLog(t *testing.T) {
	inc := &state.Incident{
		Witnesses:  []state.Witness{{Witness: "the bank", Seq: 3}, {Witness: "the board", Seq: 9}},
		Signatures: []state.Signature{{Fingerprint: "a", Seq: 2}, {Fingerprint: "b", Seq: 5}},
	}
	facts(t, vouchers(inc), map[string]string{"#": "4", "0.seq": "2", "0.fingerprint": `"a"`, "0.witness": "left out", "1.seq": "3", "1.witness": `"the bank"`, "2.seq": "5", "3.seq": "9"})
}

// TestOrganisationIsGivenWhole: with empty lists where there is nothing.
func TestOrganisationIsGivenWhole(t *testing.T) {
	org := &runbooks.Organisation{Name: "IMO"}
	org.Services = []runbooks.Service{{ID: "db", Title: "Database", Tier: 1}}
	org.Contacts = []runbooks.Contact{{ID: "cert", Title: "CERT", Reach: []string{"tel:1"}}, {ID: "none", Title: "None"}}
	org.People = append(org.People, runbooks.Person{Name: "Ada", Roles: []string{"commander"}}, runbooks.Person{Name: "Ben"})
	facts(t, OrganisationOf("imo.toml", org), map[string]string{
		"file": `"imo.toml"`, "name": `"IMO"`, "services": `[{"id":"db","tier":1,"title":"Database"}]`, "contacts.cert.reach": `["tel:1"]`, "contacts.none.reach": "[]", "people": `[{"name":"Ada","roles":["commander"]},{"name":"Ben","roles":[]}]`,
	})
	facts(t, OrganisationOf("", &runbooks.Organisation{}), map[string]string{"services": "[]", "contacts": "[]", "people": "[]"})
}

// TestHandoversAreTakenOnce: each by the acknowledgement after it, from whom it was; a
// role that nobody held is from nobody.
func TestHandoversAreTakenOnce(t *testing.T) {
	s := begun(t)
	s.act("Ada", state.HandRole{Role: "legal", To: "Ben", Note: "first"}, time.Time{}, "nobody has it")
	s.do("Ben", state.AcknowledgeRole{Role: "legal"})
	s.do("Ben", state.HandRole{Role: "legal", To: "Cleo", Note: "second"})
	s.do("Cleo", state.AcknowledgeRole{Role: "legal"})
	s.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	s.do("Ada", state.HandRole{Role: "commander", To: "Ben"})
	facts(t, New(s.inc, Options{}), map[string]string{
		"handovers.#": "3", "handovers.0.from": "left out", "handovers.0.acknowledged_seq": "3", "handovers.1.from": `"Ben"`, "handovers.1.acknowledged_seq": "5", "handovers.1.acknowledged_by": `"Cleo"`, "handovers.2.acknowledged": "left out", "handovers.2.from": `"Ada"`,
		"roles.legal.history.#": "2", "roles.legal.history.0.to": `"Ben"`, "roles.legal.history.1.why": `"second"`, "roles.commander.handed_to": `"Ben"`,
	})
}

// TestUnplacedSaysWhatBecameOfIt: of each thing that no runbook here has, by the last
// entry that says so, and who it was handed to beside who holds it.
func TestUnplacedSaysWhatBecameOfIt(t *testing.T) {
	s := story(t)
	s.now = s.now.Add(2 * time.Hour)
	s.do("muster", state.MissClock{Clock: "filing", Due: s.inc.Clock("filing").Due(time.UTC).Add(time.Hour)})
	facts(t, New(s.inc, Options{}), map[string]string{"clocks.filing.missed_seq": "37", "clocks.filing.due": `"2026-11-24T03:28:00Z"`, "clocks.filing.missed_due": `"2026-11-24T04:28:00Z"`})
	s.do("Cleo", state.HandRole{Role: "commander", To: "Dora"})
	s.act("Ada", state.HandRole{Role: "legal", To: "Eva"}, time.Time{}, "nobody has it")
	s.do("Ada", state.WaiveClock{Clock: "later", Why: "no need"})
	bookless := s.without(func(uint64) state.Parts { return state.PartsOf(state.Procedure) })
	want := map[string]string{
		"filing.last": `"time up"`, "filing.what": `"clock"`, "later.last": `"waived"`, "commander.last": `"taken by Cleo; handed to Dora"`, "legal.last": `"handed to Eva"`, "legal.by": `"Ada"`, "legal.at": `"2026-11-24T04:39:00Z"`,
		"one.last": `"skipped"`, "two.last": `"done"`, "four.last": `"blocked"`, "five.last": `"reopened"`, "three.last": `"started"`, "close": "left out", "tell": "left out", "holding": "left out",
	}
	facts(t, unplacedOf(bookless, GapsOf(bookless)), want)
	facts(t, New(bookless, Options{}).Unplaced, want)
	drafts := s.without(func(seq uint64) state.Parts {
		if seq == 20 {
			return state.AllParts
		}
		return state.PartsOf(state.Procedure)
	})
	facts(t, New(drafts, Options{}).Unplaced, map[string]string{"holding.what": `"notice"`, "holding.last": `"sent"`, "holding.entries": "[21,22]", "back": "left out"})
	if b := (&builder{inc: s.inc}); b.unversioned("holding", 1) != "" || b.unversioned("holding", 2) != "holding" || b.unversioned("x", 1) != "x" {
		t.Error("a version that is here is missed, or one that is not is found")
	}
}

// TestSitrepHasTheZoneOfItsTimes: that which is asked for, or UTC.
func TestSitrepHasTheZoneOfItsTimes(t *testing.T) {
	s := story(t)
	east := time.FixedZone("east", 3600)
	if got := NewSitrep(s.inc, SitrepOptions{Now: s.now}).Zone; got != time.UTC {
		t.Errorf("it is in %v", got)
	}
	if got := NewSitrep(s.inc, SitrepOptions{Now: s.now, Zone: east}).Zone; got != east {
		t.Errorf("it is in %v", got)
	}
}

// TestCorrectionsOfWhatCannotBeSaid: the first entry may be corrected; a number that is
// none of an entry before says nothing of what was.
func TestCorrectionsOfWhatCannotBeSaid(t *testing.T) {
	s := begun(t)
	moved := day.Add(-30 * time.Minute)
	s.do("Ada", state.AmendEntry{Seq: 1, Occurred: &moved, Why: "seen earlier"})
	facts(t, New(s.inc, Options{}), map[string]string{"corrections.0.of": "1", "corrections.0.was": strconv.Quote(Describe(s.inc, s.inc.Log[0])), "corrections.0.occurred.to": `"2026-11-24T01:30:00Z"`, "detected": `"2026-11-24T01:30:00Z"`})
	b := &builder{inc: s.inc, out: &Incident{}}
	for _, of := range []uint64{0, 2, 3} {
		b.fix(state.Entry{Seq: 2, Frame: &state.Frame{}}, "retracted", of, "", 0, nil)
	}
	for _, fix := range b.out.Fixes {
		if fix.Was != "" {
			t.Errorf("of %d it says what was: %s", fix.Of, fix.Was)
		}
	}
}

// TestComparisonLeavesOutWhatCannotBeCompared: another runbook, later ones, itself, one
// without a runbook; those that are left are oldest first, drills and live ones apart.
func TestComparisonLeavesOutWhatCannotBeCompared(t *testing.T) {
	s, _ := drill(t)
	past := func(id string, ago time.Duration) *state.Incident {
		o := begun(t)
		o.do("Ben", state.StartStep{Step: "look"})
		o.act("Ben", state.DoStep{Step: "look"}, time.Time{}, "enough")
		o.do("Ben", state.StartStep{Step: "tell"})
		o.do("Ben", state.DoStep{Step: "tell"})
		o.do("Ben", state.FailStep{Step: "close", Why: "torn"})
		o.do("Ben", state.StartStep{Step: "one"})
		o.do("Ben", state.DoStep{Step: "one"})
		o.inc.ID, o.inc.OpenedAt = id, s.inc.OpenedAt.Add(-ago)
		return o.inc
	}
	otherBook, later, same, none := begunWith(t, clockBook).inc, past("later", -time.Hour), past(s.inc.ID, time.Hour), past("none", time.Hour)
	otherBook.ID, otherBook.OpenedAt, none.Books = "other", s.inc.OpenedAt.Add(-time.Hour), nil
	old, b, a, drilled := past("old", 3*time.Hour), past("b", time.Hour), past("a", time.Hour), past("drilled", 2*time.Hour)
	drilled.Mode = state.Drill
	got := compare(s.inc, []*state.Incident{b, nil, otherBook, a, later, same, old, none, drilled, s.inc})
	facts(t, got, map[string]string{
		"others.#": "4", "others.0.id": `"old"`, "others.1.id": `"drilled"`, "others.2.id": `"a"`, "others.3.id": `"b"`, "others.1.mode": `"drill"`,
		"steps.#": "3", "steps.look.live": "3", "steps.look.drills": "1", "steps.look.live_median_seconds": "60", "steps.tell.this_seconds": "left out", "steps.tell.drills": "1", "steps.tell.live": "3",
		"phases.detect.this_seconds": "60", "phases.detect.live_median_seconds": "180", "phases.act.live": "3", "phases.act.live_median_seconds": "60", "phases.act.live_not_finished": "3", "steps.look.live_not_finished": "left out", "steps.close": "left out", "steps.one.live": "3",
	})
	bare := *s.inc
	bare.Books = nil
	if got := compare(&bare, []*state.Incident{a}); len(got.Others) != 0 {
		t.Errorf("without a runbook it is compared with %v", got.Others)
	}
}

// TestReportOfLittle: lists are there though empty; the tally is known as long as a
// runbook is.
func TestReportOfLittle(t *testing.T) {
	s := begunWith(t, clockBook)
	facts(t, New(s.inc, Options{}), map[string]string{"roles": "[]", "services": "[]", "notices": "[]", "contacts": "[]", "steps.#": "2"})
	facts(t, NewAAR(s.inc, AAROptions{}), map[string]string{"improvement_plan": "[]", "injects": "[]", "objectives": "[]", "strengths": "[]", "overrides": "[]"})
	more := state.Document{ID: "more", Source: "a file", SHA256: state.Sum([]byte(saidBook)), Text: saidBook}
	s.do("Ada", state.AttachRunbook{Prefix: "more", Runbook: more, Why: "more of it"})
	half := s.without(func(seq uint64) state.Parts {
		if seq == 2 {
			return state.PartsOf(state.Procedure)
		}
		return 0
	})
	facts(t, New(half, Options{}), map[string]string{"tally.total": "2", "steps.#": "2", "runbooks.#": "2", "runbooks.0.title": `"Clocks"`})
	none := s.without(func(uint64) state.Parts { return state.PartsOf(state.Procedure) })
	facts(t, New(none, Options{}), map[string]string{"tally": "null", "steps": "null"})
	facts(t, NewSitrep(none, SitrepOptions{Now: s.now}), map[string]string{"clocks": "null", "open_decisions": "null", "roles": "null", "drafts": "[]", "timers": "[]"})
}

// TestEntryThatIsWithheldWhole: says so of its person and its parts; one of which a part
// is names that part, and one of which nothing is none.
func TestEntryThatIsWithheldWhole(t *testing.T) {
	s := story(t)
	copied := s.without(func(seq uint64) state.Parts {
		switch seq {
		case 5:
			return state.AllParts
		case 10:
			return state.PartsOf(state.Notes)
		}
		return 0
	})
	facts(t, EntryOf(copied, copied.Log[4]), map[string]string{"by": strconv.Quote(state.WithheldText), "withheld": `["everything"]`, "text": "left out", "unknown": "left out"})
	facts(t, EntryOf(copied, copied.Log[9]), map[string]string{"by": `"Ben"`, "withheld": `["notes"]`})
	facts(t, EntryOf(copied, copied.Log[10]), map[string]string{"by": `"Ben"`, "withheld": "left out"})
	if got := GapsOf(copied).String(); got != "notes (1 entry), everything (1 entry)" {
		t.Errorf("withheld are %s", got)
	}
	if got := (&Gaps{}).String(); got != "" || (&Gaps{}).Any() {
		t.Errorf("of nothing it says %q", got)
	}
	for seq, want := range map[uint64]bool{0: false, 9: false, 10: true, 36: false, 37: false, 99: false} {
		if got := lacking(copied, seq, state.Notes); got != want {
			t.Errorf("entry %d lacks its notes: %v", seq, got)
		}
	}
	edge := copied.Log[:10]
	if !lacking(&state.Incident{Log: edge}, 10, state.Notes) || lacking(&state.Incident{Log: edge[9:]}, 0, state.Notes) || !lacking(&state.Incident{Log: edge[9:]}, 1, state.Notes) {
		t.Error("the first or the last entry is not seen")
	}
}

// TestWhatMayHaveBeenAnsweredIsNotKnown: an inject that nobody is seen to have answered,
// where that would be in what is withheld.
func TestWhatMayHaveBeenAnsweredIsNotKnown(t *testing.T) {
	s, opts := drill(t)
	s.do("Ada", state.StartStep{Step: "tell"})
	copied := s.without(func(seq uint64) state.Parts {
		if seq == 14 {
			return state.AllParts
		}
		return 0
	})
	d, err := DrillOf(copied, opts.Scenario, s.now)
	if err != nil {
		t.Fatal(err)
	}
	facts(t, d, map[string]string{"injects.press.next_act_after": "null", "injects.press.answered_after": "left out", "injects.call.next_act_after": `"+0:02"`, "injects.held.next_act_after": "left out"})
}

// TestOverClaimedOnceIsAsBadAsTwice: what was not true when it was sent comes first, in
// the order of sending, however much of it was not.
func TestOverClaimedOnceIsAsBadAsTwice(t *testing.T) {
	s := begun(t)
	s.do("Ben", state.SetService{Service: "db", State: state.Affected, Why: "x"})
	s.do("Ben", state.SetService{Service: "web", State: state.Affected, Why: "x"})
	say := func(id string, claims ...state.Claim) uint64 {
		s.do("Ada", state.DraftNotice{Notice: id, Text: "Fine.", Claims: claims})
		return s.act("Ada", state.SendNotice{Notice: id, Channel: "mail"}, time.Time{}, "the board insists")
	}
	db, web := state.Claim{Service: "db", State: state.Restored}, state.Claim{Service: "web", State: state.Restored}
	true1 := say("never", state.Claim{Service: "db", State: state.Affected})
	once, twice := say("holding", db), say("back", db, web)
	var got []uint64
	for _, said := range NewAAR(s.inc, AAROptions{}).Statements {
		got = append(got, said.At.Seq)
	}
	if len(got) != 3 || got[0] != once || got[1] != twice || got[2] != true1 {
		t.Errorf("they come in the order %v, not %d %d %d", got, once, twice, true1)
	}
}
