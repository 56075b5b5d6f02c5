package state

import "slices"

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

// roleTelling is the role of the step by which a notice is sent; "" if there is none.
func roleTelling(inc *Incident, id string) string {
	for i := range inc.Steps {
		if s := &inc.Steps[i]; s.Def.Notice != "" && inc.Books[s.Book].IDOf(NounNotice, s.Def.Notice) == id {
			return s.Def.Role
		}
	}
	return ""
}
