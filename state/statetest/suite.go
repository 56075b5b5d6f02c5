package statetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/state"
)

// TestStore runs what every store must pass. open returns a new, empty store; a
// store that a process opens again is tested with the same value.
func TestStore(t *testing.T, open func(t *testing.T) state.Store) {
	for _, test := range []struct {
		name string
		run  func(*suite)
	}{
		{"create", (*suite).create}, {"create twice", (*suite).createTwice}, {"create a bad line", (*suite).createBad},
		{"not found", (*suite).notFound}, {"bad ids", (*suite).badIDs}, {"list", (*suite).list},
		{"append", (*suite).appends}, {"conflict", (*suite).conflict}, {"append a bad line", (*suite).appendBad},
		{"entries after", (*suite).entriesAfter}, {"entries stopped early", (*suite).stopEarly}, {"append while reading", (*suite).appendWhileReading},
		{"reopen", (*suite).reopen}, {"two logs", (*suite).twoLogs}, {"half read", (*suite).halfRead}, {"concurrent appends", (*suite).concurrent},
		{"concurrent appends to one log", (*suite).concurrentOneLog},
		{"read-only", (*suite).readOnly}, {"evidence", (*suite).evidence}, {"closed", (*suite).closed}, {"cancelled", (*suite).cancelled},
		{"any entries", (*suite).anyEntries},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(&suite{t, open(t), context.Background()}) })
	}
}

type suite struct {
	*testing.T
	store state.Store
	ctx   context.Context
}

const id = "2026-11-24-amber-heron"

func (s *suite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *suite) is(err, want error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Fatalf("the error is %v, not %v", err, want)
	}
}

func (s *suite) newLog(id string) state.Log {
	s.Helper()
	l, err := s.store.Create(s.ctx, id, Opening(id))
	s.must(err)
	s.Cleanup(func() { l.Close() })
	return l
}

func (s *suite) open(readOnly bool) state.Log {
	s.Helper()
	l, err := s.store.Open(s.ctx, id, readOnly)
	s.must(err)
	s.Cleanup(func() { l.Close() })
	return l
}

// add appends notes and returns the head.
func (s *suite) add(l state.Log, texts ...string) state.Head {
	s.Helper()
	for _, text := range texts {
		s.must(l.Append(s.ctx, Note(l.Head(), text)))
	}
	return l.Head()
}

// read reads the notes' texts; "open" stands for the first entry.
func (s *suite) read(l state.Log, after uint64) (texts []string) {
	s.Helper()
	for e, err := range l.Entries(s.ctx, after) {
		s.must(err)
		if after++; e.Seq != after {
			s.Fatalf("entry %d comes where entry %d should", e.Seq, after)
		}
		texts = append(texts, noteText(e))
	}
	return texts
}

func noteText(e state.Entry) string {
	switch data := e.Data.(type) {
	case *state.NoteAdded:
		return data.Text
	case *state.IncidentOpened:
		return "open"
	}
	return string(e.Kind)
}

func (s *suite) wantRead(l state.Log, after uint64, want ...string) {
	s.Helper()
	if got := s.read(l, after); !slices.Equal(got, want) {
		s.Fatalf("after %d there is %q, not %q", after, got, want)
	}
}

func (s *suite) create() {
	l := s.newLog(id)
	if l.Head() != Head(Opening(id)) {
		s.Errorf("the head is %v", l.Head())
	}
	if l.Writable() != nil || l.Mended() != nil {
		s.Errorf("a new log: Writable %v, Mended %v", l.Writable(), l.Mended())
	}
	s.wantRead(l, 0, "open")
}

func (s *suite) createTwice() {
	l := s.newLog(id)
	s.add(l, "a")
	_, err := s.store.Create(s.ctx, id, Opening(id))
	s.is(err, state.ErrExists)
	s.wantRead(s.open(false), 0, "open", "a")
}

func (s *suite) createBad() {
	second := Note(Head(Opening(id)), "not the first")
	if _, err := s.store.Create(s.ctx, id, second); err == nil {
		s.Error("a log begins with a second entry")
	}
	torn := Opening(id)
	torn.Bytes = torn.Bytes[:len(torn.Bytes)-1]
	if _, err := s.store.Create(s.ctx, id, torn); err == nil {
		s.Error("a log begins with half a line")
	}
	s.newLog(id) // neither is in the way
}

func (s *suite) notFound() {
	for _, readOnly := range []bool{true, false} {
		_, err := s.store.Open(s.ctx, id, readOnly)
		s.is(err, state.ErrNotFound)
	}
	ids, err := s.store.List(s.ctx)
	s.must(err)
	if len(ids) > 0 {
		s.Errorf("opening what is not there made %v", ids)
	}
}

func (s *suite) badIDs() {
	for _, bad := range []string{"", ".", "..", "../x", "a/b", `a\b`, "a.b", "Amber", "a b", "ä", "a\x00", "a\n", "/etc", strings.Repeat("a", 65)} {
		if _, err := s.store.Create(s.ctx, bad, Opening(bad)); err == nil {
			s.Errorf("id %q was taken", bad)
		}
		if _, err := s.store.Open(s.ctx, bad, false); err == nil {
			s.Errorf("id %q was opened", bad)
		}
	}
	long := strings.Repeat("a", 64)
	s.newLog(long)
	s.newLog("-")
}

func (s *suite) list() {
	for _, id := range []string{"b", "2026-11-24-z", "a", "2026-11-03-a"} {
		s.newLog(id)
	}
	ids, err := s.store.List(s.ctx)
	s.must(err)
	if want := []string{"2026-11-03-a", "2026-11-24-z", "a", "b"}; !slices.Equal(ids, want) {
		s.Errorf("List is %q, not %q", ids, want)
	}
}

func (s *suite) appends() {
	l := s.newLog(id)
	line := Note(l.Head(), "a")
	s.must(l.Append(s.ctx, line))
	if l.Head() != Head(line) {
		s.Errorf("the head is %v, not that of the line appended", l.Head())
	}
	s.add(l, "b", "c")
	s.wantRead(l, 0, "open", "a", "b", "c")
}

func (s *suite) conflict() {
	l := s.newLog(id)
	stale := l.Head()
	s.add(l, "a")
	for _, head := range []state.Head{stale, {}, {Seq: l.Head().Seq, Hash: stale.Hash}, {Seq: l.Head().Seq + 1, Hash: l.Head().Hash}} {
		s.is(l.Append(s.ctx, Note(head, "stale")), state.ErrConflict)
	}
	s.add(l, "b")
	s.wantRead(l, 0, "open", "a", "b")
}

func (s *suite) appendBad() {
	l := s.newLog(id)
	good := Note(l.Head(), "a")
	for name, change := range map[string]func(*state.Line){
		"half a line":       func(l *state.Line) { l.Bytes = l.Bytes[:len(l.Bytes)/2] },
		"two lines":         func(l *state.Line) { l.Bytes = append(append(bytes.Clone(l.Bytes), '\n'), l.Bytes...) },
		"a newline":         func(l *state.Line) { l.Bytes = append(bytes.Clone(l.Bytes), '\n') },
		"nothing":           func(l *state.Line) { l.Bytes = nil },
		"another's hash":    func(l *state.Line) { l.Hash[0]++ },
		"another's content": func(l *state.Line) { l.Bytes = bytes.Replace(l.Bytes, []byte(`"a"`), []byte(`"b"`), 1) },
	} {
		bad := good
		if change(&bad); l.Append(s.ctx, bad) == nil {
			s.Errorf("%s was appended", name)
		}
	}
	s.must(l.Append(s.ctx, good))
	s.wantRead(s.open(true), 0, "open", "a")
}

func (s *suite) entriesAfter() {
	l := s.newLog(id)
	s.add(l, "a", "b", "c")
	s.wantRead(l, 0, "open", "a", "b", "c")
	s.wantRead(l, 2, "b", "c")
	s.wantRead(l, 4)
	s.wantRead(l, 99)
	s.add(l, "d")
	s.wantRead(l, 4, "d")
	for e, err := range l.Entries(s.ctx, 1) {
		s.must(err)
		if want := Note(state.Head{Seq: 1, Hash: Opening(id).Hash}, "a"); e.Hash != want.Hash || e.Prev != want.Prev || e.By.Name != "Ada" {
			s.Errorf("the second entry reads %+v", e)
		}
		break
	}
}

func (s *suite) stopEarly() {
	l := s.newLog(id)
	s.add(l, "a", "b")
	for range l.Entries(s.ctx, 0) {
		break
	}
	s.wantRead(l, 0, "open", "a", "b")
	s.add(l, "c")
}

func (s *suite) appendWhileReading() {
	l := s.newLog(id)
	s.add(l, "a", "b")
	n := 0
	for _, err := range l.Entries(s.ctx, 0) {
		s.must(err)
		if n++; n <= 3 {
			s.add(l, fmt.Sprint(n))
		}
	}
	if n < 3 {
		s.Errorf("%d entries were read", n)
	}
	s.wantRead(l, 0, "open", "a", "b", "1", "2", "3")
}

func (s *suite) readOnly() {
	l := s.newLog(id)
	s.add(l, "a")
	reader := s.open(true)
	s.is(reader.Writable(), state.ErrReadOnly)
	s.is(reader.Append(s.ctx, Note(reader.Head(), "no")), state.ErrReadOnly)
	_, _, err := reader.PutEvidence(s.ctx, strings.NewReader("no"))
	s.is(err, state.ErrReadOnly)
	s.wantRead(reader, 0, "open", "a")
	s.add(l, "b")
	s.changed(reader, true)
	s.wantRead(reader, 2, "b")
}

func (s *suite) evidence() {
	l := s.newLog(id)
	_, err := l.Evidence(s.ctx, state.Sum([]byte("nothing")))
	s.is(err, state.ErrNoFile)
	for _, content := range []string{"", "a", strings.Repeat("evidence ", 100_000), "a"} {
		sum, size, err := l.PutEvidence(s.ctx, strings.NewReader(content))
		s.must(err)
		if sum != state.Sum([]byte(content)) || size != int64(len(content)) {
			s.Errorf("%d bytes were kept as %d bytes, %v", len(content), size, sum)
		}
		file, err := s.open(true).Evidence(s.ctx, sum)
		s.must(err)
		got, err := io.ReadAll(file)
		s.must(err)
		s.must(file.Close())
		if string(got) != content {
			s.Errorf("%d bytes came back as %d", len(content), len(got))
		}
	}
	broken := errors.New("the stick was pulled out")
	_, _, err = l.PutEvidence(s.ctx, io.MultiReader(strings.NewReader("half"), failingReader{broken}))
	s.is(err, broken)
	_, err = l.Evidence(s.ctx, state.Sum([]byte("half")))
	s.is(err, state.ErrNoFile)
	s.add(l, "and the log goes on")
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

func (s *suite) closed() {
	l := s.newLog(id)
	head := s.add(l, "a")
	s.must(l.Close())
	if err := l.Close(); err != nil {
		s.Errorf("closing twice: %v", err)
	}
	if l.Append(s.ctx, Note(head, "b")) == nil || l.Writable() == nil {
		s.Error("a closed log takes entries")
	}
	var failed error
	for _, err := range l.Entries(s.ctx, 0) {
		failed = err
	}
	if failed == nil {
		s.Error("a closed log is read")
	}
	s.wantRead(s.open(false), 0, "open", "a")
}

func (s *suite) cancelled() {
	l := s.newLog(id)
	s.add(l, "a")
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	s.is(l.Append(ctx, Note(l.Head(), "b")), context.Canceled)
	_, err := s.store.Open(ctx, id, false)
	s.is(err, context.Canceled)
	_, err = s.store.Create(ctx, "other", Opening("other"))
	s.is(err, context.Canceled)
	var failed error
	for _, err := range l.Entries(ctx, 0) {
		failed = err
	}
	s.is(failed, context.Canceled)
	_, _, err = l.PutEvidence(ctx, strings.NewReader("x"))
	s.is(err, context.Canceled)
	s.wantRead(l, 0, "open", "a")
	s.add(l, "b") // nothing was spoiled
}

func (s *suite) anyEntries() {
	n := 0
	rapid.Check(s.T, func(t *rapid.T) {
		n++
		id := fmt.Sprintf("random-%d", n)
		entries, lines := Entries(t, rapid.IntRange(1, 6).Draw(t, "entries"))
		l, err := s.store.Create(s.ctx, id, lines[0])
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		for _, line := range lines[1:] {
			if err := l.Append(s.ctx, line); err != nil {
				t.Fatalf("%v: %q", err, line.Bytes)
			}
		}
		at := 0
		for e, err := range l.Entries(s.ctx, 0) {
			if err != nil || e.Hash != entries[at].Hash {
				t.Fatalf("entry %d came back as %+v, %v", at+1, e, err)
			}
			at++
		}
		if at != len(entries) {
			t.Fatalf("%d entries came back of %d", at, len(entries))
		}
	})
}
