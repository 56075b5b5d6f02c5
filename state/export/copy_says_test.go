package export_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// ofTheCopy are the keys under which a copy says what it is itself: what is withheld from
// it, and how many entries could not be placed for that.
//
// What things are called is theirs too: by their ids, where the runbook that names them is
// withheld. So is when an entry occurred that is withheld whole: then it stands at the time
// of its recording. And those who made entries have fewer.
var ofTheCopy = []string{"withheld", "withheld_parts", "gaps", "misplaced_entries", "unnamed", "unnamed_calls", "unplaced", "truth_lacks", "data",
	"what", "was", "number", "step_number", "title", "name", "prompt", "occurred", "at", "entries", "people"}

// TestACopySaysNothingElse: whatever is withheld of each line, whole lines too, no report
// of the copy says anything that none of the whole log says, but that something is withheld
// or not known.
func TestACopySaysNothingElse(t *testing.T) {
	live, drill := story(t, state.Live, ""), story(t, state.Drill, "")
	logs := []*scribe{live, drill}
	if os.Getenv("MUSTER_PROOF") == "long" { // and random ones
		logs = append(logs, nil, nil)
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.SampledFrom(logs).Draw(rt, "log")
		random := s == nil
		if random {
			s = grown(t, rt)
		}
		sets := rapid.SliceOfN(rapid.OneOf(rapid.Just(uint8(0)), rapid.Just(uint8(state.AllParts)), rapid.Uint8Range(0, uint8(state.AllParts))), len(s.lines), len(s.lines)).Draw(rt, "sets")
		inc := s.copied(func(seq uint64) state.Parts {
			parts := state.Parts(sets[seq-1])
			if parts.Has(state.Facts) {
				parts = state.AllParts
			}
			return parts
		})
		honest := contradicted(t, s.incident())
		for _, seq := range contradicted(t, inc) {
			if !slices.Contains(honest, seq) {
				rt.Errorf("entry %d of the copy contradicts it, and does not contradict the whole log; entries and what is withheld:%s", seq, s.outline(sets))
			}
		}
		whole, said := toldOf(t, s.incident(), s.now), map[string]bool{}
		for _, text := range whole {
			for leaf := range leaves(t, text) {
				said[leaf] = true
			}
		}
		for name, text := range toldOf(t, inc, s.now) {
			for leaf := range leaves(t, text) {
				if strings.HasPrefix(leaf, "status: delivered of ") && inc.Redacted.Plays() {
					continue // or taken back, which the result says
				}
				if ends(leaf) && inc.Redacted.Ending != 0 {
					continue // a closing that is withheld stands at the time of its recording
				}
				if !said[leaf] && (!random && inc.Redacted.Corrected == 0 || judges(leaf)) {
					rt.Errorf("%s says %s, which the whole log does not say; entries and what is withheld:%s", name, leaf, s.outline(sets))
				}
			}
		}
	})
}

// contradicted are the entries that contradict an incident's log.
func contradicted(t *testing.T, inc *state.Incident) (seqs []uint64) {
	t.Helper()
	found, err := view.ContradictionsIn(func(yield func(state.Entry, error) bool) {
		for i := range inc.Log {
			if !yield(inc.Log[i], nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range found {
		seqs = append(seqs, c.Seq)
	}
	return seqs
}

// ends reports whether a leaf says when the incident ended, or how long it was.
func ends(leaf string) bool {
	return slices.ContainsFunc([]string{"closed: ", "left_seconds: ", "ended: ", "duration_seconds: "}, func(key string) bool {
		return strings.HasPrefix(leaf, key) && (key == "closed: " || key == "left_seconds: " || strings.HasSuffix(leaf, " of the incident"))
	})
}

// judges reports whether a leaf is a verdict. Beside a correction that is withheld whole
// the texts and times of entries before it stand as they were first written; the report
// says so at its top. What follows from them does not stand.
func judges(leaf string) bool {
	for _, key := range []string{"status", "state", "left_seconds", "late_seconds", "holds", "verdict", "fault", "stale", "not_known_true", "superseded", "never_run", "reopened", "reached", "severity", "person", "rating", "nothing_recorded", "exercise_clock", "exercise_time", "delivered", "left_seconds"} {
		if strings.HasPrefix(leaf, key+": ") {
			return true
		}
	}
	return false
}

// toldOf is what the reports of an incident say as data.
func toldOf(t *testing.T, inc *state.Incident, now time.Time) map[string]string {
	t.Helper()
	aar, err := export.NewAAR(inc, view.AAROptions{}).JSON()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{
		"data": written(t, inc, export.JSON, export.Options{}), "sitrep's data": encoded(t, export.NewSitrep(inc, view.SitrepOptions{Now: now})),
		"after-action data": string(aar),
	}
	for name, data := range map[string]any{"status": view.StatusOf(inc, now), "list": view.ListedOf(inc), "clocks": view.ClocksOf(inc, now), "notices": view.NoticesOf(inc), "services": view.ServicesOf(inc)} {
		text, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		told[name] = string(text)
	}
	return told
}

// leaves are the values of a JSON text, each with the key that it stands under, and of
// what it is said.
func leaves(t *testing.T, text string) map[string]bool {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	var walk func(of, key string, value any)
	walk = func(of, key string, value any) {
		switch value := value.(type) {
		case map[string]any:
			if value["state"] == "not known" || value["status"] == "not known" && value["service"] != nil {
				return // nor are its other facts; of a step for a service it is not known either whether there is one
			}
			if value["newer"] != nil {
				return // a rating that was given; whether it stands is said not to be known
			}
			if (value["total"] != nil || value["planned"] != nil) && value["not_known"] != nil {
				return // the other counts are then the least that they can be
			}
			for _, k := range []string{"id", "seq", "sent_seq", "service", "notice"} {
				if v := value[k]; v != nil && value["opened"] == nil {
					of = fmt.Sprint(k, " ", v)
					break
				}
			}
			for k, v := range value {
				if k == "state" && value["service"] != nil {
					k = "claim" // what a text says, as it was written
				}
				if !slices.Contains(ofTheCopy, k) {
					walk(of, k, v)
				}
			}
		case []any:
			for _, v := range value {
				walk(of, key, v)
			}
		case nil:
		default:
			if text := fmt.Sprint(value); text != "" && !strings.Contains(text, "withheld") && (!strings.Contains(text, "not known") || strings.HasPrefix(text, string(state.NotKnownSince))) {
				all[key+": "+text+" of "+of] = true
				if key == "status" && (text == string(state.Stale) || text == string(state.Unsure)) {
					all["status: sent of "+of] = true // which it was; whether it is true, truth_lacks says
				}
			}
		}
	}
	walk("the incident", "", value)
	return all
}

// TestACopysFirstPageSaysNothingElse: of the moments and outages on the first page, each that
// a copy tells is told by the whole log alike, in Markdown and on the page.
func TestACopysFirstPageSaysNothingElse(t *testing.T) {
	s := story(t, state.Live, "")
	told := func(inc *state.Incident, format export.Format) map[string]bool {
		page := written(t, inc, format, export.Options{})
		_, page, _ = strings.Cut(page, "Since when")
		page, _, _ = strings.Cut(page, "Who was told when")
		return rowsOf(page)
	}
	rapid.Check(t, func(rt *rapid.T) {
		sets := rapid.SliceOfN(rapid.SampledFrom([]state.Parts{0, 0, 0, state.AllParts, state.PartsOf(state.Notes), state.PartsOf(state.Names)}), len(s.lines), len(s.lines)).Draw(rt, "sets")
		inc := s.copied(func(seq uint64) state.Parts { return sets[seq-1] })
		for _, format := range []export.Format{export.Markdown, export.HTML} {
			whole := told(s.incident(), format)
			if len(whole) < 9 {
				rt.Fatalf("%s: only %d rows", format, len(whole))
			}
			for row := range told(inc, format) {
				if !whole[row] && !strings.Contains(row, "not known") && !strings.Contains(row, "withheld") {
					rt.Errorf("%s says %q, which the whole log does not say", format, row)
				}
			}
		}
	})
}

// rowsOf are the rows of tables, each as its first cells: how long after the line above
// it something was rests on which lines there are.
func rowsOf(page string) map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.Trim(line, "|\n "), " | ")
		if strings.HasPrefix(line, "<tr") {
			cells = strings.Split(strings.Trim(words(strings.ReplaceAll(line, "</td>", " | ")), "|\n "), " | ")
		}
		if len(cells) >= 2 {
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			all[strings.Join(cells[:2], " | ")] = true
			if len(cells) > 2 && cells[2] != "" { // a copy may not know from when it counts
				all[strings.Join(cells[:3], " | ")] = true
			}
		}
	}
	return all
}

// TestTicksAreOneRow: what one person ticked in one go is one row, and leads to each entry.
func TestTicksAreOneRow(t *testing.T) {
	s := &scribe{tb: t, now: day}
	text := "title = \"Small\"\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\nid = \"look\"\ntitle = \"Look\"\nchecklist = [\"left\", \"right\", \"up\", \"down\"]\n"
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", text)})
	for item, who := range []string{"Ada", "Ada", "Ben", "Ben"} {
		s.do(who, state.TickStep{Step: "look", Item: item + 1, On: true})
	}
	s.do("Ben", state.RetractEntry{Seq: 5, Why: "a slip"})
	page := written(t, s.incident(), export.Markdown, export.Options{})
	for want, is := range map[string]bool{
		"| 2–3 | 2026-11-24 02:03:00 – 02:04:30 | Ada | ticked 2 lines of 1.1 Look: left; right |": true,
		"| 4 | 2026-11-24 02:06:00 |": true, "| 5 | 2026-11-24 02:07:30 |": true, "| 4–5 |": false,
	} {
		if strings.Contains(page, want) != is {
			t.Errorf("that it says %q is %v:\n%s", want, !is, page)
		}
	}
	page = written(t, s.incident(), export.HTML, export.Options{})
	if !strings.Contains(page, `<tr id="e2"><td><a id="e3"></a>2–3</td>`) {
		t.Error("nothing leads to entry 3")
	}
}
