package kit

import "testing"

func TestKeyName(t *testing.T) {
	for key, want := range map[string]string{
		"x": "x", "X": "X", " ": "space", "+": "+", "Enter": "enter", "return": "enter", "escape": "esc",
		"shift+Tab": "shift+tab", "alt+CTRL+x": "ctrl+alt+x", "ctrl++": "", "ä": "ä", "\x1b": "", "": "", "f1": "f1", "F12": "f12", "f0": "", "f13": "", "PageUp": "pgup",
	} {
		name, ok := KeyName(key)
		if ok != (want != "") || ok && name != want {
			t.Errorf("%q is %q, %v", key, name, ok)
		}
	}
}
