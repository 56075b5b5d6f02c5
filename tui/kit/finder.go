package kit

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/state/sorted"
	"muster/tui/widget"
)

// A Finding is something that a Finder can find.
type Finding struct {
	Kind string // action, step … ; "" shows none
	Text string // raw
	Hint string // at the right: a key, a state
	// Group is the title of the section it stands in while nothing is typed; "" for none.
	Group string
	// Name is what it is called by in one word. Whoever types just that means it, whatever
	// else has the word in its text.
	Name string
	// Late: it stands below everything else that is found, however well it matches.
	Late bool
	Do   func() tea.Cmd
}

// A Finder is a dialog that finds by fuzzy search: the palette, and every list to
// choose from.
type Finder struct {
	ui      *UI
	title   string
	all     []Finding
	index   *widget.Index // of those that are not late
	late    *widget.Index // of the late, which stand last in all
	matches []widget.Match
	drawn   []int          // by line as last drawn: which match; -1 for a section's title
	titles  map[int]string // of the sections, by the match that they stand above
	total   int
	input   Input
	cursor  int
	first   int
	rows    int
	kinds   int // cells of the widest kind
	// Unchosen: while nothing is typed and no key has gone to one, none is chosen.
	Unchosen bool
	// Else is what is taken when none of all is meant, by what was typed; nil if one of
	// all must be.
	Else func(typed string) Finding
}

// NewFinder makes a dialog that finds among all.
func NewFinder(u *UI, title string, all []Finding) *Finder {
	all = slices.Clone(all)
	sorted.Stable(all, func(a, b Finding) int { return lateness(a) - lateness(b) })
	texts, kinds, early := make([]string, len(all)), 0, 0
	for i, f := range all {
		texts[i] = clean.Bounded(f.Text, 400)
		kinds = min(14, max(kinds, widget.Width(f.Kind)+1))
		if !f.Late {
			early = i + 1
		}
	}
	f := &Finder{ui: u, title: title, all: all, kinds: kinds, index: widget.NewIndex(texts[:early]), late: widget.NewIndex(texts[early:])}
	f.search()
	return f
}

// Place implements Part.
func (f *Finder) Place() Place { return OnSearch() }

// Takes implements Taker.
func (f *Finder) Takes() string { return "take" }

// Leaves implements Leaver.
func (f *Finder) Leaves() string { return "leave" }

// Update implements Part.
func (f *Finder) Update(msg tea.Msg) tea.Cmd {
	before := f.input.Value()
	f.input.Update(msg)
	if f.input.Value() != before {
		f.search()
	}
	return nil
}

func (f *Finder) search() {
	query := f.input.Value()
	f.matches, f.total = f.index.Query(query)
	late, more := f.late.Query(query)
	for i := range late {
		late[i].Index += f.index.Len()
	}
	f.matches = f.named(stack(f.matches, late), strings.TrimSpace(query))
	f.total += more
	f.cursor, f.first, f.titles = 0, 0, map[int]string{}
	f.begin()
	group := ""
	for i, m := range f.matches {
		if g := f.all[m.Index].Group; strings.TrimSpace(query) == "" && g != group {
			f.titles[i], group = g, g
		}
	}
}

// begin chooses the first, or none.
func (f *Finder) begin() {
	if f.Unchosen && strings.TrimSpace(f.input.Value()) == "" {
		f.cursor = -1
	}
}

// ChooseNone has none chosen at first: enter alone takes nothing.
func (f *Finder) ChooseNone() {
	f.Unchosen = true
	f.begin()
}

// named puts what is called just what was typed before all others.
func (f *Finder) named(matches []widget.Match, typed string) []widget.Match {
	at := slices.IndexFunc(matches, func(m widget.Match) bool {
		return typed != "" && strings.EqualFold(f.all[m.Index].Name, typed)
	})
	if at <= 0 {
		return matches
	}
	return slices.Concat(matches[at:at+1], matches[:at], matches[at+1:])
}

// stack puts late matches below the others, but for those that match far worse than the
// best of them: a few letters here and there.
func stack(matches, late []widget.Match) []widget.Match {
	if len(late) == 0 {
		return matches
	}
	weak := slices.IndexFunc(matches, func(m widget.Match) bool { return m.Score*10 < late[0].Score*6 })
	if weak < 0 {
		weak = len(matches)
	}
	return slices.Concat(matches[:weak], late, matches[weak:])
}

// lateness orders what stands below everything else.
func lateness(f Finding) int {
	if f.Late {
		return 1
	}
	return 0
}

// text is what is matched of a finding, clean.
func (f *Finder) text(i int) string {
	if early := f.index.Len(); i >= early {
		return f.late.Item(i - early)
	}
	return f.index.Item(i)
}

// Move implements Mover.
func (f *Finder) Move(m Motion) tea.Cmd {
	f.cursor = m.Step(f.cursor, f.count(), f.rows)
	return nil
}

// other is what was typed itself, if that can be taken; it stands below what was found.
func (f *Finder) other() (Finding, bool) {
	typed := strings.TrimSpace(f.input.Value())
	if f.Else == nil || typed == "" {
		return Finding{}, false
	}
	return f.Else(typed), true
}

// count is how many there are to take.
func (f *Finder) count() int {
	if _, ok := f.other(); ok {
		return len(f.matches) + 1
	}
	return len(f.matches)
}

// Take does what was found.
func (f *Finder) Take() tea.Cmd {
	found, ok := f.other()
	if f.cursor < 0 {
		f.ui.Say("Choose one, or type.")
		return nil
	}
	if f.cursor < len(f.matches) {
		found, ok = f.all[f.matches[f.cursor].Index], true
	}
	if f.Else != nil && !ok {
		return nil // somebody must be named
	}
	f.ui.Hide(f)
	if ok && found.Do != nil {
		return found.Do()
	}
	return nil
}

// View implements Part.
func (f *Finder) View(w, h int) ([]string, *tea.Cursor) {
	t := f.ui.Theme
	inner := w - 4
	hint := "type to find"
	if f.Else != nil {
		hint = "type a name"
	}
	line, cursor := f.input.View(t, hint, inner-2, 1)
	cursor.X, cursor.Y = cursor.X+4, 1
	body := []string{t.Key.Render(">") + " " + line[0], t.Border.Render(widget.Rule(t.Glyphs.Horizontal, inner))}
	all := f.count()
	f.rows = min(all, max(1, min(h-8, max(16, h/2))-len(f.titles)))
	f.first = widget.Window(all, f.rows, f.cursor, f.first)
	f.drawn = f.drawn[:0]
	for i := f.first; i < all && i < f.first+f.rows; i++ {
		if title := f.titles[i]; title != "" {
			body, f.drawn = append(body, t.Heading.Render(title)), append(f.drawn, -1)
		}
		body, f.drawn = append(body, f.line(i, inner)), append(f.drawn, i)
	}
	switch {
	case all == 0 && f.Else != nil:
		body = append(body, t.Dim.Render("Type a name."))
	case all == 0:
		body = append(body, t.Dim.Render("Nothing matches."+WhyNoMatch(f.input.Value())))
	}
	count := fmt.Sprintf("%d of %d", min(f.total, len(f.all)), len(f.all))
	footer := widget.Spread(f.ui.Hints(OnSearch(), inner-widget.Width(count)-1), t.Dim.Render(count), inner)
	return widget.Dialog(t, f.title, body, footer, w, h), cursor
}

func (f *Finder) line(i, w int) string {
	t := f.ui.Theme
	found, line := Finding{}, ""
	if i < len(f.matches) {
		m := f.matches[i]
		found, line = f.all[m.Index], widget.Highlight(f.text(m.Index), m.Positions, t.Text, t.Match)
	} else {
		found, _ = f.other()
		line = t.Text.Render(clean.Line(found.Text))
	}
	if found.Kind != "" {
		line = t.Dim.Render(widget.Pad(found.Kind, f.kinds)) + line
	}
	line = widget.Spread(line, t.Dim.Render(clean.Line(found.Hint)), w-1)
	if i == f.cursor {
		return t.Selected.Render(t.Glyphs.Cursor + line)
	}
	return " " + line
}

// Click implements Part.
func (f *Finder) Click(_, y int) tea.Cmd {
	if y < 3 || y >= 3+len(f.drawn) || f.drawn[y-3] < 0 {
		return nil
	}
	f.cursor = f.drawn[y-3]
	return f.Take()
}
