package session_test

import (
	"errors"
	"testing"
	"time"

	"muster/state"
	"muster/state/session"
	"muster/state/statetest"
)

// at is a person's session at a terminal; "" for who acted there last.
func at(person, terminal string, clock session.Clock) session.Config {
	c := config(person, clock)
	c.Seat = state.Seat{Host: "box", Account: "root", Terminal: terminal}
	return c
}

// TestWhoActedThereLast: a session goes on as the person who acted last at its account and
// terminal, and the change of a person is an entry before the act.
func TestWhoActedThereLast(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	s, err := session.Create(t.Context(), store, state.OpenIncident{Mode: state.Live, Runbook: doc}, time.Time{}, at("Maya", "pts/1", clock))
	if err != nil {
		t.Fatal(err)
	}
	if kinds := kindsOf(s.Incident()); kinds[len(kinds)-1] != state.KindPersonActs {
		t.Errorf("who starts is not remembered: %v", kinds)
	}
	open := func(c session.Config) *session.Session {
		s, err := session.Open(t.Context(), store, s.Incident().ID, false, c)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	note := func(s *session.Session, by string) []state.Kind {
		t.Helper()
		before := s.Incident().Head.Seq
		inc, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "x"}, By: by})
		if err != nil {
			t.Fatal(err)
		}
		return kindsOf(inc)[before:]
	}
	back := open(at("", "pts/1", clock))
	if back.Person() != "Maya" {
		t.Errorf("at Maya's terminal acts %q", back.Person())
	}
	if got := note(back, "maya"); len(got) != 1 || back.Incident().Log[back.Incident().Head.Seq-1].By.Name != "Maya" {
		t.Errorf("the same person in another case: %v", got)
	}
	if got := note(back, "Ben"); len(got) < 2 || got[len(got)-2] != state.KindPersonActs || back.Person() != "Ben" {
		t.Errorf("another person: %v, %q", got, back.Person())
	}
	nobody := at("", "pts/2", clock)
	if s := open(nobody); s.Person() != "" {
		t.Errorf("at a new terminal acts %q", s.Person())
	} else if _, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "x"}}); !errors.As(err, new(*state.Refusal)) {
		t.Errorf("nobody acts: %v", err)
	} else if _, err := s.Become(t.Context(), "Cleo"); err != nil {
		t.Error(err)
	} else if who, _ := s.Incident().PersonAt(nobody.Seat); who != "Cleo" || s.Person() != "Cleo" {
		t.Errorf("%q acts there", who)
	} else if _, err := s.Become(t.Context(), " CLEO"); err != nil {
		t.Errorf("who acts there becomes herself: %v", err)
	}
	nobody.Usually, nobody.Seat.Terminal = "Dan", ""
	if s := open(nobody); s.Person() != "Dan" {
		t.Errorf("by the configuration acts %q", s.Person())
	} else if got := note(s, ""); got[len(got)-1] != state.KindNoteAdded || got[0] == state.KindPersonActs {
		t.Errorf("without a terminal something is remembered: %v", got)
	}
}

func kindsOf(inc *state.Incident) (kinds []state.Kind) {
	for i := range inc.Log {
		kinds = append(kinds, inc.Log[i].Kind)
	}
	return kinds
}
