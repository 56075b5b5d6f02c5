package main

import (
	"strings"
	"testing"
	"time"

	"muster/state/view"
)

const clockBook = `title = "Clocks"
[[role]]
id = "commander"
title = "Commander"
[[clock]]
id = "board"
title = "Tell the board"
within = "4h"
starts = "incident.opened"
[[clock]]
id = "filing"
title = "Filing"
within = "4 business days"
starts = "manual"
[[clock]]
id = "report"
title = "Report"
within = "1 month"
starts = "clock:filing"
[[clock]]
id = "letter"
title = "Letter"
within = "60d"
starts = "step:look"
[[phase]]
title = "One"
[[phase.step]]
id = "look"
title = "Look"
`

// dues are the clocks' due times as Berlin's clocks show them, by id.
func dues(p *play) map[string]string {
	var list []view.Clock
	p.read(&list, "clock")
	times := make(map[string]string)
	for _, c := range list {
		if c.Due != nil {
			times[c.ID] = c.Due.In(p.now.Location()).Format("Mon 2006-01-02 15:04")
		}
	}
	return times
}

// Deadlines count from when something happened, by the calendar: over a weekend,
// to the end of a shorter month, and over a change of the clocks.
func TestClocksByTheCalendar(t *testing.T) {
	for _, c := range []struct {
		name, start, occurred         string
		filing, met, report, due60day string
	}{
		{"over a weekend", "2026-11-26 15:00", "-1h", "Wed 2026-12-02 14:00", "2026-12-31 10:00", "Sun 2027-01-31 10:00", "Mon 2027-01-25 14:00"},
		{"to the end of February", "2027-01-29 09:00", "-1m", "Thu 2027-02-04 08:59", "2027-01-31 12:00", "Sun 2027-02-28 12:00", "Tue 2027-03-30 08:59"},
		{"in a leap year", "2028-01-31 09:00", "-1m", "Fri 2028-02-04 08:59", "2028-01-31 12:00", "Tue 2028-02-29 12:00", "Fri 2028-03-31 08:59"},
		{"over the change to summer", "2027-03-25 09:00", "-1m", "Wed 2027-03-31 08:59", "2027-03-27 02:30", "Tue 2027-04-27 02:30", "Mon 2027-05-24 08:59"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlay(t)
			at := func(text string) time.Time {
				when, err := time.ParseInLocation("2006-01-02 15:04", text, p.now.Location())
				if err != nil {
					t.Fatal(err)
				}
				return when
			}
			p.now = at(c.start).Add(-2 * time.Second)
			p.run("start", p.file("clocks.toml", clockBook))
			p.now = at(c.start).Add(-time.Second)
			p.run("clock", "start", "filing", "--why", "material", "--at", c.occurred)
			p.now = at(c.start).Add(-time.Second)
			p.run("step", "done", "look", "--at", c.occurred)
			p.now = at(c.met).Add(-time.Second)
			p.run("clock", "met", "filing", "--why", "filed")
			got := dues(p)
			for id, want := range map[string]string{"filing": c.filing, "report": c.report, "letter": c.due60day} {
				if got[id] != want {
					t.Errorf("%s is due %s, want %s", id, got[id], want)
				}
			}
		})
	}
}

// That a clock's time has passed is recorded by whoever acts next, once, with when
// it was due; looking records nothing.
func TestMissedIsRecordedOnce(t *testing.T) {
	p := newPlay(t)
	p.vars["MUSTER_INCIDENT"] = strings.TrimSpace(p.run("start", p.file("clocks.toml", clockBook)))
	p.now = p.now.Add(3 * time.Hour)
	p.run("note", "in time")
	p.now = p.now.Add(time.Hour)
	says(t, p.run("status"), "clock: Tell the board OVERDUE by 2s")
	says(t, p.run("clock"), "OVERDUE")
	if strings.Contains(p.run("log"), "TIME UP") {
		t.Error("looking recorded something")
	}
	p.refused("There is no entry 99", "retract", "99", "--why", "x")
	p.run("note", "later", "--as", "Ben")
	p.run("note", "again")
	log := p.run("log")
	if strings.Count(log, "clock TIME UP: Tell the board, due 2026-11-24 13:00:01 +01:00") != 1 {
		t.Errorf("the log:\n%s", log)
	}
	p.run("clock", "met", "board", "--why", "told")
	says(t, p.run("clock"), "met late")
	p.run("close", "Over", "--override", "a test")
	p.now = p.now.AddDate(1, 0, 0)
	p.run("note", "a year later")
	if log := p.run("log"); strings.Count(log, "TIME UP") != 1 {
		t.Errorf("a closed incident missed a clock:\n%s", log)
	}
}

// A status names what somebody waits for.
func TestStatusNamesWhatIsDue(t *testing.T) {
	p := newPlay(t)
	p.vars["MUSTER_INCIDENT"] = strings.TrimSpace(p.run("start", p.file("clocks.toml", clockBook)))
	p.run("role", "commander")
	p.run("role", "hand", "commander", "Ben")
	p.run("timer", "set", "10m", "ask", "Geneva")
	p.run("contact", "call", "cert", "call-back", "--title", "The CERT", "--back", "30m")
	says(t, p.run("status"), "clock: Tell the board 3h59m left, due 2026-11-24 13:00:01 +01:00",
		"handover: Commander from Ada to Ben, not acknowledged", "call back: The CERT, 2026-11-24 09:30:05 +01:00 (in 29m)", "timer: ask Geneva, 2026-11-24 09:10:04 +01:00 (in 9m)")
	var status view.Status
	p.read(&status, "status")
	if status.Clocks[0].Left == nil || *status.Clocks[0].Left > 4*3600 || status.Roles[0].Pending != "Ben" || len(status.Open) != 4 {
		t.Errorf("%+v", status)
	}
	p.run("close", "Over", "--override", "a test")
	if text := p.run("status", "--all"); strings.Contains(text, "handover:") {
		t.Errorf("a closed incident waits for something:\n%s", text)
	}
}
