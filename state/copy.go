package state

import (
	"context"
	"errors"
	"time"
)

// ErrCopy says that a log follows another and takes no entries of its own. It comes with
// ErrReadOnly.
var ErrCopy = errors.New("it is a copy")

// A Copy is that a log follows another, of which it has every line, verified.
type Copy struct {
	Source string    `json:"source"`          // where the log lies that it follows
	Heard  time.Time `json:"heard"`           // when that was heard last
	Alarm  string    `json:"alarm,omitempty"` // what is wrong with it: it has not what it had; "" if nothing
}

// A Brancher is a log that may follow another, and in which people can go on.
type Brancher interface {
	// Copy says what the log follows; false if it is no copy.
	Copy() (Copy, bool)
	// GoOn opens the same log anew, as one to which entries can be added though it is a
	// copy. It follows the other until branched was called, which is durable.
	GoOn(ctx context.Context) (own Log, branched func() error, err error)
}
