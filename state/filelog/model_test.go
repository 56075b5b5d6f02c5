package filelog

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/statetest"
)

// TestModel drives several processes' logs of one incident at random, on disks that
// fail, with torn writes, restarts and rescues. Whatever happens, all that was
// acknowledged, or shown to anybody, is in the log in the end, once, in its order.
func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "model")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := &model{T: t, dir: dir}
		first, err := Open(dir).Create(ctx, id, statetest.Opening(id))
		if err != nil {
			t.Fatal(err)
		}
		first.Close()
		for range 3 {
			m.people = append(m.people, m.start())
		}
		t.Repeat(map[string]func(*rapid.T){
			"append": m.append, "failing append": m.failingAppend, "read": m.read, "restart": m.restart, "killed writer": m.killedWriter,
		})
		for i := range m.people {
			m.people[i].log.Close()
		}
		m.end()
	})
}

type model struct {
	*rapid.T
	dir    string
	people []*person
	notes  int
	saved  []string // what was acknowledged or shown, in the order of the log
}

// person is one process that has the incident open, and what it has read.
type person struct {
	store   *Store
	log     *Log
	entries []state.Entry
}

func (m *model) start() *person {
	p := &person{store: Open(m.dir)}
	p.store.disk.idle = true
	opened, err := p.store.Open(ctx, id, false)
	if err != nil {
		m.Fatal(err)
	}
	p.log = opened.(*Log)
	m.catchUp(p)
	return p
}

func (m *model) any() *person { return rapid.SampledFrom(m.people).Draw(m.T, "person") }

// catchUp reads what is new, as a session does: only if Changed says so.
func (m *model) catchUp(p *person) {
	changed, err := p.log.Changed(ctx)
	if err != nil {
		m.Fatal(err)
	}
	if !changed && len(p.entries) > 0 {
		return
	}
	for e, err := range p.log.Entries(ctx, uint64(len(p.entries))) {
		if err != nil {
			m.Fatalf("reading on after %d entries: %v", len(p.entries), err)
		}
		p.entries = append(p.entries, e)
		m.show(e)
	}
}

// show notes that somebody was shown an entry, or told that it is saved.
func (m *model) show(e state.Entry) {
	text, at := "open", int(e.Seq)-1
	if note, ok := e.Data.(*state.NoteAdded); ok {
		text = note.Text
	}
	switch {
	case at > len(m.saved):
		m.Fatalf("entry %d is shown when %d are known", e.Seq, len(m.saved))
	case at == len(m.saved):
		m.saved = append(m.saved, text)
	case m.saved[at] != text:
		m.Fatalf("entry %d is %q for one and %q for another", e.Seq, m.saved[at], text)
	}
}

// do appends a new note as a session does, and returns what Append said last.
func (m *model) do(p *person) error {
	m.notes++
	text := fmt.Sprintf("%d %s", m.notes, strings.Repeat("·", m.notes*37%300))
	for range 5 {
		m.catchUp(p)
		last := p.entries[len(p.entries)-1]
		line := statetest.Note(state.Head{Seq: last.Seq, Hash: last.Hash}, text)
		err := p.log.Append(ctx, line)
		if err == nil {
			e, _ := state.Decode(line.Bytes)
			p.entries = append(p.entries, e)
			m.show(e)
		}
		if !errors.Is(err, state.ErrConflict) {
			return err
		}
	}
	m.Fatal("conflicts without end")
	return nil
}

func (m *model) append(*rapid.T) {
	if err := m.do(m.any()); err != nil {
		m.Fatal(err)
	}
}

// failingAppend lets the disk fail, and then rescues the log or starts anew.
func (m *model) failingAppend(*rapid.T) {
	p := m.any()
	call := rapid.SampledFrom([]string{"write", "sync"}).Draw(m.T, "call")
	p.store.disk.faults = map[string]*fault{call: {short: rapid.IntRange(0, 900).Draw(m.T, "short"), err: syscall.EIO}}
	m.catchUpFailing(p)
	if p.log.Writable() == nil {
		if err := m.do(p); !errors.Is(err, state.ErrNotSaved) {
			m.Fatalf("on a failing disk Append says %v", err)
		}
	}
	p.store.disk.faults = nil
	if rapid.Bool().Draw(m.T, "restart") {
		p.log.Close()
		*p = *m.start()
		return
	}
	fresh, err := p.log.Rescue(ctx, p.entries, "")
	if err != nil {
		m.Fatal(err)
	}
	p.log = fresh.(*Log)
	m.catchUp(p)
}

// catchUpFailing reads on while the disk fails, which may end with ErrNotSaved.
func (m *model) catchUpFailing(p *person) {
	for e, err := range p.log.Entries(ctx, uint64(len(p.entries))) {
		if errors.Is(err, state.ErrNotSaved) {
			return
		}
		if err != nil {
			m.Fatal(err)
		}
		p.entries = append(p.entries, e)
		m.show(e)
	}
}

func (m *model) read(*rapid.T) { m.catchUp(m.any()) }

func (m *model) restart(*rapid.T) {
	p := m.any()
	p.log.Close()
	*p = *m.start()
}

// killedWriter leaves what a process does that is killed while it writes.
func (m *model) killedWriter(*rapid.T) {
	p := m.start()
	defer p.log.Close()
	line := withNewline(statetest.Note(p.log.Head(), "killed").Bytes)
	file, err := os.OpenFile(p.log.path(), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		m.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(line[:rapid.IntRange(0, len(line)).Draw(m.T, "written")]); err != nil {
		m.Fatal(err)
	}
}

func (m *model) end() {
	p := m.start()
	defer p.log.Close()
	if err := p.log.Writable(); err != nil {
		m.Fatal(err)
	}
	var notes []string
	for _, e := range p.entries[1:] {
		notes = append(notes, e.Data.(*state.NoteAdded).Text)
	}
	if want := m.saved[1:]; !slices.Equal(notes, want) {
		m.Fatalf("the log has %q, and %q was saved", notes, want)
	}
	if _, kept := p.log.Hint(); !kept {
		m.Fatal("the hint says that entries are missing")
	}
}
