package session_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/state/session"
	"muster/state/statetest"
)

// A hand is a clock that is set by hand.
type hand struct {
	mu   sync.Mutex
	now  time.Time
	boot time.Duration
	id   string
	off  bool // it is not synchronised
}

func (h *hand) Now() time.Time           { h.mu.Lock(); defer h.mu.Unlock(); return h.now }
func (h *hand) SinceBoot() time.Duration { h.mu.Lock(); defer h.mu.Unlock(); return h.boot }
func (h *hand) BootID() string           { return h.id }
func (h *hand) Synced() string {
	if h.off {
		return "no"
	}
	return "yes"
}
func (h *hand) Zone() string { return "+01:00 Europe/Berlin" }

// pass lets time go by; jump sets the wall clock.
func (h *hand) pass(d time.Duration) { h.now, h.boot = h.now.Add(d), h.boot+d }
func (h *hand) jump(d time.Duration) { h.now = h.now.Add(d) }

func newHand() *hand {
	return &hand{now: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), boot: time.Hour, id: "boot-1"}
}

// dice are random numbers that come in the same order every time.
type dice struct{ n byte }

func (d *dice) Read(p []byte) (int, error) {
	for i := range p {
		d.n++
		p[i] = d.n
	}
	return len(p), nil
}

const book = "title = \"Book\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"a\"\ntitle = \"A\"\n[[phase.step]]\nid = \"b\"\ntitle = \"B\"\n"

func config(person string, clock session.Clock) session.Config {
	return session.Config{Person: person, Via: "local", Program: "muster test", Host: "host", Clock: clock, Random: &dice{}}
}

func start(t *testing.T, store state.Store, clock session.Clock) *session.Session {
	t.Helper()
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	s, err := session.Create(t.Context(), store, state.OpenIncident{Mode: state.Live, Runbook: doc}, time.Time{}, config("Ada", clock))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func kinds(inc *state.Incident) string {
	var words []string
	for _, e := range inc.Log {
		words = append(words, string(e.Kind))
	}
	return strings.Join(words, " ")
}

func TestDo(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	s := start(t, store, clock)
	clock.pass(time.Minute)
	before := s.Incident()
	inc, err := s.Do(t.Context(), state.Action{Command: state.StartStep{Step: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	if want := "incident.opened session.opened step.started"; kinds(inc) != want {
		t.Errorf("the log has %s, want %s", kinds(inc), want)
	}
	if len(before.Log) != 1 || before.Step("a").Status != state.Todo {
		t.Error("an incident that was published has changed")
	}
	if _, err := s.Do(t.Context(), state.Action{Command: state.StartStep{Step: "a"}}); !isRefusal(err, state.AlreadySo) {
		t.Errorf("starting twice: %v", err)
	}
	again, err := session.Open(t.Context(), store, inc.ID, false, config("Ada", clock))
	if err != nil {
		t.Fatal(err)
	}
	if again.Incident().Head != inc.Head || again.Incident().Step("a").Status != state.Active {
		t.Errorf("read again: %+v", again.Incident().Head)
	}
	if _, err := again.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); err != nil {
		t.Fatal(err)
	}
	if want := "incident.opened session.opened step.started step.done"; kinds(again.Incident()) != want {
		t.Errorf("the same person on the same machine: %s", kinds(again.Incident()))
	}
}

// TestDoDecidesOnce: an action is decided anew only when the log grew in between; each
// time it is, it takes new salts.
func TestDoDecidesOnce(t *testing.T) {
	clock, thrown := newHand(), new(dice)
	c := config("Ada", clock)
	c.Random = thrown
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	s, err := session.Create(t.Context(), statetest.NewMem(), state.OpenIncident{Mode: state.Live, Runbook: doc}, time.Time{}, c)
	if err != nil {
		t.Fatal(err)
	}
	const salts = byte(len(state.Salts{}) * len(state.Salt{}))
	for i, want := range []byte{3 * salts, salts, salts} { // the first also opens the session, which the action then follows
		before := thrown.n
		if _, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "x"}}); err != nil {
			t.Fatal(err)
		}
		if got := thrown.n - before; got != want {
			t.Errorf("action %d took %d random bytes, not %d", i+1, got, want)
		}
	}
}

func isRefusal(err error, reason state.Reason) bool {
	var refusal *state.Refusal
	return errors.As(err, &refusal) && refusal.Reason == reason
}

// TestRefusedLeavesNoTrace: not even that a session was opened.
func TestRefusedLeavesNoTrace(t *testing.T) {
	s := start(t, statetest.NewMem(), newHand())
	if _, err := s.Do(t.Context(), state.Action{Command: state.SkipStep{Step: "a"}}); !isRefusal(err, state.Missing) {
		t.Fatal(err)
	}
	if kinds(s.Incident()) != "incident.opened" {
		t.Error(kinds(s.Incident()))
	}
}

// TestTwoOnOneStep: one wins, the other is told by whom and when.
func TestTwoOnOneStep(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	ada := start(t, store, clock)
	ben, err := session.Open(t.Context(), store, ada.Incident().ID, false, config("Ben", clock))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ada.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); err != nil {
		t.Fatal(err)
	}
	_, err = ben.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}})
	if !isRefusal(err, state.AlreadySo) || !strings.Contains(err.Error(), "done by Ada at 03:00") {
		t.Errorf("Ben is told %v", err)
	}
	if ben.Incident().Step("a").DoneBy != "Ada" {
		t.Error("Ben does not see what Ada did")
	}
}

// TestManyAtOnce: every acknowledged action is there once, whatever the store does.
func TestManyAtOnce(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	first := start(t, store, clock)
	store.Conflicts, store.Unsure = 3, true
	var wg sync.WaitGroup
	for _, person := range []string{"Ben", "Cleo", "Dan", "Eve"} {
		wg.Go(func() {
			s, err := session.Open(t.Context(), store, first.Incident().ID, false, config(person, clock))
			if err != nil {
				t.Error(err)
				return
			}
			for range 25 {
				if _, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: person}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	read, err := session.Open(t.Context(), store, first.Incident().ID, true, config("", clock))
	if err != nil {
		t.Fatal(err)
	}
	notes := make(map[string]int)
	for _, e := range read.Incident().Log {
		if note, ok := e.Data.(*state.NoteAdded); ok {
			notes[note.Text]++
		}
	}
	for person, n := range notes {
		if n != 25 {
			t.Errorf("%s: %d notes of 25", person, n)
		}
	}
	if len(notes) != 4 {
		t.Errorf("notes of %d persons", len(notes))
	}
}

// TestClockJump: a clock that is set leaves an entry; time that passes does not.
func TestClockJump(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	s := start(t, store, clock)
	note := func() *state.Incident {
		inc, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "x"}})
		if err != nil {
			t.Fatal(err)
		}
		return inc
	}
	note()
	clock.pass(3 * time.Hour)
	if inc := note(); strings.Contains(kinds(inc), "clock.step") {
		t.Error("time passed, and the log says that the clock was set")
	}
	clock.jump(400 * time.Millisecond)
	if inc := note(); strings.Contains(kinds(inc), "clock.step") {
		t.Error("400 ms are no jump")
	}
	clock.jump(-time.Hour)
	inc := note()
	step, ok := inc.Log[len(inc.Log)-2].Data.(*state.ClockStepped)
	if !ok || step.ByMillis != -3_599_600 {
		t.Fatalf("the clock was set back by an hour: %s %+v", kinds(inc), step)
	}
	if inc := note(); inc.Log[len(inc.Log)-2].Kind != state.KindNoteAdded {
		t.Error("one jump, two entries")
	}
	// A second process on the same boot compares with what the first recorded.
	clock.jump(2 * time.Hour)
	other, err := session.Open(t.Context(), store, inc.ID, false, config("Ben", clock))
	if err != nil {
		t.Fatal(err)
	}
	last, err := other.Do(t.Context(), state.Action{Command: state.AddNote{Text: "y"}})
	if err != nil || !strings.HasSuffix(kinds(last), "clock.step session.opened note.added") {
		t.Errorf("%s, %v", kinds(last), err)
	}
}

// TestBootIsNotTold: a log tells boots apart, and not which of a machine's it was nor when that
// began; another log names the same boot otherwise. A log that names it as builds before the
// first release did goes on from there.
func TestBootIsNotTold(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	clock.id = "6f1c2a54-boot"
	names := make(map[string]bool)
	for range 2 {
		inc, err := start(t, store, clock).Do(t.Context(), state.Action{Command: state.AddNote{Text: "x"}})
		if err != nil {
			t.Fatal(err)
		}
		opened, ok := inc.Log[1].Data.(*state.SessionOpened)
		at := clock.now.Add(-clock.boot).UnixMilli()
		if !ok || opened.Boot == "" || strings.Contains(opened.Boot, "6f1c2a54") || names[opened.Boot] || opened.BootAt == at || state.TellsBoot(&inc.Log[1]) {
			t.Errorf("the log has %+v", opened)
		}
		names[opened.Boot] = true
	}
	s := start(t, store, clock)
	before := state.OpenSession{Program: "muster", Host: "desk", Boot: clock.id, Synced: "yes", BootAt: clock.now.Add(-clock.boot).UnixMilli()}
	if _, err := s.Do(t.Context(), state.Action{Command: before}); err != nil {
		t.Fatal(err)
	}
	clock.jump(time.Hour)
	other, err := session.Open(t.Context(), store, s.Incident().ID, false, config("Ben", clock))
	if err != nil {
		t.Fatal(err)
	}
	inc, err := other.Do(t.Context(), state.Action{Command: state.AddNote{Text: "y"}})
	if err != nil || !strings.Contains(kinds(inc), "clock.step") {
		t.Errorf("that the clock was set is not said: %s, %v", kinds(inc), err)
	}
}

// TestClockSetBetweenSessions: whoever sets the clock back between two sessions, by hand
// and with the synchronisation off, makes no log that contradicts itself, and the log says
// by how much where it can be known, and between which entries where it cannot.
func TestClockSetBetweenSessions(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*hand)
		want   string
	}{
		"on one boot":             {func(h *hand) { h.off = true }, "the clock was set by -3600.000 s"},
		"on one boot, and nobody": {func(*hand) {}, "the clock was set by -3600.000 s"},
		"with a restart":          {func(h *hand) { h.id, h.boot = "boot-2", time.Minute }, "the clock was set back by 59m50s between entries"},
		"where no boot is told":   {func(h *hand) { h.id, h.off = "", true }, "the clock was set back by 59m50s between entries"},
	} {
		store, clock := statetest.NewMem(), newHand()
		s := start(t, store, clock)
		note(t, s, "before")
		clock.pass(10 * time.Second)
		clock.jump(-time.Hour)
		c.change(clock)
		again, err := session.Open(t.Context(), store, s.Incident().ID, false, config("Ada", clock))
		must(t, err)
		note(t, again, "after")
		inc := again.Incident()
		var said strings.Builder
		for _, e := range inc.Log {
			said.WriteString(inc.Describe(e) + "\n")
		}
		if !strings.Contains(said.String(), c.want) {
			t.Errorf("%s: nothing says %q:\n%s", name, c.want, &said)
		}
		found, err := state.Contradictions(func(yield func(state.Entry, error) bool) {
			for _, e := range inc.Log {
				if !yield(e, nil) {
					return
				}
			}
		})
		if len(found) > 0 || err != nil {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

// TestNotSaved: what was not saved is not shown as done, nothing more is taken, and
// a rescue carries on.
func TestNotSaved(t *testing.T) {
	for _, lands := range []bool{false, true} {
		store, clock := statetest.NewMem(), newHand()
		s := start(t, store, clock)
		if _, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "saved"}}); err != nil {
			t.Fatal(err)
		}
		store.Unsaved, store.Lands = 1, lands
		inc, err := s.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}})
		if !errors.Is(err, state.ErrNotSaved) || inc.Step("a").Status == state.Done {
			t.Fatalf("not saved: %v, shown as %s", err, inc.Step("a").Status)
		}
		store.Unsaved = 0
		if _, err := s.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); !errors.Is(err, state.ErrNotSaved) {
			t.Errorf("a log that failed took another entry: %v", err)
		}
		if s.Writable() == nil {
			t.Error("it says that it is writable")
		}
		inc, err = s.Rescue(t.Context(), "")
		if err != nil || s.Writable() != nil {
			t.Fatalf("rescue: %v, %v", err, s.Writable())
		}
		if !strings.HasSuffix(kinds(inc), "note.added log.recovered") || inc.Step("a").Status == state.Done {
			t.Errorf("lands %v: after the rescue %s", lands, kinds(inc))
		}
		if inc, err = s.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); err != nil || inc.Step("a").Status != state.Done {
			t.Errorf("after the rescue: %v", err)
		}
	}
}

// TestRescueKeepsWhatLanded: an entry that reached the medium after all, and that
// others may have seen, is there after the rescue.
func TestRescueKeepsWhatLanded(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	s := start(t, store, clock)
	store.Unsaved, store.Lands, store.Keeps = 1, true, true
	if _, err := s.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); !errors.Is(err, state.ErrNotSaved) {
		t.Fatal(err)
	}
	store.Unsaved = 0
	inc, err := s.Rescue(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(kinds(inc), string(state.KindSessionOpened)); n != 1 || inc.Log[1].Kind != state.KindSessionOpened {
		t.Errorf("what landed is not there once: %s", kinds(inc))
	}
}

// TestRepeatedOnce: what was not acknowledged and landed all the same is repeated
// by the person, and is in the log once; what did not land, too. Only the very next
// action is taken for a repetition.
func TestRepeatedOnce(t *testing.T) {
	note := state.Action{Command: state.AddNote{Text: "the helpdesk has 40 calls"}}
	for _, lands := range []bool{false, true} {
		store, clock := statetest.NewMem(), newHand()
		s := start(t, store, clock)
		if _, err := s.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); err != nil {
			t.Fatal(err)
		}
		store.Unsaved, store.Lands, store.Keeps = 1, lands, true
		if _, err := s.Do(t.Context(), note); !errors.Is(err, state.ErrNotSaved) {
			t.Fatal(err)
		}
		if _, err := s.Rescue(t.Context(), ""); !errors.Is(err, state.ErrNotSaved) {
			t.Fatalf("the rescue's own entry cannot be saved, and Rescue says %v", err)
		}
		store.Unsaved = 0
		if _, err := s.Rescue(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		for want := 1; want <= 2; want++ {
			inc, err := s.Do(t.Context(), note)
			if n := strings.Count(kinds(inc), string(state.KindNoteAdded)); err != nil || n != want {
				t.Errorf("lands %v: asked for %d times after the rescue, it is there %d times: %v", lands, want, n, err)
			}
		}
	}
}

// TestBusyIsNoFailure: an append that found the log busy can be tried again.
func TestBusyIsNoFailure(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	s := start(t, store, clock)
	store.Busy = 1
	if _, err := s.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); err == nil {
		t.Fatal("a busy log took an entry")
	}
	store.Busy = 0
	if inc, err := s.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); err != nil || inc.Step("a").Status != state.Done {
		t.Errorf("tried again: %v", err)
	}
}

// TestWait: what another session writes is seen without asking for it.
func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, clock := statetest.NewMem(), newHand()
		ada := start(t, store, clock)
		watcher, err := session.Open(t.Context(), store, ada.Incident().ID, true, config("", clock))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := watcher.Do(t.Context(), state.Action{Command: state.AddNote{Text: "x"}}); !errors.Is(err, state.ErrReadOnly) {
			t.Errorf("a watcher wrote: %v", err)
		}
		began := time.Now()
		seen := make(chan time.Duration)
		go func() {
			inc, err := watcher.Wait(t.Context(), 1)
			if err != nil || inc.Head.Seq < 2 {
				t.Errorf("seen: %v, %v", inc.Head, err)
			}
			seen <- time.Since(began)
		}()
		if _, err := ada.Do(t.Context(), state.Action{Command: state.DoStep{Step: "a"}}); err != nil {
			t.Fatal(err)
		}
		if took := <-seen; took > time.Second {
			t.Errorf("seen after %v", took)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := watcher.Wait(ctx, 99); !errors.Is(err, context.Canceled) {
			t.Errorf("a wait that was called off: %v", err)
		}
	})
}

func TestKeep(t *testing.T) {
	s := start(t, statetest.NewMem(), newHand())
	path := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(path, []byte("proof"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Keep(t.Context(), path, nil)
	if err != nil || kept.Name != "note.txt" || kept.Size != 5 || kept.SHA256 != state.Sum([]byte("proof")) {
		t.Fatalf("%+v, %v", kept, err)
	}
	if _, err := s.Do(t.Context(), state.Action{Command: kept}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep(t.Context(), filepath.Dir(path), nil); err == nil {
		t.Error("a folder was kept as evidence")
	}
	if _, err := s.Keep(t.Context(), path+"x", nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestIDTaken: an id that exists is not taken twice.
func TestIDTaken(t *testing.T) {
	store, clock := statetest.NewMem(), newHand()
	first, second := start(t, store, clock), start(t, store, clock)
	if first.Incident().ID == second.Incident().ID {
		t.Error("two incidents of one id")
	}
}
