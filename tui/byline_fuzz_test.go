package tui_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// FuzzLines talks with the screens in any lines whatever, at home, in an incident, and in
// a drill, as its facilitator and as a player. The program neither fails nor hangs; only
// text is said; the log verifies; and what is recorded was recorded by a whole line, none
// by an empty one and none by the end.
func FuzzLines(f *testing.F) {
	for _, lines := range []string{
		"", "\n\n\n", "list\n4\nopen\n1\n\n\n\n\n\n\n\nyes\n", "next\nskip\nwhy\nyes\n?\n1\nnote\na\n.\nyes\nquit\n", "?\n? all\n?done\nhelp\nagain\ntext\n1\n",
		"note \x1b[2J\x1b]0;x\x07\u202e\nyes\n", "services\n1\nset affected\nx\n\nyes\nnotices\n1\ndraft\nwrite\nwords\n.\nclaims\n1\n3\ntake\nsave\napprove\nyes\nsend\n1\n\nx\n\nyes\n",
		"drill\nstart\nnext\ndeliver\nyes\nrate 1\n1\nx\n.\nyes\njump 1:00\nyes\n", "waiting\ntake\nmessages\n1\n", "timeline\nlist note\n1\nshow\namend\nx\n.\n\nwhy\nyes\nretract\n",
		"close\n1\nover\n.\nyes\nverify\nleave\nclose\nreopen\nwhy\nyes\n", "who\nBo\n1\nyes\nundo\nyes\nback\n", "find done\n1\n/leave\n/back\n/?\n/empty\n99999999999999999999\n-1\n0\n", "skip x\ny", "\r\n\t\x00\xff\n",
		strings.Repeat("x", 70000) + "\nyes\n", "occurred -10m\nyes\nnext\nsitrep\nissue board\nyes\nexport\n\n\nyes\nwitness Bo\n\nyes\n",
	} {
		for start := range uint8(4) {
			f.Add(start, []byte(lines))
		}
	}
	books := readBooks(f, "attack", "hostile", "malware", "imo")
	play, err := tuitest.ReadScenario("autumn.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, start uint8, typed []byte) {
		if len(typed) > 1024 && len(typed) < 60000 || len(typed) > 80000 {
			t.Skip("it would take seconds")
		}
		synctest.Test(t, func(t *testing.T) {
			desk, app := sitByLine(t, books, play, start)
			c := tuitest.Talk(t, app)
			lines := slices.Collect(strings.SplitAfterSeq(string(typed), "\n"))
			for _, line := range lines {
				before := mine(desk)
				c.Type(line)
				if n := mine(desk); n > before && strings.TrimSpace(line) == "" {
					t.Errorf("an empty line made %d entries:\n%s", n-before, c.All())
				}
			}
			time.Sleep(11 * time.Second)
			before := mine(desk)
			c.End()
			if n := mine(desk); n != before {
				t.Errorf("the end made %d entries:\n%s", n-before, c.All())
			}
			if c.Err != nil {
				t.Errorf("it failed: %v", c.Err)
			}
			tuitest.NoControls(t, c.All())
			if session := desk.Last(); session != nil {
				if err := verify(session.Incident()); err != nil {
					t.Error(err)
				}
			}
		})
	})
}

// mine is how many entries Ada has recorded; what falls due in a drill is delivered by
// itself, and looks show what they show.
func mine(desk *tuitest.Desk) (n int) {
	session := desk.Last()
	if session == nil {
		return 0
	}
	for _, e := range session.Incident().Log {
		switch e.Data.(type) {
		case *state.ServiceChecked, *state.InjectDelivered, *state.ClockMissed:
			continue
		}
		if e.By.Name == "Ada" {
			n++
		}
	}
	return n
}
