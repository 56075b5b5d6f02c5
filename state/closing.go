package state

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/state/sorted"
	"muster/state/when"
)

// KindIncidentClosed is the kind of [IncidentClosed].
const KindIncidentClosed Kind = "incident.closed"

// IncidentClosed records the end of an incident, and what was left open.
type IncidentClosed struct {
	Summary string     `json:"summary" part:"notes" text:"amend"`
	Open    []OpenItem `json:"open,omitempty"`
	More    int        `json:"more,omitempty"` // open items beyond those listed
}

// Kind is KindIncidentClosed.
func (*IncidentClosed) Kind() Kind { return KindIncidentClosed }

// maxOpenItems bounds how many open things a closing lists by name.
const maxOpenItems = 200

// CloseIncident makes incident.closed.
type CloseIncident struct{ Summary string }

func (CloseIncident) kind() Kind { return KindIncidentClosed }

func (c CloseIncident) decide(d *decision) Data {
	d.text("summary", "the summary", c.Summary, MaxText)
	if closed := d.inc.Closed; closed != nil {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: closed.Seq, Text: fmt.Sprintf("The incident was closed by %s at %s.", closed.By, d.clock(closed.When))})
	}
	notOver(d, d.action.Occurred)
	open := d.inc.OpenItems()
	data := &IncidentClosed{Summary: c.Summary, Open: open}
	if len(open) > maxOpenItems {
		data.Open, data.More = open[:maxOpenItems], len(open)-maxOpenItems
	}
	if len(open) > 0 {
		d.refuse(Refusal{Reason: StillOpen, Overridable: true, Text: fmt.Sprintf("Still open: %s.", sayOpen(d.inc, open)),
			Hint: "Finish or skip them, or close anyway and say why."})
	}
	return data
}

// amendTime implements timed: the end does not move to before what was done.
func (*IncidentClosed) amendTime(d *decision, to time.Time) { notOver(d, to) }

func (data *IncidentClosed) effect(inc *Incident, e *Entry) {
	inc.said.say(e, subject{what: OfClosing, of: theEnd}, "closed")
	if inc.said != nil && inc.said.wentOn(cmp.Or(inc.said.as, e.Seq)) {
		return // they did not know of it: both stand until somebody settles it
	}
	inc.Closed = &Closing{When: e.When(), By: e.By.Name, Summary: data.Summary, Open: data.Open, More: data.More, Seq: e.Seq}
	endSeen(inc, 0, false)
	if e.Override != nil {
		inc.Closed.Why = e.Override.Why
	}
}

func (data *IncidentClosed) describe(*Incident, Entry) string {
	switch n := len(data.Open) + data.More; n {
	case 0:
	case 1:
		return "closed the incident with 1 thing open" + said(data.Summary)
	default:
		return fmt.Sprintf("closed the incident with %d things open", n) + said(data.Summary)
	}
	return "closed the incident" + said(data.Summary)
}

// ToClose says, a sentence each, what whoever closes the incident should have read, though
// it keeps nothing open: what was not true when it went out, what was done and is not so any more, and
// what one person did alone. Calendar days are counted in zone.
func ToClose(inc *Incident, zone *time.Location) []string {
	var says []string
	anySending(inc, func(n *Notice, s *Sending) bool {
		switch then := n.Then(inc, s); then {
		case NeverTrue, NeverKnown:
			says = append(says, fmt.Sprintf("%s, entry %d: %s", capital(then.Past(s.Simulated)), s.Seq, n.Title()))
		}
		for _, j := range n.Judge(inc, s) {
			if j.Withdrawn.Seq > 0 && !j.Rest {
				says = append(says, fmt.Sprintf("It was said that %s is %s, and %s; entry %d: %s", serviceTitle(inc, j.Service), j.State, j.Withdrawn, s.Seq, n.Title()))
			}
		}
		if early := n.Early(s).String(); early != "" {
			says = append(says, fmt.Sprintf("%s %s, entry %d: %s", capital(s.Verb()), early, s.Seq, n.Title()))
		}
		for _, past := range n.version(s.Version).wentPast(inc) {
			says = append(says, fmt.Sprintf("%s, entry %d: %s", capital(past), s.Seq, n.Title()))
		}
		return false
	})
	says = append(says, OwnLooks(inc)...)
	says = append(says, updatesGiven(inc)...)
	says = append(says, forgone(inc, zone)...)
	for i := range inc.Steps {
		if lapsed := inc.Steps[i].Lapsed(inc); lapsed.Seq > 0 {
			says = append(says, inc.Steps[i].Name()+": "+lapsed.String())
		}
	}
	for i := range inc.Notices {
		for _, c := range Contradicted(inc, &inc.Notices[i]) {
			says = append(says, "CONTRADICTION: "+inc.Notices[i].Title()+": "+c)
		}
	}
	for _, n := range Alone(inc) {
		says = append(says, "One person drafted, approved and sent: "+n.Title())
	}
	return says
}

// updatesGiven says of the updates that were promised and given what was amiss with them.
func updatesGiven(inc *Incident) (says []string) {
	for _, p := range Promises(inc) {
		if p.Kept == nil {
			continue
		}
		late, was := "", (Fate{Then: p.by.Then(inc, p.Kept)}).String()
		if standing := p.Standing(inc, p.Kept.When); standing.Late > 0 {
			late = ", " + when.Lasted(standing.Late) + " late"
		}
		if was != "" {
			was = ", which " + was
		}
		if late+was != "" {
			says = append(says, fmt.Sprintf("The update that was promised by entry %d was given by entry %d%s%s: %s", p.Sent, p.Kept.Seq, late, was, p.by.Title()))
		}
	}
	return says
}

// forgone says of clocks that were waived after they were due that they were.
func forgone(inc *Incident, zone *time.Location) (says []string) {
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if status := c.Status(c.Ended, zone); status.Forgone() {
			says = append(says, fmt.Sprintf("%s was %s, entry %d", c.Def.Title, status, c.EndSeq))
		}
	}
	return says
}

// KindIncidentReopened is the kind of [IncidentReopened].
const KindIncidentReopened Kind = "incident.reopened"

// IncidentReopened records that a closed incident goes on.
type IncidentReopened struct {
	Why string `json:"why" part:"notes" text:"said"`
}

// Kind is KindIncidentReopened.
func (*IncidentReopened) Kind() Kind { return KindIncidentReopened }

// ReopenIncident makes incident.reopened.
type ReopenIncident struct{ Why string }

func (ReopenIncident) kind() Kind { return KindIncidentReopened }

func (c ReopenIncident) decide(d *decision) Data {
	if d.inc.Closed == nil {
		return d.refuse(Refusal{Reason: WrongStatus, Text: "The incident is open."})
	}
	d.need("why", "why it is reopened", c.Why, MaxText)
	return &IncidentReopened{Why: c.Why}
}

func (*IncidentReopened) effect(inc *Incident, e *Entry) { goOn(inc, e) }

// endSeen notes which entry that is withheld whole closed the incident last, or reopened it;
// 0 if that entry is there. Of clocks that stopped by one that closed it, it is not known when.
func endSeen(inc *Incident, withheld uint64, closed bool) {
	inc.Redacted.Ending = withheld
	for i := range inc.Clocks {
		inc.Clocks[i].stopped = closed
	}
}

// goOn lets a closed incident go on.
func goOn(inc *Incident, e *Entry) {
	inc.said.say(e, subject{what: OfClosing, of: theEnd}, "")
	inc.Closed = nil
	endSeen(inc, 0, false)
}

func (data *IncidentReopened) describe(*Incident, Entry) string {
	return "reopened the incident" + said(data.Why)
}

// OpenItems lists what closing the incident now would leave open: required steps
// not settled or failed, steps that nobody confirmed, and services that are not
// back, or of which that is not sure. Of a copy from which something is withheld, it lists what is
// known to be open, and of what may be, that it is not known. The gravest comes first.
func (inc *Incident) OpenItems() []OpenItem {
	items := openAnswers(inc)
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Empty {
			continue
		}
		switch status, met := inc.Status(s), s.Met(inc); {
		case met.Settles:
		case met.Untold && s.Def.Required:
			items = append(items, OpenItem{What: "step", ID: s.ID, State: string(Unseen)})
		case status == Unconfirmed:
			items = append(items, OpenItem{What: "confirmation", ID: s.ID, State: string(status)})
		case s.Def.Required && (status == Failed || !status.Settled()):
			items = append(items, OpenItem{What: "step", ID: s.ID, State: string(status)})
		}
	}
	for _, service := range notBack(inc) {
		item := OpenItem{What: "service", ID: service.ID, State: string(service.State)}
		if !inc.Knows(service.ID) {
			item.State = string(Unseen)
		}
		items = append(items, item)
	}
	items = append(items, openWords(inc)...)
	sorted.Stable(items, func(a, b OpenItem) int { return gravity(a.What) - gravity(b.What) })
	return items
}

// openStatements lists the statements that are not true any more, are not known to be true, or may
// have left.
func openStatements(inc *Incident) (items []OpenItem) {
	for i := range inc.Notices {
		n := &inc.Notices[i]
		if status := n.Status(inc); status == Stale || status == Unsure || status == MayBeOut {
			items = append(items, OpenItem{What: "notice", ID: n.ID, State: string(status)})
		}
		if _, sent := n.LastSent(); sent != nil && !wasCorrected(inc, sent.Seq) {
			if titles := n.Unlooked(inc, sent); len(titles) > 0 {
				items = append(items, OpenItem{What: "notice", ID: n.ID, State: "nobody had said how these stood: " + strings.Join(titles, ", ")})
			}
		}
	}
	return items
}

// openWords lists the clocks that run, the statements that are not true any more, are not
// known to be true or may have left, the updates that were promised and not given, and the handovers that
// nobody acknowledged.
func openWords(inc *Incident) []OpenItem {
	items := append(openClocks(inc), openStatements(inc)...)
	for _, p := range Promises(inc) {
		if p.Kept == nil && !p.Hidden {
			items = append(items, OpenItem{What: "update", ID: p.Notice, State: "promised for " + inUTC(p.Due)})
		}
	}
	for _, p := range PendingOf(inc) {
		if stands := p.Stands(); stands != "" {
			items = append(items, OpenItem{What: p.Noun().Key(), ID: p.Named().ID, State: stands})
		}
	}
	for i := range inc.Roles {
		if role := &inc.Roles[i]; role.Pending != "" {
			items = append(items, OpenItem{What: "role", ID: role.Def.ID, State: "handed over, not acknowledged"})
		}
	}
	return items
}

// openClocks lists the clocks that run, and those that may.
func openClocks(inc *Incident) []OpenItem {
	var items []OpenItem
	for i := range inc.Clocks {
		switch c := &inc.Clocks[i]; {
		case c.Running():
			items = append(items, OpenItem{What: "clock", ID: c.ID, State: string(ClockRunning)})
		case c.hidden && !c.Started.IsZero() && c.Ended.IsZero():
			items = append(items, OpenItem{What: "clock", ID: c.ID, State: string(ClockUnseen)})
		}
	}
	return items
}

// gravest is the order in which open things are named, wherever they are: what was
// said and does not hold, what others wait for, the many steps; and last what people set.
var gravest = []string{"contradiction", "notice", "update", "clock", "service", "role", "confirmation", "step"}

// gravity is the place of a kind of open things in it.
func gravity(what string) int {
	if at := slices.Index(gravest, what); at >= 0 {
		return at
	}
	return len(gravest)
}

// sayOpen names a few open things.
func sayOpen(inc *Incident, items []OpenItem) string {
	var names []string
	for _, item := range items[:min(len(items), 8)] {
		stands := item.State
		if stands == string(Todo) {
			stands = "to do"
		}
		names = append(names, NameOfOpen(inc, item)+" ("+stands+")")
	}
	text := strings.Join(names, ", ")
	if more := len(items) - len(names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// NameOfOpen is how people call an open thing; its id if that is not known.
func NameOfOpen(inc *Incident, item OpenItem) string {
	switch item.What {
	case "contradiction":
		return NameOfContradiction(inc, item.ID)
	case "service":
		return serviceTitle(inc, item.ID)
	case "clock":
		return clockTitle(inc, item.ID)
	case "notice", "update":
		return noticeTitle(inc, item.ID)
	case "role":
		if role := inc.Role(item.ID); role != nil {
			return role.Def.Title
		}
	}
	if p := PendingBy(inc, item.What, item.ID); p != nil {
		return p.Named().Title
	}
	return stepName(inc, item.ID)
}

// OpenDue is when an open thing that people set is due; zero of any other.
func OpenDue(inc *Incident, item OpenItem) (at time.Time) {
	if p := PendingBy(inc, item.What, item.ID); p != nil {
		at = p.DueAt()
	}
	return at
}

// Until is the moment up to which times run: now, or the end of a closed incident. What
// was open at the end has not gone on since.
func (inc *Incident) Until(now time.Time) time.Time {
	if end := inc.Closed; end != nil && end.When.Before(now) {
		return end.When.In(now.Location())
	}
	return now
}

// isClosing reports whether an entry closed the incident.
func isClosing(inc *Incident, seq uint64) bool {
	return seq > 0 && seq <= uint64(len(inc.Log)) && inc.Log[seq-1].Kind == KindIncidentClosed
}
