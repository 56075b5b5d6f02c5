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
