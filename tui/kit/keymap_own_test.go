package kit

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestOwnKeys: a person's own keys take the place of the table's; what cannot be is
// said, all of it.
func TestOwnKeys(t *testing.T) {
	here, there := Place{Name: "here", Is: List}, Place{Name: "there", Is: Typing}
	table := []Action{
		{ID: "one", Keys: []string{"a"}, On: At(here)},
		{ID: "two", Keys: []string{"b"}, On: At(here)},
		{ID: "both", Keys: []string{"ctrl+b"}, On: Anywhere},
		{ID: "out", Keys: []string{"ctrl+c"}, On: Anywhere, Fixed: true},
	}
	for _, c := range []struct {
		name  string
		own   map[string][]string
		wrong []string // words of the error, in order
		find  map[string]string
	}{
		{"none", nil, nil, map[string]string{"a": "one", "b": "two", "x": ""}},
		{"another key", map[string][]string{"one": {"X", "Return"}}, nil, map[string]string{"X": "one", "enter": "one", "a": ""}},
		{"no key", map[string][]string{"one": {}}, nil, map[string]string{"a": ""}},
		{"two change places", map[string][]string{"one": {"b"}, "two": {"a"}}, nil, map[string]string{"a": "two", "b": "one"}},
		{"unknown action", map[string][]string{"three": {"x"}}, []string{`there is no action "three"`}, nil},
		{"fixed", map[string][]string{"out": {"x"}}, []string{"out keeps its keys"}, map[string]string{"ctrl+c": "out", "x": ""}},
		{"no such key", map[string][]string{"one": {"f13", "y"}}, []string{`one: "f13" is not a key`}, map[string]string{"y": "one"}},
		{"clash", map[string][]string{"one": {"b"}}, []string{`"b" is both one and two`}, nil},
		{"clash in two places is said once", map[string][]string{"both": {"ctrl+c"}}, []string{`"ctrl+c" is both both and out`}, nil},
		{"its own key twice", map[string][]string{"one": {"x", "x"}}, nil, map[string]string{"x": "one"}},
		{"a letter where text is typed", map[string][]string{"both": {"x", "ctrl+x"}}, []string{`so "x" cannot be`}, map[string]string{"ctrl+x": "both", "x": ""}},
		{"a space there", map[string][]string{"both": {" ", "shift+space"}}, []string{`so " " cannot be`, `so "shift+space" cannot be`}, nil},
		{"a letter and a space elsewhere", map[string][]string{"one": {"space", "ä"}}, nil, map[string]string{"space": "one", "ä": "one"}},
		{"several", map[string][]string{"a": {"x"}, "out": {"x"}, "two": {"f0"}}, []string{"no action \"a\"", "out keeps", "\"f0\""}, nil},
	} {
		m, err := NewKeyMap(table, []Place{here, there}, c.own)
		var lines []string
		if err != nil {
			lines = strings.Split(err.Error(), "\n")
		}
		if len(lines) != len(c.wrong) {
			t.Errorf("%s: %q", c.name, lines)
			continue
		}
		for i, word := range c.wrong {
			if !strings.Contains(lines[i], word) {
				t.Errorf("%s: %q does not say %q", c.name, lines[i], word)
			}
		}
		for key, want := range c.find {
			id := ""
			if act := m.Find(here, key); act != nil {
				id = act.ID
			}
			if id != want {
				t.Errorf("%s: %s is %q, not %q", c.name, key, id, want)
			}
		}
	}
	if table[0].Keys[0] != "a" {
		t.Error("the table itself was changed")
	}
}

// TestKeyMapLists: what a place has, in the table's order, and all of it for documentation.
func TestKeyMapLists(t *testing.T) {
	here, there := Place{Name: "here", Is: List}, Place{Name: "there", Is: List, Not: "one other"}
	m, err := NewKeyMap([]Action{
		{ID: "one", Title: "First", Keys: []string{"z", "a"}, On: Every(List)},
		{ID: "two", Title: "Second", Keys: []string{"m"}, On: Every(List), Fixed: true},
		{ID: "never", On: At()},
	}, []Place{here, there}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Bound(here); !slices.Equal(got, []string{"a", "m", "z"}) {
		t.Errorf("bound here: %q", got)
	}
	if got := m.Bound(there); !slices.Equal(got, []string{"m"}) {
		t.Errorf("bound there: %q", got)
	}
	if in := m.In(here); len(in) != 2 || in[0].ID != "one" || in[1].ID != "two" {
		t.Errorf("in here: %v", in)
	}
	infos := m.Infos()
	if len(infos) != 3 || infos[0].ID != "one" || infos[0].Title != "First" || infos[0].Fixed || !infos[1].Fixed ||
		strings.Join(infos[0].Places, " ") != "here" || strings.Join(infos[1].Places, " ") != "here there" || infos[2].Places != nil {
		t.Errorf("infos: %+v", infos)
	}
	if m.Action("two").Title != "Second" || m.Typed(m.Action("one")) {
		t.Error("an action is not found, or letters are text in a list")
	}
}

// TestPlaces: where an action can be done.
func TestPlaces(t *testing.T) {
	a, b, c := Place{Name: "a", Is: List}, Place{Name: "b", Is: List | Split}, Place{Name: "c", Is: Over}
	for _, x := range []struct {
		name string
		on   Where
		want string
	}{
		{"anywhere", Anywhere, "abc"},
		{"at", At(a, c), "ac"},
		{"every of one trait", Every(List), "ab"},
		{"every of two", Every(Split | Over), "bc"},
		{"but", Where(Every(List)).But(a), "b"},
		{"but what it has not", Where(Every(List)).But(c), "ab"},
		{"or", At(a).Or(c), "ac"},
		{"or what it has", At(a).Or(a), "a"},
	} {
		got := ""
		for _, p := range []Place{a, b, c} {
			if x.on(p) {
				got += p.Name
			}
		}
		if got != x.want {
			t.Errorf("%s: %q, not %q", x.name, got, x.want)
		}
	}
}

// TestStep: a motion leads to a row of the list; a page leaves one row in view.
func TestStep(t *testing.T) {
	for _, c := range []struct {
		m               Motion
		cursor, n, page int
		want            int
	}{
		{Up, 5, 20, 10, 4}, {Up, 0, 20, 10, 0}, {Down, 5, 20, 10, 6}, {Down, 19, 20, 10, 19},
		{PageUp, 15, 20, 10, 6}, {PageDown, 5, 20, 10, 14}, {PageDown, 5, 20, 1, 6}, {PageDown, 5, 20, 0, 6}, {PageUp, 5, 20, 2, 4},
		{ToTop, 5, 20, 10, 0}, {ToBottom, 5, 20, 10, 19}, {WheelUp, 5, 20, 10, 2}, {WheelDown, 5, 20, 10, 8}, {WheelDown, 18, 20, 10, 19},
		{Down, 0, 0, 10, 0}, {ToBottom, 0, 0, 10, 0}, {Down, 0, 1, 10, 0},
	} {
		if got := c.m.Step(c.cursor, c.n, c.page); got != c.want {
			t.Errorf("motion %d from %d of %d is %d, not %d", c.m, c.cursor, c.n, got, c.want)
		}
	}
}

// TestFooterShowsWhatWorks: keys with a label, once, those that apply; or what was
// said, until the next key.
func TestFooterShowsWhatWorks(t *testing.T) {
	act := func(id, label string, keys ...string) Action {
		return Action{ID: id, Label: label, Keys: keys, On: At(Place{Name: "desk", Is: List}), Do: func(*UI) tea.Cmd { return nil }}
	}
	closed := act("closed", "shut", "s")
	closed.When = func(*UI) string { return "Not now." }
	now := act("now", "old", "right")
	now.Now = func(*UI) string { return "new" }
	u, _ := sit(t, act("go", "go", "enter", "o"), act("same", "go", "x"), act("unlabelled", "", "y"), act("keyless", "lost"), closed, now)
	foot := strings.TrimRight(u.Footer(80), " ")
	if want := " : find  ? help  ↵ go  → new"; foot != want {
		t.Errorf("the footer is %q, not %q", foot, want)
	}
	if n := len([]rune(u.Footer(80))); n != 80 {
		t.Errorf("it has %d cells", n)
	}
	u.Say("Saved \x1b[31m")
	if got := u.Footer(30); !strings.HasPrefix(got, " Saved ␛[31m ") || len([]rune(got)) != 30 {
		t.Errorf("said: %q", got)
	}
	hit(u, "down")
	if !strings.Contains(u.Footer(80), "find") {
		t.Errorf("after a key: %q", u.Footer(80))
	}
	for id, want := range map[string]string{"go": "↵", "now": "→", "closed": "s", "keyless": ":"} {
		if got := u.KeyOf(id); got != want {
			t.Errorf("the key of %s is %q", id, got)
		}
	}
	if got := u.keySign("up") + u.keySign("down") + u.keySign("left") + u.keySign("f5"); got != "↑↓←f5" {
		t.Errorf("signs: %q", got)
	}
	for key, want := range map[string]string{"enter": "go", "s": "", "q": ""} {
		if got := u.Means(key); got != want {
			t.Errorf("%s means %q", key, got)
		}
	}
}
