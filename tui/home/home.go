// Package home is the first screen: what there is, open incidents, drills, runbooks and
// the incidents that are closed.
package home

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Screen lists what there is: open incidents, drills, runbooks, and the
// incidents that are closed. Typing after / filters all of it at once.
type Screen struct {
	ui        *kit.UI
	desk      Desk
	doors     Doors
	incidents []response.Head
	books     []runbooks.Head
	listErr   error // why the incidents cannot be listed
	booksErr  error
	loading   int // lists still to come
	items     []homeItem
	index     *widget.Index // over the items' texts; made when it is first needed
	shown     []homeRow
	cursor    int // index in shown
	rests     int // what the bar and the summary are of, while the cursor moves on
	moves     int // counts movements, so that only the last one's rest counts
	moving    bool
	first     int
	moved     bool // a person has chosen where the cursor is
	filter    kit.Input
	filtering bool      // the filter has the keys
	total     int       // what the filter matches, shown or not; while there is one
	opening   bool      // an incident, or the form that starts one
	read      bool      // the lists, or they are on their way
	glanced   time.Time // when the list of incidents was last asked for
	rows      int       // of the list, as last drawn
	foyer     incident.Foyer
	seconds   int  // since home was shown, where it is shared
	looking   bool // at what others did
	bare      bool // no organisation is set down
}

// A homeItem is an incident or a runbook.
type homeItem struct {
	incident *response.Head
	book     *runbooks.Head
	section  string
	words    string // what text is; "" until it is asked for
	more     string // what it looks at besides, whole words, in small letters; "" until it is asked for
}

// A homeRow is a section's title, or an item with the letters that were matched.
type homeRow struct {
	title   string // of a section; "" for an item
	item    int
	matched []int // byte offsets in the item's text
}

// A Desk is what the home screen needs of the world.
type Desk interface {
	// Incidents lists all incidents, open ones first, the newest first.
	Incidents(ctx context.Context) ([]response.Head, error)
	// Runbooks lists the library, sorted by title, broken files included.
	Runbooks(ctx context.Context) ([]runbooks.Head, error)
	// Runbook reads one runbook of the library. Of one that is broken it returns the error,
	// and the good one of the same id that it hides, if there is one.
	Runbook(ctx context.Context, id string) (*runbooks.Source, error)
	// Open opens an incident; with watch nothing can be recorded.
	Open(ctx context.Context, id string, watch bool) (incident.Session, error)
	// Bare reports whether no organisation is set down, so that runbooks have examples of services.
	Bare() bool
}

// Doors lead from home to the other screens.
type Doors struct {
	Enter func(session incident.Session, watch bool) tea.Cmd // an incident's
	Begin func(source *runbooks.Source)                      // the form that starts a runbook
}

// New makes the home screen; doors lead from it.
func New(u *kit.UI, desk Desk, doors Doors) *Screen {
	return &Screen{ui: u, desk: desk, doors: doors, foyer: incident.NewFoyer(u, nil)}
}

// Settling reports whether what was asked for first is still on its way.
func (h *Screen) Settling() bool { return h.loading > 0 || h.opening }

// Place implements kit.Part.
func (h *Screen) Place() kit.Place {
	if h.filtering {
		return kit.OnFilter()
	}
	return Place()
}

// incidentsRead and booksRead are the lists, as they come.
type incidentsRead struct {
	of    *Screen
	heads []response.Head
	bare  bool
	err   error
}

type booksRead struct {
	of    *Screen
	heads []runbooks.Head
	err   error
}

// Load reads both lists anew.
func (h *Screen) Load() tea.Cmd {
	desk, ctx := h.desk, h.ui.Context
	h.loading, h.read, h.glanced = 2, true, h.ui.Now()
	return tea.Batch(
		func() tea.Msg {
			heads, err := desk.Incidents(ctx)
			return incidentsRead{h, heads, desk.Bare(), err}
		},
		func() tea.Msg {
			heads, err := desk.Runbooks(ctx)
			return booksRead{h, heads, err}
		})
}

// Deliver implements kit.Routed.
func (m incidentsRead) Deliver() tea.Cmd {
	h := m.of
	h.incidents, h.listErr, h.bare = m.heads, m.err, m.bare && !h.ui.SSH
	h.loading--
	h.rebuild()
	return nil
}

// Deliver implements kit.Routed.
func (m booksRead) Deliver() tea.Cmd {
	h := m.of
	h.books, h.booksErr = m.heads, m.err
	h.loading--
	h.rebuild()
	return nil
}

// The sections, in their order.
const (
	openSection   = "Open incidents"
	drillSection  = "Drills"
	bookSection   = "Runbooks"
	closedSection = "Closed"
)

// rebuild makes the items from the lists.
func (h *Screen) rebuild() {
	kept := h.kept() // of the old items
	h.items = h.items[:0]
	h.index = nil
	for _, section := range []string{openSection, drillSection} {
		h.addIncidents(section)
	}
	for i := range h.books {
		h.items = append(h.items, homeItem{book: &h.books[i], section: bookSection})
	}
	h.addIncidents(closedSection)
	h.apply(kept)
}

func (h *Screen) addIncidents(section string) {
	for i := range h.incidents {
		head := &h.incidents[i]
		if sectionOf(head) == section {
			h.items = append(h.items, homeItem{incident: head, section: section})
		}
	}
}

func sectionOf(head *response.Head) string {
	switch {
	case !head.Closed.IsZero():
		return closedSection
	case head.Mode == state.Drill:
		return drillSection
	}
	return openSection
}

// apply filters the items. The cursor stays on the one that kept names; if that is
// gone, on its row; with "", it goes to the first.
func (h *Screen) apply(kept string) {
	h.shown, h.moving = h.shown[:0], false
	if query := strings.TrimSpace(h.filter.Value()); query == "" {
		section := ""
		for i := range h.items {
			if s := h.items[i].section; s != section {
				section = s
				h.shown = append(h.shown, homeRow{title: s, item: -1})
			}
			h.shown = append(h.shown, homeRow{item: i})
		}
	} else {
		if h.index == nil {
			texts := make([]string, len(h.items))
			for i := range h.items {
				texts[i] = h.items[i].text()
			}
			h.index = widget.NewIndex(texts)
		}
		var matches []widget.Match
		matches, h.total = h.index.Query(query)
		found := map[int]bool{}
		for _, m := range matches {
			found[m.Index] = true
			h.shown = append(h.shown, homeRow{item: m.Index, matched: m.Positions})
		}
		if len(query) > 2 && h.total == len(matches) {
			h.matchMore(query, found)
		}
		kept = ""
	}
	at := -1
	if kept != "" {
		at = slices.IndexFunc(h.shown, func(r homeRow) bool { return r.title == "" && h.items[r.item].name() == kept })
	}
	switch {
	case at >= 0:
		h.cursor = at
	case kept == "":
		h.cursor = 0
	default:
		h.cursor = max(0, min(h.cursor, len(h.shown)-1))
	}
	if h.cursor < len(h.shown) && h.shown[h.cursor].title != "" {
		h.cursor++ // below a title there is always an item
	}
}

// name tells an item from all others, in one reading of the lists and the next.
func (i *homeItem) name() string {
	if i.incident != nil {
		return "incident " + i.incident.ID
	}
	return "runbook " + i.book.ID + " " + i.book.Path
}

// kept is the name of the item that a person has chosen; "" before anybody has.
func (h *Screen) kept() string {
	if item := h.chosen(); item != nil && h.moved {
		return item.name()
	}
	return ""
}

// chosen is the item under the cursor; nil if there is none.
func (h *Screen) chosen() *homeItem { return h.itemAt(h.cursor) }

// itemAt is the item of a row; nil if it has none.
func (h *Screen) itemAt(row int) *homeItem {
	if row < len(h.shown) && h.shown[row].title == "" && h.shown[row].item < len(h.items) {
		item := h.items[h.shown[row].item]
		return &item
	}
	return nil
}

// Move steps over section titles.
func (h *Screen) Move(m kit.Motion) tea.Cmd {
	before := h.cursor
	h.moved = true
	h.cursor = m.Step(h.cursor, len(h.shown), h.rows)
	if h.cursor < len(h.shown) && h.shown[h.cursor].title != "" {
		if h.cursor > before || h.cursor == 0 {
			h.cursor++
		} else {
			h.cursor--
		}
	}
	return h.goesOn(before)
}

// Update is typing into the filter.
func (h *Screen) Update(msg tea.Msg) tea.Cmd {
	if h.filtering {
		h.filter.Update(msg)
		h.apply(h.kept())
	}
	return nil
}

func (h *Screen) filterText() tea.Cmd {
	h.filtering = true
	return nil
}

// Cancel implements kit.Canceler: everything is shown again.
func (h *Screen) Cancel() tea.Cmd {
	h.filtering = false
	h.filter.Set("")
	h.apply(h.kept())
	return nil
}

// Takes implements kit.Taker.
func (h *Screen) Takes() string {
	item := h.chosen()
	switch {
	case item == nil:
		return ""
	case item.book != nil:
		return "start"
	case !item.incident.Closed.IsZero():
		return "open"
	}
	return "resume"
}

// Take opens or starts what is under the cursor.
func (h *Screen) Take() tea.Cmd {
	item := h.chosen()
	switch {
	case item == nil:
		return nil
	case item.book != nil && item.book.Err != nil && len(item.book.Shadows) == 0:
		return h.ui.Tell("This runbook cannot be used", item.book.Err.Error())
	case item.book != nil:
		return h.Choose(item.book.ID)
	}
	return h.Open(item.incident.ID, false)
}

func (h *Screen) noIncident() string {
	if item := h.chosen(); item == nil || item.incident == nil {
		return "Choose an incident first."
	}
	return ""
}

func (h *Screen) watch() tea.Cmd { return h.Open(h.chosen().incident.ID, true) }

// Open opens an incident and enters it; with watch, nothing is recorded.
func (h *Screen) Open(id string, watch bool) tea.Cmd {
	if h.opening {
		return nil
	}
	h.opening = true
	h.ui.Say("Opening " + clean.Line(id) + h.ui.Theme.Glyphs.Saving)
	desk, ctx, asked := h.desk, h.ui.Context, h.ui.Asked()
	return func() tea.Msg {
		session, err := desk.Open(ctx, id, watch)
		return opened{h, asked, session, err, watch}
	}
}

// opened is a session, or why there is none.
type opened struct {
	of      *Screen
	asked   kit.Asked
	session incident.Session
	err     error
	watch   bool
}

// Deliver implements kit.Routed.
func (m opened) Deliver() tea.Cmd {
	h := m.of
	h.opening = false
	h.ui.Say("")
	if m.err != nil {
		return tea.Batch(m.asked.Tell("The incident cannot be opened", m.err.Error()), h.Load())
	}
	return h.doors.Enter(m.session, m.watch)
}

// chosenBook is a runbook that was read to be started.
type chosenBook struct {
	of     *Screen
	asked  kit.Asked
	source *runbooks.Source
	err    error
}

// Choose reads a runbook and shows the form that starts it.
func (h *Screen) Choose(id string) tea.Cmd {
	if h.opening {
		return nil
	}
	h.opening = true
	desk, ctx, asked := h.desk, h.ui.Context, h.ui.Asked()
	return func() tea.Msg {
		source, err := desk.Runbook(ctx, id)
		return chosenBook{h, asked, source, err}
	}
}

// Deliver implements kit.Routed.
func (m chosenBook) Deliver() tea.Cmd {
	h := m.of
	h.opening = false
	if m.err != nil && m.source != nil {
		return m.asked.Show(h.instead(m))
	}
	if m.err != nil {
		return tea.Batch(m.asked.Tell("This runbook cannot be used", m.err.Error()), h.Load())
	}
	return m.begin()
}

// instead asks whether a good runbook of the same id is started for one that is broken.
func (h *Screen) instead(m chosenBook) kit.Dialog {
	layer := clean.Line(m.source.Layer)
	about := fmt.Sprintf("%s\n\nThe one that is %s is good.", m.err, layer)
	return &kit.Confirm{UI: h.ui, Title: "This runbook cannot be used", About: about, Yes: "start the one " + layer, Do: m.begin}
}

// begin shows the form that starts the runbook, or asks whether an incident is joined.
func (m chosenBook) begin() tea.Cmd {
	h := m.of
	running := response.Running(h.incidents, m.source.ID)
	if len(running) == 0 {
		h.doors.Begin(m.source)
		return nil
	}
	return m.asked.Show(h.joining(running, m.source))
}

// joining asks whether one of the open incidents is meant, or another is started.
func (h *Screen) joining(running []response.Head, source *runbooks.Source) kit.Dialog {
	var choices []kit.Choice
	for _, head := range running[:min(len(running), 5)] {
		choices = append(choices, kit.Choice{Value: head.ID, Title: "join " + head.ID})
	}
	choices = append(choices, kit.Choice{Title: "start another"})
	first := running[0]
	about := fmt.Sprintf("%s is open since %s: %s.", first.ID, first.Opened.In(h.ui.Now().Location()).Format("2006-01-02 15:04"), first.Title)
	if more := len(running) - 1; more > 0 {
		about += fmt.Sprintf(" %d more with this runbook: join one, if it is meant.", more)
	}
	return kit.NewPrompt(h.ui, "Join it?", about, "go on", []*kit.Field{{ID: "into", Label: "The same incident, or another", Kind: kit.ChoiceField, Choices: choices}}, nil,
		func(values map[string]string) (string, tea.Cmd) {
			if id := values["into"]; id != "" {
				return "", h.Open(id, false)
			}
			h.doors.Begin(source)
			return "", nil
		})
}

// Click chooses what was hit, and opens it the second time.
func (h *Screen) Click(_, y int) tea.Cmd {
	y -= 2
	if h.filtering {
		y--
	}
	i := h.first + y
	if y < 0 || i >= len(h.shown) || h.shown[i].title != "" {
		return nil
	}
	if i == h.cursor {
		return h.Take()
	}
	h.cursor, h.moved = i, true
	return nil
}

// Place is the list of what there is.
func Place() kit.Place { return kit.Place{Name: "home", Is: kit.List} }
