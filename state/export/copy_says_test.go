package export_test

import (
	"encoding/json"
	"fmt"
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
	"what", "was", "title", "name", "prompt", "occurred", "at", "entries", "people"}

// TestACopySaysNothingElse: whatever is withheld of each line, whole lines too, no report
// of the copy says anything that none of the whole log says, but that something is withheld
// or not known.
func TestACopySaysNothingElse(t *testing.T) {
	live, drill := story(t, state.Live, ""), story(t, state.Drill, "")
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.SampledFrom([]*scribe{live, drill}).Draw(rt, "log")
		sets := rapid.SliceOfN(rapid.OneOf(rapid.Just(uint8(0)), rapid.Just(uint8(state.AllParts)), rapid.Uint8Range(0, uint8(state.AllParts))), len(s.lines), len(s.lines)).Draw(rt, "sets")
		inc := s.copied(func(seq uint64) state.Parts {
			parts := state.Parts(sets[seq-1])
			if parts.Has(state.Facts) {
				parts = state.AllParts
			}
			return parts
		})
		whole, said := toldOf(t, s.incident(), s.now), map[string]bool{}
		for _, text := range whole {
			for leaf := range leaves(t, text) {
				said[leaf] = true
			}
		}
		for name, text := range toldOf(t, inc, s.now) {
			for leaf := range leaves(t, text) {
				if !said[leaf] && (inc.Redacted.Corrected == 0 || judges(leaf)) {
					rt.Errorf("%s says %s, which the whole log does not say", name, leaf)
				}
			}
		}
	})
}

// judges reports whether a leaf is a verdict. Beside a correction that is withheld whole
// the texts and times of entries before it stand as they were first written; the report
// says so at its top. What follows from them does not stand.
func judges(leaf string) bool {
	for _, key := range []string{"status", "state", "left_seconds", "late_seconds", "holds", "verdict", "stale", "superseded", "never_run", "reopened", "reached", "severity", "person"} {
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
			if value["total"] != nil && value["not_known"] != nil {
				return // the other counts are then the least that they can be
			}
			for _, k := range []string{"id", "seq", "sent_seq", "service", "notice"} {
				if v := value[k]; v != nil && value["opened"] == nil {
					of = fmt.Sprint(k, " ", v)
					break
				}
			}
			for k, v := range value {
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
			if text := fmt.Sprint(value); text != "" && !strings.Contains(text, "withheld") && !strings.Contains(text, "not known") {
				all[key+": "+text+" of "+of] = true
				if key == "status" && text == string(state.Stale) {
					all["status: sent of "+of] = true // which it was; whether it is true, truth_lacks says
				}
			}
		}
	}
	walk("the incident", "", value)
	return all
}
