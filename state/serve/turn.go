package serve

import (
	"io"
	"sync"
)

// An inTurn lets one write at a time. What is typed is echoed while the program prints, and a
// channel of SSH keeps one buffer for all its writers: two at once would send a packet that
// is none, and end the connection.
type inTurn struct {
	mu sync.Mutex
	to io.Writer
}

// Write implements io.Writer.
func (w *inTurn) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(p)
}
