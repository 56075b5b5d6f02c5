package runbooks

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
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

// TestDeadlinesAreAsTheLawsSay: the length and whether the law's own text was read,
// written down a second time: a slip of one hour here costs somebody a fine.
func TestDeadlinesAreAsTheLawsSay(t *testing.T) {
	want := map[string]string{
		"certin-6h": "6h", "cra-early-warning": "24h", "cra-final-incident": "1 month", "cra-final-vulnerability": "14d", "cra-notification": "72h",
		"dora-final": "1 month", "dora-initial": "4h", "dora-initial-outer": "24h", "dora-intermediate": "72h", "gdpr-33": "72h", "hipaa-60d": "60d",
		"nis2-early-warning": "24h", "nis2-final": "1 month", "nis2-notification": "72h", "nydfs-72h": "72h", "nydfs-ransom-24h": "24h",
		"sec-8k": "4 business days", "soci-critical": "12h", "soci-other": "72h", "uk-gdpr-33": "72h", "us-banks-36h": "36h",
		"ch-isa-24h": "24h", "cn-1h": "1h", "hk-critical-12h": "12h", "hk-other-48h": "48h", "nydfs-ransom-reasons": "30d", "tw-1h": "1h",
		"uk-pecr-24h": "24h", "uscg-nrc": "without delay",
	}
	read := []string{"dora-final", "dora-initial", "dora-initial-outer", "dora-intermediate", "gdpr-33"}
	for _, d := range Deadlines() {
		if got := d.Within.String(); got != want[d.ID] {
			t.Errorf("%s is %s, want %s", d.ID, got, want[d.ID])
		}
		if d.Primary != slices.Contains(read, d.ID) {
			t.Errorf("%s: its own text was read: %v", d.ID, d.Primary)
		}
		delete(want, d.ID)
	}
	for id := range want {
		t.Errorf("%s is not there", id)
	}
}

// TestClockCountsFrom: what a clock counts from is a time that somebody is asked for.
func TestClockCountsFrom(t *testing.T) {
	text := `title = "Breach"
[[input]]
id = "aware"
type = "time"
[[input]]
id = "nis2"
type = "bool"
[[clock]]
id = "early"
clock = "nis2-early-warning"
starts = "answer:nis2=yes"
from = "answer:aware"
[[clock]]
id = "bank"
clock = "dora-initial"
starts = "step:classify"
[clock.outer]
starts = "answer:nis2=yes"
from = "answer:aware"
[[phase]]
title = "P"
[[phase.step]]
id = "classify"
title = "Classify"
`
	book, problems := Parse("breach.toml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	early, bank := book.Clocks[0], book.Clocks[1]
	if early.From != "answer:aware" || !early.Outer.Within.IsZero() {
		t.Errorf("%+v", early)
	}
	if want := (Bound{Span{Duration: 24 * time.Hour}, "answer:nis2=yes", "answer:aware"}); bank.Outer != want {
		t.Errorf("the outer bound is %+v, want %+v", bank.Outer, want)
	}
	for _, c := range []struct{ from, to, want string }{
		{`from = "answer:aware"`, `from = "answer:awares"`, "aware"},
		{`from = "answer:aware"`, `from = "answer:nis2"`, "is not a time"},
		{`from = "answer:aware"`, `from = "aware"`, "write answer:ID"},
		{`[clock.outer]`, `[clock.other]`, "outer"},
	} {
		if _, problems := Parse("breach.toml", []byte(strings.Replace(text, c.from, c.to, 1))); !problems.HasErrors() || !strings.Contains(problems.Err().Error(), c.want) {
			t.Errorf("%s: %v", c.to, problems)
		}
	}
	cut := text[:strings.Index(text, "[clock.outer]")] + text[strings.Index(text, "[[phase]]"):]
	if _, problems := Parse("breach.toml", []byte(cut)); problems.HasErrors() || len(problems) != 1 || !strings.Contains(problems[0].What, "outer bound") {
		t.Errorf("a law of two bounds, of which the runbook knows one: %v", problems)
	}
}

// TestDORASaysWhatToDoWhenLate: who cannot report in time tells the authority why, in time.
func TestDORASaysWhatToDoWhenLate(t *testing.T) {
	found := 0
	for _, d := range Deadlines() {
		if strings.HasPrefix(d.ID, "dora-") {
			found++
			if !strings.Contains(d.Source, "tell the authority so, and why, before it is due (Art. 5(3))") {
				t.Errorf("%s: %s", d.ID, d.Source)
			}
		}
	}
	if found != 4 {
		t.Errorf("%d deadlines of DORA, want 4", found)
	}
}

// TestFinalReportFollowsTheNotificationsClock: it counts from the notification, sent as a notice or met by hand.
func TestFinalReportFollowsTheNotificationsClock(t *testing.T) {
	library := Open(Builtin())
	heads, _ := library.List(t.Context())
	seen := 0
	for _, h := range heads {
		source, problems, err := library.Load(h.ID)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		for _, c := range source.Runbook.Clocks {
			if c.Law != "nis2-final" {
				continue
			}
			seen++
			if c.Starts != "clock:nis2-notification" {
				t.Errorf("%s: starts %s", h.ID, c.Starts)
			}
		}
	}
	if seen == 0 {
		t.Error("no runbook has it")
	}
}
