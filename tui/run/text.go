package run

import (
	"fmt"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A detailBuilder draws a step's text line by line.
type detailBuilder struct {
	r     *Screen
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
	if b.t.Spoken() {
		label = kit.Labelled(label)
	}
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
	if i >= len(b.r.Inc.Phases) {
		return
	}
	p, n := &b.r.Inc.Phases[i], b.r.tallies[i]
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
	b.add("")
	if s.Def.Text != "" {
		b.add(widget.Markdown(b.r.Inc.Render(s, s.Def.Text), b.w, b.t)...)
		b.gap()
	}
	b.service(s)
	b.notice(s)
	b.contact(s)
	b.options(s)
	b.checklist(s)
	b.asks(s)
	b.command(s)
	if s.Def.DoneWhen != "" {
		b.labelled("Done when", b.r.Inc.Render(s, s.Def.DoneWhen))
		b.gap()
	}
	b.people(s)
	b.kept(s)
}

// statusText says what has become of a step, in words behind a sign.
func (r *Screen) statusText(s *state.Step) (string, widget.Style) {
	inc, now := r.Inc, r.UI.Now()
	status := inc.Status(s)
	glyph, style := incident.StatusSign(r.UI.Theme, status)
	text := string(status)
	switch status {
	case state.Done:
		text = fmt.Sprintf("done %s by %s", kit.ClockTime(s.Ended, now), kit.Person(s.DoneBy))
		if s.Confirmed != "" {
			text += ", confirmed by " + kit.Person(s.Confirmed)
		}
		style = r.UI.Theme.OK
		if s.Reason != "" {
			text += ": " + s.Reason
		}
	case state.Active:
		text = fmt.Sprintf("active since %s, %s", kit.ClockTime(s.Started, now), kit.Person(s.StartedBy))
	case state.Todo:
		text = "to do"
	case state.Skipped, state.Failed:
		text = fmt.Sprintf("%s %s by %s", status, kit.ClockTime(s.Ended, now), kit.Person(s.By))
	}
	if because := inc.Because(s); because != "" {
		text += ": " + because
	}
	if !s.Def.Required && !s.Empty {
		text += " (may be left undone)"
	}
	if r.UI.ByLine { // the words say as much
		glyph = ""
	}
	return glyph + " " + clean.Line(clean.Passage(text)), style
}

// service shows the service that the step acts on.
func (b *detailBuilder) service(s *state.Step) {
	sv := b.r.Inc.Service(s.Service)
	if s.Service == "" || sv == nil {
		return
	}
	line := string(sv.State)
	if !sv.Since.IsZero() {
		line += " since " + kit.ClockTime(sv.Since, b.r.UI.Now()) + ", " + clean.Line(state.ByWhom(b.r.Inc, sv))
	}
	b.labelled(clean.Line(sv.Def.Title)+":", line)
	how := map[runbooks.Kind]string{runbooks.Shutdown: sv.Def.Shutdown, runbooks.Restore: sv.Def.Restore}[s.Def.Kind]
	if how != "" && !strings.Contains(b.r.Inc.Render(s, s.Def.Text), how) { // most texts say it themselves
		b.labelled("How:", how)
	}
	b.gap()
}

func (b *detailBuilder) options(s *state.Step) {
	if len(s.Def.Options) == 0 {
		return
	}
	answer, decided := b.r.Inc.Answer(s.ID)
	for i, option := range s.Def.Options {
		sign := b.t.Glyphs.Todo
		if decided && answer.Value == option.ID {
			sign = b.t.Glyphs.Done
		}
		b.item(optionItem, i, sign, option.Title, b.t.Text)
	}
	if decided {
		b.add(b.t.Dim.Render(" " + kit.ClockTime(answer.When, b.r.UI.Now()) + ", " + kit.Person(answer.By)))
	}
	b.gap()
}

func (b *detailBuilder) checklist(s *state.Step) {
	for i, text := range s.Def.Checklist {
		box := b.t.Glyphs.Unticked
		if i < len(s.Ticks) && s.Ticks[i] {
			box = b.t.OK.Render(b.t.Glyphs.Ticked)
		}
		line := clean.Line(b.r.Inc.Render(s, text))
		if s.TickedBefore(i) {
			line += " (ticked before it was reopened)"
		}
		b.item(tickItem, i, box, line, b.t.Text)
	}
	b.gap()
}

func (b *detailBuilder) asks(s *state.Step) {
	for i, ask := range s.Def.Ask {
		text, style := ask.Prompt+": not known", b.t.Text
		answer, ok := b.r.Inc.AskAnswer(s, ask.ID)
		switch {
		case ok && b.r.Inc.AskUnseen(s, ask.ID):
			text = ask.Prompt + ": " + clean.Passage(answer.Value) + ", unless a later answer is withheld"
		case b.r.Inc.AskUnseen(s, ask.ID):
			text = ask.Prompt + ": not known; an answer may be withheld"
		case ok:
			text, style = ask.Prompt+": "+clean.Passage(answer.Value), b.t.Strong
		case state.SetNow(b.r.Inc, &s.Def.Ask[i]) != "": // it need not be said again
			text = ask.Prompt + ": " + clean.Line(state.SetNow(b.r.Inc, &s.Def.Ask[i])) + " now"
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
	b.item(commandItem, 0, "$", clean.Text(s.CommandIn(b.r.Inc)), b.t.Code)
	b.add(widget.PadLeft(b.t.Dim.Render(b.r.UI.KeyOf("step.copy")+" copies it"), b.w))
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
		if need := b.r.Inc.Step(id); need != nil {
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
		b.labelled("File:", fileText(&file))
		if file.Note != "" {
			b.labelled("     ", file.Note)
		}
	}
	for _, seq := range s.Notes {
		if e, ok := b.r.Inc.Entry(seq); ok && b.r.Inc.RetractedBy(seq) == 0 {
			if note, ok := e.Data.(*state.NoteAdded); ok {
				b.labelled(kit.ClockTime(e.When(), b.r.UI.Now())+" "+kit.Person(e.By.Name)+":", note.Text)
			}
		}
	}
	for _, seq := range s.Overrides {
		if e, ok := b.r.Inc.Entry(seq); ok && e.Override != nil && b.r.Inc.RetractedBy(seq) == 0 {
			b.labelled("Override by "+kit.Person(e.By.Name)+":", e.Override.Why)
		}
	}
}

// fileText is a file's name, size and hash; or that they are withheld.
func fileText(file *state.File) string {
	if file.SHA256 == (state.Hash{}) {
		return state.WithheldText
	}
	return fmt.Sprintf("%s  %s  %s", file.Name, size(file.Size), file.SHA256.String()[:12])
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
