package state

import (
	"fmt"
	"slices"
)

// Who has to do with a notice.

// Alone lists the notices a text of which one person drafted, approved and sent.
func Alone(inc *Incident) []*Notice {
	var list []*Notice
	for i := range inc.Notices {
		n := &inc.Notices[i]
		if slices.ContainsFunc(n.Versions, func(v NoticeVersion) bool { return v.Alone() != "" }) {
			list = append(list, n)
		}
	}
	return list
}

// SaysStatus says where a notice stands: in a drill nothing was sent.
func (inc *Incident) SaysStatus(status NoticeStatus) string {
	if status == Sent {
		return verbOf(inc.Mode == Drill)
	}
	return string(status)
}

// ToClose says, a sentence each, what whoever closes the incident should have read, though
// it keeps nothing open: what was not true when it went out, and what one person did alone.
func ToClose(inc *Incident) []string {
	var says []string
	anySending(inc, func(n *Notice, s *Sending) bool {
		if n.overClaimed(inc, s) {
			says = append(says, fmt.Sprintf("Not true when it %s, entry %d: %s", was(s.Verb()), s.Seq, n.Title()))
		}
		return false
	})
	for _, p := range Promises(inc) {
		if p.Kept != nil && p.truth(inc) == OverClaimed {
			says = append(says, fmt.Sprintf("The update that was promised by entry %d was given by entry %d, which was not true then: %s", p.Sent, p.Kept.Seq, p.by.Title()))
		}
	}
	for _, n := range Alone(inc) {
		says = append(says, "One person drafted, approved and sent: "+n.Title())
	}
	return says
}

// was is a sending's verb behind "it".
func was(verb string) string {
	if verb == string(Sent) {
		return "was sent"
	}
	return verb
}

// roleTelling is the role of the step by which a notice is sent; "" if there is none.
func roleTelling(inc *Incident, id string) string {
	for i := range inc.Steps {
		if s := &inc.Steps[i]; s.Def.Notice != "" && inc.Books[s.Book].IDOf(NounNotice, s.Def.Notice) == id {
			return s.Def.Role
		}
	}
	return ""
}
