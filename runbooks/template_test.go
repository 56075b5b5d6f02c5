package runbooks

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRender(t *testing.T) {
	values := sampleValues()
	values.Answers = map[string]string{"aware": "2026-11-24T02:41:00Z", "seen": "2026-11-24T03:41:00+01:00", "ticket-number": "7"}
	values.Roles = map[string]string{"commander": "Ada", "legal": ""}
	values.Services.Restored, values.Services.Back = nil, []string{}
	values.Services.Verified = []string{"Shop"}
	tests := []struct{ text, want, err string }{
		{"as it is } %d {", "as it is } %d {", ""},
		{"{{ .Org }}: {{ .Service.Title }}", "Example: Website", ""},
		{"{{ list .Services.Down }}, {{ list .Services.Restored }}, {{ list .Services.Verified }}", "Website and E-mail, not yet known, Shop", ""},
		{"{{ list .Services.Back }}", "none", ""},
		{`{{ join "; " .Services.All }} {{ .Services.All }} {{ .Services.Restored }}`, "Website; E-mail Website, E-mail «services restored»", ""},
		{"{{ upper .Org }} {{ .Org | lower }}", "EXAMPLE example", ""},
		{`{{ .Roles.legal | default "nobody" }} {{ default "nobody" .Roles.commander }}`, "nobody Ada", ""},
		{"{{ date .Answers.aware }} {{ time .Answers.aware }} {{ time .Answers.seen }}", "24 November 2026 02:41 UTC 03:41 +01:00", ""},
		{"{{ .Answers.people }} {{ .Roles.legal }} {{ .Roles.nobody }}", "«people» «legal» «nobody»", ""},
		{`{{ index .Answers "ticket-number" }} {{ index .Answers "no-such" }}`, "7 «no-such»", ""},
		{"{{ date .Answers.gone }} {{ (.Answers.gone) }}", "«gone» «gone»", ""},
		{`{{ $x := .Answers.gone }}{{ $x }}`, "«unknown»", ""},
		{"{{ if .Answers.gone }}yes{{ else }}no{{ end }}", "no", ""},
		{`{{ if and .Org (eq .Incident.Mode "live") }}live{{ end }}`, "live", ""},
		{"{{ range $i, $s := .Services.All }}{{ if $i }}, {{ end }}{{ $s }} of {{ $.Org }}{{ end }}", "Website of Example, E-mail of Example", ""},
		{"{{ range .Services.Restored }}{{ . }}{{ else }}nothing{{ end }}", "nothing", ""},
		{"{{ with .Service }}{{ .Title }}{{ end }}", "Website", ""},
		{"{{ len .Services.All }}{{/* comment */}}", "2", ""},
		{"{{ .Nothing }}", "", "no field .Nothing here"},
		{"{{ nothing }}", "", `"nothing" not defined`},
		{"{{ .Org ", "", "unclosed action"},
		{`{{ printf "%0999999d" 1 }}`, "", "not defined"},
		{`{{ .Org | print }}`, "", "not defined"},
		{`{{ if (call .Org) }}{{ end }}`, "", "not defined"},
		{"{{ html .Org }}", "", "not defined"},
		{"{{ range .Services.All }}{{ println . }}{{ end }}", "", "not defined"},
		{`{{ slice .Org 1 }}`, "", "not defined"},
		{`{{ define "x" }}x{{ end }}`, "", "cannot define"},
		{`{{ block "x" . }}x{{ end }}`, "", "cannot define"},
		{`{{ template "x" }}`, "", "cannot define"},
		{`{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}`, "", "cannot define"},
	}
	for _, test := range tests {
		got, err := Render(test.text, values)
		if got != test.want || !matches(err, test.err) {
			t.Errorf("%s\n got %q, %v\nwant %q, %s", test.text, got, err, test.want, test.err)
		}
	}
}

func TestRenderIsBounded(t *testing.T) {
	many := make([]string, 1000)
	for i := range many {
		many[i] = strings.Repeat("x", 100)
	}
	values := Values{Org: strings.Repeat("o", 1000), Services: ServiceLists{All: many}}
	nested := strings.Repeat("{{ range $.Services.All }}", 20) + strings.Repeat("{{ end }}", 20)
	tests := []struct {
		name, text string
		err        error
	}{
		{"long template", "{{ .Org }}" + strings.Repeat("x", MaxRendered), errTooLong},
		{"long result", "{{ range .Services.All }}{{ $.Org }}{{ end }}", errTooLong},
		{"long list", "{{ list .Services.All }}", errTooLong},
		{"loop over a number", "{{ range 2000000000 }}{{ end }}", errTooMuch},
		{"loops in loops", nested, errTooMuch},
		{"loops in else", "{{ range .Services.Down }}{{ else }}" + nested + "{{ end }}", errTooMuch},
		{"work in loops", "{{ range .Services.All }}{{ if (upper (join $.Org $.Services.All)) }}{{ end }}{{ end }}", errTooMuch},
		{"joins in joins", `{{ if join (join (join ", " .Services.All) .Services.All) .Services.All }}{{ end }}`, errTooMuch},
	}
	for _, test := range tests {
		out, err := Render(test.text, values)
		if !errors.Is(err, test.err) {
			t.Errorf("%s: %d bytes, %v; want %v", test.name, len(out), err, test.err)
		}
	}
}

// FuzzRender looks for a template that breaks or outgrows its bounds.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"{{ .Org }}", "{{ list .Services.Down }}", "{{ range .Services.All }}{{ . }}{{ end }}", "{{ with $x := .Service }}{{ $x.Title }}{{ end }}",
		`{{ index .Answers "a" | default "b" | upper }}`, "{{ range $i, $e := 10 }}{{ $i }}{{ break }}{{ end }}", "{{ (index .Services.All 0) }}",
		`{{ join (list .Services.All) .Services.All }}`, "{{ define `x` }}{{ end }}", "{{- /* a */ -}}", "{{ if not (eq 1 1.0) }}{{ end }}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out, err := Render(text, sampleValues())
		if !strings.Contains(text, "{{") {
			if out != text || err != nil {
				t.Fatalf("%q became %q, %v", text, out, err)
			}
			return
		}
		if len(out) > MaxRendered || err != nil && out != "" {
			t.Fatalf("%d bytes, %v", len(out), err)
		}
		if utf8.ValidString(text) && !utf8.ValidString(out) {
			t.Fatalf("%q became %q", text, out)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	v := sampleValues()
	for b.Loop() {
		if _, err := Render("Shut down {{ .Service.Title }}", v); err != nil {
			b.Fatal(err)
		}
	}
}

// TestFunctionsSayWhatTheyPromise: comparisons, logic and variables; only these four take
// any number of values.
func TestFunctionsSayWhatTheyPromise(t *testing.T) {
	var many []string
	for _, f := range functions {
		if f.more {
			many = append(many, f.name)
		}
	}
	if got := strings.Join(many, " "); got != "and or eq index" {
		t.Errorf("those that take any number are %s", got)
	}
	for text, want := range map[string]string{
		"{{ lt 1 2 }}{{ lt 2 2 }}{{ lt 3 2 }}": "truefalsefalse", "{{ le 1 2 }}{{ le 2 2 }}{{ le 3 2 }}": "truetruefalse", "{{ gt 1 2 }}{{ gt 2 2 }}{{ gt 3 2 }}": "falsefalsetrue", "{{ ge 1 2 }}{{ ge 2 2 }}{{ ge 3 2 }}": "falsetruetrue",
		"{{ eq 1 2 3 }}{{ eq 1 2 1 }}{{ ne 1 2 }}{{ ne 2 2 }}{{ not 0 }}": "falsetruetruefalsetrue", "{{ or 0 `` 3 }}{{ and 1 2 3 }}{{ and 1 0 3 }}": "330",
		"{{ $x := 1 }}{{ $x = 2 }}{{ $x }}": "2", "{{ $x := 1 }}{{ $y := 3 }}{{ $x = 2 }}{{ $x }}{{ $y }}": "23", "{{ $x := 1 }}{{ if 1 }}{{ $x := 5 }}{{ $x }}{{ end }}{{ $x }}": "51",
	} {
		if got, err := Render(text, sampleValues()); err != nil || got != want {
			t.Errorf("%s is %q, %v", text, got, err)
		}
	}
}

// TestRunsOfMapsAreCharged: a map that is too big for what is left is not run over.
func TestRunsOfMapsAreCharged(t *testing.T) {
	v := sampleValues()
	v.Answers = map[string]string{"a": "1", "b": "2", "c": "3"}
	c, err := compile("{{ range .Answers }}x{{ end }}")
	if err != nil {
		t.Fatal(err)
	}
	enough := &work{left: maxWork}
	if got, err := c.execute(v, enough); err != nil || got != "xxx" {
		t.Fatalf("%q, %v", got, err)
	}
	spent := maxWork - enough.left
	for left := range spent {
		if got, err := c.execute(v, &work{left: left}); err == nil {
			t.Errorf("with %d of %d units of work it is %q", left, spent, got)
		}
	}
	if _, err := c.execute(v, &work{left: spent}); err != nil {
		t.Errorf("with just enough: %v", err)
	}
}
