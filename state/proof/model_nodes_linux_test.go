package proof

import (
	"iter"
	"slices"
)

// A past is all that processes have been told. There are millions of nodes: they hold numbers
// of what is the same in many of them.
type past struct {
	nodes    []node
	results  []result
	resultOf map[result]int32
	wants    []request
	wantOf   map[request]int32
}

// A node is what a process has been told so far.
type node struct {
	before         int32
	told           int32 // number of the result that it was told last
	child, sibling int32 // the first that it led to, and another that came of the same; 0 for none
	want           int32 // number of the request that it makes then; of one that ends the first
	ran            bool  // it is known what comes
	over           bool  // it ends
}

// A stand is what comes after a node.
type stand struct {
	want request
	over bool // it ends
}

func newPast() past {
	return past{
		nodes: []node{{before: -1}}, results: []result{{}}, resultOf: map[result]int32{{}: 0},
		wants: []request{{}}, wantOf: map[request]int32{{}: 0},
	}
}

func number[T comparable](all *[]T, of map[T]int32, one T) int32 {
	if n, known := of[one]; known {
		return n
	}
	n := int32(len(*all))
	*all = append(*all, one)
	of[one] = n
	return n
}

// at is what comes after a node, once it is known.
func (x *explorer) at(i int32) stand {
	if !x.nodes[i].ran {
		var past []result
		for k := i; x.nodes[k].before >= 0; k = x.nodes[k].before {
			past = append(past, x.results[x.nodes[k].told])
		}
		slices.Reverse(past)
		x.run(i, past)
	}
	n := &x.nodes[i]
	return stand{x.wants[n.want], n.over}
}

// A running is a process that stands at a node.
type running struct {
	p    *process
	next func() (request, bool)
	stop func()
}

// run runs a process until it has been told all that a node says. It stands there then
// until it is told more, or too many stand somewhere.
func (x *explorer) run(i int32, past []result) {
	n := &x.nodes[i]
	r, stands := x.running[n.before]
	if stands {
		delete(x.running, n.before)
		r.p.past = past[len(past)-1:]
	} else {
		p := &process{breaks: x.breaks, apart: x.plain, past: past}
		next, stop := iter.Pull(func(yield func(request) bool) {
			p.wait = yield
			p.run()
		})
		r = &running{p, next, stop}
	}
	want, more := r.next()
	n.ran, n.over = true, !more
	if want.said == nil {
		n.want = number(&x.wants, x.wantOf, want)
	} else { // no other is the same
		n.want = int32(len(x.wants))
		x.wants = append(x.wants, want)
	}
	if len(x.running) > 1000 {
		for k, other := range x.running {
			other.stop()
			delete(x.running, k)
		}
	}
	if more {
		x.running[i] = r
	}
}

// tell is the node of a process that was told more.
func (x *explorer) tell(i int32, got result) int32 {
	told := number(&x.results, x.resultOf, got)
	for k := x.nodes[i].child; k != 0; k = x.nodes[k].sibling {
		if x.nodes[k].told == told {
			return k
		}
	}
	x.at(i)
	fresh := int32(len(x.nodes))
	x.nodes = append(x.nodes, node{before: i, told: told, sibling: x.nodes[i].child})
	x.nodes[i].child = fresh
	return fresh
}
