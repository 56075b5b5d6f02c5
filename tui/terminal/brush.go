package terminal

import (
	"bytes"
	"strings"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A brush writes the bytes that make a terminal show a screen of cells, and as few as it
// can: it knows what is shown, jumps over what stays, takes each colour once and none for a
// blank, and draws what stands one below the other in one go. Over a line of 64 kbit/s a hundred
// bytes take as long as a person needs to see that a key was late.
type brush struct {
	profile colorprofile.Profile
	lf      bool // a line feed goes straight down
	bce     bool // what is erased takes the background's colour
	slants  bool // italics are italics
	rep     bool // any character can be repeated: tmux does that for ASCII alone
	scrolls bool // rows can be scrolled within a region

	graphemes bool        // the terminal measures characters as the cells do
	method    ansi.Method // how the cells were measured
	buf       bytes.Buffer
	shown     [][]uv.Cell // nil if it is not known
	w, h      int
	pen       uv.Style // as it was converted
	link      uv.Link
	x, y      int // where the cursor stands; -1 if that is not known
}

func newBrush(env uv.Environ, profile colorprofile.Profile, lf bool) *brush {
	term, _, _ := strings.Cut(strings.TrimPrefix(env.Getenv("TERM"), "xterm-"), "-")
	// GNU screen erases without colour, and shows italics as it shows what is selected. It
	// calls itself screen, screen-256color or, after the terminal it is in, screen.xterm-256color.
	gnu := strings.HasPrefix(term, "screen")
	b := &brush{profile: profile, lf: lf, bce: !gnu, slants: !gnu, x: -1, y: -1}
	switch term {
	case "alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm":
		b.rep = !between(env)
	}
	return b
}

// between reports whether another program stands between this one and the terminal that TERM
// names, and draws for it. mosh, which repeats nothing, says so to ncurses.
func between(env uv.Environ) bool {
	return env.Getenv("TMUX") != "" || env.Getenv("STY") != "" || env.Getenv("NCURSES_NO_UTF8_ACS") != ""
}

// forget says that nobody knows any more what the terminal shows.
func (b *brush) forget() { b.shown = nil }

// WriteString adds what is no cell. It must not move the cursor.
func (b *brush) WriteString(text string) { b.buf.WriteString(text) }

// take is all that was written since it was called last.
func (b *brush) take() string {
	text := b.buf.String()
	b.buf.Reset()
	return text
}

// paint makes the terminal show rows, all of one width.
func (b *brush) paint(rows []uv.Line) {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return
	}
	if b.shown == nil || b.h != len(rows) || b.w != len(rows[0]) {
		b.clear(len(rows[0]), len(rows))
	} else if b.scrolls {
		b.scroll(rows)
	}
	b.strokes(rows)
	var left []stretch
	for y := range rows {
		if s, ok := b.stretch(y, rows[y]); ok {
			left = append(left, s)
		}
	}
	for left = b.pass(rows, left); len(left) > 0; left = b.pass(rows, left) {
		b.use(left[0].next(rows))
	}
	b.use(&uv.EmptyCell)
}

// clear begins with an empty screen.
func (b *brush) clear(w, h int) {
	b.w, b.h, b.shown = w, h, make([][]uv.Cell, h)
	for y := range b.shown {
		b.shown[y] = uv.NewLine(w)
	}
	b.use(&uv.EmptyCell)
	b.buf.WriteString(ansi.CursorHomePosition + ansi.EraseEntireScreen)
	b.x, b.y = 0, 0
}

// A stretch is what is left to write of a row: some of the cells from first to before end,
// and blanks from there on, if they are erased.
type stretch struct {
	y, first, end int
	erase         bool
	blanks        bool // are among what is written
	all           bool // of it is to be written at once
}

// stretch is what is to be written of row y so that it looks like line, if anything. A row
// that is written whole is written at once.
func (b *brush) stretch(y int, line uv.Line) (s stretch, ok bool) {
	old := b.shown[y]
	first, end := firstOther(old, line), len(line) // what differs is from first to before end
	for end > first && same(&old[end-1], &line[end-1]) {
		end--
	}
	if first == end {
		return s, false
	}
	if b.odd(old) || b.odd(line) {
		b.whole(y, line)
		copy(old, line)
		return s, false
	}
	s = stretch{y: y, first: first, end: end}
	tail := blankFrom(line)
	if end > tail && len(line)-tail > 3 && (b.bce || line[len(line)-1].Style.Bg == nil) {
		s.erase, s.end = true, max(first, tail)
	}
	bar := b.bar(s, line)
	if bar.blanks {
		b.spans(&bar, line)
	}
	if bar.all {
		return bar, bar.erase
	}
	return s, true
}

// bar is the part of a stretch that is written at once in whatever styles, since blanks are
// written too and there is nothing to jump over: a coloured bar, such as the row under the
// cursor, or else all of it.
func (b *brush) bar(s stretch, line uv.Line) stretch {
	old, bar := b.shown[s.y], stretch{y: s.y, first: s.end}
	for x := s.first; x < s.end; x++ {
		switch {
		case !clears(&line[x]) || same(&old[x], &line[x]):
		case line[x].Style.Bg == nil:
			s.blanks, s.all = true, true
			return s
		default:
			bar.first, bar.end, bar.blanks = min(bar.first, x), x+1, true
		}
	}
	for bar.blanks && bar.first > s.first && line[bar.first-1].Style.Bg != nil {
		bar.first--
	}
	for bar.blanks && bar.end < s.end && line[bar.end].Style.Bg != nil {
		bar.end++
	}
	return bar
}

// next is the cell of which the style is needed next.
func (s *stretch) next(rows []uv.Line) *uv.Cell {
	line := rows[s.y]
	if s.first == s.end {
		return &line[len(line)-1]
	}
	return &line[s.first]
}

// pass writes what needs no change of style, and returns what is left. A colour takes more
// bytes than a jump, so each is taken once for the whole screen.
func (b *brush) pass(rows []uv.Line, all []stretch) (left []stretch) {
	for _, s := range all {
		if b.spans(&s, rows[s.y]); s.first < s.end || s.erase {
			left = append(left, s)
		}
	}
	return left
}

// spans writes what differs and has the pen's style, and jumps over what does not differ.
// Where blanks are written too there is nothing to jump over: all of it is, at once.
func (b *brush) spans(s *stretch, line uv.Line) {
	old, left := b.shown[s.y], s.end
	for x := s.first; x < s.end; {
		kept := same(&old[x], &line[x])
		switch {
		case kept && (x != b.x || s.y != b.y || !b.cheap(s, line, x)):
			x++
		case !s.blanks && !b.fits(&line[x]):
			left = min(left, x)
			x++
		default:
			b.move(x, s.y)
			n := b.put(line, x, s.end)
			copy(old[x:x+n], line[x:])
			x += n
		}
	}
	s.first = left
	if s.erase && (left == s.end || b.x == s.end && b.y == s.y) && b.fits(&line[len(line)-1]) {
		b.erase(s.y, line, s.end)
		copy(old[s.end:], line[s.end:])
		s.erase = false
	}
}

// cheap reports whether it takes fewer bytes to write what stays from x on than to jump
// over it.
func (b *brush) cheap(s *stretch, line uv.Line, x int) bool {
	const jump = 4
	old := b.shown[s.y]
	for bytes := 0; x < s.end && bytes <= jump; x++ {
		kept, fits := same(&old[x], &line[x]), b.fits(&line[x])
		if !kept || !fits {
			return !kept && (fits || s.blanks)
		}
		bytes += len(line[x].Content)
	}
	return false
}

// put writes the cell at x, and what follows if one sequence says it all. It returns how
// many cells that were.
func (b *brush) put(line uv.Line, x, end int) int {
	cell, n := &line[x], 1
	for x+n < end && same(cell, &line[x+n]) {
		n++
	}
	b.use(cell)
	blank := clears(cell) && (b.bce || cell.Style.Bg == nil)
	switch {
	case blank && n > 9 && x+n < b.w:
		b.buf.WriteString(ansi.EraseCharacter(n))
		return n
	case b.rep && n > 8/len(cell.Content)+1 && x+n < b.w:
		b.buf.WriteString(cell.Content + ansi.RepeatPreviousCharacter(n-1))
		b.x += n
		return n
	}
	b.buf.WriteString(cell.Content)
	if b.x += cell.Width; b.x >= b.w {
		b.x = -1 // terminals differ in where it stands now
	}
	return max(1, cell.Width)
}

// erase makes row y blank from x on.
func (b *brush) erase(y int, line uv.Line, x int) {
	b.move(x, y)
	b.use(&line[len(line)-1])
	b.buf.WriteString(ansi.EraseLineRight)
}

// whole writes a row with characters of which it is not certain how wide the terminal
// makes them: after each it says where the next stands.
func (b *brush) whole(y int, line uv.Line) {
	b.move(0, y)
	b.use(&uv.EmptyCell)
	b.buf.WriteString(ansi.EraseLineRight)
	if !b.graphemes {
		b.buf.WriteString(ansi.ResetModeAutoWrap)
	}
	tail := blankFrom(line)
	if line[len(line)-1].Style.Bg != nil {
		tail = len(line)
	}
	for x := 0; x < tail; {
		cell := &line[x]
		if cell.Width == 0 || x+cell.Width > b.w { // half a character cannot be shown
			x++
			continue
		}
		if b.x != x {
			b.buf.WriteString(ansi.CursorHorizontalAbsolute(x + 1))
			b.x = x
		}
		b.use(cell)
		b.buf.WriteString(cell.Content)
		if x += cell.Width; x < b.w && (b.graphemes || !b.doubtful(cell)) {
			b.x = x
		} else {
			b.x = -1
		}
	}
	if !b.graphemes {
		b.buf.WriteString(ansi.SetModeAutoWrap)
		b.x, b.y = -1, -1
	}
}

// odd reports whether a row has cells that are not one column wide for certain.
func (b *brush) odd(line []uv.Cell) bool {
	for i := range line {
		if b.doubtful(&line[i]) {
			return true
		}
	}
	return false
}

func (b *brush) doubtful(c *uv.Cell) bool {
	if c.Width != 1 {
		return true
	}
	return len(c.Content) > 1 && b.method.StringWidth(c.Content) != ansi.StringWidth(c.Content)
}

// strokes draws the lines that go down: in their place in every row each would take a
// colour and a jump.
func (b *brush) strokes(rows []uv.Line) {
	const short = 4
	for x := range b.w - 1 {
		for y := 0; y < b.h; y++ {
			n := 0
			for y+n < b.h && b.isStroke(rows[y+n], y+n, x) && same(&rows[y][x], &rows[y+n][x]) {
				n++
			}
			if n < short {
				continue
			}
			for end := y + n; y < end; y++ {
				b.move(x, y)
				b.use(&rows[y][x])
				b.buf.WriteString(rows[y][x].Content)
				b.x++
				b.shown[y][x] = rows[y][x]
			}
		}
	}
}

func (b *brush) isStroke(line uv.Line, y, x int) bool {
	return line[x].Content == "│" && !same(&b.shown[y][x], &line[x]) && !b.odd(line) && !b.odd(b.shown[y])
}
