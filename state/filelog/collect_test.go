package filelog

import (
	"math"
	"runtime/debug"
	"testing"
)

// settings are those of the collector.
func settings() (percent int, limit int64) {
	percent = debug.SetGCPercent(-1)
	debug.SetGCPercent(percent)
	return percent, debug.SetMemoryLimit(-1)
}

// TestReserve: what is put off is bounded, and taken up again, whoever else reads a
// long log meanwhile.
func TestReserve(t *testing.T) {
	percent, limit := settings()
	reserve(longLog - 1)()
	if p, l := settings(); p != percent || l != limit {
		t.Errorf("after a short log: %d%%, %d bytes", p, l)
	}
	restore := reserve(longLog)
	p, l := settings()
	if p != -1 || l < longLog || l > 100*longLog {
		t.Errorf("while it is read: %d%%, %d bytes", p, l)
	}
	reserve(longLog)()
	if p2, l2 := settings(); p2 != p || l2 != l {
		t.Errorf("after another that came in between: %d%%, %d bytes", p2, l2)
	}
	restore()
	if p, l := settings(); p != percent || l != limit {
		t.Errorf("afterwards: %d%%, %d bytes", p, l)
	}
	debug.SetMemoryLimit(longLog)
	defer debug.SetMemoryLimit(math.MaxInt64)
	restore = reserve(longLog)
	defer restore()
	if _, l := settings(); l != longLog {
		t.Errorf("a limit of %d bytes that was set is %d", longLog, l)
	}
}
