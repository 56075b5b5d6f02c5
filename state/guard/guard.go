// Package guard opens and writes the files that a person names. It is the one place
// that decides what such a name may be:
//
//   - What is read is a plain file. A pipe, a device or a folder in its place is
//     refused and never waited for.
//   - What is written is a new file, or with consent takes the place of a plain one. A
//     symbolic link, a device or a pipe is never written over or through, and nothing
//     is written below the folders that a store alone writes to.
//
// Writing is all or nothing: a file beside it, synced, gets its name.
package guard

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// Errors of [Write] and [Open]. Callers compare with errors.Is.
var (
	// ErrNotPlain: what is there is no plain file.
	ErrNotPlain = errors.New("is not a plain file")
	// ErrLink: what is there is a symbolic link.
	ErrLink = errors.New("is a symbolic link")
	// ErrOthers: others than its owner can write it.
	ErrOthers = errors.New("can be written by others than its owner")
	// ErrThere: there is a file of this name, and nobody said to replace it.
	ErrThere = errors.New("is there already")
	// ErrBusy: another process has the lock.
	ErrBusy = errors.New("another process has it")
	// ErrKept: only a store writes there.
	ErrKept = errors.New("where only muster's own records are written")
	// ErrSource: it is what was read to make what is to be written.
	ErrSource = errors.New("is the very file that is read")
)

// Open opens a plain file to be read. It follows symbolic links, as a person's own
// folders have them. If there is none of that name, it is read as terminals paste the
// name of a file that is dropped on them; see [Dropped].
func Open(path string) (*os.File, error) {
	file, err := open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if several := severalError(path); several != nil {
			return nil, several
		}
		if dropped := Dropped(path); dropped != "" {
			file, wrong := open(dropped)
			if wrong == nil || strings.HasPrefix(path, "file://") {
				return file, wrong
			}
		}
	}
	return file, err
}

func open(path string) (*os.File, error) { return openAs(path, os.O_RDONLY) }

func openAs(path string, flag int) (*os.File, error) {
	file, err := os.OpenFile(path, flag|syscall.O_NONBLOCK, 0) // a pipe is not waited for
	if err != nil {
		return nil, Say(path, err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s %w: it is a %s", path, ErrNotPlain, nature(info))
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// nature is what that is which is no plain file.
func nature(info fs.FileInfo) string {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return "folder"
	case mode&fs.ModeNamedPipe != 0:
		return "pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}

// OpenItself opens a plain file that is no symbolic link: one of which it matters which
// file it is. A link among the folders above is followed.
func OpenItself(path string) (*os.File, error) { return openItself(path, Open) }

// OpenToLock opens such a file so that its lock can be tried, which some file systems
// allow only to who may write.
func OpenToLock(path string) (*os.File, error) {
	return openItself(path, func(path string) (*os.File, error) { return openAs(path, os.O_RDWR) })
}

func openItself(path string, open func(string) (*os.File, error)) (*os.File, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, Say(path, err)
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		to, _ := os.Readlink(path)
		return nil, fmt.Errorf("%s %w to %s: name the file itself", path, ErrLink, to)
	}
	file, err := open(path)
	if err != nil {
		return nil, err
	}
	if opened, err := file.Stat(); err != nil || !os.SameFile(info, opened) {
		return nil, errors.Join(fmt.Errorf("%s was replaced just now", path), err, file.Close())
	}
	return file, nil
}

// Read reads a plain file of at most most bytes; what is longer is cut off there.
func Read(path string, most int64) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, most))
}

// ReadOwn reads a file as [Read] does, if it and its folder can be written by their owner
// alone: of a file that says who may do what. Windows has no such bits, and all is read there.
func ReadOwn(path string, most int64) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil {
		err = ofOne(path, info)
	}
	if err != nil {
		return nil, Say(path, err)
	}
	dir := filepath.Dir(path)
	if info, err = os.Stat(dir); err == nil {
		err = ofOne(dir, info)
	}
	if err != nil {
		return nil, Say(dir, err)
	}
	return io.ReadAll(io.LimitReader(file, most))
}

// ofOne says that others than its owner can write what is at path; nil if none can.
func ofOne(path string, info fs.FileInfo) error {
	if runtime.GOOS == "windows" || info.Mode()&othersWrite == 0 {
		return nil
	}
	return fmt.Errorf("%s %w, and who can write it could let themselves in: nobody is let in. Type chmod go-w %[1]s", path, ErrOthers)
}

// othersWrite are the bits by which others than the owner may write.
const othersWrite = 0o022

// A Target says what may be written.
type Target struct {
	Replace bool     // a plain file that is there may be replaced
	Keep    []string // folders that only a store writes to, and all below them
	Sources []string // files that are read, and never written over
	// Store reports whether a folder is one that only a store writes to, of whichever
	// store; it is asked of the file's folder and those above it. nil: none is.
	Store func(dir string) bool
}

// Check says why nothing may be written at path; nil if it may.
func (t Target) Check(path string) error {
	there := false
	switch info, err := os.Lstat(path); {
	case path == "":
		return &Failure{Err: fs.ErrNotExist, write: true}
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return say(path, err, true)
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s %w, and is not written over", path, ErrLink)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s %w, and is not written over: it is a %s", path, ErrNotPlain, nature(info))
	default:
		there = true
	}
	if err := t.CheckFolder(filepath.Dir(path)); err != nil {
		return err
	}
	for _, source := range t.Sources {
		if sameFile(path, source) {
			return fmt.Errorf("%s %w, and is not written over", path, ErrSource)
		}
	}
	if there && !t.Replace { // last: it is no use to replace what may not be
		return fmt.Errorf("%s %w", path, ErrThere)
	}
	return nil
}

// CheckFolder says why nothing may be written into the folder dir, which may not be there
// yet; nil if something may.
func (t Target) CheckFolder(dir string) error {
	for at := range upwards(dir) {
		for _, kept := range t.Keep {
			if sameFile(at, kept) {
				return fmt.Errorf("%s lies below %s, %w", dir, kept, ErrKept)
			}
		}
		if t.Store != nil && t.Store(at) {
			return fmt.Errorf("%s is the folder of an incident, %w", at, ErrKept)
		}
	}
	return nil
}

// Folder makes the folder dir, with mode 0700, and those above it that are not there: if
// something may be written into it.
func (t Target) Folder(dir string) error {
	if err := t.CheckFolder(dir); err != nil {
		return err
	}
	return say(dir, os.MkdirAll(dir, 0o700), true)
}

// upwards are a folder, as far as it is there, and those above it, by their own names.
func upwards(dir string) iter.Seq[string] {
	return func(yield func(string) bool) {
		at, err := filepath.Abs(dir)
		for err == nil {
			var real string
			if real, err = filepath.EvalSymlinks(at); err == nil {
				at = real
				break
			}
			if above := filepath.Dir(at); above != at {
				at, err = above, nil
			}
		}
		for err == nil && yield(at) {
			above := filepath.Dir(at)
			if above == at {
				return
			}
			at = above
		}
	}
}

// sameFile reports whether two names are of one file or folder that is there.
func sameFile(one, other string) bool {
	a, err := os.Stat(one)
	if err != nil {
		return false
	}
	b, err := os.Stat(other)
	return err == nil && os.SameFile(a, b)
}

// Write writes all that write does, or nothing: to a file beside path, synced, which
// then gets its name. The file has mode 0600.
func (t Target) Write(path string, write func(io.Writer) error) error {
	if err := t.Check(path); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".muster-*")
	if err != nil {
		return say(path, err, true)
	}
	if err = write(temp); err == nil {
		err = temp.Sync()
	}
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = t.place(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(say(path, err, true), os.Remove(temp.Name()))
	}
	return syncDir(filepath.Dir(path))
}

// place gives the new file its name, if that may still be.
func (t Target) place(temp, path string) error {
	if err := t.Check(path); err != nil {
		return err
	}
	if t.Replace {
		return os.Rename(temp, path)
	}
	return claim(temp, path)
}

// claim gives a file a name that nothing has. Of several who want the same, one gets it.
func claim(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil {
		_ = os.Remove(temp) // it is there by its name
		return nil
	}
	if !errors.Is(err, fs.ErrExist) { // there may be no hard links: the name is taken first
		var file *os.File
		if file, err = os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			if err = errors.Join(file.Close(), os.Rename(temp, path)); err != nil {
				err = errors.Join(err, os.Remove(path))
			}
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s %w", path, ErrThere)
	}
	return err
}

// syncDir makes a new name in a folder durable, where folders can be synced.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && runtime.GOOS != "windows" && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
