// Package timeline is screen 5: every entry, with filters, and one of them whole.
package timeline

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Screen is screen 5: every entry, in the order in which it was
// written or in which things happened, with filters.
type Screen struct {
	*incident.Open
	only      filter
	occurring bool     // ordered by when it happened
	shown     []uint64 // entries, by seq, top to bottom
	texts     []string // what the text filter looks at, by index in the log
	seen      int      // entries that shown and texts know of
	cursor    int      // index in shown
	stays     uint64   // the entry that the cursor stays on, though newer ones follow; 0: none
	first     int
	rows      int
	input     kit.Input
	typing    bool
}

// A filter says which entries are shown.
type filter struct {
	state.Choice
	text string // that stands in them, in small letters
}

// New makes screen 5 of an incident.
func New(o *incident.Open) *Screen { return &Screen{Open: o} }

// Place implements kit.Part.
func (t *Screen) Place() kit.Place {
	if t.typing {
		return kit.OnFilter()
	}
	return Place()
}

// refresh computes what is shown, and keeps the cursor on its entry; at the end
// of the list it stays at the end, unless it was told to stay on that entry.
func (t *Screen) refresh() {
	at, atEnd := t.at(), t.cursor >= len(t.shown)-1
	for _, e := range t.Inc.Log[min(t.seen, len(t.Inc.Log)):] {
		if e.Kind == state.KindEntryAmended || e.Kind == state.KindIncidentClosed {
			t.texts = nil
		}
	}
	t.seen = len(t.Inc.Log)
	t.shown = t.shown[:0]
	for i := range t.Inc.Log {
		if t.matches(&t.Inc.Log[i]) {
			t.shown = append(t.shown, t.Inc.Log[i].Seq)
		}
	}
	if t.occurring {
		sort.SliceStable(t.shown, func(i, k int) bool { return t.when(t.shown[i]) < t.when(t.shown[k]) })
	}
	t.cursor = slices.Index(t.shown, at)
	if atEnd && (at == 0 || at != t.stays) || t.cursor < 0 {
		t.cursor = max(0, len(t.shown)-1)
	}
}

func (t *Screen) when(seq uint64) int64 {
	e, _ := t.Inc.Entry(seq)
	return e.When().UnixNano()
}

func (t *Screen) matches(e *state.Entry) bool {
	only := &t.only
	return state.Within(t.Inc, e.Seq) && (only.All() || only.Has(t.Inc, e.Seq)) && (only.text == "" || strings.Contains(t.text(e.Seq), only.text))
}

// text is what the text filter looks at, in small letters, kept from key to key.
func (t *Screen) text(seq uint64) string {
	if len(t.texts) < len(t.Inc.Log) {
		t.texts = append(t.texts, make([]string, len(t.Inc.Log)-len(t.texts))...)
	}
	text := &t.texts[seq-1]
	if *text == "" {
		e, _ := t.Inc.Entry(seq)
		*text = strings.ToLower(e.By.Name + " " + t.Describe(e))
	}
	return *text
}

// showOnly leads to the timeline, with the entries of a filter.
func (t *Screen) showOnly(only filter) tea.Cmd {
	cmd := t.To(t)
	t.only = only
	t.refresh()
	return cmd
}

// at is the entry under the cursor; 0 if there is none.
func (t *Screen) at() uint64 {
	if t.cursor < len(t.shown) {
		return t.shown[t.cursor]
	}
	return 0
}

// Move implements kit.Mover.
func (t *Screen) Move(m kit.Motion) tea.Cmd {
	t.cursor, t.stays = m.Step(t.cursor, len(t.shown), t.rows), 0
	return nil
}

// Update implements kit.Part.
func (t *Screen) Update(msg tea.Msg) tea.Cmd {
	if t.typing {
		t.input.Update(msg)
		t.only.text = strings.ToLower(strings.TrimSpace(t.input.Value()))
		t.refresh()
	}
	return nil
}

func (t *Screen) filterText() tea.Cmd {
	t.typing = true
	return nil
}

// Takes implements kit.Taker.
func (t *Screen) Takes() string { return "keep the filter" }

// Take implements kit.Taker.
func (t *Screen) Take() tea.Cmd {
	t.typing = false
	return nil
}

// Cancel ends typing and takes the text filter away.
func (t *Screen) Cancel() tea.Cmd {
	t.input.Set("")
	t.only.text = ""
	t.refresh()
	return t.Take()
}

func (t *Screen) clearFilter() tea.Cmd {
	t.only = filter{}
	return t.Cancel()
}

// showAll is clearFilter, by its key.
func (t *Screen) showAll() tea.Cmd {
	t.UI.Say("Every entry is shown.")
	return t.clearFilter()
}

func (t *Screen) order() tea.Cmd {
	t.occurring = !t.occurring
	t.refresh()
	return nil
}

// pick shows a list of values for a filter.
func (t *Screen) pick(title string, values []string, label func(string) string, set func(string)) tea.Cmd {
	found := []kit.Finding{{Text: "everything", Do: func() tea.Cmd { set(""); t.refresh(); return nil }}}
	for _, v := range values {
		found = append(found, kit.Finding{Text: label(v), Do: func() tea.Cmd { set(v); t.refresh(); return nil }})
	}
	return t.UI.Show(kit.NewFinder(t.UI, title, found))
}

func (t *Screen) filterPerson() tea.Cmd {
	return t.pick("Entries by", distinct(t.Inc.Log, func(e *state.Entry) string { return e.By.Name }),
		func(v string) string { return v }, func(v string) { t.only.Person = v })
}

func (t *Screen) filterKind() tea.Cmd {
	return t.pick("Entries about", distinct(t.Inc.Log, func(e *state.Entry) string { return state.Subject(e.Kind) }),
		func(v string) string { return v }, func(v string) { t.only.Kind = v })
}

func (t *Screen) filterStep() tea.Cmd {
	return t.pick("Entries about the step", distinct(t.Inc.Log, func(e *state.Entry) string { return t.Inc.StepOf(*e) }),
		func(v string) string {
			if s := t.Inc.Step(v); s != nil {
				return s.Name()
			}
			return v
		}, func(v string) { t.only.Step = v })
}

// distinct lists the values that entries have, in the order in which they come.
func distinct(log []state.Entry, value func(*state.Entry) string) []string {
	seen := map[string]bool{"": true}
	var values []string
	for i := range log {
		if v := value(&log[i]); !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

func (t *Screen) showEntry() tea.Cmd {
	if seq := t.at(); seq != 0 {
		return t.UI.Show(&entryDialog{timeline: t, seq: seq})
	}
	return nil
}

// visit puts the cursor on an entry, showing everything if it was filtered out.
func (t *Screen) visit(seq uint64) {
	if !slices.Contains(t.shown, seq) {
		t.clearFilter()
	}
	t.cursor = max(0, slices.Index(t.shown, seq))
}

// View implements kit.Part.
func (t *Screen) View(w, h int) ([]string, *tea.Cursor) {
	lines := t.Frame(w, h, t.body)
	if !t.typing {
		return lines, nil
	}
	_, cursor := t.input.View(t.UI.Theme, "", w-4, 1)
	cursor.X, cursor.Y = cursor.X+3, t.Top()+1
	return lines, cursor
}

func (t *Screen) body(w, h int) []string {
	th := t.UI.Theme
	lines := []string{t.filterLine(w)}
	if t.typing || t.only.text != "" {
		line, _ := t.input.View(th, "type to filter", w-4, 1)
		lines = append(lines, " "+th.Key.Render("/")+" "+line[0])
	}
	t.rows = h - len(lines)
	t.first = widget.Window(len(t.shown), t.rows, t.cursor, t.first)
	for i := t.first; i < len(t.shown) && len(lines) < h; i++ {
		lines = append(lines, t.rowLine(i, w))
	}
	if len(t.shown) == 0 {
		lines = append(lines, "", th.Dim.Render(widget.PadCenter("No entry matches.", w)))
	}
	return widget.Fit(lines, w, h)
}

// filterLine says what is shown, and in which order.
func (t *Screen) filterLine(w int) string {
	th := t.UI.Theme
	var parts []string
	for _, f := range []struct{ label, value string }{
		{"by", t.only.Person}, {"about", kindTitle(t.only.Kind)}, {"step", t.stepTitle()},
	} {
		if f.value != "" {
			parts = append(parts, th.Warn.Render(f.label+" "+clean.Line(f.value)))
		}
	}
	order := "as written"
	if t.occurring {
		order = "as it happened"
	}
	count := kit.Entries(len(t.shown))
	if len(t.shown) != len(t.Inc.Log) {
		count = fmt.Sprintf("%d of %s", len(t.shown), kit.Entries(len(t.Inc.Log)))
	}
	parts = append(parts, th.Dim.Render(count), th.Dim.Render(order))
	return " " + th.Title.Render("Timeline") + "  " + widget.Truncate(strings.Join(parts, "  "), w-11)
}

func kindTitle(kind string) string {
	if kind == state.Decided {
		return "decisions and notes"
	}
	return kind
}

func (t *Screen) stepTitle() string {
	if s := t.Inc.Step(t.only.Step); s != nil {
		return s.Name()
	}
	return t.only.Step
}

// entryTime is when an entry happened, with its day if that is not today.
func (t *Screen) entryTime(seq uint64) string {
	e, _ := t.Inc.Entry(seq)
	return kit.ClockTime(e.When(), t.UI.Now())
}

func (t *Screen) rowLine(i, w int) string {
	th := t.UI.Theme
	seq := t.shown[i]
	e, _ := t.Inc.Entry(seq)
	line := widget.Pad(fmt.Sprintf(" %5d  %s", seq, t.EntryLine(seq, t.entryTime(seq), w-9, marks(t.Inc, &e)...)), w-1)
	if i == t.cursor {
		return th.Selected.Render(th.Glyphs.Cursor + line)
	}
	return " " + line
}

// Click implements kit.Part.
func (t *Screen) Click(_, y int) tea.Cmd {
	y -= t.Top() + 1
	if t.typing || t.only.text != "" {
		y--
	}
	i := t.first + y
	if y < 0 || i >= len(t.shown) {
		return nil
	}
	if i == t.cursor {
		return t.showEntry()
	}
	t.cursor = i
	return nil
}

// mostEntries is how many of the last entries the palette looks at; the timeline
// filters all of them.
const mostEntries = 5000

// Finds implements finder: the last entries.
func (t *Screen) Finds() []kit.Finding {
	all := append(t.people(), kit.Finding{Kind: "view", Text: "Decisions and notes only", Do: func() tea.Cmd { return t.showOnly(filter{Choice: state.Choice{Kind: state.Decided}}) }})
	for i, n := len(t.Inc.Log)-1, 0; i >= 0 && n < mostEntries; i, n = i-1, n+1 {
		e := &t.Inc.Log[i]
		all = append(all, kit.Finding{Kind: "entry", Late: true, Text: fmt.Sprintf("%d %s %s", e.Seq, e.By.Name, t.Describe(*e)),
			Hint: kit.ClockTime(e.When(), t.UI.Now()), Do: func() tea.Cmd {
				cmd, _ := t.Lead("entry", strconv.FormatUint(e.Seq, 10))
				return cmd
			}})
	}
	return all
}

// Lead implements leader: to an entry, by its number.
func (t *Screen) Lead(what, id string) (tea.Cmd, bool) {
	seq, err := strconv.ParseUint(id, 10, 64)
	if what != "entry" || err != nil {
		return nil, false
	}
	cmd := t.To(t)
	t.visit(seq)
	return cmd, true
}

// people are what the palette finds of people: what each has done.
func (t *Screen) people() []kit.Finding {
	var all []kit.Finding
	for _, person := range state.PeopleOf(t.Inc) {
		all = append(all, kit.Finding{Kind: "person", Text: person + ": what they have done", Hint: strings.Join(t.Inc.RolesOf(person), ", "),
			Do: func() tea.Cmd { return t.showOnly(filter{Choice: state.Choice{Person: person}}) }})
	}
	return all
}

// Arrive shows what is new.
func (t *Screen) Arrive(kit.Screen) tea.Cmd {
	t.refresh()
	return nil
}

// Changed shows what is new, while the screen is seen.
func (t *Screen) Changed(*state.Incident) tea.Cmd {
	if t.UI.Screen() == kit.Screen(t) {
		t.refresh()
	}
	return nil
}

// Place is screen 5.
func Place() kit.Place { return kit.Place{Name: "timeline", Is: kit.List | incident.Trait} }

// EntryPlace is one entry, whole.
func EntryPlace() kit.Place { return kit.Place{Name: "entry", Is: kit.Over | kit.Page | kit.Shut} }
