package guard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// A Failure is that a file could not be read or written, as a sentence for a person. It
// wraps what the system said.
type Failure struct {
	Path string // as the person gave it
	Err  error

	write bool // it was to be written
}

// Say makes a sentence of what the system said of a file that was to be read, unless the
// error shows that it was to be written. What is no such error stays as it is.
func Say(path string, err error) error { return say(path, err, false) }

func say(path string, err error, write bool) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		return &Failure{path, pathError.Err, write || isWriting(pathError)}
	case errors.As(err, &linkError):
		return &Failure{path, linkError.Err, write}
	}
	return err
}

// isWriting reports whether the system said it of writing: by the call, or because a disk
// says such a thing of nothing else.
func isWriting(err *fs.PathError) bool {
	switch err.Op {
	case "write", "sync", "fsync", "fdatasync", "mkdir", "mkdirat", "create", "truncate", "chmod", "rename", "link", "remove":
		return true
	}
	return IsFull(err)
}

// IsFull reports whether a disk takes nothing more: it is full, or a quota is, or it can
// only be read.
func IsFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS)
}

// IsCircle reports whether symbolic links lead back to themselves.
func IsCircle(err error) bool { return errors.Is(err, syscall.ELOOP) }

// Unwrap is what the system said.
func (f *Failure) Unwrap() error { return f.Err }

// Error says what is wrong with which file.
func (f *Failure) Error() string {
	if f.Path == "" {
		return "the name of a file is empty"
	}
	verb := "read"
	if f.write {
		verb = "written"
	}
	switch {
	case errors.Is(f.Err, fs.ErrNotExist):
		return f.missing()
	case errors.Is(f.Err, fs.ErrPermission):
		return fmt.Sprintf("%s may not be %s by you", f.Path, verb)
	case errors.Is(f.Err, syscall.ENOTDIR):
		return fmt.Sprintf("%s cannot be there: what should be its folder is a file", f.Path)
	case errors.Is(f.Err, syscall.EISDIR):
		return fmt.Sprintf("%s %s: it is a folder", f.Path, ErrNotPlain)
	}
	return fmt.Sprintf("%s cannot be %s: %s", f.Path, verb, f.Err)
}

// missing names the first folder that is not there, or else the file.
func (f *Failure) missing() string {
	dir := filepath.Dir(f.Path)
	if _, err := os.Stat(dir); err == nil {
		return "there is no file " + f.Path
	}
	for above := filepath.Dir(dir); above != dir; dir, above = above, filepath.Dir(above) {
		if _, err := os.Stat(above); err == nil {
			break
		}
	}
	return fmt.Sprintf("there is no folder %s for %s", dir, f.Path)
}

// Hint says what to do about it.
func (f *Failure) Hint() string {
	switch {
	case f.Path == "":
		return "Give the file's name. If a variable should have it, that is not set."
	case IsFull(f.Err) && f.write:
		return "Make room there, or choose a place on another disk."
	case errors.Is(f.Err, syscall.EIO):
		return "The disk may be failing: try another one."
	case errors.Is(f.Err, fs.ErrNotExist) && f.write:
		return "Make the folder first, or choose another."
	case errors.Is(f.Err, fs.ErrNotExist):
		if here, err := os.Getwd(); err == nil && !filepath.IsAbs(f.Path) {
			return "Look for its name: it was looked for from the folder " + here + "."
		}
		return "Look for its name and its folder."
	case errors.Is(f.Err, fs.ErrPermission):
		return "See its owner and mode, and those of its folder: ls -ld shows them."
	case errors.Is(f.Err, syscall.ENOTDIR), errors.Is(f.Err, syscall.EISDIR), f.write:
		return "Choose another name."
	}
	return ""
}
