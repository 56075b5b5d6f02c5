package state

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
)

// Load opens an incident's log, as [Store].Open does, and computes what it adds up
// to. A log with a damaged line is computed as far as it is good: then the error is
// that *Damage, and the log is there all the same.
func Load(ctx context.Context, store Store, id string, readOnly bool) (Log, *Incident, error) {
	loader, ok := store.(Loader)
	if !ok {
		log, err := store.Open(ctx, id, readOnly)
		if err != nil {
			return nil, nil, err
		}
		incident, err := Replay(log.Entries(ctx, 0))
		return log, incident, err
	}
	r := replay{inc: &Incident{reading: true}}
	var failed error
	var kept Entry
	log, err := loader.Load(ctx, id, readOnly, func(e *Entry, more int) {
		if failed == nil {
			kept = *e
			r.keep(&kept)
			failed = r.add(&kept, more)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	var damage *Damage
	if errors.As(log.Writable(), &damage) && failed == nil {
		failed = damage
	}
	return log, r.end(), failed
}

// Read is an incident as far as its log can be read; nil if no entry can. The error says
// why there is no more.
func Read(ctx context.Context, store Store, id string) (*Incident, error) {
	log, incident, err := Load(ctx, store, id, true)
	if log == nil {
		return nil, err
	}
	defer log.Close()
	if len(incident.Log) > 0 {
		return incident, err
	}
	if err == nil {
		err = errors.New("its log is empty")
	}
	return nil, err
}

// Replay computes the incident that a whole log adds up to. On an error it
// returns what the entries before it add up to, and the error.
func Replay(entries iter.Seq2[Entry, error]) (*Incident, error) {
	r := replay{inc: &Incident{reading: true}}
	for e, err := range entries {
		if err == nil {
			err = r.add(&e, 0)
		}
		if err != nil {
			return r.end(), err
		}
	}
	return r.end(), nil
}

// A replay computes an incident while its log is read.
type replay struct {
	inc       *Incident
	corrected bool // what was computed does not count
	sealings  []Sealing
}

// keep has an entry stay what it is when what it was read into is read into again, as
// [Entry.Kept] does, but takes memory for many at once.
func (r *replay) keep(e *Entry) {
	if e.Sealing == nil {
		return
	}
	if len(r.sealings) == cap(r.sealings) {
		r.sealings = make([]Sealing, 0, min(max(1, 2*cap(r.sealings)), 512))
	}
	r.sealings = append(r.sealings, *e.Sealing)
	e.Sealing = &r.sealings[len(r.sealings)-1]
}

// sample is how many entries it takes to say how many more there are.
const sample = 4096

// add takes the next entry. more is about how many follow: a long log that had to
// grow to its size would be copied several times.
func (r *replay) add(e *Entry, more int) error {
	inc := r.inc
	if e.Seq != inc.Head.Seq+1 {
		return fmt.Errorf("entry %d cannot follow entry %d", e.Seq, inc.Head.Seq)
	}
	if n := len(inc.Log); n == cap(inc.Log) && n >= sample {
		// A little too much costs nothing until it is written to.
		inc.Log = slices.Grow(inc.Log, 1+more+more/8)
	}
	inc.Log = append(inc.Log, *e)
	inc.Head = Head{Seq: e.Seq, Hash: e.Hash}
	if e.Origin == nil && countsOtherwise(e.Data) {
		r.corrected = true
	}
	if !r.corrected && e.Origin == nil {
		inc.effect(&inc.Log[len(inc.Log)-1])
	}
	return nil
}

// end is the incident. A correction says that entries before it count otherwise,
// so that all is computed anew, but once for all corrections.
func (r *replay) end() *Incident {
	if r.corrected {
		r.inc.recompute()
	}
	r.inc.reading = false
	r.inc.retitle(0)
	return r.inc
}
