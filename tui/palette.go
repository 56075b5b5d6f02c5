package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A finding is something that a finder can find.
type finding struct {
	kind string // action, step … ; "" shows none
	text string // raw
	hint string // at the right: a key, a state
	do   func() tea.Cmd
}

// A finder is a dialog that finds by fuzzy search: the palette, and every list to
// choose from.
type finder struct {
	app     *App
	title   string
	all     []finding
	index   *widget.Index
	matches []widget.Match
	total   int
	input   editor
	cursor  int
	first   int
	rows    int
	kinds   int // cells of the widest kind
}

func newFinder(a *App, title string, all []finding) *finder {
	texts, kinds := make([]string, len(all)), 0
	for i, f := range all {
		texts[i] = clean.Bounded(f.text, 400)
		kinds = min(14, max(kinds, widget.Width(f.kind)+1))
	}
	f := &finder{app: a, title: title, all: all, kinds: kinds, index: widget.NewIndex(texts)}
	f.search()
	return f
}

func (f *finder) scope() scope  { return onSearch }
func (f *finder) takes() string { return "take" }

func (f *finder) update(msg tea.Msg) tea.Cmd {
	before := f.input.value()
	f.input.update(msg)
	if f.input.value() != before {
		f.search()
	}
	return nil
}

func (f *finder) search() {
	f.matches, f.total = f.index.Query(f.input.value())
	f.cursor, f.first = 0, 0
}

func (f *finder) move(m motion) tea.Cmd {
	f.cursor = m.step(f.cursor, len(f.matches), f.rows)
	return nil
}

// take does what was found.
func (f *finder) take() tea.Cmd {
	f.app.hide(f)
	if f.cursor < len(f.matches) {
		if do := f.all[f.matches[f.cursor].Index].do; do != nil {
			return do()
		}
	}
	return nil
}

func (f *finder) view(w, h int) ([]string, *tea.Cursor) {
	t := f.app.theme
	inner := w - 4
	line, cursor := f.input.view(t, "type to find", inner-2, 1)
	cursor.X, cursor.Y = cursor.X+4, 1
	body := []string{t.Key.Render(">") + " " + line[0], t.Border.Render(widget.Rule(t.Glyphs.Horizontal, inner))}
	f.rows = min(len(f.matches), max(1, min(h-8, 16)))
	f.first = widget.Window(len(f.matches), f.rows, f.cursor, f.first)
	for i := f.first; i < len(f.matches) && i < f.first+f.rows; i++ {
		body = append(body, f.line(i, inner))
	}
	if len(f.matches) == 0 {
		body = append(body, t.Dim.Render("Nothing matches."))
	}
	count := fmt.Sprintf("%d of %d", min(f.total, len(f.all)), len(f.all))
	footer := widget.Spread(f.app.hints(onSearch, inner-widget.Width(count)-1), t.Dim.Render(count), inner)
	return widget.Dialog(t, f.title, body, footer, w, h), cursor
}

func (f *finder) line(i, w int) string {
	t := f.app.theme
	m := f.matches[i]
	found := &f.all[m.Index]
	line := widget.Highlight(f.index.Item(m.Index), m.Positions, t.Text, t.Match)
	if found.kind != "" {
		line = t.Dim.Render(widget.Pad(found.kind, f.kinds)) + line
	}
	line = widget.Spread(line, t.Dim.Render(clean.Line(found.hint)), w-1)
	if i == f.cursor {
		return t.Selected.Render(t.Glyphs.Cursor + line)
	}
	return " " + line
}

func (f *finder) click(_, y int) tea.Cmd {
	i := f.first + y - 3
	if y < 3 || y >= 3+f.rows || i >= len(f.matches) {
		return nil
	}
	f.cursor = i
	return f.take()
}

// mostEntries is how many of the last entries the palette looks at; the timeline
// filters all of them.
const mostEntries = 5000

// openPalette finds any action that applies here, and any step, service, role and
// entry of the incident.
func openPalette(a *App) tea.Cmd {
	var all []finding
	for _, act := range a.keys.in(a.screen().scope()) {
		if act.id == "palette" || act.why(a) != "" {
			continue
		}
		hint := ""
		if len(act.keys) > 0 {
			hint = a.keySign(act.keys[0])
		}
		all = append(all, finding{kind: "action", text: act.title + "  " + act.id, hint: hint, do: func() tea.Cmd { return a.run(act) }})
	}
	if o := a.incident(); o != nil {
		all = append(all, o.findings()...)
	}
	return a.show(newFinder(a, "Find", all))
}

func (o *openIncident) findings() []finding {
	var all []finding
	for i := range o.inc.Steps {
		s := &o.inc.Steps[i]
		if s.Empty {
			continue
		}
		all = append(all, finding{kind: "step", text: s.Name(), hint: string(o.inc.Status(s)), do: func() tea.Cmd {
			o.run.focus = listPane
			o.run.goTo(s.ID)
			return o.toRun()
		}})
	}
	for i := range o.inc.Services {
		sv := &o.inc.Services[i]
		all = append(all, finding{kind: "service", text: sv.Def.Title, hint: string(sv.State), do: func() tea.Cmd {
			o.services.cursor = i
			return o.toServices()
		}})
	}
	all = append(append(all, o.truthFindings()...), o.drillFindings()...)
	for i := range o.inc.Roles {
		r := &o.inc.Roles[i]
		all = append(all, finding{kind: "role", text: r.Def.Title, hint: person(r.Person), do: func() tea.Cmd {
			if why := o.cannot(); why != "" {
				o.app.said = why
				return nil
			}
			return o.takeRole(r.Def.ID)
		}})
	}
	for i, n := len(o.inc.Log)-1, 0; i >= 0 && n < mostEntries; i, n = i-1, n+1 {
		e := &o.inc.Log[i]
		all = append(all, finding{kind: "entry", text: fmt.Sprintf("%d %s %s", e.Seq, e.By.Name, o.describe(*e)),
			hint: clockTime(e.When(), o.app.now()), do: func() tea.Cmd {
				cmd := o.toTimeline()
				o.timeline.goTo(e.Seq)
				return cmd
			}})
	}
	return all
}

// truthFindings are the notices, contacts, clocks and timers.
func (o *openIncident) truthFindings() []finding {
	var all []finding
	add := func(b *board, to func() tea.Cmd, r boardRow, kind, title, hint string) {
		all = append(all, finding{kind: kind, text: title, hint: hint, do: func() tea.Cmd {
			cmd := to()
			b.refresh()
			b.goTo(r)
			return cmd
		}})
	}
	for i := range o.inc.Notices {
		n := &o.inc.Notices[i]
		add(&o.notices.board, o.toNotices, boardRow{kind: noticeRow, id: n.ID}, "notice", n.Def.Title, o.noticeState(n))
	}
	for _, c := range o.callList() {
		_, hint, _ := o.contactLine(c.ID)
		add(&o.notices.board, o.toNotices, boardRow{kind: contactRow, id: c.ID}, "contact", c.Title, hint)
	}
	for i := range o.inc.Clocks {
		c := &o.inc.Clocks[i]
		add(&o.deadlines.board, o.toClocks, boardRow{kind: clockRow, id: c.ID}, "clock", c.Def.Title, clockLeft(c, o.app.now()))
	}
	for i := range o.inc.Timers {
		if timer := &o.inc.Timers[i]; timer.Ended.IsZero() {
			add(&o.deadlines.board, o.toClocks, boardRow{kind: timerRow, id: timer.ID}, "timer", timer.Title, clockTime(timer.Due, o.app.now()))
		}
	}
	return all
}

// openHelp lists every key that works here, from the table that the keys are
// looked up in.
func openHelp(a *App) tea.Cmd {
	here := a.top().scope()
	if len(a.dialogs) == 0 {
		here = a.screen().scope()
	}
	var all []finding
	for _, act := range a.keys.in(here) {
		keys := ""
		for i, key := range act.keys {
			if i > 0 {
				keys += " "
			}
			keys += a.keySign(key)
		}
		why := act.why(a)
		do := func() tea.Cmd { return a.run(act) }
		if why != "" {
			do = func() tea.Cmd { a.said = why; return nil }
		}
		all = append(all, finding{kind: keys, text: act.title + "  " + act.id, do: do})
	}
	f := newFinder(a, "Keys: "+here.name(), all)
	return a.show(f)
}
