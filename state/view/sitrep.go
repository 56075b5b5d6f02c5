package view

import (
	"time"

	"muster/runbooks"
	"muster/state"
)

// maxDone is how many of the latest entries a sitrep tells of.
const maxDone = 40

// maxNext is how many steps to do next a sitrep names.
const maxNext = 6

// SitrepOptions are what a sitrep rests on besides the log.
type SitrepOptions struct {
	Since   uint64         // tell of the entries after this one; 0: of all
	Now     time.Time      // the moment it is drawn for
	Zone    *time.Location // of the times in Markdown and Text, and of calendar deadlines; nil: UTC
	Program string         // the name and version of what writes it
}

// A Sitrep is a situation report: where an incident stands at a moment, what was
// done since an earlier one, and what is next. It is also the schema of its JSON:
// times are RFC 3339 in UTC, texts are as they were typed, or "(withheld)"; see
// [Report].
type Sitrep struct {
	Format        string     `json:"format"`         // "muster-sitrep"
	FormatVersion int        `json:"format_version"` // 1
	Program       string     `json:"program"`
	Incident      string     `json:"incident"`
	Title         string     `json:"title"`
	Mode          state.Mode `json:"mode"`
	Exercise      bool       `json:"exercise"` // true for a drill
	TLP           string     `json:"tlp"`
	Severity      string     `json:"severity"`
	Head          Head       `json:"head"`
	At            time.Time  `json:"at"`
	Detected      *time.Time `json:"detected"`
	Closed        *time.Time `json:"closed"` // null while it is open
	Since         uint64     `json:"since"`  // entries after this one are told of

	Withheld int         `json:"withheld_entries"` // their content is not in this copy of the log
	Parts    []PartCount `json:"withheld_counts"`  // which parts are not, and from how many other entries

	Known     []SitAnswer  `json:"known"` // what was decided and learned
	Services  []SitService `json:"services"`
	Done      []SitEntry   `json:"done"`         // since, the latest
	DoneMore  int          `json:"done_earlier"` // entries since that are not told of
	Tally     SitTally     `json:"tally"`        // of all steps
	Next      []SitStep    `json:"next"`
	Decisions []SitStep    `json:"open_decisions"` // that can be made now
	Clocks    []SitClock   `json:"clocks"`         // that run, or ran out
	Notices   []SitNotice  `json:"statements"`     // that are out
	Drafts    []SitDraft   `json:"drafts"`         // written and not sent
	Roles     []SitRole    `json:"roles"`
	CallBacks []SitCall    `json:"call_backs"`
	Timers    []SitTimer   `json:"timers"`
	Unplaced  []Unplaced   `json:"unplaced"` // what entries name and no runbook here has

	Zone *time.Location `json:"-"` // of the times in text
	Gaps *Gaps          `json:"-"`
}

// A SitAnswer is something that was decided or learned.
type SitAnswer struct {
	Question string    `json:"question"`
	Answer   string    `json:"answer"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Seq      uint64    `json:"seq"`
}

// A SitService is a service: its state, what below it is hit, and what was said.
type SitService struct {
	ID      string             `json:"id"`
	Title   string             `json:"title"`
	State   state.ServiceState `json:"state"`
	Since   *time.Time         `json:"since"`
	By      string             `json:"by"`
	Below   []string           `json:"hit_below"` // titles of what it depends on and that is hit
	Check   *SitCheck          `json:"check"`     // the last look from outside
	Said    state.ServiceState `json:"said"`      // in the last notice that claims something of it; "" if none does
	SaidAt  *time.Time         `json:"said_at"`
	Differs bool               `json:"differs"` // what was said is more than what is known, or other
}

// A SitCheck is a look at a service from outside.
type SitCheck struct {
	OK     bool      `json:"ok"`
	Detail string    `json:"detail"`
	At     time.Time `json:"at"`
}

// A SitEntry is an entry of the log.
type SitEntry struct {
	Seq  uint64    `json:"seq"`
	At   time.Time `json:"at"` // occurred
	By   string    `json:"by"`
	What string    `json:"what"`
}

// A SitTally counts steps by where they stand. The counts add up to Total.
type SitTally struct {
	Total         int `json:"total"`
	Done          int `json:"done"`
	Unconfirmed   int `json:"unconfirmed"`
	Skipped       int `json:"skipped"`
	Failed        int `json:"failed"`
	NotApplicable int `json:"not_applicable"`
	Blocked       int `json:"blocked"`
	Active        int `json:"active"`
	Todo          int `json:"todo"`
	Waiting       int `json:"waiting"`
}

// A SitStep is a step to do.
type SitStep struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"` // number and title
	Status state.Status `json:"status"`
	Who    string       `json:"who"` // the person, or else the role
	Why    string       `json:"why"` // it is blocked, or to be confirmed
	Since  *time.Time   `json:"since"`
}

// A SitClock is a deadline that runs.
type SitClock struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	To      string    `json:"to"`
	Source  string    `json:"source"`
	Due     time.Time `json:"due"`
	Left    int64     `json:"left_seconds"` // negative when it is overdue
	Overdue bool      `json:"overdue"`
}

// A SitNotice is a statement that is out.
type SitNotice struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Audience   string     `json:"audience"`
	Version    int        `json:"version"`
	At         time.Time  `json:"at"`
	By         string     `json:"by"`
	Channel    string     `json:"channel"`
	Simulated  bool       `json:"simulated"`
	Stale      []string   `json:"stale"`       // why it is not true any more
	Lacks      []string   `json:"truth_lacks"` // services and answers, or statements: that are withheld, so that stale does not tell of them
	NextUpdate *time.Time `json:"next_update"`
}

// A SitDraft is a text that was not sent yet.
type SitDraft struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Version  int    `json:"version"`
	Approved bool   `json:"approved"`
}

// A SitRole is a role and who is on.
type SitRole struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	Person  string     `json:"person"` // "" for nobody
	Since   *time.Time `json:"since"`
	Pending string     `json:"handed_to"` // who has not acknowledged yet
}

// A SitCall is a contact to call back.
type SitCall struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	At    time.Time `json:"at"`
}

// A SitTimer is a timer that is set.
type SitTimer struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Due   time.Time `json:"due"`
}

// NewSitrep draws a situation report from the log. It only reads inc, which must
// hold at least one entry.
func NewSitrep(inc *state.Incident, opts SitrepOptions) *Sitrep {
	zone := opts.Zone
	if zone == nil {
		zone = time.UTC
	}
	s := &Sitrep{
		Format: "muster-sitrep", FormatVersion: 1, Program: opts.Program, Incident: IDOf(inc), Title: inc.Title,
		Mode: inc.Log[0].Mode, Exercise: inc.Log[0].Mode == state.Drill, TLP: TLPOf(inc), Severity: string(inc.Severity),
		Head: Head{Seq: inc.Head.Seq, Hash: inc.Head.Hash, Code: inc.Head.Hash.Code()}, At: opts.Now.UTC(),
		Detected: moment(inc.Opened), Since: opts.Since, Zone: zone, Gaps: GapsOf(inc),
	}
	s.Withheld, s.Parts = s.Gaps.Entries, s.Gaps.counts()
	if inc.Closed != nil {
		s.Closed = moment(inc.Closed.When)
	}
	s.known(inc)
	s.services(inc)
	s.done(inc)
	s.steps(inc)
	s.clocks(inc)
	s.notices(inc)
	s.people(inc)
	s.Unplaced = unplacedOf(inc, s.Gaps)
	return s
}

// known are the answers, in the order of the runbook.
func (s *Sitrep) known(inc *state.Incident) {
	s.Known = []SitAnswer{}
	b := &builder{inc: inc, gaps: s.Gaps}
	answers := b.inputs()
	for i := range inc.Steps {
		answers = append(answers, b.answersOf(&inc.Steps[i])...)
	}
	for _, a := range answers {
		if a.At != nil {
			s.Known = append(s.Known, SitAnswer{Question: a.Prompt, Answer: a.Title, By: a.By, At: *a.At, Seq: a.Seq})
		}
	}
}

func (s *Sitrep) services(inc *state.Incident) {
	s.Services = []SitService{}
	for i := range inc.Services {
		service := &inc.Services[i]
		one := SitService{ID: service.ID, Title: service.Def.Title, State: service.State, Since: moment(service.Since), By: service.By, Below: []string{}}
		for _, id := range inc.HitBelow(service.ID) {
			one.Below = append(one.Below, inc.Service(id).Def.Title)
		}
		if c := service.Checked; c != nil {
			one.Check = &SitCheck{OK: c.OK, Detail: c.Detail, At: service.CheckedAt.UTC()}
		}
		if claim, sent, ok := inc.LastSaid(service.ID); ok {
			one.Said, one.SaidAt = claim.State, moment(sent.When)
			_, one.Differs = inc.Differs(service.ID)
		}
		s.Services = append(s.Services, one)
	}
}

func (s *Sitrep) done(inc *state.Incident) {
	s.Done = []SitEntry{}
	entries := inc.EntriesSince(s.Since)
	s.DoneMore = max(0, len(entries)-maxDone)
	for _, e := range entries[s.DoneMore:] {
		what := Describe(inc, e)
		if e.Override != nil {
			what += " — OVERRIDE of " + JoinReasons(e.Override.Of) + ": " + e.Override.Why
		}
		s.Done = append(s.Done, SitEntry{Seq: e.Seq, At: e.When().UTC(), By: e.By.Name, What: what})
	}
}

// steps finds what is under way, what is next, and which decisions wait to be made.
func (s *Sitrep) steps(inc *state.Incident) {
	s.Next, s.Decisions, s.Tally = []SitStep{}, []SitStep{}, sitTally(inc.Tally(-1))
	todo := 0
	for i := range inc.Steps {
		step := &inc.Steps[i]
		if step.Empty {
			continue
		}
		status := inc.Status(step)
		one := SitStep{ID: step.ID, Name: step.Name(), Status: status, Who: step.Assignee, Why: inc.Because(step), Since: moment(step.Started)}
		if status == state.Active {
			one.Who = step.StartedBy
		} else if one.Who == "" {
			one.Who = step.Def.Role
		}
		switch {
		case step.Def.Kind == runbooks.Decision && (status == state.Todo || status == state.Active):
			s.Decisions = append(s.Decisions, one)
		case status == state.Active, status == state.Blocked, status == state.Unconfirmed:
			s.Next = append(s.Next, one)
		case status == state.Todo && todo < maxNext:
			todo++
			s.Next = append(s.Next, one)
		}
	}
}

func sitTally(t state.Tally) SitTally {
	return SitTally{
		Total: t.Total, Done: t.Done, Unconfirmed: t.Unconfirmed, Skipped: t.Skipped, Failed: t.Failed,
		NotApplicable: t.NotNeeded, Blocked: t.Blocked, Active: t.Active, Todo: t.Todo, Waiting: t.Waiting,
	}
}

func (s *Sitrep) clocks(inc *state.Incident) {
	s.Clocks, s.Timers = []SitClock{}, []SitTimer{}
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if !c.Running() {
			continue
		}
		due := c.Due(s.Zone).UTC()
		left := int64(due.Sub(s.At) / time.Second)
		s.Clocks = append(s.Clocks, SitClock{ID: c.ID, Title: c.Def.Title, To: c.Def.To, Source: c.Def.Source, Due: due, Left: left, Overdue: due.Before(s.At)})
	}
	for _, t := range inc.Timers {
		if t.Ended.IsZero() {
			s.Timers = append(s.Timers, SitTimer{ID: t.ID, Title: t.Title, Due: t.Due.UTC()})
		}
	}
}

func (s *Sitrep) notices(inc *state.Incident) {
	s.Notices, s.Drafts = []SitNotice{}, []SitDraft{}
	for i := range inc.Notices {
		n := &inc.Notices[i]
		if _, sent := n.LastSent(); sent != nil {
			s.Notices = append(s.Notices, SitNotice{
				ID: n.ID, Title: n.Title(), Audience: n.Def.Audience, Version: sent.Version, At: sent.When.UTC(), By: sent.By, Channel: sent.Channel,
				Simulated: sent.Simulated, Stale: stale(inc, n), Lacks: untold(inc, n), NextUpdate: moment(inc.NextUpdate(n)),
			})
		}
		if last := n.Last(); last != nil && len(last.Sent) == 0 {
			s.Drafts = append(s.Drafts, SitDraft{ID: n.ID, Title: n.Title(), Version: last.Number, Approved: last.ApprovedBy != ""})
		}
	}
}

func (s *Sitrep) people(inc *state.Incident) {
	s.Roles, s.CallBacks = []SitRole{}, []SitCall{}
	for i := range inc.Roles {
		r := &inc.Roles[i]
		s.Roles = append(s.Roles, SitRole{ID: r.Def.ID, Title: r.Def.Title, Person: r.Person, Since: moment(r.Since), Pending: r.Pending})
	}
	for i := range inc.Contacts {
		c := &inc.Contacts[i]
		if at := c.CallBackAt(); !at.IsZero() {
			s.CallBacks = append(s.CallBacks, SitCall{ID: c.ID, Title: c.Def.Title, At: at.UTC()})
		}
	}
	for _, call := range inc.Calls { // whoever it was each time
		if call.CallBack != nil {
			s.CallBacks = append(s.CallBacks, SitCall{ID: state.WithheldText, Title: state.WithheldText, At: call.CallBack.UTC()})
		}
	}
}
