package state

import (
	"strings"
	"unicode"
)

// What people say of a head, or write down, is heard here; what it is, state/line says.

// Groups is the whole hash to be read aloud: four lines of four groups of four digits,
// each line ending with a line break.
func Groups(h Hash) string {
	text := h.String()
	var out strings.Builder
	for i := 0; i < len(text); i += 4 {
		end := byte(' ')
		if i%16 == 12 {
			end = '\n'
		}
		out.WriteString(text[i : i+4])
		out.WriteByte(end)
	}
	return out.String()
}

// NormalHash reads a whole hash as people write it: any case, with or without blanks,
// line breaks and dashes. It reports false if text is not 64 hexadecimal digits.
func NormalHash(text string) (string, bool) {
	text = strings.ToLower(strings.Join(strings.FieldsFunc(text, apart), ""))
	_, err := ParseHash(text)
	return text, err == nil
}

// apart reports whether a character only stands between the groups of a code.
func apart(r rune) bool { return r == '-' || unicode.IsSpace(r) }

// NormalCode reads a code as people write it (any case, with or without dashes
// and spaces, O for 0, I and L for 1) and returns it as [Hash.Code] writes it. It
// reports false if text is not 16 such characters.
func NormalCode(text string) (string, bool) {
	var out strings.Builder
	for _, r := range strings.ToUpper(text) {
		if apart(r) {
			continue
		}
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if (r < '0' || r > '9') && (r < 'A' || r > 'Z' || r == 'U') { // I, L and O were read above
			return "", false
		}
		if n := out.Len(); n == 4 || n == 9 || n == 14 {
			out.WriteByte('-')
		}
		out.WriteRune(r)
	}
	return out.String(), out.Len() == 19
}
