package line

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// Decode reads one line, its newline cut off. It is strict: a line that this
// version could not have written so, byte for byte, is refused, and so is one
// whose content does not match its envelope. It does not look at the chain; see
// [Chain]. The error's text is a phrase that fits behind "line 12: ".
func (f *Format) Decode(line []byte) (e Entry, err error) {
	err = f.decode(line, &e, nil)
	return e, err
}

// A Decoder reads many lines. Words that stand in many of them, such as names and
// the ids of steps, it keeps once for all. It is for one goroutine at a time.
type Decoder struct {
	format *Format
	words  words
}

// Decoder is a new Decoder.
func (f *Format) Decoder() *Decoder { return &Decoder{format: f} }

// Decode does what [Format.Decode] does, but it reads into e, whatever was in there.
func (d *Decoder) Decode(line []byte, e *Entry) error {
	*e = Entry{}
	return d.format.decode(line, e, &d.words)
}

func (f *Format) decode(line []byte, e *Entry, w *words) error {
	c := content{format: f, words: w}
	if err := c.envelope(line, e); err != nil || e.Withheld.Has(Facts) {
		return err
	}
	return c.decode(e)
}

// Check does what Decode does, but for reading the content: it only sees that it
// is the content its envelope names. By and what stands below it in Entry stay
// zero, but in entries of the few kinds that say whose log it is and whom to ask
// about it, if their content can be read; see [Spec]. It costs little more than the line's hashes.
func (f *Format) Check(line []byte) (e Entry, err error) {
	c := content{format: f}
	if err = c.envelope(line, &e); err != nil || e.Withheld.Has(Facts) {
		return e, err
	}
	if c.spec != nil && c.spec.Vouches {
		if full := e; c.decode(&full) == nil {
			return full, nil
		}
	}
	return e, nil
}

// A content is an entry's content, whose hashes are good.
type content struct {
	format  *Format
	spec    *Spec // of its kind; nil if that is not known
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
	s := scanner{rest: line, format: c.format}
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
	c.spec = c.format.kinds[e.Kind]
	if len(line) > c.spec.maxLine() {
		return fmt.Errorf("it is longer than the %d bytes allowed", c.spec.maxLine())
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
		s.fail("it lacks its %s: null should stand for what was withheld", part)
		return
	}
	if s.optional("null") {
		e.Withheld |= PartsOf(part)
		return
	}
	n, err := exactObject(s.rest)
	if err != nil {
		s.fail("in its %s: %v", part, err)
		return
	}
	c.parts[part] = s.take(n)
	if Sum(c.parts[part]) != sum {
		s.fail("the hash of its %s does not match", part)
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
	e.Data, err = c.format.decodeData(e.Kind, &data, e.Withheld, c.words)
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
		s.fail("there is something else than its %s", part)
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
