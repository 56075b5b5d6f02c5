package tui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// mostPlayed is how many of the players' entries stand in the text of an inject.
const mostPlayed = 40

func (s *drillScreen) detail(r boardRow, w int) []string {
	p := s.page(w)
	switch r.kind {
	case objectiveRow:
		s.objectiveText(p, s.played.scenario.Objective(r.id))
		return p.lines
	case adHocRow:
		if d := s.inc.Exercise.Delivery(r.id); d != nil {
			p.text(p.t.Title, fmt.Sprintf("Message %d, made on the spot", d.Number))
			s.deliveredText(p, d)
			p.labelled("World", worldText(d.World))
		}
	default:
		if in := s.inject(r.id); in != nil {
			s.injectText(p, in)
		}
	}
	s.sinceText(p, r.id)
	return p.lines
}

// injectText is an inject with everything that only the facilitator knows.
func (s *drillScreen) injectText(p *page, in *state.PlannedInject) {
	t := p.t
	p.text(t.Title, fmt.Sprintf("%d  %s", in.Number, in.Title))
	if in.Delivery != nil {
		s.deliveredText(p, in.Delivery)
	} else {
		s.pendingText(p, in)
	}
	p.gap()
	p.labelled("Expect   ", in.Expect)
	p.labelled("Notes    ", in.Notes)
	if o := s.played.scenario.Objective(in.Objective); o != nil {
		p.labelled("Objective", o.Title)
	}
	world := map[string]string{}
	for id, seen := range in.World {
		world[id] = seen.String()
	}
	p.labelled("World    ", worldText(world))
}

// worldText is what checks show from then on.
func worldText(world map[string]string) string {
	var parts []string
	for _, id := range slices.Sorted(maps.Keys(world)) {
		parts = append(parts, id+" is "+world[id])
	}
	return strings.Join(parts, "; ")
}

func (s *drillScreen) pendingText(p *page, in *state.PlannedInject) {
	t := p.t
	sign, style := s.injectSign(in)
	standing := s.standing(in)
	if in.HasDue {
		standing = runbooks.ExerciseTime(in.Due) + ", " + standing
	}
	p.hanging(style, sign+" ", style, standing)
	if in.Held.By != "" {
		p.hanging(style, "  ", t.Dim, person(in.Held.By)+" "+clockTime(in.Held.When, s.ui.Now())+heldWhy(in.Held.Why))
	}
	if why := s.played.failed[in.ID]; why != "" {
		p.hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, why)
	}
	if in.Contingency {
		p.text(t.Info, "Only if you want it: it never falls due of itself.")
	}
	if before := s.inject(in.After); before != nil {
		p.labelled("After", fmt.Sprintf("%d %s: %s", before.Number, before.Title, before.Status))
	}
	p.gap()
	p.labelled("From", in.From)
	p.labelled("To  ", s.audience(in.To))
	p.labelled("Via ", in.Via)
	p.gap()
	p.text(t.Strong, in.Text)
	for _, a := range in.Attachments {
		p.labelled("With", fmt.Sprintf("%s, %d bytes", a.Name, len(a.Text)))
	}
}

func heldWhy(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// deliveredText is an inject as the players have it, and what became of it.
func (s *drillScreen) deliveredText(p *page, d *state.Delivery) {
	t, answer := p.t, s.answer(d.Inject)
	p.hanging(t.OK, t.Glyphs.Done+" ", t.OK, fmt.Sprintf("delivered as number %d at %s by %s", d.Number, runbooks.ExerciseTime(d.At), person(d.By)))
	switch {
	case !answer.Answered() && answer.Untold:
		p.hanging(t.Dim, "? ", t.Dim, "whether anybody acted on it is withheld from this copy of the log")
	case !answer.Answered():
		p.hanging(t.Warn, t.Glyphs.Active+" ", t.Warn, "nobody has answered, for "+span(s.inc.Exercise.Elapsed(d.When, s.ui.Now()))+" of exercise")
	case answer.Acted.Seq != 0:
		p.hanging(t.OK, t.Glyphs.Done+" ", t.Text, fmt.Sprintf("first acted on after %s: %s, %s", span(answer.ActedAfter), person(answer.Acted.By.Name), clean.Bounded(s.inc.Describe(answer.Acted), 300)))
	}
	if answer.Acked != nil {
		p.hanging(t.OK, t.Glyphs.Done+" ", t.Text, "first acknowledged after "+span(answer.AckedAfter))
	}
	p.gap()
	s.messageText(p, d)
}

// sinceText is what the players did since the inject, if it was delivered, or else
// since the last one that was.
func (s *drillScreen) sinceText(p *page, id string) {
	last, title := uint64(0), "What the players did so far"
	if d := s.inc.Exercise.Delivery(id); d != nil {
		last, title = d.Seq, "What the players did since it was delivered"
	} else if seq, number := s.lastMessage(); number > 0 {
		last, title = seq, fmt.Sprintf("What the players did since message %d", number)
	}
	p.gap()
	p.text(p.t.Heading, title)
	entries := s.inc.PlayerEntries(last)
	if len(entries) == 0 {
		p.text(p.t.Dim, "nothing.")
	}
	for i := len(entries) - 1; i >= 0; i-- {
		if len(entries)-i > mostPlayed {
			p.text(p.t.Dim, fmt.Sprintf("and %d before.", i+1))
			break
		}
		e := entries[i]
		p.hanging(p.t.Dim, runbooks.ExerciseTime(s.inc.Exercise.AtEntry(e))+" ", p.t.Text, e.By.Name+"  "+clean.Bounded(s.inc.Describe(e), 400))
	}
}

// objectiveText is an objective, how it was rated, and what was observed.
func (s *drillScreen) objectiveText(p *page, o *runbooks.Objective) {
	if o == nil {
		return
	}
	t, now := p.t, s.ui.Now()
	p.text(t.Title, o.Title)
	p.text(t.Text, o.Text)
	p.gap()
	rated := s.inc.Exercise.Rating(o.ID)
	if rated == nil {
		p.text(t.Warn, "Not rated: "+s.ui.KeyOf("drill.rate")+" rates it.")
	} else {
		p.hanging(t.OK, string(rated.Rating)+"  ", t.Text, rated.Rating.Title())
		p.hanging(t.OK, "   ", t.Dim, clockTime(rated.When, now)+" "+person(rated.By)+heldWhy(rated.Note))
	}
	p.gap()
	p.text(t.Heading, "Observed")
	none := true
	for i := range s.inc.Exercise.Observations {
		seen := &s.inc.Exercise.Observations[i]
		if seen.Objective == o.ID {
			none = false
			sign, style := observationSign(t, seen.Mark)
			p.hanging(style, sign+" ", t.Text, clockTime(seen.When, now)+" "+string(seen.Mark)+": "+seen.Text)
		}
	}
	if none {
		p.text(t.Dim, "nothing yet.")
	}
	p.gap()
	p.text(t.Heading, "Injects for it")
	for _, in := range s.planned() {
		if in.Objective == o.ID {
			p.hanging(t.Dim, t.Glyphs.Bullet+" ", t.Text, fmt.Sprintf("%d %s: %s", in.Number, in.Title, in.Status))
		}
	}
}

func observationSign(t widget.Theme, mark state.Mark) (string, widget.Style) {
	if mark == state.Strength {
		return "+", t.OK
	}
	return "!", t.Warn
}
