package export

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"muster/state/clean"
)

// A place is where escaped text stands in the report, and the HTML that must come
// of it, with %s for the text.
type place struct{ name, source, want string }

var places = []place{
	{"paragraph", "%s\n", `<p>%s</p>`},
	{"second line", "first\n%s\n", "<p>first\n%s</p>"},
	{"after a heading", "# first\n%s\n", "<h1>first</h1>\n<p>%s</p>"},
	{"heading", "## %s\n", `<h2>%s</h2>`},
	{"heading of a drill", "## %s — EXERCISE\n", `<h2>%s — EXERCISE</h2>`},
	{"item", "- %s\n", "<ul>\n<li>%s</li>\n</ul>"},
	{"inner item", "- a\n  - Note: %s\n", "<ul>\n<li>a\n<ul>\n<li>Note: %s</li>\n</ul>\n</li>\n</ul>"},
	{"line of an item", "- a\\\n  %s\n", "<ul>\n<li>a<br>\n%s</li>\n</ul>"},
	{"quote", "> a\n> %s\n", "<blockquote>\n<p>a\n%s</p>\n</blockquote>"},
	{"bold", "a **%s** b\n", `<p>a <strong>%s</strong> b</p>`},
	{"struck out", "a ~~%s~~ **b**\n", `<p>a <del>%s</del> <strong>b</strong></p>`},
	{"first cell", "| a | b |\n|---|---|\n| %s | c |\n", "<tr>\n<td>%s</td>\n<td>c</td>\n</tr>"},
	{"last cell", "| a | b |\n|---|---|\n| c | %s |\n", "<tr>\n<td>c</td>\n<td>%s</td>\n</tr>"},
	{"two cells", "| a | b |\n|---|---|\n| %s | %s |\n", "<tr>\n<td>%s</td>\n<td>%s</td>\n</tr>"},
}

// everything reads Markdown with all that could give a text power.
var everything = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
	goldmark.WithParserOptions(parser.WithAttribute(), parser.WithHeadingAttribute()),
)

// alignment and the like are goldmark's own.
var attribute = regexp.MustCompile(` (style|align|id)="[^"]*"`)

// drawnAsItIs reports what is wrong with a text's escape in a place; "" if it is
// drawn as it is, and nothing else changes.
func drawnAsItIs(p place, text string) string {
	safe := escaped(text)
	var out bytes.Buffer
	source := strings.ReplaceAll(p.source, "%s", string(safe))
	if err := everything.Convert([]byte(source), &out); err != nil {
		return err.Error()
	}
	got := html.UnescapeString(attribute.ReplaceAllString(out.String(), ""))
	want := strings.ReplaceAll(p.want, "%s", clean.Line(strings.Join(strings.Fields(text), " ")))
	if strings.Contains(got, want) {
		return ""
	}
	return fmt.Sprintf("%s: %q, escaped %q, is drawn\n%swant\n%s", p.name, text, safe, got, want)
}

// nasty are texts made of what Markdown is made of.
func nasty() []string {
	marks := []string{
		"#", "##", "-", "---", "- - -", "+", "*", "***", "_", "___", "=", "===", ">", ">>", "1.", "12)", "0.", "999999999.", "1234567890.", ":", ": x", ":--", ":-:", "|", "||", "|-|",
		"`", "``", "```", "~", "~~", "~~~", "\\", "\\\\", "\\|", "\\\\|", "&", "&amp;", "&#35;", "&#x23;", "&lt;b&gt;", "<", ">", "<b>", "</td>", "<!--", "-->", "<?", "<!X>", "<![CDATA[", "<a:b>", "<a@b.c>",
		"[", "]", "[]", "[ ]", "[x]", "[x] done", "[a](b)", "[a][b]", "[a]: b", "![a](b)", "[^a]", "[^a]: b", "!", "!!", "$", "$$", "$x$", "{", "{#a}", "{.b}", "{a=b}", "{{ x }}", "@", "@x", "a@b.c", "a+b@c.d",
		"http://x.y", "https://x.y/z", "HTTP://X.Y", "ftp://x.y", "x:http://y.z", "(http://x.y)", "*http://x.y*", "www.x.y", "WWW.X.Y", "(www.x.y)", "_www.x.y_", "mailto:a@b.c", "xmpp:a@b.c", "://", "a://b",
		"a*b*c", "a_b_c", "*a", "a*", "**a", "'", "\"", "--", "...", "(c)", "^", "^a^", "==a==", "\t", "\ta", "    a", "a  ", "a\\", "\u00a0", "\u00a0a", "\u3000", "a\u3000", "\u200b", "é", "日本", "a\n\nb", "a\n# b", "a\r\n- b", "\x00", "\x1b[2J", "\u202e",
	}
	texts := append([]string{}, marks...)
	for i, mark := range marks {
		texts = append(texts, "a"+mark, mark+"a", "a "+mark+" b", mark+" "+mark, mark+marks[(i*7+3)%len(marks)])
	}
	return texts
}

func TestEscapedIsDrawnAsItIsEverywhere(t *testing.T) {
	for _, p := range places {
		for _, text := range nasty() {
			if wrong := drawnAsItIs(p, text); wrong != "" && escaped(text) != "" {
				t.Error(wrong)
			}
		}
	}
}

func FuzzEscaped(f *testing.F) {
	for _, text := range nasty() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || escaped(text) == "" {
			t.Skip("no log holds it, or there is nothing to draw")
		}
		for _, p := range places {
			if wrong := drawnAsItIs(p, text); wrong != "" {
				t.Fatal(wrong)
			}
		}
	})
}
