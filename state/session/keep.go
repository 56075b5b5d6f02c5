package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"muster/state"
	"muster/state/guard"
)

// maxEvidence bounds one file, in bytes.
const maxEvidence = 1 << 30

// Evidence opens a file that was kept beside the log. Reading ends with an error if the
// file is not what was kept.
func (s *Session) Evidence(ctx context.Context, sum state.Hash) (io.ReadCloser, error) {
	return s.log.Evidence(ctx, sum)
}

// Keep copies the file at path beside the log, durably, and describes it for an
// AddEvidence. It records nothing, and holds nobody up who records meanwhile, however
// slow the file is to read. When ctx ends it returns at once, even if the file does not
// answer; nothing is attached then. tell is told how many bytes of how many have been
// read, from another goroutine, each time that some were; nil for nobody.
func (s *Session) Keep(ctx context.Context, path string, tell func(done, all int64)) (state.AddEvidence, error) {
	type result struct {
		evidence state.AddEvidence
		err      error
	}
	over := make(chan result, 1)
	go func() { // a file on a mount that hangs cannot be interrupted
		evidence, err := s.keep(ctx, path, tell)
		over <- result{evidence, err}
	}()
	select {
	case r := <-over:
		return r.evidence, r.err
	case <-ctx.Done():
		return state.AddEvidence{}, fmt.Errorf("%s was not attached: %w", path, ctx.Err())
	}
}

// Files are the files that a person means by what they gave as the name of one: it, or those of
// which a terminal pastes the names when several are dropped on it. When ctx ends it returns at
// once, even if a file does not answer.
func (s *Session) Files(ctx context.Context, given string) []string {
	over := make(chan []string, 1)
	go func() { over <- guard.Several(given) }()
	select {
	case several := <-over:
		if several != nil {
			return several
		}
	case <-ctx.Done():
	}
	return []string{given}
}

func (s *Session) keep(ctx context.Context, path string, tell func(done, all int64)) (state.AddEvidence, error) {
	file, err := guard.Open(path)
	if err != nil {
		return state.AddEvidence{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return state.AddEvidence{}, err
	}
	if info.Size() > maxEvidence {
		return state.AddEvidence{}, fmt.Errorf("%s has %d bytes, and %d is the most: keep it elsewhere and note its SHA-256", path, info.Size(), maxEvidence)
	}
	log, err := s.place()
	if err != nil {
		return state.AddEvidence{}, err
	}
	sum, size, err := log.PutEvidence(ctx, &told{file, 0, info.Size(), tell})
	if err != nil {
		return state.AddEvidence{}, err
	}
	if now, err := s.place(); err != nil || now != log {
		return state.AddEvidence{}, errors.Join(errors.New("the log was rescued while the file was copied: attach it again"), err)
	}
	return state.AddEvidence{Name: filepath.Base(file.Name()), SHA256: sum, Size: size}, nil
}

// place is the log that takes evidence just now.
func (s *Session) place() (state.Log, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log, s.writable()
}

// told is a reader that tells how far it is.
type told struct {
	from      io.Reader
	done, all int64 // bytes
	tell      func(done, all int64)
}

func (r *told) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if r.done += int64(n); r.tell != nil && n > 0 {
		r.tell(r.done, r.all)
	}
	return n, err
}
