package state

import (
	"fmt"
	"strings"
)

// What is made in an incident without a name of its own gets a number: a timer, a step that
// was added, an inject made on the spot, a version of a notice. A name is given once in a log,
// also if what had it is retracted since: entries that name it would speak of two things, and
// nobody who merges the log could tell of which.

// called is what a thing is called in one log.
type called struct {
	thing      // of a version: the notice
	number int // of a version, or of an inject
}

// A maker is data that makes a thing which is called otherwise in another log.
type maker interface{ makes() called }

// A namer knows what things are called in a log, and gives names that it does not have.
type namer struct {
	taken   map[thing]bool
	numbers map[thing]int  // of a notice's versions the highest; of an inject its own
	injects int            // the highest number of any
	many    map[string]int // how many of a kind were made, by its key
}

func newNamer(inc *Incident) *namer {
	n := &namer{taken: make(map[thing]bool), numbers: make(map[thing]int), many: make(map[string]int)}
	for i := range inc.Log {
		n.see(inc.Log[i].Data)
	}
	return n
}

// see takes note of what an entry of the log makes.
func (n *namer) see(data Data) {
	m, ok := data.(maker)
	if !ok {
		return
	}
	what := m.makes()
	n.many[what.key]++
	switch what.key {
	case "version":
		n.numbers[what.thing] = max(n.numbers[what.thing], what.number)
	case "inject":
		if !n.taken[what.thing] {
			n.numbers[what.thing] = what.number
		}
		n.injects = max(n.injects, what.number)
	}
	n.taken[what.thing] = true
}

// name is what a thing is called that comes into the log: as it is, if only the one thing can
// be meant by that, or else as nothing is called yet.
func (n *namer) name(inc *Incident, what called) called {
	switch what.key {
	case "version":
		what.number = n.version(what.id)
	case "inject":
		if strings.HasPrefix(what.id, adHoc) {
			what.id = n.adHoc()
		}
		what.number = n.inject(what.id)
	case "step":
		id := what.id
		for i := 2; !n.freeStep(inc, what.id); i++ {
			what.id = fmt.Sprintf("%s-%d", id, i)
		}
	default:
		what.id = n.next(what.key)
	}
	return what
}

// next is the id of the next thing of a kind that has nothing but a number: timer-3.
func (n *namer) next(key string) string {
	for i := n.many[key] + 1; ; i++ {
		if id := fmt.Sprintf("%s-%d", key, i); !n.taken[thing{key, id}] {
			return id
		}
	}
}

// version is the number of a notice's next version.
func (n *namer) version(notice string) int { return n.numbers[thing{"version", notice}] + 1 }

// adHoc is the id of the next inject that is made on the spot.
func (n *namer) adHoc() string {
	for i := 1; ; i++ {
		if id := fmt.Sprintf("%s%d", adHoc, i); !n.taken[thing{"inject", id}] {
			return id
		}
	}
}

// inject is the number of an inject: the one that it has, or the next.
func (n *namer) inject(id string) int {
	if own, has := n.numbers[thing{"inject", id}]; has {
		return own
	}
	return n.injects + 1
}

// freeStep reports whether no step of the incident has an id, or had it.
func (n *namer) freeStep(inc *Incident, id string) bool {
	return !n.taken[thing{"step", id}] && len(copiesFrom(inc, id)) == 0
}
