package view

import (
	"testing"

	"muster/state"
)

// TestMeSaysHowItIsKnown: what was said goes before the log, and that before the
// configuration; nobody is nobody.
func TestMeSaysHowItIsKnown(t *testing.T) {
	inc := begun(t).inc
	seat := state.Seat{Account: "root", Terminal: "pts/1"}
	for _, c := range []struct{ said, configured, person, from, words string }{
		{"", "", "", "", "nobody is known to act here, at terminal pts/1, account root"},
		{"", "Ben", "Ben", "configuration", "Ben acts here: by the configuration, at terminal pts/1, account root"},
		{"Cleo", "Ben", "Cleo", "said", "Cleo acts here: by --as or MUSTER_AS, at terminal pts/1, account root"},
		{"Cleo", "", "Cleo", "said", "Cleo acts here: by --as or MUSTER_AS, at terminal pts/1, account root"},
	} {
		me := MeOf(inc, seat, c.said, c.configured)
		if me.Person != c.person || me.From != c.from || me.String() != c.words || me.Account != "root" || me.Incident != inc.ID {
			t.Errorf("%+v: %s", me, me)
		}
	}
	if got := (Me{Incident: "i", Person: "Ada", From: "log", Account: "root"}).String(); got != "Ada acts here: the last who did in i, without a terminal, account root" {
		t.Errorf("it says %q", got)
	}
}
