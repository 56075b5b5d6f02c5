package incident_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestNoWorld: without a world the screens say so, and everything by hand works.
func TestNoWorld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		for keys, want := range map[string]string{
			"2 P": "The runbook names no check for any service.", "1 W": "There is nothing to draw a sitrep with here.",
			"3": "Contacts, in the order to call", "4": "Clocks that do not run", "1 K": "No role is being handed over.",
		} {
			term.Act(keys)
			tuitest.Wants(t, term, want)
		}
		term.Act("3 w 'Hello_all tab 'staff tab 'It_is_well. ctrl+s")
		if n := desk.Last().Incident().Notice("hello-all"); n == nil || n.Last().Text != "It is well." {
			t.Errorf("the notice is %+v\n%s", n, term.Screen())
		}
	})
}

// TestContactsCannotBeRead: what the runbook has is shown all the same.
func TestContactsCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		term, _ := tuitest.Begin(t, book, &tuitest.World{OwnErr: errors.New("contacts.toml:3: unknown key")}, nil)
		term.Act("3 G")
		tuitest.Wants(t, term, "tel:+41 22 555 0100", "Your own contacts cannot be read: contacts.toml:3:")
	})
}

// hasty is a desk with the case, in which the board is to be told within minutes.
func hasty(t *testing.T) *tuitest.Desk {
	t.Helper()
	text, err := tuitest.BookText("imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	book, err := tuitest.Book("imo.toml", []byte(strings.Replace(string(text), `within = "2h"`, `within = "2m"`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	desk, err := tuitest.NewDesk("Ada")
	if err != nil {
		t.Fatal(err)
	}
	desk.Books = append(desk.Books, book)
	return desk
}

// TestWatchingOnly: who only watches records nothing and looks at nothing, and is
// told all the same.
func TestWatchingOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := hasty(t)
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		announce(t, desk)
		world := &tuitest.World{}
		world.Down("vp", "503")
		app, err := tui.NewOpening(t.Context(), desk, session.Incident().ID, true, tui.Options{Person: "Ada", Now: desk.Now, World: world})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		before := tuitest.EntriesOf(desk)
		term.Wait(3 * time.Minute)
		tuitest.Wants(t, term, "WATCHING", "OVERDUE: Tell the board")
		term.Act("2 p")
		tuitest.Wants(t, term, "Watching only")
		term.Act("3 d A S 4 d @ H K")
		if n := tuitest.EntriesOf(desk); n != before || world.Looks() != 0 {
			t.Errorf("%d entries became %d, %d looks", before, n, world.Looks())
		}
	})
}

// announce lets others say that Virtual Publications is restored.
func announce(t *testing.T, desk *tuitest.Desk) {
	t.Helper()
	for _, c := range []state.Command{
		state.SetService{Service: "vp", State: state.Affected, Why: "seen"},
		state.SetService{Service: "vp", State: state.Restored, Why: "from Geneva"},
		state.SetService{Service: "vp", State: state.Verified, Why: "seen from outside"},
		state.DraftNotice{Notice: "authority", Text: "It is back.", Claims: []state.Claim{{Service: "vp", State: state.Restored}}},
		state.SendNotice{Notice: "authority", Channel: "form"},
	} {
		name := "Ben"
		if set, ok := c.(state.SetService); ok && set.State == state.Verified {
			name = "Cleo"
		}
		if err := desk.Last().Other(name, c); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRepeatedLooks: only what a look shows anew becomes an entry, however long it
// goes on; a failure rings once.
func TestRepeatedLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		world := &tuitest.World{}
		term, desk := tuitest.Begin(t, book, world, nil)
		announce(t, desk)
		term.Wait(10*time.Minute + 2*time.Second)
		if n := world.Looks(); n != 11 {
			t.Errorf("%d looks", n)
		}
		entries := tuitest.EntriesOf(desk)
		world.Down("vp", "503")
		term.Wait(5 * time.Minute)
		if n := tuitest.EntriesOf(desk); n != entries+1 {
			t.Errorf("%d entries became %d", entries, n)
		}
		if st := desk.Last().Incident().Service("vp").State; st != state.Regressed {
			t.Errorf("it is %s", st)
		}
		tuitest.Wants(t, term, "REGRESSED: Virtual Publications: check failed: 503")
		world.Down("vp", "")
		term.Wait(2 * time.Minute)
		if n := tuitest.EntriesOf(desk); n != entries+2 {
			t.Errorf("%d entries became %d after it was good again", entries, n)
		}
		if term.Rings() != 1 {
			t.Errorf("it rang %d times", term.Rings())
		}
	})
}
