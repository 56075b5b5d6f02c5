package statetest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"muster/state"
)

// Deeds lists every deed, as the file says that declares them, so that none can be left out.
func Deeds(t testing.TB, file string) (deeds []state.Deed) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); !ok || of.Name != "Deed" || len(spec.Values) != 1 {
			return true
		}
		if value, ok := spec.Values[0].(*ast.BasicLit); ok {
			text, err := strconv.Unquote(value.Value)
			if err != nil {
				t.Fatal(err)
			}
			deeds = append(deeds, state.Deed(text))
		}
		return true
	})
	if len(deeds) < 30 {
		t.Fatalf("%s has %d deeds: the test looks in the wrong place", file, len(deeds))
	}
	return deeds
}
