package session

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"muster/state"
)

// Rescue carries the log on from what is in memory, with an entry that says so: after
// state.ErrNotSaved in place, if dir is empty, or else below dir, another state
// directory. There it lies where every incident lies, with its evidence, and whatever
// opens dir as a state directory finds it. The action that was not saved is the
// person's to repeat; see [Session.Do].
//
// A log that is only read can be carried on below dir too.
func (s *Session) Rescue(ctx context.Context, dir string) (*state.Incident, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rescuer, ok := s.log.(state.Rescuer)
	if !ok {
		return s.Incident(), errors.New("this store cannot carry a log on elsewhere")
	}
	if dir != "" {
		var err error
		if dir, err = filepath.Abs(dir); err != nil {
			return s.Incident(), err
		}
	}
	log, err := rescuer.Rescue(ctx, s.Incident().Log, dir)
	if err != nil {
		return s.Incident(), err
	}
	s.log, s.failed = log, nil
	if dir != "" {
		s.moved, s.stayed = dir, s.bringEvidence(ctx)
	}
	if err := s.load(ctx); err != nil {
		return s.Incident(), err
	}
	err = s.recordMachine(ctx)
	return s.Incident(), err
}

// Moved is the state directory in which the log goes on since a rescue; "" if it is
// where it was. stayed says of each file of evidence that could not be brought along
// why not.
func (s *Session) Moved() (dir string, stayed []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.moved, s.stayed
}

// Aside writes all entries that are known here into a file that is no incident's log,
// and says which: for when the log was changed by something else and nobody rescues
// it. [Session.Rescue] and muster rescue go on with such a file.
func (s *Session) Aside(ctx context.Context) (path string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rescuer, ok := s.log.(state.Rescuer)
	if !ok {
		return "", errors.New("this store cannot write a log aside")
	}
	return rescuer.Aside(ctx, s.Incident().Log)
}

// bringEvidence copies the evidence beside the log that was moved, and says what could
// not be read. The log has the hashes, so that a file found later is still proven.
func (s *Session) bringEvidence(ctx context.Context) (stayed []string) {
	seen := map[state.Hash]bool{}
	bring := func(what string, sum state.Hash) {
		if seen[sum] {
			return
		}
		seen[sum] = true
		if err := s.bring(ctx, sum); err != nil {
			stayed = append(stayed, fmt.Sprintf("%s stays in the old folder: %v", what, err))
		}
	}
	if sealed := s.Incident().Exercise.Scenario; sealed != nil {
		bring("the scenario "+sealed.ID, sealed.SHA256)
	}
	for _, entry := range s.Incident().Log {
		if data, ok := entry.Data.(*state.EvidenceAdded); ok {
			bring("evidence "+data.Name, data.SHA256)
		}
	}
	return stayed
}

// bring copies one file from where the log was to where it is.
func (s *Session) bring(ctx context.Context, sum state.Hash) error {
	file, err := s.log.Evidence(ctx, sum)
	if err != nil {
		return err
	}
	defer file.Close()
	_, _, err = s.log.PutEvidence(ctx, file)
	return err
}
