package incident

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/tui/kit"
	"muster/tui/widget"
)

// desked is an open incident without a session, before w×h cells.
func desked(t *testing.T, w, h int) *Open {
	t.Helper()
	keys, err := kit.NewKeyMap(append(kit.MoveActions(),
		kit.Action{ID: "alert.seen", Keys: []string{"x"}}, kit.Action{ID: "who", Keys: []string{"Y"}}, kit.Action{ID: "notsaved.show", Keys: []string{"!"}}, kit.Action{ID: "waiting.show", Keys: []string{"ctrl+x"}}, kit.Action{ID: "witness", Keys: []string{"V"}}, kit.Action{ID: "close", Keys: []string{"C"}}, kit.Action{ID: "board.other", Keys: []string{"tab"}}), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	u := kit.NewUI(t.Context(), keys, func() time.Time { return now })
	u.Width, u.Height, u.Theme, u.Person = w, h, widget.Theme{Glyphs: widget.UnicodeGlyphs()}, "Ada"
	u.Push(&cupboard{})
	c := &Case{UI: u, Inc: &state.Incident{ID: "2026-11-24-amber-heron", Opened: now}}
	x := &Outbox{Case: c}
	return &Open{Case: c, Outbox: x, Lookout: &Lookout{}, Alarms: &Alarms{Case: c, outbox: x}, CallBook: &CallBook{Case: c}}
}

// TestAlertsInTwoRows: an alert has two rows at most, however long it is; how it is taken
// away and how many wait behind it is never cut.
func TestAlertsInTwoRows(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 60))
	for _, text := range []string{"DUE", long, strings.Repeat("x", 300)} {
		for more, says := range []string{"(x: seen)", "(x: seen, 1 more alert)", "(x: seen, 2 more alerts)"} {
			for w := 40; w <= 200; w++ {
				o := desked(t, w, 24)
				for range more {
					o.alerts = append(o.alerts, "an older one")
				}
				o.alerts = append(o.alerts, text)
				lines := o.alertLines(w)
				if len(lines) == 0 || len(lines) > 2 {
					t.Fatalf("at %d columns it has %d rows: %q", w, len(lines), lines)
				}
				for _, line := range lines {
					if widget.Width(line) > w-2 {
						t.Errorf("at %d columns a row is too wide: %q", w, line)
					}
				}
				if !strings.HasSuffix(lines[len(lines)-1], "  "+says) {
					t.Errorf("at %d columns it ends %q, not with %q", w, lines[len(lines)-1], says)
				}
				whole := o.UI.Theme.Glyphs.Unsaved + " " + text
				squeezed := func(text string) string { return strings.ReplaceAll(text, " ", "") }
				said := strings.TrimSuffix(strings.TrimSuffix(strings.Join(lines, " "), "  "+says), "…")
				if !strings.HasPrefix(squeezed(whole), squeezed(said)) {
					t.Fatalf("at %d columns it says %q", w, said)
				}
				// as much of it as has room, in as few rows as it needs
				if width := widget.Width(whole + "  " + says); (width <= w-2) != (len(lines) == 1) {
					t.Fatalf("at %d columns what takes %d has %d rows", w, width, len(lines))
				}
				if len(squeezed(said)) < len(squeezed(whole)) && text == long && widget.Width(lines[1]) < w-2-len("word ") {
					t.Fatalf("at %d columns there is room for more than %q", w, lines)
				}
			}
		}
	}
}

// TestNothingRingsInVain: what was ended, met or withheld does not ring.
func TestNothingRingsInVain(t *testing.T) {
	o := desked(t, 80, 24)
	now := o.UI.Now()
	o.Inc.Timers = []state.Timer{{ID: "on", Title: "on", Due: now}, {ID: "ended", Due: now, Ended: now}, {ID: "hidden", Due: now, Hidden: true}}
	o.Inc.Contacts = []state.Contact{{Def: &runbooks.Contact{ID: "silent"}}}
	if dues := o.allDues(time.UTC); len(dues) != 1 || dues[0].text != "TIMER: on" {
		t.Errorf("there ring %+v", dues)
	}
}

// TestTimerMark: the head says of the timer that is due first how long it has, from its very
// moment on that it is due, and nothing of one that has ended.
func TestTimerMark(t *testing.T) {
	o := desked(t, 80, 24)
	now := o.UI.Now()
	timer := func(in time.Duration) state.Timer { return state.Timer{Due: now.Add(in)} }
	ended, hidden := timer(-time.Hour), timer(-time.Hour)
	ended.Ended, hidden.Hidden = now, true
	for want, timers := range map[string][]state.Timer{
		"":          {ended, hidden},
		"TIMER DUE": {ended, timer(time.Hour), timer(0)},
		"timer 10m": {hidden, timer(time.Hour), timer(10 * time.Minute), timer(20 * time.Minute)},
	} {
		o.Inc.Timers = timers
		if got := o.pendingMark(now); got != want {
			t.Errorf("it says %q, not %q", got, want)
		}
	}
}

// TestClockNames: a clock is called by its law where its title begins with one, and never
// takes more cells than there are.
func TestClockNames(t *testing.T) {
	for _, c := range []struct {
		title string
		most  int
		want  string
	}{
		{"GDPR: tell the authority", 16, "GDPR"},
		{"GDPR 33: tell the authority", 16, "GDPR"},
		{"NIS 2: an early warning", 16, "NIS"},
		{"NI 2: an early warning", 16, "NI 2"},
		{"Tell the board: now", 16, "Tell the board"},
		{"Tell the board", 8, "Tell th…"},
		{"DIRECTIVE 12", 8, "DIRECTI…"},
		{"2024 rules", 16, "2024 rules"},
	} {
		if got := clockName(c.title, c.most); got != c.want {
			t.Errorf("of %q in %d cells it makes %q, not %q", c.title, c.most, got, c.want)
		}
	}
}

// TestWithheldCalls: where calls are withheld from a copy nobody is said not to have been
// called, be it a single one.
func TestWithheldCalls(t *testing.T) {
	o := desked(t, 80, 24)
	for calls, want := range []string{"not called", "not known", "not known"} {
		o.Inc.Calls = make([]state.Call, calls)
		if _, got, _ := o.ContactLine("cert"); got != want {
			t.Errorf("%d calls are withheld, and it says %q", calls, got)
		}
	}
}

// TestWaysAreCounted: the ways to reach somebody stand in their order, and which is one's own
// is said.
func TestWaysAreCounted(t *testing.T) {
	o := desked(t, 80, 24)
	text := func(c response.Contact) string {
		p := &Page{T: o.UI.Theme, W: 70}
		o.ReachText(p, c)
		return strings.Join(p.Lines, "\n")
	}
	if got := text(response.Contact{Reach: []response.Way{{Text: "tel:1"}, {Text: "tel:2", Private: true}}}); got != "1 tel:1\n2 tel:2  (yours alone: never in the log)" {
		t.Errorf("it says\n%s", got)
	}
	if got := text(response.Contact{}); got != "No number or address is known." {
		t.Errorf("of nobody it says\n%s", got)
	}
}

// TestCloseListsAll: whoever closes an incident, on a small screen too, gets to everything
// that is open, the last of it as well.
func TestCloseListsAll(t *testing.T) {
	for _, n := range []int{1, 6, 30, 200} {
		for _, h := range []int{14, 24, 60} {
			o := desked(t, 80, h)
			for i := range n {
				o.Inc.Timers = append(o.Inc.Timers, state.Timer{ID: fmt.Sprintf("t%d", i), Title: fmt.Sprintf("timer-%d.", i), Due: o.UI.Now()})
			}
			closeOrReopen(o)
			list, ok := o.UI.Top().(*kit.Finder)
			if !ok {
				t.Fatalf("%d open things: no list is shown", n)
			}
			list.View(78, h-2)
			list.Move(kit.ToBottom)
			lines, _ := list.View(78, h-2)
			text := strings.Join(lines, "\n")
			if !strings.Contains(text, fmt.Sprintf("timer-%d.", n-1)) || !strings.Contains(text, fmt.Sprintf("%d of %d", n+1, n+1)) {
				t.Errorf("%d rows, %d things: at the end it shows\n%s", h, n, text)
			}
		}
	}
}

// TestNamesOfWhatIsOpen: what is open is called as people call it, and by its id if the
// incident does not know it.
func TestNamesOfWhatIsOpen(t *testing.T) {
	o := desked(t, 80, 24)
	o.Inc.Timers = []state.Timer{{ID: "t", Title: "tea", Due: o.UI.Now()}}
	o.Inc.Roles = []state.Role{{Def: &runbooks.Role{ID: "scribe", Title: "The scribe"}}}
	for item, want := range map[state.OpenItem]string{
		{What: "timer", ID: "t"}: "tea", {What: "timer", ID: "gone"}: "gone",
		{What: "role", ID: "scribe"}: "The scribe", {What: "role", ID: "gone"}: "gone",
		{What: "service", ID: "gone"}: "gone",
		{What: "notice", ID: "gone"}:  "gone", {What: "clock", ID: "gone"}: "gone", {What: "step", ID: "gone"}: "gone",
	} {
		if got := state.NameOfOpen(o.Inc, item); got != want {
			t.Errorf("%+v is called %q", item, got)
		}
	}
	for item, want := range map[state.OpenItem]string{
		{What: "timer", ID: "t"}: "due 02:00", {What: "timer", ID: "gone", State: "x"}: "x", {What: "clock", ID: "gone", State: "x"}: "x",
		{What: "update", ID: "gone", State: "x"}: "x", {What: "step", State: "todo"}: "to do",
	} {
		if got := openState(o, item); got != want {
			t.Errorf("%+v is %q", item, got)
		}
	}
}

// TestWhatIsTypedHolds: the time that was set and who acts here fill a form, but for what was
// typed into it.
func TestWhatIsTypedHolds(t *testing.T) {
	x := desked(t, 80, 24).Outbox
	x.NextWhen = "01:00"
	if got := x.acting(nil); got["when"] != "01:00" || got["by"] != "Ada" {
		t.Errorf("an empty form has %q", got)
	}
	if got := x.acting(map[string]string{"when": "01:30", "by": "Ben"}); got["when"] != "01:30" || got["by"] != "Ben" {
		t.Errorf("a form that was typed into has %q", got)
	}
	action, err := x.acted(map[string]string{"when": "01:30"}, state.Action{})
	if err != nil || x.UI.Person != "Ada" || x.NextWhen != "" || action.Occurred.Format("15:04") != "01:30" {
		t.Errorf("%v: %s acts, at %v, the next at %q", err, x.UI.Person, action.Occurred, x.NextWhen)
	}
}
