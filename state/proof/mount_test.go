package proof

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
)

// A mount is this machine's file system as somebody else has it before them: of another
// kind, without a lock that excludes, or over its quota.
type mount struct {
	filelog.Disk
	kind     string // what it says it is, which is known for nothing; "" for what it is
	lockless bool   // a lock is given to whoever asks
	fails    func(call string) error
}

func newMount() *mount {
	return &mount{Disk: filelog.Machine(), fails: func(string) error { return nil }}
}

func (m *mount) Kind(path string) (string, bool) {
	if m.kind != "" {
		return m.kind, false
	}
	return m.Disk.Kind(path)
}

func (m *mount) Open(path string, flag int) (filelog.Handle, error) {
	return m.on(m.Disk.Open(path, flag))
}

func (m *mount) Temp(dir, pattern string) (filelog.Handle, error) {
	return m.on(m.Disk.Temp(dir, pattern))
}

func (m *mount) on(h filelog.Handle, err error) (filelog.Handle, error) {
	if err != nil {
		return nil, err
	}
	return heldMount{h, m}, nil
}

// heldMount is an open file of a mount.
type heldMount struct {
	filelog.Handle
	m *mount
}

func (h heldMount) WriteOnce(data []byte) (int, error) {
	if err := h.m.fails("write"); err != nil {
		n, _ := h.Handle.WriteOnce(data[:len(data)/2])
		return n, err
	}
	return h.Handle.WriteOnce(data)
}

func (h heldMount) SyncData() error {
	if err := h.m.fails("sync"); err != nil {
		return err
	}
	return h.Handle.SyncData()
}

func (h heldMount) Lock(ctx context.Context, patience time.Duration) error {
	if err := h.m.fails("lock"); err != nil || h.m.lockless {
		return err
	}
	return h.Handle.Lock(ctx, patience)
}

func (h heldMount) TryLock() (bool, error) {
	if err := h.m.fails("lock"); err != nil || h.m.lockless {
		return err == nil, err
	}
	return h.Handle.TryLock()
}

func (h heldMount) Unlock() {
	if !h.m.lockless {
		h.Handle.Unlock()
	}
}

// TestMounts prints the table of what one folder is to several who have it before them in
// different ways, and of quotas.
func TestMounts(t *testing.T) {
	roll := dice(t)
	var rows []*row
	for _, trial := range []struct {
		fault string
		try   func(t *testing.T, r *row, roll *mathrand.Rand)
	}{
		{"two mounts, one of a kind that is not known", twoMounts},
		{"two mounts, and the risk is taken, one after the other", riskTaken},
		{"a mount whose locks fail for a while", brokenLocks},
		{"quota is over within a write, and rescued", quota("write")},
		{"quota is over in an fsync, and rescued", quota("sync")},
	} {
		r := &row{fault: trial.fault, by: "session"}
		rows = append(rows, r)
		own := mathrand.New(mathrand.NewPCG(roll.Uint64(), 0))
		t.Run(trial.fault, func(t *testing.T) {
			for range times(3, 60) {
				r.tries++
				trial.try(t, r, own)
			}
		})
	}
	fmt.Print(faultTable(rows))
}

// twoMounts has one record where locks hold, while another has the folder through
// something that is not known to hold them.
func twoMounts(t *testing.T, r *row, _ *mathrand.Rand) {
	dir := t.TempDir()
	one, id := started(t, dir, newMount())
	foreign := newMount()
	foreign.kind, foreign.lockless = "FUSE", true
	two := opened(t, dir, id, filelog.On(foreign, dir, time.Now))
	if err := two.s.Writable(); !errors.Is(err, state.ErrReadOnly) || !strings.Contains(err.Error(), "FUSE") {
		r.wrongly(t, "the second says %v", err)
	}
	var l ledger
	var busy sync.WaitGroup
	for _, w := range []*watcher{one, two} {
		busy.Go(func() { w.record(&l, 0, 20) })
	}
	busy.Wait()
	settles(t, r, &l, id, one, two)
	if n := len(l.acknowledged()); n != 20 {
		r.wrongly(t, "%d notes were acknowledged", n)
	}
}

// riskTaken has both record, by the flag that takes the risk, and never at once: nobody
// is in the other's way, and the log says on what it was written.
func riskTaken(t *testing.T, r *row, _ *mathrand.Rand) {
	dir := t.TempDir()
	one, id := started(t, dir, newMount())
	foreign := newMount()
	foreign.kind, foreign.lockless = "FUSE", true
	two := opened(t, dir, id, filelog.On(foreign, dir, time.Now).OnAny())
	var l ledger
	for n := range 10 {
		one.record(&l, n, n+1)
		two.record(&l, n, n+1)
	}
	said := false
	for _, e := range two.s.Incident().Log {
		data, is := e.Data.(*state.SessionOpened)
		said = said || is && data.Disk == "FUSE"
	}
	if !said {
		r.wrongly(t, "the log does not say on what it was written")
	}
	settles(t, r, &l, id, one, two)
}

// brokenLocks has nothing written that no lock guards, and goes on when they hold again.
func brokenLocks(t *testing.T, r *row, roll *mathrand.Rand) {
	dir := t.TempDir()
	m := newMount()
	one, id := started(t, dir, m)
	var l ledger
	one.record(&l, 0, 3)
	m.fails = func(call string) error {
		if call == "lock" && roll.IntN(2) == 0 {
			return &fs.PathError{Op: "flock", Path: dir, Err: syscall.ENOLCK}
		}
		return nil
	}
	one.record(&l, 3, 12)
	m.fails = func(string) error { return nil }
	one.record(&l, 12, 14)
	settles(t, r, &l, id, one)
}

// quota has no room at some call, and room again once that was said.
func quota(call string) func(t *testing.T, r *row, roll *mathrand.Rand) {
	return func(t *testing.T, r *row, roll *mathrand.Rand) {
		dir := t.TempDir()
		m := newMount()
		one, id := started(t, dir, m)
		var l ledger
		var calls atomic.Int64
		from := int64(1 + roll.IntN(8))
		m.fails = func(made string) error {
			if made == call && calls.Add(1) >= from {
				return &fs.PathError{Op: call, Path: dir, Err: syscall.EDQUOT}
			}
			return nil
		}
		one.record(&l, 0, 10)
		if err := one.s.Writable(); !errors.Is(err, state.ErrNotSaved) || !errors.Is(err, syscall.EDQUOT) {
			r.wrongly(t, "it says %v", err)
		}
		if _, err := one.s.Rescue(context.Background(), ""); call == "sync" && err == nil {
			r.wrongly(t, "it was rescued on a disk that takes nothing")
		}
		m.fails = func(string) error { return nil }
		if _, err := one.s.Rescue(context.Background(), ""); err != nil && one.s.Writable() != nil {
			r.wrongly(t, "no rescue: %v", err)
		}
		one.record(&l, 10, 14)
		settles(t, r, &l, id, one)
	}
}

func started(t *testing.T, dir string, m *mount) (w *watcher, id string) {
	t.Helper()
	s, err := startOn(filelog.On(m, dir, time.Now))
	if err != nil {
		t.Fatal(err)
	}
	return &watcher{name: "one", s: s, dir: dir}, s.Incident().ID
}

func opened(t *testing.T, dir, id string, store *filelog.Store) *watcher {
	t.Helper()
	s, err := session.Open(context.Background(), store, id, false, proofConfig("Ben"))
	if err != nil {
		t.Fatal(err)
	}
	return &watcher{name: "two", s: s, dir: dir}
}

// settles holds what was said against the log.
func settles(t *testing.T, r *row, l *ledger, id string, all ...*watcher) {
	t.Helper()
	for _, w := range all {
		w.s.Close()
	}
	r.hold(t, l, notesOf(t, r, id, all), 0)
	if names, err := filepath.Glob(filepath.Join(all[0].dir, "incidents", ".new-*")); err != nil || len(names) > 0 {
		r.wrongly(t, "%q is left, %v", names, err)
	}
	_ = os.RemoveAll(all[0].dir)
}
