package kit

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
