package session_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/state/session"
	"muster/state/statetest"
)

const scenarioText = `title = "Story"
[[inject]]
id = "call"
at = "+0:05"
from = "Desk"
to = "all"
via = "phone"
text = "It is down."
expect = "They look."
attachments = [{ name = "a.txt", text = "HTTP 502" }, { name = "b.txt", text = "HTTP 503" }]
`

// startDrill opens a drill that seals a scenario of this text.
func startDrill(t *testing.T, store state.Store, clock session.Clock, sealed string) *session.Session {
	t.Helper()
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	command := state.OpenIncident{Mode: state.Drill, Runbook: doc, Scenario: &state.SealedScenario{ID: "story", Title: "Story", SHA256: state.Sum([]byte(sealed))}}
	s, err := session.Create(t.Context(), store, command, time.Time{}, config("Kim", clock))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestScenarioLiesBesideTheLog(t *testing.T) {
	store := statetest.NewMem()
	s := startDrill(t, store, newHand(), scenarioText)
	if _, _, err := s.Scenario(t.Context()); !errors.Is(err, state.ErrNoFile) {
		t.Errorf("before it is there: %v", err)
	}
	kept, err := s.KeepText(t.Context(), "scenario.toml", []byte(scenarioText))
	if err != nil || kept.SHA256 != s.Incident().Exercise.Scenario.SHA256 || kept.Size != int64(len(scenarioText)) {
		t.Fatalf("%+v %v", kept, err)
	}
	watching, err := session.Open(t.Context(), store, s.Incident().ID, true, config("Ada", newHand()))
	if err != nil {
		t.Fatal(err)
	}
	scenario, text, err := watching.Scenario(t.Context())
	if err != nil || scenario.ID != "story" || len(scenario.Injects) != 1 || string(text) != scenarioText {
		t.Errorf("%+v %q %v", scenario, text, err)
	}
	if _, err := watching.KeepText(t.Context(), "x", nil); !errors.Is(err, state.ErrReadOnly) {
		t.Errorf("a watcher keeps a file: %v", err)
	}
}

func TestScenarioThatIsNone(t *testing.T) {
	store := statetest.NewMem()
	live := start(t, store, newHand())
	if scenario, text, err := live.Scenario(t.Context()); scenario != nil || text != nil || err != nil {
		t.Errorf("%v %q %v", scenario, text, err)
	}
	s := startDrill(t, store, newHand(), "title = 7")
	if _, err := s.KeepText(t.Context(), "scenario.toml", []byte("title = 7")); err != nil {
		t.Fatal(err)
	}
	if scenario, _, err := s.Scenario(t.Context()); scenario != nil || err == nil || !strings.Contains(err.Error(), "story.toml:1:") {
		t.Errorf("%v %v", scenario, err)
	}
}

func TestDeliver(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	s := startDrill(t, store, clock, scenarioText)
	scenario, _ := runbooks.ParseScenario("story.toml", []byte(scenarioText))
	inc, err := response.Deliver(t.Context(), s, &scenario.Injects[0], false)
	if err != nil {
		t.Fatal(err)
	}
	d := inc.Exercise.Delivery("call")
	if d == nil || d.Number != 1 || len(d.Files) != 2 || d.Files[1].Name != "b.txt" || d.Files[1].SHA256 != state.Sum([]byte("HTTP 503")) {
		t.Fatalf("%+v", d)
	}
	log, err := store.Open(t.Context(), inc.ID, true)
	if err != nil {
		t.Fatal(err)
	}
	file, err := log.Evidence(t.Context(), d.Files[0].SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(file); err != nil || string(text) != "HTTP 502" {
		t.Errorf("%q %v", text, err)
	}
	var refusal *state.Refusal
	if _, err := response.Deliver(t.Context(), s, &scenario.Injects[0], false); !errors.As(err, &refusal) || refusal.Reason != state.AlreadySo {
		t.Errorf("twice: %v", err)
	}
	if inc, err = response.Deliver(t.Context(), s, &scenario.Injects[0], true); err != nil || len(inc.Exercise.Delivery("call").Times) != 2 {
		t.Errorf("again: %v", err)
	}
	live := start(t, store, clock)
	if _, err := response.Deliver(t.Context(), live, &scenario.Injects[0], false); !errors.As(err, &refusal) || refusal.Reason != state.NotDrill {
		t.Errorf("in a live incident: %v", err)
	}
}

// TestExerciseClockSurvives: another session of another process, later, computes the
// same exercise time from the log alone.
func TestExerciseClockSurvives(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	s := startDrill(t, store, clock, scenarioText)
	if _, err := s.Do(t.Context(), state.Action{Command: state.SetExercise{Do: state.ExerciseStart, Speed: 20}}); err != nil {
		t.Fatal(err)
	}
	clock.pass(3 * time.Minute)
	again, err := session.Open(t.Context(), store, s.Incident().ID, false, config("Kim", clock))
	if err != nil {
		t.Fatal(err)
	}
	if at := again.Incident().Exercise.At(clock.Now()); at != time.Hour {
		t.Errorf("after three minutes at ×20 it is %s", at)
	}
	if _, err := again.Do(t.Context(), state.Action{Command: state.SetExercise{Do: state.ExercisePause}}); err != nil {
		t.Fatal(err)
	}
	clock.pass(time.Hour)
	if at := again.Incident().Exercise.At(clock.Now()); at != time.Hour {
		t.Errorf("after an hour of pause it is %s", at)
	}
}

// TestDrillTakesItsScenario: a drill has the scenario's title and what it answers of the inputs, unless
// whoever starts it says otherwise; its log seals the scenario, whose text lies beside it.
func TestDrillTakesItsScenario(t *testing.T) {
	text := "inputs = { who = \"the desk\", where = \"here\" }\n" + scenarioText
	scenario, problems := runbooks.ParseScenario("story.toml", []byte(text))
	if scenario == nil {
		t.Fatal(problems)
	}
	source := &runbooks.ScenarioSource{ID: "story", SHA256: state.Sum([]byte(text)).String(), Text: []byte(text), Scenario: scenario}
	asking := "[[input]]\nid = \"who\"\nprompt = \"Who?\"\n[[input]]\nid = \"where\"\nprompt = \"Where?\"\n"
	first, rest, _ := strings.Cut(book, "\n")
	own := first + "\n" + asking + rest
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(own)), Text: own}
	for name, c := range map[string]struct {
		command             state.OpenIncident
		title, who, atWhere string
	}{
		"nothing said":    {state.OpenIncident{Runbook: doc}, "Story", "the desk", "here"},
		"another title":   {state.OpenIncident{Runbook: doc, Title: "Autumn drill"}, "Autumn drill", "the desk", "here"},
		"another answer":  {state.OpenIncident{Runbook: doc, Inputs: map[string]string{"who": "us"}}, "Story", "us", "here"},
		"said to be live": {state.OpenIncident{Runbook: doc, Mode: state.Live}, "Story", "the desk", "here"},
	} {
		s, err := session.CreateDrill(t.Context(), statetest.NewMem(), c.command, source, time.Time{}, config("Kim", newHand()))
		if err != nil {
			t.Fatal(name, err)
		}
		inc := s.Incident()
		who, _ := inc.Answer("who")
		where, _ := inc.Answer("where")
		if inc.Mode != state.Drill || inc.Title != c.title || who.Value != c.who || where.Value != c.atWhere || inc.Exercise.Scenario.SHA256.String() != source.SHA256 || inc.Exercise.Scenario.ID != "story" {
			t.Errorf("%s: it is %s %q, who %q, where %q, with %+v", name, inc.Mode, inc.Title, who.Value, where.Value, inc.Exercise.Scenario)
		}
		if _, beside, err := s.Scenario(t.Context()); err != nil || string(beside) != text {
			t.Errorf("%s: beside the log lies %q, %v", name, beside, err)
		}
	}
	if len(scenario.Inputs) != 2 || scenario.Inputs["who"] != "the desk" {
		t.Errorf("the scenario's own inputs are %v by now", scenario.Inputs)
	}
	source.SHA256 = "x"
	if _, err := session.CreateDrill(t.Context(), statetest.NewMem(), state.OpenIncident{Runbook: doc}, source, time.Time{}, config("Kim", newHand())); err == nil {
		t.Error("a scenario without a hash is sealed")
	}
}
