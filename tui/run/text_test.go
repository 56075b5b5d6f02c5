package run_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// TestItems: in a step's text up and down go from one thing that can be chosen to the
// next, and no further than the first and the last.
func TestItems(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{Do: "j", Miss: []string{"▌[ ]", "▌$"}},
			tuitest.Turn{Do: "tab", See: []string{"▌[ ] first"}},
			tuitest.Turn{Do: "k", See: []string{"▌[ ] first"}},
			tuitest.Turn{Do: "j j", See: []string{"▌[ ] third"}},
			tuitest.Turn{Do: "k", See: []string{"▌[ ] second"}},
			tuitest.Turn{Do: "space", See: []string{"▌[x] second"}},
			tuitest.Turn{Do: "space", See: []string{"▌[ ] second"}},
			tuitest.Turn{Do: "j j j", See: []string{"▌$ ssh host ls"}},
			// a click chooses what was hit
			tuitest.Turn{Do: "@45,5", See: []string{"▌[ ] first"}},
			tuitest.Turn{Do: "@45,7", See: []string{"▌[ ] third"}},
			tuitest.Turn{Do: "@45,8 @45,2", See: []string{"▌[ ] third"}},
			tuitest.Turn{Do: "esc", Miss: []string{"▌[ ]"}},
			tuitest.Turn{Do: "l", See: []string{"▌[ ]"}},
			tuitest.Turn{Do: "h", Miss: []string{"▌[ ]"}},
		)
	})
}

// TestWhole: a title, a status, a command and an answer are seen whole, wrapped under
// themselves.
func TestWhole(t *testing.T) {
	long := strings.Repeat("many words ", 12)
	text := strings.Replace(book, `title = "Step with a list"`, `title = "Step `+long+`THE END"`, 1)
	text = strings.Replace(text, `"ssh host ls"`, `"ssh `+long+`LAST"`, 1)
	text = strings.Replace(text, `"All is seen."`, `"All `+long+`SEEN"`, 1)
	for _, size := range [][2]int{{80, 40}, {100, 40}, {120, 40}, {200, 60}} {
		seen(t, text, size[0], size[1], func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			acts(t, term, desk, "Ben", state.SkipStep{Step: "list", Why: long + "SKIPPED"}, state.AddNote{Step: "list", Text: long + "NOTED"})
			tuitest.Play(t, term, tuitest.Turn{Do: "j", See: []string{"THE END", "LAST", "SEEN", "SKIPPED", "NOTED", "c copies it"}})
			under := 0
			for line := range strings.Lines(term.Screen()) {
				if _, right, ok := strings.Cut(line, "│"); ok && strings.HasPrefix(right, "           ") && strings.Contains(right, "many words") {
					under++
				}
			}
			if size[0] == 100 && under == 0 {
				t.Errorf("what goes on is not under itself:\n%s", term.Screen())
			}
		})
	}
}

// TestNoSteps: of a copy without its runbook one is told why there are no steps, and no
// key does harm.
func TestNoSteps(t *testing.T) {
	for _, w := range []int{120, 100, 60} {
		seen(t, book, w, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			part, ok := state.ParsePart("runbook")
			if !ok {
				t.Fatal("there is no such part")
			}
			if err := desk.Withhold(state.PartsOf(part)); err != nil {
				t.Fatal(err)
			}
			acts(t, term, desk, "Ben", state.AddNote{Text: "a note"})
			tuitest.Play(t, term, tuitest.Turn{Do: "j k G g . @5,3 enter d ~1s", See: []string{"withheld"}, Miss: []string{"1.1", "cannot be read"}})
		})
	}
}

// TestLog: the newest entries come first and stay so as others come, in a strip or in a
// column with notes and evidence below.
func TestLog(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		rule := term.H - 6
		acts(t, term, desk, "Ben", state.AddNote{Text: "one"}, state.AddNote{Text: "two"}, state.AddNote{Text: "three"}, state.AddNote{Text: "four"})
		tuitest.Play(t, term, tuitest.Turn{Miss: []string{`"Test", SEV2`}, Rows: map[int]string{rule + 1: ` 02:31  Ben       note — "four"`, rule + 4: ` 02:31  Ben       note — "one"`}})
		acts(t, term, desk, "Ben", state.AddNote{Text: "five"})
		tuitest.Play(t, term,
			tuitest.Turn{Rows: map[int]string{rule + 1: ` 02:31  Ben       note — "five"`}},
			tuitest.Turn{Do: "#100x48", See: []string{`"Test", SEV2`}},
			tuitest.Turn{Do: "#160x24", See: []string{"Log  6 entries", "Notes and evidence", "five"}},
			tuitest.Turn{Do: "#60x24 tab tab", See: []string{"five", `"one"`, "opened"}},
		)
	})
}

// TestClosed: nothing runs on at a closed incident, and nothing is offered.
func TestClosed(t *testing.T) {
	seen(t, book, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		acts(t, term, desk, "Ben", state.StartStep{Step: "plain"})
		term.Wait(3 * time.Minute)
		acts(t, term, desk, "Ben", state.CloseIncident{Summary: "over"})
		term.Wait(time.Hour)
		tuitest.Play(t, term, tuitest.Turn{Do: "j k", See: []string{"3m/10m"}, Miss: []string{"over\n", "↵ start", "↵ done", "d done"}})
	})
}

// TestSends: a step that sends a notice or calls somebody says how that stands.
func TestSends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		term, desk := tuitest.Begin(t, source, &tuitest.World{}, nil)
		tuitest.Play(t, term,
			tuitest.Turn{Do: ": 'call_the_cert enter", See: []string{"Call: National CERT", "3 contacts: record the call"}, Miss: []string{"Notice:"}},
			tuitest.Turn{Do: "3 ~1s", See: []string{"National CERT"}},
			tuitest.Turn{Do: "1 k", Miss: []string{"Call:", "record the call"}},
		)
		steps := desk.Last().Incident().Steps
		for i := range steps {
			if steps[i].Def.Notice == "" {
				continue
			}
			tuitest.Play(t, term, tuitest.Turn{Do: ": '" + strings.ReplaceAll(steps[i].Title, " ", "_") + " enter ~1s", See: []string{"Notice: ", "3 notices: draft, approve, send"}, Miss: []string{"Call:"}})
		}
	})
}

// TestCommand: a command of several lines is shown and copied whole, each value in it quoted
// for a shell; one with a blank is not copied, and who can fill it is told how.
func TestCommand(t *testing.T) {
	const keys = `title = "Keys"
[[input]]
id = "key-id"
prompt = "Which key"
[[phase]]
title = "Contain"
[[phase.step]]
title = "Take the key away"
command = """
aws iam list --id {{ index .Answers "key-id" }}
aws iam delete --id {{ index .Answers "key-id" }}
"""
`
	seen(t, keys, 100, 30, func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
		tuitest.Play(t, term,
			tuitest.Turn{See: []string{"$ aws iam list --id «key-id»", "  aws iam delete --id «key-id»"}},
			tuitest.Turn{Do: "c", See: []string{"Not copied: «key-id» is not known yet. I answers it."}},
			tuitest.Turn{Do: "I '$(reboot) tab enter ~1s", See: []string{"$ aws iam list --id '$(reboot)'", "  aws iam delete --id '$(reboot)'"}},
			tuitest.Turn{Do: "c", See: []string{"aws iam list --id '$(reboot)'\n", "aws iam delete --id '$(reboot)'"}, Miss: []string{"Not copied", "Contain"}})
	})
}
