//go:build unix

package team

import (
	"errors"
	"os"
	"testing"

	"muster/state/guard"
)

// TestPeopleOthersCanWrite: a file of people that others than its owner can write, or replace,
// lets nobody in, and what is said mends it.
func TestPeopleOthersCanWrite(t *testing.T) {
	f, _ := newFolder(t)
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	line := `name="Ada",role=responder ` + keyText(newKey(t)) + "\n"
	if err := os.WriteFile(f.PeopleFile(), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, folder os.FileMode
		open         bool
	}{{0o600, 0o700, true}, {0o644, 0o755, true}, {0o666, 0o700, false}, {0o620, 0o700, false}, {0o602, 0o700, false}, {0o600, 0o777, false}, {0o600, 0o770, false}, {0o600, 0o700, true}} {
		if err := errors.Join(os.Chmod(f.PeopleFile(), c.file), os.Chmod(f.Path, c.folder)); err != nil {
			t.Fatal(err)
		}
		people, _, err := f.People()
		if c.open != (err == nil) || c.open != (len(people) == 1) || !c.open && !errors.Is(err, guard.ErrOthers) {
			t.Errorf("file %#o in a folder %#o: %v, %v", c.file, c.folder, people, err)
		}
	}
}
