package tui_test

import (
	"fmt"
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

// bigBook is a runbook of phases × steps, each with a text and needs.
func bigBook(tb testing.TB, phases, steps int) *runbooks.Source {
	tb.Helper()
	var b strings.Builder
	b.WriteString("title = \"Everything at once\"\n")
	for p := range phases {
		fmt.Fprintf(&b, "[[phase]]\ntitle = \"Phase %d\"\n", p)
		for s := range steps {
			fmt.Fprintf(&b, "[[phase.step]]\nid = \"s-%d-%d\"\ntitle = \"Look at machine %d of rack %d\"\n", p, s, s, p)
			fmt.Fprintf(&b, "text = \"\"\"\nCheck the **console** first.\n\n- power\n- network %d\n\"\"\"\n", s)
			b.WriteString("checklist = [\"Console looked at\", \"Network unplugged\"]\n")
			if s > 0 {
				fmt.Fprintf(&b, "needs = [\"s-%d-%d\"]\n", p, s-1)
			}
		}
	}
	book, err := tuitest.Book("big.toml", []byte(b.String()))
	if err != nil {
		tb.Fatal(err)
	}
	return book
}

// bigIncident has that many steps and entries.
func bigIncident(tb testing.TB, steps, entries int) *state.Incident {
	tb.Helper()
	const phases = 10
	book := bigBook(tb, phases, steps/phases)
	inc := &state.Incident{}
	at := time.Date(2026, 11, 24, 2, 31, 0, 0, time.UTC)
	record := func(first *state.Incident, c state.Command) {
		at = at.Add(time.Second)
		e, err := state.Decide(first, state.Action{Command: c}, state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: at, Zone: "+00:00 UTC"})
		if err == nil {
			e, _, err = state.Seal(e)
		}
		if err == nil {
			err = inc.Apply(e)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	record(nil, state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Program: "test",
		Runbook: state.Document{ID: book.ID, Source: "test", SHA256: state.Sum(book.Text), Text: string(book.Text)}})
	for i := 1; i < entries; i++ {
		record(inc, state.AddNote{Step: inc.Steps[i%len(inc.Steps)].ID, Text: fmt.Sprintf("note %d about something that was seen", i)})
	}
	return inc
}

// bigApp is the run screen of a big incident, outside any program.
func bigApp(tb testing.TB, steps, entries, w, h int) *tui.App {
	tb.Helper()
	desk := &tuitest.Desk{Person: "Ada"}
	session := desk.Adopt(bigIncident(tb, steps, entries))
	at := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	app, err := tui.NewIncident(tb.Context(), desk, session, false, tui.Options{Person: "Ada", Now: func() time.Time { return at }})
	if err != nil {
		tb.Fatal(err)
	}
	app.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return app
}

// BenchmarkRun moves the cursor: Update and View, as the program calls them.
func BenchmarkRun(b *testing.B) {
	app := bigApp(b, 5000, 100_000, 200, 60)
	keys := []tea.KeyPressMsg{tuitest.Key("j"), tuitest.Key("j"), tuitest.Key("j"), tuitest.Key("k")}
	for i := 0; b.Loop(); i++ {
		app.Update(keys[i%len(keys)])
		app.View()
	}
}

// bigHome is home with so many runbooks, outside any program.
func bigHome(tb testing.TB, books, w, h int) *tui.App {
	tb.Helper()
	at := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	desk := &tuitest.Desk{Person: "Ada"}
	for i := range books {
		desk.Books = append(desk.Books, numbered(i))
	}
	app, err := tui.NewHome(tb.Context(), desk, tui.Options{Person: "Ada", Now: func() time.Time { return at }})
	if err != nil {
		tb.Fatal(err)
	}
	app.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return app
}

// numbered is one of many runbooks.
func numbered(i int) *runbooks.Source {
	return &runbooks.Source{Head: runbooks.Head{ID: fmt.Sprintf("book-%d", i), Title: fmt.Sprintf("Runbook of something, number %d", i),
		Tags: []string{"security", "outage"}, Summary: strings.Repeat(fmt.Sprintf("What to do about it %d. ", i), 6), Severity: runbooks.SEV2}}
}

// BenchmarkHome moves the cursor among very many runbooks: from key to frame.
func BenchmarkHome(b *testing.B) {
	app := bigHome(b, 10_000, 200, 60)
	keys := []tea.KeyPressMsg{tuitest.Key("j"), tuitest.Key("pgdown"), tuitest.Key("k"), tuitest.Key("pgup")}
	for i := 0; b.Loop(); i++ {
		app.Update(keys[i%len(keys)])
		app.View()
	}
}

// BenchmarkHomeFilter types a letter into the filter of very many runbooks, and takes it
// back.
func BenchmarkHomeFilter(b *testing.B) {
	app := bigHome(b, 10_000, 200, 60)
	for _, key := range []string{"/", "n", "u"} {
		app.Update(tuitest.Key(key))
	}
	for i := 0; b.Loop(); i++ {
		app.Update(tuitest.Key([]string{"m", "backspace"}[i%2]))
		app.View()
	}
}

// BenchmarkRunDetail moves the cursor, and lets the detail follow each time.
func BenchmarkRunDetail(b *testing.B) {
	app := bigApp(b, 5000, 100_000, 200, 60)
	for i := 0; b.Loop(); i++ {
		app.Update(tuitest.Key([]string{"j", "j", "j", "k"}[i%4]))
		app.Update(tuitest.Key("tab"))
		app.View()
		app.Update(tuitest.Key("esc"))
	}
}

// BenchmarkTimeline moves through all entries.
func BenchmarkTimeline(b *testing.B) {
	app := bigApp(b, 5000, 100_000, 200, 60)
	app.Update(tuitest.Key("5"))
	for i := 0; b.Loop(); i++ {
		app.Update(tuitest.Key([]string{"pgup", "k", "k", "pgdown"}[i%4]))
		app.View()
	}
}

// BenchmarkTimelineFilter types a letter and takes it back.
func BenchmarkTimelineFilter(b *testing.B) {
	app := bigApp(b, 5000, 100_000, 200, 60)
	for _, key := range []string{"5", "/", "n", "o"} {
		app.Update(tuitest.Key(key))
	}
	for i := 0; b.Loop(); i++ {
		app.Update(tuitest.Key([]string{"t", "backspace"}[i%2]))
		app.View()
	}
}

// BenchmarkPalette opens the palette over everything, and types.
func BenchmarkPalette(b *testing.B) {
	app := bigApp(b, 5000, 100_000, 200, 60)
	for b.Loop() {
		for _, key := range []string{":", "m", "a", "c", "esc"} {
			app.Update(tuitest.Key(key))
			app.View()
		}
	}
}

// TestCursorBytes counts what one cursor move writes to the terminal: on a line where
// bytes take their time a few dozen, and never the whole screen.
func TestCursorBytes(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for _, ssh := range []bool{false, true} {
			most, withText := 150, 520
			if ssh {
				most = 30
			}
			moved(t, size, ssh, most, withText, func(t *testing.T, opts tui.Options, desk *tuitest.Desk) (*tui.App, error) {
				return tui.NewIncident(t.Context(), desk, desk.Adopt(bigIncident(t, 200, 300)), false, opts)
			}, "space", "g", "l", "j") // somewhere in a long list
			if ssh {
				most = 30
			} else {
				most, withText = 450, 450
			}
			moved(t, size, ssh, most, withText, func(t *testing.T, opts tui.Options, desk *tuitest.Desk) (*tui.App, error) {
				for i := range 60 {
					desk.Books = append(desk.Books, numbered(i))
				}
				return tui.NewHome(t.Context(), desk, opts)
			}, "j", "j")
		}
	}
}

// moved moves the cursor and counts.
func moved(t *testing.T, size [2]int, ssh bool, most, withText int, open func(*testing.T, tui.Options, *tuitest.Desk) (*tui.App, error), first ...string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		desk, err := tuitest.NewDesk("Ada")
		if err != nil {
			t.Fatal(err)
		}
		app, err := open(t, tui.Options{Person: "Ada", Now: desk.Now, SSH: ssh}, desk)
		if err != nil {
			t.Fatal(err)
		}
		profile := colorprofile.TrueColor
		if ssh {
			profile = colorprofile.ANSI256 // what comes over it
		}
		term := tuitest.StartOn(t, profile, app, size[0], size[1])
		whole, _ := term.Written()
		term.Press(first...)
		var moved, rested []int
		for range 9 {
			before, _ := term.Written()
			term.Quick("j")
			mid, _ := term.Written()
			term.Settle()
			after, _ := term.Written()
			moved, rested = append(moved, mid-before), append(rested, after-before)
		}
		t.Logf("%d×%d, ssh %v: the first screen %d, moved %v, with what follows %v", size[0], size[1], ssh, whole, moved, rested)
		if n := median(moved); n > most {
			t.Errorf("%d×%d, ssh %v: a move writes %d bytes", size[0], size[1], ssh, n)
		}
		if n := median(rested); n > withText {
			t.Errorf("%d×%d, ssh %v: a move writes %d bytes, with what follows", size[0], size[1], ssh, n)
		}
		if size[0] < 120 && whole > 2600 || size[0] < 200 && whole > 4200 {
			t.Errorf("%d×%d: the first screen is %d bytes", size[0], size[1], whole)
		}
	})
}

func median(values []int) int {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
