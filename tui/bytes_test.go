package tui_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

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

// TestBytes counts what goes over a long line: for the first screen, at home and in an
// incident with the longest runbook there is and its card of what comes first; and for a
// move of the cursor. What is counted is the same each time.
func TestBytes(t *testing.T) {
	for _, test := range []struct {
		w, h, home, run int
	}{{80, 24, 1700, 3000}, {120, 40, 2050, 4320}, {200, 60, 2550, 6000}} {
		for _, colours := range []colorprofile.Profile{colorprofile.ANSI256, colorprofile.TrueColor} {
			synctest.Test(t, func(t *testing.T) {
				desk := newDesk(t)
				desk.Books = library(t)
				app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now, Slow: true})
				if err != nil {
					t.Fatal(err)
				}
				term := tuitest.StartFar(t, colours, app, test.w, test.h)
				costs(t, term, "home", test.home, 120)
			})
			synctest.Test(t, func(t *testing.T) {
				desk := newDesk(t)
				desk.Books = library(t)
				book := desk.Books[slices.IndexFunc(desk.Books, func(b *runbooks.Source) bool { return b.ID == "ransomware" })]
				session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Title: "Encrypted", Severity: runbooks.SEV1, Person: "Ada", Inputs: map[string]string{"org": "IMO"}})
				if err != nil {
					t.Fatal(err)
				}
				app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now, Slow: true})
				if err != nil {
					t.Fatal(err)
				}
				term := tuitest.StartFar(t, colours, app, test.w, test.h)
				costs(t, term, "an incident", test.run, 60, "esc")
			})
		}
	}
}

// costs fails if the first screen took more bytes than that, or a move takes more.
func costs(t *testing.T, term *tuitest.Terminal, where string, first, move int, before ...string) {
	t.Helper()
	whole, _ := term.Written()
	if whole > first {
		t.Errorf("%d×%d, %s: the first screen takes %d bytes, not %d at most", term.W, term.H, where, whole, first)
	}
	term.Wait(time.Second) // nothing is taken for the card that its reader has not seen
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
	t.Logf("%d×%d, %s: the first screen takes %d bytes, drawn anew %d, moves %v", term.W, term.H, where, whole, is-was, moves)
}
