package incident

import (
	"slices"
	"testing"
)

// TestPartsShareTheRoom: a part has all its lines where there is room, and what one does not
// need goes to the others; each keeps two.
func TestPartsShareTheRoom(t *testing.T) {
	of := func(lines ...int) (parts []sidePart) {
		for _, n := range lines {
			parts = append(parts, sidePart{lines: make([]string, n)})
		}
		return parts
	}
	for _, c := range []struct {
		parts []int
		h     int
		want  []int
	}{
		{[]int{5, 8, 4}, 28, []int{5, 8, 4}},
		{[]int{5, 8, 4}, 18, []int{4, 4, 4}},
		{[]int{1, 20, 2}, 18, []int{2, 9, 2}},
		{[]int{9, 9, 9}, 4, []int{2, 2, 2}},
		{[]int{30}, 12, []int{10}},
		{nil, 12, []int{}},
	} {
		if got := shared(of(c.parts...), c.h); !slices.Equal(got, c.want) {
			t.Errorf("of %d rows %v get %v, not %v", c.h, c.parts, got, c.want)
		}
	}
}
