package line

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// A scanner reads a line by the one form it can have. encoding/json would take
// "Who" for "who", the last of two equal keys, and any white space: each a way to
// change what one reader sees and another does not.
type scanner struct {
	failed error
	rest   []byte
	wide   bool    // something in the piece is not ASCII, and may not be UTF-8
	format *Format // for kind
	spec   *Spec   // of the kind that was read; nil if it is not known
}

// fail says what does not fit. Nothing is left then, so that nothing else fits.
func (s *scanner) fail(format string, args ...any) { s.stop(fmt.Errorf(format, args...)) }

func (s *scanner) stop(err error) {
	if s.failed == nil && err != nil {
		s.failed, s.rest = err, nil
	}
}

// optional passes over a text, if it comes next.
func (s *scanner) optional(text string) bool {
	if len(s.rest) < len(text) || string(s.rest[:len(text)]) != text {
		return false
	}
	s.rest = s.rest[len(text):]
	return true
}

// want passes over a text, which must come next.
func (s *scanner) want(text string) {
	if !s.optional(text) {
		s.fail("%s should stand where it has %s", text, excerpt(s.rest))
	}
}

// excerpt shows the beginning of what stands there, harmless.
func excerpt(rest []byte) string {
	if len(rest) == 0 {
		return "its end"
	}
	return strconv.QuoteToASCII(string(rest[:min(len(rest), 24)]))
}

// take cuts off n bytes.
func (s *scanner) take(n int) []byte {
	if len(s.rest) < n {
		s.fail("it breaks off")
		return nil
	}
	taken := s.rest[:n]
	s.rest = s.rest[n:]
	return taken
}

func (s *scanner) uint() uint64 {
	n := 0
	for n < len(s.rest) && n < 16 && '0' <= s.rest[n] && s.rest[n] <= '9' {
		n++
	}
	digits := s.take(n)
	value, err := strconv.ParseUint(string(digits), 10, 53)
	if err != nil || digits[0] == '0' {
		s.fail("a number should stand where it has %s", excerpt(digits))
	}
	return value
}

// envelope reads what follows the version, into e, and returns c.
func (s *scanner) envelope(e *Entry) (content Hash) {
	s.want(`,"seq":`)
	e.Seq = s.uint()
	s.want(`,"prev":"`)
	e.Prev = s.hash()
	s.want(`","recorded":"`)
	e.Recorded = s.recorded()
	s.want(`","mode":"`)
	e.Mode = s.mode()
	s.want(`","kind":"`)
	e.Kind = s.kind()
	s.want(`","c":"`)
	content = s.hash()
	s.want(`"}`)
	return content
}

func (s *scanner) hash() Hash {
	text := s.take(64)
	h, ok := parseHash(text)
	if !ok {
		s.fail("64 lower-case hexadecimal digits should stand where it has %s", excerpt(text))
	}
	return h
}

// salt cuts off a salt, with its quotes.
func (s *scanner) salt() []byte {
	text := s.take(len(`""`) + 22)
	if s.failed == nil && !isSalt(text) {
		s.stop(errSalt)
	}
	return text
}

// isSalt reports whether a text is a salt: 22 characters of base64url, of which the last has
// two bits.
func isSalt(quoted []byte) bool {
	last := len(quoted) - 1
	if quoted[0] != '"' || quoted[last] != '"' {
		return false
	}
	for _, c := range quoted[1:last] {
		if (c < '0' || '9' < c) && (c|0x20 < 'a' || 'z' < c|0x20) && c != '-' && c != '_' {
			return false
		}
	}
	c := quoted[last-1]
	return c == 'A' || c == 'Q' || c == 'g' || c == 'w'
}

func (s *scanner) mode() Mode {
	switch {
	case s.optional(string(Live)):
		return Live
	case s.optional(string(Drill)):
		return Drill
	}
	s.fail("its mode is neither live nor drill")
	return ""
}

func (s *scanner) kind() Kind {
	n := bytes.IndexByte(s.rest, '"')
	if n < 1 || n > 40 {
		s.fail("its kind is missing or too long")
		return ""
	}
	text := s.take(n)
	if s.spec = s.format.specs[Kind(text)]; s.spec != nil { // which takes no memory
		return s.spec.Kind
	}
	for _, c := range text {
		if (c < 'a' || c > 'z') && c != '.' && c != '_' && c != '-' {
			s.fail("its kind %s is not lower-case letters and dots", excerpt(text))
			return ""
		}
	}
	return Kind(text)
}

// recorded reads a time of fixed width, and nothing that merely means the same.
func (s *scanner) recorded() time.Time {
	text := s.take(len(recordedLayout))
	if s.failed != nil {
		return time.Time{}
	}
	t, ok := parseRecorded(text)
	if !ok {
		s.fail("its time %s is not of the form %s", excerpt(text), recordedLayout)
	}
	return t
}

// firstYear is the first year of the times in a line: of those before it, readers in other
// languages differ.
const firstYear = 1000

func parseRecorded(b []byte) (time.Time, bool) {
	wrong := (b[4] ^ '-') | (b[7] ^ '-') | (b[10] ^ 'T') | (b[13] ^ ':') | (b[16] ^ ':') | (b[19] ^ '.') | (b[29] ^ 'Z')
	number := func(digits []byte) (n int) {
		for _, c := range digits {
			if c -= '0'; c > 9 {
				wrong = c
			}
			n = 10*n + int(c)
		}
		return n
	}
	year, month, day := number(b[:4]), number(b[5:7]), number(b[8:10])
	hour, minute, second, nano := number(b[11:13]), number(b[14:16]), number(b[17:19]), number(b[20:29])
	if wrong != 0 || year < firstYear || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nano, time.UTC)
	return t, day <= 28 || t.Day() == day // else the month has no such day
}

// quoted cuts off a JSON string, with its quotes.
func (s *scanner) quoted() []byte {
	n, form := stringEnd(s.rest)
	if n < 0 {
		s.fail("a string should stand where it has %s", excerpt(s.rest))
		return nil
	}
	s.wide = s.wide || form&isWide != 0
	return s.take(n)
}

// full is quoted, for a text that may not be empty.
func (s *scanner) full(what string) []byte {
	text := s.quoted()
	if len(text) == len(`""`) {
		s.fail("its %s is empty and should not stand there", what)
	}
	return text
}

// list cuts off a list of texts.
func (s *scanner) list() []byte {
	from := s.rest
	s.want(`[`)
	for first := true; s.failed == nil && !s.optional(`]`); first = false {
		if !first {
			s.want(`,`)
		}
		s.quoted()
	}
	return from[:len(from)-len(s.rest)]
}

// object cuts off an object, and keeps its members if it will be decoded. What a kind
// to come has for its facts may be any value.
func (s *scanner) object(c *content, any bool) Object {
	if s.failed != nil {
		return Object{}
	}
	x := exact{b: s.rest, keep: c.read, found: c.room}
	if any || bytes.HasPrefix(s.rest, []byte("{")) {
		s.stop(x.whole())
	} else {
		s.stop(x.unexpected())
	}
	s.wide = s.wide || x.wide
	c.room = x.found[len(x.found):]
	return Object{s.take(x.at), x.found}
}

// since ends a piece, which is what was read since from was the rest, and UTF-8.
func (s *scanner) since(from []byte) []byte {
	text := from[:len(from)-len(s.rest)]
	if s.wide && !utf8.Valid(text) {
		s.stop(errNotUTF8)
	}
	s.wide = false
	return text
}

// key reads the key of that name and its colon, if they come next; behind a comma,
// if there should be one.
func (s *scanner) key(name string, comma bool) bool {
	rest := s.rest
	if comma && !bytes.HasPrefix(rest, []byte(",")) {
		return false
	}
	if comma {
		rest = rest[1:]
	}
	if len(rest) < len(name)+3 || rest[0] != '"' || string(rest[1:len(name)+1]) != name || rest[len(name)+1] != '"' || rest[len(name)+2] != ':' {
		return false
	}
	s.rest = rest[len(name)+3:]
	return true
}
