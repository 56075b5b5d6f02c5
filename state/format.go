package state

import "muster/state/line"

// What everybody speaks of a log is named here as in [line].
type (
	Actor    = line.Actor
	Chain    = line.Chain
	Damage   = line.Damage
	Data     = line.Data
	Entry    = line.Entry
	Hash     = line.Hash
	Head     = line.Head
	Kind     = line.Kind
	Line     = line.Line
	Mode     = line.Mode
	Override = line.Override
	Part     = line.Part
	Parts    = line.Parts
	Reason   = line.Reason
	Salt     = line.Salt
	Salts    = line.Salts
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

// ErrTooLong: the entry's line is over its limit.
var ErrTooLong = line.ErrTooLong

// Muster is the name under which the program writes what no person did.
const Muster = "muster"

// format is the log's format with the kinds of entry that this version knows.
var format = line.NewFormat(specs()...)

// Format is the log's format with the kinds of entry that this version knows.
func Format() *line.Format { return format }

// Seal completes an entry; see [line.Format.Seal].
func Seal(e Entry) (Entry, Line, error) { return format.Seal(e) }

// Decode reads one line, without its newline; see [line.Format.Decode].
func Decode(text []byte) (Entry, error) { return format.Decode(text) }

// Check sees that a line is good; see [line.Format.Check].
func Check(text []byte) (Entry, error) { return format.Check(text) }

// Withhold takes parts out of a line; see [line.Format.Withhold].
func Withhold(text []byte, parts Parts) ([]byte, Parts, error) { return format.Withhold(text, parts) }

// Resume is a chain that goes on after head; see [line.Format.Resume].
func Resume(head Head, mode Mode) Chain { return format.Resume(head, mode) }

// Sum is the hash of data.
func Sum(data []byte) Hash { return line.Sum(data) }

// ParseHash reads what [Hash.String] writes.
func ParseHash(text string) (Hash, error) { return line.ParseHash(text) }

// NormalCode reads a head's code as people write it; see [line.NormalCode].
func NormalCode(text string) (string, bool) { return line.NormalCode(text) }

// PartsOf is the set of some parts.
func PartsOf(parts ...Part) Parts { return line.PartsOf(parts...) }

// ParsePart is the part of that name.
func ParsePart(name string) (Part, bool) { return line.ParsePart(name) }

// specs are the kinds of entry that this version knows, with what is special about
// them in the log.
func specs() []line.Spec {
	list := make([]line.Spec, 0, len(kinds))
	for _, row := range kinds {
		list = append(list, line.Spec{
			Data: row.data, Opens: row.is&opens != 0, Long: row.is&long != 0, Vouches: row.is&vouches != 0, Digests: row.is&digests != 0,
		})
	}
	return list
}
