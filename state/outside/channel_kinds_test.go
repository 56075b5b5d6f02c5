package outside

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"
)

// TestEveryKindOfChannelIsWhole: a kind that the package names is in the table, and
// its row says all there is to say.
func TestEveryKindOfChannelIsWhole(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "channel_kinds.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if text, ok := spec.Values[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
			name, _ := strconv.Unquote(text.Value)
			named++
			if _, ok := ChannelKind(name).row(); !ok {
				t.Errorf("the kind %s is not in the table", name)
			}
		}
		return true
	})
	if named != len(channelKinds()) || named < 6 {
		t.Errorf("%d kinds are named, and %d are in the table", named, len(channelKinds()))
	}
	seen := map[ChannelKind]bool{}
	for _, row := range channelKinds() {
		if seen[row.kind] || row.how == "" || row.limit <= 0 || row.limit > maxText || row.problems == nil || row.attempt == nil {
			t.Errorf("the row of %s lacks something, or stands twice", row.kind)
		}
		seen[row.kind] = true
		if problems := (Channel{Name: "x", Kind: row.kind}).Problems(); len(problems) == 0 {
			t.Errorf("%s needs no settings at all", row.kind)
		}
	}
}
