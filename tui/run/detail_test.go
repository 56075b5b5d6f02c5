package run

import (
	"testing"

	"muster/tui/kit"
)

// TestMovingInAText: from item to item, and where there is none further on, or none at all, by one
// line; never beyond the text's beginning and end.
func TestMovingInAText(t *testing.T) {
	for _, c := range []struct {
		name        string
		items       []int // the lines that they stand on
		item, first int
		move        kit.Motion
		wantItem    int
		wantFirst   int
	}{
		{"no items, down", nil, -1, 0, kit.Down, -1, 1},
		{"no items, up", nil, -1, 5, kit.Up, -1, 4},
		{"no items, up at the beginning", nil, -1, 0, kit.Up, -1, 0},
		{"no items, down at the end", nil, -1, 20, kit.Down, -1, 20},
		{"to the next item, in view", []int{2, 4}, 0, 0, kit.Down, 1, 0},
		{"to the next item, out of view", []int{2, 25}, 0, 0, kit.Down, 1, 18},
		{"back to the one before", []int{2, 25}, 1, 18, kit.Up, 0, 0},
		{"beyond the last item", []int{2, 4}, 1, 0, kit.Down, 1, 1},
		{"before the first item", []int{12, 14}, 0, 8, kit.Up, 0, 7},
		{"beyond the last item, at the end", []int{28}, 0, 20, kit.Down, 0, 20},
		{"a page", []int{2, 4}, 0, 0, kit.PageDown, 0, 9},
		{"to the end", []int{2, 4}, 0, 0, kit.ToBottom, 0, 20},
		{"to the beginning", nil, -1, 12, kit.ToTop, -1, 0},
	} {
		d := detail{lines: make([]string, 30), rows: 10, item: c.item, first: c.first}
		for _, line := range c.items {
			d.items = append(d.items, item{line: line})
		}
		if d.move(c.move); d.item != c.wantItem || d.first != c.wantFirst {
			t.Errorf("%s: item %d, first line %d, and should be %d and %d", c.name, d.item, d.first, c.wantItem, c.wantFirst)
		}
	}
	short := detail{lines: make([]string, 4), rows: 10, item: -1}
	if short.move(kit.Down); short.first != 0 {
		t.Errorf("a text that is seen whole begins at line %d", short.first)
	}
}
