package state

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"muster/state/line"
)

// What an entry says of other entries, it says by their numbers, and numbers differ from log
// to log. So do the numbers of timers, of a notice's versions and of steps that were added,
// which people made on both sides without knowing of each other.

// A carrier takes the data of one log's entries over into another.
type carrier struct {
	seqs     []uint64 // by the number in the one log, less one: that in the other; 0 if it has no such entry
	steps    map[string]string
	timers   map[string]string
	versions map[string]map[int]int // by notice
	from, by uint64                 // numbers of one log that are above from are by higher in the other, if by is not 0
}

func newCarrier(entries int) *carrier {
	return &carrier{seqs: make([]uint64, entries), steps: make(map[string]string), timers: make(map[string]string), versions: make(map[string]map[int]int)}
}

func (c *carrier) seq(n uint64) uint64 {
	if c.by != 0 {
		if n > c.from {
			n += c.by
		}
		return n
	}
	if n == 0 || n > uint64(len(c.seqs)) {
		return 0
	}
	return c.seqs[n-1]
}

func (c *carrier) version(notice string, n int) int {
	if to, ok := c.versions[notice][n]; ok {
		return to
	}
	return n
}

func (c *carrier) step(id string) string {
	root, service, copied := strings.Cut(id, "/")
	to, ok := c.steps[root]
	if !ok {
		return id
	}
	if copied {
		return to + "/" + service
	}
	return to
}

// carry is data as the other log has it. What needs no change is the same.
func (c *carrier) carry(data Data) Data {
	if _, known := data.(recorded); !known {
		return data
	}
	from := reflect.ValueOf(data).Elem()
	p := planOf(from.Type())
	if len(p.numbers) == 0 && (p.step == nil || len(c.steps) == 0) && (p.timer == nil || len(c.timers) == 0) && (p.version == nil || len(c.versions) == 0) {
		return data
	}
	to := reflect.New(from.Type())
	to.Elem().Set(from)
	into := to.Elem()
	for _, index := range p.numbers {
		c.renumber(into.FieldByIndex(index))
	}
	if p.step != nil {
		field := into.FieldByIndex(p.step)
		field.SetString(c.step(field.String()))
	}
	if p.timer != nil {
		field := into.FieldByIndex(p.timer)
		if id, ok := c.timers[field.String()]; ok {
			field.SetString(id)
		}
	}
	if p.version != nil && p.notice != nil {
		field := into.FieldByIndex(p.version)
		field.SetInt(int64(c.version(into.FieldByIndex(p.notice).String(), int(field.Int()))))
	}
	return to.Interface().(Data)
}

// renumber puts the other log's numbers in the place of this one's.
func (c *carrier) renumber(field reflect.Value) {
	switch field.Kind() {
	case reflect.Uint64:
		field.SetUint(c.seq(field.Uint()))
	case reflect.Slice:
		if field.IsNil() {
			return
		}
		list := reflect.MakeSlice(field.Type(), field.Len(), field.Len())
		reflect.Copy(list, field)
		for i := range list.Len() {
			c.renumber(list.Index(i))
		}
		field.Set(list)
	case reflect.Struct:
		for _, inner := range reflect.VisibleFields(field.Type()) {
			if inner.Tag.Get("entry") != "" {
				c.renumber(field.FieldByIndex(inner.Index))
			}
		}
	}
}

// made is what an entry of the one log makes that has a number of its own, or an id; what
// it is called in the other is told by name.
func (c *carrier) made(data Data, name func(what thing) string) {
	switch data := data.(type) {
	case *TimerSet:
		c.timers[data.Timer] = name(thing{"timer", data.Timer})
	case *StepAdded:
		c.steps[data.Step] = name(thing{"step", data.Step})
	case *NoticeDrafted:
		if c.versions[data.Notice] == nil {
			c.versions[data.Notice] = make(map[int]int)
		}
		c.versions[data.Notice][data.Version], _ = strconv.Atoi(name(thing{"version", data.Notice}))
	}
}

// nameOf is what an entry that was taken over makes, as the log has it.
func nameOf(data Data) string {
	switch data := data.(type) {
	case *TimerSet:
		return data.Timer
	case *StepAdded:
		return data.Step
	case *NoticeDrafted:
		return fmt.Sprint(data.Version)
	}
	return ""
}

// A namer gives what is taken over a name that the log does not have.
type namer struct {
	taken    map[thing]bool
	versions map[string]int // by notice: the highest number
	timers   int
}

func newNamer(inc *Incident) *namer {
	n := &namer{taken: make(map[thing]bool), versions: make(map[string]int)}
	for i := range inc.Log {
		n.see(inc.Log[i].Data)
	}
	return n
}

// see takes note of what an entry of the log makes.
func (n *namer) see(data Data) {
	switch data := data.(type) {
	case *TimerSet:
		n.taken[thing{"timer", data.Timer}] = true
		n.timers++
	case *StepAdded:
		n.taken[thing{"step", data.Step}] = true
	case *NoticeDrafted:
		n.versions[data.Notice] = max(n.versions[data.Notice], data.Version)
	}
}

// name is a new name for a thing.
func (n *namer) name(inc *Incident, what thing) string {
	switch what.key {
	case "timer":
		for i := n.timers + 1; ; i++ {
			if id := fmt.Sprintf("timer-%d", i); !n.taken[thing{"timer", id}] {
				return id
			}
		}
	case "version":
		return fmt.Sprint(n.versions[what.id] + 1)
	}
	free := func(id string) bool { return !n.taken[thing{what.key, id}] && len(copiesFrom(inc, id)) == 0 }
	id := what.id
	for i := 2; !free(id); i++ {
		id = fmt.Sprintf("%s-%d", what.id, i)
	}
	return id
}

// over is an entry as it stands in the log that takes it over, but for its place there. after is
// what it comes after where it was recorded, and prev what was recorded there before.
func (c *carrier) over(e *Entry, after time.Time, prev Hash) Entry {
	taken := Entry{
		Mode: e.Mode, Kind: e.Kind, Salts: e.Salts, By: e.By, Zone: e.Zone, Override: e.Override, Data: c.carry(e.Data),
		Occurred: e.When(), Origin: e.Origin,
	}
	if taken.Origin == nil {
		taken.Origin = &line.Origin{Hash: e.Hash, Seq: e.Seq, Recorded: e.Recorded, After: after, Prev: prev}
	}
	return taken
}
