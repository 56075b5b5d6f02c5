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

	file state.Hash // of its lines, once they are kept
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
	j, err := s.join(branches, action, false)
	if err != nil || !j.any {
		return j.merged, err // refused actions leave no trace
	}
	batcher, ok := s.log.(state.Batcher)
	if !ok {
		return nil, errors.New("this store takes no branches")
	}
	missing := make([][]state.Kept, len(branches))
	var kept []state.Kept
	for i := range branches {
		if j.merged[i].Nothing() {
			continue
		}
		lines, err := s.keepBranch(ctx, branches[i])
		if err != nil {
			return nil, err
		}
		kept = append(kept, lines)
		branches[i].file = lines.SHA256
		if missing[i], err = s.keepFiles(ctx, branches[i], j.merged[i].Entries); err != nil {
			return nil, err
		}
	}
	if err := s.prepare(ctx, action); err != nil {
		return nil, err
	}
	for _, lines := range kept {
		if err := s.recordKept(ctx, lines); err != nil {
			return nil, err
		}
	}
	merged, err := s.takeOver(ctx, batcher, branches, action)
	for i := range merged {
		merged[i].Missing = missing[i]
	}
	return merged, err
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
func (s *Session) takeOver(ctx context.Context, log state.Batcher, branches []Branch, action state.Action) ([]Merged, error) {
	for range maxTries {
		j, err := s.join(branches, action, true)
		if err != nil || !j.any {
			return j.merged, err
		}
		switch err = log.AppendAll(ctx, j.lines); {
		case errors.Is(err, state.ErrConflict):
			if err := s.load(ctx); err != nil {
				return nil, err
			}
			continue
		case err != nil:
			s.fail(err)
			return nil, err
		}
		state.Restate(j.next)
		s.publish(j.next)
		for i := range j.merged {
			j.merged[i].Incident = j.next
		}
		return j.merged, nil
	}
	return nil, fmt.Errorf("%w: others wrote %d times in between; try again", state.ErrConflict, maxTries)
}

// A joining is what merging leads to.
type joining struct {
	merged []Merged
	any    bool            // there is something to do
	lines  []state.Line    // that it takes, if they are sealed
	next   *state.Incident // with their entries, and not yet with what these add up to
}

// join plans to take over what branches have, one after the other, and with seal makes the
// lines of it.
func (s *Session) join(branches []Branch, action state.Action, seal bool) (joining, error) {
	j := joining{next: s.Incident().Clone(), merged: make([]Merged, 0, len(branches))}
	for i := range branches {
		plan, err := state.PlanMerge(j.next, branches[i].Incident)
		if err != nil {
			return joining{}, err
		}
		merged := Merged{Merging: *plan, Incident: s.Incident()}
		if !plan.Nothing() {
			if err := s.takeBranch(&j, plan, &branches[i], action, seal); err != nil {
				return joining{}, err
			}
			merged.Entry, j.any = j.next.Head.Seq, true
		}
		j.merged = append(j.merged, merged)
	}
	return j, nil
}

// takeBranch takes the entries of a plan, and the entry behind them that says so.
func (s *Session) takeBranch(j *joining, plan *state.Merging, branch *Branch, action state.Action, seal bool) error {
	head, now := j.next.Head, s.config.Clock.Now().UTC()
	for i := range plan.Entries {
		plan.Entries[i].Recorded, plan.Entries[i].Seq = now, head.Seq+uint64(i)+1
	}
	if seal {
		lines, err := state.SealAll(head, plan.Entries)
		if err != nil {
			return fmt.Errorf("entry %d of the branch: %w", plan.Entries[len(lines)].Origin.Seq, err)
		}
		j.lines = append(j.lines, lines...)
	}
	if err := state.Stage(j.next, plan.Entries...); err != nil {
		return err
	}
	head = branch.Incident.Head
	merge := state.MergeLog{Source: branch.Source, File: branch.file, Head: head.Hash, Entries: head.Seq, Common: plan.Common, Taken: len(plan.Entries), Knew: plan.Knew}
	if merge.File.IsZero() {
		merge.File = head.Hash // its lines are not kept yet
	}
	action.Command = merge
	entry, line, err := s.decide(j.next, action)
	if err != nil {
		return err
	}
	j.lines = append(j.lines, line)
	return state.Stage(j.next, entry)
}
