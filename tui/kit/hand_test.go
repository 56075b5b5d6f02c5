package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// A board is a screen that writes down what its keys do.
type board struct {
	ui    *UI
	did   []string
	asked bool // something is being saved
	text  bool // it takes typing
}

func (b *board) Place() Place {
	if b.text {
		return Place{Name: "text", Is: Typing}
	}
	return Place{Name: "board", Is: List}
}
func (b *board) Update(msg tea.Msg) tea.Cmd {
	b.did = append(b.did, fmt.Sprint(msg))
	return nil
}
func (b *board) View(int, int) ([]string, *tea.Cursor)    { return nil, nil }
func (b *board) Click(int, int) tea.Cmd                   { return nil }
func (b *board) Unfinished() (busy bool, question Dialog) { return b.asked, nil }

// A press is a key after a pause in milliseconds.
type press struct {
	after  int
	key    rune
	repeat bool
}

// done is what a board has done after the presses, and two seconds.
func done(t *testing.T, ssh, text bool, presses ...press) string {
	t.Helper()
	now := time.Date(2026, 11, 28, 2, 31, 0, 0, time.UTC)
	b := &board{text: text}
	does := func(id, key string, again bool, saves bool) Action {
		return Action{ID: id, Keys: []string{key}, On: Anywhere, Again: again, Do: func(*UI) tea.Cmd {
			b.did = append(b.did, id)
			b.asked = b.asked || saves
			return nil
		}}
	}
	keys, err := NewKeyMap([]Action{does("act", "a", false, true), does("look", "l", false, false), does("move", "j", true, false), does("quit", "ctrl+c", false, false), does("help", "?", false, false)},
		[]Place{b.Place()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	u := NewUI(t.Context(), keys, func() time.Time { return now })
	b.ui, u.Slow = u, ssh
	u.Push(b)
	var waits []time.Time // when what waits is over
	pass := func(d time.Duration) {
		until := now.Add(d)
		for len(waits) > 0 && !waits[0].After(until) {
			now = waits[0]
			waits = waits[1:]
			u.over()
		}
		now = until
	}
	for _, p := range append(presses, press{2000, 'z', false}) {
		pass(time.Duration(p.after) * time.Millisecond)
		msg := tea.KeyPressMsg{Code: p.key, Text: string(p.key), IsRepeat: p.repeat}
		if p.key == 'c' {
			msg = tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}
		}
		if u.Key(msg); u.hand.waiting != nil {
			waits = append(waits, now.Add(u.roll()))
		}
	}
	return strings.TrimSuffix(strings.Join(b.did, " "), " z")
}

// over is the end of the pause that the last press waits for.
func (u *UI) over() { waited{u, u.hand.serial}.Deliver() }

func TestHand(t *testing.T) {
	hold := func(key rune, first, every, n int) []press {
		return append([]press{{0, key, false}, {first, key, false}}, slices.Repeat([]press{{every, key, false}}, n)...)
	}
	for name, c := range map[string]struct {
		ssh     bool
		presses []press
		want    string
	}{
		"held":                           {false, hold('a', 500, 33, 30), "act"},
		"held, slow to begin":            {false, hold('a', 1100, 90, 10), "act"},
		"held over SSH":                  {true, hold('a', 500, 140, 10), "act"},
		"held, as the terminal says":     {false, []press{{0, 'a', false}, {500, 'a', true}, {400, 'a', true}}, "act"},
		"held, some of it late":          {false, append(hold('a', 500, 33, 5), slices.Repeat([]press{{180, 'a', false}, {33, 'a', false}, {300, 'a', false}}, 5)...), "act"},
		"held, and then meant anew":      {false, append(hold('a', 500, 33, 5), press{450, 'a', false}), "act act"},
		"held while moving":              {false, hold('j', 500, 33, 3), "move move move move move"},
		"pressed twice":                  {false, []press{{0, 'a', false}, {200, 'a', false}}, "act act"},
		"pressed three times":            {false, []press{{0, 'a', false}, {120, 'a', false}, {120, 'a', false}}, "act act act"},
		"pressed twice over SSH":         {true, []press{{0, 'a', false}, {120, 'a', false}}, "act"},
		"another time":                   {false, []press{{0, 'a', false}, {1300, 'a', false}, {50, 'l', false}}, "act act"},
		"two keys, the first acted":      {false, []press{{0, 'a', false}, {50, 'l', false}, {50, 'l', false}, {101, 'l', false}}, "act look"},
		"two keys, the first looked":     {false, []press{{0, 'l', false}, {50, 'a', false}}, "look act"},
		"what waits is done first":       {false, []press{{0, 'a', false}, {300, 'a', false}, {50, 'j', false}}, "act act move"},
		"ctrl+c is never too soon":       {false, []press{{0, 'a', false}, {10, 'c', false}}, "act quit"},
		"typing goes on":                 {false, []press{{0, 'x', false}, {10, 'x', false}, {10, 'x', true}}, "x x x"},
		"the clock was set an hour back": {false, []press{{0, 'a', false}, {-3600_000, 'l', false}}, "act look"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := done(t, c.ssh, name == "typing goes on", c.presses...); got != c.want {
				t.Errorf("it did %q, not %q", got, c.want)
			}
		})
	}
}

// TestPaste: pasted text goes to whoever takes typing; elsewhere it is said to be lost,
// and nothing that came with it acts.
func TestPaste(t *testing.T) {
	now := time.Date(2026, 11, 28, 2, 31, 0, 0, time.UTC)
	b := &board{}
	act := Action{ID: "act", Keys: []string{"a"}, On: Anywhere, Do: func(*UI) tea.Cmd { b.did = append(b.did, "act"); return nil }}
	keys, err := NewKeyMap([]Action{act, {ID: "help", Keys: []string{"?"}, On: Anywhere, Do: func(*UI) tea.Cmd { return nil }}}, []Place{b.Place()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	u := NewUI(t.Context(), keys, func() time.Time { return now })
	u.Push(b)
	u.Paste(tea.PasteMsg{Content: "text"})
	if u.said == "" || b.did != nil {
		t.Errorf("said %q, done %q", u.said, b.did)
	}
	now = now.Add(20 * time.Millisecond)
	u.Key(tea.KeyPressMsg{Code: 'a', Text: "a"})
	if b.did != nil {
		t.Errorf("done %q", b.did)
	}
	now = now.Add(2 * time.Second)
	u.Key(tea.KeyPressMsg{Code: 'a', Text: "a"})
	b.text = true
	u.Paste(tea.PasteMsg{Content: "text"})
	if got := strings.Join(b.did, " "); got != "act text" {
		t.Errorf("done %q", got)
	}
}

// TestPauseOfAnEarlierPress: what a later press waits for is not done at the end of
// an earlier one's pause.
func TestPauseOfAnEarlierPress(t *testing.T) {
	now, n := time.Date(2026, 11, 28, 2, 31, 0, 0, time.UTC), 0
	b := &board{}
	act := Action{ID: "act", Keys: []string{"a"}, On: Anywhere, Do: func(*UI) tea.Cmd { n++; return nil }}
	keys, err := NewKeyMap([]Action{act}, []Place{b.Place()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	u := NewUI(t.Context(), keys, func() time.Time { return now })
	u.Push(b)
	var first waited
	for i := range 3 {
		u.Key(tea.KeyPressMsg{Code: 'a', Text: "a"})
		if now = now.Add(300 * time.Millisecond); i == 1 {
			first = waited{u, u.hand.serial}
		}
	}
	if first.Deliver(); n != 2 {
		t.Errorf("an earlier pause is over, and it was done %d times", n)
	}
	if u.over(); n != 3 {
		t.Errorf("the pause is over, and it was done %d times", n)
	}
	if u.over(); n != 3 {
		t.Errorf("nothing waits, and it was done %d times", n)
	}
}
