package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/export"
)

// program is what the exports say they were written by.
const program = "muster test"

// day is the day on which all logs of these tests begin.
var day = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)

// A scribe writes a log, with a clock and salts that are always the same.
type scribe struct {
	tb    testing.TB
	inc   *state.Incident
	lines [][]byte
	now   time.Time
}

// act records one action; override is "" for none.
func (s *scribe) act(who string, command state.Command, occurred time.Time, override string) uint64 {
	s.tb.Helper()
	s.now = s.now.Add(90 * time.Second)
	stamp := state.Stamp{By: state.Actor{Name: who, Via: "local"}, Recorded: s.now, Zone: "+01:00 Europe/Berlin"}
	for i := range stamp.Salts {
		stamp.Salts[i] = state.Salt{byte(len(s.lines)), byte(len(s.lines) >> 8), byte(i)}
	}
	e, err := state.Decide(s.inc, state.Action{Command: command, Occurred: occurred, Override: override}, stamp)
	if err != nil {
		s.tb.Fatalf("%T: %v", command, err)
	}
	return s.append(e)
}

// do records an action that happens now.
func (s *scribe) do(who string, command state.Command) uint64 {
	s.tb.Helper()
	return s.act(who, command, time.Time{}, "")
}

// append seals an entry and applies it.
func (s *scribe) append(e state.Entry) uint64 {
	s.tb.Helper()
	e, line, err := state.Seal(e)
	if err != nil {
		s.tb.Fatal(err)
	}
	if s.inc == nil {
		s.inc = new(state.Incident)
	}
	if err := s.inc.Apply(e); err != nil {
		s.tb.Fatal(err)
	}
	s.lines = append(s.lines, line.Bytes)
	return e.Seq
}

// raw appends an entry that Decide would not make.
func (s *scribe) raw(who string, data state.Data) uint64 {
	s.tb.Helper()
	s.now = s.now.Add(90 * time.Second)
	return s.append(state.Entry{Seq: s.inc.Head.Seq + 1, Recorded: s.now, Data: data, Frame: &state.Frame{Mode: s.inc.Mode, Kind: data.Kind(), By: state.Actor{Name: who, Via: "ssh"}, Zone: "+00:00 UTC"}, Sealing: &state.Sealing{Prev: s.inc.Head.Hash}})
}

// incident is the log read back from its lines, those in withheld without content.
func (s *scribe) incident(withheld ...uint64) *state.Incident {
	s.tb.Helper()
	return s.copied(func(seq uint64) state.Parts {
		if slices.Contains(withheld, seq) {
			return state.AllParts
		}
		return 0
	})
}

// without is the log read back from a copy that lacks some parts of every line.
func (s *scribe) without(parts ...state.Part) *state.Incident {
	s.tb.Helper()
	return s.copied(func(uint64) state.Parts { return state.PartsOf(parts...) })
}

// copied is the log read back from a copy, without the parts that withheld says of
// each line.
func (s *scribe) copied(withheld func(seq uint64) state.Parts) *state.Incident {
	s.tb.Helper()
	chain := state.Format().Chain()
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, line := range s.lines {
			line, _, err := state.Withhold(line, withheld(chain.Head.Seq+1))
			if err != nil {
				s.tb.Fatal(err)
			}
			if e, err := chain.Next(line); !yield(e, err) {
				return
			}
		}
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	return inc
}

// quote writes a string of TOML.
func quote(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(err)
	}
	return strings.NewReplacer("\x7f", `\u007f`, `\u2028`, "\u2028", `\u2029`, "\u2029").Replace(strings.TrimSpace(out.String()))
}

// book is a runbook whose every text has flavour in it.
func book(flavour string) string {
	q := func(text string) string { return quote(text + flavour) }
	return fmt.Sprintf(`title = %s
version = "1.2.0"
severity = "SEV2"
tlp = "AMBER+STRICT"
[[input]]
id = "org"
prompt = %s
[[role]]
id = "commander"
title = %s
required = true
[[role]]
id = "operations"
title = "Operations lead"
[[role]]
id = "legal"
title = "Legal"
[[service]]
id = "gisis"
title = %s
tier = 1
[[service]]
id = "imodocs"
title = "IMODOCS documents"
tier = 2
depends_on = ["gisis"]
[[contact]]
id = "cert"
title = %s
reach = ["tel:+44"]
[[clock]]
id = "gdpr"
clock = "gdpr-33"
starts = "step:attack=yes"
stops = "manual"
[[clock]]
id = "board"
title = %s
within = "15m"
starts = "incident.opened"
to = %s
[[clock]]
id = "filing"
title = "Filing"
within = "4 business days"
starts = "manual"
[[notice]]
id = "holding"
title = %s
audience = %s
approver = "commander"
next_update = "2h"
text = %s
[[notice]]
id = "back"
title = "GISIS is back"
audience = "members"
corrects = ["holding"]
claims = ["gisis=verified", "imodocs=unaffected"]
text = "GISIS is back."
[[phase]]
id = "detect"
title = %s
goal = %s
[[phase.step]]
id = "look"
title = "Look at the alarm"
expect = "5m"
role = "operations"
checklist = [%s, "Ask the service desk"]
[[phase.step]]
id = "attack"
title = %s
kind = "decision"
options = [{ id = "yes", title = %s }, { id = "no", title = "No, a fault" }]
needs = ["look"]
ask = [{ id = "how", prompt = %s }]
[[phase.step]]
id = "call-support"
title = "Call the maker's support"
when = "attack=no"
[[phase]]
id = "contain"
title = "Shut down key systems"
[[phase.step]]
id = "shut-down"
title = "Shut down {{ .Service.Title }}"
kind = "shutdown"
each = "affected"
expect = "1m"
[[phase.step]]
id = "revoke"
title = "Revoke all sessions"
two_person = true
[[phase.step]]
id = "tell"
title = "Tell the staff"
required = false
[[phase]]
id = "restore"
title = "Restore from backup"
[[phase.step]]
id = "restore"
title = "Restore {{ .Service.Title }}"
kind = "restore"
each = "affected"
[[phase.step]]
id = "verify"
title = "Verify {{ .Service.Title }}"
kind = "verify"
each = "affected"
[[phase.step]]
id = "lessons"
title = "Hold the review"
`, q("Destructive intrusion"), q("Organisation"), q("Incident commander"), q("GISIS database"), q("National CERT"), q("Tell the board"), q("the chair"), q("Holding statement"), q("public"), quote(strings.ReplaceAll("Not available: {{ list .Services.Down }}. "+flavour, "{{ .", "{")), q("Detect and confirm"), q("Know what it is."),
		q("Read the log"), q("Is it an attack?"), q("Yes, an attack"), q("How do we know?"))
}

func document(id, text string) state.Document {
	return state.Document{ID: id, Source: "built in", SHA256: state.Sum([]byte(text)), Text: text}
}

// The entries that end a story: one of a kind nobody knows, and the closing.
const (
	storyOdd = 54
	storyEnd = 55
)

// story writes a whole incident. flavour is put into every text.
func story(tb testing.TB, mode state.Mode, flavour string) *scribe {
	s := &scribe{tb: tb, now: day}
	f := func(text string) string { return text + flavour }
	name := func(text string) string { return clean.Bounded(text+flavour, state.MaxName-20) }
	// A name of which not all can be seen is refused; package proof has logs of others.
	ada, ben := clean.Bounded(clean.Line("Ada"+flavour), state.MaxName-20), "Ben"
	s.act(ada, state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: mode, Title: name("Website down"), Inputs: map[string]string{"org": f("IMO")}, Program: "muster 0.1.0", Runbook: document("intrusion", book(clean.Bounded(flavour, 150)))}, day.Add(-20*time.Minute), "")
	s.do("muster", state.OpenSession{Program: "muster 0.1.0", Host: f("jump"), Boot: "b1", Synced: "yes", BootAt: 1})
	s.do(ada, state.AssignRole{Role: "commander", Person: ada})
	s.do(ada, state.AssignRole{Role: "operations", Person: ben})
	s.do(ben, state.StartStep{Step: "look"})
	s.do(ben, state.TickStep{Step: "look", Item: 1, On: true})
	note := s.do(ben, state.AddNote{Step: "look", Text: f("two servers\nanswer nothing")})
	s.act(ben, state.DoStep{Step: "look", Note: f("files are renamed to .lock")}, day.Add(3*time.Minute), "not all was asked")
	s.do(ada, state.AmendEntry{Seq: note, Text: text(f("three servers\nanswer nothing")), Why: f("counted again")})
	s.do(ada, state.AnswerStep{Step: "attack", Option: "yes", Values: map[string]string{"how": f("a ransom note")}, Note: f("no doubt")})
	s.do(ada, state.SetSeverity{Severity: runbooks.SEV1, Why: f("it spreads")})
	s.do(ben, state.SetService{Service: "gisis", State: state.Affected, Why: f("files renamed")})
	s.do(ben, state.SetService{Service: "imodocs", State: state.Unaffected, Why: "looked at by hand"})
	wrong := s.do(ben, state.DoStep{Step: "tell", Note: f("wrong line")})
	s.do(ben, state.RetractEntry{Seq: wrong, Why: f("a slip")})
	s.do(ben, state.StartStep{Step: "shut-down/gisis"})
	s.now = s.now.Add(10 * time.Minute)
	done := s.do(ben, state.DoStep{Step: "shut-down/gisis", Note: f("blocked at both firewalls")})
	at := day.Add(26 * time.Minute)
	s.do(ada, state.AmendEntry{Seq: done, Occurred: &at, Why: "the firewall's own clock says so"})
	s.do(ben, state.AddEvidence{Step: "shut-down/gisis", Name: name("fw.png"), SHA256: state.Sum([]byte("fw")), Size: 2048, Note: f("the rule")})
	s.do(ben, state.SkipStep{Step: "tell", Why: f("leadership speaks first")})
	s.do(ben, state.DoStep{Step: "revoke"})
	s.act(ada, state.AddStep{Phase: "contain", Title: name("Pull the plug of the lift")}, time.Time{}, "")
	s.do(ben, state.FailStep{Step: "restore/gisis", Why: f("the tape is torn")})
	s.do(ben, state.ReopenStep{Step: "restore/gisis", Why: f("another tape")})
	s.do(ben, state.StartStep{Step: "restore/gisis"})
	s.do(ben, state.DoStep{Step: "restore/gisis"})
	s.act(ben, state.DoStep{Step: "verify/gisis"}, time.Time{}, f("nobody else is awake"))
	s.said(ada, ben, f)
	s.raw(ben, &state.Unknown{Name: "moon.phase", Raw: []byte(`{"phase":` + quote(f("full")) + `}`)})
	s.act(ada, state.CloseIncident{Summary: f("The intruder is out.\nGISIS is back.")}, time.Time{}, f("the rest can wait for the morning"))
	return s
}

// said is what is said in the story, by when, and to whom.
func (s *scribe) said(ada, ben string, f func(string) string) {
	s.do(ben, state.DraftNotice{Notice: "holding"})
	s.do(ada, state.ApproveNotice{Notice: "holding"})
	s.do(ben, state.FailNotice{Notice: "holding", Channel: "website", Why: f("it is down too")})
	s.do(ben, state.SendNotice{Notice: "holding", Channel: s.short(f("telephone")), To: s.short(f("the members"))})
	s.do(ben, state.DraftNotice{Notice: "holding", Text: f("GISIS is down.\nWe are sorry."), Claims: []state.Claim{{Service: "gisis", State: state.Affected}}})
	s.act(ben, state.SendNotice{Notice: "holding", Channel: "press"}, time.Time{}, f("no time to ask"))
	s.do(ada, state.DraftNotice{Notice: "back"})
	s.act(ada, state.SendNotice{Notice: "back", Channel: "mail"}, time.Time{}, f("the members wait"))
	s.do(ada, state.DraftNotice{Notice: "thanks", Title: s.short(f("Thank you")), Text: f("Thank you.")})
	s.do(ben, state.RecordCheck{Service: "imodocs", OK: true, What: s.short(f("connect to imodocs:443")), Millis: 12})
	s.do(ben, state.RecordCheck{Service: "gisis", What: "GET https://gisis/", Detail: f("503")})
	back := s.now.Add(time.Hour)
	s.do(ada, state.CallContact{Contact: "cert", Outcome: state.CallBack, CallBack: &back, Via: "tel:+44", Note: f("busy")})
	s.do(ada, state.CallContact{Contact: "cert", Outcome: state.Reached, Note: f("they come")})
	s.do(ada, state.CallContact{Contact: "mayor", Title: clean.Bounded(clean.Line(f("The mayor")), state.MaxName), Outcome: state.NoAnswer})
	due := s.inc.Clock("board").Due(time.UTC)
	s.do(ada, state.MissClock{Clock: "board", Due: due})
	s.do(ada, state.MeetClock{Clock: "board", Why: f("the chair was told")})
	s.do(ada, state.StartClock{Clock: "filing", Why: f("material")})
	s.do(ada, state.WaiveClock{Clock: "filing", Why: f("not listed")})
	s.do(ben, state.SetTimer{Title: s.short(f("ask Geneva")), Due: s.now.Add(time.Hour)})
	s.do(ben, state.EndTimer{Timer: "timer-1", Why: f("half way")})
	s.do(ben, state.SetTimer{Title: "water", Due: s.now.Add(time.Hour)})
	s.do(ben, state.HandRole{Role: "operations", To: "Cleo", Note: f("go on")})
	s.do("Cleo", state.AcknowledgeRole{Role: "operations"})
	s.do(ben, state.RecordWitness{Witness: clean.Bounded(clean.Line(f("the bank")), state.MaxName), How: s.short(f("telephone"))})
	s.do(ada, state.RecordSignature{Head: s.inc.Log[0].Hash, Fingerprint: "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8", Namespace: state.SignatureNamespace})
	s.do(ada, state.IssueSitrep{To: s.short(f("the board")), Text: f("# Situation report")})
}

// short is a text that fits a title.
func (s *scribe) short(text string) string { return clean.Bounded(text, state.MaxTitle-50) }

func text(s string) *string { return &s }

// written is the export of an incident in a format.
func written(tb testing.TB, inc *state.Incident, format export.Format, opts export.Options) string {
	tb.Helper()
	if opts.Program == "" {
		opts.Program = program
	}
	var out bytes.Buffer
	if err := export.Write(&out, inc, format, opts); err != nil {
		tb.Fatal(err)
	}
	return out.String()
}
