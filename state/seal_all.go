package state

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// sealPiece is how many entries one core seals at a time.
const sealPiece = 512

// SealAll seals entries that follow from one another behind a head, on all cores, and gives
// each its number and what stands before it. Of one that cannot be sealed it returns the
// error, and the lines of those before it. ready are the bodies that were made before; nil
// for none.
func SealAll(head Head, entries []Entry, ready []Body) ([]Line, error) {
	lines := make([]Line, 0, len(entries))
	bodies, failed := sealBodies(entries, ready)
	for i := range entries {
		e := &entries[i]
		if failed[i/sealPiece] != nil && bodies[i].None() {
			return lines, failed[i/sealPiece]
		}
		e.Seq, e.Prev = head.Seq+1, head.Hash // in a sealing that Body has made its own
		line, err := format.Place(e, bodies[i])
		if err != nil {
			return lines, err
		}
		head = Head{Seq: e.Seq, Hash: e.Hash}
		line.Known = ready != nil && !ready[i].None()
		lines = append(lines, line)
	}
	return lines, nil
}

// sealBodies makes the bodies of entries, and says of each piece of them what failed in it: the
// body is lacking then, and those behind it in the piece.
func sealBodies(entries []Entry, ready []Body) ([]Body, []error) {
	all, failed := make([]Body, len(entries)), make([]error, len(entries)/sealPiece+1)
	copy(all, ready)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(failed)) {
		group.Go(func() {
			for {
				piece := int(next.Add(1)) - 1
				if piece >= len(failed) {
					return
				}
				for i := piece * sealPiece; i < min((piece+1)*sealPiece, len(entries)) && failed[piece] == nil; i++ {
					if all[i].None() {
						all[i], failed[piece] = format.Body(&entries[i])
						continue
					}
					own := *entries[i].Sealing
					entries[i].Sealing = &own
				}
			}
		})
	}
	group.Wait()
	return all, failed
}
