package drill

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// mostPlayed is how many of the players' entries stand in the text of an inject.
const mostPlayed = 40

// Detail implements incident.Boarded.
func (s *Screen) Detail(r incident.Row, w int) []string {
	p := s.Page(w)
	switch r.Kind {
	case objectiveRow:
		s.objectiveText(p, s.played.scenario.Objective(r.ID))
		return p.Lines
	case adHocRow:
		if d := s.Inc.Exercise.Delivery(r.ID); d != nil {
			p.Text(p.T.Title, fmt.Sprintf("Message %d, made on the spot", d.Number))
			s.deliveredText(p, d)
			p.Labelled("World", worldText(d.World))
		}
	default:
		if in := s.inject(r.ID); in != nil {
			s.injectText(p, in)
		}
	}
	s.sinceText(p, r.ID)
	return p.Lines
}

// injectText is an inject with everything that only the facilitator knows.
func (s *Screen) injectText(p *incident.Page, in *state.PlannedInject) {
	t := p.T
	p.Text(t.Title, fmt.Sprintf("%d  %s", in.Number, in.Title))
	if in.Delivery != nil {
		s.deliveredText(p, in.Delivery)
	} else {
		s.pendingText(p, in)
	}
	p.Gap()
	p.Labelled("Expect   ", in.Expect)
	p.Labelled("Notes    ", in.Notes)
	if o := s.played.scenario.Objective(in.Objective); o != nil {
		p.Labelled("Objective", o.Title)
	}
	world := map[string]string{}
	for id, seen := range in.World {
		world[id] = seen.String()
	}
	p.Labelled("World    ", worldText(world))
}

// worldText is what checks show from then on.
func worldText(world map[string]string) string {
	var parts []string
	for _, id := range slices.Sorted(maps.Keys(world)) {
		parts = append(parts, id+" is "+world[id])
	}
	return strings.Join(parts, "; ")
}

func (s *Screen) pendingText(p *incident.Page, in *state.PlannedInject) {
	t := p.T
	sign, style := s.injectSign(in)
	standing := s.standing(in)
	if in.HasDue {
		standing = runbooks.ExerciseTime(in.Due) + ", " + standing
	}
	p.Hanging(style, sign+" ", style, standing)
	if in.Held.By != "" {
		p.Hanging(style, "  ", t.Dim, kit.Person(in.Held.By)+" "+kit.ClockTime(in.Held.When, s.UI.Now())+heldWhy(in.Held.Why))
	}
	if why := s.played.queue.Failed(in.ID); why != "" {
		p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, why)
	}
	if in.Contingency {
		p.Text(t.Info, "Only if you want it: it never falls due of itself.")
	}
	if before := s.inject(in.After); before != nil {
		p.Labelled("After", fmt.Sprintf("%d %s: %s", before.Number, before.Title, before.Status))
	}
	p.Gap()
	p.Labelled("From", in.From)
	p.Labelled("To  ", audience(s.Inc, in.To))
	p.Labelled("Via ", in.Via)
	p.Gap()
	p.Text(t.Strong, in.Text)
	for _, a := range in.Attachments {
		p.Labelled("With", fmt.Sprintf("%s, %d bytes", a.Name, len(a.Text)))
	}
}

func heldWhy(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// deliveredText is an inject as the players have it, and what became of it.
func (s *Screen) deliveredText(p *incident.Page, d *state.Delivery) {
	t, answer := p.T, s.answer(d.Inject)
	p.Hanging(t.OK, t.Glyphs.Done+" ", t.OK, fmt.Sprintf("delivered as number %d at %s by %s", d.Number, runbooks.ExerciseTime(d.At), kit.Person(d.By)))
	switch {
	case answer.Link != nil:
		p.Hanging(t.OK, t.Glyphs.Done+" ", t.Text, fmt.Sprintf("answered after %s, as %s linked it: %s", span(answer.AnsweredAfter), kit.Person(answer.Link.By), briefly(s, answer.Answer)))
	case answer.Silent() && answer.Untold:
		p.Hanging(t.Dim, "? ", t.Dim, "what came of it may be withheld from this copy of the log")
	case answer.Silent():
		p.Hanging(t.Warn, t.Glyphs.Active+" ", t.Warn, "nothing was recorded after it, for "+span(s.Inc.Exercise.Elapsed(d.When, end(s)))+" of exercise")
	}
	if answer.Acked != nil {
		p.Hanging(t.OK, t.Glyphs.Done+" ", t.Text, "first acknowledged after "+span(answer.AckedAfter))
	}
	if answer.NextAct.Seq != 0 {
		p.Hanging(t.Dim, t.Glyphs.Bullet+" ", t.Text, fmt.Sprintf("next act of %s, after %s: %s", answer.NextBy, span(answer.NextAfter), briefly(s, answer.NextAct)))
	}
	p.Gap()
	messageText(s.Case, p, d)
}

// end is until when a drill's lengths count: now, or when it was closed.
func end(s *Screen) time.Time {
	if s.Inc.Closed != nil {
		return s.Inc.Closed.When
	}
	return s.UI.Now()
}

// briefly is an entry in a line.
func briefly(s *Screen, e state.Entry) string {
	return fmt.Sprintf("entry %d, %s, %s", e.Seq, kit.Person(e.By.Name), clean.Bounded(s.Says(e), 300))
}

// sinceText is what the players did since the inject, if it was delivered, or else
// since the last one that was.
func (s *Screen) sinceText(p *incident.Page, id string) {
	last, title := uint64(0), "What the players did so far"
	if d := s.Inc.Exercise.Delivery(id); d != nil {
		last, title = d.Seq, "What the players did since it was delivered"
	} else if seq, number := lastMessage(s.Inc); number > 0 {
		last, title = seq, fmt.Sprintf("What the players did since message %d", number)
	}
	p.Gap()
	p.Text(p.T.Heading, title)
	entries := s.Inc.PlayerEntries(last)
	if len(entries) == 0 {
		p.Text(p.T.Dim, "nothing.")
	}
	for i := len(entries) - 1; i >= 0; i-- {
		if len(entries)-i > mostPlayed {
			p.Text(p.T.Dim, fmt.Sprintf("and %d before.", i+1))
			break
		}
		e := entries[i]
		p.Hanging(p.T.Dim, runbooks.ExerciseTime(s.Inc.Exercise.AtEntry(e))+" ", p.T.Text, e.By.Name+"  "+clean.Bounded(s.Says(e), 400))
	}
}

// objectiveText is an objective, how it was rated, and what was observed.
func (s *Screen) objectiveText(p *incident.Page, o *runbooks.Objective) {
	if o == nil {
		return
	}
	t, now := p.T, s.UI.Now()
	p.Text(t.Title, o.Title)
	p.Text(t.Text, o.Text)
	p.Gap()
	ratings := s.Inc.Exercise.RatingsOf(o.ID)
	if len(ratings) == 0 {
		p.Text(t.Warn, "Not rated: "+s.UI.KeyOf("drill.rate")+" rates it.")
	}
	for _, rated := range ratings {
		p.Hanging(t.OK, string(rated.Rating)+"  ", t.Text, rated.Rating.Title())
		p.Hanging(t.OK, "   ", t.Dim, kit.ClockTime(rated.When, now)+" "+kit.Person(rated.By)+heldWhy(rated.Note))
	}
	p.Gap()
	p.Text(t.Heading, "Observed")
	none := true
	for i := range s.Inc.Exercise.Observations {
		seen := &s.Inc.Exercise.Observations[i]
		if seen.Objective == o.ID {
			none = false
			sign, style := observationSign(t, seen.Mark)
			p.Hanging(style, sign+" ", t.Text, kit.ClockTime(seen.When, now)+" "+string(seen.Mark)+": "+seen.Text)
		}
	}
	if none {
		p.Text(t.Dim, "nothing yet.")
	}
	p.Gap()
	p.Text(t.Heading, "Injects for it")
	for _, in := range s.planned() {
		if in.Objective == o.ID {
			p.Hanging(t.Dim, t.Glyphs.Bullet+" ", t.Text, fmt.Sprintf("%d %s: %s", in.Number, in.Title, in.Status))
		}
	}
}

func observationSign(t widget.Theme, mark state.Mark) (string, widget.Style) {
	if mark == state.Strength {
		return "+", t.OK
	}
	return "!", t.Warn
}
