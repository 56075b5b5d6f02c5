package line

import (
	"errors"
	"fmt"
)

// Decode reads one line, its newline cut off. It is strict: a line that this
// version could not have written so, byte for byte, is refused, and so is one
// whose content does not match its envelope. It does not look at the chain; see
// [Chain]. The error's text is a phrase that fits behind "line 12: ".
func (f *Format) Decode(line []byte) (e Entry, err error) {
	c := content{format: f, read: true, room: make([]member, 0, maxMembers)}
	err = c.line(line, &e)
	return e, err
}

// A Decoder reads many lines. Words that stand in many of them, such as names and
// the ids of steps, it keeps once for all. It is for one goroutine at a time.
type Decoder struct {
	format *Format
	words  words
	room   [maxMembers]member
}

// Decoder is a new Decoder.
func (f *Format) Decoder() *Decoder { return &Decoder{format: f} }

// Decode does what [Format.Decode] does, but it reads into e, whatever was in there.
func (d *Decoder) Decode(line []byte, e *Entry) error {
	*e = Entry{}
	c := content{format: d.format, read: true, words: &d.words, room: d.room[:0]}
	return c.line(line, e)
}

// line reads a line with its content.
func (c *content) line(line []byte, e *Entry) error {
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
	err = c.check(line, &e)
	return e, err
}

// Check does what [Format.Check] does, but it reads into e, whatever was in there.
func (d *Decoder) Check(line []byte, e *Entry) error {
	*e = Entry{}
	c := content{format: d.format, words: &d.words, room: d.room[:0]}
	return c.check(line, e)
}

// check reads a line without its content, unless that says whom to ask.
func (c *content) check(line []byte, e *Entry) error {
	if err := c.envelope(line, e); err != nil || e.Withheld.Has(Facts) || !c.read {
		return err
	}
	if full := *e; c.decode(&full) == nil {
		*e = full
	}
	return nil
}

// A content is an entry's content, whose hashes are good.
type content struct {
	format  *Format
	spec    *Spec // of its kind; nil if that is not known
	version uint64
	at      int              // where it begins in its line
	pieces  [partCount]piece // d, and the parts that are there and not withheld
	read    bool             // somebody will decode it
	words   *words           // may be nil
	room    []member         // for the members of the pieces
}

// maxMembers is for how many members of a line no memory is asked for.
const maxMembers = 24

// A piece is a part of the content as it lies, or d, which has the facts.
type piece struct {
	raw     []byte // nil if it is withheld or not there
	from    int    // where its members begin: in d, behind the hashes of the parts
	members []member
	wide    bool // it is not all ASCII, and may not be UTF-8
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
	c.spec = s.spec
	if len(line) > c.spec.maxLine() {
		return fmt.Errorf("it is longer than the %d bytes allowed", c.spec.maxLine())
	}
	e.Hash = Sum(line[start:end])
	c.read = c.read || c.spec != nil && c.spec.Vouches
	var err error
	if c.version == 1 {
		err = s.content1(e, c)
	} else {
		err = s.content(e, c)
	}
	if d := c.pieces[Facts].raw; err == nil && d != nil && Sum(d) != sum {
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
	x := exact{b: s.rest, keep: c.read, found: c.room}
	sums, has := s.partHashes()
	if s.failed != nil {
		return s.failed
	}
	from := len(x.b) - len(s.rest)
	x.at = from
	if err := x.rest(); err != nil {
		return err
	}
	s.rest = x.b[x.at:]
	c.pieces[Facts] = piece{x.b[:x.at], from, x.found, x.wide}
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
	if s.failed != nil {
		return
	}
	x := exact{b: s.rest, keep: c.read, found: c.spare(part)}
	if err := x.whole(); err != nil {
		s.fail("in its %s: %v", part, err)
		return
	}
	text := s.take(x.at)
	c.pieces[part] = piece{text, 0, x.found, x.wide}
	if Sum(text) != sum {
		s.fail("the hash of its %s does not match", part)
	}
}

// spare is the room behind the members of the pieces before a part.
func (c *content) spare(part Part) []member {
	used := 0
	for i := range c.pieces[:part] {
		used += len(c.pieces[i].members)
	}
	return c.room[min(used, cap(c.room)):min(used, cap(c.room)):cap(c.room)]
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
	var data [partCount]object
	for part := range withholdable {
		if err := c.decodePart(e, part, &data[part]); err != nil {
			return err
		}
	}
	if e.Withheld.Has(Names) {
		e.By.Name = WithheldText
	}
	r := c.reader(Facts)
	if role := r.optional(`,"role":`); role != nil {
		e.By.Role = r.full(r.word(role), "role")
	}
	e.By.Via = r.word(r.want(`,"via":`))
	if occurred := r.optional(`,"occurred":`); occurred != nil {
		e.Occurred = r.occurred(occurred)
	}
	e.Zone = r.word(r.want(`,"zone":`))
	r.override(e, r.optional(`,"override":`))
	data[Facts] = r.object(r.want(`,"data":`))
	if err := r.end(); err != nil {
		return err
	}
	var err error
	e.Data, err = c.format.decodeData(e.Kind, &data, e.Withheld, c.words)
	return err
}

// decodePart reads what a part says of the entry itself, and finds its share of the
// data.
func (c *content) decodePart(e *Entry, part Part, data *object) error {
	if c.pieces[part].raw == nil {
		return nil
	}
	r := c.reader(part)
	r.salt(r.want(`{"salt":`), &e.Salts[part-1])
	if part == Names {
		e.By.Name = r.word(r.want(`,"by":`))
	}
	if part == Notes {
		if why := r.optional(`,"override":`); why != nil {
			e.Override = &Override{Why: r.full(r.text(why), "override")}
		}
	}
	if value := r.optional(`,"data":`); value != nil {
		*data = r.object(value)
		if r.failed == nil && value[0] != '{' {
			return (&exact{b: value}).unexpected()
		}
	}
	if err := r.end(); err != nil {
		return err
	}
	if len(data.text) == len("{}") || part != Names && data.text == nil && e.Override == nil {
		return fmt.Errorf("there is something else than its %s", part)
	}
	return nil
}

// override reads which refusals were overridden. Why stands with the notes.
func (r *reader) override(e *Entry, of []byte) {
	why := e.Override
	e.Override = nil
	if of == nil {
		if why != nil {
			r.fail("its notes say why something was overridden, and nothing was")
		}
		return
	}
	e.Override = new(Override)
	r.unmarshal(of, &e.Override.Of)
	if len(e.Override.Of) == 0 {
		e.Override.Of = nil
	}
	switch {
	case why != nil:
		e.Override.Why = why.Why
	case e.Withheld.Has(Notes):
		e.Override.Why = WithheldText
	}
}
