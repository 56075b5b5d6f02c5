package state

import (
	"fmt"
	"reflect"
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
	has := make(map[Hash]uint64, len(inc.Log))
	for i := range inc.Log {
		has[identity(&inc.Log[i])] = inc.Log[i].Seq
	}
	c, place := newCarrier(len(branch.Log)), newPlacing()
	for i := range branch.Log {
		e := &branch.Log[i]
		_, after := place.place(e)
		seq := has[identity(e)]
		if seq == 0 {
			wrong(merged, "Entry %d of the branch was not taken over.", e.Seq)
			continue
		}
		c.seqs[i] = seq
		stands := &inc.Log[seq-1]
		if stands.Origin == nil || stands.Withheld != 0 {
			continue // it is the log's own, or not known
		}
		c.made(e.Data, func(thing) string { return nameOf(stands.Data) })
		if want := c.over(e, after); !saysSame(&want, stands) {
			wrong(seq, "It does not say what entry %d of the branch says, from which it was taken over.", e.Seq)
		}
	}
	return found
}

// saysSame reports whether an entry stands as it was taken over, but for its place.
func saysSame(want, stands *Entry) bool {
	return want.Kind == stands.Kind && want.By == stands.By && want.Zone == stands.Zone && want.Occurred.Equal(stands.When()) && want.Salts == stands.Salts &&
		reflect.DeepEqual(want.Override, stands.Override) && *want.Origin == *stands.Origin && reflect.DeepEqual(want.Data, stands.Data)
}
