package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// rss is what a process has in memory, in KiB.
func rss(t *testing.T, pid int) (kib int) {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, is := strings.CutPrefix(line, "VmRSS:"); is {
			if _, err := fmt.Sscan(rest, &kib); err != nil {
				t.Fatal(err)
			}
		}
	}
	return kib
}

// TestServeLoad prints how long a key takes until the screen changes, with fifty people who
// type at once, each by OpenSSH's own client, and what each session takes of memory.
func TestServeLoad(t *testing.T) {
	if os.Getenv("MUSTER_PROOF") != "long" {
		t.Skip("it prints figures: MUSTER_PROOF=long")
	}
	const people, keys = 50, 20
	b, id := opened(t, [2]string{"ada", "responder"}, [2]string{"ben", "responder"})
	for _, name := range []string{"Ada", "Ben"} { // who has acted is not shown the first acts
		b.local("note", "x", "--as", name)
	}
	first := b.sshPty(t, "ada", "open "+id)
	first.shows("1.1 Name commander")
	before := rss(t, b.server.Process.Pid)
	screens := make([]*ptyShell, people)
	for i := range screens {
		screens[i] = b.sshPty(t, []string{"ada", "ben"}[i%2], "open "+id) // one key has fewer than fifty
	}
	time.Sleep(2 * time.Second) // those who came last are seen by all
	idle := rss(t, b.server.Process.Pid)
	bare := make([]*ptyShell, people/5) // what the machine itself takes
	for i := range bare {
		bare[i] = newPtyShell(t, "stty raw -echo; echo ready; exec cat")
		bare[i].await("ready", 1)
	}
	took := make([][]time.Duration, people+len(bare))
	var all sync.WaitGroup
	for i, s := range slices.Concat(screens, bare) {
		mark := "▌"
		if i >= people {
			mark = ""
		}
		all.Go(func() { took[i] = typing(t, s, mark, keys, time.Duration(200+7*i%100)*time.Millisecond) })
	}
	all.Wait()
	busy := rss(t, b.server.Process.Pid)
	t.Logf("%d sessions: a key to a frame %s; beside it, a key through cat %s", people, spread(slices.Concat(took[:people]...)), spread(slices.Concat(took[people:]...)))
	t.Logf("memory of the server: %d KiB with one session, %d KiB more for each of %d, %d KiB more for each after typing", before, (idle-before)/people, people, (busy-before)/people)
}

// typing is how long each of some keys takes until what it does stands on the screen: the
// mark of the row is drawn elsewhere. A frame that comes for another reason, as with each
// second, does not draw it, and a key that does nothing has none.
func typing(t *testing.T, s *ptyShell, mark string, keys int, pause time.Duration) (took []time.Duration) {
	buf := make([]byte, 64<<10)
	for n := range keys {
		time.Sleep(pause) // as a hand types
		for s.master.SetReadDeadline(time.Now().Add(time.Millisecond)) == nil {
			if _, err := s.master.Read(buf); err != nil {
				break // what came by itself is read
			}
		}
		begun := time.Now()
		_, _ = s.master.WriteString([]string{"j", "k"}[n%2])
		_ = s.master.SetReadDeadline(begun.Add(10 * time.Second))
		for drawn := ""; drawn == "" || !strings.Contains(drawn, mark); {
			read, err := s.master.Read(buf)
			if drawn += string(buf[:read]); err != nil {
				t.Errorf("what key %d does is not drawn: %v\n%q", n+1, err, drawn)
				return took
			}
		}
		took = append(took, time.Since(begun))
	}
	return took
}

// spread says how long most, and nearly all, of some things took.
func spread(all []time.Duration) string {
	slices.Sort(all)
	at := func(share float64) time.Duration {
		return all[int(share*float64(len(all)-1))].Round(10 * time.Microsecond)
	}
	return fmt.Sprintf("p50 %v, p90 %v, p99 %v, most %v", at(0.5), at(0.9), at(0.99), at(1))
}
