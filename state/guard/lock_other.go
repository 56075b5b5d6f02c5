//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package guard

import (
	"errors"
	"os"
	"time"
)

// OpenLock is not there on this system.
func OpenLock(string) (*os.File, error) { return nil, errors.ErrUnsupported }

// Lock is not there on this system.
func Lock(*os.File, time.Duration) error { return errors.ErrUnsupported }

// TryLock is not there on this system.
func TryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
