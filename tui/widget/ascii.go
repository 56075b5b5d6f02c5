package widget

import (
	"strings"
	"unicode/utf8"
)

// ToASCII returns line with every character outside ASCII replaced, for
// terminals that draw nothing else: quotes, dashes and dots by their look-alikes,
// the rest by a ? for each cell. The width stays the same. It is the last step of
// a screen whose theme has [ASCIIGlyphs]: text from runbooks and people may hold
// anything.
func ToASCII(line string) string {
	line, _ = measure(line)
	if isASCII(line) {
		return line
	}
	var b strings.Builder
	b.Grow(len(line))
	for i := 0; i < len(line); {
		if n := sgrLen(line[i:]); line[i] == 0x1b && n > 0 {
			b.WriteString(line[i : i+n])
			i += n
			continue
		}
		cluster, width := next(line[i:])
		b.WriteString(asciiFor(cluster, width))
		i += len(cluster)
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// asciiFor returns width cells that stand for cluster.
func asciiFor(cluster string, width int) string {
	r, _ := utf8.DecodeRuneInString(cluster)
	switch {
	case r < utf8.RuneSelf: // a letter, without the marks on it
		return string(r)
	case strings.ContainsRune("‘’‚‛′", r):
		return "'"
	case strings.ContainsRune("“”„‟″«»", r):
		return `"`
	case strings.ContainsRune("‐‑‒–—―−─", r):
		return "-"
	case r == '…':
		return "~"
	case r == '│':
		return "|"
	case r == '•' || r == '·':
		return "."
	case r == '\u00a0':
		return " "
	}
	return strings.Repeat("?", width)
}
