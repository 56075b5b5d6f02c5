package state

import (
	"reflect"

	"muster/state/line"
	"muster/state/record"
)

// kinds is the table of all kinds. A log has no entry of another kind, unless a newer
// version wrote it.
var kinds = index(kindRows)

var kindRows = []kindRow{
	{data: (*IncidentOpened)(nil), is: opens | long | vouches | noAct | stays | mayAnswer | mayCount,
		instead: "What it was called can be changed.", by: []Deed{DeedTitle}},
	{data: (*InputsAnswered)(nil), is: mayAnswer | mayMove | mayCount},
	{data: (*RunbookAttached)(nil), is: long | brings},
	{data: (*IncidentClosed)(nil), is: afterwards | noAct | stays, instead: "Reopen the incident.", by: []Deed{DeedReopen}},
	{data: (*IncidentReopened)(nil), is: afterwards | goesOn | noAct | stays, instead: "Close the incident."},

	{data: (*SessionOpened)(nil), is: afterwards | ofProgram},
	{data: (*ClockStepped)(nil), is: afterwards | ofProgram},
	{data: (*Recovered)(nil), is: afterwards | ofProgram},
	{data: (*PersonActs)(nil), is: afterwards | ofProgram},
	{data: (*LogCheckpointed)(nil), is: afterwards | ofProgram},
	{data: (*LogBranched)(nil), is: afterwards | noAct | stays, instead: "What was recorded in the branch is merged."},
	{data: (*LogMerged)(nil), is: afterwards | noAct | stays, instead: "Retract what should not have been recorded in the branch, entry by entry."},
	{data: (*ContradictionSettled)(nil), is: afterwards | noAct},

	{data: (*StepStarted)(nil), is: mayMove | mayWalk},
	{data: (*StepDone)(nil), is: mayAnswer | mayMove | mayWalk | mayCount},
	{data: (*StepConfirmed)(nil), is: mayMove | mayWalk | mayCount},
	{data: (*StepFailed)(nil), is: mayMove | mayWalk},
	{data: (*StepBlocked)(nil), is: mayWalk},
	{data: (*StepSkipped)(nil), is: mayWalk},
	{data: (*StepReopened)(nil), is: mayAnswer | mayMove | mayUndo},
	{data: (*StepAssigned)(nil)},
	{data: (*StepTicked)(nil)},
	{data: (*StepAnswered)(nil), is: mayAnswer | mayMove | mayWalk | mayCount},
	{data: (*StepAdded)(nil), is: brings},

	{data: (*NoteAdded)(nil), is: afterwards},
	{data: (*EntryMarked)(nil), is: afterwards | noAct},
	{data: (*FormAnswered)(nil), is: afterwards},
	{data: (*EvidenceAdded)(nil), is: vouches | afterwards},
	{data: (*RoleAssigned)(nil), is: mayHold},
	{data: (*RoleHanded)(nil), is: mayHold},
	{data: (*RoleAcknowledged)(nil), is: mayHold},
	{data: (*ServiceAdded)(nil), is: brings},
	{data: (*ServiceSet)(nil), is: mayMove},
	{data: (*ServiceChecked)(nil), is: mayMove},
	{data: (*TargetsAllowed)(nil), is: afterwards},
	{data: (*SeverityChanged)(nil)},
	{data: (*TitleChanged)(nil), is: afterwards},
	{data: (*EntryAmended)(nil), is: afterwards | noAct | corrects | mayCount},
	{data: (*EntryRetracted)(nil), is: vouches | afterwards | noAct | corrects | stays | mayAnswer | mayMove | maySay | mayWalk | mayUndo | mayCount | mayHold | mayDraft | mayCall,
		instead: "Enter again what was retracted by mistake."},

	{data: (*NoticeDrafted)(nil), is: mayDraft},
	{data: (*NoticeApproved)(nil), is: mayDraft},
	{data: (*NoticeLeaving)(nil), is: maySay | stays | mayDraft, instead: "Say what came of it: whether it arrived."},
	{data: (*NoticeSent)(nil), is: maySay | mayDraft | mayCount | happened,
		instead: "What was said is corrected by saying more: draft a version that does, and send it.", by: []Deed{DeedNotice}},
	{data: (*NoticeFailed)(nil), is: mayDraft | happened, instead: "Say what came of it since: send it again, or by hand.", by: []Deed{DeedNotice}},
	{data: (*ContactAdded)(nil), is: brings},
	{data: (*ContactCalled)(nil), is: mayCall | happened, instead: "Amend what was said, or record another call.", by: []Deed{DeedAmend, DeedCall}},
	{data: (*ClockStarted)(nil), is: mayCount},
	{data: (*ClockMet)(nil), is: mayCount},
	{data: (*ClockWaived)(nil), is: mayCount},
	{data: (*ClockMissed)(nil), is: noAct},
	{data: (*TimerSet)(nil)},
	{data: (*TimerEnded)(nil)},
	{data: (*SitrepIssued)(nil), is: digests | happened, instead: "Issue one that is right.", by: []Deed{DeedIssueSitrep}},
	{data: (*HeadWitnessed)(nil), is: vouches | afterwards | happened, instead: "Tell a witness the head that stands now.", by: []Deed{DeedWitness}},
	{data: (*HeadSigned)(nil), is: vouches | afterwards | happened, instead: "Sign the head that stands now.", by: []Deed{DeedSign}},
	{data: (*LogStamped)(nil), is: vouches | afterwards | happened, instead: "Have the head stamped that stands now.", by: []Deed{DeedStamp}},

	{data: (*ExerciseSet)(nil), is: facilitators | unseen},
	{data: (*InjectDelivered)(nil), is: vouches | facilitators},
	{data: (*InjectHeld)(nil), is: facilitators | unseen},
	{data: (*InjectSkipped)(nil), is: facilitators | unseen},
	{data: (*InjectAcknowledged)(nil), is: afterwards},
	{data: (*ObjectiveRated)(nil), is: facilitators | unseen | afterwards},
	{data: (*ObservationAdded)(nil), is: facilitators | unseen | afterwards},

	{data: (*CauseStated)(nil), is: unseen | afterwards | noAct},
	{data: (*ActionPlanned)(nil), is: unseen | afterwards | noAct},
	{data: (*ActionDone)(nil), is: unseen | afterwards | noAct},
}

// index is the table, by kind.
func index(rows []kindRow) kindTable {
	table := make(kindTable, len(rows))
	for i := range rows {
		row := &rows[i]
		row.typ = reflect.TypeOf(row.data).Elem()
		row.text = textFields(row.typ)
		table[row.data.Kind()] = row
	}
	return table
}

// Kinds lists every kind that this version knows.
func Kinds() []Kind {
	list := make([]Kind, len(kindRows))
	for i, row := range kindRows {
		list[i] = row.data.Kind()
	}
	return list
}

// BearsOnTruth reports whether entries of a kind can change what is true of a statement:
// they answer something, move a service, or say something to somebody.
func BearsOnTruth(kind Kind) bool { return kinds.is(kind, mayAnswer|mayMove|maySay) }

// format is the log's format with the kinds of entry that this version knows.
var format = record.NewFormat(specs()...)

// Format is the log's format with the kinds of entry that this version knows.
func Format() *line.Format { return format }

// Seal completes an entry; see [line.Format.Seal].
func Seal(e Entry) (Entry, Line, error) { return format.Seal(e) }

// Decode reads one line, without its newline; see [line.Format.Decode].
func Decode(text []byte) (Entry, error) { return format.Decode(text) }

// Check sees that a line is good; see [line.Format.Check].
func Check(text []byte) (Entry, error) { return format.Check(text) }

// specs are the kinds of entry that this version knows, with what is special about
// them in the log.
func specs() []record.Spec {
	list := make([]record.Spec, 0, len(kinds))
	for _, row := range kinds {
		list = append(list, record.Spec{
			Data: row.data, Opens: row.is&opens != 0, Long: row.is&long != 0, Vouches: row.is&vouches != 0, Digests: row.is&digests != 0,
		})
	}
	return list
}

// FacilitatorKind reports whether entries of kind are made by the facilitator of a
// drill, and are no action of the players.
func FacilitatorKind(kind Kind) bool { return kinds.is(kind, facilitators) }

// KeptFromPlayers reports whether entries of kind are for the facilitator alone until the
// drill is closed: what they hold, skip, rate and observe.
func KeptFromPlayers(inc *Incident, kind Kind) bool {
	return inc.Mode == Drill && inc.Closed == nil && kinds.is(kind, unseen) && kind != KindExerciseSet
}

// FacilitatorCommand reports whether a command makes an entry of such a kind.
func FacilitatorCommand(c Command) bool { return kinds.is(c.kind(), facilitators) }

// TextOf is what a person said in an entry, raw: a note, a reason, a summary, a
// statement. "" if its kind has no such text. data may be nil.
func TextOf(data Data) string {
	text, _ := kinds.textOf(data, false)
	return text
}

// AmendableText is the text of an entry that [AmendEntry] can change, raw; false if
// its kind has none. What was said to somebody cannot be changed, only corrected by
// saying more.
func AmendableText(data Data) (string, bool) { return kinds.textOf(data, true) }
