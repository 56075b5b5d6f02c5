package proof

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// mounted mounts a file system until the test ends: a tmpfs of so many bytes, or
// the ext4 in a file.
func mounted(t *testing.T, source, options string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	kind := "ext4"
	if source == "tmpfs" {
		kind = "tmpfs"
	}
	run(t, "mount", "-t", kind, "-o", options, source, dir)
	t.Cleanup(func() { unmount(t, dir) })
	return dir
}

// unmount does nothing if it was done before.
func unmount(t *testing.T, dir string) {
	t.Helper()
	for range 100 {
		err := syscall.Unmount(dir, 0)
		if err == nil || err == syscall.EINVAL {
			return
		}
		time.Sleep(10 * time.Millisecond) // a killed process lets go of its files
	}
	t.Errorf("%s cannot be unmounted", dir)
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// crowd leaves a file system with about this many bytes, and returns what has to be
// removed to have them back.
func crowd(t *testing.T, dir string, left int64) (ballast string) {
	t.Helper()
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		t.Fatal(err)
	}
	ballast = filepath.Join(dir, "ballast")
	size := max(0, int64(fs.Bavail)*fs.Bsize-left)
	if err := os.WriteFile(ballast, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	return ballast
}

// fullDisk records until the disk is full, makes room, and records on.
func fullDisk(t *testing.T, r *row, roll *rand.Rand) {
	for range times(1, 6) {
		s := begin(t, r, mounted(t, "tmpfs", "size=1m"))
		for n := range times(4, 20) {
			ballast := crowd(t, s.dir, roll.Int64N(9000))
			for i, full := 0, false; !full && i < 40; i++ {
				said := s.note(fmt.Sprintf("%d-%d %s", n, i, strings.Repeat("·", roll.IntN(900))))
				full = said.code != 0
			}
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
			if said := s.note(fmt.Sprint("freed ", n)); said.claim() != saved {
				r.wrongly(t, "once there is room, muster says %+v", said)
			}
			r.tries++
		}
		s.end()
	}
}

// fullDiskRescued is fullDisk for a process that has the log open all the time.
func fullDiskRescued(t *testing.T, r *row, roll *rand.Rand) {
	s := begin(t, r, mounted(t, "tmpfs", "size=2m"))
	c := s.colleague()
	for n := range times(4, 40) {
		ballast := crowd(t, s.dir, roll.Int64N(9000))
		for i, verb := 0, ""; verb != "unsaved"; i++ {
			c.say("note %d-%d %s", n, i, strings.Repeat("·", roll.IntN(900)))
			verb, _, _ = c.hear()
		}
		c.ask("unsaved", "note while it is full %d", n)
		c.ask("failed", "rescue")
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		c.ask("rescued", "rescue")
		c.ask("saved", "note freed %d", n)
		r.tries++
	}
	c.kill()
	s.end()
}

// traced are the words before a command to have a system call do something else
// than it should. With a path, only calls that use that file.
func (s *scene) traced(path, call, inject, when string) []string {
	words := []string{"strace", "-D", "-f", "-qq", "-o", os.DevNull, "-e", "trace=" + call, "-e", "inject=" + call + ":" + inject + ":when=" + when}
	if path != "" {
		words = append(words, "-P", path)
	}
	return words
}

// failingWrite has the write of an entry fail.
func failingWrite(t *testing.T, r *row, _ *rand.Rand) {
	s := begin(t, r, t.TempDir())
	s.note("before")
	for n := range times(1, 10) {
		for _, inject := range []string{"error=ENOSPC", "error=EIO", "error=EDQUOT", "retval=0", "retval=100"} {
			said := s.noteBy(s.traced(s.path(), "write", inject, "1+"), fmt.Sprint(inject, n))
			if said.claim() == saved {
				r.wrongly(t, "write has %s, and muster says %+v", inject, said)
			}
			s.note(fmt.Sprint("after ", inject, n))
			r.tries++
		}
	}
	s.end()
}

// failingSync has an fsync fail: the first, which opening makes, or a later one,
// as strace counts them for each thread.
func failingSync(t *testing.T, r *row, _ *rand.Rand) {
	s := begin(t, r, t.TempDir())
	s.note("before")
	for n := range times(1, 12) {
		for _, inject := range []string{"error=EIO", "error=ENOSPC"} {
			for _, call := range []string{"fsync", "fdatasync"} {
				for _, when := range []string{"1", "1+", "2", "2+"} {
					s.noteBy(s.traced("", call, inject, when), fmt.Sprint(call, inject, when, n))
					s.note(fmt.Sprint("after ", call, inject, when, n))
					r.tries++
				}
			}
		}
	}
	s.failingSyncOf(r)
	s.end()
}

// failingSyncOf has the fdatasync of the entry fail for certain: of the log, and
// not by the process that opened it, whose first one succeeds.
func (s *scene) failingSyncOf(r *row) {
	s.Helper()
	struck := 0
	for n := 0; n < times(40, 200) && struck < times(1, 20); n++ {
		said := s.noteBy(s.traced(s.path(), "fdatasync", "error=EIO", "2"), fmt.Sprint("second fdatasync ", n))
		if said.code != 0 {
			struck++
		}
		r.tries++
	}
	if struck == 0 {
		s.Errorf("%s: the entry's own fdatasync never failed", r.fault)
	}
}

// failingSyncRescued has every so manyth fdatasync of a process fail that has the
// log open all the time; it rescues the log and repeats what was not saved.
func failingSyncRescued(t *testing.T, r *row, _ *rand.Rand) {
	s := begin(t, r, t.TempDir())
	c := s.colleague(s.traced("", "fdatasync", "error=EIO", "4+5")...)
	for n := range times(30, 600) {
		c.say("note %d", n)
		verb, rest, ok := c.hear()
		if !ok || verb == "refused" {
			t.Fatalf("%s: a colleague says %s", r.fault, rest)
		}
		for verb != "saved" {
			r.tries++
			c.say("rescue")
			if verb, _, _ = c.hear(); verb == "rescued" {
				c.say("note %d", n)
				verb, _, _ = c.hear()
			}
		}
	}
	if r.tries == 0 {
		t.Errorf("%s: no fdatasync ever failed", r.fault)
	}
	c.kill()
	s.end()
}

// readOnly makes the disk read-only, and writable again.
func readOnly(t *testing.T, r *row, _ *rand.Rand) {
	s := begin(t, r, mounted(t, "tmpfs", "size=2m"))
	for n := range times(2, 40) {
		s.note(fmt.Sprint("writable ", n))
		run(t, "mount", "-o", "remount,ro", s.dir)
		if said := s.note(fmt.Sprint("read-only ", n)); said.claim() != refused {
			r.wrongly(t, "the disk is read-only, and muster says %+v", said)
		}
		if said := s.muster("log"); said.code != 0 || !strings.Contains(said.out, fmt.Sprint("writable ", n)) {
			r.wrongly(t, "the disk is read-only, and muster log says %+v", said)
		}
		run(t, "mount", "-o", "remount,rw", s.dir)
		r.tries++
	}
	s.note("at last")
	s.end()
}

// ext4 is a file with an empty ext4 in it, with a journal.
func ext4(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("mkfs.ext4"); err != nil {
		t.Skip("there is no mkfs.ext4")
	}
	path := filepath.Join(t.TempDir(), "disk")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 8<<20); err != nil {
		t.Fatal(err)
	}
	run(t, "mkfs.ext4", "-q", "-O", "has_journal", path)
	if err := exec.Command("losetup", "-f").Run(); err != nil {
		t.Skip("there is no loop device")
	}
	return path
}

// givesUp has the file system abort, as it does when its disk fails, while a
// process has the log open. The log goes on in another place, and has all that was
// acknowledged before.
func givesUp(t *testing.T, r *row, roll *rand.Rand) {
	for n := range times(1, 10) {
		disk := ext4(t)
		s := begin(t, r, mounted(t, disk, "loop"))
		c := s.colleague()
		for i := range 1 + roll.IntN(20) {
			c.ask("saved", "note before %d-%d", n, i)
		}
		run(t, "mount", "-o", "remount,abort", s.dir)
		c.ask("unsaved", "note gone %d", n)
		c.ask("failed", "rescue")
		elsewhere := t.TempDir()
		c.ask("rescued", "rescue %s", elsewhere)
		old := len(s.acknowledged())
		c.ask("saved", "note elsewhere %d", n)
		c.kill()
		r.tries++
		unmount(t, s.dir)
		s.holdsBefore(mounted(t, disk, "loop"), old)
		s.dir = elsewhere
		s.end()
	}
}

// holdsBefore wants the incident below dir to have the notes that were acknowledged
// before the last one was, and nothing wrong with it.
func (s *scene) holdsBefore(dir string, saved int) {
	s.Helper()
	old := &scene{T: s.T, row: s.row, dir: dir, id: s.id}
	old.verify()
	notes, err := notesIn(old.path())
	if err != nil {
		s.Fatal(err)
	}
	if len(notes) < saved {
		s.row.lost += saved - len(notes)
		s.Errorf("%s: %d notes were acknowledged on the old disk, and it has %d", s.row.fault, saved, len(notes))
	}
}

// powerCut copies the disk's blocks while a process records, and looks at the copy
// as at a disk after a power cut.
func powerCut(t *testing.T, r *row, roll *rand.Rand) {
	for n := range times(2, 30) {
		lost, broken := afterPowerCut(t, r, roll, n, nil)
		r.lost += lost
		r.broken += broken
		if lost+broken > 0 {
			t.Errorf("%s: %d acknowledged notes are lost, and the chain is broken %d times", r.fault, lost, broken)
		}
	}
}

// TestPowerCutCanFail: with an fsync that lies, entries are lost.
func TestPowerCutCanFail(t *testing.T) {
	for _, need := range []need{root, strace} {
		if why := need.missing(); why != "" {
			t.Skip(why)
		}
	}
	r := &row{fault: "power cut, and an fsync that lies"}
	if lost, _ := afterPowerCut(t, r, dice(t), 0, []string{"strace", "-D", "-f", "-qq", "-o", os.DevNull, "-e", "trace=fdatasync", "-e", "inject=fdatasync:retval=0"}); lost == 0 {
		t.Error("nothing was lost: the trial finds nothing")
	}
}

// afterPowerCut says how many acknowledged notes a copy of the disk lacks. The
// process is stopped at a random instant, so that the copy is of one.
func afterPowerCut(t *testing.T, r *row, roll *rand.Rand, n int, before []string) (lost, broken int) {
	t.Helper()
	disk := ext4(t)
	s := begin(t, r, mounted(t, disk, "loop"))
	c := s.colleague(before...)
	c.say("run 0 cut-%d", n)
	for range 5 + roll.IntN(40) {
		c.hear()
	}
	instant(roll, 2*time.Millisecond)
	c.signal(syscall.SIGSTOP)
	copied := copyOf(t, disk)
	acknowledged := s.acknowledged()
	c.signal(syscall.SIGCONT)
	c.kill() // what is heard from here on may be later than the copy
	r.tries++
	r.acknowledged += len(acknowledged)
	cut := &scene{T: t, row: &row{fault: r.fault}, dir: mounted(t, copied, "loop"), id: s.id}
	if said := cut.muster("note", "after the power cut"); said.claim() != saved {
		return len(acknowledged), 1
	}
	if said := cut.muster("verify", s.id); said.code != 0 {
		broken++
	}
	notes, err := notesIn(cut.path())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range acknowledged {
		if notes[text] == 0 {
			lost++
		}
	}
	return lost, broken
}

func copyOf(t *testing.T, path string) string {
	t.Helper()
	from, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := os.Create(filepath.Join(t.TempDir(), "disk"))
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
	return to.Name()
}
