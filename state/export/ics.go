package export

import (
	"bufio"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/state/when"
)

// ICS is what is still due as a calendar (RFC 5545): clocks that run, promised updates, call
// backs, and what people set.
const ICS Format = "ics"

func icsForm() form {
	return form{ICS, "what is still due, as a calendar with alarms", ".ics", 0, writeICS}
}

// writeICS writes what is still due by the last entry: the log does not say what time it is
// now. An event is the same one, of a newer revision, in every export of this log. A journal
// entry says which log it is from: it is there too when nothing is due, for a calendar must
// not be empty.
func writeICS(out *bufio.Writer, inc *state.Incident, opts Options) error {
	of := view.New(inc, opts.view())
	c := &calendar{out: out, of: of, inc: inc, stamp: inc.Log[len(inc.Log)-1].Recorded}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//muster//"+icsText(opts.Program)+"//EN")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	c.line("X-WR-CALNAME", icsText(c.marked(c.name())))
	c.journal(opts)
	for _, d := range deadlines(of) {
		c.event(&d)
	}
	c.line("END", "VCALENDAR")
	return c.err
}

// deadlines are what is still due: clocks by their order, then the rest by theirs. What may
// have ended by what is withheld is not among them.
func deadlines(of *view.Incident) []deadline {
	list := clocksDue(of)
	soon := []time.Duration{15 * time.Minute, 0}
	for _, p := range of.Promises {
		if p.Status == view.Text(state.PromiseDue) || p.Status == view.Text(state.PromiseOverdue) {
			list = append(list, deadline{what: "update", id: p.Notice, title: "Update promised: " + p.Title, at: p.Due, alarms: soon,
				says: []string{fmt.Sprintf("Promised by version %d, entry %d", p.Version, p.Sent)}})
			list[len(list)-1].after(p.Made)
		}
	}
	for _, c := range of.Contacts {
		if c.CallBack != nil {
			list = append(list, deadline{what: "call", id: c.ID, title: "Call back: " + c.Title, at: *c.CallBack, alarms: soon})
		}
	}
	return append(list, pendingDeadlines(of, soon)...)
}

// clocksDue are the clocks that run.
func clocksDue(of *view.Incident) []deadline {
	var list []deadline
	for _, c := range of.Clocks {
		if c.Due == nil || c.Due.IsZero() || c.Ended != nil || c.Withheld {
			continue
		}
		d := deadline{what: "clock", id: c.ID, title: c.Title, at: c.Due.Time, alarms: []time.Duration{24 * time.Hour, 4 * time.Hour, time.Hour, 0}}
		d.says = []string{"Within " + c.Within}
		if c.Standing == state.ClockDueNow {
			d.title, d.alarms = d.title+" (without delay)", []time.Duration{0}
		}
		if c.To != "" {
			d.says = append(d.says, "To: "+c.To)
		}
		if c.Source != "" {
			d.says = append(d.says, "Source: "+c.Source)
		}
		list = append(list, d)
	}
	return list
}

// A calendar is one while it is written.
type calendar struct {
	out   *bufio.Writer
	of    *view.Incident
	inc   *state.Incident
	stamp time.Time
	err   error
}

// name is what people call the incident.
func (c *calendar) name() string {
	id, title := orWithheld(view.IDOf(c.inc)), string(c.of.Title)
	if title == "" {
		return id
	}
	return id + ": " + title
}

// marked is a text of this log: one of a drill says so first.
func (c *calendar) marked(text string) string {
	if c.inc.Log[0].Mode == state.Drill {
		return exercise + ": " + text
	}
	return text
}

// about is what every export says of the log that it is from.
func (c *calendar) about() []string {
	tlp := string(c.of.TLP)
	if tlp == "" {
		tlp = "not known"
	}
	return []string{fmt.Sprintf("Incident %s, %s, TLP:%s", c.name(), c.inc.Log[0].Mode, tlp),
		fmt.Sprintf("As of entry %d, %s, head %s", len(c.inc.Log), c.stamp.UTC().Format("2006-01-02 15:04:05 UTC"), c.inc.Head.Hash.Code())}
}

// journal says which log the calendar is from.
func (c *calendar) journal(opts Options) {
	says := append(c.about(), "Head "+c.inc.Head.Hash.String(), "Written by "+opts.Program, "What was met, given or ended is not in this calendar; what is added to the log later is not either.")
	if what := c.inc.Redacted.String(); what != "" {
		says = append(says, "Withheld from this copy: "+what+". What is due by it, or may have ended by it, is not here.")
	}
	if d := opts.Damage; d != nil {
		says = append(says, fmt.Sprintf("WARNING: the log is damaged at line %d: %s. It was read up to the line before.", d.Line, d.What))
	}
	c.line("BEGIN", "VJOURNAL")
	c.head("log", "", "What is due in "+c.name())
	c.line("DTSTART", icsTime(c.stamp))
	c.line("DESCRIPTION", icsLines(says))
	c.line("END", "VJOURNAL")
}

// head writes what every component has.
func (c *calendar) head(what, id, title string) {
	c.line("UID", c.uid(what, id))
	c.line("DTSTAMP", icsTime(c.stamp))
	c.line("SEQUENCE", fmt.Sprint(len(c.inc.Log)))
	c.line("SUMMARY", icsText(c.marked(title)))
}

// event writes a deadline with its alarms.
func (c *calendar) event(d *deadline) {
	c.line("BEGIN", "VEVENT")
	c.head(d.what, d.id, d.title)
	c.line("DTSTART", icsTime(d.at))
	c.line("TRANSP", "TRANSPARENT")
	c.line("CATEGORIES", icsText(strings.ToUpper(d.what)))
	c.line("DESCRIPTION", icsLines(append(d.says, c.about()...)))
	for _, before := range d.alarms {
		text, trigger := "Due now: ", "PT0S"
		if before > 0 {
			text, trigger = "Due in "+when.Duration(before)+": ", fmt.Sprintf("-PT%dM", before/time.Minute)
		}
		c.line("BEGIN", "VALARM")
		c.line("ACTION", "DISPLAY")
		c.line("TRIGGER", trigger)
		c.line("DESCRIPTION", icsText(c.marked(text+d.title)))
		c.line("END", "VALARM")
	}
	c.line("END", "VEVENT")
}

// musterSpace is the name space of the ids that exports make (UUID, version 5).
var musterSpace = [16]byte{0x5f, 0x1c, 0x0b, 0x5e, 0x6b, 0x0d, 0x4c, 0x52, 0x9e, 0x2e, 0x3a, 0x5c, 0x93, 0x71, 0x0d, 0x7a}

// uuid5 is the id that a name has, everywhere and always the same (RFC 9562).
func uuid5(name string) string {
	sum := sha1.Sum(append(musterSpace[:], name...))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x50, id[8]&0x3f|0x80
	text := hex.EncodeToString(id)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// uid is of a thing of this log, whatever is withheld from the copy: it hangs on the first
// entry's hash.
func (c *calendar) uid(what, id string) string {
	return uuid5(c.inc.Log[0].Hash.String() + "\n" + what + "\n" + id)
}

func icsTime(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// maxICS is how much of a text a calendar has, in bytes.
const maxICS = 2000

// icsText escapes a text (RFC 5545, 3.3.11).
func icsText(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(clean.Line(clean.Bounded(text, maxICS)))
}

// icsLines is a text of several lines.
func icsLines(lines []string) string {
	escaped := make([]string, len(lines))
	for i, text := range lines {
		escaped[i] = icsText(text)
	}
	return strings.Join(escaped, `\n`)
}

// maxContent is how long a line may be, in bytes, without its end.
const maxContent = 75

// line writes a content line, folded where it is too long: never within a character.
func (c *calendar) line(name, value string) {
	text := name + ":" + value
	for room := maxContent; len(text) > room; room = maxContent - 1 {
		at := room
		for at > 0 && !utf8.RuneStart(text[at]) {
			at--
		}
		c.write(text[:at] + "\r\n ")
		text = text[at:]
	}
	c.write(text + "\r\n")
}

func (c *calendar) write(text string) {
	if c.err == nil {
		_, c.err = c.out.WriteString(text)
	}
}
