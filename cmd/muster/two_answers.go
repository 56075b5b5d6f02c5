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
	return answerLines(e, view.TwoAnswersOf(inc, false), true)
}

// answerLines list what has two answers, and with settle, how that is settled. An entry
// without a number would be taken over, and has the number that it has there.
func answerLines(e *env, all []view.TwoAnswers, settle bool) string {
	var b strings.Builder
	line := func(format string, args ...any) { b.WriteString(clean.Line(fmt.Sprintf(format, args...)) + "\n") }
	for _, two := range all {
		line("TWO ANSWERS: %s %s", two.What, two.Name)
		for _, answer := range two.Answers {
			entry, from := fmt.Sprint(answer.Seq), ""
			if answer.Seq == 0 {
				entry = fmt.Sprint(answer.From, " there")
			} else if answer.From != 0 {
				from = ", in a branch"
			}
			line("  entry %s, %s, %s%s: %s", entry, answer.By, e.clockOf(answer.At), from, answer.Says)
		}
		if settle {
			line("  settle it: muster settle %s%s --why \"WHY\"", two.What+":"+state.Contradictory(two.ID), holdsFlag(&two))
		}
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
