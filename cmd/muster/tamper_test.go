package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// A tamper is a way to change a log behind muster's back.
type tamper struct {
	how string
	do  func(lines [][]byte, i int) [][]byte // lines with their newlines; i from 0
	// shows is the line that a check then names, from 1, if line i of so many is
	// changed; 0 if a log alone cannot show it.
	shows func(i, lines int) int
}

var tampers = []tamper{
	{"drop", func(l [][]byte, i int) [][]byte { return slices.Delete(l, i, i+1) }, butLast},
	{"double", func(l [][]byte, i int) [][]byte { return slices.Insert(l, i, l[i]) }, next},
	{"swap", func(l [][]byte, i int) [][]byte {
		if i+1 < len(l) {
			l[i], l[i+1] = l[i+1], l[i]
		}
		return l
	}, butLast},
	{"newline", func(l [][]byte, i int) [][]byte { l[i] = bytes.TrimSuffix(l[i], []byte("\n")); return l }, butLast},
	{"cut-to", func(l [][]byte, i int) [][]byte { return l[:i] }, never},
	{"tear", func(l [][]byte, i int) [][]byte { return append(l[:i], l[i][:len(l[i])/2]) }, there},
	{"flip", func(l [][]byte, i int) [][]byte { return flip(l, i, len(l[i])*2/3) }, there},
	{"flip-prev", func(l [][]byte, i int) [][]byte { return flip(l, i, 40) }, there},
	{"upper-case", replaced(`"c":"[0-9a-f]+"`, func(c string) string { return `"c":` + strings.ToUpper(c[4:]) }), there},
	{"newer", replaced(`"v":2`, func(string) string { return `"v":3` }), there},
	{"date", replaced(`"recorded":"20`, func(string) string { return `"recorded":"19` }), behind},
	{"space", replaced(`,"d":`, func(string) string { return `, "d":` }), there},
	{"withhold", replaced(`(?s),"d":\{.*`, func(string) string { return `,"d":null,"p":null}` + "\n" }), never},
	{"withhold-names", replaced(`"names":\{[^{}]*(\{[^{}]*\})?\}`, func(string) string { return `"names":null` }), never},
	{"facts-only", replaced(`(?s),"p":\{"names":\{.*`, func(string) string { return `}` + "\n" }), there},
	{"no-names", replaced(`"p":\{"names":\{[^{}]*(\{[^{}]*\})?\},?`, func(string) string { return `"p":{` }), there},
	{"another-name", replaced(`"by":"`, func(by string) string { return by + "x" }), there},
	{"another-salt", replaced(`"salt":"..`, func(string) string { return `"salt":"__` }), there},
}

func there(i, _ int) int { return i + 1 }
func next(i, _ int) int  { return i + 2 }
func never(int, int) int { return 0 }

// behind is the line after it: an envelope that is changed and well formed is held only
// against what the next one says of it, the last one against a witness's head.
func behind(i, lines int) int {
	if i+1 == lines {
		return 0
	}
	return i + 2
}

// butLast is there, but for the end: that it was cut off does not show.
func butLast(i, lines int) int {
	if i+1 == lines {
		return 0
	}
	return i + 1
}

// flip changes one bit, so that what is printable stays so.
func flip(lines [][]byte, i, at int) [][]byte {
	lines[i] = bytes.Clone(lines[i])
	lines[i][at] ^= 1
	return lines
}

// replaced changes what a pattern first finds in the line.
func replaced(pattern string, with func(string) string) func([][]byte, int) [][]byte {
	re := regexp.MustCompile(pattern)
	return func(lines [][]byte, i int) [][]byte {
		at := re.FindIndex(lines[i])
		if at == nil {
			panic(fmt.Sprintf("line %d has no %s", i+1, pattern))
		}
		lines[i] = slices.Concat(lines[i][:at[0]], []byte(with(string(lines[i][at[0]:at[1]]))), lines[i][at[1]:])
		return lines
	}
}

// tamper FILE HOW [N]: changes a log behind muster's back; tampers lists how.
func tamperCommand(ts *testscript.TestScript, neg bool, args []string) {
	takes(ts, neg, args, 2, 3)
	n := 1
	if len(args) == 3 {
		var err error
		n, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	lines := bytes.SplitAfter(data, []byte("\n"))
	lines = lines[:len(lines)-1] // what is behind the last newline
	i := slices.IndexFunc(tampers, func(t tamper) bool { return t.how == args[1] })
	if i < 0 || n < 1 || n > len(lines) {
		ts.Fatalf("%s has no line %d, or %s is not a way to tamper", args[0], n, args[1])
	}
	ts.Check(os.WriteFile(path, bytes.Join(tampers[i].do(lines, n-1), nil), 0o600))
}

// TestEveryTamperingShows changes every line of a log in every way. muster verify and
// the reviewer's loop in SECURITY.md both name the first line that is wrong, and agree
// on what a log alone cannot show.
func TestEveryTamperingShows(t *testing.T) {
	log, _ := writeLog(t)
	loop := reviewersLoop(t)
	_, err := exec.LookPath("jq")
	reviewer := err == nil
	lines := len(strings.Split(log, "\n")) - 1
	for _, tamper := range tampers {
		t.Run(tamper.how, func(t *testing.T) {
			t.Parallel()
			for i := range lines {
				split := bytes.SplitAfter([]byte(log), []byte("\n"))
				changed := string(bytes.Join(tamper.do(split[:lines:lines], i), nil))
				if changed == log {
					continue
				}
				want := tamper.shows(i, lines)
				checkVerify(t, tamper.how, i, want, changed)
				if !reviewer || i != lines/2 {
					continue // the loop takes its time
				}
				out, err := runLoop(t, loop, changed)
				if said := fmt.Sprintf("line %d is wrong\n", want); (want > 0) != (err != nil) || want > 0 && out != said {
					t.Errorf("line %d: the loop says %q, %v; want line %d", i+1, out, err, want)
				}
			}
		})
	}
}

// checkVerify holds muster verify against a changed log. It knows more than the loop:
// half a line at the end leaves what is before it good, no line is no log, and what a newer
// muster writes is another matter than damage.
func checkVerify(t *testing.T, how string, i, want int, log string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	if err := os.WriteFile(path, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("muster", "verify", path).CombinedOutput()
	bad := "BROKEN at line "
	switch {
	case log == "":
		if err == nil || !strings.Contains(string(out), "this is no muster log: the file is empty") {
			t.Errorf("an empty file: muster verify says %v\n%s", err, out)
		}
		return
	case how == "date" && want == 0: // its hash is held by nothing yet, its time by the line before
		if err == nil || !strings.Contains(string(out), "integrity     GOOD") || !strings.Contains(string(out), "consistency   BROKEN: 1 contradiction") {
			t.Errorf("line %d: muster verify says %v\n%s", i+1, err, out)
		}
		return
	case how == "newer":
		bad, want = "UNKNOWN from line ", i+1
	case how == "tear" && i > 0:
		if said := fmt.Sprintf("integrity     GOOD up to entry %d, and", i); err == nil || !strings.Contains(string(out), said) {
			t.Errorf("half a line %d: muster verify says %v\n%s", i+1, err, out)
		}
		return
	case how == "tear":
		want = 1
	}
	if want == 0 && (err != nil || !strings.Contains(string(out), "integrity     GOOD")) ||
		want > 0 && (err == nil || !strings.Contains(string(out), fmt.Sprintf("%s%d", bad, want))) {
		t.Errorf("line %d: muster verify says %v\n%swant line %d", i+1, err, out, want)
	}
}
