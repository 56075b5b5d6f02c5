package session_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
	"muster/state/statetest"
)

// openOnDisk starts an incident with a note, a file and another note in a folder.
func openOnDisk(t *testing.T) (s *session.Session, dir string) {
	t.Helper()
	dir = t.TempDir()
	s = start(t, filelog.Open(dir), newHand())
	t.Cleanup(func() { s.Close() })
	note(t, s, "the first note")
	photo := filepath.Join(t.TempDir(), "photo.txt")
	must(t, os.WriteFile(photo, []byte("a picture"), 0o600))
	evidence, err := s.Keep(t.Context(), photo, nil)
	must(t, err)
	_, err = s.Do(t.Context(), state.Action{Command: evidence})
	must(t, err)
	note(t, s, "the second note")
	return s, dir
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func note(t *testing.T, s *session.Session, text string) {
	t.Helper()
	_, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: text}})
	must(t, err)
}

// encrypt changes the log in place, and leaves its size as it is.
func encrypt(t *testing.T, dir, id string) {
	t.Helper()
	path := statetest.LogPath(dir, id)
	content, err := os.ReadFile(path)
	must(t, err)
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	defer file.Close()
	_, err = file.Write(bytes.Repeat([]byte{0xa5}, len(content)))
	must(t, err)
}

// TestChangeIsSeenWithinASecond: by two screens that only look, while nobody writes.
func TestChangeIsSeenWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, dir := openOnDisk(t)
		other, err := session.Open(t.Context(), filelog.Open(dir), s.Incident().ID, false, config("Bo", newHand()))
		must(t, err)
		defer other.Close()
		encrypt(t, dir, s.Incident().ID)
		for _, s := range []*session.Session{s, other} {
			ctx, stop := context.WithTimeout(t.Context(), 1100*time.Millisecond)
			_, err := s.Wait(ctx, s.Incident().Head.Seq)
			stop()
			if !errors.Is(err, state.ErrChanged) || !errors.Is(s.Writable(), state.ErrChanged) {
				t.Errorf("a second later: %v, Writable %v", err, s.Writable())
			}
		}
		// The first rescues it; the second goes on by itself, and is told so.
		_, err = s.Rescue(t.Context(), "")
		must(t, err)
		_, err = other.Wait(t.Context(), other.Incident().Head.Seq)
		must(t, err)
		note(t, other, "from the second screen")
		if got := other.Incident().Log; len(got) < 8 || got[5].Kind != "log.recovered" {
			t.Errorf("the second screen has %s", kinds(other.Incident()))
		}
	})
}

// TestRescueBelowAnotherFolder: what is in memory goes on where a state directory has
// its incidents, with its evidence, and an entry says what happened.
func TestRescueBelowAnotherFolder(t *testing.T) {
	s, dir := openOnDisk(t)
	id := s.Incident().ID
	must(t, os.Rename(statetest.LogPath(dir, id), statetest.LogPath(dir, id)+".locked"))
	_, err := s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "lost"}})
	if !errors.Is(err, state.ErrChanged) {
		t.Fatalf("a note in a log that is gone: %v", err)
	}
	usb := t.TempDir()
	inc, err := s.Rescue(t.Context(), usb)
	must(t, err)
	last := inc.Log[len(inc.Log)-1]
	if moved, stayed := s.Moved(); moved != usb || len(stayed) != 0 || last.Kind != "log.recovered" || !strings.Contains(inc.Describe(last), usb) {
		t.Errorf("moved to %q, stayed %q: %s", moved, stayed, inc.Describe(last))
	}
	note(t, s, "lost no more")
	again, err := session.Open(t.Context(), filelog.Open(usb), id, true, config("Bo", newHand()))
	must(t, err)
	defer again.Close()
	if again.Incident().Head != s.Incident().Head {
		t.Errorf("the folder has %s", kinds(again.Incident()))
	}
	kept, err := os.ReadDir(filepath.Join(filepath.Dir(statetest.LogPath(usb, id)), "evidence"))
	if err != nil || len(kept) != 1 {
		t.Errorf("evidence: %v, %v", kept, err)
	}
}

// TestStayedBehind: evidence that cannot be brought along is named, in the entry too.
func TestStayedBehind(t *testing.T) {
	s, dir := openOnDisk(t)
	must(t, os.RemoveAll(filepath.Dir(statetest.LogPath(dir, s.Incident().ID))))
	_, _ = s.Do(t.Context(), state.Action{Command: state.AddNote{Text: "lost"}})
	inc, err := s.Rescue(t.Context(), t.TempDir())
	must(t, err)
	_, stayed := s.Moved()
	if len(stayed) != 1 || !strings.Contains(stayed[0], "photo.txt") || !strings.Contains(inc.Describe(inc.Log[len(inc.Log)-1]), "photo.txt") {
		t.Errorf("stayed %q: %s", stayed, inc.Describe(inc.Log[len(inc.Log)-1]))
	}
}

// TestAside: what only this screen has is written into a file, which can be gone on
// with in another folder.
func TestAside(t *testing.T) {
	s, dir := openOnDisk(t)
	encrypt(t, dir, s.Incident().ID)
	path, err := s.Aside(t.Context())
	must(t, err)
	copied, err := session.Open(t.Context(), filelog.File(path), path, true, config("Bo", newHand()))
	must(t, err)
	defer copied.Close()
	if copied.Incident().Head != s.Incident().Head {
		t.Fatalf("aside lie %s", kinds(copied.Incident()))
	}
	usb := t.TempDir()
	_, err = copied.Rescue(t.Context(), usb)
	must(t, err)
	note(t, copied, "and on")
	if ids, err := filelog.Open(usb).List(t.Context()); err != nil || len(ids) != 1 || ids[0] != s.Incident().ID {
		t.Errorf("the folder lists %q, %v", ids, err)
	}
}
