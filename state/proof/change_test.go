package proof

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
	"muster/state/statetest"
)

// A change is what something that is no muster does to a log's file while screens have
// it open. older is what the file was before the last entries.
type change struct {
	what string
	do   func(path string, older []byte, roll *mathrand.Rand) error
}

// The changes. None of them takes the lock.
func changes() []change {
	inPlace := func(path string, content []byte, at int64) error {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = file.WriteAt(content, at)
		return err
	}
	instead := func(path string, content []byte) error {
		if err := os.WriteFile(path+"~", content, 0o600); err != nil {
			return err
		}
		return os.Rename(path+"~", path)
	}
	noise := func(n int, roll *mathrand.Rand) []byte {
		content := make([]byte, n)
		for i := range content {
			content[i] = byte(roll.Uint32())
		}
		return content
	}
	return []change{
		{"encrypted in place, size kept", func(path string, _ []byte, roll *mathrand.Rand) error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			return inPlace(path, noise(int(info.Size()), roll), 0)
		}},
		{"encrypted in place, longer", func(path string, _ []byte, roll *mathrand.Rand) error {
			return os.WriteFile(path, noise(9000, roll), 0o600)
		}},
		{"encrypted into another file", func(path string, _ []byte, roll *mathrand.Rand) error {
			return errors.Join(os.WriteFile(path+".locked", noise(9000, roll), 0o600), os.Remove(path))
		}},
		{"a few bytes changed in place", func(path string, older []byte, roll *mathrand.Rand) error {
			return inPlace(path, noise(3, roll), roll.Int64N(int64(len(older)-3)))
		}},
		{"replaced by rename", func(path string, _ []byte, roll *mathrand.Rand) error { return instead(path, noise(5000, roll)) }},
		{"rolled back in place", func(path string, older []byte, _ *mathrand.Rand) error { return os.WriteFile(path, older, 0o600) }},
		{"rolled back by rename", func(path string, older []byte, _ *mathrand.Rand) error { return instead(path, older) }},
		{"truncated", func(path string, older []byte, roll *mathrand.Rand) error {
			return os.Truncate(path, roll.Int64N(int64(len(older))))
		}},
		{"the folder renamed", func(path string, _ []byte, _ *mathrand.Rand) error {
			return os.Rename(filepath.Dir(path), filepath.Dir(path)+"-gone")
		}},
		{"the folder removed", func(path string, _ []byte, _ *mathrand.Rand) error { return os.RemoveAll(filepath.Dir(path)) }},
	}
}

// TestChanges prints the table of what is done to a log under one and two open
// screens, at any moment around their writes. Both must say so within about a second of
// the next look, and what they acknowledged must be in the log that they rescue: in its
// place or, if that cannot be, in another folder.
func TestChanges(t *testing.T) {
	roll := dice(t)
	var rows []*row
	for _, c := range changes() {
		for screens := 1; screens <= 2; screens++ {
			r := &row{fault: fmt.Sprintf("%s, under %d", c.what, screens), by: "session"}
			rows = append(rows, r)
			t.Run(r.fault, func(t *testing.T) {
				var all sync.WaitGroup
				var mu sync.Mutex // guards r
				slots := make(chan struct{}, 16)
				for range times(3, 60) {
					own := mathrand.New(mathrand.NewPCG(roll.Uint64(), 0))
					slots <- struct{}{}
					all.Go(func() {
						defer func() { <-slots }()
						tryChange(t, &mu, r, c, screens, own)
					})
				}
				all.Wait()
			})
		}
	}
	fmt.Print(faultTable(rows))
}

// A watcher is one screen in a trial.
type watcher struct {
	name string
	s    *session.Session
	dir  string // the state directory that it goes on in
}

// tryChange has screens record, changes the log, and lets them rescue what they have.
func tryChange(t *testing.T, mu *sync.Mutex, r *row, c change, screens int, roll *mathrand.Rand) {
	dir, err := os.MkdirTemp("", "muster-change-")
	if err != nil {
		t.Error(err)
		return
	}
	defer os.RemoveAll(dir)
	own := filepath.Join(dir, "state")
	first, err := startIn(own)
	if err != nil {
		t.Error(err)
		return
	}
	id := first.Incident().ID
	path := statetest.LogPath(own, id)
	var l ledger
	all := []*watcher{{"one", first, own}}
	all[0].record(&l, 0, 4)
	older, _ := os.ReadFile(path)
	all[0].record(&l, 4, 7)
	if screens == 2 {
		s, err := session.Open(context.Background(), filelog.Open(own), id, false, proofConfig("Ben"))
		if err != nil {
			t.Error(err)
			return
		}
		all = append(all, &watcher{"two", s, own})
	}
	pause := time.Duration(roll.IntN(4000)) * time.Microsecond
	var busy sync.WaitGroup
	for _, w := range all {
		busy.Go(func() { w.record(&l, 7, 20) })
	}
	time.Sleep(pause) // the moment is the point: anywhere in or between writes
	err = c.do(path, older, roll)
	busy.Wait()
	var late []string
	for i, w := range all {
		late = append(late, w.seesAndRescues(filepath.Join(dir, fmt.Sprint("usb", i)))...)
		w.record(&l, 20, 22)
		w.s.Close()
	}
	mu.Lock()
	defer mu.Unlock()
	r.tries++
	if err != nil {
		t.Error(err)
	}
	for _, what := range late {
		r.wrongly(t, "%s", what)
	}
	r.hold(t, &l, notesOf(t, r, id, all), 2*screens)
}

// seesAndRescues waits until the screen says that the log was changed, rescues it, and
// says what went wrong.
func (w *watcher) seesAndRescues(usb string) (wrong []string) {
	patience := time.Minute // it is to be seen within a second; a busy machine is no fault
	if w.name == "two" {
		patience = 4 * time.Second
	}
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	var err error
	for err == nil && !errors.Is(w.s.Writable(), state.ErrNotSaved) {
		_, err = w.s.Wait(ctx, w.s.Incident().Head.Seq)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		if w.name == "two" {
			return nil // the first has rescued it before this one looked, with all it has
		}
		return []string{"the change was not seen"}
	}
	if _, err = w.s.Rescue(context.Background(), ""); err == nil {
		return nil
	}
	if _, elsewhere := w.s.Rescue(context.Background(), usb); elsewhere != nil {
		return []string{fmt.Sprintf("no rescue: %v; %v", err, elsewhere)}
	}
	w.dir = usb
	return nil
}

// record records notes by number, and enters what was said of each.
func (w *watcher) record(l *ledger, from, to int) {
	for n := from; n < to; n++ {
		text := fmt.Sprint(w.name, "-", n)
		_, err := w.s.Do(context.Background(), state.Action{Command: state.AddNote{Text: text}})
		switch {
		case err == nil:
			l.enter(text, saved)
		case errors.Is(err, state.ErrNotSaved):
			l.enter(text, unsaved)
		default:
			l.enter(text, refused)
		}
	}
}

// notesOf are the notes in the logs that the screens go on in. Each must be whole.
func notesOf(t *testing.T, r *row, id string, all []*watcher) map[string]int {
	notes := make(map[string]int)
	for _, w := range all {
		report, err := filelog.Open(w.dir).Verify(context.Background(), id, nil)
		switch {
		case err != nil:
		case report.Damage != nil:
			err = report.Damage
		case report.Torn > 0:
			err = fmt.Errorf("%d torn bytes", report.Torn)
		}
		found, readErr := notesIn(report.Path)
		if err = errors.Join(err, readErr); err != nil {
			r.broken++
			t.Errorf("%s: %v", r.fault, err)
		}
		for text, n := range found {
			notes[text] = max(notes[text], n)
		}
	}
	return notes
}

func proofConfig(person string) session.Config {
	return session.Config{Person: person, Via: "local", Program: "muster proof", Host: "proof", Clock: session.System{}, Random: rand.Reader}
}

// startIn starts an incident in a state directory.
func startIn(dir string) (*session.Session, error) { return startOn(filelog.Open(dir)) }

func startOn(store state.Store) (*session.Session, error) {
	const book = "title = \"Book\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"A\"\n"
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	return session.Create(context.Background(), store, state.OpenIncident{Mode: state.Live, Runbook: doc}, time.Time{}, proofConfig("Ada"))
}
