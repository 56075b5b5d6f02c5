// Package list shows which incidents a store has, and what each is about.
//
// What a list shows is computed from the log, and the log alone. That takes a millisecond
// or two each, so what was computed of a log that has lain still for an hour is kept in
// list.json, in the folder that holds the incidents. It counts as long as the log's file
// has the same size and time. It is no record: it may be deleted at any moment, nothing
// but a list is made of it, and whatever opens an incident reads and verifies the log.
package list

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/guard"
	"muster/state/response"
	"muster/state/sorted"
	"muster/state/view"
)

// A List lists the incidents of a store.
type List struct {
	Store   state.Store
	Dir     string           // the folder that has list.json; "": nothing is kept
	Program string           // the version that computes: what another one kept is computed anew
	Now     func() time.Time // which logs have lain still is said by it
	// Mark is how an incident's log looks from outside, its size and when it was written
	// last, in nanoseconds since 1970: zeros if it cannot be seen. nil: nothing is kept.
	Mark func(id string) (size, changed int64)
	// Copy says what an incident's log follows; false if it is no copy. nil: none is.
	Copy func(id string) (state.Copy, bool)
}

// A Row is what lists show of an incident, and why its log cannot be read to the end; nil
// if it can.
type Row struct {
	view.Listed
	Err error
}

// All are all incidents, open ones first, and those that were detected last.
func (l List) All(ctx context.Context) ([]Row, error) {
	ids, err := l.Store.List(ctx)
	if err != nil {
		return nil, err
	}
	all := l.rows(ctx, ids)
	sorted.Stable(all, func(a, b Row) int {
		x, y := a.Head(), b.Head()
		if x.Closed.IsZero() != y.Closed.IsZero() {
			if x.Closed.IsZero() {
				return -1
			}
			return 1
		}
		return b.since().Compare(a.since())
	})
	return all, ctx.Err()
}

// rows are what lists show of incidents, in the order of ids. It stops early when ctx ends.
func (l List) rows(ctx context.Context, ids []string) []Row {
	old := l.readKept()
	rows, marks, isNew := make([]Row, len(ids)), make([]mark, len(ids)), make([]bool, len(ids))
	each(len(ids), func(i int) {
		if ctx.Err() != nil {
			return
		}
		marks[i] = l.markOf(ids[i]) // before it is read: what comes in between shows
		if kept, ok := old[ids[i]]; ok && kept.mark == marks[i] {
			rows[i] = Row{Listed: kept.Head}
			return
		}
		rows[i], isNew[i] = Read(ctx, l.Store, ids[i]), true
	})
	if ctx.Err() != nil {
		return rows
	}
	l.copies(rows)
	heads, anew := make(map[string]keptHead, len(ids)), false
	for i, id := range ids {
		if rows[i].Err == nil && l.Now().Sub(time.Unix(0, marks[i].Changed)) > lainStill {
			kept := keptHead{marks[i], rows[i].Listed}
			kept.Head.Copy = nil
			heads[id] = kept
			anew = anew || isNew[i]
		}
	}
	if anew || len(heads) != len(old) {
		l.keep(heads)
	}
	return rows
}

// copies marks the logs that follow others. That stands beside a log and not in it, so that
// it is not kept.
func (l List) copies(rows []Row) {
	for i := range rows {
		if l.Copy == nil {
			return
		}
		if c, is := l.Copy(rows[i].ID); is {
			rows[i].Copy = view.CopyOf(c)
		}
	}
}

// Read computes what lists show of an incident, from its log.
func Read(ctx context.Context, store state.Store, id string) Row {
	incident, err := state.Read(ctx, store, id)
	if incident == nil {
		return Row{view.Listed{ID: id}, err}
	}
	row := Row{view.ListedOf(incident), err}
	row.ID = id // its folder's name, whatever its log says
	return row
}

// Open are the incidents of ids that are open, and rows of those that cannot be read at
// all: one of them may be the one that is meant. What a list has kept decides nothing
// here: the logs themselves say which incidents are open. A log that is the only one that
// may be open, and has nothing of an end, is not read: whoever opens it is about to.
func Open(ctx context.Context, store state.Store, ids []string) (open []string, unread []Row, err error) {
	maybe := slices.Clone(ids)
	if logs, ok := store.(glancer); ok {
		maybe = sorted.Without(maybe, logs.Ended)
		if len(maybe) == 1 && logs.Runs(maybe[0]) {
			return maybe, nil, ctx.Err()
		}
	}
	rows := make([]Row, len(maybe))
	each(len(maybe), func(i int) {
		if ctx.Err() == nil {
			rows[i] = Read(ctx, store, maybe[i])
		}
	})
	for _, row := range rows {
		switch {
		case row.Listed.Head == nil:
			unread = append(unread, row)
		case row.Closed == nil:
			open = append(open, row.ID)
		}
	}
	return open, unread, ctx.Err()
}

// A glancer is a store that says what is plain of a log without reading all it says.
type glancer interface {
	Ended(id string) bool
	Runs(id string) bool
}

// each does n things, as many at once as there are processors.
func each(n int, do func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	wait.Wait()
}

// since is when it was detected; zero if that is not known.
func (r *Row) since() time.Time {
	if r.Listed.Head == nil || r.Detected == nil {
		return time.Time{}
	}
	return *r.Detected
}

// Head is what the screens show of the incident, and rules ask of it.
func (r *Row) Head() response.Head {
	head := response.Head{ID: r.ID, Title: r.ID, Err: r.Err}
	if r.Listed.Head == nil {
		return head
	}
	head.Title, head.Mode, head.Severity = string(r.Title), r.Mode, runbooks.Severity(r.Severity)
	head.Runbook, head.RunbookID, head.Entries = string(r.Runbook), string(r.RunbookID), uint64(r.Entries)
	head.Opened = r.Opened
	if r.Closed != nil {
		head.Closed = *r.Closed
	}
	head.Copy, head.Branch, head.Two, head.Left = r.Copy != nil, r.Branch != nil, r.Two > 0, r.Left > 0
	if r.Steps != nil {
		head.Done, head.Total = r.Steps.Done, r.Steps.Applicable
	}
	return head
}

// A kept is list.json.
type kept struct {
	Program string              `json:"program"` // another one computes anew
	Heads   map[string]keptHead `json:"heads"`   // by the incident's id
}

// A keptHead is what was computed, and of what.
type keptHead struct {
	mark
	Head view.Listed `json:"head"`
}

// A mark is how a log's file looked from outside when it was read.
type mark struct {
	Size    int64 `json:"size"`    // in bytes
	Changed int64 `json:"changed"` // in nanoseconds since 1970
}

const (
	// File is the name of the file that keeps what was computed.
	File      = "list.json"
	maxList   = 64 << 20  // bytes of it; what is larger is not read
	lainStill = time.Hour // the age of a log from which its head is kept
)

func (l List) markOf(id string) (m mark) {
	if l.Mark != nil {
		m.Size, m.Changed = l.Mark(id)
	}
	return m
}

// readKept reads list.json; nothing if it is not there or not as it should be.
func (l List) readKept() map[string]keptHead {
	if l.Dir == "" || l.Mark == nil {
		return nil
	}
	file, err := guard.Open(filepath.Join(l.Dir, File))
	if err != nil {
		return nil
	}
	defer file.Close()
	var was kept
	if json.NewDecoder(io.LimitReader(file, maxList)).Decode(&was) != nil || was.Program != l.Program {
		return nil
	}
	maps.DeleteFunc(was.Heads, func(id string, h keptHead) bool { return h.Head.ID != id || h.mark == mark{} })
	return was.Heads
}

// keep writes list.json. That it could not be written costs nothing but time.
func (l List) keep(heads map[string]keptHead) {
	if l.Dir == "" || l.Mark == nil {
		return
	}
	data, err := json.Marshal(kept{l.Program, heads})
	if err == nil {
		_ = guard.Target{Replace: true}.Write(filepath.Join(l.Dir, File), func(w io.Writer) error { _, err := w.Write(data); return err })
	}
}
