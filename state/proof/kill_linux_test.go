package proof

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/statetest"
)

// roundsAScene is how many rounds of kills one incident takes: long logs make long
// openings, and the kills should strike everything.
const roundsAScene = 25

// killed has processes that record side by side, and kills each at a random
// instant, for so many rounds.
func killed(processes, rounds int) func(*testing.T, *row, *rand.Rand) {
	return func(t *testing.T, r *row, roll *rand.Rand) {
		for done := 0; done < rounds; done += roundsAScene {
			s := begin(t, r, t.TempDir())
			for round := range min(roundsAScene, rounds-done) {
				s.killRound(fmt.Sprint(done+round), processes, roll)
			}
			s.end()
		}
	}
}

func (s *scene) killRound(name string, processes int, roll *rand.Rand) {
	var group sync.WaitGroup
	for n := range processes {
		c, own := s.colleague(), rand.New(rand.NewPCG(roll.Uint64(), 0))
		s.row.tries++
		group.Go(func() {
			c.say("run 0 %s-%d", name, n)
			notes := own.IntN(70)
			for range notes {
				if _, _, ok := c.hear(); !ok {
					s.Errorf("%s: a process ended by itself", s.row.fault)
				}
			}
			if notes < 5 {
				instant(own, 60*time.Millisecond) // it may be opening the log still
			}
			instant(own, 2*time.Millisecond)
			c.kill()
		})
	}
	group.Wait()
}

// killedCommand kills the real muster at a random instant of its short life.
func killedCommand(t *testing.T, r *row, roll *rand.Rand) {
	s := begin(t, r, t.TempDir())
	began := time.Now()
	s.note("one that is let live")
	life := time.Since(began)
	for n := range times(12, 300) {
		text := fmt.Sprint("note ", n)
		cmd := s.command(nil, "note", text)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		instant(roll, life*5/4)
		_ = cmd.Process.Kill()
		s.entered(text, s.wait(cmd))
		r.tries++
	}
	s.end()
}

// together has several of the real muster record in one incident at once.
func together(processes int) func(*testing.T, *row, *rand.Rand) {
	return func(t *testing.T, r *row, _ *rand.Rand) {
		s := begin(t, r, t.TempDir())
		var group sync.WaitGroup
		for p := range processes {
			group.Go(func() {
				for n := range times(4, 50) {
					if said := s.note(fmt.Sprint(p, "-", n)); said.code != 0 {
						t.Errorf("%s: %+v", r.fault, said)
					}
				}
			})
		}
		group.Wait()
		r.tries += processes * times(4, 50)
		s.end()
	}
}

// stopped stops one of two processes at random instants, for a while.
func stopped(t *testing.T, r *row, roll *rand.Rand) {
	s := begin(t, r, t.TempDir())
	one, two := s.colleague(), s.colleague()
	one.say("run 0 one")
	two.say("run 0 two")
	for range times(10, 200) {
		for range roll.IntN(4) {
			one.hear()
		}
		instant(roll, time.Millisecond)
		one.signal(syscall.SIGSTOP)
		instant(roll, 30*time.Millisecond)
		one.signal(syscall.SIGCONT)
		two.hear()
		r.tries++
	}
	one.kill()
	two.kill()
	s.end()
}

// stoppedHolder stops muster right behind its write, with the lock held. Another
// waits, and goes on or, if that takes too long, says that it did not record.
func stoppedHolder(tooLong bool) func(*testing.T, *row, *rand.Rand) {
	return func(t *testing.T, r *row, _ *rand.Rand) {
		if tooLong && !long() {
			r.skip = "it takes five seconds; it is part of the long form"
			return
		}
		s := begin(t, r, t.TempDir())
		s.note("before")
		for n := range times(2, 5) {
			s.stopWithinWrite(fmt.Sprint(n), tooLong)
			r.tries++
		}
		s.end()
	}
}

func (s *scene) stopWithinWrite(name string, tooLong bool) {
	first := s.command(s.traced(s.path(), "write", "signal=SIGSTOP", "1"), "note", "first "+name)
	if err := first.Start(); err != nil {
		s.Fatal(err)
	}
	awaitStop(s.T, first.Process.Pid)
	second := s.command(nil, "note", "second "+name)
	if err := second.Start(); err != nil {
		s.Fatal(err)
	}
	if tooLong {
		said := s.entered("second "+name, s.wait(second))
		if said.claim() != refused {
			s.row.wrongly(s.T, "another process holds the lock, and muster says %+v", said)
		}
	}
	_ = first.Process.Signal(syscall.SIGCONT)
	s.entered("first "+name, s.wait(first))
	if !tooLong {
		s.entered("second "+name, s.wait(second))
	}
}

// awaitStop waits until a process is stopped that strace stops. It stops for a
// moment at each call, too.
func awaitStop(t *testing.T, pid int) {
	t.Helper()
	for looks, stops := 0, 0; looks < 3000; looks++ {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		stops++
		if !bytes.Contains(status, []byte("State:\tt")) {
			stops = 0
		}
		if stops == 50 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("it never stopped")
}

// torn leaves the log with a beginning of a line at its end, as a process does that
// dies within a write, and has muster record the next note.
func torn(t *testing.T, r *row, roll *rand.Rand) {
	s := begin(t, r, t.TempDir())
	s.note("before")
	whole := len(s.nextLine("torn").Bytes) + 1
	lengths := []int{1, whole - 2, whole - 1, whole}
	for range 6 {
		lengths = append(lengths, 1+roll.IntN(whole))
	}
	if long() {
		lengths = lengths[:0]
		for n := 1; n <= whole; n++ {
			lengths = append(lengths, n)
		}
	}
	for _, n := range lengths {
		text := fmt.Sprint("torn ", r.tries)
		line := append(s.nextLine(text).Bytes, '\n')
		cut := min(n, len(line))
		s.enter(text, refused)
		if cut == len(line) {
			s.enter(text, silent) // all of it is there: an entry
		}
		s.append(line[:cut])
		said := s.note(fmt.Sprint("after ", r.tries))
		if told := fmt.Sprintf("%d bytes", cut); cut < len(line) && !strings.Contains(said.err, told) {
			r.wrongly(t, "a torn end of %s, and muster says %+v", told, said)
		}
		r.tries++
	}
	s.end()
}

// nextLine is the line of a note that could come next.
func (s *scene) nextLine(text string) state.Line {
	s.Helper()
	report, err := filelog.File(s.path()).Verify(s.Context(), nil)
	if err != nil || report.Damage != nil {
		s.Fatal(err, report.Damage)
	}
	return statetest.Note(report.Head, text)
}

// append writes behind the log's end, without muster.
func (s *scene) append(tail []byte) {
	s.Helper()
	file, err := os.OpenFile(s.path(), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		s.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(tail); err != nil {
		s.Fatal(err)
	}
}
