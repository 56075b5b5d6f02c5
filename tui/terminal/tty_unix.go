//go:build !windows

package terminal

import (
	"os"
	"os/signal"
	"syscall"

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

// notifyContinued has c told when the process was stopped and goes on.
func notifyContinued(c chan<- os.Signal) { signal.Notify(c, syscall.SIGCONT) }

// die has a signal do what it does to a program that does not listen: Go's own says
// where every goroutine is.
func die(s os.Signal) {
	signal.Reset(s)
	_ = syscall.Kill(os.Getpid(), s.(syscall.Signal))
}
