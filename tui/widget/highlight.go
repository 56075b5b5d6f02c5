package widget

import (
	"strings"
	"unicode/utf8"
)

// Highlight draws text in base and the characters that begin at the byte offsets
// matched, which are in ascending order, in base with match over it. Offsets
// outside text or inside a character are ignored. The text is expected clean:
// cleaning it here would move the offsets (an [Index] matches clean text).
func Highlight(text string, matched []int, base, match Style) string {
	if len(matched) == 0 {
		return base.Render(text)
	}
	strong := base.With(match)
	var b strings.Builder
	from := 0
	for i := 0; i < len(matched); {
		start := matched[i]
		end := start
		for i < len(matched) && matched[i] <= end {
			if matched[i] == end && end < len(text) && end >= from && utf8.RuneStart(text[end]) {
				cluster, _ := next(text[end:]) // marks keep their letter's look
				end += len(cluster)
			}
			i++
		}
		if end == start {
			continue
		}
		b.WriteString(base.Render(text[from:start]))
		b.WriteString(strong.Render(text[start:end]))
		from = end
	}
	b.WriteString(base.Render(text[from:]))
	return b.String()
}
