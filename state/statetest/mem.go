package statetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"

	"muster/state"
)

// A Mem is a store in memory. With no faults set it passes TestStore; its faults
// make it fail in ways that a store may, so that callers cannot rely on luck. A
// fault field n > 0 strikes every nth call, of all logs together; set the fields
// before anything is opened.
type Mem struct {
	Conflicts int   // Append says ErrConflict, though nothing has changed
	Unsaved   int   // Append says ErrNotSaved, and the log takes nothing until rescued
	Lands     bool  // what Unsaved strikes has been written all the same
	Keeps     bool  // Rescue keeps what has been written so, as a store may
	Busy      int   // Append fails with an error that is no other, and nothing is wrong
	Broken    int   // Entries ends with an error after its first entry
	Unsure    bool  // Changed always says true
	NoRescue  error // Rescue fails with it
	NoFile    error // PutEvidence fails with it

	mu    sync.Mutex
	calls map[string]int
	logs  map[string]*memory
}

var _ state.Store = (*Mem)(nil)

// NewMem is an empty store without faults.
func NewMem() *Mem { return new(Mem) }

// ErrBroken is the error of the faults that have none of their own.
var ErrBroken = errors.New("broken on purpose")

// memory is what is kept of an incident.
type memory struct {
	lines    [][]byte
	evidence map[state.Hash][]byte
}

// strikes reports whether the fault strikes this call. The caller has the mutex.
func (m *Mem) strikes(fault string, every int) bool {
	if every <= 0 {
		return false
	}
	if m.calls == nil {
		m.calls = make(map[string]int)
	}
	m.calls[fault]++
	return m.calls[fault]%every == 0
}

func goodID(id string) bool {
	return len(id) >= 1 && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// Create implements [state.Store].
func (m *Mem) Create(ctx context.Context, id string, first state.Line) (state.Log, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !goodID(id) {
		return nil, fmt.Errorf("%q cannot be an id", id)
	}
	l := &memLog{store: m, chain: state.Format().Chain(), kept: &memory{evidence: make(map[state.Hash][]byte)}}
	if err := l.accept(first); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.logs[id] != nil {
		return nil, state.ErrExists
	}
	if m.logs == nil {
		m.logs = make(map[string]*memory)
	}
	m.logs[id] = l.kept
	l.kept.lines = [][]byte{bytes.Clone(first.Bytes)}
	return l, nil
}

// Open implements [state.Store].
func (m *Mem) Open(ctx context.Context, id string, readOnly bool) (state.Log, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.logs[id] == nil {
		return nil, state.ErrNotFound
	}
	l := &memLog{store: m, chain: state.Format().Chain(), kept: m.logs[id]}
	if readOnly {
		l.broken = state.ErrReadOnly
	}
	for _, line := range l.kept.lines {
		if err := l.chain.Verify(line); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// List implements [state.Store].
func (m *Mem) List(ctx context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ids []string
	for id := range m.logs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, ctx.Err()
}

// memLog is one opened log. The store's mutex guards it.
type memLog struct {
	store  *Mem
	kept   *memory
	chain  state.Chain
	broken error
	closed bool
	mended *state.Recovered
}

var errMemClosed = errors.New("the log is closed")

// accept moves the chain on over a line that is what it says it is.
func (l *memLog) accept(line state.Line) error {
	next := l.chain
	e, err := next.Next(line.Bytes)
	if err != nil {
		return err
	}
	if e.Hash != line.Hash {
		return errors.New("the line is another entry's")
	}
	l.chain = next
	return nil
}

// Entries implements [state.Log].
func (l *memLog) Entries(ctx context.Context, after uint64) iter.Seq2[state.Entry, error] {
	return func(yield func(state.Entry, error) bool) {
		lines, broken, err := l.lines(ctx)
		if err != nil {
			yield(state.Entry{}, err)
			return
		}
		chain := state.Format().Chain()
		for _, line := range lines {
			e, err := chain.Next(line)
			if e.Seq <= after {
				continue
			}
			if !yield(e, err) || err != nil {
				return
			}
			if broken {
				yield(state.Entry{}, ErrBroken)
				return
			}
		}
		l.saw(chain)
	}
}

func (l *memLog) lines(ctx context.Context) (lines [][]byte, broken bool, err error) {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	lines = l.kept.lines
	if errors.Is(l.broken, state.ErrNotSaved) {
		lines = lines[:l.chain.Head.Seq]
	}
	if l.closed {
		err = errMemClosed
	}
	return lines, l.store.strikes("Broken", l.store.Broken), errors.Join(err, ctx.Err())
}

func (l *memLog) saw(chain state.Chain) {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	if chain.Head.Seq > l.chain.Head.Seq {
		l.chain = chain
	}
}

// Append implements [state.Log].
func (l *memLog) Append(ctx context.Context, line state.Line) error {
	m := l.store
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case l.closed:
		return errMemClosed
	case l.broken != nil:
		return l.broken
	case m.strikes("Busy", m.Busy):
		return ErrBroken
	case m.strikes("Conflicts", m.Conflicts),
		len(l.kept.lines) != int(l.chain.Head.Seq),
		line.Seq != l.chain.Head.Seq+1, line.Prev != l.chain.Head.Hash:
		return state.ErrConflict
	}
	before := l.chain
	if err := l.accept(line); err != nil {
		return err
	}
	unsaved := m.strikes("Unsaved", m.Unsaved)
	if !unsaved || m.Lands {
		l.kept.lines = append(l.kept.lines, bytes.Clone(line.Bytes))
	}
	if unsaved {
		l.chain = before
		l.broken = fmt.Errorf("%w: %w", state.ErrNotSaved, ErrBroken)
	}
	return l.broken
}

// AppendAll implements [state.Batcher].
func (l *memLog) AppendAll(ctx context.Context, lines []state.Line) error {
	m := l.store
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case l.closed:
		return errMemClosed
	case l.broken != nil:
		return l.broken
	case m.strikes("Conflicts", m.Conflicts), len(l.kept.lines) != int(l.chain.Head.Seq),
		len(lines) > 0 && (lines[0].Seq != l.chain.Head.Seq+1 || lines[0].Prev != l.chain.Head.Hash):
		return state.ErrConflict
	}
	before := l.chain
	for _, line := range lines {
		if err := l.accept(line); err != nil {
			l.chain = before
			return err
		}
	}
	for _, line := range lines {
		l.kept.lines = append(l.kept.lines, bytes.Clone(line.Bytes))
	}
	return nil
}

// Head implements [state.Log].
func (l *memLog) Head() state.Head {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	return l.chain.Head
}

// Changed implements [state.Log].
func (l *memLog) Changed(ctx context.Context) (bool, error) {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	if l.closed {
		return false, errMemClosed
	}
	return l.store.Unsure || len(l.kept.lines) != int(l.chain.Head.Seq), ctx.Err()
}

// Writable implements [state.Log].
func (l *memLog) Writable() error {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	if l.closed {
		return errMemClosed
	}
	return l.broken
}

// Mended implements [state.Log].
func (l *memLog) Mended() *state.Recovered { return l.mended }

// PutEvidence implements [state.Log].
func (l *memLog) PutEvidence(ctx context.Context, content io.Reader) (state.Hash, int64, error) {
	if err := errors.Join(l.Writable(), ctx.Err(), l.store.NoFile); err != nil {
		return state.Hash{}, 0, err
	}
	all, err := io.ReadAll(content)
	if err != nil {
		return state.Hash{}, 0, err
	}
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	l.kept.evidence[state.Sum(all)] = all
	return state.Sum(all), int64(len(all)), nil
}

// Evidence implements [state.Log].
func (l *memLog) Evidence(ctx context.Context, sum state.Hash) (io.ReadCloser, error) {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	content, ok := l.kept.evidence[sum]
	if !ok {
		return nil, errors.Join(state.ErrNoFile, ctx.Err())
	}
	return io.NopCloser(bytes.NewReader(content)), ctx.Err()
}

// Close implements [state.Log].
func (l *memLog) Close() error {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	l.closed = true
	return nil
}

// Aside implements [state.Rescuer]. It has nowhere to write.
func (l *memLog) Aside(context.Context, []state.Entry) (string, error) { return "", ErrBroken }

// Rescue implements [state.Rescuer]. The folder makes no difference.
func (l *memLog) Rescue(ctx context.Context, entries []state.Entry, _ string) (state.Log, error) {
	l.store.mu.Lock()
	defer l.store.mu.Unlock()
	if err := errors.Join(l.store.NoRescue, ctx.Err()); err != nil {
		return nil, err
	}
	if l.closed || !errors.Is(l.broken, state.ErrNotSaved) {
		return nil, errors.New("the log needs no rescue")
	}
	fresh := &memLog{store: l.store, chain: state.Format().Chain(), kept: l.kept, mended: &state.Recovered{What: "failed write", SHA256: state.Sum(nil), Detail: ErrBroken.Error()}}
	var lines [][]byte
	for _, e := range entries {
		_, line, err := state.Seal(e)
		if err == nil {
			err = fresh.accept(line)
		}
		if err != nil {
			return nil, err
		}
		lines = append(lines, line.Bytes)
	}
	if behind := fresh.chain; l.store.Keeps {
		for _, line := range l.kept.lines[min(len(lines), len(l.kept.lines)):] {
			if behind.Verify(line) == nil {
				lines = append(lines, line)
			}
		}
	}
	l.kept.lines = lines
	l.closed = true
	return fresh, nil
}
