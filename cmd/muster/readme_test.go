package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReviewersLoop runs the loop that SECURITY.md gives reviewers, as it stands
// there, on a log that muster wrote and on copies that somebody changed.
func TestReviewersLoop(t *testing.T) {
	for _, tool := range []string{"sh", "jq", "sha256sum", "cut"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s", tool)
		}
	}
	loop := reviewersLoop(t)
	log, head := writeLog(t)
	out, err := runLoop(t, loop, log)
	if want := fmt.Sprintf("5 entries, head %s\n", head); err != nil || out != want {
		t.Fatalf("on a good log the loop says %q, %v; want %q", out, err, want)
	}
	for _, c := range []struct {
		name string
		line int // that the loop names
		edit func(lines []string) []string
	}{
		{"a word of a note", 3, replaceIn(3, "clean", "cleaN")},
		{"who wrote it", 3, replaceIn(3, `"by":"Ada"`, `"by":"Eve"`)},
		{"when it was written", 4, replaceIn(3, `"recorded":"2`, `"recorded":"1`)},
		{"the mode", 2, replaceIn(2, `"mode":"live"`, `"mode":"drill"`)},
		{"a space", 3, replaceIn(3, `"d":{`, `"d": {`)},
		{"a key twice", 3, replaceIn(3, `"text":"`, `"text":"x","text":"`)},
		{"a letter as an escape", 3, replaceIn(3, `clean`, `cl\u0065an`)},
		{"something behind the content", 3, func(l []string) []string { l[2] = l[2][:len(l[2])-1] + `,"x":1}`; return l }},
		{"a line left out", 2, func(l []string) []string { return append(l[:1], l[2:]...) }},
		{"a line twice", 4, func(l []string) []string { return append(append([]string{}, l[:3]...), l[2:]...) }},
		{"two lines that changed places", 2, func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }},
		{"half a line", 5, func(l []string) []string { l[4] = l[4][:len(l[4])/2]; return l }},
		{"an empty line", 3, func(l []string) []string { l[2] = ""; return l }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			loopFinds(t, loop, log, c.line, c.edit)
		})
	}
}

// TestReviewersLoopOnCopies runs the loop on copies from which something was withheld,
// as SECURITY.md says how: it says the same head, and finds what was forged.
func TestReviewersLoopOnCopies(t *testing.T) {
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("no jq")
	}
	loop := reviewersLoop(t)
	log, head := writeLog(t)
	for _, parts := range []string{"names", "notes", "evidence", "runbook", "names,notes,evidence,runbook", "all"} {
		out, err := runLoop(t, loop, withheld(t, log, parts))
		if want := fmt.Sprintf("5 entries, head %s\n", head); err != nil || out != want {
			t.Errorf("without %s the loop says %q, %v; want %q", parts, out, err, want)
		}
	}
	copied := withheld(t, log, "names,notes")
	names := regexp.MustCompile(`"names":(\{"salt":.*?\}),"notes":(\{.*\})\}\}$`).FindStringSubmatch(strings.Split(log, "\n")[2])
	if names == nil || !strings.Contains(copied, `"p":{"names":null,"notes":null}}`+"\n") {
		t.Fatalf("the log and its copy are not as expected:\n%s%s", log, copied)
	}
	for name, p := range map[string]string{
		"never there":       `"p":{"names":null}}`,
		"neither there":     `"p":{}}`,
		"no parts":          `"p":null}`,
		"only the facts":    `"q":null}`,
		"the wrong one":     `"p":{"names":null,"evidence":null}}`,
		"one more":          `"p":{"names":null,"notes":null,"evidence":null}}`,
		"one twice":         `"p":{"names":null,"names":null,"notes":null}}`,
		"in another order":  `"p":{"notes":null,"names":null}}`,
		"each other's":      `"p":{"names":` + names[2] + `,"notes":` + names[1] + `}}`,
		"somebody else":     `"p":{"names":` + strings.Replace(names[1], "Ada", "Eve", 1) + `,"notes":null}}`,
		"another salt":      `"p":{"names":` + strings.Replace(names[1], `"salt":"`, `"salt":"A`, 1) + `,"notes":null}}`,
		"an empty part":     `"p":{"names":{},"notes":null}}`,
		"the hash for it":   `"p":{"names":"` + names[1][9:31] + `","notes":null}}`,
		"no comma":          `"p":{"names":null"notes":null}}`,
		"a comma last":      `"p":{"names":null,"notes":null,}}`,
		"white space":       `"p":{"names":null, "notes":null}}`,
		"false":             `"p":{"names":false,"notes":null}}`,
		"more behind":       `"p":{"names":null,"notes":null},"q":1}`,
		"facts as withheld": `"p":{"names":null,"notes":null}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			loopFinds(t, loop, copied, 3, func(lines []string) []string {
				lines = replaceIn(3, `"p":{"names":null,"notes":null}}`, p)(lines)
				if name == "facts as withheld" {
					d := strings.Index(lines[2], `,"d":`)
					lines[2] = lines[2][:d] + `,"d":null,` + p
				}
				return lines
			})
		})
	}
}

// withheld is a copy of a log that the real program made.
func withheld(t *testing.T, log, parts string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	if err := os.WriteFile(path, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(context.Background(), "muster", "export", path, "--format", "jsonl", "--withhold", parts).Output()
	if err != nil {
		t.Fatalf("withholding %s: %v", parts, err)
	}
	return string(out)
}

// loopFinds wants the loop to name the line once a log's lines were changed.
func loopFinds(t *testing.T, loop, log string, line int, edit func([]string) []string) {
	t.Helper()
	lines := edit(strings.Split(strings.TrimSuffix(log, "\n"), "\n"))
	out, err := runLoop(t, loop, strings.Join(lines, "\n")+"\n")
	if want := fmt.Sprintf("line %d is wrong\n", line); err == nil || out != want {
		t.Errorf("the loop says %q, %v; want %q", out, err, want)
	}
}

// replaceIn changes line n, which must hold old.
func replaceIn(n int, old, text string) func([]string) []string {
	return func(lines []string) []string {
		if !strings.Contains(lines[n-1], old) {
			panic(fmt.Sprintf("line %d has no %s: %s", n, old, lines[n-1]))
		}
		lines[n-1] = strings.Replace(lines[n-1], old, text, 1)
		return lines
	}
}

// reviewersLoop is the fenced block of SECURITY.md that verifies a log without muster.
func reviewersLoop(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "```sh\n# verify without muster\n")
	block, _, closed := strings.Cut(rest, "\n```")
	if !ok || !closed {
		t.Fatal("SECURITY.md has no loop that verifies without muster")
	}
	return block
}

// writeLog makes a log of five entries by the real program, and returns it with the
// head that muster head says.
func writeLog(t *testing.T) (log, head string) {
	t.Helper()
	dir := t.TempDir()
	muster := func(args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(context.Background(), "muster", args...)
		cmd.Env = append(os.Environ(), "MUSTER_STATE="+dir, "MUSTER_AS=Ada", "MUSTER_TERMINAL=none", "MUSTER_INCIDENT=", "HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("muster %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	muster("start", "website-defacement-or-outage")
	muster("note", "the backups are clean")
	muster("note", "\"quoted\" \\ back \u2028 sep \u007f del é 𝄞 <b>&amp;")
	muster("step", "start", "1.1")
	_, head, _ = strings.Cut(muster("head"), "\n")
	return muster("export", "--format", "jsonl"), strings.TrimSpace(head)
}

func runLoop(t *testing.T, loop, log string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "log.jsonl"), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.Background(), "sh", "-c", loop)
	cmd.Dir = dir
	out, err := cmd.Output()
	return string(out), err
}
