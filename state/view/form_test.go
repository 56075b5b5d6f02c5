package view

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// formOf reads a form of these fields, as TOML.
func formOf(t *testing.T, text string) *runbooks.FormSource {
	t.Helper()
	form, problems := runbooks.ParseForm("report.toml", []byte(text))
	if form == nil {
		t.Fatal(problems)
	}
	form.Root = form.ID
	return &runbooks.FormSource{ID: form.ID, Layer: "built in", SHA256: state.Sum([]byte(text)).String(), Form: form}
}

const formHead = "title = \"Report\"\nsource = \"Reg. 1\"\nchecked = 2026-11-01\nask = \"legal\"\nclock = \"gdpr-33\"\naudience = \"the authority\"\n"

// drawnFrom is a form with one field for each source, under the source's name.
func drawnFrom(t *testing.T, kind string, sources ...string) *runbooks.FormSource {
	t.Helper()
	text := formHead
	for i, source := range sources {
		text += fmt.Sprintf("[[field]]\nid = \"f%d\"\ntitle = %q\nfrom = [%q]\ntype = %q\n", i, source, source, kind)
	}
	return formOf(t, text)
}

// drawn is what a form says, under the titles of its fields.
func drawn(f *Form) map[string]*FormField {
	all := map[string]*FormField{}
	for i := range f.Fields {
		all[f.Fields[i].Title] = &f.Fields[i]
	}
	return all
}

// ended is the story, and then a website that is verified, and a database that fails again.
func ended(t *testing.T) *scribe {
	s := story(t)
	s.do("Ben", state.SetService{Service: "web", State: state.ShutDown, Why: "pulled"})         // 37
	s.do("Ben", state.SetService{Service: "web", State: state.Restoring, Why: "from the copy"}) // 38
	s.do("Ben", state.SetService{Service: "web", State: state.Restored, Why: "it runs"})        // 39
	s.do("Cleo", state.SetService{Service: "web", State: state.Verified, Why: "looked"})        // 40
	s.do("Ben", state.SetService{Service: "db", State: state.Affected, Why: "again"})           // 41
	return s
}

var hereAnHourEast = FormOptions{Program: "muster 0.1.0", Zone: time.FixedZone("", 3600)}

// wantDrawn compares what fields say, and the entries that they rest on; "" is nothing.
func wantDrawn(t *testing.T, f *Form, want map[string]string) {
	t.Helper()
	all := drawn(f)
	for source, text := range want {
		one := all[source]
		if one == nil {
			t.Errorf("%s: there is no such field", source)
			continue
		}
		got := ""
		if one.Value != nil {
			got = fmt.Sprint(*one.Value, " ", one.Entries)
		}
		if got != text {
			t.Errorf("%s is\n%q, not\n%q", source, got, text)
		}
	}
}

// TestFormsDrawOnTheLog: what each source says of an incident that goes on, and on which
// entries that rests; what has not happened says nothing.
func TestFormsDrawOnTheLog(t *testing.T) {
	want := map[string]string{
		"fact:name": "", "fact:lei": "",
		"incident:id": "2026-11-24-amber-heron [1]", "incident:title": "Website down [1]", "incident:severity": "SEV1 [9]", "incident:runbook": "Intrusion [1]",
		"incident:detected": "2026-11-24T01:41:00Z [1]", "incident:opened": "2026-11-24T02:01:00Z [1]", "incident:opened-by": "Ada [1]",
		"incident:closed": "", "incident:summary": "", "incident:last": "2026-11-24T02:41:00Z [41]",
		"incident:period": "from 2026-11-24 03:01 +01:00 to 2026-11-24 03:41 +01:00 [1]", "incident:timing": "detected 2026-11-24 02:41 +01:00 [1]",
		"incident:story":     "Website down. Detected 2026-11-24 02:41 +01:00. Services: Database: affected, since 2026-11-24 03:41 +01:00; Website: restored, and verified, since 2026-11-24 03:40 +01:00. [1 40 41]",
		"milestone:detected": "2026-11-24T01:41:00Z [1]", "milestone:decided": "2026-11-24T02:08:00Z [8]", "milestone:restored": "", "milestone:verified": "", "milestone:closed": "",
		"services:hit": "Database (affected), Website (restored, and verified) [40 41]", "services:down": "Database (affected) [41]", "services:critical": "Database (affected) [41]",
		"services:restored": "Website (restored, and verified) [40]", "services:verified": "Website (restored, and verified) [40]", "services:unaffected": "",
		"services:states": "Database: affected, since 2026-11-24 03:41 +01:00\nWebsite: restored, and verified, since 2026-11-24 03:40 +01:00 [40 41]",
		"impact:downtime": "2 min so far [10 23 37 38 39 40 41]", "impact:downtime-dhm": "", "impact:duration-dhm": "",
		"impact:outages": "Database: down 0 min so far, first at 2026-11-24 03:41 +01:00\nWebsite: down 2 min, first at 2026-11-24 03:37 +01:00 [10 23 37 38 39 40 41]",
		"told:sent":      "2026-11-24 03:22 +01:00 Holding statement, by mail to members [22]", "told:authorities": "", "told:called": "2026-11-24 03:27 +01:00 The bank [27]",
		"steps:measures": "2026-11-24 03:37 +01:00 Website: shut down\n2026-11-24 03:39 +01:00 Website: restored\n2026-11-24 03:40 +01:00 Website: looked at from outside, and it works [37 39 40]",
		"steps:doing":    "Three [19]", "steps:next": "Tell the staff\nClose the gate?\nFive\nShut down Database\nShut down Website [18]",
		"people:roles": "Incident commander: Cleo [34]", "people:acted": "Ada (commander)\nBen\nCleo (commander) []",
		"answer:org": "IMO [1]", "answer:site": "", "answer:attack": "Yes, an attack [8]", "answer:how": "a ransom note [8]",
		"role:commander": "Cleo [34]", "role:legal": "", "role:nobody": "",
		"clock:filing": "2026-11-24T03:28:00Z [28]", "started:filing": "2026-11-24T02:28:00Z [28]", "clock:later": "", "started:later": "", "clock:none": "",
	}
	f := NewForm(ended(t).inc, drawnFrom(t, "text", slices.Sorted(maps.Keys(want))...), hereAnHourEast)
	wantDrawn(t, f, want)
	for source, command := range map[string]string{"answer:site": "muster input site=TEXT", "answer:org": "", "role:legal": "muster form answer report ", "incident:closed": "muster form answer report "} {
		if got := drawn(f)[source].Command; !strings.HasPrefix(got, command) || command == "" && got != "" {
			t.Errorf("%s is to be said by %q, not %q", source, got, command)
		}
	}
	key, all := *drawn(NewForm(ended(t).inc, drawnFrom(t, "text", "events:key", "events:all"), hereAnHourEast))["events:key"].Value, ""
	if f := drawn(NewForm(ended(t).inc, drawnFrom(t, "text", "events:all"), hereAnHourEast))["events:all"]; f.Value != nil {
		all = *f.Value
	}
	for _, line := range []string{"2026-11-24 02:41 +01:00 Ada: opened the live incident \"Website down\", SEV2, with the runbook intrusion (recorded 20m later, the time is that of the detection)\n", "2026-11-24 03:09 +01:00 Ada: severity SEV1 — \"it spreads\"\n"} {
		if !strings.HasPrefix(all, "2026-11-24 02:41") || !strings.Contains(key, line) || !strings.Contains(all, line) {
			t.Errorf("%q is not told in\n%s\nor\n%s", line, key, all)
		}
	}
	if tick := "ticked \"Ask the desk\""; strings.Contains(key, tick) || strings.Contains(all, tick) || !strings.Contains(all, "started 2.3 Three") || strings.Contains(all, "done 1.3 Tell the staff") {
		t.Errorf("what people did is\n%s\nand the key events\n%s", all, key)
	}
}

// TestFormsOfWhatHasEnded: what is known only once all works again and the incident is
// closed.
func TestFormsOfWhatHasEnded(t *testing.T) {
	s := ended(t)
	s.do("Ben", state.SetService{Service: "db", State: state.Restored, Why: "it runs"})      // 42
	s.do("Cleo", state.SetService{Service: "db", State: state.Verified, Why: "looked"})      // 43
	s.act("Ada", state.CloseIncident{Summary: "It was the key."}, time.Time{}, "we go home") // 44
	wantDrawn(t, NewForm(s.inc, drawnFrom(t, "text", "incident:closed", "incident:summary", "incident:period", "milestone:closed", "milestone:verified", "impact:downtime-dhm", "impact:duration-dhm", "impact:downtime", "services:down"), FormOptions{}), map[string]string{
		"incident:closed": "2026-11-24T02:44:00Z [44]", "milestone:closed": "2026-11-24T02:44:00Z [44]", "incident:summary": "It was the key. [44]",
		"incident:period": "from 2026-11-24 02:01 +00:00 to 2026-11-24 02:44 +00:00 [1]", "milestone:verified": "2026-11-24T02:43:00Z [43]",
		"impact:downtime": "3 min [10 23 37 38 39 40 41 42 43]", "impact:downtime-dhm": "0:00:03 [10 23 37 38 39 40 41 42 43]", "impact:duration-dhm": "0:01:02 [1 43]", "services:down": "",
	})
}

// TestFormsDoNotGuessTheDetection: where nobody said when it was detected, the form asks for
// it, and does not take the moment of typing; once it is said, it has it.
func TestFormsDoNotGuessTheDetection(t *testing.T) {
	s := begunAt(t, time.Time{})
	s.do("Ben", state.SetService{Service: "db", State: state.Affected, Why: "files renamed"})
	s.do("Ben", state.SetService{Service: "db", State: state.Restored, Why: "it runs"})
	s.do("Cleo", state.SetService{Service: "db", State: state.Verified, Why: "looked"})
	form := func() *Form {
		return NewForm(s.inc, drawnFrom(t, "text", "incident:detected", "milestone:detected", "incident:opened", "incident:timing", "incident:story", "impact:duration-dhm"), FormOptions{})
	}
	wantDrawn(t, form(), map[string]string{
		"incident:detected": "", "milestone:detected": "", "incident:timing": "", "impact:duration-dhm": "", "incident:opened": "2026-11-24T02:01:00Z [1]",
		"incident:story": "Website down. Recorded from 2026-11-24 02:01 +00:00. Services: Database: restored, and verified, since 2026-11-24 02:04 +00:00. [1 4]",
	})
	noticed := day.Add(-19 * time.Minute)
	s.do("Ada", state.AmendEntry{Seq: 1, Occurred: &noticed, Why: "the desk's ticket"})
	wantDrawn(t, form(), map[string]string{"incident:detected": "2026-11-24T01:41:00Z [1]", "milestone:detected": "2026-11-24T01:41:00Z [1]", "incident:timing": "detected 2026-11-24 01:41 +00:00 [1]", "impact:duration-dhm": "0:00:23 [1 4]"})
}

// TestFormsOfCopiesSayThatItIsWithheld: what may be in what is withheld is not said to be
// nothing.
func TestFormsOfCopiesSayThatItIsWithheld(t *testing.T) {
	s := ended(t)
	for _, c := range []struct {
		name     string
		parts    func(seq uint64) state.Parts
		withheld []string
		said     []string
	}{
		{"the first entry", func(seq uint64) state.Parts { return only(seq, 1, state.AllParts) },
			[]string{"incident:title", "incident:severity", "services:hit", "steps:next", "told:sent", "told:called", "impact:downtime", "fact:lei", "incident:story", "people:roles"}, []string{"incident:opened", "incident:last"}},
		{"a service's state", func(seq uint64) state.Parts { return only(seq, 10, state.AllParts) }, []string{"services:hit", "impact:outages", "steps:measures", "people:acted"}, []string{"incident:title", "role:commander"}},
		{"who was told", func(seq uint64) state.Parts { return only(seq, 22, state.AllParts) }, []string{"told:sent"}, []string{"told:called", "services:down"}},
		{"a call", func(seq uint64) state.Parts { return only(seq, 27, state.AllParts) }, []string{"told:called", "told:authorities"}, []string{"told:sent", "services:down"}},
		{"nothing", func(uint64) state.Parts { return 0 }, nil, []string{"incident:title", "told:sent", "told:called", "services:down", "people:acted"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := drawn(NewForm(s.without(c.parts), drawnFrom(t, "text", slices.Concat(c.withheld, c.said)...), hereAnHourEast))
			for _, source := range c.withheld {
				if one := all[source]; one.Value != nil || !one.Withheld {
					t.Errorf("%s is %+v, and should be withheld", source, *one)
				}
			}
			for _, source := range c.said {
				if one := all[source]; one.Value == nil || one.Withheld {
					t.Errorf("%s is not said: %+v", source, *one)
				}
			}
		})
	}
}

// only are parts of one entry alone.
func only(seq, one uint64, parts state.Parts) state.Parts {
	if seq == one {
		return parts
	}
	return 0
}

const asking = formHead + `
[[field]]
id = "kind"
title = "Kind of report"
section = "The report"
source = "Art. 1"
type = "choice"
choices = ["first", "last"]
labels = ["The first report", "The last report"]
required = true
[[field]]
id = "end"
title = "When it ended"
type = "time"
required = true
when = "kind=last"
[[field]]
id = "people"
title = "How many people"
type = "number"
required = true
ask = "commander"
help = "About."
[[field]]
id = "data"
title = "Data"
type = "choice"
choices = ["names", "cards", "none"]
labels = ["Names", "Payment cards", "None"]
many = true
[[field]]
id = "always"
title = "Always"
fixed = "so"
[[field]]
id = "late"
title = "Why it is late"
when = "late"
[[field]]
id = "how"
title = "How it is known"
from = ["answer:how"]
[[field]]
id = "how-last"
title = "How it was known at last"
when = "kind=last"
from = ["answer:how"]
[[field]]
id = "org"
title = "Of whom"
pattern = "[a-z]+"
help = "Lower case."
from = ["answer:org", "answer:how"]
`

// TestFormsAreAnswered: what somebody answers for the form goes before what the log says;
// what a field requires and nobody has said lacks; an answer decides which fields apply.
func TestFormsAreAnswered(t *testing.T) {
	s := story(t)
	source := formOf(t, asking)
	answer := func(field, value string) uint64 {
		return s.do("Ben", state.AnswerForm{Form: "report", Field: *source.Form.Field(field), Value: value})
	}
	f := NewForm(s.inc, source, hereAnHourEast)
	facts(t, f, map[string]string{
		"format": `"muster-form"`, "form": `"report"`, "form_title": `"Report"`, "form_source": `"Reg. 1"`, "form_checked": `"2026-11-01"`, "audience": `"the authority"`, "to": "left out", "notice": `"report"`,
		"clock": "left out", "last_sent": "left out", "changed": "null", "lacks.#": "2", "lacks.0": `"kind"`, "lacks.1": `"people"`, "at": `"2026-11-24T02:36:00Z"`,
		"fields.kind.value": "null", "fields.kind.applies": "true", "fields.kind.command": `"muster form answer report kind CHOICE"`, "fields.kind.ask": `"legal"`, "fields.kind.ask_title": `"Legal"`, "fields.kind.ask_person": "left out",
		"fields.end.applies": "null", "fields.end.command": `"muster form answer report end TIME"`,
		"fields.people.ask_title": `"Incident commander"`, "fields.people.ask_person": `"Cleo"`, "fields.people.command": `"muster form answer report people NUMBER"`, "fields.people.help": `"About."`,
		"fields.data.command": `"muster form answer report data CHOICE,CHOICE"`, "fields.always.value": `"so"`, "fields.always.from": `"fixed"`, "fields.always.command": "left out",
		"fields.late.applies": "null", "fields.how.value": `"a ransom note"`, "fields.how.from": `"answer:how"`, "fields.how.entries.0": "8", "fields.how.by": "left out",
		"fields.org.value": "null",
	})
	facts(t, f, map[string]string{"fields.how-last.applies": "null", "fields.how-last.value": `"a ransom note"`})
	if one := drawn(f)["Of whom"]; one.Unfit == "" {
		t.Error("it is not said why what is known cannot stand there")
	}
	for field, want := range map[string]string{"Kind of report": "Legal, which nobody has taken yet", "How many people": "Cleo (Incident commander)"} {
		if got := drawn(f)[field].WhoCanSay(); got != want {
			t.Errorf("%s can be said by %q, not %q", field, got, want)
		}
	}
	answer("kind", "first")
	answer("people", "12")
	answer("data", "names,cards")
	said := answer("how", "the desk saw it")
	f = NewForm(s.inc, source, hereAnHourEast)
	facts(t, f, map[string]string{
		"lacks.#": "0", "fields.kind.value": `"first"`, "fields.kind.by": `"Ben"`, "fields.kind.from": `"form"`, "fields.kind.said": `"2026-11-24T02:37:00Z"`, "fields.end.applies": "false", "fields.people.value": `"12"`,
		"fields.how.value": `"the desk saw it"`, "fields.how.otherwise": "8", "fields.how.entries.0": fmt.Sprint(said),
	})
	facts(t, f, map[string]string{"fields.how-last.applies": "false", "fields.how-last.value": "null", "fields.how-last.entries.#": "0", "fields.how-last.from": "left out"})
	for field, want := range map[string]string{"Kind of report": "The first report", "Data": "Payment cards; Names", "Always": "so", "When it ended": ""} {
		if got := drawn(f)[field].Says(f.Zone); got != want {
			t.Errorf("%s says %q, not %q", field, got, want)
		}
	}
	if got := f.SaysOf("kind", "last"); got != "The last report" {
		t.Errorf("the other choice says %q", got)
	}
	text := f.Text()
	for _, want := range []string{"Report\nTLP:AMBER\nReg. 1\nTo: the authority\nAs of 2026-11-24 03:40 +01:00\n", "\nTHE REPORT\nKind of report (Art. 1)\n  The first report\n", "How many people\n  12\n", "How it is known\n  the desk saw it\n",
		"From the log of incident 2026-11-24-amber-heron: 40 entries, head " + s.inc.Head.Hash.Code() + ". muster 0.1.0.\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, not := range []string{"When it ended", "Always", "EXERCISE", "Ben", "Cleo"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is in\n%s", not, text)
		}
	}
	answer("kind", "last")
	f = NewForm(s.inc, source, hereAnHourEast)
	facts(t, f, map[string]string{"lacks.#": "1", "lacks.0": `"end"`, "fields.end.applies": "true"})
	if text := f.Text(); !strings.Contains(text, "When it ended\n  not known yet\n") || !strings.Contains(text, "Of whom\n  not stated\n") {
		t.Errorf("what is not known is not said so:\n%s", text)
	}
	answer("end", "2026-11-24T02:00:00Z")
	if got := drawn(NewForm(s.inc, source, hereAnHourEast))["When it ended"].Says(hereAnHourEast.Zone); got != "2026-11-24 03:00 +01:00" {
		t.Errorf("the time is %q", got)
	}
}

// TestFormsAreSent: a form is drafted as a notice with what it claims of services; once it
// is sent, what it says otherwise since then is told.
func TestFormsAreSent(t *testing.T) {
	s := ended(t)
	source := formOf(t, formHead+"[[field]]\nid = \"hit\"\ntitle = \"Hit\"\nfrom = [\"services:hit\"]\n[[field]]\nid = \"people\"\ntitle = \"People\"\ntype = \"number\"\n[[field]]\nid = \"title\"\ntitle = \"Title\"\nfrom = [\"incident:title\"]\n")
	draft, err := NewForm(s.inc, source, hereAnHourEast).Draft()
	if err != nil || draft.Notice != "report" || draft.Title != "Report" || draft.Audience != "the authority" || draft.Form.ID != "report" || draft.Form.Approver != "legal" ||
		!slices.Equal(draft.Claims, []state.Claim{{Service: "db", State: state.Affected}, {Service: "web", State: state.Verified}}) {
		t.Fatalf("the draft is %+v, %v", draft, err)
	}
	s.do("Ada", draft)
	facts(t, NewForm(s.inc, source, hereAnHourEast), map[string]string{"last_sent": "left out", "changed": "null", "claims.#": "2", "claims.0.service": `"db"`})
	s.act("Ada", state.SendNotice{Notice: "report", Channel: "mail", To: "them"}, time.Time{}, "nobody approves at night")
	facts(t, NewForm(s.inc, source, hereAnHourEast), map[string]string{"last_sent.channel": `"mail"`, "last_sent.to": `"them"`, "changed.#": "0"})
	s.do("Ben", state.AnswerForm{Form: "report", Field: *source.Form.Field("people"), Value: "12"})
	facts(t, NewForm(s.inc, source, hereAnHourEast), map[string]string{"changed.#": "1", "changed.people.was": "null", "changed.people.now": `"12"`, "changed.people.title": `"People"`})
}

// TestFormsOfADrillSayThatItIsOne: at both ends, and aloud to who reads it.
func TestFormsOfADrillSayThatItIsOne(t *testing.T) {
	s := &scribe{t: t, now: day}
	doc := state.Document{ID: "intrusion", Source: "built in", SHA256: state.Sum([]byte(storyBook)), Text: storyBook}
	s.act("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Drill, Title: "Website down", Program: "muster 0.1.0", Runbook: doc}, time.Time{}, "")
	for _, aloud := range []bool{false, true} {
		source := drawnFrom(t, "text", "incident:title")
		source.Form.Aloud = aloud
		text := NewForm(s.inc, source, hereAnHourEast).Text()
		if mark := "EXERCISE EXERCISE EXERCISE\n"; !strings.HasPrefix(text, mark) || strings.Count(text, mark) != 2 || strings.Contains(text, "Say first, and last: this is an exercise.") != aloud {
			t.Errorf("aloud %v:\n%s", aloud, text)
		}
	}
}

// TestDocumentsOfForms: a document has what is known where its path leads; what always
// stands there makes no table by itself; a list has an element for each value.
func TestDocumentsOfForms(t *testing.T) {
	field := func(id, path, more string) string {
		return fmt.Sprintf("[[field]]\nid = %q\ntitle = %q\npath = %q\n%s\n", id, id, path, more)
	}
	source := formOf(t, strings.Replace(formHead, "ask =", "document = \"dora-ir-1.2\"\nask =", 1)+
		field("title", "incident.title", "from = [\"incident:title\"]\nprose = true")+
		field("fixed", "incident.type", "fixed = \"major\"")+
		field("alone", "nothing.here", "fixed = \"x\"")+
		field("unknown", "incident.root", "from = [\"answer:site\"]")+
		field("people", "incident.people", "type = \"number\"")+
		field("yes", "incident.yes", "type = \"bool\"")+
		field("data", "incident.data[].kind", "type = \"choice\"\nmany = true\nchoices = [\"names\", \"cards\"]")+
		field("notes", "remarks", "remarks = true"))
	s := begun(t)
	for id, value := range map[string]string{"people": "12", "yes": "yes", "data": "names,cards"} {
		s.do("Ben", state.AnswerForm{Form: "report", Field: *source.Form.Field(id), Value: value})
	}
	text, err := NewForm(s.inc, source, hereAnHourEast).Sendable()
	if err != nil {
		t.Fatal(err)
	}
	facts(t, json.RawMessage(text), map[string]string{
		"incident.title": `"Website down"`, "incident.type": `"major"`, "nothing": "left out", "incident.root": "left out", "incident.people": "12", "incident.yes": "true",
		"incident.data.#": "2", "incident.data.0.kind": `"cards"`, "incident.data.1.kind": `"names"`,
		"remarks": fmt.Sprintf("%q", "TLP:AMBER. From the log of incident 2026-11-24-amber-heron: 4 entries, head "+s.inc.Head.Hash.Code()+". muster 0.1.0."),
	})
}

// TestFormsSayOnWhatTheyRest: the title's entry is that of the last change that counts; a
// service that was never down is none of those that an outage rests on.
func TestFormsSayOnWhatTheyRest(t *testing.T) {
	s := begun(t)
	s.do("Ben", state.SetService{Service: "db", State: state.Unaffected, Why: "looked"}) // 2
	s.do("Ben", state.SetService{Service: "web", State: state.Affected, Why: "gone"})    // 3
	s.do("Ada", state.SetTitle{Title: "Intrusion at night", Why: "it is one"})           // 4
	wrong := s.do("Ada", state.SetTitle{Title: "Nothing", Why: "a slip"})                // 5
	s.do("Ada", state.RetractEntry{Seq: wrong, Why: "a slip"})                           // 6
	s.do("Ben", state.AddNote{Text: "and so on"})                                        // 7
	wantDrawn(t, NewForm(s.inc, drawnFrom(t, "text", "incident:title", "incident:story", "impact:outages", "services:unaffected"), hereAnHourEast), map[string]string{
		"incident:title": "Intrusion at night [4]", "services:unaffected": "Database (unaffected) [2]",
		"incident:story": "Intrusion at night. Detected 2026-11-24 02:41 +01:00. Services: Database: unaffected, since 2026-11-24 03:02 +01:00; Website: affected, since 2026-11-24 03:03 +01:00. [1 2 3 4]",
		"impact:outages": "Website: down 4 min so far, first at 2026-11-24 03:03 +01:00 [3]",
	})
	for name, parts := range map[string]state.Parts{"its notes": state.PartsOf(state.Notes), "its names": state.PartsOf(state.Names)} {
		less := s.without(func(seq uint64) state.Parts { return only(seq, 1, parts) + only(seq, 4, parts) })
		one := drawn(NewForm(less, drawnFrom(t, "text", "incident:story"), hereAnHourEast))["incident:story"]
		if one.Value != nil && strings.Contains(*one.Value, state.WithheldText) {
			t.Errorf("without %s the story is %q", name, *one.Value)
		}
	}
}

// TestFormsTellEventsInOneZone: what happened is told in the form's zone, and a line that was
// ticked by the step that it belongs to.
func TestFormsTellEventsInOneZone(t *testing.T) {
	f := NewForm(ended(t).inc, drawnFrom(t, "text", "events:all"), hereAnHourEast)
	text := *drawn(f)["events:all"].Value
	if !strings.Contains(text, "timer for 2026-11-24 04:") || strings.Contains(text, " UTC") {
		t.Errorf("a time is in another zone than the form's:\n%s", text)
	}
	if strings.Contains(text, "ticked") {
		t.Errorf("a ticked line stands among what happened:\n%s", text)
	}
}
