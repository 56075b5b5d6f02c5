//go:build unix && !linux

package session

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// terminal is the terminal of the first file of this process that is one, by its
// device's number, and the first process on it. "" if none is.
func terminal() (name, login string) {
	for _, file := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		info, err := file.Stat()
		if err != nil || info.Mode()&os.ModeCharDevice == 0 {
			continue
		}
		var stat unix.Stat_t
		if unix.Fstat(int(file.Fd()), &stat) != nil {
			continue
		}
		leader, err := unix.Getsid(0)
		if err != nil {
			continue
		}
		return fmt.Sprintf("device %d", stat.Rdev), fmt.Sprint(leader)
	}
	return "", ""
}
