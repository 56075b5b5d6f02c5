// Package sorted puts slices in order.
//
// It does what [slices.SortStableFunc] does, with one body of code for all types: the
// generic one is compiled anew for each of some forty, which made the program a hundredth
// larger.
package sorted

import (
	"reflect"
	"slices"
)

// Stable sorts a slice so that cmp(a, b) ≤ 0 for neighbours a, b. What is equal keeps its
// order. A slice in order already costs nothing but the look.
func Stable[S ~[]E, E any](list S, cmp func(a, b E) int) {
	stable(list, len(list), func(a, b int) int { return cmp(list[a], list[b]) })
}

// stable sorts a slice of n things, of which cmp compares those at two places.
func stable(list any, n int, cmp func(a, b int) int) {
	for i := 1; i < n; i++ {
		if cmp(i-1, i) > 0 {
			reorder(ranks(n, cmp), reflect.Swapper(list))
			return
		}
	}
}

// ranks are the places of n things, in the order that they should stand in.
func ranks(n int, cmp func(a, b int) int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, cmp)
	return order
}

// reorder brings to each place what stands at the place that order names for it, and uses
// order up. What is moved goes round in circles: each is followed once.
func reorder(order []int, swap func(a, b int)) {
	for start := range order {
		at := start
		for order[at] != start {
			from := order[at]
			swap(at, from)
			order[at] = at
			at = from
		}
		order[at] = at
	}
}
