package main

import (
	"fmt"
	"time"

	"muster/state/clean"
	"muster/state/response"
)

// waiting tells the person at a terminal what is waited for, once it takes long, until
// the function that is returned is called. how says how things stand; it is called from
// another goroutine. Each word is a line of its own, and they come ever more rarely, so
// that they can be listened to.
func (e *env) waiting(how func(after time.Duration) string) (done func()) {
	if !e.watched {
		return func() {}
	}
	over, ended := make(chan struct{}), make(chan struct{})
	began := e.clock.Now()
	go func() {
		defer close(ended)
		for wait := response.Stalled; ; wait = min(2*wait, time.Minute) {
			select {
			case <-over:
				return
			case <-e.after(wait):
				fmt.Fprintf(e.err, "muster: %s (ctrl+c ends it)\n", clean.Line(how(e.clock.Now().Sub(began))))
			}
		}
	}()
	return func() {
		close(over)
		<-ended
	}
}

// waitingFor tells that somebody is waited for, by name.
func (e *env) waitingFor(whom string) (done func()) {
	return e.waiting(func(after time.Duration) string {
		return fmt.Sprintf("waiting for %s, %v", clean.Bounded(whom, 80), after.Round(time.Second))
	})
}
