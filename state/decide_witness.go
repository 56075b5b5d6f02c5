package state

import (
	"fmt"
	"strings"
	"time"
)

// The commands about who vouches for the log, outside it.
type (
	// RecordWitness makes witness.recorded. The action's Occurred is when the
	// witness was told.
	RecordWitness struct {
		Witness, How string
		Head         Hash // what was told; zero for the log's head now
	}
	// RecordSignature makes head.signed.
	RecordSignature struct {
		Head                   Hash
		Fingerprint, Namespace string
	}
)

// EntryWith is the entry whose hash head is; 0 if the log has none.
func (inc *Incident) EntryWith(head Hash) uint64 {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		if inc.Log[i].Hash == head {
			return inc.Log[i].Seq
		}
	}
	return 0
}

// told is the entry whose hash a head is; 0 if it was refused.
func (d *decision) told(head Hash) uint64 {
	seq := d.inc.EntryWith(head)
	if seq == 0 {
		d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("%s is no head of this log.", head.Code()),
			Hint: "It is another incident's, or entries were cut off or changed: verify the log with it."})
	}
	return seq
}

func (c RecordWitness) decide(d *decision) Data {
	d.need("who was told", c.Witness, MaxTitle)
	d.text("how", c.How, MaxTitle)
	if c.Head.IsZero() {
		c.Head = d.inc.Head.Hash
	}
	seq := d.told(c.Head)
	if seq == 0 {
		return nil
	}
	// A person rounds to minutes, and a clock may have been set since.
	if at, made := d.action.Occurred, d.inc.Log[seq-1].Recorded; !at.IsZero() && at.Before(made.Truncate(time.Minute)) {
		d.refuse(Refusal{Reason: Untrue, Seq: seq, Overridable: true,
			Text: fmt.Sprintf("Nobody could be told %s at %s: entry %d was written at %s.", c.Head.Code(), d.clock(at), seq, d.clock(made))})
	}
	return &HeadWitnessed{Witness: c.Witness, How: c.How, Head: c.Head, Entry: seq}
}

func (c RecordSignature) decide(d *decision) Data {
	d.need("the namespace", c.Namespace, MaxTitle)
	d.need("the key's fingerprint", c.Fingerprint, MaxTitle)
	if !strings.HasPrefix(c.Fingerprint, "SHA256:") {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q is no key's fingerprint.", c.Fingerprint)})
	}
	seq := d.told(c.Head)
	if seq == 0 {
		return nil
	}
	return &HeadSigned{Head: c.Head, Entry: seq, Fingerprint: c.Fingerprint, Namespace: c.Namespace}
}
