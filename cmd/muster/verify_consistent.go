package main

import (
	"fmt"
	"strings"

	"muster/state/view"
)

// maxContradictions is how many are printed.
const maxContradictions = 20

// consistency is the verdict on a log as it is printed. found is nil if nobody looked.
func consistency(unbroken bool, found []view.Contradiction) string {
	switch {
	case !unbroken:
		return "consistency   NOT CHECKED: a line is not as it was written\n"
	case found == nil:
		return fmt.Sprintf("consistency   NOT CHECKED: there are more than %d entries\n", view.MaxConsistent)
	case len(found) == 0:
		return "consistency   GOOD: no entry contradicts another\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "consistency   BROKEN: %s\n", plural(uint64(len(found)), "contradiction", "contradictions"))
	for _, c := range found[:min(len(found), maxContradictions)] {
		fmt.Fprintf(&b, "              entry %d: %s\n", c.Seq, c.What)
	}
	if more := len(found) - maxContradictions; more > 0 {
		fmt.Fprintf(&b, "              and %d more: --json has all\n", more)
	}
	return b.String()
}
