package runbooks

import (
	"fmt"
	"regexp"
)

// A person's contacts.toml has contacts that no log, export or other person ever sees. One
// with the id of an incident's contact adds to it.
//
//	[[contact]]
//	id = "provider"
//	title = "The provider's desk"
//	reach = ["tel:+44…"]

// An OwnContact is a contact of a person's own list.
type OwnContact struct {
	At    Place
	ID    string   `toml:"id"`
	Title string   `toml:"title"`
	Role  string   `toml:"role"`
	Reach []string `toml:"reach"` // in the order to try them
	Hours string   `toml:"hours"`
	Note  string   `toml:"note"`
}

// contactID is how an id is written.
var contactID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// ParseContacts reads a person's own contacts; file is what the problems call it.
func ParseContacts(file string, data []byte) ([]OwnContact, Problems) {
	var own struct {
		Contacts []OwnContact `toml:"contact"`
	}
	problems := DecodeStrict(file, data, &own)
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
	return own.Contacts, problems
}
