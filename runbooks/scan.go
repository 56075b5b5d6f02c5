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

// A node is where a value stands in a file, and what it is. The nodes of a file have the
// shape of the values that the parser returns for it.
type node struct {
	line     int  // of its key, its table's head or, in an array, its value
	text     int  // of the first character of a multi-line string; else 0
	from, to int  // its value's bytes, from:to; for a table's head, of the head
	str      bool // its value is a string
	form     form
	made     bool    // a table or a list of them, made by a head
	value    any     // of one that is no table and no list, as the parser has it
	members  []named // of a table, in the order in which they stand
	index    map[string]*node
	items    []*node // of a list
	in       place   // told by the decoder
}

// A form is what a node is.
type form uint8

const (
	single form = iota // a text, a number, a day …
	table
	list
)

// A named is a member of a table.
type named struct {
	name string
	node *node
}

// fewMembers are found sooner one by one than by an index.
const fewMembers = 16

// key returns the node of a key, or nil. It works on a nil node.
func (n *node) key(name string) *node {
	if n == nil {
		return nil
	}
	if n.index != nil {
		return n.index[name]
	}
	for i := range n.members {
		if n.members[i].name == name {
			return n.members[i].node
		}
	}
	return nil
}

// put adds a member that the table does not have.
func (n *node) put(name string, member *node) {
	n.form = table
	if n.members == nil {
		n.members = make([]named, 0, 8)
	}
	n.members = append(n.members, named{name, member})
	if n.index != nil {
		n.index[name] = member
	} else if len(n.members) > fewMembers {
		n.index = make(map[string]*node, 2*fewMembers)
		for _, m := range n.members {
			n.index[m.name] = m.node
		}
	}
}

// item returns the node of an array's value, or nil. It works on a nil node.
func (n *node) item(i int) *node {
	if n == nil || i >= len(n.items) {
		return nil
	}
	return n.items[i]
}

// lineOf returns the node's line, or 0.
func (n *node) lineOf() int {
	if n == nil {
		return 0
	}
	return n.line
}

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
		all.form, all.made, all.items = list, true, append(all.items, s.table)
	} else {
		s.table = s.step(at, last)
		s.table.line = s.line
	}
	s.table.form, s.table.made = table, true
	s.table.from, s.table.to = from, s.pos
	s.depth, s.path = len(parts), size
}

// step goes to the table of a name, the last of them in an array of tables.
func (s *scanner) step(at *node, name string) *node {
	at = s.child(at, name)
	if n := len(at.items); n > 0 {
		return at.items[n-1]
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
	n.line, n.form = s.line, f
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
	at.line = line
	s.value(at, depth+len(parts), path)
}

// dotted reads a key and returns its parts and their length in bytes.
func (s *scanner) dotted() (parts []string, size int) {
	for {
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
	at.from = s.pos
	switch c := s.peek(); c {
	case '"', '\'':
		at.str, at.text = true, s.str(c)
	case '[':
		s.array(at, depth, path)
	case '{':
		s.inline(at, depth, path)
	default:
		s.bare()
	}
	at.to = min(s.pos, len(s.src))
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
		at.items = append(at.items, item)
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
