package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
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

// A runScreen is screen 1: the steps, the text of one of them, and the last
// entries.
type runScreen struct {
	*openIncident
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
	size    area // of the list and text, as last drawn
}

// A row is a phase's heading or a step.
type row struct {
	phase int
	step  int // index in the incident's steps; -1 for the heading
}

func newRun(o *openIncident) *runScreen {
	r := &runScreen{openIncident: o, byHand: map[string]bool{}}
	r.shown = row{step: -1}
	r.refresh()
	r.jump()
	return r
}

func (r *runScreen) Place() Place           { return runPlace() }
func (r *runScreen) Update(tea.Msg) tea.Cmd { return nil }

// refresh computes what depends on the incident, after it has changed.
func (r *runScreen) refresh() {
	at := r.id(r.at())
	shown := r.id(r.shown)
	r.tallies = r.inc.Tallies()
	r.rebuild(at)
	if r.cursorIs(shown) {
		r.shown = r.at()
	} else {
		r.shown = r.find(shown)
	}
	for _, e := range r.inc.Log[r.scanned:] {
		if e.Kind == state.KindNoteAdded || e.Kind == state.KindEvidenceAdded {
			r.kept = append(r.kept, e.Seq)
		}
	}
	r.scanned = r.inc.Head.Seq
}

func (r *runScreen) cursorIs(id rowID) bool { return r.id(r.at()) == id }

// A rowID names a row across changes of the incident.
type rowID struct{ phase, step string }

func (r *runScreen) id(at row) rowID {
	if at.phase >= len(r.inc.Phases) {
		return rowID{}
	}
	id := rowID{phase: r.inc.Phases[at.phase].ID}
	if at.step >= 0 && at.step < len(r.inc.Steps) {
		id.step = r.inc.Steps[at.step].ID
		id.phase = r.inc.Phases[r.inc.Steps[at.step].Phase].ID
	}
	return id
}

// find is the row of an id, whether the list shows it or not.
func (r *runScreen) find(id rowID) row {
	if id.step != "" {
		for i := range r.inc.Steps {
			if r.inc.Steps[i].ID == id.step {
				return row{r.inc.Steps[i].Phase, i}
			}
		}
	}
	for i := range r.inc.Phases {
		if r.inc.Phases[i].ID == id.phase {
			return row{i, -1}
		}
	}
	return row{0, -1}
}

// rebuild makes the list, and puts the cursor on the row of id, or on its phase.
func (r *runScreen) rebuild(id rowID) {
	current := -1
	if next := r.inc.Next(); next != nil {
		current = next.Phase
	}
	room := r.roomFor(current)
	r.rows = r.rows[:0]
	for i := range r.inc.Phases {
		phase := &r.inc.Phases[i]
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
		return id.step == "" && at.step < 0 && r.inc.Phases[at.phase].ID == id.phase ||
			at.step >= 0 && r.inc.Steps[at.step].ID == id.step
	}))
	if r.cursor == 0 && id.step != "" {
		r.cursor = max(0, slices.IndexFunc(r.rows, func(at row) bool { return r.inc.Phases[at.phase].ID == id.phase }))
	}
}

// roomFor says which phases the list has room to show unfolded: the current one,
// then those after it, then those before it.
func (r *runScreen) roomFor(current int) map[int]bool {
	room := map[int]bool{}
	left := r.size.h - len(r.inc.Phases)
	n := len(r.inc.Phases)
	for i := range n {
		at := (max(0, current) + i) % n
		if left -= r.inc.Phases[at].Count; left < 0 {
			break
		}
		room[at] = true
	}
	return room
}

// at is the row under the cursor.
func (r *runScreen) at() row {
	if r.cursor < len(r.rows) {
		return r.rows[r.cursor]
	}
	return row{step: -1}
}

// step is the step under the cursor; nil on a heading.
func (r *runScreen) step() *state.Step {
	if at := r.at(); at.step >= 0 {
		return &r.inc.Steps[at.step]
	}
	return nil
}

// goTo puts the cursor on a step, unfolding its phase.
func (r *runScreen) goTo(step string) {
	s := r.inc.Step(step)
	if s == nil {
		return
	}
	phase := r.inc.Phases[s.Phase].ID
	if open, byHand := r.byHand[phase]; byHand && !open {
		delete(r.byHand, phase)
	}
	r.rebuild(rowID{phase, step})
	r.follow()
}

// jump goes to the step to do next.
func (r *runScreen) jump() tea.Cmd {
	if next := r.inc.Next(); next != nil {
		r.goTo(next.ID)
	} else {
		r.follow()
	}
	return nil
}

// follow lets the detail show what the cursor is on.
func (r *runScreen) follow() {
	r.moves++
	if r.shown != r.at() {
		r.shown = r.at()
		r.detail.reset()
	}
}

// rested says that the cursor has stood still since its nth movement.
type rested struct {
	of    *runScreen
	moves int
}

func (m rested) Deliver() tea.Cmd {
	if m.of.moves == m.moves {
		m.of.follow()
	}
	return nil
}

func (r *runScreen) Move(m Motion) tea.Cmd {
	if r.focus == detailPane {
		r.detail.move(m)
		return nil
	}
	r.cursor = m.Step(r.cursor, len(r.rows), r.size.h)
	r.moves++
	n := r.moves
	return tea.Tick(rest, func(time.Time) tea.Msg { return rested{r, n} })
}

func (r *runScreen) fold() tea.Cmd {
	if r.focus != listPane {
		return r.focusList()
	}
	at := r.at()
	r.byHand[r.inc.Phases[at.phase].ID] = false
	r.rebuild(rowID{phase: r.inc.Phases[at.phase].ID})
	r.follow()
	return nil
}

func (r *runScreen) unfold() tea.Cmd {
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
func (r *runScreen) focusNext() tea.Cmd {
	r.follow()
	last := detailPane
	if r.ui.Width < 80 {
		last = logPane
	}
	r.focus = (r.focus + 1) % (last + 1)
	r.detail.focusFirst()
	return nil
}

func (r *runScreen) focusList() tea.Cmd {
	r.focus = listPane
	return nil
}

// After moves on when the step under the cursor was settled by its own person,
// and back to a step whose entry was taken back.
func (r *runScreen) After(c state.Command) {
	var id string
	switch c := c.(type) {
	case state.RetractEntry:
		if e, ok := r.inc.Entry(c.Seq); ok {
			r.goTo(r.inc.StepOf(e))
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
	if s == nil || s.ID != id || !r.inc.Status(s).Settled() {
		return
	}
	for i := r.at().step + 1; i < len(r.inc.Steps); i++ {
		next := &r.inc.Steps[i]
		if status := r.inc.Status(next); !next.Empty && (status == state.Todo || status == state.Active) {
			r.focus = listPane
			r.goTo(next.ID)
			return
		}
	}
}

// Finds implements finder: the steps.
func (r *runScreen) Finds() []Finding {
	var all []Finding
	for i := range r.inc.Steps {
		s := &r.inc.Steps[i]
		if s.Empty {
			continue
		}
		all = append(all, Finding{Kind: "step", Text: s.Name(), Hint: string(r.inc.Status(s)), Do: func() tea.Cmd {
			r.focus = listPane
			r.goTo(s.ID)
			return r.to(r)
		}})
	}
	return all
}

// Changed shows the incident as it is now.
func (r *runScreen) Changed(*state.Incident) tea.Cmd {
	r.refresh()
	return nil
}

// Here is the step that a note or a file belongs to.
func (r *runScreen) Here() (id, name string) {
	if s := r.step(); s != nil && !s.Empty {
		return s.ID, s.Name()
	}
	return "", ""
}

// Phase is the phase that the cursor is in.
func (r *runScreen) Phase() string {
	if at := r.at(); at.phase < len(r.inc.Phases) {
		return r.inc.Phases[at.phase].ID
	}
	return ""
}
