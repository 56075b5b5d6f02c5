package runbooks

import (
	"context"
	"regexp"
	"strings"
	"testing"
)

// TestStatementsSayWhatWasDecided: what was decided is not said to be unknown, what was not
// is not said to be so, and no text speaks of another that is not in it.
func TestStatementsSayWhatWasDecided(t *testing.T) {
	library := Open(Builtin())
	notice := func(book, id string, answers map[string]string) string {
		source, _, err := library.Load(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range source.Runbook.Notices {
			if n.ID == id {
				text, err := Render(n.Text, Values{Org: "Example", Answers: answers})
				if err != nil {
					t.Error(err)
				}
				return text
			}
		}
		t.Fatalf("%s has no notice %s", book, id)
		return ""
	}
	for _, c := range []struct{ book, notice, of, is, says, silent string }{
		{"website-defacement-or-outage", "holding", "cause", "expired", "has run out", "do not yet know"},
		{"website-defacement-or-outage", "holding", "cause", "unknown", "do not yet know", "has run out"},
		{"website-defacement-or-outage", "staff", "cause", "change", "say only", "being looked into"},
		{"account-compromise", "authority", "real", "likely", "may have been used", "account was used"},
		{"account-compromise", "authority", "real", "yes", "account was used", "may have been"},
		{"account-compromise", "over", "stopped", "no", "«that they are out", "seen no further misuse"},
		{"account-compromise", "over", "stopped", "yes", "seen no further misuse", "«that"},
		{"account-compromise", "recipients", "real", "yes", "delete it", "close"},
		{"supply-chain", "customers", "kind", "ours", "What Example builds or signs", "A supplier"},
		{"supply-chain", "customers", "kind", "access", "A supplier", "builds or signs"},
	} {
		text := notice(c.book, c.notice, map[string]string{c.of: c.is})
		if !strings.Contains(text, c.says) || strings.Contains(text, c.silent) {
			t.Errorf("%s, %s, %s is %s: wants %q and not %q\n%s", c.book, c.notice, c.of, c.is, c.says, c.silent, text)
		}
	}
	heads, _ := library.List(context.Background())
	for _, h := range heads {
		source, _, err := library.Load(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range source.Runbook.Notices {
			if strings.Contains(n.Text, " below.") {
				t.Errorf("%s, %s: speaks of what is below, and it is not", h.ID, n.ID)
			}
		}
	}
}

// TestNoticesStateNothingUnsaid: where nothing was answered, no built-in notice says that something
// was done, found out or begun, or will be, besides when the next word comes.
func TestNoticesStateNothingUnsaid(t *testing.T) {
	unsaid := regexp.MustCompile(`(?i)isolation|restoration|locked|ended|\bwe are (working|taking|checking|cutting)|(is|are|still) being|come to an end|` +
		`(has|have) (been )?(told|closed|restored)|will be told|attached report|early warning,|work (continues|on these)|will tell you|more information will|intrusion`)
	library := Open(Builtin())
	heads, err := library.List(context.Background())
	if err != nil || len(heads) == 0 {
		t.Fatal(heads, err)
	}
	for _, h := range heads {
		source, _, err := library.Load(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range source.Runbook.Notices {
			text, err := Render(n.Text, Values{Org: "Example"})
			if err != nil {
				t.Error(err)
			}
			if found := unsaid.FindString(text); found != "" && len(n.Claims) == 0 {
				t.Errorf("%s, %s states what nobody has said: %q\n%s", h.ID, n.ID, found, text)
			}
		}
	}
}
