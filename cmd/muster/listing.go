package main

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"muster/state"
	"muster/state/guard"
	"muster/state/view"
)

// What lists show of an incident is computed from its log, and its log alone. That
// takes a millisecond or two each, so what was computed of a log that has lain still
// for an hour is kept in list.json, in the folder that holds the incidents. It counts as
// long as the log's file has the same size and time. It is no record: it may be deleted
// at any moment, nothing but a list is made of it, and whatever opens an incident reads
// and verifies the log.

// A keptList is list.json.
type keptList struct {
	Program string              `json:"program"` // another one computes anew
	Heads   map[string]keptHead `json:"heads"`   // by the incident's id
}

// A keptHead is what was computed, and of what.
type keptHead struct {
	logMark
	Head view.Listed `json:"head"`
}

// A listed is what lists show of an incident, and why its log cannot be read to the
// end; nil if it can.
type listed struct {
	view.Listed
	err error
}

const (
	listFile  = "list.json"
	maxList   = 64 << 20  // bytes of list.json; what is larger is not read
	lainStill = time.Hour // the age of a log from which its head is kept
)

// readHeads are what lists show of the incidents, in the order of ids. It stops early when
// ctx ends.
func readHeads(ctx context.Context, e *env, store state.Store, ids []string) []listed {
	old := readKept(e)
	heads, marks, isNew := make([]listed, len(ids)), make([]logMark, len(ids)), make([]bool, len(ids))
	each(len(ids), func(i int) {
		if ctx.Err() != nil {
			return
		}
		marks[i] = e.markOf(ids[i]) // before it is read: what comes in between shows
		if kept, ok := old[ids[i]]; ok && kept.logMark == marks[i] {
			heads[i] = listed{Listed: kept.Head}
			return
		}
		heads[i], isNew[i] = incidentHead(ctx, store, ids[i]), true
	})
	if ctx.Err() != nil {
		return heads
	}
	kept, anew := make(map[string]keptHead, len(ids)), false
	for i, id := range ids {
		if heads[i].err == nil && e.now().Sub(time.Unix(0, marks[i].Changed)) > lainStill {
			kept[id] = keptHead{marks[i], heads[i].Listed}
			anew = anew || isNew[i]
		}
	}
	if anew || len(kept) != len(old) {
		keep(e, kept)
	}
	return heads
}

// incidentHead computes what lists show of an incident, from its log.
func incidentHead(ctx context.Context, store state.Store, id string) listed {
	incident, err := read(ctx, store, id)
	if incident == nil || len(incident.Log) == 0 {
		return listed{view.Listed{ID: id}, err}
	}
	head := listed{view.ListedOf(incident), err}
	head.ID = id // its folder's name, whatever its log says
	return head
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

// readKept reads list.json; nothing if it is not there or not as it should be.
func readKept(e *env) map[string]keptHead {
	dir, err := e.stateDir()
	if err != nil {
		return nil
	}
	file, err := guard.Open(filepath.Join(dir, listFile))
	if err != nil {
		return nil
	}
	defer file.Close()
	var list keptList
	if json.NewDecoder(io.LimitReader(file, maxList)).Decode(&list) != nil || list.Program != version() {
		return nil
	}
	maps.DeleteFunc(list.Heads, func(id string, h keptHead) bool { return h.Head.ID != id || h.logMark == logMark{} })
	return list.Heads
}

// keep writes list.json. That it could not be written costs nothing but time.
func keep(e *env, heads map[string]keptHead) {
	dir, err := e.stateDir()
	if err != nil {
		return
	}
	data, err := json.Marshal(keptList{version(), heads})
	if err == nil {
		_ = guard.Target{Replace: true}.Write(filepath.Join(dir, listFile), func(w io.Writer) error { _, err := w.Write(data); return err })
	}
}
