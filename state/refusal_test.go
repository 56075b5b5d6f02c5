package state_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// refusal is what Decide says to a command that nobody overrides; nil if it makes an
// entry.
func (l *ledger) refusal(who string, action state.Action) *state.Refusal {
	l.t.Helper()
	_, err := state.Decide(l.inc, action, state.Stamp{By: state.Actor{Name: who, Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"})
	if err == nil {
		return nil
	}
	refusal, ok := err.(*state.Refusal)
	if !ok {
		l.t.Fatalf("%T: %v", action.Command, err)
	}
	return refusal
}

// asks is a step with each sort of question, and one that is a decision.
const asks = `title = "Asks"
[[input]]
id = "org"
prompt = "Who?"
[[role]]
id = "commander"
[[service]]
id = "web"
[[contact]]
id = "cert"
[[notice]]
id = "first"
approver = "commander"
text = "First."
[[notice]]
id = "second"
corrects = ["first"]
text = "Second."
[[clock]]
id = "soon"
within = "2m"
starts = "incident.opened"
[[phase]]
id = "p"
title = "P"
[[phase.step]]
id = "ask"
title = "Ask"
checklist = ["one", "two"]
ask = [{ id = "n", prompt = "How many?", type = "number" }, { id = "b", prompt = "Hit?", type = "bool" }, { id = "c", prompt = "Which?", type = "choice", choices = ["red", "blue"] }]
[[phase.step]]
id = "decide"
title = "Decide"
kind = "decision"
options = [{ id = "yes", title = "Yes" }, { id = "no", title = "No" }]
[[phase.step]]
id = "both"
title = "Both"
two_person = true
evidence = true
`

// TestRefusals: what would be untrue or has no meaning is refused, for this reason and
// in these words.
func TestRefusals(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ada", state.TickStep{Step: "ask", Item: 1, On: true})
	l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	l.do("Ada", state.DraftNotice{Notice: "first"})
	missed := l.inc.Clock("soon").Due(time.UTC)
	l.do("Ada", state.MissClock{Clock: "soon", Due: missed})
	l.do("Ada", state.DoStep{Step: "both", Note: "seen"})
	sum := state.Sum([]byte("x"))
	long := strings.Repeat("x", state.MaxTitle+1)
	many := make([]state.Claim, 201)
	for _, c := range []struct {
		command state.Command
		reason  state.Reason // "" if it is not refused
		says    string
	}{
		{state.AddNote{}, state.Missing, "The note is missing."},
		{state.AddNote{Text: " \n"}, state.Missing, "The note is missing."},
		{state.AddNote{Text: "\xff"}, state.Invalid, "The note is not UTF-8 text."},
		{state.AddNote{Text: strings.Repeat("x", state.MaxText)}, "", ""},
		{state.AddNote{Text: strings.Repeat("x", state.MaxText+1)}, state.Invalid, "too long: 16385 bytes, and 16384 is the most"},
		{state.AddNote{Text: strings.Repeat("\x01", state.MaxText/3)}, "", ""},
		{state.AddNote{Text: strings.Repeat("\x01", state.MaxText/3+1)}, state.Invalid, "too long"},
		{state.AddNote{Text: strings.Repeat("\x7f", state.MaxText/2)}, state.Invalid, "too long"},
		{state.AddNote{Step: "none", Text: "x"}, state.NotFound, `There is no step "none"`},
		{state.AddEvidence{Name: "f", SHA256: sum}, "", ""},
		{state.AddEvidence{Name: "f"}, state.Missing, "The file's hash is missing."},
		{state.AddEvidence{Name: "f", SHA256: sum, Size: -1}, state.Missing, "The file's hash is missing."},
		{state.SetService{Service: "moon", State: state.Affected, Why: "x"}, state.NotFound, "The services are: web."},
		{state.SetService{Service: "web", State: "gone", Why: "x"}, state.NotFound, "The states are: unknown, unaffected"},
		{state.SetService{Service: "web", State: state.UnknownState, Why: "x"}, state.AlreadySo, "web is unknown already."},
		{state.SetService{Service: "web", State: state.Restored, Why: "x"}, state.Untrue, "nobody has said that it was down"},
		{state.SetService{Service: "web", State: state.Regressed, Why: "x"}, state.Untrue, "what was not restored cannot regress"},
		{state.SetService{Service: "web", State: state.Verified, Why: "x"}, state.Untrue, "nobody has said that it is restored"},
		{state.RecordCheck{Service: "moon"}, state.NotFound, `There is no service "moon"`},
		{state.AssignRole{Role: "cook", Person: "Ben"}, state.NotFound, "The roles are: commander."},
		{state.AssignRole{Role: "commander", Person: strings.Repeat("x", state.MaxName)}, "", ""},
		{state.AssignRole{Role: "commander", Person: strings.Repeat("x", state.MaxName+1)}, state.Invalid, "The name is too long"},
		{state.HandRole{Role: "commander", To: "Ada"}, state.AlreadySo, "is Ada already"},
		{state.AcknowledgeRole{Role: "commander"}, state.WrongStatus, "Nobody hands over"},
		{state.AnswerStep{Step: "decide"}, state.Missing, "Answer 1.2 Decide with one of: yes, no."},
		{state.AnswerStep{Step: "decide", Option: "maybe"}, state.NotFound, `There is no answer "maybe" to 1.2 Decide. The answers are`},
		{state.AnswerStep{Step: "ask"}, state.Missing, "Give it as ID=VALUE."},
		{state.AnswerStep{Step: "ask", Option: "yes"}, state.Invalid, "1.1 Ask is not a decision."},
		{state.AnswerStep{Step: "ask", Values: map[string]string{"z": "1"}}, state.NotFound, `There is no question "z" in 1.1 Ask. The questions are: n`},
		{state.AnswerStep{Step: "ask", Values: map[string]string{"n": "many"}}, state.Invalid, `"many" is not a number (How many?).`},
		{state.AnswerStep{Step: "ask", Values: map[string]string{"b": "true"}}, state.Invalid, `"true" is not yes or no (Hit?).`},
		{state.AnswerStep{Step: "ask", Values: map[string]string{"c": "green"}}, state.Invalid, `"green" is not one of: red, blue (Which?).`},
		{state.AnswerStep{Step: "ask", Values: map[string]string{"n": "3", "b": "yes", "c": "blue"}}, "", ""},
		{state.DoStep{Step: "decide"}, state.Missing, "1.2 Decide is a decision."},
		{state.DoStep{Step: "ask"}, state.Unticked, `Not ticked off yet: "two".`},
		{state.DoStep{Step: "both"}, state.AlreadySo, "It waits for another person to confirm it."},
		{state.ConfirmStep{Step: "both"}, state.SamePerson, "Ada did it, and another person should confirm."},
		{state.ConfirmStep{Step: "ask"}, state.WrongStatus, "1.1 Ask is todo: there is nothing to confirm."},
		{state.ReopenStep{Step: "ask", Why: "x"}, state.WrongStatus, "there is nothing to reopen"},
		{state.AssignStep{Step: "ask"}, state.AlreadySo, "is assigned to nobody already"},
		{state.TickStep{Step: "ask", Item: 0, On: true}, state.NotFound, "has 2 lines; there is no line 0"},
		{state.TickStep{Step: "ask", Item: 3, On: true}, state.NotFound, "there is no line 3"},
		{state.TickStep{Step: "ask", Item: 2, On: true}, "", ""},
		{state.TickStep{Step: "ask", Item: 1, On: true}, state.AlreadySo, `"one" is ticked already.`},
		{state.TickStep{Step: "ask", Item: 2}, state.AlreadySo, `"two" is not ticked already.`},
		{state.AddStep{Phase: "none", Title: "x"}, state.NotFound, `There is no phase "none"`},
		{state.AddStep{Phase: "p", Title: "x", Role: "cook"}, state.NotFound, `There is no role "cook"`},
		{state.AddStep{Phase: "p", Title: long}, state.Invalid, "The title is too long: 201 bytes, and 200 is the most"},
		{state.AddStep{Phase: "p", Title: "x", ID: "ask"}, state.Invalid, "cannot be the id of a new step"},
		{state.AddStep{Phase: "p", Title: "x", ID: "-x"}, state.Invalid, "cannot be the id"},
		{state.AddStep{Phase: "p", Title: "x", ID: strings.Repeat("x", 65)}, state.Invalid, "cannot be the id"},
		{state.AddStep{Phase: "p", Title: "x", ID: strings.Repeat("x", 64)}, "", ""},
		{state.AddStep{Phase: "p", Title: "x", ID: "az09-z"}, "", ""},
		{state.AddStep{Phase: "p", Title: "x", ID: "a_b"}, state.Invalid, "cannot be the id"},
		{state.AmendEntry{Seq: 3, Why: "x"}, state.Missing, "Nothing is to be amended."},
		{state.RetractEntry{Seq: 1, Why: "x"}, state.ForGood, "Entry 1 (incident.opened) cannot be retracted."},
		{state.RetractEntry{Seq: 99, Why: "x"}, state.NotFound, "There is no entry 99: the last one is 6."},
		{state.MissClock{Clock: "soon", Due: missed}, state.AlreadySo, "was missed already"},
		{state.StartClock{Clock: "soon", Why: "x"}, state.AlreadySo, "runs already"},
		{state.StartClock{Clock: "none", Why: "x"}, state.NotFound, "The clocks are: soon."},
		{state.SetTimer{Title: "x", Due: l.now}, state.Invalid, "A timer is set for a time to come, within a year."},
		{state.SetTimer{Title: "x", Due: l.now.Add(366 * 24 * time.Hour)}, "", ""},
		{state.SetTimer{Title: "x", Due: l.now.Add(366*24*time.Hour + 1)}, state.Invalid, "within a year"},
		{state.SetTimer{Title: "x", Due: l.now.Add(time.Hour), Step: "none"}, state.NotFound, "There is no step"},
		{state.SetTimer{Title: "x", Due: l.now.Add(time.Hour), Step: "ask"}, "", ""},
		{state.EndTimer{Timer: "timer-1"}, state.NotFound, `There is no running timer "timer-1"`},
		{state.CallContact{Contact: "none", Outcome: state.Reached}, state.NotFound, "The contacts are: cert."},
		{state.CallContact{Contact: "cert", Outcome: "shouted"}, state.NotFound, `There is no outcome "shouted". The outcomes are: reached`},
		{state.CallContact{Contact: "cert", Outcome: state.CallBack}, state.Missing, "When to call back is missing."},
		{state.CallContact{Contact: "cert", Outcome: state.Voicemail}, "", ""},
		{state.DraftNotice{Notice: "none"}, state.NotFound, "The notices are: first, second."},
		{state.DraftNotice{Notice: "Ü", Title: "x", Text: "x"}, state.Invalid, "cannot be a notice's id"},
		{state.DraftNotice{Notice: "first", Text: "x", Claims: many}, state.Invalid, "at most 200 claims"},
		{state.DraftNotice{Notice: "first", Text: "x", Claims: []state.Claim{{Service: "moon", State: state.Affected}}}, state.NotFound, `There is no service "moon"`},
		{state.DraftNotice{Notice: "first", Text: "x", Claims: []state.Claim{{Service: "web", State: "gone"}}}, state.NotFound, `There is no state "gone"`},
		{state.ApproveNotice{Notice: "second"}, state.Missing, "second has no text yet."},
		{state.ApproveNotice{Notice: "first", Version: 2}, state.Invalid, "Version 2 of first is not its last one: Ada drafted version 1"},
		{state.SendNotice{Notice: "first", Channel: "x"}, state.NotApproved, "Version 1 of first is not approved."},
		{state.FailNotice{Notice: "first"}, state.Missing, "Why it failed is missing."},
		{state.AnswerInputs{Values: map[string]string{"z": "1"}}, state.NotFound, `There is no input "z" in this incident. The inputs are: org.`},
		{state.AttachRunbook{Why: "x", Runbook: document("book", asks)}, state.AlreadySo, "is part of this incident already"},
		{state.AttachRunbook{Why: "x", Prefix: "No", Runbook: document("other", towers)}, state.Invalid, `"No" cannot stand before a step's id.`},
		{state.AttachRunbook{Why: "x", Runbook: document("other", "title = 1")}, state.Invalid, "The runbook has errors"},
		{state.AttachRunbook{Why: "x", Runbook: state.Document{ID: "other", Text: towers}}, state.Invalid, "does not match its hash"},
		{state.RecordSignature{Head: sum, Fingerprint: "SHA256:x", Namespace: "x"}, state.NotFound, "is no head of this log"},
		{state.RecordSignature{Head: l.inc.Head.Hash, Fingerprint: "MD5:x", Namespace: "x"}, state.Invalid, "is no key's fingerprint"},
		{state.SetExercise{Do: state.ExerciseStart}, state.NotDrill, "This is a live incident"},
		{state.ReopenIncident{Why: "x"}, state.WrongStatus, "The incident is open."},
		{state.OpenIncident{}, state.AlreadySo, "This incident was opened already."},
	} {
		refusal := l.refusal("Ada", state.Action{Command: c.command})
		switch {
		case refusal == nil && c.reason == "":
		case refusal == nil || c.reason == "" || refusal.Reason != c.reason || !strings.Contains(refusal.Error(), c.says):
			t.Errorf("%T %+v: %v", c.command, c.command, refusal)
		}
	}
}

// TestOpeningRefusals: an incident is opened with what can be one.
func TestOpeningRefusals(t *testing.T) {
	good := state.OpenIncident{ID: "x", Mode: state.Live, Runbook: document("book", asks)}
	for _, c := range []struct {
		change func(*state.OpenIncident)
		says   string
	}{
		{func(*state.OpenIncident) {}, ""},
		{func(c *state.OpenIncident) { c.ID = "X" }, `"X" cannot be an incident's id.`},
		{func(c *state.OpenIncident) { c.Mode = "test" }, `An incident is live or a drill, not "test".`},
		{func(c *state.OpenIncident) { c.Runbook.Text += " " }, "does not match its hash"},
		{func(c *state.OpenIncident) { c.Severity = "SEV5" }, `There is no severity "SEV5".`},
		{func(c *state.OpenIncident) { c.Inputs = map[string]string{"z": "1"} }, `There is no input "z" in this runbook. The inputs are: org.`},
		{func(c *state.OpenIncident) { c.Scenario = &state.SealedScenario{} }, "A scenario is for a drill"},
		{func(c *state.OpenIncident) {
			c.Mode, c.Scenario = state.Drill, &state.SealedScenario{ID: "s", Title: "S"}
		}, "no id or no hash"},
		{func(c *state.OpenIncident) {
			c.Mode, c.Scenario = state.Drill, &state.SealedScenario{ID: "s", SHA256: state.Sum(nil)}
		}, "title is missing"},
	} {
		command := good
		c.change(&command)
		l := &ledger{t: t, now: day}
		refusal := l.refusal("Ada", state.Action{Command: command})
		if (refusal == nil) != (c.says == "") || refusal != nil && !strings.Contains(refusal.Error(), c.says) {
			t.Errorf("%q: %v", c.says, refusal)
		}
	}
	l := &ledger{t: t, now: day}
	if refusal := l.refusal("Ada", state.Action{Command: state.AddNote{Text: "x"}}); refusal == nil || refusal.Reason != state.Missing {
		t.Errorf("a note before the opening: %v", refusal)
	}
}

// TestWhoAndWhen: who acts has a name, and what happened has happened.
func TestWhoAndWhen(t *testing.T) {
	l := newLedger(t, asks)
	note := state.AddNote{Text: "x"}
	for _, c := range []struct {
		who  string
		at   time.Duration // from now
		says string
	}{
		{"Ada", 0, ""},
		{" ", 0, "Nobody is named as doing this."},
		{"\u2800 \t", 0, "Nobody is named as doing this."},
		{"\u200b", 0, "Your name has characters that cannot be seen: <U+200B>."},
		{"Ada\u202e", 0, "Your name has characters that cannot be seen: Ada<U+202E>."},
		{"Ada\nBen", 0, "Your name has characters that cannot be seen"},
		{"Ada\x1b[2J", 0, "Your name has characters that cannot be seen"},
		{"آدا\u200cها", 0, ""}, // a joiner where a script needs it
		{"Ada\u200c", 0, "characters that cannot be seen"},
		{"A\u200cda", 0, "characters that cannot be seen"},
		{"Dr. Ñúñez-O’Brien 李", 0, ""},
		{"\xff", 0, "Your name is not UTF-8 text."},
		{strings.Repeat("x", 100), 0, ""},
		{strings.Repeat("x", 101), 0, "Your name is too long: 101 bytes, and 100 is the most. Shorten it."},
		{"Ada", 2 * time.Minute, ""},
		{"Ada", 2*time.Minute + 1, "has not come yet: it is 00:01."},
		{"Ada", 30 * time.Hour, "06:01 on 25 November 2026 has not come yet"},
		{"Ada", -37 * 365 * 24 * time.Hour, "lies before 1990"},
	} {
		action := state.Action{Command: note}
		if c.at != 0 {
			action.Occurred = l.now.Add(c.at)
		}
		refusal := l.refusal(c.who, action)
		if (refusal == nil) != (c.says == "") || refusal != nil && !strings.Contains(refusal.Error(), c.says) {
			t.Errorf("%q, %s: %v", c.who, c.at, refusal)
		}
	}
}

// TestPersonsClock: times in a refusal are those of the person's zone.
func TestPersonsClock(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ada", state.DoStep{Step: "both", Note: "seen"}) // at 00:02 UTC
	for zone, want := range map[string]string{
		"+00:00 UTC": "at 00:02", "+05:45 Asia/Kathmandu": "at 05:47", "-03:30 x": "at 20:32", "": "at 00:02", "+1": "at 00:02",
		"+24:00 x": "at 00:02", "+23:59 x": "at 00:01", "+00:60 x": "at 00:02", "+xx:00 x": "at 00:02", "+00-30 x": "at 00:02",
	} {
		_, err := state.Decide(l.inc, state.Action{Command: state.DoStep{Step: "both"}}, state.Stamp{By: state.Actor{Name: "Ben"}, Recorded: l.now, Zone: zone})
		if err == nil || !strings.Contains(err.Error(), want+".") && !strings.Contains(err.Error(), want+" ") {
			t.Errorf("in %q: %v", zone, err)
		}
	}
}

// TestDrillRefusals are of what only a drill has.
func TestDrillRefusals(t *testing.T) {
	l := &ledger{t: t, now: day}
	l.do("Fay", state.OpenIncident{ID: "x", Mode: state.Drill, Runbook: document("book", asks)})
	ref := state.InjectRef(state.Hash{}, "one")
	sum := state.Sum([]byte("x"))
	deliver := state.DeliverInject{Inject: "one", From: "desk", To: "all", Via: "phone", Text: "x"}
	with := func(files ...state.Kept) state.DeliverInject {
		c := deliver
		c.Files = files
		return c
	}
	check := func(command state.Command, reason state.Reason, says string) {
		t.Helper()
		refusal := l.refusal("Fay", state.Action{Command: command})
		if refusal == nil && reason == "" {
			return
		}
		if refusal == nil || refusal.Reason != reason || !strings.Contains(refusal.Error(), says) {
			t.Errorf("%T %+v: %v", command, command, refusal)
		}
	}
	check(state.SetExercise{Do: state.ExerciseResume}, state.WrongStatus, "was never started")
	check(state.SetExercise{Do: state.ExercisePause}, state.AlreadySo, "stands already")
	check(state.SetExercise{Do: state.ExerciseStart, Speed: 61}, state.Invalid, "cannot run ×61")
	check(state.SetExercise{Do: state.ExerciseStart, Speed: 60}, "", "")
	check(state.SetExercise{Do: state.ExerciseSpeed, Speed: 0}, state.Invalid, "×1 to ×60")
	check(state.SetExercise{Do: state.ExerciseSpeed, Speed: 1}, state.AlreadySo, "runs ×1 already")
	check(state.SetExercise{Do: state.ExerciseJump, To: -1}, state.Invalid, "goes from +0:00")
	check(state.SetExercise{Do: state.ExerciseJump, To: runbooks.MaxExercise}, "", "")
	check(state.SetExercise{Do: state.ExerciseJump, To: runbooks.MaxExercise + 1}, state.Invalid, "goes from +0:00")
	check(state.SetExercise{Do: "stop"}, state.Invalid, `"stop" cannot be done`)
	l.do("Fay", state.SetExercise{Do: state.ExerciseStart})
	check(state.SetExercise{Do: state.ExerciseStart}, state.AlreadySo, "was started already")
	check(state.SetExercise{Do: state.ExerciseResume}, state.AlreadySo, "runs already")
	check(deliver, "", "")
	check(with(make([]state.Kept, 21)...), state.Invalid, "At most 20 files")
	check(with(state.Kept{SHA256: sum}), state.Missing, "The file's name is missing")
	check(with(state.Kept{Name: "f"}), state.Missing, "The file's hash is missing")
	check(with(state.Kept{Name: "f", SHA256: sum, Size: -1}), state.Missing, "The file's hash is missing")
	check(with(state.Kept{Name: "f", SHA256: sum}), "", "")
	check(state.DeliverInject{Inject: "adhoc-1", From: "desk", To: "all", Via: "phone", Text: "x"}, state.Invalid, "cannot be the id of a scenario's inject")
	check(state.DeliverInject{Inject: "one", From: "desk", To: "cook", Via: "phone", Text: "x"}, state.NotFound, "There is no role")
	check(state.AddInject{From: "desk", To: "all", Via: "phone", Text: "x", World: map[string]string{"moon": "down"}}, state.NotFound, "There is no service")
	check(state.HoldInject{Ref: "x"}, state.Invalid, "does not name an inject")
	check(state.HoldInject{Ref: ref, Release: true}, state.WrongStatus, "is not held")
	check(state.SkipInject{Ref: "x", Why: "x"}, state.Invalid, "does not name an inject")
	check(state.AcknowledgeInject{Inject: "1"}, state.NotFound, `There is no inject "1" among those that were delivered.`)
	check(state.RateObjective{Objective: "No", Rating: state.Performed}, state.Invalid, "cannot be an objective's id")
	check(state.RateObjective{Objective: "o", Rating: "A"}, state.Invalid, `There is no rating "A".`)
	check(state.AddObservation{Text: "x", Mark: "so"}, state.Invalid, `not "so"`)
	check(state.AddObservation{Text: "x", Mark: state.Strength, Objective: "No"}, state.Invalid, "cannot be an objective's id")
	check(state.AddObservation{Text: "x", Mark: state.Strength, Objective: "o"}, "", "")
	l.do("Fay", deliver)
	check(deliver, state.AlreadySo, "was delivered by Fay at 00:03, as number 1")
	again := with()
	again.Again = true
	check(again, "", "")
	l.do("Fay", state.AddInject{From: "desk", To: "commander", Via: "phone", Text: "x"})
	l.do("Fay", state.HoldInject{Ref: ref})
	check(state.HoldInject{Ref: ref}, state.AlreadySo, "is held already, by Fay")
	x := &l.inc.Exercise
	if first, second := &x.Delivered[0], &x.Delivered[1]; first.AdHoc() || !second.AdHoc() || second.Number != 2 || second.Inject != "adhoc-1" {
		t.Errorf("%+v, %+v", first, second)
	}
	l.do("Ada", state.AcknowledgeInject{Inject: "#1"})
	if d := x.Find("1"); d == nil || !d.AckedBy("Ada") || d.AckedBy("Ben") || len(l.inc.Unacknowledged("Ada")) != 1 || len(l.inc.Unacknowledged("Ben")) != 2 {
		t.Errorf("%+v", d)
	}
	l.do("Fay", state.RateObjective{Objective: "o", Rating: state.Unable})
	l.do("Fay", state.RateObjective{Objective: "o", Rating: state.Performed})
	l.do("Eve", state.RateObjective{Objective: "o", Rating: state.Major})
	if r := x.RatingsOf("o"); len(r) != 2 || r[0].Rating != state.Performed || r[1].By != "Eve" || r[1].Rating != state.Major || x.RatingsOf("p") != nil {
		t.Errorf("of each person the last rating counts: %+v", r)
	}
	if r := x.RatingBy("o", "fay"); r == nil || r.Rating != state.Performed || x.RatingBy("o", "Ada") != nil {
		t.Errorf("Fay's is %+v", r)
	}
}

// TestManyOpen: a closing lists the first 200 things that are open, and counts the rest.
func TestManyOpen(t *testing.T) {
	book := "title = \"Many\"\n[[phase]]\ntitle = \"P\"\n"
	for i := range 203 {
		book += fmt.Sprintf("[[phase.step]]\nid = \"s%d\"\ntitle = \"S\"\n", i)
	}
	l := newLedger(t, book)
	refusal := l.refusal("Ada", state.Action{Command: state.CloseIncident{}})
	if refusal == nil || refusal.Reason != state.StillOpen || !strings.Contains(refusal.Text, "1.8 S (to do) and 195 more.") || strings.Contains(refusal.Text, "1.9 S") {
		t.Errorf("%v", refusal)
	}
	l.do("Ada", state.CloseIncident{})
	if c := l.inc.Closed; len(c.Open) != 200 || c.More != 3 {
		t.Errorf("%d are listed, and %d more", len(c.Open), c.More)
	}
}
