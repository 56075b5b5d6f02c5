package line

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"unicode/utf8"
)

// JSON can say one thing in many ways, and readers differ in which of them they
// understand how. So a line's content is read in one form only, the one that Seal
// writes: no white space, whole numbers up to 2^53, strings with no escape that is
// not needed, and keys that are plain, in lower case and not doubled.

// maxDepth bounds nesting; nothing muster writes is deeper than four.
const maxDepth = 16

// maxNumber is the largest number that every JSON reader takes as it is.
const maxNumber = 1 << 53

var (
	errBreaksOff = errors.New("its content breaks off")
	errKey       = errors.New("a key in its content is doubled or not plain lower case, so that two readers might read it differently")
	errDepth     = errors.New("its content is nested too deeply")
)

// exact reads JSON in the one form. Those of its methods that read a value are given
// the keys of the objects that it is in, and may use the room behind them.
type exact struct {
	b    []byte
	at   int
	wide bool // something in it is not ASCII
	// keep asks for the object's members to be kept, so that nobody need look for them
	// again.
	keep  bool
	found []member
}

// A member is a key of an object with its value.
type member struct{ key, value span } // the key without its quotes

// A span is where a piece of b stands. Slices in its place would be pointers, for
// which the compiler would take memory from the heap for every line.
type span struct{ from, to int32 }

// of is the piece of b.
func (s span) of(b []byte) []byte { return b[s.from:s.to:s.to] }

// An Object is a JSON object as it lies.
type Object struct {
	Text    []byte // nil for none
	members []member
}

// Len is how many members were kept, if somebody asked for them.
func (o *Object) Len() int { return len(o.members) }

// Member is the key of one of them, without its quotes, and its value.
func (o *Object) Member(i int) (key, value []byte) {
	m := &o.members[i]
	return m.key.of(o.Text), m.value.of(o.Text)
}

// ReadObject reads an object by itself.
func ReadObject(text []byte) (Object, error) {
	x := exact{b: text, keep: true}
	if err := x.whole(); err != nil {
		return Object{}, err
	}
	return Object{text, x.found}, nil
}

// Members yields the keys and values of an object, if it is one in this form.
func Members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		o, _ := ReadObject(object)
		for i := range o.Len() {
			if !yield(o.Member(i)) {
				return
			}
		}
	}
}

// unquote is what a JSON string says that [stringEnd] accepts. All that is escaped in it,
// Go escapes so too.
func unquote(quoted []byte) []byte {
	if len(quoted) < 2 {
		return nil
	}
	if text := quoted[1 : len(quoted)-1]; bytes.IndexByte(text, '\\') < 0 {
		return text
	}
	text, _ := strconv.Unquote(string(quoted))
	return []byte(text)
}

// whole reads a value, which lies in an object.
func (x *exact) whole() error {
	var keys [24]span // so that few lines need more memory
	return x.value(1, keys[:0])
}

func (x *exact) unexpected() error {
	if x.at >= len(x.b) {
		return errBreaksOff
	}
	return fmt.Errorf("its content has %s where JSON as muster writes it has something else", excerpt(x.b[x.at:]))
}

// skip passes over c, if it comes next.
func (x *exact) skip(c byte) bool {
	if x.at < len(x.b) && x.b[x.at] == c {
		x.at++
		return true
	}
	return false
}

func (x *exact) value(depth int, keys []span) error {
	if depth == maxDepth {
		return errDepth
	}
	if x.at >= len(x.b) {
		return errBreaksOff
	}
	switch c := x.b[x.at]; {
	case c == '"':
		return x.text()
	case c == '{':
		return x.object(depth, keys)
	case c == '[':
		return x.array(depth, keys)
	case c == '-', '0' <= c && c <= '9':
		return x.number()
	}
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(x.b[x.at:], []byte(word)) {
			x.at += len(word)
			return nil
		}
	}
	return x.unexpected()
}

func (x *exact) text() error {
	n, form := stringEnd(x.b[x.at:])
	if n < 0 {
		return x.unexpected()
	}
	x.at += n
	x.wide = x.wide || form&isWide != 0
	return nil
}

func (x *exact) object(depth int, keys []span) error {
	x.at++
	if x.skip('}') {
		return nil
	}
	key, err := x.key(keys[len(keys):], nil)
	if err != nil {
		return err
	}
	all := append(keys, key)
	if err := x.kept(depth, key, all); err != nil {
		return err
	}
	return x.members(depth, len(keys), all)
}

// members reads what follows an object's first member. The object's own keys are
// those behind the first few, which are outside it.
func (x *exact) members(depth, outside int, all []span) error {
	var many map[string]bool // its own keys, once comparing each with each costs too much
	for !x.skip('}') {
		if !x.skip(',') {
			return x.unexpected()
		}
		own := all[outside:]
		if many == nil && len(own) >= 32 {
			many = x.texts(own)
		}
		key, err := x.key(own, many)
		if err != nil {
			return err
		}
		if many == nil {
			all = append(all, key)
		}
		if err := x.kept(depth, key, all); err != nil {
			return err
		}
	}
	return nil
}

// kept reads the value of a key, and keeps the two if somebody asks for them.
func (x *exact) kept(depth int, key span, all []span) error {
	from := x.at
	err := x.value(depth+1, all)
	if x.keep && depth == 1 && err == nil {
		x.found = append(x.found, member{key, span{int32(from), int32(x.at)}})
	}
	return err
}

// key reads a key, which must be none of the others, and its colon.
func (x *exact) key(others []span, many map[string]bool) (span, error) {
	end := x.at + 1
	for end < len(x.b) && inKey[x.b[end]] == ' ' {
		end++
	}
	if x.at >= len(x.b) || x.b[x.at] != '"' || end >= len(x.b) || x.b[end] != '"' {
		if n, _ := stringEnd(x.b[x.at:]); n < 0 {
			return span{}, x.unexpected()
		}
		return span{}, errKey
	}
	at := span{int32(x.at + 1), int32(end)}
	key := at.of(x.b)
	if x.doubled(key, others, many) {
		return at, errKey
	}
	if many != nil {
		many[string(key)] = true
	}
	x.at = end + 1
	if !x.skip(':') {
		return at, x.unexpected()
	}
	return at, nil
}

func (x *exact) doubled(key []byte, others []span, many map[string]bool) bool {
	if many != nil {
		return many[string(key)]
	}
	for _, other := range others {
		if bytes.Equal(other.of(x.b), key) {
			return true
		}
	}
	return false
}

// texts is the set of some keys.
func (x *exact) texts(keys []span) map[string]bool {
	set := make(map[string]bool)
	for _, key := range keys {
		set[string(key.of(x.b))] = true
	}
	return set
}

func (x *exact) array(depth int, keys []span) error {
	x.at++
	if x.skip(']') {
		return nil
	}
	for {
		if err := x.value(depth+1, keys); err != nil {
			return err
		}
		if x.skip(']') {
			return nil
		}
		if !x.skip(',') {
			return x.unexpected()
		}
	}
}

func (x *exact) number() error {
	start := x.at
	negative := x.skip('-')
	digits, value := x.at, uint64(0)
	for x.at < len(x.b) && x.at < digits+17 && '0' <= x.b[x.at] && x.b[x.at] <= '9' {
		value = value*10 + uint64(x.b[x.at]-'0')
		x.at++
	}
	n := x.at - digits
	if n == 0 || value > maxNumber || x.b[digits] == '0' && (n > 1 || negative) {
		x.at = start
		return x.unexpected()
	}
	return nil
}

// A form says what is in a string.
type form uint8

const (
	hasEscapes form = 1 << iota
	isWide          // it is not all ASCII, and may not be UTF-8
)

// stringEnd is the length of the JSON string that b begins with, -1 if it begins
// with none as Seal writes it.
func stringEnd(b []byte) (n int, what form) {
	if len(b) == 0 || b[0] != '"' {
		return -1, 0
	}
	for i := 1; i < len(b); i++ {
		for i+8 <= len(b) && isPlain(binary.LittleEndian.Uint64(b[i:])) {
			i += 8
		}
		for i < len(b) && inText[b[i]] == ' ' {
			i++
		}
		if i == len(b) {
			break
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1, what
		case c >= utf8.RuneSelf:
			for what |= isWide; i+1 < len(b) && b[i+1] >= utf8.RuneSelf; {
				i++
			}
		case c == '\\':
			n := escapeEnd(b[i+1:])
			if n < 0 {
				return -1, 0
			}
			i, what = i+n, what|hasEscapes
		default:
			return -1, 0
		}
	}
	return -1, 0
}

// isPlain reports whether eight bytes of a string are ASCII that stands for itself. A
// byte less than what is taken from it has its highest bit set then, and so has the
// next, perhaps: but if one is wrong, all are looked at one by one.
func isPlain(eight uint64) bool {
	const ones = 0x0101010101010101 // times n: n in each of eight bytes
	control := eight - ' '*ones
	quote, backslash, del := (eight^'"'*ones)-ones, (eight^'\\'*ones)-ones, (eight^0x7f*ones)-ones
	return (eight|control|quote|backslash|del)&(0x80*ones) == 0
}

// inText is a space for each byte of ASCII that stands for itself in a string, thirty-two
// to a line: not control characters, quotes, backslashes and DEL.
const inText = "................................" +
	"  .                             " +
	"                            .   " +
	"                               ." + noText + noText + noText + noText

// inKey is a space for each byte that can stand in a key: of those in a text, not what
// is not ASCII, which two readers may fold differently, nor capital letters.
const inKey = "................................" +
	"  .                             " +
	" .......................... .   " +
	"                               ." + noText + noText + noText + noText

const noText = "................................"

// escapeEnd is how long what follows a backslash is; -1 if Seal does not write it.
func escapeEnd(b []byte) int {
	if len(b) == 0 {
		return -1
	}
	switch b[0] {
	case '"', '\\', 'b', 'f', 'n', 'r', 't':
		return 1
	case 'u':
	default:
		return -1
	}
	if len(b) < 5 || b[1] != '0' || b[2] != '0' {
		return -1
	}
	high, low := nibble(b[3]), nibble(b[4])
	if high|low > 15 {
		return -1
	}
	switch c := high<<4 | low; {
	case c == '\b', c == '\f', c == '\n', c == '\r', c == '\t': // have shorter ones
		return -1
	case c < ' ', c == 0x7f:
		return 5
	}
	return -1
}
