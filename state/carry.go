package state

import (
	"reflect"
	"strings"
	"time"

	"muster/state/line"
)

// What an entry says of other entries, it says by their numbers, and numbers differ from log
// to log. So do the numbers of timers, of a notice's versions, of injects and of steps that were
// added, which people made on both sides without knowing of each other.

// A carrier takes the data of one log's entries over into another.
type carrier struct {
	seqs     []uint64 // by the number in the one log, less one: that in the other; 0 if it has no such entry
	steps    map[string]string
	counted  map[thing]string // what things are called that are called by a number
	injects  map[string]string
	counts   map[thing]map[int]int // the numbers of a notice's versions, and of an inject
	from, by uint64                // numbers of one log that are above from are by higher in the other, if by is not 0
}

func newCarrier(entries int) *carrier {
	return &carrier{
		seqs: make([]uint64, entries), steps: make(map[string]string), counted: make(map[thing]string), injects: make(map[string]string),
		counts: make(map[thing]map[int]int),
	}
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

// count puts the number that a thing has in the other log in the place of this one's.
func (c *carrier) count(of thing, field reflect.Value) {
	if to, ok := c.counts[of][int(field.Int())]; ok {
		field.SetInt(int64(to))
	}
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
	if len(p.numbers) == 0 && !c.renames(p) {
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
	for _, name := range p.counted {
		field := into.FieldByIndex(name.index)
		if id, ok := c.counted[thing{name.key, field.String()}]; ok {
			field.SetString(id)
		}
	}
	if p.inject != nil {
		c.inject(into, p)
	}
	if p.version != nil && p.notice != nil {
		c.count(thing{"version", into.FieldByIndex(p.notice).String()}, into.FieldByIndex(p.version))
	}
	return to.Interface().(Data)
}

// renames reports whether anything that data of a kind can name is called otherwise.
func (c *carrier) renames(p *plan) bool {
	return p.step != nil && len(c.steps) > 0 || len(p.counted) > 0 && len(c.counted) > 0 || p.version != nil && len(c.counts) > 0 ||
		p.inject != nil && len(c.injects) > 0
}

// inject puts what an inject is called in the other log, and its number there.
func (c *carrier) inject(into reflect.Value, p *plan) {
	field := into.FieldByIndex(p.inject)
	id := field.String()
	if p.number != nil {
		c.count(thing{"inject", id}, into.FieldByIndex(p.number))
	}
	if to, ok := c.injects[id]; ok {
		field.SetString(to)
	}
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
func (c *carrier) made(data Data, name func(called) called) {
	m, ok := data.(maker)
	if !ok {
		return
	}
	from := m.makes()
	to := name(from)
	if to.key != from.key {
		return // what claims to be this entry makes something else
	}
	switch from.key {
	case "version":
	case "inject":
		c.injects[from.id] = to.id
	case "step":
		c.steps[from.id] = to.id
		return
	default:
		c.counted[from.thing] = to.id
		return
	}
	if c.counts[from.thing] == nil {
		c.counts[from.thing] = make(map[int]int)
	}
	c.counts[from.thing][from.number] = to.number
}

// calledIn is what an entry that was taken over makes, as the log has it.
func calledIn(data Data) called {
	if m, ok := data.(maker); ok {
		return m.makes()
	}
	return called{}
}

// over is an entry as it stands in the log that takes it over, but for its place there. after is
// what it comes after where it was recorded, and prev what was recorded there before.
func (c *carrier) over(e *Entry, after time.Time, prev Hash) Entry {
	taken := Entry{
		Data:    c.carry(e.Data),
		Frame:   &Frame{Mode: e.Mode, Kind: e.Kind, By: e.By, Zone: e.Zone, Override: e.Override, Occurred: e.When(), Origin: e.Origin},
		Sealing: &Sealing{Salts: e.Salts},
	}
	if taken.Origin == nil {
		taken.Origin = &line.Origin{Hash: e.Hash, Seq: e.Seq, Recorded: e.Recorded, After: after, Prev: prev}
	}
	return taken
}
