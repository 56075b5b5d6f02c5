package runbooks

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDeadlines: each has all that a person needs to check it, and an id of its own.
func TestDeadlines(t *testing.T) {
	if !slices.IsSortedFunc(Deadlines(), func(a, b Deadline) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("not in the order of their ids")
	}
	seen := make(map[string]bool)
	for _, d := range Deadlines() {
		if !validID(d.ID) || seen[d.ID] {
			t.Errorf("%q is no id, or stands twice", d.ID)
		}
		seen[d.ID] = true
		if d.Title == "" || d.Within.IsZero() || d.Trigger == "" || d.To == "" || d.Source == "" || !regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(d.Checked) {
			t.Errorf("%s lacks something: %+v", d.ID, d)
		}
	}
}

// TestReadyMadeClock: a runbook names a law, and says only what starts and stops it.
func TestReadyMadeClock(t *testing.T) {
	text := `title = "Breach"
[[clock]]
id = "authority"
clock = "gdpr-33"
starts = "step:aware"
[[clock]]
id = "ours"
clock = "sec-8k"
title = "Tell the market"
within = "2 business days"
[[phase]]
title = "P"
[[phase.step]]
id = "aware"
title = "Aware"
`
	book, problems := Parse("breach.toml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	first, second := book.Clocks[0], book.Clocks[1]
	if first.Within.String() != "72h" || first.Law != "gdpr-33" || first.Source == "" || first.Checked == "" || first.Title == "" || first.Starts != "step:aware" {
		t.Errorf("%+v", first)
	}
	if second.Title != "Tell the market" || second.Within.BusinessDays != 2 || second.To != "public filing" {
		t.Errorf("%+v", second)
	}
	_, problems = Parse("breach.toml", []byte(strings.Replace(text, `"gdpr-33"`, `"gdpr-3"`, 1)))
	if !problems.HasErrors() || !strings.Contains(problems.Err().Error(), "gdpr-33") {
		t.Errorf("a law that is not there: %v", problems)
	}
}
