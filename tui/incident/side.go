package incident

import (
	"fmt"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
	"muster/state/when"
	"muster/tui/kit"
	"muster/tui/widget"
)

// Where a terminal is this large, the side stands beside services, notices and clocks too.
// Below that they need the width themselves, and the side would have few lines.
const (
	sideFrom  = 180 // columns of the terminal
	sideRows  = 40  // rows of the screen
	sideWidth = 72  // columns of the side
)

// A Side is what a wide terminal shows beside a screen: what is due, who does what now, the
// services that are not back; and below them the last entries, notes and evidence.
type Side struct {
	*Open
	Log
	without SidePart
	at      sideKey
	drawn   []string
}

// A SidePart is one of the lists above the entries.
type SidePart int

// The lists. A screen that is such a list has no second one beside it.
const (
	SideDue SidePart = iota + 1
	SideServices
)

// NewSide makes the side of an incident's screens, without one list; 0: with all.
func NewSide(o *Open, without SidePart) Side {
	return Side{Open: o, Log: Log{Open: o}, without: without}
}

// Beside draws a screen in w×h cells, and the side beside it where there is room.
func (s *Side) Beside(w, h int, body func(w, h int) []string) []string {
	if w < sideFrom || h < sideRows {
		return body(w, h)
	}
	t, left := s.UI.Theme, w-sideWidth-1
	return widget.JoinColumns(t.Border.Render(t.Glyphs.Vertical),
		widget.Column{Lines: widget.Fit(body(left, h), left, h), Width: left},
		widget.Column{Lines: s.Column(sideWidth, h), Width: sideWidth})
}

// A sideKey says when the lists have to be drawn anew: they tell the first minute in seconds.
type sideKey struct {
	seq    uint64
	w, h   int
	theme  string
	second int64
}

// standing draws the lists in w columns and at most h rows.
func (s *Side) standing(w, h int) []string {
	now := s.UI.Now()
	at := sideKey{s.Inc.Head.Seq, w, h, s.UI.Theme.Name, now.Unix()}
	if s.at == at {
		return s.drawn
	}
	s.at, s.drawn = at, nil
	parts := []sidePart{{SideDue, DueTitle(s.Open), s.due(now, w-3)}, {0, whoTitle(s.Open), s.who(now, w-3)}, {SideServices, "Services not back", s.services(w - 3)}}
	parts = sorted.Without(parts, func(p sidePart) bool { return len(p.lines) == 0 || p.of != 0 && p.of == s.without })
	for i, most := range shared(parts, h) {
		part := parts[i]
		s.drawn = append(s.drawn, " "+s.UI.Theme.Title.Render(part.title))
		for i, line := range part.lines {
			if i == most-1 && len(part.lines) > most {
				s.drawn = append(s.drawn, s.UI.Theme.Dim.Render(fmt.Sprintf("  and %d more", len(part.lines)-i)))
				break
			}
			s.drawn = append(s.drawn, "  "+line)
		}
		s.drawn = append(s.drawn, "")
	}
	return s.drawn
}

// A sidePart is a title and what stands below it.
type sidePart struct {
	of    SidePart
	title string
	lines []string
}

// shared says how many lines each of parts gets of h rows, of which its title and the blank
// below take two: all that it has where there is room, else what is left is shared, and
// what one does not need goes to the others.
func shared(parts []sidePart, h int) []int {
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
func (s *Side) due(now time.Time, w int) []string {
	var lines []string
	for _, d := range state.Due(s.Inc, now.Location()) {
		left, style := s.left(&d, now)
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

// left says how long something has that has a time; of a closed incident, as on Clocks.
func (s *Side) left(d *state.DueItem, now time.Time) (text string, style widget.Style) {
	t := s.UI.Theme
	switch {
	case s.Inc.Closed != nil && d.What != state.DueClock:
		return OpenAtEnd, t.Dim
	case s.Inc.Closed != nil:
		return ClockLeft(s.Inc, s.Inc.Clock(d.ID), now), t.Warn
	case d.AtOnce:
		return "NOW", t.Error
	case !d.Overdue(now):
		return when.Duration(d.At.Sub(now)), t.Text
	case d.What == state.DueClock:
		style = t.Error
	default:
		style = t.Warn
	}
	return when.Duration(now.Sub(d.At)) + " over", style
}

// DueTitle is what the list of all that has a time is called.
func DueTitle(o *Open) string {
	if o.Inc.Closed != nil {
		return "Open at the end"
	}
	return "Due"
}

// whoTitle is what the list of steps under way and of roles is called.
func whoTitle(o *Open) string {
	if o.Inc.Closed != nil {
		return "Who did what at the end"
	}
	return "Who does what now"
}

// who are the steps under way, with who does them, and the roles that somebody holds.
func (s *Side) who(now time.Time, w int) []string {
	t := s.UI.Theme
	var lines []string
	for i := range s.Inc.Steps {
		step := &s.Inc.Steps[i]
		status := s.Inc.Status(step)
		if status != state.Active && status != state.Blocked && status != state.Unconfirmed {
			continue
		}
		glyph, style := StatusSign(t, status)
		person := clean.Row(kit.Person(state.Doer(s.Inc, step)))
		right := string(status)
		if status == state.Active {
			right = Running(step, s.Inc.Until(now))
		}
		lines = append(lines, style.Render(widget.Spread(glyph+" "+person+": "+clean.Row(step.Name()), right, w)))
	}
	for i := range s.Inc.Roles {
		if r := &s.Inc.Roles[i]; r.Person != "" {
			two := ""
			if s.IsTwo(state.OfRole, r.Def.ID) {
				two = "  " + t.Error.Render("TWO ANSWERS")
			}
			lines = append(lines, t.Dim.Render(clean.Row(r.Def.Title)+": ")+clean.Line(r.Person)+two)
		}
	}
	return lines
}

// services are those that are not back, or of which that is not sure.
func (s *Side) services(w int) []string {
	var lines []string
	for i := range s.Inc.Services {
		sv := &s.Inc.Services[i]
		if !s.Inc.Knows(sv.ID) || sv.State == state.UnknownState || sv.State.Standing() == state.Back {
			continue
		}
		look := s.ServiceLook(sv.State)
		lines = append(lines, widget.Spread(clean.Row(sv.Def.Title), look.Render(clean.Row(string(sv.State))), w))
	}
	return lines
}

// Column draws the side in w×h cells: what is due, who does what and which services are not
// back, if there is room; the last entries; and below them notes and evidence.
func (s *Side) Column(w, h int) []string {
	s.refresh()
	t := s.UI.Theme
	var kept []string
	for i := len(s.kept) - 1; i >= 0 && len(kept) < h/4; i-- {
		e, _ := s.Inc.Entry(s.kept[i])
		kept = append(kept, s.EntryBlock(s.kept[i], kit.ClockTime(e.When(), s.UI.Now()), w-2)...)
	}
	lower := 0
	if len(kept) > 0 {
		kept = append([]string{" " + t.Title.Render("Notes and evidence")}, kept...)
		lower = min(len(kept), h/4)
	}
	var lines []string
	if h >= 30 {
		lines = append(lines, s.standing(w, h/2)...)
	}
	lines = append(lines, " "+t.Title.Render("Log")+t.Dim.Render("  "+kit.Entries(s.entries())))
	lines = append(lines, s.newest(w-2, h-lower-len(lines), func(seq uint64, when string) []string { return s.EntryBlock(seq, when, w-2) })...)
	return append(widget.Fit(lines, w, h-lower), widget.Fit(kept, w, lower)...)
}
