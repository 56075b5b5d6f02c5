package state

import (
	"fmt"
	"slices"
	"strings"

	"muster/state/sorted"
)

// KeyMark is the word at the beginning of a note that makes it a key event.
const KeyMark = "!key"

// KindEntryMarked is the kind of [EntryMarked].
const KindEntryMarked Kind = "entry.marked"

// EntryMarked says that an earlier entry is, or is not, one of the few that tell what
// happened to somebody who reads no more.
type EntryMarked struct {
	Seq uint64 `json:"seq" entry:"of"`
	Off bool   `json:"off,omitempty"` // it is not
	Why string `json:"why,omitempty" part:"notes" text:"said"`
}

// Kind is KindEntryMarked.
func (*EntryMarked) Kind() Kind { return KindEntryMarked }

// MarkEntry makes entry.marked.
type MarkEntry struct {
	Seq uint64
	Off bool // take the mark away
	Why string
}

func (MarkEntry) kind() Kind { return KindEntryMarked }

func (c MarkEntry) decide(d *decision) Data {
	if _, ok := d.target(c.Seq, "marked"); !ok {
		return nil
	}
	switch marked := slices.Contains(Marked(d.inc), c.Seq); {
	case marked && !c.Off:
		return d.refuse(Refusal{Reason: AlreadySo, Field: "seq", Text: fmt.Sprintf("Entry %d is a key event already.", c.Seq)})
	case !marked && c.Off:
		return d.refuse(Refusal{Reason: AlreadySo, Field: "seq", Text: fmt.Sprintf("Entry %d is not marked as a key event.", c.Seq)})
	}
	d.text("why", "why", c.Why, MaxText)
	return &EntryMarked{Seq: c.Seq, Off: c.Off, Why: c.Why}
}

func (data *EntryMarked) effect(inc *Incident, _ *Entry) {
	mark(inc, data.Seq, !data.Off)
}

// mark says whether an entry is a key event.
func mark(inc *Incident, seq uint64, on bool) {
	inc.marked = sorted.Without(slices.Clone(inc.marked), func(marked uint64) bool { return marked == seq })
	if on {
		inc.marked = append(inc.marked, seq)
	}
}

func (data *EntryMarked) describe(*Incident, Entry) string {
	if data.Off {
		return fmt.Sprintf("entry %d is no key event", data.Seq) + said(data.Why)
	}
	return fmt.Sprintf("marked entry %d as a key event", data.Seq) + said(data.Why)
}

func (data *EntryMarked) contradicts(inc *Incident, _ *Entry) string {
	return notThere(inc, data.Seq)
}

// Marked are the entries that people marked as key events and that count, in the order of
// the log.
func Marked(inc *Incident) []uint64 {
	list := sorted.Without(slices.Clone(inc.marked), func(seq uint64) bool { return seq == 0 || seq > uint64(len(inc.Log)) || inc.RetractedBy(seq) != 0 })
	slices.Sort(list)
	return list
}

// marksItself reports whether a note is a key event by its own word.
func marksItself(text string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return strings.EqualFold(strings.TrimRight(word, ":"), KeyMark)
}
