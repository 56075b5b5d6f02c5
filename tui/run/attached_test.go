package run_test

import (
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// TestAttachedBook: the notices and contacts of a second runbook stand in its steps.
func TestAttachedBook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("malware.toml")
		if err != nil {
			t.Fatal(err)
		}
		second, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		term, desk := tuitest.Begin(t, book, &tuitest.World{}, nil)
		doc := state.Document{ID: second.ID, Source: "test", SHA256: state.Sum(second.Text), Text: string(second.Text)}
		if err := desk.Last().Other("Ben", state.AttachRunbook{Runbook: doc, Why: "it is an attack"}); err != nil {
			t.Fatal(err)
		}
		term.Settle()
		term.Act("G")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "Notice: Holding statement", "unwritten")
		term.Act("k")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "tel:+44 20 7946 0000")
		term.Act("4")
		term.Act("j") // over the clock that runs
		tuitest.Wants(t, term, "step 2.2 Is personal data")
	})
}
