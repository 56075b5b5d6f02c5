package runbooks

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the files of what is expected anew")

// TestProblems compares what is said about testdata/problems/*.toml with the
// .problems beside each.
func TestProblems(t *testing.T) {
	files, err := filepath.Glob("testdata/problems/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			book, problems := Parse(filepath.Base(file), data)
			if (book == nil) != problems.HasErrors() || (book == nil) != (problems.Err() != nil) {
				t.Errorf("runbook: %v, errors: %v", book != nil, problems.Err())
			}
			got := []byte(problems.String() + "\n")
			golden := strings.TrimSuffix(file, ".toml") + ".problems"
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v; got\n%swant\n%s", err, got, want)
			}
		})
	}
}

func TestParseSmallest(t *testing.T) {
	const file = `title = "Printer on fire"
[[phase]]
title = "Put it out"
[[phase.step]]
title = "Pull the plug"
[[phase.step]]
title = "Pull the plug"
`
	book, problems := Parse("dir/printer.toml", []byte(file))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := &Runbook{
		Schema: 1, ID: "printer", Title: "Printer on fire", Severity: SEV2, TLP: "AMBER",
		Phases: []Phase{{ID: "put-it-out", Title: "Put it out", Steps: []Step{
			{ID: "pull-the-plug", Kind: Action, Title: "Pull the plug", Required: true},
			{ID: "pull-the-plug-2", Kind: Action, Title: "Pull the plug", Required: true},
		}}},
	}
	if !reflect.DeepEqual(book, want) {
		t.Errorf("got  %+v\nwant %+v", book, want)
	}
}

func TestParseEverything(t *testing.T) {
	data, err := os.ReadFile("testdata/everything.toml")
	if err != nil {
		t.Fatal(err)
	}
	book, problems := Parse("everything.toml", data)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	day := 24 * time.Hour
	want := &Runbook{
		Schema: 1, ID: "all", Title: "Everything", Version: "1.2.3", Summary: "When all is used.",
		Severity: SEV3, TLP: "GREEN", Org: "IMO", Tags: []string{"a", "b"}, Owner: "Ada",
		Reviewed: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), ReviewEvery: Span{Days: 180},
		References: []string{"NIST"},
		Inputs:     []Input{{Ask{ID: "when", Prompt: "When", Type: AskTime, Default: "2026-11-24T02:41:00Z", Required: true}}},
		Roles:      []Role{{"commander", "Commander", "Decides.", true}, {"scribe", "scribe", "", false}},
		Services: []Service{
			{"web", "Website", 1, []string{"mail"}, "Isolate.", "Deploy.", "Ben", Check{URL: "https://example.org/", Expect: 204, Text: "hi"}, false},
			{"mail", "mail", 3, nil, "", "", "", Check{TCP: "mail.example.org:25"}, false},
			{"name", "name", 3, nil, "", "", "", Check{DNS: "example.org"}, false},
			{"shop", "shop", 3, nil, "", "", "", Check{URL: "http://example.org", Expect: 200}, false},
		},
		Contacts: []Contact{{"cert", "CERT", "authority", []string{"tel:1"}, "always", "Form."}},
		Clocks: []Clock{
			{ID: "gdpr", Title: "GDPR", Within: Span{Duration: 3 * day}, Starts: "step:decide=yes", Stops: "notice:hold", To: "DPA", Source: "Art. 33"},
			{ID: "sec", Title: "sec", Within: Span{BusinessDays: 4}, Starts: "manual", Stops: "manual"},
			{ID: "final", Title: "final", Within: Span{Months: 1}, Starts: "clock:gdpr", Stops: "step:act"},
		},
		Notices: []Notice{{"hold", "Hold", "public", "web", "commander", Span{Duration: 2 * time.Hour}, []string{"web=restored"}, nil, "Text.\n"}},
		Phases: []Phase{{"one", "One", "Goal.", []Step{
			{ID: "decide", Kind: Decision, Title: "Decide", Service: "web", Required: true, Reason: Asked, Options: []Option{{"yes", "Yes", "affected", nil}, {"no", "no", "", []string{"*=verified"}}}, Ask: []Ask{
				{ID: "writes", Prompt: "Who writes?", Type: AskText, Sets: "role:scribe"}, {ID: "grade", Prompt: "grade", Type: AskChoice, Choices: []string{"SEV1", "SEV2", "SEV3", "SEV4"}, Sets: SetsSeverity},
			}},
			{
				ID: "act", Kind: Announce, Title: "Act", Each: EachAffected, Notice: "hold", Contact: "cert", Role: "scribe",
				Expect: Span{Duration: 10 * time.Minute}, Needs: []string{"decide"}, When: "decide=yes", Text: "Why.",
				Checklist: []string{"one", "two"}, Command: "true", DoneWhen: "Done.", Evidence: true, TwoPerson: true,
				Ask: []Ask{{ID: "ticket", Prompt: "Ticket", Type: AskText, Required: true}, {ID: "kind", Prompt: "kind", Type: AskChoice, Choices: []string{"a", "b"}}},
			},
		}}},
	}
	if !reflect.DeepEqual(book, want) {
		t.Errorf("got  %+v\nwant %+v", book, want)
	}
}

// manySteps is a runbook of n steps that need each other.
func manySteps(n int) []byte {
	var b bytes.Buffer
	b.WriteString("title = \"Many steps\"\n[[role]]\nid = \"operations\"\n[[service]]\nid = \"web\"\n[[phase]]\ntitle = \"All\"\n")
	for i := range n {
		fmt.Fprintf(&b, `
[[phase.step]]
id = "step-%d"
kind = "decision"
title = "Step %d of {{ .Org }}"
role = "operations"
expect = "10m"
text = """
Why this is done, and **how**: in a few words for {{ .Service.Title }}.
"""
checklist = ["first", "second"]
options = [{ id = "yes", title = "Yes" }, { id = "no", title = "No" }]
done_when = "It is done."
`, i, i)
		if i > 0 {
			fmt.Fprintf(&b, "needs = [\"step-%d\"]\nwhen = \"step-%d=yes\"\n", i-1, i/2)
		}
	}
	return b.Bytes()
}

func TestParseManySteps(t *testing.T) {
	book, problems := Parse("many.toml", manySteps(5000))
	if len(problems) > 0 {
		t.Fatal(problems[:min(len(problems), 5)])
	}
	if n := len(book.Phases[0].Steps); n != 5000 {
		t.Errorf("%d steps", n)
	}
	if _, problems := Parse("many.toml", manySteps(maxSteps+1)); !strings.Contains(problems.String(), "10001 steps — at most 10000") {
		t.Error(problems)
	}
}

func TestParseTooLarge(t *testing.T) {
	_, problems := Parse("large.toml", bytes.Repeat([]byte("#\n"), MaxFile/2+1))
	if got := problems.String(); got != "large.toml: the file is larger than 4 MiB — put long texts elsewhere and name them in references" {
		t.Error(got)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	for name, file := range map[string]string{
		"unknown keys":  "title = 'x'\n" + numbered(20_000, "k%d = 1\n"),
		"wrong types":   "tags = [" + numbered(20_000, "%d, ") + "]",
		"missing steps": "title = 'x'\n" + numbered(20_000, "[[phase]]\ntitle = '%d'\n"),
		"long loops":    "title = 'x'\n[[phase]]\ntitle = 'x'\n" + numbered(9_000, "[[phase.step]]\ntitle = '{{ range 99999%d }}{{ end }}'\n"),
		"shorter loops": "title = 'x'\n[[phase]]\ntitle = 'x'\n" + numbered(9_000, "[[phase.step]]\ntitle = '{{ range 99999 }}{{ end }}%d'\n"),
		"unknown needs": "title = 'x'\n[[phase]]\ntitle = 'x'\n" + numbered(9_000, "[[phase.step]]\ntitle = 'a'\nneeds = ['step-%d']\n"),
	} {
		_, problems := Parse("x.toml", []byte(file))
		if len(problems) != maxProblems+1 || !strings.Contains(problems[maxProblems].What, "more problems") {
			t.Errorf("%s: %d problems, the last is %s", name, len(problems), problems[len(problems)-1])
		}
	}
}

func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestReviewDue(t *testing.T) {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		reviewed time.Time
		every    string
		now      time.Time
		due      bool
	}{
		{day(1, 1), "180d", day(6, 30), false},
		{day(1, 1), "180d", day(7, 1), true},
		{day(1, 1), "", day(12, 1), false},
		{time.Time{}, "180d", day(1, 1), true},
		{time.Time{}, "", day(1, 1), false},
		{day(1, 31), "1 month", day(2, 28), false},
		{day(1, 31), "1 month", day(3, 1), true},
		{day(5, 1), "4 business days", day(5, 7), false}, // a Friday; the 7th is Thursday
		{day(5, 1), "4 business days", day(5, 8), true},
	}
	for _, test := range tests {
		every, _ := ParseSpan(test.every)
		r := &Runbook{Reviewed: test.reviewed, ReviewEvery: every}
		h := &Head{Reviewed: test.reviewed, ReviewEvery: every}
		if r.ReviewDue(test.now) != test.due || h.ReviewDue(test.now) != test.due {
			t.Errorf("%v: due %v, want %v", test, r.ReviewDue(test.now), test.due)
		}
	}
}

// FuzzParse looks for a file that breaks the reader, or that is said to be good
// and cannot be read twice.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/problems/*.toml")
	more, _ := filepath.Glob("library/*.toml")
	for _, file := range append(append(files, more...), "testdata/everything.toml", "new.toml") {
		if data, err := os.ReadFile(file); err == nil && len(data) < 16<<10 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		book, problems := Parse("x.toml", data)
		if (book == nil) != problems.HasErrors() {
			t.Fatalf("runbook: %v; %s", book != nil, problems)
		}
		if len(problems) > maxProblems+1 {
			t.Fatalf("%d problems", len(problems))
		}
		for i, p := range problems {
			if p.Line < 0 || p.Line > 1+bytes.Count(data, []byte("\n")) || p.What == "" || i > 0 && p.Line < problems[i-1].Line && problems[i-1].Line > 0 && p.Line > 0 {
				t.Fatalf("problem %d: %s", i, p)
			}
		}
		if book == nil {
			return
		}
		again, _ := Parse("x.toml", data)
		if !reflect.DeepEqual(book, again) {
			t.Fatal("read differently the second time")
		}
		for _, p := range book.Phases {
			for _, s := range p.Steps {
				if !validID(p.ID) || !validID(s.ID) {
					t.Fatalf("ids %q, %q", p.ID, s.ID)
				}
				if _, err := ParseCondition(s.When); err != nil {
					t.Fatal(err)
				}
				if _, err := Render(s.Text, Values{}); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	ransomware, err := os.ReadFile("library/ransomware.toml")
	if err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{"ransomware": ransomware, "5000steps": manySteps(5000)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, problems := Parse("x.toml", data); problems.HasErrors() {
					b.Fatal(problems)
				}
			}
		})
	}
}
