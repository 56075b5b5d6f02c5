package state

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// formatVersion is the v of every envelope this version writes.
const formatVersion = 1

// recordedLayout is fixed width, so that lines can be compared and cut by eye.
const recordedLayout = "2006-01-02T15:04:05.000000000Z"

// Seal completes an entry: it writes the line, and sets the entry's hash.
//
// A line is the envelope e and the content d. What is hashed is bytes as they
// lie: c is the hash of d, and the entry's own hash that of e. The JSON is
// compact, and its strings are escaped as jq escapes them, so that
// `jq -cj .e | sha256sum` and `jq -cj .d | sha256sum` give the same.
//
// ErrTooLong if the line is over its limit; an error if a text is not UTF-8.
func Seal(e Entry) (Entry, Line, error) {
	content, err := appendContent(make([]byte, 0, 512), e)
	if err != nil {
		return e, Line{}, err
	}
	line := make([]byte, 0, len(content)+320)
	line = append(line, `{"e":`...)
	start := len(line)
	line = appendEnvelope(line, e, Sum(content))
	e.Hash = Sum(line[start:])
	line = append(line, `,"d":`...)
	line = append(line, content...)
	line = append(line, '}')
	if len(line) > maxLine(e.Kind) {
		return e, Line{}, fmt.Errorf("%w: %d bytes, and %d is the most", ErrTooLong, len(line), maxLine(e.Kind))
	}
	return e, Line{Seq: e.Seq, Kind: e.Kind, Prev: e.Prev, Hash: e.Hash, Bytes: line}, nil
}

func appendEnvelope(b []byte, e Entry, content Hash) []byte {
	b = append(b, `{"v":1,"seq":`...)
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

func appendContent(b []byte, e Entry) ([]byte, error) {
	data, err := marshal(e.Data)
	if err != nil {
		return nil, err
	}
	by, err := marshal(e.By)
	if err != nil {
		return nil, err
	}
	zone, err := marshal(e.Zone)
	if err != nil {
		return nil, err
	}
	b = append(b, `{"salt":"`...)
	b = base64.RawURLEncoding.AppendEncode(b, e.Salt[:])
	b = append(append(b, `","by":`...), by...)
	if !e.Occurred.IsZero() {
		b = append(b, `,"occurred":"`...)
		b = e.Occurred.UTC().AppendFormat(b, time.RFC3339Nano)
		b = append(b, '"')
	}
	b = append(append(b, `,"zone":`...), zone...)
	if e.Override != nil {
		override, err := marshal(e.Override)
		if err != nil {
			return nil, err
		}
		b = append(append(b, `,"override":`...), override...)
	}
	b = append(append(b, `,"data":`...), data...)
	return append(b, '}'), nil
}

var errNotUTF8 = errors.New("the text is not UTF-8")

// marshal is JSON as jq writes it: no HTML escapes, U+2028 and U+2029 as they
// are, DEL escaped. Invalid UTF-8 is an error, where encoding/json would silently
// replace it.
func marshal(value any) ([]byte, error) {
	if raw, ok := value.(*Unknown); ok {
		return raw.Raw, nil
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	text := bytes.TrimSuffix(out.Bytes(), []byte("\n"))
	// What Go could not decode it wrote as \ufffd, six characters; a real
	// U+FFFD in the text is written raw.
	if !bytes.ContainsAny(text, "\\\x7f") {
		return text, nil
	}
	return likeJQ(text)
}

// likeJQ rewrites the escapes in which encoding/json and jq differ.
func likeJQ(text []byte) ([]byte, error) {
	out := make([]byte, 0, len(text)+16)
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == 0x7f:
			out = append(out, `\u007f`...)
		case text[i] != '\\':
			out = append(out, text[i])
		case hasEscape(text[i:], "fffd"):
			return nil, errNotUTF8
		case hasEscape(text[i:], "2028"):
			out = utf8.AppendRune(out, '\u2028')
			i += 5
		case hasEscape(text[i:], "2029"):
			out = utf8.AppendRune(out, '\u2029')
			i += 5
		default:
			out = append(out, text[i], text[i+1])
			i++
		}
	}
	return out, nil
}

func hasEscape(text []byte, digits string) bool {
	return len(text) >= 6 && text[1] == 'u' && string(text[2:6]) == digits
}

// Decode reads one line, its newline cut off. It is strict: a line that this
// version could not have written so, byte for byte, is refused, and so is one
// whose content does not match its envelope. It does not look at the chain; see
// [Chain]. The error's text is a phrase that fits behind "line 12: ".
func Decode(line []byte) (Entry, error) {
	e, content, err := decodeEnvelope(line)
	if err != nil || e.Withheld {
		return e, err
	}
	return e, decodeContent(content, &e)
}

// Check does what Decode does, but for reading the content: it only sees that it
// is the content its envelope names. By and what stands below it in Entry stay
// zero, but in the few entries that say whose log it is and whom to ask about it:
// opened, witnessed, signed and retracted ones, if their content can be read. It
// costs little more than the line's hashes.
func Check(line []byte) (Entry, error) {
	e, content, err := decodeEnvelope(line)
	if err != nil || e.Withheld {
		return e, err
	}
	switch e.Kind {
	case KindOpened, KindWitnessed, KindSigned, KindRetracted:
		if full := e; decodeContent(content, &full) == nil {
			return full, nil
		}
	}
	return e, nil
}

// decodeEnvelope reads the envelope and returns the content, whose hash it checks.
func decodeEnvelope(line []byte) (e Entry, content []byte, err error) {
	s := scanner{rest: line}
	s.want(`{"e":`)
	start := len(line) - len(s.rest)
	version := s.number()
	if s.failed == nil && version != formatVersion {
		return e, nil, errNewerFormat(version)
	}
	sum := s.envelope(&e)
	end := len(line) - len(s.rest)
	s.want(`,"d":`)
	if s.failed != nil {
		return e, nil, s.failed
	}
	if len(s.rest) == 0 || s.rest[len(s.rest)-1] != '}' {
		return e, nil, errors.New("it does not end in }")
	}
	if len(line) > maxLine(e.Kind) {
		return e, nil, fmt.Errorf("it is longer than the %d bytes allowed", maxLine(e.Kind))
	}
	e.Hash = Sum(line[start:end])
	content = s.rest[:len(s.rest)-1]
	if string(content) == "null" {
		e.Withheld = true
		return e, nil, nil
	}
	if Sum(content) != sum {
		return e, nil, errors.New("its content does not match the hash c in its envelope")
	}
	return e, content, nil
}

// errNewerFormat is the error for a line of a format version to come.
type errNewerFormat uint64

func (v errNewerFormat) Error() string {
	return fmt.Sprintf("it is of format version %d, and this muster reads version %d: use a newer muster", uint64(v), formatVersion)
}

func decodeContent(d []byte, e *Entry) error {
	if !utf8.Valid(d) {
		return errNotUTF8
	}
	s := scanner{rest: d}
	s.want(`{"salt":"`)
	s.salt(&e.Salt)
	s.want(`","by":{"name":`)
	e.By.Name = s.text()
	if s.optional(`,"role":`) {
		if e.By.Role = s.text(); e.By.Role == "" {
			s.fail("a role that is empty should not stand there")
		}
	}
	s.want(`,"via":`)
	e.By.Via = s.text()
	s.want(`}`)
	if s.optional(`,"occurred":"`) {
		e.Occurred = s.occurred()
		s.want(`"`)
	}
	s.want(`,"zone":`)
	e.Zone = s.text()
	if s.optional(`,"override":`) {
		e.Override = new(Override)
		s.object(e.Override)
	}
	s.want(`,"data":`)
	if s.failed != nil {
		return s.failed
	}
	if len(s.rest) == 0 || s.rest[len(s.rest)-1] != '}' {
		return errors.New("its content does not end in }")
	}
	data, err := decodeData(e.Kind, s.rest[:len(s.rest)-1])
	e.Data = data
	return err
}

// decodeData reads an entry's data. Keys that this version does not know are
// passed over, so that old programs read new logs.
func decodeData(kind Kind, raw []byte) (Data, error) {
	if data := decodeFlat(kind, raw); data != nil {
		return data, nil
	}
	data, read := newData(kind), exactObject
	if data == nil {
		read = exactValue // a newer version may have any
	}
	n, err := read(raw)
	if err == nil && n != len(raw) {
		err = errors.New("something follows its data")
	}
	if err != nil {
		return nil, err
	}
	if data == nil {
		return &Unknown{Name: kind, Raw: bytes.Clone(raw)}, nil
	}
	if err := json.Unmarshal(raw, data); err != nil {
		return nil, fmt.Errorf("the data of its kind %s cannot be read: %v", kind, err)
	}
	return data, nil
}

// decodeFlat reads the data of the kinds that most entries have, if it is no more
// than plain strings. It returns nil if it is anything else: encoding/json, which
// takes five times as long, is to read it then.
func decodeFlat(kind Kind, raw []byte) Data {
	s := scanner{rest: raw}
	var data Data
	switch kind {
	case KindNote:
		d := new(NoteAdded)
		data = d
		s.fields("step", &d.Step, "text", &d.Text)
	case KindStarted:
		d := new(StepStarted)
		data = d
		s.fields("step", &d.Step, "note", &d.Note)
	case KindDone:
		d := new(StepDone)
		data = d
		s.fields("step", &d.Step, "note", &d.Note)
	case KindConfirmed:
		d := new(StepConfirmed)
		data = d
		s.fields("step", &d.Step, "note", &d.Note)
	default:
		return nil
	}
	if s.failed != nil || len(s.rest) > 0 {
		return nil
	}
	return data
}
