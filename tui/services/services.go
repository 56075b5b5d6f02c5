// Package services is screen 2: what is known of each service, what was last said of
// it, and where the two differ.
package services

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Screen is screen 2: the services and what is known of them, what was
// last said of them, and where the two differ.
type Screen struct {
	*incident.Open
	cursor int // index in the incident's services
	first  int
	rows   int
	kept   servicesFacts
	side   incident.Side
}

// servicesFacts are what the table shows and is worth computing once.
type servicesFacts struct {
	seq     uint64
	said    map[string]string // by service: the state last said, "" if nothing was
	differs map[string]string // by service: how what was said and what is known differ
	over    map[string]string // by service: which harm was told of that is over, or another
	below   map[string]string // by service: what under it is hit
}

// New makes screen 2 of an incident.
func New(o *incident.Open) *Screen {
	return &Screen{Open: o, side: incident.NewSide(o, incident.SideServices)}
}

// Place implements kit.Part.
func (s *Screen) Place() kit.Place { return Place() }

// Update implements kit.Part.
func (s *Screen) Update(tea.Msg) tea.Cmd { return nil }

// Move implements kit.Mover.
func (s *Screen) Move(m kit.Motion) tea.Cmd {
	s.cursor = m.Step(s.cursor, len(s.Inc.Services), s.rows)
	return nil
}

// About implements incident's abouter: a note is about the service under the cursor.
func (s *Screen) About() (noun state.Noun, id, name string) {
	if s.cursor >= len(s.Inc.Services) {
		return state.NounService, "", ""
	}
	sv := &s.Inc.Services[s.cursor]
	return state.NounService, sv.ID, clean.Line(sv.Def.Title)
}

// set asks for the service's new state, and why.
func (s *Screen) set() tea.Cmd {
	if s.cursor >= len(s.Inc.Services) {
		return nil
	}
	sv := &s.Inc.Services[s.cursor]
	return s.Ask(incident.TypedAction{
		Title: clean.Line(sv.Def.Title), Verb: "set", Values: map[string]string{"state": string(sv.State)},
		About: "It is " + string(sv.State) + " now.",
		Fields: func() []*kit.Field {
			f := &kit.Field{ID: "state", Label: "State", Kind: kit.ChoiceField}
			for _, st := range state.ServiceStates() {
				f.Choices = append(f.Choices, kit.Choice{Value: string(st), Title: string(st)})
			}
			return []*kit.Field{f, {ID: "why", Label: "How do you know?", Required: true},
				{ID: "expect", Label: "Expected back", Hint: "optional: 4h from when it was so, or 07:30", Check: s.UI.NotAhead}}
		},
		Command: func(v map[string]string) state.Command {
			command := state.SetService{Service: sv.ID, State: state.ServiceState(v["state"]), Why: v["why"]}
			if back, err := s.expected(v); err == nil && !back.IsZero() {
				command.Expect = &back
			}
			return command
		},
		Wrong: func(v map[string]string) string {
			if _, err := s.expected(v); err != nil {
				return "Expected back: " + err.Error() + "."
			}
			return ""
		},
	})
}

// expected reads when the service is expected back: a length of time counts from when it was so.
func (s *Screen) expected(v map[string]string) (time.Time, error) {
	from, err := s.UI.Past(v["when"])
	if err != nil {
		return from, err
	}
	return s.UI.Ahead(v["expect"], from)
}

// learn computes what was said and what hangs on what, after the incident has
// changed.
func (s *Screen) learn() *servicesFacts {
	if s.kept.seq == s.Inc.Head.Seq {
		return &s.kept
	}
	k := servicesFacts{seq: s.Inc.Head.Seq, said: map[string]string{}, differs: map[string]string{}, over: map[string]string{}, below: map[string]string{}}
	for i := range s.Inc.Services {
		id := s.Inc.Services[i].ID
		if claim, _, ok := s.Inc.LastSaid(id); ok {
			k.said[id] = string(claim.State)
		}
		switch d, ok := s.Inc.Differs(id); {
		case ok && d.Unsure() && !d.State.OfHealth(): // nothing is known that is otherwise
		case ok && d.State.OfHealth():
			k.differs[id] = s.differText(d)
		case ok:
			k.over[id] = fmt.Sprintf("%s, at %s (entry %d): superseded since", d.State, kit.ClockTime(d.Said, s.UI.Now()), d.Seq)
		}
		if hit := s.serviceList(s.Inc.HitBelow(id)); hit != "" {
			k.below[id] = hit
		}
	}
	s.kept = k
	return &s.kept
}

// differText says loudly what was said, and what is known.
func (s *Screen) differText(d state.Difference) string {
	title := d.Notice
	if n := s.Inc.Notice(d.Notice); n != nil {
		title = n.Title()
	}
	known := "IS " + strings.ToUpper(string(d.Known))
	if d.Unsure() {
		known = "AND IT IS NOT KNOWN HOW IT STANDS"
	}
	if d.Known == state.Restored && (d.State == state.Restored || d.State == state.Verified) {
		known = "AND NOBODY HAS VERIFIED IT"
	}
	return fmt.Sprintf("SAID %s, %s: %q said so at %s (entry %d)", strings.ToUpper(string(d.State)), known,
		clean.Row(title), kit.ClockTime(d.Said, s.UI.Now()), d.Seq)
}

// serviceList names services with their states.
func (s *Screen) serviceList(ids []string) string {
	var names []string
	for _, id := range ids {
		name := s.ServiceTitle(id)
		if sv := s.Inc.Service(id); sv != nil {
			name += " (" + string(sv.State) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// View implements kit.Part.
func (s *Screen) View(w, h int) ([]string, *tea.Cursor) {
	return s.Frame(w, h, func(w, h int) []string { return s.side.Beside(w, h, s.body) }), nil
}

// serviceColumns are what the table shows of a service.
func serviceColumns() []widget.TableColumn {
	return []widget.TableColumn{
		{Min: 2},
		{Title: "Service", Min: 18},
		{Title: "State", Min: 10},
		{Title: "Since", Min: 5, Rank: 3},
		{Title: "By", Min: 4, Max: 20, Rank: 4},
		{Title: "Last check", Min: 12, Rank: 2},
		{Title: "Last said", Min: 11, Rank: 1},
		{Title: "Tier", Min: 4, Rank: 6},
		{Title: "Hit below it, or why", Min: 16, Rank: 5, Grow: 1},
	}
}

func (s *Screen) body(w, h int) []string {
	t := s.UI.Theme
	n := len(s.Inc.Services)
	if n == 0 {
		return widget.Fit([]string{"", t.Dim.Render(widget.PadCenter(s.None("The runbook has no services."), w))}, w, h)
	}
	s.cursor = min(s.cursor, n-1)
	below := s.Detail(w)
	below = below[:min(len(below), max(3, h-min(n, h/2)-2))]
	s.rows = max(3, h-1-len(below))
	s.first = widget.Window(n, s.rows, s.cursor, s.first)
	var rows [][]string
	for i := s.first; i < n && i < s.first+s.rows; i++ {
		rows = append(rows, s.row(&s.Inc.Services[i]))
	}
	columns, rows := s.looked(serviceColumns(), rows)
	table := widget.NewTable(t, columns, rows, w-3)
	lines := []string{"  " + table.Titles(t.Dim)}
	for i, row := range rows {
		line := widget.Pad(" "+table.Row(row...), w-1)
		sv := &s.Inc.Services[s.first+i]
		style := s.ServiceLook(sv.State)
		if s.learn().differs[sv.ID] != "" || s.IsTwo(state.OfService, sv.ID) {
			style = t.Error
		}
		if s.first+i == s.cursor {
			lines = append(lines, t.Selected.With(style).Render(t.Glyphs.Cursor+line))
		} else {
			lines = append(lines, style.Render(" "+line))
		}
	}
	lines = widget.Fit(lines, w, max(0, h-len(below)))
	return widget.Fit(append(lines, below...), w, h)
}

func (s *Screen) row(sv *state.Service) []string {
	k, g, since, sign := s.learn(), s.UI.Theme.Glyphs, "", ""
	if !sv.Since.IsZero() {
		since = kit.ClockTime(sv.Since, s.UI.Now())
	}
	said := k.said[sv.ID]
	if k.below[sv.ID] != "" {
		sign = g.Waiting
	}
	switch {
	case k.differs[sv.ID] != "":
		sign, said = g.Unsaved, g.Unsaved+" "+said
	case said != "" && !s.Inc.Knows(sv.ID):
		said = "? " + said
	case k.over[sv.ID] != "":
	case said != "":
		said = g.Done + " " + said
	}
	if s.IsTwo(state.OfService, sv.ID) {
		sign = g.Unsaved
	}
	known := string(sv.State)
	if !s.Inc.Knows(sv.ID) {
		known = "not known"
	}
	why := sv.Whys()
	if k.below[sv.ID] != "" {
		why = "needs " + k.below[sv.ID]
	}
	return []string{
		sign, clean.Row(sv.Def.Title), known, since, clean.Row(state.ByWhom(s.Inc, sv)),
		s.checkCell(sv), said, string(rune('0' + min(9, max(0, sv.Def.Tier)))), clean.Row(why),
	}
}

// checkCell is the newest look at a service, in a word.
func (s *Screen) checkCell(sv *state.Service) string {
	l, _ := s.Looked(sv.ID)
	now := s.UI.Now()
	switch {
	case l.Pending:
		return "checking" + s.UI.Theme.Glyphs.Saving
	case s.Unallowed(sv.ID) != "":
		return "asks first"
	case l.Err != nil:
		return "cannot check"
	case !l.When.IsZero() && !l.When.Before(sv.CheckedAt):
		return verdict(l.OK) + " " + kit.ClockTime(l.When, now)
	case sv.Checked != nil:
		return verdict(sv.Checked.OK) + " " + kit.ClockTime(sv.CheckedAt, now)
	case !response.CanLookAt(s.Inc, sv):
		return "none set"
	}
	return "not yet"
}

// lookColumn is the column of the last look, in a row.
const lookColumn = 5

// looked leaves the column of the last look out where nothing can be looked at.
func (s *Screen) looked(columns []widget.TableColumn, rows [][]string) ([]widget.TableColumn, [][]string) {
	for i := range s.Inc.Services {
		if sv := &s.Inc.Services[i]; response.CanLookAt(s.Inc, sv) || sv.Checked != nil {
			return columns, rows
		}
	}
	for i := range rows {
		rows[i] = slices.Delete(rows[i], lookColumn, lookColumn+1)
	}
	return slices.Delete(columns, lookColumn, lookColumn+1), rows
}

func verdict(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAILED"
}

// Detail says of the chosen service what differs, what was seen, on what it
// depends, and how it is shut down and restored.
func (s *Screen) Detail(w int) []string {
	t, k := s.UI.Theme, s.learn()
	sv := &s.Inc.Services[s.cursor]
	p := &incident.Page{T: t, W: w - 2}
	p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, s.TwoAnswers(state.OfService, sv.ID))
	p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, k.differs[sv.ID])
	if !s.Inc.Knows(sv.ID) {
		p.Hanging(t.Warn, "? ", t.Warn, "It was last told to be "+string(sv.State)+"; an entry that is withheld from this copy of the log may say otherwise.")
	}
	for _, part := range []struct{ label, text string }{
		{"Why       ", sv.Whys()}, {"Back      ", s.expectedText(sv)}, {"Said      ", k.over[sv.ID]}, {"Check     ", s.checkText(sv)},
		{"Needs     ", s.serviceList(sv.Def.DependsOn)}, {"Hit below ", hitBelow(t.Glyphs.Waiting, k.below[sv.ID])}, {"Needed by ", s.serviceList(s.above(sv.ID))},
		{"Shut down ", sv.Def.Shutdown}, {"Restore   ", sv.Def.Restore}, {"Owner     ", sv.Def.Owner},
	} {
		p.Labelled(part.label, part.text)
	}
	lines := []string{t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))}
	for _, line := range p.Lines {
		lines = append(lines, " "+line)
	}
	return lines
}

// expectedText is when a service is expected back, if somebody said so.
func (s *Screen) expectedText(sv *state.Service) string {
	if sv.Expected.IsZero() {
		return ""
	}
	now, word := s.UI.Now(), "expected "
	if end := s.Inc.Until(now); sv.Expected.Before(end) {
		word = "IT WAS EXPECTED "
	}
	return word + kit.ClockTime(sv.Expected, now)
}

// hitBelow says what the sign before a service's title stands for.
func hitBelow(sign, below string) string {
	if below == "" {
		return ""
	}
	return strings.TrimSpace(sign+" "+below) + ": it may not work either"
}

// above lists the services that need this one.
func (s *Screen) above(id string) []string {
	var ids []string
	for i := range s.Inc.Services {
		for _, below := range s.Inc.Services[i].Def.DependsOn {
			if below == id {
				ids = append(ids, s.Inc.Services[i].ID)
			}
		}
	}
	return ids
}

// checkText is what is looked at, and the newest look, whole.
func (s *Screen) checkText(sv *state.Service) string {
	if target := s.TargetOf(sv); target != "" {
		return target + "  " + s.seenText(sv)
	}
	return s.seenText(sv)
}

func (s *Screen) seenText(sv *state.Service) string {
	l, seen := s.Looked(sv.ID)
	led := s.Unallowed(sv.ID)
	switch {
	case s.IsDrill() && l.When.IsZero() && sv.Checked == nil:
		return "EXERCISE: a check shows what the scenario says; nothing leaves the machine"
	case l.Pending:
		return "looking since " + kit.ClockTime(l.Began, s.UI.Now())
	case led != "" && led != state.TargetOf(sv.Def.Check).Address:
		return "not looked at: it leads to the private address " + clean.Row(led) + "; " + s.UI.KeyOf("service.check") + " asks"
	case led != "":
		return "not looked at: private address, " + s.UI.KeyOf("service.check") + " asks"
	case l.Err != nil:
		return "nothing could be seen: " + seen
	case !l.When.IsZero() && !l.When.Before(sv.CheckedAt):
		return s.checkCell(sv) + "  " + seen
	case sv.Checked != nil:
		return s.checkCell(sv) + "  " + sv.Checked.What + "  " + clean.Passage(sv.Checked.Detail)
	case !response.CanLookAt(s.Inc, sv):
		return "the runbook names none; set the state by hand"
	}
	return "nobody has looked yet: " + s.UI.KeyOf("service.check") + " looks"
}

// Click implements kit.Part.
func (s *Screen) Click(_, y int) tea.Cmd {
	if i := s.first + y - s.Top() - 1; y > s.Top() && i < len(s.Inc.Services) {
		s.cursor = i
	}
	return nil
}

// Finds implements finder: the services.
func (s *Screen) Finds() []kit.Finding {
	var all []kit.Finding
	for i := range s.Inc.Services {
		sv := &s.Inc.Services[i]
		all = append(all, kit.Finding{Kind: "service", Text: sv.Def.Title, Hint: string(sv.State), Do: func() tea.Cmd {
			s.cursor = i
			return s.To(s)
		}})
	}
	return all
}

func (s *Screen) noCheck() string {
	if why := s.NoChecks(); why != "" {
		return why
	}
	if s.cursor >= len(s.Inc.Services) {
		return "Choose a service first."
	}
	if !response.CanLookAt(s.Inc, &s.Inc.Services[s.cursor]) {
		return "The runbook names no check for this service; set its state by hand."
	}
	return ""
}

func (s *Screen) check() tea.Cmd {
	return s.CheckThese([]string{s.Inc.Services[s.cursor].ID}, true)
}

// Lead leads to a service.
func (s *Screen) Lead(what, id string) (tea.Cmd, bool) {
	if what != "service" {
		return nil, false
	}
	for i := range s.Inc.Services {
		if s.Inc.Services[i].ID == id {
			s.cursor = i
		}
	}
	return s.To(s), true
}

// Place is screen 2.
func Place() kit.Place {
	return kit.Place{Name: "services", Is: kit.List | incident.Trait, Not: "step.add"}
}
