package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/session"
)

// This file has the libraries of runbooks and scenarios, and the files that stand for
// one of theirs.

// library is the layered library: built in, the person's own, --runbooks.
func (e *env) library() *runbooks.Library {
	layers := []runbooks.Layer{runbooks.Builtin()}
	own, named := e.fromHome(e.config.Runbooks), e.config.Runbooks != ""
	if own == "" && e.configDir() != "" {
		own = filepath.Join(e.configDir(), "runbooks")
	}
	if own != "" {
		layers = append(layers, runbooks.Layer{Name: "yours", FS: os.DirFS(own), Dir: own, Named: named, Memory: e.headsOf(own)})
	}
	if dir := e.flags.runbooks; dir != "" {
		layers = append(layers, runbooks.Layer{Name: dir, FS: os.DirFS(dir), Dir: dir, Named: true, Memory: e.headsOf(dir)})
	}
	return runbooks.Open(layers...)
}

// haveRunbooks refuses a folder in --runbooks that is not there, on every command: else
// the built-in runbooks would be used without a word.
func (e *env) haveRunbooks() error {
	if e.flags.runbooks == "" || e.visit != nil {
		return nil
	}
	e.flags.runbooks = e.fromHome(e.flags.runbooks)
	info, err := os.Stat(e.flags.runbooks)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", e.flags.runbooks)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no folder %s", e.flags.runbooks)
	}
	if err != nil {
		return usage(hint(err, "Name another with --runbooks, or leave it out."))
	}
	return nil
}

// source is the runbook that a person means: a file, an id of the library, or a part of
// an id or title.
func (e *env) source(ctx context.Context, ref string) (*runbooks.Source, error) {
	if isPath(ref) {
		return e.readRunbook(ref)
	}
	source, _, err := e.shelved(ctx, ref)
	return source, err
}

// shelved is what the library has of what a person means, and what is wrong with it.
func (e *env) shelved(ctx context.Context, ref string) (*runbooks.Source, runbooks.Problems, error) {
	lib := e.library()
	source, problems, err := lib.Load(ref)
	if errors.Is(err, runbooks.ErrNone) {
		id, none := state.FindAmong(state.NounRunbook, ref, runbookNames(ctx, lib))
		if none != nil {
			return nil, nil, e.orFile(none, ref)
		}
		ref = id
		source, problems, err = lib.Load(id)
	}
	return source, problems, orInstead(lib, ref, err)
}

// orInstead has the good runbook of an id, if there is one, with why the first cannot be used.
func orInstead(lib *runbooks.Library, id string, err error) error {
	if err == nil {
		return nil
	}
	if good, ok := lib.LastGood(id); ok {
		return brokenError{err, good}
	}
	return err
}

// A brokenError says why a runbook cannot be used, and has the one of the same id that can.
type brokenError struct {
	error
	instead *runbooks.Source
}

func (b brokenError) Unwrap() error { return b.error }

// toUse is the runbook that an incident runs: with --last-good, the one that stands in for
// a broken one.
func (e *env) toUse(ctx context.Context, ref string, lastGood bool) (*runbooks.Source, error) {
	source, err := e.source(ctx, ref)
	var broken brokenError
	if !errors.As(err, &broken) {
		return source, err
	}
	if !lastGood {
		return nil, hint(err, "The runbook %s that is %s is good; take it with --last-good.", broken.instead.ID, broken.instead.Layer)
	}
	_, err = fmt.Fprintf(e.err, "muster: %s\n  Instead of it the one that is %s is taken.\n", clean.Text(broken.Error()), clean.Line(broken.instead.Layer))
	return broken.instead, err
}

// runbook is the runbook that a file names: by its whole id.
func (e *env) runbook(ctx context.Context, id string) (*runbooks.Source, error) {
	if isPath(id) {
		return e.readRunbook(id)
	}
	lib := e.library()
	source, _, err := lib.Load(id)
	if errors.Is(err, runbooks.ErrNone) {
		return nil, state.NotThere(state.NounRunbook, id, runbookNames(ctx, lib))
	}
	return source, orInstead(lib, id, err)
}

func runbookNames(ctx context.Context, lib *runbooks.Library) []state.Named {
	heads, _ := lib.List(ctx)
	all := make([]state.Named, len(heads))
	for i, h := range heads {
		all[i] = state.Named{ID: h.ID, Title: h.Title}
	}
	return all
}

// isPath reports whether what a person gave is a path, and no id: it has a separator or
// a dot, which no id has.
func isPath(what string) bool {
	return strings.ContainsRune(what, filepath.Separator) || strings.ContainsAny(what, "./")
}

// orFile says, of a name that nothing has, that there is a file of this name here. Whoever
// sits elsewhere is not told what lies here.
func (p *process) orFile(err error, what string) error {
	if p.visit != nil {
		return err
	}
	if info, statErr := os.Stat(what); what != "" && !isPath(what) && statErr == nil && !info.IsDir() {
		return hint(err, "If you mean the file of that name here, give it as a path: .%c%s", filepath.Separator, what)
	}
	return err
}

// readRunbook reads a runbook from a file outside the library.
func (s *settings) readRunbook(path string) (*runbooks.Source, error) {
	data, err := s.readNamed(path)
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

// layers are what is built in, the person's own folder of that name, and the one in
// --runbooks.
func (e *env) layers(builtin runbooks.Layer, folder string) []runbooks.Layer {
	layers := []runbooks.Layer{builtin}
	if dir := e.configDir(); dir != "" {
		own := filepath.Join(dir, folder)
		layers = append(layers, runbooks.Layer{Name: "yours", FS: os.DirFS(own), Dir: own})
	}
	if e.flags.runbooks != "" {
		dir := filepath.Join(e.flags.runbooks, folder)
		layers = append(layers, runbooks.Layer{Name: dir, FS: os.DirFS(dir), Dir: dir})
	}
	return layers
}

// scenarioLibrary is the layered library of scenarios: built in, the person's own, and
// the folder scenarios in --runbooks.
func scenarioLibrary(e *env) *runbooks.ScenarioLibrary {
	return runbooks.OpenScenarios(e.layers(runbooks.BuiltinScenarios(), "scenarios")...)
}

// findScenario is the scenario that is meant: a file, an id of the library, or a part of
// an id or title. A source comes with its error, if it could be read at all.
func findScenario(ctx context.Context, e *env, ref string) (*runbooks.ScenarioSource, error) {
	if isPath(ref) {
		text, err := e.readNamed(ref)
		if err != nil {
			return nil, err
		}
		source := runbooks.ReadScenario("file", ref, text)
		return source, source.Err
	}
	lib := scenarioLibrary(e)
	source, err := lib.Load(ctx, ref)
	if !errors.Is(err, runbooks.ErrNone) {
		return source, err
	}
	if !e.foresees() { // what there is else is not told either
		return nil, hint(state.NotThere(state.NounScenario, ref, nil), "Say its whole id, as whoever runs the drill tells it.")
	}
	list, _ := lib.List(ctx)
	all := make([]state.Named, len(list))
	for i, one := range list {
		if all[i].ID = one.ID; one.Scenario != nil {
			all[i].Title = one.Scenario.Title
		}
	}
	id, err := state.FindAmong(state.NounScenario, ref, all)
	if err != nil {
		return nil, e.orFile(err, ref)
	}
	return lib.Load(ctx, id)
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
