package session_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
)

// spent is the processor time that this process has taken.
func spent() time.Duration {
	var use syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &use)
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// branchesOf makes a log and branches of it, each with so many entries of its own, and
// returns the folder with the log's store and the files of the branches.
func branchesOf(b *testing.B, branches, entries int) (base string, id string, files []string) {
	b.Helper()
	base = filepath.Join(b.TempDir(), "base")
	const text = book + "[[service]]\nid = \"web\"\ntitle = \"Website\"\n"
	doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(text)), Text: text}
	clock := newHand()
	s, err := session.Create(b.Context(), filelog.Open(base), state.OpenIncident{Mode: state.Live, Runbook: doc}, time.Time{}, config("Ada", clock))
	if err != nil {
		b.Fatal(err)
	}
	opened := s.Incident()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for i := range branches {
		dir := filepath.Join(b.TempDir(), fmt.Sprint(i))
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(base, "incidents", opened.ID))); err != nil {
			b.Fatal(err)
		}
		files = append(files, filepath.Join(dir, "log.jsonl"))
		grow(b, files[i], opened, i, entries)
	}
	return base, opened.ID, files
}

// grow adds entries to the file of a log.
func grow(b *testing.B, file string, inc *state.Incident, branch, entries int) {
	b.Helper()
	out, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	inc, now, salts := inc.Clone(), inc.Log[0].Recorded, new(dice)
	inc.Log = append([]state.Entry(nil), inc.Log...)
	for n := range entries {
		var c state.Command = state.AddNote{Text: fmt.Sprintf("note %d of branch %d, of the length that notes have", n, branch)}
		if n%50 == 0 {
			c = state.SetService{Service: "web", State: state.ServiceStates()[1+n/50%3], Why: fmt.Sprint("look ", n)}
		}
		now = now.Add(time.Second)
		stamp := state.Stamp{By: state.Actor{Name: fmt.Sprint("Person", branch), Via: "local"}, Recorded: now, Zone: "+01:00 Europe/Berlin"}
		for i := range stamp.Salts {
			_, _ = salts.Read(stamp.Salts[i][:])
		}
		e, err := state.Decide(inc, state.Action{Command: c, Override: "we must"}, stamp)
		if err != nil {
			b.Fatal(err)
		}
		e, line, err := state.Seal(e)
		if err == nil {
			_, err = out.Write(append(line.Bytes, '\n'))
		}
		if err == nil {
			err = inc.Apply(e)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMergeFiles merges 15 branches of 10,000 entries each into a log, from files and
// into files: reading all of them, and all that merging does; at once, and one by one.
func BenchmarkMergeFiles(b *testing.B) {
	base, id, files := branchesOf(b, 15, 10_000)
	merge := func(b *testing.B, s *session.Session, files []string) {
		branches := make([]session.Branch, len(files))
		var group sync.WaitGroup
		room := make(chan struct{}, runtime.GOMAXPROCS(0))
		for i, file := range files {
			group.Go(func() { // as muster merge opens them
				room <- struct{}{}
				defer func() { <-room }()
				log, inc, err := state.Load(context.Background(), filelog.File(file), file, true)
				if err != nil {
					b.Error(err)
					return
				}
				branches[i] = session.Branch{Incident: inc, Source: file, Lines: log.(state.Liner).Lines(context.Background(), 0),
					Evidence: func(context.Context, state.Hash) (io.ReadCloser, error) { return nil, state.ErrNoFile }}
				b.Cleanup(func() { _ = log.Close() })
			})
		}
		group.Wait()
		if _, err := s.Merge(context.Background(), branches, state.Action{}); err != nil {
			b.Fatal(err)
		}
	}
	for _, step := range []int{1, len(files)} {
		b.Run(fmt.Sprintf("%d-at-once", step), func(b *testing.B) {
			var cpu time.Duration
			for b.Loop() {
				b.StopTimer()
				dir := b.TempDir()
				if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				before := spent()
				for at := 0; at < len(files); at += step {
					s, err := session.Open(context.Background(), filelog.Open(dir), id, false, config("Ada", newHand()))
					if err != nil {
						b.Fatal(err)
					}
					merge(b, s, files[at:at+step])
					if last := at+step == len(files); last && len(s.Incident().Log) < len(files)*10_000 {
						b.Fatalf("%d entries", len(s.Incident().Log))
					}
					_ = s.Close()
				}
				cpu += spent() - before
				b.StopTimer()
				_ = os.RemoveAll(dir) // else each round measures how the machine finds new memory for its files
				b.StartTimer()
			}
			b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "cpu-ms/op")
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/op")
		})
	}
}
