package line

// content1 takes the rest of a line of version 1 apart. It has no parts, but one salt
// and one reason for what was overridden, which stand where those of the names and
// notes do.
func (s *scanner) content1(e *Entry, c *content) {
	if s.optional(`null}`) {
		e.Withheld = AllParts
		return
	}
	from, facts := s.rest, &c.pieces[Facts]
	s.want(`{"salt":`)
	c.pieces[Names].salt = s.salt()
	s.want(`,"by":{"name":`)
	c.pieces[Names].text = s.quoted()
	if s.optional(`,"role":`) {
		c.role = s.full("role")
	}
	s.want(`,"via":`)
	c.via = s.quoted()
	s.want(`}`)
	s.when(c)
	if s.optional(`,"override":{"of":`) {
		c.override = s.list()
		s.want(`,"why":`)
		c.pieces[Notes].text = s.full("override")
		s.want(`}`)
	}
	s.want(`,"data":`)
	facts.data = s.object(c, false)
	s.want(`}`)
	facts.raw = s.since(from)
	s.want(`}`)
}
