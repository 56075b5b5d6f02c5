package plain_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// TestCopyByLine: a copy that is opened says what it is, and is gone on in by a word.
func TestCopyByLine(t *testing.T) {
	tuitest.InBubble(t, "copy", func(t *testing.T) {
		c, desk := insideByLine(t)
		c.Say("back")
		desk.Copies("ssh://box/amber", 25*time.Minute)
		said := c.Say("list", "open 1")
		for _, want := range []string{"COPY of ssh://box/amber: nothing is recorded here", "was heard last 02:06, 25m ago", "goes up to entry 1", "1. yes: go on in it; 2. no: watch."} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not said:\n%s", want, said)
			}
		}
		c.Say("no", "branch", "yes", "the box is gone", "yes")
		inc := desk.Last().Incident()
		if e, _ := inc.Entry(inc.Head.Seq); e.Kind != state.KindLogBranched || !strings.Contains(inc.Describe(e), "the box is gone") {
			t.Errorf("the last entry is %q\n%s", inc.Describe(e), c.All())
		}
		if said := c.Say("branch"); !strings.Contains(said, "This is a BRANCH of ssh://box/amber") || !strings.Contains(said, "known to have entry 1") {
			t.Errorf("what the other side knows is not said:\n%s", said)
		}
	})
}

// TestTwoAnswersByLine: what has two answers is said, and settled by a number.
func TestTwoAnswersByLine(t *testing.T) {
	tuitest.InBubble(t, "two", func(t *testing.T) {
		c, desk := insideByLine(t)
		s := desk.Last()
		set := func(is state.ServiceState) state.Command {
			return state.SetService{Service: "gisis", State: is, Why: "seen"}
		}
		for _, err := range []error{s.Fork("Ben"), s.Other("Ada", set(state.ShutDown)), s.Elsewhere("Ben", set(state.Unaffected)), s.Merge("Cid")} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if said := c.Wait(2 * time.Second); !strings.Contains(said, "MERGED: two answers stand of 1 thing; “settle” settles them") {
			t.Errorf("a merge that brings two answers is not said:\n%s", said)
		}
		if said := c.Say("services", "1"); !strings.Contains(said, "TWO ANSWERS: entry 2, Ada") {
			t.Errorf("the service does not say so:\n%s", said)
		}
		if said := c.Say("settle"); !strings.Contains(said, "Two answers: service GISIS database\n1. entry 2: Ada 02:31: ") || !strings.Contains(said, "; branch\n") {
			t.Errorf("the answers are not listed:\n%s", said)
		}
		c.Say("2", "", "we looked", "yes")
		inc := desk.Last().Incident()
		if e, _ := inc.Entry(inc.Head.Seq); !strings.Contains(inc.Describe(e), "settled GISIS database: entry 4 holds") {
			t.Errorf("the last entry is %q\n%s", inc.Describe(e), c.All())
		}
	})
}
