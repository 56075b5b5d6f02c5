package incident_test

import (
	"context"
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

// A badSession is one in which something fails.
type badSession struct {
	*tuitest.Session
	writable error // what Writable says
	do       error // what Do says of a note
	person   string
}

func (b *badSession) Writable() error { return b.writable }
func (b *badSession) Person() string  { return b.person }
func (b *badSession) Be(name string)  { b.person = name; b.Session.Be(name) }

func (b *badSession) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	if _, note := action.Command.(state.AddNote); note && b.do != nil {
		return nil, b.do
	}
	return b.Session.Do(ctx, action)
}

// A badWorld is one that shows nothing.
type badWorld struct {
	*tuitest.World
	err error
}

func (b *badWorld) Check(context.Context, *state.Incident, string) (state.RecordCheck, error) {
	return state.RecordCheck{}, b.err
}

func (b *badWorld) Sitrep(context.Context, *state.Incident, uint64) (string, error) {
	return "", b.err
}

// bad starts the case where something fails.
func bad(session *badSession, world *badWorld) func(*testing.T) (*tuitest.Terminal, *tuitest.Desk) {
	return func(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
		t.Helper()
		desk, err := tuitest.NewDesk("Ada", "imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		opened, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		of := *session
		of.Session = opened.(*tuitest.Session)
		app, err := tui.NewIncident(t.Context(), desk, &of, false, tui.Options{Person: of.person, Now: desk.Now, World: world})
		if err != nil {
			t.Fatal(err)
		}
		return tuitest.Start(t, app, 110, 30), desk
	}
}

// TestNothingFailsSilently: whatever fails is said, in the words of what failed, and what was
// typed is not lost.
func TestNothingFailsSilently(t *testing.T) {
	ada := &badSession{person: "Ada"}
	none := &badWorld{&tuitest.World{}, errors.New("no network")}
	tuitest.Cases(t, bad(&badSession{person: "Ada", writable: errors.New("the disk is gone")}, none), []tuitest.Case{
		{Name: "a disk", Want: []string{"READ ONLY: the disk is gone."}},
	})
	tuitest.Cases(t, bad(&badSession{person: "Ada", writable: state.ErrNotSaved}, none), []tuitest.Case{
		{Name: "a write", Want: []string{"NOTHING CAN BE SAVED: ", "CANNOT SAVE"}, Absent: []string{"READ ONLY"}},
	})
	tuitest.Cases(t, bad(&badSession{person: "Ada", do: state.ErrTooLong}, none), []tuitest.Case{
		{Name: "too long", Keys: "n 'precious ctrl+s", Want: []string{"That is too long for one entry."}, Then: nothing(1)},
		{Name: "too long, and kept", Keys: "n 'precious ctrl+s ~1s enter", Want: []string{"precious"}, Then: nothing(1)},
	})
	tuitest.Cases(t, bad(ada, none), []tuitest.Case{
		{Name: "a sitrep", Keys: "W", Want: []string{"There is no sitrep", "no network"}, Then: nothing(1)},
		{Name: "a look", Keys: "2 j p", Want: []string{"Nothing could be seen: no network", "cannot check"}, Then: nothing(1)},
		{Name: "a handover's sitrep", Before: all(state.AssignRole{Role: "commander", Person: "Ben"}, state.HandRole{Role: "commander", To: "Ada"}), Keys: "y ~1s",
			Want: []string{"The role is taken. There is no sitrep: "}, Absent: []string{"Where things stand"}},
	})
}

// TestAskedWhoActs: who has not said so is asked at once, and acts by that name from then on.
func TestAskedWhoActs(t *testing.T) {
	const question = "Who are you? It is recorded with what you do"
	nobody := &badSession{}
	tuitest.Cases(t, bad(nobody, &badWorld{World: &tuitest.World{}}), []tuitest.Case{
		{Name: "asked", Want: []string{question}, Then: nothing(1)},
		{Name: "said", Keys: "'Eve enter", Want: []string{"you are Eve"}, Absent: []string{question}},
	})
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "known", Absent: []string{question}},
		{Name: "too long a name", Keys: "Y '" + strings.Repeat("x", 101) + " enter", Want: []string{"A name has at most 100 bytes.", "you are Ada"}, Then: nothing(1)},
		{Name: "a long name", Keys: "Y '" + strings.Repeat("x", 100) + " enter", Absent: []string{"A name has at most", "you are Ada"}},
		{Name: "too long a name in a form", Keys: "n 'Seen. tab tab tab ctrl+u '" + strings.Repeat("x", 101) + " ctrl+s", Want: []string{"A name has at most 100 bytes."}, Then: nothing(1)},
	})
}

// TestUpdatesAreOwed: an update that was promised is said to be due from its time on; of a closed
// incident, what was promised.
func TestUpdatesAreOwed(t *testing.T) {
	promised := all(state.AssignRole{Role: "commander", Person: "Ben"}, state.DraftNotice{Notice: "holding", Text: "We look."}, state.ApproveNotice{Notice: "holding", Version: 1},
		state.SendNotice{Notice: "holding", Channel: "website", How: "by hand"})
	closed := func(desk *tuitest.Desk) {
		if err := desk.Last().Insists("Ben", state.CloseIncident{Summary: "over"}, "enough"); err != nil {
			panic(err)
		}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "promised", Before: promised, Keys: "3", Want: []string{"update in ", "Next update 04:31"}, Absent: []string{"UPDATE DUE"}},
		{Name: "due", Before: promised, Keys: "3", Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			term.Wait(2 * time.Hour)
			tuitest.Wants(t, term, "UPDATE DUE 04:31")
		}},
		{Name: "closed before", Before: promised, Keys: "3", Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			term.Wait(time.Hour)
			closed(desk)
			term.Wait(2 * time.Hour)
			tuitest.Wants(t, term, "update of 04:31 not given")
			if strings.Contains(term.Screen(), "UPDATE DUE") {
				t.Errorf("it is closed, and an update is due:\n%s", term.Screen())
			}
			tuitest.Play(t, term, tuitest.Turn{Do: "4 ~1s"})
			tuitest.Wants(t, term, "open at the end")
		}},
		{Name: "closed after", Before: promised, Keys: "3", Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			term.Wait(3 * time.Hour)
			closed(desk)
			term.Wait(time.Second)
			tuitest.Wants(t, term, "update of 04:31 NEVER given")
			if strings.Contains(term.Screen(), "UPDATE DUE") {
				t.Errorf("it is closed, and an update is due:\n%s", term.Screen())
			}
		}},
	})
}

// TestForeseen: what an answer would start is said before it is given.
func TestForeseen(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "yes", Keys: "j enter right", Want: []string{"starts "}, Then: nothing(1)},
		{Name: "nothing", Keys: "enter right", Absent: []string{"starts "}, Then: nothing(1)},
	})
}

// TestManyWait: of many actions that wait, the first are listed, and how many more there are.
func TestManyWait(t *testing.T) {
	for n, more := range map[int]string{8: "", 9: "and 1 more", 11: "and 3 more"} {
		synctest.Test(t, func(t *testing.T) {
			term, desk := begun(t)
			term.Resize(100, 50)
			desk.FailSaves(1)
			term.Act("n 'first ctrl+s")
			term.Wait(time.Second)
			term.Act("esc")
			for range n - 1 {
				term.Act("n 'other ctrl+s")
			}
			term.Act("!")
			screen := term.Screen()
			if strings.Contains(screen, " more") != (more != "") || !strings.Contains(screen, more) || strings.Count(screen, "\"other\"") != 7 {
				t.Errorf("of %d it says\n%s", n, screen)
			}
		})
	}
}
