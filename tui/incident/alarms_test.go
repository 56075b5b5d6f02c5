package incident_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// missed is a session in which another was faster to record a missed clock.
type missed struct {
	*tuitest.Session
	tries int
}

func (m *missed) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	if miss, ok := action.Command.(state.MissClock); ok {
		m.tries++
		if err := m.Session.Other("Ben", miss); err != nil {
			return nil, err
		}
	}
	return m.Session.Do(ctx, action)
}

// TestMissedElsewhere: that another was faster is no news to anybody.
func TestMissedElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := hasty(t)
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		m := &missed{Session: session.(*tuitest.Session)}
		app, err := tui.NewIncident(t.Context(), desk, m, false, tui.Options{Person: "Ada", Now: desk.Now})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		term.Wait(3 * time.Minute)
		tuitest.Wants(t, term, "OVERDUE: Tell the board", "● saved 2")
		if strings.Contains(term.Screen(), "Not recorded") || m.tries != 1 {
			t.Errorf("%d tries\n%s", m.tries, term.Screen())
		}
	})
}
