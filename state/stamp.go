package state

import (
	"fmt"
	"slices"
	"time"
)

// KindLogStamped is the kind of [LogStamped].
const KindLogStamped Kind = "log.stamped"

// LogStamped records that a time-stamping authority (RFC 3161) signed that a head was there
// at a time. Its answer is kept beside the log: the entry only says what that says.
type LogStamped struct {
	Head      Hash      `json:"head"`
	Entry     uint64    `json:"entry"`                  // the entry whose hash it is
	Time      time.Time `json:"time"`                   // by the authority's clock
	Authority string    `json:"authority" part:"names"` // by its own word; "" if it does not say
	Name      string    `json:"name" part:"evidence"`   // the file's base name
	SHA256    Hash      `json:"sha256" part:"evidence"` // of the answer
	Size      int64     `json:"size" part:"evidence"`   // of the answer, in bytes
}

// Kind is KindLogStamped.
func (*LogStamped) Kind() Kind { return KindLogStamped }

// RecordStamp makes log.stamped; the answer was put beside the log before, and what it says
// was read from it.
type RecordStamp struct {
	Head      Hash
	Time      time.Time
	Authority string
	Name      string
	SHA256    Hash
	Size      int64
}

func (RecordStamp) kind() Kind { return KindLogStamped }

func (c RecordStamp) decide(d *decision) Data {
	d.text("authority", "the authority's name", c.Authority, MaxTitle)
	d.need("name", "the file's name", c.Name, MaxTitle)
	if c.SHA256.IsZero() || c.Size <= 0 {
		return d.refuse(Refusal{Reason: Missing, Text: "The hash of the answer is missing."})
	}
	if c.Time.IsZero() {
		return d.refuse(Refusal{Reason: Missing, Field: "time", Text: "The time of the stamp is missing."})
	}
	seq := d.told(c.Head)
	if seq == 0 {
		return nil
	}
	for _, stamp := range d.inc.Stamps {
		if stamp.SHA256 == c.SHA256 && !stamp.Hidden {
			return d.refuse(Refusal{Reason: AlreadySo, Seq: stamp.Seq, Text: fmt.Sprintf("This stamp is in the log already, as entry %d.", stamp.Seq)})
		}
	}
	// Two clocks need not agree to the minute; which of them is wrong is not known.
	if made := d.inc.Log[seq-1].Recorded; c.Time.Before(made.Add(-time.Minute)) {
		d.refuse(Refusal{Reason: Untrue, Seq: seq, Overridable: true,
			Text: fmt.Sprintf("The stamp says %s, and entry %d was written at %s by this machine's clock: one of the two clocks is wrong.", d.clock(c.Time), seq, d.clock(made))})
	}
	return &LogStamped{Head: c.Head, Entry: seq, Time: c.Time.UTC().Truncate(time.Millisecond), Authority: c.Authority, Name: c.Name, SHA256: c.SHA256, Size: c.Size}
}

func (data *LogStamped) effect(inc *Incident, e *Entry) {
	inc.Stamps = append(slices.Clip(inc.Stamps), Stamped{
		Head: data.Head, Entry: data.Entry, Time: data.Time, Authority: data.Authority, SHA256: data.SHA256, When: e.When(), By: e.By.Name, Seq: e.Seq, Hidden: e.Withheld.Has(Evidence),
	})
}

func (data *LogStamped) describe(_ *Incident, e Entry) string {
	who := data.Authority
	switch {
	case e.Withheld.Has(Names):
		who = WithheldText
	case who == "":
		who = "an authority that does not say its name"
	}
	return fmt.Sprintf("the head %s (entry %d) was stamped at %s by %s", data.Head.Code(), data.Entry, data.Time.UTC().Format("2006-01-02 15:04:05 UTC"), who)
}

func (data *LogStamped) contradicts(inc *Incident, _ *Entry) string {
	return notThatHead(inc, data.Head, data.Entry)
}
