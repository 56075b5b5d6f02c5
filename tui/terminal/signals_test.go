//go:build unix

package terminal

import (
	"os"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
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
	stop := (&tty{uv.NewConsole(in, out, nil)}).watch(func() { told <- "resized" }, func() { told <- "gone" })
	defer stop()
	for signal, want := range map[syscall.Signal]string{syscall.SIGWINCH: "resized", syscall.SIGHUP: "gone"} {
		if err := syscall.Kill(os.Getpid(), signal); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-told:
			if got != want {
				t.Errorf("%v: it is told %s", signal, got)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%v: nothing is told", signal)
		}
	}
	var none *tty
	if err := none.raw(); err != nil {
		t.Error(err)
	}
	none.cooked()
	none.watch(nil, nil)()
}
