package main

import (
	"slices"
	"testing"

	"muster/runbooks"
	"muster/state"
)

// TestDifferent: who commands since logs were merged, and how bad it is, is said; what is as
// it was is not.
func TestDifferent(t *testing.T) {
	roles := func(commander string) []state.Role {
		return []state.Role{{Def: &runbooks.Role{ID: "commander", Title: "Incident commander"}, Person: commander}, {Def: &runbooks.Role{ID: "scribe", Title: "Scribe"}, Person: "Cleo"}}
	}
	before := &state.Incident{Roles: roles("Ada"), Severity: runbooks.SEV2}
	after := &state.Incident{Roles: roles("Ben"), Severity: runbooks.SEV1}
	want := []string{"Incident commander is Ben; it was Ada", "the severity is SEV1; it was SEV2"}
	if got := different(before, after); !slices.Equal(got, want) {
		t.Errorf("it is said: %q", got)
	}
	if got := different(before, &state.Incident{Roles: roles(""), Severity: runbooks.SEV2}); !slices.Equal(got, []string{"Incident commander is nobody; it was Ada"}) {
		t.Errorf("of a role that nobody has: %q", got)
	}
	if got := different(before, before); got != nil {
		t.Errorf("of nothing: %q", got)
	}
}
