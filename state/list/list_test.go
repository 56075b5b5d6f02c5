package list_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/list"
	"muster/state/statetest"
)

// TestAll: open incidents come first, each with what its log says; what a log that has lain
// still says is kept, and counts as long as the log looks the same.
func TestAll(t *testing.T) {
	store, dir := statetest.NewMem(), t.TempDir()
	for _, id := range []string{"2026-11-24-amber-heron", "2026-11-24-blue-kite", "2026-11-24-calm-otter"} {
		log, err := store.Create(t.Context(), id, statetest.Opening(id))
		if err != nil {
			t.Fatal(err)
		}
		if id == "2026-11-24-amber-heron" {
			line := statetest.Next(log.Head(), &state.IncidentClosed{Summary: "over"})
			if err := log.Append(t.Context(), line); err != nil {
				t.Fatal(err)
			}
		}
		log.Close()
	}
	now, size := time.Unix(1e9, 0), int64(1)
	l := list.List{Store: store, Dir: dir, Program: "muster 1", Now: func() time.Time { return now },
		Mark: func(string) (int64, int64) { return size, now.Add(-2 * time.Hour).UnixNano() }}
	rows := func(want string) []list.Row {
		t.Helper()
		all, err := l.All(t.Context())
		var got []string
		for _, row := range all {
			if row.Err != nil {
				t.Error(row.Err)
			}
			got = append(got, strings.TrimPrefix(row.ID, "2026-11-24-")+" "+string(row.Title))
		}
		if text := strings.Join(got, ", "); err != nil || text != want {
			t.Errorf("%s, %v; want %s", text, err, want)
		}
		return all
	}
	const plain = "blue-kite Ransomware, calm-otter Ransomware, amber-heron Ransomware"
	all := rows(plain)
	if head := all[0].Head(); head.RunbookID != "ransomware" || head.Entries != 1 || !head.Closed.IsZero() || all[2].Head().Closed.IsZero() {
		t.Errorf("%+v", head)
	}
	kept := filepath.Join(dir, list.File)
	text, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	forged := strings.ReplaceAll(string(text), `"title":"Ransomware"`, `"title":"Kept"`)
	if err := os.WriteFile(kept, []byte(forged), 0o600); err != nil {
		t.Fatal(err)
	}
	rows(strings.ReplaceAll(plain, "Ransomware", "Kept"))
	l.Program = "muster 2" // computes anew what another one kept
	rows(plain)
	l.Program = "muster 1"
	if err := os.WriteFile(kept, []byte(forged), 0o600); err != nil {
		t.Fatal(err)
	}
	size++ // the logs have grown
	rows(plain)
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	now = time.Unix(0, now.Add(-2*time.Hour).UnixNano()) // they were written this moment
	l.Mark = func(string) (int64, int64) { return size, now.UnixNano() }
	rows(plain)
	if _, err := os.Stat(kept); err == nil {
		t.Error("what may change at any moment is kept")
	}
	open, unread, err := list.Open(t.Context(), store, []string{"2026-11-24-amber-heron", "2026-11-24-blue-kite", "2026-11-24-nobody"})
	if err != nil || len(open) != 1 || open[0] != "2026-11-24-blue-kite" || len(unread) != 1 || unread[0].ID != "2026-11-24-nobody" {
		t.Errorf("open are %v, not read %v, %v", open, unread, err)
	}
}

// A shelf is a store whose logs can be looked at, and that counts how often one is read.
type shelf struct {
	state.Store
	ended, plain string // of these ids
	read         int
}

func (s *shelf) Ended(id string) bool { return strings.Contains(s.ended, id) }
func (s *shelf) Runs(id string) bool  { return strings.Contains(s.plain, id) }
func (s *shelf) Open(ctx context.Context, id string, readOnly bool) (state.Log, error) {
	s.read++
	return s.Store.Open(ctx, id, readOnly)
}

// TestOnlyOne: the only log that may be open is not read to find it, for it is read to be
// opened; what is not plain is.
func TestOnlyOne(t *testing.T) {
	mem := statetest.NewMem()
	for _, id := range []string{"2026-11-24-amber-heron", "2026-11-24-blue-kite"} {
		log, err := mem.Create(t.Context(), id, statetest.Opening(id))
		if err != nil {
			t.Fatal(err)
		}
		log.Close()
	}
	for _, test := range []struct {
		ended, plain string
		open, read   int
	}{
		{"2026-11-24-amber-heron", "2026-11-24-blue-kite", 1, 0},
		{"2026-11-24-amber-heron", "", 1, 1},
		{"", "2026-11-24-amber-heron 2026-11-24-blue-kite", 2, 2},
	} {
		s := &shelf{Store: mem, ended: test.ended, plain: test.plain}
		open, unread, err := list.Open(t.Context(), s, []string{"2026-11-24-amber-heron", "2026-11-24-blue-kite"})
		if len(open) != test.open || s.read != test.read || open[len(open)-1] != "2026-11-24-blue-kite" || unread != nil || err != nil {
			t.Errorf("%+v: %v, %v, %v; read %d times", test, open, unread, err, s.read)
		}
	}
}
