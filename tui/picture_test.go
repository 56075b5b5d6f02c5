package tui_test

import (
	"flag"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestPicture draws the README's picture from the program itself, in the middle of
// the built-in ransomware runbook. -update writes it.
func TestPicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		text, err := os.ReadFile("../runbooks/library/ransomware.toml")
		if err != nil {
			t.Fatal(err)
		}
		book, err := tuitest.Book("ransomware.toml", text)
		if err != nil {
			t.Fatal(err)
		}
		desk, err := tuitest.NewDesk("Ada")
		if err != nil {
			t.Fatal(err)
		}
		desk.Books = append(desk.Books, book)
		session, err := desk.Start(t.Context(), tui.StartRequest{
			Runbook: desk.Books[0], Mode: state.Live, Title: "Files are being encrypted", Severity: runbooks.SEV1, Person: "Ada",
			Detected: desk.Now().Add(-42 * time.Minute), Inputs: map[string]string{"org": "Example Shipping"},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range night() {
			time.Sleep(2*time.Minute + 20*time.Second) // fake
			if _, err := session.Do(t.Context(), state.Action{Command: one, Override: "we are three tonight"}); err != nil {
				t.Fatalf("%+v: %v", one, err)
			}
		}
		app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 120, 36)
		compare(t, "testdata/run.svg", term.Picture())
	})
}

// night is what was done so far in the picture.
func night() []state.Command {
	list := []state.Command{
		state.AssignRole{Role: "commander", Person: "Ada"},
		state.DoStep{Step: "take-command", Note: "Ada commands, Ben writes"},
		state.DoStep{Step: "unplug"},
		state.DoStep{Step: "protect-backups", Note: "the store is off the network"},
		state.DoStep{Step: "out-of-band", Note: "Call open on private phones"},
		state.DoStep{Step: "record-awareness", Values: map[string]string{"seen": "01:40", "aware": "01:52"}},
		state.SkipStep{Step: "first-signs", Why: "no note seen so far"},
		state.SkipStep{Step: "name-variant", Why: "nothing to name it by yet"},
	}
	for _, service := range []string{"backups", "identity", "file-servers", "email", "website", "meetings"} {
		list = append(list, state.AnswerStep{Step: "check/" + service, Option: "unaffected"})
	}
	for _, service := range []string{"database", "documents"} {
		list = append(list, state.AnswerStep{Step: "check/" + service, Option: "affected"})
	}
	return append(list,
		state.AnswerStep{Step: "attack", Option: "yes", Note: "tools switched off on two hosts"},
		state.DoStep{Step: "tell-leadership", Note: "director told by telephone"},
		state.DoStep{Step: "rhythm", Note: "Chi relieves Ada at noon"},
		state.SkipStep{Step: "say-holding", Why: "the website answers; wait for the scope"},
		state.AnswerStep{Step: "decide-scope", Option: "hit"},
		state.DoStep{Step: "close-remote", Note: "kill switch at both sites"},
		state.AnswerStep{Step: "image-memory", Option: "yes"},
		state.StartStep{Step: "shut-down/database"},
		state.TickStep{Step: "shut-down/database", Item: 1, On: true},
	)
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("%s is not what the program draws now (%v); -update writes it anew", file, err)
	}
}
