package state_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
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

// command draws any command, sensible or not.
func command(t *rapid.T, last uint64) state.Command {
	step := rapid.SampledFrom(stepIDs).Draw(t, "step")
	text := rapid.SampledFrom(texts).Draw(t, "text")
	person := rapid.SampledFrom(people).Draw(t, "person")
	seq := rapid.Uint64Range(0, last+1).Draw(t, "seq")
	second := "title = \"Second\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"Only\"\n"
	at := day.Add(time.Hour)
	return rapid.SampledFrom([]state.Command{
		state.StartStep{Step: step, Note: text}, state.DoStep{Step: step, Note: text},
		state.DoStep{Step: step, Note: text, Values: map[string]string{"whom": text}},
		state.ConfirmStep{Step: step}, state.FailStep{Step: step, Why: text}, state.BlockStep{Step: step, On: text},
		state.SkipStep{Step: step, Why: text}, state.ReopenStep{Step: step, Why: text}, state.AssignStep{Step: step, To: person},
		state.TickStep{Step: step, Item: int(seq % 4), On: seq%3 != 0},
		state.AnswerStep{Step: step, Option: rapid.SampledFrom([]string{"yes", "no", "hit", "fine"}).Draw(t, "option")},
		state.AddStep{Phase: "act", Title: "Call"}, state.AddNote{Step: step, Text: text}, state.AddNote{Text: text},
		state.AddEvidence{Step: step, Name: "f", SHA256: state.Sum([]byte(text)), Size: 1},
		state.AssignRole{Role: "commander", Person: person},
		state.SetService{Service: rapid.SampledFrom([]string{"gisis", "web"}).Draw(t, "service"), State: rapid.SampledFrom(state.ServiceStates()).Draw(t, "state"), Why: text},
		state.SetSeverity{Severity: runbooks.SEV1, Why: text},
		state.AttachRunbook{Prefix: "second", Runbook: document("second", second), Why: text},
		state.AmendEntry{Seq: seq, Text: &text, Why: "wrong"}, state.AmendEntry{Seq: seq, Occurred: &at, Why: "wrong"},
		state.RetractEntry{Seq: seq, Why: "wrong"}, state.RetractEntry{Seq: seq, Why: "wrong"},
		state.CloseIncident{Summary: text}, state.ReopenIncident{Why: text},
		state.AnswerInputs{Values: map[string]string{"org": text}},
		state.OpenSession{Boot: "b", BootAt: 7}, state.StepClock{Boot: "b", BootAt: 9},
		state.SetExercise{Do: rapid.SampledFrom(exerciseDos).Draw(t, "do"), Speed: int(seq), To: time.Duration(seq) * time.Minute},
		state.DeliverInject{Inject: step, From: "desk", To: "all", Via: "phone", Text: text, Again: seq%2 == 0},
		state.DeliverInject{Inject: "attack", From: "desk", To: "commander", Via: "phone", Text: "It burns."},
		state.AddInject{From: "desk", To: "commander", Via: "phone", Text: "More.", World: map[string]string{"gisis": "down"}},
		state.HoldInject{Ref: state.InjectRef(state.Hash{}, step), Why: text, Release: seq%2 == 0},
		state.SkipInject{Ref: state.InjectRef(state.Hash{}, step), Why: text},
		state.AcknowledgeInject{Inject: fmt.Sprint(seq), Note: text},
		state.RateObjective{Objective: "truth", Rating: rapid.SampledFrom(state.Ratings()).Draw(t, "rating"), Note: text},
		state.AddObservation{Text: text, Mark: state.Improve, Objective: "truth"},
	}).Draw(t, "command")
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
			return
		}
		entry, line, err := state.Seal(entry)
		if err != nil {
			t.Fatal(err)
		}
		if inc == nil {
			inc = new(state.Incident)
		}
		before := inc
		inc = inc.Clone()
		if err := inc.Apply(entry); err != nil {
			t.Fatal(err)
		}
		if before.Head.Seq+1 != inc.Head.Seq || len(before.Log)+1 != len(inc.Log) {
			t.Fatalf("one action made %d entries", inc.Head.Seq-before.Head.Seq)
		}
		lines = append(lines, line.Bytes)
	}
	do(state.Action{Command: state.OpenIncident{ID: "x", Mode: state.Drill, Inputs: map[string]string{"org": "IMO"}, Runbook: document("all", propertyBook)}}, "Ada", day)
	n := rapid.IntRange(0, 60).Draw(t, "actions")
	for i := range n {
		action := state.Action{Command: command(t, inc.Head.Seq), Override: rapid.SampledFrom([]string{"", "we must"}).Draw(t, "override")}
		do(action, rapid.SampledFrom(people).Draw(t, "who"), day.Add(time.Duration(i+1)*time.Minute))
	}
	return inc, lines
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

// same compares what two incidents show, field by field.
func same(t *rapid.T, a, b *state.Incident) {
	t.Helper()
	if x, y := digest(a), digest(b); x != y {
		t.Fatalf("not the same incident\n%s\n%s", x, y)
	}
	if !reflect.DeepEqual(a.Services, b.Services) && len(a.Services)+len(b.Services) > 0 {
		for i := range a.Services {
			x, y := a.Services[i], b.Services[i]
			x.Def, y.Def = nil, nil
			if x != y {
				t.Fatalf("service %+v\nis not %+v", x, y)
			}
		}
	}
}

// digest writes down everything that can be seen of an incident's state.
func digest(inc *state.Incident) string {
	type step struct {
		ID, Number, Title, Because string
		Status                     state.Status
		Empty                      bool
		By, Started, Done, Confirm string
		Reason, Assignee           string
		Times                      [2]time.Time
		Ticks                      []bool
		Files, Notes               int
	}
	var steps []step
	for i := range inc.Steps {
		s := &inc.Steps[i]
		steps = append(steps, step{s.ID, s.Number, s.Title, inc.Because(s), inc.Status(s), s.Empty, s.By, s.StartedBy, s.DoneBy, s.Confirmed,
			s.Reason, s.Assignee, [2]time.Time{s.Started, s.Ended}, s.Ticks, len(s.Files), len(s.Notes)})
	}
	var roles []string
	for _, role := range inc.Roles {
		roles = append(roles, role.Def.ID+"="+role.Person)
	}
	out, err := json.Marshal(map[string]any{"steps": steps, "roles": roles, "severity": inc.Severity, "closed": inc.Closed, "title": inc.Title, "foreign": inc.Foreign, "exercise": inc.Exercise})
	return fmt.Sprintf("%s %v", out, err)
}

// TestRetractedLeavesNoTrace: retracting an entry gives the state that the log
// without the entry gives, and the entry stays in the log.
func TestRetractedLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inc, _ := grow(t)
		seq := rapid.Uint64Range(1, inc.Head.Seq).Draw(t, "retract")
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
		same(t, stripTrace(after), without(t, inc, seq))
	})
}

// stripTrace is the incident as it is; a retraction is no state of its own.
func stripTrace(inc *state.Incident) *state.Incident { return inc }

// without replays the log as if entry seq had been a kind that changes nothing.
func without(t *rapid.T, inc *state.Incident, seq uint64) *state.Incident {
	read, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, e := range inc.Log {
			if e.Seq == seq {
				e.Kind, e.Data = "test.nothing", &state.SessionOpened{}
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
		entry := state.Entry{Seq: inc.Head.Seq + 1, Prev: inc.Head.Hash, Recorded: day.Add(9 * time.Hour), Mode: inc.Mode, Kind: "weather.report",
			By: state.Actor{Name: "Ada", Via: "local"}, Data: &state.Unknown{Name: "weather.report", Raw: json.RawMessage(raw)}}
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
		if read.Unknown != 1 || digest(read) != digest(inc) {
			t.Fatal("an unknown entry changed the state")
		}
	})
}
