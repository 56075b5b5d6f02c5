package main

import (
	"fmt"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

// TestAheadMustBeGiven: a command that needs a time to come says how to write it.
func TestAheadMustBeGiven(t *testing.T) {
	e := newEnv()
	if _, err := readAhead(e, ""); err == nil || !strings.Contains(err.Error(), "is missing") {
		t.Error(err)
	}
}

func TestClaimsGiven(t *testing.T) {
	inc := &state.Incident{Services: []state.Service{
		{ID: "gisis", Def: &runbooks.Service{ID: "gisis", Title: "GISIS"}}, {ID: "mail", Def: &runbooks.Service{ID: "mail", Title: "Website and mail"}},
	}}
	for _, c := range []struct {
		flags draftFlags
		want  string
	}{
		{draftFlags{}, "[] true"},
		{draftFlags{noClaims: true}, "[] false"},
		{draftFlags{claims: []string{"gisis=verified", "mail=unaffected"}}, "[{gisis verified} {mail unaffected}] false"},
		{draftFlags{claims: []string{"Website=verif", "gis=unaff"}}, "[{mail verified} {gisis unaffected}] false"},
		{draftFlags{claims: []string{"moon=verified"}}, `There is no service "moon"`},
		{draftFlags{claims: []string{"gisis=fine"}}, `There is no state "fine"`},
		{draftFlags{claims: []string{"gisis"}}, `"gisis" is no claim`},
		{draftFlags{claims: []string{"=verified"}}, `"=verified" is no claim`},
		{draftFlags{claims: []string{"gisis="}}, `"gisis=" is no claim`},
		{draftFlags{noClaims: true, claims: []string{"gisis=verified"}}, "contradict"},
	} {
		claims, err := claimsGiven(inc, &c.flags)
		got := fmt.Sprintf("%v %v", claims, claims == nil)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%v: %s, want %s", c.flags.claims, got, c.want)
		}
	}
}

// Whatever is wrong in a channel, a secret is not in the words that say so.
func TestChannelProblemsHoldNoSecret(t *testing.T) {
	const secret = "https://hooks.example.org/hook-secret"
	for _, text := range []string{
		"name = \"a\"\nkind = \"" + secret + "\"", "name = \"a\"\nkind = \"slack\"\nurl = 7", "name = \"a\"\nkind = \"smtp\"\nsecurity = \"" + secret + "\"",
		"name = \"a\"\nkind = \"slack\"\nurl = \"hook-secret\"", "name = \"a\"\nkind = \"slack\"\nurl = [\"" + secret + "\"]", "name = \"a\"\nkind = \"slack\"\nurl = " + secret,
		"name = \"a\"\nkind = \"slack\"\ntimeout = \"" + secret + "\"", "name = \"a\"\nkind = \"smtp\"\nport = \"" + secret + "\"", "name = \"a\"\nkind = \"slack\"\nurl = \"" + secret + "\nx = 1",
		"name = \"a\"\nkind = \"slack\"\nurl = \"" + secret + "\"\nurl = \"" + secret + "\"", "name = \"a\"\nkind = \"pagerduty\"\nrouting_key = \"hook-secret\"\nhost = 1",
	} {
		p := newPlay(t)
		p.config("[[channel]]\n" + text + "\n")
		code, out, errs := p.try("notice", "channels")
		if code == exitDone || strings.Contains(out+errs, "hook-secret") {
			t.Errorf("exit code %d: %s\n%s%s", code, text, out, errs)
		}
	}
}
