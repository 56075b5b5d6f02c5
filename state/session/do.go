package session

import (
	"context"

	"muster/state"
)

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
	if err := s.prepare(ctx, action); err != nil {
		return s.Incident(), err
	}
	if line.Prev != s.Incident().Head.Hash { // the prelude wrote something
		err = s.record(ctx, action)
	} else {
		err = s.append(ctx, action, entry, line)
	}
	return s.Incident(), err
}

// prepare records what comes before an action: of the machine, and who acts.
func (s *Session) prepare(ctx context.Context, action state.Action) error {
	if action.By != "" {
		s.Be(action.By)
	}
	if _, is := action.Command.(state.BranchLog); is {
		return nil // that people went on here is the first thing that is recorded here
	}
	if err := s.recordMachine(ctx); err != nil {
		return err
	}
	if _, is := action.Command.(state.ActAt); is || action.Own {
		return nil
	}
	return s.recordPerson(ctx, s.Person())
}
