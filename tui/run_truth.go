package tui

import (
	"muster/state"
	"muster/state/clean"
)

// bookID is an id of one of the incident's runbooks, as the incident has it.
func (r *runScreen) bookID(book int, id string) string {
	if prefix := r.inc.Books[book].Prefix; prefix != "" && id != "" {
		return prefix + ":" + id
	}
	return id
}

// notice shows where the notice stands that the step sends.
func (b *detailBuilder) notice(s *state.Step) {
	n := b.r.inc.Notice(b.r.bookID(s.Book, s.Def.Notice))
	if s.Def.Notice == "" || n == nil {
		return
	}
	sign, style := b.r.noticeLook(n)
	b.labelled("Notice:", n.Title())
	b.text(style, "  "+sign+" "+b.r.noticeState(n))
	for _, why := range b.r.staleReasons(n) {
		b.text(b.t.Error, "  NOT TRUE ANY MORE: "+clean.Bounded(why, 600))
	}
	if untold := b.r.untoldText(n); untold != "" {
		b.text(b.t.Warn, "  "+untold)
	}
	b.add(b.t.Dim.Render("  " + b.r.ui.KeyOf("screen.notices") + " notices: draft, approve, send"))
	b.gap()
}

// contact shows how to reach whom the step calls, and what came of it.
func (b *detailBuilder) contact(s *state.Step) {
	id := b.r.bookID(s.Book, s.Def.Contact)
	if s.Def.Contact == "" || b.r.inc.Contact(id) == nil {
		return
	}
	c := b.r.contactOf(id)
	p := &page{t: b.t, w: b.w}
	p.labelled("Call:", c.Title)
	b.r.reachText(p, c)
	_, standing, style := b.r.contactLine(id)
	p.text(style, standing)
	b.add(p.lines...)
	b.add(b.t.Dim.Render("  " + b.r.ui.KeyOf("screen.notices") + " contacts: record the call"))
	b.gap()
}

// Stands is the row of screen 3 that the step under the cursor is about.
func (r *runScreen) Stands() (boardRow, bool) {
	s := r.step()
	switch {
	case s == nil:
	case s.Def.Notice != "":
		return boardRow{kind: noticeRow, id: r.bookID(s.Book, s.Def.Notice)}, true
	case s.Def.Contact != "":
		return boardRow{kind: contactRow, id: r.bookID(s.Book, s.Def.Contact)}, true
	}
	return boardRow{}, false
}
