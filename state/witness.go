package state

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Ways lists the usual ways of telling a witness.
func Ways() []string { return []string{"telephone", "e-mail", "paper", "in person"} }

// KindHeadWitnessed is the kind of [HeadWitnessed].
const KindHeadWitnessed Kind = "witness.recorded"

// HeadWitnessed records that somebody outside was told a head. It proves nothing by
// itself, for whoever can write the log anew writes this too: it says whom to ask.
type HeadWitnessed struct {
	Witness string `json:"witness" part:"names"` // who was told
	How     string `json:"how" part:"names"`     // by which way; see [Ways] for the usual ones
	Head    Hash   `json:"head"`                 // what was told: the whole hash, or its code
	Entry   uint64 `json:"entry" entry:"of"`     // the entry whose hash it is, and up to which the witness vouches
}

// Kind is KindHeadWitnessed.
func (*HeadWitnessed) Kind() Kind { return KindHeadWitnessed }

// RecordWitness makes witness.recorded. The action's Occurred is when the
// witness was told.
type RecordWitness struct {
	Witness, How string
	Head         Hash // what was told; zero for the log's head now
}

func (RecordWitness) kind() Kind { return KindHeadWitnessed }

func (c RecordWitness) decide(d *decision) Data {
	d.need("witness", "who was told", c.Witness, MaxTitle)
	d.name("witness", "the name", c.Witness, MaxTitle)
	d.text("how", "how", c.How, MaxTitle)
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

// told is the entry whose hash a head is; 0 if it was refused.
func (d *decision) told(head Hash) uint64 {
	seq := entryWith(d.inc, head)
	if seq == 0 {
		d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("%s is no head of this log.", head.Code()),
			Hint: "It is another incident's, or entries were cut off or changed: verify the log with it."})
	}
	return seq
}

func (data *HeadWitnessed) effect(inc *Incident, e *Entry) {
	inc.Witnesses = append(slices.Clip(inc.Witnesses), Witness{
		Witness: data.Witness, How: data.How, Head: data.Head, Entry: data.Entry, When: e.When(), By: e.By.Name, Seq: e.Seq,
	})
}

func (data *HeadWitnessed) describe(*Incident, Entry) string {
	text := "told " + data.Witness + " the head " + data.Head.Code() + fmt.Sprintf(" (entry %d)", data.Entry)
	if data.How != "" {
		text += ", " + data.How
	}
	return text
}

func (data *HeadWitnessed) contradicts(inc *Incident, _ *Entry) string {
	return notThatHead(inc, data.Head, data.Entry)
}

// KindHeadSigned is the kind of [HeadSigned].
const KindHeadSigned Kind = "head.signed"

// HeadSigned records that a head was signed with a key. Like HeadWitnessed it only
// says what to ask for: the signature lies in a file of its own.
type HeadSigned struct {
	Head        Hash   `json:"head"`
	Entry       uint64 `json:"entry" entry:"of"`         // the entry whose hash it is
	Fingerprint string `json:"fingerprint" part:"names"` // of the key: SHA256:…
	Namespace   string `json:"namespace"`                // of the signature
}

// Kind is KindHeadSigned.
func (*HeadSigned) Kind() Kind { return KindHeadSigned }

// RecordSignature makes head.signed.
type RecordSignature struct {
	Head                   Hash
	Fingerprint, Namespace string
}

func (RecordSignature) kind() Kind { return KindHeadSigned }

func (c RecordSignature) decide(d *decision) Data {
	d.need("namespace", "the namespace", c.Namespace, MaxTitle)
	d.need("fingerprint", "the key's fingerprint", c.Fingerprint, MaxTitle)
	if !strings.HasPrefix(c.Fingerprint, "SHA256:") {
		return d.refuse(Refusal{Reason: Invalid, Field: "fingerprint", Text: fmt.Sprintf("%q is no key's fingerprint.", c.Fingerprint)})
	}
	seq := d.told(c.Head)
	if seq == 0 {
		return nil
	}
	return &HeadSigned{Head: c.Head, Entry: seq, Fingerprint: c.Fingerprint, Namespace: c.Namespace}
}

func (data *HeadSigned) effect(inc *Incident, e *Entry) {
	inc.Signatures = append(slices.Clip(inc.Signatures), Signature{
		Head: data.Head, Entry: data.Entry, Fingerprint: data.Fingerprint, Namespace: data.Namespace, When: e.When(), By: e.By.Name, Seq: e.Seq,
	})
}

func (data *HeadSigned) describe(*Incident, Entry) string {
	return fmt.Sprintf("signed the head %s (entry %d) with the key %s", data.Head.Code(), data.Entry, data.Fingerprint)
}

func (data *HeadSigned) contradicts(inc *Incident, _ *Entry) string {
	return notThatHead(inc, data.Head, data.Entry)
}

// entryWith is the entry whose hash head is; 0 if the log has none.
func entryWith(inc *Incident, head Hash) uint64 {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		if inc.Log[i].Hash == head {
			return inc.Log[i].Seq
		}
	}
	return 0
}
