package view

import (
	"time"

	"muster/state"
)

// A Due is something that has a time: a clock that runs, an update that was promised, a
// call back, what people set, or a step under way.
type Due struct {
	What   state.DueKind `json:"what" doc:"clock, update, call, step; or what people set, such as timer"`
	ID     string        `json:"id" doc:"of the clock, the notice that promised it, the contact, the step, or what people set"`
	Title  string        `json:"title"`
	Due    time.Time     `json:"due"`
	Left   int64         `json:"left_seconds" doc:"negative when it is overdue"`
	AtOnce bool          `json:"at_once,omitempty" doc:"its duty bears no delay"`
}

// DueOf is everything that has a time and is not over at now, what is due first at the
// top. Calendar days are counted in now's zone. Of a closed incident it is as it stood
// then.
func DueOf(inc *state.Incident, now time.Time) []Due {
	out := []Due{}
	now = inc.Until(now)
	for _, d := range state.Due(inc, now.Location()) {
		out = append(out, Due{What: d.What, ID: d.ID, Title: d.Title, Due: d.At.UTC(), Left: int64(d.At.Sub(now) / time.Second), AtOnce: d.AtOnce})
	}
	return out
}
