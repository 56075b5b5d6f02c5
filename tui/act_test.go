package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"muster/tui/tuitest"
)

// TestActions: each key makes the entry it says it makes.
func TestActions(t *testing.T) {
	for keys, want := range map[string]string{
		"enter":                             `started 1.1 Write down what is seen`,
		"d '02:05 enter":                    `done 1.1 Write down what is seen (first = "2026-11-24T02:05:00Z")`,
		"D '02:05 tab 'all_told enter":      `done 1.1 Write down what is seen — "all told" (first = "2026-11-24T02:05:00Z")`,
		"s 'nobody_saw_it enter":            `skipped 1.1 Write down what is seen — "nobody saw it"`,
		"b 'the_night_shift enter":          `blocked 1.1 Write down what is seen — "the night shift"`,
		"f 'no_witness enter":               `failed 1.1 Write down what is seen — "no witness"`,
		"i '02:05 enter":                    `answered 1.1 Write down what is seen (first = "2026-11-24T02:05:00Z")`,
		"tab enter '02:05 enter":            `answered 1.1 Write down what is seen (first = "2026-11-24T02:05:00Z")`,
		"a ctrl+u 'Ben enter":               `assigned 1.1 Write down what is seen to Ben`,
		"n 'seen enter":                     `note on 1.1 Write down what is seen — "seen"`,
		"n 'seen tab right enter":           `note — "seen"`,
		"n 'one alt+enter 'two enter":       `note on 1.1 Write down what is seen — "one two"`,
		"t enter":                           `role Incident commander: Ada`,
		"t right tab ctrl+u 'Ben enter":     `role Operations lead: Ben`,
		"S left tab 'it_grows enter":        `SEV1 — "it grows"`,
		"I ctrl+u 'Acme enter":              `org = "Acme"`,
		"+ 'Call_the_insurer enter":         `1.4 Call the insurer`,
		"s 'x enter k r 'again enter":       `reopened 1.1 Write down what is seen`,
		"enter u y":                         `retracted entry 2`,
		"j j j j space":                     `ticked "Blocked at both firewalls" of 2.1 Shut down GISIS database`,
		"j j j j tab j space":               `ticked "Service accounts disabled" of 2.1 Shut down GISIS database`,
		"j j j j tab enter enter":           `unticked "Blocked at both firewalls" of 2.1 Shut down GISIS database`,
		"2 enter right 'x tab 'ok enter":    `service GISIS database is unaffected — "ok"`,
		"V 'Ben enter":                      `told Ben the head `,
		"n 'x enter V 'Ben tab right enter": `(entry 2), e-mail`,
		"enter 5 r 'wrong enter":            `retracted entry 2 — "wrong"`,
	} {
		tuitest.InBubble(t, keys, func(t *testing.T) {
			term, desk := tuitest.Inside(t)
			term.Act(keys)
			inc := desk.Last().Incident()
			e, _ := inc.Entry(inc.Head.Seq)
			if got := inc.Describe(e); !strings.Contains(got, want) {
				t.Errorf("%s: the last entry is %q, not %q\n%s", keys, got, want, term.Screen())
			}
		})
	}
}

// TestActionsThatDoNotApply: the key says why, and nothing is recorded.
func TestActionsThatDoNotApply(t *testing.T) {
	for keys, want := range map[string]string{
		"k s":           "Choose a step first",
		"k a":           "Choose a step first",
		"space":         "no checklist",
		"c":             "no command",
		"r":             "The step is open",
		"j i":           "answered by deciding",
		"j d":           "done by deciding",
		"u":             "nothing of yours",
		"!":             "Everything is saved",
		"s enter":       "This is needed",
		"D 'x enter":    "is not a time",
		"C enter enter": "This is needed",
		"u esc":         "1.1 Write",
		"T 'x enter":    "is not a time",
		"I enter":       "No answer is given",
		"e 'x tab":      "Attach a file",
		"5 / 'zz":       "No entry matches",
		": 'zzzz":       "Nothing matches",
		"5 enter a":     "Amend entry 1",
		"h . l":         "1.1  Write down",
		"tab tab esc":   "1.1  Write down",
	} {
		tuitest.InBubble(t, keys, func(t *testing.T) {
			term, desk := tuitest.Inside(t)
			term.Act(keys)
			tuitest.Wants(t, term, want)
			if n := desk.Last().Incident().Head.Seq; n != 1 {
				t.Errorf("%s: the log has %d entries", keys, n)
			}
		})
	}
}

// TestOccurred: a time said beforehand, or in the prompt, is the time recorded.
func TestOccurred(t *testing.T) {
	for keys, want := range map[string]string{
		"enter":                   "02:31",
		"T '02:10 enter enter":    "02:10",
		"s 'x tab '02:11 enter":   "02:11",
		"T '02:12 enter s 'x tab": "",
	} {
		tuitest.InBubble(t, keys, func(t *testing.T) {
			term, desk := tuitest.Inside(t)
			term.Act(keys)
			inc := desk.Last().Incident()
			if want == "" {
				tuitest.Wants(t, term, "02:12")
				return
			}
			e, _ := inc.Entry(2)
			if got := e.When().Format("15:04"); got != want {
				t.Errorf("%s: it happened at %s, not %s", keys, got, want)
			}
		})
	}
}

// TestAttach: a second runbook's steps come after those of the first.
func TestAttach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		term.Act("R 'malware enter 'it_came_by_mail enter")
		tuitest.Wants(t, term, "Clean it", "Unplug the machine")
		inc := desk.Last().Incident()
		if len(inc.Books) != 2 || inc.Books[1].Doc.Text != string(desk.Books[1].Text) {
			t.Error("the runbook is not in the log as it lies in its file")
		}
	})
}
