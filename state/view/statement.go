package view

import (
	"time"

	"muster/state"
)

// A Check is a look at a service from outside.
type Check struct {
	Service   string    `json:"service"`
	OK        bool      `json:"ok"`
	What      string    `json:"what"`   // what was looked at
	Detail    string    `json:"detail"` // what was seen
	Millis    int64     `json:"ms"`
	Simulated bool      `json:"simulated"` // in a drill, the scenario answered
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	Seq       uint64    `json:"seq"`
}

// A Notice is a statement with every text it had.
type Notice struct {
	ID         string             `json:"id"`
	Title      string             `json:"title"`
	Audience   string             `json:"audience"`
	Channel    string             `json:"channel"`
	Approver   string             `json:"approver"` // a role's id
	Status     state.NoticeStatus `json:"status"`
	Stale      []string           `json:"stale"`       // why what was last sent is not true any more
	Untrue     []Untrue           `json:"untrue"`      // the times during which what was last sent was not true
	Lacks      []string           `json:"truth_lacks"` // services and answers, or statements: that are withheld, so that stale and untrue do not tell of them
	NextUpdate *time.Time         `json:"next_update"` // promised, and not given yet
	Versions   []Version          `json:"versions"`
}

// An Untrue is a time during which what was last sent was not true.
type Untrue struct {
	From     time.Time  `json:"from"` // when what made it untrue happened
	Seq      uint64     `json:"seq"`  // the entry that made it so
	Why      []string   `json:"why"`
	Until    *time.Time `json:"until"`     // null if it still is
	UntilSeq uint64     `json:"until_seq"` // the entry that ended it: a correction, or a truth that changed again
}

// A Version is one text of a notice.
type Version struct {
	Version    int               `json:"version"` // 1 for the first
	Text       string            `json:"text"`
	SHA256     *state.Hash       `json:"sha256"` // null if the text is withheld
	Claims     []Claim           `json:"claims"`
	Basis      map[string]string `json:"basis"` // the answers it rests on, as they were; null if they are withheld
	By         string            `json:"by"`
	At         time.Time         `json:"at"`
	Seq        uint64            `json:"seq"`
	ApprovedBy string            `json:"approved_by"`
	ApprovedAt *time.Time        `json:"approved_at"`
	Sent       []Sending         `json:"sent"`
	Failures   []Failure         `json:"failures"`
}

// A Claim is what a text says of a service.
type Claim struct {
	Service string             `json:"service"`
	State   state.ServiceState `json:"state"`
}

// A Sending is one time a text was said, with what was known then.
type Sending struct {
	At         time.Time    `json:"at"`
	By         string       `json:"by"`
	Channel    string       `json:"channel"`
	To         string       `json:"to"`
	How        string       `json:"how"`
	Simulated  bool         `json:"simulated"`
	LogHead    state.Hash   `json:"log_head"` // the log's head at that moment
	Claims     []ClaimKnown `json:"claims"`
	Corrects   []uint64     `json:"corrects"`     // the sendings it takes the place of
	Corrected  []uint64     `json:"corrected_by"` // the sendings that took its place
	Overridden string       `json:"overridden"`   // why it was sent against a refusal
	Seq        uint64       `json:"seq"`
}

// A ClaimKnown is a claim beside what was known when it was said.
type ClaimKnown struct {
	Service string             `json:"service"`
	State   state.ServiceState `json:"state"`
	Known   state.ServiceState `json:"known"`
	Since   *time.Time         `json:"since"`
	By      string             `json:"by"`
	Holds   bool               `json:"holds"`
}

// A Failure is a send that did not work.
type Failure struct {
	Channel string `json:"channel"`
	Why     string `json:"why"`
}

// A Clock is a deadline.
type Clock struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Within    string            `json:"within"` // 72h, 14d, 4 business days, 1 month
	To        string            `json:"to"`
	Source    string            `json:"source"`
	Law       string            `json:"law"`     // the ready-made deadline it is; "" if none
	Checked   string            `json:"checked"` // the day on which a ready-made source was last looked at
	Starts    string            `json:"starts"`
	Stops     string            `json:"stops"`
	Status    state.ClockStatus `json:"status"` // at the last entry
	Started   *time.Time        `json:"started"`
	StartedBy string            `json:"started_by"`
	StartSeq  uint64            `json:"start_seq"`
	Due       *time.Time        `json:"due"`
	Ended     *time.Time        `json:"ended"`
	EndedBy   string            `json:"ended_by"`
	EndSeq    uint64            `json:"end_seq"`
	Why       string            `json:"why"`
	Missed    uint64            `json:"missed_seq"` // the entry that says its time passed; 0 if none does
	Withheld  bool              `json:"withheld"`   // an answer that is withheld may have started it
}

// A Contact is a contact with every call.
type Contact struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Role    string `json:"role"`
	Reached bool   `json:"reached"`
	Calls   []Call `json:"calls"`
}

// A Call is one try to reach a contact.
type Call struct {
	At       time.Time     `json:"at"`
	By       string        `json:"by"`
	Via      string        `json:"via"`
	Outcome  state.Outcome `json:"outcome"`
	CallBack *time.Time    `json:"call_back"`
	Note     string        `json:"note"`
	Seq      uint64        `json:"seq"`
}

// A Timer is a time at which somebody wanted to be reminded.
type Timer struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	Step  string     `json:"step"`
	Set   time.Time  `json:"set"`
	Due   time.Time  `json:"due"`
	By    string     `json:"by"`
	Ended *time.Time `json:"ended"`
	Why   string     `json:"why"`
	Seq   uint64     `json:"seq"`
}

// A Handover is a role that one person gave to another.
type Handover struct {
	Role  string     `json:"role"`
	From  string     `json:"from"` // who held it; "" for nobody
	To    string     `json:"to"`
	Note  string     `json:"note"`
	By    string     `json:"by"`
	At    time.Time  `json:"at"`
	Seq   uint64     `json:"seq"`
	Taken *time.Time `json:"acknowledged"` // null if it never was
	AckBy string     `json:"acknowledged_by"`
	Ack   uint64     `json:"acknowledged_seq"` // 0 if it never was
}

// A SitrepSent is a situation report that went out.
type SitrepSent struct {
	To     string      `json:"to"`
	SHA256 *state.Hash `json:"sha256"` // of its Markdown; null if it is withheld
	By     string      `json:"by"`
	At     time.Time   `json:"at"`
	Seq    uint64      `json:"seq"`
}
