package main

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"muster/state/clean"
	"muster/tui/widget"
)

// table sets rows, of which the first is the heads, in columns. Where they go to a terminal that
// is narrower, what does not fit stands below its row: a line that breaks anywhere cannot be read.
func table(e *env, rows [][]string) string {
	width := 0
	if file, ok := e.out.(*os.File); ok && toTerminal(e) {
		width, _, _ = term.GetSize(file.Fd())
	}
	return tableIn(rows, width)
}

// tableIn is table for a width in cells; 0 if there is none.
func tableIn(rows [][]string, width int) string {
	whole := columns(rows)
	fit := fitting(rows, width)
	if width <= 0 || len(rows) == 0 || fit == len(rows[0]) {
		return whole
	}
	first := make([][]string, len(rows))
	for i, row := range rows {
		first[i] = row[:fit]
	}
	var out strings.Builder
	for i, line := range strings.SplitAfter(columns(first), "\n")[:len(rows)] {
		out.WriteString(line)
		if i > 0 {
			below(&out, rows[0][fit:], rows[i][fit:], width)
		}
	}
	return out.String()
}

// fitting is how many columns of rows fit into a width, all or at least one, with the two blanks
// between them.
func fitting(rows [][]string, width int) int {
	total, n := 0, 0
	for n < len(rows[0]) {
		most := 0
		for _, row := range rows {
			most = max(most, widget.Width(clean.Line(row[n])))
		}
		if total += most; total > width {
			break
		}
		total += 2
		n++
	}
	return max(n, 1)
}

// below writes cells of a row, each on lines of its own behind its head.
func below(out *strings.Builder, heads, cells []string, width int) {
	label := 0
	for _, head := range heads {
		label = max(label, widget.Width(head))
	}
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		head := heads[i]
		for _, line := range widget.Wrap(cell, max(width-label-6, 10)) {
			out.WriteString("    " + head + strings.Repeat(" ", label-widget.Width(head)+2) + line + "\n")
			head = ""
		}
	}
}
