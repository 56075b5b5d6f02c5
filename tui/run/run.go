// Package run is screen 1: the steps, the text of one of them, and the last entries.
// What is asked for by one key (start, done, skip, tick, answer …) is in act.go.
package run

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
)

// A pane is a part of the run screen that can have the keys.
type pane int

const (
	listPane pane = iota
	detailPane
	logPane // only where there is one column
)

// rest is how long the cursor stands still before the detail follows it: while a
// key is held down, only the list is drawn.
const rest = 80 * time.Millisecond

// A Screen is screen 1: the steps, the text of one of them, and the last
// entries.
type Screen struct {
	*incident.Open
	rows    []row // what the list shows, top to bottom
	cursor  int   // index in rows
	first   int   // first row drawn
	byHand  map[string]bool
	tallies []state.Tally
	kept    []uint64 // notes and evidence, by entry
	scanned uint64   // entries that kept covers
	shown   row      // what the detail shows; follows the cursor when it rests
	moves   int      // counts movements, so that only the last one's rest counts
	focus   pane
	detail  detail
	log     logCache
	size    kit.Area // of the list and text, as last drawn
}

// A row is a phase's heading or a step.
type row struct {
	phase int
	step  int // index in the incident's steps; -1 for the heading
}

// New makes screen 1 of an incident.
func New(o *incident.Open) *Screen {
	r := &Screen{Open: o, byHand: map[string]bool{}}
	r.shown = row{step: -1}
	r.refresh()
	r.jump()
	return r
}

// Place implements kit.Part.
func (r *Screen) Place() kit.Place { return Place() }

// Update implements kit.Part.
func (r *Screen) Update(tea.Msg) tea.Cmd { return nil }

// refresh computes what depends on the incident, after it has changed.
func (r *Screen) refresh() {
	at := r.id(r.at())
	shown := r.id(r.shown)
	r.tallies = r.Inc.Tallies()
	r.rebuild(at)
	if r.cursorIs(shown) {
		r.shown = r.at()
	} else {
		r.shown = r.find(shown)
	}
	for _, e := range r.Inc.Log[r.scanned:] {
		if e.Kind == state.KindNoteAdded || e.Kind == state.KindEvidenceAdded {
			r.kept = append(r.kept, e.Seq)
		}
	}
	r.scanned = r.Inc.Head.Seq
}

func (r *Screen) cursorIs(id rowID) bool { return r.id(r.at()) == id }

// A rowID names a row across changes of the incident.
type rowID struct{ phase, step string }

func (r *Screen) id(at row) rowID {
	if at.phase >= len(r.Inc.Phases) {
		return rowID{}
	}
	id := rowID{phase: r.Inc.Phases[at.phase].ID}
	if at.step >= 0 && at.step < len(r.Inc.Steps) {
		id.step = r.Inc.Steps[at.step].ID
		id.phase = r.Inc.Phases[r.Inc.Steps[at.step].Phase].ID
	}
	return id
}

// find is the row of an id, whether the list shows it or not.
func (r *Screen) find(id rowID) row {
	if id.step != "" {
		for i := range r.Inc.Steps {
			if r.Inc.Steps[i].ID == id.step {
				return row{r.Inc.Steps[i].Phase, i}
			}
		}
	}
	for i := range r.Inc.Phases {
		if r.Inc.Phases[i].ID == id.phase {
			return row{i, -1}
		}
	}
	return row{0, -1}
}

// rebuild makes the list, and puts the cursor on the row of id, or on its phase.
func (r *Screen) rebuild(id rowID) {
	current := -1
	if next := r.Inc.Next(); next != nil {
		current = next.Phase
	}
	room := r.roomFor(current)
	r.rows = r.rows[:0]
	for i := range r.Inc.Phases {
		phase := &r.Inc.Phases[i]
		r.rows = append(r.rows, row{i, -1})
		open, byHand := r.byHand[phase.ID]
		if !byHand {
			open = room[i] || i == current || id.step != "" && id.phase == phase.ID
		}
		for k := phase.First; open && k < phase.First+phase.Count; k++ {
			r.rows = append(r.rows, row{i, k})
		}
	}
	r.cursor = max(0, slices.IndexFunc(r.rows, func(at row) bool {
		return id.step == "" && at.step < 0 && r.Inc.Phases[at.phase].ID == id.phase ||
			at.step >= 0 && r.Inc.Steps[at.step].ID == id.step
	}))
	if r.cursor == 0 && id.step != "" {
		r.cursor = max(0, slices.IndexFunc(r.rows, func(at row) bool { return r.Inc.Phases[at.phase].ID == id.phase }))
	}
}

// roomFor says which phases the list has room to show unfolded: the current one,
// then those after it, then those before it.
func (r *Screen) roomFor(current int) map[int]bool {
	room := map[int]bool{}
	left := r.size.H - len(r.Inc.Phases)
	n := len(r.Inc.Phases)
	for i := range n {
		at := (max(0, current) + i) % n
		if left -= r.Inc.Phases[at].Count; left < 0 {
			break
		}
		room[at] = true
	}
	return room
}

// at is the row under the cursor.
func (r *Screen) at() row {
	if r.cursor < len(r.rows) {
		return r.rows[r.cursor]
	}
	return row{step: -1}
}

// step is the step under the cursor; nil on a heading.
func (r *Screen) step() *state.Step {
	if at := r.at(); at.step >= 0 {
		return &r.Inc.Steps[at.step]
	}
	return nil
}

// Visit puts the cursor on a step, unfolding its phase.
func (r *Screen) Visit(step string) {
	s := r.Inc.Step(step)
	if s == nil {
		return
	}
	phase := r.Inc.Phases[s.Phase].ID
	if open, byHand := r.byHand[phase]; byHand && !open {
		delete(r.byHand, phase)
	}
	r.rebuild(rowID{phase, step})
	r.follow()
}

// jump goes to the step to do next.
func (r *Screen) jump() tea.Cmd {
	if next := r.Inc.Next(); next != nil {
		r.Visit(next.ID)
	} else {
		r.follow()
	}
	return nil
}

// follow lets the detail show what the cursor is on.
func (r *Screen) follow() {
	r.moves++
	if r.shown != r.at() {
		r.shown = r.at()
		r.detail.reset()
	}
}

// rested says that the cursor has stood still since its nth movement.
type rested struct {
	of    *Screen
	moves int
}

// Deliver implements kit.Routed.
func (m rested) Deliver() tea.Cmd {
	if m.of.moves == m.moves {
		m.of.follow()
	}
	return nil
}

// Move implements kit.Mover.
func (r *Screen) Move(m kit.Motion) tea.Cmd {
	if r.focus == detailPane {
		r.detail.move(m)
		return nil
	}
	r.cursor = m.Step(r.cursor, len(r.rows), r.size.H)
	r.moves++
	n := r.moves
	return tea.Tick(rest, func(time.Time) tea.Msg { return rested{r, n} })
}

func (r *Screen) fold() tea.Cmd {
	if r.focus != listPane {
		return r.focusList()
	}
	at := r.at()
	r.byHand[r.Inc.Phases[at.phase].ID] = false
	r.rebuild(rowID{phase: r.Inc.Phases[at.phase].ID})
	r.follow()
	return nil
}

func (r *Screen) unfold() tea.Cmd {
	if r.step() != nil {
		r.follow()
		r.focus = detailPane
		return nil
	}
	id := r.id(r.at())
	r.byHand[id.phase] = true
	r.rebuild(id)
	r.follow()
	return nil
}

// focusNext goes round the panes.
func (r *Screen) focusNext() tea.Cmd {
	r.follow()
	last := detailPane
	if r.UI.Width < 80 {
		last = logPane
	}
	r.focus = (r.focus + 1) % (last + 1)
	r.detail.focusFirst()
	return nil
}

func (r *Screen) focusList() tea.Cmd {
	r.focus = listPane
	return nil
}

// After moves on when the step under the cursor was settled by its own person,
// and back to a step whose entry was taken back.
func (r *Screen) After(c state.Command) {
	var id string
	switch c := c.(type) {
	case state.RetractEntry:
		if e, ok := r.Inc.Entry(c.Seq); ok {
			r.Visit(r.Inc.StepOf(e))
		}
		return
	case state.DoStep:
		id = c.Step
	case state.ConfirmStep:
		id = c.Step
	case state.SkipStep:
		id = c.Step
	case state.AnswerStep:
		id = c.Step
	}
	s := r.step()
	if s == nil || s.ID != id || !r.Inc.Status(s).Settled() {
		return
	}
	for i := r.at().step + 1; i < len(r.Inc.Steps); i++ {
		next := &r.Inc.Steps[i]
		if status := r.Inc.Status(next); !next.Empty && (status == state.Todo || status == state.Active) {
			r.focus = listPane
			r.Visit(next.ID)
			return
		}
	}
}

// Finds implements finder: the steps.
func (r *Screen) Finds() []kit.Finding {
	var all []kit.Finding
	for i := range r.Inc.Steps {
		s := &r.Inc.Steps[i]
		if s.Empty {
			continue
		}
		all = append(all, kit.Finding{Kind: "step", Text: s.Name(), Hint: string(r.Inc.Status(s)), Do: func() tea.Cmd {
			r.focus = listPane
			r.Visit(s.ID)
			return r.To(r)
		}})
	}
	return all
}

// Changed shows the incident as it is now.
func (r *Screen) Changed(*state.Incident) tea.Cmd {
	r.refresh()
	return nil
}

// Here is the step that a note or a file belongs to.
func (r *Screen) Here() (id, name string) {
	if s := r.step(); s != nil && !s.Empty {
		return s.ID, s.Name()
	}
	return "", ""
}

// Phase is the phase that the cursor is in.
func (r *Screen) Phase() string {
	if at := r.at(); at.phase < len(r.Inc.Phases) {
		return r.Inc.Phases[at.phase].ID
	}
	return ""
}
