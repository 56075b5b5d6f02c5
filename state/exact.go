package state

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
	var keys [24][]byte // of the objects that are open, so that few need more memory
	x := exact{b: b, keys: keys[:0]}
	err := x.value(0)
	return x.at, err
}

// exact reads JSON in the one form. It keeps nothing of it but the keys.
type exact struct {
	b    []byte
	at   int
	keys [][]byte
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

func (x *exact) value(depth int) error {
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
		return x.object(depth)
	case c == '[':
		return x.array(depth)
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

func (x *exact) object(depth int) error {
	x.at++
	if x.skip('}') {
		return nil
	}
	first := len(x.keys)
	defer func() { x.keys = x.keys[:first] }()
	var many map[string]bool // the keys, once comparing each with each costs too much
	for {
		if err := x.key(first, &many); err != nil {
			return err
		}
		if err := x.value(depth + 1); err != nil {
			return err
		}
		if x.skip('}') {
			return nil
		}
		if !x.skip(',') {
			return x.unexpected()
		}
	}
}

// key reads a key and its colon.
func (x *exact) key(first int, many *map[string]bool) error {
	n, plain := stringEnd(x.b[x.at:])
	if n < 0 {
		return x.unexpected()
	}
	key := x.b[x.at+1 : x.at+n-1]
	if !plain || !isKey(key) {
		return errKey
	}
	x.at += n
	if !x.skip(':') {
		return x.unexpected()
	}
	if len(x.keys)-first >= 32 {
		return addToMany(many, x.keys[first:], key)
	}
	for _, other := range x.keys[first:] {
		if bytes.Equal(other, key) {
			return errKey
		}
	}
	x.keys = append(x.keys, key)
	return nil
}

func addToMany(many *map[string]bool, keys [][]byte, key []byte) error {
	if *many == nil {
		*many = make(map[string]bool)
		for _, other := range keys {
			(*many)[string(other)] = true
		}
	}
	if (*many)[string(key)] {
		return errKey
	}
	(*many)[string(key)] = true
	return nil
}

func isKey(key []byte) bool {
	for _, c := range key {
		if c >= 0x7f || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func (x *exact) array(depth int) error {
	x.at++
	if x.skip(']') {
		return nil
	}
	for {
		if err := x.value(depth + 1); err != nil {
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
		switch c := b[i]; {
		case c == '"':
			return i + 1, plain
		case c == '\\':
			n := escapeEnd(b[i+1:])
			if n < 0 {
				return -1, false
			}
			i, plain = i+n, false
		case c < ' ', c == 0x7f:
			return -1, false
		}
	}
	return -1, false
}

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
