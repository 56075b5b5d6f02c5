package state

import "fmt"

// CheckMerge holds what was taken over from a branch against the branch itself, as its lines
// were kept: every entry of it stands in the log, and says there what it said in the branch.
// merged is the entry that says that it was taken over. What is withheld from the log is not
// judged.
func CheckMerge(inc, branch *Incident, merged uint64) (found []Contradiction) {
	wrong := func(seq uint64, format string, args ...any) {
		found = append(found, Contradiction{Seq: seq, What: fmt.Sprintf(format, args...)})
	}
	data, _ := dataAt(inc, merged).(*LogMerged)
	if data == nil || mayMerge(inc, branch) != nil {
		wrong(merged, "The branch that is kept is none of this incident's log.")
		return found
	}
	if data.Head != branch.Head.Hash || data.Entries != branch.Head.Seq {
		wrong(merged, "It says that the branch ended with the head %s, and what is kept of it ends with %s.", data.Head.Code(), branch.Head.Hash.Code())
	}
	common := commonOf(inc, branch)
	has := bearersOf(inc.Log, branch.Log[common:])
	c, place, before := newCarrier(len(branch.Log)), newPlacing(branch.Log), newPlacing(nil)
	for i := range branch.Log {
		e := &branch.Log[i]
		_, after := place.place(e)
		_, once := before.place(e)
		if e.Seq <= common {
			c.seqs[i] = e.Seq
			continue
		}
		all := has[identity(e)]
		at := func(seq uint64) *Entry { return &inc.Log[seq-1] }
		seq := c.find(all, e, after, place.before, at)
		if seq == 0 && !once.Equal(after) {
			seq = c.find(all, e, once, place.before, at)
		}
		switch {
		case seq != 0:
			c.seqs[i] = seq
		case len(all) == 0:
			wrong(merged, "Entry %d of the branch was not taken over.", e.Seq)
		default:
			c.seqs[i] = all[0]
			wrong(all[0], "It does not say what entry %d of the branch says, from which it was taken over.", e.Seq)
		}
	}
	return found
}
