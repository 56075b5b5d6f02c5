package state

import "slices"

// afterClose reports whether a command is about a form: authorities want their last report
// when the incident is long over.
func afterClose(inc *Incident, command Command) bool {
	notice, number := "", 0
	switch c := command.(type) {
	case DraftNotice:
		return c.Form != nil
	case ApproveNotice:
		notice, number = c.Notice, c.Version
	case LeaveNotice:
		notice, number = c.Notice, c.Version
	case SendNotice:
		notice, number = c.Notice, c.Version
	case FailNotice:
		notice, number = c.Notice, c.Version
	default:
		return false
	}
	n := inc.Notice(notice)
	if n == nil || len(n.Versions) == 0 {
		return false
	}
	i := slices.IndexFunc(n.Versions, func(v NoticeVersion) bool { return v.Number == number })
	if number == 0 {
		i = len(n.Versions) - 1
	}
	return i >= 0 && n.Versions[i].Form != nil
}
