package state_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"muster/state"
)

func TestFindAmong(t *testing.T) {
	all := []state.Named{
		{ID: "holding", Title: "Holding statement"}, {ID: "back", Title: "GISIS is back"}, {ID: "back-all", Title: "All is back"},
		{ID: "pull", Number: "1.1", Title: "Pull the plug"}, {ID: "hide", Number: "1.2", Title: "Hide the plug"}, {ID: "11", Number: "2", Title: "Plug"},
	}
	for _, c := range []struct{ ref, want string }{
		{"back", "back"}, {"BACK", "back"}, {"holding", "holding"}, {"hold", "holding"}, {"STATEMENT", "holding"}, {" all ", "back-all"}, {"gisis", "back"},
		{"1.1", "pull"}, {"2", "11"}, {"11", "11"}, {"plug", "11"}, {"the pl", `"the pl" could be 2 notices: 1.1 Pull the plug; 1.2 Hide the plug.`},
		{"bac", `"bac" could be 2 notices: back (GISIS is back); back-all (All is back).`},
		{"holdign", `There is no notice "holdign" in this incident. Did you mean "holding"? The notices are: holding, back, back-all, 1.1 pull, 1.2 hide, 2 11.`},
		{"moon", `There is no notice "moon" in this incident. The notices are:`}, {"", `There is no notice ""`}, {"  ", `There is no notice "  "`},
	} {
		got, err := state.FindAmong(state.NounNotice, c.ref, all)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) || err == nil && got != c.want {
			t.Errorf("%q: %s, want %s", c.ref, got, c.want)
		}
	}
	copies := []state.Named{{ID: "check/mail", Number: "1.8a", Title: "Check E-mail"}, {ID: "check/web", Number: "1.8b", Title: "Check Website"}, {ID: "leaks", Number: "1.9", Title: "Leaks"}}
	for ref, want := range map[string]string{"1.8": `"1.8" could be 2 steps: 1.8a Check E-mail; 1.8b Check Website. Give its number`, "1.8B": "", "1": `There is no step "1"`, "1.": `There is no step "1."`} {
		if got, err := state.FindAmong(state.NounStep, ref, copies); want == "" && got != "check/web" || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q among copies: %s, %v", ref, got, err)
		}
	}
	if _, err := state.FindAmong(state.NounIncident, "x", nil); err == nil || err.Error() != `There is no incident "x".` {
		t.Errorf("without any: %v", err)
	}
	many := make([]state.Named, 200)
	for i := range many {
		many[i].ID = fmt.Sprintf("step-%03d", i)
	}
	for _, ref := range []string{"moon", "step"} {
		if _, err := state.FindAmong(state.NounStep, ref, many); err == nil || len(err.Error()) > 300 || !strings.Contains(err.Error(), "and 188 more") {
			t.Errorf("of many: %v", err)
		}
	}
}

// TestFind: case A7. Whatever the noun, an unknown name is answered alike, by Find and
// by the command that gets it unfound.
func TestFind(t *testing.T) {
	l := newLedger(t, towers)
	l.do("Ada", state.SetTimer{Title: "Report back", Due: l.now.Add(3600e9)})
	l.do("Ada", state.SetTimer{Title: "Gone", Due: l.now.Add(7200e9)})
	l.do("Ada", state.EndTimer{Timer: l.inc.Timers[1].ID})
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
	for noun, command := range map[state.Noun]state.Command{
		state.NounStep:    state.DoStep{Step: "mooon"},
		state.NounPhase:   state.AddStep{Phase: "mooon", Title: "x"},
		state.NounService: state.SetService{Service: "mooon", State: state.Affected, Why: "x"},
		state.NounNotice:  state.SendNotice{Notice: "mooon", Channel: "x"},
		state.NounClock:   state.StartClock{Clock: "mooon", Why: "x"},
		state.NounContact: state.CallContact{Contact: "mooon", Outcome: state.Reached},
		state.NounRole:    state.AssignRole{Role: "mooon", Person: "Ada"},
		state.NounTimer:   state.EndTimer{Timer: "mooon"},
	} {
		_, err := state.Find(l.inc, noun, "mooon")
		var refusal *state.Refusal
		if !errors.As(err, &refusal) || refusal.Reason != state.NotFound || refusal.Text != fmt.Sprintf("There is no %s %q in this incident.", noun, "mooon") {
			t.Errorf("%s: %v", noun, err)
			continue
		}
		names := state.NamesOf(l.inc, noun)
		if len(names) > 0 && !strings.Contains(refusal.Hint, names[0].ID) {
			t.Errorf("%s: the hint is %q", noun, refusal.Hint)
		}
		if _, decided := state.Decide(l.inc, state.Action{Command: command}, stamp); decided == nil || decided.Error() != err.Error() {
			t.Errorf("%s: the command says %v\nand Find %v", noun, decided, err)
		}
		for _, n := range names {
			if id, err := state.Find(l.inc, noun, strings.ToUpper(n.ID)); err != nil || id != n.ID {
				t.Errorf("%s %s is %s, %v", noun, n.ID, id, err)
			}
		}
	}
	if n := len(state.NamesOf(l.inc, state.NounTimer)); n != 1 {
		t.Errorf("%d timers run", n)
	}
}
