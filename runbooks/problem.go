package runbooks

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// A Level says how bad a problem is.
type Level int

// The levels. A file with an Error is not used; one with Warnings is.
const (
	Warning Level = iota
	Error
)

// String writes the level as a word.
func (l Level) String() string {
	if l == Error {
		return "error"
	}
	return "warning"
}

// A Problem is one thing that is wrong with a file. Its texts may quote the file:
// clean them before they reach a terminal.
type Problem struct {
	File   string
	Line   int // 1 for the first; 0 if not known
	Column int // in bytes, 1 for the first; 0 if not known, or the whole line is meant
	Level  Level
	Where  string // phase "contain", step "shut-down"; "" for the file as a whole
	What   string // what is wrong
	Hint   string // what to do about it; "" if What says enough
}

// String writes the problem on one line: file:line:column: where: what — hint.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	b.WriteByte(':')
	if p.Line > 0 {
		b.WriteString(strconv.Itoa(p.Line))
		b.WriteByte(':')
		if p.Column > 0 {
			b.WriteString(strconv.Itoa(p.Column))
			b.WriteByte(':')
		}
	}
	b.WriteByte(' ')
	if p.Level == Warning {
		b.WriteString("warning: ")
	}
	if p.Where != "" {
		b.WriteString(p.Where)
		b.WriteString(": ")
	}
	b.WriteString(p.What)
	if p.Hint != "" {
		b.WriteString(" — ")
		b.WriteString(p.Hint)
	}
	return b.String()
}

// Problems are all the problems of a file, in the order of its lines.
type Problems []Problem

// maxProblems bounds how many problems of one file are reported: nobody reads
// more, and a hostile file may have hundreds of thousands.
const maxProblems = 500

// HasErrors reports whether one of the problems is an Error.
func (ps Problems) HasErrors() bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Level == Error })
}

// String writes one problem a line.
func (ps Problems) String() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Err returns an error that lists the problems, warnings too, or nil if none of
// them is an Error.
func (ps Problems) Err() error {
	if !ps.HasErrors() {
		return nil
	}
	return errors.New(ps.String())
}

// sorted puts the problems in the order of their lines, and cuts off what is too
// much to read.
func (ps Problems) sorted() Problems {
	ps = inOrder(ps, func(a, b *Problem) int { return a.Line - b.Line })
	if len(ps) <= maxProblems {
		return ps
	}
	more := Problem{File: ps[0].File, Level: Error, What: "more problems", Hint: "mend those above first"}
	return append(ps[:maxProblems:maxProblems], more)
}

// inOrder is the list in the order of cmp; what is equal keeps its place. What is moved are
// pointers: the library compiles its sort anew for each large type, and once for all pointers.
func inOrder[S ~[]E, E any](list S, cmp func(a, b *E) int) S {
	order := make([]*E, len(list))
	for i := range list {
		order[i] = &list[i]
	}
	slices.SortStableFunc(order, cmp)
	sorted := make(S, len(list))
	for i, at := range order {
		sorted[i] = *at
	}
	return sorted
}

// fileProblem is a single error about a file as a whole.
func fileProblem(file string, line int, what, hint string) Problems {
	return Problems{{File: file, Line: line, Level: Error, What: what, Hint: hint}}
}
