//go:build unix

package filelog

import (
	"os"

	"golang.org/x/sys/unix"
)

// noFollow makes opening a symbolic link fail; a pipe in a file's place must not
// make opening it wait either.
const noFollow = unix.O_NOFOLLOW | unix.O_NONBLOCK

// isLink reports whether err says that a symbolic link was not followed.
func isLink(err error) bool { return isErrno(err, unix.ELOOP) || isErrno(err, unix.EMLINK) }

// writeOnce is one write(2). os.File.Write would go on after a short write, and
// two writes are not one line.
func writeOnce(f *os.File, data []byte) (n int, err error) {
	err = onFile(f, func(fd int) error {
		var err error
		n, err = unix.Write(fd, data)
		return err
	})
	return max(n, 0), err
}

// onFile makes a system call on f, which stays open that long, and makes it again
// if a signal interrupted it before it did anything.
func onFile(f *os.File, call func(fd int) error) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = conn.Control(func(fd uintptr) {
		for {
			if failed = call(int(fd)); failed != unix.EINTR {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return failed
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
