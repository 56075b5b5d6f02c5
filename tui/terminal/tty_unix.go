//go:build !windows

package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// underShell reports whether somebody sees to it that the process goes on when it
// was stopped. Where the terminal runs nothing but muster, nobody does.
func underShell() bool {
	parent := os.Getppid()
	theirs, err := unix.Getsid(parent)
	ours, _ := unix.Getsid(0)
	return parent > 0 && err == nil && theirs == ours
}
