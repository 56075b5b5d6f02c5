package tui_test

import (
	"context"
	"errors"
	"image/color"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// seen starts app at 80×24 and returns its terminal.
func seen(t *testing.T, app *tui.App, err error) *tuitest.Terminal {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Start(t, app, 80, 24)
}

func (b brokenDesk) Incidents(context.Context) ([]tui.IncidentHead, error) { return nil, b.err }
func (b brokenDesk) Runbooks(context.Context) ([]runbooks.Head, error)     { return nil, b.err }
func (b brokenDesk) Start(context.Context, tui.StartRequest) (tui.Session, error) {
	return nil, b.err
}

// A brokenDesk can list and start nothing.
type brokenDesk struct {
	*tuitest.Desk
	err error
}

func TestWaysIn(t *testing.T) {
	opts := func(d *tuitest.Desk) tui.Options { return tui.Options{Person: "Ada", Now: d.Now} }
	start := func(t *testing.T, d *tuitest.Desk) tui.Session {
		s, err := d.Start(t.Context(), tui.StartRequest{Runbook: d.Books[0], Mode: state.Live, Title: "Website down", Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, c := range map[string]struct {
		app  func(*testing.T, *tuitest.Desk) (*tui.App, error)
		want []string
	}{
		"start": {func(t *testing.T, d *tuitest.Desk) (*tui.App, error) {
			return tui.NewStart(t.Context(), d, "attack", opts(d))
		}, []string{"Start: Ransomware", "Who you are"}},
		"start unknown": {func(t *testing.T, d *tuitest.Desk) (*tui.App, error) {
			return tui.NewStart(t.Context(), d, "nope", opts(d))
		}, []string{"cannot be used", `no runbook "nope"`}},
		"open": {func(t *testing.T, d *tuitest.Desk) (*tui.App, error) {
			return tui.NewOpening(t.Context(), d, start(t, d).Incident().ID, false, opts(d))
		}, []string{"Website down", "● saved 1", "1.1 Write"}},
		"watch": {func(t *testing.T, d *tuitest.Desk) (*tui.App, error) {
			return tui.NewOpening(t.Context(), d, start(t, d).Incident().ID, true, opts(d))
		}, []string{"Website down", "WATCHING"}},
		"open unknown": {func(t *testing.T, d *tuitest.Desk) (*tui.App, error) {
			return tui.NewOpening(t.Context(), d, "nope", false, opts(d))
		}, []string{"cannot be opened", "no such incident"}},
		"session": {func(t *testing.T, d *tuitest.Desk) (*tui.App, error) {
			return tui.NewIncident(t.Context(), d, start(t, d), false, opts(d))
		}, []string{"Website down", "start  d done"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				app, err := c.app(t, newDesk(t))
				tuitest.Wants(t, seen(t, app, err), c.want...)
			})
		})
	}
}

// TestBrokenDesk: what the world cannot do is said on the screen.
func TestBrokenDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		broken := brokenDesk{d, errors.New("the folder \x1b[31mis gone")}
		app, err := tui.NewHome(t.Context(), broken, tui.Options{Person: "Ada", Now: d.Now})
		tuitest.Wants(t, seen(t, app, err), "the folder ␛[31mis gone")
		app, err = tui.NewStart(t.Context(), broken, "attack", tui.Options{Person: "Ada", Now: d.Now})
		term := seen(t, app, err)
		term.Press("ctrl+s")
		tuitest.Wants(t, term, "Not started: the folder ␛[31mis gone")
	})
}

// TestThemes: the terminal's background chooses the theme, unless a person did.
func TestThemes(t *testing.T) {
	light := tea.BackgroundColorMsg{Color: color.White}
	for name, changes := range map[string]bool{"": true, "auto": true, "dark": false, "mono": false} {
		synctest.Test(t, func(t *testing.T) {
			d := newDesk(t)
			app, err := tui.NewHome(t.Context(), d, tui.Options{Person: "Ada", Now: d.Now, Theme: name})
			term := seen(t, app, err)
			before := term.Styled()
			term.Send(light)
			if changed := term.Styled() != before; changed != changes {
				t.Errorf("theme %q: changed is %v", name, changed)
			}
		})
	}
}

// TestThemeFollows: the theme follows the terminal when that turns from dark to light
// while it runs, and back.
func TestThemeFollows(t *testing.T) {
	for name, changes := range map[string]bool{"": true, "dark": false} {
		synctest.Test(t, func(t *testing.T) {
			d := newDesk(t)
			app, err := tui.NewHome(t.Context(), d, tui.Options{Person: "Ada", Now: d.Now, Theme: name})
			term := seen(t, app, err)
			before := term.Styled()
			if !strings.Contains(term.Raw(), ansi.SetModeLightDark) {
				t.Error("the terminal is not asked to say when it changes")
			}
			for _, turned := range []struct {
				says string
				same bool
			}{{"\x1b[?997;2n", !changes}, {"\x1b[?997;1n", true}} {
				term.Feed([]byte(turned.says))
				term.Settle()
				if same := term.Styled() == before; same != turned.same {
					t.Errorf("theme %q: after %q it is the same: %v", name, turned.says, same)
				}
			}
		})
	}
}

// TestDangerInFewColours: what went wrong is red on terminals of 256 and of 16
// colours, on dark and on light, and nothing that is written has more colours than
// the terminal.
func TestDangerInFewColours(t *testing.T) {
	for _, test := range []struct {
		colours     colorprofile.Profile
		theme       string
		danger, bad string // bad: what may not be written
	}{
		{colorprofile.ANSI256, "dark", "\x1b[1;38;5;203m", "8;2;"}, {colorprofile.ANSI256, "light", "\x1b[1;38;5;124m", "8;2;"},
		{colorprofile.ANSI, "dark", "\x1b[1;91m", "8;"}, {colorprofile.ANSI, "light", "\x1b[31m", "8;"},
		{colorprofile.ASCII, "dark", "\x1b[1;4m", "3"},
	} {
		t.Run(test.colours.String()+" "+test.theme, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				session, err := d.Start(t.Context(), tui.StartRequest{Runbook: d.Books[0], Mode: state.Live, Title: "Website down", Severity: runbooks.SEV2, Person: "Ada"})
				if err != nil {
					t.Fatal(err)
				}
				first := session.Incident().Steps[0].ID
				if _, err := session.Do(t.Context(), state.Action{Command: state.FailStep{Step: first, Why: "no key"}}); err != nil {
					t.Fatal(err)
				}
				app, err := tui.NewIncident(t.Context(), d, session, false, tui.Options{Person: "Ada", Now: d.Now, Theme: test.theme})
				if err != nil {
					t.Fatal(err)
				}
				term := tuitest.StartOn(t, test.colours, app, 80, 24)
				if looks := term.Looks(); !slices.Contains(looks, test.danger) {
					t.Errorf("danger is not seen as %q: %q", test.danger, looks)
				}
				for _, seq := range regexp.MustCompile(`\x1b\[[0-9;]*m`).FindAllString(term.Raw(), -1) {
					if strings.Contains(seq, test.bad) {
						t.Errorf("%q is written", seq)
					}
				}
			})
		})
	}
}

// TestKeysAreChecked: nobody gets screens whose keys do not work.
func TestKeysAreChecked(t *testing.T) {
	d := &tuitest.Desk{}
	_, err := tui.NewHome(t.Context(), d, tui.Options{Keys: map[string][]string{"step.skip": {"d"}, "nope": {"x"}}})
	if err == nil || !strings.Contains(err.Error(), "nope") || !strings.Contains(err.Error(), "step.done") {
		t.Errorf("the error is %v", err)
	}
}

// TestIdle: while nothing happens only the clock is drawn, a few bytes a second;
// and nothing at all where there is none.
func TestIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		app, err := tui.NewHome(t.Context(), d, tui.Options{Person: "Ada", Now: d.Now})
		term := seen(t, app, err)
		before, writes := term.Written()
		term.Wait(time.Minute)
		if after, n := term.Written(); after != before || n != writes {
			t.Errorf("home writes %d bytes in a minute", after-before)
		}
		term.Press("enter", "ctrl+s")
		before, writes = term.Written()
		term.Wait(time.Minute)
		after, n := term.Written()
		if after-before > 60*20 || n-writes > 61 {
			t.Errorf("the run screen writes %d bytes in %d frames in a minute", after-before, n-writes)
		}
		term.Wait(time.Second)
		tuitest.Wants(t, term, "00:01:0")
	})
}
