package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/widget"
)

// A noticesScreen is screen 3: what is said to people, and whom to call.
type noticesScreen struct {
	board
	unsent map[string]wording // by notice: what was typed and not saved
}

// A wording is a notice's text as it is being written, with what it claims.
type wording struct {
	text   string
	claims []state.Claim
}

func newNotices(o *openIncident) *noticesScreen {
	s := &noticesScreen{unsent: map[string]wording{}}
	s.board = newBoard(o, s, true)
	return s
}

// scope depends on what the cursor is on.
func (s *noticesScreen) Place() Place {
	s.refresh()
	if s.at().kind == contactRow {
		return contactsPlace()
	}
	return noticesPlace()
}

func (s *noticesScreen) list() []boardRow {
	rows := []boardRow{headed("Notices", len(s.inc.Notices), s.ui.KeyOf("notice.new")+" writes one")}
	for i := range s.inc.Notices {
		rows = append(rows, boardRow{kind: noticeRow, id: s.inc.Notices[i].ID})
	}
	calls := s.callList()
	title := "Contacts, in the order to call"
	if len(calls) == 0 && s.inc.Lacks.Runbook {
		title = "Contacts"
	}
	rows = append(rows, headed(title, len(calls), s.none("the runbook has none")))
	for _, c := range calls {
		rows = append(rows, boardRow{kind: contactRow, id: c.ID})
	}
	return rows
}

// notice is the notice under the cursor; nil if it is on none.
func (s *noticesScreen) notice() *state.Notice {
	if at := s.at(); at.kind == noticeRow {
		return s.inc.Notice(at.id)
	}
	return nil
}

func (s *noticesScreen) line(r boardRow) (left, right string, style widget.Style) {
	if r.kind == contactRow {
		return s.contactLine(r.id)
	}
	n := s.inc.Notice(r.id)
	if n == nil {
		return "", "", s.ui.Theme.Text
	}
	sign, style := s.noticeLook(n)
	return sign + " " + clean.Line(clean.Bounded(n.Title(), 400)), s.noticeState(n), style
}

func (s *noticesScreen) detail(r boardRow, w int) []string {
	p := s.page(w)
	if r.kind == contactRow {
		s.contactText(p, r.id)
		return p.lines
	}
	n := s.inc.Notice(r.id)
	if n == nil {
		return nil
	}
	s.noticeHead(p, n)
	text, claims, byline := s.wordsOf(n)
	const sideBySide = 96
	if w >= sideBySide {
		left, right := s.page(w/2-1), s.page(w-w/2-3)
		s.wordsText(left, text, byline)
		s.claimsText(right, n, text, claims)
		p.add(widget.JoinColumns("  ", widget.Column{Lines: left.lines, Width: left.w}, widget.Column{Lines: right.lines, Width: right.w})...)
	} else {
		s.wordsText(p, text, byline)
		p.gap()
		s.claimsText(p, n, text, claims)
	}
	s.historyText(p, n)
	return p.lines
}

// noticeHead: what it is, where it stands, and loudly why it is not true any more.
func (s *noticesScreen) noticeHead(p *page, n *state.Notice) {
	t := p.t
	p.text(t.Title, n.Title())
	sign, style := s.noticeLook(n)
	standing := s.noticeState(n)
	if _, sent := n.LastSent(); sent != nil {
		verb := "was sent"
		if sent.Simulated {
			verb = "would have been sent"
		}
		standing = fmt.Sprintf("%s; version %d %s %s", strings.ToUpper(string(s.inc.NoticeStatus(n))), sent.Version, verb, clockTime(sent.When, s.ui.Now()))
	}
	p.hanging(style, sign+" ", style, standing)
	for _, why := range s.staleReasons(n) {
		p.hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, "NOT TRUE ANY MORE: "+why)
	}
	p.hanging(t.Warn, "? ", t.Warn, s.untoldText(n))
	about := n.Def.Audience
	if n.Def.Channel != "" {
		about = strings.TrimPrefix(about+", by "+n.Def.Channel, ", ")
	}
	p.labelled("To", about)
	if role := s.inc.Role(n.Def.Approver); role != nil {
		p.labelled("Approved by", role.Def.Title+" ("+person(role.Person)+")")
	}
	if !n.Def.NextUpdate.IsZero() && s.inc.NextUpdate(n).IsZero() {
		p.labelled("Next update", n.Def.NextUpdate.String()+" after it is sent")
	} else if at := s.inc.NextUpdate(n); !at.IsZero() {
		p.labelled("Next update", clockTime(at, s.ui.Now())+", "+when.Ago(at, s.ui.Now()))
	}
	p.gap()
}

// wordsOf are the last text of a notice and what it claims; or, while there is
// none, what a draft would say now.
func (s *noticesScreen) wordsOf(n *state.Notice) (text string, claims []state.Claim, byline string) {
	v := n.Last()
	if v == nil {
		text, claims = s.inc.Draft(n)
		return text, claims, "Not written yet. A draft would say now:"
	}
	byline = fmt.Sprintf("Version %d, %s %s", v.Number, clockTime(v.When, s.ui.Now()), person(v.By))
	if v.ApprovedBy != "" {
		byline += ", approved " + clockTime(v.ApprovedAt, s.ui.Now()) + " " + person(v.ApprovedBy)
	}
	return v.Text, v.Claims, byline
}

func (s *noticesScreen) wordsText(p *page, text, byline string) {
	p.text(p.t.Heading, byline)
	for _, line := range widget.Wrap(strings.TrimSpace(text), max(8, p.w-2)) {
		p.add(p.t.Border.Render(p.t.Glyphs.Vertical) + " " + line)
	}
}

// claimsText sets each claim beside what is known, since when and by whom.
func (s *noticesScreen) claimsText(p *page, n *state.Notice, text string, claims []state.Claim) {
	t := p.t
	p.text(t.Heading, "It claims")
	if len(claims) == 0 {
		p.text(t.Dim, "nothing of any service.")
	}
	for _, c := range s.inc.Known(claims) {
		sign, style := t.Glyphs.Done, t.OK
		if !s.inc.Knows(c.Service) {
			sign, style = "?", t.Warn
		} else if !c.Holds {
			sign, style = t.Glyphs.Failed, t.Bad
		}
		p.hanging(style, sign+" ", style, fmt.Sprintf("%s is %s", s.serviceTitle(c.Service), c.State))
		p.hanging(style, "  ", t.Dim, s.knownText(c))
	}
	if blanks := sayBlanks(text); blanks != "" {
		p.hanging(t.Warn, "? ", t.Warn, blanks)
	}
	for _, id := range s.inc.Mentions(text, claims) {
		p.hanging(t.Warn, "? ", t.Warn, fmt.Sprintf("The text names %s and claims nothing of it.", s.serviceTitle(id)))
	}
	p.gap()
}

// knownText is what is known of a claim's service.
func (s *noticesScreen) knownText(c state.ClaimKnown) string {
	if !s.inc.Knows(c.Service) {
		return "what is known is withheld"
	}
	text := "known: " + string(c.Known)
	if c.Since != nil {
		text += " since " + clockTime(*c.Since, s.ui.Now()) + ", " + person(c.By)
	}
	return text
}

// historyText is what was said and tried, the newest first.
func (s *noticesScreen) historyText(p *page, n *state.Notice) {
	now, t := s.ui.Now(), p.t
	if n.Last() == nil {
		return
	}
	p.gap()
	p.text(t.Heading, "What became of it")
	for i := len(n.Versions) - 1; i >= 0; i-- {
		v := &n.Versions[i]
		for k := len(v.Sent) - 1; k >= 0; k-- {
			p.hanging(t.OK, t.Glyphs.Done+" ", t.Text, s.sendingText(&v.Sent[k]))
		}
		for k := len(v.Failures) - 1; k >= 0; k-- {
			p.hanging(t.Bad, t.Glyphs.Failed+" ", t.Bad, fmt.Sprintf("NOT SENT, version %d by %s: %s", v.Number, v.Failures[k].Channel, clean.Bounded(v.Failures[k].Why, 600)))
		}
		drafted := fmt.Sprintf("%s  drafted version %d, %s", clockTime(v.When, now), v.Number, person(v.By))
		if v.ApprovedBy != "" {
			drafted += ", approved " + clockTime(v.ApprovedAt, now) + " by " + person(v.ApprovedBy)
		}
		p.hanging(t.Dim, t.Glyphs.Bullet+" ", t.Dim, drafted)
	}
}

func (s *noticesScreen) sendingText(sent *state.Sending) string {
	verb := "SENT"
	if sent.Simulated {
		verb = "WOULD HAVE BEEN SENT"
	}
	text := fmt.Sprintf("%s  %s, version %d by %s (%s)", clockTime(sent.When, s.ui.Now()), verb, sent.Version, sent.Channel, sent.How)
	if sent.To != "" {
		text += " to " + sent.To
	}
	text += ", " + person(sent.By)
	for _, seq := range sent.Corrects {
		text += fmt.Sprintf("; corrects entry %d", seq)
	}
	for _, c := range sent.Claims {
		if !c.Holds {
			text += fmt.Sprintf("; it said that %s is %s, known was %s", s.serviceTitle(c.Service), c.State, c.Known)
		}
	}
	if sent.Overridden != "" {
		text += "; override: " + sent.Overridden
	}
	return text
}

// Arrive shows the list; and what the step is about that one comes from.
func (s *noticesScreen) Arrive(from Screen) tea.Cmd {
	s.onText = false
	if at, ok := from.(stander); ok {
		if row, ok := at.Stands(); ok {
			s.refresh()
			s.goTo(row)
		}
	}
	return s.readContacts()
}

// A stander is a screen that stands on something that another screen shows.
type stander interface{ Stands() (boardRow, bool) }

// Finds implements finder: the notices and the contacts.
func (s *noticesScreen) Finds() []Finding {
	var all []Finding
	for i := range s.inc.Notices {
		n := &s.inc.Notices[i]
		all = append(all, s.finding(boardRow{kind: noticeRow, id: n.ID}, "notice", n.Def.Title, s.noticeState(n)))
	}
	for _, c := range s.callList() {
		_, hint, _ := s.contactLine(c.ID)
		all = append(all, s.finding(boardRow{kind: contactRow, id: c.ID}, "contact", c.Title, hint))
	}
	return all
}
