//go:build unix

package guard

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// TestWhatIsRead: plain files, and links to them where it does not matter; a pipe is
// not waited for.
func TestWhatIsRead(t *testing.T) {
	dir := t.TempDir()
	plain, link, pipe := filepath.Join(dir, "plain"), filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	must(t, os.WriteFile(plain, []byte("text"), 0o600))
	must(t, os.Symlink(plain, link))
	must(t, syscall.Mkfifo(pipe, 0o600))
	for path, want := range map[string]error{plain: nil, link: nil, pipe: ErrNotPlain, os.DevNull: ErrNotPlain} {
		if _, err := Read(path, 100); !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if text, err := Read(plain, 2); err != nil || string(text) != "te" {
		t.Errorf("two bytes are %q, %v", text, err)
	}
	if _, err := Open(dir); err == nil {
		t.Error("a folder was opened")
	}
	if _, err := OpenItself(link); !errors.Is(err, ErrLink) || !strings.Contains(err.Error(), plain) {
		t.Errorf("a link where the file itself matters: %v", err)
	}
	file, err := OpenItself(plain)
	must(t, err)
	file.Close()
}

// TestWhatIsWritten: new files, and plain ones with consent; never through or over
// anything else, and never where a store writes. The machine's own devices are not
// tried: whoever breaks the guard as root would lose them.
func TestWhatIsWritten(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept")
	must(t, os.MkdirAll(filepath.Join(kept, "deep"), 0o700))
	must(t, os.Symlink(filepath.Join(kept, "deep"), filepath.Join(dir, "other-name")))
	plain, link, pipe := filepath.Join(dir, "plain"), filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	must(t, os.WriteFile(plain, []byte("old"), 0o644))
	must(t, os.WriteFile(filepath.Join(kept, "log"), []byte("old"), 0o644))
	must(t, os.Symlink(plain, link))
	must(t, syscall.Mkfifo(pipe, 0o600))
	for _, test := range []struct {
		path    string
		replace bool
		want    error
	}{
		{filepath.Join(dir, "new"), false, nil}, {plain, false, ErrThere}, {plain, true, nil},
		{link, true, ErrLink}, {pipe, true, ErrNotPlain},
		{filepath.Join(kept, "log"), true, ErrKept}, {filepath.Join(kept, "log"), false, ErrKept},
		{filepath.Join(kept, "new"), false, ErrKept},
		{filepath.Join(kept, "deep", "new"), false, ErrKept}, {filepath.Join(dir, "other-name", "new"), false, ErrKept},
	} {
		target := Target{Replace: test.replace, Keep: []string{kept}}
		err := target.Write(test.path, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
		if !errors.Is(err, test.want) {
			t.Errorf("%s, replace %v: %v", test.path, test.replace, err)
		}
		if text, _ := Read(test.path, 100); test.want == nil && string(text) != "new" {
			t.Errorf("%s has %q", test.path, text)
		}
	}
	if text, _ := Read(filepath.Join(kept, "log"), 100); string(text) != "old" {
		t.Errorf("what the store keeps was changed to %q", text)
	}
	failed := errors.New("half way")
	if err := (Target{}).Write(filepath.Join(dir, "half"), func(w io.Writer) error { _, _ = io.WriteString(w, "ha"); return failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".muster-*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
}

// TestOneOfManyGetsTheName: of those who write a new file of one name at the same time one
// does, and what it wrote stays.
func TestOneOfManyGetsTheName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.md")
	var all, ready sync.WaitGroup
	won := make(chan string, 100)
	ready.Add(cap(won))
	for i := range cap(won) {
		all.Go(func() {
			text := strings.Repeat(string(rune('a'+i%26)), i+1)
			switch err := (Target{}).Write(path, func(w io.Writer) error {
				_, err := io.WriteString(w, text)
				ready.Done()
				ready.Wait() // all have seen that the name is free
				return err
			}); {
			case err == nil:
				won <- text
			case !errors.Is(err, ErrThere):
				t.Error(err)
			}
		})
	}
	all.Wait()
	text, err := Read(path, 1000)
	must(t, err)
	if len(won) != 1 || string(text) != <-won {
		t.Errorf("%d were told that they wrote it", len(won)+1)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".muster-*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
}

// TestNameThatIsTaken: a name that somebody took after it was looked at is left to them,
// be it by a file, a folder, or a link to nothing.
func TestNameThatIsTaken(t *testing.T) {
	dir := t.TempDir()
	temp, file, link := filepath.Join(dir, "temp"), filepath.Join(dir, "file"), filepath.Join(dir, "link")
	must(t, os.WriteFile(temp, []byte("new"), 0o600))
	must(t, os.WriteFile(file, []byte("theirs"), 0o600))
	must(t, os.Symlink(filepath.Join(dir, "nothing"), link))
	for _, path := range []string{file, link, dir} {
		if err := claim(temp, path); !errors.Is(err, ErrThere) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if text, _ := Read(file, 100); string(text) != "theirs" {
		t.Errorf("it has %q", text)
	}
	must(t, claim(temp, filepath.Join(dir, "free")))
	if text, _ := Read(filepath.Join(dir, "free"), 100); string(text) != "new" {
		t.Errorf("it has %q", text)
	}
}

// TestFolder: no folder is made where only a store writes, and one that is made is its
// owner's alone.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept")
	must(t, os.Mkdir(kept, 0o700))
	target := Target{Keep: []string{kept}}
	if err := target.Folder(filepath.Join(kept, "deep", "deeper")); !errors.Is(err, ErrKept) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(kept, "deep")); err == nil {
		t.Error("a folder was made there")
	}
	must(t, target.Folder(filepath.Join(dir, "mine", "deep")))
	if info, err := os.Stat(filepath.Join(dir, "mine")); err != nil || info.Mode().Perm() != 0o700 {
		t.Error(info.Mode(), err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestWhatCouldNotBe: an error of writing says so though nobody said that it was to be
// written; a disk that takes nothing more, and links in a circle, are known.
func TestWhatCouldNotBe(t *testing.T) {
	for _, c := range []struct {
		op     string
		err    error
		says   string
		isFull bool
		hint   string
	}{
		{"write", syscall.ENOSPC, "f cannot be written: no space left on device", true, "Make room there, or choose a place on another disk."},
		{"write", syscall.EIO, "f cannot be written: input/output error", false, "The disk may be failing: try another one."},
		{"fdatasync", syscall.EDQUOT, "f cannot be written: disk quota exceeded", true, "Make room there, or choose a place on another disk."},
		{"open", syscall.EROFS, "f cannot be written: read-only file system", true, "Make room there, or choose a place on another disk."},
		{"mkdir", syscall.EACCES, "f may not be written by you", false, "See its owner and mode, and those of its folder: ls -ld shows them."},
		{"read", syscall.EIO, "f cannot be read: input/output error", false, "The disk may be failing: try another one."},
		{"open", syscall.ELOOP, "f cannot be read: too many levels of symbolic links", false, ""},
	} {
		err := Say("f", &os.PathError{Op: c.op, Path: "f", Err: c.err})
		if err.Error() != c.says || IsFull(err) != c.isFull || IsCircle(err) != (c.err == error(syscall.ELOOP)) {
			t.Errorf("of %s, %v it says %q, full %v, circle %v", c.op, c.err, err, IsFull(err), IsCircle(err))
		}
		var failure *Failure
		if !errors.As(err, &failure) || failure.Hint() != c.hint {
			t.Errorf("of %s, %v the hint is %q", c.op, c.err, failure.Hint())
		}
	}
}
