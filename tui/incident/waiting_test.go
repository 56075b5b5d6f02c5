package incident_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/tui/tuitest"
)

// TestNothingOpensOverANote: a dialog that opens by itself does not take the letters
// of a half-typed note as commands; it waits until the field is left.
func TestNothingOpensOverANote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		term.Act("n 'wait")
		desk.Change("it is encrypted")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "NOT SAVED", "ctrl+x")
		term.Act("'_for_r")
		tuitest.Wants(t, term, "wait for r")
		if strings.Contains(term.Screen(), "rescue here") || strings.Contains(term.Screen(), "rescuing") {
			t.Fatalf("the dialog lies over the note:\n%s", term.Screen())
		}
		// The key that is named opens it, and the note is still there below.
		term.Press("ctrl+x")
		tuitest.Wants(t, term, "rescue here")
		term.Press("esc")
		tuitest.Wants(t, term, "wait for r")
		term.Press("ctrl+x")
		tuitest.Wants(t, term, "rescue here")
	})
}

// TestOpensWhenTheNoteIsLeft: then it takes no key until the keyboard was quiet.
func TestOpensWhenTheNoteIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		term.Act("n 'wait")
		desk.Change("it is encrypted")
		term.Wait(time.Second)
		term.Press("esc")
		tuitest.Wants(t, term, "rescue here")
		for _, key := range "o rescue or retry" {
			term.Strike(string(key))
		}
		term.Settle()
		tuitest.Wants(t, term, "rescue here")
		if strings.Contains(term.Screen(), "rescuing") {
			t.Fatalf("typing chose a rescue:\n%s", term.Screen())
		}
		term.Wait(time.Second)
		// Nothing can be recorded now; once it is put right, the note is there again.
		desk.Change("")
		term.Wait(time.Second)
		term.Press("n")
		tuitest.Wants(t, term, "wait")
	})
}

// TestPasteOverADialog: a paste goes to the text field below the dialog.
func TestPasteOverADialog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		term.Act("n 'wait")
		desk.Change("it is encrypted")
		term.Wait(time.Second)
		term.Press("ctrl+x")
		term.Send(tea.PasteMsg{Content: " for_the_board"})
		term.Press("esc")
		tuitest.Wants(t, term, "wait for_the_board")
	})
}
