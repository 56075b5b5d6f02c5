package widget

import (
	"sync/atomic"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// wide says that the terminal draws ambiguous characters in two cells. It is of the
// process, not of a theme: every text is measured, and few of those who measure one
// have a theme at hand.
var wide atomic.Bool

// wideAll measures as terminals do that are set up for Chinese, Japanese or Korean.
var wideAll = displaywidth.Options{EastAsianWidth: true, ControlSequences: true}

// MeasureWide has every text measured for a terminal that draws ambiguous characters,
// which are Greek, Cyrillic and accented letters, quotation marks, frames and signs,
// in two cells, as terminals for Chinese, Japanese and Korean can be set to; or no
// longer. It is for the whole process, and called before anything is drawn.
func MeasureWide(on bool) { wide.Store(on) }

// ClusterWidth returns the cells that one character takes as a person counts them.
func ClusterWidth(cluster string) int {
	if r, size := utf8.DecodeRuneInString(cluster); size == len(cluster) && asASCII(r) {
		return 1
	}
	return wideAll.String(cluster)
}

// asASCII reports whether r is drawn as an ASCII sign where only those are sure to
// take one cell.
func asASCII(r rune) bool {
	for i := 0; i < len(plainSigns); i += 2 {
		if plainSigns[i] == string(r) {
			return true
		}
	}
	return false
}

// plainSigns are signs beyond ASCII that muster's own words use, each followed by what
// is drawn for it where only ASCII is: one cell for one cell.
var plainSigns = []string{
	"…", "~", "—", "-", "–", "-", "×", "x", "·", ".", "•", "-", "←", "<", "→", ">", "↑", "^", "↓", "v",
	"“", "\"", "”", "\"", "‘", "'", "’", "'",
}

// PlainSigns returns pairs of a sign that muster's own words use and the ASCII sign
// that is drawn for it, as strings.NewReplacer takes them. Other people's letters are
// not among them.
func PlainSigns() []string { return plainSigns }

// widthOf measures a line that is not simple.
func widthOf(line string) (width int) {
	if !wide.Load() {
		return narrowWidth(line)
	}
	for i := 0; i < len(line); {
		if n := sgrLen(line[i:]); n > 0 && line[i] == 0x1b {
			i += n
			continue
		}
		cluster, w := next(line[i:])
		width += w
		i += len(cluster)
	}
	return width
}
