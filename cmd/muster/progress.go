package main

import (
	"context"
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

// answers is how long what was interrupted may take to end before somebody is told.
const answers = 2 * time.Second

// sayHanging tells who interrupts that something, such as a file on a mount that is gone,
// does not answer, and how it is ended all the same.
func (e *env) sayHanging(ctx context.Context) (done func()) {
	if !e.watched || e.visit != nil {
		return func() {}
	}
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-over:
		case <-e.after(answers):
			fmt.Fprintln(e.err, "muster: interrupted, but something that it waits for does not answer: ctrl+c again ends it at once")
		}
	})
	return func() {
		stop()
		close(over)
	}
}
