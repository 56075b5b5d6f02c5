package export_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// TestPartsWithheldGolden: what is told otherwise without a part of every line. The
// names take the runbook along, so that a copy without names is held against one
// without the runbook.
func TestPartsWithheldGolden(t *testing.T) {
	live, middle := story(t, state.Live, ""), scribe{tb: t, lines: story(t, state.Live, "").lines[:49]}
	drill, scenario := played(t, "")
	opts := view.SitrepOptions{Since: 28, Now: day.Add(85 * time.Minute), Program: program}
	reports := func(parts ...state.Part) map[string]string {
		return map[string]string{
			"live.md":         written(t, live.without(parts...), export.Markdown, export.Options{}),
			"sitrep.md":       export.NewSitrep(middle.without(parts...), opts).Markdown(),
			"after-action.md": export.NewAAR(drill.without(parts...), scenario).Markdown(),
		}
	}
	whole, runbook := reports(), reports(state.Procedure)
	for _, c := range []struct {
		name     string
		of, said map[string]string
	}{
		{"runbook-withheld", whole, runbook},
		{"names-withheld", runbook, reports(state.Names)},
		{"notes-withheld", whole, reports(state.Notes)},
		{"evidence-withheld", whole, reports(state.Evidence)},
	} {
		for name, said := range c.said {
			t.Run(c.name+"/"+name, func(t *testing.T) { changed(t, filepath.Join("testdata", c.name+"-"+name), c.of[name], said) })
		}
	}
}

var zeros = regexp.MustCompile("0{12}|0000-0000-0000-0000")

// TestAnyPartsWithheld: whatever is withheld of each line, there are reports; they
// say at the top what is, take no "(withheld)" for a person, and print no hash that
// is none.
func TestAnyPartsWithheld(t *testing.T) {
	live, drill := story(t, state.Live, ""), story(t, state.Drill, "")
	exercise, opts := played(t, "")
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.SampledFrom([]*scribe{live, drill, exercise}).Draw(rt, "log")
		sets := rapid.SliceOfN(rapid.Uint8Range(0, uint8(state.AllParts)), len(s.lines), len(s.lines)).Draw(rt, "sets")
		inc := s.copied(func(seq uint64) state.Parts { return state.Parts(sets[seq-1]) })
		if inc.Head != s.inc.Head {
			rt.Fatalf("the head is %v", inc.Head)
		}
		page := written(t, inc, export.Markdown, export.Options{})
		sheet := written(t, inc, export.CSV, export.Options{})
		r := report(t, written(t, inc, export.JSON, export.Options{}))
		checkWithheld(rt, inc, r)
		if before, _, _ := strings.Cut(page, "\n## "); (r.Withheld != nil) != strings.Contains(before, "**WITHHELD from this copy") {
			rt.Fatalf("the first section says %s", before)
		}
		checkReport(rt, r, inc)
		sitrep := export.NewSitrep(inc, view.SitrepOptions{Now: s.now})
		aar := export.NewAAR(inc, opts)
		data, err := aar.JSON()
		if err != nil {
			rt.Fatal(err)
		}
		whole := written(t, inc, export.JSON, export.Options{})
		for name, text := range map[string]string{
			"report": page, "sheet": sheet, "data": whole, "sitrep": sitrep.Markdown(), "sitrep's text": sitrep.Text(), "sitrep's data": encoded(t, sitrep),
			"after-action report": aar.Markdown(), "after-action data": string(data),
		} {
			if at := zeros.FindStringIndex(strings.ReplaceAll(text, "printf '%064d' 0", "")); at != nil {
				rt.Fatalf("the %s has a hash of nothing: %s", name, text[max(0, at[0]-200):min(len(text), at[1]+60)])
			}
		}
		for _, p := range aar.Overview.Participants {
			if p.Name == state.WithheldText {
				rt.Fatalf("%+v takes part", p)
			}
		}
	})
}

// checkWithheld holds what a report says of withheld parts against the log.
func checkWithheld(t *rapid.T, inc *state.Incident, r *view.Incident) {
	count, unnamed := make(map[string]int), 0
	whole, partly := 0, 0
	for i, e := range inc.Log {
		switch {
		case e.Data == nil:
			whole++
			continue
		case e.Withheld != 0:
			partly++
		}
		for _, name := range e.Withheld.Names() {
			count[name]++
		}
		if e.Withheld.Has(state.Names) {
			unnamed++
		}
		if !slices.Equal(r.Timeline[i].Parts, e.Withheld.Names()) {
			t.Fatalf("entry %d lacks %v, and the report says %v", e.Seq, e.Withheld.Names(), r.Timeline[i].Parts)
		}
	}
	told := view.Withheld{}
	if r.Withheld != nil {
		told = *r.Withheld
	}
	if told.Entries != whole || told.Partly != partly || len(told.Parts) != len(count) || (r.Unnamed == nil) != (unnamed == 0) || r.Unnamed != nil && r.Unnamed.Entries != unnamed {
		t.Fatalf("%d and %d are withheld, %v, %d unnamed; the report says %d, %d, %v, %+v", whole, partly, count, unnamed, told.Entries, told.Partly, told.Parts, r.Unnamed)
	}
	for _, p := range told.Parts {
		if count[p.Part] != p.Entries {
			t.Fatalf("%s is withheld from %d, not %d", p.Part, count[p.Part], p.Entries)
		}
	}
	if slices.ContainsFunc(r.People, func(p view.Person) bool { return p.Name == state.WithheldText }) {
		t.Fatalf("%+v", r.People)
	}
	for _, file := range r.Evidence {
		if (file.SHA256 == nil) != inc.Log[file.Seq-1].Withheld.Has(state.Evidence) || (file.Size == nil) != (file.SHA256 == nil) {
			t.Fatalf("%+v", file)
		}
	}
}

// TestWithheldHere: what one part of one line takes away, and what it leaves.
func TestWithheldHere(t *testing.T) {
	type lines map[uint64]state.Parts
	opened := state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Inputs: map[string]string{"org": "IMO"}, Runbook: document("small", book(""))}
	for _, c := range []struct {
		name     string
		acts     []state.Command
		withheld lines
		want     []string
		not      []string
	}{
		{
			"a new text that is withheld", []state.Command{opened, state.AddNote{Text: "two servers"}, state.AmendEntry{Seq: 2, Text: text("three servers"), Why: "counted"}},
			lines{3: state.PartsOf(state.Notes)},
			[]string{`| note — "two servers" — whether entry 3 gives it a new text is withheld |`, "| whether it has a new text is withheld | (withheld) |"}, nil,
		},
		{
			"a text that is withheld, amended by one that is not", []state.Command{opened, state.AddNote{Text: "two servers"}, state.AmendEntry{Seq: 2, Text: text("three servers"), Why: "counted"}},
			lines{2: state.PartsOf(state.Notes)},
			[]string{`~~note — (withheld)~~ **amended** by entry 3: note — "three servers"`}, []string{"is withheld |"},
		},
		{
			"an answer that is withheld makes no statement untrue",
			[]state.Command{opened, state.DraftNotice{Notice: "holding"}, state.SendNotice{Notice: "holding", Channel: "radio"}},
			lines{1: state.PartsOf(state.Notes), 2: state.PartsOf(state.Notes)},
			[]string{"Status: **sent**", "answers that it may rest on are withheld", "| input | Organisation | not known: notes are withheld that may answer it |"}, []string{"NOT TRUE ANY MORE", "not answered |  |  |  |\n| decision"},
		},
		{
			"an answer that may be newer", []state.Command{opened, state.AnswerInputs{Values: map[string]string{"org": "IMO HQ"}}},
			lines{2: state.PartsOf(state.Notes)},
			[]string{"| input | Organisation | **IMO**, unless notes that are withheld answer it anew |", "answered (withheld)"}, nil,
		},
		{
			"whom a call was to", []state.Command{opened, state.CallContact{Contact: "cert", Outcome: state.Reached, Note: "they come"}},
			lines{2: state.PartsOf(state.Names)},
			[]string{"| withheld | 2026-11-24 02:03:00 | **reached** |", "| National CERT |  | not known: who was called is withheld of some calls |", "| withheld |  | local | 1 |"}, []string{"no call is recorded", "Nobody was called"},
		},
		{
			"two withheld runbooks are two", []state.Command{opened, state.AttachRunbook{Runbook: document("malware", strings.Replace(book(""), "1.2.0", "2.0.0", 1)), Why: "it is malware"}},
			lines{1: state.PartsOf(state.Procedure), 2: state.PartsOf(state.Procedure)},
			[]string{"| Runbook | small, whose text is withheld |\n| Runbook | malware, whose text is withheld |", "| malware | withheld | withheld | withheld | withheld | withheld | 2 |"}, []string{"unreadable"},
		},
		{
			"a runbook that is withheld beside one that is not", []state.Command{opened, state.AttachRunbook{Runbook: document("malware", strings.Replace(book(""), "1.2.0", "2.0.0", 1)), Why: "it is malware"}, state.SkipStep{Step: "malware:tell", Why: "no"}},
			lines{2: state.PartsOf(state.Procedure)},
			[]string{"| Sharing | **TLP:AMBER+STRICT** |", "Those of a runbook whose text is withheld are not counted.", "| malware:tell | skipped | 2026-11-24 02:04:30 | Ada | 3 |", "| 1.1 Look at the alarm |"}, nil,
		},
		{
			"nothing", []state.Command{opened, state.AddNote{Text: "(withheld)"}}, nil,
			[]string{`note — "(withheld)"`}, []string{"WITHHELD", "withheld from"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &scribe{tb: t, now: day}
			for _, command := range c.acts {
				s.act("Ada", command, time.Time{}, "a test")
			}
			page := written(t, s.copied(func(seq uint64) state.Parts { return c.withheld[seq] }), export.Markdown, export.Options{})
			for _, want := range c.want {
				if !strings.Contains(page, want) {
					t.Errorf("it does not say %q:\n%s", want, page)
				}
			}
			for _, not := range c.not {
				if strings.Contains(page, not) {
					t.Errorf("it says %q", not)
				}
			}
		})
	}
}
