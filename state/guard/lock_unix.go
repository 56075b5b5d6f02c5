//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package guard

import (
	"os"

	"golang.org/x/sys/unix"
)

// Lock waits until no other handle, of this process or another, has the lock on f, and
// takes it. Closing f gives it back, and so does the end of the process.
func Lock(f *os.File) error { return flock(f, unix.LOCK_EX) }

// TryLock takes the lock on f if nobody has it; false if somebody does.
func TryLock(f *os.File) (bool, error) {
	err := flock(f, unix.LOCK_EX|unix.LOCK_NB)
	if err == unix.EWOULDBLOCK {
		return false, nil
	}
	return err == nil, err
}

func flock(f *os.File, how int) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var locked error
	err = raw.Control(func(fd uintptr) {
		for {
			if locked = unix.Flock(int(fd), how); locked != unix.EINTR {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return locked
}
