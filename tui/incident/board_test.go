package incident

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A cupboard is a screen of two sections of things, each with a text of so many lines.
type cupboard struct {
	kit.Screen
	rows  []Row
	lines int
	drawn int // how often a text was
	width int // for which one was last
}

func (s *cupboard) Place() kit.Place { return kit.Place{} }

func (s *cupboard) List() []Row { return s.rows }

func (s *cupboard) Line(r Row) (left, right string, style widget.Style) { return r.ID, "right", style }

func (s *cupboard) Detail(r Row, w int) []string {
	s.drawn++
	s.width = w
	lines := make([]string, s.lines)
	for i := range lines {
		lines[i] = fmt.Sprintf("%s line %d", r.ID, i+1)
	}
	return lines
}

// shelved is a board of two titles, two things each, as drawn w cells wide.
func shelved(t *testing.T, lines, w, h int) (*Board, *cupboard, *time.Time) {
	t.Helper()
	thing := func(id string) Row { return Row{Kind: "thing", ID: id} }
	s := &cupboard{rows: []Row{{Title: "One"}, thing("a"), thing("b"), {Title: "Two"}, thing("c"), thing("d")}, lines: lines}
	keys, err := kit.NewKeyMap(append(kit.MoveActions(), kit.Action{ID: "board.other", Keys: []string{"tab"}}), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	u := kit.NewUI(t.Context(), keys, func() time.Time { return now })
	u.Width, u.Height, u.Theme = w, h, widget.Theme{Glyphs: widget.UnicodeGlyphs()}
	u.Push(s)
	inc := &state.Incident{}
	b := NewBoard(&Open{Case: &Case{UI: u, Inc: inc}, Outbox: &Outbox{}, Lookout: &Lookout{}, Alarms: &Alarms{}, CallBook: &CallBook{}}, s, false, 0)
	b.Refresh()
	b.Body(w, h)
	return &b, s, &now
}

// TestBoardGoesOverTitles: the cursor stands on things alone, wherever it is sent, and
// stays where it is if there is no further thing.
func TestBoardGoesOverTitles(t *testing.T) {
	b, _, _ := shelved(t, 3, 100, 10)
	for _, c := range []struct {
		move kit.Motion
		want string
	}{
		{kit.Up, "a"}, {kit.Down, "b"}, {kit.Down, "c"}, {kit.Up, "b"}, {kit.ToBottom, "d"}, {kit.Down, "d"}, {kit.WheelUp, "b"}, {kit.ToTop, "a"}, {kit.Up, "a"}, {kit.PageDown, "d"}, {kit.WheelUp, "b"}, {kit.WheelDown, "d"},
	} {
		if b.Move(c.move); b.At().ID != c.want {
			t.Errorf("after %v it is on %q, not %q", c.move, b.At().ID, c.want)
		}
	}
	b.Visit(Row{Kind: "thing", ID: "c"})
	if b.At().ID != "c" {
		t.Errorf("sent to c, it is on %q", b.At().ID)
	}
	b.Visit(Row{Kind: "thing", ID: "gone"})
	if b.At().ID != "a" {
		t.Errorf("sent to what is not there, it is on %q", b.At().ID)
	}
	b.Rows = []Row{{Title: "Nothing"}}
	b.Visit(Row{})
	if at := b.At(); at.Kind != noRow {
		t.Errorf("among titles alone it is on %+v", at)
	}
	b.Rows, b.cursor = nil, 0
	if at := b.At(); at != (Row{}) {
		t.Errorf("of an empty list it is on %+v", at)
	}
}

// TestBoardStaysOnItsThing: when what stands before it comes and goes.
func TestBoardStaysOnItsThing(t *testing.T) {
	b, s, _ := shelved(t, 3, 100, 10)
	b.Visit(Row{Kind: "thing", ID: "c"})
	s.rows = append([]Row{{Title: "Zero"}, {Kind: "thing", ID: "z"}}, s.rows...)
	b.Refresh()
	if len(b.Rows) != 6 {
		t.Error("nothing has changed, and the list was made anew")
	}
	b.Fresh++
	if b.Refresh(); b.At().ID != "c" || len(b.Rows) != 8 {
		t.Errorf("of %d rows it is on %q", len(b.Rows), b.At().ID)
	}
	b.Inc = &state.Incident{Head: state.Head{Seq: 5}}
	s.rows = s.rows[:2]
	if b.Refresh(); b.At().ID != "z" {
		t.Errorf("its thing is gone, and it is on %q", b.At().ID)
	}
}

// TestBoardScrollsItsText: to its last line and no further; the last row says how much
// there is below.
func TestBoardScrollsItsText(t *testing.T) {
	b, _, _ := shelved(t, 12, 100, 5)
	body := func() string { return strings.Join(b.Body(100, 5), "\n") }
	if text := body(); !strings.Contains(text, "8 more: tab, then") || !strings.Contains(text, "a line 4") || strings.Contains(text, "a line 5") {
		t.Errorf("at first it shows\n%s", text)
	}
	b.Other()
	for _, c := range []struct {
		move  kit.Motion
		first int
		more  string
	}{{kit.Down, 1, "7 more"}, {kit.PageDown, 4, "4 more"}, {kit.ToBottom, 8, ""}, {kit.Down, 8, ""}, {kit.Up, 7, "1 more"}, {kit.ToTop, 0, "8 more"}} {
		b.Move(c.move)
		text := body()
		if b.text.first != c.first || strings.Contains(text, " more") != (c.more != "") || !strings.Contains(text, c.more) || strings.Contains(text, ", then") || b.At().ID != "a" {
			t.Errorf("after %v it begins at %d:\n%s", c.move, b.text.first, text)
		}
	}
	exact, _, _ := shelved(t, 5, 100, 5)
	if text := strings.Join(exact.Body(100, 5), "\n"); !strings.Contains(text, "a line 5") || strings.Contains(text, "more") {
		t.Errorf("what fits is shown as\n%s", text)
	}
}

// TestBoardDrawsItsTextOnce: until it shows something else, or later; with a coarse one
// a minute later.
func TestBoardDrawsItsTextOnce(t *testing.T) {
	b, s, now := shelved(t, 3, 100, 10)
	same := func(what string, anew bool) {
		t.Helper()
		was := s.drawn
		if b.Body(b.UI.Width, 10); (s.drawn > was) != anew {
			t.Errorf("%s: drawn anew: %v", what, s.drawn > was)
		}
	}
	same("nothing changed", false)
	*now = now.Add(time.Second)
	same("a second later", true)
	b.coarse = true
	b.Body(100, 10)
	*now = now.Add(time.Second)
	same("a second later, coarse", false)
	*now = now.Add(time.Minute)
	same("a minute later, coarse", true)
	b.Move(kit.Down)
	same("another thing", true)
	b.Fresh++
	same("what is in no entry changed", true)
	b.Inc = &state.Incident{Head: state.Head{Seq: 1}}
	same("an entry was made", true)
	b.UI.Theme.Name = "other"
	same("another theme", true)
	b.UI.Width = 101
	same("another width", true)
	same("and nothing more", false)
}

// TestBoardIsDividedWhereThereIsRoom: two fifths are the list's, at least 36 cells and at
// most 70; under 80 one of the two is seen at a time.
func TestBoardIsDividedWhereThereIsRoom(t *testing.T) {
	for w, split := range map[int]int{79: 0, 80: 36, 90: 36, 100: 40, 175: 70, 200: 70} {
		b, s, _ := shelved(t, 3, w, 10)
		text := w - split - 1 - 2
		if split == 0 {
			b.Other()
			b.Body(w, 10)
			text = w - 2
		}
		if b.split != split || s.width != text {
			t.Errorf("of %d cells %d are the list's and %d the text's, not %d and %d", w, b.split, s.width, split, text)
		}
		for i, line := range b.Body(w, 10) {
			if widget.Width(line) > w {
				t.Errorf("line %d is %d cells wide, of %d", i, widget.Width(line), w)
			}
		}
	}
	b, _, _ := shelved(t, 3, 79, 10)
	if text := strings.Join(b.Body(79, 10), "\n"); !strings.Contains(text, "[List]") || !strings.Contains(text, " c ") || strings.Contains(text, "line 1") {
		t.Errorf("the list alone is\n%s", text)
	}
	b.Other()
	if text := strings.Join(b.Body(79, 10), "\n"); !strings.Contains(text, "[Text]") || strings.Contains(text, " c ") || !strings.Contains(text, "a line 3") {
		t.Errorf("the text alone is\n%s", text)
	}
}

// TestBoardIsClicked: a thing is chosen, a title is not; the text takes the keys, and on
// a narrow terminal the words above say which is seen.
func TestBoardIsClicked(t *testing.T) {
	b, _, _ := shelved(t, 3, 100, 10)
	top := b.Top()
	for _, c := range []struct {
		x, y   int
		at     string
		onText bool
	}{{5, 2, "b", false}, {5, 3, "b", false}, {5, 4, "c", false}, {5, 99, "c", false}, {5, -1, "c", false}, {40, 1, "a", false}, {41, 4, "a", true}, {5, 5, "d", false}} {
		if b.Click(c.x, top+c.y); b.At().ID != c.at || b.OnText != c.onText {
			t.Errorf("clicked at %d, %d it is on %q, text %v", c.x, c.y, b.At().ID, b.OnText)
		}
	}
	b, _, _ = shelved(t, 3, 79, 10)
	top = b.Top()
	for _, c := range []struct {
		x, y   int
		at     string
		onText bool
	}{{3, 3, "b", false}, {8, 0, "b", true}, {3, 2, "b", true}, {7, 0, "b", false}, {3, 5, "c", false}} {
		if b.Click(c.x, top+c.y); b.At().ID != c.at || b.OnText != c.onText {
			t.Errorf("narrow, clicked at %d, %d it is on %q, text %v", c.x, c.y, b.At().ID, b.OnText)
		}
	}
}

// TestPageKeepsApartAndHangs: no gap at the beginning, nor two.
func TestPageKeepsApartAndHangs(t *testing.T) {
	b, _, _ := shelved(t, 3, 100, 10)
	p := b.Page(10)
	p.Gap()
	p.Text(p.T.Text, "one two three")
	p.Gap()
	p.Gap()
	p.Labelled("none", "")
	p.Labelled("a", "b")
	if got := strings.Join(p.Lines, "|"); got != "one two|three||a b" {
		t.Errorf("the page is %s", got)
	}
}

// TestBoardWithoutTitles: the first thing of a list that has no title is reached like every
// other, and so is the last by a click; a click below it chooses nothing.
func TestBoardWithoutTitles(t *testing.T) {
	b, s, _ := shelved(t, 3, 100, 10)
	s.rows = []Row{{Kind: "thing", ID: "a"}, {Kind: "thing", ID: "b"}, {Title: "End"}}
	b.Fresh++
	b.Refresh()
	b.Visit(Row{Kind: "thing", ID: "b"})
	if b.Move(kit.Up); b.At().ID != "a" {
		t.Errorf("up from the second it is on %q", b.At().ID)
	}
	s.rows = s.rows[:2]
	b.Fresh++
	b.Refresh()
	b.Body(100, 10)
	for y, want := range []string{"a", "b", "b", "b"} {
		if b.Click(5, b.Top()+y); b.At().ID != want {
			t.Errorf("a click into row %d chooses %q", y, b.At().ID)
		}
	}
	b.OnText = true
	if b.Click(5, b.Top()); b.OnText || b.At().ID != "a" {
		t.Errorf("a click into the list chooses %q, on the text: %v", b.At().ID, b.OnText)
	}
}

// TestBoardKeepsItsSize: whatever is drawn is as high as the room for it, narrow and wide, and
// the text can be scrolled by two keys at once.
func TestBoardKeepsItsSize(t *testing.T) {
	for _, w := range []int{40, 79, 80, 100, 200} {
		for _, lines := range []int{0, 3, 9, 10, 11, 40} {
			b, _, _ := shelved(t, lines, w, 10)
			for range 2 {
				if rows := b.Body(w, 10); len(rows) != 10 {
					t.Errorf("%d columns, %d lines: it has %d rows", w, lines, len(rows))
				}
				b.Other()
			}
		}
	}
	b, _, _ := shelved(t, 40, 100, 10)
	b.Other()
	b.Body(100, 10)
	b.Move(kit.ToBottom)
	b.Move(kit.Up)
	if text := strings.Join(b.Body(100, 10), "\n"); !strings.Contains(text, "1 more") || !strings.Contains(text, "a line 39") {
		t.Errorf("one up from the end it shows\n%s", text)
	}
}
