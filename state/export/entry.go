package export

import (
	"bytes"
	"encoding/json"
	"strings"

	"muster/runbooks"
	"muster/state"
)

// entryOf is one line of the timeline, without its Data.
func entryOf(inc *state.Incident, written state.Entry) Entry {
	e := written
	amendedBy := inc.AmendedBy(written.Seq)
	if amendedBy != 0 {
		e, _ = inc.Entry(written.Seq)
	}
	out := Entry{
		Seq: e.Seq, Mode: e.Mode, Exercise: e.Mode == state.Drill,
		Occurred: e.When().UTC(), Recorded: e.Recorded.UTC(), Zone: e.Zone,
		Person: e.By.Name, Role: e.By.Role, Via: e.By.Via, Kind: e.Kind,
		Step: inc.StepOf(e), What: describe(inc, e), Text: textOf(e.Data), Override: e.Override,
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
		out.Written = &Written{Occurred: written.When().UTC(), What: describe(inc, written), Text: textOf(written.Data)}
	}
	return out
}

// describe says what an entry records, in one line and without its override.
func describe(inc *state.Incident, e state.Entry) string {
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

// A docRef names a runbook whose text is in the log.
type docRef struct {
	ID     string     `json:"id"`
	Source string     `json:"source"`
	SHA256 state.Hash `json:"sha256"`
}

func refOf(doc state.Document) docRef {
	return docRef{ID: doc.ID, Source: doc.Source, SHA256: doc.SHA256}
}

// dataOf is what an entry records, as JSON. A runbook's text is left out: it is in
// the log, and its hash is here.
func dataOf(data state.Data) (json.RawMessage, error) {
	var value any = data
	switch data := data.(type) {
	case nil:
		return json.RawMessage("null"), nil
	case *state.Unknown:
		if json.Valid(data.Raw) {
			return data.Raw, nil
		}
		value = string(data.Raw)
	case *state.Opened:
		value = struct {
			ID       string                `json:"id"`
			Title    string                `json:"title"`
			Severity runbooks.Severity     `json:"severity"`
			Inputs   map[string]string     `json:"inputs,omitempty"`
			Program  string                `json:"program"`
			Runbook  docRef                `json:"runbook"`
			Scenario *state.SealedScenario `json:"scenario,omitempty"`
		}{data.ID, data.Title, data.Severity, data.Inputs, data.Program, refOf(data.Runbook), data.Scenario}
	case *state.RunbookAttached:
		value = struct {
			Prefix  string `json:"prefix"`
			Why     string `json:"why"`
			Runbook docRef `json:"runbook"`
		}{data.Prefix, data.Why, refOf(data.Runbook)}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(out.Bytes()), err
}
