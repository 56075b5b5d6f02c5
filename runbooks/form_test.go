package runbooks

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// formOf is a form with one field, that a case replaces a part of.
const formOf = `title = "A form"
clock = "gdpr-33"
ask = "legal"
[[field]]
id = "a"
title = "A?"
from = ["fact:lei"]
`

// TestFormProblems: what is wrong with a form is said with its line, and what was meant.
func TestFormProblems(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"good", formOf, ""},
		{"no field", `title = "A form"`, `form.toml:1: no field`},
		{"unknown key", strings.Replace(formOf, "from =", "form =", 1), `form.toml:7: field "a": unknown key "form" — did you mean "from"?`},
		{"unknown source", strings.Replace(formOf, "fact:lei", "fact:lie", 1), `form.toml:7: field "a": unknown source "fact:lie" — did you mean "fact:lei"?`},
		{"unknown kind of source", strings.Replace(formOf, "fact:lei", "moon:full", 1), `unknown source "moon:full" — sources are fact, answer`},
		{"a source without a word", strings.Replace(formOf, "fact:lei", "answer:", 1), `"answer:" names no id — write answer:ID`},
		{"nobody can say it", strings.Replace(formOf, "ask = \"legal\"\n", "", 1), `form.toml:3: field "a": nobody is named who can say it`},
		{"unknown clock", strings.Replace(formOf, "gdpr-33", "gdpr-3", 1), `no ready-made deadline is called "gdpr-3" — did you mean "gdpr-33"?`},
		{"two of one id", formOf + "[[field]]\nid = \"a\"\ntitle = \"B?\"\n", `field "a" stands in line 5 already`},
		{"no id", formOf + "[[field]]\ntitle = \"B?\"\n", `form.toml:8: field "B?": no id`},
		{"no title", formOf + "[[field]]\nid = \"b\"\n", `field "b": no title`},
		{"fixed and drawn", formOf + "fixed = \"x\"\n", `what is fixed is drawn from nothing`},
		{"one choice", formOf + "type = \"choice\"\nchoices = [\"x\"]\n", `a choice needs at least two choices`},
		{"choices of a text", formOf + "choices = [\"x\", \"y\"]\n", `choices are for type choice`},
		{"labels too few", formOf + "type = \"choice\"\nchoices = [\"x\", \"y\"]\nlabels = [\"X\"]\n", `1 labels for 2 choices`},
		{"a comma", formOf + "type = \"choice\"\nmany = true\nchoices = [\"x, y\", \"z\"]\n", `a choice of several has a comma`},
		{"a bound of a text", formOf + "most = 3\n", `whole and most are for type number`},
		{"a pattern without help", formOf + "pattern = \"x+\"\n", `a pattern is for a text, with a help`},
		{"no pattern", formOf + "pattern = \"x(\"\nhelp = \"x\"\n", `the pattern cannot be read`},
		{"no condition", formOf + "when = \"never\"\n", `"never" is no condition`},
		{"a condition on nothing", formOf + "when = \"b=yes\"\n", `no field is called "b"`},
		{"a condition that cannot be", formOf + "[[field]]\nid = \"b\"\ntitle = \"B?\"\nwhen = \"a=yes\"\n", `"yes" is no choice of "a"`},
		{"late without a clock", strings.Replace(formOf, "clock = \"gdpr-33\"\n", "", 1) + "when = \"late\"\n", `"late" is no condition`},
		{"a path without a document", formOf + "path = \"a.b\"\n", `a path is for a form with a document`},
		{"no path", "document = \"dora-ir-1.2\"\n" + formOf + "path = \"a..b\"\n", `"a..b" is no path`},
		{"unknown document", "document = \"dora\"\n" + formOf, `unknown document "dora"`},
		{"it extends itself", "extends = \"form\"\n" + formOf, `the form extends itself`},
		{"a newer schema", "schema = 2\n" + formOf, `schema 2 is not known`},
		{"not TOML", "title = ", `form.toml:1`},
	} {
		form, problems := ParseForm("form.toml", []byte(c.text))
		if (c.want == "") != (form != nil) || !strings.Contains(problems.String(), c.want) {
			t.Errorf("%s: %v, and it should say %s", c.name, problems, c.want)
		}
	}
}

// TestBuiltinForms: every form that comes with the program can be used, and every field of
// it can be said by somebody or is fixed. A role that it asks is one of the runbooks'.
func TestBuiltinForms(t *testing.T) {
	list, problems := OpenForms(BuiltinForms()).List(t.Context())
	if len(problems) > 0 || len(list) < 12 {
		t.Fatalf("%d forms: %v", len(list), problems)
	}
	roles := []string{"commander", "communications", "legal", "liaison", "operations", "scribe"}
	for _, source := range list {
		if source.Err != nil || len(source.Problems) > 0 {
			t.Errorf("%s: %v %v", source.ID, source.Err, source.Problems)
			continue
		}
		if _, known := FindDeadline(source.Form.Clock); source.Form.Clock != "" && !known {
			t.Errorf("%s: no deadline %s", source.ID, source.Form.Clock)
		}
		for _, f := range source.Form.Fields {
			if f.Fixed == "" && !slices.Contains(roles, f.Ask) {
				t.Errorf("%s: %s asks %q, whom not every runbook has", source.ID, f.ID, f.Ask)
			}
		}
	}
}

// TestFormsExtend: a form has the fields of what it extends, its own in their places, and
// a later layer wins for all that extend it.
func TestFormsExtend(t *testing.T) {
	field := func(id, title string) string {
		return "[[field]]\nid = \"" + id + "\"\ntitle = \"" + title + "\"\nask = \"legal\"\n"
	}
	base := Layer{Name: "base", FS: fstest.MapFS{
		"one.toml":   {Data: []byte("title = \"One\"\n" + field("a", "A?") + field("b", "B?"))},
		"two.toml":   {Data: []byte("title = \"Two\"\nextends = \"one\"\n" + field("b", "B again?") + field("c", "C?"))},
		"lost.toml":  {Data: []byte("title = \"Lost\"\nextends = \"tow\"\n")},
		"round.toml": {Data: []byte("title = \"Round\"\nextends = \"about\"\n")},
		"about.toml": {Data: []byte("title = \"About\"\nextends = \"round\"\n")},
		"bad.toml":   {Data: []byte("title = 3\n")},
		"worse.toml": {Data: []byte("title = \"Worse\"\nextends = \"bad\"\n")},
	}}
	own := Layer{Name: "yours", FS: fstest.MapFS{"one.toml": {Data: []byte("title = \"My one\"\n" + field("a", "Mine?") + field("b", "B?"))}}}
	lib := OpenForms(base, own)
	two, err := lib.Load(t.Context(), "two")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range two.Form.Fields {
		got = append(got, f.Title)
	}
	if want := []string{"Mine?", "B again?", "C?"}; !slices.Equal(got, want) || two.Form.Root != "one" {
		t.Errorf("two asks %q and is kept under %s, want %q", got, two.Form.Root, want)
	}
	one, err := lib.Load(t.Context(), "one")
	if err != nil || one.Layer != "yours" || !slices.Equal(one.Shadows, []string{"base"}) {
		t.Errorf("one is from %s and hides %q: %v", one.Layer, one.Shadows, err)
	}
	for id, want := range map[string]string{
		"lost": `extends the form "tow", which is not there — did you mean "two"?`, "round": "in a circle", "worse": "which cannot be used", "bad": "title", "none": "none with the id",
	} {
		if _, err := lib.Load(context.Background(), id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", id, err, want)
		}
	}
	if read := lib.Read(t.Context(), "file", "x.toml", []byte("title = \"X\"\nextends = \"two\"\n")); read.Err != nil || len(read.Form.Fields) != 3 {
		t.Errorf("a file that extends has %v", read.Err)
	}
	if read := lib.Read(t.Context(), "file", "x.toml", []byte("title = \"X\"\nextends = \"tow\"\n")); read.Err == nil || !read.Problems.HasErrors() {
		t.Errorf("a file that extends nothing is good: %v", read.Problems)
	}
}

// FuzzForm: whatever a file holds, reading ends, and what can be used has fields with ids.
func FuzzForm(f *testing.F) {
	f.Add([]byte(formOf))
	list, _ := OpenForms(BuiltinForms()).List(context.Background())
	for _, source := range list {
		f.Add(source.Text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		form, problems := ParseForm("f.toml", data)
		if (form == nil) != problems.HasErrors() {
			t.Fatalf("%v, and the form is %v", problems, form)
		}
		if form == nil {
			return
		}
		for _, field := range form.Fields {
			if !validID(field.ID) || field.Fixed == "" && field.Ask == "" {
				t.Errorf("a field %+v", field)
			}
		}
	})
}
