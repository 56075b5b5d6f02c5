package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const bank = `name = "Example Bank"
[[service]]
id = "payments"
title = "Payments"
tier = 1
[facts]
legal_name = "Example Bank S.A."
lei = "529900T8BM49AURSDO55"
entity_types = ["credit_institution"]
supervisor = "Banque de test"
contact = "Ada Lovelace"
contact_email = "ada@bank.example"
contact_phone = "+33 1 70 00 00 00"
parent = "Example Group"
currency = "EUR"
`

// doraAnswers are what has to be said for each report, besides what the log has.
var doraAnswers = map[string][][2]string{
	"dora-initial": {
		{"detected", "-20m"}, {"classified", "-10m"}, {"criteria", "critical_services_affected, geographical_spread, data_losses"}, {"countries", "FR,DE"},
		{"discovery", "monitoring_systems"}, {"continuity", "yes"},
	},
	"dora-intermediate": {
		{"numbers", "estimates_for_clients_affected"}, {"clients", "1200"}, {"clients-share", "2.50"}, {"data-losses", "conf"}, {"type", "cybersecurity-related"},
		{"threats", "ddos, other"}, {"threats-other", "it is not known yet"}, {"infrastructure", "yes"}, {"infrastructure-which", "the payment gateway"},
		{"temporary", "yes"}, {"temporary-which", "moved to the other site"}, {"authorities", "csirt"}, {"duration", "0:03:20"},
	},
	"dora-final": {
		{"cause", "malicious_actions"}, {"resolution", "It was rebuilt."}, {"resolved", "-1m"}, {"planned", "no"}, {"recoveries", "0"}, {"cause-ended", "-2m"},
	},
}

// TestDORA: the three reports are as the published schema has them, once what they
// require is known; before, they say what they lack, and leave it out.
func TestDORA(t *testing.T) {
	for _, mode := range [][]string{nil, {"--drill"}} {
		p := newPlay(t)
		p.run(append([]string{"start", "data-breach", "--no-open", "--organisation", p.file("bank.toml", bank)}, mode...)...)
		p.run("service", "payments", "affected", "--why", "x")
		for _, form := range []string{"dora-initial", "dora-intermediate", "dora-final"} {
			if _, out, errs := p.try("form", "fill", form, "--format", "json"); !strings.Contains(errs, "lacks what it requires") || strings.Contains(out, "null") {
				t.Errorf("%s: %s\n%s", form, out, errs)
			}
			for _, a := range doraAnswers[form] {
				p.run("form", "answer", form, a[0], "--", a[1])
			}
			_, out, errs := p.try("form", "fill", form, "--format", "json")
			if errs != "" {
				t.Errorf("%s still lacks something: %s", form, errs)
			}
			asDORA(t, form, out, len(mode) > 0)
		}
	}
}

// asDORA holds a report against what it must say, and against the published schema where
// that is at hand: it is not ours to copy.
func asDORA(t *testing.T, form, text string, drill bool) {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	at := func(path string) any {
		var value any = doc
		for _, key := range strings.Split(path, ".") {
			if list, is := value.([]any); is {
				value = list[0]
			}
			value, _ = value.(map[string]any)[key]
		}
		return value
	}
	mark := "EXERCISE EXERCISE EXERCISE"
	for _, path := range []string{"incident.incidentDescription", "incident.otherInformation"} {
		if said, _ := at(path).(string); said == "" || strings.Contains(said, mark) != drill {
			t.Errorf("%s: %s is %q", form, path, said)
		}
	}
	other := at("incident.otherInformation").(string)
	says(t, other, "TLP:", "head ", "entries", "muster ")
	for path, want := range map[string]any{
		"submittingEntity.LEI": "529900T8BM49AURSDO55", "affectedEntity.entityType": "AFFECTED_ENTITY", "ultimateParentUndertaking.entityType": "ULTIMATE_PARENT_UNDERTAKING_ENTITY",
		"secondaryContact": nil, "incident.isBusinessContinuityActivated": true,
	} {
		if got := at(path); got != want {
			t.Errorf("%s: %s is %v, want %v", form, path, got, want)
		}
	}
	for _, draft := range []*jsonschema.Draft{jsonschema.Draft2020, jsonschema.Draft7} {
		schema := doraSchema(t, draft)
		if schema == nil {
			return
		}
		instance, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err == nil {
			err = schema.Validate(instance)
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", form, err, text)
		}
		delete(doc["incident"].(map[string]any), "incidentDescription") // the schema is one that can refuse
		short, _ := json.Marshal(doc)
		if instance, _ = jsonschema.UnmarshalJSON(bytes.NewReader(short)); schema.Validate(instance) == nil {
			t.Errorf("%s: the schema takes a report without a description", form)
		}
	}
}

// doraSchema is the published schema as a draft reads it; nil if it is not here. It calls
// itself one of 2020-12 and has words of draft 7, so that both read it.
func doraSchema(t *testing.T, draft *jsonschema.Draft) *jsonschema.Schema {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var text []byte
	for ; text == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		text, err = os.ReadFile(filepath.Join(dir, "shared", "data", "dora-ir-1.2.schema.json"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if text == nil {
		t.Log("the published schema is not here: a folder above needs shared/data/dora-ir-1.2.schema.json")
		return nil
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	doc.(map[string]any)["$schema"] = draft.String()
	delete(doc.(map[string]any), "$id")
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(draft)
	compiler.AssertFormat()
	if err := compiler.AddResource("dora.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("dora.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
