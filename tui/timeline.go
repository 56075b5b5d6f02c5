package tui

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// A timelineScreen is screen 5: every entry, in the order in which it was
// written or in which things happened, with filters.
type timelineScreen struct {
	*openIncident
	only      filter
	occurring bool     // ordered by when it happened
	shown     []uint64 // entries, by seq, top to bottom
	texts     []string // what the text filter looks at, by index in the log
	seen      int      // entries that shown and texts know of
	cursor    int      // index in shown
	first     int
	rows      int
	input     editor
	typing    bool
}

// A filter says which entries are shown.
type filter struct {
	person string // "" for all
	kind   string // the subject of the kind: step, note …
	step   string
	text   string
}

func newTimeline(o *openIncident) *timelineScreen {
	t := &timelineScreen{openIncident: o}
	t.refresh()
	t.cursor = max(0, len(t.shown)-1)
	return t
}

func (t *timelineScreen) Place() Place {
	if t.typing {
		return OnFilter()
	}
	return timelinePlace()
}

// refresh computes what is shown, and keeps the cursor on its entry; at the end
// of the list it stays at the end.
func (t *timelineScreen) refresh() {
	at, atEnd := t.at(), t.cursor >= len(t.shown)-1
	for _, e := range t.inc.Log[min(t.seen, len(t.inc.Log)):] {
		if e.Kind == state.KindEntryAmended || e.Kind == state.KindIncidentClosed {
			t.texts = nil
		}
	}
	t.seen = len(t.inc.Log)
	t.shown = t.shown[:0]
	for i := range t.inc.Log {
		if t.matches(&t.inc.Log[i]) {
			t.shown = append(t.shown, t.inc.Log[i].Seq)
		}
	}
	if t.occurring {
		sort.SliceStable(t.shown, func(i, k int) bool { return t.when(t.shown[i]) < t.when(t.shown[k]) })
	}
	t.cursor = slices.Index(t.shown, at)
	if atEnd || t.cursor < 0 {
		t.cursor = max(0, len(t.shown)-1)
	}
}

func (t *timelineScreen) when(seq uint64) int64 {
	e, _ := t.inc.Entry(seq)
	return e.When().UnixNano()
}

func (t *timelineScreen) matches(e *state.Entry) bool {
	only := &t.only
	switch {
	case only.person != "" && e.By.Name != only.person,
		only.kind != "" && subject(e.Kind) != only.kind,
		only.step != "" && t.inc.StepOf(*e) != only.step,
		only.text != "" && !strings.Contains(t.text(e.Seq), only.text):
		return false
	}
	return true
}

// text is what the text filter looks at, in small letters, kept from key to key.
func (t *timelineScreen) text(seq uint64) string {
	if len(t.texts) < len(t.inc.Log) {
		t.texts = append(t.texts, make([]string, len(t.inc.Log)-len(t.texts))...)
	}
	text := &t.texts[seq-1]
	if *text == "" {
		e, _ := t.inc.Entry(seq)
		*text = strings.ToLower(e.By.Name + " " + t.describe(e))
	}
	return *text
}

// subject is the part of a kind before the point.
func subject(kind state.Kind) string {
	s, _, _ := strings.Cut(string(kind), ".")
	return s
}

// at is the entry under the cursor; 0 if there is none.
func (t *timelineScreen) at() uint64 {
	if t.cursor < len(t.shown) {
		return t.shown[t.cursor]
	}
	return 0
}

func (t *timelineScreen) Move(m Motion) tea.Cmd {
	t.cursor = m.Step(t.cursor, len(t.shown), t.rows)
	return nil
}

func (t *timelineScreen) Update(msg tea.Msg) tea.Cmd {
	if t.typing {
		t.input.update(msg)
		t.only.text = strings.ToLower(strings.TrimSpace(t.input.value()))
		t.refresh()
	}
	return nil
}

func (t *timelineScreen) filterText() tea.Cmd {
	t.typing = true
	return nil
}

func (t *timelineScreen) Takes() string { return "keep the filter" }

func (t *timelineScreen) Take() tea.Cmd {
	t.typing = false
	return nil
}

// cancel ends typing and takes the text filter away.
func (t *timelineScreen) Cancel() tea.Cmd {
	t.input.set("")
	t.only.text = ""
	t.refresh()
	return t.Take()
}

func (t *timelineScreen) clearFilter() tea.Cmd {
	t.only = filter{}
	return t.Cancel()
}

func (t *timelineScreen) order() tea.Cmd {
	t.occurring = !t.occurring
	t.refresh()
	return nil
}

// pick shows a list of values for a filter.
func (t *timelineScreen) pick(title string, values []string, label func(string) string, set func(string)) tea.Cmd {
	found := []Finding{{Text: "everything", Do: func() tea.Cmd { set(""); t.refresh(); return nil }}}
	for _, v := range values {
		found = append(found, Finding{Text: label(v), Do: func() tea.Cmd { set(v); t.refresh(); return nil }})
	}
	return t.ui.Show(NewFinder(t.ui, title, found))
}

func (t *timelineScreen) filterPerson() tea.Cmd {
	return t.pick("Entries by", distinct(t.inc.Log, func(e *state.Entry) string { return e.By.Name }),
		func(v string) string { return v }, func(v string) { t.only.person = v })
}

func (t *timelineScreen) filterKind() tea.Cmd {
	return t.pick("Entries about", distinct(t.inc.Log, func(e *state.Entry) string { return subject(e.Kind) }),
		func(v string) string { return v }, func(v string) { t.only.kind = v })
}

func (t *timelineScreen) filterStep() tea.Cmd {
	return t.pick("Entries about the step", distinct(t.inc.Log, func(e *state.Entry) string { return t.inc.StepOf(*e) }),
		func(v string) string {
			if s := t.inc.Step(v); s != nil {
				return s.Name()
			}
			return v
		}, func(v string) { t.only.step = v })
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

func (t *timelineScreen) showEntry() tea.Cmd {
	if seq := t.at(); seq != 0 {
		return t.ui.Show(&entryDialog{timeline: t, seq: seq})
	}
	return nil
}

// goTo puts the cursor on an entry, showing everything if it was filtered out.
func (t *timelineScreen) goTo(seq uint64) {
	if !slices.Contains(t.shown, seq) {
		t.clearFilter()
	}
	t.cursor = max(0, slices.Index(t.shown, seq))
}

func (t *timelineScreen) View(w, h int) ([]string, *tea.Cursor) {
	lines := t.frame(w, h, t.body)
	if !t.typing {
		return lines, nil
	}
	_, cursor := t.input.view(t.ui.Theme, "", w-4, 1)
	cursor.X, cursor.Y = cursor.X+3, t.top()+1
	return lines, cursor
}

func (t *timelineScreen) body(w, h int) []string {
	th := t.ui.Theme
	lines := []string{t.filterLine(w)}
	if t.typing || t.only.text != "" {
		line, _ := t.input.view(th, "type to filter", w-4, 1)
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
func (t *timelineScreen) filterLine(w int) string {
	th := t.ui.Theme
	var parts []string
	for _, f := range []struct{ label, value string }{
		{"by", t.only.person}, {"about", t.only.kind}, {"step", t.stepTitle()},
	} {
		if f.value != "" {
			parts = append(parts, th.Warn.Render(f.label+" "+clean.Line(f.value)))
		}
	}
	order := "as written"
	if t.occurring {
		order = "as it happened"
	}
	count := entries(len(t.shown))
	if len(t.shown) != len(t.inc.Log) {
		count = fmt.Sprintf("%d of %s", len(t.shown), entries(len(t.inc.Log)))
	}
	parts = append(parts, th.Dim.Render(count), th.Dim.Render(order))
	return " " + th.Title.Render("Timeline") + "  " + widget.Truncate(strings.Join(parts, "  "), w-11)
}

func (t *timelineScreen) stepTitle() string {
	if s := t.inc.Step(t.only.step); s != nil {
		return s.Name()
	}
	return t.only.step
}

func (t *timelineScreen) rowLine(i, w int) string {
	th := t.ui.Theme
	seq := t.shown[i]
	line := widget.Pad(fmt.Sprintf(" %5d  %s", seq, t.entryLine(seq, w-9)), w-1)
	if i == t.cursor {
		return th.Selected.Render(th.Glyphs.Cursor + line)
	}
	return " " + line
}

func (t *timelineScreen) Click(_, y int) tea.Cmd {
	y -= t.top() + 1
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
func (t *timelineScreen) Finds() []Finding {
	var all []Finding
	for i, n := len(t.inc.Log)-1, 0; i >= 0 && n < mostEntries; i, n = i-1, n+1 {
		e := &t.inc.Log[i]
		all = append(all, Finding{Kind: "entry", Text: fmt.Sprintf("%d %s %s", e.Seq, e.By.Name, t.describe(*e)),
			Hint: clockTime(e.When(), t.ui.Now()), Do: func() tea.Cmd {
				cmd := t.to(t)
				t.goTo(e.Seq)
				return cmd
			}})
	}
	return all
}

// Arrive shows what is new.
func (t *timelineScreen) Arrive(Screen) tea.Cmd {
	t.refresh()
	return nil
}

// Changed shows what is new, while the screen is seen.
func (t *timelineScreen) Changed(*state.Incident) tea.Cmd {
	if t.ui.Screen() == Screen(t) {
		t.refresh()
	}
	return nil
}
