package tui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// asksNobody are the forms that record nothing that somebody did at some time, and why.
var asksNobody = map[string]string{
	"rescueElsewhere": "a log is copied, and the same people go on in it",
	"askExport":       "a file is written",
	"setWhen":         "it is what says when",
	"mergeBranch":     "what is taken over is shown first, and asked for there",
	"answerDoor":      "whoever is inside answers, now, by their own key",
	"invite":          "a code is made, now, by who is here",
	"joining":         "at home, before there is an incident",
}

// TestEveryFormAsksWhoAndWhen: each form by which something is recorded has the fields for who
// does it and when it happened; so a new one cannot be forgotten.
func TestEveryFormAsksWhoAndWhen(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	forms, without := 0, map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "kit/") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			fn, is := decl.(*ast.FuncDecl)
			if !is || !uses(fn, "NewPrompt") {
				continue
			}
			forms++
			if !uses(fn, "actFields") {
				without[fn.Name.Name] = true
				if asksNobody[fn.Name.Name] == "" {
					t.Errorf("%s: the form of %s asks neither who does it nor when it happened", name, fn.Name.Name)
				}
			}
		}
	}
	for name := range asksNobody {
		if !without[name] {
			t.Errorf("%s is no form that asks nobody", name)
		}
	}
	if forms < 10 {
		t.Errorf("%d forms: the test looks in the wrong place", forms)
	}
}

// uses reports whether a function names something of that name.
func uses(fn *ast.FuncDecl, name string) (found bool) {
	ast.Inspect(fn, func(n ast.Node) bool {
		id, is := n.(*ast.Ident)
		found = found || is && id.Name == name
		return !found
	})
	return found
}
