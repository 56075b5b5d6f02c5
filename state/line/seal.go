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
	body, err := f.body(&e)
	if err != nil {
		return e, Line{}, err
	}
	line, err := f.place(&e, body)
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

// body makes the body of an entry, and takes away what it cannot say.
func (f *Format) body(e *Entry) (Body, error) {
	if e.Data == nil {
		return Body{}, errNoData
	}
	own := Sealing{}
	if e.Sealing != nil {
		own = *e.Sealing
	}
	e.Sealing, e.Own().Withheld = &own, 0
	data, err := marshal(e.Data)
	if err != nil {
		return Body{}, err
	}
	hashes, parts, err := f.appendParts(e, data)
	if err != nil {
		return Body{}, err
	}
	const opening = `,"d":`
	text := append(make([]byte, envelopeRoom, envelopeRoom+400+len(data)+len(hashes)+len(parts)), opening+`{"p":`...)
	if text, err = f.appendContent(text, *e, hashes, data); err != nil {
		return Body{}, err
	}
	content := Sum(text[envelopeRoom+len(opening):])
	text = append(append(text, `,"p":`...), parts...)
	return Body{content, append(text, '}')}, nil
}

// place makes the line of an entry that has its number, and sets its hash. A line that was
// made of the same body before is not valid any more.
func (f *Format) place(e *Entry, b Body) (Line, error) {
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

// appendParts writes the parts of e, whose data is given as JSON, and their hashes:
// the objects p of the line and of its content. It takes away the salts that no
// part needs.
func (f *Format) appendParts(e *Entry, data []byte) (hashes, parts []byte, err error) {
	hashes, parts = append(make([]byte, 0, 160), '{'), append(make([]byte, 0, 128+len(data)), '{')
	for part := range withholdable {
		text, err := f.partText(*e, part, data)
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
func (f *Format) partText(e Entry, part Part, data []byte) ([]byte, error) {
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
	if picked, some := f.pickData(e.Data, data, part); some {
		b = append(append(b, `,"data":`...), picked...)
	}
	if len(b) == empty {
		return nil, nil
	}
	return append(b, '}'), nil
}

// pickData is what belongs in part of an entry's data, which is given as JSON too.
func (f *Format) pickData(d Data, data []byte, part Part) (picked []byte, some bool) {
	if unknown, ok := d.(*Unknown); ok {
		if part == Facts {
			return data, true
		}
		return unknown.Apart[part-1], unknown.Apart[part-1] != nil
	}
	return f.layoutOf(d).pick(data, part)
}

// appendContent writes the content d, but for its opening.
func (f *Format) appendContent(b []byte, e Entry, hashes, data []byte) ([]byte, error) {
	role, via, zone, err := e.By.Role, e.By.Via, e.Zone, error(nil)
	b = append(b, hashes...)
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
		if reasons, err = marshal(append([]Reason{}, e.Override.Of...)); err == nil {
			b = append(append(b, `,"override":`...), reasons...)
		}
	}
	facts, _ := f.pickData(e.Data, data, Facts)
	b = appendOrigin(append(b, `,"data":`...), facts, e.Origin)
	return append(b, '}'), err
}
