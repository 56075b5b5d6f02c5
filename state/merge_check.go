package state

import (
	"fmt"
	"reflect"
	"time"
)

// CheckMerge holds what was taken over from a branch against the branch itself, as its lines
// were kept: every entry of it stands in the log, and says there what it said in the branch.
// merged is the entry that says that it was taken over. What is withheld from the log is not
// judged.
func CheckMerge(inc, branch *Incident, merged uint64) (found []Contradiction) {
	wrong := func(seq uint64, format string, args ...any) {
		found = append(found, Contradiction{seq, fmt.Sprintf(format, args...)})
	}
	data, _ := dataAt(inc, merged).(*LogMerged)
	if data == nil || mayMerge(inc, branch) != nil {
		wrong(merged, "The branch that is kept is none of this incident's log.")
		return found
	}
	if data.Head != branch.Head.Hash || data.Entries != branch.Head.Seq {
		wrong(merged, "It says that the branch ended with the head %s, and what is kept of it ends with %s.", data.Head.Code(), branch.Head.Hash.Code())
	}
	has, common := bearersOf(inc.Log), commonOf(inc, branch)
	c, place := newCarrier(len(branch.Log)), newPlacing()
	for i := range branch.Log {
		e := &branch.Log[i]
		_, after := place.place(e)
		if e.Seq <= common {
			c.seqs[i] = e.Seq
			continue
		}
		all := has[identity(e)]
		seq := c.find(all, e, after, func(seq uint64) *Entry { return &inc.Log[seq-1] })
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

// bearers are the numbers of the entries of a log, by identity. One hash is borne by more
// than one only where somebody claims it for what they made up.
type bearers map[Hash][]uint64

func bearersOf(log []Entry) bearers {
	all := make(bearers, len(log))
	for i := range log {
		id := identity(&log[i])
		all[id] = append(all[id], log[i].Seq)
	}
	return all
}

// find is which of the entries that bear the identity of a branch's says what that says; 0
// if none does: then one of them was made up, and both are kept. What is withheld is not judged.
func (c *carrier) find(all []uint64, e *Entry, after time.Time, at func(seq uint64) *Entry) uint64 {
	for _, seq := range all {
		stands := at(seq)
		c.made(e.Data, func(thing) string { return nameOf(stands.Data) })
		if stands.Withheld != 0 || e.Withheld != 0 || stands.Verbatim != "" || e.Verbatim != "" {
			return seq
		}
		want := c.over(e, after)
		if stands.Origin == nil {
			own := *stands
			own.Origin = want.Origin
			stands = &own
		}
		if saysSame(&want, stands) {
			return seq
		}
	}
	return 0
}

// saysSame reports whether an entry stands as it was taken over, but for its place.
func saysSame(want, stands *Entry) bool {
	return want.Kind == stands.Kind && want.By == stands.By && want.Zone == stands.Zone && want.Occurred.Equal(stands.When()) && want.Salts == stands.Salts &&
		reflect.DeepEqual(want.Override, stands.Override) && *want.Origin == *stands.Origin && reflect.DeepEqual(want.Data, stands.Data)
}
