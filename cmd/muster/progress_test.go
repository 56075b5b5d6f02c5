package main

import (
	"io"
	"testing"
	"time"
)

// TestWaiting: a person at a terminal is told what is waited for once it takes long, ever more
// rarely, until it is over; nobody else is told anything.
func TestWaiting(t *testing.T) {
	p := &play{now: playDay(t)}
	read, write := io.Pipe()
	asked, ring := make(chan time.Duration), make(chan time.Time)
	e := &env{settings{process: process{err: write, watched: true, clock: p,
		after: func(d time.Duration) <-chan time.Time { asked <- d; return ring }}}}
	done := e.waitingFor("hook\x1b[2J")
	line := make([]byte, 200)
	for i, want := range []string{
		"muster: waiting for hook␛[2J, 3s (ctrl+c ends it)\n",
		"muster: waiting for hook␛[2J, 9s (ctrl+c ends it)\n",
		"muster: waiting for hook␛[2J, 21s (ctrl+c ends it)\n",
	} {
		wait := <-asked
		if wait != 3*time.Second<<i {
			t.Errorf("the next word comes after %v", wait)
		}
		p.now = p.now.Add(wait)
		ring <- p.now
		n, err := read.Read(line)
		if got := string(line[:n]); got != want || err != nil {
			t.Errorf("it says %q (%v), not %q", got, err, want)
		}
	}
	<-asked
	done()
	e.watched, e.after = false, func(time.Duration) <-chan time.Time {
		t.Error("nobody is there to be told")
		return nil
	}
	e.waitingFor("hook")()
}
