package state

import (
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A thing is what an entry is about: the name of the key that says so, and the id.
type thing struct{ key, id string }

// named are the keys of data that name a thing. An id has the prefix of its runbook before
// it, and a copy of a step its service behind it. What has nothing but a number for a name
// says so itself, by a tag: names:"timer".
var named = []string{"step", "service", "role", "notice", "clock", "contact", "inject", "prefix", "phase", "seq", "objective", "of"}

// A plan is what there is to know of a kind's data to take it over: where it names things,
// and where numbers stand.
type plan struct {
	names   []namedField
	numbers [][]int      // fields with the numbers of entries: a number, a list, or a list of structs
	step    []int        // the field with a step's id; nil if there is none
	counted []namedField // of names, those of things that are called by a number: timer-3
	notice  []int        // with version
	version []int
	inject  []int
	number  []int // with inject
}

type namedField struct {
	key   string
	index []int
}

var plans sync.Map // of reflect.Type to *plan

// planOf is the plan of a kind's data.
func planOf(t reflect.Type) *plan {
	if known, ok := plans.Load(t); ok {
		return known.(*plan)
	}
	p := new(plan)
	for _, field := range reflect.VisibleFields(t) {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || key == "" {
			continue
		}
		p.see(field, key)
	}
	known, _ := plans.LoadOrStore(t, p)
	return known.(*plan)
}

// see takes note of a field.
func (p *plan) see(field reflect.StructField, key string) {
	if field.Tag.Get("entry") != "" || hasNumbers(field.Type) {
		p.numbers = append(p.numbers, field.Index)
	}
	kind := field.Type.Kind()
	if slices.Contains(named, key) && (kind == reflect.String || key == "seq" && kind == reflect.Uint64) {
		p.names = append(p.names, namedField{key, field.Index})
	}
	if of := field.Tag.Get("names"); of != "" {
		p.names, p.counted = append(p.names, namedField{of, field.Index}), append(p.counted, namedField{of, field.Index})
	}
	type told struct {
		key  string
		kind reflect.Kind
	}
	switch (told{key, kind}) {
	case told{"version", reflect.Int}:
		p.version = field.Index
	case told{"number", reflect.Int}:
		p.number = field.Index
	case told{"step", reflect.String}:
		p.step = field.Index
	case told{"notice", reflect.String}:
		p.notice = field.Index
	case told{"inject", reflect.String}:
		p.inject = field.Index
	}
}

// hasNumbers reports whether a type is a list of structs with numbers of entries.
func hasNumbers(t reflect.Type) bool {
	if t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Struct {
		return false
	}
	for _, field := range reflect.VisibleFields(t.Elem()) {
		if field.Tag.Get("entry") != "" {
			return true
		}
	}
	return false
}
