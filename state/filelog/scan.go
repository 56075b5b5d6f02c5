package filelog

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"muster/state"
)

// reading reads a line by itself into e. It is used by one goroutine at a time.
type reading func(line []byte, e *state.Entry) error

func checking() reading { return state.Format().Decoder().Check }

func decoding() reading { return state.Format().Decoder().Decode }

// taking is given what reading a line said, and the offset behind the line. The
// entry is valid until it returns; nothing is read on after an error.
type taking func(e *state.Entry, err error, behind int64) error

// takingText is taking with the line itself, which is valid as long.
type takingText func(line []byte, e *state.Entry, err error, behind int64) error

// scan is scanTexts for who needs no line.
func scan(ctx context.Context, file io.ReaderAt, from, to int64, how func() reading, take taking) error {
	return scanTexts(ctx, file, from, to, how, func(_ []byte, e *state.Entry, err error, behind int64) error {
		return take(e, err, behind)
	})
}

// scanSeen is scan from the beginning, and has what was verified remembered.
func scanSeen(ctx context.Context, file io.ReaderAt, to int64, how func() reading, verified *seen, take taking) error {
	if verified == nil {
		return scan(ctx, file, 0, to, how, take)
	}
	return scanPieces(ctx, file, 0, to, how, verified, func(_ []byte, e *state.Entry, err error, behind int64) error {
		return take(e, err, behind)
	})
}

// scanTexts reads the lines between two offsets of file that a newline ends, and gives
// take what that says, in order. A line longer than any can be ends it too.
//
// Long stretches are read on all cores: hashing and parsing take much longer than
// reading and linking.
func scanTexts(ctx context.Context, file io.ReaderAt, from, to int64, how func() reading, take takingText) error {
	if to-from >= 4*pieceSize {
		return scanPieces(ctx, file, from, to, how, nil, take)
	}
	read, e := how(), state.Entry{}
	return scanLines(ctx, file, from, to, func(line []byte, behind int64) error {
		err := read(line, &e)
		return take(line, &e, err, behind)
	})
}

// scanLines gives take each line as it is, one after the other.
func scanLines(ctx context.Context, file io.ReaderAt, from, to int64, take func(line []byte, behind int64) error) error {
	var failed error
	err := readLines(io.NewSectionReader(file, from, to-from), func(line []byte, ended bool) bool {
		if failed = ctx.Err(); failed != nil || !ended {
			return false
		}
		from += int64(len(line)) + 1
		failed = take(line, from)
		return failed == nil
	})
	return errors.Join(failed, err)
}

// pieceSize is how many bytes of the log, about, one core checks at a time.
const pieceSize = 256 << 10

// A piece is some lines of the log, and what reading them said.
type piece struct {
	lines []byte
	read  reading
	said  []said
	err   error // of the file; nothing comes after it
	done  chan struct{}
	seen  *seen  // nil for none
	sum   uint64 // by it, if all lines are good
}

type said struct {
	entry  state.Entry
	err    error
	length int64 // bytes, with the newline
}

func scanPieces(ctx context.Context, file io.ReaderAt, from, to int64, how func() reading, seen *seen, take takingText) error {
	ctx, stop := context.WithCancel(ctx)
	count := runtime.GOMAXPROCS(0) + 2
	spare, queue := make(chan *piece, count), make(chan *piece, count)
	for range count {
		spare <- &piece{lines: make([]byte, 0, pieceSize), read: how(), seen: seen}
	}
	var all sync.WaitGroup
	defer all.Wait() // nothing reads the file once this has returned
	defer stop()
	all.Go(func() {
		defer close(queue)
		for at := from; at < to; {
			var p *piece
			select {
			case p = <-spare:
			case <-ctx.Done():
				return
			}
			p.fill(file, at, to)
			at += int64(len(p.lines))
			p.done = make(chan struct{})
			queue <- p // there is room for all pieces
			if len(p.lines) == 0 {
				close(p.done)
				return
			}
			all.Go(p.check)
		}
	})
	return takePieces(ctx, queue, spare, from, take)
}

// takePieces gives take the pieces' entries in order.
func takePieces(ctx context.Context, queue, spare chan *piece, at int64, take takingText) error {
	for p := range queue {
		<-p.done
		if p.err != nil {
			return p.err
		}
		begun := int64(0)
		for i := range p.said {
			s := &p.said[i]
			if err := ctx.Err(); err != nil {
				return err
			}
			at += s.length
			if err := take(p.lines[begun:begun+s.length-1], &s.entry, s.err, at); err != nil {
				return err
			}
			begun += s.length
		}
		p.seen.add(at, p.sum)
		spare <- p
	}
	return ctx.Err()
}

// fill reads as many whole lines as fit, and at least one.
func (p *piece) fill(file io.ReaderAt, from, to int64) {
	p.said, p.err = p.said[:0], nil
	for size := int64(pieceSize); ; size *= 4 {
		size = min(size, to-from, state.MaxRunbookLine+1)
		if int64(cap(p.lines)) < size {
			p.lines = make([]byte, 0, size)
		}
		n, err := file.ReadAt(p.lines[:size], from)
		if err != nil && !(errors.Is(err, io.EOF) && int64(n) == size) {
			p.lines, p.err = p.lines[:0], err
			return
		}
		p.lines = p.lines[:bytes.LastIndexByte(p.lines[:n], '\n')+1]
		if len(p.lines) > 0 || size == to-from || size > state.MaxRunbookLine {
			return
		}
	}
}

// check reads the piece's lines, up to the first bad one.
func (p *piece) check() {
	defer close(p.done)
	for rest := p.lines; len(rest) > 0; {
		end := bytes.IndexByte(rest, '\n')
		if len(p.said) < cap(p.said) {
			p.said = p.said[:len(p.said)+1] // with an entry to be read into
		} else {
			p.said = append(p.said, said{})
		}
		s := &p.said[len(p.said)-1]
		s.length = int64(end) + 1
		if s.err = p.read(rest[:end], &s.entry); s.err != nil {
			return
		}
		rest = rest[end+1:]
	}
	p.sum = p.seen.sum(p.lines)
}
