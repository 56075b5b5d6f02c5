package view

import (
	"time"

	"muster/state"
)

// nameOf is how people call an open thing.
func (b *builder) nameOf(item state.OpenItem) string {
	switch item.What {
	case "service":
		if s := b.inc.Service(item.ID); s != nil {
			return s.Def.Title
		}
	case "clock":
		if c := b.inc.Clock(item.ID); c != nil {
			return c.Def.Title
		}
	case "notice":
		if n := b.inc.Notice(item.ID); n != nil {
			return n.Title()
		}
	case "timer":
		if t := b.inc.Timer(item.ID); t != nil {
			return t.Title
		}
	case "role":
		if r := b.inc.Role(item.ID); r != nil {
			return r.Def.Title
		}
	default:
		if s := b.inc.Step(item.ID); s != nil {
			return s.Name()
		}
	}
	return item.ID
}

// seeTruth takes in what the incident does not keep entry by entry.
func (b *builder) seeTruth(e state.Entry) {
	at, by := e.When().UTC(), e.By.Name
	switch data := e.Data.(type) {
	case *state.ServiceChecked:
		b.out.Checks = append(b.out.Checks, Check{Service: data.Service, OK: data.OK, What: data.What, Detail: data.Detail, Millis: data.Millis, Simulated: data.Simulated, By: by, At: at, Seq: e.Seq})
	case *state.SitrepIssued:
		b.out.Sitreps = append(b.out.Sitreps, SitrepSent{To: data.To, SHA256: given(data.SHA256, e.Withheld.Has(state.Names)), By: by, At: at, Seq: e.Seq})
	case *state.RoleHanded:
		h := Handover{Role: data.Role, To: data.To, Note: data.Note, By: by, At: at, Seq: e.Seq}
		if history := b.roles[data.Role]; len(history) > 0 {
			h.From = history[len(history)-1].To
		}
		b.out.Handed = append(b.out.Handed, h)
	case *state.RoleAcknowledged:
		for i := len(b.out.Handed) - 1; i >= 0; i-- {
			if h := &b.out.Handed[i]; h.Role == data.Role && h.Ack == 0 {
				h.Taken, h.AckBy, h.Ack = moment(at), by, e.Seq
				b.roles[data.Role] = append(b.roles[data.Role], Change{To: h.To, At: at, By: by, Why: h.Note, Seq: e.Seq})
				break
			}
		}
	}
}

// truth computes the statements, deadlines and calls.
func (b *builder) truth(zone *time.Location) {
	b.out.Notices, b.out.Clocks = make([]Notice, 0, len(b.inc.Notices)), make([]Clock, 0, len(b.inc.Clocks))
	b.out.Contacts, b.out.Timers = make([]Contact, 0, len(b.inc.Contacts)), make([]Timer, 0, len(b.inc.Timers))
	corrected := b.corrections()
	for i := range b.inc.Notices {
		b.out.Notices = append(b.out.Notices, b.notice(&b.inc.Notices[i], corrected))
	}
	for i := range b.inc.Clocks {
		b.out.Clocks = append(b.out.Clocks, b.clock(&b.inc.Clocks[i], zone))
	}
	for i := range b.inc.Contacts {
		b.out.Contacts = append(b.out.Contacts, contactOf(&b.inc.Contacts[i]))
	}
	b.out.Calls = callsOf(b.inc.Calls)
	for _, t := range b.inc.Timers {
		b.out.Timers = append(b.out.Timers, Timer{ID: t.ID, Title: t.Title, Step: t.Step, Set: t.Set.UTC(), Due: t.Due.UTC(), By: t.By, Ended: moment(t.Ended), Why: t.Why, Seq: t.Seq})
	}
}

// corrections are the sendings that took the place of each sending.
func (b *builder) corrections() map[uint64][]uint64 {
	by := make(map[uint64][]uint64)
	for i := range b.inc.Notices {
		for _, v := range b.inc.Notices[i].Versions {
			for _, s := range v.Sent {
				for _, of := range s.Corrects {
					by[of] = append(by[of], s.Seq)
				}
			}
		}
	}
	return by
}

func (b *builder) notice(n *state.Notice, corrected map[uint64][]uint64) Notice {
	out := Notice{
		ID: n.ID, Title: n.Title(), Audience: n.Def.Audience, Channel: n.Def.Channel, Approver: n.Def.Approver,
		Status: b.inc.NoticeStatus(n), Stale: stale(b.inc, n), Lacks: append([]string{}, b.past.untold[n.ID]...), NextUpdate: moment(b.inc.NextUpdate(n)), Versions: []Version{},
		Untrue: append([]Untrue{}, b.past.untrue[n.ID]...),
	}
	for i := range n.Versions {
		v := &n.Versions[i]
		version := Version{
			Version: v.Number, Text: v.Text, SHA256: &v.SHA256, Claims: []Claim{}, Basis: v.Basis, By: v.By, At: v.When.UTC(), Seq: v.Seq,
			ApprovedBy: v.ApprovedBy, ApprovedAt: moment(v.ApprovedAt), Sent: []Sending{}, Failures: []Failure{},
		}
		if v.Withheld.Has(state.Notes) {
			version.SHA256, version.Basis = nil, nil
		} else if version.Basis == nil {
			version.Basis = map[string]string{}
		}
		for _, c := range v.Claims {
			version.Claims = append(version.Claims, Claim(c))
		}
		for j := range v.Sent {
			version.Sent = append(version.Sent, b.sending(&v.Sent[j], corrected))
		}
		for _, f := range v.Failures {
			version.Failures = append(version.Failures, Failure{f.Channel, f.Why})
		}
		out.Versions = append(out.Versions, version)
	}
	return out
}

func (b *builder) sending(s *state.Sending, corrected map[uint64][]uint64) Sending {
	out := Sending{
		At: s.When.UTC(), By: s.By, Channel: s.Channel, To: s.To, How: s.How, Simulated: s.Simulated, LogHead: s.LogHead, Claims: []ClaimKnown{},
		Corrects: append([]uint64{}, s.Corrects...), Corrected: append([]uint64{}, corrected[s.Seq]...), Overridden: s.Overridden, Seq: s.Seq,
	}
	for _, c := range s.Claims {
		known := ClaimKnown{Service: c.Service, State: c.State, Known: c.Known, By: c.By, Holds: c.Holds}
		if c.Since != nil {
			known.Since = moment(*c.Since)
		}
		out.Claims = append(out.Claims, known)
	}
	return out
}

// clock computes a deadline as it stood at the last entry. Calendar days are
// counted in zone, or else at the offset of who started it, so that the same log
// gives the same day everywhere; of one that was missed the log says when it was
// due.
func (b *builder) clock(c *state.Clock, zone *time.Location) Clock {
	if zone == nil {
		zone = b.offsetAt(c.StartSeq)
	}
	out := Clock{
		ID: c.ID, Title: c.Def.Title, Within: c.Def.Within.String(), To: c.Def.To, Source: c.Def.Source, Law: c.Def.Law, Checked: c.Def.Checked,
		Starts: c.Def.Starts, Stops: c.Def.Stops, Status: c.Status(b.inc.Log[len(b.inc.Log)-1].Recorded, zone),
		Started: moment(c.Started), StartedBy: c.StartedBy, StartSeq: c.StartSeq, Due: moment(c.Due(zone)),
		Ended: moment(c.Ended), EndedBy: c.EndedBy, EndSeq: c.EndSeq, Why: c.Why, Missed: c.Missed,
	}
	out.Withheld = c.Started.IsZero() && b.inc.ClockUnseen(c)
	if e, ok := b.inc.Entry(c.Missed); ok {
		if data, ok := e.Data.(*state.ClockMissed); ok {
			out.Due = moment(data.Due)
		}
	}
	return out
}

// offsetAt is the offset from UTC at which an entry was written.
func (b *builder) offsetAt(seq uint64) *time.Location {
	e, ok := b.inc.Entry(seq)
	if !ok || len(e.Zone) < len("+01:00") {
		return time.UTC
	}
	t, err := time.Parse("-07:00", e.Zone[:len("+01:00")])
	if err != nil {
		return time.UTC
	}
	return t.Location()
}

func contactOf(c *state.Contact) Contact {
	return Contact{ID: c.ID, Title: c.Def.Title, Role: c.Def.Role, Reached: c.Reached(), Calls: callsOf(c.Calls)}
}

func callsOf(calls []state.Call) []Call {
	out := []Call{}
	for _, call := range calls {
		one := Call{At: call.When.UTC(), By: call.By, Via: call.Via, Outcome: call.Outcome, Note: call.Note, Seq: call.Seq}
		if call.CallBack != nil {
			one.CallBack = moment(*call.CallBack)
		}
		out = append(out, one)
	}
	return out
}
