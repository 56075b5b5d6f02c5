package runbooks

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// book is a good runbook, with a place for one more line below its title and a step.
func bookWith(top, inStep string) string {
	return "title = \"Printer on fire\"\n" + top + "\n[[phase]]\ntitle = \"Put it out\"\n[[phase.step]]\ntitle = \"Pull the plug\"\n" + inStep + "\n"
}

// Each slip is named by a hint, and the hint works: the line that it asks for is good.
func TestHintsOfSyntaxWork(t *testing.T) {
	for _, test := range []struct{ top, step, hint, mended string }{
		{"", `required = yes`, "write true", "required = true"},
		{"", `required = True # always`, "write true", "required = true"},
		{"", `evidence = off`, "write false", "evidence = false"},
		{"", `text = pull it`, `text stands between "quotes"`, `text = "pull it"`},
		{"", `text = “pull it”`, `write "plain" quotation marks`, `text = "pull it"`},
		{"", `text: "pull it"`, "followed by =", `text = "pull it"`},
		{"", `text => "pull it"`, "followed by =", `text = "pull it"`},
		{"", `// pull it`, "begins with #", `# pull it`},
		{"", `text =`, "give it a value", `text = "pull it"`},
		{"", `text = "C:\plug"`, "between 'single quotes'", `text = 'C:\plug'`},
		{"", `text = "pull it`, `close the text with "`, `text = "pull it"`},
		{"", `text = "pull "it""`, `as \"`, `text = "pull \"it\""`},
		{"", `checklist = ["a" "b"`, "close the list with ]", `checklist = ["a", "b"]`},
		{"", "text = \"a\"\ntext = \"b\"", "may stand once", `text = "a"`},
		{"review_every = \"180d\"\nreviewed = 24.11.2026", "", "year-month-day", "review_every = \"180d\"\nreviewed = 2026-11-24"},
		{"[[role]\nid = \"a\"\ntitle = \"A\"\nduties = \"Acts.\"", "", "close the head", "[[role]]\nid = \"a\"\ntitle = \"A\"\nduties = \"Acts.\""},
	} {
		name := test.top + test.step
		_, problems := Parse("x.toml", []byte(bookWith(test.top, test.step)))
		if len(problems) != 1 || !strings.Contains(problems[0].Hint, test.hint) {
			t.Errorf("%q: %v, want one problem with the hint %q", name, problems, test.hint)
		}
		top, step := test.top, test.mended
		if test.top != "" {
			top, step = test.mended, ""
		}
		if _, problems := Parse("x.toml", []byte(bookWith(top, step))); len(problems) > 0 {
			t.Errorf("%q, mended as its hint says: %v", name, problems)
		}
	}
}

// One pair of brackets too few is named at its own line, whatever it leads to.
func TestSingleBrackets(t *testing.T) {
	const file = "title = \"x\"\n[phase.step]\nfoo = 1\n[[phase]]\ntitle = \"a\"\n[phase.step] # second\ntitle = \"b\"\n"
	_, problems := Parse("x.toml", []byte(file))
	want := "x.toml:2:1: [phase.step] is one table, and there may be several — write [[phase.step]]\n" +
		"x.toml:4:3: Key 'phase' was already created and cannot be used as an array — the head of a list stands above the tables inside it: [[phase]] before [[phase.step]]\n" +
		"x.toml:6:1: [phase.step] is one table, and there may be several — write [[phase.step]]"
	if problems.String() != want {
		t.Errorf("got\n%s\nwant\n%s", problems, want)
	}
}

// All mistakes in TOML are named at once, with line and column, and none that another led to.
func TestEveryMistakeInSyntax(t *testing.T) {
	const file = `title = Printer
severity = "SEV1"
[[phase]
title = "Put it out"
[[phase.step]]
title: "Pull the plug"
required = yes
text = """
many
lines"""
[[phase.step]]
title = "Call
id = "b"
`
	_, problems := Parse("x.toml", []byte(file))
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprint(p.Line))
		if p.Column == 0 && p.Line != 12 && p.Line != 3 || p.Hint == "" {
			t.Errorf("%s: no column or hint", p)
		}
	}
	if strings.Join(got, " ") != "1 3 6 7 12" {
		t.Errorf("lines %s, want 1 3 6 7 12:\n%s", got, problems)
	}
}

// What is not closed does not make a mistake of every line after it.
func TestNoMistakesOfMistakes(t *testing.T) {
	var rest strings.Builder
	for i := range 40 {
		fmt.Fprintf(&rest, "it burns, \"for the %dth\" time\n", i)
	}
	_, problems := Parse("x.toml", []byte("title = \"x\"\nsummary = \"\"\"\n"+rest.String()))
	if len(problems) > 4 {
		t.Errorf("%d problems of one:\n%s", len(problems), problems)
	}
	_, problems = Parse("x.toml", []byte(strings.Repeat("a = b\n\n", 1000)))
	if len(problems) != maxSyntax {
		t.Errorf("%d problems, want %d", len(problems), maxSyntax)
	}
}

// A file in another encoding says which it probably is, and how it is saved.
func TestOtherEncodings(t *testing.T) {
	good := bookWith("", "")
	units := utf16.Encode([]rune(good))
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for _, mark := range []bool{true, false} {
			var data []byte
			if mark {
				data = order.AppendUint16(data, 0xfeff)
			}
			for _, u := range units {
				data = order.AppendUint16(data, u)
			}
			_, problems := Parse("x.toml", data)
			if len(problems) != 1 || !strings.Contains(problems.String(), "UTF-16") || !strings.Contains(problems.String(), "Notepad") {
				t.Errorf("%v, mark %v: %v", order, mark, problems)
			}
		}
	}
	_, problems := Parse("x.toml", []byte("title = \"x\"\nsummary = \"Dr\xfccker\"\n"))
	if len(problems) != 1 || problems[0].Line != 2 || !strings.Contains(problems.String(), "Latin-1") {
		t.Error(problems)
	}
	if _, problems := Parse("x.toml", []byte("\xef\xbb\xbf"+good)); len(problems) > 0 {
		t.Error("with the mark of UTF-8:", problems)
	}
}
