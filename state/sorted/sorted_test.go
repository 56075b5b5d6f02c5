package sorted

import (
	"math/rand/v2"
	"slices"
	"testing"
)

type pair struct{ key, place int }

// Stable and the standard library's come to the same, for any slice: short, long, in order,
// backwards, and with many that are equal.
func TestStable(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	by := func(a, b pair) int { return a.key - b.key }
	for n := range 200 {
		list := make([]pair, n)
		for i := range list {
			list[i] = pair{random.IntN(1 + n/3), i}
		}
		for _, change := range []func(){func() {}, func() { slices.SortStableFunc(list, by) }, func() { slices.Reverse(list) }} {
			change()
			want := slices.Clone(list)
			slices.SortStableFunc(want, by)
			Stable(list, by)
			if !slices.Equal(list, want) {
				t.Fatalf("%d: %v, want %v", n, list, want)
			}
		}
	}
}
