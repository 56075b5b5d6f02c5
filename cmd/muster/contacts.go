package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
)

// A private is the person's contacts.toml: contacts that no log, export or other
// person ever sees. One with the id of a runbook's contact adds to it.
type private struct {
	Contacts []privateContact `toml:"contact"`
}

type privateContact struct {
	At    runbooks.Place
	ID    string   `toml:"id"`
	Title string   `toml:"title"`
	Role  string   `toml:"role"`
	Reach []string `toml:"reach"`
	Hours string   `toml:"hours"`
	Note  string   `toml:"note"`
}

// contactID is how an id is written.
var contactID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// privateContacts reads contacts.toml beside the configuration, if it is there.
func privateContacts(e *env) ([]privateContact, error) {
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
	var own private
	problems := runbooks.DecodeStrict(path, data, &own)
	seen := make(map[string]bool)
	for _, c := range own.Contacts {
		if !contactID.MatchString(c.ID) {
			problems = append(problems, c.At.Problem("id", fmt.Sprintf("%q cannot be a contact's id", c.ID), "an id is a–z, 0–9 and dashes"))
		}
		if seen[c.ID] {
			problems = append(problems, c.At.Problem("id", fmt.Sprintf("there is another contact %q", c.ID), "put both into one"))
		}
		seen[c.ID] = true
	}
	return own.Contacts, problems.Err()
}

// contactsOf are those of the incident, with the person's own over them.
func contactsOf(e *env, inc *state.Incident) ([]response.Contact, error) {
	own, err := ownContacts(e)
	if err != nil {
		return nil, err
	}
	return response.CallList(inc, own), nil
}

// ownContacts are the person's own.
func ownContacts(e *env) ([]response.Contact, error) {
	list, err := privateContacts(e)
	own := make([]response.Contact, 0, len(list))
	for _, c := range list {
		one := response.Contact{ID: c.ID, Title: c.Title, Role: c.Role, Hours: c.Hours, Note: c.Note}
		for _, text := range c.Reach {
			one.Reach = append(one.Reach, response.Way{Text: text, Private: true})
		}
		own = append(own, one)
	}
	return own, err
}
