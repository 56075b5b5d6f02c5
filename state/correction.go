package state

import (
	"fmt"
	"strings"
	"time"
)

// KindEntryAmended is the kind of [EntryAmended].
const KindEntryAmended Kind = "entry.amended"

// EntryAmended corrects the text or the time of an earlier entry.
type EntryAmended struct {
	Seq      uint64     `json:"seq" entry:"of"`
	Text     *string    `json:"text,omitempty" part:"notes" text:"said"`
	Occurred *time.Time `json:"occurred,omitempty"`
	Why      string     `json:"why" part:"notes" text:"said"`
}

// Kind is KindEntryAmended.
func (*EntryAmended) Kind() Kind { return KindEntryAmended }

// AmendEntry makes entry.amended.
type AmendEntry struct {
	Seq      uint64
	Text     *string    // nil leaves it
	Occurred *time.Time // nil leaves it
	Why      string
}

func (AmendEntry) kind() Kind { return KindEntryAmended }

func (c AmendEntry) decide(d *decision) Data {
	e, ok := d.target(c.Seq, "amended")
	if !ok {
		return nil
	}
	if c.Text == nil && c.Occurred == nil {
		return d.refuse(Refusal{Reason: Missing, Field: "text", Text: "Nothing is to be amended.", Hint: "Give a new text, or the time at which it happened."})
	}
	data := &EntryAmended{Seq: c.Seq, Text: c.Text, Why: c.Why}
	if c.Text != nil {
		d.need("text", "the new text", *c.Text, MaxText)
		if _, ok := d.table.textOf(e.Data, true); !ok {
			hint, acts := d.instead(e.Kind, c.Seq)
			return d.refuse(Refusal{Reason: ForGood, Text: fmt.Sprintf("Entry %d (%s) has no text to amend.", c.Seq, e.Kind), Hint: hint, Acts: acts})
		}
	}
	if c.Occurred != nil {
		d.checkOccurred(*c.Occurred)
		at := c.Occurred.UTC().Truncate(time.Second)
		data.Occurred = &at
		if moves, ok := e.Data.(timed); ok {
			moves.amendTime(d, at)
		}
	}
	d.need("why", "why it is amended", c.Why, MaxText)
	return data
}

// A timed is data whose time is not free: it refuses a time to which its entry is amended.
type timed interface {
	amendTime(d *decision, to time.Time)
}

// effect is nothing: what is amended counts otherwise from the start; see recompute.
func (*EntryAmended) effect(*Incident, *Entry) {}

func (data *EntryAmended) describe(*Incident, Entry) string {
	text := fmt.Sprintf("amended entry %d", data.Seq)
	if data.Occurred != nil {
		text += fmt.Sprintf(": it happened at %s", data.Occurred.Format("2006-01-02 15:04:05 UTC"))
	}
	if data.Text != nil {
		text += fmt.Sprintf(": its text is %q", strings.Join(strings.Fields(*data.Text), " "))
	}
	return text + said(data.Why)
}

// KindEntryRetracted is the kind of [EntryRetracted].
const KindEntryRetracted Kind = "entry.retracted"

// EntryRetracted takes back an earlier entry: it stays in the log and no longer
// counts.
type EntryRetracted struct {
	Seq uint64 `json:"seq" entry:"of"`
	Why string `json:"why" part:"notes" text:"said"`
}

// Kind is KindEntryRetracted.
func (*EntryRetracted) Kind() Kind { return KindEntryRetracted }

// RetractEntry makes entry.retracted.
type RetractEntry struct {
	Seq uint64
	Why string
}

func (RetractEntry) kind() Kind { return KindEntryRetracted }

func (c RetractEntry) decide(d *decision) Data {
	e, ok := d.target(c.Seq, "retracted")
	if !ok {
		return nil
	}
	if !d.takeable(&e) {
		return nil
	}
	switch data := e.Data.(type) {
	case *RunbookAttached:
		if used := usedStep(d.inc, data.Prefix+":"); used != nil {
			return d.refuse(Refusal{Reason: ForGood, Seq: used.Last, Text: fmt.Sprintf("The runbook is in use: %s has entries.", used.Name())})
		}
	case *StepAdded:
		if s := d.inc.Step(data.Step); s != nil && s.Last != c.Seq {
			return d.refuse(Refusal{Reason: ForGood, Seq: s.Last, Text: fmt.Sprintf("%s has entries.", s.Name()), Hint: "Skip it, with a reason.", Acts: []Act{{Deed: DeedSkip, Of: s.Number}}})
		}
	}
	d.need("why", "why it is retracted", c.Why, MaxText)
	return &EntryRetracted{Seq: c.Seq, Why: c.Why}
}

// target is the entry that a correction names; false if it was refused.
func (d *decision) target(seq uint64, verb string) (Entry, bool) {
	e, ok := d.inc.Entry(seq)
	if !ok {
		d.refuse(Refusal{Reason: NotFound, Field: "seq", Text: fmt.Sprintf("There is no entry %d: the last one is %d.", seq, d.inc.Head.Seq)})
		return e, false
	}
	if by := d.inc.RetractedBy(seq); by != 0 {
		d.refuse(Refusal{Reason: AlreadySo, Seq: by, Text: fmt.Sprintf("Entry %d was retracted by entry %d.", seq, by)})
		return e, false
	}
	if e.Data == nil || d.table.is(e.Kind, ofProgram) {
		d.refuse(Refusal{Reason: ForGood, Text: fmt.Sprintf("Entry %d (%s) cannot be %s.", seq, e.Kind, verb)})
		return e, false
	}
	return e, true
}

// instead is what to do where a text cannot be amended.
func (d *decision) instead(kind Kind, seq uint64) (hint string, acts []Act) {
	if row := d.table[kind]; d.table.is(kind, stays) {
		return row.instead, row.acts(seq)
	}
	return "Retract it and enter it again.", []Act{{Deed: DeedRetract, Seq: seq}}
}

// takeable refuses to take back what stays, and what is of the incident before it was
// closed. What happened in the world can be taken back as a mistake of who wrote it, with
// a word on why it is one.
func (d *decision) takeable(e *Entry) bool {
	instead := d.table[e.Kind].instead
	acts := d.table[e.Kind].acts(e.Seq)
	switch {
	case d.table.is(e.Kind, stays):
		d.refuse(Refusal{Reason: ForGood, Text: fmt.Sprintf("Entry %d (%s) cannot be retracted.", e.Seq, e.Kind), Hint: instead, Acts: acts})
		return false
	case d.inc.Closed != nil && !d.table.is(e.Kind, afterwards):
		d.refuse(Refusal{Reason: Closed, Seq: d.inc.Closed.Seq, Text: fmt.Sprintf("The incident is closed, and entry %d (%s) is of what was closed.", e.Seq, e.Kind),
			Hint: "Amend its text or its time, or reopen the incident and correct it.", Acts: []Act{{Deed: DeedAmend, Seq: e.Seq}, {Deed: DeedReopen}}})
		return false
	case d.table.is(e.Kind, happened):
		d.refuse(Refusal{Reason: Happened, Overridable: true, Seq: e.Seq, Text: fmt.Sprintf("Entry %d (%s) tells of what happened outside, and taking it back does not undo that.", e.Seq, e.Kind),
			Hint: instead + " If it never happened, retract it and say why.", Acts: append(acts, Act{Deed: DeedRetract, Seq: e.Seq})})
	}
	return true
}

// usedStep is a step with this prefix that something was recorded about.
func usedStep(inc *Incident, prefix string) *Step {
	for i := range inc.Steps {
		if s := &inc.Steps[i]; s.Last != 0 && strings.HasPrefix(s.ID, prefix) {
			return s
		}
	}
	return nil
}

// effect is nothing: what is retracted does not count, from the start; see recompute.
func (*EntryRetracted) effect(*Incident, *Entry) {}

func (data *EntryRetracted) describe(*Incident, Entry) string {
	return fmt.Sprintf("retracted entry %d", data.Seq) + said(data.Why)
}

// Entry is one entry as it counts, with its amendments.
func (inc *Incident) Entry(seq uint64) (Entry, bool) {
	if seq == 0 || seq > uint64(len(inc.Log)) {
		return Entry{Frame: new(Frame)}, false
	}
	e := inc.Log[seq-1]
	for _, by := range inc.amended[seq] {
		change, ok := inc.Log[by-1].Data.(*EntryAmended)
		if !ok || e.Data == nil {
			continue
		}
		if change.Text != nil {
			e.Data, _ = withText(e.Data, *change.Text)
		}
		if change.Occurred != nil {
			e.Own().Occurred = *change.Occurred
		}
	}
	return e, true
}

// RetractedBy is the entry that retracts entry seq; 0 if it counts.
func (inc *Incident) RetractedBy(seq uint64) uint64 { return inc.retracted[seq] }

// AmendedBy is the last entry that amends entry seq; 0 if it stands as written.
func (inc *Incident) AmendedBy(seq uint64) uint64 {
	if by := inc.amended[seq]; len(by) > 0 {
		return by[len(by)-1]
	}
	return 0
}

// AmendedSays says by which entry one is amended, and whose words it has since if they are not those
// of who made it: “amended by 6, in the words of Ada”; "" if it stands as written. It is raw.
func AmendedSays(inc *Incident, seq uint64) string {
	last, words := uint64(0), ""
	for _, last = range inc.amended[seq] {
		change, ok := inc.Log[last-1].Data.(*EntryAmended)
		if !ok || change.Text == nil {
			continue
		}
		words = ""
		if by, first := inc.Log[last-1].By.Name, inc.Log[seq-1].By.Name; !untoldPerson(by, first) && !onePerson(inc, by, first) {
			words = ", in the words of " + by
		}
	}
	if last == 0 {
		return ""
	}
	return fmt.Sprintf("amended by %d%s", last, words)
}

func (data *EntryAmended) contradicts(inc *Incident, _ *Entry) string {
	return notThere(inc, data.Seq)
}

func (data *EntryRetracted) contradicts(inc *Incident, _ *Entry) string {
	return notThere(inc, data.Seq)
}
