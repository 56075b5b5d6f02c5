//go:build linux

package filelog

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"muster/state"
	"muster/state/statetest"
)

// BenchmarkAppend compares an append with the least that makes the same bytes
// durable: one write and one fdatasync.
func BenchmarkAppend(b *testing.B) {
	b.Run("muster", func(b *testing.B) {
		l, err := Open(b.TempDir()).Create(ctx, id, statetest.Opening(id))
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		for b.Loop() {
			if err := l.Append(ctx, statetest.Note(l.Head(), longNote)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		file, err := os.OpenFile(filepath.Join(b.TempDir(), "bare"), os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
		if err != nil {
			b.Fatal(err)
		}
		defer file.Close()
		line := withNewline(statetest.Note(state.Head{Seq: 1}, longNote).Bytes)
		fd := int(file.Fd())
		for b.Loop() {
			if _, err := unix.Write(fd, line); err != nil {
				b.Fatal(err)
			}
			if err := unix.Fdatasync(fd); err != nil {
				b.Fatal(err)
			}
		}
	})
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
