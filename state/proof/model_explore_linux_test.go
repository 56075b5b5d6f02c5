package proof

import (
	"runtime"
	"sync"
)

// explore finds all worlds, or if the processes are broken goes on to the first that is
// wrong, and says how many it has seen.
func (x *explorer) explore() int {
	x.Lock()
	defer x.Unlock()
	for _, share := range x.shares() {
		x.push(x.begin(share))
	}
	x.Unlock()
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(x.work)
	}
	all.Wait()
	x.Lock()
	x.letGo(0)
	return len(x.seen)
}

// work goes on from one world after another until there are none.
func (x *explorer) work() {
	x.Lock()
	defer x.Unlock()
	for {
		for len(x.todo) == 0 && x.busy > 0 {
			x.woken.Wait()
		}
		if len(x.todo) == 0 || x.breaks != "" && !x.all && len(x.wrong) > 0 {
			x.woken.Broadcast()
			return
		}
		w := x.todo[len(x.todo)-1]
		x.todo[len(x.todo)-1] = nil
		x.todo = x.todo[:len(x.todo)-1]
		x.busy++
		x.goOn(w)
		x.busy--
	}
}

// goOn finds the worlds that can come of one next.
func (x *explorer) goOn(w *modelWorld) {
	moved := false
	inside := x.inside(w)
	for i := range w.procs {
		if w.turn >= 0 && int(w.turn) != i {
			continue
		}
		if inside >= 0 && inside != i && int(w.events) == x.events && (x.events > 0 || x.wantAt(w.procs[inside].node).call == "write") {
			continue
		}
		if next := x.step(w, i); next != nil {
			moved = true
			x.push(next)
		}
	}
	if w.events > 0 {
		x.happens(w)
	}
	if !moved {
		x.end(w)
	}
}

func (x *explorer) push(w *modelWorld) {
	if !x.plain {
		w.sort()
	}
	key := w.key(x.seed)
	if _, known := x.seen[key]; !known {
		x.seen[key] = struct{}{}
		x.todo = append(x.todo, w)
		x.woken.Broadcast()
	}
}
