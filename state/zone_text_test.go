package state_test

import (
	"testing"
	"time"

	"muster/state"
)

// TestATextIsInOneZone: when the incident began stands in a text in the zone of those who tell the
// times beside it, and in UTC only where that is theirs.
func TestATextIsInOneZone(t *testing.T) {
	const text = "title = \"T\"\n[[input]]\nid = \"aware\"\nprompt = \"Aware\"\ntype = \"time\"\n[[notice]]\nid = \"duty\"\ntext = \"{{ .Incident.Began }}; aware {{ time .Answers.aware }}; opened {{ .Incident.Opened }}.\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\n"
	for _, c := range []struct{ zone, aware, want string }{
		{"+00:00 UTC", "02:05", "detected 2026-11-24 02:00 UTC; aware 02:05 UTC; opened 2026-11-24 02:00 UTC."},
		{"+01:00 Europe/Berlin", "03:05", "detected 2026-11-24 03:00 +01:00; aware 03:05 +01:00; opened 2026-11-24 03:00 +01:00."},
		{"-03:30", "22:35", "detected 2026-11-23 22:30 -03:30; aware 22:35 -03:30; opened 2026-11-23 22:30 -03:30."},
	} {
		at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
		stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: at.Add(time.Hour), Zone: c.zone}
		doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(text)), Text: text}
		e, err := state.Decide(nil, state.Action{Command: state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: doc}, Occurred: at}, stamp)
		if err != nil {
			t.Fatal(err)
		}
		inc := new(state.Incident)
		if err := inc.Apply(e); err != nil {
			t.Fatal(err)
		}
		stamp.Recorded = stamp.Recorded.Add(time.Minute)
		e, err = state.Decide(inc, state.Action{Command: state.AnswerInputs{Values: map[string]string{"aware": c.aware}}}, stamp)
		if err != nil {
			t.Fatal(err)
		}
		if err := inc.Apply(e); err != nil {
			t.Fatal(err)
		}
		if got, _ := inc.Notice("duty").Draft(inc); got != c.want {
			t.Errorf("%s: %q, not %q", c.zone, got, c.want)
		}
	}
}
