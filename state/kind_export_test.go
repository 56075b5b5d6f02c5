package state

import "reflect"

// KindOf is the kind of entry that a command makes, for tests.
func KindOf(c Command) Kind { return c.kind() }

// ContradictionsAnew is [Contradictions] as it would be if all was computed anew for each
// correction, for tests.
func ContradictionsAnew(log []Entry) (found []Contradiction) {
	inc := &Incident{}
	for _, e := range log {
		if e.Data != nil {
			for _, what := range contradicts(inc, &e) {
				found = append(found, Contradiction{Seq: e.Seq, What: what})
			}
		}
		if err := inc.Apply(e); err != nil {
			panic(err)
		}
	}
	return append(found, unsettled(inc)...)
}

// NewData is an empty value of what an entry of kind records, for tests.
func NewData(kind Kind) Data { return reflect.New(kinds[kind].typ).Interface().(Data) }
