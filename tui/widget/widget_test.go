package widget

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// plainTheme draws without styling, so that tests read like the screen.
func plainTheme() Theme {
	return Theme{Glyphs: UnicodeGlyphs()}
}

func TestTruncateAndPad(t *testing.T) {
	red := newStyle(hex(0xff0000), 0, 0)
	for _, c := range []struct {
		line          string
		width         int
		truncate, pad string
	}{
		{"abc", 5, "abc", "abc  "},
		{"abc", 3, "abc", "abc"},
		{"abcdef", 4, "abc…", "abc…"},
		{"abcdef", 1, "…", "…"},
		{"辻堂事務", 5, "辻堂…", "辻堂…"},
		{"辻堂事務", 4, "辻…", "辻… "},
		{"辻", 1, "…", "…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…", "e\u0301…"},
		{red.Render("abcdef"), 3, red.Render("ab…"), red.Render("ab…")},
		{"\x1b[2Jx", 9, "␛[2Jx", "␛[2Jx    "},
		{"x", -1, "", ""},
	} {
		if got := Truncate(c.line, c.width); got != c.truncate {
			t.Errorf("Truncate(%q, %d) = %q, want %q", c.line, c.width, got, c.truncate)
		}
		if got := Pad(c.line, c.width); got != c.pad {
			t.Errorf("Pad(%q, %d) = %q, want %q", c.line, c.width, got, c.pad)
		}
	}
	if got := PadLeft("7", 3) + PadCenter("x", 4); got != "  7 x  " {
		t.Errorf("PadLeft, PadCenter: %q", got)
	}
	if got := TruncateTail("abcdef", 2, "..."); got != "ab" {
		t.Errorf("a tail wider than the room: %q", got)
	}
	if got := Pad("", 300); got != strings.Repeat(" ", 300) {
		t.Errorf("300 spaces: %d", len(got))
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one  two", 4, []string{"one", "two"}},
		{"one\n\ntwo\n", 9, []string{"one", "", "two", ""}},
		{"  indented text", 10, []string{"  indented", "text"}},
		{"trailing   ", 8, []string{"trailing"}},
		{"abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"a abcdefgh", 3, []string{"a", "abc", "def", "gh"}},
		{"日本語の文章です", 7, []string{"日本語", "の文章", "です"}},
		{"to 日本語", 6, []string{"to 日", "本語"}},
		{"辻辻", 1, []string{"…", "…"}},
		{"a\x1bb", 9, []string{"a␛b"}},
		{"a\tb", 9, []string{"a    b"}},
	} {
		if got := Wrap(c.text, c.width); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestLayout(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"fit cuts and fills", join(Fit([]string{"long line", "b"}, 4, 3)), "lon…|b   |    "},
		{"fit drops", join(Fit([]string{"a", "b", "c"}, 1, 2)), "a|b"},
		{"columns", join(JoinColumns("│", Column{[]string{"a", "b", "c"}, 2}, Column{[]string{"x"}, 3})), "a │x  |b │   |c │   "},
		{"spread", Spread("left", "right", 12), "left   right"},
		{"spread, left cut", Spread("leftmost", "right", 10), "lef… right"},
		{"spread, only right", Spread("left", "right", 6), " right"},
		{"spread, right gone", Spread("left", "right", 4), "left"},
		{"rule", Rule("─", 3), "───"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func join(lines []string) string { return strings.Join(lines, "|") }

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		name                       string
		total, height, cursor, top int
		want                       int
	}{
		{"all in view", 5, 10, 4, 3, 0},
		{"no height", 5, 0, 4, 3, 0},
		{"stays", 100, 10, 5, 2, 2},
		{"down with a margin", 100, 10, 9, 2, 2},
		{"down moves", 100, 10, 10, 2, 3},
		{"up moves", 100, 10, 3, 2, 1},
		{"to the start", 100, 10, 0, 50, 0},
		{"to the end", 100, 10, 99, 0, 90},
		{"cursor beyond", 100, 10, 500, 0, 90},
		{"cursor before", 100, 10, -5, 50, 0},
		{"list became shorter", 20, 10, 19, 80, 10},
		{"one row", 100, 1, 7, 0, 7},
		{"two rows", 100, 2, 7, 0, 6},
		{"three rows: one around it", 100, 3, 10, 0, 9},
		{"four rows: one around it", 100, 4, 10, 0, 8},
		{"five rows: two around it", 100, 5, 10, 0, 8},
		{"six rows: two around it", 100, 6, 10, 0, 7},
	} {
		if got := Window(c.total, c.height, c.cursor, c.top); got != c.want {
			t.Errorf("%s: Window = %d, want %d", c.name, got, c.want)
		}
	}
}

func TestPosition(t *testing.T) {
	for _, c := range []struct {
		total, height, top int
		want               string
	}{
		{3, 4, 0, ""},
		{40, 4, 0, "1-4/40"},
		{40, 4, 36, "37-40/40"},
		{40, 4, 99, "37-40/40"},
		{8, 4, 2, "3-6/8"},
		{4, 4, 0, ""},
		{5, 4, -1, "1-4/5"},
		{9, 0, 0, ""},
	} {
		if got := Position(c.total, c.height, c.top); got != c.want {
			t.Errorf("Position(%d, %d, %d) = %q, want %q", c.total, c.height, c.top, got, c.want)
		}
	}
}

func TestHighlight(t *testing.T) {
	match := newStyle(0, 0, bold)
	for _, c := range []struct {
		text    string
		matched []int
		want    string
	}{
		{"gisis", nil, "gisis"},
		{"gisis", []int{0, 1, 4}, "[gi]si[s]"},
		{"gisis", []int{0, 1, 2, 3, 4}, "[gisis]"},
		{"zoë", []int{2}, "zo[ë]"},
		{"zoe\u0308!", []int{2}, "zo[e\u0308]!"},
		{"ab", []int{-1, 1, 1, 2, 99}, "a[b]"},
		{"zoë", []int{3}, "zoë"},
		{"ab", []int{1, 0}, "a[b]"},
	} {
		got := Highlight(c.text, c.matched, Style{}, match)
		got = strings.NewReplacer(match.open, "[", reset, "]").Replace(got)
		if got != c.want {
			t.Errorf("Highlight(%q, %v) = %q, want %q", c.text, c.matched, got, c.want)
		}
	}
}

func TestDialog(t *testing.T) {
	got := strings.Join(Dialog(plainTheme(), "Skip\x1b 2.3", []string{"Why is it skipped?", "> no VPN"}, "↵ skip", 24, 10), "\n")
	want := strings.TrimPrefix(`
╭─ Skip␛ 2.3 ──────────╮
│ Why is it skipped?   │
│ > no VPN             │
├──────────────────────┤
│ ↵ skip               │
╰──────────────────────╯`, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = strings.Join(Dialog(plainTheme(), "", []string{"1", "2", "3", "4", "5"}, "", 18, 5), "\n")
	want = strings.TrimPrefix(`
╭────────────────╮
│ 1              │
│ 2              │
│ 3 more lines   │
╰────────────────╯`, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := Dialog(plainTheme(), "x", nil, "", 4, 3); got != nil {
		t.Errorf("no room: %q", got)
	}
}

func TestOverlay(t *testing.T) {
	for _, c := range []struct {
		name string
		base []string
		box  []string
		x, y int
		want string
	}{
		{"inside", []string{"......", "......", "......"}, []string{"ab", "cd"}, 2, 1, "......|..ab..|..cd.."},
		{"right edge", []string{"......"}, []string{"abc"}, 4, 0, "....ab"},
		{"left edge", []string{"......"}, []string{"abc"}, -1, 0, "bc...."},
		{"bottom edge", []string{"..", ".."}, []string{"ab", "cd"}, 0, 1, "..|ab"},
		{"above", []string{"..", ".."}, []string{"ab", "cd"}, 0, -1, "cd|.."},
		{"outside", []string{".."}, []string{"ab"}, 5, 0, ".."},
		{"halves wide characters", []string{"辻辻辻"}, []string{"ab"}, 1, 0, " ab 辻"},
		{"wide box cut", []string{"...."}, []string{"辻辻"}, 1, 0, ".辻 "},
	} {
		if got := ansi.Strip(join(Overlay(c.base, c.box, c.x, c.y))); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// What lies right of the box keeps the look it had.
func TestOverlayKeepsStyles(t *testing.T) {
	red := newStyle(hex(0xff0000), 0, 0)
	green := newStyle(hex(0x00ff00), 0, 0)
	got := Overlay([]string{red.Render("abcdef")}, []string{"xy"}, 2, 0)[0]
	want := red.open + "ab" + reset + "xy" + red.open + "ef" + reset
	if got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	got = Overlay([]string{green.Render("a") + red.Render("bcdef") + "g"}, []string{"xy"}, 3, 0)[0]
	want = green.Render("a") + red.Render("bc") + "xy" + red.Render("f") + "g"
	if got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestKeyHints(t *testing.T) {
	hints := []Hint{{"↵", "done", 0}, {"s", "skip", 2}, {"b", "block", 2}, {"n", "note", 1}, {"?", "help", 0}}
	for _, c := range []struct {
		width int
		want  string
	}{
		{50, "↵ done  s skip  b block  n note  ? help           "},
		{36, "↵ done  s skip  n note  ? help      "},
		{23, "↵ done  n note  ? help "},
		{14, "↵ done  ? help"},
		{6, "↵ done"},
		{5, "     "},
	} {
		if got := KeyHints(plainTheme(), hints, c.width); got != c.want {
			t.Errorf("in %d cells: %q, want %q", c.width, got, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	columns := []TableColumn{
		{Title: "Incident", Min: 8},
		{Title: "Runbook", Min: 6, Grow: 1, Max: 30},
		{Title: "Owner", Min: 5, Rank: 2},
		{Title: "Steps", Min: 5, Rank: 1, Right: true},
	}
	rows := [][]string{
		{"amber-heron", "Ransomware or intrusion", "Ada Lovelace", "12/40"},
		{"blue-finch", "Data breach", "Ben", "3"},
	}
	for _, c := range []struct {
		width int
		want  string
	}{
		{70, "Incident     Runbook                         Owner         Steps|" +
			"amber-heron  Ransomware or intrusion         Ada Lovelace  12/40|" +
			"blue-finch   Data breach                     Ben               3"},
		{40, "Incident     Runbook    Owner      Steps|" +
			"amber-heron  Ransomwa…  Ada Love…  12/40|" +
			"blue-finch   Data bre…  Ben            3"},
		{26, "Incident   Runbook   Steps|" +
			"amber-he…  Ransomw…  12/40|" +
			"blue-fin…  Data br…      3"},
		{10, "Incident  |amber-her…|blue-finch"},
	} {
		table := NewTable(plainTheme(), columns, rows, c.width)
		got := join([]string{table.Titles(Style{}), table.Row(rows[0]...), table.Row(rows[1]...)})
		if got != c.want {
			t.Errorf("in %d cells:\n got %s\nwant %s", c.width, strings.ReplaceAll(got, "|", "\n     "), strings.ReplaceAll(c.want, "|", "\n     "))
		}
	}
}
