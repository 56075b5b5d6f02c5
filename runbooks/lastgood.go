package runbooks

import (
	"context"
	"slices"
)

// This file tells good runbooks from those with a mistake far down, and finds what can be
// used in the place of one of those.

// fewFiles is how many files of a folder are read to their ends for a list.
const fewFiles = 32

// readWhole gives those heads an Err whose files have a mistake further down: of all of a
// small folder, else of those that hide one of the layers below.
func (l Layer) readWhole(ctx context.Context, heads []Head, below map[string]int) {
	for i := range heads {
		h := &heads[i]
		if _, hides := below[h.ID]; h.Err != nil || ctx.Err() != nil || !hides && len(heads) > fewFiles {
			continue
		}
		if _, problems, err := l.load(*h); err != nil {
			h.Err = err
			if problems.HasErrors() {
				h.Err = problems.first()
			}
		}
	}
}

// first is the first of the problems that is an Error, as an error; nil if none is.
func (ps Problems) first() error {
	at := slices.IndexFunc(ps, func(p Problem) bool { return p.Level == Error })
	if at < 0 {
		return nil
	}
	return ps[at : at+1].Err()
}

// LastGood reads the runbook of an id from the last layer in which it is good, where the
// one that Load finds is not. There may be none.
func (lib *Library) LastGood(id string) (*Source, bool) {
	for _, layer := range slices.Backward(lib.layers) {
		heads, _ := layer.heads(context.Background(), false)
		for _, h := range heads {
			if h.ID != id {
				continue
			}
			if source, _, err := layer.load(h); err == nil {
				return source, true
			}
		}
	}
	return nil, false
}
