package run

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
)

// This file is what the screen says line by line.

// Tell implements kit.Teller: all phases and steps, folded or not, and the text of the
// one that is chosen.
func (r *Screen) Tell() kit.Telling {
	r.follow()
	told := kit.Telling{Title: "run: the steps"}
	if len(r.Inc.Phases) == 0 {
		told.List = kit.Said(r.noSteps(kit.Wide))
	}
	for i := range r.Inc.Phases {
		at := row{i, -1}
		told.List = append(told.List, kit.Line{Text: phaseSaid(r, i), On: r.at() == at, Do: going(r, at)})
		phase := &r.Inc.Phases[i]
		for k := phase.First; k < phase.First+phase.Count; k++ {
			at := row{i, k}
			told.List = append(told.List, kit.Line{Text: stepSaid(r, &r.Inc.Steps[k]), On: r.at() == at, Do: going(r, at)})
		}
	}
	told.Text = textSaid(r)
	return told
}

// going goes to a row, unfolding its phase.
func going(r *Screen, at row) func() tea.Cmd {
	id := r.id(at)
	return func() tea.Cmd {
		r.focus = listPane
		if id.step != "" {
			r.visit(id.step)
			return nil
		}
		r.rebuild(id)
		r.follow()
		return nil
	}
}

// phaseSaid is a phase in words.
func phaseSaid(r *Screen, i int) string {
	n := r.tallies[i]
	text := fmt.Sprintf("Phase %d %s: %d of %d done", r.Inc.Phases[i].Number, clean.Line(r.Inc.Phases[i].Def.Title), n.Done, n.Total-n.NotNeeded)
	for _, c := range []struct {
		n    int
		what string
	}{{n.Active, "active"}, {n.Blocked, "blocked"}, {n.Unconfirmed, "to be confirmed"}, {n.Skipped, "skipped"}, {n.Failed, "failed"}} {
		if c.n > 0 {
			text += fmt.Sprintf(", %d %s", c.n, c.what)
		}
	}
	return text
}

// stepSaid is a step in words.
func stepSaid(r *Screen, s *state.Step) string {
	text := s.Number + " " + clean.Row(s.Title)
	status := string(r.Inc.Status(s))
	switch r.Inc.Status(s) {
	case state.Todo:
		status = "to do"
	case state.Done:
		status += " " + kit.ClockTime(s.Ended, r.UI.Now())
		if option := r.decided(s); option != nil {
			status += ", decided " + clean.Line(option.Title)
		}
	case state.Active:
		status += " " + incident.Running(s, r.Inc.Until(r.UI.Now()))
	case state.NotNeeded:
		status = "not applicable"
	}
	if s.Empty {
		status = "none yet"
	}
	return incident.Beside(text, status)
}

// textSaid is the text of what is chosen. Its lines of a checklist, its questions,
// answers and its command can be chosen.
func textSaid(r *Screen) []kit.Line {
	b := &detailBuilder{r: r, w: kit.Wide, t: r.UI.Theme}
	if r.shown.step < 0 {
		b.phase(r.shown.phase)
		return kit.Said(b.lines)
	}
	s := &r.Inc.Steps[r.shown.step]
	text, _ := r.statusText(s)
	text = incident.Beside(text, who(r.Case, s))
	if !s.Def.Expect.IsZero() {
		text = incident.Beside(text, "should take "+s.Def.Expect.String())
	}
	said := kit.Said([]string{text, r.AtStep(s.ID)})
	b.step(s)
	for i, line := range b.lines {
		text := kit.Plainly(line)
		if text == "" {
			continue
		}
		one := kit.Line{Text: text}
		for n, it := range b.items {
			if it.line == i {
				one.Do, one.Text = choosing(r, s, n), itemSaid(it.kind)+strings.TrimPrefix(text, "? ")
				if it.kind == commandItem { // to the blank as it is to be typed
					one.Text = "command: " + clean.Line(s.CommandIn(r.Inc))
				}
			}
		}
		said = append(said, one)
	}
	return said
}

// itemSaid says what can be done with an item, before its text.
func itemSaid(kind itemKind) string {
	return map[itemKind]string{askItem: "answer: ", optionItem: "decide: "}[kind]
}

// choosing does what the nth item of the step's text is for.
func choosing(r *Screen, s *state.Step, n int) func() tea.Cmd {
	return func() tea.Cmd {
		b := &detailBuilder{r: r, w: kit.Wide, t: r.UI.Theme}
		b.step(s)
		if n >= len(b.items) {
			return nil
		}
		r.detail.items, r.detail.item, r.focus = b.items, n, detailPane
		defer func() { r.focus = listPane; r.detail.reset() }()
		return r.nextItem(s, &b.items[n])
	}
}
