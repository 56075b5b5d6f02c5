package incident_test

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

// TestAskedWhatLeft: case G12. Whoever opens an incident in which a notice may have left
// is asked whether it did, once, and both answers are recorded; so is one that somebody
// else began, when no sending can be under way any more.
func TestAskedWhatLeft(t *testing.T) {
	for _, c := range []struct{ name, keys, want string }{
		{"it arrived", "down enter", "sent To the authority, version 1, by form"},
		{"it did not", "down down enter 'the_desk_there enter enter", `could not send To the authority, version 1, by form — "the desk there"`},
		{"not known yet", "enter", "began to send To the authority, version 1, by form"},
	} {
		for _, late := range []bool{false, true} {
			t.Run(c.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { askedWhatLeft(t, c.keys, c.want, late) })
			})
		}
	}
}

func askedWhatLeft(t *testing.T, keys, want string, late bool) {
	desk := hasty(t)
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	begin := func() {
		for _, c := range []state.Command{
			state.DraftNotice{Notice: "authority", Text: "It is back."},
			state.LeaveNotice{Notice: "authority", Channel: "form", How: "webhook"},
		} {
			if err := desk.Last().Other("Ben", c); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !late {
		begin()
	}
	app, err := tui.NewOpening(t.Context(), desk, session.Incident().ID, false, tui.Options{Person: "Ada", Now: desk.Now, World: &tuitest.World{}})
	if err != nil {
		t.Fatal(err)
	}
	term := tuitest.Start(t, app, 100, 30)
	const question = "To the authority may have left at 02:31 by form: did it?"
	if late {
		begin()
		term.Wait(20 * time.Second)
		lacks(t, term, question) // it may well be on its way
		term.Act("3 j")
		tuitest.Wants(t, term, "MAY HAVE LEFT", "Version 1 may have left at 02:31 by form (Ben): did it?")
		term.Wait(30 * time.Second)
	}
	term.Wait(3 * time.Second)
	tuitest.Wants(t, term, question)
	term.Act(keys)
	term.Wait(2 * time.Minute)
	lacks(t, term, question)
	var said []string
	inc := desk.Last().Incident()
	for _, e := range inc.Log {
		said = append(said, inc.Describe(e))
	}
	if text := strings.Join(said, "\n"); !strings.Contains(text, want) {
		t.Errorf("want %q, said is\n%s\n%s", want, text, term.Screen())
	}
	term.Act("3 k j S")
	open := len(inc.Notice("authority").MayHaveLeft()) > 0
	if open {
		tuitest.Wants(t, term, question, "send it all the same, and say why")
	} else {
		lacks(t, term, question)
	}
}

func lacks(t *testing.T, term *tuitest.Terminal, text string) {
	t.Helper()
	if screen := term.Screen(); strings.Contains(screen, text) {
		t.Errorf("the screen shows %q\n%s", text, screen)
	}
}
