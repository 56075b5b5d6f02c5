package widget

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// incidentNote has every construct that Markdown draws.
const incidentNote = `# Isolate GISIS

Isolate, **do not** power off: *memory* is evidence. Ask the [national
CERT](https://cert.example.org/report "title") first; its page is
<https://cert.example.org>.

Setext heading
--------------

1. Block **both** firewalls with ` + "`ssh fw1 block gisis`" + `.
2. Then:
   - service accounts
   - scheduled tasks
     - also on the *standby*
10. Say so.

- [x] Blocked at both firewalls
- [ ] Service accounts disabled

* loose one

* loose two

> Restored had been said,
> and was not true.
>
> - quoted item

` + "```sh\nssh fw1 block gisis\n\n  echo  'two  spaces'\n```" + `

    indented code

***

| service | state | since |
|---------|-------|------:|
| GISIS   | **down** | 02:31 |
| e-mail \| web | unaffected | 02:40 |

Escapes: \*not emphasis\*, AT&amp;T, &copy; 2026, \&amp;, &#x1b;[31m, &nosuch;.
Hard break\
here. <b>HTML</b> stays text.

<div onclick="x">
block HTML
</div>

![a map](map.png) [][ref] [https://same.example](https://same.example)

[ref]: https://ref.example
`

func TestMarkdown(t *testing.T) {
	for _, width := range []int{100, 60, 24, 10} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			lines := Markdown(incidentNote, width, NewTheme(Options{ASCII: true, NoColor: true}))
			golden.RequireEqual(t, []byte(ansi.Strip(strings.Join(lines, "\n"))+"\n"))
		})
	}
}

func TestMarkdownStyles(t *testing.T) {
	theme := NewTheme(Options{Dark: true})
	for _, c := range []struct{ name, src, want string }{
		{"strong", "a **b** c", "a " + theme.Strong.Render("b") + " c"},
		{"both", "***b***", theme.Emphasis.With(theme.Strong).Render("b")},
		{"part of a word", "un**til**", "un" + theme.Strong.Render("til")},
		{"code", "run `x`", "run " + theme.Code.Render("x")},
		{"heading", "## *a* b", theme.Heading.With(theme.Emphasis).Render("a") + theme.Heading.Render(" b")},
		{"link", "[a](b)", theme.Link.Render("a") + " " + theme.Dim.Render("(b)")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(Markdown(c.src, 40, theme), "\n"); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestMarkdownBlocks(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"nothing", "", ""},
		{"only space", " \n\n ", ""},
		{"no task outside a list", "[x] a", "[x] a"},
		{"task", "- [X] a", "[x] a"},
		{"numbered task", "1. [ ] a", "1. [ ] a"},
		{"no task without text", "- [ ]", "• [ ]"},
		{"loose task with two paragraphs", "- [x] a\n\n  [ ] b", "[x] a\n\n    [ ] b"},
		{"task that is a link", "- [x](y) a", "• x (y) a"},
		{"empty item", "- \n- b", "•\n• b"},
		{"start of a list", "7. a\n8. b", "7. a\n8. b"},
		{"code in a list", "- a\n\n      code", "• a\n\n    code"},
		{"table without pipes at its ends", "a|b\n-|-\nc|d", "a  b\n────\nc  d"},
		{"short and long rows", "|a|b|\n|-|-|\n|c|\n|d|e|f|", "a  b\n────\nc\nd  e"},
		{"not a table: dashes missing", "|a|b|\n|c|d|", "|a|b| |c|d|"},
		{"not a table: cells missing", "|a|b|\n|-|", "|a|b| |-|"},
		{"markup in a cell", "|a|\n|-|\n|**b** [c](d)|", "a\n───────\nb c (d)"},
		{"block markup in a cell", "|a|\n|-|\n|# b|", "a\n───\n# b"},
		{"entity", "&lt;b&gt; &#x202e; &#0;", "<b> <U+202E> \uFFFD"},
		{"escape sequence in code", "`\x1b[2J`", "␛[2J"},
		{"address with an escape", "[a](<b\x1b]8;;c>)", "a (b␛]8;;c)"},
		{"address that says the same", "[https://a.b](https://a.b)", "https://a.b"},
		{"quote in a quote", "> a\n> > b", "│ a\n│\n│ │ b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var lines []string
			for _, line := range Markdown(c.src, 40, plainTheme()) {
				lines = append(lines, strings.TrimRight(line, " "))
			}
			if got := strings.Join(lines, "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// Styles must not run on into the next line, or they would colour the column
// beside it.
func TestMarkdownLinesEndUnstyled(t *testing.T) {
	theme := NewTheme(Options{Dark: true})
	for _, line := range Markdown(strings.Repeat("**strong *and more*** `code` ", 20), 20, theme) {
		if strings.Contains(line, "\x1b") && !strings.HasSuffix(line, reset) {
			t.Errorf("line ends styled: %q", line)
		}
	}
}

func TestMarkdownIsBounded(t *testing.T) {
	theme := NewTheme(Options{})
	lines := Markdown(strings.Repeat("word ", 100_000), 80, theme)
	if last := ansi.Strip(lines[len(lines)-1]); last != "… 434464 bytes more" {
		t.Errorf("last line is %q", last)
	}
	lines = Markdown(strings.Repeat("> ", 50)+"deep", 200, theme)
	if !strings.Contains(lines[0], "nested too deeply") {
		t.Errorf("deep quote drawn as %q", lines)
	}
	if lines := Markdown("text", 0, theme); lines != nil {
		t.Errorf("no width drawn as %q", lines)
	}
}

// hostileMarkdown makes parsers slow or deep.
func hostileMarkdown() map[string]string {
	return map[string]string{
		"quotes":      strings.Repeat(">", maxMarkdown),
		"quote lines": strings.Repeat(strings.Repeat(">", 150)+"\n", maxMarkdown/151),
		"lists":       strings.Repeat("- ", maxMarkdown/2),
		"stairs":      stairs(300),
		"brackets":    strings.Repeat("[", maxMarkdown),
		"links":       strings.Repeat("[a](", maxMarkdown/4),
		"images":      strings.Repeat("![", maxMarkdown/2),
		"stars":       strings.Repeat("*a **b ", maxMarkdown/7),
		"closers":     strings.Repeat("a** b* ", maxMarkdown/7),
		"nested":      strings.Repeat("*", 2000) + "a" + strings.Repeat("*", 2000),
		"backticks":   backticks(300),
		"entities":    strings.Repeat("&", maxMarkdown),
		"html":        strings.Repeat("<a ", maxMarkdown/3),
		"comments":    strings.Repeat("<!--", maxMarkdown/4),
		"cdata":       strings.Repeat("<![CDATA[", maxMarkdown/9),
		"references":  strings.Repeat("[a]: b\n", maxMarkdown/7),
		"table":       strings.Repeat("|a", 5000) + "\n" + strings.Repeat("|-", 5000) + "\n|x",
		"table rows":  "|a|b|\n|-|-|\n" + strings.Repeat("|\n", maxMarkdown/2-10),
		"word":        strings.Repeat("x", maxMarkdown),
		"wide":        strings.Repeat("辻", maxMarkdown/3),
		"escapes":     strings.Repeat("\x1b]8;;x\x07", maxMarkdown/8),
		"marks":       strings.Repeat("e\u0301\u0301", maxMarkdown/5),
		"newlines":    strings.Repeat("\n", maxMarkdown),
		"fences":      strings.Repeat("```\n", maxMarkdown/4),
		"setext":      strings.Repeat("a\n=\n", maxMarkdown/4),
	}
}

func stairs(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", 2*i) + "- x\n")
	}
	return b.String()
}

func backticks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("`", i) + " ")
	}
	return b.String()
}

func TestHostileMarkdown(t *testing.T) {
	theme := NewTheme(Options{})
	for name, src := range hostileMarkdown() {
		t.Run(name, func(t *testing.T) {
			checkMarkdown(t, src, 40, theme)
		})
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add(incidentNote, 40)
	f.Add("- [x] a\n> b\n\n|a|\n|-|\n|b|", 7)
	for _, src := range hostileMarkdown() {
		f.Add(src[:min(200, len(src))], 3)
	}
	theme := NewTheme(Options{})
	f.Fuzz(func(t *testing.T, src string, width int) {
		checkMarkdown(t, src, width%200, theme)
	})
}

// checkMarkdown checks what Markdown promises for any source.
func checkMarkdown(t *testing.T, src string, width int, theme Theme) {
	t.Helper()
	for _, line := range Markdown(src, width, theme) {
		if w := ansi.StringWidth(line); w > width {
			t.Fatalf("%d cells instead of %d: %q", w, width, line)
		}
		for _, r := range ansi.Strip(line) {
			if !unicode.IsGraphic(r) {
				t.Fatalf("%U in %q", r, line)
			}
		}
	}
}

func BenchmarkMarkdown(b *testing.B) {
	theme := NewTheme(Options{Dark: true})
	b.Run("note", func(b *testing.B) {
		for b.Loop() {
			Markdown(incidentNote, 80, theme)
		}
	})
	for name, src := range hostileMarkdown() {
		b.Run("hostile/"+name, func(b *testing.B) {
			for b.Loop() {
				Markdown(src, 80, theme)
			}
		})
	}
}
