//go:build unix

package filelog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// TestMain lets the test binary be the other process: with MUSTER_APPEND=DIR it
// appends notes until it is killed, and prints each that was acknowledged; with
// MUSTER_HOLD=FILE it holds the lock on a file.
func TestMain(m *testing.M) {
	switch dir, file := os.Getenv("MUSTER_APPEND"), os.Getenv("MUSTER_HOLD"); {
	case dir != "":
		appendForever(dir, os.Getenv("MUSTER_NAME"))
	case file != "":
		hold(file)
	}
	os.Exit(m.Run())
}

func appendForever(dir, name string) {
	l, err := Open(dir).Open(ctx, id, false)
	for n := 1; err == nil; n++ {
		text := fmt.Sprintf("%s-%d %s", name, n, strings.Repeat("·", n%700))
		for err = state.ErrConflict; errors.Is(err, state.ErrConflict); {
			_, _ = readNotes(l)
			err = l.Append(ctx, statetest.Note(l.Head(), text))
		}
		fmt.Println(text)
	}
	fmt.Println("error:", err)
	os.Exit(1)
}

func hold(path string) {
	file, err := os.Open(path)
	if err == nil {
		_, err = tryLock(file)
	}
	fmt.Println("held", err)
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// other starts the test binary as another process.
func (f *fixture) other(env ...string) (*exec.Cmd, *bufio.Scanner) {
	f.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.StdoutPipe()
	f.must(err)
	_, err = cmd.StdinPipe()
	f.must(err)
	f.must(cmd.Start())
	f.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	lines.Split(wholeLines)
	return cmd, lines
}

// TestKill: processes that append to one log are killed at any moment. Every note
// that one of them was told is saved is in the log, once, and each process's in
// their order.
func TestKill(t *testing.T) {
	f := newFixture(t)
	kills := 30
	if testing.Short() {
		kills = 6
	}
	var acknowledged []string
	for round := range kills {
		one, oneSaid := f.other("MUSTER_APPEND="+f.store.dir, fmt.Sprintf("MUSTER_NAME=%d-one", round))
		two, twoSaid := f.other("MUSTER_APPEND="+f.store.dir, fmt.Sprintf("MUSTER_NAME=%d-two", round))
		for range 1 + round*3%17 {
			acknowledged = f.hear(acknowledged, oneSaid)
		}
		f.must(one.Process.Kill())
		acknowledged = f.hearAll(acknowledged, oneSaid)
		acknowledged = f.hear(acknowledged, twoSaid) // it goes on without the other
		f.must(two.Process.Kill())
		acknowledged = f.hearAll(acknowledged, twoSaid)
		_, _ = one.Wait(), two.Wait()
	}
	l := f.open()
	times := make(map[string]int)
	for _, note := range f.notes(l) {
		times[note]++
	}
	for _, note := range acknowledged {
		if times[note] != 1 {
			t.Errorf("%q was acknowledged and is in the log %d times", note, times[note])
		}
	}
	t.Logf("%d kills, %d notes acknowledged, %d in the log", 2*kills, len(acknowledged), len(times))
}

func wholeLines(data []byte, _ bool) (int, []byte, error) {
	line, _, ended := bytes.Cut(data, []byte("\n"))
	if !ended {
		return 0, nil, nil
	}
	return len(line) + 1, line, nil
}

func (f *fixture) hear(notes []string, from *bufio.Scanner) []string {
	f.Helper()
	if !from.Scan() || strings.HasPrefix(from.Text(), "error") {
		f.Fatalf("the other process says %q, %v", from.Text(), from.Err())
	}
	return append(notes, from.Text())
}

// hearAll hears what a killed process had said. Its last line may be half.
func (f *fixture) hearAll(notes []string, from *bufio.Scanner) []string {
	for from.Scan() {
		notes = append(notes, from.Text())
	}
	return notes
}

// TestStoppedHolder: a process that is stopped while it has the lock keeps no other
// waiting for ever, and is named.
func TestStoppedHolder(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	l.store = f.faulty(nil)
	l.store.patience = 30 * time.Millisecond
	cmd, said := f.other("MUSTER_HOLD=" + f.log())
	if said.Scan(); said.Text() != "held <nil>" {
		t.Fatalf("the other process says %q", said.Text())
	}
	f.must(cmd.Process.Signal(syscall.SIGSTOP))
	err := l.Append(ctx, statetest.Note(l.Head(), "b"))
	f.is(err, ErrBusy)
	if errors.Is(err, state.ErrNotSaved) || l.Writable() != nil {
		t.Errorf("the log is out of use: %v, %v", err, l.Writable())
	}
	if name := fmt.Sprintf("process %d ", cmd.Process.Pid); holdersAreKnown() && !strings.Contains(err.Error(), name) {
		t.Errorf("%q does not name %s", err, name)
	}
	f.want(l, "a")
	f.must(cmd.Process.Kill())
	_ = cmd.Wait()
	f.add(l, "b")
}

func holdersAreKnown() bool {
	_, err := os.Stat("/proc/locks")
	return err == nil
}
