package response

import (
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Head is what lists show of an incident, computed from its log.
type Head struct {
	ID        string
	Title     string
	Mode      state.Mode
	Severity  runbooks.Severity
	Runbook   string // the title of the first one
	RunbookID string // "" if it is not known
	Opened    time.Time
	Closed    time.Time // zero while it is open
	Entries   uint64
	Done      int   // steps done
	Total     int   // steps that count
	Copy      bool  // it follows another log, and takes no entries
	Branch    bool  // it has left the log that it was a copy of
	Two       bool  // something has two answers that nobody has settled
	Left      bool  // a notice may have left, and nobody has said what came of it
	Err       error // why it cannot be read, or *state.Damage; else nil
}

// Running are the live incidents that are open and follow a runbook, by its id, in the
// order of heads: whoever starts it again may mean one of them.
func Running(heads []Head, runbook string) (open []Head) {
	for _, head := range heads {
		if head.Mode == state.Live && head.Closed.IsZero() && head.RunbookID == runbook && runbook != "" && head.Err == nil {
			open = append(open, head)
		}
	}
	return open
}

// SameRunbook reports whether two incidents follow the same runbook: its text may have
// changed in between.
func SameRunbook(a, b *state.Incident) bool {
	return len(a.Books) > 0 && len(b.Books) > 0 && a.Books[0].Doc.ID == b.Books[0].Doc.ID
}
