//go:build unix

package terminal

import (
	"bufio"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// TestSignals: a new size and a terminal that goes away are told; on a line to another one
// neither is this program's business.
func TestSignals(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer out.Close()
	told := make(chan string, 8)
	stop := (&tty{uv.NewConsole(in, out, nil)}).watch(func() { told <- "resized" }, func() { told <- "continued" }, func() { told <- "gone" }, nil)
	defer stop()
	for signal, want := range map[syscall.Signal]string{syscall.SIGWINCH: "resized", syscall.SIGHUP: "gone", syscall.SIGCONT: "continued"} {
		if err := syscall.Kill(os.Getpid(), signal); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-told:
			if got != want {
				t.Errorf("%v: it is told %s", signal, got)
			}
		case <-time.After(time.Minute):
			t.Errorf("%v: nothing is told", signal)
		}
	}
	var none *tty
	if err := none.raw(); err != nil {
		t.Error(err)
	}
	none.cooked()
	none.watch(nil, nil, nil, nil)()
}

// TestFatalSignals: a program that hangs and is asked where ends as it does, but on a terminal
// that can be used.
func TestFatalSignals(t *testing.T) {
	if os.Getenv("MUSTER_HANGS") != "" {
		c := newCanvas("TERM_PROGRAM=ghostty")
		c.drawn(picture{content: "x", bar: tea.ProgressBar{State: tea.ProgressBarError, Value: 100}})
		defer (&tty{uv.NewConsole(os.Stdin, os.Stdout, nil)}).watch(func() {}, func() {}, func() {}, c.off)()
		_, _ = os.Stdout.WriteString("it hangs\n")
		_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
		return
	}
	for _, signal := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGSEGV, syscall.SIGBUS} {
		in, hold, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		said, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		child, err := os.StartProcess(os.Args[0], []string{os.Args[0], "-test.run=^TestFatalSignals$"},
			&os.ProcAttr{Env: append(os.Environ(), "MUSTER_HANGS=1"), Files: []*os.File{in, out, nil}})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = in.Close(), out.Close()
		lines := bufio.NewReader(said)
		if line, err := lines.ReadString('\n'); line != "it hangs\n" {
			t.Fatalf("it says %q, %v", line, err)
		}
		if err := child.Signal(signal); err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(lines)
		how, err := child.Wait()
		if err != nil || how.Success() || !strings.Contains(string(rest), ansi.ResetProgressBar+allOff) {
			t.Errorf("%v: it ended with %v, %v, and wrote %q", signal, how, err, rest)
		}
		_, _ = hold.Close(), said.Close()
	}
}
