package main

import (
	"strings"
	"testing"

	"muster/state/view"
)

// TestWhereAnAnswerStands: of two answers it is said which is a branch's, by its number here,
// or there where it would be taken over; of one's own nothing is said.
func TestWhereAnAnswerStands(t *testing.T) {
	e := newEnv()
	said := answerLines(e, []view.TwoAnswers{{What: "service", Name: "Mail", Answers: []view.OneAnswer{
		{Seq: 3, By: "Ada", Says: "down"}, {Seq: 4, From: 1, By: "Ben", Says: "back"}, {From: 9, By: "Cy", Says: "gone"},
	}}}, false)
	lines := strings.Split(said, "\n")
	for i, want := range []string{"TWO ANSWERS: service Mail", "  entry 3, Ada, ", "  entry 4, Ben, ", "  entry 9 there, Cy, "} {
		if branch := strings.Contains(lines[i], "in a branch"); !strings.HasPrefix(lines[i], want) || branch != (i == 2) {
			t.Errorf("it says %q", lines[i])
		}
	}
}
