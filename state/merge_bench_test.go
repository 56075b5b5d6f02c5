package state_test

import (
	"fmt"
	"testing"
	"time"

	"muster/state"
)

// BenchmarkMerge takes 15 branches of 10,000 entries each over, one after the other.
func BenchmarkMerge(b *testing.B) {
	const branches, entries = 15, 10_000
	p := newPartition(b, branches+1)
	for i, s := range p.sides[1:] {
		for n := range entries {
			var c state.Command = state.AddNote{Text: fmt.Sprintf("note %d of branch %d, of the length that notes have", n, i)}
			if n%50 == 0 {
				c = state.SetService{Service: "web", State: state.ServiceStates()[1+n/50%3], Why: fmt.Sprint("look ", n)}
			}
			p.do(s, c, time.Time{})
		}
	}
	base := p.sides[0].inc
	b.ResetTimer()
	for b.Loop() {
		p.sides[0].inc = replayed(b, base)
		for _, s := range p.sides[1:] {
			p.merge(p.sides[0], s.inc)
		}
		if n := len(p.sides[0].inc.Log); n < branches*entries {
			b.Fatalf("%d entries", n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/merge-of-15")
}
