package proof

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"testing"

	"muster/state"
)

// An explorer finds every world that can come of one. What a process does depends only
// on what it has been told, so that each is run anew only for what none was told before;
// and two that know the same are one. What the processes write is told apart by the
// smallest number that no other line of that place had, for which the numbers of those
// who have decided and not written are exchanged as they go: so the log's content does
// not say who wrote it, and who was first makes no difference afterwards.
//
// Several explore at once, one on each processor. Whoever does holds the lock, but for
// while a process runs.
type explorer struct {
	*testing.T
	sync.Mutex
	woken  *sync.Cond // there are more worlds to go on from, or none; or a process has run
	busy   int        // how many explore
	breaks string
	all    bool // it goes on though something is wrong
	plain  bool // nothing is left out, and nothing taken for one, that is not the same by itself
	bound

	past
	running map[int32]*running
	marks   map[[2]uint64]int32 // of processes between two things, by what they know
	texts   []string
	textOf  map[string]int32
	known   []modelLine
	lineOf  map[string]uint32
	hashOf  map[state.Hash]uint32

	seen    map[[2]uint64]struct{}
	final   map[string]bool // what can come of it in the end; nil if nobody asks
	seed    maphash.Seed
	todo    []*modelWorld
	ends    int // worlds in which nothing more can happen, power cuts among them
	wrong   map[string]int
	example map[string]string
}

// taken is a step on the way to a world.
type taken struct {
	before *taken
	proc   int
	what   string
}

func newExplorer(t *testing.T, breaks string, b bound) *explorer {
	x := &explorer{
		T: t, breaks: breaks, bound: b, past: newPast(), running: map[int32]*running{}, marks: map[[2]uint64]int32{},
		texts: []string{""}, textOf: map[string]int32{"": 0}, lineOf: map[string]uint32{}, hashOf: map[state.Hash]uint32{},
		seen: map[[2]uint64]struct{}{}, seed: maphash.MakeSeed(), wrong: map[string]int{}, example: map[string]string{},
	}
	x.woken = sync.NewCond(x)
	return x
}

func (x *explorer) start(left int8) proc {
	return proc{node: x.tell(0, result{n: int64(left)}), left: left}
}

// fault notes what must never be.
func (x *explorer) fault(w *modelWorld, what string) {
	if x.wrong[what]++; x.example[what] == "" {
		var steps []string
		for s := w.steps; s != nil; s = s.before {
			steps = append(steps, fmt.Sprintf("  %d %s", s.proc, s.what))
		}
		slices.Reverse(steps)
		x.example[what] = strings.Join(steps, "\n")
	}
}

// quiet reports whether a process's call can neither be told from outside nor tell it
// anything that others do meanwhile: then no others need to come before it. Once nothing
// more can happen but what processes do, that holds for all that the lock's holder does:
// it changes the log at most once before it gives the lock back, so that whoever looks
// without the lock comes before that or after it.
func (x *explorer) quiet(w *modelWorld, i int, r request) bool {
	if x.plain {
		return false
	}
	if int(w.events) < x.events && x.after != calls {
		return r.call != "lock" && r.call != "write" // others come between two things that it does
	}
	switch r.call {
	case "close":
		return w.procs[i].files[r.fd] == closed || w.inodes[w.procs[i].files[r.fd]].owner != int8(i)
	case "lstat", "open", "read", "writeat", "mkdir":
		if !strings.HasPrefix(r.path, modelState+"/incidents/"+modelID+"/") {
			return true
		}
	case "sync", "syncdir":
		return w.events == 0
	case "lock", "write":
		return false // it may have to wait; and writing is looked at
	}
	return w.events == 0 && w.holder() == i
}

// inside is the process that holds a lock and is where others need not come before it,
// though something may happen; -1 for none. Between its writing and its fsync others may
// read what no disk has yet.
func (x *explorer) inside(w *modelWorld) int {
	i := w.holder()
	if x.plain {
		return -1
	}
	if i >= 0 {
		if r := x.wantAt(w.procs[i].node); r.call == "sync" || r.call == "lock" || r.call == "bound" {
			return -1
		}
	}
	return i
}

// settle lets a process go on to its next call that matters, or to the end of a thing
// that it does if others come only there. It reports whether it came to such an end.
func (x *explorer) settle(w *modelWorld, i int) (acted bool) {
	for {
		n, p := x.at(w.procs[i].node), &w.procs[i]
		switch r := *x.want(n); {
		case n.over:
			return true
		case r.call == "random":
			p.node = x.tell(p.node, result{n: int64(w.written[r.at])})
		case r.call == "bound":
			said := x.stands[n.want]
			x.hears(w, i, said)
			mark, known := x.marks[said.mark]
			if !known || x.plain {
				mark = p.node
				x.marks[said.mark] = mark
			}
			p.node, p.left = mark, said.left
			stage := x.texts[said.stage]
			if stage == "done" || stage == "looked" {
				return true
			}
			goes := result{}
			if x.more > 0 && int(w.events) < x.events && stage == "writing" {
				goes.n, p.left = int64(x.more), min(p.left, int8(x.more))
			}
			p.node = x.tell(p.node, goes)
			acted = acted || (x.coarse(w) || x.inTurn(w)) && hasActed(stage)
		case !acted && x.quiet(w, i, r):
			x.told(w, i, r, x.do(w, i, r))
		default:
			return acted
		}
	}
}

// told gives a process what its call came back with.
func (x *explorer) told(w *modelWorld, i int, r request, got result) {
	p := &w.procs[i]
	if r.path == modelLog && (r.call == "fstat" && p.blind == 2 || r.call == "read" && p.blind == 1) {
		p.blind--
	}
	p.node = x.tell(p.node, got)
}

// coarse reports whether something has happened, after which others come no more between
// any two calls.
func (x *explorer) coarse(w *modelWorld) bool { return int(w.events) < x.events && x.after != calls }

// inTurn reports whether nothing has happened, and others come only between two things that a
// process does.
func (x *explorer) inTurn(w *modelWorld) bool { return int(w.events) == x.events && x.before == turns }

// hasActed reports whether a process tells at that stage of the end of a thing that it did.
func hasActed(stage string) bool { return stage == "writing" || stage == "rescuing" }

// hears takes down what a process was told.
func (x *explorer) hears(w *modelWorld, i int, said stand) {
	if said.pending > 0 {
		x.takes(w, i, said.pending, said.number) // it may turn up, and is nobody else's
	}
	for _, hash := range x.lists[said.acked] {
		line := x.hashOf[hash]
		if _, twice := slices.BinarySearch(w.acked, line); twice {
			x.fault(w, "two notes were said to be saved in one line")
			continue
		}
		w.acked = append(slices.Clone(w.acked), line)
		slices.Sort(w.acked)
		if at := find(w.durable, modelLog); !w.changed && (at < 0 || !x.has(w.inodes[at].kept, line)) {
			x.fault(w, "saved was said of what is not on the disk")
		}
	}
}

func (x *explorer) has(text int32, line uint32) bool {
	lines, _ := x.lines(x.texts[text])
	return slices.Contains(lines, line)
}

// step makes a process's next call; nil if it has to wait.
func (x *explorer) step(w *modelWorld, i int) *modelWorld {
	next, acted := x.once(w, i)
	if next == nil {
		return nil
	}
	for !acted && x.coarse(next) && (x.after == turns || next.holder() == i || x.wantAt(next.procs[i].node).call == "write") {
		var more *modelWorld
		if more, acted = x.once(next, i); more == nil {
			break
		}
		next = more
	}
	return next
}

// once makes a process's next call and what need not be told apart from it; nil if it
// has to wait. It reports whether that was the end of a thing that it does.
func (x *explorer) once(w *modelWorld, i int) (next *modelWorld, acted bool) {
	n := x.at(w.procs[i].node)
	if n.over || n.bound {
		return nil, false
	}
	r := *x.want(n)
	w = w.clone()
	w.steps = &taken{w.steps, i, r.call + " " + strings.TrimPrefix(r.path, modelState+"/incidents/"+modelID+"/")}
	if r.call == "write" {
		x.writes(w, i, r)
	}
	got := x.do(w, i, r)
	if r.call == "lock" && got.n == 0 && got.err == 0 {
		return nil, false
	}
	x.told(w, i, r, got)
	acted = x.settle(w, i)
	if w.turn = -1; !acted && x.inTurn(w) {
		w.turn = int8(i)
	}
	return w, acted
}

// writes sees that what a process is about to write links, and that nobody else will
// write the same by chance.
func (x *explorer) writes(w *modelWorld, i int, r request) {
	p := &w.procs[i]
	file := p.files[r.fd]
	if r.path == modelLog && p.blind == 0 {
		fresh, more := x.lines(r.data)
		links := more == "" && len(fresh) == 1 && x.known[fresh[0]].good && x.endsWith(x.texts[w.inodes[file].text], x.known[fresh[0]].prev)
		if !links {
			x.fault(w, "a line was written that does not link")
		}
	}
	fresh, _ := x.lines(r.data)
	for _, line := range fresh {
		l := x.known[line]
		if l.good {
			x.takes(w, i, int64(l.seq), int64(l.number))
		}
	}
}

// endsWith reports whether a text ends with the line of a hash. What is before that line a
// process need not have seen since it was changed.
func (x *explorer) endsWith(text string, hash state.Hash) bool {
	line, known := x.hashOf[hash]
	return known && strings.HasSuffix(text, x.known[line].text+"\n")
}

// takes takes a random number for an entry that a process writes.
func (x *explorer) takes(w *modelWorld, i int, seq, number int64) {
	if number < int64(w.written[seq]) {
		return
	}
	w.written[seq] = uint8(number) + 1
	for k := range w.procs {
		if k != i {
			w.procs[k].node = x.renumber(w.procs[k].node, seq, number)
		}
	}
}

// renumber gives a process that has decided on an entry, and not written it, another
// random number than the one that somebody has just written with.
func (x *explorer) renumber(i int32, seq, number int64) int32 {
	var way []int32
	k := i
	for ; x.node(k).before >= 0; k = x.node(k).before {
		if call := x.want(x.node(x.node(k).before)).call; call == "bound" || call == "start" {
			break
		}
		way = append(way, k)
	}
	for _, n := range slices.Backward(way) {
		got := x.results[x.node(n).told]
		if want := x.wantAt(k); want.call == "random" && want.at == seq && got.n == number {
			got.n++
		}
		k = x.tell(k, got)
	}
	return k
}

// end lets everybody look once more, in every order, and sees what there is in the end.
func (x *explorer) end(w *modelWorld) {
	x.ends++
	for i := range w.procs {
		if !x.at(w.procs[i].node).bound {
			x.fault(w, "a process waits for ever")
			return
		}
	}
	x.look(w, make([]bool, len(w.procs)))
}

// look lets those look that have not.
func (x *explorer) look(w *modelWorld, looked []bool) {
	last := true
	for i := range w.procs {
		if looked[i] {
			continue
		}
		last = false
		next, now := w.clone(), slices.Clone(looked)
		now[i] = true
		if said := x.alone(next, i); said != nil && said.broken {
			x.fault(next, "what a process has cannot be rescued")
		}
		x.look(next, now)
	}
	if last {
		x.ended(w)
		x.nothingLost(w)
	}
}

// nothingLost sees that what was acknowledged is on the disk, if somebody has it.
func (x *explorer) nothingLost(w *modelWorld) {
	knows := make(map[uint32]bool)
	for i := range w.procs {
		if said := x.saidAt(w.procs[i].node); said != nil {
			for _, hash := range x.lists[said.knows] {
				knows[x.hashOf[hash]] = true
			}
		}
	}
	var there []uint32
	for _, n := range w.names {
		if strings.HasSuffix(n.path, "/log.jsonl") {
			there = append(there, x.whole(w, n.inode)...)
		}
	}
	for _, line := range w.acked {
		if !slices.Contains(there, line) && (!w.changed || knows[line]) {
			x.fault(w, "an entry that was acknowledged is lost")
		}
	}
}

// ended takes down how a world ended: what is on the disk, what was acknowledged, and what
// each process knows and could do.
func (x *explorer) ended(w *modelWorld) {
	if x.final == nil {
		return
	}
	var b strings.Builder
	for _, n := range w.names {
		if f := w.inodes[n.inode]; !f.isDir && !strings.HasPrefix(n.path, modelAway) {
			fmt.Fprintln(&b, n.path, x.texts[f.text])
		}
	}
	var all []string
	for _, line := range w.acked {
		all = append(all, x.known[line].hash.String())
	}
	for i := range w.procs {
		said := x.saidAt(w.procs[i].node)
		if said == nil {
			all = append(all, "over")
			continue
		}
		one := fmt.Sprint(x.texts[said.stage], said.left, said.broken, said.away, x.lists[said.knows])
		for _, n := range w.names {
			if f := w.inodes[n.inode]; said.away && !f.isDir && strings.HasPrefix(n.path, own(modelAway, i)) {
				one += x.texts[f.text]
			}
		}
		all = append(all, one)
	}
	slices.Sort(all)
	fmt.Fprintln(&b, w.changed, all)
	x.final[b.String()] = true
}

// whole are the lines of a log that all link.
func (x *explorer) whole(w *modelWorld, at int32) (good []uint32) {
	lines, _ := x.lines(x.texts[w.inodes[at].text])
	var prev state.Hash
	for _, line := range lines {
		if l := x.known[line]; !l.good || l.prev != prev {
			break
		}
		prev, good = x.known[line].hash, append(good, line)
	}
	return good
}

// alone lets a process that waits go on, by itself, to where it waits next.
func (x *explorer) alone(w *modelWorld, i int) *stand {
	p := &w.procs[i]
	if n := x.at(p.node); n.over {
		return nil
	}
	p.node = x.tell(p.node, result{})
	x.settle(w, i)
	for {
		n := x.at(w.procs[i].node)
		if n.over || n.bound {
			return x.saidAt(w.procs[i].node)
		}
		next := x.step(w, i)
		if next == nil {
			x.fault(w, "a process waits for ever")
			return nil
		}
		*w = *next
	}
}
