package state

import (
	"fmt"
	"slices"
	"time"
)

// A Witness is somebody who was told a head, by the word of the log.
type Witness struct {
	HeadWitnessed
	When time.Time // when the witness was told
	By   string    // who says so
	Seq  uint64
}

// A Signature is a signing of a head, by the word of the log.
type Signature struct {
	HeadSigned
	When time.Time
	By   string
	Seq  uint64
}

// witnessEffect is what an entry about who vouches for the log changes; false if e
// is not one.
func (inc *Incident) witnessEffect(e *Entry) bool {
	switch data := e.Data.(type) {
	case *HeadWitnessed:
		inc.Witnesses = append(slices.Clip(inc.Witnesses), Witness{HeadWitnessed: *data, When: e.When(), By: e.By.Name, Seq: e.Seq})
	case *HeadSigned:
		inc.Signatures = append(slices.Clip(inc.Signatures), Signature{HeadSigned: *data, When: e.When(), By: e.By.Name, Seq: e.Seq})
	default:
		return false
	}
	return true
}

// describeWitness is describe for entries about who vouches for the log.
func describeWitness(e Entry) (string, bool) {
	switch data := e.Data.(type) {
	case *HeadWitnessed:
		text := "told " + data.Witness + " the head " + data.Head.Code() + fmt.Sprintf(" (entry %d)", data.Entry)
		if data.How != "" {
			text += ", " + data.How
		}
		return text, true
	case *HeadSigned:
		return fmt.Sprintf("signed the head %s (entry %d) with the key %s", data.Head.Code(), data.Entry, data.Fingerprint), true
	}
	return "", false
}
