package export_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// changed holds a variant of a report against the whole one: testdata has only the
// lines in which they differ, so that a change of the report is one change there.
// The whole one must be held against its own file first.
func changed(t *testing.T, file, whole, got string) {
	t.Helper()
	golden(t, file+".diff", difference(whole, got))
}

// difference is what has to be done to the lines of one text to make another of it:
// - takes a line out, + puts one in, and @@ names the line of the first text where
// that begins. Lines that are the same in both are left out.
func difference(from, to string) string {
	a, b := strings.SplitAfter(from, "\n"), strings.SplitAfter(to, "\n")
	common := longest(a, b)
	var out strings.Builder
	at, open := 0, false
	line := func(sign, text string) {
		if !open {
			fmt.Fprintf(&out, "@@ line %d\n", at+1)
			open = true
		}
		out.WriteString(sign + strings.TrimSuffix(text, "\n") + "\n")
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j, open = i+1, j+1, false
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			line("-", a[i])
			i++
		default:
			line("+", b[j])
			j++
		}
		at = i
	}
	return out.String()
}

// longest is the length of the longest run of lines, not side by side, that a from i
// and b from j have in common.
func longest(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	return common
}

func TestDifference(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"a\nb\n", "a\nb\n", ""},
		{"a\nb\nc\n", "a\nx\nc\n", "@@ line 2\n-b\n+x\n"},
		{"a\nb\nc\n", "b\nc\nd\n", "@@ line 1\n-a\n@@ line 4\n+d\n"},
		{"a\n", "", "@@ line 1\n-a\n"},
	} {
		if got := difference(c.from, c.to); got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// The reports kept in testdata stay few: a variant is kept as what differs.
func TestGoldenStaysSmall(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, file := range files {
		if file.IsDir() {
			continue
		}
		text, err := os.ReadFile("testdata/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		lines += strings.Count(string(text), "\n")
	}
	if lines > 7500 {
		t.Errorf("%d lines: keep a variant as its difference, with changed", lines)
	}
}
