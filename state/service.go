package state

import (
	"fmt"
	"slices"
	"time"

	"muster/runbooks"
)

// KindServiceSet is the kind of [ServiceSet].
const KindServiceSet Kind = "service.state"

// ServiceSet records a service's state set by hand.
type ServiceSet struct {
	Service string       `json:"service"`
	State   ServiceState `json:"state"`
	Why     string       `json:"why" part:"notes" text:"amend"`
	Expect  *time.Time   `json:"expect,omitempty"` // when it is expected back
}

// Kind is KindServiceSet.
func (*ServiceSet) Kind() Kind { return KindServiceSet }

// SetService makes service.state.
type SetService struct {
	Service string
	State   ServiceState
	Why     string
	Expect  *time.Time // when it is expected back; nil if that is not said
}

func (SetService) kind() Kind { return KindServiceSet }

func (c SetService) decide(d *decision) Data {
	service := d.inc.Service(c.Service)
	if service == nil {
		return d.none(NounService, c.Service)
	}
	if !slices.Contains(ServiceStates(), c.State) {
		return noWord(d, NounState, c.State, ServiceStates())
	}
	if c.Expect != nil && c.State.Standing() == Back {
		return d.refuse(Refusal{Reason: Invalid, Field: "expect", Text: fmt.Sprintf("What is %s is back: it is not expected.", c.State), Hint: "Leave out when it is expected."})
	}
	if service.State != c.State {
		d.moves(service, c.State)
		notSince(d, service)
	} else if c.State == Verified && service.OwnLook(d.inc) != nil && (c.anew(service) || !runbooks.SameName(service.By, d.stamp.By.Name)) {
		d.toVerified(service)
	} else if !c.anew(service) {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: service.Seq, Text: fmt.Sprintf("%s is %s already%s.", service.Def.Title, c.State, d.sayBy(service))})
	}
	d.need("why", "the reason", c.Why, MaxText)
	data := &ServiceSet{Service: service.ID, State: c.State, Why: c.Why}
	if c.Expect != nil {
		at := c.Expect.UTC().Truncate(time.Second)
		data.Expect = &at
	}
	return data
}

// anew reports whether something new is said of a service whose state stays.
func (c SetService) anew(service *Service) bool {
	return !service.Since.IsZero() && (c.Expect != nil || !isBlank(c.Why) && c.Why != service.Why && !slices.ContainsFunc(service.Again, func(a Again) bool { return a.Why == c.Why }))
}

// moves refuses, softly, that a service goes into a state that does not follow.
func (d *decision) moves(service *Service, to ServiceState) {
	switch {
	case to == Verified:
		d.toVerified(service)
	case (to == Restoring || to == Restored) && !service.State.Down() && service.State != Restored:
		d.refuse(Refusal{Reason: Untrue, Overridable: true, Text: fmt.Sprintf("%s is %s: nobody has said that it was down.", service.Def.Title, service.State)})
	case to == Regressed && service.State != Restored && service.State != Verified:
		d.refuse(Refusal{Reason: Untrue, Overridable: true, Text: fmt.Sprintf("%s is %s: what was not restored cannot regress.", service.Def.Title, service.State)})
	}
}

func (d *decision) toVerified(service *Service) {
	switch {
	case service.State != Restored && service.State != Verified:
		d.refuse(Refusal{Reason: Untrue, Overridable: true, Seq: service.Seq,
			Text: fmt.Sprintf("%s is %s: nobody has said that it is restored.", service.Def.Title, service.State)})
	case runbooks.SameName(service.RestoredBy, d.stamp.By.Name):
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Seq: service.Seq,
			Text: fmt.Sprintf("%s was restored by %s, and somebody else should look.", service.Def.Title, service.RestoredBy),
			Hint: "Ask another person to verify it from outside."})
	case service.RestoredBy == WithheldText:
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Seq: service.Seq,
			Text: fmt.Sprintf("Who restored %s is withheld from this copy of the log, and somebody else should look.", service.Def.Title)})
	}
	d.atOwn(service.RestoredBy, service.restoredSeq, fmt.Sprintf("%s restored %s", service.RestoredBy, service.Def.Title))
}

func (data *ServiceSet) effect(inc *Incident, e *Entry) {
	service := inc.Service(data.Service)
	if service != nil && data.State == Verified {
		besides(inc, e, service.RestoredBy)
		service.looked(e, e)
	}
	switch {
	case service != nil && service.State == data.State && !service.Since.IsZero(): // it is said anew, and did not move
		service.stays(e, data.Why)
	default:
		inc.setService(e, data.Service, data.State, data.Why)
	}
	if service != nil && data.Expect != nil {
		service.Expected = *data.Expect
	}
}

func (data *ServiceSet) describe(inc *Incident, e Entry) string {
	return fmt.Sprintf("service %s is %s", serviceTitle(inc, data.Service), data.State) + sayExpected(data.Expect) + sayBeside(inc, e) + said(data.Why) + sayCopies(inc, e.Seq)
}

func sayExpected(at *time.Time) string {
	if at == nil {
		return ""
	}
	return ", expected back at " + inUTC(*at)
}

// KindServiceChecked is the kind of [ServiceChecked].
const KindServiceChecked Kind = "service.checked"

// ServiceChecked records what a look from outside showed.
type ServiceChecked struct {
	Service   string `json:"service"`
	OK        bool   `json:"ok"`
	What      string `json:"what" part:"notes"`                         // what was looked at: GET https://…
	Detail    string `json:"detail,omitempty" part:"notes" text:"said"` // what was seen
	Millis    int64  `json:"ms"`                                        // how long it took
	Simulated bool   `json:"simulated,omitempty"`                       // in a drill, the scenario answered
}

// Kind is KindServiceChecked.
func (*ServiceChecked) Kind() Kind { return KindServiceChecked }

// RecordCheck makes service.checked; a failing check makes a restored service regressed.
type RecordCheck ServiceChecked

func (RecordCheck) kind() Kind { return KindServiceChecked }

func (c RecordCheck) decide(d *decision) Data {
	d.text("what", "what was looked at", c.What, MaxText)
	d.text("detail", "what was seen", c.Detail, MaxText)
	service := d.inc.Service(c.Service)
	if service == nil {
		return d.none(NounService, c.Service)
	}
	if d.action.Own && !service.News(c.OK) { // another session's look has said it meanwhile
		return d.refuse(Refusal{Reason: AlreadySo, Text: "A look at " + service.Def.Title + " has shown the same before."})
	}
	data := ServiceChecked(c)
	return &data
}

// News reports whether a look that nobody asked for shows something else than the one recorded
// before, or that a service fails of which it is said that it is back.
func (s *Service) News(ok bool) bool {
	return s.Checked == nil || s.Checked.OK != ok || !ok && (s.State == Restored || s.State == Verified)
}

// Look is what was seen.
func (data *ServiceChecked) Look() Look {
	return Look{OK: data.OK, What: data.What, Detail: data.Detail, Millis: data.Millis, Simulated: data.Simulated}
}

// effect keeps the last look at a service. A failing one makes what was restored
// regressed; a good one proves nothing that a person should say.
func (data *ServiceChecked) effect(inc *Incident, e *Entry) {
	service := inc.Service(data.Service)
	if service == nil {
		inc.Unresolved++
		return
	}
	look := data.Look()
	service.Checked = &look
	service.CheckedAt = e.When()
	if !data.OK && (service.State == Restored || service.State == Verified) {
		inc.setService(e, service.ID, Regressed, "check failed: "+data.Detail)
	}
}

func (data *ServiceChecked) describe(inc *Incident, _ Entry) string {
	verdict := "passed"
	if !data.OK {
		verdict = "FAILED"
	}
	if data.Simulated {
		verdict += " (simulated)"
	}
	return fmt.Sprintf("check of %s %s: %s", serviceTitle(inc, data.Service), verdict, data.What) + said(data.Detail)
}

// setService moves a service, and makes or takes away the copies of steps that
// follow it.
func (inc *Incident) setService(e *Entry, id string, to ServiceState, why string) {
	service := inc.Service(id)
	if service == nil {
		inc.Unresolved++
		return
	}
	inc.said.say(e, subject{what: OfService, of: id}, string(to))
	was := service.State
	if was == to && !service.Since.IsZero() {
		service.stays(e, why)
		return
	}
	if to.Standing() != NotBack {
		service.Expected = time.Time{}
	}
	service.State, service.Since, service.By, service.Why, service.Seq = to, e.When(), e.By.Name, why, e.Seq
	service.Again = nil
	if !inc.reading { // else nobody has it yet
		service.moves = slices.Clip(service.moves)
	}
	service.moves = append(service.moves, serviceMove{to, e.When(), e.Recorded, e.Seq})
	if to == Restored {
		service.RestoredBy, service.restoredSeq, service.EverRestored = e.By.Name, e.Seq, true
	}
	if was.Hit() != to.Hit() && service.copiesChange(inc) {
		before := numbersOf(inc, id)
		inc.relay()
		noteCopies(inc, e.Seq, before, numbersOf(inc, id))
	} else {
		inc.retitle(ofServices)
	}
}
