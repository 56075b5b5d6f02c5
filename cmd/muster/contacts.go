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
func (e *env) privateContacts() ([]privateContact, error) {
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

// A contactView is a contact as the one who calls sees it: what the runbook says, and
// what their own contacts.toml adds.
type contactView struct {
	ID, Title, Role, Hours, Note string
	Reach                        []way
	Known                        *state.Contact // in the incident; nil if only contacts.toml has it
}

// A way is one way to reach a contact.
type way struct {
	Text    string
	Private bool // from contacts.toml: never to be written to a log
}

// contacts merges the person's own contacts over those of the incident, which come
// first and in their order, since that is the order in which to call.
func (e *env) contacts(inc *state.Incident) ([]contactView, error) {
	own, err := e.privateContacts()
	if err != nil {
		return nil, err
	}
	views := make([]contactView, 0, len(inc.Contacts)+len(own))
	at := make(map[string]int)
	for i := range inc.Contacts {
		c := &inc.Contacts[i]
		view := contactView{ID: c.ID, Title: c.Def.Title, Role: c.Def.Role, Hours: c.Def.Hours, Note: c.Def.Note, Known: c}
		for _, reach := range c.Def.Reach {
			view.Reach = append(view.Reach, way{Text: reach})
		}
		at[c.ID] = len(views)
		views = append(views, view)
	}
	for i := range own {
		index, known := at[own[i].ID]
		if !known {
			index = len(views)
			views = append(views, contactView{ID: own[i].ID, Title: own[i].ID})
		}
		views[index].merge(&own[i])
	}
	return views, nil
}

// merge puts what contacts.toml says before what the runbook does.
func (v *contactView) merge(own *privateContact) {
	for _, field := range []struct {
		into *string
		from string
	}{{&v.Title, own.Title}, {&v.Role, own.Role}, {&v.Hours, own.Hours}, {&v.Note, own.Note}} {
		if field.from != "" {
			*field.into = field.from
		}
	}
	var reach []way
	for _, text := range own.Reach {
		reach = append(reach, way{Text: text, Private: true})
	}
	v.Reach = append(reach, v.Reach...)
}
