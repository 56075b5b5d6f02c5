package tuitest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"muster/state"
)

// This file makes copies, branches and merges of incidents in memory.

// Copies makes every incident a copy, heard last before so long.
func (d *Desk) Copies(source string, before time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.copied = &state.Copy{Source: source, Heard: d.Now().Add(-before).UTC()}
}

// Copy says what the desk was told to say.
func (s *Session) Copy() (state.Copy, bool) {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	if s.desk.copied == nil {
		return state.Copy{}, false
	}
	return *s.desk.copied, true
}

// Branch goes on in a copy.
func (s *Session) Branch(_ context.Context, action state.Action) (*state.Incident, error) {
	copied, is := s.Copy()
	command, ok := action.Command.(state.BranchLog)
	if !is || !ok {
		return nil, errors.New("it is no copy")
	}
	command.Source, command.Heard = copied.Source, copied.Heard
	action.Command = command
	if err := s.append(action, s.person); err != nil {
		return nil, err
	}
	s.desk.mu.Lock()
	s.desk.copied = nil
	s.desk.mu.Unlock()
	return s.Incident(), nil
}

// Fork begins a branch of the incident, in which other people go on.
func (s *Session) Fork(person string) error {
	inc := s.Incident().Clone()
	inc.Log = slices.Clone(inc.Log) // of which clones share what is behind its end
	s.fork = &Session{desk: s.desk, person: person, inc: inc, news: make(chan struct{})}
	return s.fork.append(state.Action{Command: state.BranchLog{Source: "ssh://box/" + s.inc.ID}}, person)
}

// Elsewhere lets a person act in the branch.
func (s *Session) Elsewhere(person string, command state.Command) error {
	return s.fork.Other(person, command)
}

// Merge takes the branch's entries over, as another process does.
func (s *Session) Merge(person string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	branch, next := s.fork.inc, s.inc.Clone()
	plan, err := state.PlanMerge(next, branch)
	if err != nil {
		return err
	}
	head := next.Head
	for i := range plan.Entries {
		e := &plan.Entries[i]
		e.Seq, e.Prev, e.Recorded = head.Seq+1, head.Hash, s.desk.Now()
		whole, _, err := state.Seal(*e)
		if err != nil {
			return fmt.Errorf("entry %d of the branch: %w", e.Origin.Seq, err)
		}
		*e, head = whole, state.Head{Seq: whole.Seq, Hash: whole.Hash}
	}
	if err := state.Stage(next, plan.Entries...); err != nil {
		return err
	}
	s.inc = next
	s.mu.Unlock()
	defer s.mu.Lock()
	return s.Other(person, state.MergeLog{Source: "/media/stick", Head: branch.Head.Hash, File: branch.Head.Hash, Entries: branch.Head.Seq,
		Common: plan.Common, Taken: len(plan.Entries), Knew: plan.Knew})
}
