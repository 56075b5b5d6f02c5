package terminal

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// TestMeans: what a terminal can do is told by its name, as it gives it or as the environment
// has it; within tmux and GNU screen the environment speaks of another.
func TestMeans(t *testing.T) {
	const told99, told777, told9 = "\x1b]99;", "\x1b]777;notify;muster;", "\x1b]9;muster: "
	for _, test := range []struct {
		env, name string
		notify    string
		progress  bool
	}{
		{env: "TERM=xterm-256color"}, {env: "TERM=dumb"}, {name: "XTerm(390)"}, {name: "tmux 3.5a"}, {name: ""},
		{env: "TERM=xterm-kitty", notify: told99}, {name: "kitty(0.36.4)", notify: told99}, {env: "TERM=foot", notify: told777},
		{env: "TERM_PROGRAM=ghostty", notify: told777, progress: true}, {name: "ghostty 1.1.3", notify: told777, progress: true},
		{env: "TERM_PROGRAM=WezTerm", notify: told777}, {env: "TERM=rxvt-unicode-256color", notify: told777},
		{env: "TERM_PROGRAM=iTerm.app", notify: told9}, {name: "iTerm2 3.5.10", notify: told9},
		{env: "WT_SESSION=1", progress: true}, {env: "ConEmuANSI=ON", progress: true}, {env: "ConEmuANSI=OFF"}, {name: "mintty 3.7.0", progress: true},
		{env: "VTE_VERSION=7900", progress: true}, {env: "VTE_VERSION=7899"}, {name: "VTE(7900)", progress: true}, {name: "VTE(7899)"}, {name: "VTE(x)"},
		{env: "TERM=tmux-256color TERM_PROGRAM=ghostty"}, {env: "TERM=screen.xterm-256color WT_SESSION=1"}, {env: "TMUX=/tmp/s TERM=xterm-kitty"}, {env: "STY=1 TERM=xterm-kitty"},
	} {
		is := meansOf(test.name)
		if test.name == "" {
			is = meansIn(uv.Environ(strings.Fields(test.env)))
		}
		said := ""
		if is.notify != nil {
			said = is.notify("muster", "OVERDUE; tell them")
		}
		if is.progress != test.progress || (said != "") != (test.notify != "") || !strings.HasPrefix(said, test.notify) || said != "" && !strings.Contains(said, "OVERDUE; tell them") {
			t.Errorf("%q%q: it shows progress: %v, and is told %q", test.env, test.name, is.progress, said)
		}
		if strings.Count(said, "\x07") != strings.Count(said, "\x1b]") {
			t.Errorf("%q is not closed", said)
		}
	}
}

// TestNotify: the desktop is told only while another window has the keys, by a terminal that
// can, while the screens are shown, and unless it is switched off.
func TestNotify(t *testing.T) {
	c := newCanvas("TERM=foot")
	told := func() string {
		from := c.raw.Len()
		c.notify("muster", "a timer")
		return c.raw.String()[from:]
	}
	c.away = true
	if got := told(); got != "" {
		t.Errorf("before the screens are shown it is told %q", got)
	}
	c.drawn(picture{content: "x"})
	c.away = false
	if got := told(); got != "" {
		t.Errorf("who looks is told %q", got)
	}
	c.away = true
	if got := told(); got != notify777("muster", "a timer") {
		t.Errorf("who looks away is told %q", got)
	}
	c.named("XTerm(390)")
	if got := told(); got != "" {
		t.Errorf("a terminal that cannot is told %q", got)
	}
	c.named("kitty(0.36.4)")
	if got := told(); got != notify99("muster", "a timer") {
		t.Errorf("one that said later that it can is told %q", got)
	}
	c.leave()
	if got := told(); got != "" {
		t.Errorf("after the screens are gone it is told %q", got)
	}
	if (&Program{opts: Options{Silent: true}}).Notify("muster", "x") != nil {
		t.Error("it is switched off")
	}
	if msg := (&Program{}).Notify("muster", "x")(); msg != (notification{"muster", "x"}) {
		t.Errorf("it is sent as %#v", msg)
	}
}

// TestProgress: how far something is, is shown by a terminal that can, when it changes, and is
// taken away at the end.
func TestProgress(t *testing.T) {
	bar := func(state tea.ProgressBarState, value int) picture {
		return picture{content: "x", bar: tea.ProgressBar{State: state, Value: value}}
	}
	c := newCanvas()
	if got := c.drawn(bar(tea.ProgressBarDefault, 40)) + c.off(); strings.Contains(got, "\x1b]9;4") {
		t.Errorf("a terminal that may not know it gets %q", got)
	}
	c.named("ghostty 1.1.3")
	for _, step := range []struct {
		next picture
		want string
	}{
		{bar(tea.ProgressBarDefault, 40), ansi.SetProgressBar(40)},
		{bar(tea.ProgressBarDefault, 40), ""},
		{bar(tea.ProgressBarWarning, 90), ansi.SetWarningProgressBar(90)},
		{bar(tea.ProgressBarError, 100), ansi.SetErrorProgressBar(100)},
		{picture{content: "x"}, ansi.ResetProgressBar},
		{bar(tea.ProgressBarDefault, 1), ansi.SetProgressBar(1)},
	} {
		if got := c.drawn(step.next); strings.Contains(got, "\x1b]9;4") != (step.want != "") || !strings.Contains(got, step.want) {
			t.Errorf("%+v is written as %q", step.next.bar, got)
		}
		if got := strings.Contains(c.off(), ansi.ResetProgressBar); got != (step.next.bar.State != tea.ProgressBarNone) {
			t.Errorf("after %+v a program that is killed takes it away: %v", step.next.bar, got)
		}
	}
	from := c.raw.Len()
	if c.leave(); !strings.Contains(c.raw.String()[from:], ansi.ResetProgressBar) {
		t.Error("it is left")
	}
	c = newCanvas("TERM_PROGRAM=ghostty")
	c.drawn(bar(tea.ProgressBarDefault, 40))
	from = c.raw.Len()
	if c.named("XTerm(390)"); c.raw.String()[from:] != ansi.ResetProgressBar || c.off() != allOff {
		t.Errorf("a terminal that is another than the environment says keeps it: %q", c.raw.String()[from:])
	}
}
