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
		Step: inc.StepOf(e), What: Describe(inc, e), Text: state.TextOf(e.Data), Override: e.Override,
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
		out.Written = &Written{Occurred: written.When().UTC(), What: Describe(inc, written), Text: state.TextOf(written.Data)}
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

// JoinReasons lists the refusals that were overridden.
func JoinReasons(of []state.Reason) string {
	words := make([]string, len(of))
	for i, reason := range of {
		words[i] = string(reason)
	}
	return strings.Join(words, ", ")
}
