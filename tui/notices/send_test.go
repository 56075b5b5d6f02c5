package notices_test

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

// refusing is a session in which sending is refused once it has happened.
type refusing struct {
	*tuitest.Session
	overrides []string
}

func (r *refusing) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	if _, ok := action.Command.(state.SendNotice); ok {
		r.overrides = append(r.overrides, action.Override)
		if action.Override == "" {
			return nil, &state.Refusal{Reason: state.Unverified, Text: "GISIS is affected meanwhile.", Overridable: true}
		}
	}
	return r.Session.Do(ctx, action)
}

// TestSentIsRecorded: what has left is recorded as sent, whatever was learned
// while it was on its way.
func TestSentIsRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk, err := tuitest.NewDesk("Ada", "imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		r := &refusing{Session: session.(*tuitest.Session)}
		world := &tuitest.World{Ways: []state.Channel{{Name: "form", Kind: "webhook"}}}
		app, err := tui.NewIncident(t.Context(), desk, r, false, tui.Options{Person: "Ada", Now: desk.Now, World: world})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		term.Act("3 j d ctrl+s S 'form enter y")
		term.Wait(time.Second)
		if len(world.Sent()) != 1 || len(r.overrides) != 2 || !strings.Contains(r.overrides[1], "it had left when this became known: GISIS is affected meanwhile.") {
			t.Errorf("sent %q, overrides %q\n%s", world.Sent(), r.overrides, term.Screen())
		}
		if _, sent := desk.Last().Incident().Notice("authority").LastSent(); sent == nil || sent.To != "12 subscribers" {
			t.Errorf("recorded %+v", sent)
		}
	})
}
