package export_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	ghtml "github.com/yuin/goldmark/renderer/html"
	gmtext "github.com/yuin/goldmark/text"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
)

// reader reads Markdown with everything switched on that could give a note power.
func reader() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithAttribute()),
		goldmark.WithRendererOptions(ghtml.WithUnsafe()),
	)
}

// shape is the structure of a Markdown text: its nodes without the texts, a line a
// node.
func shape(source string) []string {
	var lines []string
	root := reader().Parser().Parse(gmtext.NewReader([]byte(source)))
	depth := 0
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		depth++
		switch n := n.(type) {
		case *ast.Text, *ast.String:
		case *ast.Heading:
			lines = append(lines, fmt.Sprintf("%d Heading %d %v", depth, n.Level, n.Attributes()))
		default:
			lines = append(lines, fmt.Sprintf("%d %s", depth, n.Kind()))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		panic(err)
	}
	return lines
}

// count counts the nodes of a kind in a shape.
func count(lines []string, kind string) int {
	n := 0
	for _, line := range lines {
		if strings.Contains(line, " "+kind) {
			n++
		}
	}
	return n
}

// flavours are texts that try to be something else.
var flavours = []string{
	hostileFlavour,
	"# heading", "\n# heading\n", "\n\n## Timeline\n\n| a | b |\n|---|---|\n| c | d |\n", "===", "\n===\n", "\n---\n", "- item", "\n* item", "1. one", "\n2) two", "> quote",
	"\n    code\n", "```\ncode\n```", "~~~", "`", "``a``", "<b>bold</b>", "<!-- ", "<?php ", "<![CDATA[", "</table>", "<https://evil.example>", "<a@evil.example>",
	"[a](b)", "![a](b)", "[a]: http://evil.example", "[^1]", "[^1]: note", "a|b|c", `a\|b`, `a\\|b`, `\`, `\\`, "a\\\nb", "http://evil.example", "HTTPS://evil.example", "ftp://evil.example/x", "www.evil.example", "WWW.evil.example",
	"a@evil.example", "mailto:a@evil.example", "*a*", "**", "_a_", "__a__", "~~a~~", "~a~", "&lt;b&gt;", "&#60;b&#62;", "&copy;", ": definition", "[ ] task", "[x] task", "{#id .class}", "$x$", "\u00a0", "\u3000x", "\u2028# x", "  ", "a  \nb", "\u200b*", "“”", "+", "+ x", "=", "-", "--- | ---", ":--", "|", "||",
}

func TestOutsideTextHasNoPower(t *testing.T) {
	want := shape(written(t, story(t, state.Live, " x").incident(), export.Markdown, export.Options{}))
	if links := count(want, "AutoLink") + count(want, "Image") + count(want, "RawHTML"); links != 0 {
		t.Fatalf("%d links and the like in a plain report", links)
	}
	if headings := count(want, "Heading"); headings < 15 {
		t.Fatalf("%d headings: the parser does not see the report", headings)
	}
	for _, flavour := range flavours {
		sameShape(t, want, flavour)
	}
}

func sameShape(t *testing.T, want []string, flavour string) {
	t.Helper()
	got := shape(written(t, story(t, state.Live, " x"+flavour).incident(), export.Markdown, export.Options{}))
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			t.Errorf("%q changes the report: node %d is %s and should be %s", flavour, i, got[i], want[i])
			return
		}
	}
	if len(want) != len(got) {
		t.Errorf("%q changes the report: %d nodes, want %d", flavour, len(got), len(want))
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// drawn is the text that a reader of the page sees.
func drawn(t *testing.T, source string) string {
	t.Helper()
	var out bytes.Buffer
	if err := reader().Convert([]byte(source), &out); err != nil {
		t.Fatal(err)
	}
	return html.UnescapeString(tags.ReplaceAllString(out.String(), ""))
}

// The report draws a note as it is, whatever it holds.
func TestOutsideTextIsDrawnAsItIs(t *testing.T) {
	for _, flavour := range flavours {
		text := "x" + flavour
		page := drawn(t, written(t, story(t, state.Live, text).incident(), export.Markdown, export.Options{}))
		want := clean.Line(strings.Join(strings.Fields("leadership speaks first"+text), " "))
		if !strings.Contains(page, want) {
			t.Errorf("%q is not drawn as %q", flavour, want)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, flavour := range flavours {
		f.Add(flavour)
	}
	want := shape(written(f, story(f, state.Live, " x").incident(), export.Markdown, export.Options{}))
	f.Fuzz(func(t *testing.T, flavour string) {
		if len(flavour) > 2000 || !utf8.ValidString(flavour) || strings.Contains(flavour, "\ufffd") {
			t.Skip("no log holds it")
		}
		if strings.ContainsAny(flavour, "{}") { // titles are templates, and rendering may fail
			flavour = strings.NewReplacer("{", "(", "}", ")").Replace(flavour)
		}
		sameShape(t, want, flavour)
	})
}

// Every heading, row and outermost item of a drill says EXERCISE, and nothing of a
// live incident does.
func TestDrillIsMarkedEverywhere(t *testing.T) {
	lines := strings.Split(written(t, story(t, state.Drill, "").incident(), export.Markdown, export.Options{}), "\n")
	fenced := false
	for i, line := range lines {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		marked := strings.HasPrefix(line, "#") || strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "- ")
		if !fenced && marked && !strings.Contains(line, "EXERCISE") {
			t.Errorf("line %d does not say EXERCISE: %s", i+1, line)
		}
	}
	if !strings.Contains(strings.Join(lines[len(lines)-6:], "\n"), "EXERCISE EXERCISE EXERCISE") {
		t.Error("the report does not end with the banner")
	}
	live := story(t, state.Live, "").incident()
	for _, format := range []export.Format{export.Markdown, export.JSON, export.CSV} {
		if strings.Contains(written(t, live, format, export.Options{}), "EXERCISE") {
			t.Errorf("%s: a live incident says EXERCISE", format)
		}
	}
}

func TestReportSays(t *testing.T) {
	page := drawn(t, written(t, story(t, state.Live, "").incident(), export.Markdown, export.Options{}))
	for _, want := range []string{
		"2026-11-24-amber-heron", "LIVE — a real incident", "TLP:AMBER+STRICT", "muster test",
		"two servers answer nothing", "amended by entry 9", "three servers answer nothing",
		"retracted by entry 15", "time corrected by entry 18, was 2026-11-24 02:35:30",
		`OVERRIDE of same-person — "nobody else is awake"`, "no entry", "no entry starts it; its turn had come",
		"not applicable: attack is yes", "leadership speaks first", `closed with 6 things open — "the rest can wait for the morning"`,
		"1 entry is of a kind that this version does not know", "ended, by the times given, before it started",
		"Incident commander", "Legal", "nobody", `step 2.1a done — "blocked at both firewalls"`,
		"NOT TRUE ANY MORE, since 2026-11-24 03:07:00 UTC (entry 38): by its template's claims it is counted as saying that GISIS database is verified, and it was regressed", "known otherwise",
		`OVERRIDE — "no time to ask"`,
		`Could not be sent by website — "it is down too"`, "It corrects entry 31. Corrected by entry 35.", "met late, 1 h 19 min after it was due; its time was up by entry 42", "(last checked 2026-",
		"they come", "half way", "Situation reports issued", "a column is 2 min",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

func TestReportOfAnOpenIncident(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", "title = \"Small\"\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\ntitle = \"Look\"\n")})
	page := written(t, s.incident(), export.Markdown, export.Options{})
	for _, want := range []string{
		"| State | open, at the last entry: 2026-11-24 02:01:30 UTC |", "Open for **0 s** since detection, by the last entry.",
		"| step | 1.1 Look | todo |", "No file was attached.", "The runbook asks for none.", "The runbook names none.", "None: every entry stands as it was written.",
		"| 1.1 Look | **yes** | no entry starts it; its turn had come |",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// TestAReasonIsSaidOnce: why a service's state was set stands once in its row, however it begins.
func TestAReasonIsSaidOnce(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("intrusion", book(""))})
	s.do("Ada", state.SetService{Service: "gisis", State: state.Affected, Why: "step 9 of the old plan failed"})
	page := written(t, s.incident(), export.Markdown, export.Options{})
	if n := strings.Count(page, "step 9 of the old plan failed | 2 |"); n != 1 || strings.Contains(page, "failed — step 9") {
		t.Errorf("the reason stands alone in %d rows:\n%s", n, page)
	}
}
