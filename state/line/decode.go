package line

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Decode reads one line, its newline cut off. It is strict: what it refuses is said in
// the package comment. It does not look at the chain; see [Chain]. The error's text is
// a phrase that fits behind "line 12: ".
func (f *Format) Decode(line []byte) (e Entry, err error) {
	d := Decoder{format: f}
	err = d.Decode(line, &e)
	return e, err
}

// Check does what Decode does, but for what texts and data say. It sees that the line
// is spelt as it must be, its salts and times too, and that its hashes are good; not that a
// list has reasons once each, or that the keys and values of its data are those of its kind
// and part. By and what stands below it in
// Entry stay zero, but in entries of the few kinds that say whose log it is and whom to
// ask about it, if they can be read; see [Spec]. It costs little more than the hashes.
func (f *Format) Check(line []byte) (e Entry, err error) {
	c := content{format: f} // without room, which would be memory from the heap
	e = Entry{Frame: new(Frame), Sealing: new(Sealing)}
	err = c.check(line, &e)
	return e, err
}

// A Decoder reads many lines. Words that stand in many of them, such as names and
// the ids of steps, it keeps once for all. It is for one goroutine at a time.
type Decoder struct {
	format *Format
	memory Memory // may be nil
	frame  Frame  // of the entry that is being read
	room   [maxMembers]member
}

// begin empties an entry, but for memory that can be used again.
func (d *Decoder) begin(e *Entry) {
	sealing := e.Sealing
	if sealing == nil {
		sealing = new(Sealing)
	}
	*sealing, d.frame = Sealing{}, Frame{}
	*e = Entry{Frame: &d.frame, Sealing: sealing}
}

// keep gives e a frame that stays as it is when the next entry is read.
func (d *Decoder) keep(e *Entry) {
	if d.memory != nil {
		e.Frame = d.memory.Frame(e.Frame)
	} else {
		e.Own()
	}
}

// maxMembers is for how many members of a line's data no memory is asked for.
const maxMembers = 24

// Decoder is a new Decoder.
func (f *Format) Decoder() *Decoder {
	d := &Decoder{format: f}
	if f.kinds != nil {
		d.memory = f.kinds.Memory()
	}
	return d
}

// Decode does what [Format.Decode] does, but it reads into e, whatever was in there; see
// [Entry.Kept].
func (d *Decoder) Decode(line []byte, e *Entry) error {
	d.begin(e)
	c := content{format: d.format, read: true, memory: d.memory, room: d.room[:0]}
	err := c.line(line, e)
	if err == nil && !e.Withheld.Has(Facts) {
		err = c.decode(e)
	}
	if err == nil && c.isOdd(line, e) {
		e.Verbatim = string(line)
	}
	d.keep(e)
	return err
}

// isOdd reports whether Seal would not make the line of its entry again. Sealing takes as
// long as reading, so that it is tried only where it is in doubt.
func (c *content) isOdd(line []byte, e *Entry) bool {
	if sure := c.version < formatVersion || e.Withheld != 0; sure || !c.doubt {
		return sure
	}
	_, again, err := c.format.Seal(*e)
	return err != nil || !bytes.Equal(again.Bytes, line)
}

// Check does what [Format.Check] does, but it reads into e, whatever was in there.
func (d *Decoder) Check(line []byte, e *Entry) error {
	d.begin(e)
	c := content{format: d.format, memory: d.memory, room: d.room[:0]}
	err := c.check(line, e)
	d.keep(e)
	return err
}

// check reads a line without its content, unless that says whom to ask.
func (c *content) check(line []byte, e *Entry) error {
	if err := c.line(line, e); err != nil || e.Withheld.Has(Facts) || !c.read {
		return err
	}
	frame, sealing := *e.Frame, *e.Sealing
	if full := *e; c.decode(&full) == nil {
		*e = full
	} else {
		*e.Frame, *e.Sealing = frame, sealing
	}
	return nil
}

// A content is what stands behind a line's envelope. Values are as they lie, texts with
// their quotes; nil if they are not there, or withheld.
type content struct {
	format  *Format
	spec    *Spec // of its kind; nil if that is not known
	version uint64
	at      int  // where it begins in its line
	read    bool // somebody will decode it
	doubt   bool // its data has what Seal may write otherwise
	memory  Memory
	room    []member // for the members of data

	role, via, zone, override []byte
	occurred                  time.Time        // zero if it does not say
	pieces                    [partCount]piece // the facts, and the parts
}

// A piece is a part of the content, or the facts, whose raw is d.
type piece struct {
	raw, salt []byte
	text      []byte // the name, or why something was overridden
	data      Object
}

// line reads a line's envelope into e, takes apart the content behind it, and checks
// the hashes.
func (c *content) line(line []byte, e *Entry) error {
	s := scanner{rest: line, format: c.format}
	s.want(`{"e":`)
	start := len(line) - len(s.rest)
	s.want(`{"v":`)
	c.version = s.uint()
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
	c.spec = s.spec
	if len(line) > c.spec.maxLine() {
		return fmt.Errorf("it is longer than the %d bytes allowed", c.spec.maxLine())
	}
	e.Hash = Sum(line[start:end])
	c.read = c.read || c.spec != nil && c.spec.Vouches
	if c.version == 1 {
		s.content1(e, c)
	} else {
		s.content(e, c)
	}
	if s.failed == nil && len(s.rest) > 0 {
		s.fail("something follows it: %s", excerpt(s.rest))
	}
	if d := c.pieces[Facts].raw; s.failed == nil && d != nil && Sum(d) != sum {
		s.fail("its content does not match the hash c in its envelope")
	}
	return s.failed
}

// errNewerFormat is the error for a line of a format version to come.
type errNewerFormat uint64

func (v errNewerFormat) Error() string {
	return fmt.Sprintf("it is of format version %d, and this muster reads up to version %d: use a newer muster", uint64(v), formatVersion)
}

// content takes the rest of a line apart.
func (s *scanner) content(e *Entry, c *content) {
	if s.optional(`null,"p":null}`) {
		e.Withheld = AllParts
		return
	}
	from, facts := s.rest, &c.pieces[Facts]
	sums, has := s.partHashes()
	if s.optional(`,"role":`) {
		c.role = s.full("role")
	}
	s.want(`,"via":`)
	c.via = s.quoted()
	s.when(c)
	if s.optional(`,"override":`) {
		c.override = s.list()
	}
	s.want(`,"data":`)
	facts.data = s.object(c, c.spec == nil)
	s.want(`}`)
	facts.raw = s.since(from)
	s.want(`,"p":{`)
	for part := range withholdable {
		if has.Has(part) {
			s.part(e, c, part, sums[part])
		}
	}
	s.want(`}}`)
	if c.override == nil && c.pieces[Notes].text != nil {
		s.fail("its notes say why something was overridden, and nothing was")
	}
}

// when finds at what time it was, and where.
func (s *scanner) when(c *content) {
	if s.optional(`,"occurred":`) {
		var err error
		if text := s.quoted(); s.failed == nil {
			c.occurred, err = parseOccurred(text)
			s.stop(err)
		}
	}
	s.want(`,"zone":`)
	c.zone = s.quoted()
}

// partHashes reads the content's opening, which has the hashes of the parts.
func (s *scanner) partHashes() (sums [partCount]Hash, has Parts) {
	s.want(`{"p":{`)
	for part := range withholdable {
		if s.key(part.String(), has != 0) {
			s.want(`"`)
			sums[part] = s.hash()
			s.want(`"`)
			has |= PartsOf(part)
		} else if part == Names {
			s.fail("it has no %s", part)
		}
	}
	s.want(`}`)
	return sums, has
}

// part takes one part apart, which must be there, and must have the hash.
func (s *scanner) part(e *Entry, c *content, part Part, sum Hash) {
	if !s.key(part.String(), part != Names) {
		s.fail("it lacks its %s: null should stand for what was withheld", part)
	}
	if s.optional("null") {
		e.Withheld |= PartsOf(part)
		return
	}
	if s.failed != nil {
		return
	}
	from, p := s.rest, &c.pieces[part]
	s.want(`{"salt":`)
	p.salt = s.salt()
	switch {
	case part == Names:
		s.want(`,"by":`)
		p.text = s.quoted()
	case part == Notes && s.optional(`,"override":`):
		p.text = s.full("override")
	}
	if s.optional(`,"data":`) {
		p.data = s.object(c, false)
	}
	s.want(`}`)
	switch p.raw = s.since(from); {
	case s.failed != nil:
		s.failed = fmt.Errorf("in its %s: %w", part, s.failed)
	case len(p.data.Text) == len(`{}`) || p.text == nil && p.data.Text == nil:
		s.fail("there is nothing in its %s", part)
	case Sum(p.raw) != sum:
		s.fail("the hash of its %s does not match", part)
	}
}

// decode reads the content into e. Its spelling and its hashes are good.
func (c *content) decode(e *Entry) (err error) {
	for part := range withholdable {
		if salt := c.pieces[part].salt; err == nil && salt != nil {
			e.Salts[part-1], err = parseSalt(salt)
		}
	}
	if err != nil {
		return err
	}
	e.Occurred = c.occurred
	e.By = Actor{Name: c.word(c.pieces[Names].text), Role: c.word(c.role), Via: c.word(c.via)}
	if e.Withheld.Has(Names) {
		e.By.Name = WithheldText
	}
	e.Zone = c.word(c.zone)
	if c.override != nil {
		e.Override = &Override{Why: c.word(c.pieces[Notes].text)}
		if e.Withheld.Has(Notes) {
			e.Override.Why = WithheldText
		}
		if err := json.Unmarshal(c.override, &e.Override.Of); err != nil {
			return err
		}
		if len(e.Override.Of) == 0 {
			e.Override.Of = nil
		}
	}
	e.Data, err = c.data(e)
	return err
}

// word is what a text says, which many lines may have in common.
func (c *content) word(quoted []byte) string {
	if c.memory != nil {
		return c.memory.Word(unquote(quoted))
	}
	return string(unquote(quoted))
}

// data reads an entry's data from its pieces.
func (c *content) data(e *Entry) (Data, error) {
	if c.spec == nil || c.format.kinds == nil {
		return c.unknown(e), nil
	}
	read := Content{Kind: e.Kind, Withheld: e.Withheld, Whole: c.version == 1}
	for part := range c.pieces {
		read.Shares[part] = c.pieces[part].data
	}
	if !read.Whole {
		if err := c.origin(e, &read.Shares[Facts]); err != nil {
			return nil, err
		}
	}
	data, exact, err := c.format.kinds.Read(read, c.memory)
	c.doubt = c.doubt || !exact
	return data, err
}

// origin takes the origin from among the facts, where it should stand last.
func (c *content) origin(e *Entry, facts *Object) error {
	for i := range facts.Len() {
		key, value := facts.Member(i)
		if string(key) != originKey {
			continue
		}
		origin, whole, err := parseOrigin(value)
		if err != nil {
			return err
		}
		c.doubt = c.doubt || !whole || i < facts.Len()-1
		e.Origin, facts.members = origin, append(facts.members[:i:i], facts.members[i+1:]...)
		return nil
	}
	return nil
}

// unknown is the data of an entry of whose kind nothing is known.
func (c *content) unknown(e *Entry) *Unknown {
	c.doubt = true
	facts, origin := cutOrigin(c.pieces[Facts].data.Text)
	e.Origin = origin
	unknown := &Unknown{Name: e.Kind, Raw: bytes.Clone(facts)}
	for part := range withholdable {
		unknown.Apart[part-1] = bytes.Clone(c.pieces[part].data.Text)
	}
	return unknown
}

// parseOccurred reads a time in the one spelling it has.
func parseOccurred(quoted []byte) (time.Time, error) {
	text := string(quoted[1 : len(quoted)-1])
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || t.Year() < firstYear || t.UTC().Format(time.RFC3339Nano) != text {
		return t, fmt.Errorf("the time it occurred, %q, is not RFC 3339 in UTC", text[:min(len(text), len(recordedLayout))])
	}
	return t.UTC(), nil
}

var errSalt = errors.New("its salt is not 22 characters of base64url")

// parseSalt reads a salt in the one spelling it has: the bits left over are zero.
func parseSalt(quoted []byte) (salt Salt, err error) {
	var room [18]byte // base64 writes whole groups of three
	if len(quoted) != len(`""`)+22 {
		return salt, errSalt
	}
	n, err := base64.RawURLEncoding.Strict().Decode(room[:], quoted[1:len(quoted)-1])
	if err != nil || copy(salt[:], room[:n]) != len(salt) {
		return salt, errSalt
	}
	return salt, nil
}
