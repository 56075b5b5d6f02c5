package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"muster/state/clean"
	"muster/tui/widget"
)

// A part is a screen or a dialog: something that can have the keys.
type part interface {
	scope() scope
	// update takes what no action of the table took: typing, pastes.
	update(msg tea.Msg) tea.Cmd
	// view draws w×h cells, or less, and says where the text cursor stands.
	view(w, h int) ([]string, *tea.Cursor)
	// click is a press of the left button at a cell of what view drew.
	click(x, y int) tea.Cmd
}

// A screen fills the terminal.
type screen interface{ part }

// A dialog lies over a screen.
type dialog interface{ part }

// A mover has a cursor that the movement actions move.
type mover interface{ move(m motion) tea.Cmd }

// A clocked screen may show running clocks.
type clocked interface{ clocks() bool }

// A motion is one movement of a cursor in a list.
type motion int

const (
	up motion = iota
	down
	pageUp
	pageDown
	toTop
	toBottom
	wheelUp
	wheelDown
)

// step is where a motion leads from cursor in a list of n rows, of which page
// are seen.
func (m motion) step(cursor, n, page int) int {
	page = max(1, page-1)
	to := map[motion]int{
		up: cursor - 1, down: cursor + 1, pageUp: cursor - page, pageDown: cursor + page,
		toTop: 0, toBottom: n - 1, wheelUp: cursor - 3, wheelDown: cursor + 3,
	}[m]
	return max(0, min(n-1, to))
}

// push puts a screen on top.
func (a *App) push(s screen) { a.screens = append(a.screens, s) }

// pop leaves the top screen, unless it is the last.
func (a *App) pop() {
	if len(a.screens) > 1 {
		a.screens = a.screens[:len(a.screens)-1]
	}
}

// show puts a dialog on top.
func (a *App) show(d dialog) tea.Cmd {
	a.dialogs = append(a.dialogs, d)
	return nil
}

// hide takes a dialog away, wherever it lies.
func (a *App) hide(d dialog) {
	for i := range a.dialogs {
		if a.dialogs[i] == d {
			a.dialogs = append(a.dialogs[:i:i], a.dialogs[i+1:]...)
			return
		}
	}
}

// Smallest terminal the screens can be drawn on.
const (
	minWidth  = 40 // cells
	minHeight = 12 // rows
)

// View draws the top screen and the dialogs over it.
func (a *App) View() tea.View {
	var v tea.View
	v.AltScreen = true
	v.WindowTitle = a.windowTitle()
	if a.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if a.width <= 0 || a.height <= 0 {
		return v
	}
	lines, cursor := a.draw()
	content := strings.Join(lines, "\n")
	if a.opts.ASCII {
		content = asciiSigns().Replace(content)
	}
	v.SetContent(content)
	v.Cursor = cursor
	return v
}

// asciiSigns replaces what muster itself writes beyond ASCII. Other people's
// words are left as they are.
func asciiSigns() *strings.Replacer {
	return strings.NewReplacer("…", "~", "—", "-", "×", "x", "←", "left", "→", "right")
}

func (a *App) windowTitle() string {
	o := a.incident()
	switch {
	case o == nil:
		return "muster"
	case o.isDrill():
		return "EXERCISE muster " + clean.Line(o.inc.ID)
	}
	return "muster " + clean.Line(o.inc.ID)
}

func (a *App) draw() ([]string, *tea.Cursor) {
	if a.width < minWidth || a.height < minHeight {
		return a.tooSmall(), nil
	}
	band := a.band()
	lines, cursor := a.screen().view(a.width, a.height-2*band)
	if band > 0 {
		line := a.exercise(a.width)
		lines = append(append([]string{line}, lines...), line)
		if cursor != nil {
			cursor.Y += band
		}
	}
	for _, d := range a.dialogs {
		area := a.dialogArea()
		var box []string
		box, cursor = d.view(area.w, area.h)
		if len(box) == 0 {
			continue
		}
		x, y := a.dialogAt(box)
		lines = widget.Overlay(lines, box, x, y)
		if cursor != nil {
			cursor.X += x
			cursor.Y += y
		}
	}
	return lines, cursor
}

type area struct{ w, h int }

// dialogArea is the most a dialog may take.
func (a *App) dialogArea() area {
	return area{w: min(a.width-2, 84), h: a.height - 2 - 2*a.band()}
}

func (a *App) dialogAt(box []string) (x, y int) {
	return max(0, (a.width-widget.Width(box[0]))/2), max(0, (a.height-len(box))/2)
}

// band is how many rows the mark of a drill takes at the top, and at the bottom.
func (a *App) band() int {
	if o := a.incident(); o != nil && o.isDrill() {
		return 1
	}
	return 0
}

// exercise is the band over and under every screen of a drill.
func (a *App) exercise(w int) string {
	return a.theme.Exercise.Render(widget.Pad(strings.Repeat(" EXERCISE ", w/10+1)[:w], w))
}

// tooSmall says what the terminal lacks, and what matters most even so.
func (a *App) tooSmall() []string {
	var lines []string
	if o := a.incident(); o != nil {
		lines = o.essence()
	}
	lines = append(lines, "Too small: muster needs", "40 × 12; this is "+sizeText(a.width, a.height)+".")
	return widget.Fit(lines, a.width, a.height)
}

// copied puts text on the clipboard of the person's own machine, by the terminal.
func copied(text string) tea.Cmd { return tea.Raw(ansi.SetSystemClipboard(text)) }

// mouseMsg turns the wheel into movement and hands clicks to who was hit.
func (a *App) mouseMsg(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	top := a.top()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		way, ok := map[tea.MouseButton]motion{tea.MouseWheelUp: wheelUp, tea.MouseWheelDown: wheelDown}[m.Button]
		if r, run := top.(*runScreen); ok && run {
			return r.wheel(m.X, way)
		}
		if mv, moves := top.(mover); ok && moves {
			return mv.move(way)
		}
	case tea.MouseClickMsg:
		if m.Button != tea.MouseLeft {
			return nil
		}
		if d, ok := top.(dialog); ok && len(a.dialogs) > 0 {
			area := a.dialogArea()
			box, _ := d.view(area.w, area.h)
			if len(box) == 0 {
				return nil
			}
			x, y := a.dialogAt(box)
			return d.click(m.X-x, m.Y-y)
		}
		return top.click(m.X, m.Y-a.band())
	}
	return nil
}
