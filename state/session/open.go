package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/state"
)

// Open opens an incident that exists. With watch nothing can be recorded and
// nothing on disk is touched. A damaged log opens as far as it is good, and
// Writable says what is wrong.
func Open(ctx context.Context, store state.Store, id string, watch bool, config Config) (*Session, error) {
	log, incident, err := state.Load(ctx, store, id, watch)
	if log == nil {
		return nil, err
	}
	s := begin(log, config)
	var damage *state.Damage
	if err != nil && !errors.As(err, &damage) || len(incident.Log) == 0 {
		return nil, errors.Join(err, log.Close())
	}
	if err != nil {
		s.failed = err
	} else if watch {
		s.failed = fmt.Errorf("%w: %s", state.ErrReadOnly, whyWatched(config.Guest))
	}
	s.publish(incident)
	s.recall()
	if log.Mended() != nil && s.Writable() == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s, s.recordMachine(ctx)
	}
	return s, nil
}

// whyWatched says why nothing is recorded where an incident is watched.
func whyWatched(g state.Guest) string {
	if g != (state.Guest{}) && !g.Access.Acts() {
		return "you are here as an observer, and record nothing"
	}
	return "it is only being watched"
}

// Create opens a new incident. The command's ID may be empty: then one is made
// from the date and two plain words.
func Create(ctx context.Context, store state.Store, command state.OpenIncident, detected time.Time, config Config) (*Session, error) {
	made := command.ID == ""
	for try := 0; ; try++ {
		if made {
			id, err := NewID(config.Clock.Now(), config.Random)
			if err != nil {
				return nil, err
			}
			command.ID = id
		}
		s, err := create(ctx, store, state.Action{Command: command, Occurred: detected}, config)
		if made && errors.Is(err, state.ErrExists) && try < 20 {
			continue
		}
		return s, err
	}
}

func create(ctx context.Context, store state.Store, action state.Action, config Config) (*Session, error) {
	s := begin(nil, config)
	entry, line, err := s.decide(nil, action)
	if err != nil {
		return nil, err
	}
	incident := new(state.Incident)
	if err := incident.Apply(entry); err != nil {
		return nil, err
	}
	s.log, err = store.Create(ctx, incident.ID, line)
	if err != nil {
		return nil, err
	}
	s.publish(incident)
	// So that what comes next at this terminal is this person's. If it fails, the session
	// says so with the next act.
	_ = s.recordPerson(ctx, s.Person())
	return s, nil
}
