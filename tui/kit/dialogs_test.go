package kit

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// TestQuestion: enter alone says no; yes must be chosen, and is done once.
func TestQuestion(t *testing.T) {
	for _, c := range []struct {
		name  string
		keys  []string
		done  bool
		still bool // it is still open
	}{
		{"enter", []string{"enter"}, false, false},
		{"escape", []string{"esc"}, false, false},
		{"n", []string{"n"}, false, false},
		{"y", []string{"y"}, true, false},
		{"the other answer", []string{"left"}, false, true},
		{"the other answer taken", []string{"left", "enter"}, true, false},
		{"there and back", []string{"right", "tab", "enter"}, false, false},
		{"a letter of no meaning", []string{"x"}, false, true},
	} {
		u, _ := sit(t)
		done := 0
		u.Show(&Confirm{UI: u, Title: "End?", About: "It ends.", Yes: "End it", Do: func() tea.Cmd { done++; return nil }})
		hit(u, c.keys...)
		if (done == 1) != c.done || done > 1 || u.Covered() != c.still {
			t.Errorf("%s: done %d times, open %v", c.name, done, u.Covered())
		}
	}
}

// TestQuestionIsDrawn: the answer that enter gives is marked, and named in the keys.
func TestQuestionIsDrawn(t *testing.T) {
	u, _ := sit(t)
	q := &Confirm{UI: u, Title: "End?", About: "It ends for everybody who follows.", Yes: "End it"}
	u.Show(q)
	lines, _, _ := shown(q, 32, 20)
	sameLines(t, "the question", lines, `
╭─ End? ───────────────────────╮
│ It ends for everybody who    │
│ follows.                     │
│                              │
│ ▌[ Cancel ]    [ End it ]    │
├──────────────────────────────┤
│ ↵ cancel  ← choose  y yes    │
╰──────────────────────────────╯`)
	hit(u, "left")
	lines, _, _ = shown(q, 60, 20)
	sameLines(t, "the other answer", lines, `
╭─ End? ───────────────────────────────────────────────────╮
│ It ends for everybody who follows.                       │
│                                                          │
│  [ Cancel ]   ▌[ End it ]                                │
├──────────────────────────────────────────────────────────┤
│ ↵ End it  ← choose  y yes  n no  esc cancel  ? help      │
╰──────────────────────────────────────────────────────────╯`)
	q.About = "A line just as wide as there is room."
	if lines, _, _ = shown(q, 4+len(q.About), 20); lines[2] != "│"+strings.Repeat(" ", len(q.About)+2)+"│" {
		t.Errorf("a line just as wide as there is room is broken: %q", lines)
	}
	if lines, _, _ = shown(q, 90, 20); len([]rune(lines[0])) != 66 {
		t.Errorf("it is %d wide", len([]rune(lines[0])))
	}
}

// TestQuestionIsClicked: the first click chooses an answer, the second gives it.
func TestQuestionIsClicked(t *testing.T) {
	u, _ := sit(t)
	done := 0
	q := &Confirm{UI: u, About: "It ends.", Yes: "End it", Do: func() tea.Cmd { done++; return nil }}
	u.Show(q)
	shown(q, 60, 20)
	for _, c := range []struct {
		x, y int
		on   bool
	}{{16, 2, false}, {16, 4, false}, {16, 3, true}, {15, 3, false}, {16, 3, true}} {
		if q.Click(c.x, c.y); q.on != c.on || done != 0 || !u.Covered() {
			t.Errorf("clicked at %d,%d: yes is chosen: %v, done %d", c.x, c.y, q.on, done)
		}
	}
	if q.Click(30, 3); done != 1 || u.Covered() {
		t.Errorf("clicked a second time: done %d, open %v", done, u.Covered())
	}
}

// TestMessage: it says its text, and any way leads out of it.
func TestMessage(t *testing.T) {
	for _, key := range []string{"enter", "esc"} {
		u, _ := sit(t)
		u.Tell("Saved", "Everything is on the disk.")
		lines, _, _ := shown(u.Top(), 30, 20)
		sameLines(t, "the message", lines, `
╭─ Saved ────────────────────╮
│ Everything is on the disk. │
├────────────────────────────┤
│ ↵ close  ? help            │
╰────────────────────────────╯`)
		if hit(u, "y", key); u.Covered() {
			t.Errorf("%s does not close it", key)
		}
	}
}

// later lets time pass.
func later(u *UI, d time.Duration) {
	now := u.clock().Add(d)
	u.clock = func() time.Time { return now }
}

// TestJustOpenedTakesNoKeys: a dialog that opened by itself is read first, also when it
// lay below another; ctrl+c is never lost.
func TestJustOpenedTakesNoKeys(t *testing.T) {
	for _, c := range []struct {
		after int // milliseconds
		just  bool
	}{{0, true}, {399, true}, {400, false}, {5000, false}, {-1, false}} {
		u, _ := sit(t)
		u.Raise(NewMessage(u, "News", "A clock is missed."))
		later(u, ms(c.after))
		if hit(u, "enter"); u.Covered() != c.just {
			t.Errorf("after %d ms enter leaves it open: %v", c.after, u.Covered())
		}
		if said := u.said != ""; said != c.just {
			t.Errorf("after %d ms it is said that a key did nothing: %v", c.after, said)
		}
	}
	u, _ := sit(t)
	u.Raise(NewMessage(u, "News", "A clock is missed."))
	u.Raise(NewMessage(u, "More", "Another is."))
	later(u, ms(2000))
	hit(u, "enter")
	later(u, ms(300)) // the hand pauses, and nobody reads so fast
	if hit(u, "enter"); !u.Covered() {
		t.Error("what lay below is closed unread")
	}
	later(u, ms(2000))
	if hit(u, "enter"); u.Covered() {
		t.Error("what was read does not close")
	}
	u, _ = sit(t)
	u.Raise(NewMessage(u, "News", "A clock is missed."))
	if cmd := u.Key(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}); !quits(cmd) {
		t.Error("ctrl+c is lost")
	}
}

// TestAsked: what comes of what was asked for opens at once, unless a key was pressed
// meanwhile: that key was not meant for it.
func TestAsked(t *testing.T) {
	for _, meanwhile := range []bool{false, true} {
		u, _ := sit(t)
		asked := u.Asked()
		if meanwhile {
			hit(u, "down")
		}
		asked.Tell("News", "It cannot be opened.")
		later(u, ms(200))
		if hit(u, "enter"); u.Covered() != meanwhile {
			t.Errorf("a key meanwhile: %v; then enter leaves it open: %v", meanwhile, u.Covered())
		}
	}
}

// TestRefusedFormIsKept: the cursor stands in the field that would help, which says why;
// escape keeps what was typed until the form is opened again.
func TestRefusedFormIsKept(t *testing.T) {
	u, _ := sit(t)
	form := func() *Prompt {
		return NewPrompt(u, "Skip", "", "skip", []*Field{{ID: "note", Label: "Note"}, {ID: "why", Fills: "on", Label: "Why"}}, nil, nil)
	}
	p := form()
	u.Show(p)
	hit(u, "x")
	if u.Cancel(); form().form.Values()["note"] != "x" {
		t.Error("what was typed is lost")
	}
	p = form()
	u.Show(p)
	hit(u, "y")
	if p.Refuse("when", "no") {
		t.Error("it has no such field")
	}
	if !p.Refuse("on", "Not recorded. It is too long.") || p.form.Focus != 1 {
		t.Errorf("the cursor stands in field %d", p.form.Focus)
	}
	if lines, _ := p.View(60, 20); !strings.Contains(strings.Join(lines, "\n"), "It is too long") {
		t.Errorf("it does not say why:\n%s", strings.Join(lines, "\n"))
	}
	u.Cancel()
	again := form()
	if got := again.form.Values()["note"]; got != "y" {
		t.Errorf("the note is %q", got)
	}
	if got := form().form.Values()["note"]; got != "" {
		t.Errorf("a second form begins with %q", got)
	}
	u.Show(again)
	u.Cancel()
	if got := form().form.Values()["note"]; got != "y" {
		t.Errorf("left twice, the note is %q", got)
	}
}

// finder is a terminal with a list of n things to find; done says which were taken.
func finder(t *testing.T, n int) (u *UI, f *Finder, done *[]string) {
	t.Helper()
	u, _ = sit(t)
	done = &[]string{}
	var all []Finding
	for i := range n {
		text := "thing " + string(rune('a'+i))
		all = append(all, Finding{Kind: "step", Text: text, Hint: "open", Do: func() tea.Cmd { *done = append(*done, text); return nil }})
	}
	f = NewFinder(u, "Find", all)
	u.Show(f)
	return u, f, done
}

// TestFinderIsDrawn: what was typed, what matches, how many of how many, the cursor
// where one types.
func TestFinderIsDrawn(t *testing.T) {
	u, f, _ := finder(t, 3)
	lines, x, y := shown(f, 50, 20)
	sameLines(t, "the list", lines, `
╭─ Find ─────────────────────────────────────────╮
│ > type to find                                 │
│ ────────────────────────────────────────────── │
│ ▌step thing a                             open │
│  step thing b                             open │
│  step thing c                             open │
├────────────────────────────────────────────────┤
│ ↵ take  esc leave                       3 of 3 │
╰────────────────────────────────────────────────╯`)
	if x != 4 || y != 1 {
		t.Errorf("the cursor is at %d,%d", x, y)
	}
	hit(u, "down", "thing b")
	lines, x, _ = shown(f, 50, 20)
	if x != 11 || !strings.HasPrefix(lines[1], "│ > thing b ") || !strings.HasPrefix(lines[3], "│ ▌step thing b ") || !strings.Contains(lines[5], " 1 of 3 ") {
		t.Errorf("typed: %d, %q", x, lines)
	}
	hit(u, "x")
	lines, _, _ = shown(f, 50, 20)
	if lines[3] != "│ Nothing matches.                               │" || !strings.Contains(lines[5], " 0 of 3 ") {
		t.Errorf("nothing matches: %q", lines)
	}
	hit(u, "enter")
	if u.Covered() {
		t.Error("enter on nothing leaves it open")
	}
}

// TestFinderShowsAsManyAsThereIsRoom: at most 16 or half the height, at least one, and scrolls with the cursor.
func TestFinderShowsAsManyAsThereIsRoom(t *testing.T) {
	for _, c := range []struct{ n, h, rows int }{{3, 24, 3}, {26, 24, 16}, {26, 40, 20}, {26, 60, 26}, {26, 20, 12}, {26, 9, 1}, {26, 8, 1}} {
		_, f, _ := finder(t, c.n)
		lines, _, _ := shown(f, 50, c.h)
		rows := strings.Count(strings.Join(lines, "\n"), "thing")
		if rows != c.rows {
			t.Errorf("%d in a height of %d: %d rows", c.n, c.h, rows)
		}
	}
	_, f, done := finder(t, 26)
	shown(f, 50, 20)
	f.Move(PageDown)
	f.Move(PageDown)
	lines, _, _ := shown(f, 50, 20)
	text := strings.Join(lines, "\n")
	if !strings.Contains(text, "▌step thing w") || strings.Contains(text, "thing m") || !strings.Contains(text, "thing n") || !strings.Contains(text, "thing y") {
		t.Errorf("two pages down: %q", lines)
	}
	for _, y := range []int{2, 15} { // the rule above the list, the rule below
		if f.Click(5, y); len(*done) != 0 {
			t.Errorf("a click on row %d takes %q", y, *done)
		}
	}
	if f.Click(5, 14); len(*done) != 1 || (*done)[0] != "thing y" {
		t.Errorf("the last row is %q", *done)
	}
	_, f, done = finder(t, 3)
	shown(f, 50, 20)
	if f.Click(5, 6); len(*done) != 0 {
		t.Errorf("below the list: %q", *done)
	}
	if f.Click(5, 3); len(*done) != 1 || (*done)[0] != "thing a" {
		t.Errorf("the first row is %q", *done)
	}
}

// TestFinderTakes: what was found is done, and the list is gone before.
func TestFinderTakes(t *testing.T) {
	u, _, done := finder(t, 5)
	hit(u, "down", "down", "up", "enter")
	if u.Covered() || strings.Join(*done, " ") != "thing b" {
		t.Errorf("open %v, done %q", u.Covered(), *done)
	}
	u, f, _ := finder(t, 5)
	f.all[0].Do = nil
	if hit(u, "enter"); u.Covered() {
		t.Error("what does nothing leaves it open")
	}
}

// TestFinderPutsThingsFirst: what is late stands below everything that matches as well,
// and above what matches by a few letters here and there.
func TestFinderPutsThingsFirst(t *testing.T) {
	u, _ := sit(t)
	f := NewFinder(u, "", []Finding{
		{Kind: "entry", Text: "All services are back", Late: true}, {Kind: "notice", Text: "All services are back"}, {Kind: "action", Text: "A little lasts: survive"},
	})
	u.Show(f)
	for _, r := range "allserv" {
		hit(u, string(r))
	}
	var kinds []string
	for _, m := range f.matches {
		kinds = append(kinds, f.all[m.Index].Kind)
	}
	if got := strings.Join(kinds, " "); !strings.HasPrefix(got, "notice entry") {
		t.Errorf("it finds %s", got)
	}
}

// TestHelpIsGrouped: help begins with what is done here, and says of what is done
// elsewhere that it is; typing finds in all of it.
func TestHelpIsGrouped(t *testing.T) {
	u, _ := sit(t)
	hit(u, "?")
	f, ok := u.Top().(*Finder)
	if !ok {
		t.Fatal("? does not show the keys")
	}
	order := -1
	for i := range f.matches {
		group := slices.Index([]string{"Here: desk", "Here, but not just now", "Everywhere", "To other places", "Moving", "muster", "Signs"}, f.all[f.matches[i].Index].Group)
		if group < order {
			t.Errorf("%q stands in %q", f.all[f.matches[i].Index].Text, f.all[f.matches[i].Index].Group)
		}
		order = max(order, group)
	}
	lines, _ := f.View(70, 24)
	if text := strings.Join(lines, "\n"); !strings.Contains(text, "Moving") {
		t.Errorf("no section has a title:\n%s", text)
	}
	for _, r := range "end muster" {
		hit(u, map[bool]string{true: "space", false: string(r)}[r == ' '])
	}
	if len(f.titles) != 0 || len(f.matches) == 0 || !strings.HasPrefix(f.text(f.matches[0].Index), "End muster") {
		t.Errorf("typing finds %d", len(f.matches))
	}
	hit(u, "end")
	hit(u, "home")
	if f.cursor != 0 {
		t.Errorf("home leads to row %d", f.cursor)
	}
}

// TestHelpTellsSigns: every sign of state that a theme has is explained, each by words of
// its own, and found by itself.
func TestHelpTellsSigns(t *testing.T) {
	u, _ := sit(t)
	g := u.Theme.Glyphs
	said := map[string]string{}
	for _, f := range signs(u) {
		said[f.Kind] = f.Text
	}
	for _, sign := range []string{g.Done, g.Todo, g.Active, g.Blocked, g.Decided, g.Skipped, g.Failed, g.NotApplicable, g.Waiting, g.Confirm, g.Saved, g.Unsaved} {
		if said[sign] == "" {
			t.Errorf("%s is not explained", sign)
		}
	}
	if u.ByLine = true; len(signs(u)) > 0 {
		t.Error("signs are explained where words are said for them")
	}
}

// TestFinderKinds: kinds stand under each other, as wide as the widest, at most 14 cells.
func TestFinderKinds(t *testing.T) {
	u, _ := sit(t)
	for kind, want := range map[string]string{
		"":                        "│ ▌Text    ",
		"action":                  "│ ▌action Text    ",
		"thirteen chars":          "│ ▌thirteen charsText    ",
		"more than fourteen wide": "│ ▌more than fou…Text    ",
	} {
		f := NewFinder(u, "", []Finding{{Kind: kind, Text: "Text"}})
		if lines, _, _ := shown(f, 50, 20); !strings.HasPrefix(lines[3], want) {
			t.Errorf("kind %q: %q", kind, lines[3])
		}
	}
}

// TestPaletteFindsWhatApplies: actions that apply here, with their key, and what the
// screen has; not the palette itself.
func TestPaletteFindsWhatApplies(t *testing.T) {
	did := 0
	here := At(Place{Name: "desk", Is: List})
	u, _ := sit(t,
		Action{ID: "mine", Title: "Do mine", Keys: []string{"enter"}, On: here, Do: func(*UI) tea.Cmd { did++; return nil }},
		Action{ID: "keyless", Title: "Do without", On: here, Do: func(*UI) tea.Cmd { return nil }},
		Action{ID: "shut", Title: "Do nothing", On: here, When: func(*UI) string { return "Not now." }})
	u.Replace(&findable{})
	hit(u, ":")
	f := u.Top().(*Finder)
	var all []string
	for _, x := range f.all {
		all = append(all, x.Kind+"/"+x.Text+"/"+x.Hint)
	}
	text := strings.Join(all, "\n")
	for want, there := range map[string]bool{
		"action/Do mine  mine/↵": true, "action/Do without  keyless/": true, "shut": false, "palette": false, "step/A step/open": true,
	} {
		if strings.Contains(text, want) != there {
			t.Errorf("%q is in the palette: %v", want, !there)
		}
	}
	if hit(u, "mine", "enter"); did != 1 || u.Covered() {
		t.Errorf("done %d times, open %v", did, u.Covered())
	}
}

// findable is a desk with a step.
type findable struct{ desk }

func (*findable) Findings() []Finding { return []Finding{{Kind: "step", Text: "A step", Hint: "open"}} }

// TestHelpListsTheKeysOfThePlace: all keys of an action; what does not apply says why.
func TestHelpListsTheKeysOfThePlace(t *testing.T) {
	u, _ := sit(t, Action{ID: "shut", Title: "Do nothing", Keys: []string{"w"}, On: Every(List), When: func(*UI) string { return "Not now." }})
	hit(u, "?")
	f := u.Top().(*Finder)
	lines, _, _ := shown(f, 60, 24)
	text := strings.Join(lines, "\n")
	if !strings.Contains(text, "Keys: desk") || !strings.Contains(text, "↑ k           One up  move.up") || !strings.Contains(text, "w             Do nothing") {
		t.Errorf("help is\n%s", text)
	}
	if hit(u, "do nothing", "enter"); u.said != "Not now." || u.Covered() {
		t.Errorf("it says %q", u.said)
	}
	u.Tell("A", "message")
	hit(u, "?")
	lines, _, _ = shown(u.Top(), 60, 24)
	if text := strings.Join(lines, "\n"); !strings.Contains(text, "Keys: question") || strings.Contains(text, "move.up") {
		t.Errorf("help over a message is\n%s", text)
	}
}

// TestHelpWhileTyping: in a form f1 alone shows it; where one searches nothing does.
func TestHelpWhileTyping(t *testing.T) {
	u, _ := sit(t)
	p := NewPrompt(u, "", "", "", []*Field{{ID: "a"}}, nil, nil)
	u.Show(p)
	if hit(u, "?"); u.Top() != Part(p) || p.form.Values()["a"] != "?" {
		t.Errorf("? is not typed: %q", p.form.Values())
	}
	hit(u, "f1")
	f, ok := u.Top().(*Finder)
	if !ok || f.title != "Keys: prompt (type to find)" {
		t.Fatal("f1 does not show the keys")
	}
	if hit(u, "f1"); u.Top() != Part(f) {
		t.Error("f1 shows the keys of the keys")
	}
}

// TestFinderTakesItByItsName: what is called just what was typed stands first, whatever
// has the word in its text, also if it is late.
func TestFinderTakesItByItsName(t *testing.T) {
	all := []Finding{
		{Kind: "step", Text: "Close VPN and remote access"}, {Kind: "action", Text: "End of all; close it  closing", Name: "closing"},
		{Kind: "action", Text: "Shut the incident, for good, until somebody reopens it  close", Name: "close"}, {Kind: "entry", Text: "closed, late", Late: true, Name: "late"},
	}
	for _, c := range []struct{ typed, first string }{
		{"close", "Shut the incident"}, {" Close ", "Shut the incident"}, {"closin", "End of all"}, {"late", "closed"}, {"close v", "Close VPN"}, {"", "Close VPN"},
	} {
		u, _ := sit(t)
		f := NewFinder(u, "", append(slices.Clone(all), Finding{Kind: "step", Text: "Come late"}))
		u.Show(f)
		for _, r := range c.typed {
			u.Top().Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		if len(f.matches) == 0 || !strings.HasPrefix(f.all[f.matches[0].Index].Text, c.first) {
			t.Errorf("%q finds first %v, not %s", c.typed, f.matches, c.first)
		}
	}
}
