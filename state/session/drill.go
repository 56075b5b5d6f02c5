package session

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"muster/runbooks"
	"muster/state"
)

// KeepText puts a text beside the log, durably, and describes it for an entry that
// names it. It records nothing.
func (s *Session) KeepText(ctx context.Context, name string, text []byte) (state.Kept, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return state.Kept{}, err
	}
	sum, size, err := s.log.PutEvidence(ctx, bytes.NewReader(text))
	return state.Kept{Name: name, SHA256: sum, Size: size}, err
}

// Scenario reads the drill's scenario from beside the log, and its text. Both are
// nil if the drill has none. state.ErrNoFile: it is not there. What is there and
// is not what the log's first entry sealed is an error, too.
func (s *Session) Scenario(ctx context.Context) (*runbooks.Scenario, []byte, error) {
	sealed := s.Incident().Exercise.Scenario
	if sealed == nil {
		return nil, nil, nil
	}
	file, err := s.log.Evidence(ctx, sealed.SHA256)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, runbooks.MaxFile+1))
	if err != nil {
		return nil, nil, err
	}
	if state.Sum(text) != sealed.SHA256 {
		return nil, nil, fmt.Errorf("the scenario beside the log is not the one that was sealed, sha256 %s", sealed.SHA256)
	}
	scenario, problems := runbooks.ParseScenario(sealed.ID+".toml", text)
	return scenario, text, problems.Err()
}
