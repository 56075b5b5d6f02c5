package runbooks

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// str skips a string, which may have several lines, and returns the line of its
// first character if it has.
func (s *scanner) str(quote byte) (text int) {
	if !bytes.HasPrefix(s.src[s.pos:], []byte{quote, quote, quote}) {
		s.quoted(quote)
		return 0
	}
	s.pos += 3
	text = s.line
	if bytes.HasPrefix(s.src[s.pos:], []byte("\n")) || bytes.HasPrefix(s.src[s.pos:], []byte("\r\n")) {
		text++
	}
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '\n':
			s.line++
		case c == '\\' && quote == '"':
			s.pos++
			if s.peek() == '\n' {
				s.line++
			}
		case c == quote && bytes.HasPrefix(s.src[s.pos:], []byte{quote, quote, quote}):
			s.pos += 3
			for range 2 { // the text may end in one or two quotes of its own
				if s.peek() == quote {
					s.pos++
				}
			}
			return text
		}
		s.pos++
	}
	s.pos, s.lost = len(s.src), true
	return text
}

// quoted skips a string of one line.
func (s *scanner) quoted(quote byte) {
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case quote:
			s.pos++
			return
		case '\n':
			s.lost = true
			return
		case '\\':
			if quote == '"' && s.pos+1 < len(s.src) && s.src[s.pos+1] != '\n' {
				s.pos++
			}
		}
	}
	s.lost = true
}

var errNotString = errors.New("not a string")

// unquote returns the text of a TOML string of any of the four forms.
func unquote(raw []byte) (string, error) {
	text := string(raw)
	for _, q := range []string{`"""`, `'''`} {
		if len(text) >= 6 && strings.HasPrefix(text, q) && strings.HasSuffix(text, q) {
			text = strings.TrimPrefix(strings.TrimPrefix(text[3:len(text)-3], "\r"), "\n")
			if q == `'''` {
				return text, nil
			}
			return unescape(text)
		}
	}
	if len(text) < 2 || text[0] != text[len(text)-1] {
		return "", errNotString
	}
	switch text[0] {
	case '\'':
		return text[1 : len(text)-1], nil
	case '"':
		return unescape(text[1 : len(text)-1])
	}
	return "", errNotString
}

// unescape replaces the escapes of a basic string.
func unescape(text string) (string, error) {
	if strings.IndexByte(text, '\\') < 0 {
		return text, nil
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '\\')
		if i < 0 {
			b.WriteString(text)
			return b.String(), nil
		}
		b.WriteString(text[:i])
		r, rest, err := escape(text[i+1:])
		if err != nil {
			return "", err
		}
		if r >= 0 {
			b.WriteRune(r)
		}
		text = rest
	}
}

var errBadEscape = errors.New("unknown escape")

// escape reads what follows a backslash. The rune is -1 for an escaped newline,
// which stands for nothing.
func escape(text string) (r rune, rest string, err error) {
	if text == "" {
		return 0, "", errBadEscape
	}
	if i := strings.IndexByte(`btnfre"\`, text[0]); i >= 0 {
		return rune("\b\t\n\f\r\x1b\"\\"[i]), text[1:], nil
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[0]]
	if digits == 0 {
		rest := strings.TrimLeft(text, " \t\r\n")
		if !strings.Contains(text[:len(text)-len(rest)], "\n") {
			return 0, "", errBadEscape
		}
		return -1, rest, nil
	}
	if len(text) < 1+digits {
		return 0, "", errBadEscape
	}
	n, err := strconv.ParseUint(text[1:1+digits], 16, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return 0, "", errBadEscape
	}
	return rune(n), text[1+digits:], nil
}

// quote puts a word of a file between quotes, in one line and not too long.
func quote(word string) string {
	const most = 80
	if len(word) > most {
		word = strings.ToValidUTF8(word[:most], "") + "…"
	}
	return strconv.Quote(word)
}
