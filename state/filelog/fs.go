package filelog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A disk is a [Disk] of which tests make the calls fail that change something.
type disk struct {
	Disk
	mu     sync.Mutex
	faults map[string]*fault // by call: mkdir, create, write, sync, syncdir, truncate, rename
	idle   bool              // syncs do nothing: for tests that no power cut ends
	before func(call string) // is told of each write and sync before it is made; nil for nobody
}

// A fault makes a call fail.
type fault struct {
	after int   // that many calls go well before; from then on all fail
	short int   // for write: bytes that are written all the same
	err   error // nil for a short write without an error
}

// fault is the fault that strikes this call; nil for none.
func (d *disk) fault(call string) *fault {
	if d.before != nil {
		d.before(call)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.faults[call]
	if f == nil {
		return nil
	}
	if f.after > 0 {
		f.after--
		return nil
	}
	return f
}

func (d *disk) failing(call, path string) error {
	if f := d.fault(call); f != nil {
		return &fs.PathError{Op: call, Path: path, Err: f.err}
	}
	return nil
}

// create makes a new file that nobody else may read. It follows no symbolic link.
func (d *disk) create(path string, flag int) (Handle, error) {
	if err := d.failing("create", path); err != nil {
		return nil, err
	}
	return d.Open(path, os.O_CREATE|os.O_RDWR|flag)
}

// write makes exactly one write(2).
func (d *disk) write(f Handle, data []byte) error {
	if broken := d.fault("write"); broken != nil {
		n, _ := f.WriteOnce(data[:min(broken.short, len(data))])
		return written(f, data, n, broken.err)
	}
	n, err := f.WriteOnce(data)
	return written(f, data, n, err)
}

// written is the error of a write of data that took n bytes and ended with err.
func written(f Handle, data []byte, n int, err error) error {
	if err == nil && n < len(data) {
		err = fmt.Errorf("only %d of %d bytes could be written; the disk is probably full", n, len(data))
	}
	if err != nil {
		return &fs.PathError{Op: "write", Path: f.Name(), Err: err}
	}
	return nil
}

// syncData makes the file's bytes and size durable.
func (d *disk) syncData(f Handle) error {
	if err := d.failing("sync", f.Name()); err != nil || d.idle {
		return err
	}
	if err := f.SyncData(); err != nil {
		return &fs.PathError{Op: "fdatasync", Path: f.Name(), Err: err}
	}
	return nil
}

// sync makes the file durable, all of it.
func (d *disk) sync(f Handle) error {
	if err := d.failing("sync", f.Name()); err != nil || d.idle {
		return err
	}
	return f.Sync() // F_FULLFSYNC on darwin
}

// syncDir makes the names in a folder durable.
func (d *disk) syncDir(path string) error {
	if err := d.failing("syncdir", path); err != nil || d.idle {
		return err
	}
	return d.SyncDir(path)
}

func (d *disk) truncate(f Handle, size int64) error {
	if err := d.failing("truncate", f.Name()); err != nil {
		return err
	}
	return f.Truncate(size)
}

func (d *disk) rename(from, to string) error {
	if err := d.failing("rename", to); err != nil {
		return err
	}
	return d.Rename(from, to)
}

// mkdirs makes a folder and those above it, durably. One that is there already
// stays as it is.
func (d *disk) mkdirs(path string) error {
	info, err := d.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: path, Err: errNotDir}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	parent := filepath.Dir(path)
	if parent != path {
		if err := d.mkdirs(parent); err != nil {
			return err
		}
	}
	if err := d.failing("mkdir", path); err != nil {
		return err
	}
	if err := d.Mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return d.syncDir(parent)
}

var errNotDir = errors.New("a file of this name is in the way")
