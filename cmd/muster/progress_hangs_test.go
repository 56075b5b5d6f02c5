package main

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"
	"time"
)

// TestInterruptedAndHangs: who interrupts what does not answer is told how to end it.
func TestInterruptedAndHangs(t *testing.T) {
	said, err := io.Pipe()
	e := newEnv()
	e.err, e.watched = err, true
	e.after = func(time.Duration) <-chan time.Time {
		now := make(chan time.Time, 1)
		now <- time.Time{}
		return now
	}
	ctx, interrupt := context.WithCancel(t.Context())
	done := e.sayHanging(ctx)
	interrupt()
	line, _ := bufio.NewReader(said).ReadString('\n')
	done()
	if !strings.Contains(line, "does not answer: ctrl+c again ends it") {
		t.Errorf("it says %q", line)
	}
}

// TestInterruptedAtAQuestion: who interrupts is not waited for, though nothing is typed; and
// what is typed later is no answer.
func TestInterruptedAtAQuestion(t *testing.T) {
	in, _ := io.Pipe() // to which nobody writes
	e := newEnv()
	ctx, interrupt := context.WithCancel(t.Context())
	e.in, e.ended = in, ctx.Done()
	interrupt()
	if line := e.answer(); line != "" || !e.interrupted() {
		t.Errorf("it answered %q, and is interrupted: %v", line, e.interrupted())
	}
}
