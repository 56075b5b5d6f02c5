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
)

// organisationPath is where the organisation's file lies: beside config.toml.
func organisationPath(e *env) string {
	if e.configPath != "" {
		return filepath.Join(filepath.Dir(e.configPath), runbooks.OrganisationFile)
	}
	if dir := e.configDir(); dir != "" {
		return filepath.Join(dir, runbooks.OrganisationFile)
	}
	return ""
}

// organisationFor is whose incident a new one is: the one that was asked for, an id or a
// file; or that in which the scenario is played; else one's own. One's own file with
// errors holds nobody up: it is said, and the incident begins without it.
func organisationFor(ctx context.Context, e *env, asked string, scenario *runbooks.ScenarioSource) (state.Organisation, error) {
	if asked == "" && scenario != nil {
		if asked = scenario.Scenario.Organisation; asked == "" {
			return state.Organisation{}, nil // the runbook's examples
		}
	}
	if asked != "" {
		source, err := findOrganisation(ctx, e, asked)
		if err != nil {
			return state.Organisation{}, err
		}
		return state.OrganisationOf(source), nil
	}
	own, err := ownOrganisation(e)
	switch {
	case err == nil:
		return state.OrganisationOf(own), nil
	case errors.Is(err, fs.ErrNotExist):
		return state.Organisation{Name: e.config.Org}, nil
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(e.err, "muster: %s\n", clean.Line(strings.TrimSpace(line)))
	}
	fmt.Fprintln(e.err, "  The incident begins without the organisation. See muster organisation lint.")
	return state.Organisation{Name: e.config.Org}, nil
}

// playedIn is the organisation in which a scenario is played, unless another is asked
// for; nil if there is none.
func playedIn(ctx context.Context, e *env, scenario *runbooks.Scenario, asked string) (*runbooks.Organisation, error) {
	if asked == "" {
		asked = scenario.Organisation
	}
	if asked == "" {
		return nil, nil
	}
	source, err := findOrganisation(ctx, e, asked)
	if err != nil {
		return nil, err
	}
	return source.Organisation, nil
}

// ownOrganisation is the person's own.
func ownOrganisation(e *env) (*runbooks.OrganisationSource, error) {
	path := organisationPath(e)
	if path == "" {
		return nil, fs.ErrNotExist
	}
	return organisationIn("yours", path)
}

func organisationIn(layer, path string) (*runbooks.OrganisationSource, error) {
	text, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	source := runbooks.ReadOrganisation(layer, path, text)
	return source, source.Err
}

// organisationLibrary is the layered library of organisations: built in, the folder
// organisations beside one's own, and that in --runbooks.
func organisationLibrary(e *env) *runbooks.OrganisationLibrary {
	layers := []runbooks.Layer{runbooks.BuiltinOrganisations()}
	add := func(name, dir string) {
		dir = filepath.Join(dir, "organisations")
		layers = append(layers, runbooks.Layer{Name: name, FS: os.DirFS(dir), Dir: dir})
	}
	if dir := e.configDir(); dir != "" {
		add("yours", dir)
	}
	if e.flags.runbooks != "" {
		add(e.flags.runbooks, e.flags.runbooks)
	}
	return runbooks.OpenOrganisations(layers...)
}

// findOrganisation is the organisation that is meant: a file, an id of the library, or a
// part of an id or name.
func findOrganisation(ctx context.Context, e *env, ref string) (*runbooks.OrganisationSource, error) {
	if isPath(ref) {
		if err := e.away(); err != nil {
			return nil, err
		}
		return organisationIn("file", ref)
	}
	list, _ := organisationLibrary(e).List(ctx)
	all := make([]state.Named, len(list))
	for i, one := range list {
		if all[i].ID = one.ID; one.Organisation != nil {
			all[i].Title = one.Organisation.Name
		}
	}
	id, err := state.FindAmong(state.NounOrganisation, ref, all)
	if err != nil {
		return nil, e.orFile(err, ref)
	}
	return organisationLibrary(e).Load(ctx, id)
}

func organisationIDs(ctx context.Context, e *env) []string {
	list, _ := organisationLibrary(e).List(ctx)
	ids := make([]string, len(list))
	for i, one := range list {
		ids[i] = one.ID
	}
	return ids
}
