package state

import (
	"cmp"
	"fmt"
	"slices"

	"muster/state/sorted"
)

// Apply computes what an entry leads to. It never refuses: whatever is in the log
// happened. It fails, and changes nothing, only if e is not the next entry.
func (inc *Incident) Apply(e Entry) error {
	if e.Seq != inc.Head.Seq+1 {
		return fmt.Errorf("entry %d cannot follow entry %d", e.Seq, inc.Head.Seq)
	}
	if n := len(inc.Log); n == cap(inc.Log) {
		inc.Log = slices.Grow(inc.Log, max(n, 64)) // append would copy a long log four times as often
	}
	inc.Log = append(inc.Log, e)
	inc.Head = Head{Seq: e.Seq, Hash: e.Hash}
	switch {
	case e.Origin != nil: // it counts once all of its branch is there; see LogMerged
	case countsOtherwise(e.Data):
		inc.recompute()
	default:
		inc.effect(&inc.Log[len(inc.Log)-1])
	}
	return nil
}

// countsOtherwise reports whether with an entry of this log others count otherwise than
// before: it corrects one, or says that those of a branch have come.
func countsOtherwise(data Data) bool {
	switch data.(type) {
	case *EntryRetracted, *EntryAmended, *LogMerged, *ContradictionSettled:
		return true
	}
	return false
}

// Stage has entries stand in the log without what they lead to: more are about to, and
// then [Restate] computes that.
func Stage(inc *Incident, entries ...Entry) error {
	inc.Log = slices.Grow(inc.Log, len(entries))
	for i := range entries {
		e := &entries[i]
		if e.Seq != inc.Head.Seq+1 {
			return fmt.Errorf("entry %d cannot follow entry %d", e.Seq, inc.Head.Seq)
		}
		inc.Log = append(inc.Log, *e)
		inc.Head = Head{Seq: e.Seq, Hash: e.Hash}
	}
	return nil
}

// Restate computes anew what the log adds up to.
func Restate(inc *Incident) { inc.recompute() }

// effect is what an entry that counts changes. Only corrections are not its
// business; see recompute.
func (inc *Incident) effect(e *Entry) {
	if e.Withheld != 0 {
		miss(inc, e)
	}
	if e.Data == nil {
		recountClocks(inc)
		return
	}
	if inc.answers == nil { // not in IncidentOpened's effect: the opening may be withheld
		inc.answers = make(map[string]Answer)
	}
	switch data := e.Data.(type) {
	case recorded:
		data.effect(inc, e)
	case *Unknown:
		inc.Unknown++
	}
	if e.Withheld != 0 {
		recountClocks(inc)
	}
}

// EntriesSince lists the entries after seq that count, oldest first, without those
// that muster makes of itself, those that only correct others, and what the facilitator
// of a drill notes for the report.
func (inc *Incident) EntriesSince(seq uint64) []Entry {
	var list []Entry
	for i := min(seq, uint64(len(inc.Log))); i < uint64(len(inc.Log)); i++ {
		written := &inc.Log[i]
		if kinds.is(written.Kind, ofProgram|unseen) || written.Data != nil && kinds.is(written.Kind, corrects) || inc.retracted[written.Seq] != 0 || !Within(inc, written.Seq) {
			continue
		}
		e, _ := inc.Entry(written.Seq)
		list = append(list, e)
	}
	return list
}

// recompute starts over from the log, now that other entries count than before.
func (inc *Incident) recompute() {
	fresh := Incident{Log: inc.Log, Head: inc.Head, reading: true}
	fresh.parsed = inc.parsed
	happened := order(fresh.Log)
	if happened != nil {
		fresh.said = newSayings(&fresh)
	}
	findCorrections(&fresh, happened)
	for i := range inOrder(fresh.Log, happened) {
		e := &fresh.Log[i]
		if fresh.retracted[e.Seq] != 0 {
			continue
		}
		if len(fresh.amended[e.Seq]) > 0 {
			amended, _ := fresh.Entry(e.Seq)
			e = &amended
		}
		fresh.effect(e)
	}
	fresh.reading = inc.reading
	if happened != nil {
		fresh.said.closings(&fresh, happened)
		fresh.Two, fresh.said = fresh.said.two(&fresh), nil
		sorted.Stable(fresh.copied, func(a, b copies) int { return cmp.Compare(a.seq, b.seq) })
	}
	*inc = fresh
	inc.retitle(0)
}

// findCorrections finds out which entries are retracted and amended, and by which. A
// retraction counts always, an amendment until it is retracted itself. That the
// incident was opened, and as a drill, is not taken back by anything.
func findCorrections(inc *Incident, sorted []int) {
	inc.retracted, inc.amended = make(map[uint64]uint64), make(map[uint64][]uint64)
	for i := range inOrder(inc.Log, sorted) {
		if data, ok := inc.Log[i].Data.(*EntryRetracted); ok && data.Seq > 1 && data.Seq < inc.Log[i].Seq {
			inc.retracted[data.Seq] = inc.Log[i].Seq
		}
	}
	for i := range inOrder(inc.Log, sorted) {
		e := &inc.Log[i]
		if inc.retracted[e.Seq] != 0 {
			continue
		}
		switch data := e.Data.(type) {
		case *EntryAmended:
			if data.Seq < e.Seq {
				inc.amended[data.Seq] = append(inc.amended[data.Seq], e.Seq)
				data.say(inc, e)
			}
		case *ContradictionSettled: // the amendment that holds is the last word
			if all := inc.amended[data.Entry]; data.What == OfAmendment && slices.Contains(all, data.Holds) {
				inc.amended[data.Entry] = append(slices.DeleteFunc(all, func(seq uint64) bool { return seq == data.Holds }), data.Holds)
			}
		}
	}
}

// inOrder yields the indexes of the entries that count, in the order in which they do;
// sorted is what order says.
func inOrder(log []Entry, sorted []int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if sorted == nil {
			for i := range log {
				if !yield(i) {
					return
				}
			}
			return
		}
		for _, i := range sorted {
			if !yield(i) {
				return
			}
		}
	}
}
