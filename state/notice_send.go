package state

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
)

// KindNoticeSent is the kind of [NoticeSent].
const KindNoticeSent Kind = "notice.sent"

// NoticeSent records exactly what was said, to whom, and what was known then.
type NoticeSent struct {
	Notice    string       `json:"notice"`
	Version   int          `json:"version"`
	Text      string       `json:"text" part:"notes" text:"said"`
	SHA256    Hash         `json:"sha256" part:"notes"`  // of Text
	Channel   string       `json:"channel" part:"names"` // one that is set, or any words of who sent it by hand
	To        string       `json:"to" part:"names"`
	How       string       `json:"how"` // by hand, webhook, mail …
	Simulated bool         `json:"simulated,omitempty"`
	LogHead   Hash         `json:"log_head"` // the log's head at that moment
	Claims    []ClaimKnown `json:"claims,omitempty"`
	// KnownBy is who found out what was known, claim by claim; nil if nobody did.
	KnownBy []string `json:"known_by,omitempty" part:"names"`
	// Corrects are the entries that this one takes the place of: the version sent
	// before, and what the runbook says this notice corrects.
	Corrects []uint64 `json:"corrects,omitempty" entry:"of"`
	// Leaving is the entry that said that it was about to leave; 0 if none did: it was
	// said by hand, in a drill, or written by an older version.
	Leaving uint64 `json:"leaving,omitempty" entry:"of"`
}

// Kind is KindNoticeSent.
func (*NoticeSent) Kind() Kind { return KindNoticeSent }

func (data *NoticeSent) roleOf(inc *Incident) string { return roleTelling(inc, data.Notice) }

// SendNotice makes notice.sent: it was sent, or in a drill would have been.
type SendNotice struct {
	Notice           string
	Version          int // 0 for the last draft
	Channel, To, How string
	Leaving          uint64 // the entry that said that it was leaving; 0 if none did
}

func (SendNotice) kind() Kind { return KindNoticeSent }

func (c SendNotice) decide(d *decision) Data {
	n, v, known := d.sending(c)
	if v == nil {
		return nil
	}
	how := c.How
	if how == "" {
		how = "by hand"
	}
	data := &NoticeSent{
		Notice: n.ID, Version: v.Number, Text: v.Text, SHA256: v.SHA256, Channel: c.Channel, To: c.To, How: how,
		Simulated: d.inc.Mode == Drill, LogHead: d.inc.Head.Hash, Leaving: c.Leaving,
	}
	data.KnownBy = takeNames(known)
	if len(known) > 0 { // nil if none, as it is read again
		data.Claims = known
	}
	if before, sent := n.LastSent(); before != nil && before.Number != v.Number {
		data.Corrects = append(data.Corrects, sent.Seq)
	}
	for _, id := range n.Def.Corrects {
		if other := d.inc.Notice(d.inc.Books[n.Book].IDOf(NounNotice, id)); other != nil {
			if _, sent := other.LastSent(); sent != nil {
				data.Corrects = append(data.Corrects, sent.Seq)
			}
		}
	}
	return data
}

// sending is what is to be sent, with what is known of what it claims. It refuses what
// may not go out; nil if that is for good.
func (d *decision) sending(c SendNotice) (*Notice, *NoticeVersion, []ClaimKnown) {
	d.need("channel", "the channel", c.Channel, MaxTitle)
	d.text("to", "the recipient", c.To, MaxTitle)
	d.text("how", "how it is sent", c.How, MaxTitle)
	n := d.notice(c.Notice)
	if n == nil {
		return nil, nil, nil
	}
	v := d.toSend(n, c.Version, c.Leaving)
	if v == nil {
		return nil, nil, nil
	}
	if n.Def.Approver != "" && v.ApprovedBy == "" {
		d.refuse(Refusal{Reason: NotApproved, Acts: []Act{{Deed: DeedApprove, Of: n.ID}}, Overridable: true, Text: fmt.Sprintf("Version %d of %s is not approved.", v.Number, n.Title()),
			Hint: fmt.Sprintf("Ask the %s to approve it.", approverOf(d.inc, n))})
	}
	d.filledIn(n, v)
	unfilled(d, v)
	d.sameTime(n, v)
	if c.Leaving == 0 {
		d.unsettled(n)
		d.again(c, n, v)
		toCorrect(d, n)
		nothingDown(d, n, v)
		if at := d.action.Occurred; !at.IsZero() {
			sentTooEarly(d, n, v, at)
		}
	}
	known := d.gate(n.Def, v.Claims, func(c ClaimKnown) string { return n.sayDiffers(d.inc, v.Text, c) }, "Verify it, or take it out of the text.")
	allUnshared(d, n.Def, known)
	return n, v, known
}

// toCorrect refuses, softly, to correct what was never said.
func toCorrect(d *decision, n *Notice) {
	if _, sent := n.LastSent(); sent != nil || d.inc.Redacted.Sent > 0 {
		return
	}
	var titles []string
	for _, id := range n.Def.Corrects {
		other := d.inc.Notice(d.inc.Books[n.Book].IDOf(NounNotice, id))
		if other == nil {
			continue
		}
		if _, sent := other.LastSent(); sent != nil || len(other.MayHaveLeft()) > 0 {
			return
		}
		titles = append(titles, other.Title())
	}
	if len(titles) > 0 {
		d.refuse(Refusal{Reason: Untrue, Overridable: true, Text: "It corrects what was said before, and none of that was sent: " + strings.Join(titles, ", ") + ".",
			Hint: "Say what is so in a notice of its own; or say why, if it was told otherwise.", Acts: []Act{{Deed: DeedDraft, Of: n.ID}}})
	}
}

// nothingDown refuses, softly, the text of a template that says what is not back while nothing is
// known to be down: it says nothing, or that somebody looked. A text of somebody's own is theirs.
func nothingDown(d *decision, n *Notice, v *NoticeVersion) {
	if n.Book >= len(d.inc.Books) || !fieldIn(n.Def.Text, ".Services.NotBack") {
		return
	}
	drawn := func(notBack []string) string {
		r := newRendering(d.inc, runbooks.MaxTitleWork)
		if len(r.values.Services.NotBack) > 0 {
			return ""
		}
		r.values.Services.NotBack = notBack
		return strings.TrimSpace(r.text(&Step{Book: n.Book, Def: &runbooks.Step{}}, n.Def.Text))
	}
	unknown, none := drawn(nil), drawn([]string{}) // they differ where the list stands whatever is in it
	text := strings.TrimSpace(v.Text)
	if unknown == none || text != unknown && (text != none || len(n.Def.Corrects) == 0) {
		return // that all is back is no harm to say, but in what takes that back
	}
	d.refuse(Refusal{Reason: Unverified, Overridable: true, Seq: v.Seq, Acts: []Act{{Deed: DeedSetService}, {Deed: DeedDraft, Of: n.ID}},
		Text: "It says what is not back, and no service is known to be down.", Hint: "Say how the services stand, and draft it anew; or write what is so yourself."})
}

// soon is how long after a sending the same text to the same place is taken for a slip.
const soon = time.Hour

// again refuses, softly, to send the same text to the same place a second time, whichever version
// it is drafted as. What was corrected in between may be so again.
func (d *decision) again(c SendNotice, n *Notice, v *NoticeVersion) {
	for i := len(n.Versions) - 1; i >= 0; i-- {
		other := &n.Versions[i]
		if strings.TrimSpace(other.Text) != strings.TrimSpace(v.Text) || !slices.Equal(other.Claims, v.Claims) {
			continue
		}
		for k := len(other.Sent) - 1; k >= 0; k-- {
			s := &other.Sent[k]
			if corrected := other.Number != v.Number && wasCorrected(d.inc, s.Seq); !corrected && d.justNow(c, s) {
				return
			}
		}
	}
}

// justNow refuses what was sent to the same place a moment ago, and reports whether it did.
func (d *decision) justNow(c SendNotice, s *Sending) bool {
	ago := d.stamp.Recorded.Sub(s.When)
	if !samePlace(s.Channel, c.Channel) || !samePlace(s.To, c.To) || s.Channel == WithheldText || ago < 0 || ago >= soon {
		return false
	}
	word := fmt.Sprintf("%d min", int(ago.Minutes()))
	if ago < time.Minute {
		word = fmt.Sprintf("%d s", int(ago.Seconds()))
	}
	d.refuse(Refusal{Reason: AlreadySo, Overridable: true, Seq: s.Seq, Text: fmt.Sprintf("It was sent %s ago, by %s, to the same place.", word, s.By),
		Hint: "If it must go out again, say why."})
	return true
}

// samePlace reports whether two names of a channel or a recipient are one, as people write them.
func samePlace(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

func (data *NoticeSent) effect(inc *Incident, e *Entry) {
	inc.said.say(e, subject{what: OfNotice, of: data.Notice}, fmt.Sprint(e.Seq))
	v := versionOf(inc, data.Notice, data.Version)
	if v == nil {
		if inc.Redacted.All { // its draft is withheld, and with it what the audience was told
			inc.Redacted.Sent = e.Seq
		}
		return
	}
	sending := Sending{
		Notice: data.Notice, Version: data.Version, Text: data.Text, SHA256: data.SHA256, Channel: data.Channel, To: data.To, How: data.How,
		Simulated: data.Simulated, LogHead: data.LogHead, Claims: data.Claims, Corrects: data.Corrects, When: e.When(), By: e.By.Name, Seq: e.Seq,
	}
	if e.Override != nil {
		sending.Overridden = e.Override.Why
	}
	sending.Rest = restOf(inc, &sending)
	if withheld := e.Withheld.Has(Names); withheld || len(data.KnownBy) == len(data.Claims) {
		sending.Claims = slices.Clone(data.Claims)
		for i := range sending.Claims {
			if sending.Claims[i].By = WithheldText; !withheld {
				sending.Claims[i].By = data.KnownBy[i]
			}
		}
	}
	v.Sent = append(slices.Clip(v.Sent), sending)
	v.ended(data.Leaving, e.Seq)
	inc.fire(e, runbooks.NoticeSent, data.Notice, "")
	fulfil(inc, e, v.Form)
}

func (data *NoticeSent) describe(inc *Incident, e Entry) string {
	verb := "sent"
	if data.Simulated {
		verb = "would have sent"
	}
	text := fmt.Sprintf("%s %s, version %d, %s", verb, noticeTitle(inc, data.Notice), data.Version, ByWay(data.Channel)) + sayTo(data.To)
	if early := sentEarly(inc, data.Notice, e.Seq).String(); early != "" {
		text += ", " + early
	}
	for _, seq := range data.Corrects {
		text += fmt.Sprintf(", correcting entry %d", seq)
	}
	if again := repeatedBy(inc, data.Notice, e.Seq).String(); again != "" {
		text += ", " + again
	}
	claims := make([]Claim, len(data.Claims))
	for i := range data.Claims {
		claims[i] = data.Claims[i].Claim
	}
	return text + sayClaims(inc, claims)
}

// amendTime implements timed: a sending does not move, without a word, to before its text.
func (data *NoticeSent) amendTime(d *decision, to time.Time) {
	n := d.inc.Notice(data.Notice)
	if v := n.version(data.Version); v != nil {
		sentTooEarly(d, n, v, to)
	}
}

func (data *NoticeSent) contradicts(inc *Incident, e *Entry) string {
	if !e.Withheld.Has(Notes) {
		if what := notItsHash("what was sent", data.Text, data.SHA256); what != "" {
			return what
		}
		v := versionOf(inc, data.Notice, data.Version)
		if v != nil && !inc.Redacted.Parts.Has(Notes) && v.Text != data.Text {
			return fmt.Sprintf("What was sent is not the text of version %d.", data.Version)
		}
	}
	if own := oneLooked(inc, e, data.Claims); own != nil {
		return fmt.Sprintf("It says of what %s verified that it is so, with no word on that: %s.", own.By, own)
	}
	seq := entryWith(inc, data.LogHead)
	if seq == 0 {
		return fmt.Sprintf("It says that the log's head was %s then, and the log never had that head.", data.LogHead.Code())
	}
	if seq != inc.Head.Seq || inc.Redacted.All {
		return ""
	}
	if i := data.otherwise(inc); i >= 0 {
		claim := data.Claims[i]
		return fmt.Sprintf("It says that %s was known to be %s then, and the log had it as %s.", claim.Service, claim.Known, inc.Service(claim.Service).State)
	}
	return ""
}

// otherwise is the first of its claims of which the log had something else than it says was
// known; -1 if there is none.
func (data *NoticeSent) otherwise(inc *Incident) int {
	return slices.IndexFunc(data.Claims, func(c ClaimKnown) bool {
		s := inc.Service(c.Service)
		return s != nil && s.State != c.Known
	})
}

// knownElse is what the log has of the claims of a statement of which an entry says that
// something else was known; else nil.
func knownElse(inc *Incident, e *Entry) []ClaimKnown {
	data, ok := e.Data.(*NoticeSent)
	if !ok || data.LogHead != inc.Head.Hash || inc.Redacted.All || data.otherwise(inc) < 0 {
		return nil
	}
	return inc.Known(claimsSent(&Sending{Claims: data.Claims}))
}

// KindNoticeFailed is the kind of [NoticeFailed].
const KindNoticeFailed Kind = "notice.failed"

// NoticeFailed records that a notice could not be sent.
type NoticeFailed struct {
	Notice  string `json:"notice"`
	Version int    `json:"version"`
	Channel string `json:"channel" part:"names"`
	Why     string `json:"why" part:"notes" text:"amend"`
	Leaving uint64 `json:"leaving,omitempty" entry:"of"` // the entry that said that it was about to leave; 0 if none did
	// Maybe says that it may have arrived all the same: what came of it is still open.
	Maybe bool `json:"may_have_arrived,omitempty"`
}

// Kind is KindNoticeFailed.
func (*NoticeFailed) Kind() Kind { return KindNoticeFailed }

func (data *NoticeFailed) roleOf(inc *Incident) string { return roleTelling(inc, data.Notice) }

// FailNotice makes notice.failed.
type FailNotice struct {
	Notice       string
	Version      int // 0 for the last draft
	Channel, Why string
	Leaving      uint64 // the entry that said that it was leaving; 0 if none did
	Maybe        bool   // it may have arrived all the same
}

func (FailNotice) kind() Kind { return KindNoticeFailed }

func (c FailNotice) decide(d *decision) Data {
	d.text("channel", "the channel", c.Channel, MaxTitle)
	n := d.notice(c.Notice)
	if n == nil {
		return nil
	}
	v := d.toSend(n, c.Version, c.Leaving)
	if v == nil {
		return nil
	}
	d.need("why", "why it failed", c.Why, MaxText)
	return &NoticeFailed{Notice: n.ID, Version: v.Number, Channel: c.Channel, Why: c.Why, Leaving: c.Leaving, Maybe: c.Maybe}
}

func (data *NoticeFailed) effect(inc *Incident, e *Entry) {
	if v := versionOf(inc, data.Notice, data.Version); v != nil {
		v.Failures = append(slices.Clip(v.Failures), Failure{Channel: data.Channel, Why: data.Why, Maybe: data.Maybe})
		if !data.Maybe {
			v.ended(data.Leaving, e.Seq)
		}
	}
}

func (data *NoticeFailed) describe(inc *Incident, _ Entry) string {
	return fmt.Sprintf("could not send %s, version %d, by %s", noticeTitle(inc, data.Notice), data.Version, data.Channel) + said(data.Why)
}

// approverOf says who approves a notice.
func approverOf(inc *Incident, n *Notice) string {
	role := inc.Role(n.Def.Approver)
	switch {
	case role == nil:
		return n.Def.Approver
	case role.Person == "":
		return role.Def.Title
	}
	return role.Def.Title + " (" + role.Person + ")"
}
