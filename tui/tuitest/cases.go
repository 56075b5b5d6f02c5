package tuitest

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A Case is keys that are pressed in an incident, and what the screens then show.
type Case struct {
	Name   string
	Before func(*Desk) // what was done before; nil for nothing
	Keys   string      // as a [Turn] has them
	Want   []string    // texts that stand on the screen then
	Absent []string    // texts that do not
	Logged string      // part of the last entry, "Person what"; "" for whatever
	Then   func(*testing.T, *Terminal, *Desk)
}

// Cases plays cases, each in an incident of its own that start begins.
func Cases(t *testing.T, start func(*testing.T) (*Terminal, *Desk), cases []Case) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				term, desk := start(t)
				if c.Before != nil {
					c.Before(desk)
					term.Wait(2 * time.Second)
				}
				for word := range strings.FieldsSeq(c.Keys) {
					term.act(t, word)
				}
				term.Wait(time.Second)
				Wants(t, term, c.Want...)
				for _, text := range c.Absent {
					if strings.Contains(term.Screen(), text) {
						t.Errorf("%q is on the screen:\n%s", text, term.Screen())
					}
				}
				if inc := desk.Last().Incident(); c.Logged != "" {
					e, _ := inc.Entry(inc.Head.Seq)
					if text := e.By.Name + " " + inc.Describe(e); !strings.Contains(text, c.Logged) {
						t.Errorf("the last entry is %q, not %q\n%s", text, c.Logged, term.Screen())
					}
				}
				if c.Then != nil {
					c.Then(t, term, desk)
				}
			})
		})
	}
}
