package tuitest

import (
	"strings"
	"testing"
	"testing/synctest"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/widget"
)

// Act plays keys: names, or "text…" typed.
func (term *Terminal) Act(keys string) {
	for _, key := range strings.Fields(keys) {
		if text, ok := strings.CutPrefix(key, "'"); ok {
			term.Type(strings.ReplaceAll(text, "_", " "))
			continue
		}
		term.Press(key)
	}
}

// InBubble runs a test on fake time, under the name of its keys.
func InBubble(t *testing.T, keys string, test func(*testing.T)) {
	t.Run(keys, func(t *testing.T) { synctest.Test(t, test) })
}

// Inside starts the run screen of a new incident.
func Inside(t *testing.T) (*Terminal, *Desk) {
	t.Helper()
	desk, err := NewDesk("Ada", "attack.toml", "malware.toml")
	if err != nil {
		t.Fatal(err)
	}
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Title: "Website down",
		Severity: runbooks.SEV2, Inputs: map[string]string{"org": "IMO"}, Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now})
	if err != nil {
		t.Fatal(err)
	}
	return Start(t, app, 100, 30), desk
}

// Wants fails unless all texts are on the screen.
func Wants(t *testing.T, term *Terminal, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(term.Screen(), text) {
			t.Errorf("%q is not on the screen:\n%s", text, term.Screen())
		}
	}
}

// Fits fails unless what is drawn has exactly the terminal's size.
func Fits(t *testing.T, app *tui.App, term *Terminal, i int, key string) {
	t.Helper()
	term.Settle() // the program must be at rest: View reads what Update writes
	lines := strings.Split(app.View().Content, "\n")
	if len(lines) != term.H {
		t.Fatalf("after key %d, %q: %d lines at %d×%d\n%s", i, key, len(lines), term.W, term.H, term.Screen())
	}
	for _, line := range lines {
		if w := widget.Width(line); w > term.W {
			t.Fatalf("after key %d, %q: a line is %d wide at %d×%d: %q", i, key, w, term.W, term.H, line)
		}
	}
}

// EntriesOf is how many entries the last incident of a desk has.
func EntriesOf(desk *Desk) uint64 {
	if s := desk.Last(); s != nil {
		return s.Incident().Head.Seq
	}
	return 0
}

// Begin starts an incident of a book with a world to act on.
func Begin(t *testing.T, book *runbooks.Source, world *World, editor tui.Editor) (*Terminal, *Desk) {
	t.Helper()
	desk, err := NewDesk("Ada")
	if err != nil {
		t.Fatal(err)
	}
	desk.Books = append(desk.Books, book)
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now, World: world, Editor: editor})
	if err != nil {
		t.Fatal(err)
	}
	return Start(t, app, 100, 30), desk
}
