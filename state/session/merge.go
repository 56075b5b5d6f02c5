package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"muster/state"
)

// A Branch is another log of the session's incident, from which entries are taken over.
type Branch struct {
	Incident *state.Incident
	Source   string                   // where it lies, as the log will say
	Lines    iter.Seq2[[]byte, error] // the verified lines, as they lie
	// Evidence opens a file that lies beside the branch; state.ErrNoFile if it does not.
	Evidence func(ctx context.Context, sum state.Hash) (io.ReadCloser, error)
}

// A Merged says what came of merging.
type Merged struct {
	state.Merging
	Incident *state.Incident // as it is now
	Entry    uint64          // log.merged; 0 if there was nothing to take over
	Missing  []state.Kept    // files that entries record and that did not lie beside the branch
}

// Merge takes the entries of a branch over that the log does not have: the branch's lines
// are put beside the log and recorded, its files beside them, and then its entries
// appended, all at once, each with where it was recorded, and the entry that says so. If
// there are none, nothing happens.
func (s *Session) Merge(ctx context.Context, branch Branch, action state.Action) (Merged, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return Merged{}, err
	}
	if err := s.load(ctx); err != nil {
		return Merged{}, err
	}
	plan, err := state.PlanMerge(s.Incident(), branch.Incident)
	if err != nil || plan.Nothing() {
		return Merged{Merging: deref(plan), Incident: s.Incident()}, err
	}
	batcher, ok := s.log.(state.Batcher)
	if !ok {
		return Merged{}, errors.New("this store takes no branches")
	}
	merge := state.MergeLog{Source: branch.Source, Head: branch.Incident.Head.Hash, Entries: branch.Incident.Head.Seq, File: branch.Incident.Head.Hash, Common: plan.Common}
	action.Command = merge
	if _, _, err := s.decide(s.Incident(), action); err != nil {
		return Merged{}, err // refused actions leave no trace
	}
	kept, err := s.keepBranch(ctx, branch)
	if err != nil {
		return Merged{}, err
	}
	merge.File = kept.SHA256
	missing, err := s.keepFiles(ctx, branch, plan.Entries)
	if err != nil {
		return Merged{}, err
	}
	if err := s.prepare(ctx, action); err != nil {
		return Merged{}, err
	}
	if err := s.recordKept(ctx, kept); err != nil {
		return Merged{}, err
	}
	merged, err := s.takeOver(ctx, batcher, branch.Incident, merge, action)
	merged.Missing = missing
	return merged, err
}

func deref(plan *state.Merging) state.Merging {
	if plan == nil {
		return state.Merging{}
	}
	return *plan
}

// keepBranch puts the branch's lines beside the log.
func (s *Session) keepBranch(ctx context.Context, branch Branch) (state.Kept, error) {
	reader := &lineReader{}
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

// lineReader reads lines, each with its newline.
type lineReader struct {
	next  func() ([]byte, error, bool)
	rest  []byte
	count uint64
}

func (r *lineReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		line, err, more := r.next()
		if !more {
			return 0, io.EOF
		}
		if err != nil {
			return 0, err
		}
		r.rest = append(bytes.Clone(line), '\n')
		r.count++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
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

// takeOver appends the entries, planning anew for as long as others are faster.
func (s *Session) takeOver(ctx context.Context, log state.Batcher, branch *state.Incident, merge state.MergeLog, action state.Action) (Merged, error) {
	for range maxTries {
		plan, err := state.PlanMerge(s.Incident(), branch)
		if err != nil || plan.Nothing() {
			return Merged{Merging: deref(plan), Incident: s.Incident()}, err
		}
		lines, next, err := s.sealed(plan, merge, action)
		if err != nil {
			return Merged{}, err
		}
		switch err = log.AppendAll(ctx, lines); {
		case errors.Is(err, state.ErrConflict):
			if err := s.load(ctx); err != nil {
				return Merged{}, err
			}
			continue
		case err != nil:
			s.fail(err)
			return Merged{}, err
		}
		s.publish(next)
		return Merged{Merging: *plan, Incident: next, Entry: next.Head.Seq}, nil
	}
	return Merged{}, fmt.Errorf("%w: others wrote %d times in between; try again", state.ErrConflict, maxTries)
}

// sealed are the lines of a plan and of the entry behind them that says so, and the
// incident that they lead to.
func (s *Session) sealed(plan *state.Merging, merge state.MergeLog, action state.Action) ([]state.Line, *state.Incident, error) {
	next := s.Incident().Clone()
	head, now := next.Head, s.config.Clock.Now().UTC()
	lines := make([]state.Line, 0, len(plan.Entries)+1)
	for i := range plan.Entries {
		e := &plan.Entries[i]
		e.Seq, e.Prev, e.Recorded = head.Seq+1, head.Hash, now
		whole, line, err := state.Seal(*e)
		if err != nil {
			return nil, nil, fmt.Errorf("entry %d of the branch: %w", e.Origin.Seq, err)
		}
		*e, head = whole, state.Head{Seq: whole.Seq, Hash: whole.Hash}
		lines = append(lines, line)
	}
	if err := state.Extend(next, plan.Entries); err != nil {
		return nil, nil, err
	}
	merge.Common, merge.Taken, merge.Knew = plan.Common, len(plan.Entries), plan.Knew
	action.Command = merge
	entry, line, err := s.decide(next, action)
	if err != nil {
		return nil, nil, err
	}
	return append(lines, line), next, next.Apply(entry)
}
