package widget

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"muster/state/clean"
)

// hostileTexts are lines that have confused layout: wide, joining, styled, and
// full of controls.
func hostileTexts() []string {
	theme := NewTheme(Options{Dark: true})
	return []string{
		"", " ", "a", "plain words in a line that is long enough to be cut somewhere",
		"辻", "辻堂の事務局", "a辻b辻c辻", "👍🏽👍🏽", "🇩🇪🇫🇷", "e\u0301e\u0301e\u0301",
		"\u0301", "ﾊﾞﾊﾞ", "कन्या", "한국어", "✓ ○ ▶ ■ ↷ ✗ · ⊘ ◐ ●", "────────────", "© ® ™ ½",
		theme.Bad.Render("styled 辻 text"), "plain " + theme.Match.Render("m") + " plain",
		theme.Selected.Render("a" + theme.OK.Render("b辻") + "c"),
		"\x1b[2Jclear", "\x1b]0;title\x07", "tab\there", "two\nlines", "back\b\b", "\u009b31mred",
		"\x9b31m", "cut\xc3", "\u202Ereversed", "zero\u200bwidth", "\x1b[31", "\x1b", "\x1b[38:2::1:2:3mcolon" + reset,
		strings.Repeat("x", 300), strings.Repeat("辻", 150),
	}
}

// drawing is a widget under test: it draws text in width cells, every line
// exactly or at most so wide.
type drawing struct {
	name  string
	exact bool
	draw  func(text string, width int) []string
}

func drawings() []drawing {
	theme := NewTheme(Options{Dark: true})
	one := func(f func(string, int) string) func(string, int) []string {
		return func(s string, w int) []string { return []string{f(s, w)} }
	}
	return []drawing{
		{"Truncate", false, one(Truncate)},
		{"Pad", true, one(Pad)},
		{"PadLeft", true, one(PadLeft)},
		{"PadCenter", true, one(PadCenter)},
		{"TruncateTail", false, one(func(s string, w int) string { return TruncateTail(s, w, "...") })},
		{"Wrap", false, Wrap},
		{"Markdown", false, func(s string, w int) []string {
			return Markdown(s+"\n\n- "+s+"\n  > "+s+"\n\n|a|b|\n|-|-|\n|"+s+"|"+s, w, theme)
		}},
		{"Fit", true, func(s string, w int) []string { return Fit([]string{s, s}, w, 3) }},
		{"Spread", true, one(func(s string, w int) string { return Spread(s, s, w) })},
		{"JoinColumns", true, func(s string, w int) []string {
			if w < 3 {
				return JoinColumns("│", Column{[]string{s}, w})
			}
			return JoinColumns("│", Column{[]string{s}, w / 3}, Column{[]string{s, s}, w - w/3 - 1})
		}},
		{"Dialog", true, func(s string, w int) []string { return Dialog(theme, s, []string{s, s}, s, w, 10) }},
		{"KeyHints", true, one(func(s string, w int) string {
			return KeyHints(theme, []Hint{{"s", s, 0}, {"↵", "done", 1}, {s, "x", 2}}, w)
		})},
		{"Table", false, func(s string, w int) []string {
			rows := [][]string{{s, "b", s}, {"a", s, "3"}}
			table := NewTable(theme, []TableColumn{{Title: "A", Min: 4, Grow: 1}, {Title: "B", Min: 6, Rank: 1}, {Title: "C", Rank: 2, Right: true, Max: 9}}, rows, w)
			return []string{table.Titles(theme.Strong), table.Row(rows[0]...), table.Row(rows[1]...)}
		}},
		{"Overlay", true, func(s string, w int) []string {
			return Overlay(Fit([]string{s, s, s}, w, 3), Fit([]string{s}, max(1, w/2), 1), w/3, 1)
		}},
		{"Overlay with a dialog", true, func(s string, w int) []string {
			return Overlay(Fit([]string{s, s, s}, w, 3), Dialog(theme, s, []string{s}, "", w-2, 3), 1, 0)
		}},
	}
}

func TestEveryWidthIsKept(t *testing.T) {
	for _, d := range drawings() {
		t.Run(d.name, func(t *testing.T) {
			for _, text := range hostileTexts() {
				for width := 1; width <= 200; width++ {
					checkWidth(t, d, text, width)
				}
			}
		})
	}
}

func TestEveryWidthIsKeptForAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(hostileTexts()), rapid.Map(rapid.String(), clean.Line)), 0, 5).Draw(t, "parts")
		width := rapid.IntRange(1, 60).Draw(t, "width")
		for _, d := range drawings() {
			checkWidth(t, d, strings.Join(parts, ""), width)
		}
	})
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func checkWidth(t failer, d drawing, text string, width int) {
	t.Helper()
	for _, line := range d.draw(text, width) {
		w := ansi.StringWidth(line)
		if w > width || d.exact && w != width {
			t.Fatalf("%s(%q, %d) is %d cells: %q", d.name, text, width, w, line)
		}
		if _, kind := scan(line); kind == unsafe {
			t.Fatalf("%s(%q, %d) lets control characters through: %q", d.name, text, width, line)
		}
	}
}

func TestNoRoomDrawsNothing(t *testing.T) {
	for _, d := range drawings() {
		for _, width := range []int{0, -1, -100} {
			if got := strings.Join(d.draw("some text", width), ""); got != "" {
				t.Errorf("%s in %d cells is %q", d.name, width, got)
			}
		}
	}
}

// The fast path must know widths as the slow one does.
func TestNarrowCharacters(t *testing.T) {
	for r := rune(0xa0); r < 0x3000; r++ {
		if isNarrow(r) && ansi.StringWidth(string(r)) != 1 {
			t.Errorf("%U is %d cells", r, ansi.StringWidth(string(r)))
		}
		if pair := "a" + string(r) + "─" + string(r) + "é"; isNarrow(r) && ansi.StringWidth(pair) != 5 {
			t.Errorf("%U joins with others", r)
		}
	}
}

func TestWidth(t *testing.T) {
	for _, s := range hostileTexts() {
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Errorf("Width(%q) = %d, want %d", s, got, want)
		}
	}
}

// BenchmarkScreen puts a run screen's 60 rows of 200 cells together: header,
// two panes, log, footer, and a dialog over it.
func BenchmarkScreen(b *testing.B) {
	theme := NewTheme(Options{Dark: true})
	steps := make([]string, 50)
	detail := Markdown(incidentNote, 120, theme)
	for i := range steps {
		steps[i] = Spread(theme.OK.Render(theme.Glyphs.Done)+fmt.Sprintf(" 2.%d Shut down system %d", i, i), theme.Dim.Render("02:31"), 70)
	}
	hints := []Hint{{"↵", "done", 0}, {"s", "skip", 1}, {"b", "block", 2}, {"n", "note", 3}, {"?", "help", 0}}
	box := Dialog(theme, "Skip 2.3", []string{"Why is it skipped?", "> "}, "↵ skip  esc cancel", 60, 10)
	screen := func() []string {
		rows := []string{Spread(" amber-heron   "+theme.Live.Render("LIVE"), "GDPR 71:00 ● saved 87", 200), theme.Border.Render(Rule("─", 200))}
		rows = append(rows, JoinColumns(theme.Border.Render("│"), Column{steps, 70}, Column{detail, 129})...)
		rows = Fit(rows, 200, 59)
		return append(rows, KeyHints(theme, hints, 200))
	}
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			screen()
		}
	})
	b.Run("dialog", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Overlay(screen(), box, 70, 25)
		}
	})
}
