// Package notices is screen 3: what is said to people, what it claims, and whom to call.
// Nothing leaves that the core would refuse; what has left is recorded as sent.
package notices

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Screen is screen 3: what is said to people, and whom to call.
type Screen struct {
	incident.Board
}

// A wording is a notice's text as it is being written, with what it claims.
type wording struct {
	text   string
	claims []state.Claim
	typed  bool // by somebody who has not saved it yet
}

// New makes screen 3 of an incident.
func New(o *incident.Open) *Screen {
	s := &Screen{}
	s.Board = incident.NewBoard(o, s, true, 0)
	return s
}

// Place depends on what the cursor is on.
func (s *Screen) Place() kit.Place {
	s.Refresh()
	if s.At().Kind == incident.ContactRow {
		return ContactsPlace()
	}
	return Place()
}

// List implements incident.Boarded.
func (s *Screen) List() []incident.Row {
	rows := []incident.Row{incident.Headed("Notices", len(s.Inc.Notices), s.UI.KeyOf("notice.new")+" writes one")}
	for i := range s.Inc.Notices {
		rows = append(rows, incident.Row{Kind: incident.NoticeRow, ID: s.Inc.Notices[i].ID})
	}
	calls := s.CallList()
	title := "Contacts, in the order to call"
	if len(calls) == 0 && s.Inc.Redacted.Runbook {
		title = "Contacts"
	}
	rows = append(rows, incident.Headed(title, len(calls), s.None("the runbook has none")))
	for _, c := range calls {
		rows = append(rows, incident.Row{Kind: incident.ContactRow, ID: c.ID})
	}
	return rows
}

// notice is the notice under the cursor; nil if it is on none.
func (s *Screen) notice() *state.Notice {
	if at := s.At(); at.Kind == incident.NoticeRow {
		return s.Inc.Notice(at.ID)
	}
	return nil
}

// About implements incident's abouter: a note is about the notice or contact under the
// cursor.
func (s *Screen) About() (noun state.Noun, id, name string) {
	switch at := s.At(); at.Kind {
	case incident.NoticeRow:
		if n := s.Inc.Notice(at.ID); n != nil {
			return state.NounNotice, n.ID, clean.Line(n.Title())
		}
	case incident.ContactRow:
		if c := s.Inc.Contact(at.ID); c != nil {
			return state.NounContact, c.ID, clean.Line(c.Def.Title)
		}
	}
	return state.NounNotice, "", ""
}

// Line implements incident.Boarded.
func (s *Screen) Line(r incident.Row) (left, right string, style widget.Style) {
	if r.Kind == incident.ContactRow {
		return s.ContactLine(r.ID)
	}
	n := s.Inc.Notice(r.ID)
	if n == nil {
		return "", "", s.UI.Theme.Text
	}
	sign, style := s.NoticeLook(n)
	return sign + " " + clean.Row(n.Title()), s.NoticeState(n), style
}

// Detail implements incident.Boarded.
func (s *Screen) Detail(r incident.Row, w int) []string {
	p := s.Page(w)
	if r.Kind == incident.ContactRow {
		s.ContactText(p, r.ID)
		return p.Lines
	}
	n := s.Inc.Notice(r.ID)
	if n == nil {
		return nil
	}
	s.noticeHead(p, n)
	text, claims, byline := s.wordsOf(n)
	const sideBySide = 96
	if w >= sideBySide && !s.UI.ByLine {
		left, right := s.Page(w/2-1), s.Page(w-w/2-3)
		s.wordsText(left, text, byline)
		s.claimsText(right, n, text, claims)
		p.Add(widget.JoinColumns("  ", widget.Column{Lines: left.Lines, Width: left.W}, widget.Column{Lines: right.Lines, Width: right.W})...)
	} else {
		s.wordsText(p, text, byline)
		p.Gap()
		s.claimsText(p, n, text, claims)
	}
	s.historyText(p, n)
	return p.Lines
}

// noticeHead: what it is, where it stands, and loudly why it is not true any more.
func (s *Screen) noticeHead(p *incident.Page, n *state.Notice) {
	t := p.T
	p.Text(t.Title, n.Title())
	sign, style := s.NoticeLook(n)
	standing := s.NoticeState(n)
	if _, sent := n.LastSent(); sent != nil {
		at, verb := kit.ClockTime(sent.When, s.UI.Now()), "was sent"
		if sent.Simulated {
			verb = sent.Verb()
		}
		standing = fmt.Sprintf("%s; version %d %s %s", strings.ToUpper(string(n.Status(s.Inc))), sent.Version, verb, at)
		if sent.Simulated && n.Status(s.Inc) == state.Sent {
			standing = fmt.Sprintf("%s %s; version %d", strings.ToUpper(verb), at, sent.Version)
		}
		if came := n.CameOf(s.Inc).String(); came != "" {
			standing += "; " + came
		}
	}
	p.Hanging(style, sign+" ", style, standing)
	for _, l := range n.MayHaveLeft() {
		p.Hanging(t.Error, "? ", t.Error, incident.LeftText(s.Case, l))
	}
	p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, s.TwoAnswers(state.OfNotice, n.ID))
	for _, why := range n.NotHeld(s.Inc) {
		p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, why)
	}
	for _, c := range state.OtherTimes(s.Inc, s.UI.Now().Location()) {
		if c.Notice == n.ID {
			p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, "CONTRADICTION: "+c.String())
		}
	}
	p.Hanging(t.Warn, "? ", t.Warn, s.UntoldText(n))
	about := n.Def.Audience
	if n.Def.Channel != "" {
		about = strings.TrimPrefix(about+", by "+n.Def.Channel, ", ")
	}
	p.Labelled("To", about)
	if role := s.Inc.Role(n.Def.Approver); role != nil {
		p.Labelled("Approver", role.Def.Title+" ("+kit.Person(role.Person)+")")
	}
	s.approvalText(p, n)
	promises := n.Promises(s.Inc)
	if !n.Def.NextUpdate.IsZero() && len(promises) == 0 {
		p.Labelled("Next update", n.Def.NextUpdate.String()+" after it is sent")
	}
	for i := range promises {
		p.Labelled("Next update", s.PromiseSays(&promises[i]))
	}
	p.Gap()
}

// wordsOf are the last text of a notice and what it claims; or, while there is
// none, what a draft would say now.
func (s *Screen) wordsOf(n *state.Notice) (text string, claims []state.Claim, byline string) {
	v := n.Last()
	if v == nil {
		text, claims = n.Draft(s.Inc)
		return text, claims, "Not written yet. A draft would say now:"
	}
	byline = fmt.Sprintf("Version %d, %s %s", v.Number, kit.ClockTime(v.When, s.UI.Now()), kit.Person(v.By))
	if v.ApprovedBy != "" {
		byline += ", approved " + kit.ClockTime(v.ApprovedAt, s.UI.Now()) + " " + kit.Person(v.ApprovedBy)
	}
	byline += approvalNotes(s, n, v)
	return v.Text, v.Claims, byline
}

func (s *Screen) wordsText(p *incident.Page, text, byline string) {
	p.Text(p.T.Heading, byline)
	for _, line := range widget.Wrap(strings.TrimSpace(text), max(8, p.W-2)) {
		p.Add(p.T.Border.Render(p.T.Glyphs.Vertical) + " " + line)
	}
}

// claimsText sets each claim beside what is known, since when and by whom.
func (s *Screen) claimsText(p *incident.Page, n *state.Notice, text string, claims []state.Claim) {
	t := p.T
	p.Text(t.Heading, "It claims")
	if len(claims) == 0 {
		p.Text(t.Dim, "nothing of any service.")
	}
	for _, c := range s.Inc.Known(claims) {
		sign, style := t.Glyphs.Done, t.OK
		text := fmt.Sprintf("%s is %s", s.ServiceTitle(c.Service), c.State)
		switch {
		case !s.Inc.Knows(c.Service):
			sign, style = "?", t.Warn
		case c.Unsure():
			sign, style = "?", t.Warn
		case !c.Holds && superseded(n, c.State):
			sign, style, text = "-", t.Dim, text+": superseded since"
		case !c.Holds:
			sign, style = t.Glyphs.Failed, t.Bad
		}
		if s.UI.ByLine {
			p.Hanging(style, sign+" ", style, text+", "+s.knownText(c))
			continue
		}
		p.Hanging(style, sign+" ", style, text)
		p.Hanging(style, "  ", t.Dim, s.knownText(c))
	}
	if blanks := sayBlanks(text); blanks != "" {
		p.Hanging(t.Warn, "? ", t.Warn, blanks)
		p.Hanging(t.Warn, "  ", t.Dim, s.sayFills(n, text))
	}
	for _, id := range n.Dropped(s.Inc, text, claims) {
		p.Hanging(t.Warn, "? ", t.Warn, fmt.Sprintf("What was sent names %s, and this does not.", s.ServiceTitle(id)))
	}
	for _, id := range s.Inc.Mentions(text, claims) {
		p.Hanging(t.Warn, "? ", t.Warn, fmt.Sprintf("The text names %s and claims nothing of it.", s.ServiceTitle(id)))
	}
	p.Gap()
}

// superseded reports whether harm was told of in the version that stands, and sent: who was told of
// it was told nothing untrue. A draft that was not sent must still be put right.
func superseded(n *state.Notice, said state.ServiceState) bool {
	v := n.Last()
	return v != nil && len(v.Sent) > 0 && !said.OfHealth()
}

// knownText is what is known of a claim's service.
func (s *Screen) knownText(c state.ClaimKnown) string {
	if !s.Inc.Knows(c.Service) {
		return "what is known is withheld"
	}
	text := "known: " + string(c.Known)
	if c.Holds && c.Known == c.State {
		text = "known"
	}
	if c.Since != nil {
		text += " since " + kit.ClockTime(*c.Since, s.UI.Now()) + ", " + kit.Person(c.By)
	}
	if own := state.OwnOf(s.Inc, c); own != nil {
		text += " (" + clean.Line(own.String()) + ")"
	}
	return text
}

// historyText is what was said and tried, the newest first.
func (s *Screen) historyText(p *incident.Page, n *state.Notice) {
	now, t := s.UI.Now(), p.T
	if n.Last() == nil {
		return
	}
	p.Gap()
	p.Text(t.Heading, "What became of it")
	for i := len(n.Versions) - 1; i >= 0; i-- {
		v := &n.Versions[i]
		for k := len(v.Sent) - 1; k >= 0; k-- {
			p.Hanging(t.OK, t.Glyphs.Done+" ", t.Text, s.sendingText(&v.Sent[k]))
		}
		for k := len(v.Failures) - 1; k >= 0; k-- {
			p.Hanging(t.Bad, t.Glyphs.Failed+" ", t.Bad, failureText(v.Number, v.Failures[k]))
		}
		drafted := fmt.Sprintf("%s  drafted version %d, %s", kit.ClockTime(v.When, now), v.Number, kit.Person(v.By))
		if v.ApprovedBy != "" {
			drafted += ", approved " + kit.ClockTime(v.ApprovedAt, now) + " by " + kit.Person(v.ApprovedBy)
		}
		if other := state.SayBeside(s.Inc, v.ApprovedSeq, kit.Person); other != "" {
			drafted += ", " + other
		}
		p.Hanging(t.Dim, t.Glyphs.Bullet+" ", t.Dim, drafted)
		for _, note := range v.HandsIn(s.Inc, n, kit.Person) {
			p.Hanging(t.Warn, t.Glyphs.Bullet+" ", t.Warn, fmt.Sprintf("approval of version %d: %s", v.Number, clean.Line(note)))
		}
	}
}

// approvalText says why who acts here is not the one to approve a draft.
func (s *Screen) approvalText(p *incident.Page, n *state.Notice) {
	if why := state.WhyNotApprove(s.Inc, n, s.UI.Person); why != "" && n.Status(s.Inc) == state.Draft {
		p.Labelled("Approval", clean.Line(why))
	}
}

// approvalNotes is what has to be known of a text's approval, behind what else is said of it.
func approvalNotes(s *Screen, n *state.Notice, v *state.NoticeVersion) string {
	if v.Alone(s.Inc) != "" { // in full below
		return ", alone"
	}
	return clean.Line(strings.Join(append([]string{""}, v.HandsIn(s.Inc, n, kit.Person)...), ", "))
}

// failureText says by which way a version did not go out, and why; or that it may have.
func failureText(version int, f state.Failure) string {
	what := "NOT SENT"
	if f.Maybe {
		what = "MAY HAVE LEFT"
	}
	return fmt.Sprintf("%s, version %d by %s: %s", what, version, f.Channel, clean.Passage(f.Why))
}

func (s *Screen) sendingText(sent *state.Sending) string {
	text := fmt.Sprintf("%s  %s, version %d %s (%s)", kit.ClockTime(sent.When, s.UI.Now()), strings.ToUpper(sent.Verb()), sent.Version, state.ByWay(sent.Channel), sent.How)
	if sent.To != "" {
		text += " to " + sent.To
	}
	text += ", " + kit.Person(sent.By)
	for _, seq := range sent.Corrects {
		text += fmt.Sprintf("; corrects entry %d", seq)
	}
	if n := s.Inc.Notice(sent.Notice); n != nil {
		for _, says := range []string{n.Early(sent).String(), n.Repeats(s.Inc, sent).String()} {
			if says != "" {
				text += "; " + says
			}
		}
		for _, c := range n.Judge(s.Inc, sent) { // and not by what the entry says was known
			switch c.Verdict {
			case state.ByOneself:
				text += fmt.Sprintf("; it said that %s is %s: %s", s.ServiceTitle(c.Service), c.State, clean.Line(c.Own.String()))
			case state.OverClaimed, state.Unfounded, state.Otherwise:
				text += "; " + n.SayDiffers(s.Inc, sent, c.Claim, c.Then)
			}
			if c.Withdrawn.Seq > 0 {
				text += "; of " + s.ServiceTitle(c.Service) + ": " + c.Withdrawn.String()
			}
		}
	}
	if sent.Overridden != "" {
		text += "; override: " + sent.Overridden
	}
	return text
}

// Arrive shows the list; and what the step is about that one comes from.
func (s *Screen) Arrive(from kit.Screen) tea.Cmd {
	s.OnText = false
	if at, ok := from.(stander); ok {
		if row, ok := at.Stands(); ok {
			s.Refresh()
			s.Visit(row)
		}
	}
	return s.ReadContacts()
}

// A stander is a screen that stands on something that another screen shows.
type stander interface{ Stands() (incident.Row, bool) }

// Finds implements finder: the notices and the contacts.
func (s *Screen) Finds() []kit.Finding {
	var all []kit.Finding
	for i := range s.Inc.Notices {
		n := &s.Inc.Notices[i]
		all = append(all, s.Finding(incident.Row{Kind: incident.NoticeRow, ID: n.ID}, "notice", n.Def.Title, s.NoticeState(n)))
	}
	for _, c := range s.CallList() {
		_, hint, _ := s.ContactLine(c.ID)
		all = append(all, s.Finding(incident.Row{Kind: incident.ContactRow, ID: c.ID}, "contact", c.Title, hint))
	}
	return all
}

// Lead leads to a notice, or to a contact.
func (s *Screen) Lead(what, id string) (tea.Cmd, bool) {
	kind := map[string]incident.RowKind{"notice": incident.NoticeRow, "contact": incident.ContactRow}[what]
	if kind == "" {
		return nil, false
	}
	return s.Finding(incident.Row{Kind: kind, ID: id}, "", "", "").Do(), true
}

// Place is screen 3, on a notice.
func Place() kit.Place {
	return kit.Place{Name: "notices", Is: kit.List | incident.Trait | kit.Split, Not: "evidence severity step.add"}
}

// ContactsPlace is screen 3, on a contact.
func ContactsPlace() kit.Place {
	return kit.Place{Name: "contacts", Is: kit.List | incident.Trait | kit.Split, Not: "step.add"}
}

// WriterPlace is a notice's text being written.
func WriterPlace() kit.Place { return kit.Place{Name: "writing a notice", Is: kit.Over | kit.Typing} }

// ClaimsPlace is what a notice claims.
func ClaimsPlace() kit.Place { return kit.Place{Name: "claims", Is: kit.Over | kit.Page} }
