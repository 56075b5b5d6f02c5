// Package run is screen 1: the steps, the text of one of them, and the last entries.
// What is asked for by one key (start, done, skip, tick, answer …) is in act.go.
package run

import (
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
	list
	moves  int // counts movements, so that only the last one's rest counts
	focus  pane
	detail detail
	side   incident.Side
}

// New makes screen 1 of an incident.
func New(o *incident.Open) *Screen {
	r := &Screen{Open: o, list: list{Open: o, byHand: map[string]bool{}}, side: incident.NewSide(o, 0)}
	r.shown = row{step: -1}
	r.refresh(o.Inc)
	r.jump()
	return r
}

// Place implements kit.Part.
func (r *Screen) Place() kit.Place { return Place() }

// Update implements kit.Part.
func (r *Screen) Update(tea.Msg) tea.Cmd { return nil }

// refresh computes what depends on the incident, after it has changed: the cursor and the
// text stay on the steps that they were on.
func (r *Screen) refresh(before *state.Incident) {
	at := idIn(before, r.at())
	shown := idIn(before, r.shown)
	r.tallies = r.Inc.Tallies()
	r.measure()
	r.rebuild(at)
	if r.id(r.at()) == shown {
		r.shown = r.at()
	} else {
		r.shown = r.find(shown)
	}
}

// visit puts the cursor on a step, unfolding its phase.
func (r *Screen) visit(step string) {
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

// toNext goes to the step to do next, and says so where that changes nothing.
func (r *Screen) toNext() tea.Cmd {
	switch next := r.Inc.Next(); {
	case next == nil:
		r.UI.Say("No step is to be done next: what is left waits, or is done.")
	case r.id(r.at()) == rowID{r.Inc.Phases[next.Phase].ID, next.ID}:
		r.UI.Say(next.Number + " is the step to do next, and you are on it.")
	}
	return r.jump()
}

// jump goes to the step to do next.
func (r *Screen) jump() tea.Cmd {
	if next := r.Inc.Next(); next != nil {
		r.visit(next.ID)
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
	return r.UI.Unawaited(tea.Tick(rest, func(time.Time) tea.Msg { return rested{r, n} }))
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

// escape leads from a step's text to the list, and from the list of an incident that is
// looked back at to now.
func escape(r *Screen) tea.Cmd {
	if r.focus == listPane && r.Inc.Past != nil && !r.EndWaiting() {
		return incident.LeavePast(r.Open)
	}
	return r.focusList()
}

func (r *Screen) focusList() tea.Cmd {
	if r.EndWaiting() {
		return nil
	}
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
			r.visit(r.Inc.StepOf(e))
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
			r.visit(next.ID)
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
			r.visit(s.ID)
			return r.To(r)
		}})
	}
	return all
}

// Changed shows the incident as it is now.
func (r *Screen) Changed(before *state.Incident) tea.Cmd {
	r.refresh(before)
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

// Lead leads to a step.
func (r *Screen) Lead(what, id string) (tea.Cmd, bool) {
	if what != "step" && what != "confirmation" {
		return nil, false
	}
	r.focus = listPane
	r.visit(id)
	return r.To(r), true
}

// Place is screen 1.
func Place() kit.Place { return kit.Place{Name: "run", Is: kit.List | incident.Trait, Not: "back.run"} }
