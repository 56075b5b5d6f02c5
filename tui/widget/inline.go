package widget

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"

	"muster/state/clean"
)

// maxInline is how deep emphasis and links are followed into each other.
const maxInline = 32

// maxEntity is the longest HTML entity with its & and ;.
const maxEntity = 34

// inlines returns the text below n, without its first skip bytes, as spans.
func (d *drawer) inlines(n ast.Node, style Style, skip int) []span {
	i := inliner{drawer: d}
	if skip > 0 {
		i.from = n.Lines().At(0).Start + skip
	}
	i.children(n, style, 0)
	return i.spans
}

// inliner collects the spans of one block.
type inliner struct {
	*drawer
	spans []span
	from  int // offset in the source before which text is not drawn
}

func (i *inliner) add(text string, style Style) {
	if text != "" {
		i.spans = append(i.spans, span{text, style})
	}
}

func (i *inliner) children(n ast.Node, style Style, depth int) {
	if depth > maxInline {
		i.add(i.theme.Glyphs.Ellipsis, i.theme.Dim)
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		i.inline(c, style, depth)
	}
}

func (i *inliner) inline(n ast.Node, style Style, depth int) {
	t := i.theme
	switch n := n.(type) {
	case *ast.Text:
		i.text(n, style)
	case *ast.String:
		i.add(clean.Line(string(n.Value)), style)
	case *ast.CodeSpan:
		i.add(i.rawText(n), style.With(t.Code))
	case *ast.Emphasis:
		over := t.Emphasis
		if n.Level > 1 {
			over = t.Strong
		}
		i.children(n, style.With(over), depth+1)
	case *ast.Link:
		i.link(n, string(n.Destination), style, depth)
	case *ast.Image:
		i.link(n, string(n.Destination), style, depth)
	case *ast.AutoLink:
		i.add(clean.Line(string(n.Label(i.source))), style.With(t.Link))
	case *ast.RawHTML:
		for k := range n.Segments.Len() {
			segment := n.Segments.At(k)
			i.add(string(segment.Value(i.source)), style)
		}
	default:
		i.children(n, style, depth+1)
	}
}

func (i *inliner) text(n *ast.Text, style Style) {
	segment := n.Segment
	segment.Start = min(max(segment.Start, i.from), segment.Stop)
	value := string(segment.Value(i.source))
	if !n.IsRaw() {
		value = decode(value)
	}
	switch {
	case n.HardLineBreak():
		value += "\n"
	case n.SoftLineBreak():
		value += " "
	}
	i.add(value, style)
}

// rawText returns a code span's text; a line break in it is a space.
func (i *inliner) rawText(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if text, ok := c.(*ast.Text); ok {
			b.Write(text.Segment.Value(i.source))
		}
	}
	return strings.ReplaceAll(b.String(), "\n", " ")
}

// link draws a link's text and its address, so that one sees where it leads.
func (i *inliner) link(n ast.Node, address string, style Style, depth int) {
	before := len(i.spans)
	i.children(n, style.With(i.theme.Link), depth+1)
	address = decode(address)
	var shown strings.Builder
	for _, s := range i.spans[before:] {
		shown.WriteString(s.text)
	}
	switch shown.String() {
	case address:
	case "":
		i.add(address, style.With(i.theme.Link))
	default:
		i.add(" ", style)
		i.add("("+address+")", style.With(i.theme.Dim))
	}
}

// decode resolves backslash escapes and entities, which the parser leaves in the
// text, and cleans what comes of it: &#x1b; is an escape character.
func decode(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && isPunctuation(s[i+1]):
			b.WriteByte(s[i+1])
			i += 2
		case s[i] == '&':
			n := entityLen(s[i:])
			b.WriteString(html.UnescapeString(s[i : i+n]))
			i += n
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return clean.Line(b.String())
}

// entityLen returns the length of the entity at the start of s, 1 if none ends
// within reach.
func entityLen(s string) int {
	if n := strings.IndexByte(s[:min(len(s), maxEntity)], ';'); n > 0 {
		return n + 1
	}
	return 1
}

func isPunctuation(b byte) bool {
	return b > ' ' && b < 0x7f && !(b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z')
}
