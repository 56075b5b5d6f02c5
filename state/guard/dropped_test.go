package guard

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDropped: a file that is dropped on a terminal is read, however its name is pasted; a
// file that is called so comes first.
func TestDropped(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	path := filepath.Join(dir, "it's a dump (1).txt")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	own, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, given := range []string{
		path,
		"'" + dir + `/it'\''s a dump (1).txt'`,
		"'" + dir + `/it'"'"'s a dump (1).txt'`, // as kitty quotes it
		"'" + dir + `/it\'s a dump (1).txt'`,    // as fish does
		dir + `/"it's a dump (1).txt"`,
		"file://" + own + dir + "/it%27s%20a%20dump%20%281%29.txt",
		`"` + path + `"`,
		dir + `/it\'s\ a\ dump\ \(1\).txt`,
		dir + `/it\'s\ a\ dump\ \(1\).txt `,
		"file://" + dir + "/it's%20a%20dump%20(1).txt",
		"file://localhost" + dir + "/it%27s%20a%20dump%20%281%29.txt",
		"~/it's a dump (1).txt",
	} {
		file, err := Open(given)
		if err != nil {
			t.Errorf("%s: %v", given, err)
			continue
		}
		if file.Name() != path {
			t.Errorf("%s opens %s", given, file.Name())
		}
		file.Close()
	}
	for _, given := range []string{"file://elsewhere" + path, "'" + path, dir + "/nothing", `""`, "", "file://%zz"} {
		if file, err := Open(given); err == nil {
			t.Errorf("%q opens %s", given, file.Name())
		}
	}
	if _, err := Open("file://" + dir + "/no%20such"); err == nil || err.Error() != "there is no file "+dir+"/no such" {
		t.Errorf("of an address that leads nowhere it says %v", err)
	}
	quoted := filepath.Join(dir, `\'b`)
	if err := os.WriteFile(quoted, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := Open(quoted)
	if err != nil || file.Name() != quoted {
		t.Errorf("a file that is called %s is not it: %v", quoted, err)
	}
}

// TestSeveralDropped: of files that are dropped at once it is said that they are several, and
// which, however they are pasted.
func TestSeveralDropped(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a b.txt", "c.txt", "it's.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for given, want := range map[string]string{
		dir + `/a\ b.txt ` + dir + `/c.txt`:                            "these are 2 files, a b.txt and c.txt: give one at a time",
		"'" + dir + "/a b.txt' '" + dir + "/c.txt' ":                   "these are 2 files, a b.txt and c.txt: give one at a time",
		"'" + dir + `/it'\''s.txt' ` + dir + "/c.txt":                  "these are 2 files, it's.txt and c.txt: give one at a time",
		"file://" + dir + "/a%20b.txt file://" + dir + "/c.txt":        "these are 2 files, a b.txt and c.txt: give one at a time",
		"file://" + dir + "/a%20b.txt\r\nfile://" + dir + "/c.txt\r\n": "these are 2 files, a b.txt and c.txt: give one at a time",
		dir + "/a b.txt\n" + dir + "/c.txt":                            "these are 2 files, a b.txt and c.txt: give one at a time",
		"none.txt " + dir + "/c.txt":                                   "there is no folder ",
	} {
		if file, err := Open(given); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q opens %v: %v", given, file, err)
		}
	}
	both := filepath.Join(dir, "c.txt c.txt")
	if err := os.WriteFile(both, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	if several := Several("c.txt c.txt"); several != nil {
		t.Errorf("a file that is called like two is taken for %q", several)
	}
}
