package state

import (
	"fmt"
	"strings"

	"muster/runbooks"
)

// A Book is a runbook that the incident runs.
type Book struct {
	Prefix  string // "" for the first; else stands before its ids, with a colon
	Runbook *runbooks.Runbook
	Doc     Document
	Shared  *Shared // what of it is the same as what was there before; nil of the first

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

// Shared says what of an attached runbook was in the incident already when it was
// attached: by its own id, the id that it has there. Such a thing is one thing, told once
// and answered once; what is there keeps its words, and the runbook's own do not come.
// It stands in the entry, so that what was told apart then stays told apart.
type Shared struct {
	Notices   map[string]string `json:"notices,omitempty"`
	Contacts  map[string]string `json:"contacts,omitempty"`
	Clocks    map[string]string `json:"clocks,omitempty"`
	Questions map[string]string `json:"questions,omitempty"` // inputs, what steps ask, and decisions
	Steps     map[string]string `json:"steps,omitempty"`
}

// of are the ids of one noun.
func (s *Shared) of(noun Noun) map[string]string {
	switch {
	case s == nil:
	case noun == NounNotice:
		return s.Notices
	case noun == NounContact:
		return s.Contacts
	case noun == NounClock:
		return s.Clocks
	case noun == NounQuestion || noun == NounInput:
		return s.Questions
	case noun == NounStep:
		return s.Steps
	}
	return nil
}

// describe says how much is shared; "" if nothing is.
func (s *Shared) describe() string {
	if s == nil {
		return ""
	}
	var parts []string
	for _, noun := range []Noun{NounStep, NounQuestion, NounNotice, NounContact, NounClock} {
		switch n := len(s.of(noun)); n {
		case 0:
		case 1:
			parts = append(parts, "1 "+string(noun))
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", n, noun))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "; the same as what is there: " + strings.Join(parts, ", ")
}

// has reports whether something of a book is what was there before it.
func (b *Book) has(noun Noun, id string) bool {
	_, shared := b.Shared.of(noun)[id]
	return shared
}

// IDOf is the id that something of a book has in the incident: its own, or that of what
// it is the same as.
func (b *Book) IDOf(noun Noun, id string) string {
	if to, ok := b.Shared.of(noun)[id]; ok {
		return to
	}
	return b.id(id)
}

// EventID is the id in the incident of what an event of the book's clocks is about.
func (b *Book) EventID(event runbooks.Event) string {
	switch event.Kind {
	case runbooks.StepDone:
		return b.IDOf(NounStep, event.ID)
	case runbooks.AnswerGiven:
		return b.IDOf(NounQuestion, event.ID)
	case runbooks.NoticeSent:
		return b.IDOf(NounNotice, event.ID)
	case runbooks.ClockStopped:
		return b.IDOf(NounClock, event.ID)
	}
	return event.ID
}
