package proof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"muster/state/statetest"
)

// A scene is one incident in a state directory, and what everybody was told who
// recorded in it.
type scene struct {
	*testing.T
	row *row
	dir string // the state directory
	id  string
	ledger
	kills atomic.Int64 // colleagues that were killed
}

// begin starts an incident below dir, with the real muster.
func begin(t *testing.T, r *row, dir string) *scene {
	t.Helper()
	s := &scene{T: t, row: r, dir: dir}
	said := s.muster("start", "ransomware", "--no-open")
	if said.code != 0 {
		t.Fatalf("no incident was started: %+v", said)
	}
	s.id = strings.TrimSpace(said.out)
	return s
}

// end checks the scene by all that its log has, and adds it to the row.
func (s *scene) end() {
	s.Helper()
	s.verify()
	notes, err := notesIn(s.path())
	if err != nil {
		s.Fatal(err)
	}
	s.row.hold(s.T, &s.ledger, notes, int(s.kills.Load()))
}

// verify wants muster verify to find nothing, and nothing to be missing.
func (s *scene) verify() {
	s.Helper()
	said := s.muster("verify", s.id, "--json")
	var verdict struct{ Integrity bool }
	if err := json.Unmarshal([]byte(said.out), &verdict); err != nil || said.code != 0 || !verdict.Integrity {
		s.row.broken++
		s.Errorf("%s: muster verify says %+v", s.row.fault, said)
	}
}

func (s *scene) path() string { return statetest.LogPath(s.dir, s.id) }

// heard is what a process said and how it ended.
type heard struct {
	code     int // -1 if it was killed
	out, err string
}

// command is the real muster, or a program before it that starts it.
func (s *scene) command(before []string, args ...string) *exec.Cmd {
	words := append(append(before[:len(before):len(before)], binary(s)), args...)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Env = append(os.Environ(), "MUSTER_STATE="+s.dir, "MUSTER_AS=Ada", "MUSTER_TERMINAL=none", "MUSTER_INCIDENT="+s.id, "HOME="+s.dir, "XDG_CONFIG_HOME="+s.dir)
	cmd.Stdout, cmd.Stderr = new(bytes.Buffer), new(bytes.Buffer)
	return cmd
}

func (s *scene) muster(args ...string) heard {
	s.Helper()
	cmd := s.command(nil, args...)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	return s.wait(cmd)
}

// wait waits for a command to end.
func (s *scene) wait(cmd *exec.Cmd) heard {
	s.Helper()
	hangs := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer hangs.Stop()
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		s.Fatal(err)
	}
	return heard{cmd.ProcessState.ExitCode(), cmd.Stdout.(*bytes.Buffer).String(), cmd.Stderr.(*bytes.Buffer).String()}
}

// note records a note with the real muster, and enters what was said of it.
func (s *scene) note(text string) heard { return s.noteBy(nil, text) }

// noteBy is note with a program that starts muster.
func (s *scene) noteBy(before []string, text string) heard {
	s.Helper()
	cmd := s.command(before, "note", text)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	return s.entered(text, s.wait(cmd))
}

// entered enters what muster said of a note.
func (s *scene) entered(text string, said heard) heard {
	s.enter(text, said.claim())
	return said
}

// claim is what a person must take from what muster note said.
func (h heard) claim() claim {
	switch {
	case strings.HasSuffix(h.out, "\n"), h.code == 0:
		return saved
	case h.code < 0:
		return silent
	case strings.Contains(h.err, "is not in the log"), strings.Contains(h.err, "othing was recorded"), strings.Contains(h.err, "othing was written"):
		return refused
	case strings.Contains(h.err, "NOT SAVED"):
		return unsaved
	}
	return mute
}

// A colleague is another process that records, and goes on recording.
type colleague struct {
	s   *scene
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// colleague starts one, perhaps by a program that starts it.
func (s *scene) colleague(before ...string) *colleague {
	s.Helper()
	words := append(before[:len(before):len(before)], os.Args[0])
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Env = append(os.Environ(), "MUSTER_PROOF_STATE="+s.dir, "MUSTER_PROOF_INCIDENT="+s.id)
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		s.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return &colleague{s, cmd, in, bufio.NewScanner(out)}
}

// say tells it what to do.
func (c *colleague) say(format string, args ...any) { fmt.Fprintf(c.in, format+"\n", args...) }

// hear waits for what it says next, and enters it; false once it has ended.
func (c *colleague) hear() (verb, rest string, ok bool) {
	if !c.out.Scan() {
		return "", "", false
	}
	verb, rest, _ = strings.Cut(c.out.Text(), " ")
	text, _, _ := strings.Cut(rest, ": ")
	switch verb {
	case "saved":
		c.s.enter(rest, saved)
	case "unsaved":
		c.s.enter(text, unsaved)
	case "refused":
		c.s.enter(text, refused)
	}
	return verb, rest, true
}

// ask says something and wants this answer.
func (c *colleague) ask(want, format string, args ...any) {
	c.s.Helper()
	c.say(format, args...)
	if verb, rest, ok := c.hear(); !ok || verb != want {
		c.s.Fatalf("%s: asked to "+format+", a colleague says %q", append(append([]any{c.s.row.fault}, args...), verb+" "+rest)...)
	}
}

// kill kills it, and hears what it had said before that.
func (c *colleague) kill() {
	c.s.kills.Add(1)
	_ = c.cmd.Process.Kill()
	for ok := true; ok; {
		_, _, ok = c.hear()
	}
	_ = c.cmd.Wait()
}

func (c *colleague) signal(sig syscall.Signal) { _ = c.cmd.Process.Signal(sig) }

// instant lets a random time pass, of at most so long.
func instant(roll *rand.Rand, most time.Duration) {
	time.Sleep(time.Duration(roll.Int64N(int64(most))))
}
