package clocks

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/when"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// This file has all of what people set in an incident, until it is over: the timers.

// pendingKinds are its kinds, in the order in which they are listed when they are over.
var pendingKinds = []pendingKind{
	{"timer", "Timers that are over", timerText, func(id string) state.Command { return state.EndTimer{Timer: id} }},
}

// A pendingKind is one of them.
type pendingKind struct {
	row  incident.RowKind // and its noun's key
	over string           // heads those that are over
	text func(s *Screen, p *incident.Page, id string)
	end  func(id string) state.Command
}

// pendingRows are what can be done with it on its screen.
var pendingRows = []kit.Row[*Screen]{
	{ID: "timer.end", Title: "End the timer", Label: "end", Rank: 2, Keys: []string{"x"}, When: (*Screen).noPending, Do: (*Screen).end, Records: (*Screen).endLabel},
}

// SetActions set it, on every screen of an incident.
func SetActions() []kit.Action {
	return []kit.Action{
		{ID: "timer.set", Title: "Set a timer", Label: "timer", Rank: 6, Keys: []string{"@"}, On: incident.Anywhere(), When: incident.Unwritable, Do: incident.With(setTimer)},
	}
}

// setTimer asks for a time at which to be reminded.
func setTimer(o *incident.Open) tea.Cmd {
	step, name := incident.HereOf(o)
	about := ""
	if step != "" {
		about = "For step " + name + "."
	}
	ahead := func(v map[string]string) (time.Time, error) { return o.UI.Ahead(v["in"], time.Time{}) }
	return o.Ask(incident.TypedAction{
		Title: "Set a timer", About: about, Verb: "set", Values: map[string]string{"in": "10m", "title": "report back"},
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "in", Label: "When", Fills: "due", Required: true, Hint: "10m, or 07:30", Check: o.UI.NotAhead},
				{ID: "title", Label: "To be reminded of", Required: true}}
		},
		Wrong: func(v map[string]string) string {
			if _, err := ahead(v); err != nil {
				return err.Error()
			}
			return ""
		},
		Command: func(v map[string]string) state.Command {
			due, _ := ahead(v) // Wrong has seen to it
			return state.SetTimer{Title: v["title"], Step: step, Due: due}
		},
	})
}

// timerText is the text of a timer, below what is told of everything that people set.
func timerText(s *Screen, p *incident.Page, id string) {
	timer, now := s.Inc.Timer(id), s.UI.Now()
	p.Labelled("Set ", kit.ClockTime(timer.Set, now)+" by "+kit.Person(timer.By))
	if step := s.Inc.Step(timer.Step); step != nil {
		p.Labelled("Step", step.Name())
	}
	p.Labelled("Over", timer.Why)
}

// pendingRow is the row of what somebody set.
func pendingRow(p state.Pending) incident.Row {
	return incident.Row{Kind: incident.RowKind(p.Noun().Key()), ID: p.Named().ID}
}

// pendingAt is what somebody set, by its row; nil if the row is another.
func (s *Screen) pendingAt(r incident.Row) state.Pending {
	return state.PendingBy(s.Inc, string(r.Kind), r.ID)
}

// pending is what is under the cursor, if somebody set it; else nil.
func (s *Screen) pending() state.Pending {
	s.Refresh()
	return s.pendingAt(s.At())
}

// kindOf is the kind of what somebody set.
func kindOf(p state.Pending) *pendingKind {
	for i := range pendingKinds {
		if k := &pendingKinds[i]; k.row == pendingRow(p).Kind {
			return k
		}
	}
	return nil
}

// pendingOver lists by its kinds what is not listed among what is due.
func (s *Screen) pendingOver(listed map[incident.Row]bool) (rows []incident.Row) {
	for _, k := range pendingKinds {
		var over []incident.Row
		for _, p := range state.PendingOf(s.Inc) {
			if r := pendingRow(p); r.Kind == k.row && !listed[r] {
				over = append(over, r)
			}
		}
		if len(over) > 0 {
			rows = append(append(rows, incident.Headed(k.over, len(over), "")), over...)
		}
	}
	return rows
}

// pendingSigns are the sign and the look of what somebody set, and where it stands.
func (s *Screen) pendingSigns(p state.Pending, now time.Time) (sign string, style widget.Style, right string) {
	t, g := s.UI.Theme, s.UI.Theme.Glyphs
	over := p.Over()
	switch {
	case !over.IsZero() && s.UI.ByLine: // "yes: over" is no answer to anything
		return "", t.Dim, "over " + kit.ClockTime(over, now)
	case !over.IsZero():
		return g.Done, t.Dim, "over " + kit.ClockTime(over, now)
	case !state.Runs(p):
		return "?", t.Dim, "not known"
	case s.Inc.Closed != nil:
		return g.Todo, t.Dim, incident.OpenAtEnd
	case !now.Before(p.DueAt()):
		return g.Unsaved, t.Warn, "DUE " + kit.ClockTime(p.DueAt(), now)
	}
	return g.Active, t.Accent, when.Elapsed(p.DueAt().Sub(now))
}

func (s *Screen) pendingText(page *incident.Page, p state.Pending) {
	now := s.UI.Now()
	sign, style, right := s.pendingSigns(p, now)
	page.Text(page.T.Title, p.Named().Title)
	page.Hanging(style, sign+" ", style, right)
	page.Gap()
	page.Labelled("Due ", kit.ClockTime(p.DueAt(), now)+", "+p.DueAt().UTC().Format("15:04 UTC"))
	kindOf(p).text(s, page, p.Named().ID)
}

func (s *Screen) noPending() string {
	switch p := s.pending(); {
	case p == nil:
		return "Choose a timer first."
	case !p.Over().IsZero():
		return "It is over."
	}
	return s.Cannot()
}

func (s *Screen) end() tea.Cmd {
	p := s.pending()
	return s.Record(kindOf(p).end(p.Named().ID))
}

// endLabel is what is recorded by it.
func (s *Screen) endLabel() string {
	p := s.pending()
	return "the end of the " + p.Noun().Key() + " " + p.Named().Title
}
