package runbooks

import (
	"bytes"
	"fmt"
	"strings"
)

// The bounds of a file. The TOML parser needs time and memory out of all
// proportion for deep nesting and for keys of thousands of parts, so that
// nothing beyond these reaches it.
const (
	// MaxFile is the largest file that is read, in bytes.
	MaxFile = 4 << 20

	maxDepth    = 32      // tables and arrays inside one another
	maxKeyParts = 8       // parts of a dotted key
	maxPath     = 256     // bytes of a key with all the tables around it
	maxNodes    = 400_000 // tables, keys and array values in a file
)

// A scan is what a scanner found out.
type scan struct {
	root *node
	// end is how far the file was understood. Nothing is known about the nesting
	// after it.
	end  int
	lost bool // it stops being TOML at end
	// plain: it is TOML, and every node has its value.
	plain bool
	// tables: scanning stopped at the head of the first table, as was asked.
	tables  bool
	problem string // which bound is exceeded; "" if none is
	line    int    // where it is exceeded
}

// scanTOML finds the line of every key, table and value, and checks the bounds.
// It does not judge the rest: what is not TOML ends the scan and is left to the
// parser to explain. With headOnly it stops at the first table.
func scanTOML(data []byte, headOnly bool) scan {
	s := &scanner{src: data, line: 1, headOnly: headOnly}
	s.values(data)
	s.root = s.node(table)
	s.table = s.root
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		s.pos = 3
	}
	for s.ok() {
		s.blank()
		if s.pos == len(s.src) {
			break
		}
		if s.src[s.pos] != '[' {
			s.pair(s.table, s.depth, s.path)
		} else if headOnly {
			s.tables = true
			break
		} else {
			s.head()
		}
		s.restOfLine()
	}
	return scan{s.root, s.pos, s.lost, s.ok() && !s.odd, s.tables, s.problem, s.line}
}

type scanner struct {
	src         []byte
	pos, line   int
	nodes       int
	root, table *node
	depth, path int // of table
	headOnly    bool
	tables      bool
	lost        bool
	problem     string
	odd         bool   // values are not told: the parser is asked
	all         string // src, of which plain texts are parts
	asked       int    // values of which the parser was asked
	spare       []node
	parts       [maxKeyParts + 1]string // of the key that was read last
}

func (s *scanner) ok() bool { return !s.lost && s.problem == "" }

// exceeds notes the bound that the file exceeds at this line.
func (s *scanner) exceeds(format string, args ...any) {
	if s.problem == "" {
		s.problem = fmt.Sprintf(format, args...)
	}
}

// peek returns the byte here, or 0 at the end.
func (s *scanner) peek() byte {
	if s.pos < len(s.src) {
		return s.src[s.pos]
	}
	return 0
}

// space skips spaces and tabs.
func (s *scanner) space() {
	for s.pos < len(s.src) && (s.src[s.pos] == ' ' || s.src[s.pos] == '\t') {
		s.pos++
	}
}

// blank skips spaces, newlines and comments.
func (s *scanner) blank() {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case '\n':
			s.line++
			s.pos++
		case ' ', '\t', '\r':
			s.pos++
		case '#':
			s.comment()
		default:
			return
		}
	}
}

// comment skips to the end of the line.
func (s *scanner) comment() {
	if i := bytes.IndexByte(s.src[s.pos:], '\n'); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.src)
	}
}

// restOfLine demands that nothing but a comment follows on the line.
func (s *scanner) restOfLine() {
	if !s.ok() {
		return
	}
	s.space()
	switch s.peek() {
	case '#':
		s.comment()
	case '\r', '\n':
	default:
		s.lost = s.pos < len(s.src)
	}
}

// head reads [a.b] or [[a.b]] and makes it the current table.
func (s *scanner) head() {
	from := s.pos
	s.pos++
	array := s.peek() == '['
	if array {
		s.pos++
	}
	parts, size := s.dotted()
	for range 1 + btoi(array) {
		if s.ok() && s.peek() != ']' {
			s.lost = true
		}
		s.pos++
	}
	if !s.ok() {
		s.pos = min(s.pos, len(s.src))
		return
	}
	at := s.root
	for _, p := range parts[:len(parts)-1] {
		at = s.step(at, p)
		s.odd = s.odd || !at.made
	}
	last := parts[len(parts)-1]
	was := at.key(last)
	s.odd = s.odd || was != nil && (!array || !was.made || was.form != list) || s.pos-from != size-1+2+2*btoi(array)
	if array {
		all := s.child(at, last)
		s.count()
		s.table = s.node(table)
		all.made = true
		all.add(s.table)
	} else {
		s.table = s.step(at, last)
		s.table.line = int32(s.line)
	}
	s.table.form, s.table.made = table, true
	s.table.from, s.table.to = int32(from), int32(s.pos)
	s.depth, s.path = len(parts), size
}

// step goes to the table of a name, the last of them in an array of tables.
func (s *scanner) step(at *node, name string) *node {
	at = s.child(at, name)
	if items := at.items(); len(items) > 0 {
		return items[len(items)-1]
	}
	return at
}

// child finds or makes the node of a key.
func (s *scanner) child(at *node, name string) *node {
	if n := at.key(name); n != nil {
		return n
	}
	s.count()
	n := s.node(single)
	at.put(name, n)
	return n
}

// node makes a node on this line.
func (s *scanner) node(f form) *node {
	if len(s.spare) == 0 {
		s.spare = make([]node, min(512, 16+s.nodes))
	}
	n := &s.spare[0]
	s.spare = s.spare[1:]
	n.line, n.form = int32(s.line), f
	return n
}

func (s *scanner) count() {
	if s.nodes++; s.nodes > maxNodes {
		s.exceeds("more than %d values", maxNodes)
	}
}

// pair reads key = value into a table, depth tables and path bytes deep.
func (s *scanner) pair(at *node, depth, path int) {
	line := s.line
	parts, size := s.dotted()
	if s.ok() && s.peek() != '=' {
		s.lost = true
	}
	if path += size; path > maxPath {
		s.exceeds("a key that is, with its tables, longer than %d bytes", maxPath)
	}
	if !s.ok() {
		return
	}
	s.pos++
	s.space()
	s.odd = s.odd || len(parts) > 1 || at.key(parts[0]) != nil
	for _, p := range parts {
		at = s.child(at, p)
	}
	at.line = int32(line)
	s.value(at, depth+len(parts), path)
}

// dotted reads a key and returns its parts, until the next is read, and their length in
// bytes.
func (s *scanner) dotted() (parts []string, size int) {
	for parts = s.parts[:0]; ; {
		s.space()
		part := s.keyPart()
		if !s.ok() {
			return nil, 0
		}
		if part == "" { // allowed in TOML, but the parser mixes up what is in it
			s.exceeds("an empty key")
			return nil, 0
		}
		size += len(part) + 1
		parts = append(parts, part)
		if len(parts) > maxKeyParts {
			s.exceeds("a key of more than %d parts", maxKeyParts)
		}
		if size > maxPath {
			s.exceeds("a key longer than %d bytes", maxPath)
		}
		s.space()
		if !s.ok() || s.peek() != '.' {
			return parts, size
		}
		s.pos++
	}
}

// keyPart reads one part of a key, bare or quoted.
func (s *scanner) keyPart() string {
	from := s.pos
	if c := s.peek(); c == '"' || c == '\'' {
		s.quoted(c)
		if !s.ok() {
			return ""
		}
		part, err := unquote(s.src[from:s.pos])
		s.lost, s.odd = s.lost || err != nil, true
		return part
	}
	for s.pos < len(s.src) && strings.IndexByte(" \t\r\n=.[]{},#\"'", s.src[s.pos]) < 0 {
		s.pos++
	}
	s.lost = s.pos == from
	if s.odd {
		return string(s.src[from:s.pos])
	}
	part := s.all[from:s.pos]
	s.odd = !isBare(part)
	return part
}

// value reads a value into its node.
func (s *scanner) value(at *node, depth, path int) {
	if depth > maxDepth {
		s.exceeds("more than %d tables and arrays inside one another", maxDepth)
		return
	}
	at.from = int32(s.pos)
	switch c := s.peek(); c {
	case '"', '\'':
		at.str, at.text = true, int32(s.str(c))
	case '[':
		s.array(at, depth, path)
	case '{':
		s.inline(at, depth, path)
	default:
		s.bare()
	}
	at.to = int32(min(s.pos, len(s.src)))
	if !s.odd && s.ok() && at.form == single {
		s.take(at)
	}
}

// bare skips a number, a date or a word.
func (s *scanner) bare() {
	from := s.pos
	for s.pos < len(s.src) && strings.IndexByte("\r\n=[]{},#\"'", s.src[s.pos]) < 0 {
		s.pos++
	}
	s.lost = s.lost || s.pos == from
}

// array reads [ value, value, ].
func (s *scanner) array(at *node, depth, path int) {
	s.pos++
	at.form = list
	for s.blank(); s.peek() != ']'; s.blank() {
		s.count()
		item := s.node(single)
		at.add(item)
		s.value(item, depth+1, path)
		if !s.comma(']') {
			return
		}
	}
	s.pos++
}

// inline reads { key = value, key = value }.
func (s *scanner) inline(at *node, depth, path int) {
	line := s.line
	s.pos++
	at.form = table
	for s.blank(); s.peek() != '}'; s.blank() {
		s.pair(at, depth, path)
		if !s.comma('}') {
			return
		}
	}
	s.odd = s.odd || s.line != line // what is allowed in there has changed
	s.pos++
}

// comma skips a comma, if the closing bracket does not follow at once, and
// reports whether there is more to read or close.
func (s *scanner) comma(closing byte) bool {
	if !s.ok() {
		return false
	}
	s.blank()
	switch s.peek() {
	case ',':
		s.pos++
	case closing:
	default:
		s.lost = true
	}
	return s.ok()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
