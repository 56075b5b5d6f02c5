package runbooks

import (
	"strings"
	"testing"
	"time"
)

var importBook = &Runbook{ID: "ransomware", Roles: []Role{{ID: "operations", Title: "Operations lead"}, {ID: "communications", Title: "Communications"}}}

// imported reads a sheet that must give a good scenario.
func imported(t *testing.T, sheet string, mapping map[string]string) (*Scenario, Problems) {
	t.Helper()
	text, problems, err := ImportInjects("msel.csv", []byte(sheet), "msel", "Our \"MSEL\"", importBook, mapping)
	if err != nil {
		t.Fatal(err)
	}
	s, wrong := ParseScenario("x.toml", text)
	if s == nil {
		t.Fatalf("%s\n%s", wrong, text)
	}
	if wrong := LintScenario("x.toml", text, importBook); wrong.HasErrors() {
		t.Fatalf("%s\n%s", wrong, text)
	}
	return s, problems
}

func TestImportMSEL(t *testing.T) {
	s, problems := imported(t, "\ufeffMSEL Winter\n"+
		`Inject #,Time Delivered,Inject Type,Delivery Method,From,To,Event Description,Expected Action,Objective,Controller,Evaluator Notes,Weather`+"\n"+
		`1,09:00,Inject,Phone,Service desk,Operations Lead,"The ""website"" is down,
members call.",They look.,Detect,Kim,Who decides?,rain`+"\n"+
		"\n"+
		`2,09:45,Contingency Inject,E-mail,Press,Nobody known,A journalist asks,"They = wait",Detect,,,`+"\n"+
		`3,soon,Inject,Chat,,COMMUNICATIONS,It spreads,,Announce truthfully,,,`+"\n", nil)
	if len(s.Injects) != 3 || len(s.Objectives) != 2 || s.Title != `Our "MSEL"` || s.Runbook != "ransomware" {
		t.Fatalf("%+v", s)
	}
	a, b, c := s.Injects[0], s.Injects[1], s.Injects[2]
	if a.ID != "inject-1" || a.At != 0 || a.To != "operations" || a.Via != "Phone" || a.Text != "The \"website\" is down,\nmembers call." || a.Notes != "Controller: Kim\nWho decides?" || a.Objective != "detect" {
		t.Errorf("%+v", a)
	}
	if b.At != 45*time.Minute || !b.Contingency || b.To != Everybody || b.Expect != "They = wait" {
		t.Errorf("%+v", b)
	}
	if c.At != 45*time.Minute || c.To != "communications" || c.From != "Exercise control" || c.Objective != "announce-truthfully" {
		t.Errorf("%+v", c)
	}
	want := `msel.csv:1: warning: left out: "Weather" — name what a column is with --map "HEADER=COLUMN"
msel.csv:6: warning: no role "Nobody known": it is to all — name one of the runbook's roles
msel.csv:7: warning: "soon" is not a time: it is at +0:45 — write +H:MM after the start, or a time of day`
	if problems.String() != want {
		t.Error(problems)
	}
}

func TestImportMapping(t *testing.T) {
	s, problems := imported(t, "Nr;Wann;Was;Wer;Wetter\nA;+0:10;Aus;operations;Regen\nB;T+25 min;An;;\n",
		map[string]string{"NR": "number", "Wann": "at", "was": "text", "Wer": "to", "Wetter": "-"})
	if len(problems) > 0 {
		t.Error(problems)
	}
	if s.Injects[0].ID != "a" || s.Injects[0].At != 10*time.Minute || s.Injects[1].At != 25*time.Minute {
		t.Errorf("%+v", s.Injects)
	}
}

func TestImportRefuses(t *testing.T) {
	for _, test := range []struct {
		sheet, want string
		mapping     map[string]string
	}{
		{"", "there is no table", nil},
		{"Time,Description\n", "there is no table", nil},
		{"a,b\n1,2\n", `no column is the text of an inject; say which: --map "HEADER=text"; the headers are a and b`, nil},
		{"a,b\n1,2\n", `there is no column "txt"; did you mean "text"?`, map[string]string{"a": "txt"}},
		{"a,b\n1,2\n", `no column is headed "c"; the headers are a and b`, map[string]string{"c": "text"}},
		{"Time,Description\n1,\n", "no row has a text", nil},
		{"Time,Description\n1,\xff\n", "not UTF-8", nil},
		{"Time,Description\n" + strings.Repeat("1,x\n", maxRows+1), "too large", nil},
		{"Time,Description" + strings.Repeat(",x", maxColumns) + "\n1,x\n", "too large", nil},
		{strings.Repeat("x", MaxFile+1), "larger than 4 MiB", nil},
	} {
		_, _, err := ImportInjects("msel.csv", []byte(test.sheet), "msel", "", importBook, test.mapping)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.40q: %v; want %s", test.sheet, err, test.want)
		}
	}
}

func TestSheetTime(t *testing.T) {
	for _, test := range []struct {
		text      string
		at        time.Duration
		ofDay, ok bool
	}{
		{"+0:05", 5 * time.Minute, false, true}, {"T+30", 30 * time.Minute, false, true}, {"StartEx + 15 minutes", 15 * time.Minute, false, true},
		{"45", 45 * time.Minute, false, true}, {"9:05", 9*time.Hour + 5*time.Minute, true, true}, {"2:30 PM", 14*time.Hour + 30*time.Minute, true, true},
		{"1970-01-01 00:10", 10 * time.Minute, true, true}, {"later", 0, false, false}, {"", 0, false, false}, {"25:99", 0, false, false},
	} {
		at, ofDay, ok := sheetTime(test.text)
		if at != test.at || ofDay != test.ofDay || ok != test.ok {
			t.Errorf("%q: %v %v %v", test.text, at, ofDay, ok)
		}
	}
}

// FuzzImportInjects: whatever the sheet, what is written can be read.
func FuzzImportInjects(f *testing.F) {
	f.Add("Inject #,Time,From,To,Description\n1,09:00,a,b,\"x\ny\"\n", "t")
	f.Add("Time\tDescription\n+0:05\t=cmd|'/c calc'!A0\n", "\x1b[31m\"\"\"")
	f.Fuzz(func(t *testing.T, text, title string) {
		out, _, err := ImportInjects("x.csv", []byte(text), title, title, importBook, nil)
		if err != nil {
			return
		}
		if s, problems := ParseScenario("x.toml", out); s == nil {
			t.Fatalf("%s\n%s", problems, out)
		}
	})
}
