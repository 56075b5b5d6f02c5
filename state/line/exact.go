package line

import (
	"bytes"
	"errors"
	"fmt"
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

// exactObject is the length of the JSON object that b begins with, or an error if
// it begins with none in the one form.
func exactObject(b []byte) (int, error) {
	if len(b) > 0 && b[0] != '{' {
		return 0, (&exact{b: b}).unexpected()
	}
	return exactValue(b)
}

// exactValue is exactObject for any JSON value.
func exactValue(b []byte) (int, error) {
	var keys [24]span // so that few lines need more memory
	x := exact{b: b}
	err := x.value(0, keys[:0])
	return x.at, err
}

// exactRest is exactObject for an object whose first member, with its key of one
// letter, was read up to at.
func exactRest(b []byte, at int) (int, error) {
	var keys [24]span
	x := exact{b: b, at: at}
	err := x.members(0, 0, append(keys[:0], span{2, 3}))
	return x.at, err
}

// exact reads JSON in the one form. It keeps nothing of it. Those of its methods
// that read a value are given the keys of the objects that it is in, and may use
// the room behind them.
type exact struct {
	b  []byte
	at int
}

// A span is where a piece of b stands. Slices in its place would be pointers, for
// which the compiler would take memory from the heap for every line.
type span struct{ from, to int }

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
	n, _ := stringEnd(x.b[x.at:])
	if n < 0 {
		return x.unexpected()
	}
	x.at += n
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
	if err := x.value(depth+1, all); err != nil {
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
		if err := x.value(depth+1, all); err != nil {
			return err
		}
	}
	return nil
}

// key reads a key, which must be none of the others, and its colon.
func (x *exact) key(others []span, many map[string]bool) (span, error) {
	n, plain := stringEnd(x.b[x.at:])
	if n < 0 {
		return span{}, x.unexpected()
	}
	at := span{x.at + 1, x.at + n - 1}
	key := x.b[at.from:at.to]
	if !plain || !isKey(key) || x.doubled(key, others, many) {
		return at, errKey
	}
	if many != nil {
		many[string(key)] = true
	}
	x.at += n
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
		if bytes.Equal(x.b[other.from:other.to], key) {
			return true
		}
	}
	return false
}

// texts is the set of some keys.
func (x *exact) texts(keys []span) map[string]bool {
	set := make(map[string]bool)
	for _, key := range keys {
		set[string(x.b[key.from:key.to])] = true
	}
	return set
}

func isKey(key []byte) bool {
	for _, c := range key {
		if c >= 0x7f || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
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

// stringEnd is the length of the JSON string that b begins with, -1 if it begins
// with none as Seal writes it. A plain string has no escapes in it.
func stringEnd(b []byte) (n int, plain bool) {
	if len(b) == 0 || b[0] != '"' {
		return -1, false
	}
	plain = true
	for i := 1; i < len(b); i++ {
		if inText[b[i]] == ' ' {
			continue
		}
		switch b[i] {
		case '"':
			return i + 1, plain
		case '\\':
			n := escapeEnd(b[i+1:])
			if n < 0 {
				return -1, false
			}
			i, plain = i+n, false
		default:
			return -1, false
		}
	}
	return -1, false
}

// inText is a space for each byte that stands for itself in a string, thirty-two
// to a line: not control characters, quotes, backslashes and DEL.
const inText = "................................" +
	"  .                             " +
	"                            .   " +
	"                               ." + allText + allText + allText + allText

const allText = "                                "

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
