package tuitest

import (
	"fmt"

	"muster/state"
)

// Change has the log of every session changed by something else. What is "" has it put
// right.
func (d *Desk) Change(what string) {
	d.mu.Lock()
	d.changed = nil
	if what != "" {
		d.changed = fmt.Errorf("%w: %w: %s", state.ErrNotSaved, state.ErrChanged, what)
	}
	sessions := d.sessions
	d.mu.Unlock()
	for _, s := range sessions {
		s.mu.Lock()
		close(s.news)
		s.news = make(chan struct{})
		s.mu.Unlock()
	}
}

// sees is what Change was told, and whether the log was put right since it was asked
// last.
func (s *Session) sees() (changed error, right bool) {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	was := s.sick
	s.sick = s.desk.changed != nil
	return s.desk.changed, was && !s.sick
}
