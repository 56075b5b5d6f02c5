package widget

import (
	"strconv"
	"strings"

	"muster/state/sorted"
)

// Hint is one key in the footer.
type Hint struct {
	Key   string // "s", "ctrl+p"
	Label string // "skip": one or two words
	Rank  int    // 0 is the most important; the highest are left out first
}

// hintGap is the space between two hints.
const hintGap = 2

// KeyHints returns one line of exactly width cells with hints in their order.
// When there is not room for all, those with the highest rank are left out, of
// one rank the last. Keys are never shown without their label.
func KeyHints(t Theme, hints []Hint, width int) string {
	if width <= 0 {
		return ""
	}
	hints = affordable(hints, width)
	var b strings.Builder
	for i, h := range hints {
		if i > 0 {
			b.WriteString(blank(hintGap))
		}
		b.WriteString(t.Key.Render(h.Key))
		b.WriteString(" ")
		b.WriteString(t.KeyLabel.Render(h.Label))
	}
	return PadTail(b.String(), width, t.Glyphs.Ellipsis)
}

// affordable returns the hints that fit, most important first in choice, in
// their own order.
func affordable(hints []Hint, width int) []Hint {
	order := make([]int, len(hints))
	for i := range order {
		order[i] = i
	}
	sorted.Stable(order, func(a, b int) int { return hints[a].Rank - hints[b].Rank })
	used := -hintGap
	keep := make([]bool, len(hints))
	for _, i := range order {
		n := hintGap + Width(hints[i].Key) + 1 + Width(hints[i].Label)
		if used+n > width {
			break
		}
		used += n
		keep[i] = true
	}
	var out []Hint
	for i, h := range hints {
		if keep[i] {
			out = append(out, h)
		}
	}
	return out
}

// plural returns "1 line", "2 lines".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
