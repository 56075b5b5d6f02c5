package list

import (
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"time"

	"muster/state/guard"
	"muster/state/view"
)

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
