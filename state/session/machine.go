package session

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"muster/runbooks"
	"muster/state"
)

// jump is how far the wall clock may move against the boot clock before an entry
// says so, in milliseconds.
const jump = 500

// begin makes a session that records, before what a person does, what the log must say of
// the machine and of who acts.
func begin(log state.Log, config Config) *Session {
	s := newSession(log, config)
	s.prelude = s.prepare
	return s
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

// recordMachine records, before a person's action, what the log must say of the
// machine: that its end was mended, who writes from where, and that the clock was set.
func (s *Session) recordMachine(ctx context.Context) error {
	if mended := s.log.Mended(); mended != nil && mended != s.mended {
		if err := s.record(ctx, state.Action{Command: s.mendedNow(*mended)}); err != nil {
			return err
		}
		s.mended = mended
	}
	bootAt := s.bootAt()
	// Before a session of the same boot is written down: that takes its clock for the one
	// from which the next jump counts.
	if err := s.checkClock(ctx, bootAt); err != nil {
		return err
	}
	if !s.known {
		opened := state.OpenSession{
			Program: s.config.Program, Host: s.config.Host,
			Synced: s.config.Clock.Synced(),
		}
		opened.Boot, opened.BootAt = state.HereBoot(s.Incident(), s.config.Clock.BootID(), bootAt)
		if key := s.config.Guest.Key; key != "" {
			opened.Keys = []string{key}
		}
		if log, ok := s.log.(interface{ Disk() string }); ok {
			opened.Disk = log.Disk()
		}
		if !s.recorded(opened) {
			if err := s.record(ctx, state.Action{Command: opened}); err != nil {
				return err
			}
		}
		s.known = true
	}
	return nil
}

// bootAt is the wall clock's time minus the time since boot, in milliseconds.
func (s *Session) bootAt() int64 {
	return s.config.Clock.Now().Add(-s.config.Clock.SinceBoot()).UnixMilli()
}

// recorded reports whether the log says already what opened would say, so that a
// hundred commands from one machine make one entry.
func (s *Session) recorded(opened state.OpenSession) bool {
	incident := s.Incident()
	for _, seq := range incident.Sessions {
		e := incident.Log[seq-1]
		earlier, ok := e.Data.(*state.SessionOpened)
		if !ok || e.By.Name != s.author(state.Action{Command: opened}) || e.By.Via != s.config.Via {
			continue
		}
		same := state.OpenSession(*earlier)
		same.BootAt = opened.BootAt // a jump is an entry of its own
		if reflect.DeepEqual(same, opened) {
			return true
		}
	}
	return false
}

// checkClock records that the wall clock was set since this boot's last entry.
func (s *Session) checkClock(ctx context.Context, bootAt int64) error {
	id := s.config.Clock.BootID()
	boot, at := state.HereBoot(s.Incident(), id, bootAt)
	last, ok := s.Incident().BootAt(boot)
	by := at - last
	if !ok { // as a build before the first release wrote it
		last, ok = s.Incident().BootAt(id)
		by = bootAt - last
	}
	if !ok || boot == "" {
		return nil
	}
	if -jump <= by && by <= jump {
		return nil
	}
	return s.record(ctx, state.Action{Command: state.StepClock{Boot: boot, ByMillis: by, BootAt: at}})
}

// recordPerson records that a person acts at this seat, if the log does not say so.
func (s *Session) recordPerson(ctx context.Context, person string) error {
	seat := s.config.Seat
	at, _ := s.Incident().PersonAt(seat)
	if news := seat.Known() && person != "" && !runbooks.SameName(at, person); !news && !state.Unseated(s.Incident(), seat, person) {
		return nil
	}
	if err := s.recordMachine(ctx); err != nil {
		return err
	}
	return s.record(ctx, state.Action{Command: state.ActAt(seat)})
}

// maxStayed is how many files the entry about a move names that stayed behind.
const maxStayed = 5

// mendedNow is what the entry about the log's mending is to say.
func (s *Session) mendedNow(mended state.Recovered) state.MendLog {
	if n := len(s.stayed); n > 0 {
		mended.Detail += fmt.Sprintf("; %d of its files stayed: %s", n, strings.Join(s.stayed[:min(n, maxStayed)], "; "))
	}
	return state.MendLog(mended)
}
