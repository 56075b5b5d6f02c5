package session_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"muster/state"
	"muster/state/session"
	"muster/state/statetest"
)

// A rigged store's logs do what a test says instead of what they should; what it does
// not say they do as they should.
type rigged struct {
	state.Store
	taken   int // so many ids exist already
	created []string
	append  func(line state.Line) error // nil error: as it should
	changed func() (bool, error)
	entries error // the last of Entries
	mended  *state.Recovered
	damage  error // what Writable says
	hint    *state.Head
	closed  int
	rescue  error
}

func (r *rigged) Create(ctx context.Context, id string, first state.Line) (state.Log, error) {
	r.created = append(r.created, id)
	if len(r.created) <= r.taken {
		return nil, state.ErrExists
	}
	log, err := r.Store.Create(ctx, id, first)
	return &riggedLog{log, r}, err
}

func (r *rigged) Open(ctx context.Context, id string, readOnly bool) (state.Log, error) {
	log, err := r.Store.Open(ctx, id, readOnly)
	if err != nil {
		return nil, err
	}
	return &riggedLog{log, r}, nil
}

type riggedLog struct {
	state.Log
	of *rigged
}

func (l *riggedLog) Append(ctx context.Context, line state.Line) error {
	if l.of.append != nil {
		if err := l.of.append(line); err != nil {
			return err
		}
	}
	return l.Log.Append(ctx, line)
}

func (l *riggedLog) Changed(ctx context.Context) (bool, error) {
	if l.of.changed != nil {
		return l.of.changed()
	}
	return l.Log.Changed(ctx)
}

func (l *riggedLog) Entries(ctx context.Context, after uint64) iter.Seq2[state.Entry, error] {
	return func(yield func(state.Entry, error) bool) {
		for e, err := range l.Log.Entries(ctx, after) {
			if !yield(e, err) {
				return
			}
		}
		if l.of.entries != nil {
			yield(state.Entry{}, l.of.entries)
		}
	}
}

func (l *riggedLog) Mended() *state.Recovered { return l.of.mended }

func (l *riggedLog) Writable() error { return errors.Join(l.of.damage, l.Log.Writable()) }

func (l *riggedLog) Close() error { l.of.closed++; return l.Log.Close() }

func (l *riggedLog) Rescue(context.Context, []state.Entry, string) (state.Log, error) {
	return l, l.of.rescue
}

func (l *riggedLog) Aside(context.Context, []state.Entry) (string, error) { return "aside", nil }

func (l *riggedLog) Hint() (state.Head, bool) {
	if l.of.hint != nil {
		return *l.of.hint, false
	}
	return state.Head{}, true
}

func newRigged() *rigged { return &rigged{Store: statetest.NewMem()} }

var errRigged = errors.New("it was said to fail")

func write(t *testing.T, s *session.Session) (*state.Incident, error) {
	t.Helper()
	return s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "a note"}})
}

// TestIDsAreTriedAnew: twenty times when one is taken, each time another; never when the
// id was asked for, and not after another error.
func TestIDsAreTriedAnew(t *testing.T) {
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	create := func(store state.Store, id string, c session.Config) (*session.Session, error) {
		return session.Create(t.Context(), store, state.OpenIncident{ID: id, Mode: state.Live, Runbook: doc}, time.Time{}, c)
	}
	store := newRigged()
	store.taken = 20
	s, err := create(store, "", config("Ada", newHand()))
	if err != nil || len(store.created) != 21 || s.Incident().ID != store.created[20] || store.created[0] == store.created[20] {
		t.Errorf("after %d tries: %v", len(store.created), err)
	}
	store = newRigged()
	store.taken = 99
	if s, err := create(store, "", config("Ada", newHand())); !errors.Is(err, state.ErrExists) || s != nil || len(store.created) != 21 {
		t.Errorf("after %d tries: %v", len(store.created), err)
	}
	store = newRigged()
	store.taken = 1
	if s, err := create(store, "2026-11-24-amber-heron", config("Ada", newHand())); !errors.Is(err, state.ErrExists) || s != nil || len(store.created) != 1 {
		t.Errorf("an id that was asked for, after %d tries: %v", len(store.created), err)
	}
	for _, c := range []struct {
		id  string
		doc state.Document
	}{{"", doc}, {"2026-11-24-amber-heron", doc}} {
		none := config("Ada", newHand())
		none.Random = iotest.ErrReader(errRigged)
		if s, err := create(newRigged(), c.id, none); !errors.Is(err, errRigged) || s != nil {
			t.Errorf("without random numbers: %v", err)
		}
	}
	if s, err := session.Create(t.Context(), newRigged(), state.OpenIncident{Mode: state.Live, Runbook: state.Document{ID: "book", Text: "title = 7"}}, time.Time{}, config("Ada", newHand())); err == nil || s != nil {
		t.Error("an incident of a broken runbook was opened")
	}
}

// TestOpeningWhatIsBroken: a damaged log opens as far as it is good and takes nothing;
// any other error, or no entry that is good, opens nothing and lets go of the log.
func TestOpeningWhatIsBroken(t *testing.T) {
	store := newRigged()
	id := start(t, store, newHand()).Incident().ID
	open := func(watch bool) (*session.Session, error) {
		return session.Open(t.Context(), store, id, watch, config("Ben", newHand()))
	}
	damage := &state.Damage{Line: 2, Seq: 2, What: "cut"}
	store.entries = damage
	s, err := open(false)
	if err != nil || !errors.Is(s.Writable(), damage) || len(s.Incident().Log) != 1 {
		t.Fatalf("damaged: %v", err)
	}
	if inc, err := write(t, s); !errors.Is(err, damage) || inc != s.Incident() {
		t.Errorf("it took a note: %v", err)
	}
	if _, err := s.KeepText(t.Context(), "x", nil); !errors.Is(err, damage) {
		t.Errorf("it kept a file: %v", err)
	}
	if s, err := open(true); err != nil || !errors.Is(s.Writable(), damage) || errors.Is(s.Writable(), state.ErrReadOnly) {
		t.Errorf("watched, the damage is not told: %v", err)
	}
	store.entries, store.closed = errRigged, 0
	if s, err := open(false); s != nil || !errors.Is(err, errRigged) || store.closed != 1 {
		t.Errorf("it opened, or was not let go (%d): %v", store.closed, err)
	}
	store.entries = nil
	if s, err := session.Open(t.Context(), store, "2026-11-24-no-such", false, config("Ben", newHand())); s != nil || err == nil {
		t.Errorf("what is not there opened: %v", err)
	}
	watched, err := open(true)
	if err != nil || !errors.Is(watched.Writable(), state.ErrReadOnly) {
		t.Errorf("watched: %v", err)
	}
	store.damage = state.ErrChanged
	if !errors.Is(watched.Writable(), state.ErrChanged) {
		t.Error("that it was changed is what matters most, and is not told")
	}
}

// TestMendingIsRecordedOnce: when the log is opened, before anything else; if that
// fails, the caller learns of it. Who only watches records nothing.
func TestMendingIsRecordedOnce(t *testing.T) {
	store := newRigged()
	id := start(t, store, newHand()).Incident().ID
	store.mended = &state.Recovered{Detail: "cut"}
	watched, err := session.Open(t.Context(), store, id, true, config("Ben", newHand()))
	if err != nil || kinds(watched.Incident()) != "incident.opened" || watched.Mended() != store.mended {
		t.Errorf("watched: %v, %s", err, kinds(watched.Incident()))
	}
	store.append = func(state.Line) error { return errRigged }
	if s, err := session.Open(t.Context(), store, id, false, config("Ben", newHand())); !errors.Is(err, errRigged) || s == nil {
		t.Errorf("its entry was not recorded, and opening says %v", err)
	}
	store.append = nil
	s, err := session.Open(t.Context(), store, id, false, config("Ben", newHand()))
	if err != nil || kinds(s.Incident()) != "incident.opened log.recovered session.opened" {
		t.Fatalf("%v, %s", err, kinds(s.Incident()))
	}
	if inc, err := write(t, s); err != nil || kinds(inc) != "incident.opened log.recovered session.opened note.added" {
		t.Errorf("%v, %s", err, kinds(inc))
	}
	store.mended = &state.Recovered{Detail: "again"}
	if inc, err := write(t, s); err != nil || !strings.HasSuffix(kinds(inc), "note.added log.recovered note.added") {
		t.Errorf("mended again: %v, %s", err, kinds(inc))
	}
}

// TestNothingIsDoneWhenSomethingFails: whatever fails on the way to the disk, the person
// learns of it, and sees the incident as it was.
func TestNothingIsDoneWhenSomethingFails(t *testing.T) {
	fails := func(what string, rig func(r *rigged, s *session.Session)) {
		t.Helper()
		store := newRigged()
		s := start(t, store, newHand())
		before := s.Incident()
		rig(store, s)
		if inc, err := write(t, s); !errors.Is(err, errRigged) || inc == nil || inc.Head != before.Head {
			t.Errorf("%s: %v", what, err)
		}
	}
	fails("looking for news", func(r *rigged, _ *session.Session) { r.changed = func() (bool, error) { return true, errRigged } })
	fails("looking for news that are not there", func(r *rigged, _ *session.Session) { r.changed = func() (bool, error) { return false, errRigged } })
	fails("reading news", func(r *rigged, _ *session.Session) {
		r.changed, r.entries = func() (bool, error) { return true, nil }, errRigged
	})
	fails("saying who writes", func(r *rigged, _ *session.Session) { r.append = func(state.Line) error { return errRigged } })
	fails("reading news after a conflict", func(r *rigged, _ *session.Session) {
		r.append = func(state.Line) error {
			r.changed = func() (bool, error) { return false, errRigged }
			return state.ErrConflict
		}
	})
	// News that cannot be read because the log is damaged end recording for good.
	store := newRigged()
	s := start(t, store, newHand())
	damage := &state.Damage{Line: 2, What: "cut"}
	store.changed, store.entries = func() (bool, error) { return true, nil }, damage
	if _, err := write(t, s); !errors.Is(err, damage) {
		t.Errorf("damage behind what was read: %v", err)
	}
	store.changed, store.entries = nil, nil
	if !errors.Is(s.Writable(), damage) {
		t.Errorf("it is forgotten: %v", s.Writable())
	}
}

// TestConflictsWithoutEndAreGivenUp: after a hundred tries, and then the log still takes
// what comes.
func TestConflictsWithoutEndAreGivenUp(t *testing.T) {
	store := newRigged()
	s := start(t, store, newHand())
	if _, err := write(t, s); err != nil {
		t.Fatal(err)
	}
	tries := 0
	store.append = func(state.Line) error { tries++; return state.ErrConflict }
	if _, err := write(t, s); !errors.Is(err, state.ErrConflict) || tries != 100 || s.Writable() != nil {
		t.Errorf("after %d tries: %v, %v", tries, err, s.Writable())
	}
	store.append = nil
	if _, err := write(t, s); err != nil {
		t.Error(err)
	}
}

// TestRepeatedThoughItIsTheLast: what landed as the very last entry is found there, and
// not if only another has its number.
func TestRepeatedThoughItIsTheLast(t *testing.T) {
	for _, lands := range []bool{true, false} {
		store := newRigged()
		s := start(t, store, newHand())
		if _, err := write(t, s); err != nil {
			t.Fatal(err)
		}
		note := state.Action{Command: state.AddNote{Text: "once"}}
		log, err := store.Store.Open(t.Context(), s.Incident().ID, false)
		if err != nil {
			t.Fatal(err)
		}
		for range log.Entries(t.Context(), 0) { // to its end, so that it can be appended to
		}
		store.append = func(line state.Line) error {
			if lands {
				if err := log.Append(t.Context(), line); err != nil {
					t.Fatal(err)
				}
			}
			return state.ErrNotSaved
		}
		if _, err := s.Do(t.Context(), note); !errors.Is(err, state.ErrNotSaved) {
			t.Fatal(err)
		}
		store.append = nil
		if _, err := s.Rescue(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		inc, err := s.Do(t.Context(), note)
		if err != nil || strings.Count(kinds(inc), "note.added") != 2 {
			t.Errorf("lands %v: %v, %s", lands, err, kinds(inc))
		}
	}
}

// TestRescueThatFails: the log stays as it was, and its incident is still given.
func TestRescueThatFails(t *testing.T) {
	store := newRigged()
	s := start(t, store, newHand())
	store.rescue = errRigged
	if inc, err := s.Rescue(t.Context(), ""); !errors.Is(err, errRigged) || inc != s.Incident() {
		t.Errorf("%v", err)
	}
	store.rescue = nil
	store.changed = func() (bool, error) { return false, errRigged }
	if inc, err := s.Rescue(t.Context(), ""); !errors.Is(err, errRigged) || inc != s.Incident() {
		t.Errorf("what others wrote cannot be read: %v", err)
	}
	bare := start(t, stalled{statetest.NewMem(), nil, nil}, newHand())
	if inc, err := bare.Rescue(t.Context(), ""); err == nil || inc != bare.Incident() {
		t.Errorf("a store that cannot: %v", err)
	}
	if path, err := bare.Aside(t.Context()); err == nil || path != "" {
		t.Errorf("a store that cannot: %v", err)
	}
}

// TestWhatAStoreDoesNotHave: lines only of a store that hands them out; a hint of a store
// that notes none is kept.
func TestWhatAStoreDoesNotHave(t *testing.T) {
	bare := start(t, stalled{statetest.NewMem(), nil, nil}, newHand())
	if head, kept := bare.Hint(); !kept || head != (state.Head{}) {
		t.Errorf("%v, %v", head, kept)
	}
	if lines, err := bare.Lines(t.Context()); err == nil || lines != nil {
		t.Error("it hands out lines that it does not have")
	}
	store := newRigged()
	s := start(t, store, newHand())
	store.hint = &state.Head{Seq: 9}
	if head, kept := s.Hint(); kept || head.Seq != 9 {
		t.Errorf("%v, %v", head, kept)
	}
	disk, _ := openOnDisk(t)
	lines, err := disk.Lines(t.Context())
	must(t, err)
	n := 0
	for line, err := range lines {
		must(t, err)
		if e := disk.Incident().Log[n]; !strings.Contains(string(line), string(e.Kind)) {
			t.Errorf("line %d is %s", n, line)
		}
		n++
	}
	if n != len(disk.Incident().Log) {
		t.Errorf("%d lines of %d entries", n, len(disk.Incident().Log))
	}
}

// TestClockJumpsAtHalfASecond: 500 ms are none, either way; a machine that does not name
// its boot is not compared.
func TestClockJumpsAtHalfASecond(t *testing.T) {
	for _, c := range []struct {
		by    time.Duration
		boot  string
		jumps bool
	}{
		{500 * time.Millisecond, "b", false}, {501 * time.Millisecond, "b", true}, {-500 * time.Millisecond, "b", false}, {-501 * time.Millisecond, "b", true}, {time.Hour, "", false},
	} {
		clock := newHand()
		clock.id = c.boot
		store := newRigged()
		s := start(t, store, clock)
		if _, err := write(t, s); err != nil {
			t.Fatal(err)
		}
		clock.jump(c.by)
		inc, err := write(t, s)
		if err != nil || strings.Contains(kinds(inc), "clock.step") != c.jumps {
			t.Errorf("by %v: %v, %s", c.by, err, kinds(inc))
		}
		if clock.jump(c.by); c.jumps {
			store.append = func(state.Line) error { return errRigged }
			if _, err := write(t, s); !errors.Is(err, errRigged) {
				t.Errorf("that it jumped was not recorded, and the note's answer is %v", err)
			}
		}
	}
}

// TestKeepingFailsWhole: a file that is too big, a log that takes nothing, or one that
// was rescued meanwhile leave nothing to attach.
func TestKeepingFailsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big")
	must(t, os.WriteFile(path, []byte("x"), 0o600))
	for _, c := range []struct {
		size int64
		want string
	}{{1 << 30, ""}, {1<<30 + 1, "is the most"}} {
		store := newRigged()
		store.Store.(*statetest.Mem).NoFile = errRigged // it is not read
		s := start(t, store, newHand())
		must(t, os.Truncate(path, c.size))
		kept, err := s.Keep(t.Context(), path, nil)
		if kept != (state.AddEvidence{}) || err == nil || errors.Is(err, errRigged) != (c.want == "") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("of %d bytes: %+v, %v", c.size, kept, err)
		}
	}
	must(t, os.Truncate(path, 5))
	store := newRigged()
	s := start(t, store, newHand())
	store.damage = errRigged
	if kept, err := s.Keep(t.Context(), path, nil); !errors.Is(err, errRigged) || kept != (state.AddEvidence{}) {
		t.Errorf("a log that takes nothing: %+v, %v", kept, err)
	}
	late := stalled{statetest.NewMem(), make(chan struct{}), make(chan struct{})}
	r := &rigged{Store: late}
	s = start(t, r, newHand())
	ended := make(chan error)
	go func() {
		kept, err := s.Keep(t.Context(), path, nil)
		if kept != (state.AddEvidence{}) {
			err = nil
		}
		ended <- err
	}()
	<-late.begun
	r.damage = errRigged
	close(late.let)
	if err := <-ended; !errors.Is(err, errRigged) || !strings.Contains(err.Error(), "attach it again") {
		t.Errorf("a log that takes nothing any more: %v", err)
	}
}

// TestScenarioThatIsAnother: what lies beside the log and is not what was sealed is given
// to nobody.
func TestScenarioThatIsAnother(t *testing.T) {
	store := swapped{statetest.NewMem()}
	s := startDrill(t, store, newHand(), scenarioText)
	if _, err := s.KeepText(t.Context(), "scenario.toml", []byte(scenarioText)); err != nil {
		t.Fatal(err)
	}
	if scenario, text, err := s.Scenario(t.Context()); scenario != nil || text != nil || err == nil || !strings.Contains(err.Error(), "is not the one that was sealed") {
		t.Errorf("%v, %q, %v", scenario, text, err)
	}
}

// A swapped store's logs give another file than the one that is asked for.
type swapped struct{ state.Store }

func (s swapped) Create(ctx context.Context, id string, first state.Line) (state.Log, error) {
	log, err := s.Store.Create(ctx, id, first)
	return swappedLog{log}, err
}

type swappedLog struct{ state.Log }

func (swappedLog) Evidence(context.Context, state.Hash) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(scenarioText + "\n")), nil
}

// TestEvidenceStaysBehindOnce: a file that is attached twice is one file.
func TestEvidenceStaysBehindOnce(t *testing.T) {
	s, dir := openOnDisk(t)
	for _, e := range s.Incident().Log {
		if data, ok := e.Data.(*state.EvidenceAdded); ok {
			_, err := s.Do(t.Context(), state.Action{Command: state.AddEvidence{Name: "again.txt", SHA256: data.SHA256, Size: data.Size}})
			must(t, err)
		}
	}
	must(t, os.RemoveAll(filepath.Dir(statetest.LogPath(dir, s.Incident().ID))))
	_, _ = s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "lost"}})
	inc, err := s.Rescue(t.Context(), t.TempDir())
	must(t, err)
	if _, stayed := s.Moved(); len(stayed) != 1 || !strings.Contains(inc.Describe(inc.Log[len(inc.Log)-1]), "1 of its files stayed") {
		t.Errorf("stayed %q", stayed)
	}
}

// TestTellingHowFarItIs: each time that some bytes were read, and never of none.
func TestTellingHowFarItIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(path, []byte("12345"), 0o600))
	s := start(t, statetest.NewMem(), newHand())
	var told [][2]int64
	_, err := s.Keep(t.Context(), path, func(done, all int64) { told = append(told, [2]int64{done, all}) })
	must(t, err)
	if len(told) != 1 || told[0] != [2]int64{5, 5} {
		t.Errorf("it told %v", told)
	}
}

// once is an append that fails the first time, and works from then on.
func once(err error) func(state.Line) error {
	return func(state.Line) error {
		defer func() { err = nil }()
		return err
	}
}

// TestWhatFailsOnceIsNotSkipped: if the log cannot be told of the machine, the action is
// not done, even if it could be recorded; done again, both are.
func TestWhatFailsOnceIsNotSkipped(t *testing.T) {
	store, clock := newRigged(), newHand()
	s := start(t, store, clock)
	store.append = once(errRigged)
	if inc, err := write(t, s); !errors.Is(err, errRigged) || kinds(inc) != "incident.opened" {
		t.Errorf("who writes could not be told: %v, %s", err, kinds(inc))
	}
	if inc, err := write(t, s); err != nil || kinds(inc) != "incident.opened session.opened note.added" {
		t.Errorf("%v, %s", err, kinds(inc))
	}
	clock.jump(time.Hour)
	store.append = once(errRigged)
	if inc, err := write(t, s); !errors.Is(err, errRigged) || !strings.HasSuffix(kinds(inc), "session.opened note.added") {
		t.Errorf("that the clock was set could not be told: %v, %s", err, kinds(inc))
	}
	if inc, err := write(t, s); err != nil || !strings.HasSuffix(kinds(inc), "note.added clock.step note.added") {
		t.Errorf("%v, %s", err, kinds(inc))
	}
	store.mended = &state.Recovered{What: "torn tail"}
	store.append = once(errRigged)
	if inc, err := write(t, s); !errors.Is(err, errRigged) || strings.Contains(kinds(inc), "log.recovered") {
		t.Errorf("the mending could not be told: %v, %s", err, kinds(inc))
	}
	if inc, err := write(t, s); err != nil || !strings.HasSuffix(kinds(inc), "log.recovered note.added") {
		t.Errorf("%v, %s", err, kinds(inc))
	}
	store.append = once(state.ErrNotSaved)
	if inc, err := write(t, s); !errors.Is(err, state.ErrNotSaved) || inc != s.Incident() {
		t.Errorf("%v", err)
	}
	if _, err := write(t, s); !errors.Is(err, state.ErrNotSaved) {
		t.Errorf("the log may have lost an entry, and took another: %v", err)
	}
}

// TestSomebodyWasFaster: between the decision and the disk another starts the step; the
// action is decided again, refused, and leaves no trace.
func TestSomebodyWasFaster(t *testing.T) {
	store, clock := newRigged(), newHand()
	s := start(t, store, clock)
	if _, err := write(t, s); err != nil {
		t.Fatal(err)
	}
	other, err := session.Open(t.Context(), store.Store, s.Incident().ID, false, config("Ben", clock))
	must(t, err)
	store.append = func(state.Line) error {
		store.append = nil
		_, err := other.Do(t.Context(), state.Action{Command: state.StartStep{Step: "a"}})
		must(t, err)
		return state.ErrConflict
	}
	inc, err := s.Do(t.Context(), state.Action{Command: state.StartStep{Step: "a"}})
	if !isRefusal(err, state.AlreadySo) || inc == nil || inc.Head != other.Incident().Head || inc.Step("a").StartedBy != "Ben" {
		t.Errorf("%v", err)
	}
	if inc, err := s.Do(t.Context(), state.Action{Command: state.StartStep{Step: "a"}}); !isRefusal(err, state.AlreadySo) || inc != s.Incident() {
		t.Errorf("refused at once, without the incident: %v", err)
	}
}

// TestOneMachineOpensOnce: a wall clock that drifts a little makes no new session, and
// another person, or way in, does.
func TestOneMachineOpensOnce(t *testing.T) {
	store, clock := newRigged(), newHand()
	s := start(t, store, clock)
	if _, err := write(t, s); err != nil {
		t.Fatal(err)
	}
	clock.jump(300 * time.Millisecond)
	ssh := config("Ada", clock)
	ssh.Via = "ssh"
	for _, c := range []struct {
		config session.Config
		want   int
	}{{config("Ada", clock), 1}, {ssh, 2}, {ssh, 2}, {config("Ben", clock), 3}} {
		again, err := session.Open(t.Context(), store, s.Incident().ID, false, c.config)
		must(t, err)
		inc, err := write(t, again)
		if n := strings.Count(kinds(inc), "session.opened"); err != nil || n != c.want {
			t.Errorf("%s by %s: %d sessions, %v", c.config.Person, c.config.Via, n, err)
		}
	}
}

// TestFilesThatCannotBeKeptOrRead: say so.
func TestFilesThatCannotBeKeptOrRead(t *testing.T) {
	mem := statetest.NewMem()
	mem.NoFile = errRigged
	s := startDrill(t, mem, newHand(), scenarioText)
	if _, err := s.KeepText(t.Context(), "x", []byte("x")); !errors.Is(err, errRigged) {
		t.Errorf("kept: %v", err)
	}
	unread := startDrill(t, unreadable{statetest.NewMem()}, newHand(), scenarioText)
	if scenario, text, err := unread.Scenario(t.Context()); scenario != nil || text != nil || !errors.Is(err, errRigged) {
		t.Errorf("read: %v", err)
	}
}

// An unreadable store's logs have files that cannot be read.
type unreadable struct{ state.Store }

func (u unreadable) Create(ctx context.Context, id string, first state.Line) (state.Log, error) {
	log, err := u.Store.Create(ctx, id, first)
	return unreadableLog{log}, err
}

type unreadableLog struct{ state.Log }

func (unreadableLog) Evidence(context.Context, state.Hash) (io.ReadCloser, error) {
	return io.NopCloser(iotest.ErrReader(errRigged)), nil
}
