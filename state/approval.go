package state

import (
	"fmt"
	"maps"
	"slices"
)

// ApprovalNotes say, a phrase each, what a reader has to know who is told that a text was approved,
// or was not: that nobody else had a hand in it, that it came too late, that it was taken back, or
// was of another text. Names go through name.
func (v *NoticeVersion) ApprovalNotes(inc *Incident, n *Notice, name func(string) string) (notes []string) {
	switch {
	case v.ApprovedBy != "" && untoldPerson(v.By, v.ApprovedBy):
		notes = append(notes, "not known whether by who drafted it: names are withheld")
	case v.Alone(inc) != "":
		notes = append(notes, "one person drafted, approved and sent it")
	case v.ApprovedBy != "" && onePerson(inc, v.By, v.ApprovedBy):
		notes = append(notes, "by who drafted it")
	}
	if v.approvedEarly() {
		notes = append(notes, Early{Draft: true}.String())
	}
	if late := v.approvedLate(); late != "" {
		notes = append(notes, late)
	}
	notes = append(notes, v.approvedOther(n)...)
	for _, seq := range slices.Sorted(maps.Keys(inc.retracted)) {
		e := &inc.Log[seq-1]
		if data, ok := e.Data.(interface{ approves(string, int) bool }); ok && data.approves(n.ID, v.Number) {
			notes = append(notes, fmt.Sprintf("%s's approval (entry %d) was retracted by entry %d", name(e.By.Name), seq, inc.retracted[seq]))
		}
	}
	return notes
}

// HandsIn are ApprovalNotes, and against what the text was drafted and approved, for who does not
// read the entries themselves, which say that.
func (v *NoticeVersion) HandsIn(inc *Incident, n *Notice, name func(string) string) []string {
	return append(v.ApprovalNotes(inc, n, name), v.wentPast(inc)...)
}

// approvedOther says which other texts of a notice were approved, if this one was not.
func (v *NoticeVersion) approvedOther(n *Notice) (notes []string) {
	for i := range n.Versions {
		other := &n.Versions[i]
		if v.ApprovedBy != "" || other.Number == v.Number || other.ApprovedBy == "" {
			continue
		}
		text := "and not this text"
		if other.SHA256 == v.SHA256 && !v.SHA256.IsZero() {
			text = "of the same text"
		}
		notes = append(notes, fmt.Sprintf("version %d was approved (entry %d), %s", other.Number, other.ApprovedSeq, text))
	}
	return notes
}

// approvedLate says that a text was approved when it had been sent; "" if it was not.
func (v *NoticeVersion) approvedLate() string {
	if v.ApprovedBy == "" || len(v.Sent) == 0 {
		return ""
	}
	switch first := &v.Sent[0]; {
	case v.ApprovedAt.After(first.When), v.ApprovedAt.Equal(first.When) && v.ApprovedSeq > first.Seq:
		return fmt.Sprintf("only after it was sent (entry %d)", first.Seq)
	case v.ApprovedSeq > first.Seq:
		return fmt.Sprintf("recorded only after it was sent (entry %d)", first.Seq)
	}
	return ""
}

// wentPast says against which refusals a text was drafted and approved, and why.
func (v *NoticeVersion) wentPast(inc *Incident) (notes []string) {
	if v == nil {
		return nil
	}
	for _, act := range []struct {
		seq  uint64
		verb string
	}{{v.Seq, "drafted"}, {v.ApprovedSeq, "approved"}} {
		if e, ok := inc.Entry(act.seq); ok && e.Override != nil {
			notes = append(notes, fmt.Sprintf("%s with an override of %s: %s", act.verb, joinReasons(e.Override.Of), Quoted(e.Override.Why)))
		}
	}
	return notes
}
