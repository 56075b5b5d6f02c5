package response

import (
	"slices"
	"strings"

	"muster/state"
)

// Beginning is the text from which a person goes on writing a notice, and what it
// claims: the last text, or else what the template says now. Of a text that was sent as
// the template gave it nothing is lost by what the template says now. See
// [state.Notice.News] for what has changed since, and [state.Notice.Dropped].
func Beginning(inc *state.Incident, n *state.Notice) (string, []state.Claim) {
	last := n.Last()
	if last == nil || last.Withheld.Has(state.Notes) || len(last.Sent) > 0 && n.Def.Text != "" && asDrawn(inc, n.ID, last) {
		return n.Draft(inc)
	}
	return last.Text, last.Claims
}

// Correction is the notice by which something that is out and does not hold is put right: the one
// that the runbook has for that, if it is not begun, or else the same anew. nil if what was last
// sent holds, or is corrected already, or a text is drafted that was not sent.
func Correction(inc *state.Incident, wrong *state.Notice) *state.Notice {
	if status := wrong.Status(inc); status != state.Stale && status != state.Unsure {
		return nil
	}
	for i := range inc.Notices {
		if n := &inc.Notices[i]; slices.Contains(n.Def.Corrects, wrong.ID) && n.Status(inc) == state.Unwritten {
			return n
		}
	}
	return wrong
}

// asDrawn reports whether a text is what the notice's template gave when it was drafted.
func asDrawn(inc *state.Incident, notice string, v *state.NoticeVersion) bool {
	if v.Seq == 0 || v.Seq > uint64(len(inc.Log)) {
		return false
	}
	then, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for i := range inc.Log[:v.Seq-1] {
			if !yield(inc.Log[i], nil) {
				return
			}
		}
	})
	if err != nil || then.Notice(notice) == nil {
		return false
	}
	text, _ := then.Notice(notice).Draft(then)
	return strings.TrimSpace(text) == strings.TrimSpace(v.Text)
}

// Afresh is what the template says now, and what that claims. Of a notice without a
// template it is the last text.
func Afresh(inc *state.Incident, n *state.Notice) (string, []state.Claim) {
	text, claims := n.Draft(inc)
	if last := n.Last(); strings.TrimSpace(text) == "" && last != nil {
		return last.Text, last.Claims
	}
	return text, claims
}
