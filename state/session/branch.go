package session

import (
	"context"
	"errors"

	"muster/state"
)

// ErrNoCopy says that a log follows no other, so that nobody needs to go on in it.
var ErrNoCopy = errors.New("it is no copy: whatever is recorded in it stands in its own log")

// Branch goes on in a copy of a log that cannot be reached: it records that, as the first
// entry of the copy's own, and has it follow the other no more. Command is a
// state.BranchLog, of which only the reason counts: what the copy follows, and when that was
// heard last, is said by the copy. The session takes entries from then on.
//
// A branching that was broken off behind the entry is brought to its end.
func (s *Session) Branch(ctx context.Context, action state.Action) (*state.Incident, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	log, ok := s.log.(state.Brancher)
	command, is := action.Command.(state.BranchLog)
	if !ok || !is {
		return s.Incident(), ErrNoCopy
	}
	if err := s.writable(); err != nil && !errors.Is(err, state.ErrCopy) {
		return s.Incident(), err
	}
	copied, follows := log.Copy()
	if !follows && s.writable() == nil {
		return s.Incident(), ErrNoCopy
	}
	if err := s.goOn(ctx, log); err != nil {
		return s.Incident(), err
	}
	if !follows { // somebody else went on in it meanwhile
		s.parting = nil
		return s.Incident(), nil
	}
	command.Source, command.Heard = copied.Source, copied.Heard
	action.Command = command
	if !s.isThere(action) {
		if action.By != "" {
			s.Be(action.By)
		}
		if err := s.record(ctx, action); err != nil && !isBranch(err) {
			return s.Incident(), err
		}
	}
	err := s.parting.branched()
	if err == nil {
		s.parting = nil
	}
	return s.Incident(), err
}

// goOn has the session write to the copy, with all that has come to it.
func (s *Session) goOn(ctx context.Context, log state.Brancher) error {
	copied := s.log.Writable()
	if copied == nil { // it was tried before
		return s.load(ctx)
	}
	own, branched, err := log.GoOn(ctx)
	if err != nil {
		return err
	}
	if err := own.Writable(); err != nil {
		return errors.Join(err, own.Close())
	}
	next := s.Incident().Clone()
	for entry, err := range own.Entries(ctx, next.Head.Seq) {
		if err == nil {
			err = next.Apply(entry)
		}
		if err != nil {
			return errors.Join(err, own.Close())
		}
	}
	was := s.log
	s.log, s.parting = own, &parting{copied, branched}
	if next.Head != s.Incident().Head {
		s.publish(next)
	}
	return was.Close()
}

// isBranch reports whether the entry that says so stands last already.
func isBranch(err error) bool {
	var refusal *state.Refusal
	return errors.As(err, &refusal) && refusal.Reason == state.AlreadySo
}
