package export_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// lookedBack is a story that people looked back at.
func lookedBack(t *testing.T, mode state.Mode) *scribe {
	s := story(t, mode, "")
	s.do("Ada", state.AddObservation{Text: "The VPN was closed at once", Mark: state.Strength})
	s.do("Ben", state.StateCause{Text: "A forgotten account", Factors: []string{"no alarm"}})
	s.do("Ben", state.PlanAction{What: "Second factor for all", Owner: "Ada", Due: "2026-12-24"})
	done := s.do("Ben", state.PlanAction{What: "A list of numbers"})
	s.do("Cleo", state.FinishAction{Action: done, Note: "it hangs there"})
	return s
}

func TestPostMortem(t *testing.T) {
	live := lookedBack(t, state.Live)
	opts := export.Options{Report: export.PostMortem}
	golden(t, filepath.Join("testdata", "post-mortem.md"), written(t, live.incident(), export.Markdown, opts))
	page := written(t, live.incident(), export.HTML, opts)
	if strings.Contains(page, "href=") || !strings.Contains(page, "<h1>Post-mortem") || !strings.Contains(page, "Second factor for all") {
		t.Error("the page leads to what is not on it, or has not what it should")
	}
	drill := written(t, lookedBack(t, state.Drill).incident(), export.Markdown, opts)
	if !strings.Contains(drill, "# EXERCISE — Post-mortem") || !strings.Contains(drill, "EXERCISE EXERCISE EXERCISE") {
		t.Error("a drill's does not say that it is one")
	}
	bare := written(t, story(t, state.Live, "").incident(), export.Markdown, opts)
	for _, command := range []string{"muster review cause TEXT", "muster review good TEXT", "muster review bad TEXT", "muster review action TEXT"} {
		if !strings.Contains(bare, "**Not yet written.** "+command) {
			t.Errorf("it does not say that %s is to be done", command)
		}
	}
	all := make([]uint64, 0)
	for _, e := range live.incident().Log[1:] {
		all = append(all, e.Seq)
	}
	if withheld := written(t, live.incident(all...), export.Markdown, opts); strings.Contains(withheld, "Not yet written.** muster review") || !strings.Contains(withheld, "entries are withheld that may say so") {
		t.Error("what is withheld is called not written")
	}
}

// TestAudiences: what the page tells everybody it tells each audience, in another order.
func TestAudiences(t *testing.T) {
	inc := lookedBack(t, state.Live).incident()
	lines := func(a export.Audience) []string {
		front, _, _ := strings.Cut(written(t, inc, export.Markdown, export.Options{Audience: a}), "## Annexes")
		return strings.Split(front, "\n")
	}
	everybody := lines("")
	first := map[export.Audience]string{export.Board: "### Impact", export.Regulator: "### Clocks", export.Team: "## Key events"}
	for _, a := range export.Audiences() {
		got := lines(a)
		for _, line := range everybody {
			if !slices.Contains(got, line) {
				t.Errorf("for the %s %q is left out", a, line)
			}
		}
		heading := slices.IndexFunc(got, func(line string) bool { return strings.HasPrefix(line, "##") })
		if got[heading] != first[a] {
			t.Errorf("for the %s it begins with %s", a, got[heading])
		}
		if _, err := export.ParseAudience(string(a)); err != nil {
			t.Error(err)
		}
	}
}

// TestLivePage: a page that goes on loads itself anew, and the last one does not.
func TestLivePage(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	for live, says := range map[export.Live]string{"": "", export.LiveGoesOn: "LIVE PAGE", export.LiveEnded: "NOT LIVE ANY MORE", export.LiveClosed: "LAST PAGE"} {
		page := written(t, inc, export.HTML, export.Options{Live: live})
		if anew := strings.Contains(page, `http-equiv="refresh" content="10"`); anew != (live == export.LiveGoesOn) || !strings.Contains(page, says) || strings.Contains(page, "<script") {
			t.Errorf("%q: anew %v", live, anew)
		}
		if live != "" && !strings.Contains(page, inc.Head.Hash.Code()+". ") {
			t.Errorf("%q does not say its head", live)
		}
	}
}

// TestPastExports: what is told as of a moment says so, in every format that can.
func TestPastExports(t *testing.T) {
	inc := story(t, state.Drill, "").incident()
	for _, look := range []func() (*state.Incident, error){
		func() (*state.Incident, error) { return state.KnownBy(inc, 20, inc.Log[0].Recorded.Location()) },
		func() (*state.Incident, error) { return state.WasWhen(inc, 20, inc.Log[0].Recorded.Location()) },
	} {
		past, err := look()
		if err != nil {
			t.Fatal(err)
		}
		says := view.AsOfOf(past).How
		title := map[string]string{"known": "AS KNOWN AT ", "was": "AS IT WAS AT "}[says]
		for format, want := range map[export.Format]string{export.Markdown: "> **" + title, export.HTML: "<title>EXERCISE — " + title, export.CSV: title, export.JSON: `"how": "` + says + `"`} {
			if !strings.Contains(written(t, past, format, export.Options{}), want) {
				t.Errorf("%s does not say %s", format, want)
			}
		}
		for _, seq := range state.InOrder(past, false) {
			if says == "known" && seq > 20 {
				t.Errorf("entry %d stands in it", seq)
			}
		}
	}
}
