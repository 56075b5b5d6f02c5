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

// Without takes out of a slice what drop names, and keeps the rest in order: what
// [slices.DeleteFunc] does, of which there was a body for each of some thirty types.
func Without[S ~[]E, E any](list S, drop func(E) bool) S {
	n := kept(list, len(list), func(i int) bool { return drop(list[i]) })
	clear(list[n:])
	return list[:n]
}

// kept brings to the front, in order, those of n things that are not to be dropped, and says how
// many they are.
func kept(list any, n int, drop func(i int) bool) int {
	at := 0
	for at < n && !drop(at) {
		at++
	}
	if at == n {
		return n
	}
	swap := reflect.Swapper(list)
	for i := at + 1; i < n; i++ {
		if !drop(i) {
			swap(at, i)
			at++
		}
	}
	return at
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
