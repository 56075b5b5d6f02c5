package tui_test

import (
	"context"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"muster/runbooks"
	"muster/tui"
	"muster/tui/tuitest"
)

// A bomb is a desk whose clock, or whose library, panics when it is set to.
type bomb struct {
	*tuitest.Desk
	within atomic.Value // a string: the function in which the clock panics
	books  atomic.Bool  // the library does
}

func (b *bomb) Now() time.Time {
	if within, ok := b.within.Load().(string); ok && strings.Contains(string(debug.Stack()), within) {
		panic("BOOM")
	}
	return b.Desk.Now()
}

func (b *bomb) Runbook(ctx context.Context, id string) (*runbooks.Source, error) {
	if b.books.Load() {
		panic("BOOM")
	}
	return b.Desk.Runbook(ctx, id)
}

func (b *bomb) Runbooks(ctx context.Context) ([]runbooks.Head, error) {
	if b.books.Load() {
		panic("BOOM")
	}
	return b.Desk.Runbooks(ctx)
}

// TestTerminalIsGivenBack: however the screens end, nothing is left of them on the
// terminal, and what a panic said is told when they are gone.
func TestTerminalIsGivenBack(t *testing.T) {
	typing := []string{"enter", "ctrl+s", "n"} // in a run screen, with a text cursor
	for name, c := range map[string]struct {
		keys  []string
		end   func(*tuitest.Terminal, *bomb)
		panic bool
	}{
		"ended":            {typing, func(term *tuitest.Terminal, _ *bomb) { term.Press("ctrl+c") }, false},
		"ended at home":    {nil, func(term *tuitest.Terminal, _ *bomb) { term.Press("ctrl+c") }, false},
		"killed":           {typing, func(term *tuitest.Terminal, _ *bomb) { term.Kill() }, false},
		"interrupted":      {typing, func(term *tuitest.Terminal, _ *bomb) { term.Send(tea.InterruptMsg{}) }, false},
		"panic in Update":  {typing, func(_ *tuitest.Terminal, b *bomb) { b.within.Store("(*App).Update") }, true},
		"panic in View":    {typing, func(_ *tuitest.Terminal, b *bomb) { b.within.Store("(*App).View") }, true},
		"panic in command": {nil, func(term *tuitest.Terminal, b *bomb) { b.books.Store(true); term.Press("enter") }, true},
		"panic in one of several commands": {typing[:2], func(term *tuitest.Terminal, b *bomb) {
			b.books.Store(true)
			term.Press("esc", "q", "right", "enter")
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &bomb{Desk: newDesk(t)}
				app, err := tui.NewHome(t.Context(), b, tui.Options{Person: "Ada", Now: b.Now})
				term := seen(t, app, err)
				term.Press(c.keys...)
				if len(term.Left()) < 6 {
					t.Fatalf("all that is turned on is %q", term.Left())
				}
				c.end(term, b)
				term.Wait(2 * time.Second)
				if left := term.Left(); !term.Ended() || len(left) > 0 {
					t.Errorf("ended: %v, what is left is %q", term.Ended(), left)
				}
				said := term.Err != nil && strings.Contains(term.Err.Error(), "BOOM") && strings.Contains(term.Err.Error(), "paint_test.go")
				if said != c.panic {
					t.Errorf("it ended with %v", term.Err)
				}
			})
		})
	}
}

// TestCrashTellsWhatWasTyped: what was being typed, what was typed and left, and what
// could not be saved survive a crash of the screens.
func TestCrashTellsWhatWasTyped(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		text string
		want []string
	}{
		"a note":                {[]string{"enter", "ctrl+s", "n"}, "half a thought", []string{"TYPED AND NOT SAVED", "Note, Text: half a thought"}},
		"a note that was left":  {[]string{"enter", "ctrl+s", "n"}, "half a thought\x1b", []string{"TYPED AND NOT SAVED", "Note: half a thought"}},
		"a note not saved":      {[]string{"enter", "ctrl+s", "n"}, "precious\r", []string{"NOT SAVED, enter it again", "precious"}},
		"why a step is skipped": {[]string{"enter", "ctrl+s", "s"}, "no such host", []string{"no such host"}},
		"the form that starts":  {[]string{"enter", "tab", "tab"}, " at noon", []string{"Title: ", " at noon"}},
		"nothing":               {[]string{"enter", "ctrl+s"}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &bomb{Desk: newDesk(t)}
				app, err := tui.NewHome(t.Context(), b, tui.Options{Person: "Ada", Now: b.Now})
				term := seen(t, app, err)
				term.Press(c.keys...)
				b.FailSaves(1)
				for _, r := range c.text {
					term.Feed([]byte(string(r)))
					term.Settle()
				}
				b.within.Store("(*App).Update")
				term.Press("f1")
				term.Wait(4 * time.Second)
				if term.Err == nil || !strings.Contains(term.Err.Error(), "BOOM") {
					t.Fatalf("it ended with %v", term.Err)
				}
				for _, want := range c.want {
					if !strings.Contains(term.Err.Error(), want) {
						t.Errorf("%q is not in %v", want, term.Err)
					}
				}
				if c.want == nil && strings.Contains(term.Err.Error(), "NOT SAVED") {
					t.Errorf("there was nothing: %v", term.Err)
				}
			})
		})
	}
}

// runScreen is an incident that has begun, at 80×24.
func runScreen(t *testing.T, opts tui.Options) *tuitest.Terminal {
	t.Helper()
	desk := newDesk(t)
	opts.Person, opts.Now = "Ada", desk.Now
	app, err := tui.NewHome(t.Context(), desk, opts)
	term := seen(t, app, err)
	term.Press("enter", "ctrl+s")
	tuitest.Wants(t, term, "saved 1")
	return term
}

// TestAtOnce: what a key changes is written before any time has passed, and so is
// what is copied.
func TestAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := runScreen(t, tui.Options{})
		for range 20 { // to a step that has a command
			term.Wait(10 * time.Millisecond)
			before := time.Now()
			was, _ := term.Written()
			term.Strike("j")
			is, _ := term.Written()
			if is == was || time.Since(before) != 0 {
				t.Fatalf("%d bytes after %v", is-was, time.Since(before))
			}
			term.Strike("c")
			if term.Clipboard() != "" {
				return
			}
		}
		t.Error("nothing was copied")
	})
}

// TestFirstFrameIsWhole: no empty list flashes up before the one that is read in a
// moment, and the background was asked for by then.
func TestFirstFrameIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newDesk(t)
		app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now})
		term := seen(t, app, err)
		_, writes := term.Written()
		if writes != 2 || !strings.HasPrefix(term.Raw(), ansi.RequestBackgroundColor) || !strings.Contains(term.Screen(), "1 runbook") {
			t.Errorf("%d writes, the first of %.30q\n%s", writes, term.Raw(), term.Screen())
		}
	})
}

// A slowDesk needs a second to list its runbooks.
type slowDesk struct{ *tuitest.Desk }

func (d slowDesk) Runbooks(ctx context.Context) ([]runbooks.Head, error) {
	time.Sleep(time.Second)
	return d.Desk.Runbooks(ctx)
}

// TestFirstFrameComes: what takes longer is not waited for.
func TestFirstFrameComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := slowDesk{newDesk(t)}
		app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now})
		term := seen(t, app, err)
		tuitest.Wants(t, term, "reading…")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "1 runbook")
	})
}

// TestBurst: what comes faster than it can be seen is drawn together, and the last
// of it is drawn.
func TestBurst(t *testing.T) {
	for name, c := range map[string]struct {
		opts tui.Options
		most int // writes
	}{"here": {tui.Options{}, 52}, "over SSH": {tui.Options{SSH: true}, 9}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				term := runScreen(t, c.opts)
				term.Press("n")
				_, before := term.Written()
				for range 200 { // one a millisecond
					term.Strike("x")
					time.Sleep(time.Millisecond)
				}
				term.Strike("!")
				term.Wait(100 * time.Millisecond)
				if _, after := term.Written(); after-before > c.most || after-before < c.most/2 {
					t.Errorf("%d writes", after-before)
				}
				tuitest.Wants(t, term, "xxx!")
			})
		})
	}
}

// TestRepaint: what else was written over the screens is gone after a resize, and after
// ctrl+l, wherever one is.
func TestRepaint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := runScreen(t, tui.Options{NoMouse: true})
		term.Wait(time.Until(time.Now().Truncate(time.Second).Add(time.Second))) // no clock in between
		want := term.Styled()
		term.Scribble("\x1b[10;5Hwall: the machine goes down")
		if term.Styled() == want {
			t.Fatal("nothing was scribbled")
		}
		term.Resize(term.W, term.H)
		if got := term.Styled(); got != want {
			t.Errorf("the screen is\n%s", term.Screen())
		}
		for _, keys := range []string{"", ":", "?"} {
			term.Act(keys)
			want := term.Styled()
			term.Scribble("\x1b[10;5Hwall: the machine goes down")
			term.Press("ctrl+l")
			if got := term.Styled(); got != want {
				t.Errorf("after %q and ctrl+l the screen is\n%s", keys, term.Screen())
			}
			term.Press("esc")
		}
	})
}

// A guest is an editor that finds the terminal, and leaves it in a mess.
type guest struct {
	term  **tuitest.Terminal
	found *[]string
}

func (g guest) Run() error {
	*g.found = (*g.term).Left()
	(*g.term).Scribble("\x1b[2J\x1b[HEDITOR\x1b[5;5H\x1b[7m")
	return nil
}
func (guest) SetStdin(io.Reader)  {}
func (guest) SetStdout(io.Writer) {}
func (guest) SetStderr(io.Writer) {}

// TestEditorHasTheTerminal: the person's own editor finds the terminal as a shell
// leaves it; then everything is turned on and drawn again.
func TestEditorHasTheTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var term *tuitest.Terminal
		found := []string{"not run"}
		book, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		editor := func(string) (tea.ExecCommand, func() (string, error), error) {
			return guest{&term, &found}, func() (string, error) { return "Written elsewhere.", nil }, nil
		}
		term, _ = tuitest.Begin(t, book, &tuitest.World{}, editor)
		term.Act("3 j")
		on := term.Left()
		term.Act("E")
		term.Wait(time.Second)
		if len(found) > 0 {
			t.Errorf("the editor found %q", found)
		}
		tuitest.Wants(t, term, "Written elsewhere.", "amber-heron")
		if strings.Contains(term.Screen(), "EDITOR") {
			t.Errorf("the editor's screen is left:\n%s", term.Screen())
		}
		term.Act("esc") // without the text cursor
		if now := term.Left(); !slices.Equal(now, on) {
			t.Errorf("%q is on, not %q", now, on)
		}
	})
}

// TestModes: a terminal that can is sent every frame in brackets, and measures as
// the screens do.
func TestModes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := runScreen(t, tui.Options{})
		term.Send(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
		term.Send(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
		before := len(term.Raw())
		term.Strike("j")
		frame := term.Raw()[before:]
		if !strings.HasPrefix(frame, ansi.SetModeSynchronizedOutput) || !strings.HasSuffix(frame, ansi.ResetModeSynchronizedOutput) {
			t.Errorf("the frame is %q", frame)
		}
		if !slices.Contains(term.Left(), "mode 2027 is true") {
			t.Errorf("what is on is %q", term.Left())
		}
		term.Press("ctrl+c")
		if left := term.Left(); len(left) > 0 {
			t.Errorf("what is left is %q", left)
		}
	})
}

// TestSuspendElsewhere: whoever is on somebody else's line cannot stop the process.
func TestSuspendElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := runScreen(t, tui.Options{})
		term.Press("ctrl+z")
		tuitest.Wants(t, term, "There is no shell to suspend to.")
	})
}

// TestMouseOff: what the terminal is told about the mouse follows the key.
func TestMouseOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term := runScreen(t, tui.Options{})
		for _, on := range []bool{false, true} {
			term.Press("m")
			if slices.Contains(term.Left(), "mode 1002 is true") != on {
				t.Errorf("what is on is %q", term.Left())
			}
		}
	})
}
