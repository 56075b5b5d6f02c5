package services_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// few has what a service can have; many is long enough to be scrolled.
const (
	few = `title = "Test"
severity = "SEV2"
[[service]]
id = "base"
title = "Base"
tier = 1
owner = "The base people"
shutdown = "Pull the plug."
restore = "Put it back."
check = { url = "https://base.example.org/" }
[[service]]
id = "middle"
title = "Middle"
depends_on = ["base"]
[[service]]
id = "top"
title = "Top of the house"
depends_on = ["middle"]
tier = 3
[[service]]
id = "beside"
title = "Beside"
[[notice]]
id = "back"
title = "All is back"
audience = "public"
claims = ["base=restored"]
text = "Base is restored."
[[phase]]
title = "One"
[[phase.step]]
id = "a"
title = "Step a"
`
	none = `title = "Test"
severity = "SEV2"
[[phase]]
title = "One"
[[phase.step]]
id = "a"
title = "Step a"
`
)

func many(n int) string {
	text := none
	for i := range n {
		text += fmt.Sprintf("[[service]]\nid = \"s%02d\"\ntitle = \"Service %02d\"\n", i, i)
	}
	return text
}

// seen plays a test on screen 2 of an incident of a book, in a terminal of w×h.
func seen(t *testing.T, book string, w, h int, test func(*testing.T, *tuitest.Terminal, *tuitest.Desk, *tuitest.World)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		source, err := tuitest.Book("test.toml", []byte(book))
		if err != nil {
			t.Fatal(err)
		}
		world := &tuitest.World{}
		term, desk := tuitest.Begin(t, source, world, nil)
		term.Resize(w, h)
		term.Act("2")
		test(t, term, desk, world)
	})
}

// ben acts in another process.
func ben(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, commands ...state.Command) {
	t.Helper()
	for _, c := range commands {
		if err := desk.Last().Insists("Ben", c, "it was so"); err != nil {
			t.Fatal(err)
		}
	}
	term.Settle()
}

func is(service string, s state.ServiceState, why string) state.Command {
	return state.SetService{Service: service, State: s, Why: why}
}

// TestColumns: of a service one sees its state, since when and from whom, what looks
// show, what was said, and what is hit below it; narrow, the least important goes first.
func TestColumns(t *testing.T) {
	seen(t, few, 120, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
		ben(t, term, desk, is("base", state.Affected, "the disk is full"))
		for _, c := range []struct {
			w            int
			titles, base string
		}{
			{160, "     Service           State     Since  By   Last check  Last said  Tier  Hit below it, or why", "▌    Base              affected  02:31  Ben  not yet                1     the disk is full"},
			{100, "     Service           State     Since  By   Last check  Last said  Tier  Hit below it, or why", "▌    Base              affected  02:31  Ben  not yet                1     the disk is full"},
			{80, "     Service           State     Since  By   Last check  Last said", "▌    Base              affected  02:31  Ben  not yet"},
			{66, "     Service           State     Since  Last check  Last said", "▌    Base              affected  02:31  not yet"},
			{58, "     Service           State     Last check  Last said", "▌    Base              affected  not yet"},
			{45, "     Service           State     Last said", "▌    Base              affected"},
			{40, "     Service           State", "▌    Base              affected"},
		} {
			term.Resize(c.w, 24)
			if got := term.Row(2); got != c.titles {
				t.Errorf("at %d columns the titles are\n%q", c.w, got)
			}
			if got := term.Row(3); got != c.base {
				t.Errorf("at %d columns a service is\n%q", c.w, got)
			}
		}
	})
}

// TestLong: long texts give way to each other: every column that is there can be read.
func TestLong(t *testing.T) {
	text := strings.Replace(few, `"Top of the house"`, `"`+strings.Repeat("The top ", 12)+`"`, 1)
	seen(t, text, 120, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
		if err := desk.Last().Insists("Bartholomew-Maximilian of Long", is("top", state.ShutDown, strings.Repeat("It was slow. ", 12)), "it was so"); err != nil {
			t.Fatal(err)
		}
		term.Settle()
		for _, c := range []struct {
			w   int
			top string
		}{
			{200, "     The top The top The top The top The top The top The top The t…  shut-down  02:31  Bartholomew-Maximil…  none set               3     It was slow. It was slow. It was slow. It was slow. It was s…"},
			{120, "     The top The top The top T…  shut-down  02:31  Bartholomew…  none set               3     It was slow. It was slow…"},
			{100, "     The top The top Th…  shut-down  02:31  Barth…  none set               3     It was slow. It w…"},
			{90, "     The top The top T…  shut-down  02:31  Bar…  none set               It was slow. It …"},
			{80, "     The top The top The t…  shut-down  02:31  Bartholo…  none set"},
			{70, "     The top The top The to…  shut-down  02:31  none set"},
			{60, "     The top The top The…  shut-down  none set"},
			{50, "     The top The top The t…  shut-down"},
			{40, "     The top The top The to…  shut-down"},
		} {
			term.Resize(c.w, 24)
			if got := term.Row(5); got != c.top {
				t.Errorf("at %d columns a service is\n%q", c.w, got)
			}
		}
	})
}

// TestDetail: below the table stands what is known of the chosen service.
func TestDetail(t *testing.T) {
	seen(t, few, 80, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, world *tuitest.World) {
		tuitest.Play(t, term, tuitest.Turn{Rows: map[int]string{16: "", 17: strings.Repeat("─", 80), 18: " Check      base.example.org:443  nobody has looked yet: p looks", 19: " Needed by  Middle (unknown)",
			20: " Shut down  Pull the plug.", 21: " Restore    Put it back.", 22: " Owner      The base people"}})
		ben(t, term, desk, is("base", state.Affected, "the disk is full"))
		tuitest.Play(t, term,
			tuitest.Turn{See: []string{"Why        the disk is full", "Needed by  Middle (unknown)"}},
			tuitest.Turn{Do: "j", See: []string{"Needs      Base (affected)", "Hit below  ⊘ Base (affected): it may not work either", "Needed by  Top of the house (unknown)", "the runbook names none; set the state by hand"}},
			tuitest.Turn{Do: "j", See: []string{"Needs      Middle (unknown)", "Hit below  ⊘ Base (affected)"}, Miss: []string{"Needed by"}},
			tuitest.Turn{Do: "j", Miss: []string{"Needs", "Hit below "}},
			tuitest.Turn{Do: "p", See: []string{"The runbook names no check for this service; set its state by hand."}},
		)
		back := desk.Now().Add(4 * time.Hour)
		ben(t, term, desk, state.SetService{Service: "base", State: state.Affected, Why: "a disk is on its way", Expect: &back})
		tuitest.Play(t, term, tuitest.Turn{Do: "g", See: []string{"Why        a disk is on its way", "Back       expected 06:31"}})
		// a look, from its beginning to what it showed
		world.Hold()
		tuitest.Play(t, term, tuitest.Turn{Do: "g p", See: []string{"checking…", "looking since 02:31"}})
		world.Down("base", "503 no")
		world.Release()
		tuitest.Play(t, term, tuitest.Turn{Do: "~1s", See: []string{"FAILED 02:31", "Check      base.example.org:443  FAILED 02:31  503 no"}})
		world.Down("base", "")
		tuitest.Play(t, term, tuitest.Turn{Do: "p ~1s", See: []string{"Check      base.example.org:443  ok 02:31  200 OK"}})
		// one that somebody else recorded later counts
		term.Wait(5 * 60e9)
		ben(t, term, desk, state.RecordCheck{Service: "base", OK: false, What: "GET it", Detail: "no answer", Millis: 3})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"Check      base.example.org:443  FAILED 02:36  GET it  no answer"}})
	})
}

// TestSaid: what was said of a service stands beside what is known, and loudly where the
// two differ.
func TestSaid(t *testing.T) {
	for _, c := range []struct {
		said, now   state.ServiceState
		cell, below string // what the table and the detail say
	}{
		{state.Restored, state.Affected, "! restored", `SAID RESTORED, IS AFFECTED: "All is back" said so at 02:31 (entry`},
		{state.Restored, state.Restored, "! restored", `SAID RESTORED, AND NOBODY HAS VERIFIED IT: "All is back"`},
		{state.Verified, state.Restored, "! verified", `SAID VERIFIED, AND NOBODY HAS VERIFIED IT: "All is back"`},
		{state.Affected, state.Restored, "✓ affected", ""}, // less was said than is known
		{state.Affected, state.Affected, "✓ affected", ""},
		{state.Affected, state.Verified, " affected", `Said affected, at 02:31 (entry`}, // who was told of harm was told nothing untrue
	} {
		seen(t, few, 110, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
			ben(t, term, desk, is("base", c.now, "seen"),
				state.DraftNotice{Notice: "back", Text: "It is so.", Claims: []state.Claim{{Service: "base", State: c.said}}})
			if err := desk.Last().Insists("Ben", state.SendNotice{Notice: "back", Channel: "website", To: "everybody", How: "by hand"}, "it was so"); err != nil {
				t.Fatal(err)
			}
			term.Settle()
			if got := term.Row(3); !strings.Contains(got, c.cell) {
				t.Errorf("said %s of what is %s: the table has %q", c.said, c.now, got)
			}
			screen := strings.Join(strings.Fields(term.Screen()), " ")
			if !strings.Contains(screen, c.below) || c.below == "" && strings.Contains(screen, "SAID") {
				t.Errorf("said %s of what is %s:\n%s", c.said, c.now, term.Screen())
			}
			// nothing was said of the others
			tuitest.Play(t, term, tuitest.Turn{Do: "j", Miss: []string{"SAID "}})
			if got := term.Row(4); strings.Contains(got, "!") || strings.Contains(got, "✓") {
				t.Errorf("another service has %q", got)
			}
		})
	}
}

// TestSet: a service's state is set with how it is known; what it is now is said.
func TestSet(t *testing.T) {
	seen(t, few, 80, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "j s", See: []string{"─ Middle ─", "It is unknown now.", "How do you know? *", "↵ set"}},
			tuitest.Turn{Do: "enter", See: []string{"This is needed"}},
			tuitest.Turn{Do: "esc"},
		)
		if n := tuitest.EntriesOf(desk); n != 1 {
			t.Errorf("there are %d entries", n)
		}
		tuitest.Play(t, term, tuitest.Turn{Do: "s right tab 'I_looked enter ~1s", See: []string{"● saved 2", "Why        I looked"}})
	})
}

// TestLooks: states that ask for the same look the same, the others do not.
func TestLooks(t *testing.T) {
	groups := [][]state.ServiceState{
		{state.Unaffected}, {state.Suspect, state.Restoring, state.Restored}, {state.Affected, state.ShutDown}, {state.UnknownState},
	}
	style := map[state.ServiceState]string{}
	for _, group := range groups {
		for _, s := range group {
			seen(t, few, 110, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, _ *tuitest.World) {
				if s != state.UnknownState {
					ben(t, term, desk, is("beside", s, "seen"))
				}
				for line := range strings.Lines(term.Styled()) {
					if before, _, ok := strings.Cut(line, "Beside"); ok {
						style[s] = before
					}
				}
			})
		}
	}
	for i, group := range groups {
		for _, s := range group {
			for k, other := range groups {
				if same := style[s] == style[other[0]]; same != (i == k) || style[s] == "" {
					t.Errorf("%s looks like %s: %t (%q, %q)", s, other[0], same, style[s], style[other[0]])
				}
			}
		}
	}
}

// TestRoom: a long list scrolls in the room that is there, and what is said of the chosen
// one never takes all of it.
func TestRoom(t *testing.T) {
	seen(t, many(40), 80, 24, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term,
			tuitest.Turn{Rows: map[int]string{3: "▌    Service 00  unknown                        3", 20: "     Service 17  unknown                        3",
				21: strings.Repeat("─", 80), 22: " Check      the runbook names none; set the state by hand"}},
			tuitest.Turn{Do: "pgdown", See: []string{"▌    Service 17"}},
			tuitest.Turn{Do: "G", See: []string{"▌    Service 39"}, Rows: map[int]string{20: "▌    Service 39  unknown                        3"}},
			tuitest.Turn{Do: "j", See: []string{"▌    Service 39"}},
			tuitest.Turn{Do: "@5,3", See: []string{"▌    Service 22"}},
			tuitest.Turn{Do: "@5,2 @5,1", See: []string{"▌    Service 22"}},
			tuitest.Turn{Do: "@5,4", See: []string{"▌    Service 21"}},
			tuitest.Turn{Do: "#80x12", See: []string{"▌    Service 21"}, Rows: map[int]string{8: "     Service 24  unknown                        3", 9: strings.Repeat("─", 80), 10: " Check      the runbook names none; set the state by hand"}},
		)
	})
	long := strings.Replace(few, "Pull the plug.", strings.Repeat("Pull the plug. ", 40), 1)
	seen(t, long, 80, 14, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term, tuitest.Turn{Rows: map[int]string{3: "▌    Base              unknown             not yet", 6: "     Beside            unknown             none set", 7: "",
			8: strings.Repeat("─", 80), 11: " Shut down  Pull the plug. Pull the plug. Pull the plug. Pull the plug. Pull"}})
	})
	// a click below the last service chooses none
	seen(t, few, 80, 24, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term, tuitest.Turn{Do: "@5,5", See: []string{"▌    Top of"}}, tuitest.Turn{Do: "@5,7 @5,9", See: []string{"▌    Top of"}},
			tuitest.Turn{Do: "@5,6", See: []string{"▌    Beside"}})
	})
}

// TestNone: a runbook without services says so, and no key does harm.
func TestNone(t *testing.T) {
	seen(t, none, 80, 24, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "j k G g enter s @5,3", See: []string{"The runbook has no services."}, Rows: map[int]string{2: ""}},
			tuitest.Turn{Do: "p", See: []string{"Choose a service first."}},
		)
	})
}

// TestFound: the palette leads to a service.
func TestFound(t *testing.T) {
	seen(t, few, 80, 24, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk, _ *tuitest.World) {
		tuitest.Play(t, term, tuitest.Turn{Do: "1 : 'top_of_the_house", See: []string{"service"}}, tuitest.Turn{Do: "enter", See: []string{"▌    Top of", "Last check"}})
	})
}

// TestFooter: the keys that matter most stay the longest.
func TestFooter(t *testing.T) {
	seen(t, few, 100, 24, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk, _ *tuitest.World) {
		for _, c := range []struct {
			w    int
			keys string
		}{{120, " ↵ set state  p check  P check all  n note  e evidence  u undo  1 run  3 notices  4 clocks  5 timeline  : find  ? help"},
			{80, " ↵ set state  p check  P check all  n note  e evidence  1 run  : find  ? help"},
			{60, " ↵ set state  p check  P check all  n note  : find  ? help"},
			{40, " ↵ set state  p check  : find  ? help"}} {
			term.Resize(c.w, 24)
			if got := term.Row(-1); got != c.keys {
				t.Errorf("at %d columns the footer is %q", c.w, got)
			}
		}
	})
}
