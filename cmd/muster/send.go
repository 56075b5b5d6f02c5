package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/session"
)

// sendBy sends a notice through a configured channel and records that it went out,
// or that it did not. What the core would refuse is never sent.
func sendBy(ctx context.Context, e *env, s *session.Session, send state.SendNotice, override string) error {
	if send.Channel == "" {
		return usage(hint(errors.New("the channel is missing"), "Name one with --channel, or send it yourself and record that with --by-hand."))
	}
	if err := s.Writable(); err != nil {
		return err
	}
	world := newReach(e)
	action, err := response.PrepareSend(s.Incident(), world, send, override, whoActs(e, s))
	if err != nil {
		return err
	}
	action, inc, err := response.Begin(ctx, s, action)
	if err != nil {
		return fmt.Errorf("nothing was sent, since the log must say first that it is about to be: %w", err)
	}
	done := e.waitingFor(send.Channel)
	left := response.Leave(ctx, world, inc, action)
	done()
	inc, err = left.Record(ctx, s)
	switch {
	case left.Failed != nil:
		return notSent(e, left, send, inc, err)
	case err != nil:
		return sentUnsaid(send, err)
	case left.Noted != nil:
		return sentUnsaid(send, left.Noted)
	case left.Changed != nil:
		fmt.Fprintf(e.err, "muster: the notice was SENT. While it was on its way something changed: %s\n", clean.Line(left.Changed.Text))
	}
	return e.printNew(inc, inc.Head.Seq-1)
}

// sentUnsaid says that a notice has arrived, and that the log does not say so yet.
func sentUnsaid(send state.SendNotice, err error) error {
	return hint(fmt.Errorf("the notice was SENT by %s, but that could not be recorded: %w", send.Channel, err),
		"Do not send it again. Once that is mended, say that it arrived: muster notice left %s --arrived", send.Notice)
}

// notSent says that a notice could not be sent, and which entry records it.
func notSent(e *env, left *response.Left, send state.SendNotice, inc *state.Incident, recordErr error) error {
	what := "NOT SENT"
	if left.MayHaveArrived() {
		what = "MAY HAVE LEFT"
	}
	err := fmt.Errorf("%s: channel %q: %s", what, send.Channel, left.Why())
	switch {
	case recordErr != nil:
		return errors.Join(err, notSaved(e, time.Time{}, recordErr))
	case left.MayHaveArrived():
		return hint(err, "Entry %d records it. Look whether it arrived, and say so: muster notice left %s --arrived, or --not.", inc.Head.Seq, send.Notice)
	}
	return hint(err, "Entry %d records it. Send it again, by another channel, or yourself with --by-hand.", inc.Head.Seq)
}
