//go:build unix

package runbooks

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFilesOnDisk(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("real.txt", book("title = 'Linked'").Data)
	for link, to := range map[string]string{"link.toml": "real.txt", "nowhere.toml": "gone", "self.toml": "self.toml", "folder.toml": ".", "pipe-link.toml": "pipe"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Skip(err)
	}
	if err := os.Truncate(write("sparse.toml", nil), 100<<20); err != nil {
		t.Fatal(err)
	}
	const want = `folder "folder.toml" from d/folder.toml ERR d/folder.toml: a folder, not a file
link "Linked" from d/link.toml
nowhere "nowhere.toml" from d/nowhere.toml ERR d/nowhere.toml: it is not there, or a link to nothing
pipe-link "pipe-link.toml" from d/pipe-link.toml ERR d/pipe-link.toml: not a file
self "self.toml" from d/self.toml ERR d/self.toml: too many levels of symbolic links
sparse "sparse.toml" from d/sparse.toml ERR d/sparse.toml: larger than 4 MiB
`
	lib := Open(Layer{Name: "d", FS: os.DirFS(dir)}, Layer{Name: "missing", FS: os.DirFS(filepath.Join(dir, "missing"))})
	if got := listed(lib); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if source, _, err := lib.Load("link"); err != nil || source.Title != "Linked" || source.Size == 0 || source.ModTime.IsZero() {
		t.Errorf("%+v, %v", source, err)
	}
	if _, err := ReadFile(os.DirFS(dir), "pipe"); !errors.Is(err, errNoFile) {
		t.Error(err)
	}
}
