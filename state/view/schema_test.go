package view

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/state"
)

var update = flag.Bool("update", false, "rewrite types.txt from the comments on the types")

// The schema says of each type what its comment does.
func TestTypesAreDescribed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if spec, doc := typeOf(decl); spec != nil {
				lines = append(lines, spec.Name.Name+": "+strings.Join(strings.Fields(doc), " ")+"\n")
			}
		}
	}
	slices.Sort(lines)
	want := strings.Join(lines, "")
	if *update {
		if err := os.WriteFile("types.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if types != want {
		t.Error("types.txt is not what the comments say: go test ./state/view -run TestTypesAreDescribed -update")
	}
}

// typeOf is the exported struct that is declared, and its comment; nil for anything
// else.
func typeOf(decl ast.Decl) (*ast.TypeSpec, string) {
	gen, ok := decl.(*ast.GenDecl)
	if !ok || gen.Tok != token.TYPE {
		return nil, ""
	}
	spec := gen.Specs[0].(*ast.TypeSpec)
	if _, ok := spec.Type.(*ast.StructType); !ok || !spec.Name.IsExported() {
		return nil, ""
	}
	return spec, gen.Doc.Text()
}

// The schema of the whole vocabulary can be written, names only what it has, and
// describes each type.
func TestSchemaIsWhole(t *testing.T) {
	s, err := NewSchema([]Output{Prints[Incident]("export"), Prints[[]Listed]("list"), Prints[Sitrep]("sitrep"), Prints[AAR]("drill report"), Prints[Status]("status")})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Step", "StepRecord", "Service", "Notice", "Clock", "Contact", "Timer", "Role", "Entry", "Tally", "Head", "Witness"} {
		if name == "Head" || name == "Tally" || name == "Role" || name == "Service" || name == "Notice" {
			continue // part of others, flat
		}
		if s.Defs[name] == nil {
			t.Errorf("there is no %s", name)
		}
	}
	for name, def := range s.Defs {
		if def.About == "" || len(def.Properties) == 0 {
			t.Errorf("%s is not described", name)
		}
		for key, property := range def.Properties {
			if key != strings.ToLower(key) || strings.ContainsAny(key, "-. ") {
				t.Errorf("%s.%s", name, key)
			}
			if ref := strings.TrimPrefix(property.Ref, "#/$defs/"); ref != "" && s.Defs[ref] == nil {
				t.Errorf("%s.%s is %s, which is not there", name, key, ref)
			}
		}
	}
	for _, name := range []string{"list", "sitrep", "Step", "drill report"} {
		one, err := s.Of(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(one); err != nil || one.Defs[strings.TrimPrefix(one.Ref, "#/$defs/")] == nil {
			t.Errorf("%s: %v, %+v", name, err, one)
		}
	}
	if _, err := s.Of("nonsense"); err == nil || !strings.Contains(err.Error(), "sitrep") {
		t.Errorf("%v", err)
	}
}

// strange is of every shape that a field can have.
type strange struct {
	inner
	Name   string             `json:"name" doc:"what it is called"`
	Maybe  *int               `json:"maybe" null:"nobody said"`
	Gone   *int               `json:"gone,omitempty"`
	Of     map[string]float64 `json:"of"`
	Count  uint64             `json:"count"`
	At     time.Time          `json:"at"`
	Late   *Moment            `json:"late,omitempty" null:"withheld" doc:"when"`
	Mode   state.Mode         `json:"mode"`
	List   []inner            `json:"list" null:"withheld"`
	One    *inner             `json:"one" null:"withheld"`
	Yes    bool               `json:"yes"`
	Any    json.RawMessage    `json:"any" null:"withheld"`
	Hidden string             `json:"-"`
}

type inner struct {
	Name string `json:"name" doc:"the inner one's"`
	More int    `json:"more"`
}

// TestSchemaSaysWhatAFieldCanBe: its type, whether it may be null and when, whether it is
// always there; an outer key goes before an inner one.
func TestSchemaSaysWhatAFieldCanBe(t *testing.T) {
	s, err := NewSchema([]Output{Prints[strange]("one"), Prints[[]inner]("many"), {Command: "lines", Type: reflect.TypeFor[inner](), Lines: true}, Prints[inner]("both"), Prints[strange]("both"), Prints[[]inner]("both")})
	if err != nil {
		t.Fatal(err)
	}
	facts(t, s, map[string]string{
		"$id": strconv.Quote(fmt.Sprint("urn:muster:schema:", FormatVersion)), "commands.one.$ref": `"#/$defs/strange"`, "commands.many": `{"items":{"$ref":"#/$defs/inner"},"type":"array"}`, "commands.lines.description": `"one a line"`,
		"commands.both.anyOf":           `[{"$ref":"#/$defs/inner"},{"$ref":"#/$defs/strange"},{"items":{"$ref":"#/$defs/inner"},"type":"array"}]`,
		"$defs.strange.required":        `["any","at","count","list","maybe","mode","more","name","of","one","yes"]`,
		"$defs.strange.properties.name": `{"description":"what it is called","type":"string"}`, "$defs.strange.properties.more.type": `"integer"`, "$defs.inner.properties.name.description": `"the inner one's"`,
		"$defs.strange.properties.maybe": `{"description":"null: nobody said","type":["integer","null"]}`, "$defs.strange.properties.gone": `{"type":"integer"}`, "$defs.strange.properties.of": `{"additionalProperties":{"type":"number"},"type":"object"}`,
		"$defs.strange.properties.count": `{"minimum":0,"type":"integer"}`, "$defs.strange.properties.at": `{"format":"date-time","type":"string"}`, "$defs.strange.properties.late": `{"description":"when; null: withheld","format":"date-time","type":["string","null"]}`,
		"$defs.strange.properties.mode": `{"enum":["live","drill"],"type":"string"}`, "$defs.strange.properties.list.type": `["array","null"]`, "$defs.strange.properties.one": `{"anyOf":[{"$ref":"#/$defs/inner"},{"type":"null"}],"description":"null: withheld"}`,
		"$defs.strange.properties.any": `{"description":"null: withheld"}`, "$defs.strange.properties.yes.type": `"boolean"`, "$defs.strange.properties.#": "left out", "$defs.strange.properties.Hidden": "left out",
	})
	if one, err := s.Of("many"); err != nil || one.Ref != "#/$defs/output" || one.Defs["output"] != s.Commands["many"] || one.Defs["inner"] == nil || len(one.Defs) != 2 || one.Commands != nil || one.ID != s.ID+":many" {
		t.Errorf("%+v, %v", one, err)
	}
	if one, err := s.Of("inner"); err != nil || one.Ref != "#/$defs/inner" || len(one.Defs) != 1 {
		t.Errorf("%+v, %v", one, err)
	}
	if one, err := s.Of("one"); err != nil || one.Ref != "#/$defs/strange" || len(one.Defs) != 2 {
		t.Errorf("%+v, %v", one, err)
	}
	if both, err := s.Of("both"); err != nil || both.Defs["inner"] == nil || both.Defs["strange"] == nil {
		t.Errorf("%+v, %v", both, err)
	}
	if _, err := s.Of("none"); err == nil || !strings.Contains(err.Error(), "both, lines, many, one") {
		t.Errorf("%v", err)
	}
	var out bytes.Buffer
	if n, err := s.WriteTo(&out); err != nil || n != int64(out.Len()) || !json.Valid(out.Bytes()) || !bytes.HasSuffix(out.Bytes(), []byte("}\n")) {
		t.Errorf("it wrote %d bytes, %v", n, err)
	}
	s.Commands["bad"] = &Shape{Type: func() {}}
	if n, err := s.WriteTo(&out); err == nil || n != 0 {
		t.Errorf("what is no JSON was written: %d, %v", n, err)
	}
}

// TestSchemaRefusesWhatItCannotTell: with the command, the type and the field.
func TestSchemaRefusesWhatItCannotTell(t *testing.T) {
	type unsaid struct {
		P *int `json:"p"`
	}
	type never struct {
		N int `json:"n" null:"never"`
	}
	type odd struct {
		C chan int `json:"c"`
	}
	type around struct{ odd }
	for _, c := range []struct {
		output Output
		want   string
	}{
		{Prints[unsaid]("x"), "x: view.unsaid.P: its tag null"}, {Prints[never]("x"), "x: view.never.N: its tag null"}, {Prints[odd]("x"), "view.odd.C: chan int cannot be told in JSON"},
		{Prints[[]odd]("x"), "cannot be told"}, {Prints[map[string]odd]("x"), "cannot be told"}, {Prints[around]("x"), "cannot be told"}, {Prints[*odd]("x"), "cannot be told"},
	} {
		if s, err := NewSchema([]Output{c.output}); err == nil || s != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.output.Type, err)
		}
	}
}

// TestNullWordsAreRead: what is written is read again; text that is no text is refused.
func TestNullWordsAreRead(t *testing.T) {
	var w struct{ A, B *Words }
	if err := json.Unmarshal([]byte(`{"A":"","B":null}`), &w); err != nil || w.A == nil || !w.A.Known || w.A.Text != "" || w.B != nil {
		t.Errorf("%+v, %v", w, err)
	}
	if err := new(Words).UnmarshalJSON([]byte(`7`)); err == nil {
		t.Error("a number was taken for words")
	}
	if data, err := dataOf(&state.Unknown{Name: "x", Raw: []byte("\xff no JSON")}, state.PartsOf(state.Notes)); err != nil || !json.Valid(data) {
		t.Errorf("%s, %v", data, err)
	}
}
