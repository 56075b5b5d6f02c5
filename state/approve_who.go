package state

import (
	"fmt"
	"slices"
)

// WhyNotApprove says why a person is not the one to approve the last text of a notice, a sentence;
// "" if they may. It can be done all the same, with a word on why.
func WhyNotApprove(inc *Incident, n *Notice, person string) string {
	v := n.Last()
	switch {
	case v == nil || v.ApprovedBy != "" || person == "" || n.Def.Approver == "":
		return ""
	case inc.Role(n.Def.Approver) != nil && !slices.Contains(inc.RolesOf(person), n.Def.Approver):
		return fmt.Sprintf("The %s approves it.", approverOf(inc, n))
	case onePerson(inc, v.By, person):
		return fmt.Sprintf("%s drafted it, and another person should approve it.", v.By)
	}
	return ""
}

// Stood says, a phrase each, what stood against a statement that was sent all the same, by the
// claims that its entry has; nil of an entry that is none, or where nothing of these did.
func Stood(inc *Incident, seq uint64) (against []string) {
	if inc.Redacted.Runbook { // it would not name them
		return nil
	}
	anySending(inc, func(n *Notice, s *Sending) bool {
		if s.Seq != seq || s.Overridden == "" {
			return s.Seq == seq
		}
		for _, c := range s.Claims {
			if !c.Holds {
				against = append(against, n.sayDiffers(inc, s.Text, c))
			} else if own := n.judge(inc, s, c.Claim).Own; own != nil {
				against = append(against, fmt.Sprintf("%s was verified by %s: %s", serviceTitle(inc, c.Service), own.By, own))
			}
		}
		var titles []string
		for _, c := range s.Rest {
			if c.Known == UnknownState {
				titles = append(titles, serviceTitle(inc, c.Service))
			}
		}
		if len(titles) > 0 {
			against = append(against, "nobody had said how these stand: "+fewOf(titles))
		}
		return true
	})
	return against
}
