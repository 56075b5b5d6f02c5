package terminal

import (
	"runtime"
	"sync"
	"time"
)

// This file collects garbage between two keys. Of a large incident that takes ten times as long
// as a frame; the runtime begins it where memory is taken, which is while a frame is made,
// and whoever waits for that frame sees it. Shortly after a frame nobody waits.

const (
	// restPause is how long after a frame it is begun: a burst of keys is over then.
	restPause = 15 * time.Millisecond
	// lookEvery is after how many frames it is looked how much is taken, which costs a little.
	lookEvery = 4
	// largeHeap is from how many bytes on it takes long enough to be seen.
	largeHeap = 8 << 20
)

// collecting is held by who collects: several programs may share one heap.
var collecting sync.Mutex

// A collector collects garbage in the pause after a frame, once it would soon be collected
// anyway. The loop calls it.
type collector struct {
	near    func() bool
	collect func()
	frames  int
	soon    bool        // when it was looked last
	timer   *time.Timer // nil for none
}

func newCollector() *collector { return &collector{near: isNear, collect: collectNow} }

// drawn takes it that a frame was drawn.
func (c *collector) drawn() {
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	if c.frames++; c.frames%lookEvery == 0 || c.soon {
		c.soon = c.near()
	}
	if c.soon {
		c.timer = time.AfterFunc(restPause, c.collect)
	}
}

// collectNow collects, unless somebody just has.
func collectNow() {
	if collecting.TryLock() {
		defer collecting.Unlock()
		if isNear() {
			runtime.GC()
		}
	}
}

// isNear reports whether half of what may be taken until the next collection is taken.
func isNear() bool {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return isHalf(m.HeapAlloc, m.NextGC)
}

// isHalf takes it that what is in use doubles, about, from one collection to the next: goal
// is the double. The runtime begins when more than two thirds of the way are gone.
func isHalf(used, goal uint64) bool {
	return goal >= 2*largeHeap && used <= goal && used >= goal-goal/4
}
