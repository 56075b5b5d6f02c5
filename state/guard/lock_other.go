//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package guard

import (
	"errors"
	"os"
)

// Lock is not there on this system.
func Lock(*os.File) error { return errors.ErrUnsupported }

// TryLock is not there on this system.
func TryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
