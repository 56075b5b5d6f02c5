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
	values.Services.Restored = nil
	values.Services.Verified = []string{"Shop"}
	tests := []struct{ text, want, err string }{
		{"as it is } %d {", "as it is } %d {", ""},
		{"{{ .Org }}: {{ .Service.Title }}", "Example: Website", ""},
		{"{{ list .Services.Down }}, {{ list .Services.Restored }}, {{ list .Services.Verified }}", "Website and E-mail, none, Shop", ""},
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
