package kit

import tea "charm.land/bubbletea/v2"

// A Part is a screen or a dialog: something that can have the keys.
type Part interface {
	Place() Place
	// Update takes what no action of the table took: typing, pastes.
	Update(msg tea.Msg) tea.Cmd
	// View draws w×h cells, or less, and says where the text cursor stands.
	View(w, h int) ([]string, *tea.Cursor)
	// Click is a press of the left button at a cell of what View drew.
	Click(x, y int) tea.Cmd
}

// A Screen fills the terminal.
type Screen interface{ Part }

// A Dialog lies over a screen.
type Dialog interface{ Part }

// Quiet is the half of a part that is not typed into, and not clicked at.
type Quiet struct{}

// Update implements Part.
func (Quiet) Update(tea.Msg) tea.Cmd { return nil }

// Click implements Part.
func (Quiet) Click(_, _ int) tea.Cmd { return nil }

// A Taker does something on enter.
type Taker interface {
	Take() tea.Cmd
	Takes() string // what that is, in a word or two
}

// A Former has fields to fill in.
type Former interface {
	Next() tea.Cmd
	Back() tea.Cmd
	Newline() tea.Cmd
}

// A Canceler has something to do when it is left.
type Canceler interface{ Cancel() tea.Cmd }

// A Leaver says what escape does to it, in a word or two; "" if another key says so.
type Leaver interface{ Leaves() string }

// A Mover has a cursor that the movement actions move.
type Mover interface{ Move(m Motion) tea.Cmd }

// A Wheeler moves what the mouse is over, at column x.
type Wheeler interface {
	Wheel(x int, m Motion) tea.Cmd
}

// A Motion is one movement of a cursor in a list.
type Motion int

// The motions. The wheel moves by three.
const (
	Up Motion = iota
	Down
	PageUp
	PageDown
	ToTop
	ToBottom
	WheelUp
	WheelDown
)

// Step is where a motion leads from cursor in a list of n rows, of which page
// are seen.
func (m Motion) Step(cursor, n, page int) int {
	page = max(1, page-1)
	to := map[Motion]int{
		Up: cursor - 1, Down: cursor + 1, PageUp: cursor - page, PageDown: cursor + page,
		ToTop: 0, ToBottom: n - 1, WheelUp: cursor - 3, WheelDown: cursor + 3,
	}[m]
	return max(0, min(n-1, to))
}
