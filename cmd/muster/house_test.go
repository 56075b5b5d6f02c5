package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The house: what the code looks like, so that the next person finds their way.

// topLevel is all that the module's folder may hold.
var topLevel = strings.Fields(`cmd tui runbooks state go.mod go.sum README.md LICENSE CHANGELOG.md
	DECISIONS.md SECURITY.md staticcheck.conf .ci .git .gitignore .gitattributes .github .golangci.yml`)

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); !slices.Contains(topLevel, name) && name != "muster" { // the program, when it was built there
			t.Errorf("%s does not belong on the top level", name)
		}
	}
}

// TestNothingHappensByItself: no code runs because a package was imported.
func TestNothingHappensByItself(t *testing.T) {
	eachFile(t, 0, func(set *token.FileSet, _ string, file *ast.File) {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: an init", set.Position(f.Pos()))
			}
		}
	})
}

// TestNamesSayWhatIsInside: no file or package is named after when or how it was made.
func TestNamesSayWhatIsInside(t *testing.T) {
	vague := []string{"util", "utils", "common", "helpers", "misc", "shared", "base", "types"}
	eachFile(t, parser.PackageClauseOnly, func(set *token.FileSet, pkg string, file *ast.File) {
		name := strings.TrimSuffix(filepath.Base(set.Position(file.Pos()).Filename), ".go")
		if strings.Contains(name, "truth") || slices.Contains(vague, name) || slices.Contains(vague, path.Base(pkg)) {
			t.Errorf("%s in %s says nothing", name, pkg)
		}
	})
}

// A sizeRule says how large a thing may be, so that it can be read at one sitting.
// What was larger when the rule was made may stay as large as it was, and never grow:
// a ceiling is lowered when the thing shrinks, and goes when it keeps the rule.
type sizeRule struct {
	what     string
	most     int
	ceilings map[string]int
}

var (
	methodsRule    = sizeRule{"methods", 60, nil}
	complexityRule = sizeRule{"ways through it (cyclomatic complexity)", 15, nil}
	functionRule   = sizeRule{"lines", 52, nil}
	fileRule       = sizeRule{"lines", 480, nil}
)

// check compares what there is with the rule, largest first.
func (r sizeRule) check(sizes map[string]int) []string {
	var wrong []string
	names := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(sizes[b]-sizes[a], strings.Compare(a, b))
	})
	for _, name := range names {
		if most := max(r.most, r.ceilings[name]); sizes[name] > most {
			wrong = append(wrong, fmt.Sprintf("%s has %d %s, and %d is the most", name, sizes[name], r.what, most))
		}
	}
	return wrong
}

// unneeded lists the ceilings that are higher than what there is.
func (r sizeRule) unneeded(sizes map[string]int) []string {
	var found []string
	for _, name := range slices.Sorted(maps.Keys(r.ceilings)) {
		if most := r.ceilings[name]; sizes[name] < most {
			found = append(found, fmt.Sprintf("%s has %d %s: lower its ceiling of %d", name, sizes[name], r.what, most))
		}
	}
	return found
}

func TestSizes(t *testing.T) {
	methods, complexity, functions, files := houseSizes(t)
	for _, c := range []struct {
		rule  sizeRule
		sizes map[string]int
	}{{methodsRule, methods}, {complexityRule, complexity}, {functionRule, functions}, {fileRule, files}} {
		if len(c.sizes) < 50 {
			t.Fatalf("only %d things with %s were found; the test looks in the wrong place", len(c.sizes), c.rule.what)
		}
		for _, wrong := range c.rule.check(c.sizes) {
			t.Error(wrong)
		}
		for _, found := range c.rule.unneeded(c.sizes) {
			t.Log(found)
		}
	}
}

// formatRule is for what an auditor must read alone.
var formatRule = sizeRule{"lines in all", 2200, nil}

// TestTheFormatIsShort: nobody can check a log by hand who has to read more than a package first.
func TestTheFormatIsShort(t *testing.T) {
	_, _, _, files := houseSizes(t)
	format := map[string]int{}
	for name, lines := range files {
		if strings.HasPrefix(name, "muster/state/line/") {
			format["state/line"] += lines
		}
	}
	if format["state/line"] < 1000 {
		t.Fatalf("only %d lines were found; the test looks in the wrong place: %v", format["state/line"], slices.Sorted(maps.Keys(files))[:3])
	}
	for _, wrong := range formatRule.check(format) {
		t.Error(wrong)
	}
}

// TestSizeRulesCanFail: what is too large is found, and a ceiling only falls.
func TestSizeRulesCanFail(t *testing.T) {
	rule := sizeRule{"lines", 10, map[string]int{"old": 20, "gone": 30}}
	for _, c := range []struct {
		sizes map[string]int
		want  int // wrong
	}{
		{map[string]int{"new": 10, "old": 20}, 0},
		{map[string]int{"new": 11, "old": 20}, 1},
		{map[string]int{"old": 21}, 1},
		{map[string]int{"new": 99, "old": 99}, 2},
	} {
		if wrong := rule.check(c.sizes); len(wrong) != c.want {
			t.Errorf("%v: %q, want %d", c.sizes, wrong, c.want)
		}
	}
	if found := rule.unneeded(map[string]int{"old": 19}); len(found) != 2 {
		t.Errorf("unneeded: %q", found)
	}
	body := `package p
		func f(a, b bool) int {
			for range 3 { if a && b || !a { return 1 } }
			switch { case a: case b: default: }
			g := func() { if a { } }
			g()
			select { default: }
			return 2
		}`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", body, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := waysThrough(file.Decls[0].(*ast.FuncDecl)); got != 8 {
		t.Errorf("f has %d ways through it, want 8", got)
	}
}

// houseSizes measures every type's methods, every function's ways through it and
// lines, and every file's lines.
func houseSizes(t *testing.T) (methods, complexity, functions, files map[string]int) {
	t.Helper()
	methods, complexity, functions, files = map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	eachFile(t, 0, func(set *token.FileSet, pkg string, file *ast.File) {
		files[path.Join(pkg, filepath.Base(set.Position(file.Pos()).Filename))] = set.Position(file.FileEnd).Line - 1
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := pkg + "." + f.Name.Name
			if f.Recv != nil {
				owner := pkg + "." + receiver(f.Recv.List[0].Type)
				methods[owner]++
				name = owner + "." + f.Name.Name
			}
			complexity[name] = waysThrough(f)
			functions[name] = set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1
		}
	})
	return methods, complexity, functions, files
}

// receiver is the name of the type that a method is on.
func receiver(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

// waysThrough is the cyclomatic complexity of a function, with the functions in it.
func waysThrough(f *ast.FuncDecl) int {
	ways := 1
	if f.Body == nil {
		return ways
	}
	ast.Inspect(f.Body, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			ways++
		case *ast.CaseClause:
			if n.List != nil { // not the default
				ways++
			}
		case *ast.CommClause:
			if n.Comm != nil {
				ways++
			}
		case *ast.BinaryExpr:
			if n.Op == token.LAND || n.Op == token.LOR {
				ways++
			}
		}
		return true
	})
	return ways
}
