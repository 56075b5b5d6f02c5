package state

import (
	"fmt"
	"slices"
	"time"
)

// KindContradictionSettled is the kind of [ContradictionSettled].
const KindContradictionSettled Kind = "contradiction.settled"

// ContradictionSettled records which of several answers holds, by a person's word.
type ContradictionSettled struct {
	What    Contradictory `json:"what"`
	Of      string        `json:"of"`                         // its id; "" of an amendment
	Entry   uint64        `json:"entry,omitempty" entry:"of"` // which the answers amend
	Entries []uint64      `json:"entries" entry:"of"`         // those between which it is settled
	Holds   uint64        `json:"holds,omitempty" entry:"of"` // the one that holds; 0 if all of them happened
	Why     string        `json:"why" part:"notes" text:"amend"`
}

// Kind is KindContradictionSettled.
func (*ContradictionSettled) Kind() Kind { return KindContradictionSettled }

// SettleContradiction makes contradiction.settled.
type SettleContradiction struct {
	What  Contradictory
	Of    string
	Holds uint64 // the entry that holds; 0 for none, where all of them happened
	Why   string
}

func (SettleContradiction) kind() Kind { return KindContradictionSettled }

func (c SettleContradiction) decide(d *decision) Data {
	open := Contradicting(d.inc)
	at := slices.IndexFunc(open, func(t TwoAnswers) bool { return t.What == c.What && t.Of == c.Of })
	if at < 0 {
		return d.refuse(Refusal{Reason: NotFound, Field: "of", Text: fmt.Sprintf("Of %s %s no two answers stand.", c.What, c.Of), Acts: []Act{{Deed: DeedHold}}})
	}
	two := open[at]
	d.need("why", "why it holds", c.Why, MaxText)
	switch {
	case c.Holds == 0 && two.What.Chosen():
		return d.refuse(Refusal{Reason: Missing, Field: "holds", Text: fmt.Sprintf("Which answer holds is missing: %s.", entryList(two.Entries)), Hint: "Give the entry that holds."})
	case c.Holds != 0 && !slices.Contains(two.Entries, c.Holds):
		return d.refuse(Refusal{Reason: Invalid, Field: "holds", Text: fmt.Sprintf("Entry %d is none of the answers: %s.", c.Holds, entryList(two.Entries)), Hint: "Give one of them. If neither holds, settle it for one, and record what is so."})
	}
	data := &ContradictionSettled{What: two.What, Of: two.Of, Entries: two.Entries, Holds: c.Holds, Why: c.Why}
	if two.What == OfAmendment {
		data.Of, data.Entry = "", two.Entry
	}
	return data
}

// effect lets the answer that holds be the last word.
func (data *ContradictionSettled) effect(inc *Incident, e *Entry) {
	if inc.said == nil { // no branch was taken over, so that nothing can have two answers
		inc.Unresolved++
		return
	}
	inc.said.settled = append(inc.said.settled, settled{data.What, data.of(), data.Entries, e})
	if role := roleAnswered(inc, data); role != "" {
		inc.said.settled = append(inc.said.settled, settled{OfRole, role, data.Entries, e})
	}
	if holds, ok := inc.Entry(data.Holds); ok && data.Holds < e.Seq && inc.RetractedBy(data.Holds) == 0 {
		inc.said.as = e.Seq
		hold(inc, data.What, data.of(), &holds)
		inc.said.as = 0
	}
}

// roleAnswered is the role whose holder the answers named that were settled; "" if none. It
// was asked of the answers as well, once.
func roleAnswered(inc *Incident, data *ContradictionSettled) string {
	e, ok := inc.Entry(data.Holds)
	if data.What != OfAnswer || !ok {
		return ""
	}
	var sets *Sets
	var step string
	switch answered := e.Data.(type) {
	case *StepAnswered:
		sets, step = &answered.Sets, answered.Step
	case *StepDone:
		sets, step = &answered.Sets, answered.Step
	default:
		return ""
	}
	if s := inc.Step(step); s != nil {
		for role, ask := range sets.Roles {
			if s.askKey(inc, ask) == data.Of {
				return role
			}
		}
	}
	return ""
}

// of is the id of the thing, in this log.
func (data *ContradictionSettled) of() string {
	if data.What == OfAmendment {
		return fmt.Sprint(data.Entry)
	}
	return data.Of
}

// hold has an entry take its effect once more, as the one that counts.
func hold(inc *Incident, what Contradictory, of string, e *Entry) {
	said, ok := e.Data.(recorded)
	if !ok {
		return
	}
	switch what {
	case OfNotice, OfAmendment: // what went out did; and amendments count from the start
		return
	case OfClosing:
		if _, closes := said.(*IncidentClosed); !closes {
			goOn(inc, e)
			return
		}
	case OfRole:
		if _, taken := said.(*RoleAcknowledged); taken {
			said = &RoleAssigned{Role: of, Person: e.By.Name}
		}
	case OfClock:
		if c := inc.Clock(of); c != nil && e.Seq != c.EndSeq {
			switch said.(type) {
			case *ClockMet, *ClockWaived:
			default:
				c.Started, c.own.started = time.Time{}, time.Time{}
			}
		}
	}
	said.effect(inc, e)
}

func (data *ContradictionSettled) describe(inc *Incident, _ Entry) string {
	two := TwoAnswers{What: data.What, Of: data.of()}
	text := "settled " + two.Name(inc) + ": "
	if data.Holds == 0 {
		return text + entryList(data.Entries) + " all happened" + said(data.Why)
	}
	return text + fmt.Sprintf("entry %d holds", data.Holds) + said(data.Why)
}
