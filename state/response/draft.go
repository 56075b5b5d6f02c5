package response

import (
	"strings"

	"muster/state"
)

// Beginning is the text from which a person goes on writing a notice, and what it
// claims: the draft that was not sent yet, or else what the template says now.
func Beginning(inc *state.Incident, n *state.Notice) (string, []state.Claim) {
	last := n.Last()
	if last != nil && (len(last.Sent) == 0 || n.Def.Text == "") {
		return last.Text, last.Claims
	}
	return n.Draft(inc)
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
