package terminal

import (
	uv "github.com/charmbracelet/ultraviolet"
)

// A measured screen takes cells that were laid out as most terminals measure them, and
// puts each where it stands when measure says how many cells it takes.
type measured struct {
	uv.ScreenBuffer
	measure func(cluster string) int
	rows    []measuredRow
}

// A measuredRow is how far a row was drawn.
type measuredRow struct {
	end   int // the column after its last cell, as it was laid out
	last  int // the column of its last cell, as it stands
	shift int // how much farther to the right than laid out the next one stands
}

// onMeasured is a screen that measures, over cells.
func onMeasured(cells uv.ScreenBuffer, measure func(string) int) uv.Screen {
	return &measured{ScreenBuffer: cells, measure: measure, rows: make([]measuredRow, cells.Height())}
}

// CellAt implements uv.Screen: only the last cell of a row is ever asked for, by a mark
// that belongs to it.
func (m *measured) CellAt(x, y int) *uv.Cell {
	if y < 0 || y >= len(m.rows) {
		return nil
	}
	return m.ScreenBuffer.CellAt(m.rows[y].last, y)
}

// SetCell implements uv.Screen.
func (m *measured) SetCell(x, y int, c *uv.Cell) {
	if c == nil || y < 0 || y >= len(m.rows) {
		m.ScreenBuffer.SetCell(x, y, c)
		return
	}
	row := &m.rows[y]
	if x < row.end {
		m.ScreenBuffer.SetCell(row.last, y, c) // a mark was added to it
		return
	}
	cell := *c
	if len(c.Content) > 1 {
		cell.Width = m.measure(c.Content)
	}
	row.last = x + row.shift
	m.ScreenBuffer.SetCell(row.last, y, &cell)
	row.end, row.shift = x+c.Width, row.shift+cell.Width-c.Width
}
