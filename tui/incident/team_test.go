package incident

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui/kit"
)

// A crew is a team as a test has it.
type crew []Mate

func (crew) Move(string, string, string, string) {}
func (c crew) Others() []Mate                    { return c }

// TestMarkedOnce: a drill's report is read aloud with its mark at the head, and not in each line.
func TestMarkedOnce(t *testing.T) {
	drill := "# EXERCISE — Situation report: Website\n\n**EXERCISE EXERCISE EXERCISE — this is a drill.**\n\n- EXERCISE entry 7\n\n## Services — EXERCISE\n\n- EXERCISE Mail: down\n"
	want := "# EXERCISE — Situation report: Website\n\n**EXERCISE EXERCISE EXERCISE — this is a drill.**\n\n- entry 7\n\n## Services\n\n- Mail: down\n"
	if got := markedOnce(drill); got != want {
		t.Errorf("it reads %q", got)
	}
	if live := "# Situation report: Website\n\n- Mail: down\n"; markedOnce(live) != live {
		t.Error("a live report is changed")
	}
}

// TestTeam: who else is in the incident is counted, who was cut off is told from them, and
// somebody at the same step is named; who is elsewhere is neither.
func TestTeam(t *testing.T) {
	o := &Open{Case: &Case{Inc: &state.Incident{ID: "2026-11-29-brave-elm"}, UI: kit.NewUI(t.Context(), nil, time.Now)}}
	if o.teamMark() != "" || o.AtStep("x") != "" || o.noTeam() == "" {
		t.Error("without a team something is said of one")
	}
	here := Mate{Name: "Ben", Incident: o.Inc.ID, Screen: "run", Step: "x"}
	lost, elsewhere := here, here
	lost.Name, lost.Lost = "Eve", true
	elsewhere.Name, elsewhere.Incident = "Zoe", "2026-11-28-calm-oak"
	o.Team = crew{here, lost, elsewhere}
	if got := o.teamMark(); got != "1 more here, 1 cut off" {
		t.Errorf("the head says %q", got)
	}
	if got := o.AtStep("x"); got != "Ben looks at this step too" {
		t.Errorf("at the step: %q", got)
	}
	o.UI.Person = "Ada"
	own, back := here, here
	own.Name, back.Name, back.Lost = "Ada", "Ben", true
	o.Team = crew{here, here, own, back, lost, lost}
	if got, home := o.teamMark(), (Foyer{o}); got != "1 more here, 1 cut off" || home.Mark() != "1 more here" || home.In(o.Inc.ID) != "1 in it" {
		t.Errorf("with two screens each the head says %q, home %q and %q", got, home.Mark(), home.In(o.Inc.ID))
	}
	o.Team = crew{here, here, lost}
	if got := o.AtStep("x"); got != "Ben looks at this step too" {
		t.Errorf("with two screens at the step: %q", got)
	}
	if got := o.AtStep("y"); got != "" {
		t.Errorf("at another step: %q", got)
	}
	if got := o.AtStep(""); got != "" {
		t.Errorf("at none: %q", got)
	}
	if got := lost.line(time.Now()); !strings.Contains(got, "CUT OFF") {
		t.Errorf("who is cut off: %q", got)
	}
	if got := (Mate{Name: "Ada", Role: "observer"}).line(time.Now()); !strings.HasPrefix(got, "Ada (observer) — at home") {
		t.Errorf("at home: %q", got)
	}
}
