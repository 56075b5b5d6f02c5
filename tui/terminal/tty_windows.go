package terminal

import "os"

// underShell reports whether somebody sees to it that the process goes on when it
// was stopped. Windows stops none.
func underShell() bool { return false }

// die ends the program. Windows sends no such signal.
func die(os.Signal) { os.Exit(2) }

// notifyContinued: no process is stopped there.
func notifyContinued(chan<- os.Signal) {}
