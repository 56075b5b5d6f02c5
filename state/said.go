package state

import (
	"cmp"
	"slices"
	"time"

	"muster/state/sorted"
)

// theEnd is the id of the incident's end, among what can have two answers.
const theEnd = "incident"

// A subject is what entries can say different things of.
type subject struct {
	what  Contradictory
	of    string // its id; of an amendment the number of the entry
	which string // which side of it, if it has several
	first bool   // what is said first counts, and not what is said last
}

// A saying is that an entry says something of a subject. "" takes back what was said, or is
// not known.
type saying struct {
	seq   uint64 // who says it knew what was known there
	entry uint64 // that says it: another one where a person settled that it holds
	value string
}

// sayings are collected while a log is computed into which a branch was merged.
type sayings struct {
	knowing *knowing
	all     map[subject][]saying
	settled []settled
	wentOn  func(end uint64) bool // whether people worked on who did not know of a closing
	as      uint64                // the entry by which one that was said before is said again; 0 for none
}

// A settled is that a person said which of several answers holds.
type settled struct {
	what    Contradictory
	of      string
	entries []uint64
	by      *Entry
}

// say takes note of what an entry says, if the log is one that others were merged into.
func (s *sayings) say(e *Entry, of subject, value string) {
	if s == nil {
		return
	}
	if value == WithheldText {
		value = ""
	}
	one := saying{seq: e.Seq, entry: e.Seq, value: value}
	if s.as != 0 {
		one.seq = s.as
	}
	s.all[of] = append(s.all[of], one)
}

// stamped is when something happened, as a value.
func stamped(e *Entry) string { return e.When().UTC().Format(time.RFC3339Nano) }

// maxSaid bounds how many answers of one thing are held against each other: those of more
// people than ever were apart.
const maxSaid = 300

// apart lists the pairs of sayings neither of which knew the other, and that count among
// what each knew: the last that was said in the one log and in the other, or the first.
func (k *knowing) apart(list []saying, first bool) (pairs [][2]saying) {
	list = k.counting(list, first)
	list = list[max(0, len(list)-maxSaid):]
	for j := range list {
		for i := range list[:j] {
			a, b := list[i], list[j]
			if a.seq == b.seq || k.knew(b.seq, a.seq) || a.value == b.value || a.value == "" || b.value == "" {
				continue
			}
			if first || !slices.ContainsFunc(list, func(c saying) bool {
				return k.knew(c.seq, a.seq) && k.none(c.seq, b.seq) || k.knew(c.seq, b.seq) && k.none(c.seq, a.seq)
			}) {
				pairs = append(pairs, [2]saying{a, b})
			}
		}
	}
	return pairs
}

// none reports whether neither of two entries knew the other.
func (k *knowing) none(a, b uint64) bool { return a != b && !k.knew(a, b) && !k.knew(b, a) }

// counting are the sayings that can be the last, or the first, of a log: in their order in
// this one.
func (k *knowing) counting(list []saying, first bool) (kept []saying) {
	sorted.Stable(list, func(a, b saying) int { return cmp.Compare(a.seq, b.seq) })
	type place struct{ chain, merged int32 }
	at := make(map[place]int)
	for _, s := range list {
		if s.seq == 0 || s.seq > uint64(len(k.spots)) {
			continue
		}
		if first {
			if !slices.ContainsFunc(kept, func(before saying) bool { return before.seq == s.seq || k.knew(s.seq, before.seq) }) {
				kept = append(kept, s)
			}
			continue
		}
		spot := k.spots[s.seq-1]
		here := place{spot.chain, spot.merged}
		if i, again := at[here]; again {
			kept[i] = s // who says it last knew no more of the others
			continue
		}
		at[here] = len(kept)
		kept = append(kept, s)
	}
	sorted.Stable(kept, func(a, b saying) int { return cmp.Compare(a.seq, b.seq) })
	return kept
}
