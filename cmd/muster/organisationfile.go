package main

import (
	"errors"
	"fmt"
	"io/fs"
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

// organisationFor is whose incident a new one is. A file with errors holds nobody up: it
// is said, and the incident begins without it. A scenario is played in the organisation
// that it is written for.
func organisationFor(e *env, scenario bool) state.Organisation {
	if scenario {
		return state.Organisation{}
	}
	org, text, err := readOrganisation(organisationPath(e))
	switch {
	case err == nil:
		return state.OrganisationOf(org, text)
	case errors.Is(err, fs.ErrNotExist):
		return state.Organisation{Name: e.config.Org}
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(e.err, "muster: %s\n", clean.Line(strings.TrimSpace(line)))
	}
	fmt.Fprintln(e.err, "  The incident begins without the organisation. See muster organisation lint.")
	return state.Organisation{Name: e.config.Org}
}

func readOrganisation(path string) (*runbooks.Organisation, []byte, error) {
	if path == "" {
		return nil, nil, fs.ErrNotExist
	}
	text, err := readBounded(path)
	if err != nil {
		return nil, nil, err
	}
	org, problems := runbooks.ParseOrganisation(path, text)
	if err := problems.Err(); err != nil {
		return nil, nil, err
	}
	return org, text, nil
}
