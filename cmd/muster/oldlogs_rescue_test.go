package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
	"muster/state/statetest"
)

// TestOldLogsAreRescued: a log that an earlier build wrote, or a copy with parts withheld,
// that is encrypted in place under an open session is rescued from memory byte for byte,
// at once, in place and below another folder; and written aside.
func TestOldLogsAreRescued(t *testing.T) {
	for name := range oldHeads {
		for _, to := range []string{"in place", "elsewhere", "aside"} {
			t.Run(name+" "+to, func(t *testing.T) {
				t.Parallel()
				ctx := context.Background()
				want, err := os.ReadFile(filepath.Join("testdata", "logs", name+".jsonl"))
				if err != nil {
					t.Fatal(err)
				}
				s, dir := keptAsIncident(t, want)
				id := s.Incident().ID
				path := statetest.LogPath(dir, id)
				if err := os.WriteFile(path, bytes.Repeat([]byte("x"), len(want)), 0o600); err != nil {
					t.Fatal(err)
				}
				switch to {
				case "aside":
					path, err = s.Aside(ctx)
				case "elsewhere":
					dir = t.TempDir()
					path = statetest.LogPath(dir, id)
					_, err = s.Rescue(ctx, dir)
				default:
					_, err = s.Rescue(ctx, "")
				}
				if err != nil {
					t.Fatal(err)
				}
				got, err := os.ReadFile(path)
				if err != nil || !bytes.HasPrefix(got, want) {
					t.Fatalf("what was rescued is not what was there: %v", err)
				}
				if report, err := filelog.File(path).Verify(ctx, nil); err != nil || report.Damage != nil || report.Torn != 0 || report.Unended {
					t.Errorf("it does not verify: %+v, %v", report, err)
				}
			})
		}
	}
}

// keptAsIncident opens a log that lies where an incident of a new state folder does.
func keptAsIncident(t *testing.T, log []byte) (s *session.Session, dir string) {
	t.Helper()
	first, _, _ := bytes.Cut(log, []byte("\n"))
	opening, err := state.Decode(first)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	id := opening.Data.(*state.IncidentOpened).ID
	path := statetest.LogPath(dir, id)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, log, 0o600); err != nil {
		t.Fatal(err)
	}
	config := session.Config{Person: "Ada", Via: "local", Program: "muster test", Host: "test", Clock: session.System{}, Random: rand.Reader}
	if s, err = session.Open(context.Background(), filelog.Open(dir), id, false, config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, dir
}
