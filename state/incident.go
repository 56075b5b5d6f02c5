package state

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"muster/runbooks"
)

// An Incident is what the entries so far add up to. It is computed by Apply
// alone. Readers take it as it is; whoever applies to an incident that others
// read applies to a [Incident.Clone].
type Incident struct {
	ID       string
	Mode     Mode
	Title    string
	Severity runbooks.Severity
	Opened   time.Time // when it was detected, by the word of who opened it
	OpenedAt time.Time // when the log began
	OpenedBy string
	Program  string // what opened it

	// Organisation is whose incident it is; nil if the log does not say.
	Organisation *Organisation

	Books    []Book
	Phases   []Phase
	Steps    []Step // in the order of the runbooks, copies in the place of their template
	Services []Service
	Roles    []Role
	Notices  []Notice
	Contacts []Contact
	Calls    []Call // of contacts whose names are withheld: one, or several
	Clocks   []Clock
	Timers   []Timer
	Sitrep   uint64 // the entry of the last sitrep; 0 if none was issued
	Exercise Exercise

	Witnesses  []Witness   // who was told a head, in the order of the log
	Signatures []Signature // of heads, in the order of the log

	Closed *Closing // nil while it is open
	Lacks  Lacks    // what is withheld from this copy of the log, and could be missed

	// Log holds every entry, as read. Entry n has index n-1.
	Log     []Entry
	Head    Head
	Unknown int // entries of kinds this version does not know
	// Sessions are the session.opened entries, oldest first.
	Sessions []uint64
	// Foreign counts entries that name a step, service or role that is not there.
	Foreign int

	answers   map[string]Answer   // by decision step, ask or input
	stepAt    map[string]int      // index in Steps, by id
	serviceAt map[string]int      // index in Services, by id
	retracted map[uint64]uint64   // entry → the entry that retracts it
	amended   map[uint64][]uint64 // entry → the entries that amend it, in order
	roots     map[string][]int    // indexes in Steps of a template's copies, by its id
	copied    []copies            // what entries changed in the list of steps, in their order
	dynamic   []int               // indexes in Steps whose title depends on what is known
	added     []addedStep
	clocks    map[string]int64             // SessionOpened.BootAt as last recorded, by boot
	parsed    map[source]*runbooks.Runbook // runbooks read so far
}

// A Phase is a phase of one of the incident's runbooks.
type Phase struct {
	ID     string // with the book's prefix
	Number int    // 1 for the first
	Book   int    // index in Books
	Def    *runbooks.Phase
	First  int // index in Steps of its first step
	Count  int // how many steps it has
}

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
	switch e.Data.(type) {
	case *EntryRetracted, *EntryAmended:
		inc.recompute()
	default:
		inc.effect(&inc.Log[len(inc.Log)-1])
	}
	return nil
}

// Clone returns an incident that can be applied to while others read this one.
// Only the newest of a line of clones may be applied to: they share the log's
// memory.
func (inc *Incident) Clone() *Incident {
	clone := *inc
	clone.Steps = slices.Clone(inc.Steps)
	clone.Services = slices.Clone(inc.Services)
	clone.Roles = slices.Clone(inc.Roles)
	clone.Notices = slices.Clone(inc.Notices)
	clone.Contacts = slices.Clone(inc.Contacts)
	clone.Clocks = slices.Clone(inc.Clocks)
	clone.Timers = slices.Clone(inc.Timers)
	clone.answers = maps.Clone(inc.answers)
	clone.Exercise = inc.Exercise.clone()
	return &clone
}

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
	if inc.answers == nil { // not in Opened's effect: the opening may be withheld
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
// that muster itself makes, those that only correct others, and what the facilitator
// of a drill notes for the report.
func (inc *Incident) EntriesSince(seq uint64) []Entry {
	var list []Entry
	for i := min(seq, uint64(len(inc.Log))); i < uint64(len(inc.Log)); i++ {
		written := &inc.Log[i]
		if written.By.Name == Muster || is(written.Kind, ofProgram|unseen) || written.Data != nil && is(written.Kind, corrects) || inc.retracted[written.Seq] != 0 {
			continue
		}
		e, _ := inc.Entry(written.Seq)
		list = append(list, e)
	}
	return list
}

// SeqAt is the last entry that was recorded by time t; 0 if none was.
func (inc *Incident) SeqAt(t time.Time) uint64 {
	var seq uint64
	for i := range inc.Log {
		if !inc.Log[i].Recorded.After(t) {
			seq = inc.Log[i].Seq
		}
	}
	return seq
}

// entryWith is the entry whose hash head is; 0 if the log has none.
func entryWith(inc *Incident, head Hash) uint64 {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		if inc.Log[i].Hash == head {
			return inc.Log[i].Seq
		}
	}
	return 0
}
