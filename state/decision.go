package state

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"muster/runbooks"
	"muster/state/clean"
	"muster/state/when"
)

// Bounds on what one entry may hold, in bytes of UTF-8.
const (
	MaxName  = 100      // a person's name
	MaxTitle = 200      // a title
	MaxText  = 16 << 10 // a note or a reason; longer text becomes evidence
)

// future is how far ahead of the machine's clock "occurred" may lie.
const future = when.Slack

// An Action is a command and how it is meant.
type Action struct {
	Command  Command
	Occurred time.Time // when it happened; zero for now
	Override string    // why refusals that can be overridden do not hold; "" for no override
	By       string    // who does it, if that is another person than who did the last; "" if not
	Own      bool      // no person asked for it: the program found it, and says it as [Muster]
}

// A Stamp is what the shell adds to an action: who, where and when.
type Stamp struct {
	By       Actor // Role is filled in by Decide
	Seat     Seat  // from where; the zero Seat if that is not known
	Guest    Guest // by which key, from elsewhere; the zero Guest at the machine itself
	Recorded time.Time
	Zone     string
	Salts    Salts
}

// A Command is something a person (or muster itself) wants to record. It makes
// exactly one entry.
type Command interface {
	kind() Kind // of the entry
	decide(d *decision) Data
}

// A decision is one call of Decide while it is being made.
type decision struct {
	inc    *Incident
	table  kindTable
	action Action
	stamp  Stamp
	hard   *Refusal   // the first that cannot be overridden
	soft   []*Refusal // those that can
}

// refuse keeps a refusal. It returns nil, so that a command can end with it.
func (d *decision) refuse(r Refusal) Data {
	switch {
	case r.Overridable:
		d.soft = append(d.soft, &r)
	case d.hard == nil:
		d.hard = &r
	}
	return nil
}

// overridden settles what is to be done about the soft refusals.
func (d *decision) overridden(e Entry) (Entry, error) {
	if len(d.soft) == 0 {
		return e, nil
	}
	if isBlank(d.action.Override) {
		first := d.soft[0]
		first.Also = d.soft[1:]
		return Entry{}, first
	}
	e.Override = &Override{Why: d.action.Override}
	for _, r := range d.soft {
		e.Override.Of = append(e.Override.Of, r.Reason)
	}
	return e, nil
}

func (d *decision) checkStamp() {
	name := d.stamp.By.Name
	switch {
	case isBlank(name):
		d.refuse(Refusal{Reason: Missing, Field: "by", Text: "Nobody is named as doing this.", Hint: "Say who you are."})
	case runbooks.SameName(name, Muster) && !d.action.Own && !d.table.is(d.action.Command.kind(), ofProgram):
		d.refuse(Refusal{Reason: Invalid, Field: "by", Text: fmt.Sprintf("%q is what the program calls itself in the log.", Muster), Hint: "Give your own name."})
	}
	d.name("by", "your name", name, MaxName)
	d.text("override", "the reason for the override", d.action.Override, MaxText)
	if !d.action.Occurred.IsZero() {
		d.checkOccurred(d.action.Occurred)
	}
}

// checkOccurred checks when something is said to have happened.
func (d *decision) checkOccurred(occurred time.Time) {
	if occurred.After(d.stamp.Recorded.Add(future)) {
		d.refuse(Refusal{Reason: Invalid, Field: "occurred", Text: fmt.Sprintf("%s has not come yet: it is %s.", d.clock(occurred), d.clock(d.stamp.Recorded)),
			Hint: "Give the time at which it happened."})
	}
	if occurred.Year() < when.Earliest {
		d.refuse(Refusal{Reason: Invalid, Field: "occurred", Text: fmt.Sprintf("The time it happened lies before %d.", when.Earliest), Hint: "Give it as 02:38, -10m or 2026-11-24T02:38:00Z."})
	}
}

// text checks one text that a person gave in a field of the command.
func (d *decision) text(field, what, text string, most int) {
	if !utf8.ValidString(text) {
		d.refuse(Refusal{Reason: Invalid, Field: field, Text: capital(what) + " is not UTF-8 text."})
		return
	}
	size := len(text)
	if size > most/4 { // control characters take six bytes in JSON
		for i := range len(text) {
			if text[i] < ' ' || text[i] == 0x7f {
				size += 2
			}
		}
	}
	if size > most {
		hint := "Shorten it."
		if most == MaxText {
			hint = "Save it as a file and attach it as evidence."
		}
		d.refuse(Refusal{Reason: Invalid, Field: field, Text: fmt.Sprintf("%s is too long: %d bytes, and %d is the most.", capital(what), len(text), most), Hint: hint})
	}
}

// need is text that must not be empty.
func (d *decision) need(field, what, text string, most int) {
	if isBlank(text) {
		d.refuse(Refusal{Reason: Missing, Field: field, Text: capital(what) + " is missing.", Hint: "Give it in a few words."})
		return
	}
	d.text(field, what, text, most)
}

// isBlank reports whether nothing of a text can be seen.
func isBlank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == blankBraille }) == ""
}

// blankBraille is drawn as a blank, and is no space to Unicode.
const blankBraille = '\u2800'

// name checks what a person or a body is called, if anything is given: one line, all of
// which can be seen, so that two names that look alike are alike.
func (d *decision) name(field, what, name string, most int) {
	d.text(field, what, name, most)
	switch {
	case name == "":
	case isBlank(name):
		d.refuse(Refusal{Reason: Missing, Field: field, Text: capital(what) + " is only blanks.", Hint: "Give it in letters."})
	case !clean.IsClean(name):
		d.refuse(Refusal{Reason: Invalid, Field: field, Text: fmt.Sprintf("%s has characters that cannot be seen: %s.", capital(what), clean.Bounded(clean.Line(name), MaxName)), Hint: "Type it anew."})
	}
}

// clock writes a time as the person's clock shows it, with the day if it is
// another one.
func (d *decision) clock(t time.Time) string {
	zone := fixedZone(d.stamp.Zone)
	t, now := t.In(zone), d.stamp.Recorded.In(zone)
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04")
	}
	return t.Format("15:04 on 2 January 2006")
}

// placeOf is where whoever acts is: its clocks change, so that a time of day of last month may
// be of another offset. If only the offset is known, it is that.
func placeOf(stamp Stamp) *time.Location {
	offset := fixedZone(stamp.Zone)
	if here := stamp.Recorded; here.Location() != time.UTC && here.Format("-07:00") == here.In(offset).Format("-07:00") {
		return here.Location()
	}
	return offset
}

// fixedZone reads the offset that a zone such as "+01:00 Europe/Berlin" begins with.
func fixedZone(zone string) *time.Location {
	if len(zone) < 6 || zone[3] != ':' {
		return time.UTC
	}
	hours, err1 := strconv.ParseUint(zone[1:3], 10, 8)
	minutes, err2 := strconv.ParseUint(zone[4:6], 10, 8)
	if err1 != nil || err2 != nil || hours > 23 || minutes > 59 {
		return time.UTC
	}
	offset := int(hours*3600 + minutes*60)
	if zone[0] == '-' {
		offset = -offset
	}
	return time.FixedZone("", offset)
}

// none refuses a command that names what the incident does not have.
func (d *decision) none(noun Noun, id string) Data {
	return d.noneOf(noun.Key(), notIn(noun, inIncident, id, NamesOf(d.inc, noun)))
}

// noneOf refuses a command that names what is not there, in one of its fields.
func (d *decision) noneOf(field string, r *Refusal) Data {
	r.Field = field
	return d.refuse(*r)
}

// noWord refuses a word that is none of a few.
func noWord[T ~string](d *decision, noun Noun, word T, words []T) Data {
	return d.noneOf(string(noun), NotThere(noun, string(word), wordNames(words)))
}

// inDrill refuses what only a drill has.
func (d *decision) inDrill() bool {
	if d.inc.Mode == Drill {
		return true
	}
	d.refuse(Refusal{Reason: NotDrill, Text: "This is a live incident: it has no exercise clock, no injects and no ratings.", Hint: "Start a drill for that.", Acts: []Act{{Deed: DeedDrill}}})
	return false
}

// refuseClosed refuses what would change a closed incident.
func (d *decision) refuseClosed() Data {
	return d.refuse(Refusal{Reason: Closed, Seq: d.inc.Closed.Seq,
		Text: fmt.Sprintf("The incident was closed by %s at %s.", d.inc.Closed.By, d.clock(d.inc.Closed.When)),
		Hint: "Reopen it first.", Acts: []Act{{Deed: DeedReopen}}})
}
