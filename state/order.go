package state

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"muster/state/sorted"
)

// In a log into which a branch was merged, entries count in the order of things and not in
// that of the log: what was taken over stands last and happened before. The order is the
// same in every log that has the same entries, whichever was merged into which.
//
// An entry comes at the time at which it happened, but never before what was known of the
// same thing where it was recorded: who says "it is shut down since two o'clock" knows
// what the log says of three, and who has merged knows all. What nobody knew who recorded
// it is older or newer by the clock alone.

// lastMerge is the last entry by which this log took others over; 0 if none did.
func lastMerge(log []Entry) uint64 {
	for i := len(log) - 1; i >= 0; i-- {
		if log[i].Kind == KindLogMerged && log[i].Origin == nil {
			return log[i].Seq
		}
	}
	return 0
}

// A placing finds where the entries of one log come in the order of things.
type placing struct {
	log     []Entry             // nil for how they were placed before settling was about a thing
	last    map[thing]time.Time // the time after which the next about a thing comes
	barrier time.Time           // after which all comes that is recorded now
	latest  time.Time           // of all that was placed
	own     Hash                // the last entry that was recorded in this log
	before  Hash                // what that was before the entry that was placed last
}

// place is the time at which an entry comes, and after what that was known; zero if it
// comes when it happened.
func (p *placing) place(e *Entry) (at, after time.Time) {
	at = e.When()
	p.before = p.own
	if e.Origin == nil {
		p.own = e.Hash
	}
	push := func(t time.Time) {
		if !t.IsZero() && !at.After(t) {
			at, after = t.Add(1), t
		}
	}
	switch {
	case e.Origin != nil: // it was placed where it was recorded
		push(e.Origin.After)
	case e.Kind == KindLogMerged:
		push(p.latest)
		p.barrier = at
	default:
		push(p.barrier)
		things := p.thingsOf(e)
		for _, about := range things {
			push(p.last[about])
		}
		for _, about := range things {
			p.last[about] = at
		}
	}
	if at.After(p.latest) {
		p.latest = at
	}
	return at, after
}

func newPlacing(log []Entry) *placing { return &placing{log: log, last: make(map[thing]time.Time)} }

// thingsOf are the things that an entry is about. Who settles which of several answers holds
// speaks of what those are about: what is said of it later comes behind that.
func (p *placing) thingsOf(e *Entry) []thing {
	settled, ok := e.Data.(*ContradictionSettled)
	if !ok || p.log == nil {
		return thingsOf(e)
	}
	var things []thing
	for _, seq := range settled.Entries {
		if seq > 0 && seq < e.Seq && seq <= uint64(len(p.log)) {
			things = append(things, thingsOf(&p.log[seq-1])...)
		}
	}
	return things
}

// order lists the indexes of the entries that count, in the order in which they do. What
// came after the last merge comes as it was written. Nil stands for the order of the log.
func order(log []Entry) []int {
	merged := lastMerge(log)
	taken := merged != 0
	if !taken {
		taken = slices.ContainsFunc(log, func(e Entry) bool { return e.Origin != nil })
	}
	if !taken {
		return nil
	}
	type placed struct {
		at    time.Time
		index int
	}
	p, list := newPlacing(log), make([]placed, 0, len(log))
	for i := range log[:merged] {
		at, _ := p.place(&log[i])
		list = append(list, placed{at, i})
	}
	if len(list) > 0 {
		sorted.Stable(list[1:], func(a, b placed) int {
			if by := a.at.Compare(b.at); by != 0 {
				return by
			}
			return compareFirst(&log[a.index], &log[b.index])
		})
	}
	indexes := make([]int, 0, len(log))
	for _, entry := range list {
		indexes = append(indexes, entry.index)
	}
	for i := int(merged); i < len(log); i++ {
		if log[i].Origin == nil { // else a merge is under way, or was broken off
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// thingsOf are the things that an entry is about.
func thingsOf(e *Entry) (things []thing) {
	if e.Data == nil {
		return nil
	}
	switch data := e.Data.(type) {
	case *Unknown:
		return nil
	case *InputsAnswered:
		for id := range data.Values {
			things = append(things, thing{"answer", id})
		}
		return things
	case *ExerciseSet, *TitleChanged, *SeverityChanged, *PersonActs, *SessionOpened, *ClockStepped:
		return []thing{{key: string(e.Kind)}}
	case *IncidentClosed, *IncidentReopened:
		return []thing{{key: "closed"}}
	}
	value := reflect.ValueOf(e.Data).Elem()
	for _, field := range planOf(value.Type()).names {
		of := value.FieldByIndex(field.index)
		if of.Kind() == reflect.Uint64 {
			things = append(things, thing{field.key, strconv.FormatUint(of.Uint(), 10)})
			continue
		}
		id := of.String()
		if id == "" {
			continue
		}
		things = append(things, thing{field.key, id})
		if before, _, has := strings.Cut(id, ":"); has {
			things = append(things, thing{"prefix", before})
		}
		if _, behind, has := strings.Cut(id, "/"); has && field.key == "step" {
			things = append(things, thing{"service", behind})
		}
	}
	return things
}
