package clocks_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// begun is the case: clocks gdpr, final and board, of which board runs.
func begun(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
	t.Helper()
	book, err := tuitest.ReadBook("imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Begin(t, book, &tuitest.World{}, nil)
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

// timer sets one that is due in a while.
func timer(title string, in time.Duration) func(*tuitest.Desk) {
	return func(desk *tuitest.Desk) { all(state.SetTimer{Title: title, Due: desk.Now().Add(in)})(desk) }
}

// pass lets time go by, and wants texts to be seen then.
func pass(d time.Duration, want ...string) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
	return func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		term.Wait(d)
		tuitest.Wants(t, term, want...)
	}
}

// TestClocksAreTold: of a clock it is said how it stands, when it is due, what starts and
// stops it, who did, and why.
func TestClocksAreTold(t *testing.T) {
	start := state.StartClock{Clock: "gdpr", Why: "data was seen"}
	meet := state.MeetClock{Clock: "board", Why: "the chair knows"}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "not started", Keys: "4 j", Want: []string{"↵ start ", "Within  72h", "step 1.2 Is personal data", "= yes", "when To the authority is sent", "Source  ", "Checked", "Not legal advice"}, Absent: []string{"Started", "Ended"}},
		{Name: "of another clock", Keys: "4 G", Want: []string{"Within  1 month", "met", "by hand", "Source  The authority's letter"}, Absent: []string{"Checked"}},
		{Name: "running", Keys: "4", Want: []string{"↵ met ", "Tell the board", "01:59", "Within  2h", "when the incident begins", "Started 02:31 by Ada", "Due     Tue", "04:31 UTC"}, Absent: []string{"Ended", "Why     ", "Missed"}},
		{Name: "started by hand", Before: all(start), Keys: "4 j", Want: []string{"↵ met ", "Started 02:31 by Ben", "Why     data was seen"}},
		{Name: "met", Before: all(meet), Keys: "4 j j", Want: []string{"✓ Tell the board", "Ended   met", "02:31 by Ben", "Why     the chair knows"}, Absent: []string{"↵ met", "↵ start"}},
		{Name: "waived", Before: all(state.WaiveClock{Clock: "board", Why: "no board"}), Keys: "4 j j", Want: []string{"Ended   waived", "Why     no board"}, Absent: []string{"↵ met"}},
	})
}

// TestTimersAreTold: those that run stand first, and those that are over say so.
func TestTimersAreTold(t *testing.T) {
	done := func(desk *tuitest.Desk) {
		timer("ask Geneva", time.Hour)(desk)
		timer("look again", 10*time.Minute)(desk)
		all(state.EndTimer{Timer: "timer-1", Why: "they called"})(desk)
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "running", Before: timer("ask Geneva", time.Hour), Keys: "4", Want: []string{"↵ end it", "ask Geneva", "Due  03:31, 03:31 UTC", "Set  02:31 by Ben"}, Absent: []string{"Over "}},
		{Name: "due", Before: timer("ask Geneva", 2*time.Minute), Keys: "4 G", Then: pass(2*time.Minute, "DUE 02:33")},
		{Name: "not due a moment before", Before: timer("ask Geneva", 2*time.Minute), Keys: "4 G", Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			term.Wait(time.Minute + 45*time.Second)
			if strings.Contains(term.Screen(), "DUE 02:33") {
				t.Errorf("it is said to be due:\n%s", term.Screen())
			}
		}},
		{Name: "over", Before: done, Keys: "4 G", Want: []string{"over 02:31", "Over they called", "✓ ask Geneva"}, Absent: []string{"↵ end it"}},
		{Name: "the running one first", Before: done, Keys: "4", Want: []string{"Due  02:41", "↵ end it"}},
		{Name: "ended", Before: timer("ask Geneva", time.Hour), Keys: "4 enter", Logged: "Ada timer over: ask Geneva"},
		{Name: "ended by its key", Before: timer("ask Geneva", time.Hour), Keys: "4 x enter", Logged: "Ada timer over: ask Geneva"},
		{Name: "found while it runs", Before: done, Keys: ": 'look_again", Want: []string{"timer   look again"}},
		{Name: "not found when it is over", Before: done, Keys: ": 'ask_Geneva", Absent: []string{"timer   ask Geneva"}},
		{Name: "a clock is found", Keys: ": 'board", Want: []string{"clock   Tell the board"}},
	})
}

// TestClockKeys: each records what it says, with a reason; one that does not apply says why.
func TestClockKeys(t *testing.T) {
	nothing := func(entries uint64) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
		return func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			if n := tuitest.EntriesOf(desk); n != entries {
				t.Errorf("%d entries, not %d:\n%s", n, entries, term.Screen())
			}
		}
	}
	met := all(state.MeetClock{Clock: "board", Why: "the chair knows"})
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "start", Keys: "4 j s", Want: []string{"Start ", "Why does it start?"}},
		{Name: "started", Keys: "4 j s 'data ctrl+s", Logged: "Ada clock started: GDPR Art. 33"},
		{Name: "started by enter", Keys: "4 j enter 'data ctrl+s", Logged: "Ada clock started: GDPR Art. 33"},
		{Name: "without a reason", Keys: "4 j s ctrl+s", Want: []string{"Why does it start?"}, Then: nothing(1)},
		{Name: "started already", Keys: "4 s", Want: []string{"It was started already."}, Then: nothing(1)},
		{Name: "meet", Keys: "4 d", Want: []string{"Met: Tell the board", "How was it met?"}},
		{Name: "met", Keys: "4 enter 'told ctrl+s", Logged: "Ada clock met: Tell the board"},
		{Name: "waive", Keys: "4 w", Want: []string{"Waive Tell the board", "Why need it not be met?"}},
		{Name: "waived", Keys: "4 w 'none ctrl+s", Logged: "Ada clock waived: Tell the board"},
		{Name: "met twice", Before: met, Keys: "4 j j d", Want: []string{"It is over."}, Then: nothing(2)},
		{Name: "waived when met", Before: met, Keys: "4 j j w", Want: []string{"It is over."}, Then: nothing(2)},
		{Name: "started when met", Before: met, Keys: "4 j j s", Want: []string{"It was started already."}, Then: nothing(2)},
		{Name: "no timer there", Keys: "4 x", Want: []string{"Choose a timer first."}, Then: nothing(1)},
		{Name: "no clock there", Before: timer("tea", time.Hour), Keys: "4 d", Want: []string{"Choose a clock first."}, Then: nothing(2)},
		{Name: "no clock to start", Before: timer("tea", time.Hour), Keys: "4 s", Want: []string{"Choose a clock first."}, Then: nothing(2)},
		{Name: "a timer twice", Before: timer("tea", time.Hour), Keys: "4 x enter G x", Want: []string{"It is over."}, Then: nothing(3)},
		{Name: "a law", Keys: "4 +", Want: []string{"Start a deadline that a law sets", "CERT-In: report the incident (6h)", "Not legal advice"}, Absent: []string{"GDPR Art. 33: tell the authority (72h)"}},
		{Name: "a law that applies", Keys: "4 + tab 'India ctrl+s", Logged: "Ada clock started: CERT-In"},
	})
}

// TestPromisesAreTold: an update that was promised is counted, and due when its time is up.
func TestPromisesAreTold(t *testing.T) {
	promised := all(
		state.AssignRole{Role: "commander", Person: "Ben"}, state.DraftNotice{Notice: "holding", Text: "We look."},
		state.ApproveNotice{Notice: "holding", Version: 1}, state.SendNotice{Notice: "holding", Channel: "website", How: "by hand"},
	)
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "none", Keys: "4", Absent: []string{"update: "}},
		{Name: "owed", Before: promised, Keys: "4 j", Want: []string{"update: Holding statement", "01:59", "To     public", "Update", "screen 3"}},
		{Name: "due", Before: promised, Keys: "4 j", Then: pass(2*time.Hour, "DUE 04:31")},
		{Name: "never given", Before: promised, Keys: "4 j", Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			term.Wait(2 * time.Hour)
			if err := desk.Last().Insists("Ben", state.CloseIncident{Summary: "over"}, "enough"); err != nil {
				t.Fatal(err)
			}
			term.Wait(time.Hour)
			tuitest.Wants(t, term, "NEVER given", "update: Holding statement   open at the end")
			if strings.Contains(term.Screen(), "keeps it") {
				t.Errorf("a statement would keep it, when all is over:\n%s", term.Screen())
			}
		}},
		{Name: "no key of a clock's", Before: promised, Keys: "4 j d", Want: []string{"Choose a clock first."}},
	})
}

// TestDueIsOneList: everything that has a time stands in one list, what is due first at
// the top, and enter leads to what another screen acts on.
func TestDueIsOneList(t *testing.T) {
	busy := func(desk *tuitest.Desk) {
		back := desk.Now().Add(40 * time.Minute)
		all(
			state.AssignRole{Role: "commander", Person: "Ben"}, state.DraftNotice{Notice: "holding", Text: "We look."},
			state.ApproveNotice{Notice: "holding", Version: 1}, state.SendNotice{Notice: "holding", Channel: "website", How: "by hand"},
			state.CallContact{Contact: "cert", Title: "The CERT", Outcome: state.CallBack, CallBack: &back, Via: "tel:1"},
			state.SetTimer{Title: "tea", Due: desk.Now().Add(3 * time.Hour)}, state.StartStep{Step: "say"},
		)(desk)
	}
	order := func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		var list []string
		for line := range strings.Lines(term.Screen()) {
			left, _, ok := strings.Cut(line, "│")
			if ok {
				list = append(list, strings.Join(strings.Fields(left), " "))
			}
		}
		t.Log(strings.Join(list, "\n"))
		at := -1
		for _, want := range []string{"Due", "2.2 Publish", "call back: ", "Tell the board", "update: Holding statement", "tea", "Clocks that do not run"} {
			found := slices.IndexFunc(list, func(line string) bool { return strings.Contains(line, want) })
			if found <= at {
				t.Errorf("%q is in row %d, after row %d", want, found, at)
			}
			at = found
		}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "order", Before: busy, Keys: "4", Then: order},
		{Name: "to the step", Before: busy, Keys: "4 enter", Want: []string{"▌", "active since 02:31", "1 Detect"}, Absent: []string{"Clocks that do not run"}},
		{Name: "to the contact", Before: busy, Keys: "4 j enter", Want: []string{"Contacts, in the order to call", "tel:1"}},
		{Name: "to the notice", Before: busy, Keys: "4 j j j enter", Want: []string{"Holding statement", "We look."}},
		{Name: "the first, and the last", Before: busy, Keys: "4 G home", Want: []string{"↵ to the step"}},
	})
}
