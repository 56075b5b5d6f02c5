package view_test

import (
	"encoding/json"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state/view"
)

// TestOfFile: keys and words are those of the TOML file; what is not said is left out.
func TestOfFile(t *testing.T) {
	inject := runbooks.Inject{ID: "first", Timed: true, World: map[string]runbooks.Seen{"gisis": {Detail: "HTTP 502"}}}
	later := runbooks.Inject{ID: "later", At: 90 * time.Minute, Timed: true}
	text, err := json.Marshal(view.OfFile(&runbooks.Scenario{ID: "play", TLP: "AMBER", Injects: []runbooks.Inject{inject, later, {ID: "never"}}}))
	want := `{"id":"play","injects":[{"at":"+0:00","contingency":false,"id":"first","timed":true,"world":{"gisis":"down: HTTP 502"}},` +
		`{"at":"+1:30","contingency":false,"id":"later","timed":true},{"contingency":false,"id":"never","timed":false}],"tlp":"AMBER"}`
	if string(text) != want || err != nil {
		t.Errorf("%s, %v\nwant %s", text, err, want)
	}
	text, err = json.Marshal(view.OfFile(&runbooks.Runbook{
		ReviewEvery: runbooks.Span{}, Reviewed: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Inputs: []runbooks.Input{{Ask: runbooks.Ask{ID: "org"}}},
	}))
	if want := `{"inputs":[{"id":"org","required":false}],"reviewed":"2026-11-01"}`; string(text) != want || err != nil {
		t.Errorf("%s, %v\nwant %s", text, err, want)
	}
}

// TestFilesAreDescribedWholly: every key of a runbook and a scenario stands in the schema,
// down to the last table.
func TestFilesAreDescribedWholly(t *testing.T) {
	schema, err := view.NewSchema([]view.Output{view.Prints[runbooks.Runbook]("runbook show"), view.Prints[runbooks.Scenario]("drill show")})
	if err != nil {
		t.Fatal(err)
	}
	for name, keys := range map[string][]string{
		"FileRunbook": {"review_every", "phases", "tlp"}, "FileStep": {"done_when", "two_person", "options"}, "FileBound": {"within"},
		"FileInput": {"id", "required"}, "FileService": {"check", "depends_on"}, "FileScenario": {"injects", "world"}, "FileInject": {"at", "world"},
	} {
		for _, key := range keys {
			if def := schema.Defs[name]; def == nil || def.Properties[key] == nil {
				t.Errorf("%s.%s is not described", name, key)
			}
		}
	}
	if schema.Commands["runbook show"].Ref != "#/$defs/FileRunbook" {
		t.Errorf("%+v", schema.Commands["runbook show"])
	}
}
