package main

import (
	"fmt"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// drillLines are the lines of a status that players need: the exercise clock, and what
// nobody has acknowledged; "" in a live incident.
func drillLines(inc *state.Incident, now time.Time) string {
	if inc.Mode != state.Drill {
		return ""
	}
	var b strings.Builder
	if inc.Exercise.Started() {
		b.WriteString(sayExerciseClock(&inc.Exercise, now) + "\n")
	}
	for i := range inc.Exercise.Delivered {
		if d := &inc.Exercise.Delivered[i]; len(d.Acks) == 0 {
			line := fmt.Sprintf("inject %d to %s, not acknowledged: %s", d.Number, d.To, d.Text)
			b.WriteString(clean.Line(line) + "\n")
		}
	}
	return b.String()
}

func sayExerciseClock(x *state.Exercise, now time.Time) string {
	at, set := runbooks.ExerciseTime(x.At(now)), x.Now()
	switch {
	case !x.Started():
		return "exercise clock: not started"
	case !set.Running:
		return fmt.Sprintf("exercise clock: %s, paused by %s", at, set.By)
	}
	return fmt.Sprintf("exercise clock: %s, running ×%d", at, set.Speed)
}
