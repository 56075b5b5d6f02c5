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

// TestWithout: what is left is what [slices.DeleteFunc] leaves, in its order, and nothing is kept
// alive behind it.
func TestWithout(t *testing.T) {
	for n := range 9 {
		for mask := range 1 << n {
			drop := func(i *int) bool { return mask>>*i&1 == 1 }
			list := make([]*int, n)
			for i := range list {
				list[i] = &i
			}
			want := slices.DeleteFunc(slices.Clone(list), drop)
			if got := Without(list, drop); !slices.Equal(got, want) {
				t.Fatalf("of %d without %b there are %d", n, mask, len(got))
			}
			for _, left := range list[len(want):] {
				if left != nil {
					t.Fatalf("of %d without %b one is still held", n, mask)
				}
			}
		}
	}
}
