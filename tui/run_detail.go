package tui

import (
	"fmt"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// An item is a line of the detail that can be chosen: a line of the checklist, an
// ask, an option of a decision, the command.
type item struct {
	kind itemKind
	n    int // 0-based, of its kind
	line int // in detail.lines
}

type itemKind int

const (
	tickItem itemKind = iota
	askItem
	optionItem
	commandItem
)

// A detail is the text of a step or phase, drawn once for as long as nothing of
// it changes.
type detail struct {
	key   detailKey
	lines []string
	items []item
	item  int // the chosen one; -1 for none
	first int // first line drawn
	rows  int // lines drawn
}

type detailKey struct {
	row     row
	seq     uint64
	w       int
	theme   string
	item    int
	focused bool
}

// reset forgets where the last step's text was scrolled to.
func (d *detail) reset() { *d = detail{} }

func (d *detail) focusFirst() { d.item = 0 }

// move goes from item to item, or scrolls where there is none.
func (d *detail) move(m motion) {
	last := max(0, len(d.lines)-d.rows)
	switch {
	case len(d.items) > 0 && (m == up || m == down):
		next := d.item + 1
		if m == up {
			next = d.item - 1
		}
		if next >= 0 && next < len(d.items) {
			d.item = next
			d.first = widget.Window(len(d.lines), d.rows, d.items[next].line, d.first)
			return
		}
		fallthrough
	case m == up || m == down:
		d.first = min(last, max(0, d.first+map[motion]int{up: -1, down: 1}[m]))
	default:
		d.first = min(last, max(0, m.step(d.first, last+1, d.rows)))
	}
}

// click chooses the item in a row, as drawn below the detail's title.
func (d *detail) click(y int) {
	for i, it := range d.items {
		if it.line == d.first+y-1 {
			d.item = i
		}
	}
}

// chosen is the item that has the focus; nil if none.
func (r *runScreen) chosen() *item {
	if d := &r.detail; r.focus == detailPane && d.item >= 0 && d.item < len(d.items) {
		return &d.items[d.item]
	}
	return nil
}

// detailLines draws the step that shown names, or the phase.
func (r *runScreen) detailLines(w, h int) []string {
	d := &r.detail
	key := detailKey{r.shown, r.inc.Head.Seq, w, r.app.theme.Name, d.item, r.focus == detailPane}
	if d.key != key || d.lines == nil {
		d.key = key
		b := &detailBuilder{r: r, w: w - 2, t: r.app.theme}
		if r.shown.step >= 0 {
			b.step(&r.inc.Steps[r.shown.step])
		} else {
			b.phase(r.shown.phase)
		}
		d.lines, d.items = b.lines, b.items
	}
	d.rows = h - 1
	if len(d.lines) > d.rows {
		d.rows-- // the last row says how much there is below
	}
	d.first = min(d.first, max(0, len(d.lines)-d.rows))
	lines := []string{r.detailTitle(w, h)}
	for _, line := range d.lines[d.first:min(len(d.lines), d.first+d.rows)] {
		lines = append(lines, " "+line)
	}
	if below := len(d.lines) - d.first - d.rows; below > 0 {
		more := fmt.Sprintf("%s %d more: %s, then %s", r.app.theme.Glyphs.ArrowDown, below, r.app.keyOf("step.detail"), r.app.keyOf("move.down"))
		lines = append(widget.Fit(lines, w, h-1), widget.PadLeft(r.app.theme.Info.Render(more), w-1))
	}
	return widget.Fit(lines, w, h)
}

// detailTitle is number and title, who, and how long against how long it should.
func (r *runScreen) detailTitle(w, _ int) string {
	t := r.app.theme
	if r.shown.step < 0 {
		if r.shown.phase >= len(r.inc.Phases) {
			return ""
		}
		p := &r.inc.Phases[r.shown.phase]
		return " " + t.Title.Render(fmt.Sprintf("%d  %s", p.Number, clean.Line(p.Def.Title)))
	}
	s := &r.inc.Steps[r.shown.step]
	now := r.app.now()
	clock := ""
	switch {
	case s.Status == state.Active:
		clock = r.running(s, now)
		if over(s, now) {
			clock = t.Warn.Render(clock)
		}
	case !s.Def.Expect.IsZero():
		clock = s.Def.Expect.String()
	}
	who := widget.TruncateTail(r.who(s), w/4, t.Glyphs.Ellipsis)
	return widget.Spread(" "+t.Title.Render(s.Number+"  "+clean.Line(clean.Bounded(s.Title, 400))), t.Dim.Render(who)+"  "+clock+" ", w)
}

// A detailBuilder draws a step's text line by line.
type detailBuilder struct {
	r     *runScreen
	w     int
	t     widget.Theme
	lines []string
	items []item
}

func (b *detailBuilder) add(lines ...string) { b.lines = append(b.lines, lines...) }

// gap sets what follows apart.
func (b *detailBuilder) gap() {
	if n := len(b.lines); n > 0 && b.lines[n-1] != "" {
		b.add("")
	}
}

// text adds wrapped text in a style, behind a label of the same style.
func (b *detailBuilder) text(style widget.Style, text string) {
	for _, line := range widget.Wrap(text, b.w) {
		b.add(style.Render(line))
	}
}

// labelled adds "label text", the text hanging below itself.
func (b *detailBuilder) labelled(label, text string) {
	indent := widget.Width(label) + 1
	for i, line := range widget.Wrap(text, max(8, b.w-indent)) {
		if i == 0 {
			b.add(b.t.Dim.Render(label) + " " + line)
		} else {
			b.add(strings.Repeat(" ", indent) + line)
		}
	}
}

// item adds text that can be chosen, behind a sign. It is wrapped: a command or
// a question must be seen whole.
func (b *detailBuilder) item(kind itemKind, n int, sign, text string, style widget.Style) {
	chosen := b.r.focus == detailPane && b.r.detail.item == len(b.items)
	b.items = append(b.items, item{kind, n, len(b.lines)})
	indent := widget.Width(sign) + 1
	for i, line := range widget.Wrap(text, max(8, b.w-indent-1)) {
		mark := strings.Repeat(" ", indent)
		if i == 0 {
			mark = sign + " "
		}
		if chosen {
			b.add(b.t.Selected.Render(widget.Pad(b.t.Glyphs.Cursor+mark+style.Render(line), b.w)))
		} else {
			b.add(" " + mark + style.Render(line))
		}
	}
}

func (b *detailBuilder) phase(i int) {
	if i >= len(b.r.inc.Phases) {
		return
	}
	p, n := &b.r.inc.Phases[i], b.r.tallies[i]
	b.gap()
	if p.Def.Goal != "" {
		b.text(b.t.Text, p.Def.Goal)
		b.gap()
	}
	for _, c := range []struct {
		n    int
		what string
	}{
		{n.Done, "done"}, {n.Active, "active"}, {n.Blocked, "blocked"}, {n.Unconfirmed, "to be confirmed"},
		{n.Todo, "to do"}, {n.Waiting, "waiting"}, {n.Skipped, "skipped"}, {n.Failed, "failed"}, {n.NotNeeded, "not applicable"},
	} {
		if c.n > 0 {
			b.add(fmt.Sprintf("%4d %s", c.n, c.what))
		}
	}
}

func (b *detailBuilder) step(s *state.Step) {
	b.status(s)
	b.gap()
	if s.Def.Text != "" {
		b.add(widget.Markdown(b.r.inc.Render(s, s.Def.Text), b.w, b.t)...)
		b.gap()
	}
	b.service(s)
	b.options(s)
	b.checklist(s)
	b.asks(s)
	b.command(s)
	if s.Def.DoneWhen != "" {
		b.labelled("Done when", b.r.inc.Render(s, s.Def.DoneWhen))
		b.gap()
	}
	b.people(s)
	b.kept(s)
}

// status says what has become of the step, in words.
func (b *detailBuilder) status(s *state.Step) {
	inc, now := b.r.inc, b.r.app.now()
	status := inc.Status(s)
	sign, style := b.r.sign(status)
	text := string(status)
	switch status {
	case state.Done:
		text = fmt.Sprintf("done %s by %s", clockTime(s.Ended, now), person(s.DoneBy))
		if s.Confirmed != "" {
			text += ", confirmed by " + person(s.Confirmed)
		}
		style = b.t.OK
		if s.Reason != "" {
			text += ": " + s.Reason
		}
	case state.Active:
		text = fmt.Sprintf("active since %s, %s", clockTime(s.Started, now), person(s.StartedBy))
	case state.Todo:
		text = "to do"
	case state.Skipped, state.Failed:
		text = fmt.Sprintf("%s %s by %s", status, clockTime(s.Ended, now), person(s.By))
	}
	if because := inc.Because(s); because != "" {
		text += ": " + because
	}
	if !s.Def.Required && !s.Empty {
		text += " (may be left undone)"
	}
	for _, line := range widget.Wrap(sign+" "+text, b.w) {
		b.add(style.Render(line))
	}
}

// service shows the service that the step acts on.
func (b *detailBuilder) service(s *state.Step) {
	sv := b.r.inc.Service(s.Service)
	if s.Service == "" || sv == nil {
		return
	}
	line := string(sv.State)
	if !sv.Since.IsZero() {
		line += " since " + clockTime(sv.Since, b.r.app.now()) + ", " + person(sv.By)
	}
	b.labelled(clean.Line(sv.Def.Title)+":", line)
	how := map[runbooks.Kind]string{runbooks.Shutdown: sv.Def.Shutdown, runbooks.Restore: sv.Def.Restore}[s.Def.Kind]
	if how != "" {
		b.labelled("How:", how)
	}
	b.gap()
}

func (b *detailBuilder) options(s *state.Step) {
	if len(s.Def.Options) == 0 {
		return
	}
	answer, decided := b.r.inc.Answer(s.ID)
	for i, option := range s.Def.Options {
		sign := b.t.Glyphs.Todo
		if decided && answer.Value == option.ID {
			sign = b.t.Glyphs.Done
		}
		b.item(optionItem, i, sign, option.Title, b.t.Text)
	}
	if decided {
		b.add(b.t.Dim.Render(" " + clockTime(answer.When, b.r.app.now()) + ", " + person(answer.By)))
	}
	b.gap()
}

func (b *detailBuilder) checklist(s *state.Step) {
	for i, text := range s.Def.Checklist {
		box := b.t.Glyphs.Unticked
		if i < len(s.Ticks) && s.Ticks[i] {
			box = b.t.OK.Render(b.t.Glyphs.Ticked)
		}
		b.item(tickItem, i, box, clean.Line(b.r.inc.Render(s, text)), b.t.Text)
	}
	b.gap()
}

func (b *detailBuilder) asks(s *state.Step) {
	for i, ask := range s.Def.Ask {
		text, style := ask.Prompt+": not known", b.t.Text
		answer, ok := b.r.inc.AskAnswer(s, ask.ID)
		switch {
		case ok:
			text, style = ask.Prompt+": "+clean.Bounded(answer.Value, 1000), b.t.Strong
		case ask.Required:
			text, style = ask.Prompt+": needed before it is done", b.t.Warn
		}
		b.item(askItem, i, "?", clean.Line(text), style)
	}
	b.gap()
}

func (b *detailBuilder) command(s *state.Step) {
	if s.Def.Command == "" {
		return
	}
	b.item(commandItem, 0, "$", clean.Line(b.r.inc.Render(s, s.Def.Command)), b.t.Code)
	b.add(widget.PadLeft(b.t.Dim.Render(b.r.app.keyOf("step.copy")+" copies it"), b.w))
	b.gap()
}

// people: what it needs, who does it, who must confirm.
func (b *detailBuilder) people(s *state.Step) {
	n := len(b.lines)
	if len(s.Def.Needs) > 0 {
		b.labelled("After:", b.needs(s))
	}
	if s.Assignee != "" {
		b.labelled("Assigned to:", s.Assignee)
	}
	if s.Def.TwoPerson {
		b.labelled("Two persons:", "another must confirm")
	}
	if s.Def.Evidence {
		b.labelled("Evidence:", "asks for a file or a note")
	}
	if len(b.lines) > n {
		b.gap()
	}
}

// needs names the steps that come before, by number.
func (b *detailBuilder) needs(s *state.Step) string {
	var names []string
	for _, id := range s.Def.Needs {
		if need := b.r.inc.Step(id); need != nil {
			names = append(names, need.Number+" "+need.Title)
		} else {
			names = append(names, id)
		}
	}
	return strings.Join(names, ", ")
}

// kept are the step's files, notes and overrides.
func (b *detailBuilder) kept(s *state.Step) {
	for _, file := range s.Files {
		b.labelled("File:", fmt.Sprintf("%s  %s  %s", file.Name, size(file.Size), file.SHA256.String()[:12]))
		if file.Note != "" {
			b.labelled("     ", file.Note)
		}
	}
	for _, seq := range s.Notes {
		if e, ok := b.r.inc.Entry(seq); ok && b.r.inc.RetractedBy(seq) == 0 {
			if note, ok := e.Data.(*state.NoteAdded); ok {
				b.labelled(clockTime(e.When(), b.r.app.now())+" "+person(e.By.Name)+":", note.Text)
			}
		}
	}
	for _, seq := range s.Overrides {
		if e, ok := b.r.inc.Entry(seq); ok && e.Override != nil && b.r.inc.RetractedBy(seq) == 0 {
			b.labelled("Override by "+person(e.By.Name)+":", e.Override.Why)
		}
	}
}

// size is a number of bytes for people.
func size(n int64) string {
	const unit = 1024
	switch {
	case n < unit:
		return fmt.Sprintf("%d B", n)
	case n < unit*unit:
		return fmt.Sprintf("%.1f KiB", float64(n)/unit)
	}
	return fmt.Sprintf("%.1f MiB", float64(n)/unit/unit)
}
