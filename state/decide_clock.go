package state

import (
	"fmt"
	"strings"
	"time"
)

// clockOf is the clock a command names; nil if it was refused.
func (d *decision) clockOf(id string) *Clock {
	c := d.inc.Clock(id)
	if c == nil {
		var ids []string
		for i := range d.inc.Clocks {
			ids = append(ids, d.inc.Clocks[i].ID)
		}
		d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no clock %q in this incident.", id), Hint: "The clocks are: " + strings.Join(ids, ", ") + "."})
		return nil
	}
	if !c.Ended.IsZero() {
		word := "met"
		if c.Waived {
			word = "waived"
		}
		d.refuse(Refusal{Reason: AlreadySo, Seq: c.EndSeq, Text: fmt.Sprintf("%s was %s by %s at %s.", c.Def.Title, word, c.EndedBy, d.clock(c.Ended))})
		return nil
	}
	return c
}

func (c StartClock) decide(d *decision) Data {
	d.need("the reason", c.Why, MaxText)
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	if !clock.Started.IsZero() {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: clock.StartSeq, Text: fmt.Sprintf("%s runs already, since %s.", clock.Def.Title, d.clock(clock.Started))})
	}
	return &ClockStarted{Clock: clock.ID, Why: c.Why}
}

func (c MeetClock) decide(d *decision) Data {
	d.need("how it was met", c.Why, MaxText)
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	if clock.Started.IsZero() {
		d.refuse(Refusal{Reason: WrongStatus, Overridable: true, Text: clock.Def.Title + " does not run."})
	}
	return &ClockMet{Clock: clock.ID, Why: c.Why}
}

func (c WaiveClock) decide(d *decision) Data {
	d.need("why it is waived", c.Why, MaxText)
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	return &ClockWaived{Clock: clock.ID, Why: c.Why}
}

// dst is how far daylight saving can move a time that calendar days lead to.
const dst = 2 * time.Hour

func (c MissClock) decide(d *decision) Data {
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	switch {
	case clock.Missed != 0:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: clock.Missed, Text: clock.Def.Title + " was missed already."})
	case clock.Started.IsZero() || c.Due.After(d.stamp.Recorded) || c.Due.Sub(clock.Due(fixedZone(d.stamp.Zone))).Abs() > dst:
		return d.refuse(Refusal{Reason: Untrue, Text: clock.Def.Title + " has time left."})
	}
	return &ClockMissed{Clock: clock.ID, Due: c.Due.UTC()}
}

// maxTimer is how far ahead a timer can be set.
const maxTimer = 366 * 24 * time.Hour

func (c SetTimer) decide(d *decision) Data {
	d.need("what to be reminded of", c.Title, MaxTitle)
	if c.Step != "" && d.find(c.Step) == nil {
		return nil
	}
	if !c.Due.After(d.stamp.Recorded) || c.Due.Sub(d.stamp.Recorded) > maxTimer {
		return d.refuse(Refusal{Reason: Invalid, Text: "A timer is set for a time to come, within a year."})
	}
	return &TimerSet{Timer: fmt.Sprintf("timer-%d", len(d.inc.Timers)+1), Title: c.Title, Step: c.Step, Due: c.Due.UTC().Truncate(time.Second)}
}

func (c EndTimer) decide(d *decision) Data {
	d.text("the reason", c.Why, MaxText)
	timer := d.inc.Timer(c.Timer)
	if timer == nil || !timer.Ended.IsZero() {
		return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("No timer %q is running.", c.Timer)})
	}
	return &TimerEnded{Timer: timer.ID, Why: c.Why}
}

func (c RecordCheck) decide(d *decision) Data {
	d.text("what was seen", c.Detail, MaxText)
	if d.inc.Service(c.Service) == nil {
		return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no service %q in this incident.", c.Service)})
	}
	data := ServiceChecked(c)
	return &data
}

func (c CallContact) decide(d *decision) Data {
	d.text("the note", c.Note, MaxText)
	d.text("the way", c.Via, MaxTitle)
	d.text("the title", c.Title, MaxTitle)
	if d.inc.Contact(c.Contact) == nil && c.Title == "" {
		var ids []string
		for i := range d.inc.Contacts {
			ids = append(ids, d.inc.Contacts[i].ID)
		}
		return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no contact %q in this incident.", c.Contact), Hint: "The contacts are: " + strings.Join(ids, ", ") + "."})
	}
	known := false
	for _, outcome := range Outcomes() {
		known = known || outcome == c.Outcome
	}
	switch {
	case !known:
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q is no outcome of a call.", c.Outcome), Hint: "It is one of reached, voicemail, no-answer, call-back."})
	case c.Outcome == CallBack && c.CallBack == nil:
		return d.refuse(Refusal{Reason: Missing, Text: "When to call back is missing."})
	}
	data := ContactCalled(c)
	return &data
}

func (c HandRole) decide(d *decision) Data {
	d.need("the name", c.To, MaxName)
	d.text("the note", c.Note, MaxText)
	role := d.inc.Role(c.Role)
	switch {
	case role == nil:
		return d.noRole(c.Role)
	case role.Person == c.To:
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("%s is %s already.", role.Def.Title, c.To)})
	case role.Person != d.stamp.By.Name:
		d.refuse(Refusal{Reason: NotHolder, Overridable: true, Text: fmt.Sprintf("%s is %s, and you are %s.", role.Def.Title, orNobody(role.Person), d.stamp.By.Name)})
	}
	return &RoleHanded{Role: c.Role, To: c.To, Note: c.Note}
}

func (c AcknowledgeRole) decide(d *decision) Data {
	role := d.inc.Role(c.Role)
	switch {
	case role == nil:
		return d.noRole(c.Role)
	case role.Pending == "":
		return d.refuse(Refusal{Reason: WrongStatus, Text: fmt.Sprintf("Nobody hands over %s.", role.Def.Title)})
	case role.Pending != d.stamp.By.Name:
		d.refuse(Refusal{Reason: SamePerson, Overridable: true, Text: fmt.Sprintf("%s is handed to %s, and you are %s.", role.Def.Title, role.Pending, d.stamp.By.Name)})
	}
	return &RoleAcknowledged{Role: c.Role}
}

func (c IssueSitrep) decide(d *decision) Data {
	d.text("the recipient", c.To, MaxTitle)
	data := SitrepIssued(c)
	return &data
}
