package export_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// TestASendingBeforeItsDraftIsSaidEverywhere: each table of a report that has the sending, or the
// deadline that it met, says that it is said to be before its draft; and so does the sitrep.
func TestASendingBeforeItsDraftIsSaidEverywhere(t *testing.T) {
	const book = "title = \"Small\"\n[[clock]]\nid = \"law\"\ntitle = \"The law\"\nwithin = \"72h\"\nstarts = \"incident.opened\"\nstops = \"notice:first\"\n" +
		"[[notice]]\nid = \"first\"\ntitle = \"First word\"\ntext = \"We know.\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\n"
	var inc *state.Incident
	page := said(t, book, func(s *scribe) {
		s.now = s.now.Add(time.Hour)
		s.do("Ada", state.DraftNotice{Notice: "first"})
		s.act("Ada", state.SendNotice{Notice: "first", Channel: "radio"}, day.Add(20*time.Minute), "dictated")
		inc = s.inc
	})
	const phrase, met = "by the times given before it was drafted", "met, by a sending that is said to be before its draft"
	if got := strings.Count(page, met); got != 2 { // page one, and the annex
		t.Errorf("the report says %d times how the deadline was met", got)
	}
	if strings.Contains(page, " early") {
		t.Error("it says by how much the deadline was kept")
	}
	if got := strings.Count(page, phrase); got < 4 { // page one, key events, statements, the log
		t.Errorf("the report says it %d times of the sending:\n%s", got, page)
	}
	sitrep := string(export.NewSitrep(inc, view.SitrepOptions{Now: day.Add(2 * time.Hour)}).Markdown())
	if !strings.Contains(sitrep, phrase) {
		t.Errorf("the sitrep does not say it:\n%s", sitrep)
	}
}

// TestWhatAStatementRestedOnIsSaidOnceItIsRetracted: page one, the statements and the sitrep name the
// entry by which it was known what a statement says, and the one that took it back.
func TestWhatAStatementRestedOnIsSaidOnceItIsRetracted(t *testing.T) {
	var inc *state.Incident
	page := said(t, "title = \"Small\"\n[[service]]\nid = \"web\"\ntitle = \"Web\"\n[[notice]]\nid = \"first\"\ntitle = \"First word\"\ntext = \"Not available: {{ list .Services.Down }}.\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\n", func(s *scribe) {
		s.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: "seen"})
		s.do("Ada", state.DraftNotice{Notice: "first"})
		s.do("Ada", state.SendNotice{Notice: "first", Channel: "radio"})
		s.do("Ada", state.RetractEntry{Seq: 2, Why: "it was the proxy"})
		inc = s.inc
	})
	const rested = "what was known of it then rested on entry 2, which entry 5 retracted"
	if front, _, _ := strings.Cut(page, "## Key events"); !strings.Contains(front, "of Web: "+rested) {
		t.Errorf("page one does not say it:\n%s", front)
	}
	if !strings.Contains(page, "| held; "+rested+" |") {
		t.Error("the statement's row does not say it")
	}
	if sitrep := string(export.NewSitrep(inc, view.SitrepOptions{Now: day.Add(2 * time.Hour)}).Markdown()); strings.Count(sitrep, rested) != 1 {
		t.Errorf("the sitrep does not say it once:\n%s", sitrep)
	}
}

// TestTheReportQuotesAndCounts: what rests on an answer that is another now is quoted, what a template
// claims is called that, and the same words again are said to be no update.
func TestTheReportQuotesAndCounts(t *testing.T) {
	const book = "title = \"Small\"\n[[service]]\nid = \"web\"\ntitle = \"Web\"\n[[input]]\nid = \"attack\"\n" +
		"[[notice]]\nid = \"first\"\ntitle = \"First word\"\nnext_update = \"2h\"\ntext = \"We work. {{ if eq .Answers.attack \\\"yes\\\" }}We were attacked.{{ else }}We do not know why.{{ end }}\"\n" +
		"[[notice]]\nid = \"all\"\ntitle = \"All is back\"\nclaims = [\"*=verified\"]\ntext = \"All is back.\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\n"
	page := said(t, book,
		does("Ada", state.SetService{Service: "web", State: state.Affected, Why: "seen"}),
		does("Ada", state.DraftNotice{Notice: "first"}), does("Ada", state.SendNotice{Notice: "first", Channel: "radio"}),
		does("Ada", state.DraftNotice{Notice: "first"}), does("Ada", state.SendNotice{Notice: "first", Channel: "press"}),
		does("Ada", state.AnswerInputs{Values: map[string]string{"attack": "yes"}}),
		does("Ada", state.DraftNotice{Notice: "all"}), does("Ada", state.SendNotice{Notice: "all", Channel: "press"}))
	for _, want := range []string{
		`attack had no answer when entry 6 was sent and is "yes"; it says "We do not know why."`,
		"by its template's claims it is counted as saying that Web is verified, and it was affected", "| Web (counted as said, by its template's claims) |",
		"It was the words of entry 4 again, and so not the update that was promised there.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(page, "it says that Web is verified") {
		t.Error("it puts the template's claim into the text's mouth")
	}
}
