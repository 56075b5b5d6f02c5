package view

import "muster/runbooks"

// spellings are names as each was first written, by every way in which it was: a person
// whose name stands in another case too is one person.
type spellings map[string]string

// of is a name as it was first written.
func (s spellings) of(name string) string {
	if first, ok := s[name]; ok {
		return first
	}
	for _, first := range s {
		if runbooks.SameName(first, name) {
			s[name] = first
			return first
		}
	}
	s[name] = name
	return name
}
