package terminal

import (
	"bytes"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// A canvas is a terminal that a painter draws on.
type canvas struct {
	*painter
	raw    bytes.Buffer // what was written
	writes int
	due    atomic.Int32 // how often the painter asked to be called again
	emu    *vt.Emulator
}

func (c *canvas) Write(p []byte) (int, error) {
	c.writes++
	c.raw.Write(p)
	answered := strings.NewReplacer(ansi.RequestModeSynchronizedOutput, "", ansi.RequestModeUnicodeCore, "", ansi.RequestKittyKeyboard, "", ansi.RequestNameVersion, "", "\n", "\r\n")
	_, err := io.WriteString(c.emu, answered.Replace(string(p))) // who waits for its answers is the loop
	return len(p), err
}

func newCanvas(env ...string) *canvas {
	c := &canvas{emu: vt.NewEmulator(20, 5)}
	c.painter = &painter{out: c, env: append([]string{"TERM=xterm-256color"}, env...), profile: colorprofile.TrueColor, pause: localPause,
		cells: uv.NewScreenBuffer(0, 0), last: time.Now(), later: func() { c.due.Add(1) }}
	c.means = meansIn(c.env)
	c.resize(20, 5)
	return c
}

// drawn is what show draws now: what was written of it.
func (c *canvas) drawn(next picture) string {
	from := c.raw.Len()
	c.last = time.Time{} // long ago
	c.show(next, false)
	return string(c.raw.Bytes()[from:])
}

// row is a row of the terminal as a person sees it.
func (c *canvas) row(y int) string {
	return strings.TrimRight(strings.Split(ansi.Strip(c.emu.Render()), "\n")[y], " \r")
}

// on lists the modes that are on after all that was written, without the cursor's.
func on(raw string) (modes []string) {
	all := map[string]bool{}
	for _, found := range regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`).FindAllStringSubmatch(raw, -1) {
		for mode := range strings.SplitSeq(found[1], ";") {
			all[mode] = found[2] == "h"
		}
	}
	maps.DeleteFunc(all, func(mode string, is bool) bool { return !is || mode == "25" })
	return slices.Sorted(maps.Keys(all))
}

// hidden reports whether the text cursor is hidden after all that was written.
func hidden(raw string) bool {
	return strings.LastIndex(raw, ansi.ResetModeTextCursorEnable) > strings.LastIndex(raw, ansi.SetModeTextCursorEnable)
}

// TestDrawsWhatIsNew: a picture is drawn when it is another than the one that is shown, or
// when nobody knows what is; and nothing is before the size is known.
func TestDrawsWhatIsNew(t *testing.T) {
	c := newCanvas()
	if c.drawn(picture{content: "one\ntwo"}) == "" || c.row(0) != "one" || c.row(1) != "two" || c.row(2) != "" {
		t.Errorf("it shows\n%s", c.emu.Render())
	}
	if again := c.drawn(picture{content: "one\ntwo"}); again != "" {
		t.Errorf("the same is drawn as %q", again)
	}
	if c.drawn(picture{content: "three"}); c.row(0) != "three" || c.row(1) != "" {
		t.Errorf("it shows\n%s", c.emu.Render())
	}
	_, _ = c.emu.Write([]byte("\x1b[1;1Hscribble"))
	c.resize(20, 5)
	if c.drawn(picture{content: "three"}); c.row(0) != "three" {
		t.Errorf("after a resize it shows\n%s", c.emu.Render())
	}
	if again := c.drawn(picture{content: "three"}); again != "" {
		t.Errorf("the same, after a resize, is drawn twice: %q", again)
	}
	c.emu.Resize(30, 8)
	c.resize(30, 8)
	if c.drawn(picture{content: "a\nb\nc\nd\ne\nf\na line that goes to the end"}); c.row(6) != "a line that goes to the end" {
		t.Errorf("larger, it shows\n%s", c.emu.Render())
	}
	unsized := newCanvas()
	unsized.resize(0, 0)
	if got := unsized.drawn(picture{content: "x"}); got != "" || unsized.open {
		t.Errorf("without a size %q is drawn", got)
	}
}

// TestPause: after a picture the next waits for the pause, and of several the last is drawn,
// once; the first waits a moment only if more is on its way.
func TestPause(t *testing.T) {
	for _, pause := range []time.Duration{localPause, slowPause} {
		synctest.Test(t, func(t *testing.T) {
			c := newCanvas()
			c.pause = pause
			c.show(picture{content: "empty"}, true)
			if c.writes != 0 || c.due.Load() != 0 {
				t.Errorf("the first is drawn at once: %d writes", c.writes)
			}
			time.Sleep(firstPause - time.Nanosecond)
			synctest.Wait()
			if c.due.Load() != 0 {
				t.Error("the first is due too early")
			}
			c.show(picture{content: "whole"}, false)
			if c.row(0) != "whole" || c.writes != 1 {
				t.Errorf("%d writes:\n%s", c.writes, c.emu.Render())
			}
			time.Sleep(time.Second)
			synctest.Wait()
			if c.due.Load() != 1 {
				t.Errorf("it is due %d times", c.due.Load())
			}
			c.drawDue()
			time.Sleep(pause)
			c.show(picture{content: "a"}, false)
			for _, text := range []string{"b", "c", "d"} {
				c.show(picture{content: text}, false)
			}
			if c.row(0) != "a" {
				t.Errorf("within the pause it shows\n%s", c.emu.Render())
			}
			time.Sleep(pause - time.Nanosecond)
			synctest.Wait()
			if c.due.Load() != 1 {
				t.Error("it is due before the pause is over")
			}
			time.Sleep(time.Nanosecond)
			synctest.Wait()
			if c.due.Load() != 2 {
				t.Errorf("it is due %d times", c.due.Load())
			}
			if c.drawDue(); c.row(0) != "d" {
				t.Errorf("after the pause it shows\n%s", c.emu.Render())
			}
			time.Sleep(pause)
			if c.show(picture{content: "e"}, false); c.row(0) != "e" {
				t.Errorf("after a rest it shows\n%s", c.emu.Render())
			}
		})
	}
}

// TestFirstIsNotWaitedForEver: what is on its way is waited for from when the program began.
func TestFirstIsNotWaitedForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCanvas()
		time.Sleep(firstPause)
		if c.show(picture{content: "empty"}, true); c.row(0) != "empty" {
			t.Errorf("it shows\n%s", c.emu.Render())
		}
	})
}

// TestLeave: the terminal is given back as it was found, once, and can be taken again.
func TestLeave(t *testing.T) {
	full := picture{content: "x", title: "muster", mouse: true, cursor: true, x: 1}
	for _, c := range []*canvas{newCanvas(), newCanvas("TERM_PROGRAM=Apple_Terminal")} {
		c.leave()
		if c.raw.Len() > 0 {
			t.Errorf("what was never taken is given back: %q", c.raw.String())
		}
		c.reported(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
		var taken []string
		for range 2 {
			before := c.raw.Len()
			c.drawn(full)
			if taken = on(c.raw.String()); !slices.Equal(taken, []string{"1002", "1004", "1006", "1049", "2004", "2027", "2031"}) {
				t.Errorf("%q are on", taken)
			}
			if hidden(c.raw.String()) {
				t.Error("the text cursor is hidden")
			}
			c.drawn(picture{content: "y", title: "muster", mouse: true})
			if !hidden(c.raw.String()) {
				t.Error("the text cursor is not hidden")
			}
			c.leave()
			now := c.raw.String()[before:]
			if left := on(c.raw.String()); len(left) > 0 || hidden(now) {
				t.Errorf("left on are %q, the cursor is hidden: %v", left, hidden(now))
			}
			push, pop := strings.Count(now, ansi.PushKittyKeyboard(keyboard)), strings.Count(now, ansi.PopKittyKeyboard(1))
			if push != 1 || pop != 1 || !strings.Contains(now, ansi.ResetModifyOtherKeys) {
				t.Errorf("the keyboard is taken %d times and given back %d times", push, pop)
			}
			if title := strings.LastIndex(now, "\x1b]2;"); title < 0 || !strings.HasPrefix(now[title:], ansi.SetWindowTitle("")) {
				t.Errorf("the title is left: %q", now)
			}
			if cursor := strings.LastIndex(now, " q"); cursor < 1 || now[cursor-1] != '0' {
				t.Errorf("the cursor's form is left: %q", now)
			}
			if push, pop := strings.Index(now, pushTitle), strings.LastIndex(now, popTitle); push < 0 || pop < strings.LastIndex(now, "\x1b]2;") || push > strings.Index(now, "\x1b]2;") {
				t.Errorf("the title that was there is not kept and put back: %q", now)
			}
			c.leave()
			if c.raw.String()[before:] != now {
				t.Error("it is given back twice")
			}
		}
	}
}

// TestAsksOnce: what a terminal can do is asked once, and only one that answers.
func TestAsksOnce(t *testing.T) {
	for _, test := range []struct {
		env  []string
		want bool
	}{
		{nil, true}, {[]string{"TERM_PROGRAM=Apple_Terminal"}, false}, {[]string{"SSH_TTY=/dev/pts/1"}, false}, {[]string{"SSH_TTY="}, false},
		{[]string{"SSH_TTY=/dev/pts/1", "TERM=xterm-kitty"}, true}, {[]string{"SSH_TTY=/dev/pts/1", "TERM=xterm-ghostty"}, true},
		{[]string{"SSH_TTY=/dev/pts/1", "TERM=wezterm"}, true}, {[]string{"SSH_TTY=/dev/pts/1", "TERM=alacritty"}, true}, {[]string{"SSH_TTY=/dev/pts/1", "TERM=rio"}, true},
		{[]string{"SSH_TTY=/dev/pts/1", "WT_SESSION=1"}, true}, {[]string{"TERM_PROGRAM=Apple_Terminal", "WT_SESSION=1"}, true},
	} {
		c := newCanvas(test.env...)
		c.drawn(picture{content: "x"})
		c.leave()
		c.drawn(picture{content: "x"})
		c.leave()
		for _, question := range []string{ansi.RequestModeSynchronizedOutput, ansi.RequestModeUnicodeCore, ansi.RequestKittyKeyboard, ansi.RequestNameVersion} {
			want := 0
			if test.want {
				want = 1
			}
			if got := strings.Count(c.raw.String(), question); got != want {
				t.Errorf("%q: %q is asked %d times", test.env, question, got)
			}
		}
	}
}

// TestTurn: of title, mouse and cursor only what changes is written.
func TestTurn(t *testing.T) {
	mouse := ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
	noMouse := ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseExtSgr
	all := []string{mouse, noMouse, ansi.SetWindowTitle("a"), ansi.SetWindowTitle("b"), ansi.SetCursorStyle(1), ansi.SetCursorStyle(0)}
	c := newCanvas()
	c.drawn(picture{content: "0"})
	for i, step := range []struct {
		next picture
		want []string
	}{
		{picture{content: "1", mouse: true}, []string{mouse}},
		{picture{content: "2", mouse: true, title: "a"}, []string{ansi.SetWindowTitle("a")}},
		{picture{content: "3", mouse: true, title: "b"}, []string{ansi.SetWindowTitle("b")}},
		{picture{content: "4", mouse: true, title: "b"}, nil},
		{picture{content: "5", mouse: true, title: "b", cursor: true}, []string{ansi.SetCursorStyle(1)}},
		{picture{content: "6", mouse: true, title: "b", cursor: true, x: 1}, nil},
		{picture{content: "7", title: "b", cursor: true}, []string{noMouse}},
		{picture{content: "8", title: "b"}, []string{ansi.SetCursorStyle(0)}},
		{picture{content: "9", title: "b"}, nil},
	} {
		got := c.drawn(step.next)
		for _, seq := range all {
			if strings.Contains(got, seq) != slices.Contains(step.want, seq) {
				t.Errorf("step %d is written as %q; %q should be in it: %v", i+1, got, seq, slices.Contains(step.want, seq))
			}
		}
	}
}

// TestTitleInScreen: GNU screen cannot put back the title of the terminal around it, so that
// none is set; tmux can.
func TestTitleInScreen(t *testing.T) {
	for _, test := range []struct {
		env   []string
		title bool
	}{
		{[]string{"TERM=xterm-256color"}, true},
		{[]string{"TERM=screen", "STY=1.pts"}, false},
		{[]string{"TERM=screen.xterm-256color"}, false},
		{[]string{"TERM=screen-256color", "TMUX=/tmp/tmux"}, true},
		{[]string{"TERM=tmux-256color", "STY=1.pts"}, true},
	} {
		c := newCanvas(test.env...)
		got := c.drawn(picture{content: "x", title: "muster"})
		before := c.raw.Len()
		c.leave()
		for _, out := range []string{got, c.raw.String()[before:]} {
			if strings.Contains(out, "\x1b]2;") != test.title {
				t.Errorf("%q: %q is written; a title in it: %v", test.env, out, test.title)
			}
		}
	}
}

// TestCursor: the text cursor stands where the picture says, is hidden where none is, and
// while others are drawn; a terminal that can, is sent all of it in brackets instead.
func TestCursor(t *testing.T) {
	for _, synced := range []bool{false, true} {
		c := newCanvas()
		if synced {
			c.reported(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
		}
		c.drawn(picture{content: "first"})
		if !hidden(c.raw.String()) {
			t.Errorf("synced %v: a cursor is shown where there is none", synced)
		}
		for i, next := range []picture{{content: "ab", cursor: true, x: 2, y: 3}, {content: "abc", cursor: true, x: 5, y: 1}, {content: "abc", cursor: true, x: 6, y: 1}} {
			got := c.drawn(next)
			if at := c.emu.CursorPosition(); at.X != next.x || at.Y != next.y || hidden(c.raw.String()) {
				t.Errorf("synced %v, step %d: the cursor is at %v, hidden: %v", synced, i, at, hidden(c.raw.String()))
			}
			opens, closes := strings.HasPrefix(got, ansi.SetModeSynchronizedOutput), strings.HasSuffix(got, ansi.ResetModeSynchronizedOutput)
			if opens != synced || closes != synced {
				t.Errorf("synced %v, step %d: it is written as %q", synced, i, got)
			}
			if i > 0 && strings.HasPrefix(got, ansi.ResetModeTextCursorEnable) == synced {
				t.Errorf("synced %v, step %d: the cursor is not hidden meanwhile, or is: %q", synced, i, got)
			}
		}
		if got := c.drawn(picture{content: "abc"}); !hidden(got) {
			t.Errorf("synced %v: the cursor stays: %q", synced, got)
		}
	}
}

// TestReported: only what a terminal says it can do, and may be told to, is done.
func TestReported(t *testing.T) {
	for _, test := range []struct {
		mode     ansi.Mode
		value    ansi.ModeSetting
		brackets bool
		measures bool
	}{
		{ansi.ModeSynchronizedOutput, ansi.ModeReset, true, false},
		{ansi.ModeSynchronizedOutput, ansi.ModeNotRecognized, false, false},
		{ansi.ModeSynchronizedOutput, ansi.ModePermanentlyReset, false, false},
		{ansi.ModeUnicodeCore, ansi.ModeReset, false, true},
		{ansi.ModeUnicodeCore, ansi.ModeSet, false, true},
		{ansi.ModeUnicodeCore, ansi.ModePermanentlySet, false, true},
		{ansi.ModeUnicodeCore, ansi.ModeNotRecognized, false, false},
		{ansi.ModeUnicodeCore, ansi.ModePermanentlyReset, false, false},
		{ansi.ModeTextCursorEnable, ansi.ModeReset, false, false},
	} {
		for _, open := range []bool{false, true} {
			c := newCanvas()
			if open {
				c.drawn(picture{content: "x"})
			}
			c.reported(tea.ModeReportMsg{Mode: test.mode, Value: test.value})
			if same := c.drawn(picture{content: "x"}); open && (same != "") != test.measures {
				t.Errorf("%v is %v: what is shown is drawn anew as %q", test.mode, test.value, same)
			}
			got := c.drawn(picture{content: "y"})
			if strings.HasPrefix(got, ansi.SetModeSynchronizedOutput) != test.brackets || slices.Contains(on(c.raw.String()), "2027") != test.measures {
				t.Errorf("%v is %v, open %v: then it is written as %q", test.mode, test.value, open, got)
			}
		}
	}
}
