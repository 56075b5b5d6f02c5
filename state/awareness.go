package state

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
)

// awareness is the answer that a clock without a `from` is compared with: the time at
// which one became aware, by the name that the runbooks give it.
const awareness = "aware"

// firstSign is the answer that tells when something was first seen, by that name.
const firstSign = "seen"

// An OtherTime is a time that a notice says of what a clock counts from, and that the
// clock does not count from.
type OtherTime struct {
	Clock  string // its id
	Notice string // its id
	Seq    uint64 // the entry that sent it; 0 of a draft
	Answer string // the id of the answer that the notice was drawn from
	Says   string // as it stands in the text
	Counts time.Time
}

// String says what contradicts what, in words.
func (c OtherTime) String() string {
	return fmt.Sprintf("its text says %s (%s), and the clock counts from %s", c.Says, c.Answer, c.Counts.UTC().Format("2006-01-02 15:04 UTC"))
}

// OtherTimes are the times in what was sent that are not the ones from which the
// clocks count that it met or started. What is withheld contradicts nothing.
func OtherTimes(inc *Incident, loc *time.Location) []OtherTime {
	var list []OtherTime
	for i := range inc.Notices {
		n := &inc.Notices[i]
		for j := range n.Versions {
			if v := &n.Versions[j]; len(v.Sent) > 0 {
				for _, c := range n.otherTimes(inc, v, loc) {
					c.Seq = v.Sent[0].Seq
					list = append(list, c)
				}
			}
		}
	}
	return list
}

// otherTimes are those of one text.
func (n *Notice) otherTimes(inc *Incident, v *NoticeVersion, loc *time.Location) []OtherTime {
	var list []OtherTime
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if c.Started.IsZero() || c.Uncounted() {
			continue
		}
		at := slices.IndexFunc(c.triggers(), func(t trigger) bool {
			return t.book == n.Book && meant(inc, t.book, t.stops, runbooks.NoticeSent, n.ID, "")
		})
		if at < 0 {
			continue
		}
		id, ok := strings.CutPrefix(c.triggers()[at].from, "answer:")
		if !ok {
			id = awareness
		}
		counts, _ := c.Counts(loc)
		if says := n.saysOf(inc, v, id, counts); says != "" {
			list = append(list, OtherTime{Clock: c.ID, Notice: n.ID, Answer: id, Says: says, Counts: counts})
		}
	}
	return list
}

// saysOf is the time of an answer that a text says, if it is not the one given; "" if it
// says that one, or none. The answer is taken as it was when this text, or one before
// from which it may come, was drafted.
func (n *Notice) saysOf(inc *Incident, v *NoticeVersion, id string, counts time.Time) string {
	now := inc.answers[inc.Books[n.Book].IDOf(NounQuestion, id)].Value
	if at, err := time.Parse(time.RFC3339, now); err == nil && at.Equal(counts) && strings.Contains(v.Text, runbooks.TimeText(now)) {
		return ""
	}
	last := slices.IndexFunc(n.Versions, func(other NoticeVersion) bool { return other.Number == v.Number })
	for i := last; i >= 0; i-- {
		was := n.Versions[i].Basis[id]
		at, err := time.Parse(time.RFC3339, was)
		if says := runbooks.TimeText(was); err == nil && !at.Truncate(time.Minute).Equal(counts.Truncate(time.Minute)) && strings.Contains(v.Text, says) {
			return at.Format("2006-01-02 ") + says
		}
	}
	return ""
}

// sameTime refuses, softly, to send a time that is not the one its clock counts from.
func (d *decision) sameTime(n *Notice, v *NoticeVersion) {
	for _, c := range n.otherTimes(d.inc, v, fixedZone(d.stamp.Zone)) {
		d.refuse(Refusal{Reason: Unverified, Overridable: true, Seq: v.Seq, Text: fmt.Sprintf("%s: %s.", clockTitle(d.inc, c.Clock), c),
			Hint: "Draft it anew, or set right what was answered.", Acts: []Act{{Deed: DeedDraft, Of: n.ID}}})
	}
}
