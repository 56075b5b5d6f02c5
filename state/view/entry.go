package view

import (
	"strings"

	"muster/state"
)

// EntryOf is one line of the timeline, without its Data.
func EntryOf(inc *state.Incident, written state.Entry) Entry {
	e := written
	amendedBy := inc.AmendedBy(written.Seq)
	if amendedBy != 0 {
		e, _ = inc.Entry(written.Seq)
	}
	out := Entry{
		Seq: e.Seq, Mode: e.Mode, Exercise: e.Mode == state.Drill,
		Occurred: e.When().UTC(), Recorded: e.Recorded.UTC(), Zone: e.Zone,
		Person: e.By.Name, Role: e.By.Role, Via: e.By.Via, Kind: e.Kind,
		Step: inc.StepOf(e), What: Describe(inc, e), Text: textOf(e.Data), Override: e.Override,
		Withheld: e.Data == nil, RetractedBy: inc.RetractedBy(e.Seq), AmendedBy: amendedBy, Hash: e.Hash,
	}
	if !out.Withheld {
		out.Parts = e.Withheld.Names()
	}
	_, out.Unknown = e.Data.(*state.Unknown)
	if s := inc.Step(out.Step); s != nil {
		out.StepNumber = s.Number
	}
	if amendedBy != 0 {
		out.Written = &Written{Occurred: written.When().UTC(), What: Describe(inc, written), Text: textOf(written.Data)}
	}
	return out
}

// Describe says what an entry records, in one line and without its override.
func Describe(inc *state.Incident, e state.Entry) string {
	e.Override = nil
	text := inc.Describe(e)
	if strings.ContainsAny(text, "\n\r") {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// textOf is what a person said in an entry: a note, a reason, a summary, a statement.
func textOf(data state.Data) string {
	switch data := data.(type) {
	case *state.NoteAdded:
		return data.Text
	case *state.EvidenceAdded:
		return data.Note
	case *state.ServiceSet:
		return data.Why
	case *state.SeverityChanged:
		return data.Why
	case *state.RunbookAttached:
		return data.Why
	case *state.EntryAmended:
		if data.Text != nil {
			return *data.Text
		}
		return data.Why
	case *state.EntryRetracted:
		return data.Why
	case *state.IncidentClosed:
		return data.Summary
	case *state.IncidentReopened:
		return data.Why
	case *state.Recovered:
		return data.Detail
	}
	return stepTextOf(data)
}

func stepTextOf(data state.Data) string {
	switch data := data.(type) {
	case *state.StepStarted:
		return data.Note
	case *state.StepDone:
		return data.Note
	case *state.StepConfirmed:
		return data.Note
	case *state.StepFailed:
		return data.Why
	case *state.StepBlocked:
		return data.On
	case *state.StepSkipped:
		return data.Why
	case *state.StepReopened:
		return data.Why
	case *state.StepAnswered:
		return data.Note
	case *state.StepAdded:
		return data.Text
	}
	return truthTextOf(data)
}

func truthTextOf(data state.Data) string {
	switch data := data.(type) {
	case *state.ServiceChecked:
		return data.Detail
	case *state.NoticeDrafted:
		return data.Text
	case *state.NoticeSent:
		return data.Text
	case *state.NoticeFailed:
		return data.Why
	case *state.ContactCalled:
		return data.Note
	case *state.ClockStarted:
		return data.Why
	case *state.ClockMet:
		return data.Why
	case *state.ClockWaived:
		return data.Why
	case *state.TimerSet:
		return data.Title
	case *state.TimerEnded:
		return data.Why
	case *state.RoleHanded:
		return data.Note
	}
	return drillTextOf(data)
}

func drillTextOf(data state.Data) string {
	switch data := data.(type) {
	case *state.InjectDelivered:
		return data.Text
	case *state.InjectHeld:
		return data.Why
	case *state.InjectSkipped:
		return data.Why
	case *state.InjectAcknowledged:
		return data.Note
	case *state.ObjectiveRated:
		return data.Note
	case *state.ObservationAdded:
		return data.Text
	}
	return ""
}

// JoinReasons lists the refusals that were overridden.
func JoinReasons(of []state.Reason) string {
	words := make([]string, len(of))
	for i, reason := range of {
		words[i] = string(reason)
	}
	return strings.Join(words, ", ")
}
