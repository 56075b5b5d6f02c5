//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package filelog

import (
	"os"

	"golang.org/x/sys/unix"

	"muster/state/guard"
)

// canLock: without a lock between processes a log is not written.
const canLock = true

// tryLock takes the lock on f for this handle, alone, and does not wait. It
// reports false if another handle, of this process or another, has it.
func tryLock(f *os.File) (bool, error) { return guard.TryLock(f) }

// unlock gives the lock back. Closing f does too, so an error has no consequence.
func unlock(f *os.File) {
	_ = onFile(f, func(fd int) error { return unix.Flock(fd, unix.LOCK_UN) })
}
