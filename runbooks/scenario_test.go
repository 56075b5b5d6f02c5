package runbooks

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const smallScenario = `title = "Small"
[[inject]]
at = "+00:05"
from = "Desk"
to = "all"
via = "phone"
text = "The website shows an error page, and members are calling in great numbers."
`

func TestParseScenarioSmallest(t *testing.T) {
	s, problems := ParseScenario("dir/small.toml", []byte(smallScenario))
	if s == nil || problems.HasErrors() {
		t.Fatal(problems)
	}
	in := s.Injects[0]
	if s.ID != "small" || s.TLP != "AMBER" || in.ID != "inject-1" || in.Number != 1 || in.At != 5*time.Minute || !in.Timed {
		t.Errorf("%+v", s)
	}
	if in.Title != "The website shows an error page, and members are calling in…" {
		t.Errorf("title %q", in.Title)
	}
	if got := problems.String(); got != `dir/small.toml:2: warning: inject 1: nothing is expected of the players — add expect = "…", so that it can be rated` {
		t.Error(got)
	}
}

func TestParseScenarioEverything(t *testing.T) {
	const file = `schema = 1
id = "imo"
title = "IMO"
runbook = "ransomware"
background = "A Wednesday."
sponsor = "The secretariat"
[inputs]
org = "IMO"
[world]
website = "up"
[[objective]]
id = "truth"
title = "Statements match"
text = "None is corrected."
[[inject]]
id = "call"
at = "0:05:30"
from = "Desk"
to = "operations"
via = "phone"
text = "Down."
expect = "Detect."
objective = "truth"
notes = "Who decides?"
attachments = [{ name = "page.txt", text = "HTTP 502" }]
[inject.world]
website = "down: HTTP 502"
[[inject]]
id = "hint"
contingency = true
after = "call"
from = "x"
to = "all"
via = "x"
text = "x"
expect = "x"
`
	s, problems := ParseScenario("x.toml", []byte(file))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := &Scenario{
		Schema: 1, ID: "imo", Title: "IMO", Runbook: "ransomware", Background: "A Wednesday.", Sponsor: "The secretariat", TLP: "AMBER",
		Inputs: map[string]string{"org": "IMO"}, World: map[string]Seen{"website": {Up: true}},
		Objectives: []Objective{{"truth", "Statements match", "None is corrected."}},
		Injects: []Inject{
			{ID: "call", Number: 1, Title: "Down.", At: 5*time.Minute + 30*time.Second, Timed: true, From: "Desk", To: "operations", Via: "phone", Text: "Down.",
				Expect: "Detect.", Objective: "truth", Notes: "Who decides?", Attachments: []Attachment{{"page.txt", "HTTP 502"}},
				World: map[string]Seen{"website": {Detail: "HTTP 502"}}},
			{ID: "hint", Number: 2, Title: "x", After: "call", Contingency: true, From: "x", To: "all", Via: "x", Text: "x", Expect: "x"},
		},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
	if s.Inject("hint").Number != 2 || s.Inject("no") != nil || s.Objective("truth") == nil || s.Objective("no") != nil || s.Length() != s.Injects[0].At {
		t.Error("look-ups")
	}
}

// TestScenarioProblems compares what is said about testdata/scenarios/*.toml,
// checked against everything.toml, with the .problems beside each.
func TestScenarioProblems(t *testing.T) {
	text, err := os.ReadFile("testdata/everything.toml")
	if err != nil {
		t.Fatal(err)
	}
	book, _ := Parse("everything.toml", text)
	files, err := filepath.Glob("testdata/scenarios/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := ParseScenario(filepath.Base(file), data)
		if (s == nil) != problems.HasErrors() {
			t.Errorf("%s: scenario %v, errors %v", file, s != nil, problems.Err())
		}
		if s != nil {
			problems = append(problems, LintScenario(filepath.Base(file), data, book, nil)...)
		}
		got, golden := []byte(problems.String()+"\n"), strings.TrimSuffix(file, ".toml")+".problems"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%v; got\n%swant\n%s", err, got, want)
		}
	}
}

func TestExerciseTime(t *testing.T) {
	for _, test := range []struct {
		text, want string
		at         time.Duration
	}{
		{"+00:05", "+0:05", 5 * time.Minute},
		{"1:30", "+1:30", 90 * time.Minute},
		{"+1:30:20", "+1:30:20", 90*time.Minute + 20*time.Second},
		{"+720:00", "+720:00", MaxExercise},
		{"+720:01", "", 0}, {"5", "", 0}, {"", "", 0}, {"+0:60", "", 0}, {"+0:5", "", 0}, {"-0:05", "", 0}, {"++0:05", "", 0},
		{"+0:05:60", "", 0}, {"1:2:3:4", "", 0}, {"+0:+5", "", 0}, {"+99999:00", "", 0},
	} {
		at, err := ParseExerciseTime(test.text)
		if (err == nil) != (test.want != "") || at != test.at {
			t.Errorf("%q: %v, %v", test.text, at, err)
		}
		if err == nil && ExerciseTime(at) != test.want {
			t.Errorf("%q is written %q, want %q", test.text, ExerciseTime(at), test.want)
		}
	}
	if got := ExerciseTime(-90 * time.Second); got != "-0:01:30" {
		t.Error(got)
	}
}

func TestParseSeen(t *testing.T) {
	for _, test := range []struct {
		text, want string
		ok         bool
	}{
		{"up", "up", true}, {"down", "down", true}, {" down :  HTTP 502 ", "down: HTTP 502", true}, {"up: slow: 3 s", "up: slow: 3 s", true},
		{"HTTP 503, Service Unavailable", "down: HTTP 503, Service Unavailable", true}, {"", "", false}, {"Up", "", false}, {"restored", "", false},
	} {
		seen, err := ParseSeen(test.text)
		if (err == nil) != test.ok || err == nil && seen.String() != test.want {
			t.Errorf("%q: %v, %v", test.text, seen, err)
		}
	}
}

func TestNewScenarioIsGood(t *testing.T) {
	books := []*Runbook{{ID: "empty"}, {ID: "r", Roles: []Role{{ID: "commander"}}, Services: []Service{{ID: "gisis"}}}}
	for _, book := range books {
		for _, title := range []string{"A title", "", `With "quotes" \ and` + "\x1b[31m", strings.Repeat("ü", 500)} {
			text := NewScenario("Some Id", title, book)
			s, problems := ParseScenario("x.toml", text)
			if s == nil || s.ID != "some-id" || s.Runbook != book.ID {
				t.Fatalf("%s\n%s", problems, text)
			}
			if book.Roles == nil {
				continue
			}
			if problems := append(problems, LintScenario("x.toml", text, book, nil)...); len(problems) > 0 {
				t.Error(problems)
			}
		}
	}
}

func TestScenarioLibrary(t *testing.T) {
	one := Layer{Name: "one", FS: fstest.MapFS{
		"a.toml": {Data: []byte(smallScenario)}, "b.toml": {Data: []byte("id = \"a\"\n" + smallScenario)}, "broken.toml": {Data: []byte("title = 1")},
		"a.script": {Data: []byte("x")}, "README.md": {Data: []byte("x")},
	}}
	two := Layer{Name: "two", FS: fstest.MapFS{"a.toml": {Data: []byte(strings.Replace(smallScenario, "Small", "Other", 1))}}, Dir: "/two"}
	lib := OpenScenarios(one, two)
	list, problems := lib.List(context.Background())
	if len(list) != 2 || len(problems) != 1 || list[0].Scenario.Title != "Other" || list[0].File != "/two/a.toml" || !reflect.DeepEqual(list[0].Shadows, []string{"one"}) {
		t.Fatalf("%+v %v", list, problems)
	}
	if list[1].ID != "broken" || list[1].Err == nil {
		t.Errorf("%+v", list[1])
	}
	if source, err := lib.Load(context.Background(), "a"); err != nil || source.Layer != "two" || len(source.SHA256) != 64 {
		t.Error(source, err)
	}
	if _, err := lib.Load(context.Background(), "brokn"); err == nil || !strings.Contains(err.Error(), `none with the id "brokn"`) {
		t.Error(err)
	}
}

// TestBuiltinScenarios: each names a built-in runbook, and nothing is wrong.
func TestBuiltinScenarios(t *testing.T) {
	list, problems := OpenScenarios(BuiltinScenarios()).List(context.Background())
	if len(problems) > 0 {
		t.Error(problems)
	}
	for _, source := range list {
		if source.Err != nil || source.ID+".toml" != source.Path {
			t.Errorf("%s: %v", source.Path, source.Err)
			continue
		}
		book, _, err := Open(Builtin()).Load(source.Scenario.Runbook)
		if err != nil {
			t.Errorf("%s: %v", source.ID, err)
			continue
		}
		var org *Organisation
		if id := source.Scenario.Organisation; id != "" {
			brought, err := OpenOrganisations(BuiltinOrganisations()).Load(context.Background(), id)
			if err != nil {
				t.Errorf("%s: %v", source.ID, err)
				continue
			}
			org = brought.Organisation
		}
		if problems := LintScenario(source.Path, source.Text, book.Runbook, org); len(problems) > 0 {
			t.Error(problems)
		}
	}
	if _, ok := Script("../library/ransomware"); ok {
		t.Error("a script outside the folder")
	}
}

// FuzzParseScenario looks for a file that breaks the reader, or that is said to be
// good and breaks the check against a runbook.
func FuzzParseScenario(f *testing.F) {
	f.Add([]byte(smallScenario))
	f.Add(NewScenario("x", "X", &Runbook{ID: "r"}))
	files, _ := filepath.Glob("testdata/scenarios/*.toml")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(data)
		}
	}
	book := &Runbook{Roles: []Role{{ID: "commander"}}, Services: []Service{{ID: "gisis"}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, problems := ParseScenario("x.toml", data)
		if (s == nil) != problems.HasErrors() {
			t.Fatalf("scenario %v; %s", s != nil, problems)
		}
		if s == nil {
			return
		}
		LintScenario("x.toml", data, book, nil)
		for i := range s.Injects {
			if in := s.Injects[i]; in.ID == "" || in.Title == "" || in.Number != i+1 || s.Inject(in.ID) == nil {
				t.Fatalf("%+v", in)
			}
		}
	})
}
