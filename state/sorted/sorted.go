// Package sorted puts slices in order.
//
// It does what [slices.SortStableFunc] does, with one body of code for all types: the
// generic one is compiled anew for each of some forty, which made the program a hundredth
// larger.
package sorted

import "slices"

// Stable sorts a slice so that cmp(a, b) ≤ 0 for neighbours a, b. What is equal keeps its
// order. A slice in order already costs nothing but the look.
func Stable[S ~[]E, E any](list S, cmp func(a, b E) int) {
	for i := 1; i < len(list); i++ {
		if cmp(list[i-1], list[i]) > 0 {
			reorder(list, ranks(len(list), func(a, b int) int { return cmp(list[a], list[b]) }))
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

func reorder[S ~[]E, E any](list S, order []int) {
	was := make(S, len(list))
	copy(was, list)
	for i, from := range order {
		list[i] = was[from]
	}
}
