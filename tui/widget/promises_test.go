package widget

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// TestTableLeavesOutTheHighestRank: of one rank the last; a column of rank 0 never.
func TestTableLeavesOutTheHighestRank(t *testing.T) {
	row := []string{"aaaa", "bbbb", "cccc", "dddd"}
	for _, c := range []struct {
		ranks [4]int
		width int
		want  string
	}{
		{[4]int{0, 1, 2, 3}, 22, "aaaa  bbbb  cccc  dddd"},
		{[4]int{0, 1, 2, 3}, 21, "aaaa  bbbb  cccc"},
		{[4]int{0, 1, 2, 3}, 16, "aaaa  bbbb  cccc"},
		{[4]int{0, 1, 2, 3}, 15, "aaaa  bbbb"},
		{[4]int{0, 3, 2, 1}, 16, "aaaa  cccc  dddd"},
		{[4]int{0, 1, 1, 0}, 16, "aaaa  bbbb  dddd"},
		{[4]int{0, 1, 1, 1}, 16, "aaaa  bbbb  cccc"},
		{[4]int{1, 0, 0, 0}, 16, "bbbb  cccc  dddd"},
		{[4]int{0, 0, 0, 0}, 16, "aaaa  bbbb  cccc"}, // no room for what may not go
		{[4]int{0, 0, 0, 0}, 15, "aaaa  bbbb  cc…"},
		{[4]int{0, 0, 0, 0}, 12, "aaaa  bbbb"},
		{[4]int{0, 0, 0, 0}, 3, "aa…"},
	} {
		var columns []TableColumn
		for _, rank := range c.ranks {
			columns = append(columns, TableColumn{Min: 4, Rank: rank})
		}
		got := strings.TrimRight(NewTable(plainTheme(), columns, [][]string{row}, c.width).Row(row...), " ")
		if got != c.want {
			t.Errorf("ranks %v in %d cells: %q, not %q", c.ranks, c.width, got, c.want)
		}
	}
}

// TestTableShrinksTheWidest: always the column furthest above its Min, never below it.
func TestTableShrinksTheWidest(t *testing.T) {
	columns := []TableColumn{{Min: 2}, {Min: 6}, {Title: "T"}}
	row := []string{"aaaaaaaa", "bbbbbbbb", "cc"}
	for width, want := range map[int][]int{22: {8, 8, 2}, 21: {7, 8, 2}, 18: {4, 8, 2}, 17: {3, 8, 2}, 13: {2, 6, 1}} {
		table := NewTable(plainTheme(), columns, [][]string{row}, width)
		if !slices.Equal(table.widths, want) || Width(table.Row(row...)) != width {
			t.Errorf("in %d cells: %v, not %v", width, table.widths, want)
		}
	}
	if got := NewTable(plainTheme(), columns, [][]string{row}, 18).Row("x"); got != "x"+blank(17) {
		t.Errorf("cells that are missing: %q", got)
	}
}

// TestTableOfNothing: no columns and no rows draw nothing, and titles count as cells.
func TestTableOfNothing(t *testing.T) {
	if got := NewTable(plainTheme(), nil, nil, 20).Row(); got != "" {
		t.Errorf("no columns: %q", got)
	}
	table := NewTable(plainTheme(), []TableColumn{{Title: "Title"}, {}}, nil, 20)
	if got := table.Titles(Style{}); got != "Title   " {
		t.Errorf("no rows: %q", got)
	}
	table = NewTable(plainTheme(), []TableColumn{{Title: "Title", Max: 3}, {Title: "N", Right: true, Grow: 1, Max: 4}}, [][]string{{"a", "12", "more"}}, 20)
	if got := table.Row("a", "12", "more"); got != "a      12" {
		t.Errorf("bounds: %q", got)
	}
}

// TestDialogKeepsItsHeight: the footer needs five rows, the frame three and five cells;
// the last line says how many are missing.
func TestDialogKeepsItsHeight(t *testing.T) {
	body := []string{"1", "2", "3", "4"}
	for _, c := range []struct {
		w, h int
		want string
	}{
		{14, 8, "╭────────────╮|│ 1          │|│ 2          │|│ 3          │|│ 4          │|├────────────┤|│ keys       │|╰────────────╯"},
		{18, 7, "╭────────────────╮|│ 1              │|│ 2              │|│ 2 more lines   │|├────────────────┤|│ keys           │|╰────────────────╯"},
		{18, 5, "╭────────────────╮|│ 4 more lines   │|├────────────────┤|│ keys           │|╰────────────────╯"},
		{18, 4, "╭────────────────╮|│ 1              │|│ 3 more lines   │|╰────────────────╯"},
		{18, 3, "╭────────────────╮|│ 4 more lines   │|╰────────────────╯"},
		{5, 3, "╭───╮|│ … │|╰───╯"},
		{5, 2, ""}, {4, 3, ""},
	} {
		if got := join(Dialog(plainTheme(), "", body, "keys", c.w, c.h)); got != c.want {
			t.Errorf("%d×%d: %s", c.w, c.h, got)
		}
	}
	for title, want := range map[string]string{"Title": "╭─ Title ──╮", "Titles": "╭─ Titles ─╮", "Titlesx": "╭─ Title… ─╮"} {
		if got := Dialog(plainTheme(), title, nil, "", 12, 3)[0]; got != want {
			t.Errorf("%q: %s", title, got)
		}
	}
	if got := plural(1, "line", "lines") + plural(0, "line", "lines") + plural(2, "line", "lines"); got != "1 line0 lines2 lines" {
		t.Error(got)
	}
}

// TestSpreadKeepsAGap: one cell at least between both, or the left one is gone.
func TestSpreadKeepsAGap(t *testing.T) {
	for width, want := range map[int]string{9: "ab  right", 8: "ab right", 7: "… right", 6: " right", 5: "right", 4: "ab  "} {
		if got := Spread("ab", "right", width); got != want {
			t.Errorf("in %d cells: %q, not %q", width, got, want)
		}
	}
	if got := Spread("ab", "", 4); got != "ab  " {
		t.Errorf("without a right end: %q", got)
	}
}

// TestEveryWidthOfBlank: as many spaces as are asked for, also beyond those kept ready.
func TestEveryWidthOfBlank(t *testing.T) {
	for _, n := range []int{-1, 0, 1, len(spaces) - 1, len(spaces), len(spaces) + 1, 500} {
		if got := blank(n); len(got) != max(0, n) || strings.TrimSpace(got) != "" {
			t.Errorf("%d spaces are %d", n, len(got))
		}
	}
}

// TestPlainTextIsMeasuredWithoutClusters: western text, frames and signs are known to
// be one cell each; what is not known is measured.
func TestPlainTextIsMeasuredWithoutClusters(t *testing.T) {
	for _, r := range "\u00a0¡¨ª¬¯ÿſ‐…‧←≠⋿␀␦─▙◼✓✕✘" {
		if !isNarrow(r) {
			t.Errorf("%U is measured", r)
		}
	}
	for _, r := range "\u009f©\u00ad®\u0180\u0301\u200f\u2028\u218f\u2300\u23ff\u2427\u24ff\u25fd\u2712\u2714\u2719宽" {
		if isNarrow(r) {
			t.Errorf("%U is taken to be one cell", r)
		}
	}
	for line, want := range map[string]content{
		"abc é ─": simple, "\x1b[1mx\x1b[m": simple, " ~": simple, "辻": complex, "e\u0301": complex,
		"\x7f": unsafe, "\x1f": unsafe, "\x1b[2J": unsafe, "\x1b[": unsafe, "\u009f": unsafe, "\xff": unsafe, "\uFFFD": complex,
	} {
		if _, kind := scan(line); kind != want {
			t.Errorf("%q is %d, not %d", line, kind, want)
		}
	}
	for line, want := range map[string]int{"\x1b[m": 3, "\x1b[1;38:2m": 9, "\x1b[1": 0, "\x1b[": 0, "\x1b]m": 0, "\x1b[/m": 0, "\x1b[<m": 0, "\x1b[mm": 3} {
		if got := sgrLen(line); got != want {
			t.Errorf("%q begins with %d bytes of styling", line, got)
		}
	}
	for text, want := range map[string]string{"ab": "a", "a": "a", "e\u0301x": "e\u0301", "辻x": "辻"} {
		if got, w := next(text); got != want || w != ansi.StringWidth(want) {
			t.Errorf("%q begins with %q of %d cells", text, got, w)
		}
	}
}

// TestQueryCountsLongAndShortWords: a query of as many bytes as count is whole; words
// beyond the eighth do not count; one letter finds where a word begins with it.
func TestQueryCountsLongAndShortWords(t *testing.T) {
	whole := strings.Repeat("y", maxQuery)
	if m, _ := NewIndex([]string{whole}).Query(whole); len(m) != 1 {
		t.Error("a query of just so many bytes finds nothing")
	}
	if words := parseQuery(whole + "z"); len(words) != 1 || words[0].text != whole {
		t.Errorf("a longer one is not cut: %v", words)
	}
	if words := parseQuery("i h g f e d c b a a"); len(words) != maxWords || words[0].text != "a" {
		t.Errorf("%d words", len(words))
	}
	if words := parseQuery("éa"); string(words[0].letters[0]) != "é" && len(words[0].letters) != 2 {
		t.Errorf("letters %q", words[0].letters)
	}
	x := NewIndex([]string{"xa", "a", "b a"})
	if got := indexes(x, "a"); !slices.Equal(got[:2], []int{1, 2}) && !slices.Equal(got[:2], []int{2, 1}) {
		t.Errorf("a word's beginning is not first: %v", got)
	}
	if _, total := x.Query(" "); total != 3 || x.Len() != 3 {
		t.Errorf("%d of %d", total, x.Len())
	}
}

// TestRoughScore: beginnings before the middle, in one piece before here and there.
func TestRoughScore(t *testing.T) {
	x := NewIndex([]string{"undo", "do undo", "xundo", "u n d o", "un other dog", "nothing"})
	w := parseQuery("undo")[0]
	var scores []int
	for i := range x.items {
		scores = append(scores, w.rough(x.text(i), x.initials[i]))
	}
	if scores[0] <= scores[1] || scores[1] <= scores[2] || scores[2] <= 64 || scores[3] < 64 || scores[5] != -1 {
		t.Errorf("scores are %v", scores)
	}
	if at := indexLetter([]byte("aéb"), []byte("é")); at != 1 {
		t.Errorf("é is at %d", at)
	}
}

// TestWrapKeepsWideAndNarrowApart: a line is filled to its last cell.
func TestWrapKeepsWideAndNarrowApart(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"a bc", 4, "a bc"}, {"a bcd", 4, "a|bcd"}, {"éa éb", 2, "éa|éb"}, {"éée\u0301x", 3, "éée\u0301|x"}, {"a\u0301b c", 3, "a\u0301b|c"},
		{"a\u0301b c", 4, "a\u0301b c"}, {"x辻", 2, "x|辻"}, {"辻x", 3, "辻x"}, {"   x", 4, "   x"}, {"   x", 3, "x"}, {"ab   cd", 7, "ab   cd"}, {"ab   cd", 6, "ab|cd"},
	} {
		if got := join(Wrap(c.text, c.width)); got != c.want {
			t.Errorf("%q in %d: %q, not %q", c.text, c.width, got, c.want)
		}
	}
}

// TestFieldTakesSoMuch: what would take it beyond its bound is left out, in whole
// characters.
func TestFieldTakesSoMuch(t *testing.T) {
	for _, c := range []struct {
		before int
		paste  string
		want   int
	}{
		{maxEdit - 3, "abc", maxEdit}, {maxEdit - 2, "abc", maxEdit}, {maxEdit, "abc", maxEdit}, {maxEdit - 3, "éé", maxEdit - 1}, {maxEdit - 1, "é", maxEdit - 1}, {maxEdit - 2, "宽", maxEdit - 2},
	} {
		e := NewEdit(strings.Repeat("x", c.before)).Insert(c.paste)
		if len(e.Text()) != c.want || !utf8.ValidString(e.Text()) || e.Before() != e.Text() {
			t.Errorf("%d bytes and %q are %d", c.before, c.paste, len(e.Text()))
		}
	}
}

// TestMarkdownThatChokesParsersIsPlain: thousands of links, and lines of hundreds of
// markers; text that only looks like it is drawn as what it is.
func TestMarkdownThatChokesParsersIsPlain(t *testing.T) {
	for _, c := range []struct {
		name     string
		src      string
		readable bool
	}{
		{"links", strings.Repeat("[a](b) ", maxLinks), true},
		{"too many links", strings.Repeat("[a](b) ", maxLinks+1), false},
		{"a deep quote", strings.Repeat(">", maxMarkers), true},
		{"a quote too deep", strings.Repeat(">", maxMarkers+1), false},
		{"lists too deep", strings.Repeat("- ", maxMarkers+1), false},
		{"quotes, a line each", strings.Repeat("> a\n", 2*maxMarkers), true},
		{"a list's lines and one that is too deep", strings.Repeat("- a\n", maxMarkers) + strings.Repeat(">", maxMarkers+1), false},
	} {
		if got := isReadable(c.src); got != c.readable {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestTasksAndTablesAreRead: what is one, and what only looks like it.
func TestTasksAndTablesAreRead(t *testing.T) {
	for src, want := range map[string]string{
		"- [x] a":                 "[x] a",
		"- [X] a":                 "[x] a",
		"- [ ] a\n\n  b":          "[ ] a||    b",
		"1. [x] a":                "1. [x] a",
		"- [x]":                   "• [x]",
		"- [x] ":                  "• [x]",
		"- [y] a":                 "• [y] a",
		"-":                       "•",
		"a | b\n-|-\n1 | 2":       "a  b|────|1  2",
		"|a|b|\n|:-|-:|":          "a  b|────",
		"a | b\n-|x":              "a | b -|x",
		"a | b\n-|-|-":            "a | b -|-|-",
		"a \\| b | c\n-|-\nx | y": "a | b  c|────────|x      y",
		"a | b\n-|-\n1 | 2 | 3":   "a  b|────|1  2",
		"a | b":                   "a | b",
	} {
		lines := Markdown(src, 40, plainTheme())
		for i := range lines {
			lines[i] = strings.TrimRight(ansi.Strip(lines[i]), " ")
		}
		if got := join(lines); got != want {
			t.Errorf("%q is %q, not %q", src, got, want)
		}
	}
}
