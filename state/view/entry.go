package view

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/state"
)

// An Entry is one line of the log. Occurred, What and Text are as they count, with all
// amendments; Data is as it was written.
type Entry struct {
	Seq         uint64          `json:"seq"`
	Kind        state.Kind      `json:"kind"`
	Mode        state.Mode      `json:"mode"`
	Exercise    bool            `json:"exercise" doc:"true in a drill"`
	Occurred    time.Time       `json:"occurred"`
	Recorded    time.Time       `json:"recorded"`
	Zone        string          `json:"zone,omitempty" doc:"the writer's"`
	By          string          `json:"by"`
	Role        string          `json:"role,omitempty" doc:"that the person held"`
	Via         string          `json:"via,omitempty" doc:"local, ssh …"`
	Step        string          `json:"step,omitempty" doc:"its id"`
	StepNumber  string          `json:"step_number,omitempty"`
	What        string          `json:"what" doc:"what it records, in one line; the override is not part of it"`
	Text        string          `json:"text,omitempty" doc:"what the person said"`
	Origin      *Origin         `json:"origin,omitempty" doc:"where it was recorded first; left out if that was in this log"`
	Override    *Overridden     `json:"override,omitempty" doc:"the refusal that the person went past"`
	Beside      string          `json:"at_terminal_of,omitempty" doc:"who had done there, by the same account, what another person was to confirm, approve or verify; the override says why it was made all the same"`
	Parts       []string        `json:"withheld,omitempty" doc:"which parts of it are: everything, or names, notes, evidence, runbook"`
	Unknown     bool            `json:"unknown,omitempty" doc:"of a kind that the program does not know"`
	RetractedBy uint64          `json:"retracted_by,omitempty" doc:"the entry that takes it back"`
	AmendedBy   uint64          `json:"amended_by,omitempty" doc:"the last entry that amends it"`
	Written     *Written        `json:"written,omitempty" doc:"as it was first written; only where it was amended"`
	Hash        state.Hash      `json:"hash"`
	Data        json.RawMessage `json:"data" null:"it is withheld, as is each field of it that is null" doc:"all that it records, as written, but for a runbook's text"`

	Whole bool `json:"-"` // all of its content is withheld
}

// An Overridden is what a person went past in an entry, and why.
type Overridden struct {
	Of  []state.Reason `json:"of"`
	Why string         `json:"why"`
}

// A Written is what an amended entry said at first.
type Written struct {
	Occurred time.Time `json:"occurred"`
	What     string    `json:"what"`
	Text     string    `json:"text,omitempty"`
}

// everything is the word for an entry that is withheld whole.
const everything = "everything"

// EntryAt is entry seq with its data. The error says that it records what is no JSON.
func EntryAt(inc *state.Incident, seq uint64) (Entry, error) {
	written := &inc.Log[seq-1]
	e := EntryOf(inc, *written)
	data, err := dataOf(written.Data, written.Withheld)
	if err != nil {
		return e, fmt.Errorf("entry %d: %w", seq, err)
	}
	e.Data = data
	return e, nil
}

// EntryAlone is an entry of which the rest of the log is not known: what it says of other
// things stands as their ids, and whether it was corrected since is not told.
func EntryAlone(e state.Entry) Entry {
	out := Entry{Seq: e.Seq, Kind: e.Kind, Mode: e.Mode, Exercise: e.Mode == state.Drill, Occurred: e.When().UTC(), Recorded: e.Recorded.UTC(), Zone: e.Zone,
		By: e.By.Name, Role: e.By.Role, Via: e.By.Via, What: string(e.Kind), Text: state.TextOf(e.Data), Override: (*Overridden)(e.Override), Hash: e.Hash, Whole: e.Data == nil}
	if out.Whole {
		out.By, out.Parts = state.WithheldText, []string{everything}
	} else {
		out.Parts = e.Withheld.Names()
	}
	out.Data, _ = dataOf(e.Data, e.Withheld) // what is no JSON is left out
	return out
}

// EntryOf is an entry without its data, which costs more than all else of it.
func EntryOf(inc *state.Incident, written state.Entry) Entry {
	e := written
	amendedBy := inc.AmendedBy(written.Seq)
	if amendedBy != 0 {
		e, _ = inc.Entry(written.Seq)
	}
	out := Entry{
		Seq: e.Seq, Mode: e.Mode, Exercise: e.Mode == state.Drill,
		Occurred: e.When().UTC(), Recorded: e.Recorded.UTC(), Zone: e.Zone,
		By: e.By.Name, Role: e.By.Role, Via: e.By.Via, Kind: e.Kind,
		Step: inc.StepOf(e), What: Describe(inc, e), Text: state.TextOf(e.Data), Override: (*Overridden)(e.Override),
		Origin: originOf(&e), Beside: inc.Beside(e.Seq), Whole: e.Data == nil, RetractedBy: inc.RetractedBy(e.Seq), AmendedBy: amendedBy, Hash: e.Hash,
	}
	if out.Whole {
		out.By, out.Parts = state.WithheldText, []string{everything}
	} else {
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
	if e.Override != nil {
		e.Own().Override = nil
	}
	text := inc.Describe(e)
	if strings.ContainsAny(text, "\n\r") {
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// JoinReasons lists the refusals that were overridden, each once.
func JoinReasons(of []state.Reason) string {
	var words []string
	for _, reason := range of {
		if word := string(reason); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}
