// Package drill is screen 6, the facilitator's, and what a drill has on every screen:
// the messages that players get. A player's screens never hold the scenario.
package drill

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Screen is screen 6, the facilitator's: the exercise clock, what was
// delivered, what comes next and when, and how well the objectives were met.
type Screen struct {
	incident.Board
	played   rehearsal
	plan     []state.PlannedInject
	planSeq  uint64
	planAt   int64 // seconds
	answers  map[string]state.Response
	answered uint64 // of the entries that answers, since and lastNumber hold

	since      int // what the players did since the last message
	lastNumber int // of the last message; 0 if there is none
}

// drillHead is how many rows the clock takes above the list.
const drillHead = 3

// The kinds of rows.
const (
	injectRow    incident.RowKind = "inject"
	adHocRow     incident.RowKind = "ad hoc" // an inject that no scenario has
	objectiveRow incident.RowKind = "objective"
)

// New makes screen 6 of an incident.
func New(o *incident.Open) *Screen {
	s := &Screen{}
	s.Board = incident.NewBoard(o, s, false, 0)
	s.Sentences = true
	return s
}

// Place implements kit.Part.
func (s *Screen) Place() kit.Place { return Place() }

// View implements kit.Part.
func (s *Screen) View(w, h int) ([]string, *tea.Cursor) {
	s.Refresh()
	return s.Frame(w, h, func(w, h int) []string {
		head := s.clockLines(w)
		if s.played.scenario == nil {
			return widget.Fit(head, w, h)
		}
		return append(head, s.Body(w, h-drillHead)...)
	}), nil
}

// Click implements kit.Part.
func (s *Screen) Click(x, y int) tea.Cmd { return s.Board.Click(x, y-drillHead) }

// planned is the plan as of now.
func (s *Screen) planned() []state.PlannedInject {
	now := end(s)
	if s.played.scenario == nil {
		return nil
	}
	if s.plan == nil || s.planSeq != s.Inc.Head.Seq || s.planAt != now.Unix() {
		s.plan, s.planSeq, s.planAt = s.Inc.Exercise.Plan(s.played.scenario, now), s.Inc.Head.Seq, now.Unix()
	}
	return s.plan
}

// inject is one inject of the plan; nil if it is not there.
func (s *Screen) inject(id string) *state.PlannedInject {
	plan := s.planned()
	for i := range plan {
		if plan[i].ID == id {
			return &plan[i]
		}
	}
	return nil
}

// chosen is the inject of the scenario under the cursor; nil if it is on none.
func (s *Screen) chosen() *state.PlannedInject {
	s.Refresh()
	if at := s.At(); at.Kind == injectRow {
		return s.inject(at.ID)
	}
	return nil
}

// next is what comes next; nil if nothing comes of itself.
func (s *Screen) next() *state.PlannedInject {
	plan := s.planned()
	for i := range plan {
		if p := &plan[i]; p.Status == state.InjectDue || p.Status == state.InjectPlanned && p.HasDue {
			return p
		}
	}
	return nil
}

// List is in the order of time, so that what comes next stands below what came last.
func (s *Screen) List() []incident.Row {
	var coming, kept, out, skipped []incident.Row
	for _, p := range s.planned() {
		row := incident.Row{Kind: injectRow, ID: p.ID}
		switch p.Status {
		case state.InjectIsOut:
		case state.InjectWasSkipped:
			skipped = append(skipped, row)
		case state.InjectHeldBack, state.InjectContingent:
			kept = append(kept, row)
		default:
			coming = append(coming, row)
		}
	}
	for i := range s.Inc.Exercise.Delivered {
		d, kind := &s.Inc.Exercise.Delivered[i], injectRow
		if d.AdHoc() {
			kind = adHocRow
		}
		out = append(out, incident.Row{Kind: kind, ID: d.Inject})
	}
	var objectives []incident.Row
	if s.played.scenario != nil {
		for _, o := range s.played.scenario.Objectives {
			objectives = append(objectives, incident.Row{Kind: objectiveRow, ID: o.ID})
		}
	}
	rows := sections(nil, "Delivered", out)
	rows = sections(rows, "To come", coming)
	rows = sections(rows, "Held, or only if wanted", kept)
	rows = sections(rows, "Skipped", skipped)
	return sections(rows, "Objectives", objectives)
}

// sections adds a titled part to rows, unless it is empty.
func sections(rows []incident.Row, title string, part []incident.Row) []incident.Row {
	if len(part) == 0 {
		return rows
	}
	return append(append(rows, incident.Row{Title: title}), part...)
}

// Line implements incident.Boarded.
func (s *Screen) Line(r incident.Row) (left, right string, style widget.Style) {
	switch r.Kind {
	case objectiveRow:
		return s.objectiveLine(r.ID)
	case adHocRow:
		d := s.Inc.Exercise.Delivery(r.ID)
		if d == nil {
			return "", "", s.UI.Theme.Text
		}
		return s.deliveredLine(d, d.Text)
	}
	p := s.inject(r.ID)
	if p == nil {
		return "", "", s.UI.Theme.Text
	}
	if p.Delivery != nil {
		return s.deliveredLine(p.Delivery, p.Title)
	}
	sign, style := s.injectSign(p)
	at := "      "
	if p.HasDue {
		at = fmt.Sprintf("%6s", runbooks.ExerciseTime(p.Due))
	}
	return sign + " " + at + "  " + clean.Row(p.Title), s.brieflyStanding(p), style
}

// brieflyStanding leaves the list's room to the titles: how long it takes is said of
// what comes next alone.
func (s *Screen) brieflyStanding(p *state.PlannedInject) string {
	switch next := s.next(); {
	case p.Status == state.InjectWaiting:
		return "waits"
	case p.Status == state.InjectPlanned && p.HasDue && (next == nil || next.ID != p.ID):
		return ""
	}
	return s.standing(p)
}

func (s *Screen) deliveredLine(d *state.Delivery, title string) (left, right string, style widget.Style) {
	t := s.UI.Theme
	left = fmt.Sprintf("%s %6s  %s", t.Glyphs.Done, runbooks.ExerciseTime(d.At.Truncate(time.Minute)), clean.Row(title))
	answer := s.answer(d.Inject)
	switch {
	case answer.Link != nil:
		return left, "answer " + span(answer.AnsweredAfter), t.OK
	case answer.Acked != nil:
		return left, "ack " + span(answer.AckedAfter), t.OK
	case answer.NextAct.Seq != 0:
		return left, "next " + span(answer.NextAfter), t.Text
	case answer.Untold:
		return left, "not known", t.Dim
	}
	return left, "nothing", t.Warn
}

// answer is what became of a delivered inject.
func (s *Screen) answer(id string) state.Response {
	s.count()
	return s.answers[id]
}

// count looks at the log anew if it has grown.
func (s *Screen) count() {
	if s.answers != nil && s.answered == s.Inc.Head.Seq {
		return
	}
	s.answers, s.answered = map[string]state.Response{}, s.Inc.Head.Seq
	for _, r := range s.Inc.Responses() {
		s.answers[r.Inject] = r
	}
	last, number := lastMessage(s.Inc)
	s.since, s.lastNumber = len(s.Inc.PlayerEntries(last)), number
}

// injectSign is the glyph and look of an inject that was not delivered.
func (s *Screen) injectSign(p *state.PlannedInject) (string, widget.Style) {
	t, g := s.UI.Theme, s.UI.Theme.Glyphs
	switch p.Status {
	case state.InjectDue:
		return g.Active, t.Accent
	case state.InjectWaiting:
		return g.Waiting, t.Dim
	case state.InjectHeldBack:
		return g.Blocked, t.Warn
	case state.InjectWasSkipped:
		return g.Skipped, t.Dim
	case state.InjectContingent:
		return g.Confirm, t.Info
	}
	return g.Todo, t.Text
}

// standing says in a few words where an inject stands that was not delivered.
func (s *Screen) standing(p *state.PlannedInject) string {
	switch p.Status {
	case state.InjectDue:
		switch {
		case s.played.queue.Failed(p.ID) != "":
			return "CANNOT BE DELIVERED"
		case s.played.queue.OnItsWay(p.ID):
			return "on its way"
		}
		return "DUE"
	case state.InjectWaiting:
		if before := s.inject(p.After); before != nil && before.Status == state.InjectWasSkipped {
			return "by hand"
		}
		return "after " + clean.Line(p.After)
	case state.InjectHeldBack:
		return "HELD"
	case state.InjectWasSkipped:
		return "skipped " + kit.ClockTime(p.Held.When, s.UI.Now())
	case state.InjectContingent:
		return "if wanted"
	}
	if !p.HasDue {
		return "by hand"
	}
	return "in " + span(p.Due-s.Inc.Exercise.At(end(s)))
}

// span is a stretch of time for a countdown: 7:30, or 1:07:30.
func span(d time.Duration) string {
	n := int64(max(0, d+time.Second-1) / time.Second)
	if n >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%d:%02d", n/60, n%60)
}

func (s *Screen) objectiveLine(id string) (left, right string, style widget.Style) {
	t, g := s.UI.Theme, s.UI.Theme.Glyphs
	objective := s.played.scenario.Objective(id)
	if objective == nil {
		return "", "", t.Text
	}
	left = clean.Row(objective.Title)
	var ratings []string
	for _, rated := range s.Inc.Exercise.RatingsOf(id) {
		ratings = append(ratings, string(rated.Rating))
	}
	if len(ratings) == 0 {
		return g.Todo + " " + left, "not rated", t.Text
	}
	return g.Done + " " + left, strings.Join(ratings, " "), t.OK
}

// clockLines are the exercise clock and what comes next.
func (s *Screen) clockLines(w int) []string {
	t, now := s.UI.Theme, end(s)
	x := &s.Inc.Exercise
	set := x.Now()
	at := "  " + elapsedExercise(x.At(now))
	var clock string
	switch {
	case s.Inc.Closed != nil:
		clock = t.Strong.Render("THE DRILL IS CLOSED") + at
	case !x.Started():
		clock = t.Warn.Render("NOT STARTED") + at
	case !set.Running:
		clock = t.Warn.Render("PAUSED") + t.Strong.Render(at) + "  by " + widget.Truncate(kit.Person(set.By), 20)
	default:
		clock = t.OK.Render("RUNNING") + t.Strong.Render(at)
	}
	clock += fmt.Sprintf("  ×%d", set.Speed)
	rule := t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))
	if s.played.scenario == nil {
		why := "Reading the scenario" + t.Glyphs.Saving
		if s.played.err != "" {
			why = "The scenario cannot be read: " + s.played.err
		}
		return []string{widget.Spread(" "+clock, "", w), " " + widget.Truncate(t.Warn.Render(why), w-2), rule}
	}
	out := 0
	for _, p := range s.planned() {
		if p.Delivery != nil {
			out++
		}
	}
	count := fmt.Sprintf("%d of %d delivered ", out, len(s.plan))
	return []string{widget.Spread(" "+clock, t.Dim.Render(count), w), widget.Spread(" "+s.nextLine(now), t.Dim.Render(sinceLine(s)), w), rule}
}

// elapsedExercise is an exercise time with its seconds: +0:12:05.
func elapsedExercise(at time.Duration) string {
	n := int64(at / time.Second)
	return fmt.Sprintf("+%d:%02d:%02d", n/3600, n/60%60, n%60)
}

// sinceLine counts what the players did since the last message.
func sinceLine(s *Screen) string {
	if s.count(); s.lastNumber == 0 {
		return ""
	}
	return kit.Plural(s.since, "action") + fmt.Sprintf(" since message %d ", s.lastNumber)
}

// lastMessage is the newest entry that delivered an inject, and that one's number; 0
// if there is none.
func lastMessage(inc *state.Incident) (seq uint64, number int) {
	for i := range inc.Exercise.Delivered {
		d := &inc.Exercise.Delivered[i]
		if at := d.Times[len(d.Times)-1]; at > seq {
			seq, number = at, d.Number
		}
	}
	return seq, number
}

// nextLine says what comes next, and when.
func (s *Screen) nextLine(now time.Time) string {
	t, x := s.UI.Theme, &s.Inc.Exercise
	p := s.next()
	if p == nil {
		return t.Dim.Render("Nothing comes of itself any more.")
	}
	title := clean.Row(p.Title)
	if p.Status == state.InjectDue && x.Started() {
		return t.Accent.Render("DUE ") + t.Strong.Render(title)
	}
	when := "in " + span(p.Due-x.At(now))
	if wall, ok := x.WallTime(p.Due, now); ok && x.Now().Speed > 1 {
		when += " of exercise, " + span(wall.Sub(now)) + " of wall time"
	}
	return t.Dim.Render("NEXT ") + runbooks.ExerciseTime(p.Due) + " " + t.Info.Render(when) + "  " + title
}

// Finds says what the palette finds: the injects of the scenario, for the facilitator,
// whose screens alone have it.
func (s *Screen) Finds() []kit.Finding {
	var all []kit.Finding
	for _, p := range s.planned() {
		all = append(all, s.Finding(incident.Row{Kind: injectRow, ID: p.ID}, "inject", fmt.Sprintf("%d %s", p.Number, p.Title), string(p.Status)))
	}
	return all
}

// Place is screen 6, the facilitator's.
func Place() kit.Place {
	return kit.Place{Name: "drill", Is: kit.List | incident.Trait | kit.Split, Not: "evidence severity step.add runbook.attach"}
}

// MessagePlace is a message of a drill.
func MessagePlace() kit.Place { return kit.Place{Name: "message", Is: kit.Over | kit.Page} }
