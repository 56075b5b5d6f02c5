package widget

import "strings"

// Fit returns block as exactly height lines of exactly width cells: lines are
// cut or padded, missing ones are blank, surplus ones are dropped.
func Fit(block []string, width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	out := make([]string, height)
	for i := range out {
		if i < len(block) {
			out[i] = Pad(block[i], width)
		} else {
			out[i] = blank(width)
		}
	}
	return out
}

// Column is a block with the width it is drawn in.
type Column struct {
	Lines []string
	Width int // cells, exactly
}

// JoinColumns sets columns side by side with sep, a styled line, between them.
// It is as high as the highest; each line is exactly the widths and separators.
func JoinColumns(sep string, columns ...Column) []string {
	height, size := 0, 0
	for _, c := range columns {
		height = max(height, len(c.Lines))
		size += max(0, c.Width) + len(sep) + 16
	}
	out := make([]string, height)
	var b strings.Builder
	for row := range out {
		b.Reset()
		b.Grow(size)
		for i, c := range columns {
			if i > 0 {
				b.WriteString(sep)
			}
			missing := c.Width
			if row < len(c.Lines) {
				var line string
				line, missing = padding(c.Lines[row], c.Width, ellipsis)
				b.WriteString(line)
			}
			b.WriteString(blank(missing))
		}
		out[row] = b.String()
	}
	return out
}

// Spread returns exactly width cells with left at one end and right at the
// other. When both do not fit, left is cut; when right alone does not, it is
// left out.
func Spread(left, right string, width int) string {
	right, w := measure(right)
	if w == 0 || w > width {
		return Pad(left, width)
	}
	room := width - w - 1
	if room <= 0 {
		return blank(width-w) + right
	}
	return Pad(left, room) + " " + right
}

// A part is a column that may grow.
type part struct {
	max    int // cells beyond which it does not grow; 0 for no limit
	weight int // its share of the room left, against the others'; 0: it does not grow
}

// grow gives room to widths by weight, a round at a time until nobody takes more.
func grow(widths []int, parts []part, room int) {
	for room > 0 {
		weights := 0
		for i := range widths {
			if canGrow(widths[i], parts[i]) {
				weights += parts[i].weight
			}
		}
		if weights == 0 {
			return
		}
		round := room
		for i := range widths {
			if room == 0 || !canGrow(widths[i], parts[i]) {
				continue
			}
			share := min(room, max(1, round*parts[i].weight/weights))
			if parts[i].max > 0 {
				share = min(share, parts[i].max-widths[i])
			}
			widths[i] += share
			room -= share
		}
	}
}

func canGrow(width int, p part) bool { return p.weight > 0 && (p.max == 0 || width < p.max) }

// Rule returns a rule of exactly width cells made of sign, one cell wide.
func Rule(sign string, width int) string { return strings.Repeat(sign, max(0, width)) }
