package tui_test

import (
	"image/color"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// library are the runbooks that are built in.
func library(t *testing.T) (books []*runbooks.Source) {
	t.Helper()
	lib := runbooks.Open(runbooks.Builtin())
	heads, _ := lib.List(t.Context())
	for _, head := range heads {
		book, _, err := lib.Load(head.ID)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, book)
	}
	return books
}

// encrypted are the screens of an incident with the longest runbook there is, just started.
func encrypted(t *testing.T, slow bool) *tui.App {
	t.Helper()
	desk := newDesk(t)
	desk.Books = library(t)
	book := desk.Books[slices.IndexFunc(desk.Books, func(b *runbooks.Source) bool { return b.ID == "ransomware" })]
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Title: "Encrypted", Severity: runbooks.SEV1, Person: "Ada", Inputs: map[string]string{"org": "IMO"}})
	if err != nil {
		t.Fatal(err)
	}
	app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now, Slow: slow})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// TestBytes counts what goes over a long line: for the first screen, at home and in an
// incident with the longest runbook there is and its card of what comes first; and for a
// move of the cursor. What is counted is the same each time. 4 KB were asked for; at 200×60 the steps
// and their text alone take more, so that the last of them come with the second picture.
func TestBytes(t *testing.T) {
	for _, test := range []struct {
		w, h, home, run, next int
	}{{80, 24, 1700, 3000, 800}, {120, 40, 2050, 3800, 800}, {200, 60, 2550, 4096, 2800}} {
		for _, colours := range []colorprofile.Profile{colorprofile.ANSI256, colorprofile.TrueColor} {
			synctest.Test(t, func(t *testing.T) {
				desk := newDesk(t)
				desk.Books = library(t)
				app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now, Slow: true})
				if err != nil {
					t.Fatal(err)
				}
				term := tuitest.StartFar(t, colours, app, test.w, test.h)
				costs(t, term, "home", test.home, test.next, 120)
			})
			synctest.Test(t, func(t *testing.T) {
				app := encrypted(t, true)
				term := tuitest.StartFar(t, colours, app, test.w, test.h)
				costs(t, term, "an incident", test.run, test.next, 60, "esc")
			})
		}
	}
}

// costs fails if the first screen took more bytes than that, what it left to the next, or a move takes more.
func costs(t *testing.T, term *tuitest.Terminal, where string, first, left, move int, before ...string) {
	t.Helper()
	whole, _ := term.Written()
	if whole > first {
		t.Errorf("%d×%d, %s: the first screen takes %d bytes, not %d at most", term.W, term.H, where, whole, first)
	}
	term.Wait(time.Second) // nothing is taken for the card that its reader has not seen
	next, _ := term.Written()
	if more := next - whole; more > left {
		t.Errorf("%d×%d, %s: what the first screen left to the next takes %d bytes, not %d at most", term.W, term.H, where, more, left)
	}
	term.Press(before...)
	var moves []int
	for _, key := range []string{"j", "j", "j", "k", "j", "k"} {
		term.Wait(250 * time.Millisecond) // from second to second
		was, _ := term.Written()
		term.Quick(key)
		is, _ := term.Written()
		if moves = append(moves, is-was); is-was > move || is == was {
			t.Errorf("%d×%d, %s: a move takes %d bytes, not %d at most", term.W, term.H, where, is-was, move)
		}
	}
	was, _ := term.Written()
	term.Press("ctrl+l")
	is, _ := term.Written()
	t.Logf("%d×%d, %s: the first screen takes %d bytes, the next second %d, drawn anew %d, moves %v", term.W, term.H, where, whole, next-whole, is-was, moves)
}

// TestOpening: on a long line the first picture is without the side, which comes when the
// terminal has answered, when a key is pressed, or after half a second. On any other line, and where
// the log has no column of its own, all is there at once.
func TestOpening(t *testing.T) {
	const side = "opened the live"
	for _, test := range []struct {
		name   string
		slow   bool
		w, h   int
		first  bool // the side is in the first picture
		follow func(*tuitest.Terminal)
	}{
		{"near", false, 120, 40, true, nil},
		{"far and small", true, 80, 24, true, nil},
		{"answered", true, 120, 40, false, func(term *tuitest.Terminal) { term.Send(tea.BackgroundColorMsg{Color: color.Black}) }},
		{"pressed", true, 200, 60, false, func(term *tuitest.Terminal) { term.Press("j") }},
		{"half a second", true, 120, 40, false, func(term *tuitest.Terminal) { term.Wait(400 * time.Millisecond) }},
	} {
		synctest.Test(t, func(t *testing.T) {
			app := encrypted(t, test.slow)
			term := tuitest.StartFar(t, colorprofile.TrueColor, app, test.w, test.h)
			if first := strings.Contains(term.Screen(), side); first != test.first {
				t.Errorf("%s: the side is in the first picture: %v\n%s", test.name, first, term.Screen())
			}
			if test.follow == nil {
				return
			}
			if more := regexp.MustCompile(`↓ \d+ more`); more.MatchString(term.Screen()) != (test.h == 60) {
				t.Errorf("%s: what does not fit on the line is told\n%s", test.name, term.Screen())
			}
			test.follow(term)
			if !strings.Contains(term.Screen(), side) {
				t.Errorf("%s: the side does not follow\n%s", test.name, term.Screen())
			}
		})
	}
}
