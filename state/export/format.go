package export

import (
	"bufio"

	"muster/state"
)

// A Format names a form in which an incident can be written out.
type Format string

// A form is all there is to know of a format: its help, completion, files and writing
// come from here. A new one is a file with its form, and its line in forms.
type form struct {
	name Format
	help string // what it is, in a few words, behind its name
	ext  string // of its files, with the dot
	is   traits
	// write writes it; nil for the log's own lines, which no incident has.
	write func(out *bufio.Writer, inc *state.Incident, opts Options) error
}

// traits are what is special about a format.
type traits uint8

const (
	forPeople traits = 1 << iota // people read it: the zone of its times and the order of its entries can be chosen
	ofEntries                    // it has one record an entry, so that it can have some of them
	forFiles                     // it is nothing for a terminal
)
