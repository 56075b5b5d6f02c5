package incident

import (
	"strings"

	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Page is text being drawn line by line.
type Page struct {
	T     widget.Theme
	W     int // cells
	Lines []string
}

// Add adds lines as they are.
func (p *Page) Add(lines ...string) { p.Lines = append(p.Lines, lines...) }

// Gap sets what follows apart.
func (p *Page) Gap() {
	if n := len(p.Lines); n > 0 && p.Lines[n-1] != "" {
		p.Add("")
	}
}

// Text adds raw text, wrapped.
func (p *Page) Text(style widget.Style, text string) {
	for _, line := range widget.Wrap(clean.Text(text), p.W) {
		p.Add(style.Render(line))
	}
}

// Labelled adds "label text", the text hanging below itself; nothing if it is "".
func (p *Page) Labelled(label, text string) {
	if p.T.Spoken() {
		label = kit.Labelled(label)
	}
	p.Hanging(p.T.Dim, label+" ", p.T.Text, text)
}

// Hanging adds raw text behind a mark, wrapped and hanging below itself.
func (p *Page) Hanging(markStyle widget.Style, mark string, style widget.Style, text string) {
	if text == "" {
		return
	}
	indent := widget.Width(mark)
	for i, line := range widget.Wrap(clean.Text(text), max(8, p.W-indent)) {
		before := strings.Repeat(" ", indent)
		if i == 0 {
			before = markStyle.Render(mark)
		}
		p.Add(before + style.Render(line))
	}
}
