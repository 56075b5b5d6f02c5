package widget

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Task lists and tables are read here and not by goldmark's extensions, which
// would triple what Markdown adds to the program's start.

// taskOpen and taskDone are how the source writes a task's box.
const (
	taskOpen = "[ ] "
	taskDone = "[x] "
)

// task returns an item's box as the source has it, "" if the item is no task.
func (d *drawer) task(item ast.Node) string {
	first := item.FirstChild()
	if item.Kind() != ast.KindListItem || first == nil {
		return ""
	}
	if first.Kind() != ast.KindTextBlock && first.Kind() != ast.KindParagraph || first.Lines().Len() == 0 {
		return ""
	}
	segment := first.Lines().At(0)
	line := segment.Value(d.source)
	if len(line) <= len(taskOpen) {
		return ""
	}
	switch box := strings.ToLower(string(line[:len(taskOpen)])); box {
	case taskOpen, taskDone:
		return box
	}
	return ""
}

// rows returns the cells of a paragraph that is a table, nil if it is none: a
// title row, a row of dashes with as many cells, and the rest.
func (d *drawer) rows(n ast.Node) [][]string {
	lines := n.Lines()
	if lines.Len() < 2 {
		return nil
	}
	row := func(i int) []string {
		segment := lines.At(i)
		return splitRow(string(segment.Value(d.source)))
	}
	titles := row(0)
	if len(titles) == 0 || !isDelimiter(row(1), len(titles)) {
		return nil
	}
	rows := [][]string{titles}
	for i := 2; i < lines.Len(); i++ {
		cells := make([]string, len(titles))
		copy(cells, row(i))
		rows = append(rows, cells)
	}
	return rows
}

// splitRow takes a table's row apart at its pipes; nil if there are none.
func splitRow(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.Contains(line, "|") {
		return nil
	}
	line = strings.TrimPrefix(line, "|")
	var cells []string
	start := 0
	for i := 0; i < len(line); i++ {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			cells = append(cells, cellText(line[start:i]))
			start = i + 1
		}
	}
	if start < len(line) {
		cells = append(cells, cellText(line[start:]))
	}
	return cells
}

func cellText(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, `\|`, "|")) }

func isDelimiter(cells []string, n int) bool {
	for _, cell := range cells {
		dashes := strings.TrimSuffix(strings.TrimPrefix(cell, ":"), ":")
		if dashes == "" || strings.Trim(dashes, "-") != "" {
			return false
		}
	}
	return len(cells) == n
}

// table draws a table's rows with their columns aligned, or, where they do not
// fit, one cell a line behind its column's title: nothing is cut.
func (d *drawer) table(rows [][]string, width int) []string {
	spans := make([][][]span, len(rows))
	drawn := make([][]string, len(rows))
	style := d.theme.Text.With(d.theme.Strong)
	for i, row := range rows {
		for _, cell := range row {
			s := d.cell(cell, style)
			spans[i] = append(spans[i], s)
			drawn[i] = append(drawn[i], drawSpans(s))
		}
		style = d.theme.Text
	}
	table := NewTable(d.theme, make([]TableColumn, len(rows[0])), drawn, maxMarkdown)
	if table.total() > width {
		return records(spans, width)
	}
	lines := []string{table.Row(drawn[0]...), d.theme.Border.Render(Rule(d.theme.Glyphs.Horizontal, table.total()))}
	for _, cells := range drawn[1:] {
		lines = append(lines, table.Row(cells...))
	}
	return lines
}

// cell returns the spans of a cell, which is a document of its own.
func (d *drawer) cell(source string, style Style) []span {
	if strings.IndexFunc(source, isMarkup) < 0 {
		return []span{{source, style}}
	}
	c := drawer{source: []byte(source), theme: d.theme}
	root := markdownParser().Parse(text.NewReader(c.source))
	first := root.FirstChild()
	if first == nil || first.NextSibling() != nil || first.Kind() != ast.KindParagraph {
		return []span{{source, style}}
	}
	return c.inlines(first, style, 0)
}

// isMarkup reports whether r can make a cell more than plain text.
func isMarkup(r rune) bool { return r < 0x80 && isPunctuation(byte(r)) }

// records draws the rows below the first as "title: cell" lines.
func records(rows [][][]span, width int) []string {
	var lines []string
	for i, row := range rows[1:] {
		if i > 0 {
			lines = append(lines, "")
		}
		for k, cell := range row {
			line := append([]span{}, rows[0][k]...)
			line = append(line, span{text: ": "})
			lines = append(lines, wrapSpans(append(line, cell...), width)...)
		}
	}
	return lines
}
