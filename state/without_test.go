package state_test

import (
	"testing"

	"muster/runbooks"
	"muster/state"
)

// TestNamesWithoutTheProcedure: the runbook stays in a copy without names, with all that it says of
// steps, clocks and services, unless it says how to reach somebody. Whom the organisation calls goes.
func TestNamesWithoutTheProcedure(t *testing.T) {
	const office, mobile = "[[contact]]\nid = \"cert\"\ntitle = \"CERT\"\n", "[[contact]]\nid = \"jo\"\ntitle = \"Jo\"\nreach = [\"tel:1\"]\n"
	call := "[[phase.step]]\nid = \"call\"\nkind = \"notify\"\ncontact = \"cert\"\ntitle = \"Call\"\n"
	names := func(int) state.Parts { return state.PartsOf(state.Names) }
	for name, c := range map[string]struct {
		book  string
		facts runbooks.Facts
		stays bool
	}{
		"no contact": {tinyBook, runbooks.Facts{}, true}, "an office": {tinyBook + office, runbooks.Facts{}, true},
		"a way to reach": {tinyBook + mobile, runbooks.Facts{}, false}, "whom to ask": {tinyBook, runbooks.Facts{ContactPhone: "1"}, false},
	} {
		open := opened(c.book)
		open.Organisation = state.Organisation{Name: "Acme", Facts: c.facts, Contacts: []runbooks.Contact{{ID: "boss", Title: "Zoe", Reach: []string{"tel:2"}}}}
		inc := copyOf(t, sealed(t, state.Live, open), names)
		if got := len(inc.Steps) > 0 && !inc.Redacted.Runbook; got != c.stays || inc.Contact("boss") != nil {
			t.Errorf("%s: the procedure stays: %v; contacts %v", name, got, inc.Contacts)
		}
	}
	lines := sealed(t, state.Live, opened(tinyBook+call+office), &state.ContactCalled{Contact: "cert", Outcome: state.Reached})
	for _, withheld := range []state.Parts{0, state.PartsOf(state.Names)} {
		inc := copyOf(t, lines, func(int) state.Parts { return withheld })
		step := inc.Step("call")
		if met, status := step.Met(inc), inc.Status(step); (met.Seq == 2) != (withheld == 0) || (status == state.Unseen) != (withheld != 0) {
			t.Errorf("without %v the call's step is %s, met by %+v", withheld.Names(), status, met)
		}
	}
}
