package state

import "slices"

// Whoever records an entry knows every entry that stands in their log by then. An entry that
// was taken over says which entry its own log had recorded before it, and log.merged says
// which branch was known from then on. So a merged log tells of any two entries whether one
// was recorded by somebody who knew the other, whichever log was merged into which and when.

// A merging is data that says that a branch was taken over: which entries were its last.
type merging interface{ LastOf() []Hash }

// A spot is where an entry stands among those of one log: its chain is a run of entries each
// recorded in one log behind the one before.
type spot struct {
	chain, at int32
	merged    int32 // what was known of other chains: an index in knowing.known
}

// A knowing is what was known when each entry of a log was recorded.
type knowing struct {
	spots []spot    // by the entry's number, less one
	tails []int32   // how long each chain is
	known [][]int32 // how much of each chain is known; nil for all that stands before
	cells int
}

// maxKnown bounds how much is kept of what was known, in numbers. Ten thousand merges of a
// thousand branches are less; beyond it, who merges counts as knowing all.
const maxKnown = 10 << 20

// knowingOf finds what was known.
func knowingOf(log []Entry) *knowing {
	k := &knowing{spots: make([]spot, len(log)), known: [][]int32{{}}}
	wanted := wantedSpots(log)
	own := -1
	for i := range log {
		e := &log[i]
		var s spot
		switch {
		case e.Origin == nil && own < 0:
			s = k.begin(spot{}, false)
		case e.Origin == nil:
			s = k.follow(k.spots[own])
		case i > 0 && identity(&log[i-1]) == e.Origin.Prev:
			s = k.follow(k.spots[i-1])
		default:
			if before := wanted[e.Origin.Prev]; before != nil && before.at > 0 {
				s = k.follow(*before)
			} else {
				s = k.begin(spot{}, false)
			}
		}
		if data, ok := e.Data.(merging); ok {
			var heads []*spot
			for _, head := range data.LastOf() {
				heads = append(heads, wanted[head])
			}
			s.merged = k.merge(s, heads, e.Origin == nil)
		}
		if e.Origin == nil {
			own = i
		}
		k.spots[i] = s
		if at := wanted[identity(e)]; at != nil {
			*at = s
		}
	}
	return k
}

// wantedSpots are the entries that others name, and that do not just stand before them.
func wantedSpots(log []Entry) map[Hash]*spot {
	wanted := make(map[Hash]*spot)
	for i := range log {
		e := &log[i]
		if e.Origin == nil {
			continue
		}
		if i == 0 || identity(&log[i-1]) != e.Origin.Prev {
			wanted[e.Origin.Prev] = new(spot)
		}
		if data, ok := e.Data.(merging); ok {
			for _, head := range data.LastOf() {
				wanted[head] = new(spot)
			}
		}
	}
	return wanted
}

// follow is the spot behind another.
func (k *knowing) follow(before spot) spot {
	if k.tails[before.chain] != before.at {
		return k.begin(before, true)
	}
	k.tails[before.chain]++
	before.at++
	return before
}

// begin begins a chain, behind another spot if there is one.
func (k *knowing) begin(before spot, behind bool) spot {
	s := spot{chain: int32(len(k.tails)), at: 1}
	k.tails = append(k.tails, 1)
	if behind {
		known := k.copyOf(before.merged, int(before.chain)+1)
		if known != nil {
			known[before.chain] = max(known[before.chain], before.at)
		}
		s.merged = k.keep(known)
	}
	return s
}

// merge is what is known from a merge on: what its log knew, and a branch up to its head. In
// this log that is all before it.
func (k *knowing) merge(s spot, heads []*spot, here bool) int32 {
	known := k.copyOf(s.merged, len(k.tails))
	if known != nil && here {
		copy(known, k.tails)
		return k.keep(known)
	}
	for _, head := range heads {
		if known == nil || head == nil || head.at == 0 {
			continue
		}
		if k.known[head.merged] == nil {
			return k.keep(nil)
		}
		for chain, at := range k.known[head.merged] {
			known[chain] = max(known[chain], at)
		}
		known[head.chain] = max(known[head.chain], head.at)
	}
	return k.keep(known)
}

// lastOf are the last entries that a log knows, by the hash under which they were recorded, if
// its last was not recorded in it: a copy can end in the midst of what was taken over.
func lastOf(log []Entry) (last []Hash) {
	for i := len(log) - 1; i >= 0; i-- {
		if i+1 == len(log) || log[i].Origin == nil || log[i+1].Origin == nil || log[i+1].Origin.Prev != identity(&log[i]) {
			last = append(last, identity(&log[i]))
		}
		if log[i].Origin == nil {
			break
		}
	}
	if len(last) == 1 && log[len(log)-1].Origin == nil {
		return nil
	}
	return last
}

// copyOf is a copy of what is known, of so many chains at least; nil for all.
func (k *knowing) copyOf(merged int32, chains int) []int32 {
	known := k.known[merged]
	if known == nil || k.cells > maxKnown {
		return nil
	}
	fresh := make([]int32, max(chains, len(known)))
	copy(fresh, known)
	return fresh
}

func (k *knowing) keep(known []int32) int32 {
	k.cells += len(known)
	k.known = append(k.known, slices.Clip(known))
	return int32(len(k.known) - 1)
}

// knew reports whether who recorded entry a knew entry b.
func (k *knowing) knew(a, b uint64) bool {
	if a <= b || a > uint64(len(k.spots)) || b == 0 {
		return false
	}
	one, other := k.spots[a-1], k.spots[b-1]
	if one.chain == other.chain {
		return one.at > other.at
	}
	known := k.known[one.merged]
	return known == nil || int(other.chain) < len(known) && known[other.chain] >= other.at
}
