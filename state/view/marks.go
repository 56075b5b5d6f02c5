package view

import (
	"fmt"

	"muster/state"
	"muster/state/when"
)

// Marks say of an entry what its place in the log does not: that it was recorded long
// after it happened, or after the incident was closed.
func Marks(inc *state.Incident, e *state.Entry) []string {
	var marks []string
	if by := state.Late(e); by > 0 {
		marks = append(marks, "recorded "+when.Duration(by)+" later")
	}
	if e.Origin != nil {
		marks = append(marks, fmt.Sprintf("from a branch, entry %d there", e.Origin.Seq))
	}
	if state.AfterClosing(inc, e.Seq) {
		marks = append(marks, "after the closing")
	}
	return marks
}
