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

// A signingWorld is a world with a person's key at hand, which waits for a touch.
type signingWorld struct {
	*tuitest.World
	offered bool
	touched chan error
}

func (w *signingWorld) Signs() bool { return w.offered }

func (w *signingWorld) Sign(ctx context.Context, inc *state.Incident) (fingerprint, text string, err error) {
	select {
	case <-ctx.Done():
		return "", "", ctx.Err()
	case err := <-w.touched:
		return "SHA256:abc", "muster head v1\nincident " + inc.ID + "\n-----BEGIN SSH SIGNATURE-----\n", err
	}
}

// signing begins an incident before which somebody sits who may offer their agent.
func signing(t *testing.T, offered bool) (*tuitest.Terminal, *tuitest.Desk, *signingWorld) {
	t.Helper()
	book, err := tuitest.ReadBook("imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	desk, err := tuitest.NewDesk("Ada")
	if err != nil {
		t.Fatal(err)
	}
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	w := &signingWorld{World: &tuitest.World{}, offered: offered, touched: make(chan error, 1)}
	app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now, World: w, SSH: true})
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Start(t, app, 100, 30), desk, w
}

// TestSignAtHandover: where a role changes hands, signing is offered to who offers their
// agent. While the key waits for a touch all else goes on, and the signature is of what stood
// in the log when it was asked for.
func TestSignAtHandover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk, w := signing(t, true)
		term.Act("t enter")
		term.Wait(time.Second) // over SSH a hand is waited for longer
		term.Act("H tab 'Ben enter")
		tuitest.Wants(t, term, "$ signs the log up to here with your own key")
		head := desk.Last().Incident().Head
		term.Wait(time.Second)
		term.Act("$")
		tuitest.Wants(t, term, "Your agent is asked to sign")
		term.Wait(time.Second)
		term.Act("n 'it_goes_on enter")
		if inc := desk.Last().Incident(); inc.Head.Seq <= head.Seq {
			t.Fatalf("while the key waits nothing is recorded\n%s", term.Screen())
		}
		w.touched <- nil
		term.Settle()
		tuitest.Wants(t, term, "signed up to entry", "BEGIN SSH SIGNATURE", "c copy")
		inc := desk.Last().Incident()
		if len(inc.Signatures) != 1 || inc.Signatures[0].Head != head.Hash || inc.Signatures[0].Fingerprint != "SHA256:abc" {
			t.Errorf("the log says that these were signed: %+v, not %s", inc.Signatures, head.Hash)
		}
	})
}

// TestSignAtClosing: what comes after the closing has signing too, and says what came of it.
func TestSignAtClosing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk, w := signing(t, true)
		if _, err := desk.Last().Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "over"}, Override: "we must"}); err != nil {
			t.Fatal(err)
		}
		term.Wait(time.Second)
		term.Act("C 'vouch enter")
		tuitest.Wants(t, term, "Your agent is asked to sign")
		w.touched <- errors.New("the key was not touched")
		term.Settle()
		tuitest.Wants(t, term, "Not signed", "the key was not touched")
		if n := len(desk.Last().Incident().Signatures); n != 0 {
			t.Errorf("%d signatures are recorded", n)
		}
	})
}

// TestSignNotOffered: who offers no agent is asked for nothing, and told how to offer it.
func TestSignNotOffered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, _, _ := signing(t, false)
		term.Act("t enter")
		term.Wait(time.Second) // over SSH a hand is waited for longer
		term.Act("H tab 'Ben enter")
		if screen := term.Screen(); strings.Contains(screen, "signs the log") {
			t.Errorf("it is offered\n%s", screen)
		}
		term.Wait(time.Second)
		term.Act("$")
		tuitest.Wants(t, term, "connect with ssh -A")
	})
}
