package record

import (
	"bytes"
	"slices"
	"strings"

	"muster/state/line"
)

// words are texts that were read before, so that a log in which the same few names
// and ids stand a million times has each of them once in memory. A word is looked
// for in one place alone, and takes it from another that was there.
type words struct {
	at     [512]string
	frames [64]*line.Frame
	room   room
}

// data is an empty value to read what an entry of a kind records into.
func (w *words) data(k *kind) line.Data {
	if w == nil {
		return k.empty()
	}
	return w.room.data(k)
}

// text is a text as a string, which other lines will hardly have.
func (w *words) text(text []byte) string {
	if w == nil {
		return string(text)
	}
	return w.room.text(text)
}

// Frame is a frame that says the same and stays, mostly one that others have too.
func (w *words) Frame(f *line.Frame) *line.Frame {
	own := f.Override != nil || f.Origin != nil || !f.Occurred.IsZero()
	if !own {
		at := &w.frames[(fnv1a(f.By.Name)^fnv1a(f.Kind))%uint32(len(w.frames))]
		if *at != nil && **at == *f {
			return *at
		}
		kept := *f
		*at = &kept
		return *at
	}
	kept := *f
	return &kept
}

const longestWord = 64 // bytes; longer texts are hardly ever the same

// Word is text as a string. Nil words keep none.
func (w *words) Word(text []byte) string {
	if w == nil || len(text) > longestWord {
		return string(text)
	}
	at := &w.at[fnv1a(text)%uint32(len(w.at))]
	if *at != string(text) {
		*at = string(text)
	}
	return *at
}

// fnv1a is FNV-1a. Texts that were chosen to meet in one place only cost memory.
func fnv1a[T ~string | []byte](text T) uint32 {
	h := uint32(2166136261)
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return h
}

// unquote is what a JSON string in a line says; in room if it has escapes.
func unquote(room, quoted []byte) []byte {
	if len(quoted) < 2 {
		return nil
	}
	rest := quoted[1 : len(quoted)-1]
	at := bytes.IndexByte(rest, '\\')
	if at < 0 {
		return rest
	}
	room = slices.Grow(room, len(rest)) // at once: a runbook is one string
	for ; at >= 0; at = bytes.IndexByte(rest, '\\') {
		room = append(room, rest[:at]...)
		c, n := escaped(rest[at:])
		room, rest = append(room, c), rest[at+n:]
	}
	return append(room, rest...)
}

// usual is for how many bytes of a text with escapes no memory is asked for.
const usual = 256

// escaped is the character that an escape stands for, and the escape's length.
func escaped(b []byte) (c byte, n int) {
	switch b[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		const digits = "0123456789abcdef"
		return byte(strings.IndexByte(digits, b[4])<<4 | strings.IndexByte(digits, b[5])), 6
	}
	return b[1], 2
}
