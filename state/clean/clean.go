// Package clean makes text from outside safe to draw.
//
// Runbooks, notes, names, command output and pasted text are hostile until
// they have passed through here. A terminal obeys what is written to it: an
// escape sequence in a step's title can move the cursor, change the window's
// title, fill the clipboard or answer for the person; a bidirectional override
// can make "not verified" read as something else. Text is stored raw and shown
// clean.
//
// What comes out of [Line] and [Text], and why:
//
//	U+0000 … U+001F, U+007F        their control pictures: ESC is ␛, DEL is ␡
//	tab                            spaces: one in Line, four in Text
//	\n and \r\n                    kept as \n in Text, ␊ in Line
//	U+0080 … U+009F (C1)           <U+009B>: some terminals obey them as ESC [
//	format, private use, tags,     <U+202E>: bidi marks, overrides and isolates,
//	unassigned, separators           zero-width characters, U+2028
//	fillers, letters that join on  <U+3164>: they draw nothing, or onto the frame
//	half a flag                    <U+1F1E9>: it would join with what follows
//	a run of one kind of jamo      <U+1100> from the second on: it is measured as one
//	U+FE0E, U+FE0F                 dropped: terminals disagree on their width; and a
//	                                 joiner between two emoji; U+200B too, between
//	                                 words of Khmer, Thai, Lao and Burmese
//	joiners and selectors that     kept: they change how letters are drawn
//	  a script needs
//	invalid UTF-8                  U+FFFD, one for each byte
//	a mark with no base            ◌ before it, or it would be drawn on the frame
//	marks beyond the fourth        dropped, and counted: <+96 marks>
//
// The result is valid UTF-8, holds no control character but Text's \n, and is
// its own result: cleaning twice changes nothing. ASCII text without controls
// is returned as it is, without allocating.
//
// Nothing here bounds length (see [Bounded]) or width.
package clean

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many marks may follow a base. Vietnamese needs two,
// Devanagari and Hebrew three; what has more is a flood that climbs over the
// neighbouring lines.
const maxMarks = 4

// tabSpaces is what a tab becomes in Text. Columns are not counted: the text is
// wrapped later, at a width not known here.
const tabSpaces = "    "

// Line returns s as one line that is safe to draw.
func Line(s string) string { return clean(s, false) }

// Text returns s safe to draw, with its line breaks kept as \n.
func Text(s string) string { return clean(s, true) }

// IsClean reports whether s is one line that is safe to draw: whether Line
// would return it unchanged.
func IsClean(s string) bool { return Line(s) == s }

// Bounded returns s if it has at most maxBytes bytes, and otherwise as much of
// its beginning as fits, cut between characters and ended by "…". The result
// never has more than maxBytes bytes (maxBytes ≥ 3). It is not cleaned; bound
// first, then clean, so that hostile text costs no more than its bound.
func Bounded(s string, maxBytes int) string {
	const tail = "…"
	if len(s) <= maxBytes {
		return s
	}
	end := max(0, maxBytes-len(tail))
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	if end+len(tail) > maxBytes {
		return ""
	}
	return s[:end] + tail
}

// What a screen shows of others' text at most, in bytes.
const (
	maxRow     = 400  // in a row of a list: more than fits across any terminal
	maxPassage = 2000 // where it is wrapped
)

// Row returns s as one line that is safe to draw in a list, however long s is.
func Row(s string) string { return Line(Bounded(s, maxRow)) }

// Passage returns s if it is short enough to be wrapped in a screen of others, and its
// beginning otherwise. Like that of Bounded, the result is not cleaned.
func Passage(s string) string { return Bounded(s, maxPassage) }

func clean(s string, newlines bool) string {
	i := plain(s, newlines)
	if i == len(s) {
		return s
	}
	c := cleaner{src: s, newlines: newlines, hasBase: i > 0 && s[i-1] != '\n'}
	for i < len(s) {
		if n := plain(s[i:], newlines); n > 0 {
			i += n
			c.passed(i)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isOrdinary(r) {
			c.passed(i + size)
		} else {
			c.rune(i, r, size)
		}
		i += size
	}
	return c.finish()
}

// plain returns the length of the beginning of s that is printable ASCII.
func plain(s string, newlines bool) int {
	for i := 0; i < len(s); i++ {
		if b := s[i]; (b < ' ' && !(newlines && b == '\n')) || b >= 0x7f {
			return i
		}
	}
	return len(s)
}

// cleaner walks a string once. It copies nothing until something has to change.
type cleaner struct {
	src      string
	out      []byte // src[:from], cleaned; nil while nothing has changed
	from     int    // first byte of src not yet copied
	newlines bool   // keep \n
	hasBase  bool   // a mark here would have something to stand on
	jamo     jamo   // what the character before was
	halfFlag bool   // the character before is the first half of a flag
	marks    int    // marks since the last base
	dropped  int    // of these, how many were dropped and not yet counted in out
}

// passed does for the characters before src[end], which plain or isOrdinary knows,
// what rune would do for each.
func (c *cleaner) passed(end int) {
	c.endFlood()
	c.marks, c.jamo = 0, notJamo
	c.hasBase = !c.newlines || c.src[end-1] != '\n'
}

// isOrdinary reports whether r is one of the commonest characters beyond ASCII that
// are drawn as they are: Latin letters, dashes, quotation marks. It says nothing of
// others, and is there for speed alone.
func isOrdinary(r rune) bool {
	return 0xA0 <= r && r < 0x300 && r != 0xAD || 0x2010 <= r && r <= 0x2027
}

// rune handles the character r that lies at src[i:i+size].
func (c *cleaner) rune(i int, r rune, size int) {
	switch {
	case r == '\uFE0E' || r == '\uFE0F':
		c.replace(i, size, "")
		return
	case isMark(r) && !isHidden(r):
		c.mark(i, size)
		return
	case c.needed(i, r, size):
		return
	}
	c.endFlood()
	c.marks, c.hasBase = 0, r != '\n' || !c.newlines
	rest := c.src[i+size:]
	switch {
	case r < ' ' || r == 0x7f:
		c.control(i, r, rest)
	case r == utf8.RuneError && size == 1:
		c.replace(i, size, "\uFFFD")
	case isHidden(r) || c.joins(r, rest):
		c.replace(i, size, fmt.Sprintf("<U+%04X>", r))
	}
	c.jamo = jamoOf(r)
}

// control handles a control character of ASCII with rest after it.
func (c *cleaner) control(i int, r rune, rest string) {
	switch {
	case r == '\n' && c.newlines:
	case r == '\r' && strings.HasPrefix(rest, "\n"):
		c.replace(i, 1, "")
	case r == '\t' && c.newlines:
		c.replace(i, 1, tabSpaces)
	case r == '\t':
		c.replace(i, 1, " ")
	case r == 0x7f:
		c.replace(i, 1, "\u2421")
	default:
		c.replace(i, 1, string('\u2400'+r))
	}
}

// joins reports whether r would be measured as one with its neighbours but drawn
// apart: a second jamo of a kind, or half a flag.
func (c *cleaner) joins(r rune, rest string) bool {
	if isFlagHalf(r) {
		whole := c.halfFlag || startsFlag(rest)
		c.halfFlag = whole && !c.halfFlag
		return !whole
	}
	kind := jamoOf(r)
	return kind != notJamo && kind == c.jamo
}

// mark handles a combining mark.
func (c *cleaner) mark(i, size int) {
	if !c.hasBase {
		c.replace(i, 0, "◌")
		c.hasBase = true
	}
	if c.marks++; c.marks > maxMarks {
		c.replace(i, size, "")
		c.dropped++
	}
}

// endFlood says how many marks were dropped.
func (c *cleaner) endFlood() {
	if c.dropped > 0 {
		c.out = fmt.Appendf(c.out, "<+%d marks>", c.dropped)
		c.dropped = 0
	}
}

// replace writes with in the place of src[i:i+size].
func (c *cleaner) replace(i, size int, with string) {
	if c.out == nil {
		c.out = make([]byte, 0, len(c.src)+16)
	}
	c.out = append(c.out, c.src[c.from:i]...)
	c.out = append(c.out, with...)
	c.from = i + size
}

func (c *cleaner) finish() string {
	if c.out == nil {
		return c.src
	}
	c.endFlood()
	return string(append(c.out, c.src[c.from:]...))
}

// isHidden reports whether r draws nothing, or nothing that is agreed on:
// controls, format characters, private use, unassigned, line separators,
// fillers, the rarer variation selectors, and prepended letters.
func isHidden(r rune) bool {
	if r < 0x80 {
		return r < ' ' || r == 0x7f
	}
	return !unicode.IsGraphic(r) || isPrepended(r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// isMark reports whether r is drawn onto the character before it.
func isMark(r rune) bool {
	const (
		tone1, tone5  = 0x1F3FB, 0x1F3FF // emoji skin tones join like marks
		thaiAM, laoAM = 0x0E33, 0x0EB3   // letters, and measured as one with those before them
	)
	return r >= 0x300 && (unicode.IsMark(r) ||
		unicode.Is(unicode.Other_Grapheme_Extend, r) ||
		r == thaiAM || r == laoAM ||
		tone1 <= r && r <= tone5)
}

// isPrepended reports whether r is one of the archaic Indic letters that join
// with whatever follows (Grapheme_Cluster_Break=Prepend), even with a frame.
func isPrepended(r rune) bool {
	switch r {
	case 0x0D4E, 0x111C2, 0x111C3, 0x113D1, 0x1193F, 0x11941, 0x11A3A, 0x11D46, 0x11F02:
		return true
	}
	return 0x11A84 <= r && r <= 0x11A89
}

// isFlagHalf reports whether r is a regional indicator, two of which are a flag.
func isFlagHalf(r rune) bool { return 0x1F1E6 <= r && r <= 0x1F1FF }

// startsFlag reports whether s begins with a regional indicator.
func startsFlag(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isFlagHalf(r)
}

// jamo is a kind of conjoining Hangul letter. A syllable has one of each; a run
// of one kind has the width of a single letter when measured, and is drawn as
// many.
type jamo int

const (
	notJamo jamo = iota
	leading
	vowel
	trailing
)

func jamoOf(r rune) jamo {
	switch {
	case r < 0x1100 || r > 0xD7FB:
		return notJamo
	case r <= 0x115F || 0xA960 <= r && r <= 0xA97C:
		return leading
	case r <= 0x11A7 || 0xD7B0 <= r && r <= 0xD7C6:
		return vowel
	case r <= 0x11FF || 0xD7CB <= r:
		return trailing
	}
	return notJamo
}
