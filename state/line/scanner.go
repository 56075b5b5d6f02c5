package line

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// A scanner reads a line by the one form it can have. encoding/json would take
// "Who" for "who", the last of two equal keys, and any white space: each a way to
// change what one reader sees and another does not. The first thing that does not
// fit is kept in failed, and everything after it is passed over.
type scanner struct {
	rest   []byte
	failed error
	words  *words  // for word; may be nil
	format *Format // for kind
}

func (s *scanner) fail(format string, args ...any) {
	if s.failed == nil {
		s.failed = fmt.Errorf(format, args...)
	}
}

func (s *scanner) optional(text string) bool {
	if s.failed != nil || len(s.rest) < len(text) || string(s.rest[:len(text)]) != text {
		return false
	}
	s.rest = s.rest[len(text):]
	return true
}

func (s *scanner) want(text string) {
	if s.failed == nil && !s.optional(text) {
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
	if s.failed != nil {
		return nil
	}
	if len(s.rest) < n {
		s.fail("it breaks off")
		return nil
	}
	taken := s.rest[:n]
	s.rest = s.rest[n:]
	return taken
}

// number reads the envelope's opening and its version.
func (s *scanner) number() uint64 {
	s.want(`{"v":`)
	return s.uint()
}

func (s *scanner) uint() uint64 {
	n := 0
	for n < len(s.rest) && n < 16 && '0' <= s.rest[n] && s.rest[n] <= '9' {
		n++
	}
	digits := s.take(n)
	if s.failed != nil {
		return 0
	}
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
	for _, c := range text {
		if (c < 'a' || c > 'z') && c != '.' && c != '_' && c != '-' {
			s.fail("its kind %s is not lower-case letters and dots", excerpt(text))
			return ""
		}
	}
	return s.format.intern(text)
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

func parseRecorded(b []byte) (time.Time, bool) {
	const shape = "dddd-dd-ddTdd:dd:dd.dddddddddZ"
	var part [7]int // year, month, day, hour, minute, second, nanosecond
	at := 0
	for i := range len(shape) {
		c := b[i]
		if shape[i] != 'd' {
			if c != shape[i] {
				return time.Time{}, false
			}
			at++
			continue
		}
		if c < '0' || c > '9' {
			return time.Time{}, false
		}
		part[at] = part[at]*10 + int(c-'0')
	}
	if part[1] < 1 || part[1] > 12 || part[2] < 1 || part[3] > 23 || part[4] > 59 || part[5] > 59 {
		return time.Time{}, false
	}
	t := time.Date(part[0], time.Month(part[1]), part[2], part[3], part[4], part[5], part[6], time.UTC)
	return t, t.Day() == part[2] // else the month has no such day
}

func (s *scanner) occurred() time.Time {
	n := bytes.IndexByte(s.rest, '"')
	if n < 0 || n > len(recordedLayout) {
		s.fail("the time it occurred is missing or too long")
		return time.Time{}
	}
	text := string(s.take(n))
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || t.IsZero() || t.UTC().Format(time.RFC3339Nano) != text {
		s.fail("the time it occurred, %q, is not RFC 3339 in UTC", text)
	}
	return t.UTC()
}

func (s *scanner) salt(into *Salt) {
	text := s.take(22)
	if s.failed != nil {
		return
	}
	var room [18]byte // Decode writes whole groups of three
	n, err := base64.RawURLEncoding.Strict().Decode(room[:], text)
	if err != nil || n != len(into) {
		s.fail("its salt is not 22 characters of base64url")
		return
	}
	copy(into[:], room[:n])
}

// text reads a JSON string.
func (s *scanner) text() string {
	var room [usual]byte
	return string(unquote(room[:0], s.quoted()))
}

// word reads a JSON string that many lines have in common.
func (s *scanner) word() string {
	var room [usual]byte
	return s.words.intern(unquote(room[:0], s.quoted()))
}

// quoted cuts off a JSON string, with its quotes.
func (s *scanner) quoted() []byte {
	if s.failed != nil {
		return nil
	}
	n, _ := stringEnd(s.rest)
	if n < 0 {
		s.fail("a string should stand where it has %s", excerpt(s.rest))
		return nil
	}
	return s.take(n)
}

// fullText reads a JSON string that may not be empty.
func (s *scanner) fullText(what string) string {
	return s.full(s.text(), what)
}

// fullWord is fullText for a word.
func (s *scanner) fullWord(what string) string {
	return s.full(s.word(), what)
}

func (s *scanner) full(text, what string) string {
	if text == "" {
		s.fail("its %s is empty and should not stand there", what)
	}
	return text
}

// value reads one JSON value into v.
func (s *scanner) value(v any) {
	if s.failed != nil {
		return
	}
	n, err := exactValue(s.rest)
	if err == nil {
		err = json.Unmarshal(s.take(n), v)
	}
	if err != nil {
		s.fail("%v", err)
	}
}

// key reads the key of that name and its colon, if they come next; behind a comma,
// if there should be one.
func (s *scanner) key(name string, comma bool) bool {
	rest := s.rest
	if s.failed != nil || comma && !bytes.HasPrefix(rest, []byte(",")) {
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

// quotedHash reads a hash as a JSON string.
func (s *scanner) quotedHash() Hash {
	s.want(`"`)
	h := s.hash()
	s.want(`"`)
	return h
}
