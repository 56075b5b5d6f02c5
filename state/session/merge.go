package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"sync"

	"muster/state"
	"muster/state/sorted"
)

// A Branch is another log of the session's incident, from which entries are taken over.
type Branch struct {
	Incident *state.Incident
	Source   string                   // where it lies, as the log will say
	Lines    iter.Seq2[[]byte, error] // the verified lines, as they lie
	// Evidence opens a file that lies beside the branch; state.ErrNoFile if it does not.
	Evidence func(ctx context.Context, sum state.Hash) (io.ReadCloser, error)

	file    state.Hash   // of its lines, once they are kept
	missing []state.Kept // files that do not lie beside it
}

// A Merged says what came of merging.
type Merged struct {
	state.Merging
	Incident *state.Incident // as it is now
	Entry    uint64          // log.merged; 0 if there was nothing to take over
	Missing  []state.Kept    // files that entries record and that did not lie beside the branch
}

// Merge takes the entries of branches over that the log does not have: each branch's lines
// are put beside the log and recorded, its files beside them, and then its entries
// appended, all at once, each with where it was recorded, and the entry that says so. Of
// a branch that has none, nothing is written. What came of each is told in their order.
func (s *Session) Merge(ctx context.Context, branches []Branch, action state.Action) ([]Merged, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return nil, err
	}
	if err := s.load(ctx); err != nil {
		return nil, err
	}
	batcher, ok := s.log.(state.Batcher)
	if !ok {
		return nil, errors.New("this store takes no branches")
	}
	j, kept, err := s.planAndKeep(ctx, branches, action)
	if err != nil || !j.any {
		return j.merged, err // refused actions leave no trace
	}
	if err := s.prepare(ctx, action); err != nil {
		return nil, err
	}
	for _, lines := range kept {
		if err := s.recordKept(ctx, lines); err != nil {
			return nil, err
		}
	}
	return s.takeOver(ctx, batcher, branches, j, action)
}

// planAndKeep plans to take over what branches have, puts the lines of each beside the log while
// the next is planned, and then their files, and says of each branch which lacks some. Lines
// get their name only once all was planned: if one branch is refused, no line of any is kept.
func (s *Session) planAndKeep(ctx context.Context, branches []Branch, action state.Action) (joining, []state.Kept, error) {
	keepCtx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	k := keeping{planned: make(chan struct{}), room: make(chan struct{}, runtime.GOMAXPROCS(0))}
	kept, failed := make([]state.Kept, len(branches)), make([]error, len(branches))
	var group sync.WaitGroup
	j, err := s.join(branches, action, func(i int, plan *state.Merging) {
		group.Go(func() { kept[i], failed[i] = s.keepBranch(keepCtx, &k, branches[i], plan) })
	})
	if err != nil {
		stop(err)
	}
	close(k.planned)
	group.Wait()
	if err == nil {
		err = errors.Join(failed...)
	}
	for i := 0; i < len(branches) && err == nil && j.any; i++ {
		branches[i].file = kept[i].SHA256
		branches[i].missing, err = s.keepFiles(ctx, branches[i], j.merged[i].Entries)
	}
	if err != nil {
		return joining{}, nil, err
	}
	return j, sorted.Without(kept, func(k state.Kept) bool { return k.SHA256.IsZero() }), nil
}

// A keeping is what those who put the lines of branches beside the log at once have in common.
type keeping struct {
	planned chan struct{} // closed once all branches were planned, or one was refused
	room    chan struct{} // for as many as there are cores
}

// keepBranch puts the branch's lines beside the log. What is taken over as it stands in them is
// made ready meanwhile.
func (s *Session) keepBranch(ctx context.Context, k *keeping, branch Branch, plan *state.Merging) (state.Kept, error) {
	head := branch.Incident.Head
	reader := &lineReader{see: plan.Again(branch.Incident)}
	next, stop := iter.Pull2(branch.Lines)
	defer stop()
	k.room <- struct{}{}
	leave := sync.OnceFunc(func() { <-k.room })
	defer leave()
	var changed error
	reader.next, reader.end = next, func() error {
		if reader.count != head.Seq {
			changed = fmt.Errorf("the branch has changed while it was read: it had %d entries, and has %d", head.Seq, reader.count)
			return changed
		}
		leave() // waiting, for the plan or the disk, takes no core
		select {
		case <-k.planned:
		case <-ctx.Done():
		}
		return context.Cause(ctx)
	}
	sum, size, err := s.log.PutEvidence(ctx, reader)
	switch {
	case changed != nil:
		return state.Kept{}, changed
	case err != nil:
		return state.Kept{}, fmt.Errorf("the branch's lines could not be kept beside the log: %w", err)
	}
	return state.Kept{Name: fmt.Sprintf("branch-%s.jsonl", head.Hash.Code()), SHA256: sum, Size: size}, nil
}

// lineReader reads lines, each with its newline, as many at once as there is room for.
type lineReader struct {
	next  func() ([]byte, error, bool)
	rest  []byte // of a line
	keep  []byte // where rest lies
	count uint64
	see   func(line []byte) // is given each
	end   func() error      // says whether it may end, once there is no more
}

func (r *lineReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(r.rest) == 0 {
			line, err, more := r.next()
			switch {
			case !more && n > 0, err != nil && n > 0:
				r.next = func() ([]byte, error, bool) { return nil, err, more }
				return n, nil
			case !more:
				return 0, cmp.Or(r.end(), io.EOF)
			case err != nil:
				return 0, err
			}
			r.keep = append(append(r.keep[:0], line...), '\n')
			r.rest = r.keep
			r.count++
			r.see(line)
		}
		copied := copy(p[n:], r.rest)
		r.rest, n = r.rest[copied:], n+copied
	}
	return n, nil
}

// keepFiles puts the files beside the log that entries of the branch record.
func (s *Session) keepFiles(ctx context.Context, branch Branch, entries []state.Entry) (missing []state.Kept, err error) {
	for i := range entries {
		for _, file := range state.FilesOf(entries[i]) {
			if have, err := s.log.Evidence(ctx, file.SHA256); err == nil {
				have.Close()
				continue
			}
			from, err := branch.Evidence(ctx, file.SHA256)
			if errors.Is(err, state.ErrNoFile) {
				missing = append(missing, file)
				continue
			}
			if err != nil {
				return missing, err
			}
			got, _, err := s.log.PutEvidence(ctx, from)
			from.Close()
			if err == nil && got != file.SHA256 {
				err = fmt.Errorf("what lies beside the branch as sha256 %s is another file", file.SHA256)
			}
			if err != nil {
				return missing, err
			}
		}
	}
	return missing, nil
}

// recordKept records the branch's lines as evidence, unless they are: a merge before this
// one may have come so far.
func (s *Session) recordKept(ctx context.Context, kept state.Kept) error {
	for i := range s.Incident().Log {
		if data, ok := s.Incident().Log[i].Data.(*state.EvidenceAdded); ok && data.SHA256 == kept.SHA256 {
			return nil
		}
	}
	return s.record(ctx, state.Action{Command: state.AddEvidence{Name: kept.Name, SHA256: kept.SHA256, Size: kept.Size, Note: "the lines of the branch that is merged"}})
}

// takeOver appends the entries, planning anew for as long as others are faster. j is what
// was planned before.
func (s *Session) takeOver(ctx context.Context, log state.Batcher, branches []Branch, j joining, action state.Action) ([]Merged, error) {
	for range maxTries {
		if !state.Replan(s.Incident(), j.base, j.plans()) {
			var err error
			if j, err = s.join(branches, action, func(int, *state.Merging) {}); err != nil || !j.any {
				return j.merged, err
			}
		}
		lines, next, err := s.sealed(&j, branches, action)
		if err != nil {
			return nil, err
		}
		var appending sync.WaitGroup
		appending.Go(func() { err = log.AppendAll(ctx, lines) })
		state.Restate(next) // which counts only if they are there
		appending.Wait()
		switch {
		case errors.Is(err, state.ErrConflict):
			if err := s.load(ctx); err != nil {
				return nil, err
			}
			j.base = state.Head{} // it was moved already
			continue
		case err != nil:
			s.fail(err)
			return nil, err
		}
		s.publish(next)
		for i := range j.merged {
			j.merged[i].Incident, j.merged[i].Missing = next, branches[i].missing
		}
		return j.merged, nil
	}
	return nil, fmt.Errorf("%w: others wrote %d times in between; try again", state.ErrConflict, maxTries)
}

// A joining is what is to be taken over from branches, one behind the other.
type joining struct {
	base   state.Head // of the log for which it was planned
	merged []Merged
	any    bool // there is something to do
}

func (j *joining) plans() []*state.Merging {
	plans := make([]*state.Merging, len(j.merged))
	for i := range j.merged {
		plans[i] = &j.merged[i].Merging
	}
	return plans
}

// join plans to take over what branches have. planned is given each plan that takes something
// over, as soon as it is made.
func (s *Session) join(branches []Branch, action state.Action, planned func(branch int, plan *state.Merging)) (joining, error) {
	next := s.Incident().Clone()
	j := joining{base: next.Head, merged: make([]Merged, 0, len(branches))}
	more := 0
	for i := range branches {
		more += max(0, len(branches[i].Incident.Log)-len(next.Log)) + 1
	}
	next.Log = slices.Grow(next.Log, more)
	for i := range branches {
		plan, err := state.PlanMerge(next, branches[i].Incident)
		if err != nil {
			return joining{}, err
		}
		j.merged = append(j.merged, Merged{Merging: *plan, Incident: s.Incident()})
		if plan.Nothing() {
			continue
		}
		j.any = true
		for i := range plan.Entries {
			plan.Entries[i].Seq = next.Head.Seq + uint64(i) + 1
		}
		planned(i, &j.merged[i].Merging)
		if err := state.Stage(next, plan.Entries...); err != nil {
			return joining{}, err
		}
		action.Command = mergeOf(plan, &branches[i])
		entry, _, err := s.decide(next, action)
		if err != nil {
			return joining{}, err
		}
		if err := state.Stage(next, entry); err != nil {
			return joining{}, err
		}
	}
	return j, nil
}

// mergeOf says that a branch was taken over.
func mergeOf(plan *state.Merging, branch *Branch) state.MergeLog {
	head := branch.Incident.Head
	merge := state.MergeLog{Source: branch.Source, File: branch.file, Head: head.Hash, Entries: head.Seq, Common: plan.Common, Taken: len(plan.Entries), Knew: plan.Knew}
	if merge.File.IsZero() {
		merge.File = head.Hash // its lines are not kept yet
	}
	return merge
}

// sealed are the lines of what was planned, each branch's with the entry behind them that says
// so, and the incident that has them, but not yet what they add up to.
func (s *Session) sealed(j *joining, branches []Branch, action state.Action) ([]state.Line, *state.Incident, error) {
	next, now := s.Incident().Clone(), s.config.Clock.Now().UTC()
	more := len(j.merged)
	for i := range j.merged {
		more += len(j.merged[i].Entries)
	}
	next.Log = slices.Grow(next.Log, more)
	all := make([]state.Line, 0, more)
	for i := range j.merged {
		m := &j.merged[i]
		if m.Nothing() {
			continue
		}
		for i := range m.Entries {
			m.Entries[i].Recorded = now
		}
		lines, err := state.SealAll(next.Head, m.Entries, m.Bodies)
		if err != nil {
			return nil, nil, fmt.Errorf("entry %d of the branch: %w", m.Entries[len(lines)].Origin.Seq, err)
		}
		if err := state.Stage(next, m.Entries...); err != nil {
			return nil, nil, err
		}
		action.Command = mergeOf(&m.Merging, &branches[i])
		entry, line, err := s.decide(next, action)
		if err != nil {
			return nil, nil, err
		}
		if err := state.Stage(next, entry); err != nil {
			return nil, nil, err
		}
		m.Entry, all = entry.Seq, append(append(all, lines...), line)
	}
	return all, next, nil
}
