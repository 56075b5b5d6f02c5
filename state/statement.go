package state

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// SignatureNamespace is the namespace of signatures under a [Statement]: what is
// signed for it is taken for nothing else, and nothing else for it.
const SignatureNamespace = "muster-head"

// A Statement is what a person signs to vouch for a log up to an entry. Written out
// it is four lines, each ended by a newline:
//
//	muster head v1
//	incident 2026-11-24-amber-heron
//	entries 42
//	head (64 lower-case hexadecimal digits)
type Statement struct {
	Incident string // its id: a to z, 0 to 9 and -
	Head     Head   // Seq is how many entries there were, at least one
}

// maxStatement is how long a statement can be, in bytes.
const maxStatement = 512

var errStatement = errors.New("this is no statement of a head")

// Text writes the statement. It fails if the incident's id could not be read back:
// a log from elsewhere may claim any.
func (s Statement) Text() ([]byte, error) {
	text := fmt.Appendf(nil, "muster head v1\nincident %s\nentries %d\nhead %s\n", s.Incident, s.Head.Seq, s.Head.Hash)
	if !plainID(s.Incident) || s.Head.Seq == 0 || len(text) > maxStatement {
		return nil, fmt.Errorf("no statement can be made of the incident %q with %d entries", s.Incident, s.Head.Seq)
	}
	return text, nil
}

// ParseStatement reads what Text writes, and nothing else: no other spelling, no
// other line end, nothing before or behind.
func ParseStatement(text []byte) (Statement, error) {
	lines := strings.Split(string(text[:min(len(text), maxStatement)]), "\n")
	if len(lines) != 5 {
		return Statement{}, errStatement
	}
	var s Statement
	var err error
	s.Incident = strings.TrimPrefix(lines[1], "incident ")
	if s.Head.Seq, err = strconv.ParseUint(strings.TrimPrefix(lines[2], "entries "), 10, 64); err != nil {
		return Statement{}, errStatement
	}
	if s.Head.Hash, err = ParseHash(strings.TrimPrefix(lines[3], "head ")); err != nil {
		return Statement{}, errStatement
	}
	if again, err := s.Text(); err != nil || !bytes.Equal(again, text) {
		return Statement{}, errStatement
	}
	return s, nil
}
