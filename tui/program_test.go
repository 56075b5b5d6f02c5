package tui_test

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/tui"
	"muster/tui/tuitest"
)

// play runs the screens by tui.Run, with keys as a terminal sends them, and
// returns what it drew and how it ended.
func play(t *testing.T, desk *tuitest.Desk, keys ...string) (string, error) {
	t.Helper()
	app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now, SSH: true})
	if err != nil {
		t.Fatal(err)
	}
	in, out := io.Pipe()
	var drawn strings.Builder
	go func() {
		for _, key := range keys {
			time.Sleep(200 * time.Millisecond)
			_, _ = io.WriteString(out, key)
		}
	}()
	err = tui.NewProgram(t.Context(), app, tui.Terminal{In: in, Out: &drawn, Width: 80, Height: 24,
		Environ: []string{"TERM=xterm-256color"}}).Run()
	_ = out.Close()
	time.Sleep(3 * time.Second) // fake: leaked ticks end
	return drawn.String(), err
}

func newDesk(t *testing.T) *tuitest.Desk {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada", "attack.toml")
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// TestRunEndsClean: the terminal is given back as it was.
func TestRunEndsClean(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		drawn, err := play(t, newDesk(t), "\r", "\x13", "\r", "\x03")
		if err != nil {
			t.Error(err)
		}
		for _, restored := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?1002l", "\x1b[?2004l"} {
			if !strings.Contains(drawn, restored) {
				t.Errorf("%q is not written", restored)
			}
		}
	})
}

// TestRunSaysWhatIsUnsaved: what could not be saved is said after the screen is
// gone, too.
func TestRunSaysWhatIsUnsaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newDesk(t)
		desk.FailSaves(1)
		_, err := play(t, desk, "\r", "\x13", "n", "precious", "\r", "", "", "", "\x03", "y")
		if err == nil || !strings.Contains(err.Error(), "NOT SAVED") || !strings.Contains(err.Error(), "precious") {
			t.Errorf("it ended with %v", err)
		}
	})
}

// TestRunWaitsForASave: an action that is being saved when the program is ended
// by force is not called lost if it is saved after all.
func TestRunWaitsForASave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newDesk(t)
		desk.Hold()
		go func() {
			time.Sleep(2 * time.Second)
			desk.Release()
		}()
		_, err := play(t, desk, "\r", "\x13", "\r", "\x03", "\x03")
		if err != nil {
			t.Error(err)
		}
		if n := desk.Last().Incident().Head.Seq; n != 2 {
			t.Errorf("the log has %d entries", n)
		}
	})
}
