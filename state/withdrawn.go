package state

import "fmt"

// What a statement says of a service rests on the entry by which that was known. Where the entry was
// retracted after the sending, what was known then and what is known of it now are two things: who
// reads that one of them is said has to be told of the other, and of both entries.

// A Withdrawn is an entry on which a claim rested when it was sent, and that was retracted since.
type Withdrawn struct {
	Seq uint64 // 0 if there is none
	By  uint64 // the entry that retracts it
}

// String says it, a sentence without its stop; "" if there is none.
func (w Withdrawn) String() string {
	if w.Seq == 0 {
		return ""
	}
	return fmt.Sprintf("what was known of it then rested on entry %d, which entry %d retracted", w.Seq, w.By)
}

// after is the sentence behind another one.
func (w Withdrawn) after() string {
	if w.Seq == 0 {
		return ""
	}
	return "; " + w.String()
}

// withdrawn is the last entry before a sending by which it was known how a service stood, if that
// was retracted since, and nothing that counts was said of the service in between.
func withdrawn(inc *Incident, sent *Sending, service *Service) (w Withdrawn) {
	for seq, by := range inc.retracted {
		if seq > w.Seq && seq < sent.Seq && by > sent.Seq && movedBy(inc, seq) == service.ID {
			w = Withdrawn{seq, by}
		}
	}
	for _, m := range service.moves {
		if m.seq > w.Seq && m.seq < sent.Seq {
			return Withdrawn{}
		}
	}
	return w
}

// movedBy is the service of whose state an entry tells, as it was written; "" if it tells of none.
func movedBy(inc *Incident, seq uint64) string {
	e := &inc.Log[seq-1]
	switch data := e.Data.(type) {
	case *ServiceSet:
		return data.Service
	case *ServiceChecked:
		if !data.OK {
			return data.Service
		}
	case *StepStarted, *StepDone, *StepConfirmed, *StepFailed:
		if s := inc.Step(inc.StepOf(*e)); s != nil {
			return s.Service
		}
	}
	return ""
}

// withdrawnOf is withdrawn by a service's id.
func withdrawnOf(inc *Incident, sent *Sending, id string) Withdrawn {
	service := inc.Service(id)
	if service == nil {
		return Withdrawn{}
	}
	return withdrawn(inc, sent, service)
}
