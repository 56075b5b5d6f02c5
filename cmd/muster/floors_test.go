package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFilesStandOnFloors: what several commands, or several kinds of entry, use stands in
// files below theirs. So no file of these packages uses what is declared in one that uses
// it in turn.
func TestFilesStandOnFloors(t *testing.T) {
	for _, house := range []struct {
		folder, top string // a file of it that uses many others
		uses        int    // how many, at least
	}{
		{".", "commands.go", 25}, {"../../state", "kinds.go", 25},
		{"../../state/view", "build.go", 5}, {"../../state/export", "formats.go", 5}, {"../../state/session", "rescue.go", 3},
		{"../../state/response", "send.go", 1}, {"../../tui/incident", "actions.go", 7},
	} {
		t.Run(filepath.Base(house.folder), func(t *testing.T) { standsOnFloors(t, house.folder, house.top, house.uses) })
	}
}

// standsOnFloors checks one package; top is a file of it that uses others, so many at
// least.
func standsOnFloors(t *testing.T, folder, top string, least int) {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(names) < 10 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		// The parser resolves names within a file; those that it cannot are others'.
		if files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	uses := fileUses(files)
	if count := len(uses[filepath.Join(folder, top)]); count < least {
		t.Fatalf("%s uses %d files; the test does not see what it should", top, count)
	}
	if circle := findCircle(uses); circle != nil {
		t.Errorf("files use each other in a circle; move what they share below them: %s", strings.Join(circle, " → "))
	}
}

// TestFloorsCanFail: a circle is found, and a name of one's own is no other file's.
func TestFloorsCanFail(t *testing.T) {
	files := map[string]*ast.File{}
	for name, body := range map[string]string{
		"a.go": "type t struct{ x int }\nfunc (t) low() {}\nfunc a() { b() }",
		"b.go": "func b() { c := func(a int) int { return a }; _ = c(1) }",
		"c.go": "func c() { var v t; v.up() }",
		"d.go": "func (t) up() { c() }",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), name, "package p\n"+body, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	uses := fileUses(files)
	if got := fmt.Sprint(uses["a.go"], uses["b.go"]); got != "[b.go] []" {
		t.Errorf("a and b use %s, want [b.go] []", got)
	}
	if circle := findCircle(uses); !slices.Equal(circle, []string{"c.go", "d.go", "c.go"}) {
		t.Errorf("the circle is %q", circle)
	}
	delete(uses, "d.go")
	if circle := findCircle(uses); circle != nil {
		t.Errorf("there is no circle, and %q was found", circle)
	}
}

// fileUses lists for each file the others that declare what it names. Methods count
// where only one type of the package has one of this name.
func fileUses(files map[string]*ast.File) map[string][]string {
	declared, methods := map[string]string{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for id := range files[name].Scope.Objects {
			declared[id] = name
		}
		for _, decl := range files[name].Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
				if _, again := methods[f.Name.Name]; again {
					methods[f.Name.Name] = "" // of several types: not known whose
				} else {
					methods[f.Name.Name] = name
				}
			}
		}
	}
	uses := map[string][]string{}
	for name, file := range files {
		found := map[string]bool{}
		for _, id := range file.Unresolved {
			found[declared[id.Name]] = true
		}
		ast.Inspect(file, func(node ast.Node) bool {
			call, _ := node.(*ast.CallExpr)
			if call == nil {
				return true
			}
			if selector, ok := call.Fun.(*ast.SelectorExpr); ok && !ast.IsExported(selector.Sel.Name) {
				found[methods[selector.Sel.Name]] = true
			}
			return true
		})
		delete(found, "")
		delete(found, name)
		uses[name] = slices.Sorted(maps.Keys(found))
	}
	return uses
}

// findCircle is a way from a file back to it, the first that there is; nil for none.
func findCircle(uses map[string][]string) []string {
	done := map[string]bool{}
	var way []string
	var walk func(name string) []string
	walk = func(name string) []string {
		if at := slices.Index(way, name); at >= 0 {
			return append(slices.Clone(way[at:]), name)
		}
		if done[name] {
			return nil
		}
		done[name] = true
		way = append(way, name)
		defer func() { way = way[:len(way)-1] }()
		for _, next := range uses[name] {
			if circle := walk(next); circle != nil {
				return circle
			}
		}
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(uses)) {
		if circle := walk(name); circle != nil {
			return circle
		}
	}
	return nil
}
