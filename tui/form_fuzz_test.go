package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCompletePath: whatever files are called, a name is completed to what they have
// in common, in whole characters.
func FuzzCompletePath(f *testing.F) {
	for _, names := range [][3]string{{"a.txt", "ab.txt", "a"}, {"é", "è", ""}, {"\x1b[2J", "\x1b[3J", "\x1b"}, {"宽", "宽\u202e", "宽"}, {"\xff", "\xfe", ""}, {".hidden", "~", ""}} {
		f.Add(names[0], names[1], names[2])
	}
	f.Fuzz(func(t *testing.T, one, other, typed string) {
		dir := t.TempDir() + string(filepath.Separator)
		for _, name := range []string{one, other} {
			if strings.ContainsAny(name, "/\\\x00") || os.WriteFile(dir+name, nil, 0o600) != nil {
				t.Skip("no name of a file")
			}
		}
		if strings.ContainsAny(typed, "/\\\x00") {
			t.Skip("another folder")
		}
		path, names := completePath(dir + typed)
		for _, name := range names {
			if !strings.HasPrefix(dir+name, path) || !strings.HasPrefix(name, typed) {
				t.Errorf("%q is completed to %q, for %q", typed, path, names)
			}
		}
		if utf8.ValidString(one+" "+other+" "+typed) && !utf8.ValidString(path) {
			t.Errorf("%q is completed to %q, half a character", typed, path)
		}
	})
}

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
		keys, err := NewKeyMap(table, places(), map[string][]string{act.ID: {key, other}})
		if err != nil {
			return
		}
		for _, one := range places() {
			if out := keys.Find(one, "ctrl+c"); out == nil || out.ID != "quit" {
				t.Errorf("with %q for %s there is no way out of %s", key, act.ID, one.Name)
			}
		}
		for _, one := range places() {
			if one.Is&Typing == 0 {
				continue
			}
			for bound := range keys.byKey[one] {
				if bound == "space" || bound == "shift+space" || utf8.RuneCountInString(bound) == 1 {
					t.Errorf("with %q for %s, %q cannot be typed in %s", key, act.ID, bound, one.Name)
				}
			}
		}
	})
}
