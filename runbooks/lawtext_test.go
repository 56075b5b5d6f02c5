package runbooks

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestLawText: the sources of ready-made deadlines lead to where the law stands, and nothing
// that somebody wrote leads anywhere; no address is there in vain.
func TestLawText(t *testing.T) {
	used := map[string]bool{}
	for _, d := range Deadlines() {
		address := LawText(d.Source)
		used[address] = true
		if address == "" {
			continue
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || !slices.Contains([]string{"eur-lex.europa.eu", "www.ecfr.gov"}, u.Host) || u.RawQuery != "" {
			t.Errorf("%s leads to %s (%v)", d.ID, address, err)
		}
		for _, part := range strings.FieldsFunc(d.Source, func(r rune) bool { return r < '0' || r > '9' })[:1] {
			if !strings.Contains(address, part) {
				t.Errorf("%s of %s leads to %s", d.ID, d.Source, address)
			}
		}
	}
	for _, text := range lawTexts() {
		if !used[text.url] {
			t.Errorf("%s is of no deadline", text.url)
		}
	}
	for _, source := range []string{"", "Regulation (EU) 2016/679", "Regulation (EU) 2016/679, Art. 33(1) ", "https://example.org"} {
		if got := LawText(source); got != "" {
			t.Errorf("%q leads to %s", source, got)
		}
	}
}
