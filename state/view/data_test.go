package view

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/statetest"
)

func TestDataLeavesOutTheRunbook(t *testing.T) {
	doc := state.Document{ID: "small", Source: "built in", SHA256: state.Sum([]byte("text")), Text: "text"}
	ref := `{"id":"small","source":"built in","sha256":"` + doc.SHA256.String() + `"}`
	for _, c := range []struct {
		data state.Data
		want string
	}{
		{nil, `null`},
		{&state.IncidentOpened{ID: "i", Title: "<t>", Severity: "SEV1", Program: "p", Runbook: doc}, `{"id":"i","title":"<t>","severity":"SEV1","program":"p","runbook":` + ref + `}`},
		{&state.RunbookAttached{Prefix: "s", Why: "w", Runbook: doc}, `{"prefix":"s","why":"w","runbook":` + ref + `}`},
		{&state.StepSkipped{StepRef: state.StepRef{Step: "a"}, Why: "w"}, `{"step":"a","why":"w"}`},
		{&state.Unknown{Name: "x", Raw: []byte(`{"a":[1]}`)}, `{"a":[1]}`},
		{&state.Unknown{Name: "x", Raw: []byte(`not JSON`)}, `"not JSON"`},
	} {
		if got, err := dataOf(c.data, 0); err != nil || string(got) != c.want {
			t.Errorf("%s, %v, want %s", got, err, c.want)
		}
	}
}

// With nothing withheld, fields are written as encoding/json writes them; else
// nothing of a withheld part is.
func TestFieldsOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := statetest.Data().Draw(t, "data")
		if _, unknown := data.(*state.Unknown); unknown {
			return
		}
		want, err := encode(data)
		if err != nil {
			t.Skip(err)
		}
		if got, err := fieldsOf(reflect.ValueOf(data).Elem(), 0); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%s, %v, want %s", got, err, want)
		}
	})
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		data     state.Data
		withheld state.Parts
		want     string
	}{
		{&state.EvidenceAdded{Name: state.WithheldText, Note: "n"}, state.PartsOf(state.Evidence), `{"name":null,"sha256":null,"size":null,"note":"n"}`},
		{&state.RoleAssigned{Role: "legal"}, state.PartsOf(state.Names), `{"role":"legal","person":""}`},
		{&state.RoleAssigned{Role: "legal", Person: state.WithheldText}, state.PartsOf(state.Names), `{"role":"legal","person":null}`},
		{&state.StepDone{StepRef: state.StepRef{Step: "a"}, Note: state.WithheldText}, state.PartsOf(state.Notes), `{"step":"a","note":null,"values":null}`},
		{&state.TimerSet{Timer: "t", Title: state.WithheldText, Due: at}, state.PartsOf(state.Notes), `{"timer":"t","title":null,"due":"2026-11-24T02:00:00Z"}`},
		{&state.IncidentOpened{ID: "i", Title: "t", Runbook: state.Document{ID: "b", Source: state.WithheldText}}, state.PartsOf(state.Procedure), `{"id":"i","title":"t","severity":"","program":"","runbook":{"id":"b","source":null,"sha256":null}}`},
		{&state.Unknown{Name: "x", Raw: []byte(`{"a":1}`)}, state.PartsOf(state.Notes), `{"facts":{"a":1},"notes":null}`},
		{&state.Unknown{Name: "x", Raw: []byte(`{"a":1}`), Apart: [4]json.RawMessage{1: []byte(`{"b":2}`)}}, 0, `{"facts":{"a":1},"notes":{"b":2}}`},
	} {
		if got, err := dataOf(c.data, c.withheld); err != nil || string(got) != c.want {
			t.Errorf("%s, %v, want %s", got, err, c.want)
		}
	}
}
