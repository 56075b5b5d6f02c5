package state

import (
	"fmt"
	"strings"

	"muster/runbooks"
)

// maxLaid bounds entries × steps: how many steps a log may have laid out, counting all
// of them each time that an entry changes which there are.
const maxLaid = 1 << 22

// Over is what of an incident is more than this version lays out. All of it is in the
// log, and in exports of its entries.
type Over struct {
	Steps  int  // steps that are not shown
	Late   int  // entries that would have changed which steps there are, and did not
	Titles bool // titles that could not all be filled in
}

// String says so in one sentence; "" if nothing is over.
func (o Over) String() string {
	var parts []string
	if o.Steps > 0 {
		parts = append(parts, fmt.Sprintf("%d steps are not shown (at most %d are, with their copies for services)", o.Steps, runbooks.MaxMade))
	}
	if o.Late > 0 {
		parts = append(parts, fmt.Sprintf("after %d changes the list of steps stayed as it was (too many entries × steps)", o.Late))
	}
	if o.Titles {
		parts = append(parts, "some titles are not filled in (their templates do too much)")
	}
	if len(parts) == 0 {
		return ""
	}
	return "This incident is larger than muster lays out: " + strings.Join(parts, "; ") + ". The log has everything."
}
