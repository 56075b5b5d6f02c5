package widget

import "strings"

// TableColumn says how a column behaves when there is too little or too much
// room.
type TableColumn struct {
	Title string
	Min   int  // cells below which it is not worth showing
	Max   int  // cells it never exceeds; 0 for no limit
	Rank  int  // 0 is never left out; of the others the highest goes first
	Grow  int  // its share of the room left over, against the others'
	Right bool // numbers stand at the right
}

// Table is a list's columns with their widths found for a set of rows.
type Table struct {
	columns []TableColumn
	widths  []int // cells; 0 for a column left out
	gap     int
	tail    string // drawn where a cell is cut
}

// tableGap is the space between two columns.
const tableGap = 2

// NewTable finds widths for columns so that rows fit into width cells: each as
// wide as its widest cell, shrunk towards its Min if that is too much, left out
// by Rank if even that is. Give the rows in view, not all of a long list.
func NewTable(t Theme, columns []TableColumn, rows [][]string, width int) Table {
	table := Table{columns: columns, widths: make([]int, len(columns)), gap: tableGap, tail: t.Glyphs.Ellipsis}
	for i, c := range columns {
		natural := Width(c.Title)
		for _, row := range rows {
			if i < len(row) {
				natural = max(natural, Width(row[i]))
			}
		}
		if c.Max > 0 {
			natural = min(natural, c.Max)
		}
		table.widths[i] = max(1, min(natural, width))
	}
	table.fit(width)
	return table
}

// fit brings the columns to width: shrink, leave out, grow.
func (t *Table) fit(width int) {
	for t.total() > width && !t.shrink(t.total()-width) && t.leaveOut() {
	}
	if over := t.total() - width; over > 0 {
		t.squeeze(over)
	}
	parts := make([]part, len(t.columns))
	for i, c := range t.columns {
		if t.widths[i] > 0 {
			parts[i] = part{max: c.Max, weight: c.Grow}
		}
	}
	grow(t.widths, parts, width-t.total())
}

// total returns the cells the columns take with the gaps between them.
func (t *Table) total() int {
	n := -t.gap
	for _, w := range t.widths {
		if w > 0 {
			n += w + t.gap
		}
	}
	return max(0, n)
}

// shrink takes over cells from the columns, always from the one furthest above
// its Min; it changes nothing and reports false if there are not so many.
func (t *Table) shrink(over int) bool {
	spare := 0
	for i, c := range t.columns {
		spare += max(0, t.widths[i]-max(1, c.Min))
	}
	if spare < over {
		return false
	}
	for range over {
		widest := 0
		for i, c := range t.columns {
			if t.widths[i]-max(1, c.Min) > t.widths[widest]-max(1, t.columns[widest].Min) {
				widest = i
			}
		}
		t.widths[widest]--
	}
	return true
}

// leaveOut drops the column of the highest rank; false if none may go.
func (t *Table) leaveOut() bool {
	drop := -1
	for i, c := range t.columns {
		if t.widths[i] > 0 && c.Rank > 0 && (drop < 0 || c.Rank >= t.columns[drop].Rank) {
			drop = i
		}
	}
	if drop >= 0 {
		t.widths[drop] = 0
	}
	return drop >= 0
}

// squeeze takes over cells from the right, below every Min: the room is hopeless.
func (t *Table) squeeze(over int) {
	for i := len(t.widths) - 1; i > 0 && over > 0; i-- {
		if t.widths[i] == 0 {
			continue
		}
		if left := t.widths[i] - over; left > 0 {
			t.widths[i] = left
			return
		}
		over -= t.widths[i] + t.gap
		t.widths[i] = 0
	}
	if len(t.widths) > 0 {
		t.widths[0] = max(0, t.widths[0]-max(0, over))
	}
}

// Row draws cells, which are lines, under their columns. Rows of one table are
// equally wide, and never wider than the table was made for.
func (t Table) Row(cells ...string) string {
	var b strings.Builder
	first := true
	for i, w := range t.widths {
		if w == 0 {
			continue
		}
		if !first {
			b.WriteString(blank(t.gap))
		}
		first = false
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		cell, missing := padding(cell, w, t.tail)
		if t.columns[i].Right {
			b.WriteString(blank(missing))
			missing = 0
		}
		b.WriteString(cell)
		b.WriteString(blank(missing))
	}
	return b.String()
}

// Titles draws the columns' titles.
func (t Table) Titles(style Style) string {
	titles := make([]string, len(t.columns))
	for i, c := range t.columns {
		titles[i] = style.Render(c.Title)
	}
	return t.Row(titles...)
}
