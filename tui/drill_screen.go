package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// A drillScreen is screen 6, the facilitator's: the exercise clock, what was
// delivered, what comes next and when, and how well the objectives were met.
type drillScreen struct {
	board
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

func newDrill(o *openIncident) *drillScreen {
	s := &drillScreen{played: rehearsal{sending: map[string]bool{}, failed: map[string]string{}}}
	s.board = newBoard(o, s, false)
	return s
}

func (s *drillScreen) Place() Place { return drillPlace() }

func (s *drillScreen) View(w, h int) ([]string, *tea.Cursor) {
	s.refresh()
	return s.frame(w, h, func(w, h int) []string {
		head := s.clockLines(w)
		if s.played.scenario == nil {
			return widget.Fit(head, w, h)
		}
		return append(head, s.body(w, h-drillHead)...)
	}), nil
}

func (s *drillScreen) Click(x, y int) tea.Cmd { return s.board.Click(x, y-drillHead) }

// planned is the plan as of now.
func (s *drillScreen) planned() []state.PlannedInject {
	now := s.ui.Now()
	if s.played.scenario == nil {
		return nil
	}
	if s.plan == nil || s.planSeq != s.inc.Head.Seq || s.planAt != now.Unix() {
		s.plan, s.planSeq, s.planAt = s.inc.Plan(s.played.scenario, now), s.inc.Head.Seq, now.Unix()
	}
	return s.plan
}

// inject is one inject of the plan; nil if it is not there.
func (s *drillScreen) inject(id string) *state.PlannedInject {
	plan := s.planned()
	for i := range plan {
		if plan[i].ID == id {
			return &plan[i]
		}
	}
	return nil
}

// chosen is the inject of the scenario under the cursor; nil if it is on none.
func (s *drillScreen) chosen() *state.PlannedInject {
	s.refresh()
	if at := s.at(); at.kind == injectRow {
		return s.inject(at.id)
	}
	return nil
}

// next is what comes next; nil if nothing comes of itself.
func (s *drillScreen) next() *state.PlannedInject {
	plan := s.planned()
	for i := range plan {
		if p := &plan[i]; p.Status == state.InjectDue || p.Status == state.InjectPlanned && p.HasDue {
			return p
		}
	}
	return nil
}

// list is in the order of time, so that what comes next stands below what came last.
func (s *drillScreen) list() []boardRow {
	var coming, kept, out, skipped []boardRow
	for _, p := range s.planned() {
		row := boardRow{kind: injectRow, id: p.ID}
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
	for i := range s.inc.Exercise.Delivered {
		d, kind := &s.inc.Exercise.Delivered[i], injectRow
		if d.AdHoc() {
			kind = adHocRow
		}
		out = append(out, boardRow{kind: kind, id: d.Inject})
	}
	var objectives []boardRow
	if s.played.scenario != nil {
		for _, o := range s.played.scenario.Objectives {
			objectives = append(objectives, boardRow{kind: objectiveRow, id: o.ID})
		}
	}
	rows := sections(nil, "Delivered", out)
	rows = sections(rows, "To come", coming)
	rows = sections(rows, "Held, or only if wanted", kept)
	rows = sections(rows, "Skipped", skipped)
	return sections(rows, "Objectives", objectives)
}

// sections adds a titled part to rows, unless it is empty.
func sections(rows []boardRow, title string, part []boardRow) []boardRow {
	if len(part) == 0 {
		return rows
	}
	return append(append(rows, boardRow{title: title}), part...)
}

func (s *drillScreen) line(r boardRow) (left, right string, style widget.Style) {
	switch r.kind {
	case objectiveRow:
		return s.objectiveLine(r.id)
	case adHocRow:
		d := s.inc.Exercise.Delivery(r.id)
		if d == nil {
			return "", "", s.ui.Theme.Text
		}
		return s.deliveredLine(d, d.Text)
	}
	p := s.inject(r.id)
	if p == nil {
		return "", "", s.ui.Theme.Text
	}
	if p.Delivery != nil {
		return s.deliveredLine(p.Delivery, p.Title)
	}
	sign, style := s.injectSign(p)
	at := "      "
	if p.HasDue {
		at = fmt.Sprintf("%6s", runbooks.ExerciseTime(p.Due))
	}
	return sign + " " + at + "  " + clean.Line(clean.Bounded(p.Title, 400)), s.brieflyStanding(p), style
}

// brieflyStanding leaves the list's room to the titles: how long it takes is said of
// what comes next alone.
func (s *drillScreen) brieflyStanding(p *state.PlannedInject) string {
	switch next := s.next(); {
	case p.Status == state.InjectWaiting:
		return "waits"
	case p.Status == state.InjectPlanned && p.HasDue && (next == nil || next.ID != p.ID):
		return ""
	}
	return s.standing(p)
}

func (s *drillScreen) deliveredLine(d *state.Delivery, title string) (left, right string, style widget.Style) {
	t := s.ui.Theme
	left = fmt.Sprintf("%s %6s  %s", t.Glyphs.Done, runbooks.ExerciseTime(d.At.Truncate(time.Minute)), clean.Line(clean.Bounded(title, 400)))
	answer := s.answer(d.Inject)
	switch {
	case !answer.Answered() && answer.Untold:
		return left, "not known", t.Dim
	case !answer.Answered():
		return left, "no answer", t.Warn
	}
	word := "acted "
	if answer.Acked != nil && answer.After() == answer.AckedAfter {
		word = "ack "
	}
	return left, word + span(answer.After()), t.OK
}

// answer is what became of a delivered inject.
func (s *drillScreen) answer(id string) state.Response {
	s.count()
	return s.answers[id]
}

// count looks at the log anew if it has grown.
func (s *drillScreen) count() {
	if s.answers != nil && s.answered == s.inc.Head.Seq {
		return
	}
	s.answers, s.answered = map[string]state.Response{}, s.inc.Head.Seq
	for _, r := range s.inc.Responses() {
		s.answers[r.Inject] = r
	}
	last, number := s.lastMessage()
	s.since, s.lastNumber = len(s.inc.PlayerEntries(last)), number
}

// injectSign is the glyph and look of an inject that was not delivered.
func (s *drillScreen) injectSign(p *state.PlannedInject) (string, widget.Style) {
	t, g := s.ui.Theme, s.ui.Theme.Glyphs
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
func (s *drillScreen) standing(p *state.PlannedInject) string {
	switch p.Status {
	case state.InjectDue:
		switch {
		case s.played.failed[p.ID] != "":
			return "CANNOT BE DELIVERED"
		case s.played.sending[p.ID]:
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
		return "skipped " + clockTime(p.Held.When, s.ui.Now())
	case state.InjectContingent:
		return "if wanted"
	}
	if !p.HasDue {
		return "by hand"
	}
	return "in " + span(p.Due-s.inc.Exercise.At(s.ui.Now()))
}

// span is a stretch of time for a countdown: 7:30, or 1:07:30.
func span(d time.Duration) string {
	n := int64(max(0, d+time.Second-1) / time.Second)
	if n >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%d:%02d", n/60, n%60)
}

func (s *drillScreen) objectiveLine(id string) (left, right string, style widget.Style) {
	t, g := s.ui.Theme, s.ui.Theme.Glyphs
	objective := s.played.scenario.Objective(id)
	if objective == nil {
		return "", "", t.Text
	}
	left = clean.Line(clean.Bounded(objective.Title, 400))
	rated := s.inc.Exercise.Rating(id)
	if rated == nil {
		return g.Todo + " " + left, "not rated", t.Text
	}
	return g.Done + " " + left, string(rated.Rating), t.OK
}

// clockLines are the exercise clock and what comes next.
func (s *drillScreen) clockLines(w int) []string {
	t, now := s.ui.Theme, s.ui.Now()
	x := &s.inc.Exercise
	set := x.Now()
	at := "  " + elapsedExercise(x.At(now))
	var clock string
	switch {
	case s.inc.Closed != nil:
		clock = t.Strong.Render("THE DRILL IS CLOSED") + at
	case !x.Started():
		clock = t.Warn.Render("NOT STARTED") + at
	case !set.Running:
		clock = t.Warn.Render("PAUSED") + t.Strong.Render(at) + "  by " + widget.Truncate(person(set.By), 20)
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
	return []string{widget.Spread(" "+clock, t.Dim.Render(count), w), widget.Spread(" "+s.nextLine(now), t.Dim.Render(s.sinceLine()), w), rule}
}

// elapsedExercise is an exercise time with its seconds: +0:12:05.
func elapsedExercise(at time.Duration) string {
	n := int64(at / time.Second)
	return fmt.Sprintf("+%d:%02d:%02d", n/3600, n/60%60, n%60)
}

// sinceLine counts what the players did since the last message.
func (s *drillScreen) sinceLine() string {
	if s.count(); s.lastNumber == 0 {
		return ""
	}
	return plural(s.since, "action") + fmt.Sprintf(" since message %d ", s.lastNumber)
}

// lastMessage is the newest entry that delivered an inject, and that one's number; 0
// if there is none.
func (s *drillScreen) lastMessage() (seq uint64, number int) {
	for i := range s.inc.Exercise.Delivered {
		d := &s.inc.Exercise.Delivered[i]
		if at := d.Times[len(d.Times)-1]; at > seq {
			seq, number = at, d.Number
		}
	}
	return seq, number
}

// nextLine says what comes next, and when.
func (s *drillScreen) nextLine(now time.Time) string {
	t, x := s.ui.Theme, &s.inc.Exercise
	p := s.next()
	if p == nil {
		return t.Dim.Render("Nothing comes of itself any more.")
	}
	title := clean.Line(clean.Bounded(p.Title, 400))
	if p.Status == state.InjectDue && x.Started() {
		return t.Accent.Render("DUE ") + t.Strong.Render(title)
	}
	when := "in " + span(p.Due-x.At(now))
	if wall, ok := x.WallTime(p.Due, now); ok && x.Now().Speed > 1 {
		when += " of exercise, " + span(wall.Sub(now)) + " of wall time"
	}
	return t.Dim.Render("NEXT ") + runbooks.ExerciseTime(p.Due) + " " + t.Info.Render(when) + "  " + title
}
