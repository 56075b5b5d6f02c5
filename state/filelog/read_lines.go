package filelog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"sync"

	"muster/state"
)

// readers are kept: whoever looks at a log looks often, mostly at a few lines of it, and
// to clear so much memory takes longer than to read these.
var readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 256<<10) }}

// readLines yields the lines of a log, without their newlines, each valid only
// until the next, with whether a newline ended it. Only the last can lack it. A
// line longer than any entry may be is cut off there.
func readLines(r io.Reader, yield func(line []byte, ended bool) bool) error {
	reader := readers.Get().(*bufio.Reader)
	reader.Reset(r)
	defer func() {
		reader.Reset(nil) // it keeps no file
		readers.Put(reader)
	}()
	var long []byte
	for {
		part, err := reader.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull) && len(long) <= state.MaxRunbookLine:
			long = append(long, part...)
			continue
		case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
		if len(long) > 0 {
			long = append(long, part...)
			part = long
		}
		if len(part) > 0 {
			line, ended := bytes.CutSuffix(part, []byte("\n"))
			if !yield(line, ended) {
				return nil
			}
		}
		if err != nil {
			return nil
		}
		long = long[:0]
	}
}
