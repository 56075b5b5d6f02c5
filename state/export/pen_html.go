package export

import (
	"bufio"
	_ "embed"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"muster/state/clean"
)

// sheetOfStyle is how the html format looks, on screens and on paper.
//
//go:embed report.css
var sheetOfStyle string

// An htmlPen draws in HTML: one file, without scripts, and nothing in it asks for
// another.
type htmlPen struct {
	out     *bufio.Writer
	depth   int      // how many lists are open
	inTable bool     // a table is
	name    markdown // the last heading, which says what a table holds
	buf     []byte
}

func (p *htmlPen) write(parts ...string) {
	for _, part := range parts {
		p.out.WriteString(part)
	}
}

// inline writes a text within a block.
func (p *htmlPen) inline(text markdown) {
	p.buf = appendInline(p.buf[:0], text)
	p.out.Write(p.buf)
}

// begin writes all that stands before the report. foot stands at the foot of each page
// on paper; it is of letters, digits and what cannot end a string in CSS.
func (p *htmlPen) begin(title, foot string, drill bool, refresh string) {
	p.write(`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
`, refresh, `<title>`, html.EscapeString(clean.Line(title)), "</title>\n<style>\n", sheetOfStyle)
	head := foot
	if drill {
		head = exercise + "  " + exercise + "  " + exercise + "  " + foot
	}
	p.write("@page { @top-center { content: \"", head, "\" } }\n</style></head>\n")
	if drill {
		p.write("<body class=\"drill\"><p class=\"bar\">", exercise, " ", exercise, " ", exercise, "</p>\n<main>\n")
		return
	}
	p.write("<body><main>\n")
}

// finish writes what stands behind it.
func (p *htmlPen) finish() {
	p.close()
	p.write("</main></body></html>\n")
}

// close ends the lists and the table that are open.
func (p *htmlPen) close() {
	for ; p.depth > 0; p.depth-- {
		p.write("</li></ul>\n")
	}
	if p.inTable {
		p.inTable = false
		p.write("</tbody></table>\n")
	}
}

func (p *htmlPen) heading(level int, id string, text markdown) {
	p.close()
	p.name = text
	h := "h" + strconv.Itoa(level)
	p.write("<", h)
	if id != "" {
		p.write(` id="`, html.EscapeString(id), `"`)
	}
	p.write(">")
	p.inline(text)
	p.write("</", h, ">\n")
}

func (p *htmlPen) para(text markdown) { p.block(`<p>`, text) }

func (p *htmlPen) quote(text markdown) { p.block(`<p class="warn">`, text) }

func (p *htmlPen) block(tag string, text markdown) {
	p.close()
	p.write(tag)
	p.inline(text)
	p.write("</p>\n")
}

func (p *htmlPen) item(depth int, text markdown) {
	if p.inTable {
		p.close()
	}
	switch {
	case p.depth == depth+1:
		p.write("</li>\n<li>")
	case p.depth > depth+1:
		for ; p.depth > depth+1; p.depth-- {
			p.write("</li></ul>\n")
		}
		p.write("</li>\n<li>")
	default:
		for ; p.depth <= depth; p.depth++ {
			p.write("<ul><li>")
		}
	}
	p.inline(text)
}

func (p *htmlPen) table(name markdown, columns []markdown) {
	p.close()
	p.inTable = true
	if name == "" {
		name = p.name
	}
	p.write("<table><caption>")
	p.inline(name)
	p.write("</caption><thead><tr>")
	for _, column := range columns {
		p.write(`<th scope="col">`)
		p.inline(column)
		p.write("</th>")
	}
	p.write("</tr></thead><tbody>\n")
}

func (p *htmlPen) row(entries []uint64, cells []markdown) {
	p.write("<tr")
	for i, seq := range entries {
		if i == 0 {
			p.write(` id="`, entryID(seq), `"`)
		}
	}
	p.write(">")
	for i, cell := range cells {
		p.write("<td", classOf(cell), ">")
		if i == 0 && len(entries) > 1 {
			for _, seq := range entries[1:] {
				p.write(`<a id="`, entryID(seq), `"></a>`)
			}
		}
		p.inline(cell)
		p.write("</td>")
	}
	p.write("</tr>\n")
}

func (p *htmlPen) end() { p.close() }

func (p *htmlPen) code(_, text string) {
	p.close()
	p.write("<pre>", html.EscapeString(text), "</pre>\n")
}

func (p *htmlPen) onto(out *bufio.Writer) pen { return &htmlPen{out: out, inTable: true} }

// maxWord is how long a word may be that is not broken.
const maxWord = 22

// duration is how long something lasted, as a cell of its own.
var duration = regexp.MustCompile(`^−?(\d+ (d|h|min|s) ?)+$`)

// classOf is how a cell is set: a time stays on its line, and so does a number; a word that
// is too long for any column, such as a hash, may be broken anywhere.
func classOf(cell markdown) string {
	first, _, _ := strings.Cut(string(cell), ","+lineBreak)
	if len(first) >= len("2026-11-24 02:41") && len(first) <= len("2026-11-24 02:41:07 +01:00") && first[4] == '-' && first[10] == ' ' {
		return ` class="t"`
	}
	if len(cell) <= len("−100 d 23 h 59 min") && duration.MatchString(string(cell)) {
		return ` class="t"`
	}
	word := 0
	for i := range len(cell) {
		if word++; cell[i] == ' ' || cell[i] == '-' {
			word = 0
		}
		if word > maxWord {
			return ` class="w"`
		}
	}
	return ""
}

// An inliner writes a text of the report's own Markdown as HTML. Of that there are only
// strong, struck and code, links within the page, line breaks, and texts from outside in
// which everything that could be one of them is escaped: see escaped.
type inliner struct {
	dst  []byte
	open []string // the elements that are, outermost first
}

// toggle begins an element, or ends it with all in it.
func (w *inliner) toggle(tag string) {
	if !slices.Contains(w.open, tag) {
		w.open = append(w.open, tag)
		w.add("<", tag, ">")
		return
	}
	for {
		last := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		w.add("</", last, ">")
		if last == tag {
			return
		}
	}
}

func (w *inliner) add(parts ...string) {
	for _, part := range parts {
		w.dst = append(w.dst, part...)
	}
}

// appendInline appends a text as HTML.
func appendInline(dst []byte, text markdown) []byte {
	w := inliner{dst: dst}
	for i := 0; i < len(text); i++ {
		next := byte(0)
		if i+1 < len(text) {
			next = text[i+1]
		}
		switch c := text[i]; {
		case c == '`':
			w.toggle("code")
		case c == '\\' && next == '\n':
			i++
			w.add("<br>")
		case c == '\\' && next != 0:
			i++
			w.dst = appendByte(w.dst, next)
		case c == '*' && next == '*':
			i++
			w.toggle("strong")
		case c == '~' && next == '~':
			i++
			w.toggle("del")
		case c == '[':
			i += w.link(text[i:])
		case c == '&': // of an entity
			w.dst = append(w.dst, '&')
		default:
			w.dst = appendByte(w.dst, c)
		}
	}
	if len(w.open) > 0 {
		w.toggle(w.open[0])
	}
	return w.dst
}

// link writes the link with which a text begins, and says at which byte it ends.
func (w *inliner) link(text markdown) int {
	label, rest, _ := strings.Cut(string(text[1:]), "](#")
	target, _, _ := strings.Cut(rest, ")")
	w.add(`<a href="#`, html.EscapeString(target), `">`)
	w.dst = appendInline(w.dst, markdown(label))
	w.add("</a>")
	return len("[") + len(label) + len("](#") + len(target)
}

// appendByte writes a byte of a text so that it is no HTML.
func appendByte(dst []byte, c byte) []byte {
	switch c {
	case '<':
		return append(dst, "&lt;"...)
	case '>':
		return append(dst, "&gt;"...)
	case '&':
		return append(dst, "&amp;"...)
	case '"':
		return append(dst, "&#34;"...)
	}
	return append(dst, c)
}
