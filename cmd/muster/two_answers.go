package main

import (
	"fmt"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// twoAnswerLines list what has two answers that nobody has settled; "" if nothing.
func twoAnswerLines(e *env, inc *state.Incident) string {
	var b strings.Builder
	line := func(format string, args ...any) { b.WriteString(clean.Line(fmt.Sprintf(format, args...)) + "\n") }
	for _, two := range view.TwoAnswersOf(inc, false) {
		line("TWO ANSWERS: %s %s", two.What, two.Name)
		for _, answer := range two.Answers {
			from := ""
			if answer.From != 0 {
				from = ", in a branch"
			}
			line("  entry %d, %s, %s%s: %s", answer.Seq, answer.By, e.clockOf(answer.At), from, answer.Says)
		}
		line("  settle it: muster settle %s%s --why \"WHY\"", two.What+":"+state.Contradictory(two.ID), holdsFlag(&two))
	}
	return b.String()
}

// holdsFlag is the flag that says which answer holds, where one has to.
func holdsFlag(two *view.TwoAnswers) string {
	if !two.What.Chosen() || len(two.Answers) == 0 {
		return ""
	}
	return fmt.Sprintf(" --holds %d", two.Answers[len(two.Answers)-1].Seq)
}
