package export_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"

	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// report reads a JSON export back, and refuses what the schema does not have.
func report(t *testing.T, text string) *view.Incident {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	r := new(view.Incident)
	if err := decoder.Decode(r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestJSONReadsBack(t *testing.T) {
	inc := story(t, state.Drill, hostileFlavour).incident()
	text := written(t, inc, export.JSON, export.Options{})
	for i, r := range text {
		if r != '\n' && !unicode.IsGraphic(r) {
			t.Fatalf("byte %d is %U", i, r)
		}
	}
	r := report(t, text)
	if r.ID != view.Text(inc.ID) || r.Mode != state.Drill || !r.Exercise || r.TLP != "AMBER+STRICT" || r.Program != program || r.Entries != len(inc.Log) {
		t.Errorf("the export does not say what it is: %+v", r)
	}
	if r.Log.Hash != inc.Head.Hash || r.Log.Seq != inc.Head.Seq || r.Log.Code != inc.Head.Hash.Code() {
		t.Errorf("the head is %+v", r.Log)
	}
	for i, e := range r.Timeline {
		was := inc.Log[i]
		if e.Seq != was.Seq || !e.Exercise || e.Hash != was.Hash || !e.Recorded.Equal(was.Recorded) || e.By != was.By.Name {
			t.Errorf("entry %d is %+v", i+1, e)
		}
	}
	if note := r.Timeline[6]; note.Text != "three servers\nanswer nothing"+hostileFlavour || note.Written.Text != "two servers\nanswer nothing"+hostileFlavour {
		t.Errorf("the note is not as typed: %q, written as %q", note.Text, note.Written.Text)
	}
}

func TestJSONComputes(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	r := report(t, written(t, inc, export.JSON, export.Options{}))
	want := view.TallyRecord{Tally: view.Tally{Total: 10, Done: 5, Unconfirmed: 1, Skipped: 1, NotApplicable: 1, Todo: 2}, NeverRun: 2}
	if *r.Tally != want {
		t.Errorf("tally %+v, want %+v", r.Tally, want)
	}
	var sum int
	for _, phase := range r.Phases {
		sum += phase.Tally.Total
	}
	if sum != r.Tally.Total || len(r.Steps) != 10 {
		t.Errorf("%d steps in the phases, %d in all, %d listed", sum, r.Tally.Total, len(r.Steps))
	}
	var states []string
	for _, change := range r.Services[0].History {
		states = append(states, change.To)
	}
	if got := strings.Join(states, " "); got != "affected shut-down restoring restored verified regressed" {
		t.Errorf("GISIS was %s", got)
	}
	if len(r.Evidence) != 1 || len(r.Fixes) != 3 || len(r.Over) != 5 || len(r.Answers) != 3 || len(r.Grades) != 2 || len(r.Closing.Open) != 6 {
		t.Errorf("%d files, %d corrections, %d overrides, %d answers, %d severities, %d left open", len(r.Evidence), len(r.Fixes), len(r.Over), len(r.Answers), len(r.Grades), len(r.Closing.Open))
	}
	if r.Unknown != 1 || string(r.Timeline[storyOdd-1].Data) != `{"phase":"full"}` || !r.Timeline[storyOdd-1].Unknown {
		t.Errorf("%d entries of unknown kind; the odd entry is %+v", r.Unknown, r.Timeline[storyOdd-1])
	}
	if strings.Contains(string(r.Timeline[0].Data), "[[phase]]") {
		t.Error("the runbook's text is in the timeline")
	}
}

// A retracted entry leaves no trace in what is computed, and a retracted change of
// a service none in the service's history.
func TestRetractedIsListedAndDoesNotCount(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("b", book(""))})
	seq := s.do("Ada", state.SetService{Service: "gisis", State: state.Affected, Why: "a guess"})
	file := s.do("Ada", state.AddEvidence{Step: "look", Name: "a.png", SHA256: state.Sum(nil), Size: 1})
	s.do("Ada", state.RetractEntry{Seq: seq, Why: "it was the other one"})
	s.do("Ada", state.RetractEntry{Seq: file, Why: "not ours"})
	s.do("Ada", state.SetService{Service: "imodocs", State: state.Suspect, Why: "slow"})
	r := report(t, written(t, s.incident(), export.JSON, export.Options{}))
	if len(r.Services[0].History) != 0 || r.Services[0].State != "unknown" || len(r.Services[1].History) != 1 {
		t.Errorf("services: %+v", r.Services)
	}
	if r.Timeline[1].RetractedBy != 4 || r.Evidence[0].RetractedBy != 5 || len(r.Steps[0].Evidence) != 0 {
		t.Errorf("entry 2 %+v, evidence %+v", r.Timeline[1], r.Evidence)
	}
}

func TestWithheldIsShownAsWithheld(t *testing.T) {
	s := story(t, state.Drill, "")
	for _, seq := range []uint64{1, 7, 9, 29} {
		inc := s.incident(seq)
		r := report(t, written(t, inc, export.JSON, export.Options{}))
		e := r.Timeline[seq-1]
		if !slices.Equal(e.Parts, []string{"everything"}) || e.What != "(content withheld)" || e.By != state.WithheldText || string(e.Data) != "null" || r.Withheld.Entries != 1 || !r.Exercise {
			t.Errorf("entry %d is %+v, of %+v withheld", seq, e, r.Withheld)
		}
		if r.Log.Hash != s.inc.Head.Hash {
			t.Errorf("withholding entry %d changes the head", seq)
		}
		for _, format := range []export.Format{export.Markdown, export.CSV} {
			if text := written(t, inc, format, export.Options{}); !strings.Contains(text, "(content withheld)") || !strings.Contains(text, "EXERCISE") {
				t.Errorf("%s without entry %d does not say so", format, seq)
			}
		}
	}
}
