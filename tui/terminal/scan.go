package terminal

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Bounds of what is taken from a terminal. Nothing that one sends comes near them.
const (
	maxSequence   = 64      // bytes of a sequence, its introducer included
	maxParameters = 12      // of a CSI; the library fails at more than 32
	maxDigits     = 7       // of a parameter; the largest is a code point
	maxPaste      = 1 << 20 // bytes; what follows is left out
)

// A piece is the smallest part of what a terminal sends that means something.
type piece struct {
	kind  kind
	bytes []byte // valid until the scanner is given the next byte
}

type kind int

const (
	text     kind = iota // one character, as UTF-8
	control              // one control character; escape stands for the key
	sequence             // a whole sequence, introducer and all
	paste                // what stood between the brackets of a paste
)

// A scanner cuts the bytes of a terminal into pieces. It knows no time: half a
// sequence is never a piece, however long the rest takes. What breaks a sequence off
// ends it, and half of it is dropped.
type scanner struct {
	state  func(s *scanner, b byte, rest int)
	piece  func(piece)
	seq    []byte // the sequence so far, introducer and all
	long   bool   // it is not kept: it is too long, or nobody asked for it
	alt    bool   // an escape stood before it
	need   int    // bytes that a character or a mouse report lacks
	torn   bool   // an escape was taken for a key, and nothing has come since
	pasted []byte // the paste so far
	closed int    // how much of pasteEnd has been seen
}

const (
	escape   = 0x1b
	pasteEnd = "\x1b[201~"
)

func newScanner(take func(piece)) *scanner { return &scanner{state: (*scanner).ground, piece: take} }

// next takes a byte; rest is how many more came with it.
func (s *scanner) next(b byte, rest int) { s.state(s, b, rest) }

// A wait is what an unfinished sequence waits for.
type wait int

const (
	nothing wait = iota // or for its next byte, for ever
	aKey                // an escape may be the key of that name
	anEnd               // a paste, or a string that nobody asked for, may have none
)

func (s *scanner) waits() wait {
	switch {
	case s.pasted != nil:
		return anEnd
	case len(s.seq) == 0:
		return nothing
	case s.long && !isCSI(s.seq):
		return anEnd
	case s.seq[len(s.seq)-1] == escape && len(s.seq) <= 2:
		return aKey
	}
	return nothing
}

func isCSI(seq []byte) bool { return len(seq) > 1 && seq[1] == '[' }

// expire ends what waits: an escape was the key, a paste is what has come of it, and
// a string is dropped.
func (s *scanner) expire() {
	switch s.waits() {
	case aKey:
		for range s.seq {
			s.piece(piece{control, []byte{escape}})
		}
		s.torn = true
	case anEnd:
		s.endPaste()
	}
	s.reset()
}

func (s *scanner) reset() {
	s.state, s.seq, s.long, s.alt = (*scanner).ground, s.seq[:0], false, false
}

// again drops the sequence so far, which b has broken off, and takes b by itself.
func (s *scanner) again(b byte, rest int) {
	s.reset()
	s.ground(b, rest)
}

// whole gives on the sequence that b ends.
func (s *scanner) whole(b byte) {
	if s.add(b); !s.long {
		seq := s.seq
		if s.alt {
			seq = append([]byte{escape}, seq...)
		}
		s.piece(piece{sequence, seq})
	}
	s.reset()
}

// add keeps a byte of the sequence, if there is room.
func (s *scanner) add(b byte) {
	if s.long = s.long || len(s.seq) >= maxSequence; !s.long {
		s.seq = append(s.seq, b)
	}
}

func (s *scanner) ground(b byte, rest int) {
	torn := s.torn
	s.torn = false
	switch {
	case b == escape:
		s.seq, s.state = append(s.seq[:0], b), (*scanner).escaped
	case torn && rest > 0 && bytes.IndexByte([]byte("[O]P"), b) >= 0:
		// The rest of a sequence whose escape came too early. It has done what it did;
		// these are no keys.
		s.seq = append(s.seq[:0], escape)
		s.escaped(b, rest)
		s.long = true
	case b < ' ' || b == 0x7f:
		s.piece(piece{control, []byte{b}})
	case b < utf8.RuneSelf:
		s.piece(piece{text, []byte{b}})
	default:
		s.lead(b)
	}
}

// lead begins a character of several bytes. What cannot begin one is dropped: the
// eight-bit controls among it, which no terminal sends that speaks UTF-8.
func (s *scanner) lead(b byte) {
	switch {
	case b >= 0xc2 && b <= 0xdf:
		s.need = 1
	case b >= 0xe0 && b <= 0xef:
		s.need = 2
	case b >= 0xf0 && b <= 0xf4:
		s.need = 3
	default:
		s.reset()
		return
	}
	s.seq, s.state = append(s.seq, b), (*scanner).continued
}

func (s *scanner) continued(b byte, rest int) {
	if b < 0x80 || b > 0xbf {
		s.again(b, rest)
		return
	}
	s.seq = append(s.seq, b)
	if s.need--; s.need > 0 {
		return
	}
	r, _ := utf8.DecodeRune(bytes.TrimPrefix(s.seq, []byte{escape}))
	switch {
	case r == utf8.RuneError || unicode.IsControl(r):
	case s.seq[0] == escape:
		s.piece(piece{sequence, s.seq})
	default:
		s.piece(piece{text, s.seq})
	}
	s.reset()
}

// escaped is after one escape, or two.
func (s *scanner) escaped(b byte, rest int) {
	if len(s.seq) == 2 { // the first of two belongs to a sequence with alt, or is the key
		if s.alt = b == '[' || b == 'O'; !s.alt {
			s.piece(piece{control, []byte{escape}})
		}
		s.seq = s.seq[:1]
	}
	switch {
	case b == escape:
		s.seq = append(s.seq, b)
	case b == ansi.ETX: // ctrl+c always is
		s.again(b, rest)
	case b == '[':
		s.add(b)
		s.state = (*scanner).csi
	case b == 'O':
		s.add(b)
		s.state = (*scanner).ss3
	case b == ']' || b == 'P' || b == '_':
		s.add(b)
		s.state = (*scanner).str
	case b >= utf8.RuneSelf:
		s.lead(b)
	default:
		s.whole(b)
	}
}

func (s *scanner) csi(b byte, rest int) {
	switch begun := len(s.seq) == 2; {
	case begun && (b == '[' || b == 'M'): // a function key of Linux's own terminal; a mouse report in single bytes
		s.add(b)
		s.state, s.need = (*scanner).counted, map[byte]int{'[': 1, 'M': 3}[b]
	case b == '$' && isNumber(s.seq[2:]): // rxvt's shift
		s.whole(b)
	case b >= ' ' && b <= '?':
		s.add(b)
	case b < '@' || b > '~':
		s.again(b, rest)
	case b == '~' && string(s.seq[2:]) == "200" && !s.long && !s.alt:
		s.reset()
		s.pasted, s.closed, s.state = []byte{}, 0, (*scanner).inPaste
	default:
		s.long = s.long || !bounded(s.seq[2:])
		s.whole(b)
	}
}

func isNumber(params []byte) bool {
	return len(params) > 0 && bytes.Trim(params, "0123456789") == nil
}

// bounded reports whether parameters are few, and none is longer than a number that
// is sent can be.
func bounded(params []byte) bool {
	parts := bytes.FieldsFunc(params, func(r rune) bool { return r == ';' || r == ':' })
	for _, part := range parts {
		if len(part) > maxDigits+1 { // one may have a prefix
			return false
		}
	}
	return bytes.Count(params, []byte(";"))+bytes.Count(params, []byte(":")) < maxParameters
}

// counted takes as many bytes as are needed.
func (s *scanner) counted(b byte, rest int) {
	if b < ' ' {
		s.again(b, rest)
		return
	}
	if s.need--; s.need > 0 {
		s.add(b)
		return
	}
	s.whole(b)
}

func (s *scanner) ss3(b byte, rest int) {
	switch {
	case b >= '0' && b <= '9':
		s.long = s.long || len(s.seq) > maxDigits
		s.add(b)
	case b > ' ' && b <= '~':
		s.whole(b)
	default:
		s.again(b, rest)
	}
}

// str is within an OSC, a DCS or an APC: what the terminal answers, or what nobody
// asked for.
func (s *scanner) str(b byte, rest int) {
	switch {
	case b == ansi.BEL && s.seq[1] == ']':
		s.whole(b)
	case b == escape:
		s.state = (*scanner).ending
	case b == ansi.CAN || b == ansi.SUB:
		s.reset()
	case b < ' ' || b == 0x7f || !s.long && !s.mayGoOn(b):
		s.again(b, rest)
	default:
		s.add(b)
		s.long = s.long || !s.isAnswer()
	}
}

// mayGoOn reports whether b can be the next byte of a string that a terminal sends.
// So whoever has pressed alt+] or alt+P is not kept from typing.
func (s *scanner) mayGoOn(b byte) bool {
	said := s.seq[2:]
	switch {
	case s.seq[1] == '_':
		return len(said) > 0 || b == 'G'
	case s.seq[1] == 'P':
		return len(said) > 0 || b < '@'
	case len(said) == 0:
		return b >= '0' && b <= '9'
	case bytes.IndexByte(said, ';') < 0:
		return b == ';' || b >= '0' && b <= '9' && len(said) < 5
	}
	return bytes.IndexByte([]byte("0123456789abcdefABCDEFrgbRGB:/;#?"), b) >= 0 || !isColour(said)
}

// isAnswer reports whether a string answers what terminals are asked, or may come to.
func (s *scanner) isAnswer() bool {
	said := s.seq[2:]
	if s.seq[1] == 'P' { // who it is
		return bytes.HasPrefix(said, []byte(">|")) || bytes.HasPrefix([]byte(">|"), said)
	}
	return isColour(said)
}

// isColour reports whether an OSC answers what its colours are, or may come to.
func isColour(said []byte) bool {
	number, _, whole := bytes.Cut(said, []byte(";"))
	for _, asked := range []string{"10", "11", "12"} {
		if string(number) == asked || !whole && bytes.HasPrefix([]byte(asked), number) {
			return true
		}
	}
	return false
}

// ending is after an escape within a string. It stays one: a terminal's answer is
// no key, wherever the line has torn it.
func (s *scanner) ending(b byte, rest int) {
	if b == '\\' {
		s.add(escape)
		s.whole(b)
		return
	}
	s.reset()
	s.seq = append(s.seq, escape)
	s.state = (*scanner).escaped
	s.escaped(b, rest)
}

func (s *scanner) inPaste(b byte, _ int) {
	if len(s.pasted) < maxPaste {
		s.pasted = append(s.pasted, b)
	}
	switch {
	case b == pasteEnd[s.closed]:
		s.closed++
	case b == escape:
		s.closed = 1
	default:
		s.closed = 0
	}
	if s.closed == len(pasteEnd) {
		s.pasted = bytes.TrimSuffix(s.pasted, []byte(pasteEnd))
		s.endPaste()
		s.reset()
	}
}

// endPaste gives on what has been pasted, if anything is being pasted.
func (s *scanner) endPaste() {
	if s.pasted != nil {
		s.piece(piece{paste, s.pasted})
		s.pasted = nil
	}
}
