package runbooks

import (
	"context"
	"testing"
)

// TestBuiltin holds the built-in runbooks to what is asked of every runbook.
func TestBuiltin(t *testing.T) {
	library := Open(Builtin())
	heads, problems := library.List(context.Background())
	if len(problems) > 0 {
		t.Error(problems)
	}
	found := make(map[string]bool)
	for _, h := range heads {
		found[h.ID] = true
		source, problems, err := library.Load(h.ID)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v\n%s", h.ID, err, problems)
			continue
		}
		steps := 0
		for _, p := range source.Runbook.Phases {
			steps += len(p.Steps)
		}
		if steps < 25 {
			t.Errorf("%s has %d steps; at least 25 are expected", h.ID, steps)
		}
	}
	for _, id := range []string{
		"ransomware", "website-defacement-or-outage", "account-compromise",
		"data-breach", "supply-chain", "lost-site",
	} {
		if !found[id] {
			t.Errorf("there is no built-in runbook %q", id)
		}
	}
}
