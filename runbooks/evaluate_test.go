package runbooks

import (
	"errors"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	reference "text/template"
	"text/template/parse"
)

// referenceText fills in a template as text/template itself does, with the functions
// of [Render], and with what actions print sent through show.
func referenceText(text string, v Values) (string, error) {
	w := &work{left: 16 * maxWork} // enough for all that Render does, and an end of what it does not
	known := reference.FuncMap{
		"list":    func(items []string) (string, error) { return w.join(", ", " and ", emptyText(items), items) },
		"join":    func(between string, items []string) (string, error) { return w.join(between, between, "", items) },
		"upper":   func(s string) (string, error) { return w.made(strings.ToUpper(s)) },
		"lower":   func(s string) (string, error) { return w.made(strings.ToLower(s)) },
		"default": func(otherwise, s string) (string, error) { return w.made(orText(s, otherwise)) },
		"date":    func(s string) (string, error) { return w.made(dateText(s)) },
		"time":    func(s string) (string, error) { return w.made(timeText(s)) },
		"show": func(name string, v any) (string, error) {
			return show(v, func() string { return name }), w.spend(1)
		},
	}
	t, err := reference.New("").Option("missingkey=zero").Funcs(known).Parse(text)
	if err != nil {
		return "", err
	}
	showActions(t.Root)
	var out strings.Builder
	err = t.Execute(&out, v)
	return out.String(), err
}

// showActions puts "| show name" after all that is printed, and a show into every
// turn of a loop, so that it has an end.
func showActions(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 {
				name := strings.ToLower(strings.Join(shownName(n.Pipe), " "))
				n.Pipe.Cmds = append(n.Pipe.Cmds, callShow(name))
			}
		case *parse.IfNode:
			showActions(n.List)
			showActions(n.ElseList)
		case *parse.WithNode:
			showActions(n.List)
			showActions(n.ElseList)
		case *parse.RangeNode:
			showActions(n.List)
			showActions(n.ElseList)
			tick := &parse.VariableNode{NodeType: parse.NodeVariable, Ident: []string{"$tick"}}
			pipe := &parse.PipeNode{NodeType: parse.NodePipe, Cmds: []*parse.CommandNode{callShow("")}, Decl: []*parse.VariableNode{tick}}
			pipe.Cmds[0].Args = append(pipe.Cmds[0].Args, &parse.DotNode{NodeType: parse.NodeDot})
			n.List.Nodes = slices.Insert(n.List.Nodes, 0, parse.Node(&parse.ActionNode{NodeType: parse.NodeAction, Pipe: pipe}))
		}
	}
}

func callShow(name string) *parse.CommandNode {
	text := &parse.StringNode{NodeType: parse.NodeString, Text: name}
	return &parse.CommandNode{NodeType: parse.NodeCommand, Args: []parse.Node{parse.NewIdentifier("show"), text}}
}

// compareWithReference fails unless Render and text/template make the same of a
// template, or both refuse it. What Render alone refuses is left out.
func compareWithReference(t *testing.T, text string) {
	t.Helper()
	none := Values{Org: "a", Services: ServiceLists{All: []string{}}, Answers: map[string]string{}}
	for _, v := range []Values{referenceValues(), none, {}} {
		got, err := Render(text, v)
		if err != nil && renderAloneRefuses(text, err) {
			return
		}
		want, wantErr := referenceText(text, v)
		if err != nil && wantErr != nil {
			continue
		}
		if got != want || (err == nil) != (wantErr == nil) {
			t.Fatalf("%s\n got %q, %v\nwant %q, %v", text, got, err, want, wantErr)
		}
	}
}

func referenceValues() Values {
	v := sampleValues()
	v.Answers = map[string]string{"aware": "2026-11-24T02:41:00Z", "b": "B", "a": ""}
	v.Roles = map[string]string{"a": "Ada", "b": "Bob"}
	v.Services.Restored = nil
	v.Services.Verified = []string{"Shop"}
	return v
}

// renderAloneRefuses: its bounds, fractions, other templates, functions that the
// language has beyond ours, and arguments to a field of nil, which text/template does
// not look at.
func renderAloneRefuses(text string, err error) bool {
	for _, own := range []error{errTooLong, errTooMuch, errFraction, errTemplate} {
		if errors.Is(err, own) {
			return true
		}
	}
	return strings.Contains(err.Error(), "not defined") || errors.Is(err, errArguments) && strings.Contains(text, "nil")
}

// referenceTemplates are rules of the language that are easily got wrong.
var referenceTemplates = []string{
	// truth, and what and and or give back
	"{{ and 1 0 2 }} {{ or 0 `` 3 4 }} {{ and nil }} {{ or nil 0 }} {{ not nil }} {{ `x` | and 1 }} {{ 0 | or 1 }} {{ true | or }} {{ and }}",
	"{{ if .Answers }}a{{ else if .Org }}b{{ else }}c{{ end }}{{ if .Service }}d{{ end }}{{ if .Services.Restored }}e{{ end }}{{ if -1 }}f{{ end }}",
	"{{ or 1 ($x := 2) }}{{ $x }}", "{{ or 0 ($x := 2) }}{{ $x }}", "{{ $x = 1 }}", "{{ $x := 1 }}{{ if 1 }}{{ $x = 2 }}{{ $x := 3 }}{{ $x }}{{ end }}{{ $x }}",
	// comparing
	"{{ eq 1 2 3 1 }} {{ eq `a` `b` `a` }} {{ eq 1 1 `a` }} {{ ne 1 2 }} {{ eq true false }} {{ eq nil nil }} {{ eq nil 1 }} {{ eq `` nil }}",
	"{{ eq 1 `a` }}", "{{ eq 1 }}", "{{ ne 1 2 3 }}", "{{ eq .Services.All .Services.Down }}", "{{ eq .Services.Restored nil }} {{ eq nil .Services.All }}",
	"{{ eq .Services.Restored .Services.All }}", "{{ eq .Answers .Roles }}", "{{ eq .Answers .Services.All }}", "{{ eq .Incident .Incident }}",
	"{{ eq .Incident .Service }}", "{{ eq .Services .Incident }}", "{{ eq .Incident .Services }}", "{{ eq .Incident nil }}", "{{ eq . . }}", "{{ ne . nil }}",
	"{{ lt 1 2 }} {{ le 2 2 }} {{ gt `b` `a` }} {{ ge `a` `b` }} {{ lt -1 0x10 }} {{ gt 'a' 1_000 }}", "{{ lt 1 `a` }}", "{{ lt true false }}", "{{ le nil nil }}", "{{ gt .Answers 1 }}",
	// loops
	"{{ range 3 }}{{ . }}{{ end }}{{ range 0 }}{{ else }}none{{ end }}{{ range -1 }}x{{ end }}", "{{ range $i := 3 }}{{ $i }}{{ end }}", "{{ range $i, $e := 3 }}{{ end }}", "{{ range .Org }}{{ end }}",
	"{{ range true }}{{ end }}", "{{ range .Incident }}{{ end }}", "{{ range $k, $v := .Roles }}{{ $k }}={{ $v }};{{ . }} {{ end }}", "{{ range and nil }}x{{ else }}none{{ end }}",
	"{{ range $i, $e := .Services.All }}{{ if $i }}{{ break }}{{ end }}{{ $e }}{{ else }}{{ $e }}{{ end }}", "{{ range .Services.All }}{{ if eq . `Website` }}{{ continue }}{{ end }}{{ . }}{{ end }}",
	"{{ $x := 0 }}{{ range $x = .Services.All }}{{ $x }}{{ else }}{{ $x }}{{ end }}{{ $x }}", "{{ $i := 0 }}{{ $e := 0 }}{{ range $i, $e = .Services.All }}{{ $i }}{{ end }}{{ $i }}{{ $e }}",
	"{{ range 3 }}[{{ range .Services }}{{ else }}{{ break }}{{ end }}]{{ end }}", "{{ range 3 }}[{{ range 0 }}{{ else }}{{ break }}{{ end }}]{{ end }}", "{{ range 3 }}[{{ range 0 }}{{ else }}{{ continue }}{{ end }}]{{ end }}",
	"{{ range $i, $e := ($y := .Services.All) }}{{ $y }}{{ $e }}{{ end }}", "{{ range $x, $x := .Services.All }}{{ $x }}{{ end }}", "{{ range 2 }}{{ $y := . }}{{ end }}{{ $y }}", "{{ range $i := 3 }}{{ $i }}{{ $y := 7 }}{{ $y }}{{ end }}",
	// with, dot and $
	"{{ with $x := .Service }}{{ .Title }}{{ $x.ID }}{{ $.Org }}{{ else with .Incident }}{{ .ID }}{{ else }}{{ .Org }}{{ end }}", "{{ with .Roles.a }}{{ . }}{{ .Org }}{{ end }}", "{{ with 0 }}{{ else }}{{ .Org }}{{ end }}",
	// fields and maps
	"{{ .Service.Titel }}", "{{ .Org.Name }}", "{{ .Services.All.X }}", "{{ .Answers.aware.x }}", "{{ (.Service).Title }} {{ (index .Answers `b`) }} {{ ($).Org }}", "{{ (and nil).X.Y }}", "{{ .Org 1 }}",
	"{{ .Roles.a | .Org }}", "{{ $ 1 }}", "{{ (.Org) 1 }}", "{{ 1 2 }}", "{{ nil }}", "{{ upper.X }}", "{{ list.All .Services }}",
	// len and index
	"{{ len `ä` }} {{ len .Answers }} {{ len .Services.Restored }} {{ .Org | len }}", "{{ len nil }}", "{{ len 1 }}", "{{ len .Service }}", "{{ index .Services.All 1 }} {{ index .Services.All 1 0 }} {{ index `abc` 1 }} {{ index .Org }}",
	"{{ index .Services.All 2 }}", "{{ index .Services.All -1 }}", "{{ index .Services.All nil }}", "{{ index .Services.All `0` }}", "{{ index .Answers 1 }}", "{{ index .Answers nil }}", "{{ index nil }}", "{{ index 1 }}", "{{ index 1 1 }}", "{{ index . `Org` }}",
	"{{ 1 | index .Services.All }} {{ index .Answers `none` }}", "{{ range index `abc` 0 }}{{ end }}", "{{ eq (index `abc` 0) 97 'a' }}",
	// functions of Render
	"{{ list nil }} {{ list .Services.All }} {{ join nil nil }}", "{{ list (and nil) }}", "{{ join `, ` nil }}", "{{ list .Org }}", "{{ list `x` }}", "{{ list }}", "{{ list nil nil }}", "{{ upper nil }}", "{{ upper (and nil) }}", "{{ upper 1 }}", "{{ upper .Services.All }}",
	"{{ .Roles.none | default `n` | upper }}", "{{ default 1 `a` }}", "{{ default `a` }}", "{{ upper lower }}", "{{ date `x` }} {{ time .Answers.aware }}", "{{ .Services.All | join `-` }}",
	// literals and text
	"{{ 'a' }} {{ 0x1F }} {{ 0b11 }} {{ 1_000 }} {{ -0 }} {{ +3 }} {{ `raw\n` }} {{ \"q\\n\" }} {{ true }} {{ 9223372036854775807 }}", "{{ 9223372036854775808 }}", "a {{- /* c */ -}} b {{- 1 -}} c {{ 2 }}\n{{ 3 -}}\n d",
	"{{ . }}", "{{ .Services }} {{ .Incident }} {{ .Roles }} {{ $ }}", "{{ true }}{{ false }}{{ 0 }}{{ `` }}{{ .Services.Restored }}{{ and nil }}",
}

func TestEvaluatorIsLikeTextTemplate(t *testing.T) {
	for _, text := range referenceTemplates {
		compareWithReference(t, text)
	}
}

// TestGeneratedTemplates tries templates that hang together, as the fuzzer's seldom do.
func TestGeneratedTemplates(t *testing.T) {
	done := 0
	for seed := range int64(2000) {
		text := generated(rand.New(rand.NewSource(seed)).Intn)
		compareWithReference(t, text)
		if _, err := Render(text, referenceValues()); err == nil {
			done++
		}
	}
	if done < 400 {
		t.Errorf("only %d of 2000 templates were rendered: the rest proves little", done)
	}
}

// generated writes a template; choose returns a number below n.
func generated(choose func(n int) int) string {
	g := &generator{choose: choose, left: 24}
	return "{{ $x := .Org }}{{ $y := 1 }}" + g.body(3)
}

type generator struct {
	choose func(n int) int
	left   int // nodes that may still be written
}

func (g *generator) one(of ...string) string { return of[g.choose(len(of))] }

func (g *generator) body(depth int) string {
	var b strings.Builder
	for n := 1 + g.choose(3); n > 0 && g.left > 0; n-- {
		g.left--
		b.WriteString(g.node(depth))
	}
	return b.String()
}

func (g *generator) node(depth int) string {
	choice := g.choose(12)
	if depth == 0 {
		choice %= 6
	}
	open, shut := g.one("{{ ", "{{- "), g.one(" }}", " -}}")
	action := func(what string) string { return open + what + shut }
	switch choice {
	case 0:
		return g.one(" text ", "\n", "x")
	case 1:
		return action(g.one("$x", "$y") + g.one(" := ", " := ", " = ") + g.pipe(depth))
	case 2, 3, 4, 5:
		return action(g.pipe(depth))
	case 6, 7:
		return action("if "+g.pipe(depth)) + g.body(depth-1) + g.orElse("if", depth) + action("end")
	case 8:
		return action("with "+g.one("", "$x := ")+g.pipe(depth)) + g.body(depth-1) + g.orElse("with", depth) + action("end")
	}
	over := g.one(".Services.All", "$.Services.Verified", "$.Services.Restored", "$.Answers", "$.Roles", "3", g.pipe(depth))
	stop := g.one("", "", "", "{{ break }}", "{{ continue }}", "{{ if "+g.pipe(0)+" }}{{ break }}{{ else }}{{ continue }}{{ end }}")
	return action("range "+g.one("", "", "$x := ", "$x, $y := ", "$x = ", "$y, $x = ")+over) + g.body(depth-1) + stop + g.body(depth-1) + g.orElse("", depth) + action("end")
}

func (g *generator) orElse(keyword string, depth int) string {
	switch g.choose(3) {
	case 0:
		return "{{ else }}" + g.body(depth-1)
	case 1:
		if keyword != "" {
			return "{{ else " + keyword + " " + g.pipe(depth) + " }}" + g.body(depth-1)
		}
	}
	return ""
}

func (g *generator) pipe(depth int) string {
	out := g.command(depth)
	for range g.choose(4) - 2 {
		out += " | " + g.one("upper", "len", "not", "list", "and", "or 1", "default `d`", "eq 1", "index $.Roles", "join `+`", "lt 2")
	}
	return out
}

func (g *generator) command(depth int) string {
	switch g.choose(10) {
	case 0, 1, 2:
		return g.operand(depth)
	case 3:
		return g.one("list ", "join `;` ", "len ") + g.one(".Services.All", "$.Services.Restored", "nil", g.operand(depth))
	case 4:
		return g.one("upper ", "lower ", "date ", "time ", "default `d` ") + g.operand(depth)
	case 5:
		return g.one("and ", "or ", "eq ") + g.operand(depth) + " " + g.operand(depth) + " " + g.operand(depth)
	case 6, 7:
		return g.one("eq ", "ne ", "lt ", "le ", "gt ", "ge ", "and ", "or ") + g.operand(depth) + " " + g.operand(depth)
	case 8:
		return g.one("not ", "and ", "or ", "index ") + g.operand(depth)
	}
	return "index " + g.one("$.Answers ", "$.Services.All ", "$.Org ", g.operand(depth)+" ") + g.one("0", "1", "`a`", g.operand(depth))
}

func (g *generator) operand(depth int) string {
	if g.left--; depth > 0 && g.left > 0 && g.choose(5) == 0 {
		return "(" + g.one("", "", "$x := ") + g.pipe(depth-1) + ")" + g.one("", "", ".Title", ".a")
	}
	return g.one(".", "$", ".Org", "$.Org", ".Incident", "$.Service.Title", ".Services", "$.Services.All", "$.Services.Restored", ".Answers.a",
		"$.Roles.b", "$.Roles", "$x", "$y", "0", "1", "-3", "'a'", "``", "`a`", "true", "false", "nil", "$.Answers.aware")
}

// FuzzEvaluate looks for a template of which Render and text/template make something
// else: the text itself, and one generated from its bytes.
func FuzzEvaluate(f *testing.F) {
	for _, seed := range referenceTemplates {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		compareWithReference(t, text)
		at := 0
		compareWithReference(t, generated(func(n int) int {
			if at++; at > len(text) {
				return 0
			}
			return int(text[at-1]) % n
		}))
	})
}

// TestWorkIsCharged: what one node can need without end is charged for by its size.
func TestWorkIsCharged(t *testing.T) {
	const size = 1000
	v := Values{Answers: map[string]string{}, Services: ServiceLists{All: make([]string, size)}}
	for i := range size {
		v.Answers[strings.Repeat("k", i)] = ""
	}
	for _, text := range []string{
		"{{ range .Answers }}{{ break }}{{ end }}",
		strings.Repeat("{{ $x := 1 }}", size/10) + strings.Repeat("{{ if $ }}{{ end }}", 10),
		"{{ $x := and nil }}{{ $x" + strings.Repeat(".x", size) + " }}",
		"{{ .Services.All }}",
		"{{ range 1000 }}{{ end }}",
		strings.Repeat("{{ 1 }}", size/2),
	} {
		w := &work{left: maxWork}
		c, err := compile(text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.execute(v, w)
		if spent := maxWork - w.left; spent < size {
			t.Errorf("%.60s: %d units of work, %v", text, spent, err)
		}
	}
}

func TestRefusalSaysWhere(t *testing.T) {
	for _, test := range []struct {
		text string
		line int // from 0
		what string
	}{
		{"a\n{{ .Org", 1, "unclosed action"},
		{"{{ 1 }}\n{{ range }}", 1, "missing value for range"},
		{"\n\n{{ nothing 1 }}", 2, `function "nothing" not defined`},
		{"{{ .Org }}\n{{ define `x` }}{{ end }}x{{ define `y` }}\ny{{ end }}", 1, "cannot define"},
		{"{{ .Org }}\n{{ template `x` }}", 1, "cannot define"},
		{"{{ if .Org }}\n{{ upper\n.Services.All }}{{ end }}", 1, "upper takes a text, not a list"},
		{"{{ .Org }}\n{{ list .Services.All 1 }}", 1, "list takes 1 value, not 2"},
		{"{{ join `x` }}", 0, "join takes 2 values, not 1"},
		{"{{ .Org }}{{ eq .Org }}", 0, "eq takes 2 or more values, not 1"},
		{"{{ with .Service }}\n\n{{ .Titel }}{{ end }}", 2, "no field .Titel here"},
		{"{{ .Org.Name }}", 0, "no field .Name here: it is a text"},
		{"\n{{ or 1 ($x := 2) }}\n{{ $x }}", 2, "variable $x is not set here"},
		{"\n{{ range 9999999 }}{{ end }}", 1, "does too much"},
		{"\n{{ range .Org }}\n{{ end }}", 1, "range does not run over a text"},
		{"\n{{ lt 1 .Org }}", 1, "a number and a text cannot be compared"},
		{"\n{{ index .Services.All 7 }}", 1, "a list has no index 7"},
		{"\n{{ index .Answers 7.5 }}", 1, "numbers here are whole"},
		{"\n{{ .Org | .Org }}", 1, "only functions take arguments"},
	} {
		_, err := Render(test.text, sampleValues())
		r, ok := errors.AsType[*refusal](err)
		if !ok || r.line != test.line || !strings.Contains(r.Error(), test.what) {
			t.Errorf("%q: %v, %+v; want line %d, %s", test.text, err, r, test.line, test.what)
		}
	}
}

// TestEveryFieldHasItsName: the fields that are spelled out are those that there are.
func TestEveryFieldHasItsName(t *testing.T) {
	for _, v := range []fields{sampleValues(), sampleValues().Incident, sampleValues().Service, sampleValues().Services} {
		value := reflect.ValueOf(v)
		for i := range value.NumField() {
			name := value.Type().Field(i).Name
			if got := v.field(name); !reflect.DeepEqual(got, value.Field(i).Interface()) {
				t.Errorf("%T: %s is %v", v, name, got)
			}
		}
	}
}
