package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestKilled kills processes at random moments while they write into one log. Every
// note that was acknowledged, by its line on standard output, is in the log exactly
// once; no other is there twice; and the log is whole.
func TestKilled(t *testing.T) {
	const writers, notes = 4, 60
	s := newShell(t)
	s.write(t, "r.toml", []byte("title = \"Fire\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\n"))
	s.must(t, "muster start r.toml")
	before := time.Now()
	s.must(t, "muster note 'how long one takes here'")
	longest := 2 * time.Since(before)
	said := make([][]bool, writers)
	var wait sync.WaitGroup
	for w := range writers {
		said[w] = make([]bool, notes)
		wait.Go(func() {
			chance := rand.New(rand.NewPCG(uint64(w), 1))
			for n := range notes {
				said[w][n] = s.noteAndKill(t, fmt.Sprintf("note %d/%d.", w, n), time.Duration(chance.Int64N(int64(longest))))
			}
		})
	}
	wait.Wait()

	log := s.must(t, "muster note 'the end'; muster verify; muster log")
	if !strings.Contains(log, "integrity     GOOD") {
		t.Fatalf("the log is broken:\n%s", log)
	}
	killed := 0
	for w := range writers {
		for n := range notes {
			found := strings.Count(log, fmt.Sprintf("note %d/%d.", w, n))
			if said[w][n] && found != 1 || found > 1 {
				t.Errorf("note %d/%d is in the log %d times; acknowledged: %v", w, n, found, said[w][n])
			}
			if !said[w][n] {
				killed++
			}
		}
	}
	t.Logf("%d of %d processes were killed", killed, writers*notes)
	if killed == 0 || killed == writers*notes {
		t.Errorf("%d of %d processes were killed: the test shows nothing", killed, writers*notes)
	}
}

// noteAndKill writes a note, and kills the process after a moment, if it has not ended.
// It reports whether the note was acknowledged.
func (s *shell) noteAndKill(t *testing.T, text string, moment time.Duration) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), moment)
	defer cancel()
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "muster", "note", text)
	cmd.Dir, cmd.Stdout = s.dir, &out
	cmd.Env = []string{"HOME=" + s.home, "PATH=" + os.Getenv("PATH"), "MUSTER_AS=ada", "MUSTER_TERMINAL=none"}
	_ = cmd.Run()
	return strings.Contains(out.String(), text)
}
