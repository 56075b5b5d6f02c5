package state

import (
	"fmt"
	"strings"
	"time"
)

// noticeTitle is what a notice is called; its id if that is not known.
func (inc *Incident) noticeTitle(id string) string {
	if n := inc.Notice(id); n != nil {
		return n.Title()
	}
	return id
}

// timerTitle is what a timer reminds of; its id if that is not known.
func (inc *Incident) timerTitle(id string) string {
	if timer := inc.Timer(id); timer != nil && timer.Title != WithheldText {
		return timer.Title
	}
	return id
}

func (inc *Incident) clockTitle(id string) string {
	if c := inc.Clock(id); c != nil {
		return c.Def.Title
	}
	return id
}

func (inc *Incident) contactTitle(id, title string) string {
	if c := inc.Contact(id); c != nil && c.Def.Title != "" {
		return c.Def.Title
	}
	if title != "" {
		return title
	}
	return id
}

// describeTruth is describe for entries about what is true and what was said.
func (inc *Incident) describeTruth(e Entry) (string, bool) {
	switch data := e.Data.(type) {
	case *ServiceChecked:
		return inc.describeCheck(data), true
	case *NoticeDrafted:
		return fmt.Sprintf("drafted %s, version %d", inc.noticeTitle(data.Notice), data.Version) + sayClaims(inc, data.Claims), true
	case *NoticeApproved:
		return fmt.Sprintf("approved %s, version %d", inc.noticeTitle(data.Notice), data.Version), true
	case *NoticeSent:
		return inc.describeSent(data), true
	case *NoticeFailed:
		return fmt.Sprintf("could not send %s, version %d, by %s", inc.noticeTitle(data.Notice), data.Version, data.Channel) + said(data.Why), true
	case *ContactCalled:
		text := fmt.Sprintf("called %s: %s", inc.contactTitle(data.Contact, data.Title), data.Outcome)
		if data.CallBack != nil {
			text += ", call back at " + data.CallBack.Format("2006-01-02 15:04 UTC")
		}
		return text + said(data.Note), true
	case *TimerSet:
		return fmt.Sprintf("timer for %s: %s", data.Due.Format("15:04:05 UTC"), data.Title), true
	case *TimerEnded:
		return "timer over: " + inc.timerTitle(data.Timer) + said(data.Why), true
	case *SitrepIssued:
		return "issued a sitrep" + sayTo(data.To), true
	}
	return inc.describeClock(e)
}

func (inc *Incident) describeClock(e Entry) (string, bool) {
	switch data := e.Data.(type) {
	case *ClockStarted:
		return "clock started: " + inc.clockTitle(data.Clock) + said(data.Why), true
	case *ClockMet:
		return "clock met: " + inc.clockTitle(data.Clock) + said(data.Why), true
	case *ClockWaived:
		return "clock waived: " + inc.clockTitle(data.Clock) + said(data.Why), true
	case *ClockMissed:
		return "clock MISSED: " + inc.clockTitle(data.Clock) + ", due " + data.Due.Format(time.RFC3339), true
	case *RoleHanded:
		return inc.describeRole(&RoleAssigned{Role: data.Role, Person: "handed to " + data.To}) + said(data.Note), true
	case *RoleAcknowledged:
		return inc.describeRole(&RoleAssigned{Role: data.Role, Person: "taken by " + e.By.Name}), true
	}
	return "", false
}

func (inc *Incident) describeCheck(data *ServiceChecked) string {
	verdict := "passed"
	if !data.OK {
		verdict = "FAILED"
	}
	if data.Simulated {
		verdict += " (simulated)"
	}
	text := fmt.Sprintf("check of %s %s: %s", inc.serviceTitle(data.Service), verdict, data.What)
	return text + said(data.Detail)
}

func (inc *Incident) describeSent(data *NoticeSent) string {
	verb := "sent"
	if data.Simulated {
		verb = "would have sent"
	}
	text := fmt.Sprintf("%s %s, version %d, by %s", verb, inc.noticeTitle(data.Notice), data.Version, data.Channel) + sayTo(data.To)
	for _, seq := range data.Corrects {
		text += fmt.Sprintf(", correcting entry %d", seq)
	}
	claims := make([]Claim, len(data.Claims))
	for i := range data.Claims {
		claims[i] = data.Claims[i].Claim
	}
	return text + sayClaims(inc, claims)
}

func sayTo(to string) string {
	if to == "" {
		return ""
	}
	return " to " + to
}

func sayClaims(inc *Incident, claims []Claim) string {
	var parts []string
	for _, claim := range claims {
		parts = append(parts, inc.serviceTitle(claim.Service)+" is "+string(claim.State))
	}
	if len(parts) == 0 {
		return ""
	}
	return ", claiming " + strings.Join(parts, ", ")
}
