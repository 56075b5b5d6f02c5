package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"

	"muster/state"
)

// maxTries bounds how often one action is decided anew because others were faster.
const maxTries = 100

// Do records an action and returns the incident it leads to, once it is durable.
// It decides by the newest entries: when somebody else was faster, the action is
// decided again, and perhaps refused. The error is a *state.Refusal, or is
// state.ErrNotSaved, state.ErrReadOnly, state.ErrTooLong or the context's.
//
// Of an action that ended with state.ErrNotSaved nobody knows whether it reached
// the medium. If a rescue finds it there, repeating it as the next action says so,
// and does not record it twice.
func (s *Session) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return s.Incident(), err
	}
	if err := s.load(ctx); err != nil {
		return s.Incident(), err
	}
	if s.isThere(action) {
		return s.Incident(), nil
	}
	// Refused actions leave no trace, not even that a session was opened.
	entry, line, err := s.decide(s.Incident(), action)
	if err != nil {
		return s.Incident(), err
	}
	if err := s.prelude(ctx, action); err != nil {
		return s.Incident(), err
	}
	if line.Prev != s.Incident().Head.Hash { // the prelude wrote something
		err = s.record(ctx, action)
	} else {
		err = s.append(ctx, action, entry, line)
	}
	return s.Incident(), err
}

// record decides an action by the incident as it is, and appends it.
func (s *Session) record(ctx context.Context, action state.Action) error {
	entry, line, err := s.decide(s.Incident(), action)
	if err != nil {
		return err
	}
	return s.append(ctx, action, entry, line)
}

// append appends an action's entry, deciding again for as long as others are faster.
func (s *Session) append(ctx context.Context, action state.Action, entry state.Entry, line state.Line) error {
	for range maxTries {
		err := s.log.Append(ctx, line)
		if errors.Is(err, state.ErrConflict) {
			if err := s.load(ctx); err != nil {
				return err
			}
			if entry, line, err = s.decide(s.Incident(), action); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			s.fail(err)
			if s.pending == nil { // else a rescue failed, and there is the person's action still
				s.pending = &indeterminate{action, state.Head{Seq: line.Seq, Hash: line.Hash}}
			}
			return err
		}
		next := s.Incident().Clone()
		if err := next.Apply(entry); err != nil {
			return err
		}
		s.publish(next)
		return nil
	}
	return fmt.Errorf("%w: others wrote %d times in between; try again", state.ErrConflict, maxTries)
}

// isThere reports whether action is the one whose outcome was not known, and its entry
// is in the log after all. It is known from here on.
func (s *Session) isThere(action state.Action) bool {
	pending := s.pending
	s.pending = nil
	if pending == nil || !reflect.DeepEqual(pending.action, action) {
		return false
	}
	log := s.Incident().Log
	return pending.entry.Seq <= uint64(len(log)) && log[pending.entry.Seq-1].Hash == pending.entry.Hash
}

// fail keeps an error that ends recording: the log is damaged, or a write may be
// lost. Any other, such as a lock that is busy, left the log as it was. That the log
// was changed is not kept: the log says so itself, for as long as it is so.
func (s *Session) fail(err error) {
	var damage *state.Damage
	if errors.Is(err, state.ErrChanged) {
		return
	}
	if errors.Is(err, state.ErrNotSaved) || errors.As(err, &damage) {
		s.failed = err
	}
}

// decide makes the entry and its line.
func (s *Session) decide(incident *state.Incident, action state.Action) (state.Entry, state.Line, error) {
	stamp := state.Stamp{
		By:       state.Actor{Name: s.author(action), Via: s.config.Via},
		Seat:     s.config.Seat,
		Guest:    s.config.Guest,
		Recorded: s.config.Clock.Now(),
		Zone:     s.config.Clock.Zone(),
	}
	for i := range stamp.Salts {
		if _, err := io.ReadFull(s.config.Random, stamp.Salts[i][:]); err != nil {
			return state.Entry{}, state.Line{}, fmt.Errorf("no random numbers: %w", err)
		}
	}
	entry, err := state.Decide(incident, action, stamp)
	if err != nil {
		return state.Entry{}, state.Line{}, err
	}
	return state.Seal(entry)
}

// load takes in what others have written.
func (s *Session) load(ctx context.Context) error {
	changed, err := s.log.Changed(ctx)
	if err != nil || !changed {
		return err
	}
	next := s.Incident().Clone()
	for entry, err := range s.log.Entries(ctx, next.Head.Seq) {
		if err == nil {
			err = next.Apply(entry)
		}
		if err != nil {
			s.fail(err)
			return err
		}
	}
	if next.Head != s.Incident().Head {
		s.publish(next)
	}
	return nil
}

// author is who makes an action: what the program records of itself needs nobody.
func (s *Session) author(action state.Action) string {
	switch action.Command.(type) {
	case state.OpenSession, state.StepClock, state.MendLog:
		if s.Person() == "" {
			return state.Muster
		}
	}
	if action.By != "" {
		return action.By
	}
	return s.Person()
}
