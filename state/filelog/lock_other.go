//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package filelog

import (
	"errors"
	"os"
)

// canLock: without a lock between processes a log is not written.
const canLock = false

func tryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }

func unlock(*os.File) {}
