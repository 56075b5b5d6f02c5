package run

import (
	"fmt"
	"slices"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A board is what a large terminal shows above the log: what is due, who does what now,
// and the services that are not back.
type board struct {
	*incident.Open
	at    boardKey
	drawn []string
}

// A boardKey says when a board has to be drawn anew. It tells times in minutes.
type boardKey struct {
	seq    uint64
	w, h   int
	theme  string
	minute int64
}

// lines draws the board in w columns and at most h rows.
func (b *board) lines(w, h int) []string {
	now := b.UI.Now()
	at := boardKey{b.Inc.Head.Seq, w, h, b.UI.Theme.Name, now.Unix() / 60}
	if b.at == at {
		return b.drawn
	}
	b.at, b.drawn = at, nil
	parts := []boardPart{{"Due", b.due(now, w-3)}, {"Who does what now", b.who(now, w-3)}, {"Services not back", b.services(w - 3)}}
	parts = slices.DeleteFunc(parts, func(p boardPart) bool { return len(p.lines) == 0 })
	for i, most := range shared(parts, h) {
		part := parts[i]
		b.drawn = append(b.drawn, " "+b.UI.Theme.Title.Render(part.title))
		for i, line := range part.lines {
			if i == most-1 && len(part.lines) > most {
				b.drawn = append(b.drawn, b.UI.Theme.Dim.Render(fmt.Sprintf("  and %d more", len(part.lines)-i)))
				break
			}
			b.drawn = append(b.drawn, "  "+line)
		}
		b.drawn = append(b.drawn, "")
	}
	return b.drawn
}

// A boardPart is a title and what stands below it.
type boardPart struct {
	title string
	lines []string
}

// shared says how many lines each of parts gets of h rows, of which its title and the blank
// below take two: all that it has where there is room, else what is left is shared, and
// what one does not need goes to the others.
func shared(parts []boardPart, h int) []int {
	most, room := make([]int, len(parts)), h-2*len(parts)
	for given := true; given && room > 0; {
		given = false
		for i, part := range parts {
			if room > 0 && most[i] < len(part.lines) {
				most[i]++
				room--
				given = true
			}
		}
	}
	for i := range most {
		most[i] = max(2, most[i])
	}
	return most
}

// due are the things that have a time, the next first.
func (b *board) due(now time.Time, w int) []string {
	t := b.UI.Theme
	var lines []string
	now = b.Inc.Until(now)
	for _, d := range state.Due(b.Inc, now.Location()) {
		left, style := when.Duration(d.At.Sub(now)), t.Text
		switch {
		case d.AtOnce:
			left, style = "NOW", t.Error
		case d.Overdue(now):
			left, style = when.Duration(now.Sub(d.At))+" over", t.Warn
		}
		if d.Overdue(now) && d.What == state.DueClock {
			style = t.Error
		}
		title := clean.Row(d.Title)
		switch d.What {
		case state.DueUpdate:
			title = "update: " + title
		case state.DueCall:
			title = "call " + title
		}
		lines = append(lines, style.Render(widget.Spread(title, left, w)))
	}
	return lines
}

// who are the steps under way, with who does them, and the roles that somebody holds.
func (b *board) who(now time.Time, w int) []string {
	t := b.UI.Theme
	var lines []string
	for i := range b.Inc.Steps {
		s := &b.Inc.Steps[i]
		status := b.Inc.Status(s)
		if status != state.Active && status != state.Blocked && status != state.Unconfirmed {
			continue
		}
		glyph, style := statusSign(t, status)
		person := clean.Row(kit.Person(state.Doer(b.Inc, s)))
		right := string(status)
		if status == state.Active {
			right = running(s, b.Inc.Until(now))
		}
		lines = append(lines, style.Render(widget.Spread(glyph+" "+person+": "+clean.Row(s.Name()), right, w)))
	}
	for i := range b.Inc.Roles {
		if r := &b.Inc.Roles[i]; r.Person != "" {
			two := ""
			if b.IsTwo(state.OfRole, r.Def.ID) {
				two = "  " + t.Error.Render("TWO ANSWERS")
			}
			lines = append(lines, t.Dim.Render(clean.Row(r.Def.Title)+": ")+clean.Line(r.Person)+two)
		}
	}
	return lines
}

// services are those that are not back, or of which that is not sure.
func (b *board) services(w int) []string {
	var lines []string
	for i := range b.Inc.Services {
		sv := &b.Inc.Services[i]
		if !b.Inc.Knows(sv.ID) || sv.State == state.UnknownState || sv.State.Standing() == state.Back {
			continue
		}
		look := b.ServiceLook(sv.State)
		lines = append(lines, widget.Spread(clean.Row(sv.Def.Title), look.Render(clean.Row(string(sv.State))), w))
	}
	return lines
}
