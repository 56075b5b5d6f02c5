package filelog

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

const id = "2026-11-24-amber-heron"

var ctx = context.Background()

// fixture is a store with one incident.
type fixture struct {
	*testing.T
	store *Store
	dir   string // the incident's folder
	looks int
}

// newFixture makes an incident of an opening entry and notes.
func newFixture(t *testing.T, notes ...string) *fixture {
	t.Helper()
	f := &fixture{T: t, store: Open(t.TempDir())}
	f.store.disk.idle = true
	f.dir = filepath.Join(f.store.incidents(), id)
	created, err := f.store.Create(ctx, id, statetest.Opening(id))
	f.must(err)
	f.add(created.(*Log), notes...)
	f.must(created.Close())
	return f
}

func (f *fixture) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) is(err, want error) {
	f.Helper()
	if !errors.Is(err, want) {
		f.Fatalf("the error is %v, not %v", err, want)
	}
}

func (f *fixture) log() string { return filepath.Join(f.dir, logName) }

// open opens the incident, as another process would.
func (f *fixture) open() *Log {
	f.Helper()
	return f.openWith(f.store, false)
}

func (f *fixture) openWith(store *Store, readOnly bool) *Log {
	f.Helper()
	l, err := store.Open(ctx, id, readOnly)
	f.must(err)
	f.Cleanup(func() { l.Close() })
	return l.(*Log)
}

// faulty is the same store as another process has it, on a disk that fails.
func (f *fixture) faulty(faults map[string]*fault) *Store {
	store := Open(f.store.dir)
	store.disk.faults, store.disk.idle = faults, true
	return store
}

func (f *fixture) add(l state.Log, notes ...string) {
	f.Helper()
	for _, text := range notes {
		f.must(l.Append(ctx, statetest.Note(l.Head(), text)))
	}
}

func (f *fixture) read() []byte {
	f.Helper()
	content, err := os.ReadFile(f.log())
	f.must(err)
	return content
}

func (f *fixture) write(content []byte) {
	f.Helper()
	f.must(os.WriteFile(f.log(), content, 0o600))
}

// lines are the log's, each with its newline.
func (f *fixture) lines() [][]byte { return slices.Collect(bytes.Lines(f.read())) }

// notes are the texts that Entries yields.
func (f *fixture) notes(l state.Log) []string {
	f.Helper()
	notes, err := readNotes(l)
	f.must(err)
	return notes
}

func readNotes(l state.Log) (notes []string, err error) {
	for e, err := range l.Entries(ctx, 0) {
		if err != nil {
			return notes, err
		}
		if note, ok := e.Data.(*state.NoteAdded); ok {
			notes = append(notes, note.Text)
		}
	}
	return notes, nil
}

func (f *fixture) want(l state.Log, notes ...string) {
	f.Helper()
	if got := f.notes(l); !slices.Equal(got, notes) {
		f.Fatalf("the notes are %q, not %q", got, notes)
	}
}

// entries are all acknowledged ones, as a session has them in memory.
func (f *fixture) entries(l state.Log) (entries []state.Entry) {
	f.Helper()
	for e, err := range l.Entries(ctx, 0) {
		if errors.Is(err, state.ErrChanged) {
			break
		}
		f.must(err)
		entries = append(entries, e)
	}
	return entries
}

// damaged is the damage that opening finds; nil for none.
func (f *fixture) damaged(readOnly bool) *state.Damage {
	f.Helper()
	l, err := f.store.Open(ctx, id, readOnly)
	f.must(err)
	defer l.Close()
	var damage *state.Damage
	errors.As(l.Writable(), &damage)
	return damage
}

// torn lists the files that keep torn bytes.
func (f *fixture) torn() (names []string) {
	f.Helper()
	found, err := os.ReadDir(f.dir)
	f.must(err)
	for _, file := range found {
		if strings.HasPrefix(file.Name(), "torn-") {
			names = append(names, file.Name())
		}
	}
	return names
}

const longNote = "The file servers in the UK answer again; GISIS still shows the maintenance page. Ask the provider for the switch's log."

// bigLog makes a log of n entries without syncing each.
func bigLog(tb testing.TB, n int) *Store {
	store := Open(tb.TempDir())
	line := statetest.Opening(id)
	l, err := store.Create(ctx, id, line)
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	file, err := os.OpenFile(l.(*Log).path(), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	var text []byte
	for i := 1; i < n; i++ {
		line = statetest.Note(statetest.Head(line), longNote)
		text = append(append(text, line.Bytes...), '\n')
		if len(text) > 1<<20 || i == n-1 {
			if _, err := file.Write(text); err != nil {
				tb.Fatal(err)
			}
			text = text[:0]
		}
	}
	return store
}
