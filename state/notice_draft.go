package state

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
)

// KindNoticeDrafted is the kind of [NoticeDrafted].
const KindNoticeDrafted Kind = "notice.drafted"

// NoticeDrafted records a text that may be sent, and what it claims.
type NoticeDrafted struct {
	Notice   string  `json:"notice"`
	Title    string  `json:"title,omitempty" part:"notes"` // of a notice that no runbook has
	Audience string  `json:"audience,omitempty" part:"notes"`
	Version  int     `json:"version"` // 1 for the first draft
	Text     string  `json:"text" part:"notes" text:"said"`
	Claims   []Claim `json:"claims,omitempty"`
	// Basis are the answers that the text rests on, as they were. When one of
	// them changes, what was sent is stale.
	Basis map[string]string `json:"basis,omitempty" part:"notes"`
	// Form is the form that the text fills in; nil if it is none.
	Form *FilledForm `json:"form,omitempty"`
}

// Kind is KindNoticeDrafted.
func (*NoticeDrafted) Kind() Kind { return KindNoticeDrafted }

func (data *NoticeDrafted) roleOf(inc *Incident) string { return roleTelling(inc, data.Notice) }

// DraftNotice makes notice.drafted. Text "" is drawn from the runbook's
// template, and Claims nil are then drawn from it too. Title and Audience
// make a notice that no runbook has.
type DraftNotice struct {
	Notice, Title, Audience, Text string
	Claims                        []Claim
	Form                          *FilledForm // that the text fills in; nil if it is none
}

func (DraftNotice) kind() Kind { return KindNoticeDrafted }

func (c DraftNotice) decide(d *decision) Data {
	c.Text = strings.TrimSpace(c.Text) // what surrounds it is an editor's, or a template's
	d.text("text", "the text", c.Text, MaxText)
	n := d.inc.Notice(c.Notice)
	if n == nil {
		return c.free(d)
	}
	data := &NoticeDrafted{Notice: n.ID, Version: newNamer(d.inc).version(n.ID), Text: c.Text, Claims: c.Claims, Basis: n.basis(d.inc), Form: c.Form}
	if c.Form != nil {
		data.Basis = nil // a form does not rest on the notice's template
	}
	if c.Text == "" {
		data.Text, data.Claims = n.Draft(d.inc)
		if c.Claims != nil {
			data.Claims = c.Claims
		}
	}
	data.Text = strings.TrimSpace(data.Text)
	d.need("text", "the text", data.Text, MaxText)
	return d.draft(data)
}

// free drafts a notice that no runbook has.
func (c DraftNotice) free(d *decision) Data {
	if c.Title == "" {
		d.notice(c.Notice)
		return nil
	}
	if !plainID(c.Notice) {
		return d.refuse(Refusal{Reason: Invalid, Field: "notice", Text: fmt.Sprintf("%q cannot be a notice's id.", c.Notice), Hint: "An id is a–z, 0–9 and dashes."})
	}
	d.need("title", "the title", c.Title, MaxTitle)
	d.text("audience", "the audience", c.Audience, MaxTitle)
	d.need("text", "the text", c.Text, MaxText)
	return d.draft(&NoticeDrafted{Notice: c.Notice, Title: c.Title, Audience: c.Audience, Version: newNamer(d.inc).version(c.Notice), Text: c.Text, Claims: c.Claims, Form: c.Form})
}

func (d *decision) draft(data *NoticeDrafted) Data {
	filled(d, data.Form, data.Text)
	if len(data.Claims) > maxClaims {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("A notice makes at most %d claims.", maxClaims)})
	}
	for _, claim := range data.Claims {
		if d.inc.Service(claim.Service) == nil {
			return d.none(NounService, claim.Service)
		}
		if !slices.Contains(ServiceStates(), claim.State) {
			return noWord(d, NounState, claim.State, ServiceStates())
		}
	}
	return data
}

func (data *NoticeDrafted) makes() called {
	return called{thing{"version", data.Notice}, data.Version}
}

func (data *NoticeDrafted) effect(inc *Incident, e *Entry) {
	n := inc.Notice(data.Notice)
	if n == nil {
		def := &runbooks.Notice{ID: data.Notice, Title: data.Title, Audience: data.Audience}
		if data.Form != nil && inc.Role(data.Form.Approver) != nil {
			def.Approver = data.Form.Approver
		}
		inc.Notices = append(slices.Clip(inc.Notices), Notice{ID: data.Notice, Def: def})
		n = &inc.Notices[len(inc.Notices)-1]
	}
	version := NoticeVersion{
		Number: data.Version, Text: data.Text, Claims: data.Claims, Basis: data.Basis,
		By: e.By.Name, When: e.When(), Seq: e.Seq, Withheld: e.Withheld, Form: data.Form,
	}
	if !e.Withheld.Has(Notes) {
		version.SHA256 = Sum([]byte(data.Text))
	}
	n.Versions = append(slices.Clone(n.Versions), version)
}

func (data *NoticeDrafted) describe(inc *Incident, _ Entry) string {
	return fmt.Sprintf("drafted %s, version %d", noticeTitle(inc, data.Notice), data.Version) + data.Form.describe() + sayClaims(inc, data.Claims)
}

// Draft draws a notice's text from its template, with the claims it makes, from
// what is known now. It records nothing.
func (n *Notice) Draft(inc *Incident) (string, []Claim) {
	if n.Book >= len(inc.Books) {
		return n.Def.Text, claimsOf(inc, n.Def)
	}
	stand := Step{Book: n.Book, Def: &runbooks.Step{}}
	return inc.Render(&stand, n.Def.Text), claimsOf(inc, n.Def)
}

// claimsOf are what a notice's template says of services: the claims it lists, and
// those of every service that a list in its text names.
func claimsOf(inc *Incident, def *runbooks.Notice) []Claim {
	var claims []Claim
	add := func(service string, state ServiceState) {
		if !slices.ContainsFunc(claims, func(c Claim) bool { return c.Service == service }) {
			claims = append(claims, Claim{Service: service, State: state})
		}
	}
	for _, text := range def.Claims {
		service, state, ok := strings.Cut(text, "=")
		if ok && service != runbooks.EveryAffected {
			add(strings.TrimSpace(service), ServiceState(strings.TrimSpace(state)))
		}
		for i := range inc.Services {
			if ok && service == runbooks.EveryAffected && inc.Services[i].State.Hit() {
				add(inc.Services[i].ID, ServiceState(state))
			}
		}
	}
	if all := allBack(def); all != "" {
		for _, service := range notBack(inc) {
			add(service.ID, all)
		}
	}
	for i := range inc.Services {
		service := &inc.Services[i]
		for _, list := range listed(inc, service) {
			if fieldIn(def.Text, list.field) {
				add(service.ID, list.claim)
			}
		}
	}
	return claims
}

// fieldIn reports whether a template names a field, and not one whose name only
// begins with it.
func fieldIn(text, field string) bool {
	for {
		_, after, found := strings.Cut(text, field)
		if !found {
			return false
		}
		if after == "" || !('a' <= after[0] && after[0] <= 'z' || 'A' <= after[0] && after[0] <= 'Z') {
			return true
		}
		text = after
	}
}

type listClaim struct {
	field string // of a template
	claim ServiceState
}

// listed says in which lists of a template a service of this state stands, and
// what standing there claims.
func listed(inc *Incident, service *Service) []listClaim {
	var lists []listClaim
	state := service.State
	switch inc.Standing(service) {
	case Back:
		lists = append(lists, listClaim{".Services.Back", state})
	case NotBack:
		lists = append(lists, listClaim{".Services.NotBack", Affected})
	case NotSure: // of one that is restored, and not verified, one can say no more
		claim := state
		if state == Restored {
			claim = Restoring
		}
		lists = append(lists, listClaim{".Services.NotSure", claim})
	}
	switch state {
	case Verified:
		lists = append(lists, listClaim{".Services.Verified", Verified})
	case Restored:
		lists = append(lists, listClaim{".Services.Restored", Restored})
	case Unaffected:
		lists = append(lists, listClaim{".Services.Unaffected", Unaffected})
	}
	if state.Down() {
		lists = append(lists, listClaim{".Services.Down", Affected})
	}
	if state.Hit() && state != Verified {
		lists = append(lists, listClaim{".Services.Affected", Affected})
	}
	return lists
}

// answerRefs finds the answers that a template names.
var answerRefs = regexp.MustCompile(`\.Answers\.([a-z0-9]+)|index\s+\.Answers\s+"([^"]+)"`)

// basis are the answers that a notice's text rests on, as they are now.
func (n *Notice) basis(inc *Incident) map[string]string {
	answers := answersOf(inc, n.Book)
	basis := make(map[string]string)
	for _, match := range answerRefs.FindAllStringSubmatch(n.Def.Text, -1) {
		id := match[1] + match[2]
		basis[id] = answers[id]
	}
	if len(basis) == 0 {
		return nil
	}
	return basis
}

// KindNoticeApproved is the kind of [NoticeApproved].
const KindNoticeApproved Kind = "notice.approved"

// NoticeApproved records that a draft may be sent.
type NoticeApproved struct {
	Notice  string `json:"notice"`
	Version int    `json:"version"`
	SHA256  Hash   `json:"sha256" part:"notes"` // of the text
}

// Kind is KindNoticeApproved.
func (*NoticeApproved) Kind() Kind { return KindNoticeApproved }

func (data *NoticeApproved) roleOf(inc *Incident) string {
	if n := inc.Notice(data.Notice); n != nil {
		return n.Def.Approver
	}
	return ""
}

// ApproveNotice makes notice.approved.
type ApproveNotice struct {
	Notice  string
	Version int // 0 for the last draft
}

func (ApproveNotice) kind() Kind { return KindNoticeApproved }

func (c ApproveNotice) decide(d *decision) Data {
	n := d.notice(c.Notice)
	if n == nil {
		return nil
	}
	v := d.version(n, c.Version)
	if v == nil {
		return nil
	}
	if v.ApprovedBy != "" {
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("Version %d of %s was approved by %s at %s.", v.Number, n.Title(), v.ApprovedBy, d.clock(v.ApprovedAt))})
	}
	if role := d.inc.Role(n.Def.Approver); role != nil && !runbooks.SameName(role.Person, d.stamp.By.Name) {
		d.refuse(Refusal{Reason: NotApprover, Acts: []Act{{Deed: DeedTakeRole, Of: role.Def.ID}}, Overridable: true, Text: fmt.Sprintf("%s is to be approved by %s, and you are %s.", n.Title(), role.holder(), d.stamp.By.Name),
			Hint: "Ask that person, or take the role."})
	}
	if at := d.action.Occurred; !at.IsZero() {
		approvedTooEarly(d, n, v, at)
	}
	d.atOwn(v.By, v.Seq, fmt.Sprintf("%s drafted version %d of %s", v.By, v.Number, n.Title()))
	return &NoticeApproved{Notice: n.ID, Version: v.Number, SHA256: v.SHA256}
}

// approves reports whether it approves a version of a notice.
func (data *NoticeApproved) approves(notice string, version int) bool {
	return data.Notice == notice && data.Version == version
}

func (data *NoticeApproved) effect(inc *Incident, e *Entry) {
	if v := versionOf(inc, data.Notice, data.Version); v != nil {
		v.ApprovedBy, v.ApprovedAt, v.ApprovedSeq = e.By.Name, e.When(), e.Seq
		besides(inc, e, v.By)
	}
}

func (data *NoticeApproved) describe(inc *Incident, e Entry) string {
	text := fmt.Sprintf("approved %s, version %d", noticeTitle(inc, data.Notice), data.Version) + sayBeside(inc, e)
	n, v := inc.Notice(data.Notice), versionOf(inc, data.Notice, data.Version)
	if v == nil || v.ApprovedSeq != e.Seq {
		return text
	}
	return strings.Join(append([]string{text}, v.ApprovalNotes(inc, n, func(name string) string { return name })...), ", ")
}

// amendTime implements timed, as of the sending.
func (data *NoticeApproved) amendTime(d *decision, to time.Time) {
	n := d.inc.Notice(data.Notice)
	v := n.version(data.Version)
	if v == nil {
		return
	}
	approvedTooEarly(d, n, v, to)
	if n.Def.Approver != "" {
		behindSending(d, n, v, to, v.ApprovedSeq, "approved")
	}
}

// amendTime implements timed: a text does not come, without a word, after it was sent.
func (data *NoticeDrafted) amendTime(d *decision, to time.Time) {
	n := d.inc.Notice(data.Notice)
	if v := n.version(data.Version); v != nil {
		behindSending(d, n, v, to, v.Seq, "drafted")
	}
}

func (data *NoticeApproved) contradicts(inc *Incident, e *Entry) string {
	v := versionOf(inc, data.Notice, data.Version)
	if v == nil || (inc.Redacted.Parts | e.Withheld).Has(Notes) {
		return ""
	}
	return notItsHash("what was approved", v.Text, data.SHA256)
}
