package proof

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"testing"

	"muster/state"
	"muster/state/export"
	"muster/state/statetest"
)

// FuzzApply: whatever two entries hold, as long as they can be read, and whatever of
// them is withheld, the incident takes them, the first one twice, and can be asked,
// listed and exported.
func FuzzApply(f *testing.F) {
	kinds := state.Kinds()
	all := []string{`{}`, `{"step":"look","item":-5,"on":true}`, `{"seq":0}`, `{"seq":9007199254740991,"text":"x","occurred":"9999-12-31T23:59:59Z"}`,
		`{"service":"gisis","state":"restored"}`, `{"notice":"holding","version":-1,"text":"{{ . }}","claims":[{"service":"","state":""}]}`,
		`{"step":"look","phase":"","title":""}`, `{"role":"commander","person":""}`, `{"clock":"gdpr","due":"0001-01-01T00:00:00Z"}`,
		`{"timer":"timer-1","title":"x","due":"2026-11-24T02:38:00Z"}`, `{"prefix":"look","why":"","runbook":{"id":"x","source":"","text":"title = 1"}}`,
		`{"seq":1,"why":"x"}`, `{"values":{"org":"x"}}`, `{"step":"look","values":{"":""},"option":"yes"}`}
	for k := range kinds {
		for _, then := range []int{k, k + 1, k * 7, k + 31} {
			f.Add(uint(k), all[(k+then)%len(all)], uint(then), all[then%len(all)], uint8(k))
		}
	}
	at := func(kind state.Kind) uint { return uint(slices.Index(kinds, kind)) }
	f.Add(at(state.KindEntryRetracted), `{"seq":1,"why":"x"}`, at(state.KindInputsAnswered), `{"values":{"org":"x"}}`, uint8(0))
	f.Fuzz(func(t *testing.T, kind uint, data string, then uint, more string, withheld uint8) {
		inc := beginning(t)
		for _, next := range []struct {
			kind uint
			data string
		}{{kind, data}, {then, more}, {kind, data}} { // what each meets is what those before have made
			if e, ok := read(inc, kinds[next.kind%uint(len(kinds))], next.data); ok {
				if err := inc.Apply(without(t, e, state.Parts(withheld)&state.AllParts)); err != nil {
					t.Fatal(err)
				}
			}
		}
		ask(t, inc)
	})
}

// without is an entry as a copy has it from which some parts were withheld.
func without(t *testing.T, e state.Entry, withheld state.Parts) state.Entry {
	t.Helper()
	sealed, line, err := state.Seal(e)
	if err != nil {
		return e // of version 1, it was a little shorter
	}
	copied, missing, err := state.Withhold(line.Bytes, withheld)
	if err != nil {
		t.Fatalf("%v: %s", err, line.Bytes)
	}
	e, err = state.Decode(copied)
	if err != nil || e.Hash != sealed.Hash || e.Withheld != missing {
		t.Fatalf("withheld are %v, read is %+v, %v: %s", missing.Names(), e, err, copied)
	}
	return e
}

// read is an entry with this data, as a log of version 1 would have it; false if
// none can.
func read(inc *state.Incident, kind state.Kind, data string) (state.Entry, bool) {
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(data)) != nil {
		return state.Entry{}, false
	}
	content := `{"salt":"AAAAAAAAAAAAAAAAAAAAAA","by":{"name":"Ada","via":"local"},"zone":"+00:00 UTC","data":` + compact.String() + `}`
	envelope, err := json.Marshal(struct {
		V        int        `json:"v"`
		Seq      uint64     `json:"seq"`
		Prev     state.Hash `json:"prev"`
		Recorded string     `json:"recorded"`
		Mode     state.Mode `json:"mode"`
		Kind     state.Kind `json:"kind"`
		C        string     `json:"c"`
	}{1, inc.Head.Seq + 1, inc.Head.Hash, "2026-11-24T02:41:07.000000000Z", inc.Log[0].Mode, kind, state.Sum([]byte(content)).String()})
	if err != nil {
		return state.Entry{}, false
	}
	e, err := state.Decode([]byte(`{"e":` + string(envelope) + `,"d":` + content + `}`))
	return e, err == nil
}

// beginning is an incident with a runbook and one of most things in it.
func beginning(t *testing.T) *state.Incident {
	t.Helper()
	book := hostileBook("plain")
	inc := new(state.Incident)
	for _, data := range []state.Data{
		&state.IncidentOpened{ID: hostileID, Title: "plain", Severity: "SEV1", Program: "muster test", Runbook: state.Document{ID: "hostile", SHA256: state.Sum(book), Text: string(book)}},
		&state.ServiceSet{Service: "gisis", State: "affected", Why: "x"},
		&state.NoticeDrafted{Notice: "holding", Version: 1, Text: "x", Claims: []state.Claim{{Service: "gisis", State: "affected"}}},
	} {
		e, _, err := state.Seal(statetest.Entry(inc.Head, data))
		if err == nil {
			err = inc.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return inc
}

// ask asks an incident all that screens and exports ask.
func ask(t *testing.T, inc *state.Incident) {
	t.Helper()
	for _, e := range inc.Log {
		if text := inc.Describe(e); len(text) > 1<<20 {
			t.Errorf("entry %d is described in %d bytes", e.Seq, len(text))
		}
		_, _ = inc.Entry(e.Seq)
	}
	_, _, _ = inc.Next(), inc.OpenItems(), inc.Tallies()
	_, _ = inc.FindStep("look")
	for _, format := range export.Formats() {
		if format.OfLines() {
			continue
		}
		if err := export.Write(io.Discard, inc, format, export.Options{Program: "muster test"}); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}
