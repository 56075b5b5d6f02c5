package proof

import (
	"bufio"
	"bytes"
	"context"
	cryptorand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
)

// clockSet has muster find its wall clock moved against the boot clock: not by
// setting the machine's clock, which is everybody's, but by moving the boot clock
// of a time namespace.
func clockSet(t *testing.T, r *row, roll *rand.Rand) {
	if err := exec.Command("unshare", "--time", "--boottime", "1", "true").Run(); err != nil {
		r.skip = "there are no time namespaces"
		return
	}
	var up unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &up); err != nil {
		t.Fatal(err)
	}
	back := min(5000, up.Sec/2) // before the boot there was no time
	s := begin(t, r, t.TempDir())
	s.note("before")
	shift := int64(0) // seconds, of the boot clock
	for n := range times(3, 40) {
		next := roll.Int64N(15000+back) - back
		said := s.noteBy([]string{"unshare", "--time", fmt.Sprintf("--boottime=%d", next)}, fmt.Sprint("note ", n))
		if said.claim() != saved {
			r.wrongly(t, "the clock was set, and muster says %+v", said)
		}
		s.wantStep(shift - next)
		shift = next
		r.tries++
	}
	s.end()
}

// wantStep wants the entry before the last to say that the clock was set by so many
// seconds.
func (s *scene) wantStep(seconds int64) {
	s.Helper()
	entries := s.entries()
	if seconds == 0 {
		return
	}
	step, ok := entries[len(entries)-2].Data.(*state.ClockStepped)
	if by := time.Duration(seconds) * time.Second; !ok || (time.Duration(step.ByMillis)*time.Millisecond-by).Abs() > 5*time.Second {
		s.row.wrongly(s.T, "the clock was set by %v, and the log says %+v", by, entries[len(entries)-2].Data)
	}
}

// entries reads the log's entries.
func (s *scene) entries() (entries []state.Entry) {
	s.Helper()
	content, err := os.ReadFile(s.path())
	if err != nil {
		s.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, state.MaxRunbookLine)
	for lines.Scan() {
		e, err := state.Decode(lines.Bytes())
		if err != nil {
			s.Fatal(err)
		}
		entries = append(entries, e)
	}
	return entries
}

// A settable clock is the machine's, set forward or back by an offset.
type settable struct {
	session.System
	offset time.Duration
}

func (c *settable) Now() time.Time { return c.System.Now().Add(c.offset) }

// clockJumps sets the clock of a session forward and back. Order is by number, the
// time is what the clock said, and every jump is an entry.
func clockJumps(t *testing.T, r *row, roll *rand.Rand) {
	s := begin(t, r, t.TempDir())
	clock := new(settable)
	config := session.Config{Person: "Ben", Via: "local", Program: "muster proof", Host: "proof", Clock: clock, Random: cryptorand.Reader}
	open, err := session.Open(context.Background(), filelog.Open(s.dir), s.id, false, config)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	for n := range times(10, 300) {
		by := time.Duration(roll.Int64N(int64(48*time.Hour))) - 24*time.Hour
		if n == 0 {
			by = 0 // the first note only makes the clock known
		}
		clock.offset += by
		text, before := fmt.Sprint("note ", n), clock.Now()
		if _, err := open.Do(context.Background(), state.Action{Command: state.AddNote{Text: text}}); err != nil {
			r.wrongly(t, "the clock was set by %v: %v", by, err)
			continue
		}
		s.enter(text, saved)
		r.tries++
		entries := s.entries()
		if recorded := entries[len(entries)-1].Recorded; recorded.Before(before) || recorded.After(clock.Now()) {
			r.wrongly(t, "it is %v by the clock, and the entry says %v", before, recorded)
		}
		if by.Abs() > time.Second {
			s.wantStep(int64(by / time.Second))
		}
	}
	s.end()
}
