// Package view is the one vocabulary in which an incident is given to others: to
// programs by --json, export and schema, to people by the reports that are written
// from it. A noun has one type, whoever gives it: [Step], [Service], [Notice],
// [Clock], [Contact], [Timer], [Role], [Entry], [Tally], [Head]. Where the whole log
// is told, a Record adds what the log holds of it over time.
//
// Everything is computed from a *state.Incident, and from a moment where something is
// about now. Nothing reads a clock, and nothing is written in the order of a map.
//
// # What is there, and what is not
//
//	a key that is left out   there is none: nobody did it, or it does not apply
//	null                     not known here: what would tell is withheld from this
//	                         copy of the log, or cannot be read
//	a list                   is always there; [] is none, null is not known
//	"(withheld)"             a name or a text of a person that is withheld; two of
//	                         them need not be the same
//
// A number is never 0, a text never "" and a list never [] because something is not
// known. In a struct, a pointer or list without omitempty may be null, and its tag
// null says when; what has omitempty is left out.
//
// # Names and units
//
// Keys are in snake_case. Times are RFC 3339 in UTC. Durations are whole seconds and
// their key says so; exercise times are written "+H:MM", as in scenarios. Ids are the
// runbook's own; seq numbers name entries of the log. Texts are as they were typed,
// and may hold anything. detected is when the incident began by the word of who
// opened it; opened is when its log began.
//
// [WriteSchema] writes all of it as JSON Schema 2020-12.
package view

// FormatVersion is the version of this vocabulary and of its schema. It changes when a
// field's meaning does or a field goes; fields may be added.
const FormatVersion = 2
