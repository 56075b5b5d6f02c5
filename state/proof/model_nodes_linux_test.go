package proof

import (
	"iter"
	"slices"

	"muster/state"
)

// A past is all that processes have been told. There are millions of nodes: they hold numbers
// of what is the same in many of them, and nothing that leads to other memory.
type past struct {
	nodes    [][]node // all but the last of them full, so that none moves
	results  []result
	resultOf map[result]int32
	wants    []request
	wantOf   map[request]int32
	stands   []stand // of bounds
	lists    [][]state.Hash
	listOf   map[string]int32
}

// A node is what a process has been told so far.
type node struct {
	before         int32
	told           int32 // number of the result that it was told last
	child, sibling int32 // the first that it led to, and another that came of the same; 0 for none
	want           int32 // number of the request that it makes then, or of the stand; of one that ends the first
	ran            bool  // it is known what comes
	runs           bool  // it is being found out
	over           bool  // it ends
	bound          bool  // it stands between two things that it does
}

// A stand is a report, in numbers.
type stand struct {
	mark            [2]uint64
	pending, number int64
	acked, knows    int32 // numbers of lists
	stage           int32 // number of a text
	left            int8
	broken, away    bool
}

func newPast() past {
	return past{
		nodes: [][]node{append(make([]node, 0, pastPiece), node{before: -1})}, results: []result{{}}, resultOf: map[result]int32{{}: 0},
		wants: []request{{}, {call: "bound"}}, wantOf: map[request]int32{{}: 0, {call: "bound"}: 1},
		lists: [][]state.Hash{nil}, listOf: map[string]int32{"": 0},
	}
}

const pastPiece = 1 << 14

func (x *explorer) node(i int32) *node { return &x.nodes[i/pastPiece][i%pastPiece] }

// places is how many nodes there are.
func (x *explorer) places() int { return (len(x.nodes)-1)*pastPiece + len(x.nodes[len(x.nodes)-1]) }

func (x *explorer) newNode(n node) (i int32) {
	last := len(x.nodes) - 1
	if len(x.nodes[last]) == pastPiece {
		x.nodes = append(x.nodes, make([]node, 0, pastPiece))
		last++
	}
	x.nodes[last] = append(x.nodes[last], n)
	return int32(x.places() - 1)
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

// list is the number of a list of hashes.
func (x *explorer) list(hashes []state.Hash) int32 {
	var b []byte
	for _, h := range hashes {
		b = append(b, h[:]...)
	}
	n, known := x.listOf[string(b)]
	if !known {
		n = int32(len(x.lists))
		x.lists = append(x.lists, hashes)
		x.listOf[string(b)] = n
	}
	return n
}

// at is what comes after a node, once it is known.
func (x *explorer) at(i int32) *node {
	n := x.node(i)
	for n.runs {
		x.woken.Wait()
	}
	if !n.ran {
		x.run(i, n)
	}
	return n
}

// wantAt is what a process wants that stands at a node.
func (x *explorer) wantAt(i int32) *request { return x.want(x.at(i)) }

func (x *explorer) want(n *node) *request {
	if n.bound {
		return &x.wants[1]
	}
	return &x.wants[n.want]
}

// saidAt is what a process tells that stands at a node; nil unless it is between two
// things that it does.
func (x *explorer) saidAt(i int32) *stand {
	if n := x.at(i); n.bound {
		return &x.stands[n.want]
	}
	return nil
}

// A running is a process that stands at a node.
type running struct {
	p    *process
	next func() (request, bool)
	stop func()
}

// resume is a process that goes on to a node when it is run: one that stands before it, or
// else one that goes all the way again.
func (x *explorer) resume(n *node) *running {
	if r, stands := x.running[n.before]; stands {
		delete(x.running, n.before)
		r.p.past = append(r.p.past[:0], x.results[n.told])
		return r
	}
	p := &process{breaks: x.breaks, apart: x.plain}
	for k := n; k.before >= 0; k = x.node(k.before) {
		p.past = append(p.past, x.results[k.told])
	}
	slices.Reverse(p.past)
	next, stop := iter.Pull(func(yield func(request) bool) {
		p.wait = yield
		p.run()
	})
	return &running{p, next, stop}
}

// run runs a process until it has been told all that a node says. It stands there then
// until it is told more, or too many stand somewhere. Meanwhile others may explore.
func (x *explorer) run(i int32, n *node) {
	r := x.resume(n)
	n.runs = true
	x.Unlock()
	want, more := r.next()
	x.Lock()
	n.ran, n.runs, n.over = true, false, !more
	x.woken.Broadcast()
	if said := want.said; said == nil {
		n.want = number(&x.wants, x.wantOf, want)
	} else {
		n.bound, n.want = true, int32(len(x.stands))
		x.stands = append(x.stands, stand{
			said.mark, said.pending, said.number, x.list(said.acked), x.list(said.knows),
			x.text(said.stage), int8(said.left), said.broken, said.away,
		})
	}
	if x.letGo(mostStand); more {
		x.running[i] = r
	}
}

// mostStand is how many processes are kept where they stand: with more, hardly fewer go
// all the way again.
const mostStand = 100

// letGo ends processes that stand somewhere, so that no more than that many do.
func (x *explorer) letGo(most int) {
	for k, r := range x.running {
		if len(x.running) <= most {
			return
		}
		r.stop()
		delete(x.running, k)
	}
}

// tell is the node of a process that was told more.
func (x *explorer) tell(i int32, got result) int32 {
	n := x.at(i)
	told := number(&x.results, x.resultOf, got)
	for k := n.child; k != 0; k = x.node(k).sibling {
		if x.node(k).told == told {
			return k
		}
	}
	n.child = x.newNode(node{before: i, told: told, sibling: n.child})
	return n.child
}
