package state

import "muster/state/line"

// What everybody speaks of a log is named here as in [line].
type (
	Actor    = line.Actor
	Chain    = line.Chain
	Damage   = line.Damage
	Data     = line.Data
	Entry    = line.Entry
	Frame    = line.Frame
	Hash     = line.Hash
	Head     = line.Head
	Kind     = line.Kind
	Line     = line.Line
	Body     = line.Body
	Mode     = line.Mode
	Override = line.Override
	Part     = line.Part
	Parts    = line.Parts
	Reason   = line.Reason
	Salt     = line.Salt
	Salts    = line.Salts
	Sealing  = line.Sealing
	Unknown  = line.Unknown
)

// See [line].
const (
	Live  = line.Live
	Drill = line.Drill

	Facts     = line.Facts
	Names     = line.Names
	Notes     = line.Notes
	Evidence  = line.Evidence
	Procedure = line.Procedure
	AllParts  = line.AllParts

	WithheldText   = line.WithheldText
	MaxLine        = line.MaxLine
	MaxRunbookLine = line.MaxRunbookLine
)

// ErrTooLong says that the entry's line is over its limit.
var ErrTooLong = line.ErrTooLong

// Muster is the name under which the program writes what no person did.
const Muster = "muster"

// Sum is the hash of data.
func Sum(data []byte) Hash { return line.Sum(data) }

// ParseHash reads what [Hash.String] writes.
func ParseHash(text string) (Hash, error) { return line.ParseHash(text) }

// PartsOf is the set of some parts.
func PartsOf(parts ...Part) Parts { return line.PartsOf(parts...) }

// ParsePart is the part of that name.
func ParsePart(name string) (Part, bool) { return line.ParsePart(name) }
