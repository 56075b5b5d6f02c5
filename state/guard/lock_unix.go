//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package guard

import (
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// OpenLock opens the file of a lock, and makes it if there is none. It follows no symbolic
// link, and takes nothing but a plain file.
func OpenLock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0o600)
	switch {
	case errors.Is(err, unix.ELOOP):
		return nil, fmt.Errorf("%s %w: take it away", path, ErrLink)
	case err != nil:
		return nil, Say(path, err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s %w: it is a %s", path, ErrNotPlain, nature(info))
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// Lock waits until no other handle, of this process or another, has the lock on f, and
// takes it; but no longer than patience: then it returns [ErrBusy]. Closing f gives it
// back, and so does the end of the process.
func Lock(f *os.File, patience time.Duration) error {
	for wait, waited := time.Millisecond, time.Duration(0); ; wait = min(2*wait, 20*time.Millisecond) {
		if got, err := TryLock(f); got || err != nil {
			return err
		}
		if waited >= patience {
			return fmt.Errorf("%w; it may be stopped or hanging: let it go on or end it, then try again", ErrBusy)
		}
		time.Sleep(wait)
		waited += wait
	}
}

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
