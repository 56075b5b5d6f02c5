package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/session"
)

// This file has the libraries of runbooks and scenarios, and the files that stand for
// one of theirs.

// library is the layered library: built in, the person's own, --runbooks.
func (e *env) library() *runbooks.Library {
	layers := []runbooks.Layer{runbooks.Builtin()}
	own := e.config.Runbooks
	if own == "" && e.configDir() != "" {
		own = filepath.Join(e.configDir(), "runbooks")
	}
	if own != "" {
		layers = append(layers, runbooks.Layer{Name: "yours", FS: os.DirFS(own), Dir: own})
	}
	if dir := e.flags.runbooks; dir != "" {
		layers = append(layers, runbooks.Layer{Name: dir, FS: os.DirFS(dir), Dir: dir})
	}
	return runbooks.Open(layers...)
}

// source is the runbook that is meant: an id of the library, or a file.
func (e *env) source(id string) (*runbooks.Source, error) {
	if strings.HasSuffix(id, ".toml") || strings.ContainsRune(id, filepath.Separator) {
		return readRunbook(id)
	}
	source, _, err := e.library().Load(id)
	return source, err
}

// readRunbook reads a runbook from a file outside the library.
func readRunbook(path string) (*runbooks.Source, error) {
	data, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	book, problems := runbooks.Parse(path, data)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	head := runbooks.Head{ID: book.ID, Title: book.Title, Severity: book.Severity, Layer: "file", Path: path}
	return &runbooks.Source{Head: head, Text: data, Runbook: book, SHA256: state.Sum(data).String()}, nil
}

// scenarioLibrary is the layered library of scenarios: built in, the person's own, and
// the folder scenarios in --runbooks.
func scenarioLibrary(e *env) *runbooks.ScenarioLibrary {
	layers := []runbooks.Layer{runbooks.BuiltinScenarios()}
	if dir := e.configDir(); dir != "" {
		own := filepath.Join(dir, "scenarios")
		layers = append(layers, runbooks.Layer{Name: "yours", FS: os.DirFS(own), Dir: own})
	}
	if e.flags.runbooks != "" {
		dir := filepath.Join(e.flags.runbooks, "scenarios")
		layers = append(layers, runbooks.Layer{Name: dir, FS: os.DirFS(dir), Dir: dir})
	}
	return runbooks.OpenScenarios(layers...)
}

// findScenario is the scenario that is meant: an id of the library, or a file.
func findScenario(ctx context.Context, e *env, id string) (*runbooks.ScenarioSource, error) {
	if !strings.HasSuffix(id, ".toml") && !strings.ContainsRune(id, filepath.Separator) {
		return scenarioLibrary(e).Load(ctx, id)
	}
	text, err := readBounded(id)
	if err != nil {
		return nil, err
	}
	source := runbooks.ReadScenario("file", id, text)
	return source, source.Err
}

// scenarioOf is the scenario that a drill's first entry seals; nil if it has none.
// If it does not lie beside the log, the library's is taken, if it is the same.
func scenarioOf(ctx context.Context, e *env, s *session.Session) (*runbooks.Scenario, error) {
	scenario, _, err := s.Scenario(ctx)
	if err == nil || !errors.Is(err, state.ErrNoFile) {
		return scenario, err
	}
	sealed := s.Incident().Exercise.Scenario
	source, loadErr := scenarioLibrary(e).Load(ctx, sealed.ID)
	if loadErr != nil || source.SHA256 != sealed.SHA256.String() {
		return nil, hint(fmt.Errorf("the scenario %s does not lie beside the log: %w", sealed.ID, err),
			"Put its file, the one with SHA-256 %s, into the folder of your scenarios.", sealed.SHA256)
	}
	return source.Scenario, nil
}

// scenarioBeside is scenarioOf for a drill whose session somebody else has.
func scenarioBeside(ctx context.Context, e *env, inc *state.Incident) (*runbooks.Scenario, error) {
	if inc.Exercise.Scenario == nil {
		return nil, nil
	}
	store, err := e.store()
	if err != nil {
		return nil, err
	}
	s, err := session.Open(ctx, store, inc.ID, true, e.sessionOf("nobody"))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return scenarioOf(ctx, e, s)
}
