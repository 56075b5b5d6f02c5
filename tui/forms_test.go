package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

const tickedBook = `title = "Ticked"
[[phase]]
title = "One"
[[phase.step]]
id = "cut"
title = "Cut it off"
checklist = ["Firewall", "Accounts", "Host on"]
`

// ticked is a terminal that shows a step with a checklist, one line of it ticked.
func ticked(t *testing.T) (*tuitest.Terminal, tui.Session) {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada")
	if err != nil {
		t.Fatal(err)
	}
	book, err := tuitest.Book("ticked.toml", []byte(tickedBook))
	if err != nil {
		t.Fatal(err)
	}
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
	if err == nil {
		_, err = session.Do(t.Context(), state.Action{Command: state.TickStep{Step: "cut", Item: 2, On: true}})
	}
	if err != nil {
		t.Fatal(err)
	}
	app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now})
	return seen(t, app, err), session
}

// TestTicksInTheForm: the form says what is not ticked before anything is typed, and
// ticks it.
func TestTicksInTheForm(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		done bool
	}{
		"left as they are":                  {[]string{"enter"}, false},
		"ticked":                            {[]string{"tab", "right", "enter"}, true},
		"as refused, then as its hint says": {[]string{"enter", "esc", "D", "tab", "right", "enter"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				term, session := ticked(t)
				term.Press("D")
				tuitest.Wants(t, term, "2 lines of the checklist are not ticked: “Firewall”, “Host on”.", "not all of it is done")
				for _, key := range c.keys {
					term.Press(key)
					term.Wait(time.Second)
				}
				s := &session.Incident().Steps[0]
				if s.Status == state.Done != c.done || s.Ticks[0] != c.done || s.Ticks[2] != c.done {
					t.Errorf("the step is %v, ticked %v:\n%s", s.Status, s.Ticks, term.Screen())
				}
				if !c.done && !strings.Contains(term.Screen(), "Not ticked off yet") {
					t.Errorf("it does not say why it is refused:\n%s", term.Screen())
				}
			})
		})
	}
}

// TestWhoIsAskedUnasked: the question of who acts, which opens by itself with an incident,
// is not answered by keys that were meant for what was there before.
func TestWhoIsAskedUnasked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newDesk(t)
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		_ = session.Close()
		desk.Person = ""
		app, err := tui.NewHome(t.Context(), desk, tui.Options{Now: desk.Now})
		term := seen(t, app, err)
		before := tuitest.EntriesOf(desk)
		term.Feed([]byte("\r"))
		term.Wait(20 * time.Millisecond)
		term.Feed([]byte("n"))
		term.Wait(30 * time.Millisecond)
		term.Feed([]byte("\r"))
		term.Wait(50 * time.Millisecond)
		tuitest.Wants(t, term, "Who are you?")
		if n := tuitest.EntriesOf(desk); n != before {
			t.Errorf("the log has %d entries, and had %d:\n%s", n, before, term.Screen())
		}
		term.Wait(time.Second)
		for _, r := range "Ben" {
			term.Feed([]byte(string(r)))
			term.Wait(100 * time.Millisecond)
		}
		term.Wait(time.Second)
		term.Press("enter")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "you are Ben")
	})
}
