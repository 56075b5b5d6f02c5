package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What stands first in the README must work on a machine that has nothing.

// TestReadmeSession runs the README's session, and sees what is printed there.
func TestReadmeSession(t *testing.T) {
	s := newShell(t)
	type step struct{ command, output string }
	var steps []step
	for line := range strings.Lines(block(t, "console", "$ muster start")) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			steps = append(steps, step{command: command})
		} else {
			steps[len(steps)-1].output += line
		}
	}
	if len(steps) < 5 {
		t.Fatalf("the session has %d commands", len(steps))
	}
	printed := map[string]string{} // what stands in the README for what this run made
	for _, step := range steps {
		command := step.command
		for readme, real := range printed {
			command = strings.ReplaceAll(command, readme, real)
		}
		out := s.must(t, "unset MUSTER_AS; export MUSTER_TERMINAL=desk\n"+command)
		if got, want := plainly(strings.ReplaceAll(out, s.home, "/home/ada")), plainly(step.output); got != want {
			t.Errorf("%sprints\n%sand the README says\n%s", step.command, got, want)
		}
		if readme, real := headCode.FindString(step.output), headCode.FindString(out); readme != "" {
			printed[readme] = real
		}
	}
	if len(printed) == 0 {
		t.Error("no head was read out")
	}
}

var headCode = regexp.MustCompile(`\b[0-9A-HJ-NP-TV-Z]{4}(-[0-9A-HJ-NP-TV-Z]{4}){3}\b`)

// plainly is what was printed, without what differs from run to run.
func plainly(out string) string {
	out = headCode.ReplaceAllString(out, "CODE")
	out = regexp.MustCompile(`\b[0-9a-f]{64}\b`).ReplaceAllString(out, "HASH")
	out = regexp.MustCompile(`\b\d{4}-\d\d-\d\d-[a-z]+-[a-z]+\b`).ReplaceAllString(out, "INCIDENT")
	return regexp.MustCompile(`\b(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\b`).ReplaceAllString(out, "TIME")
}

// TestInstallAsReadmeSays pastes the README's installation into the shell of somebody
// whose home is empty: the program lands where it says, and is found.
func TestInstallAsReadmeSays(t *testing.T) {
	if testing.Short() {
		t.Skip("links the program")
	}
	s := newShell(t)
	s.dir = filepath.Join("..", "..")
	script := block(t, "sh", "go install")
	const last = "muster start ransomware --drill\n" // opens a screen
	if !strings.HasSuffix(script, last) {
		t.Fatalf("the installation ends with %q", script)
	}
	script = strings.TrimSuffix(script, last) + "command -v muster\nmuster version\n" + strings.TrimSuffix(last, "\n") + " --no-open\n"
	// What was built and fetched before is used again; all else is new.
	var keep strings.Builder
	for _, name := range []string{"GOMODCACHE", "GOCACHE", "GOPROXY", "GOFLAGS", "GOTOOLCHAIN"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		keep.WriteString("export " + name + "='" + strings.TrimSpace(string(value)) + "'\n")
	}
	// The tests' own muster must not be what is found.
	out := s.must(t, "set -e\n"+keep.String()+`PATH="$(dirname "$(command -v go)"):/usr/bin:/bin"`+"\n"+script)
	if want := filepath.Join(s.home, "go", "bin", "muster") + "\nmuster " + release; !strings.Contains(out, want) {
		t.Errorf("nothing says %q in\n%s", want, out)
	}
	program, err := os.ReadFile(filepath.Join(s.home, "go", "bin", "muster"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(program), "ld-linux") {
		t.Error("the program is not static")
	}
}
