package main

import (
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state/view"
)

// TestFormCommandsWork: what a form says is to be typed for a field that is not known can
// be typed, and then the field is known.
func TestFormCommandsWork(t *testing.T) {
	lib := runbooks.OpenForms(runbooks.BuiltinForms())
	p := newPlay(t)
	p.run("start", "data-breach", "--no-open")
	for _, id := range []string{"gdpr-33", "nis2-early-warning", "dora-initial", "methane"} {
		source, err := lib.Load(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		var before, after view.Form
		p.read(&before, "form", "show", id)
		typed := map[string]string{}
		for _, field := range source.Form.Fields {
			one := fieldOf(&before, field.ID)
			if one.Value != nil || field.Pattern != "" || strings.HasSuffix(one.Command, "OPTION") { // a decision is made in its turn
				continue
			}
			words := strings.Fields(one.Command)[1:]
			last := len(words) - 1
			words[last] = typedFor(words[last], field.Choices)
			typed[field.ID] = one.Command
			p.run(words...)
		}
		p.read(&after, "form", "show", id)
		for field, command := range typed {
			if fieldOf(&after, field).Value == nil {
				t.Errorf("%s of %s: %q leaves it open", field, id, command)
			}
		}
		if len(typed) < 3 {
			t.Errorf("%s has only %d fields that are not known", id, len(typed))
		}
	}
}

// typedFor is what somebody types where a command shows what to type.
func typedFor(word string, choices []string) string {
	for _, example := range [][2]string{{"TEXT", "words"}, {"TIME", "08:30"}, {"NUMBER", "3"}, {"yes|no", "yes"}} {
		word = strings.Replace(word, example[0], example[1], 1)
	}
	if len(choices) > 0 {
		return choices[0]
	}
	return word
}

func fieldOf(f *view.Form, id string) *view.FormField {
	for i := range f.Fields {
		if f.Fields[i].ID == id {
			return &f.Fields[i]
		}
	}
	return new(view.FormField)
}
