package notices_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// exercised is the case as a drill, with three channels.
func exercised(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada", "imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Drill, Severity: runbooks.SEV2, Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	world := &tuitest.World{Ways: []state.Channel{{Name: "form", Kind: "webhook"}}}
	app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now, World: world})
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Start(t, app, 110, 36), desk
}

// clipped is what was copied last.
func clipped(term *tuitest.Terminal) ([]byte, error) {
	text, _, _ := strings.Cut(term.Clipboard(), "\a")
	return base64.StdEncoding.DecodeString(text)
}

// TestDrillsSendNothing: in a drill a notice is not sent, nobody is asked before, and the
// screen says that it would have been; what is copied says that it is an exercise.
func TestDrillsSendNothing(t *testing.T) {
	draft := state.DraftNotice{Notice: "authority", Text: "A breach."}
	tuitest.Cases(t, exercised, []tuitest.Case{
		{Name: "by a channel", Before: all(draft), Keys: "3 j S 'form enter ~1s", Want: []string{"WOULD HAVE BEEN SENT 02:31; version 1", "WOULD HAVE BEEN SENT, version 1 by form"}, Absent: []string{"cannot be called back", "was sent", "may have left"}},
		{Name: "copied", Before: all(draft), Keys: "3 j c", Want: []string{"Sent to the terminal's clipboard"}, Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			text, err := clipped(term)
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			if first, last := lines[0], lines[len(lines)-1]; first != last || !strings.Contains(first, "EXERCISE") || !strings.Contains(string(text), "\nA breach.\n") {
				t.Errorf("copied is %q", text)
			}
		}},
	})
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "of what is live the text alone", Before: all(draft), Keys: "3 j c", Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			if text, _ := clipped(term); string(text) != "A breach." {
				t.Errorf("copied is %q", text)
			}
		}},
	})
}
