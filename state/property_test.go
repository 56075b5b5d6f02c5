package state_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/runbooks"
	"muster/state"
)

// propertyBook has a little of everything that steps can depend on.
const propertyBook = `
title = "Everything"
[[input]]
id = "org"
prompt = "Who?"
[[role]]
id = "commander"
title = "Commander"
[[role]]
id = "scribe"
title = "Scribe"
[[contact]]
id = "cert"
title = "CERT"
[[clock]]
id = "board"
title = "Board"
within = "10m"
starts = "incident.opened"
stops = "notice:holding"
[[clock]]
id = "law"
title = "Law"
within = "72h"
starts = "step:attack=yes"
[[clock]]
id = "after"
title = "After"
within = "24h"
starts = "clock:board"
[[notice]]
id = "holding"
title = "Holding"
audience = "public"
approver = "commander"
next_update = "20m"
claims = ["*=affected"]
text = "{{ join \", \" .Services.Down }} down at {{ .Answers.org }}."
[[notice]]
id = "again"
title = "Again"
audience = "public"
corrects = ["holding"]
claims = ["gisis=verified"]
text = "GISIS works."
[[service]]
id = "gisis"
title = "GISIS"
[[service]]
id = "web"
title = "Website"
[[phase]]
id = "detect"
title = "Detect"
[[phase.step]]
id = "attack"
kind = "decision"
title = "Attack?"
options = [{ id = "yes", title = "Yes" }, { id = "no", title = "No" }]
[[phase.step]]
id = "check"
kind = "decision"
each = "services"
title = "Check {{ .Service.Title }}"
options = [{ id = "hit", title = "Hit", state = "affected" }, { id = "fine", title = "Fine", state = "unaffected" }]
[[phase]]
id = "act"
title = "Act"
[[phase.step]]
id = "stop"
kind = "shutdown"
each = "affected"
title = "Stop {{ .Service.Title }} for {{ index .Answers \"org\" }}"
needs = ["check"]
checklist = ["one", "two"]
[[phase.step]]
id = "restore"
kind = "restore"
each = "affected"
title = "Restore {{ .Service.Title }}"
needs = ["stop"]
two_person = true
[[phase.step]]
id = "look"
kind = "verify"
each = "affected"
title = "Verify {{ .Service.Title }}"
needs = ["restore"]
[[phase.step]]
id = "tell"
title = "Tell"
when = "attack=yes"
ask = [{ id = "whom", prompt = "Whom?", required = true }]
`

var (
	people  = []string{"Ada", "Ben", "Cleo"}
	stepIDs = []string{"attack", "check/gisis", "check/web", "stop/gisis", "stop/web", "restore/gisis", "restore/web", "look/gisis", "look/web", "tell", "second:only", "call", "nothing"}
	texts   = []string{"", "because", "a longer text\nof two lines", "\x1b]52;c;aGk=\x07 \u202e \u2028 \x7f", "ἀρχή ☂"}
)

var exerciseDos = []state.ExerciseDo{state.ExerciseStart, state.ExercisePause, state.ExerciseResume, state.ExerciseSpeed, state.ExerciseJump}

// commands draws a command of every type, sensible or not.
func commands(t *rapid.T, inc *state.Incident) []state.Command {
	step := rapid.SampledFrom(stepIDs).Draw(t, "step")
	text := rapid.SampledFrom(texts).Draw(t, "text")
	person := rapid.SampledFrom(people).Draw(t, "person")
	seq := rapid.Uint64Range(0, inc.Head.Seq+1).Draw(t, "seq")
	all := append(stepCommands(t, step, text, person, seq), incidentCommands(t, step, text, person, seq)...)
	return append(append(all, wordCommands(t, inc, text, person, seq)...), drillCommands(t, step, text, seq)...)
}

func stepCommands(t *rapid.T, step, text, person string, seq uint64) []state.Command {
	return []state.Command{
		state.StartStep{Step: step, Note: text}, state.DoStep{Step: step, Note: text},
		state.DoStep{Step: step, Note: text, Values: map[string]string{"whom": text}},
		state.ConfirmStep{Step: step}, state.FailStep{Step: step, Why: text}, state.BlockStep{Step: step, On: text},
		state.SkipStep{Step: step, Why: text}, state.ReopenStep{Step: step, Why: text}, state.AssignStep{Step: step, To: person},
		state.TickStep{Step: step, Item: int(seq % 4), On: seq%3 != 0},
		state.AnswerStep{Step: step, Option: rapid.SampledFrom([]string{"yes", "no", "hit", "fine"}).Draw(t, "option")},
		state.AddStep{Phase: "act", Title: "Call"},
	}
}

func incidentCommands(t *rapid.T, step, text, person string, seq uint64) []state.Command {
	second := "title = \"Second\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"Only\"\n"
	at := day.Add(time.Hour)
	role := rapid.SampledFrom([]string{"commander", "scribe", "cook"}).Draw(t, "role")
	service := rapid.SampledFrom([]string{"gisis", "web"}).Draw(t, "service")
	return []state.Command{
		state.AddNote{Step: step, Text: text}, state.AddNote{Text: text},
		state.AddEvidence{Step: step, Name: "f", SHA256: state.Sum([]byte(text)), Size: 1},
		state.AssignRole{Role: role, Person: person}, state.HandRole{Role: role, To: person, Note: text}, state.AcknowledgeRole{Role: role},
		state.AddService{Title: text, Tier: int(seq % 6), DependsOn: []string{service}}, state.AddContact{Title: person, Reach: []string{"tel:" + text}},
		state.SetService{Service: service, State: rapid.SampledFrom(state.ServiceStates()).Draw(t, "state"), Why: text},
		state.RecordCheck{Service: service, OK: seq%2 == 0, What: "GET /", Detail: text, Millis: 3},
		state.SetTitle{Title: text, Why: text},
		state.AllowTargets{Targets: []string{"10.0.0.1:443", text}},
		state.SetSeverity{Severity: rapid.SampledFrom(runbooks.Severities()).Draw(t, "severity"), Why: text},
		state.AttachRunbook{Prefix: "second", Runbook: document("second", second), Why: text},
		state.AmendEntry{Seq: seq, Text: &text, Why: "wrong"}, state.AmendEntry{Seq: seq, Occurred: &at, Why: "wrong"},
		state.MarkEntry{Seq: seq, Why: text}, state.MarkEntry{Seq: seq, Off: true}, state.AddNote{Text: state.KeyMark + " " + text},
		state.RetractEntry{Seq: seq, Why: "wrong"}, state.RetractEntry{Seq: seq, Why: "wrong"},
		state.CloseIncident{Summary: text}, state.ReopenIncident{Why: text},
		state.OpenIncident{ID: "y", Mode: state.Live, Runbook: document("all", propertyBook)}, // what is open is not opened
		state.AnswerInputs{Values: map[string]string{"org": text}},
		state.AnswerForm{Form: "gdpr-33", Field: runbooks.FormField{ID: "people", Title: "How many"}, Value: text},
		state.AnswerForm{Form: "gdpr-33", Field: runbooks.FormField{ID: "aware", Title: "When", Type: runbooks.AskTime}, Value: "02:38"},
		state.OpenSession{Boot: "b", BootAt: 7}, state.ActAt{Host: "h", Account: "root", Terminal: step}, state.StepClock{Boot: "b", BootAt: 9, ByMillis: 5000}, state.MendLog{What: "torn tail", Bytes: 3},
	}
}

func wordCommands(t *rapid.T, inc *state.Incident, text, person string, seq uint64) []state.Command {
	notice := rapid.SampledFrom([]string{"holding", "again", "new", "none"}).Draw(t, "notice")
	clock := rapid.SampledFrom([]string{"board", "law", "after", "none"}).Draw(t, "clock")
	due := inc.OpenedAt.Add(10 * time.Minute)
	back := day.Add(time.Duration(seq) * time.Hour)
	return []state.Command{
		state.DraftNotice{Notice: notice}, state.DraftNotice{Notice: "new", Title: "New", Audience: "public", Text: text, Claims: []state.Claim{{Service: "web", State: state.Restored}}},
		state.DraftNotice{Notice: notice, Title: "A form", Text: "It says: " + text, Form: &state.FilledForm{ID: "gdpr-33", SHA256: state.Sum([]byte(text)), Lacks: []string{"people"}[:seq%2]}},
		state.ApproveNotice{Notice: notice}, state.SendNotice{Notice: notice, Channel: "phone", To: person}, state.FailNotice{Notice: notice, Channel: "phone", Why: text}, state.LeaveNotice{Notice: notice, Channel: "phone", To: person},
		state.CallContact{Contact: "cert", Outcome: rapid.SampledFrom(state.Outcomes()).Draw(t, "outcome"), CallBack: &back, Note: text},
		state.CallContact{Contact: person, Title: "Somebody", Outcome: state.Reached},
		state.StartClock{Clock: clock, Why: text}, state.MeetClock{Clock: clock, Why: text}, state.WaiveClock{Clock: clock, Why: text},
		state.MissClock{Clock: clock, Due: due},
		state.SetTimer{Title: "Look " + text, Due: back}, state.EndTimer{Timer: fmt.Sprintf("timer-%d", seq%4), Why: text},
		state.IssueSitrep{To: person, Text: text},
		state.BranchLog{Source: text, Heard: back, Why: text},
		state.MergeLog{Source: text, Head: state.Sum([]byte(text)), File: state.Sum([]byte(text)), Entries: 1 + seq, Common: seq, Taken: int(seq)},
		state.SettleContradiction{What: state.OfService, Of: "web", Holds: seq, Why: text},
		state.RecordWitness{Witness: person, How: text}, state.RecordSignature{Head: inc.Head.Hash, Fingerprint: "SHA256:x", Namespace: text},
		state.RecordCheckpoint{},
		state.RecordStamp{Head: inc.Head.Hash, Time: back, Authority: person, Name: "x.tsr", SHA256: state.Sum([]byte(text)), Size: 1400},
	}
}

func drillCommands(t *rapid.T, step, text string, seq uint64) []state.Command {
	return []state.Command{
		state.SetExercise{Do: rapid.SampledFrom(exerciseDos).Draw(t, "do"), Speed: int(seq), To: time.Duration(seq) * time.Minute},
		state.DeliverInject{Inject: step, From: "desk", To: "all", Via: "phone", Text: text, Again: seq%2 == 0},
		state.DeliverInject{Inject: "attack", From: "desk", To: "commander", Via: "phone", Text: "It burns."},
		state.AddInject{From: "desk", To: "commander", Via: "phone", Text: "More.", World: map[string]string{"gisis": "down"}},
		state.HoldInject{Ref: state.InjectRef(state.Hash{}, step), Why: text, Release: seq%2 == 0},
		state.SkipInject{Ref: state.InjectRef(state.Hash{}, step), Why: text},
		state.AcknowledgeInject{Inject: fmt.Sprint(seq), Note: text},
		state.RateObjective{Objective: "truth", Rating: rapid.SampledFrom(state.Ratings()).Draw(t, "rating"), Note: text},
		state.AddObservation{Text: text, Mark: state.Improve, Objective: "truth"},
		state.StateCause{Text: text, Factors: []string{text}}, state.PlanAction{What: text, Owner: step, Due: "2026-12-24"}, state.PlanAction{What: text, Due: text}, state.FinishAction{Action: seq, Note: text},
	}
}

// TestEveryCommandIsDrawn: a command that the properties below never try is found.
func TestEveryCommandIsDrawn(t *testing.T) {
	src := readSource(t)
	rapid.Check(t, func(t *rapid.T) {
		var drawn []string
		for _, command := range commands(t, new(state.Incident)) {
			drawn = append(drawn, reflect.TypeOf(command).Name())
		}
		slices.Sort(drawn)
		if drawn = slices.Compact(drawn); !slices.Equal(drawn, src.commands) {
			t.Fatalf("drawn are\n%v\nand there are\n%v", drawn, src.commands)
		}
	})
}

// sampleOf lists the commands that rapid draws first, for tests that want one of each.
func sampleOf(draw func(t *rapid.T) []state.Command) []state.Command {
	return rapid.Custom(draw).Example(1)
}

// TestEveryKindHasACommand: no kind is only read.
func TestEveryKindHasACommand(t *testing.T) {
	made := make(map[state.Kind]bool)
	for _, command := range sampleOf(func(t *rapid.T) []state.Command { return commands(t, new(state.Incident)) }) {
		made[state.KindOf(command)] = true
	}
	for _, kind := range state.Kinds() {
		if !made[kind] {
			t.Errorf("no command makes %s", kind)
		}
	}
	if len(made) != len(state.Kinds()) {
		t.Errorf("commands make %d kinds, and there are %d", len(made), len(state.Kinds()))
	}
}

func document(id, text string) state.Document {
	return state.Document{ID: id, Source: "test", SHA256: state.Sum([]byte(text)), Text: text}
}

// grow applies random actions to a new incident and returns it with its lines.
func grow(t *rapid.T) (*state.Incident, [][]byte) {
	var inc *state.Incident
	var lines [][]byte
	do := func(action state.Action, person string, at time.Time) {
		entry, err := state.Decide(inc, action, state.Stamp{By: state.Actor{Name: person, Via: "local"}, Recorded: at, Zone: "+00:00 UTC"})
		if err != nil {
			var refusal *state.Refusal
			if !errors.As(err, &refusal) || refusal.Text == "" {
				t.Fatalf("not a refusal a person can act on: %v", err)
			}
			if !hasField(action.Command, refusal.Field) {
				t.Fatalf("%T has no field %q: %v", action.Command, refusal.Field, err)
			}
			return
		}
		entry, line, err := state.Seal(entry)
		if err != nil {
			t.Fatal(err)
		}
		if inc == nil {
			inc = new(state.Incident)
		}
		before, seen := inc, digest(inc) // of all that was read so far
		inc = inc.Clone()
		if err := inc.Apply(entry); err != nil {
			t.Fatal(err)
		}
		if now := digest(before); now != seen { // others still read it
			t.Fatalf("%s changed the incident as it was: %s", entry.Kind, whereTheyPart(seen, now))
		}
		if before.Head.Seq+1 != inc.Head.Seq || len(before.Log)+1 != len(inc.Log) {
			t.Fatalf("one action made %d entries", inc.Head.Seq-before.Head.Seq)
		}
		lines = append(lines, line.Bytes)
	}
	do(state.Action{Command: state.OpenIncident{ID: "x", Mode: state.Drill, Inputs: map[string]string{"org": "IMO"}, Runbook: document("all", propertyBook)}}, "Ada", day)
	n := rapid.IntRange(0, 60).Draw(t, "actions")
	for i := range n {
		action := state.Action{Command: rapid.SampledFrom(commands(t, inc)).Draw(t, "command"), Override: rapid.SampledFrom([]string{"", "we must"}).Draw(t, "override")}
		do(action, rapid.SampledFrom(people).Draw(t, "who"), day.Add(time.Duration(i+1)*time.Minute))
	}
	return inc, lines
}

// hasField reports whether a form for the command can go on at the field.
func hasField(command state.Command, name string) bool {
	if slices.Contains([]string{"", "by", "occurred", "override"}, name) {
		return true
	}
	typ := reflect.TypeOf(command)
	for i := range typ.NumField() {
		if strings.ToLower(typ.Field(i).Name) == name {
			return true
		}
	}
	return false
}

// TestFieldThatWouldHelp: a refusal of a value names the field of it.
func TestFieldThatWouldHelp(t *testing.T) {
	l := newLedger(t, towers)
	past, long := day.AddDate(-60, 0, 0), strings.Repeat("x", state.MaxText+1)
	for field, action := range map[string]state.Action{
		"text":     {Command: state.AddNote{}},
		"why":      {Command: state.SetService{Service: "web", State: state.Affected}},
		"state":    {Command: state.SetService{Service: "web", State: "gone", Why: "x"}},
		"severity": {Command: state.SetSeverity{Severity: "SEV9", Why: "x"}},
		"on":       {Command: state.BlockStep{Step: "look"}},
		"due":      {Command: state.SetTimer{Title: "x", Due: day}},
		"callback": {Command: state.CallContact{Contact: "x", Title: "X", Outcome: state.CallBack}},
		"channel":  {Command: state.SendNotice{Notice: "staff"}},
		"clock":    {Command: state.StartClock{Clock: "none", Why: "x"}},
		"values":   {Command: state.AnswerInputs{}},
		"occurred": {Command: state.AddNote{Text: "x"}, Occurred: past},
		"override": {Command: state.AddNote{Text: "x"}, Override: long},
	} {
		_, err := state.Decide(l.inc, action, state.Stamp{By: state.Actor{Name: "Ada"}, Recorded: l.now, Zone: "+00:00 UTC"})
		refusal, ok := err.(*state.Refusal)
		if !ok || refusal.Field != field {
			t.Errorf("%T names %q: %v", action.Command, field, err)
		}
	}
}

// decoded reads lines as a store would.
func decoded(lines [][]byte) iter.Seq2[state.Entry, error] {
	return func(yield func(state.Entry, error) bool) {
		chain := state.Format().Chain()
		for _, line := range lines {
			entry, err := chain.Next(line)
			if !yield(entry, err) || err != nil {
				return
			}
		}
	}
}

// TestReplayGivesTheSame: the log alone gives the incident that was lived.
func TestReplayGivesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lived, lines := grow(t)
		read, err := state.Replay(decoded(lines))
		if err != nil {
			t.Fatal(err)
		}
		same(t, lived, read)
		for i, line := range lines {
			_, again, err := state.Seal(read.Log[i])
			if err != nil || string(again.Bytes) != string(line) {
				t.Fatalf("line %d is not what was written:\n%s\n%s\n%v", i+1, line, again.Bytes, err)
			}
		}
	})
}

// same compares what two incidents show.
func same(t *rapid.T, a, b *state.Incident) {
	t.Helper()
	if x, y := digest(a), digest(b); x != y {
		t.Fatalf("not the same incident: %s", whereTheyPart(x, y))
	}
	if x, y := a.Responses(), b.Responses(); len(x) == len(y) {
		for i := range x {
			if x[i].NextAct.Seq != y[i].NextAct.Seq || x[i].NextAfter != y[i].NextAfter || x[i].Answer.Seq != y[i].Answer.Seq || x[i].AckedAfter != y[i].AckedAfter || x[i].Silent() != y[i].Silent() {
				t.Fatalf("after inject %s came %d and %d", x[i].Inject, x[i].NextAct.Seq, y[i].NextAct.Seq)
			}
		}
	}
}

// whereTheyPart is where two texts part.
func whereTheyPart(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("…%s\nand not\n…%s", a[max(0, i-200):min(len(a), i+200)], b[max(0, i-200):min(len(b), i+200)])
}

// digest writes down everything that can be seen of an incident's state: all that it
// has but its log, and all that it answers.
func digest(inc *state.Incident) string {
	shown := *inc
	shown.Log, shown.Head, shown.Books, shown.Phases, shown.Steps = nil, state.Head{}, nil, nil, nil // definitions never change
	now := inc.OpenedAt.Add(50 * time.Minute)
	told := []any{shown, len(inc.Books), inc.OpenItems(), inc.Tallies(), inc.Exercise.At(now), inc.Exercise.World(nil), inc.NextClock(time.UTC)}
	for i := range inc.Steps {
		s := &inc.Steps[i]
		told = append(told, inc.Status(s), inc.Because(s))
		bare := *s
		bare.Def = nil
		told = append(told, bare)
	}
	for i := range inc.Notices {
		n := &inc.Notices[i]
		text, claims := n.Draft(inc)
		told = append(told, n.Status(inc), n.Stale(inc), n.Untold(inc), n.NextUpdate(inc), text, claims)
	}
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		told = append(told, c.Due(time.UTC), c.Status(now, time.UTC))
	}
	for i := range inc.Services {
		difference, differs := inc.Differs(inc.Services[i].ID)
		told = append(told, difference, differs, inc.HitBelow(inc.Services[i].ID))
	}
	for i := range inc.Contacts {
		told = append(told, inc.Contacts[i].Reached(), inc.Contacts[i].CallBackAt(inc))
	}
	for _, id := range append(stepIDs, "org", "whom", "second:org") {
		answer, known := inc.Answer(id)
		told = append(told, answer, known, inc.Unseen(id))
	}
	at, known := inc.BootAt("b")
	out, err := json.Marshal(append(told, at, known, len(inc.Unacknowledged("Ada"))))
	return fmt.Sprintf("%s %v", out, err)
}

// TestRetractedLeavesNoTrace: retracting an entry gives the state that the log
// without the entry gives, and the entry stays in the log.
func TestRetractedLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inc, _ := grow(t)
		seq := rapid.Uint64Range(1, inc.Head.Seq).Draw(t, "retract")
		if slices.ContainsFunc(inc.Two, func(two state.TwoAnswers) bool { return slices.Contains(two.Entries, seq) }) {
			return // that it was one of two answers leaves a trace
		}
		entry, err := state.Decide(inc, state.Action{Command: state.RetractEntry{Seq: seq, Why: "wrong"}},
			state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: day.Add(10 * time.Hour)})
		if err != nil {
			return // not one that can be retracted
		}
		entry, _, _ = state.Seal(entry)
		after := inc.Clone()
		if err := after.Apply(entry); err != nil {
			t.Fatal(err)
		}
		if int(after.Head.Seq) != len(after.Log) || after.Log[seq-1].Kind != inc.Log[seq-1].Kind {
			t.Fatal("the retracted entry is not in the log any more")
		}
		same(t, after, without(t, inc, seq))
	})
}

// without replays the log as if entry seq had been a kind that changes nothing.
func without(t *rapid.T, inc *state.Incident, seq uint64) *state.Incident {
	read, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, e := range inc.Log {
			if e.Seq == seq {
				e.Kind, e.Data = state.KindRecovered, &state.Recovered{} // which nobody does
			}
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestUnknownKindsSurvive: an entry of a kind to come is kept byte for byte.
func TestUnknownKindsSurvive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inc, lines := grow(t)
		raw := rapid.SampledFrom([]string{`{}`, `{"a":[1,{"b":"ü\u0007"}]}`, `"text"`, `null`, `17`}).Draw(t, "raw")
		entry := state.Entry{Seq: inc.Head.Seq + 1, Recorded: day.Add(9 * time.Hour), Data: &state.Unknown{Name: "weather.report", Raw: json.RawMessage(raw)}, Frame: &state.Frame{Mode: inc.Mode, Kind: "weather.report", By: state.Actor{Name: "Ada", Via: "local"}}, Sealing: &state.Sealing{Prev: inc.Head.Hash}}
		_, line, err := state.Seal(entry)
		if err != nil {
			t.Fatal(err)
		}
		read, err := state.Replay(decoded(append(lines, line.Bytes)))
		if err != nil {
			t.Fatal(err)
		}
		last := read.Log[len(read.Log)-1]
		_, again, err := state.Seal(last)
		if err != nil || string(again.Bytes) != string(line.Bytes) {
			t.Fatalf("%s\nbecame\n%s\n%v", line.Bytes, again.Bytes, err)
		}
		read.Unknown--
		if read.Unknown != 0 || digest(read) != digest(inc) {
			t.Fatal("an unknown entry changed the state")
		}
	})
}

// TestTextsAreBounded: whatever is in the incident, no command takes a text that is not
// UTF-8 or too long for an entry, in any of its fields, but what the program itself says.
func TestTextsAreBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inc, _ := grow(t)
		for _, command := range commands(t, inc) {
			typ := reflect.TypeOf(command)
			long := strings.Repeat("x", state.MaxText+1)
			if state.KindOf(command) == state.KindSitrepIssued {
				long = strings.Repeat("x", state.MaxSitrep+1)
			}
			for i := range typ.NumField() {
				if typ.Field(i).Type.Kind() != reflect.String || strings.HasPrefix(string(state.KindOf(command)), "session.") || state.KindOf(command) == state.KindRecovered || state.KindOf(command) == state.KindClockStepped {
					continue
				}
				for _, bad := range []string{"\xff", long} {
					changed := reflect.New(typ).Elem()
					changed.Set(reflect.ValueOf(command))
					changed.Field(i).SetString(bad)
					action := state.Action{Command: changed.Interface().(state.Command), Override: "we must"}
					e, err := state.Decide(inc, action, state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: inc.OpenedAt.Add(2 * time.Hour), Zone: "+00:00 UTC"})
					if err != nil {
						continue
					}
					// It may be taken if it is not recorded.
					if _, line, err := state.Seal(e); err != nil || strings.Contains(string(line.Bytes), long) {
						t.Fatalf("%T takes %.10q… as its %s", command, bad, typ.Field(i).Name)
					}
				}
			}
		}
	})
}
