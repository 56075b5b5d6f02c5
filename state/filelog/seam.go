package filelog

import (
	"context"
	"io"
	"io/fs"
	"os"
	"time"
)

// A Disk is the file system, as far as the logs that a [Store] has open need it: each
// method is about one system call. [Open] takes the machine's own, [On] any other, such
// as one that a test can stop, cut off or change between two calls.
type Disk interface {
	// Open opens a file, with flags of package os, and follows no symbolic link. A new
	// file has mode 0600.
	Open(path string, flag int) (Handle, error)
	// Temp makes a new file in a folder; pattern as in [os.CreateTemp].
	Temp(dir, pattern string) (Handle, error)
	// TempDir makes a new folder in a folder, with mode 0700.
	TempDir(dir, pattern string) (path string, err error)
	// Mkdir makes a folder with mode 0700.
	Mkdir(path string) error
	// Stat says what is at a name, behind symbolic links; Lstat does not follow them.
	Stat(path string) (fs.FileInfo, error)
	Lstat(path string) (fs.FileInfo, error)
	// Same reports whether both tell of one file.
	Same(one, other fs.FileInfo) bool
	Rename(from, to string) error
	Link(from, to string) error
	Remove(path string) error
	RemoveAll(path string) error
	// SyncDir makes the names in a folder durable.
	SyncDir(path string) error
	// Kind names the file system of a path, and says whether it is known to hold lock
	// and append.
	Kind(path string) (name string, known bool)
}

// A Handle is an open file of a [Disk].
type Handle interface {
	io.ReaderAt
	io.Writer
	io.WriterAt
	io.Closer
	Name() string
	Stat() (fs.FileInfo, error)
	// WriteOnce is exactly one write(2), which may take fewer bytes than given.
	WriteOnce(data []byte) (n int, err error)
	// SyncData makes the file's bytes and size durable, Sync all of it.
	SyncData() error
	Sync() error
	Truncate(size int64) error
	// Lock takes the lock on the file for this handle, alone. It waits for it, but no
	// longer than patience: then it returns [ErrBusy].
	Lock(ctx context.Context, patience time.Duration) error
	// TryLock does not wait. It reports false if another handle has the lock.
	TryLock() (bool, error)
	Unlock()
	// Forget drops what is cached of the file, so that reading shows what the medium
	// has, as far as the system can do that.
	Forget()
}

// Machine is this machine's own file system, for a Disk that does some things otherwise.
func Machine() Disk { return machine{} }

// machine is this machine's file system.
type machine struct{}

func (machine) Open(path string, flag int) (Handle, error) {
	return held(os.OpenFile(path, flag|noFollow, 0o600))
}

func (machine) Temp(dir, pattern string) (Handle, error) { return held(os.CreateTemp(dir, pattern)) }

// held is a file that was opened, as a Handle; nil if it was not.
func held(file *os.File, err error) (Handle, error) {
	if err != nil {
		return nil, err
	}
	return handle{file}, nil
}

func (machine) TempDir(dir, pattern string) (string, error) { return os.MkdirTemp(dir, pattern) }
func (machine) Mkdir(path string) error                     { return os.Mkdir(path, 0o700) }
func (machine) Stat(path string) (fs.FileInfo, error)       { return os.Stat(path) }
func (machine) Lstat(path string) (fs.FileInfo, error)      { return os.Lstat(path) }
func (machine) Same(one, other fs.FileInfo) bool            { return os.SameFile(one, other) }
func (machine) Rename(from, to string) error                { return os.Rename(from, to) }
func (machine) Link(from, to string) error                  { return os.Link(from, to) }
func (machine) Remove(path string) error                    { return os.Remove(path) }
func (machine) RemoveAll(path string) error                 { return os.RemoveAll(path) }
func (machine) SyncDir(path string) error                   { return syncDir(path) }
func (machine) Kind(path string) (string, bool)             { return fileSystem(path) }

// handle is an open file of this machine.
type handle struct{ *os.File }

func (h handle) WriteOnce(data []byte) (int, error) { return writeOnce(h.File, data) }
func (h handle) SyncData() error                    { return syncData(h.File) }
func (h handle) TryLock() (bool, error)             { return tryLock(h.File) }
func (h handle) Unlock()                            { unlock(h.File) }
func (h handle) Forget()                            { forget(h.File) }
