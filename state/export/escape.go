package export

import (
	"strings"

	"muster/state/clean"
)

// A markdown is text that may be written into the report as it is. Only constants
// and escaped make it, so that the compiler finds what was forgotten.
type markdown string

// special are the characters that an escape may be needed for.
const special = "\\`*_{}[]<>&|~#$@^+-=:.)"

// escaped makes one line of Markdown that draws text as it is, wherever it stands:
// in a paragraph, a heading, a list, a table's cell. Line breaks become spaces.
//
// What could begin HTML or an entity becomes an entity, which is safe with every
// reader of Markdown. What could begin anything else gets a backslash; so does what
// means something only at the start of a line, since nobody looks where this ends
// up. A backslash in "://", "www." and before "@" keeps readers from making links.
func escaped[T ~string](raw T) markdown {
	text := clean.Line(strings.Join(strings.Fields(string(raw)), " "))
	if !strings.ContainsAny(text, special) {
		return markdown(text)
	}
	var out strings.Builder
	out.Grow(len(text) + 16)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '<':
			out.WriteString("&lt;")
		case c == '>':
			out.WriteString("&gt;")
		case c == '&':
			out.WriteString("&amp;")
		case c == '~': // beside the ~~ that strikes out, a backslash is not enough
			out.WriteString("&#126;")
		case needsBackslash(text, i):
			out.WriteByte('\\')
			out.WriteByte(c)
		default:
			out.WriteByte(c)
		}
	}
	return markdown(out.String())
}

// needsBackslash reports whether text[i] needs a backslash before it.
func needsBackslash(text string, i int) bool {
	switch text[i] {
	case '\\', '`', '*', '_', '{', '}', '[', ']', '|', '#', '$', '@', '^':
		return true
	case '+', '-', '=':
		return i == 0
	case ':':
		return i == 0 || strings.HasPrefix(text[i+1:], "//")
	case ')':
		return endsListMark(text, i)
	case '.':
		return endsListMark(text, i) || i >= 3 && strings.EqualFold(text[i-3:i], "www")
	}
	return false
}

// endsListMark reports whether text[:i+1] would begin an item of a numbered list.
func endsListMark(text string, i int) bool {
	return i > 0 && strings.Trim(text[:i], "0123456789") == "" && (i+1 == len(text) || text[i+1] == ' ')
}
