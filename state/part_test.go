package state_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

var rewriteGolden = flag.Bool("golden", false, "write testdata/parts.txt anew")

// TestParts: which field of which entry belongs to which part does not change by
// accident, and no new field ends up among the facts unseen.
func TestParts(t *testing.T) {
	var table strings.Builder
	for _, field := range dataFields(t) {
		tag := reflect.StructTag(field.tag)
		key, options, _ := strings.Cut(tag.Get("json"), ",")
		part := tag.Get("part")
		fmt.Fprintf(&table, "%-18s %-12s %s\n", field.owner, key, orFacts(part))
		if part == "names" && strings.Contains(options, "omitempty") && field.goType == "string" {
			t.Errorf("%s of %s is left out if it is empty: a copy without names could not tell that from a name", key, field.owner)
		}
	}
	golden(t, "parts.txt", table.String())
}

func orFacts(part string) string {
	if part == "" {
		return "facts"
	}
	return part
}

type dataField struct{ owner, goType, tag string }

// dataFields lists the fields of every type of data, from the source.
func dataFields(t *testing.T) (fields []dataField) {
	structs, data := make(map[string]*ast.StructType), map[string]bool{"Document": true}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok {
					structs[n.Name.Name] = s
				}
			case *ast.FuncDecl:
				if n.Name.Name == "Kind" && n.Recv != nil {
					data[typeText(n.Recv.List[0].Type)] = true
				}
			}
			return true
		})
	}
	for _, owner := range slices.Sorted(maps.Keys(data)) {
		for _, field := range structs[owner].Fields.List {
			if field.Tag != nil {
				fields = append(fields, dataField{owner, typeText(field.Type), strings.Trim(field.Tag.Value, "`")})
			}
		}
	}
	return fields
}

func typeText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeText(e.X)
	case *ast.Ident:
		return e.Name
	}
	return fmt.Sprintf("%T", e)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *rewriteGolden {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s: %v; it should be\n%s", path, err, got)
	}
}

// secretive makes an entry of every known kind with a text of its own in every
// field that can hold one, and a number that no other has.
func secretive(t *testing.T, visit func(e state.Entry, line []byte)) {
	head := state.Head{}
	seen := make(map[state.Kind]bool)
	for seed := range 2000 {
		data := statetest.Data().Example(seed)
		if seen[data.Kind()] {
			continue
		}
		seen[data.Kind()] = true
		fill(reflect.ValueOf(data).Elem(), string(data.Kind()))
		e := statetest.Entry(head, data)
		e.By.Name = "secret person"
		e.Override = &state.Override{Of: []state.Reason{state.OutOfOrder}, Why: "secret reason"}
		sealed, line, err := state.Seal(e)
		if err != nil {
			t.Fatalf("%s: %v", data.Kind(), err)
		}
		visit(sealed, line.Bytes)
	}
	if len(seen) < 48 {
		t.Errorf("only %d kinds were seen", len(seen))
	}
}

// fill puts a text that names its place into every text of v.
func fill(v reflect.Value, where string) {
	if _, unknown := v.Addr().Interface().(*state.Unknown); unknown {
		return
	}
	for _, field := range reflect.VisibleFields(v.Type()) {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		secret := "secret " + where + " " + key
		switch into := v.FieldByIndex(field.Index); {
		case field.Anonymous:
		case into.Type() == reflect.TypeFor[state.Hash]():
			into.Set(reflect.ValueOf(state.Sum([]byte(secret))))
		case into.Kind() == reflect.String:
			into.SetString(secret)
		case into.Type() == reflect.TypeFor[*string]():
			into.Set(reflect.ValueOf(&secret))
		case into.Type() == reflect.TypeFor[map[string]string]():
			into.Set(reflect.ValueOf(map[string]string{"key": secret}))
		case into.Type() == reflect.TypeFor[[]string]():
			into.Set(reflect.ValueOf([]string{secret}))
		case into.Kind() == reflect.Struct && into.NumField() > 0 && into.Type().PkgPath() == v.Type().PkgPath():
			fill(into, where+" "+key)
		}
	}
}

// TestWithheldIsGone: nothing that belongs to a withheld part is left in the line:
// not the text, nor a hash by which it could be guessed back; and everything else is.
func TestWithheldIsGone(t *testing.T) {
	byKey := make(map[string]string) // owner's kind and key to part
	for _, field := range dataFields(t) {
		key, _, _ := strings.Cut(reflect.StructTag(field.tag).Get("json"), ",")
		byKey[field.owner+" "+key] = orFacts(reflect.StructTag(field.tag).Get("part"))
	}
	secretive(t, func(e state.Entry, line []byte) {
		for _, withheld := range []state.Part{state.Names, state.Notes, state.Evidence, state.Procedure} {
			copied, missing, err := state.Withhold(line, state.PartsOf(withheld))
			if err != nil {
				t.Fatal(err)
			}
			owner := reflect.TypeOf(e.Data).Elem().Name()
			for key, part := range byKey {
				of, name, _ := strings.Cut(key, " ")
				if of != owner {
					continue
				}
				secret := "secret " + string(e.Kind) + " " + name
				hash := hex.EncodeToString(hashOf(secret))
				was := bytes.Contains(line, []byte(`"`+secret+`"`)) || bytes.Contains(line, []byte(hash))
				is := bytes.Contains(copied, []byte(secret)) || bytes.Contains(copied, []byte(hash))
				gone := slices.Contains(missing.Names(), part)
				if was && is == gone {
					t.Errorf("%s of %s is %s; without %v it is left: %v\n%s", name, e.Kind, part, missing.Names(), is, copied)
				}
			}
			for secret, part := range map[string]state.Part{"secret person": state.Names, "secret reason": state.Notes} {
				if bytes.Contains(copied, []byte(secret)) == missing.Has(part) {
					t.Errorf("without %v the %s: %s", missing.Names(), secret, copied)
				}
			}
		}
	})
}

func hashOf(text string) []byte {
	sum := state.Sum([]byte(text))
	return sum[:]
}
