package line

import (
	"bytes"
	"time"
)

// Again makes the body of an entry that was taken over from another log, from the verified
// line in which it stands there: what it says is not written or hashed again, but for when
// it happened and where it was taken from. It is as [Format.SealAll] would make it. Nothing
// but its time and its origin may differ from what the line says, and the line must be as
// [Format.Seal] writes it. There is none if the line cannot be used so.
func (f *Format) Again(e *Entry, line []byte) Body {
	if _, unknown := e.Data.(*Unknown); unknown || e.Data == nil || e.Sealing == nil || e.Withheld != 0 || e.Verbatim != "" || e.Occurred.IsZero() || e.Origin == nil {
		return Body{}
	}
	const opening = `,"d":`
	at := bytes.Index(line, []byte(opening)) // an envelope has no texts in which it could stand
	if at < 0 {
		return Body{}
	}
	s, c := scanner{rest: line[at+len(opening):], format: f}, content{format: f}
	s.take(bytes.IndexByte(s.rest, '}') + 1) // the hashes of its parts, which are the same
	if s.optional(`,"role":`) {
		s.quoted()
	}
	s.want(`,"via":`)
	s.quoted()
	before := len(line) - len(s.rest)
	if s.optional(`,"occurred":`) {
		s.quoted()
	}
	behind := len(line) - len(s.rest)
	s.want(`,"zone":`)
	s.quoted()
	if s.optional(`,"override":`) {
		s.list()
	}
	s.want(`,"data":`)
	facts := s.object(&c, false).text
	end := len(line) - len(s.rest)
	if s.want(`},"p":{`); s.failed != nil {
		return Body{}
	}
	text := append(make([]byte, envelopeRoom, envelopeRoom+len(line)-at+300), line[at:before]...)
	text = append(e.Occurred.UTC().AppendFormat(append(text, `,"occurred":"`...), time.RFC3339Nano), '"')
	text = append(text, line[behind:end-len(facts)]...)
	text = append(appendOrigin(text, facts, e.Origin), '}')
	return Body{Sum(text[envelopeRoom+len(opening):]), append(text, line[end+1:]...)}
}
