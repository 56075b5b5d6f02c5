package main

import (
	"fmt"
	"strings"

	"muster/state/view"
)

// maxContradictions is how many are printed.
const maxContradictions = 20

// consistency is the verdict on a log as it is printed. found is nil if nobody looked; of a
// copy, what is withheld may contradict what is there.
func consistency(unbroken, withheld bool, found []view.Contradiction) string {
	switch {
	case !unbroken:
		return "consistency   NOT CHECKED: a line is not as it was written\n"
	case found == nil:
		return fmt.Sprintf("consistency   NOT CHECKED: there are more than %d entries\n", view.MaxConsistent)
	case len(found) == 0 && withheld:
		return "consistency   no contradiction in what is not withheld; the rest cannot be judged\n"
	case len(found) == 0:
		return "consistency   GOOD: no entry contradicts another\n"
	}
	wrong, open := split(found)
	var b strings.Builder
	if len(wrong) > 0 {
		fmt.Fprintf(&b, "consistency   BROKEN: %s\n", plural(uint64(len(wrong)), "contradiction", "contradictions"))
		listFound(&b, wrong)
	}
	if len(open) > 0 {
		word := "consistency   UNSETTLED: nothing is wrong with the log. "
		if len(wrong) > 0 {
			word = "              besides, "
		}
		fmt.Fprintf(&b, "%s%s two answers, and people have still to say which holds\n", word, plural(uint64(len(open)), "thing has", "things have"))
		listFound(&b, open)
		b.WriteString("              muster settle lists them, and says which holds\n")
	}
	return b.String()
}

// split tells what is wrong with a log from what people have still to settle.
func split(found []view.Contradiction) (wrong, open []view.Contradiction) {
	for _, c := range found {
		if c.Open {
			open = append(open, c)
		} else {
			wrong = append(wrong, c)
		}
	}
	return wrong, open
}

func listFound(b *strings.Builder, found []view.Contradiction) {
	for _, c := range found[:min(len(found), maxContradictions)] {
		fmt.Fprintf(b, "              entry %d: %s\n", c.Seq, c.What)
	}
	if more := len(found) - maxContradictions; more > 0 {
		fmt.Fprintf(b, "              and %d more: --json has all\n", more)
	}
}
