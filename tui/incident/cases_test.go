package incident_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// begun is the case, with a person's own contacts.
func begun(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
	t.Helper()
	book, err := tuitest.ReadBook("imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Begin(t, book, &tuitest.World{Ways: []state.Channel{{Name: "form", Kind: "webhook"}}}, nil)
}

// all has Ben do several things.
func all(commands ...state.Command) func(*tuitest.Desk) {
	return func(desk *tuitest.Desk) {
		for _, c := range commands {
			if err := desk.Last().Other("Ben", c); err != nil {
				panic(err)
			}
		}
	}
}

// called has Ben call the CERT, and be called back in a while.
func called(outcome state.Outcome, in time.Duration) func(*tuitest.Desk) {
	return func(desk *tuitest.Desk) {
		call := state.CallContact{Contact: "cert", Outcome: outcome, Via: "tel:1", Note: "said it"}
		if in != 0 {
			at := desk.Now().Add(in)
			call.CallBack = &at
		}
		all(call)(desk)
	}
}

// nothing wants no more than so many entries.
func nothing(entries uint64) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
	return func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		if n := tuitest.EntriesOf(desk); n != entries {
			t.Errorf("%d entries, not %d:\n%s", n, entries, term.Screen())
		}
	}
}

// TestContactsAreTold: of a contact it is said what came of the last call, and whether to
// call back.
func TestContactsAreTold(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "nobody called", Keys: "3 G k", Want: []string{"○ National CERT            not called", "Role authority", "Hours day and night", "1 tel:+44 20 7946 0000", "2 mailto:cert@example.org", "Say that it is an international body.", "Nobody has called yet."}, Absent: []string{"withheld"}},
		{Name: "another", Keys: "3 G", Want: []string{"1 tel:+41 22 555 0100", "Nobody has called yet."}, Absent: []string{"Role ", "Hours ", "cannot be read"}},
		{Name: "reached", Before: called(state.Reached, 0), Keys: "3 G k", Want: []string{"✓ National CERT", "reached 02:31", "02:31  Ben: reached (tel:1): said it"}, Absent: []string{"Nobody has called", "call back"}},
		{Name: "they called", Before: all(state.CallContact{Contact: "cert", Outcome: state.Reached, In: true, Note: "send the list"}), Keys: "3 G k", Want: []string{"02:31  Ben: they called, reached: send the list"}},
		{Name: "not reached", Before: called(state.NoAnswer, 0), Keys: "3 G k", Want: []string{"✗ National CERT", "no-answer 02:31"}},
		{Name: "to be called back", Before: called(state.CallBack, time.Hour), Keys: "3 G k", Want: []string{"call back 03:31", "call back at 03:31"}, Absent: []string{"CALL BACK"}},
		{Name: "called back too late", Before: called(state.CallBack, time.Minute), Keys: "3 G k", Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			term.Wait(time.Minute)
			tuitest.Wants(t, term, "CALL BACK 02:32")
		}},
	})
}

// TestClosing: whoever closes an incident is told of all that is open, by name.
func TestClosing(t *testing.T) {
	affected := state.SetService{Service: "gisis", State: state.Affected, Why: "seen"}
	draft := state.DraftNotice{Notice: "authority", Text: "A breach."}
	sent := state.SendNotice{Notice: "holding", Version: 1, Channel: "form", How: "by hand"}
	leader := state.AssignRole{Role: "commander", Person: "Ben"}
	promised := []state.Command{leader, state.DraftNotice{Notice: "holding", Text: "We look."}, state.ApproveNotice{Notice: "holding", Version: 1}, state.SendNotice{Notice: "holding", Channel: "website", How: "by hand"}}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "steps and clocks", Keys: "C", Want: []string{"Close: ", " things still open; take one to go to it", "step  1.1 Is it an attack?", "clock Tell the board", "01:59 left", "Close it all the same"}, Absent: []string{"Everything required"}},
		{Name: "a service", Before: all(affected), Keys: "C", Want: []string{"service GISIS", "affected"}},
		{Name: "a notice that may be out", Before: all(draft, state.LeaveNotice{Notice: "authority", Version: 1, Channel: "form"}), Keys: "C", Want: []string{"notice To the authority", "may have left: nobody has said whether it"}},
		{Name: "a promise", Before: all(promised...), Keys: "C", Want: []string{"update Holding statement", "promised, "}},
		{Name: "a stale notice", Before: all(state.SetService{Service: "gisis", State: state.Unaffected, Why: "seen"}, state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}, leader, state.ApproveNotice{Notice: "holding", Version: 1}, sent, affected), Keys: "C", Want: []string{"notice  Holding statement", "STALE, says what is not true"}},
		{Name: "a timer", Before: func(desk *tuitest.Desk) { all(state.SetTimer{Title: "tea", Due: desk.Now().Add(time.Hour)})(desk) }, Keys: "C", Want: []string{"timer tea", "due 03:31"}},
		{Name: "without a summary", Keys: "C enter ctrl+s", Want: []string{"Close the incident", "Summary: what happened, in a few sentences"}, Then: nothing(1)},
		{Name: "refused while things are open", Keys: "C enter 'Over. ctrl+s", Want: []string{"Not recorded"}, Then: nothing(1)},
		{Name: "all the same", Keys: "C enter 'Over. ctrl+s ~1s o 'enough ctrl+s", Want: []string{"CLOSED", "The incident is closed: what comes next", "verify", "witness", "export", "Tell the board due 04:31"}, Logged: "Ada closed the incident"},
		{Name: "by one person", Before: all(promised...), Keys: "C enter", Want: []string{"One person drafted, approved and sent: Holding statement"}},
		{Name: "jump", Keys: "C 'personal enter", Want: []string{"▌", "1.2 Is personal"}, Absent: []string{"still open"}},
		{Name: "jump to a clock", Keys: "C 'board enter", Want: []string{"↵ met", "Within  2h"}, Absent: []string{"still open"}},
		{Name: "reopen", Before: func(desk *tuitest.Desk) {
			if err := desk.Last().Insists("Ben", state.CloseIncident{Summary: "over"}, "enough"); err != nil {
				panic(err)
			}
		}, Keys: "C 'reopen enter 'again ctrl+s", Logged: "Ada reopened the incident"},
	})
}

// TestHandovers: a role that is handed over is offered to whom it goes, with what they should
// know, and to nobody else; it stays until it is taken.
func TestHandovers(t *testing.T) {
	ben := state.AssignRole{Role: "commander", Person: "Ben"}
	hand := func(to string) state.HandRole {
		return state.HandRole{Role: "commander", To: to, Note: "watch the clocks"}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "to me", Before: all(ben, hand("Ada")), Want: []string{"Handover", "Ben hands Incident commander over to Ada.", "watch the clocks", "Duties: Decides. Does not type commands.", "take it"}},
		{Name: "taken", Before: all(ben, hand("Ada")), Keys: "y", Logged: "Ada", Then: func(t *testing.T, _ *tuitest.Terminal, desk *tuitest.Desk) {
			if who := desk.Last().Incident().Role("commander").Person; who != "Ada" {
				t.Errorf("the role is %s's", who)
			}
		}},
		{Name: "later", Before: all(ben, hand("Ada")), Keys: "n", Want: []string{"handover to you"}, Then: nothing(3)},
		{Name: "to another", Before: all(ben, hand("Cleo")), Want: []string{"handover to Cleo"}, Absent: []string{"take it"}},
		{Name: "none", Keys: "K", Want: []string{"No role is being handed over."}, Then: nothing(1)},
		{Name: "hand over what is mine", Before: all(state.AssignRole{Role: "scribe", Person: "Ada"}), Keys: "H", Want: []string{"Hand over a role", "It stays with its holder until the other person takes it.", "● Scribe (Ada)", "○ Incident commander (nobody)"}},
		{Name: "handed over", Before: all(state.AssignRole{Role: "scribe", Person: "Ada"}), Keys: "H tab 'Ben tab 'quiet ctrl+s", Logged: "Ada", Want: []string{"handover to Ben"}},
		{Name: "while typing", Keys: "n 'half", Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			all(ben, hand("Ada"))(desk)
			term.Wait(2 * time.Second)
			if strings.Contains(term.Screen(), "take it") {
				t.Errorf("it opens over what is typed:\n%s", term.Screen())
			}
			term.Act("esc")
			tuitest.Wants(t, term, "HANDOVER: Ben hands Incident commander to you; K takes it")
		}},
		{Name: "found", Keys: ": 'scribe", Want: []string{"role    Scribe"}},
	})
}

// TestHeadTells: what needs somebody stands in the head, whatever the screen's width.
func TestHeadTells(t *testing.T) {
	affected := state.SetService{Service: "gisis", State: state.Affected, Why: "seen"}
	stale := all(state.SetService{Service: "gisis", State: state.Unaffected, Why: "seen"}, state.AssignRole{Role: "commander", Person: "Ben"},
		state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}, state.ApproveNotice{Notice: "holding", Version: 1}, state.SendNotice{Notice: "holding", Version: 1, Channel: "form", How: "by hand"}, affected)
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "who", Want: []string{"amber-heron", "LIVE", "SEV2", "no IC", "you are Ada", "● saved 1", "Tell the board 01:59"}, Absent: []string{"STALE", "handover", "READ ONLY"}},
		{Name: "a commander", Before: all(state.AssignRole{Role: "commander", Person: "Ben"}), Want: []string{"IC Ben"}, Absent: []string{"no IC"}},
		{Name: "stale", Before: stale, Want: []string{"1 STALE"}},
		{Name: "regressed", Before: all(affected, state.SetService{Service: "gisis", State: state.Restored, Why: "x"}, state.SetService{Service: "gisis", State: state.Regressed, Why: "x"}), Want: []string{"1 REGRESSED"}},
		{Name: "a timer", Before: func(desk *tuitest.Desk) { all(state.SetTimer{Title: "tea", Due: desk.Now().Add(time.Minute)})(desk) }, Want: []string{"timer "}, Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			term.Wait(time.Minute)
			tuitest.Wants(t, term, "TIMER DUE")
		}},
		{Name: "too small", Keys: "#38x9", Want: []string{"1.1 Is it an attack?", "● saved 1", "Too small"}, Absent: []string{"Notify"}},
		{Name: "narrow", Before: stale, Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			for _, w := range []int{200, 120, 80, 60} {
				term.Resize(w, 30)
				tuitest.Wants(t, term, "STALE", "saved 7", "amber-heron")
			}
		}},
	})
}

// TestActing: what can be done on every screen asks for what it needs, and records it.
func TestActing(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "a note", Keys: "n 'Seen. ctrl+s", Logged: "Ada note on 1.1 Is it an attack? — \"Seen.\""},
		{Name: "an empty note", Keys: "n ctrl+s", Then: nothing(1)},
		{Name: "undo", Keys: "n 'Seen. ctrl+s u enter", Want: []string{"Seen."}},
		{Name: "take a role", Keys: "t enter", Logged: "Ada role Incident commander: Ada"},
		{Name: "the severity", Keys: "S", Want: []string{"SEV1", "SEV3"}},
		{Name: "a timer", Keys: "@ 'tea tab '10m ctrl+s", Want: []string{"timer "}},
		{Name: "the time", Keys: "T '-10m ctrl+s n 'Seen. ctrl+s", Logged: "Ada note"},
		{Name: "no sitrep here", Keys: "W", Then: nothing(1)},
		{Name: "all is saved", Keys: "!", Want: []string{"saved"}, Then: nothing(1)},
		{Name: "leave", Keys: "q", Want: []string{"Open incidents"}, Then: nothing(1)},
	})
}
