package serve

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// An inside says how many write to it at once.
type inside struct {
	now, most atomic.Int32
	hold      chan struct{}
}

func (w *inside) Write(p []byte) (int, error) {
	w.most.Store(max(w.most.Load(), w.now.Add(1)))
	<-w.hold
	w.now.Add(-1)
	return len(p), nil
}

// TestWritersTakeTurns: what is echoed and what is printed at the same time never share the
// channel's buffer.
func TestWritersTakeTurns(t *testing.T) {
	to := &inside{hold: make(chan struct{})}
	w := &inTurn{to: to}
	var group, begun sync.WaitGroup
	begun.Add(2)
	for _, text := range []string{"aaaa", "bbbb"} {
		group.Go(func() {
			begun.Done()
			if n, err := w.Write([]byte(text)); n != len(text) || err != nil {
				t.Errorf("%d, %v", n, err)
			}
		})
	}
	begun.Wait()
	for range 10_000 { // both have all the time to come in
		runtime.Gosched()
	}
	close(to.hold)
	group.Wait()
	if most := to.most.Load(); most != 1 {
		t.Errorf("%d write at once", most)
	}
}
