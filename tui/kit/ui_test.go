package kit

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// quits reports whether a command ends the program.
func quits(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	switch msg := cmd().(type) {
	case tea.QuitMsg:
		return true
	case tea.BatchMsg:
		return slices.ContainsFunc(msg, quits)
	}
	return false
}

// TestScreensLieOnEachOther: the last is seen; the first never goes.
func TestScreensLieOnEachOther(t *testing.T) {
	u, first := sit(t)
	second, third := &desk{}, &desk{}
	u.Push(second)
	u.Replace(third)
	var seen []Screen
	u.Screens(func(s Screen) bool { seen = append(seen, s); return true })
	if len(seen) != 2 || seen[0] != Screen(first) || seen[1] != Screen(third) || u.Screen() != Screen(third) || u.Top() != Part(third) {
		t.Errorf("screens are %v", seen)
	}
	n := 0
	u.Screens(func(Screen) bool { n++; return false })
	if n != 1 {
		t.Errorf("told to stop, it goes on: %d", n)
	}
	u.Pop()
	u.Pop()
	if u.Screen() != Screen(first) {
		t.Error("the first screen is gone")
	}
}

// TestDialogsLieOnEachOther: the last has the keys; any can be taken away.
func TestDialogsLieOnEachOther(t *testing.T) {
	for at, want := range map[int]string{0: "12", 1: "02", 2: "01", 3: "012"} {
		u, d := sit(t)
		boxes := []*box{{}, {}, {}, {}}
		for _, b := range boxes[:3] {
			u.Show(b)
		}
		u.Hide(boxes[at])
		got := ""
		u.Dialogs(func(d Dialog) bool {
			got += string(rune('0' + slices.Index(boxes, d.(*box))))
			return true
		})
		if got != want {
			t.Errorf("without %d: %s", at, got)
		}
		if top := boxes[want[len(want)-1]-'0']; u.Top() != Part(top) || !u.Covered() {
			t.Errorf("without %d the keys are elsewhere", at)
		}
		n := 0
		u.Dialogs(func(Dialog) bool { n++; return false })
		if n != 1 {
			t.Errorf("told to stop, it goes on: %d", n)
		}
		for _, b := range boxes {
			u.Hide(b)
		}
		if u.Covered() || u.Top() != Part(d) {
			t.Errorf("nothing lies there, and the screen has no keys")
		}
	}
}

// TestQuit: at once if nothing is unsaved; else when that is done, or if asked again.
func TestQuit(t *testing.T) {
	for _, c := range []struct {
		name       string
		busy, asks bool
		times      int
		quits      bool
		leaving    bool
		asked      bool
	}{
		{"nothing to save", false, false, 1, true, false, false},
		{"saving", true, false, 1, false, true, false},
		{"saving, asked again", true, false, 2, true, true, false},
		{"unsaved", true, true, 1, false, false, true},
		{"unsaved, asked again", true, true, 2, true, false, true},
	} {
		u, d := sit(t)
		d.busy = c.busy
		if c.asks {
			d.ask = &Confirm{UI: u, Leaves: true}
		}
		var cmd tea.Cmd
		for range c.times {
			cmd = u.Quit()
		}
		if quits(cmd) != c.quits || u.Leaving() != c.leaving || u.Covered() != c.asked || strings.HasPrefix(u.said, "Saving what") != c.leaving {
			t.Errorf("%s: quits %v, leaving %v, asked %v, said %q", c.name, quits(cmd), u.Leaving(), u.Covered(), u.said)
		}
		if u.Stay(); u.Leaving() {
			t.Errorf("%s: it does not stay", c.name)
		}
	}
	u, d := sit(t)
	d.busy = true
	u.Show(&Confirm{UI: u})
	if quits(u.Quit()) {
		t.Error("another question counts as asked")
	}
	u.Push(&box{})
	if !quits(u.Quit()) {
		t.Error("a screen that saves nothing holds the program")
	}
}

// TestClocksTick: once a second while a clock is to be seen, never twice at a time.
func TestClocksTick(t *testing.T) {
	u, d := sit(t)
	if u.Tick() != nil {
		t.Error("it ticks without clocks")
	}
	d.clocks = true
	if u.Tick() == nil || u.Tick() != nil {
		t.Error("it does not tick, or twice")
	}
	ticked{u}.Deliver()
	if d.seconds != 1 || u.Tick() == nil {
		t.Errorf("%d seconds; or it ticks no more", d.seconds)
	}
	u.Push(&box{})
	ticked{u}.Deliver()
	if u.Tick() != nil {
		t.Error("it ticks for a screen without clocks")
	}
}

// TestCancel: the top dialog goes and is told; without one, the screen is.
func TestCancel(t *testing.T) {
	u, d := sit(t)
	u.Cancel()
	over := &overDesk{}
	u.Show(over)
	u.Cancel()
	if d.canceled != 1 || over.canceled != 1 || u.Covered() {
		t.Errorf("the screen was told %d times, the dialog %d; open %v", d.canceled, over.canceled, u.Covered())
	}
	u.Show(&box{})
	if u.Cancel(); u.Covered() || d.canceled != 1 {
		t.Error("a dialog that does nothing more does not close, or the screen is told")
	}
}

// overDesk is a dialog that knows as much as a desk.
type overDesk struct{ desk }

func (*overDesk) Place() Place { return OnSearch() }

// TestMouseCanBeGivenBack: to select text with the terminal.
func TestMouseCanBeGivenBack(t *testing.T) {
	u, _ := sit(t)
	for _, on := range []bool{true, false, true} {
		hit(u, "m")
		if u.Mouse != on || strings.Contains(u.said, "is on") != on || strings.Contains(u.said, "is off") == on {
			t.Errorf("the mouse is on: %v; said %q", u.Mouse, u.said)
		}
	}
}

// TestActionsThatDoNotApplySayWhy: and do nothing.
func TestActionsThatDoNotApplySayWhy(t *testing.T) {
	u, _ := sit(t)
	ctrlZ := tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl}
	if u.Key(ctrlZ) == nil || u.said != "" {
		t.Errorf("it is not suspended: %q", u.said)
	}
	u.SSH = true
	if cmd := u.Run(u.Keys.Action("suspend")); cmd != nil || u.said != "Over SSH there is nothing to suspend to." {
		t.Errorf("said %q", u.said)
	}
	why := Unless(func(p interface{ Nobody() }) string { return "" })
	if why(u) != "That is not possible here." {
		t.Errorf("a part that nobody is: %q", why(u))
	}
	if With(func(p interface{ Nobody() }) tea.Cmd { return tea.Quit })(u) != nil {
		t.Error("an action of a part that nobody is was done")
	}
	if label := Label(func(p interface{ Nobody() }) string { return "x" }); label(u) != "" {
		t.Errorf("labelled %q", label(u))
	}
	if label := Label(func(d *desk) string { return d.WindowTitle() }); label(u) != "desk title" {
		t.Errorf("labelled %q", label(u))
	}
}

// TestTyped: what was typed and is recorded nowhere, of screens and dialogs; a part
// that has broken says nothing.
func TestTyped(t *testing.T) {
	u, d := sit(t)
	d.texts = []string{"note: on the desk"}
	u.Show(broken{})
	u.Show(NewPrompt(u, "Skip", "", "skip", []*Field{
		{ID: "why", Label: "Why"}, {ID: "empty", Label: "Empty"},
		{ID: "one", Label: "One", Kind: ChoiceField, Choices: []Choice{{"a", "A"}}},
	}, map[string]string{"why": " no VPN ", "empty": "  ", "one": "a"}, nil))
	if got := strings.Join(u.Typed(), "|"); got != "note: on the desk|Skip, Why: no VPN" {
		t.Errorf("typed: %q", got)
	}
}

// broken is a dialog that a crash has left in a bad state.
type broken struct{ box }

func (broken) Place() Place                          { return OnConfirm() }
func (broken) View(int, int) ([]string, *tea.Cursor) { return nil, nil }
func (broken) Click(int, int) tea.Cmd                { return nil }
func (broken) Typed() []string                       { panic("broken") }

// TestTimesThatAreTyped: read against the terminal's clock; what could mean two times
// says which was taken.
func TestTimesThatAreTyped(t *testing.T) {
	u, _ := sit(t)
	now := morning()
	if at, err := u.Past("-10m"); err != nil || now.Sub(at).Round(time.Second) != 10*time.Minute {
		t.Errorf("past -10m is %v, %v", at, err)
	}
	if at, err := u.Ahead("10m", time.Time{}); err != nil || at.Sub(now).Round(time.Second) != 10*time.Minute {
		t.Errorf("ahead 10m is %v, %v", at, err)
	}
	for _, text := range []string{"rubbish", "25:99"} {
		if u.NotPast(text) == "" || u.NotAhead(text) == "" {
			t.Errorf("%q is a time", text)
		}
	}
	for _, text := range []string{"08:00", "-10m"} {
		if why := u.NotPast(text); why != "" {
			t.Errorf("%q: %s", text, why)
		}
		if why := u.NotAhead("1h"); why != "" {
			t.Errorf("1h: %s", why)
		}
	}
	if u.said != "" {
		t.Errorf("nothing was doubtful, but it says %q", u.said)
	}
	// The hour from 2 to 3 comes twice that night.
	u.clock = func() time.Time { return time.Date(2026, 10, 25, 4, 45, 0, 0, berlin(t)) }
	if _, err := u.Past("02:30"); err != nil || u.said == "" {
		t.Errorf("an hour that came twice: %v, said %q", err, u.said)
	}
	u.Say("")
	u.clock = func() time.Time { return time.Date(2026, 10, 25, 0, 45, 0, 0, berlin(t)) }
	if _, err := u.Ahead("02:30", time.Time{}); err != nil || u.said == "" {
		t.Errorf("an hour that will come twice: %v, said %q", err, u.said)
	}
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	return zone
}

// TestWords: how things are counted and called.
func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Entries(0), "0 entries"}, {Entries(1), "1 entry"}, {Entries(2), "2 entries"},
		{Plural(0, "step"), "0 steps"}, {Plural(1, "step"), "1 step"}, {Plural(2, "step"), "2 steps"},
		{Person(""), "nobody"}, {Person("Ada\x1b"), "Ada␛"},
		{ShortID("2026-11-24-amber-heron"), "amber-heron"}, {ShortID("2026-11-24-a"), "a"}, {ShortID("2026-11-24-"), "2026-11-24-"},
		{ShortID("2026-11-24"), "2026-11-24"}, {ShortID("amber-heron-and-its-nest"), "amber-heron-and-its-nest"}, {ShortID("2026-11-24xamber"), "2026-11-24xamber"},
		{ShortID("2026-11-2x-amber"), "2026-11-2x-amber"}, {ShortID(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, not %q", c.got, c.want)
		}
	}
	now := morning()
	for at, want := range map[time.Time]string{
		now.AddDate(-1, 0, 0): "28 Nov 2025 08:15", now.AddDate(0, -1, 0): "28 Oct 08:15", now.AddDate(0, 0, 1): "29 Nov 08:15", now.Add(time.Hour): "09:15",
	} {
		if got := ClockTime(at, now); got != want {
			t.Errorf("%v is %q, not %q", at, got, want)
		}
	}
}
