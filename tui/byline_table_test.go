package tui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryPartCanBeSaid: each screen and dialog says in lines what it shows, or what it
// asks; so a new one cannot be forgotten.
func TestEveryPartCanBeSaid(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	places, said := map[string]bool{}, map[string]bool{"kit.Finder": true, "kit.Confirm": true} // for which there are talks of their own
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.FuncDecl:
				of := receiver(file, node)
				places[of] = places[of] || node.Name.Name == "Place" && of != ""
				said[of] = said[of] || node.Name.Name == "Tell" || node.Name.Name == "Asking"
			case *ast.TypeSpec:
				if s, ok := node.Type.(*ast.StructType); ok && embedsBoard(s) {
					said[file.Name.Name+"."+node.Name.Name] = true
				}
			}
			return true
		})
	}
	count := 0
	for part, is := range places {
		if !is {
			continue
		}
		if count++; !said[part] {
			t.Errorf("%s cannot be said line by line: give it Tell or Asking", part)
		}
	}
	if count < 15 {
		t.Fatalf("only %d parts were found: the test looks in the wrong place", count)
	}
}

// receiver is the type that a method is of, with its package; "" for a function.
func receiver(file *ast.File, f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) != 1 {
		return ""
	}
	of := f.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return file.Name.Name + "." + name.Name
	}
	return ""
}

// embedsBoard reports whether a type is a board, which says itself.
func embedsBoard(s *ast.StructType) bool {
	return slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool {
		sel, ok := f.Type.(*ast.SelectorExpr)
		return ok && len(f.Names) == 0 && sel.Sel.Name == "Board"
	})
}
