package state

import (
	"fmt"
	"time"
)

// NotThen says of what was last sent what was not true when it was sent and is told by no [Notice.Failings]:
// it holds now, or does not for another reason. It is empty once the statement was corrected.
func NotThen(inc *Incident, n *Notice) (failings []Failing) {
	_, sent := n.LastSent()
	if sent == nil || wasCorrected(inc, sent.Seq) {
		return nil
	}
	for _, j := range n.Judge(inc, sent) {
		fault := j.Verdict.Fault()
		if fault != NeverTrue {
			continue // of what nobody knew it is told by itself
		}
		if last := len(j.Failed) - 1; last >= 0 && j.Failed[last].Until.IsZero() && j.Failed[last].Fault == fault {
			continue
		}
		why := n.SayDiffers(inc, sent, j.Claim, j.Then)
		if known := inc.Known([]Claim{j.Claim})[0]; known.Holds && inc.Knows(j.Service) {
			why += "; it is known to be " + string(known.Known) + " now"
		}
		failings = append(failings, Failing{Fault: fault, Why: why + j.Withdrawn.after()})
	}
	return failings
}

// Contradicted says, a phrase each, what the log has otherwise than a notice that was sent: the time from
// which the clock counts that it met, and whether the step that asked for it still applies.
func Contradicted(inc *Incident, n *Notice) (says []string) {
	for _, c := range OtherTimes(inc, time.UTC) {
		if c.Notice == n.ID {
			says = append(says, fmt.Sprintf("%s: entry %d was sent, and %s", clockTitle(inc, c.Clock), c.Seq, c))
		}
	}
	for i := range inc.Steps {
		if !demanded(inc, n) {
			break // that another word is the right one now makes this one no duty that there was not
		}
		s := &inc.Steps[i]
		if s.Def.Notice == "" || s.Book != n.Book || inc.Books[s.Book].IDOf(NounNotice, s.Def.Notice) != n.ID || inc.Status(s) != NotNeeded {
			continue
		}
		if met := s.Met(inc); met.Seq > 0 {
			_, clause := s.holds(inc)
			says = append(says, fmt.Sprintf("entry %d was sent under an answer that is another now: %s is %s", met.Seq, s.Name(), s.failing(inc, clause)))
		}
	}
	return says
}
