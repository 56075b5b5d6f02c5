package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"muster/state/view"
)

// printNothing are the commands that have no JSON, and why.
var printNothing = map[string]string{
	"": "the home screen", "open": "the screens", "schema": "the schema itself", "help": "words", "runbook": "it asks for more words", "step": "it asks for more words", "completion": "a shell's script",
	"runbook print": "TOML", "runbook export": "a playbook, by CACAO's schema", "form print": "TOML", "runbook new": "a file's name", "drill new": "a file's name", "drill import": "TOML",
	"serve": "how to connect, and then what happens", "people turn": "a word", "certify": "a text for people", "people remove": "a line each",
	"copy feed": "the log's lines", "evidence get": "a file",
}

// A new command has JSON that the schema describes, or a reason why not.
func TestEveryCommandHasASchema(t *testing.T) {
	described := make(map[string]bool)
	for _, o := range outputs(newRoot(newEnv())) {
		described[o.Command] = true
	}
	seen := make(map[string]bool)
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		path := wordsOf(cmd)
		if cmd.Runnable() {
			seen[path] = true
			if described[path] == (printNothing[path] != "") {
				t.Errorf("muster %s: give it to outputs in schema.go, or to printNothing, and not to both", path)
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(newEnv()))
	for path := range described {
		if !seen[path] {
			t.Errorf("there is no command muster %s", path)
		}
	}
}

// A check holds JSON against a schema: as much of JSON Schema as view.Shape has. Unlike
// others it takes no key that the schema does not name.
type check struct {
	defs  map[string]*view.Shape
	found []string
}

var isHash = regexp.MustCompile("^[0-9a-f]{64}$")

func (c *check) value(at string, v any, s *view.Shape) {
	wrong := func(format string, args ...any) { c.found = append(c.found, at+": "+fmt.Sprintf(format, args...)) }
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
		if s = c.defs[name]; s == nil {
			wrong("there is no type %s", name)
			return
		}
	}
	if s.Any != nil {
		c.any(at, v, s.Any)
		return
	}
	if s.Type == nil {
		return
	}
	if types := typesOf(s.Type); !slices.Contains(types, typeOfJSON(v)) && !(typeOfJSON(v) == "integer" && slices.Contains(types, "number")) {
		wrong("it is %s %v, and should be %v", typeOfJSON(v), v, types)
		return
	}
	switch v := v.(type) {
	case string:
		c.text(at, v, s)
	case json.Number:
		if n, err := v.Int64(); s.Minimum != nil && (err != nil || n < int64(*s.Minimum)) {
			wrong("%v is less than %d", v, *s.Minimum)
		}
	case []any:
		for i, item := range v {
			c.value(fmt.Sprintf("%s.%d", at, i), item, s.Items)
		}
	case map[string]any:
		c.object(at, v, s)
	}
}

func (c *check) any(at string, v any, shapes []*view.Shape) {
	var found []string
	for _, s := range shapes {
		one := check{defs: c.defs}
		if one.value(at, v, s); one.found == nil {
			return
		}
		found = append(found, one.found...)
	}
	c.found = append(c.found, found...)
}

func (c *check) text(at, v string, s *view.Shape) {
	wrong := ""
	switch {
	case s.Enum != nil && !slices.Contains(s.Enum, v):
		wrong = fmt.Sprintf("%q is none of %q", v, s.Enum)
	case s.Format == "date-time":
		if when, err := time.Parse(time.RFC3339, v); err != nil || when.Location() != time.UTC {
			wrong = fmt.Sprintf("%q is no time in UTC", v)
		}
	case s.Pattern != "" && !isHash.MatchString(v):
		wrong = fmt.Sprintf("%q is no hash", v)
	}
	if wrong != "" {
		c.found = append(c.found, at+": "+wrong)
	}
}

func (c *check) object(at string, v map[string]any, s *view.Shape) {
	for _, key := range s.Required {
		if _, ok := v[key]; !ok {
			c.found = append(c.found, at+": it has no "+key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(v)) {
		switch property := s.Properties[key]; {
		case property != nil:
			c.value(at+"."+key, v[key], property)
		case s.Values != nil:
			c.value(at+"."+key, v[key], s.Values)
		case s.Properties != nil:
			c.found = append(c.found, at+": the schema does not have "+key)
		}
	}
}

// typesOf are the types that a shape allows, as it was made or as it was read.
func typesOf(t any) []string {
	switch t := t.(type) {
	case string:
		return []string{t}
	case []string:
		return t
	case []any:
		var all []string
		for _, word := range t {
			all = append(all, word.(string))
		}
		return all
	}
	return nil
}

func typeOfJSON(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		if _, err := v.Int64(); err == nil {
			return "integer"
		}
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// The check itself finds what is wrong.
func TestCheckFinds(t *testing.T) {
	least := 0
	thing := &view.Shape{Type: "object", Required: []string{"id"}, Properties: map[string]*view.Shape{
		"id": {Type: "string"}, "at": {Type: "string", Format: "date-time"}, "n": {Type: "integer", Minimum: &least},
		"mode": {Type: "string", Enum: []string{"live"}}, "list": {Type: "array", Items: &view.Shape{Ref: "#/$defs/Thing"}},
		"maybe": {Any: []*view.Shape{{Ref: "#/$defs/Thing"}, {Type: "null"}}}, "hash": {Type: []string{"string", "null"}, Pattern: "^[0-9a-f]{64}$"},
	}}
	for text, want := range map[string]string{
		`{"id":"a","at":"2026-11-24T02:00:00Z","n":0,"mode":"live","list":[{"id":"b"}],"maybe":null,"hash":null}`: "",
		`{}`:                       "has no id",
		`{"id":null}`:              "null",
		`{"id":"a","other":1}`:     "does not have other",
		`{"id":"a","n":-1}`:        "less than 0",
		`{"id":"a","n":1.5}`:       "number",
		`{"id":"a","mode":"dead"}`: "none of",
		`{"id":"a","at":"2026-11-24T02:00:00+01:00"}`: "no time in UTC",
		`{"id":"a","list":[{"id":3}]}`:                "integer",
		`{"id":"a","list":null}`:                      "null",
		`{"id":"a","maybe":{}}`:                       "has no id",
		`{"id":"a","hash":"00"}`:                      "no hash",
		`[]`:                                          "array",
	} {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var v any
		if err := decoder.Decode(&v); err != nil {
			t.Fatal(err)
		}
		c := check{defs: map[string]*view.Shape{"Thing": thing}}
		c.value("", v, &view.Shape{Ref: "#/$defs/Thing"})
		if found := strings.Join(c.found, "; "); want == "" && found != "" || !strings.Contains(found, want) {
			t.Errorf("%s: %q, want %q", text, found, want)
		}
	}
}

// A judge holds what is printed against the schema, and notes which commands were seen.
type judge struct {
	*play
	schema *view.Schema
	lines  map[string]bool
	seen   map[string]bool
}

func newJudge(t *testing.T) *judge {
	var out bytes.Buffer
	e := newEnv()
	e.out = &out
	if code := run(t.Context(), e, []string{"schema"}); code != exitDone {
		t.Fatalf("exit code %d", code)
	}
	j := &judge{play: newPlay(t), schema: new(view.Schema), lines: map[string]bool{}, seen: map[string]bool{}}
	if err := json.Unmarshal(out.Bytes(), j.schema); err != nil {
		t.Fatal(err)
	}
	for _, o := range outputs(newRoot(newEnv())) {
		j.lines[o.Command] = o.Lines
	}
	return j
}

// judged runs a command with --json, and holds what it prints against the schema. It
// returns the last thing printed.
func (j *judge) judged(args ...string) any {
	j.t.Helper()
	code, out, errs := j.try(append([]string{"--json"}, args...)...)
	if code != exitDone && out == "" {
		j.t.Fatalf("muster %s: exit code %d\n%s", strings.Join(args, " "), code, errs)
	}
	cmd, _, err := newRoot(newEnv()).Find(args)
	if err != nil {
		j.t.Fatal(err)
	}
	path := wordsOf(cmd)
	shape := j.schema.Commands[path]
	if shape == nil {
		j.t.Fatalf("muster %s: the schema does not have %q", strings.Join(args, " "), path)
	}
	j.seen[path] = true
	decoder := json.NewDecoder(strings.NewReader(out))
	decoder.UseNumber()
	var last any
	for n := 0; decoder.More(); n++ {
		if err := decoder.Decode(&last); err != nil || n > 0 && !j.lines[path] {
			j.t.Fatalf("muster %s prints more than one thing, or no JSON: %v\n%s", strings.Join(args, " "), err, out)
		}
		c := check{defs: j.schema.Defs}
		if c.value(path, last, shape); c.found != nil {
			j.t.Errorf("muster %s:\n  %s", strings.Join(args, " "), strings.Join(c.found[:min(8, len(c.found))], "\n  "))
		}
	}
	return last
}

const everythingBook = `title = "Printer on fire"
[[input]]
id = "place"
prompt = "Where?"
[[role]]
id = "chief"
title = "Fire chief"
[[service]]
id = "printer"
title = "The printer"
[[service]]
id = "web"
title = "The website"
depends_on = ["printer"]
check = { tcp = "web.example:443" }
[[contact]]
id = "cert"
title = "The CERT"
reach = ["tel:+44-1"]
[[clock]]
id = "law"
clock = "gdpr-33"
starts = "step:burns=yes"
stops = "manual"
[[clock]]
id = "board"
title = "Tell the board"
within = "15m"
starts = "incident.opened"
[[clock]]
id = "filing"
title = "Filing"
within = "4 business days"
starts = "manual"
[[notice]]
id = "holding"
title = "Holding statement"
audience = "staff"
approver = "chief"
next_update = "1h"
claims = ["printer=unaffected"]
text = "All is well."
[[phase]]
id = "out"
title = "Put it out"
[[phase.step]]
id = "plug"
title = "Pull the plug"
checklist = ["look first", "ask"]
expect = "5m"
[[phase.step]]
id = "burns"
title = "Does it burn?"
kind = "decision"
options = [{ id = "yes", title = "Yes" }, { id = "no", title = "No" }]
ask = [{ id = "how", prompt = "How?" }]
[[phase.step]]
id = "window"
title = "Open the window"
[[phase.step]]
id = "two"
title = "Two persons"
two_person = true
[[phase.step]]
id = "spare"
title = "Fetch another"
`

const everythingScenario = `title = "A story"
runbook = "book"
summary = "A fire"
[[objective]]
id = "calm"
title = "They stay calm"
[world]
web = "up"
[[inject]]
id = "call"
at = "+0:00"
from = "Desk"
to = "all"
via = "phone"
text = "It smells."
expect = "They look"
objective = "calm"
[[inject]]
id = "press"
at = "+0:10"
from = "Press"
to = "all"
via = "phone"
text = "Does it burn?"
[[inject]]
id = "mail"
at = "+0:20"
from = "Press"
to = "all"
via = "mail"
text = "Well?"
`
