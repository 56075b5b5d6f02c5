package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// patience is how long a reader waits for what may still come.
type patience struct {
	key   time.Duration // after an escape, before it is the key of that name
	burst time.Duration // between two bytes that no hand has typed one after the other
	end   time.Duration // for the end of a paste, or of a string that nobody asked for
}

// patienceFor is what suits the line. A slow one delivers late and in heaps.
func patienceFor(slow bool) patience {
	if slow {
		return patience{key: 300 * time.Millisecond, burst: 40 * time.Millisecond, end: 5 * time.Second}
	}
	return patience{key: 100 * time.Millisecond, burst: 20 * time.Millisecond, end: 2 * time.Second}
}

// typed is the most characters that are taken for keys when they come at once:
// fingers that roll over two or three.
const typed = 3

// A reader makes messages of what a terminal sends. What it makes of it depends on
// the bytes and on when they came, not on when it looks at them.
//
// Characters that come faster than hands type are a paste, whether or not the
// terminal says so; the line breaks between them are text. So is what a slow line
// has heaped up, unless it is one key held down.
type reader struct {
	patience
	send  func(tea.Msg)
	scan  *scanner
	kitty bool      // the terminal sends the escape key as a sequence
	last  time.Time // when the last bytes came

	// The burst that is coming in.
	text  []byte // characters that are not given on yet
	held  []byte // controls after them: text if more follows, else keys
	runes int    // characters so far
	first rune   // of them
	mixed bool   // they are not all the same
	paste bool   // it is one
	lines bool   // it has more than one
	given int    // keys that it was given on as
	key   int    // the last control that was given on as a key; none if something else was
}

const none = -1

func newReader(slow bool, send func(tea.Msg)) *reader {
	r := &reader{patience: patienceFor(slow), send: send, key: none}
	r.scan = newScanner(r.take)
	return r
}

// A chunk is bytes that came at once.
type chunk struct {
	bytes []byte
	at    time.Time
}

// read takes a chunk. Chunks come in order.
func (r *reader) read(c chunk) {
	for at := r.deadline(); !at.IsZero() && !at.After(c.at); at = r.deadline() {
		r.expire(at)
	}
	if c.at.Sub(r.last) > r.burst {
		r.settle()
	}
	if r.scan.waits() == anEnd && len(c.bytes) == 1 && c.bytes[0] == ansi.ETX && c.at.Sub(r.last) > r.burst {
		r.scan.expire() // somebody wants to get out
	}
	r.last = c.at
	for i, b := range c.bytes {
		r.scan.next(b, len(c.bytes)-1-i)
	}
	r.giveText()
}

// deadline is when something has to be decided that no more bytes decide; zero if
// nothing has.
func (r *reader) deadline() time.Time {
	switch wait := r.scan.waits(); {
	case len(r.held) > 0:
		return r.last.Add(r.burst)
	case wait == aKey && !r.kitty:
		return r.last.Add(r.patience.key)
	case wait == anEnd:
		return r.last.Add(r.end)
	}
	return time.Time{}
}

// expire decides what the deadline was for.
func (r *reader) expire(at time.Time) {
	if len(r.held) > 0 {
		r.settle()
		return
	}
	r.last = at
	r.settle()
	r.scan.expire()
}

// forget drops what is unfinished: the rest of it went to somebody else.
func (r *reader) forget() {
	r.settle()
	r.scan.reset()
	r.scan.pasted, r.scan.torn = nil, false
}

// settle ends the burst.
func (r *reader) settle() {
	r.giveText()
	r.giveHeld()
	r.runes, r.given, r.mixed, r.paste, r.lines, r.key = 0, 0, false, false, false, none
}

// take is given every piece by the scanner.
func (r *reader) take(p piece) {
	switch p.kind {
	case text:
		r.character(p.bytes)
	case control:
		b := p.bytes[0]
		if r.runes == 0 || b == ansi.ETX || b == ansi.BS || b == ansi.DEL || b == escape {
			r.giveText()
			r.giveHeld()
			r.giveKey(b)
		} else {
			r.held = append(r.held, b)
		}
	default:
		r.giveText()
		r.giveHeld()
		r.key = none
		if p.kind == paste {
			r.send(pasted(p.bytes))
		} else {
			r.give(decode(p))
		}
	}
}

func (r *reader) character(b []byte) {
	is, _ := utf8.DecodeRune(b)
	if r.runes == 0 {
		r.first = is
	}
	if len(r.held) > 0 { // they stood within a text
		r.text, r.held = append(r.text, r.held...), nil
		r.paste, r.lines = true, true
	}
	r.text = append(r.text, b...)
	r.runes++
	r.mixed = r.mixed || is != r.first
	r.paste = r.paste || r.mixed && r.runes > typed
	r.key = none
}

// giveText gives on the characters that came: as keys if they may have been typed.
func (r *reader) giveText() {
	if r.paste && len(r.text) > 0 {
		r.send(pasted(r.text))
		r.text = nil
	}
	for len(r.text) > 0 {
		n, event := new(uv.EventDecoder).Decode(r.text)
		if key, ok := event.(uv.KeyPressEvent); ok {
			key.IsRepeat = !r.mixed && r.given > 0
			r.send(key)
		}
		r.given++
		r.text = r.text[max(n, 1):]
	}
}

// giveHeld gives on the controls that stand after a text: they are text as well if
// there were some within it.
func (r *reader) giveHeld() {
	if r.lines && len(r.held) > 0 {
		r.send(pasted(r.held))
		r.held = nil
	}
	for _, b := range r.held {
		r.giveKey(b)
	}
	r.held = nil
}

// giveKey gives on a key that is a control character. The same one again in a burst
// is the key held down.
func (r *reader) giveKey(b byte) {
	key, ok := decode(piece{control, []byte{b}}).(uv.KeyPressEvent)
	key.IsRepeat = int(b) == r.key
	if r.key = int(b); ok {
		r.send(key)
	}
}

// give gives on what a sequence means, if anything.
func (r *reader) give(msg tea.Msg) {
	if flags, ok := msg.(uv.KeyboardEnhancementsEvent); ok {
		r.kitty = flags.Flags&ansi.KittyDisambiguateEscapeCodes != 0
	}
	if msg != nil {
		r.send(msg)
	}
}

// An input reads the keys of a program. Its methods, but for run, are the loop's.
type input struct {
	in     io.Reader
	own    bool // the process's own terminal, which others may read in between
	reader *reader
	chunks chan chunk
	failed func(error) // is told why nothing can be read any more
	stop   func()      // ends reading, and waits for that; nil if nobody reads
}

func newInput(in io.Reader, own, slow bool, send func(tea.Msg), failed func(error)) *input {
	return &input{in: in, own: own, reader: newReader(slow, send), chunks: make(chan chunk, 64), failed: failed}
}

// start begins to read. What was half there when reading stopped is forgotten.
func (i *input) start() {
	if i == nil || i.stop != nil {
		return
	}
	in, err := uv.NewCancelReader(i.in)
	if err != nil {
		i.failed(err)
		return
	}
	select {
	case i.chunks <- chunk{}:
	default:
	}
	stopping, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		i.readAll(in, stopping)
	}()
	i.stop = func() {
		close(stopping)
		in.Cancel()
		<-done
		_ = in.Close()
		i.stop = nil
	}
}

// release lets go of the terminal, if it is one that can be.
func (i *input) release() {
	if i != nil && i.own && i.stop != nil {
		i.stop()
	}
}

func (i *input) readAll(in io.Reader, stopping <-chan struct{}) {
	buf := make([]byte, 4096)
	for {
		n, err := in.Read(buf)
		c := chunk{bytes.Clone(buf[:n]), time.Now()}
		if n > 0 {
			select {
			case i.chunks <- c:
			case <-stopping:
			}
		}
		select {
		case <-stopping:
			return
		default:
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				i.failed(err)
			}
			return
		}
	}
}

// run makes messages of what is read, until ctx ends.
func (i *input) run(ctx context.Context) {
	alarm := time.NewTimer(0)
	alarm.Stop()
	for {
		if at := i.reader.deadline(); at.IsZero() {
			alarm.Stop()
		} else {
			alarm.Reset(time.Until(at))
		}
		select {
		case c := <-i.chunks:
			i.take(c)
		case now := <-alarm.C:
			select { // what came in time counts, however late it is looked at
			case c := <-i.chunks:
				i.take(c)
			default:
				if at := i.reader.deadline(); !at.After(now) {
					i.reader.expire(at)
				}
			}
		case <-ctx.Done():
			return
		}
	}
}

func (i *input) take(c chunk) {
	if c.bytes == nil {
		i.reader.forget()
		return
	}
	i.reader.read(c)
}
