package kit

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// TestWhatWaits: dialogs that open by themselves wait while somebody types, each of them is
// taken away alone, and they open in their order when the field is left, or is covered on
// purpose.
func TestWhatWaits(t *testing.T) {
	for _, asked := range []bool{false, true} {
		u, d := sit(t)
		d.typing = true
		var news []Dialog
		for _, title := range []string{"one", "two", "three", "four"} {
			news = append(news, NewMessage(u, title, title))
			u.Raise(news[len(news)-1])
		}
		if u.Covered() || !u.Waits() {
			t.Error("they open over what is typed")
		}
		u.Hide(news[1])
		if asked {
			if !u.ShowWaiting() {
				t.Error("nothing waited")
			}
		} else {
			u.Surface()
			if u.Covered() {
				t.Error("they open while somebody types")
			}
			d.typing = false
			u.Surface()
		}
		var left []Dialog
		u.Dialogs(func(d Dialog) bool { left = append(left, d); return true })
		if want := []Dialog{news[0], news[2], news[3]}; !slices.Equal(left, want) || u.Waits() || u.Top() != Part(news[3]) {
			t.Errorf("asked %v: %d are open, waiting: %v", asked, len(left), u.Waits())
		}
		var first []Dialog
		u.Dialogs(func(d Dialog) bool { first = append(first, d); return false })
		if len(first) != 1 {
			t.Errorf("whoever stops at the first is given %d", len(first))
		}
	}
	u, _ := sit(t)
	if u.ShowWaiting() || u.Waits() {
		t.Error("something waits from the start")
	}
}

// TestCoveredUnread: what another dialog covers is read anew when that is gone, unless there
// was time to read it before.
func TestCoveredUnread(t *testing.T) {
	for _, c := range []struct {
		before int // milliseconds in which it could be read
		closes bool
	}{{0, false}, {399, false}, {400, true}} {
		u, _ := sit(t)
		u.Raise(NewMessage(u, "News", "A clock is missed."))
		later(u, ms(c.before))
		over := NewMessage(u, "Over", "it")
		u.Show(over)
		later(u, ms(5000))
		u.Hide(over)
		if hit(u, "enter"); u.Covered() == c.closes {
			t.Errorf("read for %d ms, covered, and uncovered: enter closes it: %v", c.before, !u.Covered())
		}
	}
}

// TestPastes: a paste goes to whoever takes text, over which dialogs may lie; else it is said
// that nobody does, and keys that come with it do nothing.
func TestPastes(t *testing.T) {
	u, _ := sit(t)
	u.Paste(tea.PasteMsg{Content: "text"})
	if !strings.Contains(u.said, "is no key here") || !u.hand.acted {
		t.Errorf("at a list it is said: %q", u.said)
	}
	u.said = ""
	p := NewPrompt(u, "Note", "", "save", []*Field{{ID: "note", Label: "Note"}}, nil, nil)
	u.Show(p)
	u.Paste(tea.PasteMsg{Content: "text"})
	if got := p.form.Values()["note"]; got != "text" || u.said != "" {
		t.Errorf("in a form it becomes %q, and it is said: %q", got, u.said)
	}
	u.Show(NewMessage(u, "Over", "it"))
	u.Paste(tea.PasteMsg{Content: " more"})
	if got := p.form.Values()["note"]; got != "text more" || !strings.Contains(u.said, "form below") {
		t.Errorf("over a form it becomes %q, and it is said: %q", got, u.said)
	}
}

// TestBlame: the cursor goes to the field that fills what is refused: of several the first that
// is empty, or else the first.
func TestBlame(t *testing.T) {
	for _, c := range []struct {
		values [3]string
		what   string
		want   int // -1 for none
	}{
		{[3]string{"", "", ""}, "on", 0}, {[3]string{"x", "", ""}, "on", 1}, {[3]string{"x", "x", ""}, "on", 0}, {[3]string{"", "x", ""}, "on", 0},
		{[3]string{"x", "x", ""}, "c", 2}, {[3]string{"x", "x", "x"}, "c", 2}, {[3]string{}, "b", -1}, {[3]string{}, "", -1},
	} {
		u, _ := sit(t)
		f := NewForm(u, []*Field{{ID: "a", Fills: "on"}, {ID: "b", Fills: "on"}, {ID: "c"}}, map[string]string{"a": c.values[0], "b": c.values[1], "c": c.values[2]})
		f.Focus = 1
		is := f.Blame(c.what, "wrong")
		if is != (c.want >= 0) || is && (f.Focus != c.want || f.Fields[c.want].wrong != "wrong") || !is && f.Focus != 1 {
			t.Errorf("%q, %q: %v, in field %d", c.values, c.what, is, f.Focus)
		}
	}
}

// A scoped desk is of one incident.
type scopedDesk struct {
	desk
	scope string
}

func (d *scopedDesk) Scope() string { return d.scope }

// TestDraftsAreOfOneForm: what was typed into a form and left is kept, its choices too, for
// the same person in the same incident alone, and once; who acts is not part of it, and
// ten minutes ago becomes a time.
func TestDraftsAreOfOneForm(t *testing.T) {
	u, _ := sit(t)
	d := &scopedDesk{scope: "one"}
	u.Push(d)
	u.Person = "Ada"
	form := func(title string) *Prompt {
		return NewPrompt(u, title, "", "skip", []*Field{{ID: "why"}, {ID: "empty"}, choice(), {ID: "when"}, {ID: "by"}}, map[string]string{"how": "p", "by": u.Person}, nil)
	}
	holds := func(title string) string {
		v := form(title).form.Values()
		return strings.Join([]string{v["why"], v["how"], v["when"], v["by"]}, " ")
	}
	untouched := holds("Skip")
	u.Show(form("Skip"))
	if u.Cancel(); u.said != "" || holds("Skip") != untouched {
		t.Errorf("an untouched form is kept: %q", u.said)
	}
	p := form("Skip")
	u.Show(p)
	p.form.Fields[0].Set("because")
	p.form.Fields[2].Set("pa")
	p.form.Fields[3].Set("-10m")
	p.form.Fields[4].Set("Ben")
	if u.Cancel(); !strings.Contains(u.said, "is kept") {
		t.Errorf("it is not said that it is kept: %q", u.said)
	}
	for name, other := range map[string]func(){"another title": func() {}, "another incident": func() { d.scope = "two" }, "another person": func() { u.Person = "Ben" }} {
		other()
		title := map[bool]string{true: "Fail", false: "Skip"}[name == "another title"]
		if got := holds(title); strings.Contains(got, "because") {
			t.Errorf("%s is offered %q", name, got)
		}
		d.scope, u.Person = "one", "Ada"
	}
	at := u.Now().Add(-10 * time.Minute).Format("2006-01-02 15:04")
	if got, want := holds("Skip"), "because pa "+at+" Ada"; got != want {
		t.Errorf("it holds %q, not %q", got, want)
	}
	if got := holds("Skip"); got != untouched {
		t.Errorf("it is offered twice: %q", got)
	}
}

// TestFinderTakesWhatWasTyped: where something else may be named, what was typed stands below
// what was found, and is what enter takes if nothing was.
func TestFinderTakesWhatWasTyped(t *testing.T) {
	for keys, want := range map[string]string{"thing a": "thing a", "thing": "thing a", "zzz": "zzz!", "": "thing a"} {
		u, f, done := finder(t, 3)
		f.Else = func(typed string) Finding {
			return Finding{Text: typed, Do: func() tea.Cmd { *done = append(*done, typed+"!"); return nil }}
		}
		hit(u, keys)
		u.hand = hand{}
		f.Take()
		if len(*done) != 1 || (*done)[0] != want {
			t.Errorf("%q takes %q", keys, *done)
		}
	}
	u, f, done := finder(t, 3)
	f.Else = func(typed string) Finding {
		return Finding{Text: "name " + typed, Do: func() tea.Cmd { *done = append(*done, typed+"!"); return nil }}
	}
	hit(u, "thing")
	shown(f, 60, 20)
	for range 5 {
		hit(u, "down")
	}
	lines, _, _ := shown(f, 60, 20)
	if text := strings.Join(lines, "\n"); !strings.Contains(text, "name thing") || !strings.Contains(text, "3 of 3") {
		t.Errorf("it is drawn as\n%s", text)
	}
	if f.cursor != 3 {
		t.Errorf("the cursor stands on %d", f.cursor)
	}
	if f.Take(); len(*done) != 1 || (*done)[0] != "thing!" {
		t.Errorf("the last is %q", *done)
	}
}

// TestShortFields: a short field stands beside its label, in one row, with the cursor behind
// what was typed.
func TestShortFields(t *testing.T) {
	u, _ := sit(t)
	f := NewForm(u, []*Field{{ID: "a", Label: "Who", Short: true}, {ID: "b", Label: "Since when", Short: true}, {ID: "c", Label: "Why"}}, map[string]string{"a": "Ada", "b": "now"})
	f.Focus = 1
	lines, cursor := f.View(30)
	if len(lines) < 4 || !strings.Contains(lines[0], "Who") || !strings.Contains(lines[0], "Ada") || !strings.Contains(lines[1], "Since when") || !strings.Contains(lines[1], "now") || lines[2] != "" {
		t.Errorf("it is drawn as\n%s", strings.Join(lines, "\n"))
	}
	if cursor == nil || cursor.Y != 1 {
		t.Errorf("the cursor is at %v", cursor)
	}
}
