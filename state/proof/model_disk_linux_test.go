package proof

import (
	"context"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"muster/state/filelog"
)

// A request is a system call that a modelled process is about to make. What has no disk
// behind it, a random number, what the process was started with, is asked for in the
// same way; "bound" says that it stands between two things that it does.
type request struct {
	call     string
	path, to string
	fd, flag int
	at, size int64
	data     string
	said     *report // of bound
}

// A result is what a request came back with. It is comparable: a process that was given
// the same results is in the same state.
type result struct {
	err  syscall.Errno
	n    int64
	data string
	info looks
}

// looks is an [fs.FileInfo] of a modelled file.
type looks struct {
	inode         int32
	size          int64 // in bytes
	when, changed int64 // in nanoseconds since 1970
	isDir         bool
}

func (l looks) Name() string       { return "" }
func (l looks) Size() int64        { return l.size }
func (l looks) ModTime() time.Time { return time.Unix(0, l.when) }
func (l looks) IsDir() bool        { return l.isDir }
func (l looks) Sys() any           { return &syscall.Stat_t{Ctim: syscall.NsecToTimespec(l.changed)} }
func (l looks) Mode() fs.FileMode {
	if l.isDir {
		return fs.ModeDir | 0o700
	}
	return 0o600
}

// A procDisk is the disk as a modelled process sees it: each call is a request.
type procDisk struct{ *process }

var _ filelog.Disk = procDisk{}

func (d procDisk) do(op string, r request) (result, error) {
	got := d.call(r)
	if got.err != 0 {
		return got, &fs.PathError{Op: op, Path: r.path, Err: got.err}
	}
	return got, nil
}

func (d procDisk) opened(path string, got result, err error) (filelog.Handle, error) {
	if err != nil {
		return nil, err
	}
	return procHandle{d, int(got.n), path}, nil
}

func (d procDisk) Open(path string, flag int) (filelog.Handle, error) {
	got, err := d.do("open", request{call: "open", path: path, flag: flag})
	return d.opened(path, got, err)
}

func (d procDisk) Temp(dir, pattern string) (filelog.Handle, error) {
	path := filepath.Join(dir, strings.ReplaceAll(pattern, "*", "temp"))
	return d.Open(path, syscall.O_CREAT|syscall.O_RDWR|syscall.O_EXCL)
}

func (d procDisk) TempDir(dir, pattern string) (string, error) {
	path := filepath.Join(dir, strings.ReplaceAll(pattern, "*", "temp"))
	return path, d.Mkdir(path)
}

func (d procDisk) Mkdir(path string) error {
	_, err := d.do("mkdir", request{call: "mkdir", path: path})
	return err
}

func (d procDisk) Stat(path string) (fs.FileInfo, error) { return d.Lstat(path) }

func (d procDisk) Lstat(path string) (fs.FileInfo, error) {
	d.looks()
	got, err := d.do("lstat", request{call: "lstat", path: path})
	if err != nil {
		return nil, err
	}
	return got.info, nil
}

func (d procDisk) Same(one, other fs.FileInfo) bool {
	return d.breaks == "ignores which file it is" || one.(looks).inode == other.(looks).inode
}

func (d procDisk) Rename(from, to string) error {
	_, err := d.do("rename", request{call: "rename", path: from, to: to})
	return err
}

func (d procDisk) Link(from, to string) error {
	_, err := d.do("link", request{call: "link", path: from, to: to})
	return err
}

func (d procDisk) Remove(path string) error {
	_, err := d.do("remove", request{call: "remove", path: path})
	return err
}

func (d procDisk) RemoveAll(path string) error { return d.Remove(path) }

func (d procDisk) SyncDir(path string) error {
	_, err := d.do("sync", request{call: "syncdir", path: path})
	return err
}

func (d procDisk) Kind(string) (string, bool) { return "model", true }

// A procHandle is an open file of a modelled process.
type procHandle struct {
	procDisk
	fd   int
	name string
}

func (h procHandle) on(r request) (result, error) {
	r.fd, r.path = h.fd, h.name
	return h.do(r.call, r)
}

func (h procHandle) Name() string { return h.name }

func (h procHandle) ReadAt(p []byte, at int64) (int, error) {
	got, err := h.on(request{call: "read", at: at, size: int64(len(p))})
	if err != nil {
		return 0, err
	}
	n := copy(p, h.remembered(h.fd, at, got.data))
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (h procHandle) WriteOnce(data []byte) (int, error) {
	h.remember(h.fd, data)
	if h.breaks == "writes a line in two" && len(data) > 1 {
		one, err := h.on(request{call: "write", data: string(data[:len(data)/2])})
		if err != nil {
			return int(one.n), err
		}
		two, err := h.on(request{call: "write", data: string(data[len(data)/2:])})
		return int(one.n + two.n), err
	}
	got, err := h.on(request{call: "write", data: string(data)})
	return int(got.n), err
}

func (h procHandle) Write(data []byte) (int, error) { return h.WriteOnce(data) }

func (h procHandle) WriteAt(data []byte, at int64) (int, error) {
	got, err := h.on(request{call: "writeat", data: string(data), at: at})
	return int(got.n), err
}

func (h procHandle) Stat() (fs.FileInfo, error) {
	h.looks()
	got, err := h.on(request{call: "fstat"})
	return got.info, err
}

func (h procHandle) SyncData() error { return h.Sync() }

func (h procHandle) Sync() error {
	if h.breaks == "syncs no file" {
		return nil
	}
	_, err := h.on(request{call: "sync"})
	return err
}

func (h procHandle) Truncate(size int64) error {
	_, err := h.on(request{call: "truncate", size: size})
	return err
}

func (h procHandle) Lock(context.Context, time.Duration) error {
	if h.breaks == "takes no lock" {
		return nil
	}
	_, err := h.on(request{call: "lock"})
	return err
}

func (h procHandle) TryLock() (bool, error) {
	if h.breaks == "takes no lock" {
		return true, nil
	}
	got, err := h.on(request{call: "trylock"})
	return got.n == 1, err
}

func (h procHandle) Unlock() {
	if h.breaks != "takes no lock" && h.breaks != "keeps the lock" {
		_, _ = h.on(request{call: "unlock"})
	}
}

func (h procHandle) Close() error {
	_, err := h.on(request{call: "close"})
	return err
}

// Forget does nothing: no fsync of the model fails, so that the cache is the medium's.
func (h procHandle) Forget() {}
