package view

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
