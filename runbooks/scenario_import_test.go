package runbooks

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var importBook = &Runbook{ID: "ransomware", Roles: []Role{{ID: "operations", Title: "Operations lead"}, {ID: "communications", Title: "Communications"}}}

// imported reads a sheet that must give a good scenario.
func imported(t *testing.T, sheet string, how SheetWay) (*Scenario, Problems) {
	t.Helper()
	text, _, problems, err := ImportInjects("msel.csv", []byte(sheet), "msel", "Our \"MSEL\"", importBook, how)
	if err != nil {
		t.Fatal(err)
	}
	s, wrong := ParseScenario("x.toml", text)
	if s == nil {
		t.Fatalf("%s\n%s", wrong, text)
	}
	if wrong := LintScenario("x.toml", text, importBook, nil); wrong.HasErrors() {
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
		`3,10:00,Inject,Chat,,COMMUNICATIONS,It spreads,,Announce truthfully,,,`+"\n", SheetWay{Times: "clock"})
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
	if c.At != time.Hour || c.To != "communications" || c.From != "Exercise control" || c.Objective != "announce-truthfully" {
		t.Errorf("%+v", c)
	}
	want := `msel.csv:1: warning: left out: "Weather" — name what a column is with --map "HEADER=COLUMN"
msel.csv:6: warning: no role "Nobody known": it is to all — name one of the runbook's roles`
	if problems.String() != want {
		t.Error(problems)
	}
}

func TestImportMapping(t *testing.T) {
	s, problems := imported(t, "Nr;Wann;Was;Wer;Wetter\nA;+0:10;Aus;operations;Regen\nB;T+25 min;An;;\n",
		SheetWay{Mapping: map[string]string{"NR": "number", "Wann": "at", "was": "text", "Wer": "to", "Wetter": "-"}})
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
		{"Nr,Description\n1,x\n", `no column says when an inject comes; say which: --map "HEADER=at"`, nil},
		{"Time,Description\n1,\n", "no row has a text", nil},
		{"Time,Description\n1,\xff\n", "not UTF-8", nil},
		{"Time,Description\n+0:10,a\n+0:20,\"b\n+0:30,c\n", "line 3: a quotation mark opens and does not close", nil},
		{"Time,Description\n" + strings.Repeat("1,x\n", maxRows+1), "too large", nil},
		{"Time,Description" + strings.Repeat(",x", maxColumns) + "\n1,x\n", "too large", nil},
		{strings.Repeat("x", MaxFile+1), "larger than 4 MiB", nil},
	} {
		_, _, _, err := ImportInjects("msel.csv", []byte(test.sheet), "msel", "", importBook, SheetWay{Mapping: test.mapping})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.40q: %v; want %s", test.sheet, err, test.want)
		}
	}
}

// readTimes imports a column of times, and says when each inject is, or why not.
func readTimes(how SheetWay, header string, times ...string) string {
	var sheet strings.Builder
	sheet.WriteString(header + ",Description,Contingency\n")
	for _, text := range times {
		text, contingency := strings.CutSuffix(text, "?")
		fmt.Fprintf(&sheet, "%s,x,%v\n", text, contingency)
	}
	text, rows, problems, err := ImportInjects("msel.csv", []byte(sheet.String()), "msel", "", importBook, how)
	if err != nil {
		return strings.TrimSpace(problems.String() + "\n" + err.Error())
	}
	s, _ := ParseScenario("x.toml", text)
	var got []string
	for i, in := range s.Injects {
		at := "-"
		if in.Timed {
			at = ExerciseTime(in.At)
		}
		if rows[i].Inject != in.ID || !strings.HasPrefix(rows[i].Taken, at) && in.Timed {
			return fmt.Sprintf("%+v is not what became of %+v", rows[i], in)
		}
		got = append(got, at)
	}
	return strings.Join(got, " ")
}

// TestTimesOfAColumn: a column of times is read in one way, and where two ways are
// possible and differ, or none is, nothing is guessed.
func TestTimesOfAColumn(t *testing.T) {
	for _, test := range []struct {
		times string // of the rows, between bars
		how   SheetWay
		want  string
	}{
		{"0900|0930|1000", SheetWay{Times: "clock"}, "+0:00 +0:30 +1:00"},
		{"0900|0930|1000", SheetWay{Times: "minutes"}, "+15:00 +15:30 +16:40"},
		{"0900|0930|1000", SheetWay{}, `!msel.csv:2: "0900" can be read in more than one way: as clock it is at +0:00, as minutes it is at +15:00; say which with --times clock or --times minutes`},
		{"1:30", SheetWay{}, `!"1:30" can be read in more than one way: as clock it is at +0:00, as offset it is at +1:30`},
		{"1:30", SheetWay{Times: "offset"}, "+1:30"},
		{"0:00|0:15|0:30", SheetWay{}, "+0:00 +0:15 +0:30"}, // both ways say the same
		{"9:00 AM|0930|1000", SheetWay{}, "+0:00 +0:30 +1:00"},
		{"12:30 am|12:30 p.m.", SheetWay{}, "+0:00 +12:00"},
		{"23:30|00:10", SheetWay{Times: "clock"}, "+0:00 +0:40"},
		{"23:30Z|00:10Z|0900Z", SheetWay{}, "+0:00 +0:40 +9:30"},
		{"09:30Z|10:00+02:00", SheetWay{}, `!msel.csv:3: "10:00+02:00": is in the zone +02:00, and what stands above it in UTC`},
		{"20:00|09:00", SheetWay{Times: "clock"}, `!msel.csv:3: "09:00": stands below 20:00: it may be earlier on that day or on the next`},
		{"1.5h|90 min|1h30m|2 hours", SheetWay{}, "+1:30 +1:30 +1:30 +2:00"},
		{"+0:05|T+0:30|StartEx+45 min", SheetWay{}, "+0:05 +0:30 +0:45"},
		{"T+30|45", SheetWay{}, "+0:30 +0:45"},
		{"+0:05|30", SheetWay{}, "+0:05 +0:30"},
		{"T+0130", SheetWay{}, "!as offset it is at +1:30, as minutes it is at +2:10"},
		{"D1 0930|1000|D2 0900|Day 2 10:00", SheetWay{}, "+0:00 +0:30 +23:30 +24:30"},
		{"D+0 0930|D+1 0930", SheetWay{}, "+0:00 +24:00"},
		{"D0 0930", SheetWay{}, "!there is no day 0"},
		{"24/11/2026 09:00|25/11/2026 09:00", SheetWay{}, "+0:00 +24:00"},
		{"11/24/2026 9:00 AM|11/25/2026 9:00 AM", SheetWay{}, "+0:00 +24:00"},
		{"01/02/2026 09:00|01/03/2026 09:00", SheetWay{}, `!msel.csv:3: "01/03/2026 09:00" can be read in more than one way: as dmy it is at +672:00, as mdy it is at +24:00; say which with --dates dmy or --dates mdy`},
		{"03/04/2026 09:00|04/04/2026 09:00", SheetWay{}, "+0:00 +24:00"}, // as mdy it would be a month, which no exercise takes,
		{"03/04/2026 09:00|04/04/2026 09:00", SheetWay{Dates: "dmy"}, "+0:00 +24:00"},
		{"04/04/2026 09:00|04/05/2026 09:00", SheetWay{Dates: "mdy"}, "+0:00 +24:00"},
		{"03/04/2026 09:00|03/04/2026 10:00", SheetWay{}, "+0:00 +1:00"}, // one day, whichever
		{"2026-11-24 23:30|00:10", SheetWay{}, "+0:00 +0:40"},
		{"2026-11-24T09:00|24 Nov 2026 09:30|Nov 24 2026 10:00", SheetWay{}, "+0:00 +0:30 +1:00"},
		{"31/02/2026 09:00", SheetWay{}, `!"31/02/2026 09:00": its date is none as dmy`},
		{"24/11/2026 09:00|24/11/2027 09:00", SheetWay{}, "!lies more than 30 days after the start"},
		{"D1 0930|2026-11-24 09:00", SheetWay{Dates: "ymd"}, "!has a day of another kind than the rows above"},
		{"T+30|as needed?|?", SheetWay{}, "+0:30 - -"},
		{"T+30|", SheetWay{}, `!msel.csv:3: "": there is no time, and it is no contingency`},
		{"soon|T+30|T-15", SheetWay{}, `!msel.csv:2: "soon": is not`},
		{"soon|T+30|T-15", SheetWay{}, `!msel.csv:4: "T-15": is not`},
		{"25:99", SheetWay{}, `!msel.csv: 1 of 1 times cannot be read`},
		{"0:05|30", SheetWay{}, "! times cannot be read"},
		// what may be a time of day, beside what is none
		{"0900|T+30|1.5h", SheetWay{}, `!msel.csv:2: "0900": may be a time of day: it has no plus and no unit, and "T+30" has`},
		{"09:00|T+0:30", SheetWay{}, `!msel.csv:2: "09:00": may be a time of day`},
		{"09:00|T+0:30", SheetWay{Times: "offset"}, "+9:00 +0:30"},
		{"0:00|+0:30|+1:30", SheetWay{}, "+0:00 +0:30 +1:30"},
		{"T+1:30|T+2:00", SheetWay{}, "+1:30 +2:00"},
		// times of day in no order are not offsets for that
		{"9:30|11:30|12:30|1:30", SheetWay{}, `!msel.csv:5: "1:30" can be read in more than one way: as offset it is at +1:30, and as clock it stands below 12:30: it may be earlier on that day or on the next`},
		{"9:30|11:30|12:30|1:30", SheetWay{}, "!say which with --times offset or --times clock"},
		{"18:00|06:30|12:00", SheetWay{}, "!say which with --times offset or --times clock"},
		{"1:30|0:30", SheetWay{Times: "offset"}, "+1:30 +0:30"},
		{"1000|0930", SheetWay{}, "!say which with --times minutes or --times clock"},
		// half a day, and the other half
		{"12:00 AM|12:30", SheetWay{}, `!msel.csv:3: "12:30": has no AM or PM, and "12:00 AM" has`},
		{"8:00 PM|8:30|9:00", SheetWay{}, `!msel.csv:3: "8:30": has no AM or PM, and "8:00 PM" has`},
		{"11:00 AM|13:15|14:00", SheetWay{}, "+0:00 +2:15 +3:00"},
		{"0900Z|0930L", SheetWay{}, `!msel.csv:3: "0930L": is in the zone local, and what stands above it in UTC`},
		{"0.25|0.50|1.00", SheetWay{}, `!msel.csv:2: "0.25": may be a part of a day or of an hour`},
		{"0.375|0.395833", SheetWay{}, `!msel.csv:2: "0.375": is not`},
		{"=A2+TIME(0;30;0)|09:00", SheetWay{}, `!msel.csv:2: "=A2+TIME(0;30;0)": is not`},
		{"13/12/2026 09:00|12/14/2026 09:30", SheetWay{}, `!msel.csv:3: "12/14/2026 09:30": its date is none as dmy`},
		{"0:05", SheetWay{Times: "clocks"}, `!--times "clocks" is not a way to read them; did you mean "clock"?`},
		{"0:05", SheetWay{Dates: "x"}, `!there are dmy, mdy and ymd`},
	} {
		got := readTimes(test.how, "Time", strings.Split(test.times, "|")...)
		if want, refused := strings.CutPrefix(test.want, "!"); refused && !strings.Contains(got, want) || !refused && got != want {
			t.Errorf("%s %+v:\n%s\nwant %s", test.times, test.how, got, test.want)
		}
	}
	if got := readTimes(SheetWay{}, "Day,Time", "1,2330", "2,0010"); got != "+0:00 +0:40" {
		t.Error(got)
	}
	if got := readTimes(SheetWay{}, "Date,Time", "24/11/2026,09:00", "25/11/2026,09:00"); got != "+0:00 +24:00" {
		t.Error(got)
	}
}

// TestSheetsAsTheyAreSaved: a sheet may begin with a mark, with the line that says what separates
// its cells, or with a heading; its lines may end in three ways, and ids may be there twice.
func TestSheetsAsTheyAreSaved(t *testing.T) {
	const table = "No;Time;Description\n1;+0:10;a, b\n;;\n1;+0:20;c\nINJ-1;+0:30;=cmd|' /C calc'!A0\n"
	for name, sheet := range map[string]string{
		"mark": "\ufeff" + table, "sep": "sep=;\n" + table, "mark and sep": "\ufeffsep=;\r\n" + strings.ReplaceAll(table, "\n", "\r\n"), "heading": "Winter MSEL\n" + table,
		"crlf": strings.ReplaceAll(table, "\n", "\r\n"), "cr": strings.ReplaceAll(table, "\n", "\r"),
	} {
		s, _ := imported(t, sheet, SheetWay{})
		var got []string
		for _, in := range s.Injects {
			got = append(got, in.ID+" "+ExerciseTime(in.At)+" "+in.Text)
		}
		if want := "inject-1 +0:10 a, b|inject-1-2 +0:20 c|inj-1 +0:30 =cmd|' /C calc'!A0"; strings.Join(got, "|") != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	_, rows, _, err := ImportInjects("x.csv", []byte("Time,Description\n3/12/2026 09:00,a\n3/12/2026 09:30,b\n"), "x", "", importBook, SheetWay{})
	if err != nil || rows[1].Taken != "+0:30, whichever of its date is the day and the month" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// FuzzImportInjects: whatever the sheet, what is written can be read.
func FuzzImportInjects(f *testing.F) {
	f.Add("Inject #,Time,From,To,Description\n1,09:00,a,b,\"x\ny\"\n", "t")
	f.Add("Time\tDescription\n+0:05\t=cmd|'/c calc'!A0\n", "\x1b[31m\"\"\"")
	f.Fuzz(func(t *testing.T, text, title string) {
		out, _, _, err := ImportInjects("x.csv", []byte(text), title, title, importBook, SheetWay{})
		if err != nil {
			return
		}
		if s, problems := ParseScenario("x.toml", out); s == nil {
			t.Fatalf("%s\n%s", problems, out)
		}
	})
}
