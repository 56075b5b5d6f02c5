package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// A servicesScreen is screen 2: the services and what is known of them, what was
// last said of them, and where the two differ.
type servicesScreen struct {
	*openIncident
	cursor int // index in the incident's services
	first  int
	rows   int
	kept   servicesFacts
}

// servicesFacts are what the table shows and is worth computing once.
type servicesFacts struct {
	seq     uint64
	said    map[string]string // by service: the state last said, "" if nothing was
	differs map[string]string // by service: how what was said and what is known differ
	below   map[string]string // by service: what under it is hit
}

// newServices makes the screen of an incident.
func newServices(o *openIncident) *servicesScreen { return &servicesScreen{openIncident: o} }

func (s *servicesScreen) Place() Place           { return servicesPlace() }
func (s *servicesScreen) Update(tea.Msg) tea.Cmd { return nil }

func (s *servicesScreen) Move(m Motion) tea.Cmd {
	s.cursor = m.Step(s.cursor, len(s.inc.Services), s.rows)
	return nil
}

// set asks for the service's new state, and why.
func (s *servicesScreen) set() tea.Cmd {
	if s.cursor >= len(s.inc.Services) {
		return nil
	}
	sv := &s.inc.Services[s.cursor]
	return s.ask(typedAction{
		title: clean.Line(sv.Def.Title), verb: "set", values: map[string]string{"state": string(sv.State)},
		about: "It is " + string(sv.State) + " now.",
		fields: func() []*field {
			f := &field{id: "state", label: "State", kind: choiceField}
			for _, st := range state.ServiceStates() {
				f.choices = append(f.choices, choice{string(st), string(st)})
			}
			return []*field{f, {id: "why", label: "How do you know?", required: true}}
		},
		command: func(v map[string]string) state.Command {
			return state.SetService{Service: sv.ID, State: state.ServiceState(v["state"]), Why: v["why"]}
		},
	})
}

// learn computes what was said and what hangs on what, after the incident has
// changed.
func (s *servicesScreen) learn() *servicesFacts {
	if s.kept.seq == s.inc.Head.Seq {
		return &s.kept
	}
	k := servicesFacts{seq: s.inc.Head.Seq, said: map[string]string{}, differs: map[string]string{}, below: map[string]string{}}
	for i := range s.inc.Services {
		id := s.inc.Services[i].ID
		if claim, _, ok := s.inc.LastSaid(id); ok {
			k.said[id] = string(claim.State)
		}
		if d, ok := s.inc.Differs(id); ok {
			k.differs[id] = s.differText(d)
		}
		if hit := s.inc.HitBelow(id); len(hit) > 0 {
			k.below[id] = s.serviceList(hit)
		}
	}
	s.kept = k
	return &s.kept
}

// differText says loudly what was said, and what is known.
func (s *servicesScreen) differText(d state.Difference) string {
	title := d.Notice
	if n := s.inc.Notice(d.Notice); n != nil {
		title = n.Title()
	}
	known := "IS " + strings.ToUpper(string(d.Known))
	if d.Known == state.Restored && (d.State == state.Restored || d.State == state.Verified) {
		known = "AND NOBODY HAS VERIFIED IT"
	}
	return fmt.Sprintf("SAID %s, %s: %q said so at %s (entry %d)", strings.ToUpper(string(d.State)), known,
		clean.Line(clean.Bounded(title, 200)), clockTime(d.Said, s.ui.Now()), d.Seq)
}

// serviceList names services with their states.
func (s *servicesScreen) serviceList(ids []string) string {
	var names []string
	for _, id := range ids {
		name := s.serviceTitle(id)
		if sv := s.inc.Service(id); sv != nil {
			name += " (" + string(sv.State) + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func (s *servicesScreen) View(w, h int) ([]string, *tea.Cursor) {
	return s.frame(w, h, s.body), nil
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

func (s *servicesScreen) body(w, h int) []string {
	t := s.ui.Theme
	n := len(s.inc.Services)
	if n == 0 {
		return widget.Fit([]string{"", t.Dim.Render(widget.PadCenter(s.none("The runbook has no services."), w))}, w, h)
	}
	s.cursor = min(s.cursor, n-1)
	below := s.detail(w)
	below = below[:min(len(below), max(3, h-min(n, h/2)-2))]
	s.rows = max(3, h-1-len(below))
	s.first = widget.Window(n, s.rows, s.cursor, s.first)
	var rows [][]string
	for i := s.first; i < n && i < s.first+s.rows; i++ {
		rows = append(rows, s.row(&s.inc.Services[i]))
	}
	table := widget.NewTable(t, serviceColumns(), rows, w-3)
	lines := []string{"  " + table.Titles(t.Dim)}
	for i, row := range rows {
		line := widget.Pad(" "+table.Row(row...), w-1)
		sv := &s.inc.Services[s.first+i]
		style := s.look(sv.State)
		if s.learn().differs[sv.ID] != "" {
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

func (s *servicesScreen) row(sv *state.Service) []string {
	k, g, since, sign := s.learn(), s.ui.Theme.Glyphs, "", ""
	if !sv.Since.IsZero() {
		since = clockTime(sv.Since, s.ui.Now())
	}
	said := k.said[sv.ID]
	if k.below[sv.ID] != "" {
		sign = g.Waiting
	}
	switch {
	case k.differs[sv.ID] != "":
		sign, said = g.Unsaved, g.Unsaved+" "+said
	case said != "" && !s.inc.Knows(sv.ID):
		said = "? " + said
	case said != "":
		said = g.Done + " " + said
	}
	known := string(sv.State)
	if !s.inc.Knows(sv.ID) {
		known = "not known"
	}
	why := sv.Why
	if k.below[sv.ID] != "" {
		why = "needs " + k.below[sv.ID]
	}
	return []string{
		sign, clean.Line(clean.Bounded(sv.Def.Title, 200)), known, since, clean.Line(clean.Bounded(sv.By, 200)),
		s.checkCell(sv), said, string(rune('0' + min(9, max(0, sv.Def.Tier)))), clean.Line(clean.Bounded(why, 400)),
	}
}

// checkCell is the newest look at a service, in a word.
func (s *servicesScreen) checkCell(sv *state.Service) string {
	l := s.looks[sv.ID]
	now := s.ui.Now()
	switch {
	case l.pending:
		return "checking" + s.ui.Theme.Glyphs.Saving
	case l.err != "":
		return "cannot check"
	case !l.when.IsZero() && !l.when.Before(sv.CheckedAt):
		return verdict(l.ok) + " " + clockTime(l.when, now)
	case sv.Checked != nil:
		return verdict(sv.Checked.OK) + " " + clockTime(sv.CheckedAt, now)
	case sv.Def.Check.IsZero():
		return "none set"
	}
	return "not yet"
}

func verdict(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAILED"
}

func (s *servicesScreen) look(st state.ServiceState) widget.Style {
	t := s.ui.Theme
	switch {
	case st == state.Verified || st == state.Unaffected:
		return t.OK
	case st == state.Restored || st == state.Restoring || st == state.Suspect:
		return t.Warn
	case st.Down():
		return t.Bad
	}
	return t.Text
}

// detail says of the chosen service what differs, what was seen, on what it
// depends, and how it is shut down and restored.
func (s *servicesScreen) detail(w int) []string {
	t, k := s.ui.Theme, s.learn()
	sv := &s.inc.Services[s.cursor]
	p := &page{t: t, w: w - 2}
	p.hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, k.differs[sv.ID])
	if !s.inc.Knows(sv.ID) {
		p.hanging(t.Warn, "? ", t.Warn, "It was last told to be "+string(sv.State)+"; an entry that is withheld from this copy of the log may say otherwise.")
	}
	for _, part := range []struct{ label, text string }{
		{"Why       ", sv.Why}, {"Check     ", s.checkText(sv)},
		{"Needs     ", s.serviceList(sv.Def.DependsOn)}, {"Hit below ", k.below[sv.ID]}, {"Needed by ", s.serviceList(s.above(sv.ID))},
		{"Shut down ", sv.Def.Shutdown}, {"Restore   ", sv.Def.Restore}, {"Owner     ", sv.Def.Owner},
	} {
		p.labelled(part.label, part.text)
	}
	lines := []string{t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))}
	for _, line := range p.lines {
		lines = append(lines, " "+line)
	}
	return lines
}

// above lists the services that need this one.
func (s *servicesScreen) above(id string) []string {
	var ids []string
	for i := range s.inc.Services {
		for _, below := range s.inc.Services[i].Def.DependsOn {
			if below == id {
				ids = append(ids, s.inc.Services[i].ID)
			}
		}
	}
	return ids
}

// checkText is the newest look at a service, whole.
func (s *servicesScreen) checkText(sv *state.Service) string {
	l := s.looks[sv.ID]
	switch {
	case s.IsDrill() && l.when.IsZero() && sv.Checked == nil:
		return "EXERCISE: a check shows what the scenario says; nothing leaves the machine"
	case l.pending:
		return "looking since " + clockTime(l.began, s.ui.Now())
	case l.err != "":
		return "nothing could be seen: " + l.err
	case !l.when.IsZero() && !l.when.Before(sv.CheckedAt):
		return s.checkCell(sv) + "  " + l.detail
	case sv.Checked != nil:
		return s.checkCell(sv) + "  " + sv.Checked.What + "  " + clean.Bounded(sv.Checked.Detail, 600)
	case sv.Def.Check.IsZero():
		return "the runbook names none; set the state by hand"
	}
	return "nobody has looked yet: " + s.ui.KeyOf("service.check") + " looks"
}

func (s *servicesScreen) Click(_, y int) tea.Cmd {
	if i := s.first + y - s.top() - 1; y > s.top() && i < len(s.inc.Services) {
		s.cursor = i
	}
	return nil
}

// Finds implements finder: the services.
func (s *servicesScreen) Finds() []Finding {
	var all []Finding
	for i := range s.inc.Services {
		sv := &s.inc.Services[i]
		all = append(all, Finding{Kind: "service", Text: sv.Def.Title, Hint: string(sv.State), Do: func() tea.Cmd {
			s.cursor = i
			return s.to(s)
		}})
	}
	return all
}

func (s *servicesScreen) noCheck() string {
	if why := s.noChecks(); why != "" {
		return why
	}
	if s.cursor >= len(s.inc.Services) {
		return "Choose a service first."
	}
	if s.inc.Services[s.cursor].Def.Check.IsZero() {
		return "The runbook names no check for this service; set its state by hand."
	}
	return ""
}

func (s *servicesScreen) check() tea.Cmd {
	return s.checkThese([]string{s.inc.Services[s.cursor].ID}, true)
}
