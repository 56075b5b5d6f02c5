package state

import "slices"

// Who has to do with a notice.

// Alone lists the notices a text of which one person drafted, approved and sent.
func Alone(inc *Incident) []*Notice {
	var list []*Notice
	for i := range inc.Notices {
		n := &inc.Notices[i]
		if slices.ContainsFunc(n.Versions, func(v NoticeVersion) bool { return v.Alone(inc) != "" }) {
			list = append(list, n)
		}
	}
	return list
}

// Alone is who drafted, approved and sent a text, if that was one person; "" if it was not,
// or is not known.
func (v *NoticeVersion) Alone(inc *Incident) string {
	one := func(other string) bool { return onePerson(inc, v.By, other) }
	if v.ApprovedBy == "" || len(v.Sent) == 0 || !one(v.By) || !one(v.ApprovedBy) {
		return ""
	}
	for i := range v.Sent {
		if !one(v.Sent[i].By) {
			return ""
		}
	}
	return v.By
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
