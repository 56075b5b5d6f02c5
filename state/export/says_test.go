package export_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

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

// TestACopySaysNothingElse: whatever is withheld of each line, a report of the copy says
// nothing that the report of the whole log does not say, but that something is withheld
// or not known.
func TestACopySaysNothingElse(t *testing.T) {
	live, drill := story(t, state.Live, ""), story(t, state.Drill, "")
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.SampledFrom([]*scribe{live, drill}).Draw(rt, "log")
		sets := rapid.SliceOfN(rapid.Uint8Range(0, uint8(state.AllParts)), len(s.lines), len(s.lines)).Draw(rt, "sets")
		some := state.AllParts &^ 1 // what is withheld whole has taken its facts along
		inc := s.copied(func(seq uint64) state.Parts { return state.Parts(sets[seq-1]) & some })
		opts := view.SitrepOptions{Now: s.now}
		for name, pair := range map[string][2]string{
			"data":          {written(t, s.incident(), export.JSON, export.Options{}), written(t, inc, export.JSON, export.Options{})},
			"sitrep's data": {encoded(t, export.NewSitrep(s.incident(), opts)), encoded(t, export.NewSitrep(inc, opts))},
		} {
			said := leaves(t, pair[0])
			for leaf := range leaves(t, pair[1]) {
				if !said[leaf] {
					rt.Errorf("%s says %s, which the whole log does not say", name, leaf)
				}
			}
		}
	})
}

// leaves are the values of a JSON text, each with the key that it stands under.
func leaves(t *testing.T, text string) map[string]bool {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	var walk func(key string, value any)
	walk = func(key string, value any) {
		switch value := value.(type) {
		case map[string]any:
			if value["withheld"] == true {
				return
			}
			for k, v := range value {
				if !slices.Contains(ofTheCopy, k) {
					walk(k, v)
				}
			}
		case []any:
			for _, v := range value {
				walk(key, v)
			}
		case nil:
		default:
			if text := fmt.Sprint(value); !strings.Contains(text, "withheld") && !strings.Contains(text, "not known") {
				all[key+": "+text] = true
			}
		}
	}
	walk("", value)
	return all
}
