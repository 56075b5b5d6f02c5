package run_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

const book = `title = "Test"
severity = "SEV2"
[[role]]
id = "lead"
title = "The lead"
[[service]]
id = "mail"
title = "E-mail"
shutdown = "Pull the plug."
restore = "Put it back."
[[phase]]
title = "Look"
goal = "Know what is hit."
[[phase.step]]
id = "plain"
title = "Plain step"
expect = "10m"
role = "lead"
[[phase.step]]
id = "list"
title = "Step with a list"
checklist = ["first line", "second line", "third line"]
command = "ssh host ls"
done_when = "All is seen."
[[phase.step]]
id = "ask"
title = "Step that asks"
ask = [{ id = "when", prompt = "Time of it", type = "time", required = true }, { id = "note", prompt = "A remark" }]
[[phase.step]]
id = "choice"
kind = "decision"
title = "Is it bad?"
needs = ["plain"]
options = [{ id = "yes", title = "Yes, bad" }, { id = "no", title = "No, fine" }]
[[phase]]
title = "Act"
[[phase.step]]
id = "off"
kind = "shutdown"
service = "mail"
title = "Switch {{ .Service.Title }} off"
[[phase.step]]
id = "on"
kind = "restore"
service = "mail"
title = "Switch it on"
when = "choice=yes"
[[phase.step]]
id = "two"
title = "Two people"
two_person = true
evidence = true
required = false
[[phase]]
title = "End"
[[phase.step]]
id = "last"
title = "Last step"
text = "Go **home**."
`

// seen plays a test on screen 1 of an incident of a book, in a terminal of w×h.
func seen(t *testing.T, text string, w, h int, test func(*testing.T, *tuitest.Terminal, *tuitest.Desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		source, err := tuitest.Book("test.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		term, desk := tuitest.Begin(t, source, &tuitest.World{}, nil)
		term.Resize(w, h)
		test(t, term, desk)
	})
}

func acts(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk, who string, commands ...state.Command) {
	t.Helper()
	for _, c := range commands {
		if err := desk.Last().Insists(who, c, "it was so"); err != nil {
			t.Fatal(err)
		}
	}
	term.Settle()
}

// mark is the list's line under the cursor, without what stands right of the list.
func mark(term *tuitest.Terminal) string {
	for line := range strings.Lines(term.Screen()) {
		if strings.HasPrefix(line, "▌") {
			line, _, _ = strings.Cut(line, "│")
			return strings.Join(strings.Fields(line), " ")
		}
	}
	return ""
}

type move struct{ do, at string }

func moves(t *testing.T, term *tuitest.Terminal, all ...move) {
	t.Helper()
	for i, m := range all {
		tuitest.Play(t, term, tuitest.Turn{Do: m.do})
		if got := mark(term); got != m.at {
			t.Errorf("move %d, %q: the cursor is on %q, not %q\n%s", i, m.do, got, m.at, term.Screen())
		}
	}
}

// TestLayout: three columns where there is room, two over a strip of the log, or one pane
// at a time.
func TestLayout(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		acts(t, term, desk, "Ben", state.AddNote{Text: "something"})
		for _, c := range []struct {
			w, h  int
			bars  []int // columns of the rules between panes, in the first line
			strip int   // lines of the log below; 0 for none
		}{{200, 60, []int{40, 136}, 0}, {120, 40, []int{40, 88}, 0}, {119, 30, []int{40}, 4}, {100, 30, []int{40}, 4}, {80, 24, []int{34}, 3}, {80, 60, []int{34}, 8}, {79, 24, nil, 0}, {40, 12, nil, 0}} {
			term.Resize(c.w, c.h)
			var bars []int
			for x, r := range []rune(term.Row(2)) {
				if r == '│' {
					bars = append(bars, x)
				}
			}
			if fmt.Sprint(bars) != fmt.Sprint(c.bars) {
				t.Errorf("at %d×%d the panes are divided at %v", c.w, c.h, bars)
			}
			rule := 0
			for y := 3; y < c.h; y++ {
				if strings.Contains(term.Row(y), "┴") {
					rule = c.h - 2 - y
				}
			}
			if rule != c.strip {
				t.Errorf("at %d×%d the log has %d lines", c.w, c.h, rule)
			}
		}
		tuitest.Play(t, term,
			tuitest.Turn{Do: "#200x60", See: []string{"Log  2 entries", "Notes and evidence"}},
			tuitest.Turn{Do: "#40x12", Rows: map[int]string{2: " [Steps]  Text   Log    tab", 3: " 1 Look                           0/4", 4: "▌  ○ 1.1 Plain step"}},
			tuitest.Turn{Do: "tab", Rows: map[int]string{2: "  Steps  [Text]  Log    tab", 3: " 1.1  Plain step"}},
			tuitest.Turn{Do: "tab", Rows: map[int]string{2: "  Steps   Text  [Log]   tab", 3: ` 02:31  Ben   note — "something"`}},
			tuitest.Turn{Do: "tab", Rows: map[int]string{2: " [Steps]  Text   Log    tab"}},
			tuitest.Turn{Do: "@12,2", Rows: map[int]string{2: "  Steps  [Text]  Log    tab"}},
			tuitest.Turn{Do: "@18,2", Rows: map[int]string{2: "  Steps   Text  [Log]   tab"}},
			tuitest.Turn{Do: "@12,5", Rows: map[int]string{2: "  Steps   Text  [Log]   tab"}},
			tuitest.Turn{Do: "@2,2", Rows: map[int]string{2: " [Steps]  Text   Log    tab"}},
			tuitest.Turn{Do: "@5,5", See: []string{"▌  ○ 1.2"}},
		)
	})
}

// TestTitlesAreWhole: the list is as wide as its titles need, and the text beside it
// keeps what it needs.
func TestTitlesAreWhole(t *testing.T) {
	long := "Tell everybody to stay off the old machines"
	text := strings.Replace(book, `title = "Plain step"`, `title = "`+long+`"`, 1)
	for _, size := range [][2]int{{100, 30}, {140, 40}, {200, 60}} {
		seen(t, text, size[0], size[1], func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			acts(t, term, desk, "Ben", state.StartStep{Step: "list"})
			if row := term.Row(3); !strings.Contains(row, "1.1 "+long+" ") {
				t.Errorf("at %v the first step is %q", size, row)
			}
		})
	}
}

// TestThirdPane: a large terminal shows above the log what is due, who does what and
// which services are not back.
func TestThirdPane(t *testing.T) {
	seen(t, book, 200, 60, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term, tuitest.Turn{Miss: []string{"Due", "Who does what", "Services not back"}})
		acts(t, term, desk, "Ben", state.AssignRole{Role: "lead", Person: "Chi"}, state.StartStep{Step: "plain"},
			state.SetService{Service: "mail", State: state.Affected, Why: "it bounces"}, state.SetTimer{Title: "call Geneva", Due: desk.Now().Add(5 * time.Minute)})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"Due", "Who does what now", "▶ Chi: 1.1 Plain step", "The lead: Chi", "Services not back"}})
		var due []string
		for y := range 8 {
			if row := term.Row(2 + y); strings.Count(row, "│") == 2 {
				due = append(due, strings.Join(strings.Fields(row[strings.LastIndex(row, "│")+len("│"):]), " "))
			}
		}
		if got := strings.Join(due[:3], ", "); got != "Due, call Geneva 4m, 1.1 Plain step 10m" {
			t.Errorf("due is %q", got)
		}
		term.Wait(6 * time.Minute)
		tuitest.Play(t, term, tuitest.Turn{See: []string{"call Geneva", "1m over"}})
	})
}

// TestLogDays: the time of an entry is whole however old it is, and each day that is not
// today has a line.
func TestLogDays(t *testing.T) {
	for _, size := range [][2]int{{200, 60}, {100, 40}, {40, 30}} {
		seen(t, book, size[0], size[1], func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			before := desk.Now().Add(-26 * time.Hour)
			if _, err := desk.Last().Do(t.Context(), state.Action{Command: state.AddNote{Text: "the first"}, By: "Ben", Occurred: before}); err != nil {
				t.Fatal(err)
			}
			term.Settle()
			if size[0] < 80 {
				term.Act("tab")
				term.Act("tab")
			}
			tuitest.Play(t, term, tuitest.Turn{See: []string{before.Format("Mon 2 Jan 2006"), "00:31  Ada", "02:31  Ada"}})
		})
	}
}

// TestOutcomes: what was decided stands in the list, and is no tick; a folded phase
// says what is blocked in it.
func TestOutcomes(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		acts(t, term, desk, "Ben", state.DoStep{Step: "plain"}, state.AnswerStep{Step: "choice", Option: "yes"}, state.BlockStep{Step: "list", On: "the key"})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"✓ 1.1 Plain step", "◆ 1.4 Is it bad?", "yes │"}, Miss: []string{"✓ 1.4"}},
			tuitest.Turn{Do: "g left", See: []string{"1 Look", "2/4 1■"}, Miss: []string{"○ 1.2", "■ 1.2"}})
	})
}

// TestList: of a phase one sees how far it is, of a step what became of it and when, or
// how long it runs against how long it should.
func TestList(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		row := func(y int) string {
			line, _, _ := strings.Cut(term.Row(y), "│")
			return strings.Join(strings.Fields(line), " ")
		}
		check := func(want map[int]string) {
			t.Helper()
			for y, text := range want {
				if got := row(y); got != text {
					t.Errorf("row %d is %q, not %q", y, got, text)
				}
			}
		}
		check(map[int]string{2: "1 Look 0/4", 3: "▌ ○ 1.1 Plain step", 6: "⊘ 1.4 Is it bad?", 7: "2 Act 0/3", 11: "3 End 0/1", 12: "○ 3.1 Last step"})
		acts(t, term, desk, "Ben", state.StartStep{Step: "plain"})
		check(map[int]string{2: "1 Look 0/4 ▶", 3: "▌ ▶ 1.1 Plain step 0s/10m"})
		term.Wait(10 * 60e9)
		check(map[int]string{3: "▌ ▶ 1.1 Plain step 9m/10m"})
		term.Wait(2 * 60e9)
		check(map[int]string{3: "▌ ▶ 1.1 Plain step 11m/10m over"})
		acts(t, term, desk, "Ben", state.DoStep{Step: "plain"}, state.BlockStep{Step: "list", On: "the key"}, state.SkipStep{Step: "ask", Why: "no need"})
		check(map[int]string{2: "1 Look 1/4 1↷ 1■ ▶", 3: "▌ ✓ 1.1 Plain step 02:43"})
		acts(t, term, desk, "Ben", state.FailStep{Step: "list", Why: "no host"}, state.AnswerStep{Step: "choice", Option: "no"}, state.DoStep{Step: "two", Note: "seen"})
		check(map[int]string{2: "1 Look 2/4 1↷ 1✗ ✓"})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"n/a", "confirm", "skipped", "failed"}})
		check(map[int]string{7: "2 Act 0/2 1◐ ▶"})
	})
}

// TestMoving: the cursor goes through steps and headings, phases fold, and what is to be
// done next is one key away.
func TestMoving(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		moves(t, term,
			move{"", "▌ ○ 1.1 Plain step"}, move{"j", "▌ ○ 1.2 Step with a list"}, move{"k k", "▌1 Look 0/4"}, move{"k", "▌1 Look 0/4"},
			move{"h", "▌1 Look 0/4"}, move{"j", "▌2 Act 0/3"}, move{"k l j", "▌ ○ 1.1 Plain step"},
			move{"h", "▌1 Look 0/4"}, move{"enter j", "▌ ○ 1.1 Plain step"}, move{"k enter j", "▌2 Act 0/3"},
			move{".", "▌ ○ 1.1 Plain step"}, move{"G", "▌ ○ 3.1 Last step"}, move{"g", "▌1 Look 0/4"}, move{"pgdown", "▌ ○ 3.1 Last step"},
			move{"wheel-up", "▌ ⊘ 2.2 Switch it on"}, move{"g @5,2", "▌1 Look 0/4"}, move{"j", "▌2 Act 0/3"}, move{"@5,2 @5,2 j", "▌ ○ 1.1 Plain step"},
			move{"@5,8", "▌ ○ 2.1 Switch E-mail off"}, move{"@5,13 @5,20 @5,1", "▌ ○ 2.1 Switch E-mail off"},
			move{": 'last_step enter", "▌ ○ 3.1 Last step"}, move{"2 : 'plain_step enter", "▌ ○ 1.1 Plain step"},
		)
		// what others record leaves the cursor where it is
		acts(t, term, desk, "Ben", state.DoStep{Step: "plain"}, state.AddNote{Text: "x"})
		moves(t, term, move{"", "▌ ✓ 1.1 Plain step 02:31"}, move{".", "▌ ○ 1.2 Step with a list"})
	})
	// where there is little room, only the phase of the next step is open
	seen(t, book, 80, 14, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		tuitest.Play(t, term, tuitest.Turn{See: []string{"1.4", "2 Act"}, Miss: []string{"2.1"}})
		moves(t, term, move{"G", "▌3 End 0/1"}, move{"l j", "▌ ○ 3.1 Last step"}, move{".", "▌ ○ 1.1 Plain step"})
		tuitest.Play(t, term, tuitest.Turn{Do: "#80x30", See: []string{"2.1", "2.3", "3.1"}})
	})
}

// TestKeys: each key does its act on the step under the cursor, and says why it cannot.
func TestKeys(t *testing.T) {
	type act struct{ do, logged string } // "" if nothing is recorded
	for _, c := range []struct {
		name  string
		first []state.Command // by Ben, before
		acts  []act
		see   string
	}{
		{"start and done", nil, []act{{"enter", "started 1.1"}, {"enter", "done 1.1"}}, "▌  ○ 1.2"},
		{"done at once", nil, []act{{"d", ""}, {"enter", "done 1.1"}}, "▌  ○ 1.2"},
		{"settled", []state.Command{state.DoStep{Step: "plain"}}, []act{{"enter", ""}}, "The step is done; r reopens it."},
		{"settled twice", []state.Command{state.DoStep{Step: "plain"}}, []act{{"d", ""}}, "The step is done already; reopen it first."},
		{"open", nil, []act{{"r", ""}}, "The step is open."},
		{"reopened", []state.Command{state.DoStep{Step: "plain"}}, []act{{"r 'not_yet enter", "reopened 1.1"}}, "▌  ○ 1.1"},
		{"skipped", nil, []act{{"s enter", ""}, {"'no_need enter", "skipped 1.1"}}, "▌  ○ 1.2"},
		{"failed", nil, []act{{"f enter", ""}, {"'no_host enter", "failed 1.1"}}, "no host"},
		{"blocked", nil, []act{{"b enter", ""}, {"'the_key enter", "blocked 1.1"}, {"enter", "started 1.1"}}, "▶ active since"},
		{"with a note", nil, []act{{"D 'well enter", "done 1.1"}}, "▌  ○ 1.2"},
		{"assigned", nil, []act{{"a", ""}, {"enter", "1.1"}}, "Assigned to: Ada"},
		{"assigned to another", []state.Command{state.AssignStep{Step: "plain", To: "Ben"}}, []act{{"a end 'jamin enter", "1.1"}}, "Assigned to: Benjamin"},
		{"no list", nil, []act{{"space", ""}}, "The step has no checklist."},
		{"no ask", nil, []act{{"i", ""}}, "The step asks for nothing."},
		{"answers by deciding", []state.Command{state.DoStep{Step: "plain"}}, []act{{"j j j i", ""}}, "A decision is answered by deciding: ↵."},
		{"no command", nil, []act{{"c", ""}}, "The step has no command."},
		{"heading", nil, []act{{"k d", ""}}, "Choose a step first."},
		{"heading, block", nil, []act{{"k b", ""}}, "Choose a step first."},
		{"ticks", nil, []act{{"j space", "1.2"}, {"space", "1.2"}, {"space", "1.2"}, {"space", ""}}, "Every line is ticked."},
		{"ticks one", []state.Command{state.TickStep{Step: "list", Item: 1, On: true}}, []act{{"j tab j space", "1.2"}, {"space", "1.2"}}, "[ ] second line"},
		{"ticks of what is done stand", []state.Command{state.TickStep{Step: "list", Item: 1, On: true}, state.TickStep{Step: "list", Item: 2, On: true}, state.TickStep{Step: "list", Item: 3, On: true}, state.DoStep{Step: "list"}}, []act{{"j tab enter", ""}}, "Reopen it to do it again."},
		{"copied", nil, []act{{"j c", ""}}, "clipboard: ssh host ls"},
		{"copied from the text", nil, []act{{"j tab j j j enter", ""}}, "clipboard: ssh host ls"},
		{"ticked from the text", nil, []act{{"j tab j enter", "1.2"}}, "[x] second line"},
		{"asks first", nil, []act{{"j j d", ""}, {"'02:05 ctrl+s", "done 1.3"}}, "▌"},
		{"answers", nil, []act{{"j j i '02:05 tab 'red ctrl+s", "1.3"}}, "A remark: red"},
		{"answers one", nil, []act{{"j j tab j enter 'blue ctrl+s", "1.3"}}, "A remark: blue"},
		{"answers anew", []state.Command{state.AnswerStep{Step: "ask", Values: map[string]string{"note": "red"}}}, []act{{"j j i '02:05 tab end 'dish ctrl+s", "1.3"}}, "A remark: reddish"},
		{"decides", []state.Command{state.DoStep{Step: "plain"}}, []act{{"j j j enter enter", ""}, {"right enter", "Yes, bad"}}, "▌"},
		{"decides from the text", []state.Command{state.DoStep{Step: "plain"}}, []act{{"j j j tab j enter", ""}, {"ctrl+s", "No, fine"}}, "▌"},
		{"decides by deciding", []state.Command{state.DoStep{Step: "plain"}}, []act{{"j j j d", ""}}, "A decision is done by deciding: ↵."},
		{"two people", nil, []act{{"2 1 : 'two_people enter d", ""}, {"'seen ctrl+s", "2.3"}}, "confirm"},
		{"confirmed", []state.Command{state.DoStep{Step: "two", Note: "seen"}}, []act{{": 'two_people enter enter", "confirmed 2.3"}}, "▌"},
		{"closed", []state.Command{state.CloseIncident{Summary: "over"}}, []act{{": 'plain_step enter d", ""}}, "The incident is closed;"},
	} {
		seen(t, book, 100, 40, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			acts(t, term, desk, "Ben", c.first...)
			for _, a := range c.acts {
				before := tuitest.EntriesOf(desk)
				tuitest.Play(t, term, tuitest.Turn{Do: a.do + " ~300ms"})
				inc := desk.Last().Incident()
				got := ""
				if inc.Head.Seq > before {
					e, _ := inc.Entry(inc.Head.Seq)
					got = inc.Describe(e)
				}
				if (got == "") != (a.logged == "") || !strings.Contains(got, a.logged) {
					t.Errorf("%s, %q: recorded is %q\n%s", c.name, a.do, got, term.Screen())
				}
			}
			if !strings.Contains(term.Screen(), c.see) {
				t.Errorf("%s: %q is not on the screen\n%s", c.name, c.see, term.Screen())
			}
		})
	}
}

// TestWhatStandsIsNotUnknown: a question whose answer sets who holds a role, or the severity, does not
// say that this is not known, or needed, while it is known otherwise.
func TestWhatStandsIsNotUnknown(t *testing.T) {
	const naming = "title = \"Naming\"\nseverity = \"SEV2\"\n[[role]]\nid = \"lead\"\ntitle = \"The lead\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"Name them\"\n" +
		"ask = [{ id = \"a\", prompt = \"Who leads\", sets = \"role:lead\", required = true }, { id = \"b\", prompt = \"How bad\", sets = \"severity\" }]\n"
	seen(t, naming, 100, 24, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term, tuitest.Turn{See: []string{"? Who leads: needed before it is done", "? How bad: SEV2 now"}, Miss: []string{"not known"}})
		acts(t, term, desk, "Ben", state.AssignRole{Role: "lead", Person: "Cyd"})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"? Who leads: Cyd now"}, Miss: []string{"needed"}})
	})
}

// TestATimeIsNotFilledIn: what a question for a time shows while it is empty cannot be taken for a time.
func TestATimeIsNotFilledIn(t *testing.T) {
	seen(t, book, 100, 40, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		tuitest.Play(t, term, tuitest.Turn{Do: "j j d", See: []string{"Time of it *", "such as 02:38, or -10m"}})
	})
}

// TestText: the text of a step says what became of it, who does it and how long it may
// take, what it acts on, what it asks, and what was recorded of it.
func TestText(t *testing.T) {
	seen(t, book, 100, 40, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{See: []string{"1.1  Plain step", "○ to do", "The lead  10m"}, Miss: []string{"Needs", "Assigned", "may be left undone"}},
			tuitest.Turn{Do: "k", See: []string{"1  Look", "Know what is hit.", "   3 to do", "   1 waiting"}, Miss: []string{" 0 "}},
			tuitest.Turn{Do: "j j", See: []string{"[ ] first line", "[ ] third line", "$ ssh host ls", "c copies it", "Done when All is seen."}},
			tuitest.Turn{Do: "j", See: []string{"? Time of it: needed before it is done", "? A remark: not known"}},
			tuitest.Turn{Do: "j", See: []string{"⊘ waiting", "○ Yes, bad", "○ No, fine", "After: 1.1 Plain step"}},
			tuitest.Turn{Do: "j j", See: []string{"2.1  Switch E-mail off", "E-mail: unknown", "How: Pull the plug."}},
			tuitest.Turn{Do: "j", See: []string{"2.2  Switch it on", "How: Put it back."}},
			tuitest.Turn{Do: "j", See: []string{"Two persons: another must confirm", "Evidence: asks for a file or a note", "(may be left undone)"}},
			tuitest.Turn{Do: "G", See: []string{"Go home."}},
		)
		acts(t, term, desk, "Ben", state.AssignRole{Role: "lead", Person: "Cyd"}, state.StartStep{Step: "plain"}, state.AddNote{Step: "plain", Text: "all quiet"},
			state.TickStep{Step: "list", Item: 2, On: true}, state.AnswerStep{Step: "ask", Values: map[string]string{"note": "red"}},
			state.SetService{Service: "mail", State: state.Affected, Why: "it is slow"}, state.DoStep{Step: "two", Note: "seen"})
		tuitest.Play(t, term,
			tuitest.Turn{Do: "g j", See: []string{"▶ active since 02:31, Ben", "The lead: Cyd", "0s/10m", "02:31 Ben: all quiet"}},
			tuitest.Turn{Do: "j", See: []string{"[ ] first line", "[x] second line", "[ ] third line"}},
			tuitest.Turn{Do: "j", See: []string{"? A remark: red"}},
			tuitest.Turn{Do: "j j j", See: []string{"E-mail: affected since 02:31, Ben"}},
		)
		acts(t, term, desk, "Ben", state.DoStep{Step: "plain"}, state.AnswerStep{Step: "choice", Option: "no", Note: "it is fine"}, state.SkipStep{Step: "list", Why: "no need"}, state.FailStep{Step: "ask", Why: "no host"})
		acts(t, term, desk, "Cyd", state.ConfirmStep{Step: "two"})
		tuitest.Play(t, term,
			tuitest.Turn{Do: "g j", See: []string{"✓ done 02:31 by Ben", "10m"}},
			tuitest.Turn{Do: "j", See: []string{"skipped 02:31 by Ben: no need"}},
			tuitest.Turn{Do: "j", See: []string{"failed 02:31 by Ben: no host"}},
			tuitest.Turn{Do: "j", See: []string{"✓ No, fine", "○ Yes, bad", "02:31, Ben"}},
			tuitest.Turn{Do: "j j j", See: []string{"not applicable"}},
			tuitest.Turn{Do: "j", See: []string{"by Ben, confirmed by Cyd"}},
		)
	})
}

// TestScrolling: what is longer than its pane says how much is left, and the keys go
// through it, line by line or from one thing that can be chosen to the next.
func TestScrolling(t *testing.T) {
	text := strings.Replace(book, `text = "Go **home**."`, "text = \"\"\"\n"+strings.Repeat("- a line\n", 40)+"\"\"\"\nchecklist = [\"tick me\", \"and me\"]", 1)
	seen(t, text, 100, 30, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "G", See: []string{"3.1  Last step", "↓ 26 more: tab, then ↓"}, Miss: []string{"tick me"}},
			tuitest.Turn{Do: "tab j", See: []string{"and me"}},
			tuitest.Turn{Do: "g", See: []string{"↓ 26 more"}},
			tuitest.Turn{Do: "pgdown", See: []string{"more"}, Miss: []string{"26 more"}},
			tuitest.Turn{Do: "pgdown pgdown pgdown", See: []string{"▌[ ] and me"}, Miss: []string{" more:"}},
			tuitest.Turn{Do: "pgup pgup pgup pgup", See: []string{"↓ 26 more"}},
			tuitest.Turn{Do: "esc k G", See: []string{"↓ 26 more"}},
		)
	})
}

// TestFooter: the keys that matter most stay the longest.
func TestFooter(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		for _, c := range []struct {
			w    int
			keys string
		}{{160, " ↵ start  d done  s skip  b block  f fail  a assign  n note  e evidence  u undo  2 services  3 notices  4 clocks  5 timeline  q leave  : find  ? help"},
			{120, " ↵ start  d done  s skip  b block  f fail  n note  e evidence  u undo  2 services  3 notices  5 timeline  : find  ? help"},
			{80, " ↵ start  d done  s skip  n note  e evidence  2 services  : find  ? help"},
			{60, " ↵ start  d done  s skip  n note  e evidence  : find  ? help"},
			{40, " ↵ start  d done  s skip  : find  ? help"}} {
			term.Resize(c.w, 24)
			if got := term.Row(-1); got != c.keys {
				t.Errorf("at %d columns the footer is %q", c.w, got)
			}
		}
		for i, want := range []string{"↵ fold", "↵ start", "↵ start", "↵ start", "↵ decide"} {
			if i == 0 {
				term.Act("g")
			} else {
				term.Act("j")
			}
			tuitest.Play(t, term, tuitest.Turn{See: []string{want}})
		}
		tuitest.Play(t, term,
			tuitest.Turn{Do: "tab", See: []string{"↵ choose"}}, tuitest.Turn{Do: "esc", See: []string{"↵ decide"}},
			tuitest.Turn{Do: "k tab", See: []string{"↵ answer"}}, tuitest.Turn{Do: "esc k tab", See: []string{"↵ tick"}}, tuitest.Turn{Do: "j j j", See: []string{"↵ copy"}})
	})
}
