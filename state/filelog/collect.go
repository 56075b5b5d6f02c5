package filelog

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// longLog is from how many bytes on a log's reading is given memory beforehand.
const longLog = 64 << 20

// reserved is held by who has put off collecting garbage, which is done for the
// whole process or not at all.
var reserved sync.Mutex

// reserve puts off collecting garbage while a long log of size bytes is read into
// memory, until restore is called or the log's size and a half is in use. Almost
// all that is read is kept. The collector would start as soon as the room for the
// entries is taken and look through it while it is empty: the system then hands out
// each of its pages twice, which took as long as all the rest.
func reserve(size int64) (restore func()) {
	if size < longLog || !reserved.TryLock() {
		return func() {}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	enough := int64(m.Sys-m.HeapReleased) + size + size/2
	limit := debug.SetMemoryLimit(-1) // which only asks
	debug.SetMemoryLimit(min(limit, enough))
	percent := debug.SetGCPercent(-1)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
		reserved.Unlock()
	}
}
