package view

import (
	"fmt"
	"testing"
)

// TestHeaviestLieOverTheWholeLog: what weighs most is taken; of what weighs the same and does not
// all have room, the first, the last, and between them evenly.
func TestHeaviestLieOverTheWholeLog(t *testing.T) {
	list := func(weights ...int) (all []weighty) {
		for i, weight := range weights {
			all = append(all, weighty{uint64(i + 1), weight})
		}
		return all
	}
	for _, c := range []struct {
		weights []int
		n       int
		want    string
	}{
		{[]int{1, 2, 3}, 5, "[3 2 1]"},
		{[]int{1, 2, 3}, 3, "[3 2 1]"},
		{[]int{1, 2, 3}, 2, "[3 2]"},
		{[]int{1, 2, 3}, 0, "[]"},
		{[]int{1, 2, 3}, -1, "[]"},
		{[]int{5, 5, 5, 5, 5}, 3, "[1 3 5]"},
		{[]int{5, 5, 5, 5, 5}, 2, "[1 5]"},
		{[]int{5, 5, 5, 5, 5}, 1, "[5]"},
		{[]int{9, 5, 5, 5, 5, 5, 1}, 3, "[1 2 6]"},
		{[]int{5, 5, 9, 5, 1, 1}, 2, "[3 4]"},
		{[]int{5, 9, 9, 5}, 2, "[2 3]"},
	} {
		seqs := []uint64{}
		for _, w := range heaviest(list(c.weights...), c.n) {
			seqs = append(seqs, w.seq)
		}
		if got := fmt.Sprint(seqs); got != c.want {
			t.Errorf("of %v the %d heaviest are %s, not %s", c.weights, c.n, got, c.want)
		}
	}
}
