package tuitest

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// The size of a cell in a picture, in pixels, and the colours where the program
// sets none.
const (
	cellWidth  = 8.4
	cellHeight = 18
	baseline   = 13.5
	ink        = "#e6edf3"
	paper      = "#0d1117"
)

// Picture is the screen as an SVG image, cell by cell.
func (term *Terminal) Picture() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`+"\n",
		float64(term.W)*cellWidth+16, term.H*cellHeight+16)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", paper)
	for y := range term.H {
		for x := 0; x < term.W; {
			x = term.drawRun(&b, x, y)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawRun draws the cells from x on that look alike, and returns where they end.
func (term *Terminal) drawRun(b *strings.Builder, x, y int) int {
	first := term.emu.CellAt(x, y)
	if first == nil {
		return x + 1
	}
	style, text, end := first.Style, "", x
	for end < term.W {
		cell := term.emu.CellAt(end, y)
		if cell == nil || !cell.Style.Equal(&style) {
			break
		}
		content := cell.Content
		if content == "" {
			content = " "
		}
		text += content
		end += max(1, cell.Width)
	}
	front, back := hex(style.Fg, ink), hex(style.Bg, paper)
	if style.Attrs&uv.AttrReverse != 0 {
		front, back = back, front
	}
	left, width := 8+float64(x)*cellWidth, float64(end-x)*cellWidth
	if back != paper {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", left, 8+y*cellHeight, width, cellHeight, back)
	}
	if strings.TrimSpace(text) != "" {
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" fill="%s"%s textLength="%.1f" xml:space="preserve">%s</text>`+"\n",
			left, 8+float64(y*cellHeight)+baseline, front, attributes(style), width, html.EscapeString(text))
	}
	return end
}

func attributes(style uv.Style) string {
	out := ""
	if style.Attrs&uv.AttrBold != 0 {
		out += ` font-weight="bold"`
	}
	if style.Attrs&uv.AttrItalic != 0 {
		out += ` font-style="italic"`
	}
	if style.Attrs&uv.AttrFaint != 0 {
		out += ` opacity="0.6"`
	}
	return out
}

func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
