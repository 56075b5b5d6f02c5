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

// specs lists the kinds of entry that this version knows, with what is special about
// them in the log.
func specs() []line.Spec {
	return []line.Spec{
		{Data: (*Opened)(nil), Opens: true, Long: true, Vouches: true},
		{Data: (*InputsAnswered)(nil)},
		{Data: (*SessionOpened)(nil)},
		{Data: (*ClockStepped)(nil)},
		{Data: (*Recovered)(nil)},
		{Data: (*NoteAdded)(nil)},
		{Data: (*EvidenceAdded)(nil)},
		{Data: (*RoleAssigned)(nil)},
		{Data: (*ServiceSet)(nil)},
		{Data: (*SeverityChanged)(nil)},
		{Data: (*RunbookAttached)(nil), Long: true},
		{Data: (*EntryAmended)(nil)},
		{Data: (*EntryRetracted)(nil), Vouches: true},
		{Data: (*IncidentClosed)(nil)},
		{Data: (*IncidentReopened)(nil)},
		{Data: (*StepStarted)(nil)},
		{Data: (*StepDone)(nil)},
		{Data: (*StepConfirmed)(nil)},
		{Data: (*StepFailed)(nil)},
		{Data: (*StepBlocked)(nil)},
		{Data: (*StepSkipped)(nil)},
		{Data: (*StepReopened)(nil)},
		{Data: (*StepAssigned)(nil)},
		{Data: (*StepTicked)(nil)},
		{Data: (*StepAnswered)(nil)},
		{Data: (*StepAdded)(nil)},
		{Data: (*ServiceChecked)(nil)},
		{Data: (*NoticeDrafted)(nil)},
		{Data: (*NoticeApproved)(nil)},
		{Data: (*NoticeSent)(nil)},
		{Data: (*NoticeFailed)(nil)},
		{Data: (*ContactCalled)(nil)},
		{Data: (*ClockStarted)(nil)},
		{Data: (*ClockMet)(nil)},
		{Data: (*ClockWaived)(nil)},
		{Data: (*ClockMissed)(nil)},
		{Data: (*TimerSet)(nil)},
		{Data: (*TimerEnded)(nil)},
		{Data: (*RoleHanded)(nil)},
		{Data: (*RoleAcknowledged)(nil)},
		{Data: (*SitrepIssued)(nil), Digests: true},
		{Data: (*ExerciseSet)(nil)},
		{Data: (*InjectDelivered)(nil)},
		{Data: (*InjectHeld)(nil)},
		{Data: (*InjectSkipped)(nil)},
		{Data: (*InjectAcknowledged)(nil)},
		{Data: (*ObjectiveRated)(nil)},
		{Data: (*ObservationAdded)(nil)},
		{Data: (*HeadWitnessed)(nil), Vouches: true},
		{Data: (*HeadSigned)(nil), Vouches: true},
	}
}
