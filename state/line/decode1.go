package line

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Version 1 of the format, which builds before the first release wrote, had no
// parts: the whole content stood in d, with one salt, and could be withheld only as
// a whole. A log that was begun in it goes on in the version of today.

// content1 finds the content of a line of version 1.
func (s *scanner) content1(e *Entry, c *content) error {
	if len(s.rest) == 0 || s.rest[len(s.rest)-1] != '}' {
		return errors.New("it does not end in }")
	}
	d := s.rest[:len(s.rest)-1]
	if string(d) == "null" {
		e.Withheld = AllParts
		return nil
	}
	c.pieces[Facts].raw = d
	return nil
}

// decode1 reads the content of a line of version 1.
func (c *content) decode1(e *Entry) error {
	d := c.pieces[Facts].raw
	if !utf8.Valid(d) {
		return errNotUTF8
	}
	s := scanner{values: values{words: c.words}, rest: d}
	s.want(`{"salt":`)
	s.salt(s.quoted(), &e.Salts[0])
	s.want(`,"by":{"name":`)
	e.By.Name = s.word(s.quoted())
	if s.optional(`,"role":`) {
		e.By.Role = s.full(s.word(s.quoted()), "role")
	}
	s.want(`,"via":`)
	e.By.Via = s.word(s.quoted())
	s.want(`}`)
	if s.optional(`,"occurred":`) {
		e.Occurred = s.occurred(s.quoted())
	}
	s.want(`,"zone":`)
	e.Zone = s.word(s.quoted())
	if s.optional(`,"override":`) {
		e.Override = new(Override)
		s.unmarshal(s.value(), e.Override)
	}
	s.want(`,"data":`)
	if s.failed != nil {
		return s.failed
	}
	if len(s.rest) == 0 || s.rest[len(s.rest)-1] != '}' {
		return errors.New("its content does not end in }")
	}
	data, err := c.format.decodeData1(e.Kind, s.rest[:len(s.rest)-1])
	e.Data = data
	return err
}

func (f *Format) decodeData1(kind Kind, raw []byte) (Data, error) {
	n, err := exactObject(raw)
	if err == nil && n != len(raw) {
		err = errors.New("something follows its data")
	}
	if err != nil {
		return nil, err
	}
	data := f.New(kind)
	if data == nil {
		return &Unknown{Name: kind, Raw: bytes.Clone(raw)}, nil
	}
	if err := json.Unmarshal(raw, data); err != nil {
		return nil, fmt.Errorf("the data of its kind %s cannot be read: %v", kind, err)
	}
	return data, nil
}
