package view

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"muster/runbooks"
	"muster/state"
)

// A docRef names a runbook whose text is in the log.
type docRef struct {
	ID     string     `json:"id"`
	Source string     `json:"source" part:"runbook"`
	SHA256 state.Hash `json:"sha256" part:"runbook"`
}

func refOf(doc state.Document) docRef {
	return docRef{ID: doc.ID, Source: doc.Source, SHA256: doc.SHA256}
}

// openedData is state.IncidentOpened without the runbook's text.
type openedData struct {
	ID       string                `json:"id"`
	Title    string                `json:"title" part:"notes"`
	Severity runbooks.Severity     `json:"severity"`
	Inputs   map[string]string     `json:"inputs,omitempty" part:"notes"`
	Program  string                `json:"program"`
	Runbook  docRef                `json:"runbook"`
	Scenario *state.SealedScenario `json:"scenario,omitempty"`
}

// attachedData is state.RunbookAttached without the runbook's text.
type attachedData struct {
	Prefix  string        `json:"prefix"`
	Why     string        `json:"why" part:"notes"`
	Runbook docRef        `json:"runbook"`
	Shared  *state.Shared `json:"shared,omitempty" part:"runbook"`
}

// dataOf is what an entry records, as JSON. A runbook's text is left out: it is in
// the log, and its hash is here.
func dataOf(data state.Data, withheld state.Parts) (json.RawMessage, error) {
	var value any = data
	switch data := data.(type) {
	case nil:
		return json.RawMessage("null"), nil
	case *state.Unknown:
		return unknownData(data, withheld)
	case *state.IncidentOpened:
		value = &openedData{data.ID, data.Title, data.Severity, data.Inputs, data.Program, refOf(data.Runbook), data.Scenario}
	case *state.RunbookAttached:
		value = &attachedData{data.Prefix, data.Why, refOf(data.Runbook), data.Shared}
	}
	if withheld != 0 {
		return fieldsOf(reflect.ValueOf(value).Elem(), withheld)
	}
	return encode(value)
}

func encode(value any) (json.RawMessage, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(out.Bytes()), err
}

// unknownData is what an entry of a kind records that this version does not know:
// the facts as they lie, or, if it has parts, the facts and each of those.
func unknownData(data *state.Unknown, withheld state.Parts) (json.RawMessage, error) {
	var parts []state.Part
	for _, part := range withholdable {
		if withheld.Has(part) || data.Apart[part-1] != nil {
			parts = append(parts, part)
		}
	}
	facts, err := verbatim(data.Raw)
	if err != nil || len(parts) == 0 {
		return facts, err
	}
	out := append(json.RawMessage(`{"facts":`), facts...)
	for _, part := range parts {
		text := json.RawMessage("null")
		if raw := data.Apart[part-1]; raw != nil {
			if text, err = verbatim(raw); err != nil {
				return nil, err
			}
		}
		out = append(append(append(append(out, `,"`...), part.String()...), `":`...), text...)
	}
	return append(out, '}'), nil
}

// verbatim is raw, or, if that is no JSON, a string of it.
func verbatim(raw json.RawMessage) (json.RawMessage, error) {
	if json.Valid(raw) {
		return raw, nil
	}
	return encode(string(raw))
}

// fieldsOf writes a struct as encoding/json does, but with null for every field of a
// part that is withheld. A text that is empty all the same is a fact.
func fieldsOf(v reflect.Value, withheld state.Parts) (json.RawMessage, error) {
	out := json.RawMessage{'{'}
	for _, field := range reflect.VisibleFields(v.Type()) {
		key, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || key == "" {
			continue
		}
		value := v.FieldByIndex(field.Index)
		text, err := json.RawMessage("null"), error(nil)
		switch {
		case isWithheld(field.Tag.Get("part"), withheld) && !(value.Kind() == reflect.String && value.IsZero()):
		case options == "omitempty" && emptyJSON(value), options == "omitzero" && value.IsZero():
			continue
		case value.Kind() == reflect.Struct && hasParts(value.Type()):
			text, err = fieldsOf(value, withheld)
		default:
			text, err = encode(value.Interface())
		}
		if err != nil {
			return nil, err
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(append(out, '"'), key...), `":`...), text...)
	}
	return append(out, '}'), nil
}

func isWithheld(name string, withheld state.Parts) bool {
	for _, part := range withholdable {
		if part.String() == name {
			return withheld.Has(part)
		}
	}
	return false
}

// hasParts reports whether some fields of a type belong to a part.
func hasParts(t reflect.Type) bool {
	for _, field := range reflect.VisibleFields(t) {
		if field.Tag.Get("part") != "" {
			return true
		}
	}
	return false
}

// emptyJSON reports whether encoding/json leaves a value out that may be.
func emptyJSON(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
