package view

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// day is when the logs of these tests begin.
var day = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)

const storyBook = `title = "Intrusion"
version = "1.2.0"
severity = "SEV2"
tlp = "AMBER"
[[input]]
id = "org"
prompt = "Organisation"
[[input]]
id = "site"
prompt = "Site"
[[role]]
id = "commander"
title = "Incident commander"
[[role]]
id = "legal"
title = "Legal"
[[service]]
id = "db"
title = "Database"
tier = 1
[[service]]
id = "web"
title = "Website"
tier = 2
depends_on = ["db"]
[[contact]]
id = "cert"
title = "National CERT"
reach = ["tel:+44"]
[[contact]]
id = "bank"
title = "The bank"
reach = ["tel:+45"]
[[clock]]
id = "board"
title = "Tell the board"
within = "15m"
starts = "incident.opened"
[[clock]]
id = "filing"
title = "Filing"
within = "1h"
starts = "manual"
[[clock]]
id = "later"
title = "Later"
within = "1h"
starts = "manual"
[[notice]]
id = "holding"
title = "Holding statement"
audience = "public"
text = "Not available."
[[notice]]
id = "back"
title = "It is back"
corrects = ["holding"]
text = "It is back."
[[notice]]
id = "never"
title = "Never said"
text = "Nothing."
[[phase]]
id = "detect"
title = "Detect"
goal = "Know what it is."
[[phase.step]]
id = "look"
title = "Look at the alarm"
expect = "5m"
role = "commander"
checklist = ["Read the log", "Ask the desk"]
[[phase.step]]
id = "attack"
title = "Is it an attack?"
kind = "decision"
options = [{ id = "yes", title = "Yes, an attack" }, { id = "no", title = "No, a fault" }]
ask = [{ id = "how", prompt = "How do we know?" }]
[[phase.step]]
id = "tell"
title = "Tell the staff"
required = false
[[phase.step]]
id = "close"
title = "Close the gate?"
kind = "decision"
options = [{ id = "y", title = "Yes" }, { id = "n", title = "No" }]
[[phase]]
id = "act"
title = "Act"
[[phase.step]]
id = "one"
title = "One"
[[phase.step]]
id = "two"
title = "Two"
two_person = true
[[phase.step]]
id = "three"
title = "Three"
[[phase.step]]
id = "four"
title = "Four"
[[phase.step]]
id = "five"
title = "Five"
[[phase.step]]
id = "six"
title = "Six"
needs = ["three"]
[[phase.step]]
id = "seven"
title = "Seven"
when = "attack=no"
[[phase.step]]
id = "down"
title = "Shut down {{ .Service.Title }}"
kind = "shutdown"
each = "affected"
`

// A scribe writes a log, an entry each minute.
type scribe struct {
	t   *testing.T
	inc *state.Incident
	now time.Time
	raw [][]byte
}

// act records what happened at a time, or now if that is zero.
func (s *scribe) act(who string, command state.Command, at time.Time, override string) uint64 {
	s.t.Helper()
	s.now = s.now.Add(time.Minute)
	stamp := state.Stamp{By: state.Actor{Name: who, Via: "local"}, Recorded: s.now, Zone: "+01:00 Europe/Berlin"}
	for i := range stamp.Salts {
		stamp.Salts[i] = state.Salt{byte(len(s.raw)), byte(i)}
	}
	e, err := state.Decide(s.inc, state.Action{Command: command, Occurred: at, Override: override}, stamp)
	if err != nil {
		s.t.Fatalf("%T: %v", command, err)
	}
	e, line, err := state.Seal(e)
	if err != nil {
		s.t.Fatal(err)
	}
	if s.inc == nil {
		s.inc = new(state.Incident)
	}
	if err := s.inc.Apply(e); err != nil {
		s.t.Fatal(err)
	}
	s.raw = append(s.raw, line.Bytes)
	return e.Seq
}

// do records something that happens now.
func (s *scribe) do(who string, command state.Command) uint64 {
	s.t.Helper()
	return s.act(who, command, time.Time{}, "")
}

// without is the incident by a copy of the log that lacks parts of some lines.
func (s *scribe) without(parts func(seq uint64) state.Parts) *state.Incident {
	s.t.Helper()
	chain := state.Format().Chain()
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, line := range s.raw {
			line, _, err := state.Withhold(line, parts(chain.Head.Seq+1))
			if err != nil {
				s.t.Fatal(err)
			}
			if e, err := chain.Next(line); !yield(e, err) {
				return
			}
		}
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return inc
}

// begun is an incident just after it was opened, at 02:01, twenty minutes after it was
// detected.
func begun(t *testing.T) *scribe { return begunAt(t, day.Add(-19*time.Minute)) }

// begunAt is begun, with when it was detected; nobody says so if that is zero.
func begunAt(t *testing.T, detected time.Time) *scribe {
	s := &scribe{t: t, now: day}
	doc := state.Document{ID: "intrusion", Source: "built in", SHA256: state.Sum([]byte(storyBook)), Text: storyBook}
	s.act("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Title: "Website down", Inputs: map[string]string{"org": "IMO"}, Program: "muster 0.1.0", Runbook: doc}, detected, "")
	return s
}

// story is a whole incident, still open.
func story(t *testing.T) *scribe {
	s := begun(t)
	text := func(s string) *string { return &s }
	s.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})                                                                 // 2
	s.do("Ben", state.StartStep{Step: "look"})                                                                                      // 3
	s.do("Ben", state.TickStep{Step: "look", Item: 2, On: true})                                                                    // 4
	note := s.do("Ben", state.AddNote{Step: "look", Text: "two servers"})                                                           // 5
	s.act("Ben", state.DoStep{Step: "look"}, time.Time{}, "not all asked")                                                          // 6
	s.do("Ada", state.AmendEntry{Seq: note, Text: text("three"), Why: "counted again"})                                             // 7
	s.do("Ada", state.AnswerStep{Step: "attack", Option: "yes", Values: map[string]string{"how": "a ransom note"}})                 // 8
	s.do("Ada", state.SetSeverity{Severity: runbooks.SEV1, Why: "it spreads"})                                                      // 9
	s.do("Ben", state.SetService{Service: "db", State: state.Affected, Why: "files renamed"})                                       // 10
	wrong := s.do("Ben", state.DoStep{Step: "tell"})                                                                                // 11
	s.do("Ben", state.RetractEntry{Seq: wrong, Why: "a slip"})                                                                      // 12
	s.do("Ben", state.SkipStep{Step: "one", Why: "no VPN"})                                                                         // 13
	s.do("Ben", state.DoStep{Step: "two"})                                                                                          // 14
	s.do("Ben", state.StartStep{Step: "three"})                                                                                     // 15
	s.do("Ben", state.BlockStep{Step: "four", On: "no key"})                                                                        // 16
	s.do("Ben", state.FailStep{Step: "five", Why: "torn"})                                                                          // 17
	s.do("Ben", state.ReopenStep{Step: "five", Why: "again"})                                                                       // 18
	s.do("Ben", state.AddEvidence{Step: "three", Name: "fw.png", SHA256: state.Sum([]byte("fw")), Size: 2048})                      // 19
	s.do("Ada", state.DraftNotice{Notice: "holding", Text: "Down.", Claims: []state.Claim{{Service: "db", State: state.Affected}}}) // 20
	s.do("Ben", state.FailNotice{Notice: "holding", Channel: "website", Why: "it is down"})                                         // 21
	s.do("Ben", state.SendNotice{Notice: "holding", Channel: "mail", To: "members"})                                                // 22
	s.do("Ben", state.SetService{Service: "db", State: state.Unaffected, Why: "looked again"})                                      // 23: the notice is superseded
	s.do("Ada", state.DraftNotice{Notice: "back"})                                                                                  // 24
	s.do("Ben", state.RecordCheck{Service: "web", OK: true, What: "connect", Millis: 1500})                                         // 25
	back := s.now.Add(time.Hour)
	s.do("Ada", state.CallContact{Contact: "cert", Outcome: state.CallBack, CallBack: &back, Via: "tel:+44"}) // 26
	s.do("Ada", state.CallContact{Contact: "bank", Outcome: state.Reached})                                   // 27
	s.do("Ada", state.StartClock{Clock: "filing", Why: "material"})                                           // 28
	s.do("Ada", state.MeetClock{Clock: "board", Why: "told"})                                                 // 29
	s.do("Ben", state.SetTimer{Title: "water", Due: s.now.Add(time.Hour)})                                    // 30
	s.do("Ben", state.SetTimer{Title: "ask", Due: s.now.Add(time.Hour)})                                      // 31
	s.do("Ben", state.EndTimer{Timer: "timer-1", Why: "done"})                                                // 32
	s.do("Ada", state.HandRole{Role: "commander", To: "Cleo", Note: "go on"})                                 // 33
	s.do("Cleo", state.AcknowledgeRole{Role: "commander"})                                                    // 34
	s.do("Ben", state.RecordWitness{Witness: "the bank", How: "telephone"})                                   // 35
	s.do("Ada", state.IssueSitrep{To: "the board", Text: "sitrep"})                                           // 36
	return s
}

// facts compares what v is as JSON, at paths such as steps.look.status: an element of a
// list is called by its id, or by its number from 0, and # is how many there are.
func facts(t *testing.T, v any, want map[string]string) {
	t.Helper()
	text, err := encode(v)
	if err != nil {
		t.Fatal(err)
	}
	var whole any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&whole); err != nil {
		t.Fatal(err)
	}
	for path, value := range want {
		at := whole
		for _, name := range strings.Split(path, ".") {
			at = inside(at, name)
		}
		got, err := encode(at)
		if at == missingFact {
			got = []byte("left out")
		}
		if err != nil || string(got) != value {
			t.Errorf("%s is %s, not %s", path, got, value)
		}
	}
}

// missingFact is what is not there.
var missingFact any = "\x00"

// inside is what an object or a list has by a name.
func inside(at any, name string) any {
	switch at := at.(type) {
	case map[string]any:
		if value, ok := at[name]; ok {
			return value
		}
	case []any:
		if name == "#" {
			return len(at)
		}
		for _, element := range at {
			if object, ok := element.(map[string]any); ok && object["id"] == name {
				return object
			}
		}
		if i, err := strconv.Atoi(name); err == nil && i < len(at) {
			return at[i]
		}
	}
	return missingFact
}
