package proof

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"muster/state/statetest"
)

// A cost is what a process took: in the long form, the better of two times.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // bytes; the most that was resident
}

// timed runs a command.
func timed(t *testing.T, env []string, words ...string) (best cost) {
	t.Helper()
	if _, err := exec.LookPath(words[0]); err != nil {
		return cost{}
	}
	for range times(1, 2) {
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Env = append(os.Environ(), env...)
		var errs strings.Builder
		cmd.Stderr = &errs
		began := time.Now()
		if err := cmd.Run(); err != nil {
			t.Fatalf("%q: %v %s", words, err, errs.String())
		}
		took := cost{wall: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			took.memory = usage.Maxrss << 10
		}
		if best.wall == 0 || took.wall < best.wall {
			best = took
		}
	}
	return best
}

// A scale is the table of what size does to time.
type scale struct {
	*testing.T
	out strings.Builder
	w   *tabwriter.Writer
}

func newScale(t *testing.T) *scale {
	s := &scale{T: t}
	s.w = tabwriter.NewWriter(&s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(s.w, "what\twall\tprocessor\tmemory\tagainst\twall\tprocessor\tratio\tof processor\ttarget")
	return s
}

// line adds what a run took against another. A target of 0 is none; it is held
// against the wall time, for which a machine that does nothing else is needed.
func (s *scale) line(what string, took cost, against string, other cost, target float64) {
	ratio, wanted := "-\t-", "-"
	if other.wall > 0 {
		ratio = fmt.Sprintf("%.2f\t%.2f", float64(took.wall)/float64(other.wall), float64(took.cpu)/float64(other.cpu))
	}
	if target > 0 && other.wall > 0 {
		wanted = fmt.Sprintf("≤ %.2f", target)
		if float64(took.wall) > target*float64(other.wall) {
			wanted += " not met"
		}
	}
	fmt.Fprintf(s.w, "%s\t%v\t%v\t%d MB\t%s\t%v\t%v\t%s\t%s\n", what, took.wall.Round(time.Millisecond), took.cpu.Round(time.Millisecond),
		took.memory>>20, against, other.wall.Round(time.Millisecond), other.cpu.Round(time.Millisecond), ratio, wanted)
}

func (s *scale) print() {
	s.w.Flush()
	fmt.Print(s.out.String())
}

// TestScale prints the table of what size does to time, against other programs on
// the same files in the same run. It fails for nothing but what does not work: how
// fast a machine is, is no property of muster.
func TestScale(t *testing.T) {
	s := newScale(t)
	s.oneIncident(times(30_000, 1_000_000))
	s.manyIncidents(times(300, 10_000))
	s.manyRunbooks(times(300, 10_000))
	s.print()
}

// oneIncident measures an incident of so many entries.
func (s *scale) oneIncident(entries int) {
	dir := s.TempDir()
	path := statetest.LogPath(dir, hostileID)
	size := s.writeLog(path, entries)
	env := []string{"MUSTER_STATE=" + dir, "HOME=" + dir, "MUSTER_INCIDENT=" + hostileID}
	muster, out := binary(s), filepath.Join(s.TempDir(), "out")
	fmt.Fprintf(s.w, "%d entries, %d MB\t\t\t\t\t\t\t\n", entries, size>>20)
	sum := timed(s.T, env, "sha256sum", path)
	count := timed(s.T, env, "wc", "-l", path)
	jq := timed(s.T, env, "jq", "-r", "[.e.seq,.e.recorded,.e.kind,.p.names.by,.d.role,.d.zone,.p.notes.data.text]|@tsv", path)
	verify := timed(s.T, env, muster, "verify", path)
	s.line("verify", verify, "sha256sum", sum, 0.5)
	s.line("verify", verify, "wc -l", count, 0)
	s.line("open", timed(s.T, env, muster, "head"), "sha256sum", sum, 1)
	s.line("record one entry", timed(s.T, env, muster, "note", "x", "--as", "Ada"), "sha256sum", sum, 0)
	s.line("export jsonl", timed(s.T, env, muster, "export", "--format", "jsonl", "--force", "-o", out), "sha256sum", sum, 0)
	s.line("export csv", timed(s.T, env, muster, "export", "--format", "csv", "--force", "-o", out), "jq -r @tsv", jq, 0.15)
	s.line("export json", timed(s.T, env, muster, "export", "--format", "json", "--force", "-o", out), "jq -r @tsv", jq, 0)
	s.line("export md", timed(s.T, env, muster, "export", "--format", "md", "--force", "-o", out), "jq -r @tsv", jq, 0)
}

// writeLog writes a log of so many entries, without fsync, and returns its size.
func (s *scale) writeLog(path string, entries int) (size int64) {
	s.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		s.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriterSize(file, 1<<20)
	line := statetest.Opening(filepath.Base(filepath.Dir(path)))
	for n := 1; ; n++ {
		size += int64(len(line.Bytes)) + 1
		_, _ = w.Write(append(line.Bytes, '\n'))
		if n == entries {
			break
		}
		line = statetest.Note(statetest.Head(line), fmt.Sprintf("The helpdesk has %d calls about the file servers.", n))
	}
	if err := w.Flush(); err != nil {
		s.Fatal(err)
	}
	return size
}

// manyIncidents measures a state directory with so many incidents.
func (s *scale) manyIncidents(incidents int) {
	dir := s.TempDir()
	for n := range incidents {
		s.writeLog(statetest.LogPath(dir, fmt.Sprintf("2026-11-24-incident-%d", n)), 8)
	}
	env := []string{"MUSTER_STATE=" + dir, "HOME=" + dir, "XDG_CACHE_HOME=" + filepath.Join(dir, "cache")}
	fmt.Fprintf(s.w, "%d incidents\t\t\t\t\t\t\t\n", incidents)
	count := timed(s.T, env, "sh", "-c", "find "+filepath.Join(dir, "incidents")+" -name log.jsonl | xargs cat | wc -l")
	jq := timed(s.T, env, "sh", "-c", "find "+filepath.Join(dir, "incidents")+" -name log.jsonl | xargs jq -r 'select(.e.seq==1)|[.d.data.id,.p.notes.data.title]|@tsv'")
	list := timed(s.T, env, binary(s), "list")
	s.line("list", list, "find | xargs cat | wc -l", count, 0)
	s.line("list", list, "find | xargs jq", jq, 0)
}

// manyRunbooks measures a library of so many runbooks.
func (s *scale) manyRunbooks(books int) {
	dir := s.TempDir()
	text := hostileBook("What to do when a machine is lost")
	for n := range books {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("book-%d.toml", n)), text, 0o600); err != nil {
			s.Fatal(err)
		}
	}
	env := []string{"HOME=" + s.TempDir()}
	fmt.Fprintf(s.w, "%d runbooks\t\t\t\t\t\t\t\n", books)
	grep := timed(s.T, env, "grep", "-rhm1", "^title", dir)
	s.line("runbook list", timed(s.T, env, binary(s), "runbook", "list", "--runbooks", dir), "grep -rm1 ^title", grep, 0)
}
