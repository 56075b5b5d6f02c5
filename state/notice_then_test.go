package state_test

import (
	"strings"
	"testing"

	"muster/state"
)

// TestAWordToOthersTakesNothingAway: what was said in public and is not so is the word that counts, though
// somebody else was told of the harm since.
func TestAWordToOthersTakesNothingAway(t *testing.T) {
	book := strings.Replace(allOf, "id = \"all\"", "id = \"all\"\naudience = \"authority\"", 1)
	l := newLedger(t, strings.Replace(book, "id = \"some\"", "id = \"some\"\naudience = \"public\"", 1))
	l.set("web=verified")
	said := l.say("some", "web=verified")
	l.set("web=regressed")
	l.say("all", "web=affected")
	if d, differs := l.inc.Differs("web"); !differs || d.Seq != said || d.State != state.Verified {
		t.Errorf("%+v, %t", d, differs)
	}
	l.say("some", "web=affected")
	if claim, _, _ := l.inc.LastSaid("web"); claim.State != state.Affected {
		t.Errorf("the public was told anew, and %s counts", claim.State)
	}
}
