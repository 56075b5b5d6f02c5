package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file tells characters that draw nothing and are text from those that are not. A
// joiner between two letters of a script that knows joining changes how these are drawn,
// and often what the word means: Persian and Hindi cannot be written without.

// The joiners: the one keeps letters apart, the other ties them.
const (
	apart = '\u200c'
	tie   = '\u200d'
)

// gap stands between two words of a script that writes no blanks, where a line may break.
const gap = '\u200b'

// parts reports whether r is such a gap, between letters of a script that needs it. It draws
// nothing, and terminals disagree on how: on the screen it is left out.
func parts(before, r, after rune) bool {
	return r == gap && unbroken(before) && unbroken(after) && unicode.IsLetter(after)
}

func unbroken(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && unicode.In(r, unicode.Khmer, unicode.Thai, unicode.Lao, unicode.Myanmar)
}

// Joins reports whether r is a joiner that the script of the characters beside it needs:
// letters, or the marks on them, beyond Latin.
func Joins(before, r, after rune) bool {
	return (r == apart || r == tie) && joinable(before) && joinable(after)
}

// joinable reports whether a joiner may stand beside r: in every script that has no case
// and writes letters or marks. Latin, Greek and Cyrillic need none, nor do signs.
func joinable(r rune) bool {
	if r <= unicode.MaxLatin1 || !unicode.IsLetter(r) && !unicode.IsMark(r) {
		return false
	}
	return !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) &&
		!unicode.Is(unicode.Variation_Selector, r) && (r < 0x300 || r > 0x36f)
}

// selects reports whether r chooses a form of the letter before it that its script tells
// apart: in Mongolian, and of Chinese characters in names.
func selects(before, r rune) bool {
	switch {
	case 0x180B <= r && r <= 0x180D || r == 0x180F:
		return unicode.Is(unicode.Mongolian, before) && unicode.IsLetter(before)
	case 0xE0100 <= r && r <= 0xE01EF:
		return unicode.Is(unicode.Han, before)
	}
	return false
}

// tiesSigns reports whether r makes one picture of two emoji. Terminals disagree on how
// wide that is, so the two are drawn beside each other.
func tiesSigns(before, r, after rune) bool {
	return r == tie && isEmoji(before) && isEmoji(after)
}

func isEmoji(r rune) bool {
	return 0x1F300 <= r && r <= 0x1FAFF || 0x2600 <= r && r <= 0x27BF || 0x2B00 <= r && r <= 0x2BFF || r == '\uFE0F' || r == 0x2194 || r == 0x2195
}

// needed handles r at src[i:i+size] if it draws nothing and is text, and says whether it is.
// What is kept counts as a mark: no flood of marks hides behind it.
func (c *cleaner) needed(i int, r rune, size int) bool {
	if r < 0x180B || !isHidden(r) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(c.src[:i])
	after, _ := utf8.DecodeRuneInString(c.src[i+size:])
	switch {
	case selects(before, r) || Joins(before, r, after):
		c.mark(i, size)
	case tiesSigns(before, r, after) || parts(before, r, after):
		c.replace(i, size, "")
	default:
		return false
	}
	return true
}

// IsText reports whether s can be given on as it is: whether Text would leave out at most
// what makes emoji of signs, and one of two, and the gaps between words that have no blanks.
func IsText(s string) bool {
	runes := []rune(s)
	var b strings.Builder
	for i, r := range runes {
		if r == '\uFE0E' || r == '\uFE0F' || i > 0 && i+1 < len(runes) && (tiesSigns(runes[i-1], r, runes[i+1]) || parts(runes[i-1], r, runes[i+1])) {
			continue
		}
		b.WriteRune(r)
	}
	return utf8.ValidString(s) && Text(s) == b.String()
}

// Rejoined is text in which Go's %q wrote joiners as escapes, with those that are text as
// they were.
func Rejoined(text string) string {
	for from := 0; ; {
		at := strings.Index(text[from:], `\u200`)
		if at < 0 || from+at+6 > len(text) {
			return text
		}
		at += from
		from = at + 1
		r := map[byte]rune{'b': gap, 'c': apart, 'd': tie}[text[at+5]]
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+6:])
		if Joins(before, r, after) || tiesSigns(before, r, after) || parts(before, r, after) {
			text = text[:at] + string(r) + text[at+6:]
		}
	}
}
