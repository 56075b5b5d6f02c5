package kit

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"muster/tui/widget"
)

// TestTooSmallSaysWhatMatters: below 40×12 the screen gives way to what matters most.
func TestTooSmallSaysWhatMatters(t *testing.T) {
	for _, c := range []struct {
		w, h int
		fits bool
	}{{40, 12, true}, {39, 12, false}, {40, 11, false}, {20, 3, false}} {
		u, d := sit(t)
		u.Width, u.Height = c.w, c.h
		lines, cursor := u.draw()
		text := ansi.Strip(strings.Join(lines, "\n"))
		if c.fits != strings.HasPrefix(text, "top left") || c.fits == strings.HasPrefix(text, "42 h left") || c.fits != (cursor != nil) {
			t.Errorf("%d×%d: %q", c.w, c.h, text)
		}
		if !c.fits && (d.w != 0 || len(lines) != c.h || widget.Width(lines[0]) != c.w) {
			t.Errorf("%d×%d: the screen is drawn all the same, or not in its room: %q", c.w, c.h, text)
		}
	}
	u, _ := sit(t)
	u.Width, u.Height = 30, 10
	if text := strings.Join(u.tooSmall(), "\n"); !strings.Contains(text, "this is 30 × 10.") {
		t.Errorf("the size is not told: %q", text)
	}
}

// TestDrillIsMarkedAboveAndBelow: the screen gives two rows to the bands, and its
// cursor and clicks move with it.
func TestDrillIsMarkedAboveAndBelow(t *testing.T) {
	for _, drill := range []bool{false, true} {
		u, d := sit(t)
		d.drill = drill
		band := map[bool]int{true: 1}[drill]
		lines, cursor := u.draw()
		if len(lines) != 24 || d.w != 80 || d.h != 24-2*band {
			t.Errorf("drill %v: %d lines, the screen has %d×%d", drill, len(lines), d.w, d.h)
		}
		for _, y := range []int{0, 23} {
			if strings.Contains(lines[y], "EXERCISE") != drill {
				t.Errorf("drill %v: row %d is %q", drill, y, lines[y])
			}
		}
		if cursor.X != 3 || cursor.Y != 2+band {
			t.Errorf("drill %v: the cursor is at %d,%d", drill, cursor.X, cursor.Y)
		}
		u.Pointer(tea.MouseClickMsg{X: 5, Y: 7, Button: tea.MouseLeft})
		if len(d.clicks) != 1 || d.clicks[0] != (Area{5, 7 - band}) {
			t.Errorf("drill %v: clicked at %v", drill, d.clicks)
		}
	}
	u, _ := sit(t)
	for _, w := range []int{1, 9, 10, 11, 80, 105} {
		band := ansi.Strip(u.Exercise(w))
		if len(band) != w || strings.Trim(strings.ReplaceAll(band, " EXERCISE ", ""), " EXRCIS") != "" {
			t.Errorf("in %d cells the band is %q", w, band)
		}
	}
}

// A box is a dialog of fixed size.
type box struct {
	Quiet
	w, h   int
	room   Area // what it was given last
	clicks []Area
}

func (b *box) Place() Place { return OnConfirm() }

func (b *box) View(w, h int) ([]string, *tea.Cursor) {
	b.room = Area{w, h}
	if b.w == 0 {
		return nil, nil
	}
	return widget.Fit([]string{"box"}, b.w, b.h), tea.NewCursor(1, 1)
}

func (b *box) Click(x, y int) tea.Cmd {
	b.clicks = append(b.clicks, Area{x, y})
	return nil
}

// TestDialogLiesInTheMiddle: of the screen, with its cursor and its clicks; it never
// gets more than 84 columns, and leaves a margin and a drill's bands free.
func TestDialogLiesInTheMiddle(t *testing.T) {
	for _, c := range []struct {
		name   string
		w, h   int
		drill  bool
		box    Area
		x, y   int
		mostly Area
	}{
		{"even", 80, 24, false, Area{10, 4}, 35, 10, Area{78, 22}},
		{"odd", 80, 24, false, Area{11, 5}, 34, 9, Area{78, 22}},
		{"wide terminal", 120, 40, false, Area{20, 10}, 50, 15, Area{84, 38}},
		{"just so wide", 86, 24, false, Area{10, 4}, 38, 10, Area{84, 22}},
		{"a drill's", 80, 24, true, Area{10, 4}, 35, 10, Area{78, 20}},
		{"larger than the screen", 80, 24, false, Area{90, 30}, 0, 0, Area{78, 22}},
	} {
		u, d := sit(t)
		u.Width, u.Height, d.drill = c.w, c.h, c.drill
		b := &box{w: c.box.W, h: c.box.H}
		u.Show(b)
		lines, cursor := u.draw()
		if b.room != c.mostly {
			t.Errorf("%s: it has %v", c.name, b.room)
		}
		if at := strings.Index(ansi.Strip(lines[c.y]), "box"); at != c.x {
			t.Errorf("%s: it begins in column %d of row %d", c.name, at, c.y)
		}
		if cursor.X != c.x+1 || cursor.Y != c.y+1 {
			t.Errorf("%s: the cursor is at %d,%d", c.name, cursor.X, cursor.Y)
		}
		u.Pointer(tea.MouseClickMsg{X: c.x + 2, Y: c.y + 3, Button: tea.MouseLeft})
		u.Pointer(tea.MouseClickMsg{X: c.x + 2, Y: c.y + 3, Button: tea.MouseRight})
		if len(b.clicks) != 1 || b.clicks[0] != (Area{2, 3}) || d.clicks != nil {
			t.Errorf("%s: clicked at %v, the screen at %v", c.name, b.clicks, d.clicks)
		}
	}
}

// TestDialogWithoutRoomIsNotDrawn: nor is it clicked at; the next above it is.
func TestDialogWithoutRoomIsNotDrawn(t *testing.T) {
	u, _ := sit(t)
	none, seen := &box{}, &box{w: 10, h: 4}
	u.Show(none)
	lines, cursor := u.draw()
	if cursor != nil || strings.Contains(strings.Join(lines, ""), "box") {
		t.Error("a dialog without room has a cursor, or is drawn")
	}
	u.Pointer(tea.MouseClickMsg{X: 40, Y: 12, Button: tea.MouseLeft})
	if none.clicks != nil {
		t.Errorf("clicked at %v", none.clicks)
	}
	u.Show(seen)
	if lines, _ = u.draw(); !strings.Contains(strings.Join(lines, ""), "box") {
		t.Error("the dialog above it is not drawn")
	}
}

// TestViewOfTheTerminal: nothing before the size is known; the mouse only if it is ours;
// ASCII where nothing else can be drawn.
func TestViewOfTheTerminal(t *testing.T) {
	u, d := sit(t)
	v := u.View()
	if !v.AltScreen || v.MouseMode != tea.MouseModeNone || v.WindowTitle != "desk title" || v.Cursor == nil || !strings.HasPrefix(v.Content, "top left") {
		t.Errorf("%+v", v)
	}
	u.Mouse = true
	if u.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("the mouse is not asked for")
	}
	d.typing = true
	u.Show(NewMessage(u, "A — b", "one … two × three"))
	if text := u.View().Content; !strings.Contains(text, "—") {
		t.Errorf("Unicode is taken away: %q", text)
	}
	u.ASCII = true
	if text := u.View().Content; !strings.Contains(text, "A - b") || !strings.Contains(text, "one ~ two x three") {
		t.Errorf("not ASCII: %q", text)
	}
	for _, size := range []Area{{0, 24}, {80, 0}} {
		u.Width, u.Height = size.W, size.H
		if text := u.View().Content; text != "" {
			t.Errorf("%v: %q", size, text)
		}
	}
	u.Width, u.Height = 1, 1
	if u.View().Content == "" {
		t.Error("one cell is a terminal, too")
	}
	u.Push(&board{})
	if got := u.View().WindowTitle; got != "muster" {
		t.Errorf("a screen without a title is called %q", got)
	}
}

// TestWheel: it moves what the mouse is over if the part knows, else the cursor.
func TestWheel(t *testing.T) {
	u, d := sit(t)
	u.Pointer(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	u.Pointer(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	u.Pointer(tea.MouseWheelMsg{Button: tea.MouseWheelLeft})
	if len(d.motions) != 2 || d.motions[0] != WheelUp || d.motions[1] != WheelDown {
		t.Errorf("moved %v", d.motions)
	}
	w := &wheeled{}
	u.Push(w)
	u.Pointer(tea.MouseWheelMsg{X: 61, Button: tea.MouseWheelDown})
	u.Pointer(tea.MouseWheelMsg{X: 61, Button: tea.MouseWheelRight})
	if len(w.at) != 1 || w.at[0] != 61 || w.motions != nil {
		t.Errorf("wheeled at %v, moved %v", w.at, w.motions)
	}
}

// wheeled is a desk that knows what the mouse is over.
type wheeled struct {
	desk
	at []int
}

func (w *wheeled) Wheel(x int, _ Motion) tea.Cmd {
	w.at = append(w.at, x)
	return nil
}
