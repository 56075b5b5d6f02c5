package state

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// formatVersion is the v of every envelope this version writes. It reads version 1
// as well; see decodeContent1.
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
func Seal(e Entry) (Entry, Line, error) {
	if e.Data == nil {
		return e, Line{}, errNoData
	}
	e.Withheld = 0
	data, err := marshal(e.Data)
	if err != nil {
		return e, Line{}, err
	}
	hashes, parts, err := appendParts(&e, data)
	if err != nil {
		return e, Line{}, err
	}
	content, err := appendContent(append(make([]byte, 0, 512), `{"p":`...), e, hashes, data)
	if err != nil {
		return e, Line{}, err
	}
	line := make([]byte, 0, len(content)+len(parts)+330)
	line = append(line, `{"e":`...)
	start := len(line)
	line = appendEnvelope(line, e, Sum(content))
	e.Hash = Sum(line[start:])
	line = append(append(line, `,"d":`...), content...)
	line = append(append(line, `,"p":`...), parts...)
	line = append(line, '}')
	if len(line) > maxLine(e.Kind) {
		return e, Line{}, fmt.Errorf("%w: %d bytes, and %d is the most", ErrTooLong, len(line), maxLine(e.Kind))
	}
	return e, Line{Seq: e.Seq, Kind: e.Kind, Prev: e.Prev, Hash: e.Hash, Bytes: line}, nil
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
func appendParts(e *Entry, data []byte) (hashes, parts []byte, err error) {
	hashes, parts = append(hashes, '{'), append(parts, '{')
	for part := range withholdable {
		text, err := partText(*e, part, data)
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
	b := base64.RawURLEncoding.AppendEncode([]byte(`{"salt":"`), e.Salts[part-1][:])
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
		quoted, err := marshal(text)
		if err != nil {
			return nil, err
		}
		b = append(append(append(append(b, `,"`...), key...), `":`...), quoted...)
	}
	if picked, some := pickData(e.Data, data, part); some {
		b = append(append(b, `,"data":`...), picked...)
	}
	if len(b) == empty {
		return nil, nil
	}
	return append(b, '}'), nil
}

// pickData is what belongs in part of an entry's data, which is given as JSON too.
func pickData(d Data, data []byte, part Part) (picked []byte, some bool) {
	if unknown, ok := d.(*Unknown); ok {
		if part == Facts {
			return data, true
		}
		return unknown.Apart[part-1], unknown.Apart[part-1] != nil
	}
	return layoutOf(d).pick(data, part)
}

// appendContent writes the content d, but for its opening.
func appendContent(b []byte, e Entry, hashes, data []byte) ([]byte, error) {
	role, via, zone, err := e.By.Role, e.By.Via, e.Zone, error(nil)
	b = append(b, hashes...)
	text := func(key, value string) {
		var quoted []byte
		if quoted, err = marshal(value); err == nil {
			b = append(append(append(append(b, `,"`...), key...), `":`...), quoted...)
		}
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
	facts, _ := pickData(e.Data, data, Facts)
	b = append(append(b, `,"data":`...), facts...)
	return append(b, '}'), err
}

// Decode reads one line, its newline cut off. It is strict: a line that this
// version could not have written so, byte for byte, is refused, and so is one
// whose content does not match its envelope. It does not look at the chain; see
// [Chain]. The error's text is a phrase that fits behind "line 12: ".
func Decode(line []byte) (e Entry, err error) {
	err = decode(line, &e, nil)
	return e, err
}

// A Decoder reads many lines. Words that stand in many of them, such as names and
// the ids of steps, it keeps once for all. It is for one goroutine at a time. The
// zero Decoder is ready for use.
type Decoder struct{ words words }

// Decode is the function [Decode], but it reads into e, whatever was in there.
func (d *Decoder) Decode(line []byte, e *Entry) error {
	*e = Entry{}
	return decode(line, e, &d.words)
}

func decode(line []byte, e *Entry, w *words) error {
	c := content{words: w}
	if err := c.envelope(line, e); err != nil || e.Withheld.Has(Facts) {
		return err
	}
	return c.decode(e)
}

// Check does what Decode does, but for reading the content: it only sees that it
// is the content its envelope names. By and what stands below it in Entry stay
// zero, but in the few entries that say whose log it is and whom to ask about it:
// opened, witnessed, signed and retracted ones, if their content can be read. It
// costs little more than the line's hashes.
func Check(line []byte) (e Entry, err error) {
	var c content
	if err = c.envelope(line, &e); err != nil || e.Withheld.Has(Facts) {
		return e, err
	}
	switch e.Kind {
	case KindOpened, KindWitnessed, KindSigned, KindRetracted:
		if full := e; c.decode(&full) == nil {
			return full, nil
		}
	}
	return e, nil
}

// A content is an entry's content, whose hashes are good.
type content struct {
	version uint64
	at      int               // where it begins in its line
	d       []byte            // as it lies
	rest    []byte            // of d, behind the hashes of the parts
	parts   [partCount][]byte // as they lie, by part; nil if withheld or not there
	words   *words            // may be nil
}

// envelope reads a line's envelope into e, finds the content behind it, and checks
// the hashes.
func (c *content) envelope(line []byte, e *Entry) error {
	s := scanner{rest: line}
	s.want(`{"e":`)
	start := len(line) - len(s.rest)
	c.version = s.number()
	if s.failed == nil && c.version > formatVersion {
		return errNewerFormat(c.version)
	}
	sum := s.envelope(e)
	end := len(line) - len(s.rest)
	s.want(`,"d":`)
	if s.failed != nil {
		return s.failed
	}
	c.at = len(line) - len(s.rest)
	if len(line) > maxLine(e.Kind) {
		return fmt.Errorf("it is longer than the %d bytes allowed", maxLine(e.Kind))
	}
	e.Hash = Sum(line[start:end])
	var err error
	if c.version == 1 {
		err = s.content1(e, c)
	} else {
		err = s.content(e, c)
	}
	if err == nil && c.d != nil && Sum(c.d) != sum {
		err = errors.New("its content does not match the hash c in its envelope")
	}
	return err
}

// content finds what stands behind the envelope, up to the line's end, and checks
// the hashes of the parts.
func (s *scanner) content(e *Entry, c *content) error {
	if string(s.rest) == `null,"p":null}` {
		e.Withheld = AllParts
		return nil
	}
	d := s.rest
	sums, has := s.partHashes()
	if s.failed != nil {
		return s.failed
	}
	at := len(d) - len(s.rest)
	n, err := exactRest(d, at)
	if err != nil {
		return err
	}
	c.d, c.rest, s.rest = d[:n], d[at:n], d[n:]
	s.want(`,"p":{`)
	for part := range withholdable {
		if has.Has(part) {
			s.part(e, c, part, part != Names, sums[part])
		}
	}
	s.want(`}}`)
	if s.failed == nil && len(s.rest) > 0 {
		s.fail("something follows it: %s", excerpt(s.rest))
	}
	return s.failed
}

// partHashes reads the content's opening, which has the hashes of the parts.
func (s *scanner) partHashes() (sums [partCount]Hash, has Parts) {
	s.want(`{"p":{`)
	for part := range withholdable {
		if s.key(part.String(), has != 0) {
			sums[part] = s.quotedHash()
			has |= PartsOf(part)
		} else if part == Names {
			s.fail("it has no %s", part)
		}
	}
	s.want(`}`)
	return sums, has
}

// part reads one part, which must be there, and must have the hash.
func (s *scanner) part(e *Entry, c *content, part Part, comma bool, sum Hash) {
	if !s.key(part.String(), comma) {
		s.fail("its %s are missing: null should stand for what was withheld", part)
		return
	}
	if s.optional("null") {
		e.Withheld |= PartsOf(part)
		return
	}
	n, err := exactObject(s.rest)
	if err != nil {
		s.fail("its %s: %v", part, err)
		return
	}
	c.parts[part] = s.take(n)
	if Sum(c.parts[part]) != sum {
		s.fail("its %s do not match their hash", part)
	}
}

// errNewerFormat is the error for a line of a format version to come.
type errNewerFormat uint64

func (v errNewerFormat) Error() string {
	return fmt.Sprintf("it is of format version %d, and this muster reads up to version %d: use a newer muster", uint64(v), formatVersion)
}

// decode reads the content into e.
func (c *content) decode(e *Entry) error {
	if c.version == 1 {
		return c.decode1(e)
	}
	if !utf8.Valid(c.d) {
		return errNotUTF8
	}
	var data [partCount][]byte
	for part := range withholdable {
		if err := c.decodePart(e, part, &data); err != nil {
			return err
		}
	}
	if e.Withheld.Has(Names) {
		e.By.Name = WithheldText
	}
	s := scanner{rest: c.rest, words: c.words}
	if s.optional(`,"role":`) {
		e.By.Role = s.fullWord("role")
	}
	s.want(`,"via":`)
	e.By.Via = s.word()
	if s.optional(`,"occurred":"`) {
		e.Occurred = s.occurred()
		s.want(`"`)
	}
	s.want(`,"zone":`)
	e.Zone = s.word()
	s.override(e)
	s.want(`,"data":`)
	if s.failed != nil {
		return s.failed
	}
	n, err := exactValue(s.rest)
	if err != nil {
		return err
	}
	data[Facts] = s.take(n)
	s.want(`}`)
	if s.failed != nil {
		return s.failed
	}
	if len(s.rest) > 0 {
		return errors.New("something follows its data")
	}
	e.Data, err = decodeData(e.Kind, &data, e.Withheld, c.words)
	return err
}

// decodePart reads what a part says of the entry itself, and finds its share of the
// data.
func (c *content) decodePart(e *Entry, part Part, data *[partCount][]byte) error {
	text := c.parts[part]
	if text == nil {
		return nil
	}
	if !utf8.Valid(text) {
		return errNotUTF8
	}
	s := scanner{rest: text, words: c.words}
	s.want(`{"salt":"`)
	s.salt(&e.Salts[part-1])
	s.want(`"`)
	if part == Names {
		s.want(`,"by":`)
		e.By.Name = s.word()
	}
	if part == Notes && s.optional(`,"override":`) {
		e.Override = &Override{Why: s.fullText("override")}
	}
	if s.optional(`,"data":`) {
		n, err := exactObject(s.rest)
		if err != nil {
			return err
		}
		data[part] = s.take(n)
	}
	s.want(`}`)
	if s.failed == nil && (len(s.rest) > 0 || len(data[part]) == len("{}") || part != Names && data[part] == nil && e.Override == nil) {
		s.fail("its %s hold something else than they should", part)
	}
	return s.failed
}

// override reads which refusals were overridden. Why stands with the notes.
func (s *scanner) override(e *Entry) {
	why := e.Override
	e.Override = nil
	if s.optional(`,"override":`) {
		e.Override = new(Override)
		s.value(&e.Override.Of)
		if len(e.Override.Of) == 0 {
			e.Override.Of = nil
		}
		switch {
		case why != nil:
			e.Override.Why = why.Why
		case e.Withheld.Has(Notes):
			e.Override.Why = WithheldText
		}
	} else if why != nil {
		s.fail("its notes say why something was overridden, and nothing was")
	}
}
