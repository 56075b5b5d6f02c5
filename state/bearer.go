package state

import (
	"reflect"
	"time"
)

// bearers are the numbers of the entries of a log, by identity. One hash is borne by more
// than one only where somebody claims it for what they made up.
type bearers map[Hash][]uint64

// bearersOf finds, in a log, who bears the identities of some entries: of each that is
// asked for there is a list, if only an empty one.
func bearersOf(log, asked []Entry) bearers {
	all := make(bearers, len(asked))
	for i := range asked {
		all[identity(&asked[i])] = nil
	}
	for i := range log {
		id := identity(&log[i])
		if list, is := all[id]; is {
			all[id] = append(list, log[i].Seq)
		}
	}
	return all
}

// find is which of the entries that bear the identity of a branch's says what that says; 0
// if none does: then one of them was made up, and both are kept. What is withheld is not judged.
func (c *carrier) find(all []uint64, e *Entry, after time.Time, prev Hash, at func(seq uint64) *Entry) uint64 {
	for _, seq := range all {
		stands := at(seq)
		c.made(e.Data, func(called) called { return calledIn(stands.Data) })
		if stands.Withheld != 0 || e.Withheld != 0 || stands.Verbatim != "" || e.Verbatim != "" {
			return seq
		}
		want := c.over(e, after, prev)
		if stands.Origin == nil {
			own := *stands
			own.Own().Origin = want.Origin
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
