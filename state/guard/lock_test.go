//go:build unix

package guard

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestOneHasTheLock: whoever has it keeps all others out until it is given back; who waits is told
// that another process has it, and when that ends gets it.
func TestOneHasTheLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	open := func() *os.File {
		t.Helper()
		file, err := OpenLock(path)
		must(t, err)
		return file
	}
	first, second := open(), open()
	defer second.Close()
	if got, err := TryLock(first); !got || err != nil {
		t.Fatalf("nobody had it: %v, %v", got, err)
	}
	if got, err := TryLock(second); got || err != nil {
		t.Errorf("two have it: %v, %v", got, err)
	}
	if err := Lock(second, time.Millisecond); !errors.Is(err, ErrBusy) {
		t.Errorf("who waited in vain is told %v", err)
	}
	must(t, first.Close())
	must(t, Lock(second, 0))
	must(t, second.Close())
	if err := Lock(second, time.Hour); err == nil || errors.Is(err, ErrBusy) {
		t.Errorf("a file that is closed: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the lock has %v, %v", info.Mode(), err)
	}
}

// TestLockIsAPlainFile: in a lock's place a link is not followed, and a pipe or a folder not taken.
func TestLockIsAPlainFile(t *testing.T) {
	dir := t.TempDir()
	elsewhere, link, pipe := filepath.Join(dir, "elsewhere"), filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	must(t, os.Symlink(elsewhere, link))
	must(t, syscall.Mkfifo(pipe, 0o600))
	if _, err := OpenLock(link); !errors.Is(err, ErrLink) {
		t.Errorf("a link: %v", err)
	}
	if _, err := os.Stat(elsewhere); err == nil {
		t.Error("a file was made where the link leads")
	}
	if _, err := OpenLock(pipe); !errors.Is(err, ErrNotPlain) || !strings.Contains(err.Error(), "it is a pipe") {
		t.Errorf("a pipe: %v", err)
	}
	if _, err := OpenLock(filepath.Join(dir, "none", "lock")); err == nil || !strings.Contains(err.Error(), "there is no folder") {
		t.Errorf("a folder that is not there: %v", err)
	}
}

// TestWhatIsOpenedToLock: the plain file itself, so that it can be written; no link, and what is not
// there is said.
func TestWhatIsOpenedToLock(t *testing.T) {
	dir := t.TempDir()
	plain, link := filepath.Join(dir, "plain"), filepath.Join(dir, "link")
	must(t, os.WriteFile(plain, []byte("text"), 0o600))
	must(t, os.Symlink(plain, link))
	file, err := OpenToLock(plain)
	must(t, err)
	if _, err := file.WriteString("T"); err != nil {
		t.Errorf("it cannot be written: %v", err)
	}
	must(t, file.Close())
	if _, err := OpenToLock(link); !errors.Is(err, ErrLink) {
		t.Errorf("a link: %v", err)
	}
	if _, err := OpenToLock(filepath.Join(dir, "none")); err == nil || err.Error() != "there is no file "+filepath.Join(dir, "none") {
		t.Errorf("what is not there: %v", err)
	}
	if _, err := OpenToLock(dir); err == nil {
		t.Error("a folder was opened")
	}
}

// TestWhatNothingIsWrittenOver: an empty name, a socket, a file that is read for it, and a folder
// that a store says is its own, each with why.
func TestWhatNothingIsWrittenOver(t *testing.T) {
	dir := t.TempDir()
	source, log := filepath.Join(dir, "source"), filepath.Join(dir, "log")
	must(t, os.WriteFile(source, []byte("text"), 0o600))
	must(t, os.Mkdir(log, 0o700))
	t.Chdir(dir) // the name of a socket is short
	socket, err := net.Listen("unix", "socket")
	must(t, err)
	defer socket.Close()
	target := Target{Replace: true, Sources: []string{source}, Store: func(dir string) bool { return filepath.Base(dir) == "log" }}
	for path, want := range map[string]string{
		"":                                  "the name of a file is empty",
		"socket":                            "socket is not a plain file, and is not written over: it is a socket",
		source:                              source + " is the very file that is read, and is not written over",
		"./source":                          "./source is the very file that is read, and is not written over",
		filepath.Join("log", "a"):           "where only muster's own records are written",
		filepath.Join("log", "a", "b", "c"): "where only muster's own records are written",
		filepath.Join(source, "below"):      "cannot be there: what should be its folder is a file",
	} {
		if err := target.Write(path, nil); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%q: %v", path, err)
		}
	}
	must(t, target.Check(filepath.Join(dir, "new")))
}

// TestWhatToDoAboutAFile: a hint fits what is wrong.
func TestWhatToDoAboutAFile(t *testing.T) {
	for _, c := range []struct {
		path, says, hint string
		err              error
		write            bool
	}{
		{"", "the name of a file is empty", "Give the file's name. If a variable should have it, that is not set.", syscall.ENOENT, true},
		{"/none/f", "there is no folder /none for /none/f", "Make the folder first, or choose another.", syscall.ENOENT, true},
		{"/none/f", "there is no folder /none for /none/f", "Look for its name and its folder.", syscall.ENOENT, false},
		{"/f/g", "/f/g cannot be there: what should be its folder is a file", "Choose another name.", syscall.ENOTDIR, false},
		{"/f", "/f is not a plain file: it is a folder", "Choose another name.", syscall.EISDIR, false},
		{"/f", "/f cannot be written: file name too long", "Choose another name.", syscall.ENAMETOOLONG, true},
	} {
		err := say(c.path, &os.LinkError{Op: "link", Old: "x", New: "y", Err: c.err}, c.write)
		var failure *Failure
		if !errors.As(err, &failure) || err.Error() != c.says || failure.Hint() != c.hint {
			t.Errorf("of %q, %v it says %v", c.path, c.err, err)
		}
	}
	if odd := errors.New("odd"); Say("f", odd) != odd {
		t.Error("what is no error of a file does not stay as it is")
	}
}
