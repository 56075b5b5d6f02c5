package serve

import (
	"bytes"
	"sync"
	"testing"
)

// A shared takes what is written as a channel of SSH does: by way of one buffer.
type shared struct {
	buffer []byte
	got    bytes.Buffer
	hold   chan struct{}
}

func (s *shared) Write(p []byte) (int, error) {
	s.buffer = append(s.buffer[:0], p...)
	s.hold <- struct{}{} // here another writer would write over it
	<-s.hold
	return s.got.Write(s.buffer)
}

// TestWritersTakeTurns: what is echoed and what is printed at the same time both arrive whole.
func TestWritersTakeTurns(t *testing.T) {
	to := &shared{hold: make(chan struct{})}
	w := &inTurn{to: to}
	var group sync.WaitGroup
	for _, text := range []string{"aaaa", "bbbb"} {
		group.Go(func() {
			if n, err := w.Write([]byte(text)); n != len(text) || err != nil {
				t.Errorf("%d, %v", n, err)
			}
		})
	}
	for range 2 {
		<-to.hold // one is in the middle of it
		select {
		case <-to.hold:
			t.Error("two write at once")
		default:
		}
		to.hold <- struct{}{}
	}
	group.Wait()
	if got := to.got.String(); got != "aaaabbbb" && got != "bbbbaaaa" {
		t.Errorf("%q", got)
	}
}
