package run

import (
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
)

// notice shows where the notice stands that the step sends.
func (b *detailBuilder) notice(s *state.Step) {
	n := b.r.Inc.Notice(b.r.Inc.Books[s.Book].IDOf(state.NounNotice, s.Def.Notice))
	if s.Def.Notice == "" || n == nil {
		return
	}
	sign, style := b.r.NoticeLook(n)
	b.labelled("Notice:", n.Title())
	b.text(style, "  "+sign+" "+b.r.NoticeState(n))
	for _, l := range n.MayHaveLeft() {
		b.text(b.t.Error, "  "+incident.LeftText(b.r.Case, l))
	}
	for _, why := range n.NotHeld(b.r.Inc) {
		b.text(b.t.Error, "  "+clean.Passage(why))
	}
	if untold := b.r.UntoldText(n); untold != "" {
		b.text(b.t.Warn, "  "+untold)
	}
	acts := " notices: draft, approve, send"
	if why := state.WhyNotApprove(b.r.Inc, n, b.r.UI.Person); why != "" && n.Status(b.r.Inc) == state.Draft {
		b.text(b.t.Text, "  "+clean.Line(why))
		acts = " notices: draft, send"
	}
	b.add(b.t.Dim.Render("  " + b.r.UI.KeyOf("screen.notices") + acts))
	b.gap()
}

// contact shows how to reach whom the step calls, and what came of it.
func (b *detailBuilder) contact(s *state.Step) {
	id := b.r.Inc.Books[s.Book].IDOf(state.NounContact, s.Def.Contact)
	if s.Def.Contact == "" || b.r.Inc.Contact(id) == nil {
		return
	}
	c := b.r.ContactOf(id)
	p := &incident.Page{T: b.t, W: b.w}
	p.Labelled("Call:", c.Title)
	b.r.ReachText(p, c)
	_, standing, style := b.r.ContactLine(id)
	p.Text(style, standing)
	b.add(p.Lines...)
	b.add(b.t.Dim.Render("  " + b.r.UI.KeyOf("screen.notices") + " contacts: record the call"))
	b.gap()
}

// Stands is the row of screen 3 that the step under the cursor is about.
func (r *Screen) Stands() (incident.Row, bool) {
	s := r.step()
	switch {
	case s == nil:
	case s.Def.Notice != "":
		return incident.Row{Kind: incident.NoticeRow, ID: r.Inc.Books[s.Book].IDOf(state.NounNotice, s.Def.Notice)}, true
	case s.Def.Contact != "":
		return incident.Row{Kind: incident.ContactRow, ID: r.Inc.Books[s.Book].IDOf(state.NounContact, s.Def.Contact)}, true
	}
	return incident.Row{}, false
}
