package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// numbered fills in the number of each entry.
func numbered(dst []byte, from, to int) ([]byte, error) {
	for i := from; i < to; i++ {
		dst = fmt.Appendln(dst, i)
	}
	return dst, nil
}

func TestChunksAreWrittenInOrder(t *testing.T) {
	for _, entries := range []int{0, 1, chunkEntries - 1, chunkEntries, chunkEntries + 1, 20*chunkEntries + 7} {
		var got bytes.Buffer
		if err := writeChunks(&got, entries, numbered); err != nil {
			t.Fatal(err)
		}
		want, _ := numbered(nil, 0, entries)
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%d entries: they are not all there in their order", entries)
		}
	}
}

// errAfter is a writer that takes so many writes, and then none.
type errAfter int

var errFull = errors.New("disk full")

func (w *errAfter) Write(p []byte) (int, error) {
	if *w--; *w < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestChunksEndWithTheFirstError also fails if a goroutine is left behind: the bubble
// would never end.
func TestChunksEndWithTheFirstError(t *testing.T) {
	const chunks = 50
	for _, bad := range []int{0, 1, 2, 7, chunks - 1} {
		for name, run := range map[string]func(fill filler) error{
			"of the writer": func(fill filler) error { w := errAfter(bad); return writeChunks(&w, chunks*chunkEntries, fill) },
			"of a chunk": func(fill filler) error {
				return writeChunks(io.Discard, chunks*chunkEntries, func(dst []byte, from, to int) ([]byte, error) {
					if from == bad*chunkEntries {
						return nil, errFull
					}
					return fill(dst, from, to)
				})
			},
		} {
			t.Run(fmt.Sprintf("%s %d", name, bad), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var running atomic.Int32
					err := run(func(dst []byte, from, to int) ([]byte, error) {
						running.Add(1)
						defer running.Add(-1)
						return numbered(dst, from, to)
					})
					if !errors.Is(err, errFull) {
						t.Errorf("the error is %v", err)
					}
					if n := running.Load(); n != 0 {
						t.Errorf("%d chunks are still being made", n)
					}
				})
			})
		}
	}
}

// TestChunksWaitForTheWriter: a slow disk must not make the rest of a long log pile
// up in memory.
func TestChunksWaitForTheWriter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var made atomic.Int32
		reader, writer := io.Pipe()
		done := make(chan error)
		go func() {
			done <- writeChunks(writer, 1000*chunkEntries, func(dst []byte, from, to int) ([]byte, error) {
				made.Add(1)
				return append(dst, strings.Repeat("x", to-from)...), nil
			})
		}()
		synctest.Wait() // all that can be made without a reader is made
		lanes := made.Load()
		if _, err := io.CopyN(io.Discard, reader, 100*chunkEntries); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if ahead := made.Load() - 100; ahead > 2*lanes {
			t.Errorf("%d chunks are made ahead, by %d goroutines", ahead, lanes)
		}
		reader.CloseWithError(errFull)
		if err := <-done; !errors.Is(err, errFull) {
			t.Errorf("the error is %v", err)
		}
	})
}
