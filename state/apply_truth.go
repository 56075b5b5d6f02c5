package state

import (
	"slices"

	"muster/runbooks"
)

// addWords gives the incident the notices and contacts of a book.
func (inc *Incident) addWords(b int) {
	book := &inc.Books[b]
	inc.Notices, inc.Contacts = slices.Clip(inc.Notices), slices.Clip(inc.Contacts)
	for i := range book.Runbook.Notices {
		def := &book.Runbook.Notices[i]
		inc.Notices = append(inc.Notices, Notice{ID: book.id(def.ID), Book: b, Def: def})
	}
	for i := range book.Runbook.Contacts {
		def := &book.Runbook.Contacts[i]
		inc.Contacts = append(inc.Contacts, Contact{ID: book.id(def.ID), Def: def})
	}
}

// truthEffect is what an entry about services' truth, statements and deadlines
// changes; false if e is not one.
func (inc *Incident) truthEffect(e *Entry) bool {
	switch data := e.Data.(type) {
	case *ServiceChecked:
		inc.checked(e, data)
	case *NoticeDrafted:
		inc.drafted(e, data)
	case *NoticeApproved:
		if v := inc.versionOf(data.Notice, data.Version); v != nil {
			v.ApprovedBy, v.ApprovedAt = e.By.Name, e.When()
		}
	case *NoticeSent:
		inc.sent(e, data)
	case *NoticeFailed:
		if v := inc.versionOf(data.Notice, data.Version); v != nil {
			v.Failures = append(slices.Clip(v.Failures), *data)
		}
	case *ContactCalled:
		inc.called(e, data)
	case *TimerSet:
		inc.Timers = append(inc.Timers, Timer{ID: data.Timer, Title: data.Title, Step: data.Step, Due: data.Due, By: e.By.Name, Set: e.When(), Seq: e.Seq})
	case *TimerEnded:
		if timer := inc.Timer(data.Timer); timer != nil {
			timer.Ended, timer.Why = e.When(), data.Why
		} else {
			inc.Foreign++
		}
	case *SitrepIssued:
		inc.Sitrep = e.Seq
	default:
		return inc.clockEffect(e)
	}
	return true
}

func (inc *Incident) clockEffect(e *Entry) bool {
	var id string
	switch data := e.Data.(type) {
	case *ClockStarted:
		id = data.Clock
	case *ClockMet:
		id = data.Clock
	case *ClockWaived:
		id = data.Clock
	case *ClockMissed:
		id = data.Clock
	default:
		return inc.roleEffect(e)
	}
	c := inc.Clock(id)
	if c == nil {
		inc.Foreign++
		return true
	}
	switch data := e.Data.(type) {
	case *ClockStarted:
		c.Started, c.StartedBy, c.StartSeq, c.Why = e.When(), e.By.Name, e.Seq, data.Why
	case *ClockMet:
		inc.endClock(c, e, false, data.Why)
	case *ClockWaived:
		inc.endClock(c, e, true, data.Why)
	case *ClockMissed:
		c.Missed = e.Seq
	}
	return true
}

func (inc *Incident) roleEffect(e *Entry) bool {
	switch data := e.Data.(type) {
	case *RoleHanded:
		if role := inc.Role(data.Role); role != nil {
			role.Pending = data.To
		}
	case *RoleAcknowledged:
		if role := inc.Role(data.Role); role != nil && role.Pending != "" {
			role.Person, role.Since, role.Pending = role.Pending, e.When(), ""
			inc.retitle()
		}
	default:
		return false
	}
	return true
}

// checked keeps the last look at a service. A failing one makes what was restored
// regressed; a good one proves nothing that a person should say.
func (inc *Incident) checked(e *Entry, data *ServiceChecked) {
	service := inc.Service(data.Service)
	if service == nil {
		inc.Foreign++
		return
	}
	service.Checked, service.CheckedAt = data, e.When()
	if !data.OK && (service.State == Restored || service.State == Verified) {
		inc.setService(e, service.ID, Regressed, "check failed: "+data.Detail)
	}
}

func (inc *Incident) drafted(e *Entry, data *NoticeDrafted) {
	n := inc.Notice(data.Notice)
	if n == nil {
		def := &runbooks.Notice{ID: data.Notice, Title: data.Title, Audience: data.Audience}
		inc.Notices = append(slices.Clip(inc.Notices), Notice{ID: data.Notice, Def: def})
		n = &inc.Notices[len(inc.Notices)-1]
	}
	version := NoticeVersion{
		Number: data.Version, Text: data.Text, Claims: data.Claims, Basis: data.Basis,
		By: e.By.Name, When: e.When(), Seq: e.Seq, Withheld: e.Withheld,
	}
	if !e.Withheld.Has(Notes) {
		version.SHA256 = Sum([]byte(data.Text))
	}
	n.Versions = append(slices.Clone(n.Versions), version)
}

// versionOf is a notice's text, to be changed: readers keep the old one.
func (inc *Incident) versionOf(notice string, number int) *NoticeVersion {
	n := inc.Notice(notice)
	if n == nil {
		inc.Foreign++
		return nil
	}
	n.Versions = slices.Clone(n.Versions)
	for i := range n.Versions {
		if n.Versions[i].Number == number {
			return &n.Versions[i]
		}
	}
	inc.Foreign++
	return nil
}

func (inc *Incident) sent(e *Entry, data *NoticeSent) {
	v := inc.versionOf(data.Notice, data.Version)
	if v == nil {
		return
	}
	sending := Sending{NoticeSent: *data, When: e.When(), By: e.By.Name, Seq: e.Seq}
	if e.Override != nil {
		sending.Overridden = e.Override.Why
	}
	if withheld := e.Withheld.Has(Names); withheld || len(data.KnownBy) == len(data.Claims) {
		sending.Claims = slices.Clone(data.Claims)
		for i := range sending.Claims {
			if sending.Claims[i].By = WithheldText; !withheld {
				sending.Claims[i].By = data.KnownBy[i]
			}
		}
	}
	v.Sent = append(slices.Clip(v.Sent), sending)
	inc.fire(e, runbooks.NoticeSent, data.Notice, "")
}

func (inc *Incident) called(e *Entry, data *ContactCalled) {
	call := Call{ContactCalled: *data, When: e.When(), By: e.By.Name, Seq: e.Seq}
	if e.Withheld.Has(Names) {
		inc.Calls = append(slices.Clip(inc.Calls), call)
		return
	}
	c := inc.Contact(data.Contact)
	if c == nil {
		def := &runbooks.Contact{ID: data.Contact, Title: data.Title}
		inc.Contacts = append(slices.Clip(inc.Contacts), Contact{ID: data.Contact, Def: def})
		c = &inc.Contacts[len(inc.Contacts)-1]
	}
	c.Calls = append(slices.Clip(c.Calls), call)
}
