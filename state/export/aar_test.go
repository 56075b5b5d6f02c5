package export_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// drillScenario is a scenario whose every text has flavour in it.
func drillScenario(flavour string) []byte {
	q := func(text string) string { return quote(text + flavour) }
	return fmt.Appendf(nil, `id = "story"
title = %s
summary = %s
background = %s
scope = %s
sponsor = %s
contact = %s
threat = %s
[[objective]]
id = "truth"
title = %s
text = %s
[[objective]]
id = "speed"
title = %s
[[inject]]
id = "call"
at = "+0:05"
from = %s
to = "operations"
via = %s
text = %s
expect = %s
objective = "truth"
notes = %s
[[inject]]
id = "press"
at = "+0:10"
from = %[11]s
to = "commander"
via = %[12]s
text = %[13]s
expect = %[14]s
objective = "speed"
[[inject]]
id = "held"
title = %[16]s
at = "+0:30"
from = %[11]s
to = "all"
via = %[12]s
text = %[13]s
expect = %[14]s
[[inject]]
id = "hint"
contingency = true
from = %[11]s
to = "all"
via = %[12]s
text = %[13]s
expect = %[14]s
`, q("A story"), q("What it is about"), q("You work here"), q("All of it"), q("The council"), q("Kim"), q("An intruder"), q("Said is true"), q("None corrected"), q("Fast"),
		q("Desk"), q("phone"), q("The page is down."), q("They look."), q("Who decides?"), q("Held back"))
}

const drillBook = `title = "Book"
version = "2"
[[role]]
id = "commander"
title = "Commander"
[[role]]
id = "operations"
title = "Operations"
[[service]]
id = "web"
title = "Website"
[[notice]]
id = "holding"
title = "Holding"
audience = "public"
text = "We are on it."
[[phase]]
id = "do"
title = "Do"
[[phase.step]]
id = "look"
title = "Look"
role = "operations"
[[phase.step]]
id = "decide"
title = "Decide"
role = "commander"
`

// played writes a drill of three quarters of an hour.
func played(t testing.TB, flavour string) (*scribe, view.AAROptions) {
	text := drillScenario(flavour)
	scenario, problems := runbooks.ParseScenario("story.toml", text)
	if scenario == nil {
		t.Fatal(problems)
	}
	said := func(text string) string { return text + flavour }
	s := &scribe{tb: t, now: day}
	short := func(text string) string { return s.short(said(text)) }
	s.do("Kim", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Drill, Title: short("A story"), Program: program, Runbook: document("book", drillBook),
		Scenario: &state.SealedScenario{ID: "story", Title: scenario.Title, SHA256: state.Sum(text)}})
	s.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	s.do("Ben", state.AssignRole{Role: "operations", Person: "Ben"})
	s.do("Kim", state.SetExercise{Do: state.ExerciseStart, Speed: 2})
	deliver := func(id string, again bool) {
		in := scenario.Inject(id)
		s.do("Kim", state.DeliverInject{Inject: id, From: in.From, To: in.To, Via: in.Via, Text: in.Text, Again: again})
	}
	deliver("call", false)
	s.do("Ben", state.StartStep{Step: "look"})
	s.do("Ben", state.AcknowledgeInject{Inject: "1", Note: said("On it.")})
	deliver("press", false)
	s.do("Ben", state.DoStep{Step: "look", Note: said("Seen.")})
	deliver("press", true)
	s.do("Kim", state.HoldInject{Ref: s.inc.Exercise.Ref("held"), Why: said("busy")})
	s.do("Kim", state.AddInject{From: short("Kim"), To: "all", Via: short("note"), Text: said("And now?")})
	s.do("Kim", state.SetExercise{Do: state.ExercisePause})
	s.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: said("It is down.")})
	s.do("Ada", state.DraftNotice{Notice: "holding"})
	s.do("Ada", state.SendNotice{Notice: "holding", Channel: short("site")})
	s.do("Kim", state.RateObjective{Objective: "truth", Title: scenario.Objectives[0].Title, Rating: state.Performed, Note: said("well")})
	s.do("Kim", state.RateObjective{Objective: "truth", Title: scenario.Objectives[0].Title, Rating: state.Major, Note: said("not so well")})
	s.do("Kim", state.AddObservation{Text: said("Calm."), Mark: state.Strength, Objective: "truth"})
	s.do("Kim", state.AddObservation{Text: said("Say it earlier."), Mark: state.Improve})
	s.act("Kim", state.CloseIncident{Summary: said("Pens down")}, time.Time{}, said("it is a drill"))
	s.do("Ada", state.AddNote{Text: said("Hot wash: it was the proxy.")})
	s.do("Eve", state.RateObjective{Objective: "truth", Title: scenario.Objectives[0].Title, Rating: state.SomeWhat})
	s.do("Eve", state.AcknowledgeInject{Inject: "1", Entry: 6, Note: said("they looked")})
	return s, view.AAROptions{Program: program, Scenario: scenario, Text: text}
}

func TestAfterActionGolden(t *testing.T) {
	s, opts := played(t, "")
	report := export.NewAAR(s.incident(), opts)
	golden(t, filepath.Join("testdata", "after-action.md"), report.Markdown())
	data, err := report.JSON()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("testdata", "after-action.json"), string(data))
	hostile, opts := played(t, hostileFlavour)
	changed(t, filepath.Join("testdata", "after-action-hostile.md"), report.Markdown(), export.NewAAR(hostile.incident(), opts).Markdown())
}

// TestAfterActionHasNoPower: outside text changes nothing of the report's structure.
func TestAfterActionHasNoPower(t *testing.T) {
	s, opts := played(t, " x")
	want := strings.Join(shape(export.NewAAR(s.incident(), opts).Markdown()), "\n")
	for _, flavour := range flavours {
		s, opts := played(t, " x"+flavour)
		if got := strings.Join(shape(export.NewAAR(s.incident(), opts).Markdown()), "\n"); got != want {
			t.Errorf("%q changes the report", flavour)
		}
	}
}

func TestAfterActionIsMarked(t *testing.T) {
	s, opts := played(t, "")
	for i, line := range strings.Split(export.NewAAR(s.incident(), opts).Markdown(), "\n") {
		marked := strings.HasPrefix(line, "#") || strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "- ")
		if marked && !strings.Contains(line, "EXERCISE") {
			t.Errorf("line %d does not say EXERCISE: %s", i+1, line)
		}
	}
}

func TestAfterActionCounts(t *testing.T) {
	s, opts := played(t, "")
	a := export.NewAAR(s.incident(), opts)
	r := a.Result
	if r.Planned != 4 || r.Delivered != 3 || r.AdHoc != 1 || r.Held != 1 || r.Acked.Count != 1 || r.Answered.Count != 1 || len(r.Silent) != 0 || r.Clock == nil || !*r.Clock {
		t.Errorf("%+v", r)
	}
	// A step in the log takes 90 seconds, 180 on the exercise clock at ×2: inject 1 is
	// followed by an act after one, which somebody linked as the answer after the end, and
	// acknowledged after two.
	if *r.Acked.Median != 360 || *r.Answered.Median != 180 || r.Answered.WorstAt != 1 || *a.Injects[0].NextAfter != 180 || a.Injects[0].LinkedBy != "Eve" {
		t.Errorf("%+v %+v %+v", r.Acked, r.Answered, a.Injects[0])
	}
	if o := a.Objectives[0]; len(o.Ratings) != 2 || o.Ratings[0].Rating != state.Major || o.Ratings[0].By != "Kim" || o.Ratings[1].Rating != state.SomeWhat || len(o.Injects) != 1 || len(o.Strengths) != 1 || len(a.Objectives[1].Ratings) != 0 {
		t.Errorf("%+v", a.Objectives)
	}
	if !*a.Seal.Matches || a.Draft || a.Overview.Participants[0].Name != "Kim" || !a.Overview.Participants[0].Facilitator {
		t.Errorf("%+v %+v", a.Seal, a.Overview)
	}
	if len(a.Plan) != 2 || a.Plan[0].Area != "Say it earlier." || a.Plan[1].From != "rated M by Kim, entry 18" {
		t.Errorf("%+v", a.Plan)
	}
}

// TestSealIsJudged: what was not the scenario is called so.
func TestSealIsJudged(t *testing.T) {
	s, opts := played(t, "")
	for _, c := range []struct {
		text []byte
		want string
	}{
		{opts.Text, "Scenario: unchanged since the start"},
		{append([]byte("# more\n"), opts.Text...), "Scenario: **DOES NOT MATCH** the SHA-256"},
		{nil, "Scenario: **not proven**"},
	} {
		opts.Text = c.text
		if text := export.NewAAR(s.incident(), opts).Markdown(); !strings.Contains(text, c.want) {
			t.Errorf("it does not say %q", c.want)
		}
	}
}

// TestComparison: medians of earlier drills, on their exercise clocks, and of live
// incidents; not of others, and not of later ones.
func TestComparison(t *testing.T) {
	now, opts := played(t, "")
	other := func(id string, mode state.Mode, begin time.Time, took time.Duration, book string) *state.Incident {
		s := &scribe{tb: t, now: begin}
		s.do("Ada", state.OpenIncident{ID: id, Mode: mode, Runbook: document(book, drillBook)})
		s.do("Ada", state.StartStep{Step: "look"})
		s.now = s.now.Add(took - 90*time.Second)
		s.do("Ada", state.DoStep{Step: "look"})
		return s.incident()
	}
	before := day.AddDate(0, -1, 0)
	opts.Others = []*state.Incident{
		other("a", state.Drill, before, 10*time.Minute, "book"), other("b", state.Drill, before.Add(time.Hour), 20*time.Minute, "book"),
		other("c", state.Live, before, 7*time.Minute, "book"), other("d", state.Live, before, time.Hour, "another"), other("e", state.Drill, day.AddDate(0, 0, 1), time.Hour, "book"), nil,
	}
	c := export.NewAAR(now.incident(), opts).Comparison
	if len(c.Others) != 3 || c.Others[0].Incident != "a" || c.Others[1].Incident != "c" || c.Others[2].Version != "2" {
		t.Fatalf("%+v", c.Others)
	}
	look := c.Steps[0]
	if look.ID != "look" || *look.This != 540 || *look.Drills != 900 || look.NDrill != 2 || *look.Lives != 420 || look.NLive != 1 {
		t.Errorf("%+v", look)
	}
	if p := c.Phases[0]; p.Name != "1 Do" || *p.This != 540 || *p.Drills != 900 || p.OpenDrill != 2 || p.Open != 1 || p.Of != 2 {
		t.Errorf("%+v", p)
	}
}

// TestAfterActionOfLittle: a drill with nothing in it, open, and one whose first entry
// is withheld.
func TestAfterActionOfLittle(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Kim", state.OpenIncident{ID: "x", Mode: state.Drill, Runbook: document("book", drillBook)})
	text := export.NewAAR(s.incident(), view.AAROptions{}).Markdown()
	for _, want := range []string{"DRAFT, not for players", "there was no scenario", "none was sealed", "None was delivered", "not ended", "There is no earlier"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	played, opts := played(t, "")
	closed := played.inc.Closed.Seq
	if text := export.NewAAR(played.incident(closed), opts).Markdown(); strings.Contains(text, "DRAFT") || strings.Contains(text, "not ended") || !strings.Contains(text, "by entry 21, which is withheld") {
		t.Errorf("the closing is withheld, and it says %s", text)
	}
	if text := export.NewAAR(played.incident(1, 5, 6), opts).Markdown(); !strings.Contains(text, "title not known") {
		t.Error(text)
	}
}

// TestAnyPlayersActIsSaidToBe: what any player did next, since nobody held the role that a
// message was to, is not told as that role's.
func TestAnyPlayersActIsSaidToBe(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Kim", state.OpenIncident{ID: "x", Mode: state.Drill, Runbook: document("book", drillBook)})
	s.do("Kim", state.DeliverInject{Inject: "a", From: "x", To: "operations", Via: "phone", Text: "Look!"})
	s.do("Ada", state.AddNote{Text: "lunch"})
	text := export.NewAAR(s.incident(), view.AAROptions{}).Markdown()
	for _, want := range []string{"s, of any player: nobody held the role | entry 3: note", "recorded after it by whom it was to, or by any player where nobody held the role. Whether"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}

// TestScenarioThatIsNotThere: of a drill whose scenario's file is not at hand it is not said that
// there was none, nor that its messages were made on the spot.
func TestScenarioThatIsNotThere(t *testing.T) {
	s, opts := played(t, "")
	opts.Scenario, opts.Text = nil, nil
	a := export.NewAAR(s.incident(), opts)
	text := a.Markdown()
	for _, never := range []string{"there was no scenario", ", on the spot", "| Scenario | . |", "| Scenario |  |"} {
		if strings.Contains(text, never) {
			t.Errorf("it says %q", never)
		}
	}
	for _, want := range []string{"3 delivered; how many the scenario plans", "| Scenario | " + a.Seal.Title} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}
