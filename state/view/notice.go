package view

import (
	"slices"
	"time"

	"muster/state"
)

// OwedTheNextWord is said of a statement whose harm has changed since it was told.
const OwedTheNextWord = "superseded, and its audience is owed the next word"

// A Notice is where a statement stands.
type Notice struct {
	ID         string             `json:"id"`
	Title      string             `json:"title"`
	Audience   string             `json:"audience,omitempty"`
	Channel    string             `json:"channel,omitempty"`
	Approver   string             `json:"approver,omitempty" doc:"a role's id"`
	Status     state.NoticeStatus `json:"status"`
	Version    int                `json:"version,omitempty" doc:"the last one; left out if it was not drafted yet, or if that is not known"`
	ApprovedBy string             `json:"approved_by,omitempty" doc:"of the last version"`
	Alone      bool               `json:"one_person,omitempty" doc:"one person drafted, approved and sent one of its texts"`
	Stale      []string           `json:"stale" doc:"why what was last sent is not true any more"`
	Unsure     []string           `json:"not_known_true" doc:"what of what was last sent is not known to be true: nothing is known by which it would be true or not"`
	NotThen    []string           `json:"not_true_then,omitempty" doc:"what of what was last sent was not true when it was sent, and is now, or does not hold for another reason; left out if nothing"`
	Superseded []string           `json:"superseded" doc:"what changed of the harm that was last told: its audience is owed the next word"`
	Redacted   []string           `json:"truth_lacks" doc:"services and answers, or statements: that are withheld, so that stale does not tell of them"`
	Otherwise  []string           `json:"contradictions" doc:"a time in what was sent, and the one from which the clock that it met counts; and that it was sent under an answer by which it does not apply now"`
	NextUpdate *time.Time         `json:"next_update,omitempty" doc:"promised by what was last sent, and not given yet; see promised_updates"`
	LastSent   *Sending           `json:"last_sent,omitempty" doc:"left out if nothing was, or if another may be withheld"`
	Before     []Sending          `json:"failed_before,omitempty" doc:"what was sent before that, and was not true then or not known to be; left out if nothing was"`
	MayBeOut   []Leaving          `json:"may_have_left" doc:"the times it was about to leave, and nobody has said what came of it"`
}

// A Leaving is one time a text was about to leave, and may have.
type Leaving struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Channel string    `json:"channel"`
	To      string    `json:"to,omitempty"`
	Seq     uint64    `json:"seq"`
}

// A NoticeText is a notice with its last text, or the one that a draft would have now.
type NoticeText struct {
	Notice
	Text     string     `json:"text" doc:"of a notice without a version: what a draft would say now"`
	By       string     `json:"by,omitempty" doc:"who drafted it"`
	At       *time.Time `json:"at,omitempty"`
	Claims   []Claim    `json:"claims" doc:"beside what is known now"`
	Mentions []string   `json:"mentions" doc:"services that the text names and claims nothing of"`
	Dropped  []string   `json:"dropped" doc:"services that the text sent before names and this one does not"`
	News     []string   `json:"news" doc:"what has changed since the last text was drafted"`
	Sent     []Sending  `json:"sent" doc:"of every version, oldest first"`
}

// A NoticeRecord is a notice with every text it had.
type NoticeRecord struct {
	Notice
	Untrue   []Untrue  `json:"untrue" doc:"the times during which something that was sent was out and not true, one for each claim"`
	Unsure   []Untrue  `json:"unsure" doc:"the times during which something that was sent was out and not known to be true, nor to be untrue, one for each claim"`
	Versions []Version `json:"versions"`
}

// An Untrue is a time during which one thing that was sent was out and not true, or not known
// to be.
type Untrue struct {
	Fault      state.Fault `json:"fault"`
	Service    string      `json:"service,omitempty" doc:"of which it was said; left out of what rests on an answer"`
	Sent       uint64      `json:"sent,omitempty" doc:"the entry that sent it; left out of what rests on an answer"`
	WhenSent   bool        `json:"when_sent,omitempty" doc:"it was so when it was sent, by all that is known now; left out if it became so later"`
	KnownSince *time.Time  `json:"known_since,omitempty" doc:"when that was recorded, if only after the sending"`
	From       time.Time   `json:"from" doc:"when what made it so happened"`
	Seq        uint64      `json:"seq" doc:"the entry that made it so"`
	Why        string      `json:"why"`
	Until      *time.Time  `json:"until,omitempty" doc:"left out if it still is"`
	UntilSeq   uint64      `json:"until_seq,omitempty" doc:"the entry that ended it: a correction, or a truth that changed again"`

	of string // which answer, and how it changed: the same while other words may be quoted
}

// Failed are Untrue and then Unsure.
func (n *NoticeRecord) Failed() []Untrue {
	return append(n.Untrue[:len(n.Untrue):len(n.Untrue)], n.Unsure...)
}

// A Version is one text of a notice.
type Version struct {
	Version     int               `json:"version" doc:"1 for the first"`
	Text        string            `json:"text"`
	SHA256      *state.Hash       `json:"sha256" null:"the text is withheld"`
	Claims      []Statement       `json:"claims"`
	Basis       map[string]string `json:"basis" null:"they are withheld" doc:"the answers it rests on, as they were"`
	By          string            `json:"by"`
	At          time.Time         `json:"at"`
	Seq         uint64            `json:"seq"`
	ApprovedBy  string            `json:"approved_by,omitempty"`
	ApprovedAt  *time.Time        `json:"approved_at,omitempty"`
	ApprovedSeq uint64            `json:"approved_seq,omitempty" doc:"the entry by which it was"`
	Beside      string            `json:"approved_at_terminal_of,omitempty" doc:"who had drafted it there, by the same account as who approved it"`
	BesideHow   string            `json:"approved_beside,omitempty" doc:"the same in words: at whose terminal, or by whose account without one"`
	Alone       bool              `json:"one_person,omitempty" doc:"one person drafted, approved and sent it"`
	Approval    []string          `json:"approval_notes,omitempty" doc:"what has to be known of its approval: that it was too late, was taken back, was of another text, or that nobody else had a hand in it"`
	Sent        []Sending         `json:"sent"`
	Failures    []Failure         `json:"failures"`
}

// A Statement is what a text says of a service.
type Statement struct {
	Service string             `json:"service"`
	State   state.ServiceState `json:"state"`
}

// A Claim is what a text says of a service, beside what is known, or was when it was
// sent.
type Claim struct {
	Service string             `json:"service"`
	Title   string             `json:"title"`
	State   state.ServiceState `json:"state" doc:"what the text says"`
	Known   state.ServiceState `json:"known"`
	Since   *time.Time         `json:"since,omitempty"`
	By      string             `json:"by,omitempty"`
	Holds   *bool              `json:"holds" null:"what is known is withheld, or nothing is known"`
	Unsure  bool               `json:"not_known,omitempty" doc:"nothing is known by which it would hold or not"`
	Verdict state.ClaimVerdict `json:"verdict,omitempty" doc:"of one that was sent: by what was so then, whenever it was learned"`
	Then    state.ServiceState `json:"then,omitempty" doc:"of one that was sent: what was so then, by all that is known now"`

	Own string `json:"not_by_another,omitempty" doc:"of one that holds: that nobody had looked but who restored the service, and why"`

	Implied   bool   `json:"implied,omitempty" doc:"of one that was sent: it is a claim of the template, and its words do not have the service's name, or are withheld"`
	Retracted string `json:"retracted,omitempty" doc:"of one that was sent: that the entry by which it was known then was retracted since, and by which"`

	Contradicted bool `json:"contradicted,omitempty" doc:"of one that was sent: its entry says that something else was known than the log had, which stands here"`
}

// A Sending is one time a text was said, with what was known then.
type Sending struct {
	Version    int        `json:"version"`
	At         time.Time  `json:"at"`
	By         string     `json:"by"`
	Channel    string     `json:"channel"`
	To         string     `json:"to,omitempty"`
	How        string     `json:"how,omitempty"`
	Undrafted  bool       `json:"before_its_draft,omitempty" doc:"by the times that people gave, it was sent before its text was drafted"`
	Unapproved bool       `json:"before_its_approval,omitempty" doc:"by the times that people gave, it was sent before it was approved"`
	Simulated  bool       `json:"simulated,omitempty" doc:"in a drill: it would have been sent"`
	LogHead    state.Hash `json:"log_head" doc:"the log's head at that moment"`
	Claims     []Claim    `json:"claims" doc:"beside what was known then"`
	Corrects   []uint64   `json:"corrects" doc:"the sendings it takes the place of"`
	Corrected  []uint64   `json:"corrected_by" doc:"the sendings that took its place"`
	Overridden string     `json:"overridden,omitempty" doc:"why it was sent against a refusal"`
	Unlooked   []string   `json:"unlooked,omitempty" doc:"the services that it does not name, and of which nothing was known of how they stood when it said that all are back; by what is known now of then"`
	Repeats    uint64     `json:"repeats,omitempty" doc:"the entry whose words it has again while the update was owed that was promised there: it is not that update"`
	Seq        uint64     `json:"seq"`
}

// Again says whose words it has again, and that it is not the update that was promised there; "" if
// it is not such a one.
func (s *Sending) Again() string { return state.Repeated(s.Repeats).String() }

// Verb says whether it was sent: in a drill it only would have been.
func (s *Sending) Verb() string { return (&state.Sending{Simulated: s.Simulated}).Verb() }

// Early says what of it came only after it was sent; "" if nothing did.
func (s *Sending) Early() string {
	return state.Early{Draft: s.Undrafted, Approval: s.Unapproved}.String()
}

// A Failure is a send that did not work.
type Failure struct {
	Channel string `json:"channel"`
	Why     string `json:"why"`
}

// NoticesOf is where all notices stand; nil, not known, if there are none and the
// runbook is withheld.
func NoticesOf(inc *state.Incident) []Notice {
	var out []Notice
	corrected := corrections(inc)
	for i := range inc.Notices {
		out = append(out, noticeOf(inc, &inc.Notices[i], corrected))
	}
	return known(out, inc.Redacted.Runbook)
}

func noticeOf(inc *state.Incident, n *state.Notice, corrected map[uint64][]uint64) Notice {
	out := Notice{
		ID: n.ID, Title: n.Title(), Audience: n.Def.Audience, Channel: n.Def.Channel, Approver: n.Def.Approver,
		Status: n.Status(inc), Stale: list(n.Stale(inc)), Unsure: list(n.Unsure(inc)), Superseded: list(n.Superseded(inc)), Redacted: list(n.Untold(inc)), NextUpdate: moment(n.NextUpdate(inc)),
	}
	out.Otherwise = []string{}
	for _, f := range state.NotThen(inc, n) {
		out.NotThen = append(out.NotThen, f.Fault.Loud(inc.Mode == state.Drill)+": "+f.Why)
	}
	out.Otherwise = append(out.Otherwise, state.Contradicted(inc, n)...)
	if v := n.Last(); v != nil && out.Status != state.Unheard {
		out.Version, out.ApprovedBy = v.Number, v.ApprovedBy
	}
	out.Alone = slices.Contains(state.Alone(inc), n)
	if _, sent := n.LastSent(); sent != nil && inc.Redacted.Sent <= sent.Seq {
		last := sendingOf(inc, n, sent, corrected)
		out.LastSent = &last
		out.Before = failedBefore(inc, n, sent, corrected)
	}
	out.MayBeOut = []Leaving{}
	for _, l := range n.MayHaveLeft() {
		out.MayBeOut = append(out.MayBeOut, Leaving{Version: l.Version, At: l.When.UTC(), By: l.By, Channel: l.Channel, To: l.To, Seq: l.Seq})
	}
	return out
}

// failedBefore are the sendings of a notice before its last of which something did not hold when
// they were sent.
func failedBefore(inc *state.Incident, n *state.Notice, last *state.Sending, corrected map[uint64][]uint64) (list []Sending) {
	for i := range n.Versions {
		for j := range n.Versions[i].Sent {
			if s := &n.Versions[i].Sent[j]; s.Seq != last.Seq && n.Then(inc, s) != "" {
				list = append(list, sendingOf(inc, n, s, corrected))
			}
		}
	}
	return list
}

// NoticeTextOf is a notice with its text.
func NoticeTextOf(inc *state.Incident, n *state.Notice) NoticeText {
	corrected := corrections(inc)
	text, claims := n.Draft(inc)
	out := NoticeText{Notice: noticeOf(inc, n, corrected), Sent: []Sending{}}
	if v := n.Last(); v != nil {
		text, claims = v.Text, v.Claims
		out.By, out.At = v.By, moment(v.When)
	}
	known := inc.Known(claims)
	out.Text, out.Claims, out.Mentions = text, claimsOf(inc, known), list(inc.Mentions(text, claims))
	out.Dropped, out.News = list(n.Dropped(inc, text, claims)), []string{}
	if v := n.Last(); v != nil {
		out.News = list(n.News(inc, v))
	}
	for i := range out.Claims {
		if !inc.Knows(out.Claims[i].Service) {
			out.Claims[i].Holds, out.Claims[i].Unsure = nil, false
		}
		if own := state.OwnOf(inc, known[i]); own != nil {
			out.Claims[i].Own = own.String()
		}
	}
	for i := range n.Versions {
		for j := range n.Versions[i].Sent {
			out.Sent = append(out.Sent, sendingOf(inc, n, &n.Versions[i].Sent[j], corrected))
		}
	}
	return out
}

func claimsOf(inc *state.Incident, claims []state.ClaimKnown) []Claim {
	out := make([]Claim, 0, len(claims))
	for _, c := range claims {
		one := Claim{Service: c.Service, Title: ServiceTitle(inc, c.Service), State: c.State, Known: c.Known, By: c.By, Holds: &c.Holds}
		if c.Unsure() {
			one.Holds, one.Unsure = nil, true
		}
		if c.Since != nil {
			one.Since = moment(*c.Since)
		}
		out = append(out, one)
	}
	return out
}

// corrections are the sendings that took the place of each sending.
func corrections(inc *state.Incident) map[uint64][]uint64 {
	by := make(map[uint64][]uint64)
	for i := range inc.Notices {
		for _, v := range inc.Notices[i].Versions {
			for _, s := range v.Sent {
				for _, of := range s.Corrects {
					by[of] = append(by[of], s.Seq)
				}
			}
		}
	}
	return by
}

func sendingOf(inc *state.Incident, n *state.Notice, s *state.Sending, corrected map[uint64][]uint64) Sending {
	claims := claimsOf(inc, s.Claims)
	rest := claimsOf(inc, s.Rest)
	for i, j := range n.Judge(inc, s) {
		if !j.Rest {
			claims[i].Implied, claims[i].Retracted = n.Implied(inc, s.Text, j.Claim), j.Withdrawn.String()
		}
		if j.Rest { // of those that it does not name, only what was false
			one := rest[i-len(s.Claims)]
			one.Implied, one.Retracted = n.Implied(inc, s.Text, j.Claim), j.Withdrawn.String()
			if one.Verdict, one.Then = j.Verdict, j.Then; j.Own != nil || j.Verdict == state.OverClaimed {
				if j.Own != nil {
					one.Own = j.Own.String()
				}
				claims = append(claims, one)
			}
			continue
		}
		if claims[i].Verdict = j.Verdict; j.Verdict != state.Untellable {
			claims[i].Then = j.Then
		}
		if j.Own != nil {
			claims[i].Own = j.Own.String()
		}
	}
	early := n.Early(s)
	return Sending{
		Version: s.Version, At: s.When.UTC(), By: s.By, Channel: s.Channel, To: s.To, How: s.How, Simulated: s.Simulated, Undrafted: early.Draft, Unapproved: early.Approval, LogHead: s.LogHead,
		Claims: claims, Corrects: list(s.Corrects), Corrected: list(corrected[s.Seq]), Overridden: s.Overridden, Unlooked: n.Unlooked(inc, s), Repeats: uint64(n.Repeats(inc, s)), Seq: s.Seq,
	}
}
