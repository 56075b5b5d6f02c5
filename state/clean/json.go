package clean

import (
	"fmt"
	"unicode/utf8"
)

// JSON returns text, which is valid JSON, with every character as a \u escape that
// [Line] would not draw: C1 controls, DEL, bidi marks, a flood of marks, a mark with
// no base. Such characters can only stand in strings, so that the values stay the
// same: programs read what they would have read, and a terminal has nothing to obey.
// text is returned as it is if it has none.
func JSON(text []byte) []byte {
	var out []byte
	from, marks := 0, 0
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && c != 0x7f {
			marks = 0
			if i++; c == '"' {
				marks = maxMarks // a mark would stand on the quote
			}
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if marks++; !isMark(r) {
			marks = 0
		}
		if isHidden(r) || marks > maxMarks {
			out = append(out, text[from:i]...)
			out = appendEscape(out, r)
			from = i + size
		}
		i += size
	}
	if from == 0 {
		return text
	}
	return append(out, text[from:]...)
}

func appendEscape(out []byte, r rune) []byte {
	if r < 0x10000 {
		return fmt.Appendf(out, `\u%04x`, r)
	}
	r -= 0x10000
	return fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
}
