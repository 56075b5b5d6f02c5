package runbooks_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
)

func anything([]string) error { return nil }

// TestScriptIsReadAsAShellReads: each line is a time, a person and words, with quotes as a shell has
// them; comments and blank lines are none.
func TestScriptIsReadAsAShellReads(t *testing.T) {
	for text, want := range map[string][]string{
		`note plain words`:          {"note", "plain", "words"},
		"note  two\t\tgaps ":        {"note", "two", "gaps"},
		`note "in one" 'as it is'`:  {"note", "in one", "as it is"},
		`note ""`:                   {"note", ""},
		`note '' end`:               {"note", "", "end"},
		`note a"b c"d'e f'`:         {"note", "ab cde f"},
		`note "say \"no\" and \\"`:  {"note", `say "no" and \`},
		`note "a\b \$x"`:            {"note", `a\b \$x`},
		`note 'a\' b`:               {"note", `a\`, "b"},
		`note a\ b \" \'`:           {"note", "a b", `"`, "'"},
		`note "it's"`:               {"note", "it's"},
		`note '"'`:                  {"note", `"`},
		`note end\`:                 {"note", `end\`},
		`note "ä → ö" # no comment`: {"note", "ä → ö", "#", "no", "comment"},
	} {
		list, err := runbooks.ParseScript("a.script", []byte("# who\n\n   # what\n+0:06:30 Ada "+text+"\n"), anything)
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %+v %v", text, list, err)
			continue
		}
		one := list[0]
		if one.Number != 4 || one.At != 6*time.Minute+30*time.Second || one.Person != "Ada" || one.Refused || fmt.Sprintf("%q", one.Args) != fmt.Sprintf("%q", want) {
			t.Errorf("%s is %+v, not %q", text, one, want)
		}
	}
	list, err := runbooks.ParseScript("a.script", []byte("+0:01 Ada ! step done 1.2\n+0:01 Ben note x"), anything)
	if err != nil || len(list) != 2 || !list[0].Refused || strings.Join(list[0].Args, " ") != "step done 1.2" || list[1].Refused || list[1].Person != "Ben" {
		t.Errorf("of two lines at one time the first is refused: %+v %v", list, err)
	}
}

// TestScriptThatIsWrong: all that is wrong is said, each with its line; what is right is read
// all the same.
func TestScriptThatIsWrong(t *testing.T) {
	allowed := func(args []string) error {
		if args[0] == "serve" {
			return errors.New("serve is not for scripts")
		}
		return nil
	}
	text := strings.Join([]string{
		"+0:02 Ada note one",
		"+0:01 Ada note early",
		"+0:03 Ada",
		"soon Ada note x",
		`+0:03 Ada note "open`,
		"+0:03 Ada note 'open",
		"+0:04 Ada serve",
		"+0:05 Ada note two",
	}, "\n")
	list, err := runbooks.ParseScript("a.script", []byte(text), allowed)
	if len(list) != 2 || list[0].Number != 1 || list[1].Number != 8 {
		t.Errorf("what is right is %+v", list)
	}
	if err == nil {
		t.Fatal("nothing is wrong")
	}
	lines := strings.Split(err.Error(), "\n")
	for i, want := range []string{
		"a.script:2: +0:01 is earlier than the line before, +0:02", "a.script:3: write +H:MM WHO COMMAND…", "a.script:4: ",
		`a.script:5: a quote " has no end`, "a.script:6: a quote ' has no end", "a.script:7: serve is not for scripts",
	} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
			t.Errorf("it says\n%v\nand should say %q", err, want)
		}
	}
	if len(lines) != 6 {
		t.Errorf("it says %d things:\n%v", len(lines), err)
	}
}

// TestScriptIsBounded: a script of as much as can be is read, and not one of more; of very many
// errors the first fifty are said.
func TestScriptIsBounded(t *testing.T) {
	many := func(n int) []byte { return []byte(strings.Repeat("+0:01 Ada note x\n", n)) }
	if list, err := runbooks.ParseScript("s", many(runbooks.MaxScriptLines), anything); err != nil || len(list) != runbooks.MaxScriptLines {
		t.Errorf("%d commands: %v", len(list), err)
	}
	if _, err := runbooks.ParseScript("s", many(runbooks.MaxScriptLines+1), anything); err == nil || err.Error() != "s: 5001 commands, and 5000 is the most" {
		t.Errorf("one too many: %v", err)
	}
	long := func(n int) []byte { return []byte("#" + strings.Repeat("x", n-1)) }
	if _, err := runbooks.ParseScript("s", long(runbooks.MaxScript), anything); err != nil {
		t.Errorf("as long as can be: %v", err)
	}
	if _, err := runbooks.ParseScript("s", long(runbooks.MaxScript+1), anything); err == nil || err.Error() != "s: larger than 1 MiB" {
		t.Errorf("a byte too long: %v", err)
	}
	if _, err := runbooks.ParseScript("s", []byte(strings.Repeat("x\n", 60)), anything); strings.Count(err.Error(), "\n") != 49 {
		t.Errorf("of 60 errors it says %d", strings.Count(err.Error(), "\n")+1)
	}
}
