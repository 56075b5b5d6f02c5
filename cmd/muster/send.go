package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/outside"
	"muster/state/session"
)

// sendBy sends a notice through a configured channel and records that it went out,
// or that it did not. What the core would refuse is never sent.
func (e *env) sendBy(ctx context.Context, s *session.Session, action state.Action) error {
	inc, command := s.Incident(), action.Command.(state.SendNotice)
	n := inc.Notice(command.Notice)
	if command.Channel == "" {
		return usage(hint(errors.New("the channel is missing"), "Name one with --channel, or send it yourself and record that with --by-hand."))
	}
	channel, err := e.channel(command.Channel)
	if err != nil {
		return err
	}
	command.Channel = channel.Name
	action.Command = command
	if err := e.mayDo(s, action); err != nil {
		return err
	}
	v := n.Last() // which mayDo has found to be the one that is meant
	command.Version = v.Number
	world, err := e.world(ctx, inc)
	if err != nil {
		return err
	}
	receipt, failed := world.Send(ctx, channel, message(inc, n, v))
	if failed != nil {
		return e.notSent(ctx, s, command, failed)
	}
	command.How = receipt.How
	if command.To == "" {
		command.To = receipt.To
	}
	action.Command = command
	return e.hasLeft(ctx, s, action)
}

// mayDo is the refusal that an action would meet, without recording it.
func (e *env) mayDo(s *session.Session, action state.Action) error {
	if err := s.Writable(); err != nil {
		return err
	}
	stamp := state.Stamp{By: state.Actor{Name: s.Person()}, Recorded: e.now(), Zone: e.clock.Zone()}
	_, err := state.Decide(s.Incident(), action, stamp)
	return err
}

// notSent records that a notice could not be sent, and says so.
func (e *env) notSent(ctx context.Context, s *session.Session, command state.SendNotice, failed error) error {
	why := whyNot(failed)
	failure := state.FailNotice{Notice: command.Notice, Version: command.Version, Channel: command.Channel, Why: why}
	err := fmt.Errorf("NOT SENT: channel %q: %s", command.Channel, why)
	inc, recordErr := s.Do(unhurried(ctx), state.Action{Command: failure})
	if recordErr != nil {
		return errors.Join(err, e.notSaved(time.Time{}, recordErr))
	}
	var maybe *outside.SendError
	if errors.As(failed, &maybe) && maybe.Maybe {
		return hint(err, "Entry %d records it. Look whether it arrived before you send it again.", inc.Head.Seq)
	}
	return hint(err, "Entry %d records it. Send it again, by another channel, or yourself with --by-hand.", inc.Head.Seq)
}

// hasLeft records that a notice went out. It has, whatever was learned meanwhile:
// if the core refuses now, that is overridden and said.
func (e *env) hasLeft(ctx context.Context, s *session.Session, action state.Action) error {
	ctx = unhurried(ctx)
	inc, err := s.Do(ctx, action)
	var refusal *state.Refusal
	if err == nil {
		return e.printNew(inc, inc.Head.Seq-1)
	}
	command := action.Command.(state.SendNotice)
	if errors.As(err, &refusal) {
		action.Override = "it had left when this became known"
		if inc, err = s.Do(ctx, action); err == nil {
			fmt.Fprintf(e.err, "muster: the notice was SENT. While it was on its way something changed: %s\n", clean.Line(refusal.Text))
			return e.printNew(inc, inc.Head.Seq-1)
		}
	}
	note := state.AddNote{Text: fmt.Sprintf("Notice %s, version %d, was sent by %s, and could not be recorded as sent: %v", command.Notice, command.Version, command.Channel, err)}
	if _, noteErr := s.Do(ctx, state.Action{Command: note}); noteErr != nil {
		err = errors.Join(err, noteErr)
	}
	return fmt.Errorf("the notice was SENT by %s, but that could not be recorded: %v", command.Channel, err)
}
