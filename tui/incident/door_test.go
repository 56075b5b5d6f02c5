package incident

import (
	"context"
	"testing"
	"time"

	"muster/state"
	"muster/tui/kit"
)

// A gate is a door as a test has it.
type gate struct {
	crew
	waiting []Guest
}

func (g *gate) Waiting() []Guest { return g.waiting }

func (*gate) Invite(context.Context, string, state.Access) (string, time.Time, error) {
	return "", time.Time{}, nil
}

func (*gate) Admit(context.Context, string) error { return nil }
func (*gate) Turn(context.Context, string) error  { return nil }

// TestDoor: without a door nobody is let in; who waits is seen in the head and the footer.
func TestDoor(t *testing.T) {
	keys, err := kit.NewKeyMap(DoorActions(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	u := kit.NewUI(t.Context(), keys, time.Now)
	o := &Open{Case: &Case{Inc: &state.Incident{ID: "2026-11-29-brave-elm"}, UI: u}}
	if o.Team = (crew{}); noDoor(o) == "" || len(o.waiting()) != 0 || doorLabel(o) != "" {
		t.Error("where nobody comes over SSH there is a door")
	}
	g := &gate{waiting: []Guest{{Name: "Ben", Role: "responder", Key: "SHA256:xyz", From: "10.0.0.3"}}}
	if o.Team = g; noDoor(o) != "" || doorLabel(o) != "1 at the door" || o.teamMark() != "1 at the door: &" {
		t.Errorf("somebody waits: %q, %q, %q", noDoor(o), doorLabel(o), o.teamMark())
	}
}
