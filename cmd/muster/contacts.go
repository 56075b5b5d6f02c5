package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
)

// This file finds the person's own contacts, in contacts.toml beside the configuration.

// contactsOf are those of the incident, with the person's own over them.
func contactsOf(e *env, inc *state.Incident) ([]response.Contact, error) {
	own, err := ownContacts(e)
	if err != nil {
		return nil, err
	}
	return response.CallList(inc, own), nil
}

// ownContacts are the person's own, if there is a list of them.
func ownContacts(e *env) ([]response.Contact, error) {
	dir := e.configDir()
	if e.flags.config != "" && e.flags.config != os.DevNull {
		dir = filepath.Dir(e.flags.config)
	}
	if dir == "" {
		return nil, nil
	}
	path := filepath.Join(dir, "contacts.toml")
	data, err := readBounded(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list, problems := runbooks.ParseContacts(path, data)
	return response.OwnContacts(list), problems.Err()
}
