package session

import (
	"context"
	"errors"
	"time"

	"muster/state"
)

// Wait returns as soon as an incident with more entries than after is known,
// whoever wrote them. It fails when the context ends, when what others wrote cannot be
// read, and with state.ErrChanged when what was read is not there any more. Of a log
// that was so it returns too, without an error, as soon as it has been put right.
func (s *Session) Wait(ctx context.Context, after uint64) (*state.Incident, error) {
	timer := time.NewTimer(s.untilLook(time.Now()))
	defer timer.Stop()
	wrong := errors.Is(s.Writable(), state.ErrChanged)
	for {
		news := *s.news.Load()
		if incident := s.Incident(); incident.Head.Seq > after {
			return incident, nil
		}
		select {
		case <-ctx.Done():
			return s.Incident(), ctx.Err()
		case <-news:
		case <-timer.C:
			timer.Reset(s.untilLook(time.Now()))
			if err := s.look(ctx); err != nil {
				return s.Incident(), err
			}
			if wrong && !errors.Is(s.Writable(), state.ErrChanged) {
				return s.Incident(), nil
			}
		}
	}
}

// untilLook is how long it is to the next look. At the machine itself a session looks at
// the full and at the half second, when clocks are drawn anyway: the machine wakes once for
// both. Those who come over SSH look each at a moment of their own: there may be fifty of
// them in one process, and a key must not wait until all have looked.
func (s *Session) untilLook(now time.Time) time.Duration {
	wait := now.Add(-s.beat).Truncate(poll).Add(poll + s.beat).Sub(now)
	if wait < poll/10 { // a timer that came a little early
		wait += poll
	}
	return wait
}

// look takes in what others wrote, and sees that what was read is still there. The
// latter may take a while, and keeps nobody from recording.
func (s *Session) look(ctx context.Context) error {
	s.mu.Lock()
	err := s.load(ctx)
	log := s.log
	s.mu.Unlock()
	if checker, ok := log.(state.Rechecker); ok && err == nil {
		err = checker.Recheck(ctx)
	}
	return err
}
