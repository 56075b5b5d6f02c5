package export

import (
	"bufio"
	"strings"
)

// An mdPen draws in Markdown.
type mdPen struct{ out *bufio.Writer }

// write leaves errors to the writer, which keeps the first.
func (p *mdPen) write(parts ...markdown) {
	for _, part := range parts {
		p.out.WriteString(string(part))
	}
}

func (p *mdPen) heading(level int, _ string, text markdown) {
	p.write(markdown(strings.Repeat("#", level)), " ", unlinked(text), "\n\n")
}

func (p *mdPen) para(text markdown) { p.write(unlinked(text), "\n\n") }

func (p *mdPen) quote(text markdown) { p.write("> ", unlinked(text), "\n\n") }

func (p *mdPen) item(depth int, text markdown) {
	indent := strings.Repeat("  ", depth)
	text = markdown(strings.ReplaceAll(string(unlinked(text)), lineBreak, lineBreak+indent+"  "))
	p.write(markdown(indent), "- ", text, "\n")
}

func (p *mdPen) table(_ markdown, columns []markdown) {
	p.row(nil, columns)
	p.write(markdown(strings.Repeat("|---", len(columns))), "|\n")
}

func (p *mdPen) row(_ []uint64, cells []markdown) {
	for _, cell := range cells {
		p.write("| ", markdown(strings.ReplaceAll(string(unlinked(cell)), lineBreak, " ")), " ") // a line is a row
	}
	p.write("|\n")
}

func (p *mdPen) end() { p.write("\n") }

func (p *mdPen) code(language, text string) {
	p.write("```", markdown(language), "\n", markdown(text), "```\n\n")
}

func (p *mdPen) onto(out *bufio.Writer) pen { return &mdPen{out} }

// unlinked is a text without what leads to entries: Markdown has no way to mark a row
// that would not be HTML. What leads to a heading stays.
func unlinked(text markdown) markdown {
	if !strings.Contains(string(text), "](#e") {
		return text
	}
	return withoutLinks(text, func(target string) bool { return strings.HasPrefix(target, "annex-") })
}
