package tuitest

import (
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"muster/state"
)

// Row is a line of the screen, without trailing spaces: from 0 for the highest, or
// from -1 for the lowest.
func (term *Terminal) Row(y int) string {
	lines := strings.Split(strings.TrimSuffix(term.Screen(), "\n"), "\n")
	if y < 0 {
		y += len(lines)
	}
	if y < 0 || y >= len(lines) {
		return ""
	}
	return lines[y]
}

// Dialog is what the dialog on a screen says, title and all, with one blank where a row ends:
// where that is depends on how long a path in it is. It is "" if there is none.
func Dialog(screen string) string {
	var said []string
	left, right := -1, 0
	for line := range strings.Lines(screen) {
		before, _, top := strings.Cut(line, "╭─ ")
		if top {
			left, said = ansi.StringWidth(before), nil
			right = ansi.StringWidth(line[:strings.LastIndex(line, "╮")])
		}
		if left >= 0 {
			said = append(said, strings.Trim(ansi.Cut(line, left, right+1), "╭╮╰╯├┤│─ "))
		}
		if left >= 0 && strings.Contains(line, "╰") {
			break
		}
	}
	return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
}

// Linked is the text of the cells that lead to an address, row by row.
func (term *Terminal) Linked(address string) string {
	term.mu.Lock()
	defer term.mu.Unlock()
	var text strings.Builder
	for y := range term.H {
		for x := range term.W {
			if cell := term.emu.CellAt(x, y); cell != nil && cell.Link.URL == address {
				text.WriteString(cell.Content)
			}
		}
	}
	return text.String()
}

// Cursor is where the text cursor stands; seen is false while it is hidden.
func (term *Terminal) Cursor() (x, y int, seen bool) {
	term.mu.Lock()
	defer term.mu.Unlock()
	at := term.emu.CursorPosition()
	return at.X, at.Y, term.modes[ansi.ModeTextCursorEnable]
}

// A Turn is what a person does, and what the screen then shows.
type Turn struct {
	Do   string         // as for Act; @X,Y clicks, WxH with a # before it resizes, ~2s waits, wheel-up and wheel-down at 1,4
	See  []string       // texts that are on the screen
	Miss []string       // texts that are not
	Rows map[int]string // whole lines, as Row counts them
}

// Play plays turns one after the other, and fails at each that shows something else.
func Play(t *testing.T, term *Terminal, turns ...Turn) {
	t.Helper()
	for i, turn := range turns {
		for word := range strings.FieldsSeq(turn.Do) {
			term.act(t, word)
		}
		screen, bad := term.Screen(), false
		for _, text := range turn.See {
			if !strings.Contains(screen, text) {
				bad = true
				t.Errorf("turn %d, %q: %q is not on the screen", i, turn.Do, text)
			}
		}
		for _, text := range turn.Miss {
			if strings.Contains(screen, text) {
				bad = true
				t.Errorf("turn %d, %q: %q is on the screen", i, turn.Do, text)
			}
		}
		for y, want := range turn.Rows {
			if got := term.Row(y); got != want {
				bad = true
				t.Errorf("turn %d, %q: row %d is\n%q, not\n%q", i, turn.Do, y, got, want)
			}
		}
		if bad {
			t.Log("\n" + screen)
		}
	}
}

// act does one word of a turn.
func (term *Terminal) act(t *testing.T, word string) {
	t.Helper()
	pair := func(text, between string) (int, int) {
		a, b, _ := strings.Cut(text, between)
		x, err := strconv.Atoi(a)
		y, err2 := strconv.Atoi(b)
		if err != nil || err2 != nil {
			t.Fatalf("%q is no pair of numbers", word)
		}
		return x, y
	}
	switch {
	case len(word) > 1 && word[0] == '@':
		x, y := pair(word[1:], ",")
		term.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	case len(word) > 1 && word[0] == '#':
		term.Resize(pair(word[1:], "x"))
	case len(word) > 1 && word[0] == '~':
		d, err := time.ParseDuration(word[1:])
		if err != nil {
			t.Fatal(err)
		}
		term.Wait(d)
	case word == "wheel-up":
		term.Send(tea.MouseWheelMsg{X: 1, Y: 4, Button: tea.MouseWheelUp})
	case word == "wheel-down":
		term.Send(tea.MouseWheelMsg{X: 1, Y: 4, Button: tea.MouseWheelDown})
	default:
		term.Act(word)
	}
}

// Insists is Other, with a reason why what refuses it does not hold.
func (s *Session) Insists(person string, command state.Command, why string) error {
	return s.append(state.Action{Command: command, Override: why}, person)
}
