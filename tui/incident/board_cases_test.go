package incident_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// TestEntriesAreTold: of an entry that was taken back or put right, the newest lines say by
// which.
func TestEntriesAreTold(t *testing.T) {
	note := state.AddNote{Text: "two servers"}
	three := "three servers"
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "as written", Before: all(note), Keys: "1", Want: []string{"Ben       note — \"two servers\""}, Absent: []string{"retracted", "amended"}},
		{Name: "taken back", Before: all(note, state.RetractEntry{Seq: 2, Why: "a slip"}), Keys: "1", Want: []string{"[retracted by 3] note — \"two servers\""}},
		{Name: "put right", Before: all(note, state.AmendEntry{Seq: 2, Text: &three, Why: "counted"}), Keys: "1", Want: []string{"[amended by 3] note — \"three servers\""}},
	})
}

// TestBoardsMove: the cursor goes to the ends of a list and no further, comes in at the top, and
// on a narrow screen the text stands alone.
func TestBoardsMove(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "the first", Keys: "3 G k k k k k", Want: []string{"▌ ○ Holding statement"}},
		{Name: "the last", Keys: "3 G", Want: []string{"▌ ○ Insurer"}},
		{Name: "not past the end", Keys: "3 G j j", Want: []string{"▌ ○ Insurer"}},
		{Name: "not past the top", Keys: "3 k k", Want: []string{"▌ ○ Holding statement"}},
		{Name: "over a heading", Keys: "3 j j j", Want: []string{"▌ ○ National CERT"}},
		{Name: "it stays where it was", Keys: "3 j 1 3", Want: []string{"▌ ○ To the authority"}},
		{Name: "narrow, the list", Keys: "#60x20 3", Want: []string{"[List]  Text", "▌ ○ Holding statement"}, Absent: []string{"To public"}},
		{Name: "narrow, the text", Keys: "#60x20 3 tab", Want: []string{"List  [Text]", "To public, by website"}, Absent: []string{"▌ ○"}},
		{Name: "and back", Keys: "#60x20 3 tab tab", Want: []string{"[List]  Text"}},
		{Name: "a click", Keys: "3", Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			for y, line := range strings.Split(term.Screen(), "\n") {
				if strings.Contains(line, "Insurer") {
					tuitest.Play(t, term, tuitest.Turn{Do: "@5," + string(rune('0'+y)), See: []string{"▌ ○ Insurer"}})
				}
			}
		}},
	})
}

// TestAlerts: what was true and is not any more rings, once for each, whoever found out; what was
// known before, or was overridden as it was sent, does not.
func TestAlerts(t *testing.T) {
	set := func(to state.ServiceState) state.Command {
		return state.SetService{Service: "gisis", State: to, Why: "seen"}
	}
	said := []state.Command{
		set(state.Unaffected), state.AssignRole{Role: "commander", Person: "Ben"},
		state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}},
		state.ApproveNotice{Notice: "holding", Version: 1}, state.SendNotice{Notice: "holding", Version: 1, Channel: "form", How: "by hand"},
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "stale", Before: all(said...), Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			all(set(state.Affected))(desk)
			term.Wait(2 * time.Second)
			tuitest.Wants(t, term, "STALE: Holding statement: ")
			term.Act("z")
			all(set(state.ShutDown))(desk)
			term.Wait(2 * time.Second)
			if strings.Contains(term.Screen(), "STALE: Holding statement: ") {
				t.Errorf("it rings again:\n%s", term.Screen())
			}
		}},
		{Name: "still true", Before: all(said...), Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			all(state.SetService{Service: "imodocs", State: state.Affected, Why: "seen"})(desk)
			term.Wait(2 * time.Second)
			if strings.Contains(term.Screen(), "STALE") {
				t.Errorf("it rings:\n%s", term.Screen())
			}
		}},
		{Name: "regressed", Before: all(set(state.Affected), set(state.Restored)), Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			all(state.SetService{Service: "gisis", State: state.Regressed, Why: "down again"})(desk)
			term.Wait(2 * time.Second)
			tuitest.Wants(t, term, "REGRESSED: GISIS: down again")
			term.Act("z")
			all(state.AddNote{Text: "x"})(desk)
			term.Wait(2 * time.Second)
			if strings.Contains(term.Screen(), "REGRESSED: GISIS") {
				t.Errorf("it rings again:\n%s", term.Screen())
			}
		}},
		{Name: "over", Before: all(set(state.Affected), set(state.Restored)), Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			all(state.SetService{Service: "gisis", State: state.Regressed, Why: "down again"}, state.SetTimer{Title: "look", Due: state.EndOf(desk.Last().Incident()).Add(2 * time.Minute)})(desk)
			term.Wait(5 * time.Minute)
			rang := func() (rang []string) {
				for {
					for _, word := range []string{"REGRESSED: GISIS", "TIMER: look"} {
						if strings.Contains(term.Screen(), word) {
							rang = append(rang, word)
						}
					}
					if !strings.Contains(term.Screen(), "z: seen") {
						return rang
					}
					term.Act("z")
				}
			}
			tuitest.Wants(t, term, "z: seen, 1 more alert")
			all(set(state.Restored), state.EndTimer{Timer: "timer-1"})(desk)
			if _, err := desk.Last().Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "over"}, Override: "a test"}); err != nil {
				t.Fatal(err)
			}
			term.Wait(2 * time.Second)
			if still := rang(); len(still) > 0 {
				t.Errorf("what is over stays an alert: %v\n%s", still, term.Screen())
			}
		}},
	})
}

// TestEverybodysWords: what a script needs is text on the screens and in what is copied; what
// turns text round is shown.
func TestEverybodysWords(t *testing.T) {
	persian, hindi := "می\u200cخواهم", "क्\u200dष"
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "persian", Before: all(state.AddNote{Text: persian}), Keys: "5", Want: []string{persian}, Absent: []string{"200"}},
		{Name: "hindi", Before: all(state.AddNote{Text: hindi}), Keys: "5", Want: []string{hindi}, Absent: []string{"200D"}},
		{Name: "turned round", Before: all(state.AddNote{Text: "a\u202eb"}), Keys: "5", Want: []string{"202e"}},
		{Name: "copied", Before: all(state.DraftNotice{Notice: "authority", Text: persian + " 👨\u200d👩\u200d👧"}), Keys: "3 j c", Absent: []string{"Not copied"},
			Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
				got, _, _ := strings.Cut(term.Clipboard(), "\a")
				if want := base64.StdEncoding.EncodeToString([]byte(persian + " 👨\u200d👩\u200d👧")); got != want {
					t.Errorf("copied is %q", got)
				}
			}},
		{Name: "not what hides", Before: all(state.DraftNotice{Notice: "authority", Text: "a\u202eb"}), Keys: "3 j c", Want: []string{"Not copied"}},
		{Name: "the first, by home", Keys: "3 G home", Want: []string{"▌ ○ Holding statement"}},
		{Name: "the first, by g", Keys: "3 G g", Want: []string{"▌ ○ Holding statement"}},
		{Name: "the first, by page up", Keys: "3 G pgup pgup", Want: []string{"▌ ○ Holding statement"}},
		{Name: "clocks, the last", Keys: "4 G", Want: []string{"▌ ⊘ Final report"}},
		{Name: "clocks, by g", Keys: "4 G g", Want: []string{"▌ ▶ Tell the board"}},
		{Name: "clocks, by page up", Keys: "4 G pgup", Want: []string{"▌ ▶ Tell the board"}},
		{Name: "clocks, by home", Keys: "4 G home", Want: []string{"▌ ▶ Tell the board"}},
	})
}
