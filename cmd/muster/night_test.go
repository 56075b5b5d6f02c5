package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
)

// nightly is the organisation whose night it is.
const nightly = `name = "Example Bank"
[[service]]
id = "backups"
title = "Backups"
tier = 1
[[service]]
id = "identity"
title = "Sign-in and VPN"
tier = 1
[[service]]
id = "file-servers"
title = "File servers"
tier = 1
depends_on = ["identity"]
[[service]]
id = "email"
title = "E-mail"
[[service]]
id = "website"
title = "Public website"
[[service]]
id = "database"
title = "Main database"
depends_on = ["file-servers"]
[[service]]
id = "documents"
title = "Documents"
[[service]]
id = "meetings"
title = "Online meetings"
[[contact]]
id = "leadership"
title = "Director on duty"
role = "leadership"
reach = ["tel:+49 30 5550101"]
[[contact]]
id = "cert"
title = "National CERT"
role = "authority"
reach = ["tel:+49 228 5550111"]
[[contact]]
id = "insurer"
title = "Cyber insurer"
reach = ["tel:0049-30-5550123"]
[[contact]]
id = "counsel"
title = "Outside counsel"
reach = ["tel:+49 30 5550133"]
[facts]
legal_name = "Example Bank AG"
address = "Example Street 1, 10115 Berlin"
lei = "529900T8BM49AURSDO55"
entity_types = ["credit_institution"]
supervisor = "Example Supervisor"
dpo = "Gül Yılmaz"
contact = "Gül Yılmaz"
contact_email = "guel@bank.example"
contact_phone = "+49 30 5550177"
parent = "Example Group"
currency = "EUR"
`

// playNight plays a live incident of a night in which the clocks go back, and returns its
// id.
func playNight(t *testing.T) (*play, string) {
	t.Helper()
	p := newPlay(t)
	p.day = time.Date(2026, 10, 24, 22, 30, 0, 0, p.now.Location())
	p.now = p.day
	text, err := os.ReadFile("testdata/night.script")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := runbooks.ParseScript("night.script", text, func([]string) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	p.vars["MUSTER_AS"] = "Maya"
	id := strings.TrimSpace(p.run("start", "ransomware", "--no-open", "--title", "Encrypted shares, floor 2", "--detected", "22:12", "--organisation", p.file("bank.toml", nightly)))
	for _, line := range lines {
		if at := p.day.Add(line.At); at.After(p.now) {
			p.now = at
		}
		p.vars["MUSTER_AS"] = string(line.Person)
		for i, arg := range line.Args {
			if name, is := strings.CutPrefix(arg, "FILES/"); is {
				line.Args[i] = p.file(filepath.Join("found", name), "what is in "+name+"\n")
			}
		}
		if code, out, errs := p.try(line.Args...); (code != exitDone) != line.Refused {
			t.Errorf("line %d, %s: exit code %d\n%s%s", line.Number, strings.Join(line.Args, " "), code, out, errs)
		}
	}
	return p, id
}

// TestANight: the report of a night tells on its first pages, in the zone of those whose night
// it was, what was late, what is due, and how it ended.
func TestANight(t *testing.T) {
	p, id := playNight(t)
	page := p.run("export", id, "--format", "md", "--zone", "Europe/Berlin")
	front, rest, _ := strings.Cut(page, "# Annexes")
	says(t, front,
		"| Holding statement (64) | public | 2026-10-24 23:30 +02:00, last 2026-10-25 01:50 +02:00, 2 in all |",
		"Holding statement, version 1, due 2026-10-25 01:30 +02:00, given late by **20 min 00 s**",
		"Instructions to staff, version 1, due 2026-10-25 06:28 +01:00, **not given**, for **1 h 02 min**",
		"| Some services are back (175) | public | 2026-10-25 05:15 +01:00 | sent; was no longer true for 10 min 00 s, until entry 186; corrected by entry 186 |",
		"| NIS2: early warning | met, 21 h 34 min early |",
		"| DORA: initial notification | **overdue by 4 h 25 min**; no entry meets it (its time was up by entry 145) |",
		"| update | Instructions to staff | promised for 2026-10-25 06:28:01 +01:00 |",
		"| clocks | 2, see “Clocks” | no entry meets them |", "| steps | 20, see [Annex I]",
		"**Contained**: first 2026-10-24 23:24 +02:00 (60), until Sign-in and VPN was affected 2026-10-25 01:15 +02:00 (104), again 01:17 +02:00 (105), until Documents was affected 01:20 +02:00 (107), again 01:22 +02:00 (108), until Main database was regressed 05:55 +01:00 (183), again 06:20 +01:00 (187).",
		"| First decision, looks at single services apart | 2026-10-24 23:05 +02:00 |",
		"opened the live incident \"Encrypted shares, floor 2\", SEV1, with the runbook ransomware (recorded 18m later)",
		"clock TIME UP: DORA: initial notification, due 2026-10-25 03:05 +01:00",
		"sent Personal data breach notification", "sent Not back after all", "sent All services are back",
		"sent Some services are back", "sent Holding statement, version 1", "decided 2.13 Decide: has it stopped?")
	says(t, rest, "| 1 | 2026-10-24 22:12:00 +02:00, recorded 22:30:01 +02:00 | Maya |", "| clock | NIS2: notification | running, due 2026-10-27 21:41 +01:00 |", `step 1.8b done — "Two administrators nobody knows`, "timer for 2026-10-24 23:12:01 +02:00: Ole reports back",
		"| 48–51 | 2026-10-24 23:13:01 +02:00 – 23:16:01 +02:00 | Ole (operations) |",
		"| 18 steps | 1.7 Name it, and look it up; 2.6b Shut down Sign-in and VPN; ", "| step | 3.16 Correct the statement | ")
	if strings.Contains(rest, "more: [Annex I]") {
		t.Error("the annex of what is open leads to itself")
	}
	if strings.Contains(front, ":00 UTC |") {
		t.Error("a first page in a zone has times of another one")
	}
	if _, form, _ := p.try("form", "fill", "dora-initial", "--json"); !strings.Contains(form, `"value": "2026-10-24T22:05:00Z"`) {
		t.Errorf("the form does not say when it was classified, but when it was said that the law holds:\n%s", form)
	}
	if out := p.run("sitrep"); !strings.Contains(out, "NIS2: early warning: met 2026-10-25 01:06 +02:00, 21 h 34 min early") {
		t.Errorf("the sitrep does not say that a clock was met:\n%s", out)
	}
}
