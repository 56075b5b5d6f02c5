package incident_test

import (
	"testing"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// holds wants something of the incident.
func holds(what string, ok func(*state.Incident) bool) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
	return func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		if !ok(desk.Last().Incident()) {
			t.Errorf("it does not hold that %s\n%s", what, term.Screen())
		}
	}
}

// TestReasonsAreNeeded: what changes what others rely on is not recorded without saying why,
// nor anything without what it is about.
func TestReasonsAreNeeded(t *testing.T) {
	closed := func(desk *tuitest.Desk) {
		if err := desk.Last().Insists("Ben", state.CloseIncident{Summary: "over"}, "enough"); err != nil {
			panic(err)
		}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "a severity", Keys: "S right ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
		{Name: "a severity with a reason", Keys: "S right tab 'less ctrl+s", Logged: "less", Then: nothing(2)},
		{Name: "a title", Keys: "O ctrl+u 'Anew ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
		{Name: "no title", Keys: "O ctrl+u tab 'less ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
		{Name: "a title with a reason", Keys: "O ctrl+u 'Anew tab 'clearer ctrl+s", Then: holds("it is called anew", func(inc *state.Incident) bool { return inc.Title == "Anew" })},
		{Name: "a step without a title", Keys: "+ ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
		{Name: "a timer without a title", Keys: "@ tab ctrl+u ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
		{Name: "a timer without a time", Keys: "@ ctrl+u ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
		{Name: "reopening", Before: closed, Keys: "C 'reopen enter ctrl+s", Want: []string{"This is needed"}, Then: nothing(2)},
		{Name: "handing over", Before: all(state.AssignRole{Role: "scribe", Person: "Ada"}), Keys: "H ctrl+s", Want: []string{"This is needed"}, Then: nothing(2)},
		{Name: "a witness", Keys: "V ctrl+s", Then: nothing(1)},
		{Name: "a file", Keys: "e ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
		{Name: "nobody", Keys: "n 'Seen. tab tab tab ctrl+u ctrl+s", Want: []string{"This is needed"}, Then: nothing(1)},
	})
	tuitest.Cases(t, tuitest.Inside, []tuitest.Case{
		{Name: "a second runbook", Keys: "R 'malware enter ~1s ctrl+s", Want: []string{"Why?", "This is needed"}, Then: nothing(1)},
	})
}

// TestAddedSteps: a step that is added goes where the list stands, and is required unless
// somebody says that it is not.
func TestAddedSteps(t *testing.T) {
	added := func(required bool, phase int) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
		return holds("it was added so", func(inc *state.Incident) bool {
			last := inc.Steps[inc.Phases[phase].First+inc.Phases[phase].Count-1]
			return last.Title == "Call" && last.Def.Required == required
		})
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "required", Keys: "+ 'Call ctrl+s", Then: added(true, 0)},
		{Name: "not required", Keys: "+ 'Call tab tab tab right ctrl+s", Then: added(false, 0)},
		{Name: "elsewhere", Keys: "+ 'Call tab right ctrl+s", Then: added(true, 1)},
		{Name: "where the list stands", Keys: "G + 'Call ctrl+s", Then: added(true, 1)},
	})
}

// TestRolesAreGiven: to whom was typed, or to nobody; the role that is asked about is the one
// that was found.
func TestRolesAreGiven(t *testing.T) {
	who := func(role, person string) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
		return holds(role+" is "+person, func(inc *state.Incident) bool { return inc.Role(role).Person == person })
	}
	ben := all(state.AssignRole{Role: "commander", Person: "Ben"})
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "to me", Keys: "t ctrl+s", Then: who("commander", "Ada")},
		{Name: "to another", Keys: "t tab ctrl+u 'Cleo ctrl+s", Then: who("commander", "Cleo")},
		{Name: "to nobody", Before: ben, Keys: "t tab ctrl+u ctrl+s", Then: who("commander", "")},
		{Name: "the second", Keys: "t right ctrl+s", Then: who("scribe", "Ada")},
		{Name: "the one that was found", Keys: ": 'scribe enter ctrl+s", Then: who("scribe", "Ada")},
		{Name: "none by watching", Keys: "t esc", Then: who("commander", "")},
	})
	tuitest.Cases(t, bare, []tuitest.Case{
		{Name: "no roles", Keys: "t", Want: []string{"The runbook has no roles."}, Then: nothing(1)},
		{Name: "none to hand over", Keys: "H", Want: []string{"The runbook has no roles."}, Then: nothing(1)},
	})
}

// bare is an incident of a runbook that has nothing but a step.
func bare(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
	t.Helper()
	book, err := tuitest.Book("test.toml", []byte("title = \"Test\"\nseverity = \"SEV2\"\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\nid = \"a\"\ntitle = \"Step a\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Begin(t, book, &tuitest.World{}, nil)
}

// TestDraftIsKept: what was typed into a note and left stands in the next one, once.
func TestDraftIsKept(t *testing.T) {
	const kept = "What you typed is kept until you open this again."
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "kept", Keys: "n 'half_a_note esc", Want: []string{kept}, Then: nothing(1)},
		{Name: "nothing to keep", Keys: "n esc", Absent: []string{kept}, Then: nothing(1)},
		{Name: "there again", Keys: "n 'half_a_note esc n", Want: []string{"half a note"}},
		{Name: "saved then", Keys: "n 'half_a_note esc n ctrl+s", Logged: `"half a note"`},
		{Name: "and not again", Keys: "n 'half_a_note esc n ctrl+s n 'b ctrl+s", Logged: `"b"`},
		{Name: "about the incident", Keys: "n 'all tab right ctrl+s", Logged: `Ada note — "all"`},
	})
}

// TestLeavingWaits: an incident is not left while something is on its way into the log.
func TestLeavingWaits(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "a note", Before: (*tuitest.Desk).Hold, Keys: "n 'x ctrl+s q", Want: []string{"Something is not saved yet; ctrl+c ends muster all the same."}, Absent: []string{"Open incidents"}},
		{Name: "a file", Before: func(desk *tuitest.Desk) { desk.HoldFile(1e6, 3e6) }, Keys: "e 'testdata/proof.txt enter q", Want: []string{"proof.txt is still being copied; esc ends that."}, Absent: []string{"Open incidents"}},
		{Name: "nothing", Keys: "q", Want: []string{"Open incidents"}},
	})
}

// TestEscapeLeadsBack: from a text to its list, from every list to the steps, and from the
// steps nowhere.
func TestEscapeLeadsBack(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "from a list", Keys: "3 esc", Want: []string{"Publish the holding"}, Absent: []string{"Contacts, in"}},
		{Name: "from a text", Keys: "3 tab esc", Want: []string{"Contacts, in"}},
		{Name: "from a text and its list", Keys: "3 tab esc esc", Want: []string{"Publish the holding"}},
		{Name: "from the steps", Keys: "esc esc", Want: []string{"Publish the holding"}, Absent: []string{"Open incidents"}},
	})
}

// TestTheTimeIsSet: for one act; what lies ahead is no time at which something happened.
func TestTheTimeIsSet(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "set", Keys: "T '-10m ctrl+s", Want: []string{"The next action is recorded as of 2026-11-24 02:21:00.", "next act at 2026-11-24 02:21:00"}, Then: nothing(1)},
		{Name: "unset", Keys: "T '-10m ctrl+s T ctrl+u ctrl+s", Absent: []string{"next act at"}, Then: nothing(1)},
		{Name: "used", Keys: "T '-10m ctrl+s n 'Seen. ctrl+s", Absent: []string{"next act at"}, Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			inc := desk.Last().Incident()
			if e, _ := inc.Entry(2); e.Recorded.Sub(e.When()).Round(time.Minute) != 10*time.Minute {
				t.Errorf("it is recorded as of %v\n%s", e.When(), term.Screen())
			}
		}},
		{Name: "ahead", Keys: "T '+2h ctrl+s", Absent: []string{"next act at"}, Then: nothing(1)},
	})
}
