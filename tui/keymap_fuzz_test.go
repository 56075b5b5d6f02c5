package tui

import (
	"testing"
	"unicode/utf8"

	"muster/tui/kit"
)

// FuzzRemap: whatever keys a person gives an action, there is a way out everywhere,
// and what is typed into fields stays text; or the table is refused.
func FuzzRemap(f *testing.F) {
	table := actionTable()
	for i, key := range []string{"x", "X", "space", " ", "ctrl+c", "esc", "enter", "f5", "alt+x", "ctrl+shift+alt+\x00", "+", "ctrl++", "宽", "e\u0301", "", "shift+a", "Return"} {
		f.Add(uint(i*7), key, "f9")
	}
	for i := range table {
		f.Add(uint(i), "space", "ctrl+x")
	}
	f.Fuzz(func(t *testing.T, which uint, key, other string) {
		act := table[which%uint(len(table))]
		keys, err := kit.NewKeyMap(table, places(), map[string][]string{act.ID: {key, other}})
		if err != nil {
			return
		}
		for _, one := range places() {
			if out := keys.Find(one, "ctrl+c"); out == nil || out.ID != "quit" {
				t.Errorf("with %q for %s there is no way out of %s", key, act.ID, one.Name)
			}
		}
		for _, one := range places() {
			if one.Is&kit.Typing == 0 {
				continue
			}
			for _, bound := range keys.Bound(one) {
				if bound == "space" || bound == "shift+space" || utf8.RuneCountInString(bound) == 1 {
					t.Errorf("with %q for %s, %q cannot be typed in %s", key, act.ID, bound, one.Name)
				}
			}
		}
	})
}
