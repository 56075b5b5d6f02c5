package line

import (
	"errors"
	"fmt"
)

// ErrTooLong says that the entry's line is over its limit.
var ErrTooLong = errors.New("too long for one entry")

// Damage says which line of a log is wrong, and why. A damaged log opens
// read-only, up to the line before.
type Damage struct {
	Line  int    // 1-based
	Seq   uint64 // the entry that should stand there
	What  string // a phrase: "its hash does not match its content"
	Newer bool   // the line is well formed, but of a newer format version
}

// Error says where and what.
func (d *Damage) Error() string { return fmt.Sprintf("line %d: %s", d.Line, d.What) }
