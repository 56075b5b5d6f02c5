package state_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// scenario is the text between "--- scenario" and "---" of a transcript; nil if it
// has none.
func (s *stage) scenario() *runbooks.Scenario {
	doc, ok := s.book["scenario"]
	if !ok {
		return nil
	}
	scenario, problems := runbooks.ParseScenario("scenario.toml", []byte(doc.Text))
	if scenario == nil {
		s.t.Fatal(problems)
	}
	return scenario
}

func (s *stage) sealed() *state.SealedScenario {
	scenario := s.scenario()
	if scenario == nil {
		return nil
	}
	return &state.SealedScenario{ID: scenario.ID, Title: scenario.Title, SHA256: s.book["scenario"].SHA256}
}

// drillCommand reads the commands that only a drill has.
func (s *stage) drillCommand(verb, first, rest string) state.Command {
	number, _ := strconv.Atoi(rest)
	switch verb {
	case "exercise":
		to, _ := runbooks.ParseExerciseTime(rest)
		return state.SetExercise{Do: state.ExerciseDo(first), Speed: number, To: to}
	case "deliver", "deliver-again":
		if s.scenario() != nil {
			if in := s.scenario().Inject(first); in != nil {
				return state.DeliverInject{Inject: in.ID, From: in.From, To: in.To, Via: in.Via, Text: in.Text, Again: verb == "deliver-again"}
			}
		}
		to, text, _ := strings.Cut(rest, " ")
		return state.DeliverInject{Inject: first, From: "Desk", To: to, Via: "phone", Text: text, Again: verb == "deliver-again"}
	case "ad-hoc":
		world := s.pairs(&rest)
		return state.AddInject{From: "Press", To: first, Via: "phone", Text: rest, World: world}
	case "hold", "release":
		return state.HoldInject{Ref: s.inc.Exercise.Ref(first), Why: rest, Release: verb == "release"}
	case "skip-inject":
		return state.SkipInject{Ref: s.inc.Exercise.Ref(first), Why: rest}
	case "ack":
		return state.AcknowledgeInject{Inject: first, Note: rest}
	case "answers": // INJECT ENTRY
		entry, _ := strconv.ParseUint(rest, 10, 64)
		return state.AcknowledgeInject{Inject: first, Entry: entry}
	case "rate":
		rating, note, _ := strings.Cut(rest, " ")
		return state.RateObjective{Objective: first, Rating: state.Rating(rating), Note: note}
	case "observe":
		return state.AddObservation{Mark: state.Mark(first), Text: rest}
	}
	return nil
}

func (s *stage) showDrill(what []string) {
	x := &s.inc.Exercise
	now := day
	if len(what) > 1 {
		now, _ = clockTime(what[1])
	}
	switch what[0] {
	case "clock":
		c := x.Now()
		s.sayf("%s, running %v, ×%d, started %v", runbooks.ExerciseTime(x.At(now)), c.Running, c.Speed, x.Started())
	case "plan":
		for _, p := range s.inc.Exercise.Plan(s.scenario(), now) {
			due := "-"
			if p.HasDue {
				due = runbooks.ExerciseTime(p.Due)
			}
			s.sayf("%-8s %-8s %s", due, p.ID, p.Status)
		}
		if next := s.inc.Exercise.NextInject(s.scenario(), now); next != nil {
			at, runs := x.WallTime(next.Due, now)
			s.sayf("next %s, at %s %v; %d are due", next.ID, at.Format("15:04"), runs, len(s.inc.Exercise.DueInjects(s.scenario(), now)))
		}
	case "world":
		world := s.inc.Exercise.World(s.scenario())
		for _, id := range slices.Sorted(maps.Keys(world)) {
			s.sayf("%s %s", id, world[id])
		}
	case "responses":
		for _, r := range s.inc.Responses() {
			s.sayf("%d %s at %s: acknowledged %v after %s, answer in entry %d after %s, next act in entry %d after %s", r.Number, r.Inject, runbooks.ExerciseTime(r.At), r.Acked != nil, r.AckedAfter, r.Answer.Seq, r.AnsweredAfter, r.NextAct.Seq, r.NextAfter)
			if r.Untold {
				s.sayf("whether anybody acted is withheld")
			}
		}
	case "exercise":
		for _, r := range x.Ratings {
			s.sayf("%s %s by %s", r.Objective, r.Rating, r.By)
		}
		for _, o := range x.Observations {
			s.sayf("%s %q", o.Mark, o.Text)
		}
	}
}

// TestExerciseTime computes the exercise clock from settings alone.
func TestExerciseTime(t *testing.T) {
	at := func(minute int) time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	x := state.Exercise{Settings: []state.ClockSetting{
		{Running: true, Speed: 1, Since: at(0), Seq: 2},
		{Running: false, Speed: 1, At: 10 * time.Minute, Since: at(10), Seq: 5},
		{Running: true, Speed: 20, At: 10 * time.Minute, Since: at(30), Seq: 7},
		{Running: true, Speed: 20, At: 100 * time.Minute, Since: at(32), Seq: 9}, // a jump
	}}
	for _, test := range []struct {
		minute int
		want   time.Duration
	}{{32, 100 * time.Minute}, {33, 120 * time.Minute}, {20, 100 * time.Minute}} {
		if got := x.At(at(test.minute)); got != test.want {
			t.Errorf("at minute %d it is %s, want %s", test.minute, got, test.want)
		}
	}
	for _, test := range []struct {
		seq    uint64
		minute int
		want   time.Duration
	}{{1, 0, 0}, {3, 4, 4 * time.Minute}, {6, 20, 10 * time.Minute}, {8, 31, 30 * time.Minute}, {9, 32, 100 * time.Minute}} {
		if got := x.AtEntry(state.Entry{Seq: test.seq, Recorded: at(test.minute), Frame: &state.Frame{}}); got != test.want {
			t.Errorf("entry %d is at %s, want %s", test.seq, got, test.want)
		}
	}
	for _, test := range []struct {
		from, to int
		want     time.Duration
	}{
		{0, 5, 5 * time.Minute}, {5, 20, 5 * time.Minute}, {12, 29, 0}, {9, 31, 21 * time.Minute}, {31, 33, 40 * time.Minute}, {-5, -3, 2 * time.Minute}, {-5, 5, 10 * time.Minute}, {5, 3, 0}, {40, 41, 20 * time.Minute},
	} {
		if got := x.Elapsed(at(test.from), at(test.to)); got != test.want {
			t.Errorf("from minute %d to %d the exercise took %s, want %s", test.from, test.to, got, test.want)
		}
	}
	if wall, ok := x.WallTime(160*time.Minute, at(33)); !ok || !wall.Equal(at(35)) {
		t.Errorf("%s %v", wall, ok)
	}
	if _, ok := x.WallTime(10*time.Minute, at(33)); ok {
		t.Error("what is past has no time to come")
	}
	var none state.Exercise
	if none.Started() || none.At(at(5)) != 0 || none.Elapsed(at(0), at(5)) != 5*time.Minute || none.Now().Speed != 1 {
		t.Error("a clock that never ran")
	}
}

// TestExerciseClockAndClockStep: setting the machine's clock does not move the exercise
// clock, if there is one machine; with two nobody knows whose it was.
func TestExerciseClockAndClockStep(t *testing.T) {
	for _, test := range []struct {
		hosts []string
		by    time.Duration
		want  time.Duration // ten minutes later, at ×2
	}{
		{[]string{"one"}, time.Hour, 20 * time.Minute}, {[]string{"one"}, -time.Hour, 20 * time.Minute}, {[]string{"one", "one"}, time.Hour, 20 * time.Minute},
		{[]string{"one", "two"}, time.Hour, 140 * time.Minute},
	} {
		now := day.Add(9 * time.Hour)
		var inc *state.Incident
		do := func(command state.Command) {
			entry, err := state.Decide(inc, state.Action{Command: command}, state.Stamp{By: state.Actor{Name: "Kim", Via: "local"}, Recorded: now, Zone: "+00:00 UTC"})
			if err != nil {
				t.Fatal(err)
			}
			entry, _, _ = state.Seal(entry)
			if inc == nil {
				inc = new(state.Incident)
			}
			if err := inc.Apply(entry); err != nil {
				t.Fatal(err)
			}
		}
		do(state.OpenIncident{ID: "x", Mode: state.Drill, Runbook: document("all", propertyBook)})
		for _, host := range test.hosts {
			do(state.OpenSession{Host: host, Boot: host})
		}
		do(state.SetExercise{Do: state.ExerciseStart, Speed: 2})
		start := now
		now = now.Add(4*time.Minute + test.by)
		do(state.StepClock{Boot: "one", ByMillis: test.by.Milliseconds()})
		now = now.Add(6 * time.Minute)
		if got := inc.Exercise.At(now); got != test.want {
			t.Errorf("%v, %s: %s, want %s", test.hosts, test.by, got, test.want)
		}
		if got := inc.Exercise.Elapsed(start, now); test.by > 0 && got != test.want {
			t.Errorf("%v, %s: %s elapsed, want %s", test.hosts, test.by, got, test.want)
		}
	}
}

// TestFirstEntryWithoutScenario: logs of before do not change.
func TestFirstEntryWithoutScenario(t *testing.T) {
	action := state.Action{Command: state.OpenIncident{ID: "x", Mode: state.Drill, Runbook: document("all", propertyBook)}}
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: day, Zone: "+00:00 UTC"}
	entry, err := state.Decide(nil, action, stamp)
	if err != nil {
		t.Fatal(err)
	}
	_, line, err := state.Seal(entry)
	if err != nil || strings.Contains(string(line.Bytes), "scenario") {
		t.Errorf("%s %v", line.Bytes, err)
	}
	sealed := &state.SealedScenario{ID: "s", Title: "S", SHA256: state.Sum([]byte("x"))}
	action.Command = state.OpenIncident{ID: "x", Mode: state.Drill, Runbook: document("all", propertyBook), Scenario: sealed}
	if entry, err = state.Decide(nil, action, stamp); err != nil {
		t.Fatal(err)
	}
	_, line, _ = state.Seal(entry)
	read, err := state.Decode(line.Bytes)
	if err != nil || *read.Data.(*state.IncidentOpened).Scenario != *sealed {
		t.Errorf("%+v %v", read, err)
	}
	action.Command = state.OpenIncident{ID: "x", Mode: state.Live, Runbook: document("all", propertyBook), Scenario: sealed}
	if _, err := state.Decide(nil, action, stamp); err == nil {
		t.Error("a live incident with a scenario")
	}
}

// TestDrillCannotBecomeLive: a line that says another mode than the first breaks
// the chain, whatever else is right about it.
func TestDrillCannotBecomeLive(t *testing.T) {
	for _, test := range []struct{ first, then state.Mode }{{state.Drill, state.Live}, {state.Live, state.Drill}} {
		stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: day, Zone: "+00:00 UTC"}
		entry, err := state.Decide(nil, state.Action{Command: state.OpenIncident{ID: "x", Mode: test.first, Runbook: document("all", propertyBook)}}, stamp)
		if err != nil {
			t.Fatal(err)
		}
		entry, first, _ := state.Seal(entry)
		inc := new(state.Incident)
		if err := inc.Apply(entry); err != nil {
			t.Fatal(err)
		}
		next, err := state.Decide(inc, state.Action{Command: state.AddNote{Text: "x"}}, stamp)
		if err != nil || next.Mode != test.first {
			t.Fatalf("%v %v", next.Mode, err)
		}
		next.Mode = test.then
		_, second, _ := state.Seal(next)
		chain := state.Format().Chain()
		if err := chain.Verify(first.Bytes); err != nil {
			t.Fatal(err)
		}
		if err := chain.Verify(second.Bytes); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("it says %s in a log that is %s", test.then, test.first)) {
			t.Error(err)
		}
	}
}
