package plain

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// maxLine is how many bytes a line may have.
const maxLine = 64 << 10

// A typed is a line, or the end of them.
type typed struct {
	text string
	long bool  // it was too long, and is not whole
	end  bool  // there are no more; text was not ended
	err  error // why, if not because the input has ended
}

// A reader reads lines. On a line that nobody else edits it echoes what is typed.
type reader struct {
	in   *bufio.Reader
	echo func(string) // nil: somebody else does
	line []rune
	long bool
	last rune
}

func newReader(in io.Reader, echo func(string)) *reader {
	return &reader{in: bufio.NewReader(in), echo: echo}
}

// Keys of a line that nobody else edits.
const (
	interrupt = 0x03
	endOfText = 0x04
	backspace = 0x08
	killLine  = 0x15
	escape    = 0x1b
	erase     = 0x7f
)

// next reads the next line.
func (r *reader) next() typed {
	r.line, r.long = r.line[:0], false
	for {
		c, size, err := r.in.ReadRune()
		switch {
		case err != nil:
			return typed{text: string(r.line), long: r.long, end: true, err: failure(err)}
		case c == utf8.RuneError && size == 1:
			c = '\uFFFD'
		}
		before := r.last
		r.last = c
		switch {
		case c == '\n' && before == '\r' && r.echo != nil: // of one key
		case c == '\n' || c == '\r' && r.echo != nil:
			r.show("\n")
			return typed{text: strings.TrimSuffix(string(r.line), "\r"), long: r.long}
		case r.echo != nil && r.ends(c):
			return typed{text: string(r.line), end: true}
		case r.echo != nil && r.edits(c):
		default:
			r.add(c)
		}
	}
}

// failure is why lines cannot be read any more; nil if there are none.
func failure(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// add puts a character at the end of the line.
func (r *reader) add(c rune) {
	if len(r.line) >= maxLine {
		r.long = true
		return
	}
	r.line = append(r.line, c)
	if c >= ' ' {
		r.show(string(c))
	}
}

func (r *reader) show(text string) {
	if r.echo != nil {
		r.echo(text)
	}
}

// ends reports whether a key ends all lines.
func (r *reader) ends(c rune) bool { return c == interrupt || c == endOfText && len(r.line) == 0 }

// edits takes a key that is no text. It reports whether it is one.
func (r *reader) edits(c rune) bool {
	switch c {
	case backspace, erase:
		if n := len(r.line); n > 0 {
			r.line = r.line[:n-1]
			r.show("\b \b")
		}
	case killLine:
		r.line = r.line[:0]
		r.show("\n")
	case escape:
		r.skip()
	default:
		return c < ' ' && c != '\t'
	}
	return true
}

// skip reads the rest of a key that a terminal sends as several characters, as far as it
// has come.
func (r *reader) skip() {
	if r.in.Buffered() == 0 {
		return
	}
	c, _, err := r.in.ReadRune()
	for err == nil && r.in.Buffered() > 0 && (c == '[' || c == 'O' || c < '@') {
		if c, _, err = r.in.ReadRune(); c >= '@' && c <= '~' {
			return
		}
	}
}
