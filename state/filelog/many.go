package filelog

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"muster/state"
)

var _ state.Batcher = (*Log)(nil)

// mergeTemp is the name of a log that is just being written with what is added to it. A
// crash leaves it; the next such writing replaces it.
const mergeTemp = ".merge.tmp"

// AppendAll implements [state.Batcher]. Many lines behind one write would not be seen to
// be torn if power is lost within it. So the log is written anew, with them, and takes the
// place of the old one in one step, as by [Log.Rescue]: whatever happens, all of the lines
// are there, or none. Others that have the log open go over to the new file.
func (l *Log) AppendAll(ctx context.Context, lines []state.Line) error {
	if len(lines) == 0 {
		return nil
	}
	if err := l.take(ctx); err != nil {
		return err
	}
	defer l.give()
	if err := l.Writable(); err != nil {
		return err
	}
	old := l.file // only who has the turn changes it
	if err := l.store.lock(ctx, old); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			old.Unlock()
		}
	}()
	if err := l.ready(ctx); err != nil {
		return err
	}
	next, end := l.at()
	if first := lines[0]; first.Prev != next.Head.Hash || first.Seq != next.Head.Seq+1 {
		return fmt.Errorf("%w: it ends with entry %d", state.ErrConflict, next.Head.Seq)
	}
	if _, err := l.checkLast(old); err != nil {
		return l.setBroken(changed(err))
	}
	fresh, next, err := writeWith(ctx, l, old, end, lines)
	if err != nil {
		return fmt.Errorf("nothing was added to the log: %w", err)
	}
	if err := l.store.disk.syncDir(l.dir); err != nil {
		fresh.Close()
		return l.setBroken(notSaved(err))
	}
	done = true // closing it gives the lock back
	return goOver(l, fresh, next, end, lines)
}

// writeWith writes what the old file has up to end, and the lines behind it, into a new
// file, durably, and gives that the log's name. The chain is where that ends.
func writeWith(ctx context.Context, l *Log, old Handle, end int64, lines []state.Line) (Handle, state.Chain, error) {
	disk := l.store.disk
	temp := filepath.Join(l.dir, mergeTemp)
	_ = disk.Remove(temp) // of one that a crash ended
	file, err := disk.create(temp, os.O_EXCL|os.O_APPEND)
	if err != nil {
		return nil, state.Chain{}, err
	}
	var chain state.Chain
	if err = disk.failing("write", temp); err == nil {
		chain, err = fillAndRead(ctx, file, old, end, lines)
	}
	if err == nil {
		err = disk.sync(file)
	}
	if err == nil {
		err = disk.rename(temp, l.path())
	}
	if err != nil {
		file.Close()
		_ = disk.Remove(temp)
		return nil, chain, err
	}
	return file, chain, nil
}

// fillAndRead writes the lines, and reads behind the writing what has been written.
func fillAndRead(ctx context.Context, file Handle, old io.ReaderAt, end int64, lines []state.Line) (chain state.Chain, err error) {
	written := &growing{file: file}
	written.grown.L = &written.mu
	var filling sync.WaitGroup
	var failed error
	filling.Go(func() {
		failed = fillWith(written, old, end, lines)
		written.end()
	})
	chain, err = readWith(ctx, written, end, lines)
	filling.Wait()
	return chain, cmp.Or(failed, err)
}

// A growing is a file that one writes while another reads it: who reads waits for what is not
// written yet.
type growing struct {
	file  Handle
	mu    sync.Mutex
	grown sync.Cond
	size  int64
	ended bool // nothing more is written
}

func (g *growing) Write(p []byte) (int, error) {
	n, err := g.file.Write(p)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.size += int64(n)
	g.grown.Broadcast()
	return n, err
}

func (g *growing) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ended = true
	g.grown.Broadcast()
}

func (g *growing) ReadAt(p []byte, at int64) (int, error) {
	g.mu.Lock()
	for g.size < at+int64(len(p)) && !g.ended {
		g.grown.Wait()
	}
	g.mu.Unlock()
	return g.file.ReadAt(p, at)
}

// fillWith writes the old lines as they are, and the new ones behind them.
func fillWith(file io.Writer, old io.ReaderAt, end int64, lines []state.Line) error {
	out := bufio.NewWriterSize(file, 256<<10)
	written, err := io.Copy(out, io.NewSectionReader(old, 0, end))
	if err == nil && written != end {
		err = changed(fmt.Errorf("it has %d of the %d bytes that it had", written, end))
	}
	for i := 0; i < len(lines) && err == nil; i++ {
		if bytes.IndexByte(lines[i].Bytes, '\n') >= 0 {
			return errNewline
		}
		if _, err = out.Write(lines[i].Bytes); err == nil {
			err = out.WriteByte('\n')
		}
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// fewLines are so few that they are as well read by one core.
const fewLines = 500

// lacking is how many of some lines say what was not read from a verified line before.
func lacking(lines []state.Line) (n int) {
	for i := range lines {
		if !lines[i].Known {
			n++
		}
	}
	return n
}

// readWith reads what was written, all of it, before it becomes the log: the old lines are
// what they were, and the new ones read back as what they say they are.
func readWith(ctx context.Context, file io.ReaderAt, end int64, lines []state.Line) (state.Chain, error) {
	chain := state.Format().Chain()
	err := scan(ctx, file, 0, end, checking, func(e *state.Entry, err error, _ int64) error { return chain.Link(*e, err) })
	if first := lines[0]; err == nil && (chain.Head.Hash != first.Prev || chain.Head.Seq+1 != first.Seq) {
		err = errors.New("it does not end with the entry that it ended with")
	}
	if err != nil {
		return chain, changed(err)
	}
	whole := end
	for i := range lines {
		whole += int64(len(lines[i].Bytes)) + 1
	}
	read, how, few := 0, decoding, lacking(lines) < fewLines
	if few {
		how = checking
	}
	err = scanTexts(ctx, file, end, whole, how, func(text []byte, e *state.Entry, err error, _ int64) error {
		line := &lines[read]
		if read++; err == nil && few && !line.Known {
			_, err = state.Decode(text)
		}
		return linkLine(&chain, e, err, *line)
	})
	if err == nil && read < len(lines) {
		err = fmt.Errorf("%d of %d entries could be read back", read, len(lines))
	}
	return chain, err
}

// goOver goes over to the file that is at the log's name now. The caller has the turn.
func goOver(l *Log, fresh Handle, next state.Chain, end int64, lines []state.Line) error {
	info, err := fresh.Stat()
	if err != nil {
		fresh.Close()
		return l.setBroken(notSaved(err))
	}
	for i := range lines[:len(lines)-1] {
		end += int64(len(lines[i].Bytes)) + 1
	}
	last := lines[len(lines)-1]
	l.endsWith(withNewline(last.Bytes), last.Hash)
	l.mu.Lock()
	old := l.file
	l.file, l.info, l.seen, l.whole = fresh, info, stampOf(info), checkup{}
	l.chain, l.last, l.end = next, end, end+int64(len(last.Bytes))+1
	l.mu.Unlock()
	l.note(next.Head)
	return old.Close()
}
