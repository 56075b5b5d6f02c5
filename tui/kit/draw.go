package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/widget"
)

// Smallest terminal the screens can be drawn on.
const (
	MinWidth  = 40 // cells
	MinHeight = 12 // rows
)

// View draws the top screen and the dialogs over it.
func (u *UI) View() tea.View {
	var v tea.View
	v.AltScreen = true
	v.WindowTitle = u.windowTitle()
	if s, ok := u.Screen().(Running); ok && !u.NoBar {
		v.ProgressBar = s.Progress()
	}
	if _, alone := u.Top().(whole); u.Mouse && !alone {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if u.Width <= 0 || u.Height <= 0 {
		return v
	}
	lines, cursor := u.draw()
	content := strings.Join(lines, "\n")
	if u.ASCII {
		content = asciiSigns().Replace(content)
	}
	v.SetContent(u.Links.put(content))
	v.Cursor = cursor
	return v
}

// asciiSigns replaces what muster itself writes beyond ASCII. Other people's
// words are left as they are.
func asciiSigns() *strings.Replacer { return strings.NewReplacer(widget.PlainSigns()...) }

// A Headed screen has a window title of its own, says what fits a tiny terminal,
// and may be of a drill, which is marked above and below it.
type Headed interface {
	WindowTitle() string
	Essence() []string
	IsDrill() bool
}

// A Running screen says how near the end of something is, for the tab; nil if nothing has
// an end.
type Running interface{ Progress() *tea.ProgressBar }

func (u *UI) windowTitle() string {
	if s, ok := u.Screen().(Headed); ok {
		return s.WindowTitle()
	}
	return "muster"
}

func (u *UI) draw() ([]string, *tea.Cursor) {
	if u.Width < MinWidth || u.Height < MinHeight {
		return u.tooSmall(), nil
	}
	band := u.band()
	lines, cursor := u.Screen().View(u.Width, u.Height-2*band)
	if band > 0 {
		line := u.Exercise(u.Width)
		lines = append(append([]string{line}, lines...), line)
		if cursor != nil {
			cursor.Y += band
		}
	}
	for _, d := range u.dialogs {
		area := u.dialogArea(d)
		var box []string
		box, cursor = d.View(area.W, area.H)
		if len(box) == 0 {
			continue
		}
		x, y := u.dialogAt(box)
		if y <= 1+band { // it covers the line that says who acts
			box = signed(u, d, box)
		}
		lines = widget.Overlay(lines, box, x, y)
		if cursor != nil {
			cursor.X += x
			cursor.Y += y
		}
	}
	return lines, cursor
}

// An Acting screen says in whose name the next act is recorded, and as of when; "" if nothing
// is recorded from it.
type Acting interface{ Acting() string }

// signed writes into the lower edge of a dialog what the screen below it says of the next act. A
// form with fields has them for it.
func signed(u *UI, d Dialog, box []string) []string {
	s, ok := u.Screen().(Acting)
	_, all := d.(whole)
	if !ok || all || d.Place().Is&Fields != 0 {
		return box
	}
	t, w, says := u.Theme, widget.Width(box[0]), s.Acting()
	g, rest := t.Glyphs, w-widget.Width(says)-5
	if says == "" || rest < 1 {
		return box
	}
	edge := t.Border.Render(g.CornerBottomLeft+widget.Rule(g.Horizontal, rest)) + t.Dim.Render(" "+says+" ") + t.Border.Render(g.Horizontal+g.CornerBottomRight)
	return append(box[:len(box)-1:len(box)-1], edge)
}

// An Area is a size in cells.
type Area struct {
	W, H int // columns, rows
}

// dialogArea is the most a dialog may take.
func (u *UI) dialogArea(d Dialog) Area {
	if _, all := d.(whole); all {
		return Area{W: u.Width, H: u.Height - 2*u.band()}
	}
	return Area{W: min(u.Width-2, 84), H: u.Height - 2 - 2*u.band()}
}

func (u *UI) dialogAt(box []string) (x, y int) {
	return max(0, (u.Width-widget.Width(box[0]))/2), max(0, (u.Height-len(box))/2)
}

// band is how many rows the mark of a drill takes at the top, and at the bottom.
func (u *UI) band() int {
	if s, ok := u.Screen().(Headed); ok && s.IsDrill() {
		return 1
	}
	return 0
}

// Exercise is the band over and under every screen of a drill.
func (u *UI) Exercise(w int) string {
	return u.Theme.Exercise.Render(widget.Pad(strings.Repeat(" EXERCISE ", w/10+1)[:w], w))
}

// tooSmall says what the terminal lacks, and what matters most even so.
func (u *UI) tooSmall() []string {
	var lines []string
	if s, ok := u.Screen().(Headed); ok {
		lines = s.Essence()
	}
	lines = append(lines, "Too small: muster needs", "40 × 12; this is "+sizeText(u.Width, u.Height)+".")
	return widget.Fit(lines, u.Width, u.Height)
}
