package export_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/statetest"
	"muster/state/view"
)

// until is the incident as it was after n entries.
func (s *scribe) until(n int) *state.Incident {
	s.tb.Helper()
	cut := scribe{tb: s.tb, lines: s.lines[:n]}
	return cut.incident()
}

// encoded is a sitrep's JSON, laid out.
func encoded(tb testing.TB, s export.Sitrep) string {
	tb.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(s); err != nil {
		tb.Fatal(err)
	}
	return out.String()
}

// A sitrep in the middle of the story, when most things are open, and one of the end.
func TestSitrepGolden(t *testing.T) {
	berlin := time.FixedZone("Europe/Berlin", 3600)
	opts := view.SitrepOptions{Since: 28, Now: day.Add(85 * time.Minute), Zone: berlin, Program: program}
	open := export.NewSitrep(story(t, state.Live, "").until(49), opts)
	golden(t, filepath.Join("testdata", "sitrep-open.md"), open.Markdown())
	golden(t, filepath.Join("testdata", "sitrep-open.txt"), open.Text())
	closed := export.NewSitrep(story(t, state.Live, "").incident(), view.SitrepOptions{Since: 53, Now: day.Add(30 * time.Hour), Program: program})
	golden(t, filepath.Join("testdata", "sitrep-closed.json"), encoded(t, closed))
	for _, c := range []struct {
		name string
		inc  *state.Incident
		opts view.SitrepOptions
	}{
		{"drill", story(t, state.Drill, "").until(49), opts},
		{"hostile", story(t, state.Live, hostileFlavour).until(49), opts},
		{"closed", story(t, state.Live, "").incident(), opts},
		{"first-withheld", story(t, state.Live, "").incident(1), opts},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := export.NewSitrep(c.inc, c.opts)
			changed(t, filepath.Join("testdata", "sitrep-"+c.name+".md"), open.Markdown(), s.Markdown())
			if c.inc.Mode == state.Drill {
				changed(t, filepath.Join("testdata", "sitrep-"+c.name+".txt"), open.Text(), s.Text())
			}
		})
	}
}

// A closing that is withheld is a closing; a service whose state may be among what
// is withheld makes no statement certain.
func TestSitrepWithoutSomeEntries(t *testing.T) {
	text := export.NewSitrep(story(t, state.Live, "").incident(12, storyEnd), view.SitrepOptions{Now: day.Add(30 * time.Hour)}).Text()
	for _, want := range []string{"CLOSED 2026-11-24 03:32 +00:00, by entry 55, which is withheld", "WITHHELD from this copy of the log: everything (2 entries)", "not known for certain: entries are withheld"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	text = export.NewSitrep(story(t, state.Live, "").incident(38), view.SitrepOptions{Now: day.Add(30 * time.Hour)}).Text()
	if !strings.Contains(text, "not known for certain: entries are withheld") || strings.Contains(text, "NOT TRUE ANY MORE") {
		t.Errorf("the failing check is withheld, and it says %s", text)
	}
}

// What people typed makes no structure in the Markdown and no sequence in the text.
func TestSitrepOutsideTextHasNoPower(t *testing.T) {
	opts := view.SitrepOptions{Now: day.Add(2 * time.Hour)}
	want := shape(export.NewSitrep(story(t, state.Live, " x").until(49), opts).Markdown())
	for _, flavour := range flavours {
		s := export.NewSitrep(story(t, state.Live, " x"+flavour).until(49), opts)
		if got := shape(s.Markdown()); !slices.Equal(got, want) {
			t.Errorf("%q changes the sitrep", flavour)
		}
		if text := s.Text(); clean.Text(text) != text {
			t.Errorf("%q is not cleaned", flavour)
		}
		if lines := strings.Count(s.Text(), "\n"); lines != strings.Count(export.NewSitrep(story(t, state.Live, " x").until(49), opts).Text(), "\n") {
			t.Errorf("%q makes lines of its own", flavour)
		}
	}
}

// Any log whatever has a sitrep, in which only what counts is told of.
func TestAnyLogHasASitrep(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Drill, Runbook: document("small", book(""))})
		for range rapid.IntRange(1, 12).Draw(rt, "entries") {
			s.try(statetest.Text().Draw(rt, "who"), statetest.Data().Draw(rt, "data"))
		}
		since := rapid.Uint64Range(0, 20).Draw(rt, "since")
		sitrep := export.NewSitrep(s.inc, view.SitrepOptions{Since: since, Now: s.now})
		for _, e := range sitrep.Done {
			if e.Seq <= since || s.inc.RetractedBy(e.Seq) != 0 {
				rt.Fatalf("it tells of entry %d", e.Seq)
			}
		}
		if !json.Valid([]byte(encoded(t, sitrep))) || !strings.HasPrefix(sitrep.Text(), "EXERCISE EXERCISE EXERCISE\n") || !strings.Contains(sitrep.Markdown(), "EXERCISE EXERCISE EXERCISE") {
			rt.Fatalf("it is not a drill's sitrep:\n%s", sitrep.Text())
		}
		if sitrep.Markdown() != export.NewSitrep(s.inc, view.SitrepOptions{Since: since, Now: s.now}).Markdown() {
			rt.Fatal("the same log gives another sitrep")
		}
	})
}

// A long time is told of by its latest entries.
func TestSitrepIsBounded(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	for range 100 {
		s.do("Ada", state.AddNote{Text: "a note"})
	}
	sitrep := export.NewSitrep(s.inc, view.SitrepOptions{Now: s.now})
	if len(sitrep.Done) != 40 || sitrep.DoneMore != 61 || sitrep.Done[39].Seq != 101 {
		t.Errorf("%d told of, %d more", len(sitrep.Done), sitrep.DoneMore)
	}
	if !strings.Contains(sitrep.Text(), "… 61 entries that were written before these") {
		t.Error("the text does not say how many more")
	}
}
