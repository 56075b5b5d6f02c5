package guard

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatIsMissing: the first folder that is not there is named, or else the file, and where a
// name without folders was looked for.
func TestWhatIsMissing(t *testing.T) {
	dir := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct{ says, hint string }{
		filepath.Join(dir, "f"):           {"there is no file " + filepath.Join(dir, "f"), "Look for its name and its folder."},
		filepath.Join(dir, "a", "b", "f"): {"there is no folder " + filepath.Join(dir, "a"), "Look for its name and its folder."},
		"no such file":                    {"there is no file no such file", "Look for its name: it was looked for from the folder " + here + "."},
	} {
		_, err := Open(path)
		var failure *Failure
		if !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &failure) || !strings.Contains(err.Error(), want.says) || failure.Hint() != want.hint {
			t.Errorf("%s: %v", path, err)
		}
	}
}
