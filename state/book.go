package state

import "muster/runbooks"

// A Book is a runbook that the incident runs.
type Book struct {
	Prefix  string // "" for the first; else stands before its ids, with a colon
	Runbook *runbooks.Runbook
	Doc     Document

	when map[*runbooks.Step]runbooks.Condition // the parsed conditions
}

// id is an id of the book's as it stands in the incident.
func (b *Book) id(id string) string {
	if b.Prefix == "" {
		return id
	}
	return b.Prefix + ":" + id
}

// A Document is a runbook's text as it lay in its file, kept in the log so that
// the incident never depends on a file that may change.
type Document struct {
	ID     string `json:"id"`                    // the runbook's id
	Source string `json:"source" part:"runbook"` // where it came from: "built in", or a layer and path
	SHA256 Hash   `json:"sha256" part:"runbook"` // of Text
	Text   string `json:"text" part:"runbook"`   // the TOML, verbatim
}

// A source is what a runbook is read from. The hash that a log says it has does not
// tell two apart: it may be withheld, or not be theirs.
type source struct{ id, text string }

// A Phase is a phase of one of the incident's runbooks.
type Phase struct {
	ID     string // with the book's prefix
	Number int    // 1 for the first
	Book   int    // index in Books
	Def    *runbooks.Phase
	First  int // index in Steps of its first step
	Count  int // how many steps it has
}
