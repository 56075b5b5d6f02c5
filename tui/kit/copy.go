package kit

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"muster/state/clean"
	"muster/tui/widget"
)

// This file gives texts to the person's own machine. A terminal takes a text for its
// clipboard or does not, and never says which; so what was sent is also shown, to be
// selected with the mouse.

// Copy sends a text to the terminal's clipboard, and says so. What does not fit into the
// footer is shown whole, with nothing beside it.
func (u *UI) Copy(what, text string) tea.Cmd {
	if u.ByLine { // there is nothing that would take it
		return u.Show(&bare{ui: u, what: what, text: text})
	}
	sent := tea.Raw(ansi.SetSystemClipboard(text))
	u.Say("Sent to the terminal's clipboard: " + text)
	if widget.Width(clean.Line(text)) > u.Width-40 || clean.Line(text) != text {
		u.Say("")
		return tea.Batch(sent, u.Show(&bare{ui: u, what: what, text: text}))
	}
	return sent
}

// BarePlace is a text with nothing beside it, to be selected.
func BarePlace() Place { return Place{Name: "text to select", Is: Over | Page | Shut} }

// A bare is a text over the whole terminal, without a frame. The mouse is the terminal's
// meanwhile.
type bare struct {
	Quiet
	ui         *UI
	what, text string // text is raw
	first, h   int
	lines      int
}

// Place implements Part.
func (b *bare) Place() Place { return BarePlace() }

// Leaves implements Leaver: enter does the same, and says so.
func (b *bare) Leaves() string { return "" }

// Move implements Mover.
func (b *bare) Move(m Motion) tea.Cmd {
	last := max(0, b.lines-b.h)
	b.first = min(last, m.Step(b.first, b.lines, b.h))
	return nil
}

// View implements Part: the text alone, and a line above and below it.
func (b *bare) View(w, h int) ([]string, *tea.Cursor) {
	t := b.ui.Theme
	body := widget.Wrap(clean.Text(b.text), w)
	b.lines, b.h = len(body), max(1, h-2)
	b.first = min(b.first, max(0, b.lines-b.h))
	head := "Sent to the terminal's clipboard, if it takes that. " + b.what + ", to select with the mouse:"
	lines := []string{t.Dim.Render(widget.Pad(clean.Line(head), w))}
	lines = append(lines, widget.Fit(body[b.first:min(len(body), b.first+b.h)], w, b.h)...)
	foot := widget.Spread(b.ui.Hints(BarePlace(), w-16), t.Dim.Render(widget.Position(b.lines, b.h, b.first)), w)
	return append(lines, foot), nil
}

// Whole implements whole.
func (b *bare) Whole() {}

// A whole dialog has the whole terminal.
type whole interface{ Whole() }
