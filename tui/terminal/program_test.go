package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// An echo is a model that shows the keys that it was told of, and does what a key is
// bound to.
type echo struct {
	mu    sync.Mutex
	said  []string
	bound map[string]tea.Cmd
	bomb  string // where it panics
}

func (e *echo) Init() tea.Cmd { return nil }

func (e *echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.bomb == "Update" {
		panic("BOOM")
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		e.said = append(e.said, tell(uv.KeyPressEvent(msg)))
		return e, e.bound[msg.String()]
	case tea.PasteMsg:
		e.said = append(e.said, tell(msg))
	case string:
		e.said = append(e.said, msg)
	}
	return e, nil
}

func (e *echo) View() tea.View {
	if e.bomb == "View" {
		panic("BOOM")
	}
	return tea.NewView("\x1b[38;2;1;2;3m" + strings.Join(e.heard(), " ") + "\x1b[m")
}

func (e *echo) heard() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.said)
}

// A stage is a program that runs on a line to somebody's terminal.
type stage struct {
	*Program
	keys io.Writer
	mu   sync.Mutex
	raw  bytes.Buffer
	err  error
	done chan struct{}
}

func (s *stage) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.Write(p)
}

func (s *stage) written() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// run starts a program inside synctest.Test, and ends it with the test.
func run(t *testing.T, ctx context.Context, e *echo, in io.Reader, opts Options) *stage {
	s := &stage{done: make(chan struct{})}
	if in == nil {
		reader, writer := io.Pipe()
		in, s.keys = reader, writer
		t.Cleanup(func() { _ = writer.Close() })
	}
	s.Program = New(ctx, e, Line{In: in, Out: s, Width: 40, Height: 5, Profile: colorprofile.TrueColor, Environ: []string{"TERM=xterm-256color"}}, opts)
	go func() {
		s.err = s.Run()
		close(s.done)
	}()
	t.Cleanup(func() {
		s.Kill()
		<-s.done
		time.Sleep(3 * time.Second) // fake: leaked ticks end
	})
	s.rest()
	return s
}

func (s *stage) rest() { time.Sleep(time.Second); synctest.Wait() }

func (s *stage) press(keys string) {
	_, _ = io.WriteString(s.keys, keys)
	s.rest()
}

// ended reports whether the program has.
func (s *stage) ended() bool {
	s.rest()
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// TestEnds: however a program ends, the terminal is given back; an end that was asked for is
// no error, and any other says why.
func TestEnds(t *testing.T) {
	boom := func() tea.Msg { panic("BOOM") }
	nap := func() tea.Msg { return nil }
	for name, test := range map[string]struct {
		end  func(s *stage, e *echo, cancel func())
		want string // "" for no error
	}{
		"quit":                  {func(s *stage, _ *echo, _ func()) { s.press("q") }, ""},
		"interrupted":           {func(s *stage, _ *echo, _ func()) { s.Send(tea.InterruptMsg{}) }, ""},
		"cancelled":             {func(_ *stage, _ *echo, cancel func()) { cancel() }, ""},
		"killed":                {func(s *stage, _ *echo, _ func()) { s.Kill() }, "killed"},
		"not to be read":        {func(s *stage, _ *echo, _ func()) { s.lost(io.ErrUnexpectedEOF) }, "the terminal cannot be read any more: unexpected EOF"},
		"a panic in Update":     {func(s *stage, e *echo, _ func()) { e.bomb = "Update"; s.press("x") }, "BOOM"},
		"a panic in View":       {func(s *stage, e *echo, _ func()) { e.bomb = "View"; s.press("x") }, "BOOM"},
		"a panic in a command":  {func(s *stage, _ *echo, _ func()) { s.press("b") }, "BOOM"},
		"a panic in one of two": {func(s *stage, _ *echo, _ func()) { s.press("2") }, "BOOM"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := &echo{bound: map[string]tea.Cmd{"q": tea.Quit, "b": boom, "2": tea.Batch(nap, boom)}}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				s := run(t, ctx, e, nil, Options{})
				if len(on(s.written())) == 0 {
					t.Fatal("nothing was taken")
				}
				test.end(s, e, cancel)
				if !s.ended() {
					t.Fatal("it goes on")
				}
				if left := on(s.written()); len(left) > 0 || hidden(s.written()) {
					t.Errorf("%q are left on", left)
				}
				var crash *Crash
				switch {
				case (s.err == nil) != (test.want == ""), s.err != nil && !strings.Contains(s.err.Error(), test.want):
					t.Errorf("it ended with %v", s.err)
				case errors.As(s.err, &crash) != (test.want == "BOOM"):
					t.Errorf("it ended with a %T", s.err)
				case crash != nil && (crash.What != "BOOM" || !strings.Contains(s.err.Error(), "program_test.go")):
					t.Errorf("it does not say where: %v", s.err)
				}
			})
		})
	}
}

// TestKeysReachTheModel: what is pressed is shown, an escape by itself after its time, and
// what is at its end is no end of the program.
func TestKeysReachTheModel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &echo{}
		s := run(t, t.Context(), e, nil, Options{})
		began := len(e.heard())
		s.press("a")
		s.press("\x1b[A")
		s.press("\x1b")
		s.press("two\rlines")
		if got := strings.Join(e.heard()[began:], " "); got != `a up esc "two\rlines"` {
			t.Errorf("the model is told %s", got)
		}
		if !strings.Contains(s.written(), "up") || !strings.Contains(s.written(), "38;2;1;2;3") {
			t.Errorf("it is drawn as %q", s.written())
		}
	})
	synctest.Test(t, func(t *testing.T) {
		e := &echo{}
		s := run(t, t.Context(), e, strings.NewReader("ab"), Options{})
		if got := strings.Join(e.heard(), " "); !strings.Contains(got, "a b") || s.ended() {
			t.Errorf("the model is told %s, ended: %v with %v", got, s.ended(), s.err)
		}
	})
}

// broken cannot be read.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, syscall.EIO }

// TestLostTerminal: a terminal that cannot be read any more ends the program.
func TestLostTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := run(t, t.Context(), &echo{}, broken{}, Options{})
		if !s.ended() || !errors.Is(s.err, syscall.EIO) {
			t.Errorf("it ended with %v", s.err)
		}
	})
}

// TestSuspend: on somebody else's line the process goes on, and the model is told; what is
// written raw reaches the terminal as it is.
func TestSuspend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &echo{bound: map[string]tea.Cmd{"z": tea.Suspend, "r": tea.Raw("\x1b]52;c;x\a")}}
		s := run(t, t.Context(), e, nil, Options{Stays: "stays"})
		s.press("z")
		s.press("r")
		if got := strings.Join(e.heard(), " "); !strings.HasSuffix(got, "z stays r") {
			t.Errorf("the model is told %s", got)
		}
		if !strings.Contains(s.written(), "\x1b]52;c;x\a") || len(on(s.written())) == 0 {
			t.Errorf("it wrote %q", s.written())
		}
	})
}

// TestAnswersAreHeard: what the terminal says it can do is used from the next picture on.
func TestAnswersAreHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := run(t, t.Context(), &echo{}, nil, Options{})
		s.press(ansi.ReportMode(ansi.ModeSynchronizedOutput, ansi.ModeReset))
		before := len(s.written())
		s.press("a")
		if got := s.written()[before:]; !strings.HasPrefix(got, ansi.SetModeSynchronizedOutput) {
			t.Errorf("it is drawn as %q", got)
		}
	})
}

// TestPauses: over a slow line frames are fewer; the first waits if more is on its way.
func TestPauses(t *testing.T) {
	for _, slow := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			e := &echo{}
			s := run(t, t.Context(), e, nil, Options{Slow: slow})
			s.press("a")
			before := len(s.written())
			s.Send("one")
			synctest.Wait()
			first := len(s.written())
			s.Send("two")
			time.Sleep(localPause)
			synctest.Wait()
			second := len(s.written())
			if first == before || (second == first) != slow {
				t.Errorf("slow %v: %d, %d, %d bytes", slow, before, first, second)
			}
			s.rest()
			if !strings.Contains(s.written(), "two") {
				t.Error("the last is not drawn")
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		s := New(t.Context(), &echo{}, Line{In: strings.NewReader(""), Out: io.Discard, Environ: []string{}}, Options{Settling: func() bool { asked++; return false }})
		loop{s}.View()
		if asked != 1 {
			t.Errorf("it is asked %d times whether more is on its way", asked)
		}
	})
}

// TestProfile: the colours are those that the line says, or else its environment.
func TestProfile(t *testing.T) {
	for _, test := range []struct {
		line Line
		want colorprofile.Profile
	}{
		{Line{Profile: colorprofile.ANSI, Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor"}}, colorprofile.ANSI},
		{Line{Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor", "CLICOLOR_FORCE=1"}}, colorprofile.TrueColor},
		{Line{Environ: []string{"TERM=dumb"}}, colorprofile.NoTTY},
	} {
		test.line.In, test.line.Out = strings.NewReader(""), io.Discard
		if got := New(t.Context(), &echo{}, test.line, Options{}).paint.profile; got != test.want {
			t.Errorf("%v, %q: the profile is %v", test.line.Profile, test.line.Environ, got)
		}
	}
}

// TestStill: a program that has nothing to do has no ticker either, at first and after the
// terminal was lent.
func TestStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &echo{}
		s := run(t, t.Context(), e, nil, Options{})
		e.bound = map[string]tea.Cmd{"e": tea.Exec(s.Lend(&borrower{s: s}), func(error) tea.Msg { return "back" })}
		for _, key := range []string{"a", "e"} {
			s.press(key)
			stacks := make([]byte, 1<<20)
			if stacks = stacks[:runtime.Stack(stacks, true)]; strings.Contains(string(stacks), "startRenderer") {
				t.Errorf("after %q the ticker runs", key)
			}
		}
		if got := strings.Join(e.heard(), " "); !strings.HasSuffix(got, "a e back") {
			t.Errorf("the model is told %s", got)
		}
	})
}

// A borrower is another program that has the terminal for a while.
type borrower struct {
	s     *stage
	found []string
	in    io.Reader
}

func (b *borrower) Run() error           { b.found = on(b.s.written()); return nil }
func (b *borrower) SetStdin(r io.Reader) { b.in = r }
func (b *borrower) SetStdout(io.Writer)  {}
func (b *borrower) SetStderr(io.Writer)  {}

// TestLend: who borrows the terminal finds it as it was before the program, with its keys,
// and afterwards everything is as it was.
func TestLend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b := &echo{}, &borrower{found: []string{"not run"}}
		in, keys := io.Pipe()
		defer keys.Close()
		s := run(t, t.Context(), e, in, Options{})
		s.keys, b.s = keys, s
		taken := on(s.written())
		e.bound = map[string]tea.Cmd{"e": tea.Exec(s.Lend(b), func(error) tea.Msg { return "back" })}
		s.press("e")
		if len(b.found) > 0 || b.in != io.Reader(in) {
			t.Errorf("it found %q on, and reads %T", b.found, b.in)
		}
		if now := on(s.written()); !slices.Equal(now, taken) {
			t.Errorf("then %q are on, not %q", now, taken)
		}
		s.press("x")
		if got := strings.Join(e.heard(), " "); !strings.HasSuffix(got, "e back x") {
			t.Errorf("the model is told %s", got)
		}
	})
}

// await waits until the model was told all of it.
func (e *echo) await(t *testing.T, want string) {
	t.Helper()
	for range 500 {
		if strings.Join(e.heard(), " ") == want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("it was told %q, not %s", e.heard(), want)
}

// TestReleasedKeys: the process's own terminal is not read while somebody else has it, and
// what was half there is no key afterwards. A line to another one is read all the time.
func TestReleasedKeys(t *testing.T) {
	for _, own := range []bool{true, false} {
		in, keys, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		e := &echo{}
		i := newInput(in, own, false, func(msg tea.Msg) { e.Update(asKey(msg)) }, func(err error) { t.Error(err) })
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { i.run(ctx); close(ended) }()
		i.start()
		i.start() // it is read once all the same
		_, _ = io.WriteString(keys, "a\x1b[200~half")
		e.await(t, "a")
		for len(i.chunks) > 0 {
			time.Sleep(time.Millisecond)
		}
		i.release()
		if (i.stop == nil) != own {
			t.Errorf("own %v: it is read on: %v", own, i.stop != nil)
		}
		if own {
			_, _ = io.WriteString(keys, "theirs")
			theirs := make([]byte, 6)
			if _, err := io.ReadFull(in, theirs); err != nil || string(theirs) != "theirs" {
				t.Errorf("the other reads %q, %v", theirs, err)
			}
			i.start()
			_, _ = io.WriteString(keys, "b")
			e.await(t, "a b")
		} else {
			_, _ = io.WriteString(keys, "\x1b[201~")
			e.await(t, `a "half"`)
		}
		if i.stop != nil {
			i.stop()
		}
		stop()
		<-ended
		_, _ = in.Close(), keys.Close()
	}
	var nobody *input
	nobody.start()
	nobody.release()
}

// asKey is a message as a running program has it.
func asKey(msg tea.Msg) tea.Msg {
	if key, ok := msg.(uv.KeyPressEvent); ok {
		return tea.KeyPressMsg(key)
	}
	return msg
}

// TestRead: keys can be read without any program.
func TestRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		in, keys := io.Pipe()
		defer keys.Close()
		var mu sync.Mutex
		var said []string
		go Read(ctx, in, false, func(msg tea.Msg) { mu.Lock(); said = append(said, tell(msg)); mu.Unlock() })
		_, _ = io.WriteString(keys, "a\x1b")
		time.Sleep(time.Second)
		mu.Lock()
		defer mu.Unlock()
		if got := strings.Join(said, " "); got != "a esc" {
			t.Errorf("it reads %s", got)
		}
	})
}

// TestSize: what the terminal does not say of its size, the environment may; else it is the
// usual one.
func TestSize(t *testing.T) {
	for want, env := range map[[2]int][]string{
		{80, 24}: nil, {100, 24}: {"COLUMNS=100"}, {80, 50}: {"LINES=50"}, {132, 43}: {"COLUMNS=132", "LINES=43"}, {80, 25}: {"COLUMNS=0", "LINES=25"}, {80, 26}: {"COLUMNS=wide", "LINES=26"},
	} {
		in, out, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		size := (&tty{uv.NewConsole(in, out, env)}).size()
		if size.Width != want[0] || size.Height != want[1] {
			t.Errorf("%q: %d×%d", env, size.Width, size.Height)
		}
		_, _ = in.Close(), out.Close()
	}
}

// TestAllOff: what is turned on is in what turns all of it off.
func TestAllOff(t *testing.T) {
	c := newCanvas()
	c.reported(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
	c.reported(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
	c.drawn(picture{content: "x", mouse: true})
	all := c.raw.String() + ansi.SetModeSynchronizedOutput + allOff
	if left := on(all); len(left) > 0 || hidden(all) {
		t.Errorf("%q are left on", left)
	}
	if !strings.Contains(allOff, ansi.PopKittyKeyboard(1)) || !strings.Contains(allOff, ansi.ResetModifyOtherKeys) {
		t.Error("the keyboard is left")
	}
}
