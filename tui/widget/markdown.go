package widget

import (
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"muster/state/clean"
)

// Bounds on what Markdown draws, far above what a step holds.
const (
	maxMarkdown = 64 << 10 // bytes of source
	maxNesting  = 12       // lists and quotes inside each other
	maxMarkers  = 200      // bytes of quote and list markers at the start of a source line
	maxLinks    = 1000     // more make the parser take a second
	minContent  = 8        // cells: below this nothing is indented any more
)

// Markdown draws CommonMark with task lists and tables as a block of at most
// width cells. The source may come from outside: it is cleaned, and so are the
// characters that its entities stand for. HTML is shown as it is written; links
// show their address; nothing is ever followed or loaded. Beyond 64 KiB the rest
// is left out, and the last line says so; what is written to choke a parser is
// drawn as plain text.
//
// It costs tens of microseconds for a step's text: draw once, keep the result.
func Markdown(src string, width int, t Theme) []string {
	if width <= 0 {
		return nil
	}
	missing := len(src) - maxMarkdown
	lines := t.document(clean.Text(clean.Bounded(src, maxMarkdown)), width)
	if missing > 0 {
		lines = append(lines, t.Dim.Render(fmt.Sprintf("%s %d bytes more", t.Glyphs.Ellipsis, missing)))
	}
	for i, line := range lines {
		lines[i] = TruncateTail(line, width, t.Glyphs.Ellipsis)
	}
	return lines
}

// document draws clean source.
func (t Theme) document(src string, width int) []string {
	if !isReadable(src) {
		return Wrap(src, width)
	}
	d := drawer{source: []byte(src), theme: t}
	return d.blocks(markdownParser().Parse(text.NewReader(d.source)), width, 0, false)
}

// markdownParser is made at first use: it costs more than a small program's start.
var markdownParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
})

// isReadable reports whether src is worth parsing. Lines that open hundreds of
// blocks, and thousands of brackets, make a parser slow and nobody wise.
func isReadable(src string) bool {
	if strings.Count(src, "](") > maxLinks {
		return false
	}
	if strings.Count(src, ">")+strings.Count(src, "- ") <= maxMarkers {
		return true
	}
	for line := range strings.Lines(src) {
		if len(line)-len(strings.TrimLeft(line, " >-+*")) > maxMarkers {
			return false
		}
	}
	return true
}

// drawer draws the blocks of one document.
type drawer struct {
	source []byte
	theme  Theme
}

// blocks draws the children of parent, with a blank line between them unless
// they are tight.
func (d *drawer) blocks(parent ast.Node, width, depth int, tight bool) []string {
	if depth > maxNesting {
		return []string{d.theme.Dim.Render(d.theme.Glyphs.Ellipsis + " nested too deeply")}
	}
	var lines []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		block := d.block(n, width, depth)
		if len(block) == 0 {
			continue
		}
		if len(lines) > 0 && !tight {
			lines = append(lines, "")
		}
		lines = append(lines, block...)
	}
	return lines
}

func (d *drawer) block(n ast.Node, width, depth int) []string {
	t := d.theme
	switch n := n.(type) {
	case *ast.Heading:
		return wrapSpans(d.inlines(n, t.Heading, 0), width)
	case *ast.Paragraph, *ast.TextBlock:
		if rows := d.rows(n); rows != nil {
			return d.table(rows, width)
		}
		skip := 0
		if n.PreviousSibling() == nil {
			skip = len(d.task(n.Parent())) // the box is the item's marker
		}
		return wrapSpans(d.inlines(n, t.Text, skip), width)
	case *ast.ThematicBreak:
		return []string{t.Border.Render(Rule(t.Glyphs.Horizontal, width))}
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return d.verbatim(n, width, t.Code)
	case *ast.HTMLBlock:
		lines := d.verbatim(n, width, t.Text)
		if n.HasClosure() {
			closure := string(n.ClosureLine.Value(d.source))
			lines = append(lines, wrapSpans([]span{{strings.TrimRight(closure, "\n"), t.Text}}, width)...)
		}
		return lines
	case *ast.Blockquote:
		return d.quote(n, width, depth)
	case *ast.List:
		return d.list(n, width, depth)
	case *ast.LinkReferenceDefinition:
		return nil
	}
	return d.blocks(n, width, depth+1, false)
}

// verbatim draws the source lines of a block, indented, each wrapped by itself.
func (d *drawer) verbatim(n ast.Node, width int, style Style) []string {
	indent := "  "
	if width-len(indent) < minContent {
		indent = ""
	}
	var lines []string
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		text := strings.TrimRight(string(segment.Value(d.source)), "\n")
		lines = append(lines, prefixed(indent, indent, wrapSpans([]span{{text, style}}, width-len(indent)))...)
	}
	return lines
}

func (d *drawer) quote(n ast.Node, width, depth int) []string {
	bar := d.theme.Border.Render(d.theme.Glyphs.Vertical) + " "
	if width-2 < minContent {
		bar = ""
	}
	quoted := *d
	quoted.theme.Text = d.theme.Text.With(d.theme.Quote)
	return prefixed(bar, bar, quoted.blocks(n, width-Width(bar), depth+1, false))
}

func (d *drawer) list(n *ast.List, width, depth int) []string {
	var lines []string
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		task := d.task(item)
		marker := d.marker(n, number, task)
		number++
		indent := blank(Width(marker))
		least := minContent
		if task != "" {
			least = 2 // whether it is done matters more than its place
		}
		if width-Width(marker) < least {
			marker, indent = "", ""
		}
		if len(lines) > 0 && !n.IsTight {
			lines = append(lines, "")
		}
		body := d.blocks(item, width-Width(marker), depth+1, n.IsTight)
		if len(body) == 0 {
			body = []string{""}
		}
		lines = append(lines, prefixed(marker, indent, body)...)
	}
	return lines
}

// marker returns what stands before a list's item: its number, a task's box, or
// a bullet.
func (d *drawer) marker(list *ast.List, number int, task string) string {
	g, accent := d.theme.Glyphs, d.theme.Accent
	marker := accent.Render(g.Bullet) + " "
	if list.IsOrdered() {
		marker = accent.Render(fmt.Sprintf("%d.", number)) + " "
	} else if task != "" {
		marker = ""
	}
	switch task {
	case taskDone:
		return marker + d.theme.OK.Render(g.Ticked) + " "
	case taskOpen:
		return marker + g.Unticked + " "
	}
	return marker
}

// prefixed puts first before the first line and rest before the others.
func prefixed(first, rest string, lines []string) []string {
	for i := range lines {
		if i == 0 {
			lines[i] = first + lines[i]
		} else if lines[i] != "" || strings.TrimSpace(rest) != "" {
			lines[i] = rest + lines[i]
		}
	}
	return lines
}
