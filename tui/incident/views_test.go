package incident_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// TestViews: the palette leads to my steps, to what is overdue, to who does what, to what a
// person has done, and to decisions and notes alone.
func TestViews(t *testing.T) {
	busy := func(desk *tuitest.Desk) {
		all(state.AssignRole{Role: "commander", Person: "Ada"}, state.StartStep{Step: "call-cert"}, state.AssignStep{Step: "call-cert", To: "Cleo"},
			state.AddNote{Text: "the mast is down"}, state.AnswerStep{Step: "attack", Option: "yes"},
			state.SetTimer{Title: "tea", Due: desk.Now().Add(time.Minute)})(desk)
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "mine", Before: busy, Keys: ": 'my_steps enter", Want: []string{"Steps of Ada", "2.2 Publish the holding"}, Absent: []string{"│ ▌active"}},
		{Name: "mine, none", Keys: ": 'my_steps enter", Want: []string{"No open step is assigned to Ada"}},
		{Name: "to one of mine", Before: busy, Keys: ": 'my_steps enter enter", Want: []string{"▌  ○ 2.2"}},
		{Name: "overdue, none", Before: busy, Keys: ": 'overdue enter", Want: []string{"Nothing is over its time."}},
		{Name: "overdue", Before: busy, Keys: "~3m z : 'overdue enter", Want: []string{"Over its time: 1 thing", "timer", "tea"}},
		{Name: "who", Before: busy, Keys: ": 'who_does_what enter", Want: []string{"2.1 Call the CERT", "Cleo", "Incident commander"}},
		{Name: "a person", Before: busy, Keys: ": 'ben enter", Want: []string{"Timeline", "by Ben", "the mast is down"}},
		{Name: "decisions and notes", Before: busy, Keys: ": 'decisions_and enter", Want: []string{"Timeline", "the mast is down", "decided 1.1", "2 of 7 entries"}, Absent: []string{"timer for"}},
		{Name: "verify", Keys: ": 'verify_the enter ~1s", Want: []string{"integrity GOOD"}, Absent: []string{"what comes next"}},
		{Name: "export", Keys: ": 'export enter", Want: []string{"html: the report"}},
		{Name: "a notice before entries", Before: all(state.AddNote{Text: "Holding statement: later"}), Keys: ": 'holding_statement", Want: []string{"▌notice  Holding statement"}},
	})
}

// TestWhatComesNext: after the closing the dialog checks the log, writes an export, and comes
// back for the next.
func TestWhatComesNext(t *testing.T) {
	// A dialog breaks a long path over two lines, so the folder and the home are the same short
	// ones wherever the tests run. The desk writes nothing there.
	t.Chdir("/")
	t.Setenv("HOME", "/home")
	closed := func(desk *tuitest.Desk) {
		if err := desk.Last().Insists("Ben", state.CloseIncident{Summary: "over"}, "enough"); err != nil {
			panic(err)
		}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "verify", Before: closed, Keys: "C enter ~1s", Want: []string{"integrity GOOD of 2026-11-24-amber-heron", "what comes next"}},
		{Name: "then a witness", Before: closed, Keys: "C enter ~1s enter ~1s 'witness enter", Want: []string{"Tell a witness the head"}},
		{Name: "export", Before: closed, Keys: "C 'report enter ctrl+s ~1s", Want: []string{"It is in ", "2026-11-24-amber-heron.html"}},
		{Name: "export onto what is there", Before: closed, Keys: "C 'report enter right tab 'taken ctrl+s ~1s", Want: []string{"▌ File", "taken", "Not written", "is there already", "● bundle"}},
		{Name: "and under another name", Before: closed, Keys: "C 'report enter right tab 'taken ctrl+s ~1s ctrl+u 'free ctrl+s ~1s", Want: []string{"It is in ", "/free."}},
		{Name: "below the home folder", Before: closed, Keys: "C 'report enter tab '~/over.html ctrl+s ~1s", Absent: []string{"~/"}, Want: []string{"It is in ", "/over.html."}},
	})
}

// TestSideAtTheEnd: beside a closed incident nothing counts on; a clock that ran says when it is
// due, since the law goes on counting.
func TestSideAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := begun(t)
		term.Resize(200, 60)
		all(state.StartStep{Step: "call-cert"})(desk)
		term.Wait(7 * time.Second)
		tuitest.Wants(t, term, "│ Due", "Who does what now")
		if strings.Count(term.Screen(), " 6s") != 2 { // in the list and in the side
			t.Errorf("the step's time is not told alike:\n%s", term.Screen())
		}
		if err := desk.Last().Insists("Ben", state.CloseIncident{Summary: "over"}, "enough"); err != nil {
			t.Fatal(err)
		}
		term.Wait(30 * time.Hour)
		tuitest.Wants(t, term, "│ Open at the end", "Who did what at the end")
		term.Press("4")
		tuitest.Wants(t, term, " Open at the end", "Who did what at the end", "▶ Tell the board", "due 24 Nov 04:31")
		for _, not := range []string{" left", "OVERDUE", "does what now"} {
			if strings.Contains(term.Screen(), not) {
				t.Errorf("%q is on the screen:\n%s", not, term.Screen())
			}
		}
	})
}

// TestSide: on a large terminal what is due, who does what, and the last entries stand beside
// every screen; a screen that is such a list itself has no second one.
func TestSide(t *testing.T) {
	for _, c := range []struct {
		key  string
		has  []string
		lack string
	}{
		{"2", []string{"Who does what now", "Log  "}, "Services not back"},
		{"3", []string{"│ Due", "Who does what now", "Services not back", "Log  "}, ""},
		{"4", []string{"Who does what now", "Services not back", "Log  "}, "│ Due" + strings.Repeat(" ", 20)},
	} {
		tuitest.InBubble(t, c.key, func(t *testing.T) {
			term, desk := begun(t)
			all(state.SetTimer{Title: "tea", Due: desk.Now().Add(time.Hour)}, state.AssignRole{Role: "commander", Person: "Ada"},
				state.SetService{Service: "gisis", State: state.Affected, Why: "it bounces"})(desk)
			term.Press(c.key)
			for _, size := range [][2]int{{200, 60}, {179, 60}, {200, 40}} {
				term.Resize(size[0], size[1])
				term.Wait(time.Second)
				screen := term.Screen()
				if c.lack != "" && strings.Contains(screen, c.lack) {
					t.Errorf("at %v %q stands twice:\n%s", size, c.lack, screen)
				}
				for _, text := range c.has {
					if strings.Contains(screen, text) != (size == [2]int{200, 60}) {
						t.Errorf("at %v, %q:\n%s", size, text, screen)
					}
				}
			}
		})
	}
}
