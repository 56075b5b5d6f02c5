package export

import (
	"io"
	"runtime"
	"sync"
)

// chunkEntries is how many entries are written out at once: some hundred kilobytes.
const chunkEntries = 512

// A filler appends what is written of the entries from index from up to to. It is
// called by several goroutines at once, and in any order.
type filler func(dst []byte, from, to int) ([]byte, error)

// writeChunks writes what fill makes of so many entries, in their order. It is made
// on all processors; two chunks for each are in memory at a time. The first error
// ends it, w's or fill's; nothing of it runs any more when it returns.
func writeChunks(w io.Writer, entries int, fill filler) error {
	chunks := (entries + chunkEntries - 1) / chunkEntries
	lanes := make([]lane, min(runtime.GOMAXPROCS(0), chunks))
	stop := make(chan struct{})
	var running sync.WaitGroup
	defer running.Wait()
	defer close(stop)
	for i := range lanes {
		lanes[i] = lane{made: make(chan chunk), spare: make(chan []byte, 2)}
		lanes[i].spare <- nil
		lanes[i].spare <- nil
		running.Go(func() { lanes[i].run(stop, i*chunkEntries, len(lanes)*chunkEntries, entries, fill) })
	}
	for i := range chunks {
		l := &lanes[i%len(lanes)]
		c := <-l.made
		if c.err != nil {
			return c.err
		}
		if _, err := w.Write(c.bytes); err != nil {
			return err
		}
		l.spare <- c.bytes
	}
	return nil
}

// A lane makes every n-th chunk, so that whoever writes them knows from which lane
// the next one comes.
type lane struct {
	made  chan chunk
	spare chan []byte // to be filled again, so that a lane makes no garbage
}

type chunk struct {
	bytes []byte
	err   error
}

// run makes the chunks of entries that begin at from, from+stride …
func (l *lane) run(stop <-chan struct{}, from, stride, entries int, fill filler) {
	for ; from < entries; from += stride {
		var c chunk
		select {
		case c.bytes = <-l.spare:
		case <-stop:
			return
		}
		c.bytes, c.err = fill(c.bytes[:0], from, min(from+chunkEntries, entries))
		select {
		case l.made <- c:
		case <-stop:
			return
		}
	}
}
