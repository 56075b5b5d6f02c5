package view

import (
	"cmp"
	"slices"
	"strings"

	"muster/state"
)

// place takes in an entry about something that is in no runbook here.
func (b *builder) place(e *state.Entry) {
	what, id, last := b.subject(e)
	if id == "" {
		return
	}
	at := slices.IndexFunc(b.out.Unplaced, func(u Unplaced) bool { return u.What == what && u.ID == id })
	if at < 0 {
		at = len(b.out.Unplaced)
		b.out.Unplaced = append(b.out.Unplaced, Unplaced{What: what, ID: id})
	}
	u := &b.out.Unplaced[at]
	u.Seqs = append(u.Seqs, e.Seq)
	if what == "role" && strings.HasPrefix(last, "handed to ") && u.Last != "" {
		holder, _, _ := strings.Cut(u.Last, "; handed to ")
		last = holder + "; " + last
	}
	if last != "" {
		u.Last, u.At, u.By = last, moment(e.When()), e.By.Name
	}
}

// unplacedOf is what the whole log names and no runbook here has.
func unplacedOf(inc *state.Incident, gaps *Gaps) []Unplaced {
	b := &builder{inc: inc, gaps: gaps, out: &Incident{Unplaced: []Unplaced{}}}
	for i := range inc.Log {
		if e := &inc.Log[i]; e.Data != nil && inc.RetractedBy(e.Seq) == 0 {
			amended, _ := inc.Entry(e.Seq)
			b.place(&amended)
		}
	}
	return b.out.Unplaced
}

// subject is what an entry is about that is in no runbook here, and what it records
// of that; no id if there is no such thing.
func (b *builder) subject(e *state.Entry) (what, id, last string) {
	switch data := e.Data.(type) {
	case *state.ServiceSet:
		return "service", missing(data.Service, b.inc.Service(data.Service) != nil), string(data.State)
	case *state.ServiceChecked:
		return "service", missing(data.Service, b.inc.Service(data.Service) != nil), ""
	case *state.RoleAssigned:
		return "role", missing(data.Role, b.inc.Role(data.Role) != nil), "held by " + cmp.Or(data.Person, "nobody")
	case *state.RoleHanded:
		return "role", missing(data.Role, b.inc.Role(data.Role) != nil), "handed to " + data.To
	case *state.RoleAcknowledged:
		return "role", missing(data.Role, b.inc.Role(data.Role) != nil), "taken by " + e.By.Name
	case *state.NoticeApproved:
		return "notice", b.unversioned(data.Notice, data.Version), "approved"
	case *state.NoticeLeaving:
		return "notice", b.unversioned(data.Notice, data.Version), "may have left"
	case *state.NoticeSent:
		return "notice", b.unversioned(data.Notice, data.Version), "sent"
	case *state.NoticeFailed:
		return "notice", b.unversioned(data.Notice, data.Version), "not sent"
	}
	if clock, last := clockNamed(e.Data); clock != "" {
		return "clock", missing(clock, b.inc.Clock(clock) != nil), last
	}
	step := b.inc.StepOf(*e)
	return "step", missing(step, b.inc.Step(step) != nil), stepWord(e)
}

// missing is id, or nothing if it has its place.
func missing(id string, placed bool) string {
	if placed {
		return ""
	}
	return id
}

// unversioned is a notice's id if the log does not have the version.
func (b *builder) unversioned(id string, version int) string {
	n := b.inc.Notice(id)
	return missing(id, n != nil && slices.ContainsFunc(n.Versions, func(v state.NoticeVersion) bool { return v.Number == version }))
}

// clockNamed is the clock that an entry is about, and what became of it.
func clockNamed(data state.Data) (id, last string) {
	switch data := data.(type) {
	case *state.ClockStarted:
		return data.Clock, "started"
	case *state.ClockMet:
		return data.Clock, "met"
	case *state.ClockWaived:
		return data.Clock, "waived"
	case *state.ClockMissed:
		return data.Clock, "time up"
	}
	return "", ""
}

// stepWord is what an entry makes of its step's status; "" if nothing.
func stepWord(e *state.Entry) string {
	switch e.Kind {
	case state.KindStepStarted, state.KindStepDone, state.KindStepConfirmed, state.KindStepFailed, state.KindStepBlocked, state.KindStepSkipped, state.KindStepReopened, state.KindStepAdded:
		return strings.TrimPrefix(string(e.Kind), "step.")
	}
	if data, ok := e.Data.(*state.StepAnswered); ok && data.Option != "" {
		return "decided: " + data.Option
	}
	return ""
}
