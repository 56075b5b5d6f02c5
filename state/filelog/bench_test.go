//go:build linux

package filelog

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"muster/state"
	"muster/state/statetest"
)

// BenchmarkAppend compares an append with the least that makes the same bytes
// durable: one write and one fdatasync. The two take turns, since a disk is now
// fast and now slow.
func BenchmarkAppend(b *testing.B) {
	l, err := Open(b.TempDir()).Create(ctx, id, statetest.Opening(id))
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	file, err := os.OpenFile(filepath.Join(b.TempDir(), "bare"), os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	bare := withNewline(statetest.Note(state.Head{Seq: 1}, longNote).Bytes)
	fd := int(file.Fd())
	var took [2][]time.Duration
	for b.Loop() {
		line := statetest.Note(l.Head(), longNote)
		start := time.Now()
		if err := l.Append(ctx, line); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if _, err := unix.Write(fd, bare); err != nil {
			b.Fatal(err)
		}
		if err := unix.Fdatasync(fd); err != nil {
			b.Fatal(err)
		}
		took[0], took[1] = append(took[0], middle.Sub(start)), append(took[1], time.Since(middle))
	}
	p50 := func(times []time.Duration) float64 { slices.Sort(times); return float64(times[len(times)/2]) }
	b.ReportMetric(p50(took[0]), "muster-p50-ns")
	b.ReportMetric(p50(took[1]), "bare-p50-ns")
	b.ReportMetric(p50(took[0])/p50(took[1]), "ratio")
}

// BenchmarkOpen100k opens and verifies a log, and reads all its entries.
func BenchmarkOpen100k(b *testing.B) {
	const n = 100_000
	store := bigLog(b, n)
	for _, read := range []bool{false, true} {
		b.Run(map[bool]string{false: "verify", true: "read"}[read], func(b *testing.B) {
			for b.Loop() {
				l, err := store.Open(ctx, id, true)
				if err != nil {
					b.Fatal(err)
				}
				seen := l.Head().Seq
				for _, err := range l.Entries(ctx, uint64(map[bool]int{false: n, true: 0}[read])) {
					if err != nil {
						b.Fatal(err)
					}
				}
				if l.Close(); seen != n {
					b.Fatalf("%d entries", seen)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/entry")
		})
	}
}
