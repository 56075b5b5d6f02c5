package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"sync"

	"muster/state"
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
	j, err := s.join(branches, action)
	if err != nil || !j.any {
		return j.merged, err // refused actions leave no trace
	}
	batcher, ok := s.log.(state.Batcher)
	if !ok {
		return nil, errors.New("this store takes no branches")
	}
	kept, err := s.keepBranches(ctx, branches, j.merged)
	if err != nil {
		return nil, err
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

// keepBranches puts the lines of branches beside the log, and their files, and says of each branch
// which lacks some.
func (s *Session) keepBranches(ctx context.Context, branches []Branch, merged []Merged) ([]state.Kept, error) {
	kept, failed := make([]state.Kept, len(branches)), make([]error, len(branches))
	var group sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range branches {
		if merged[i].Nothing() {
			continue
		}
		group.Go(func() {
			room <- struct{}{}
			kept[i], failed[i] = s.keepBranch(ctx, branches[i], &merged[i].Merging)
			<-room
		})
	}
	group.Wait()
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	for i := range branches {
		var err error
		branches[i].file = kept[i].SHA256
		if branches[i].missing, err = s.keepFiles(ctx, branches[i], merged[i].Entries); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(kept, func(k state.Kept) bool { return k.SHA256.IsZero() }), nil
}

// keepBranch puts the branch's lines beside the log. What is taken over as it stands in them is
// made ready meanwhile.
func (s *Session) keepBranch(ctx context.Context, branch Branch, plan *state.Merging) (state.Kept, error) {
	reader := &lineReader{see: plan.Again(branch.Incident)}
	next, stop := iter.Pull2(branch.Lines)
	defer stop()
	reader.next = next
	sum, size, err := s.log.PutEvidence(ctx, reader)
	if err != nil {
		return state.Kept{}, fmt.Errorf("the branch's lines could not be kept beside the log: %w", err)
	}
	head := branch.Incident.Head
	if reader.count != head.Seq {
		return state.Kept{}, fmt.Errorf("the branch has changed while it was read: it had %d entries, and has %d", head.Seq, reader.count)
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
				return 0, io.EOF
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
			if j, err = s.join(branches, action); err != nil || !j.any {
				return j.merged, err
			}
		}
		lines, next, err := s.sealed(&j, branches, action)
		if err != nil {
			return nil, err
		}
		switch err = log.AppendAll(ctx, lines); {
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
		state.Restate(next)
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

// join plans to take over what branches have.
func (s *Session) join(branches []Branch, action state.Action) (joining, error) {
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
