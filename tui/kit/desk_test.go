package kit

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"muster/tui/widget"
)

// A desk is a screen that can do all that a screen may: it moves, has clocks,
// findings and something to save, and may be of a drill. It writes down what it
// was asked.
type desk struct {
	Quiet
	w, h     int // as it was drawn last
	drill    bool
	clocks   bool
	busy     bool
	ask      Dialog
	typing   bool
	motions  []Motion
	clicks   []Area
	canceled int
	seconds  int
	texts    []string
}

func (d *desk) Place() Place {
	if d.typing {
		return OnFilter()
	}
	return Place{Name: "desk", Is: List}
}

func (d *desk) View(w, h int) ([]string, *tea.Cursor) {
	d.w, d.h = w, h
	return widget.Fit([]string{"top left"}, w, h), tea.NewCursor(3, 2)
}

func (d *desk) Click(x, y int) tea.Cmd {
	d.clicks = append(d.clicks, Area{x, y})
	return nil
}

func (d *desk) Move(m Motion) tea.Cmd {
	d.motions = append(d.motions, m)
	return nil
}

func (d *desk) Cancel() tea.Cmd {
	d.canceled++
	return nil
}

func (d *desk) Second() tea.Cmd {
	d.seconds++
	return nil
}

func (d *desk) Clocks() bool               { return d.clocks }
func (d *desk) Unfinished() (bool, Dialog) { return d.busy, d.ask }
func (d *desk) WindowTitle() string        { return "desk title" }
func (d *desk) Essence() []string          { return []string{"42 h left"} }
func (d *desk) IsDrill() bool              { return d.drill }
func (d *desk) Typed() []string            { return d.texts }

// morning is the time at a desk.
func morning() time.Time { return time.Date(2026, 11, 28, 8, 15, 0, 250_000_000, time.UTC) }

// sit is a terminal of 80×24 with a desk, every action of this floor, and more of
// one's own.
func sit(t *testing.T, more ...Action) (*UI, *desk) {
	t.Helper()
	var table []Action
	for _, part := range [][]Action{MoveActions(), FormActions(), CancelActions(), GlobalActions(), more} {
		table = append(table, part...)
	}
	d := &desk{}
	keys, err := NewKeyMap(table, []Place{d.Place(), OnPrompt(), OnSearch(), OnFilter(), OnConfirm()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	u := NewUI(t.Context(), keys, morning)
	u.Width, u.Height, u.Theme = 80, 24, widget.Theme{Glyphs: widget.UnicodeGlyphs()}
	u.Push(d)
	return u, d
}

// hit presses keys by their names, one after the other, as slowly as it takes.
func hit(u *UI, names ...string) {
	codes := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
		"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "space": {Code: tea.KeySpace, Text: " "},
		"alt+enter": {Code: tea.KeyEnter, Mod: tea.ModAlt}, "f1": {Code: tea.KeyF1}, "pgdown": {Code: tea.KeyPgDown},
		"ctrl+s": {Code: 's', Mod: tea.ModCtrl},
	}
	for _, name := range names {
		u.hand = hand{}
		if msg, ok := codes[name]; ok {
			u.Key(msg)
			continue
		}
		for _, r := range name {
			u.hand = hand{}
			u.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// shown is what a part draws in w×h cells, without spaces at the
// right, and where its cursor stands; (-1, -1) if it has none.
func shown(p Part, w, h int) (lines []string, x, y int) {
	drawn, cursor := p.View(w, h)
	for _, line := range drawn {
		lines = append(lines, strings.TrimRight(ansi.Strip(line), " "))
	}
	if cursor == nil {
		return lines, -1, -1
	}
	return lines, cursor.X, cursor.Y
}

// sameLines compares what was drawn with want, lines that begin after a newline.
func sameLines(t *testing.T, name string, got []string, want string) {
	t.Helper()
	if text := "\n" + strings.Join(got, "\n"); text != want {
		t.Errorf("%s is drawn as%s\nnot as%s", name, text, want)
	}
}
