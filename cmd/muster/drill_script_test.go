package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/filelog"
	"muster/state/view"
)

func TestParseScript(t *testing.T) {
	lines, err := parseScript("x.script", []byte("# players\n\n+0:02 Ada role commander Ada\n  +0:02:30 Ben ! check website\r\n1:00 Ben note 'it''s \"so\"' \"a \\\" and \\\\ \\n\" a\\ b ''\n"))
	want := []runbooks.ScriptLine{
		{Number: 3, At: 2 * time.Minute, Person: "Ada", Refused: false, Args: []string{"role", "commander", "Ada"}},
		{Number: 4, At: 150 * time.Second, Person: "Ben", Refused: true, Args: []string{"check", "website"}},
		{Number: 5, At: time.Hour, Person: "Ben", Refused: false, Args: []string{"note", `its "so"`, `a " and \ \n`, "a b", ""}},
	}
	if err != nil || !reflect.DeepEqual(lines, want) {
		t.Errorf("%v\n%+v", err, lines)
	}
}

func TestParseScriptSaysAll(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"+0:05 Ada", "write +H:MM WHO COMMAND…"},
		{"5m Ada note x", "is not an exercise time"},
		{"+0:05 Ada export x", "a script can have the commands step, note"},
		{"+0:05 Ada", "write +H:MM"},
		{"+0:05 Ada !", "a script can have the commands"},
		{"+0:05 Ada drill rehearse imo-2020", "of muster drill a script can have clock"},
		{"+0:05 Ada drill", "of muster drill a script can have clock"},
		{"+0:05 Ada note x --state=/tmp", "a script cannot have --state"},
		{"+0:05 Ada notice draft x --edit", "a script cannot have --edit"},
		{"+0:05 Ada notice draft x --file /etc/passwd", "a script cannot have --file"},
		{"+0:05 Ada note x -i other", "a script cannot have -i"},
		{"+0:05 Ada note x -ni other", "a script cannot have -ni"},
		{"+0:05 Ada note \"x", `a quote " has no end`},
	} {
		_, err := parseScript("x.script", []byte("+0:00 Ada note ok\n"+test.line))
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "x.script:2: ") {
			t.Errorf("%q: %v; want %q", test.line, err, test.want)
		}
	}
	_, err := parseScript("x", []byte("+0:05 Ada note a\n+0:04 Ada note b\nnonsense\n"))
	if err == nil || !strings.Contains(err.Error(), "x:2: +0:04 is earlier than the line before, +0:05\nx:3: write") {
		t.Error(err)
	}
	if _, err := parseScript("x", make([]byte, runbooks.MaxScript+1)); err == nil {
		t.Error("a script of more than 1 MiB")
	}
	if _, err := parseScript("x", []byte(strings.Repeat("+0:05 Ada note x\n", runbooks.MaxScriptLines+1))); err == nil {
		t.Error("a script of too many lines")
	}
}

func FuzzParseScript(f *testing.F) {
	f.Add("+0:06 Ada step done 1.2 --note \"a 'b'\"\n")
	f.Add("# x\n+1:00 B ! drill ack 1 '\\'")
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := parseScript("x", []byte(text))
		if err != nil {
			return
		}
		for _, line := range lines {
			if len(line.Args) == 0 || line.At < 0 || line.At > runbooks.MaxExercise || line.Person == "" {
				t.Fatalf("%+v", line)
			}
		}
	})
}

// rehearsed plays the built-in scenario into a folder and returns the drill.
func rehearsed(t *testing.T, dir string) (*env, *state.Incident) {
	t.Helper()
	var out, said bytes.Buffer
	e := &env{settings{process: process{in: strings.NewReader(""), out: &out, err: &said, clock: &rehearsalClock{}, random: &repeatable{},
		getenv: func(name string) string { return map[string]string{"HOME": t.TempDir(), "MUSTER_AS": "Ada"}[name] }}}}
	if code := run(context.Background(), e, []string{"drill", "rehearse", "imo-2020", "-o", dir}); code != 0 {
		t.Fatalf("exit code %d\n%s%s", code, said.String(), out.String())
	}
	ids, err := filelog.Open(dir).List(context.Background())
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	inc, err := state.Read(context.Background(), filelog.Open(dir), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	return e, inc
}

// TestRehearsal plays the built-in scenario to its end, and looks at what came of it.
func TestRehearsal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	_, inc := rehearsed(t, dir)
	x := &inc.Exercise
	if inc.Mode != state.Drill || inc.Closed == nil || x.Scenario == nil || x.Scenario.ID != "imo-2020" {
		t.Fatalf("%v %+v %+v", inc.Mode, inc.Closed, x.Scenario)
	}
	text, err := runbooks.ReadFile(runbooks.BuiltinScenarios().FS, "imo-2020.toml")
	if err != nil || state.Sum(text) != x.Scenario.SHA256 {
		t.Fatal("the first entry seals another scenario")
	}
	scenario, _ := runbooks.ParseScenario("imo-2020.toml", text)
	for _, in := range scenario.Injects {
		d := x.Delivery(in.ID)
		if d == nil {
			if !in.Contingency {
				t.Errorf("%s was not delivered", in.ID)
			}
			continue
		}
		if in.After == "" && d.At != in.At {
			t.Errorf("%s was delivered at %s, and is planned for %s", in.ID, runbooks.ExerciseTime(d.At), runbooks.ExerciseTime(in.At))
		}
	}
	for _, o := range scenario.Objectives {
		if len(x.RatingsOf(o.ID)) == 0 {
			t.Errorf("objective %s is not rated", o.ID)
		}
	}
	// Of all that was said one statement was not true when it was sent: it is named, and first.
	page, err := os.ReadFile(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	says(t, string(page), "would have been sent: 7; **not true then: All services are back, version 1**.",
		"| At | Statement | By | Not true then | Not known to be true | Not true at the end | Override | EXERCISE |\n|---|---|---|---|---|---|---|---|\n| +2:20 | All services are back, version 1 | Chi | it says that Virtual Publications is verified,")
	// The false word and the true one at last are both among the key events.
	keys := view.New(inc, view.Options{}).Keys
	for _, e := range inc.Log {
		sent, ok := e.Data.(*state.NoticeSent)
		if ok && sent.Notice == "restored-all" && !slices.ContainsFunc(keys, func(k view.KeyEvent) bool { return k.Seq == e.Seq }) {
			t.Errorf("entry %d, that all is back, is no key event: %v", e.Seq, keys)
		}
	}
	for _, e := range inc.Log {
		if e.Mode != state.Drill {
			t.Errorf("entry %d says %s", e.Seq, e.Mode)
		}
		if sent, ok := e.Data.(*state.NoticeSent); ok && !sent.Simulated {
			t.Errorf("entry %d says that something was sent", e.Seq)
		}
		if look, ok := e.Data.(*state.ServiceChecked); ok && !look.Simulated {
			t.Errorf("entry %d says that somebody looked", e.Seq)
		}
		if line := fmt.Sprint(inc.Describe(e)); strings.Contains(line, "%!") {
			t.Errorf("entry %d: %s", e.Seq, line)
		}
	}
}
