package export_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// said is the report in Markdown of a log that begins with text as its runbook.
func said(t *testing.T, text string, acts ...func(*scribe)) string {
	t.Helper()
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", text)})
	for _, act := range acts {
		act(s)
	}
	return written(t, s.inc, export.Markdown, export.Options{})
}

// does has who record an action, whatever speaks against it.
func does(who string, command state.Command) func(*scribe) {
	return func(s *scribe) { s.act(who, command, time.Time{}, "test") }
}

// oneOf wants exactly those of the texts in all that are in want.
func oneOf(t *testing.T, name, page string, all []string, want ...string) {
	t.Helper()
	for _, text := range all {
		if is := strings.Contains(page, text); is != slices.Contains(want, text) {
			t.Errorf("%s: that it says %q is %v", name, text, is)
		}
	}
}

// TestUntrueIsSaid: that a statement is not true any more, or was not when it went out, is
// said in those words, and when that ended.
func TestUntrueIsSaid(t *testing.T) {
	set := func(to state.ServiceState) func(*scribe) {
		return does("Ben", state.SetService{Service: "gisis", State: to, Why: "seen"})
	}
	say := func(s *scribe) {
		s.do("Ada", state.DraftNotice{Notice: "holding", Text: "GISIS works.", Claims: []state.Claim{{Service: "gisis", State: state.Verified}}})
		does("Ada", state.SendNotice{Notice: "holding", Channel: "radio"})(s)
	}
	all := []string{"**NOT TRUE ANY MORE**", "**no longer true**", "**NOT TRUE WHEN IT WAS SENT**, since ", "**not true when it was sent**", "; known since ", "| **NOT TRUE WHEN IT WAS SENT**: it was affected |"}
	for _, c := range []struct {
		name string
		acts []func(*scribe)
		want []string
	}{
		{"true all the time", []func(*scribe){set(state.Verified), say}, nil},
		{"not true any more", []func(*scribe){set(state.Verified), say, set(state.Affected)}, all[0:1]},
		{"for a while not", []func(*scribe){set(state.Verified), say, set(state.Regressed), set(state.Verified)}, all[1:2]},
		{"never true", []func(*scribe){set(state.Affected), say}, all[2:4]}, // the second beside the key event
		{"not true when it was sent", []func(*scribe){set(state.Affected), say, set(state.Verified)}, all[3:4]},
	} {
		oneOf(t, c.name, said(t, book(""), c.acts...), all[:4], c.want...)
	}
	page := said(t, book(""), set(state.Affected), say, set(state.Verified))
	if !strings.Contains(page, ") to 2026-11-24 02:07:30 UTC (") {
		t.Errorf("it does not say until when:\n%s", page)
	}
}

// TestWhatWasNotKnownIsNotCalledFalse: a statement on a service of which nothing was known is named
// on the first page, in the key events, the annex and the situation report as not known to be true;
// nothing says that it was not true.
func TestWhatWasNotKnownIsNotCalledFalse(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	s.do("Ada", state.DraftNotice{Notice: "holding", Text: "GISIS works.", Claims: []state.Claim{{Service: "gisis", State: state.Verified}}})
	does("Ada", state.SendNotice{Notice: "holding", Channel: "radio"})(s)
	page := written(t, s.inc, export.Markdown, export.Options{}) + export.NewSitrep(s.inc, view.SitrepOptions{Now: day.Add(time.Hour)}).Text()
	for _, want := range []string{
		"**Not known to be true when it was sent**: **Holding", "**NOT KNOWN TO BE TRUE WHEN IT WAS SENT**, and still out", " — **not known to be true when it was sent**",
		"**NOT KNOWN TO BE TRUE WHEN IT WAS SENT**, since ", "**NOT KNOWN TO BE TRUE WHEN IT WAS SENT** |", "STATEMENTS THAT ARE NOT KNOWN TO BE TRUE\n", " — WAS NOT KNOWN TO BE TRUE WHEN IT WAS SENT: it says that GISIS",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if low := strings.ToLower(page); strings.Contains(low, "not true") || strings.Contains(low, "untrue") || strings.Contains(low, "stale") {
		t.Errorf("it says that it is not true:\n%s", page)
	}
}

// TestClaimsAreJudgedInTheReport: what was claimed, and what was known then, stand side by side.
func TestClaimsAreJudgedInTheReport(t *testing.T) {
	claim := func(of state.ServiceState) func(*scribe) {
		return func(s *scribe) {
			s.do("Ada", state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: of}}})
			does("Ada", state.SendNotice{Notice: "holding", Channel: "radio"})(s)
		}
	}
	affected := does("Ben", state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	for _, c := range []struct {
		name   string
		acts   []func(*scribe)
		untrue bool
	}{
		{"what was known", []func(*scribe){affected, claim(state.Affected)}, false},
		{"better than was known", []func(*scribe){affected, claim(state.Verified)}, true},
	} {
		page := said(t, book(""), c.acts...)
		if strings.Contains(page, "**NOT TRUE WHEN IT WAS SENT**") != c.untrue || strings.Contains(page, "It claims nothing") {
			t.Errorf("%s:\n%s", c.name, page)
		}
	}
	empty := func(s *scribe) {
		s.do("Ada", state.DraftNotice{Notice: "thanks", Title: "Thank you", Text: "Thank you."})
	}
	page := said(t, book(""), empty)
	oneOf(t, "a draft", page, []string{"No entry says that version 1 was sent", "It claims nothing"}, "No entry says that version 1 was sent")
	page = said(t, book(""), empty, does("Ada", state.SendNotice{Notice: "thanks", Channel: "radio"}))
	oneOf(t, "without a claim", page, []string{"No entry says that version 1 was sent", "It claims nothing"}, "It claims nothing")
}

// TestOnlyWhatThereIs: what did not happen has no heading of its own, and what is of no law
// no word on laws.
func TestOnlyWhatThereIs(t *testing.T) {
	all := []string{
		"### Situation reports issued", "### Handovers", "No call is recorded.", "no call is recorded", runbooks.NotLegalAdvice, "The runbook has no clocks.",
		"| Timer |", "### Looks from outside", "None was drafted.", "a step, service or role that is not in this incident",
	}
	plain := "title = \"Small\"\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\nid = \"look\"\ntitle = \"Look\"\n"
	clock := plain + "[[clock]]\nid = \"board\"\ntitle = \"Board\"\nwithin = \"15m\"\nstarts = \"incident.opened\"\n"
	nothing := []string{"No call is recorded.", "None was drafted."}
	with := func(more ...string) []string { return slices.Concat(nothing, more) }
	for _, c := range []struct {
		name, book string
		acts       []func(*scribe)
		want       []string
	}{
		{"nothing", plain, nil, with("The runbook has no clocks.")},
		{"a clock of the house", clock, nil, nothing},
		{"a clock of a law", book(""), nil, with(runbooks.NotLegalAdvice)},
		{"a sitrep", clock, []func(*scribe){does("Ada", state.IssueSitrep{To: "the board", Text: "# Situation report"})}, with("### Situation reports issued")},
		{"a timer", clock, []func(*scribe){does("Ada", state.SetTimer{Title: "tea", Due: day.Add(time.Hour)})}, with("| Timer |")},
		{"a call", book(""), []func(*scribe){does("Ada", state.CallContact{Contact: "mayor", Title: "Mayor", Outcome: state.NoAnswer})}, []string{"None was drafted.", runbooks.NotLegalAdvice, "no call is recorded"}},
		{"a look", book(""), []func(*scribe){does("Ada", state.RecordCheck{Service: "gisis", OK: true, What: "x"})}, with(runbooks.NotLegalAdvice, "### Looks from outside")},
		{"a step of no runbook", clock, []func(*scribe){func(s *scribe) { s.raw("Ada", &state.StepStarted{StepRef: state.StepRef{Step: "nowhere"}}) }}, with("a step, service or role that is not in this incident")},
	} {
		page := said(t, c.book, c.acts...)
		oneOf(t, c.name, page, all, c.want...)
	}
}

// TestDoersAreNamed: who began a step is named beside who did it only if that is another.
func TestDoersAreNamed(t *testing.T) {
	for _, c := range []struct {
		started, done string
		want          bool
	}{{"Ada", "Ada", false}, {"Ada", "Ben", true}, {"Ada", "", false}} {
		acts := []func(*scribe){does(c.started, state.StartStep{Step: "look"})}
		if c.done != "" {
			acts = append(acts, does(c.done, state.DoStep{Step: "look"}))
		}
		if got := strings.Contains(said(t, book(""), acts...), "started by "+c.started); got != c.want {
			t.Errorf("started by %s, done by %q: that it says who began is %v", c.started, c.done, got)
		}
	}
}

// TestListsAreFlat: what stands in one list of the review after a drill stands on one level,
// and each objective has what was noted of it.
func TestListsAreFlat(t *testing.T) {
	s, opts := played(t, "")
	s.raw("Kim", &state.ObservationAdded{Text: "Too late.", Mark: state.Improve, Objective: "truth"})
	page := export.NewAAR(s.incident(), opts).Markdown()
	for _, want := range []string{"\n- EXERCISE Strength: Calm.\n", "\n- EXERCISE To improve: Too late.\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not say %q:\n%s", want, page)
		}
	}
}

// TestSitrepSaysSince: of what is under way, since when and by whom; of what is not, neither.
func TestSitrepSaysSince(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	opts := view.SitrepOptions{Now: day.Add(time.Hour), Program: program}
	if text := export.NewSitrep(s.inc, opts).Text(); strings.Contains(text, "Look at the alarm: active") {
		t.Errorf("nothing is begun:\n%s", text)
	}
	s.do("Ben", state.StartStep{Step: "look"})
	text := export.NewSitrep(s.inc, opts).Text()
	if !strings.Contains(text, "Look at the alarm: active, Ben since 2026-11-24 02:03 +00:00") {
		t.Errorf("it does not say since when:\n%s", text)
	}
}
