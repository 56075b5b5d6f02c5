package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The README's blocks of commands and files are run as they stand there.

// block is the README's fenced block of a language that holds a text.
func block(t *testing.T, language, text string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```\n").FindAllStringSubmatch(string(data), -1) {
		if strings.Contains(m[1], text) {
			return m[1]
		}
	}
	t.Fatalf("the README has no %s block with %q", language, text)
	return ""
}

// A shell runs scripts in a folder and a home of its own, with muster on its path.
type shell struct{ dir, home string }

func newShell(t *testing.T) *shell {
	t.Helper()
	return &shell{t.TempDir(), t.TempDir()}
}

// run runs a script under sh; ok reports whether it ended with 0.
func (s *shell) run(t *testing.T, script string) (out string, ok bool) {
	t.Helper()
	cmd := exec.Command("sh")
	cmd.Stdin = strings.NewReader(script)
	cmd.Dir = s.dir
	cmd.Env = []string{"HOME=" + s.home, "PATH=" + os.Getenv("PATH"), "MUSTER_AS=ada", "MUSTER_TERMINAL=none"}
	text, err := cmd.CombinedOutput()
	return string(text), err == nil
}

// must runs a script that has to work.
func (s *shell) must(t *testing.T, script string) string {
	t.Helper()
	out, ok := s.run(t, script)
	if !ok {
		t.Fatalf("%s\n%s", script, out)
	}
	return out
}

func (s *shell) write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestReadmeCommands runs the README's commands, in order. Who follows a log is told
// to stop once it has said something.
func TestReadmeCommands(t *testing.T) {
	s := newShell(t)
	s.write(t, "ransom-note.txt", []byte("Your files are encrypted.\n"))
	script := strings.Replace(block(t, "sh", "muster step start"), "muster log --follow\n",
		"muster log --follow > followed &\nuntil grep -q note followed; do :; done\nkill -TERM $!\nwait $!\n", 1)
	out := s.must(t, "set -ex\n"+script)
	for _, want := range []string{"done 1.1", "skipped 1.6", "evidence", "retracted entry", "closed", "integrity     GOOD"} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q in\n%s", want, out)
		}
	}
}

// TestReadmeStatements runs the commands about services and statements as they are
// pasted, in an incident that has just begun.
func TestReadmeStatements(t *testing.T) {
	s := newShell(t)
	out := s.must(t, "set -ex\nmuster start ransomware --no-open\n"+block(t, "sh", "muster notice draft holding"))
	for _, want := range []string{"service E-mail is affected", "approved Holding statement", "sent Holding statement", "gdpr-33", "reached", "SITUATION REPORT"} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q in\n%s", want, out)
		}
	}
}

func TestReadmeTools(t *testing.T) {
	s := newShell(t)
	out := s.must(t, "set -e\nid=$(muster start ransomware --no-open)\nmuster note first\n"+block(t, "sh", "--format timesketch")+"cat due.ics incident.*")
	for _, want := range []string{"BEGIN:VCALENDAR", `"timestamp_desc"`, "event_tz"} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q in\n%s", want, out)
		}
	}
}

func TestReadmeRunbooks(t *testing.T) {
	s := newShell(t)
	out := s.must(t, "set -e\n"+block(t, "sh", "muster runbook print"))
	if !strings.Contains(out, "good") {
		t.Errorf("lint says %s", out)
	}
	if list := s.must(t, "muster runbook list"); !regexp.MustCompile(`ransomware .*yours, not built in`).MatchString(list) {
		t.Errorf("the list does not say whose runbook is used:\n%s", list)
	}
	s.write(t, "printer.toml", []byte(block(t, "toml", "Printer on fire")))
	s.must(t, "muster runbook lint printer.toml && muster start printer.toml && muster step done 1.1")
}

func TestReadmeConfig(t *testing.T) {
	s := newShell(t)
	s.write(t, "config.toml", []byte(block(t, "toml", "[keys]")))
	out := s.must(t, "muster --config config.toml list && muster --config config.toml keys")
	if !regexp.MustCompile(`(?m)^step.skip +f8 +Skip`).MatchString(out) {
		t.Errorf("the keys of the configuration are not used:\n%s", out)
	}
}

// TestReadmeNamesCommands: each command that the README names is one.
func TestReadmeNamesCommands(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	root := newRoot(newEnv())
	found := regexp.MustCompile("(?m)(?:^|[`(&$] ?)muster ([a-z]+)").FindAllStringSubmatch(string(data), -1)
	if len(found) < 10 {
		t.Fatalf("only %d commands were found", len(found))
	}
	for _, m := range found {
		if m[1] == "man" || m[1] == "help" || m[1] == "completion" {
			continue // cobra's own and the manual page, made when they are run
		}
		if cmd, _, err := root.Find(m[1:]); err != nil || cmd == root {
			t.Errorf("the README names muster %s, which there is not", m[1])
		}
	}
}
