package session_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
)

// A failing is this machine's disk on which one call that changes something fails, and the
// machine may end there.
type failing struct {
	filelog.Disk
	at     int    // the call that fails; -1 for none
	how    string // enospc, eio, short; killed, cut
	calls  int
	dead   bool
	synced map[string]int64 // how much of a file is on the medium
	names  [][2]string      // names that a folder was not made durable for, and what they were before
}

func failingDisk(at int, how string) *failing {
	return &failing{Disk: filelog.Machine(), at: at, how: how, synced: make(map[string]int64)}
}

var errDead = errors.New("this process has ended")

// change counts a call that changes something, and says how it fails.
func (d *failing) change() error {
	d.calls++
	switch {
	case d.dead:
		return errDead
	case d.calls-1 != d.at:
		return nil
	case d.how == "eio":
		return syscall.EIO
	case d.how == "killed" || d.how == "cut":
		d.dead = true
		return errDead
	}
	return syscall.ENOSPC
}

func (d *failing) hold(h filelog.Handle, err error) (filelog.Handle, error) {
	if err != nil {
		return nil, err
	}
	return &failingHandle{h, d}, nil
}

func (d *failing) Open(path string, flag int) (filelog.Handle, error) {
	if flag&os.O_CREATE != 0 {
		if err := d.change(); err != nil {
			return nil, err
		}
		d.synced[path] = 0
	}
	return d.hold(d.Disk.Open(path, flag))
}

func (d *failing) Temp(dir, pattern string) (filelog.Handle, error) {
	if err := d.change(); err != nil {
		return nil, err
	}
	h, err := d.Disk.Temp(dir, pattern)
	if err == nil {
		d.synced[h.Name()] = 0
	}
	return d.hold(h, err)
}

func (d *failing) Mkdir(path string) error {
	if err := d.change(); err != nil {
		return err
	}
	return d.Disk.Mkdir(path)
}

func (d *failing) Rename(from, to string) error {
	if err := d.change(); err != nil {
		return err
	}
	before := fmt.Sprint(to, ".before", d.calls)
	if os.Link(to, before) != nil {
		before = ""
	}
	d.names = append(d.names, [2]string{to, before})
	if at, is := d.synced[from]; is {
		d.synced[to] = at
		delete(d.synced, from)
	}
	return d.Disk.Rename(from, to)
}

func (d *failing) Remove(path string) error {
	if d.dead {
		return errDead
	}
	return d.Disk.Remove(path)
}

func (d *failing) SyncDir(path string) error {
	if err := d.change(); err != nil {
		return err
	}
	d.names = nil
	return d.Disk.SyncDir(path)
}

// off is what a power cut leaves: of files what was made durable, and of names that were not
// the old ones or, with kept, the new ones.
func (d *failing) off(kept bool) {
	for path, size := range d.synced {
		if info, err := os.Lstat(path); err == nil && info.Size() > size {
			_ = os.Truncate(path, size)
		}
	}
	for i := len(d.names) - 1; i >= 0 && !kept; i-- {
		if to, before := d.names[i][0], d.names[i][1]; before != "" {
			_ = os.Rename(before, to)
		} else {
			_ = os.Remove(to)
		}
	}
}

type failingHandle struct {
	filelog.Handle
	disk *failing
}

func (h *failingHandle) write(data []byte, how func([]byte) (int, error)) (int, error) {
	if err := h.disk.change(); err != nil {
		n := 0
		if h.disk.how != "eio" && h.disk.how != "enospc" && !errors.Is(err, errDead) || h.disk.calls-1 == h.disk.at && h.disk.dead {
			n, _ = how(data[:len(data)/2])
		}
		return n, err
	}
	return how(data)
}

func (h *failingHandle) Write(data []byte) (int, error) { return h.write(data, h.Handle.Write) }
func (h *failingHandle) WriteOnce(data []byte) (int, error) {
	return h.write(data, h.Handle.WriteOnce)
}

func (h *failingHandle) Truncate(size int64) error {
	if err := h.disk.change(); err != nil {
		return err
	}
	return h.Handle.Truncate(size)
}

func (h *failingHandle) synced(how func() error) error {
	if err := h.disk.change(); err != nil {
		return err
	}
	if info, err := h.Handle.Stat(); err == nil {
		h.disk.synced[h.Handle.Name()] = info.Size()
	}
	return how()
}

func (h *failingHandle) SyncData() error { return h.synced(h.Handle.SyncData) }
func (h *failingHandle) Sync() error     { return h.synced(h.Handle.Sync) }

// A parted is an incident in a folder, and a branch of it beside.
type parted struct {
	*testing.T
	dir, id, branch string
	notes           []string
}

// part makes both, each with notes of its own, and a file that the branch records.
func part(t *testing.T) *parted {
	t.Helper()
	p := &parted{T: t, dir: t.TempDir(), branch: t.TempDir()}
	clock := newHand()
	s := start(t, filelog.Open(p.dir), clock)
	p.id = s.Incident().ID
	p.do(s, "before")
	p.must(s.Close())
	p.must(os.RemoveAll(p.branch))
	p.must(os.CopyFS(p.branch, os.DirFS(p.dir)))
	for _, side := range []struct{ dir, person string }{{p.dir, "Ada"}, {p.branch, "Ben"}} {
		s, err := session.Open(t.Context(), filelog.Open(side.dir), p.id, false, config(side.person, clock))
		p.must(err)
		for i := range 12 {
			p.do(s, fmt.Sprint("by ", side.person, " ", i))
		}
		if side.person == "Ben" {
			file := filepath.Join(t.TempDir(), "dump.txt")
			p.must(os.WriteFile(file, []byte("a dump"), 0o600))
			kept, err := s.Keep(t.Context(), file, nil)
			p.must(err)
			_, err = s.Do(t.Context(), state.Action{Command: kept})
			p.must(err)
		}
		p.must(s.Close())
	}
	return p
}

func (p *parted) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *parted) do(s *session.Session, note string) {
	p.Helper()
	_, err := s.Do(p.Context(), state.Action{Command: state.AddNote{Text: note}})
	p.must(err)
	p.notes = append(p.notes, note)
}

func (p *parted) file() string { return filepath.Join(p.branch, "incidents", p.id, "log.jsonl") }

// merge takes the branch over, in another process, on a disk.
func (p *parted) merge(disk filelog.Disk) error {
	p.Helper()
	store := filelog.On(disk, p.dir, func() time.Time { return newHand().now })
	s, err := session.Open(context.Background(), store, p.id, false, config("Ada", newHand()))
	if err != nil {
		return err
	}
	defer s.Close()
	log, inc, err := state.Load(context.Background(), filelog.File(p.file()), p.file(), true)
	p.must(err)
	defer log.Close()
	_, err = s.Merge(context.Background(), []session.Branch{{Incident: inc, Source: p.file(), Lines: log.(state.Liner).Lines(context.Background(), 0), Evidence: log.Evidence}}, state.Action{})
	return err
}

// has counts the notes of the log, whose files are all as they were recorded.
func (p *parted) has() (notes map[string]int, merged int) {
	p.Helper()
	log, inc, err := state.Load(p.Context(), filelog.Open(p.dir), p.id, false)
	p.must(err)
	defer log.Close()
	p.must(log.Writable())
	notes = make(map[string]int)
	for i := range inc.Log {
		switch data := inc.Log[i].Data.(type) {
		case *state.NoteAdded:
			notes[data.Text]++
		case *state.LogMerged:
			merged++
		}
		for _, file := range state.FilesOf(inc.Log[i]) {
			content, err := log.Evidence(p.Context(), file.SHA256)
			if err == nil {
				_, err = io.Copy(io.Discard, content)
				content.Close()
			}
			if err != nil {
				p.Errorf("a file that is recorded is not there: %v", err)
			}
		}
	}
	return notes, merged
}

// TestMergeFaults: whatever fails in a merge, and wherever it ends, the log is as before or
// as after it, with every file that it records, and the next merge brings in each entry once.
func TestMergeFaults(t *testing.T) {
	hows := []string{"enospc", "eio", "short", "killed", "cut", "cut and names kept"}
	for _, how := range hows {
		t.Run(how, func(t *testing.T) {
			first := part(t)
			for at, over := 0, false; !over; at++ {
				p := *first // as it was before
				p.dir = t.TempDir()
				p.must(os.CopyFS(p.dir, os.DirFS(first.dir)))
				mode, kept := strings.CutSuffix(how, " and names kept")
				disk := failingDisk(at, mode)
				err := p.merge(disk)
				over = disk.calls <= at
				if mode == "cut" && disk.dead {
					disk.off(kept)
				}
				if over && at < 15 {
					t.Errorf("a merge makes %d calls that can fail", at)
				}
				p.check(fmt.Sprint(how, " at call ", at), err, over)
			}
		})
	}
}

func (p *parted) check(where string, failed error, over bool) {
	p.Helper()
	notes, merged := p.has()
	taken := 0
	for note, times := range notes {
		if times != 1 {
			p.Errorf("%s: %q stands %d times", where, note, times)
		}
		if strings.HasPrefix(note, "by Ben") {
			taken++
		}
	}
	if all := len(notes) == len(p.notes); merged > 1 || taken != 12*merged || (merged == 1) != all || failed == nil && merged == 0 || over && failed != nil {
		p.Errorf("%s: %d of the branch's notes stand, %d merged, %v", where, taken, merged, failed)
	}
	p.must(p.merge(filelog.Machine()))
	if notes, merged = p.has(); merged != 1 || len(notes) != len(p.notes) {
		p.Errorf("%s: after the next merge %d notes stand, of %d, merged %d times", where, len(notes), len(p.notes), merged)
	}
	for _, note := range p.notes {
		if notes[note] != 1 {
			p.Errorf("%s: after the next merge %q stands %d times", where, note, notes[note])
		}
	}
}
