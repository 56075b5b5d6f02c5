package filelog

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// A watched is a disk that tells of each call by which an append looks at the log or
// changes it, before it is made.
type watched struct {
	Disk
	tell func(call string, of Handle)
}

type watchedHandle struct {
	Handle
	tell func(call string, of Handle)
}

func (w *watched) Open(path string, flag int) (Handle, error) {
	w.tell("open", nil)
	h, err := w.Disk.Open(path, flag)
	if err != nil {
		return nil, err
	}
	return &watchedHandle{h, w.tell}, nil
}

func (w *watched) Lstat(path string) (fs.FileInfo, error) {
	w.tell("lstat", nil)
	return w.Disk.Lstat(path)
}

func (h *watchedHandle) Stat() (fs.FileInfo, error) {
	h.tell("fstat", h.Handle)
	return h.Handle.Stat()
}

func (h *watchedHandle) ReadAt(data []byte, at int64) (int, error) {
	h.tell("pread", h.Handle)
	return h.Handle.ReadAt(data, at)
}

func (h *watchedHandle) WriteOnce(data []byte) (int, error) {
	h.tell("write", h.Handle)
	return h.Handle.WriteOnce(data)
}

func (h *watchedHandle) SyncData() error {
	h.tell("sync", h.Handle)
	return h.Handle.SyncData()
}

func (h *watchedHandle) Lock(ctx context.Context, patience time.Duration) error {
	h.tell("lock", h.Handle)
	return h.Handle.Lock(ctx, patience)
}

func (h *watchedHandle) Unlock() {
	h.tell("unlock", h.Handle)
	h.Handle.Unlock()
}

// TestNothingIsWrittenThatDoesNotLink: whatever something else changes before any call of
// an append, a line is only written into a file that ends with the line that it names. Who
// changes the file between the last call that looks and the write cannot be seen before:
// that is found before the line is acknowledged, or by the next look.
func TestNothingIsWrittenThatDoesNotLink(t *testing.T) {
	for _, c := range changes {
		for n, over := 0, false; !over; n++ {
			over = !c.before(t, n)
		}
	}
}

// before makes the change before the nth call of an append; false if it has fewer.
func (c change) before(t *testing.T, n int) bool {
	f := newFixture(t, "the first note", "b", "c")
	older, calls, at := f.older(), -1, ""
	var behind []byte // what the line was written behind, if the change was made before that
	store := On(&watched{Machine(), func(call string, of Handle) {
		switch {
		case calls < 0:
			return
		case calls == n:
			at = call
			c.do(f, older)
		case call == "write" && at != "":
			behind = lastLine(t, of)
		}
		calls++
	}}, f.store.dir, func() time.Time { return f.store.now() })
	store.disk.idle = true
	l := f.openWith(store, false)
	line := statetest.Note(l.Head(), "d")
	calls = 0
	err := l.Append(ctx, line)
	calls = -1
	if at == "" {
		return false
	}
	if behind != nil {
		if e, wrong := state.Check(bytes.TrimSuffix(behind, []byte("\n"))); wrong != nil || e.Hash != line.Prev {
			t.Errorf("%s, before call %d (%s): the line was written behind %.80q", c.name, n, at, behind)
		}
	}
	if err != nil && !errors.Is(err, state.ErrChanged) {
		t.Errorf("%s, before call %d (%s): the append says %v", c.name, n, at, err)
	}
	if look := f.look(l); err == nil && !errors.Is(look, state.ErrChanged) {
		t.Errorf("%s, before call %d (%s): acknowledged, and the next look says %v", c.name, n, at, look)
	}
	return true
}

// lastLine is the last line of an open file, with its newline if it has one.
func lastLine(t *testing.T, of Handle) []byte {
	info, err := of.Stat()
	if err != nil {
		t.Fatal(err)
	}
	content := make([]byte, info.Size())
	if _, err := of.ReadAt(content, 0); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return content[bytes.LastIndexByte(bytes.TrimSuffix(content, []byte("\n")), '\n')+1:]
}
