package state

import (
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
