package line

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"time"
)

// formatVersion is the v of every envelope this version writes. It reads version 1
// as well; see content1.
const formatVersion = 2

// recordedLayout is fixed width, so that lines can be compared and cut by eye.
const recordedLayout = "2006-01-02T15:04:05.000000000Z"

// Seal completes an entry: it writes the line, and sets the entry's hash.
//
// A line is the envelope e, the content d and the parts p that can be withheld.
// What is hashed is bytes as they lie: d has the hash of each part, e has that of d
// as c, and the entry's own hash is that of e. The JSON is compact, and its strings
// are escaped as jq escapes them, so that `jq -cj .e | sha256sum` gives the same.
//
// ErrTooLong if the line is over its limit; an error if a text is not UTF-8, or if
// the entry has no data, as one that was withheld.
func (f *Format) Seal(e Entry) (Entry, Line, error) {
	body, err := f.Body(&e)
	if err != nil {
		return e, Line{}, err
	}
	line, err := f.Place(&e, body)
	return e, line, err
}

// A Body is what a line has behind its envelope: it is the same wherever the line stands. Before
// it there is room for the envelope, so that the body of one line becomes that line where it is.
type Body struct {
	content Hash
	text    []byte // with the room; nil for none
}

// envelopeRoom is for the longest envelope of a kind that can be read.
const envelopeRoom = 304

// None reports whether there is no body.
func (b Body) None() bool { return b.text == nil }

// Body makes the body of an entry, and takes away what it cannot say.
func (f *Format) Body(e *Entry) (Body, error) {
	if e.Data == nil {
		return Body{}, errNoData
	}
	own := Sealing{}
	if e.Sealing != nil {
		own = *e.Sealing
	}
	e.Sealing, e.Own().Withheld = &own, 0
	data, err := f.shares(e.Data)
	if err != nil {
		return Body{}, err
	}
	hashes, parts, err := appendParts(e, &data)
	if err != nil {
		return Body{}, err
	}
	content, err := appendContent(make([]byte, 0, 400+len(data[Facts])+len(hashes)), *e, hashes, data[Facts])
	if err != nil {
		return Body{}, err
	}
	return NewBody(content, parts), nil
}

// NewBody is the body that has d and p, as they lie in the line.
func NewBody(d, p []byte) Body {
	text := make([]byte, envelopeRoom, envelopeRoom+len(`,"d":,"p":}`)+len(d)+len(p))
	text = append(append(text, `,"d":`...), d...)
	text = append(append(text, `,"p":`...), p...)
	return Body{Sum(d), append(text, '}')}
}

// shares is what an entry's data says, piece by piece.
func (f *Format) shares(d Data) (Shares, error) {
	if unknown, ok := d.(*Unknown); ok {
		all := Shares{Facts: unknown.Raw}
		for part := range withholdable {
			all[part] = unknown.Apart[part-1]
		}
		return all, nil
	}
	if f.kinds == nil {
		return Shares{}, errNoData
	}
	return f.kinds.Write(d)
}

// Place makes the line of an entry that has its number, and sets its hash. A line that was
// made of the same body before is not valid any more.
func (f *Format) Place(e *Entry, b Body) (Line, error) {
	const opening = `{"e":`
	var room [envelopeRoom]byte
	envelope := appendEnvelope(append(room[:0], opening...), *e, b.content)
	e.Hash = Sum(envelope[len(opening):])
	line := b.text
	if at := envelopeRoom - len(envelope); at >= 0 {
		line = line[at:]
		copy(line, envelope)
	} else {
		line = append(envelope, line[envelopeRoom:]...)
	}
	if len(line) > f.MaxLine(e.Kind) {
		return Line{}, fmt.Errorf("%w: %d bytes, and %d is the most", ErrTooLong, len(line), f.MaxLine(e.Kind))
	}
	return Line{Seq: e.Seq, Kind: e.Kind, Prev: e.Prev, Hash: e.Hash, Bytes: line}, nil
}

func appendEnvelope(b []byte, e Entry, content Hash) []byte {
	b = append(b, `{"v":2,"seq":`...)
	b = strconv.AppendUint(b, e.Seq, 10)
	b = append(b, `,"prev":"`...)
	b = appendHex(b, e.Prev)
	b = append(b, `","recorded":"`...)
	b = e.Recorded.UTC().AppendFormat(b, recordedLayout)
	b = append(b, `","mode":"`...)
	b = append(b, e.Mode...)
	b = append(b, `","kind":"`...)
	b = append(b, e.Kind...)
	b = append(b, `","c":"`...)
	b = appendHex(b, content)
	return append(b, `"}`...)
}

func appendHex(b []byte, h Hash) []byte {
	const digits = "0123456789abcdef"
	for _, c := range h {
		b = append(b, digits[c>>4], digits[c&15])
	}
	return b
}

// appendParts writes the parts of e, whose data is given, and their hashes:
// the objects p of the line and of its content. It takes away the salts that no
// part needs.
func appendParts(e *Entry, data *Shares) (hashes, parts []byte, err error) {
	hashes, parts = append(make([]byte, 0, 160), '{'), append(make([]byte, 0, 128+len(data[Names])+len(data[Notes])+len(data[Evidence])+len(data[Procedure])), '{')
	for part := range withholdable {
		text, err := partText(*e, part, data[part])
		if err != nil {
			return nil, nil, err
		}
		if text == nil {
			e.Salts[part-1] = Salt{}
			continue
		}
		for _, b := range []*[]byte{&hashes, &parts} {
			if len(*b) > 1 {
				*b = append(*b, ',')
			}
			*b = append(append(append(*b, '"'), part.String()...), `":`...)
		}
		hashes = append(appendHex(append(hashes, '"'), Sum(text)), '"')
		parts = append(parts, text...)
	}
	return append(hashes, '}'), append(parts, '}'), nil
}

// partText is one part of e; nil if it has nothing that belongs there.
func partText(e Entry, part Part, data []byte) ([]byte, error) {
	b := append(make([]byte, 0, 96+len(data)), `{"salt":"`...)
	b = base64.RawURLEncoding.AppendEncode(b, e.Salts[part-1][:])
	b = append(b, '"')
	empty := len(b)
	var key, text string
	switch {
	case part == Names:
		key, text = "by", e.By.Name
	case part == Notes && e.Override != nil && e.Override.Why != "":
		key, text = "override", e.Override.Why
	}
	if key != "" {
		var err error
		if b, err = appendText(append(append(append(b, `,"`...), key...), `":`...), text); err != nil {
			return nil, err
		}
	}
	if data != nil {
		b = append(append(b, `,"data":`...), data...)
	}
	if len(b) == empty {
		return nil, nil
	}
	return append(b, '}'), nil
}

// appendContent writes the content d.
func appendContent(b []byte, e Entry, hashes, facts []byte) ([]byte, error) {
	role, via, zone, err := e.By.Role, e.By.Via, e.Zone, error(nil)
	b = append(append(b, `{"p":`...), hashes...)
	text := func(key, value string) {
		b, err = appendText(append(append(append(b, `,"`...), key...), `":`...), value)
	}
	if role != "" {
		text("role", role)
	}
	if err == nil {
		text("via", via)
	}
	if !e.Occurred.IsZero() {
		b = append(b, `,"occurred":"`...)
		b = e.Occurred.UTC().AppendFormat(b, time.RFC3339Nano)
		b = append(b, '"')
	}
	if err == nil {
		text("zone", zone)
	}
	if err == nil && e.Override != nil {
		var reasons []byte
		if reasons, err = JSON(append([]Reason{}, e.Override.Of...)); err == nil {
			b = append(append(b, `,"override":`...), reasons...)
		}
	}
	b = e.Origin.Append(append(b, `,"data":`...), facts)
	return append(b, '}'), err
}
