package plain_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// insideByLine begins a conversation in a new incident.
func insideByLine(t *testing.T) (*tuitest.Conversation, *tuitest.Desk) {
	t.Helper()
	return tuitest.InsideByLine(t, tuitest.Home(t, tui.Options{ByLine: true}))
}

// TestActsByLine: each conversation makes the entry that it says it makes, the same as the
// screens make.
func TestActsByLine(t *testing.T) {
	for lines, want := range map[string]string{
		"next":                                   `started 1.1 Write down what is seen`,
		"start":                                  `started 1.1 Write down what is seen`,
		"done|02:05|.|yes":                       `done 1.1 Write down what is seen (first = "2026-11-24T02:05:00Z")`,
		"done 02:05|all|told|.|yes":              `done 1.1 Write down what is seen — "all told" (first = "2026-11-24T02:05:00Z")`,
		"skip|nobody saw it|yes":                 `skipped 1.1 Write down what is seen — "nobody saw it"`,
		"skip nobody saw it|yes":                 `skipped 1.1 Write down what is seen — "nobody saw it"`,
		"skip||nobody saw it|yes":                `skipped 1.1 Write down what is seen — "nobody saw it"`,
		"block the night shift|yes":              `blocked 1.1 Write down what is seen — "the night shift"`,
		"fail no witness|yes":                    `failed 1.1 Write down what is seen — "no witness"`,
		"answer 02:05|yes":                       `answered 1.1 Write down what is seen (first = "2026-11-24T02:05:00Z")`,
		"text|1|02:05|yes":                       `answered 1.1 Write down what is seen (first = "2026-11-24T02:05:00Z")`,
		"assign Ben|yes":                         `assigned 1.1 Write down what is seen to Ben`,
		"note seen|yes":                          `note on 1.1 Write down what is seen — "seen"`,
		"note seen|2|2|yes":                      `note — "seen"`,
		"note|one|two|.|yes":                     `note on 1.1 Write down what is seen — "one two"`,
		"role||Ada|yes":                          `role Incident commander: Ada`,
		"role operations|Ben|yes":                `role Operations lead: Ben`,
		"severity SEV2|it wanes|yes":             `SEV2 — "it wanes"`,
		"inputs Acme|yes":                        `org = "Acme"`,
		"add Call the insurer||.|yes|yes":        `1.4 Call the insurer`,
		"skip x|yes|1.1|reopen again|yes":        `reopened 1.1 Write down what is seen`,
		"start|undo|yes":                         `retracted entry `,
		"2.1|tick":                               `ticked "Blocked at both firewalls" of 2.1 Shut down GISIS database`,
		"2.1|text|2":                             `ticked "Service accounts disabled" of 2.1 Shut down GISIS database`,
		"services|1|set unaffected|ok||yes":      `service GISIS database is unaffected — "ok"`,
		"witness Ben||yes":                       `told Ben the head `,
		"note x|yes|witness Ben|e-mail|yes":      `, e-mail`,
		"start|timeline|retract wrong|yes":       `retracted entry `,
		"skip|because|2|02:10|yes":               `skipped 1.1 Write down what is seen — "because"`,
		"skip|/back|/?|/leave|skip again|yes":    `skipped 1.1 Write down what is seen — "again"`,
		"occurred 02:10|yes|start":               `started 1.1 Write down what is seen`,
		"find|write a note|in the palette|.|yes": `note on 1.1 Write down what is seen — "in the palette"`,
	} {
		tuitest.InBubble(t, lines, func(t *testing.T) {
			c, desk := insideByLine(t)
			for line := range strings.SplitSeq(lines, "|") {
				c.Say(line)
			}
			inc := desk.Last().Incident()
			e, _ := inc.Entry(inc.Head.Seq)
			if got := inc.Describe(e); !strings.Contains(got, want) {
				t.Errorf("the last entry is %q, not %q\n%s", got, want, c.All())
			}
			tuitest.NoControls(t, c.All())
		})
	}
}

// TestEOFIsNoYes: wherever the input ends, what was recorded until then is what the whole
// lines before have recorded: the end answers nothing, and completes no line.
func TestEOFIsNoYes(t *testing.T) {
	const lines = "start\nskip\nbecause\nyes\nnote\none\ntwo\n.\n2\n2\nyes\ndone\ntext\n\n1.1\nreopen why\nyes\nundo\nyes\nservices\nset affected\nit burns\n\nyes\nclose\n1\nall over\n.\nyes\n"
	counts := map[int]uint64{} // entries after so many whole lines
	whole := func(cut int) int { return strings.Count(lines[:cut], "\n") }
	for cut := range len(lines) + 1 {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, desk := insideByLine(t)
				c.Type(lines[:cut])
				before := tuitest.EntriesOf(desk)
				c.End()
				time.Sleep(20 * time.Second)
				n := tuitest.EntriesOf(desk)
				if n != before {
					t.Errorf("the end of the input made %d entries after %q", n-before, lines[:cut])
				}
				if known, ok := counts[whole(cut)]; ok && n != known {
					t.Errorf("half a line made %d entries: %q", int(n)-int(known), lines[:cut])
				}
				counts[whole(cut)] = n
				if c.Err != nil {
					t.Error(c.Err)
				}
			})
		})
	}
	if first, last := counts[0], counts[whole(len(lines))]; last < first+6 {
		t.Errorf("the lines made %d entries: the test looks at nothing", last-first)
	}
}

// TestWhatIsTypedIsKept: the end of the input in a form keeps what it holds, and the form
// has it again.
func TestWhatIsTypedIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, desk := insideByLine(t)
		c.Say("note", "the first line")
		c.Type("and half of the sec")
		c.End()
		app, err := tui.NewOpening(t.Context(), desk, desk.Last().Incident().ID, false, tui.Options{ByLine: true, Person: "Ada", Now: desk.Now})
		if err != nil {
			t.Fatal(err)
		}
		again := tuitest.Talk(t, app)
		if said := again.All(); !strings.Contains(said, "Typed before, and recorded nowhere: Note") {
			t.Errorf("it is not said that something was kept:\n%s", said)
		}
		if said := again.Say("note"); !strings.Contains(said, "the first line\nand half of the sec") {
			t.Errorf("the form does not have it:\n%s", said)
		}
	})
}

// TestAlertsByLine: what happens by itself is a line of its own, said at once, and takes no
// answer that was meant for something else.
func TestAlertsByLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, desk := insideByLine(t)
		c.Say("set 10m", "look again", "yes")
		if said := c.Wait(11 * time.Minute); !strings.Contains(said, "ALERT: TIMER: look again. “clocks” has it; “seen” takes the alert away.\n") {
			t.Errorf("a timer is not said:\n%s", said)
		}
		if said := c.Say("seen"); !strings.Contains(said, "Seen: TIMER: look again. Left: 0 alerts.\n") {
			t.Errorf("what was seen is not said:\n%s", said)
		}
		_ = desk.Last().Other("Bo", state.AddNote{Text: "seen elsewhere"})
		if said := c.Hear(); !strings.Contains(said, `Bo: note — "seen elsewhere"`) {
			t.Errorf("what another has recorded is not said:\n%s", said)
		}
		desk.FailSaves(1)
		if said := c.Say("note x", "yes"); !strings.Contains(said, "NOT SAVED") || !strings.Contains(said, "retry") {
			t.Errorf("what was not saved is not said:\n%s", said)
		}
		c.Say("rescue")
		if said := c.Say(""); !strings.Contains(said, "saved") {
			t.Errorf("after a rescue:\n%s", said)
		}
		desk.Change("replaced")
		if said := c.Wait(5 * time.Second); !strings.Contains(said, "THE LOG WAS CHANGED") {
			t.Errorf("a log that was changed is not said:\n%s", said)
		}
	})
}
