package state

import "time"

// The kinds of entry about what is true, what is said, and by when.
const (
	KindServiceChecked   Kind = "service.checked"
	KindNoticeDrafted    Kind = "notice.drafted"
	KindNoticeApproved   Kind = "notice.approved"
	KindNoticeSent       Kind = "notice.sent"
	KindNoticeFailed     Kind = "notice.failed"
	KindContactCalled    Kind = "contact.called"
	KindClockStarted     Kind = "clock.started"
	KindClockMet         Kind = "clock.met"
	KindClockWaived      Kind = "clock.waived"
	KindClockMissed      Kind = "clock.missed"
	KindTimerSet         Kind = "timer.set"
	KindTimerEnded       Kind = "timer.ended"
	KindRoleHanded       Kind = "role.handed"
	KindRoleAcknowledged Kind = "role.acknowledged"
	KindSitrepIssued     Kind = "sitrep.issued"
)

// ServiceChecked records what a look from outside showed.
type ServiceChecked struct {
	Service   string `json:"service"`
	OK        bool   `json:"ok"`
	What      string `json:"what" part:"notes"`             // what was looked at: GET https://…
	Detail    string `json:"detail,omitempty" part:"notes"` // what was seen
	Millis    int64  `json:"ms"`                            // how long it took
	Simulated bool   `json:"simulated,omitempty"`           // in a drill, the scenario answered
}

// A Claim is "service X is in state Y", said to somebody in a notice.
type Claim struct {
	Service string       `json:"service"`
	State   ServiceState `json:"state"`
}

// NoticeDrafted records a text that may be sent, and what it claims.
type NoticeDrafted struct {
	Notice   string  `json:"notice"`
	Title    string  `json:"title,omitempty" part:"notes"` // of a notice that no runbook has
	Audience string  `json:"audience,omitempty" part:"notes"`
	Version  int     `json:"version"` // 1 for the first draft
	Text     string  `json:"text" part:"notes"`
	Claims   []Claim `json:"claims,omitempty"`
	// Basis are the answers that the text rests on, as they were. When one of
	// them changes, what was sent is stale.
	Basis map[string]string `json:"basis,omitempty" part:"notes"`
}

// NoticeApproved records that a draft may be sent.
type NoticeApproved struct {
	Notice  string `json:"notice"`
	Version int    `json:"version"`
	SHA256  Hash   `json:"sha256" part:"notes"` // of the text
}

// A ClaimKnown is a claim beside what was known when it was sent.
type ClaimKnown struct {
	Claim
	Known ServiceState `json:"known"`
	Since *time.Time   `json:"since,omitempty"`
	By    string       `json:"by,omitempty"` // in a log, only in entries of version 1; else see KnownBy
	Holds bool         `json:"holds"`
}

// NoticeSent records exactly what was said, to whom, and what was known then.
type NoticeSent struct {
	Notice    string       `json:"notice"`
	Version   int          `json:"version"`
	Text      string       `json:"text" part:"notes"`
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
	Corrects []uint64 `json:"corrects,omitempty"`
}

// NoticeFailed records that a notice could not be sent.
type NoticeFailed struct {
	Notice  string `json:"notice"`
	Version int    `json:"version"`
	Channel string `json:"channel" part:"names"`
	Why     string `json:"why" part:"notes"`
}

// An Outcome is what came of calling a contact.
type Outcome string

// The outcomes.
const (
	Reached   Outcome = "reached"
	Voicemail Outcome = "voicemail"
	NoAnswer  Outcome = "no-answer"
	CallBack  Outcome = "call-back"
)

// Outcomes lists every outcome.
func Outcomes() []Outcome { return []Outcome{Reached, Voicemail, NoAnswer, CallBack} }

// ContactCalled records one try to reach a contact.
type ContactCalled struct {
	Contact  string     `json:"contact" part:"names"`
	Title    string     `json:"title" part:"names"` // of a contact that no runbook has
	Via      string     `json:"via" part:"names"`   // which of its ways
	Outcome  Outcome    `json:"outcome"`
	CallBack *time.Time `json:"call_back,omitempty"` // when to try again
	Note     string     `json:"note,omitempty" part:"notes"`
}

// ClockStarted records that a clock was started by hand.
type ClockStarted struct {
	Clock string `json:"clock"`
	Why   string `json:"why" part:"notes"`
}

// ClockMet records that what a clock asked for was done.
type ClockMet struct {
	Clock string `json:"clock"`
	Why   string `json:"why" part:"notes"`
}

// ClockWaived records that what a clock asked for need not be done.
type ClockWaived struct {
	Clock string `json:"clock"`
	Why   string `json:"why" part:"notes"`
}

// ClockMissed records that a clock's time passed.
type ClockMissed struct {
	Clock string    `json:"clock"`
	Due   time.Time `json:"due"`
}

// TimerSet records a time at which to be reminded.
type TimerSet struct {
	Timer string    `json:"timer"`
	Title string    `json:"title" part:"notes"`
	Due   time.Time `json:"due"`
	Step  string    `json:"step,omitempty"`
}

// TimerEnded records that a timer is over: done, or no longer wanted.
type TimerEnded struct {
	Timer string `json:"timer"`
	Why   string `json:"why,omitempty" part:"notes"`
}

// RoleHanded records that the holder of a role wants another person to take it.
type RoleHanded struct {
	Role string `json:"role"`
	To   string `json:"to" part:"names"`
	Note string `json:"note,omitempty" part:"notes"`
}

// RoleAcknowledged records that the other person took it.
type RoleAcknowledged struct {
	Role string `json:"role"`
}

// SitrepIssued records that a situation report went out.
type SitrepIssued struct {
	To     string `json:"to" part:"names"`
	SHA256 Hash   `json:"sha256" part:"names"` // of its Markdown text
}

func (*ServiceChecked) Kind() Kind   { return KindServiceChecked }
func (*NoticeDrafted) Kind() Kind    { return KindNoticeDrafted }
func (*NoticeApproved) Kind() Kind   { return KindNoticeApproved }
func (*NoticeSent) Kind() Kind       { return KindNoticeSent }
func (*NoticeFailed) Kind() Kind     { return KindNoticeFailed }
func (*ContactCalled) Kind() Kind    { return KindContactCalled }
func (*ClockStarted) Kind() Kind     { return KindClockStarted }
func (*ClockMet) Kind() Kind         { return KindClockMet }
func (*ClockWaived) Kind() Kind      { return KindClockWaived }
func (*ClockMissed) Kind() Kind      { return KindClockMissed }
func (*TimerSet) Kind() Kind         { return KindTimerSet }
func (*TimerEnded) Kind() Kind       { return KindTimerEnded }
func (*RoleHanded) Kind() Kind       { return KindRoleHanded }
func (*RoleAcknowledged) Kind() Kind { return KindRoleAcknowledged }
func (*SitrepIssued) Kind() Kind     { return KindSitrepIssued }
