package line

import (
	"errors"
	"fmt"
)

// A Chain checks that each line follows from the one before. [Format.Chain]
// makes one.
type Chain struct {
	Head   Head
	Mode   Mode // of the first entry; all others must have it
	line   int  // lines read
	format *Format
}

// Chain is a chain that stands before a log's first line.
func (f *Format) Chain() Chain { return Chain{format: f} }

// Next decodes the next line, without its newline, and checks that it links to
// the one before. The error is a *Damage, and the chain stays where it was.
func (c *Chain) Next(line []byte) (Entry, error) {
	e, err := c.format.Decode(line)
	return e, c.link(&e, err)
}

// Verify checks the next line as Next does, but for the form of what its content
// holds; see [Format.Check].
func (c *Chain) Verify(line []byte) error {
	e, err := c.format.Check(line)
	return c.link(&e, err)
}

// Link checks that e, which [Format.Decode] or [Format.Check] read from the next line unless
// they said err, links to the line before. So lines can be read by several
// goroutines at once. The error is a *Damage, and the chain stays where it was.
func (c *Chain) Link(e Entry, err error) error { return c.link(&e, err) }

func (c *Chain) link(e *Entry, err error) error {
	if err != nil {
		var newer errNewerFormat
		return &Damage{Line: c.line + 1, Seq: c.Head.Seq + 1, What: err.Error(), Newer: errors.As(err, &newer)}
	}
	if what := c.breaks(e); what != "" {
		return &Damage{Line: c.line + 1, Seq: c.Head.Seq + 1, What: what}
	}
	c.line++
	c.Head = Head{Seq: e.Seq, Hash: e.Hash}
	c.Mode = e.Mode
	return nil
}

// breaks says why e cannot come next; "" if it can.
func (c *Chain) breaks(e *Entry) string {
	switch {
	case e.Seq != c.Head.Seq+1:
		return fmt.Sprintf("it is entry %d where entry %d should stand: a line was lost, doubled or moved", e.Seq, c.Head.Seq+1)
	case e.Prev != c.Head.Hash:
		return fmt.Sprintf("it does not follow from the line before: its prev is %.8s…, that line's hash is %.8s…", e.Prev, c.Head.Hash)
	case c.Head.Seq == 0 && e.Kind != c.format.opens:
		return fmt.Sprintf("the first entry is %s and should be %s", e.Kind, c.format.opens)
	case c.Head.Seq > 0 && e.Mode != c.Mode:
		return fmt.Sprintf("it says %s in a log that is %s", e.Mode, c.Mode)
	}
	return ""
}
