package export

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"muster/state"
	"muster/state/when"
)

// A page writes the parts of which a report is made, and marks each of them in a
// drill.
type page struct {
	pen
	out   *bufio.Writer
	drill bool
	plain bool           // rows and items of a drill need no mark of their own: its pages have one
	zone  *time.Location // of all times; nil: UTC
}

// newPage is a page in Markdown.
func newPage(out *bufio.Writer, drill bool, zone *time.Location) page {
	if zone == time.UTC {
		zone = nil
	}
	return page{pen: &mdPen{out}, out: out, drill: drill, zone: zone}
}

// heading begins a section. level is 1 to 6.
func (p *page) heading(level int, text markdown) { p.section(level, "", text) }

// section is heading with what leads to it.
func (p *page) section(level int, id string, text markdown) {
	switch {
	case p.drill && level == 1:
		text = exercise + " — " + text
	case p.drill:
		text += " — " + exercise
	}
	p.pen.heading(level, id, text)
}

// para writes a paragraph.
func (p *page) para(parts ...markdown) { p.pen.para(join(parts)) }

// quote writes a paragraph that must not be overlooked.
func (p *page) quote(parts ...markdown) { p.pen.quote(join(parts)) }

// item writes an item of a list; depth is 0 for the outermost. In a drill, those
// are marked.
func (p *page) item(depth int, parts ...markdown) {
	text := join(parts)
	if p.drill && !p.plain && depth == 0 {
		text = exercise + " " + text
	}
	p.pen.item(depth, text)
}

// table begins a table, in a drill with a column that marks it. Its rows follow; end
// ends it.
func (p *page) table(columns ...markdown) {
	if p.drill && !p.plain {
		columns = append(slices.Clip(columns), exercise)
	}
	p.pen.table("", columns)
}

// row writes a row of a table. In a drill it is marked.
func (p *page) row(cells ...markdown) { p.rowOf(nil, cells...) }

// rowOf is row for what entries hold.
func (p *page) rowOf(entries []uint64, cells ...markdown) {
	if p.drill && !p.plain {
		cells = append(slices.Clip(cells), exercise)
	}
	p.pen.row(entries, cells)
}

// join puts the parts of a text together.
func join(parts []markdown) markdown {
	if len(parts) == 1 {
		return parts[0]
	}
	var text strings.Builder
	for _, part := range parts {
		text.WriteString(string(part))
	}
	return markdown(text.String())
}

// lines writes a text of several lines as one paragraph of an item at depth, a
// line a line.
func (p *page) lines(depth int, before markdown, text string) { p.item(depth, before, inLines(text)) }

// inLines is a text of several lines.
func inLines(text string) markdown {
	var list []string
	for line := range strings.Lines(text) {
		if safe := escaped(line); safe != "" {
			list = append(list, string(safe))
		}
	}
	return markdown(strings.Join(list, lineBreak))
}

// at writes a time, to stand below a head by timed.
func (p *page) at(t time.Time) markdown { return p.stamped(t, "") }

// atUTC is at where no head says in which zone.
func (p *page) atUTC(t time.Time) markdown { return p.stamped(t, " UTC") }

func (p *page) stamped(t time.Time, suffix string) markdown {
	return p.written(t, "2006-01-02 15:04:05", suffix)
}

// atAfter is at after another time, and minuteAfter minuteUTC: without the day if it is the
// same.
func (p *page) atAfter(before, t time.Time) markdown {
	if p.sameDay(before, t) {
		return p.written(t, "15:04:05", "")
	}
	return p.at(t)
}

func (p *page) minuteAfter(before, t time.Time) markdown {
	if p.sameDay(before, t) {
		return p.written(t, "15:04", " UTC")
	}
	return p.minuteUTC(t)
}

func (p *page) sameDay(a, b time.Time) bool {
	return p.at(a)[:len("2006-01-02")] == p.at(b)[:len("2006-01-02")]
}

// minute is at to the minute, and minuteUTC is that where no head says in which zone.
func (p *page) minute(t time.Time) markdown { return p.written(t, "2006-01-02 15:04", "") }

func (p *page) minuteUTC(t time.Time) markdown { return p.written(t, "2006-01-02 15:04", " UTC") }

func (p *page) minuteOrNot(t *time.Time) markdown {
	if t == nil {
		return ""
	}
	return p.minute(*t)
}

func (p *page) written(t time.Time, layout, suffix string) markdown {
	if p.zone == nil {
		return markdown(t.UTC().Format(layout) + suffix)
	}
	return markdown(t.In(p.zone).Format(layout + " -07:00"))
}

// zoned is a sentence of the program with its times in the page's zone.
func (p *page) zoned(text string) string {
	if p.zone == nil {
		return text
	}
	return state.InZone(text, func(t time.Time) string {
		layout := "2006-01-02 15:04"
		if t.Second() != 0 {
			layout += ":05"
		}
		return string(p.written(t, layout, ""))
	})
}

// timed is the head of a column of times.
func (p *page) timed(name markdown) markdown {
	if p.zone == nil {
		return name + " (UTC)"
	}
	return name
}

// atOrNot is at for a time that may be missing.
func (p *page) atOrNot(t *time.Time) markdown {
	if t == nil {
		return ""
	}
	return p.at(*t)
}

// number writes a number.
func number[N int | int64 | uint64](n N) markdown { return markdown(strconv.FormatInt(int64(n), 10)) }

// counted writes how many there are of something: 1 entry, 2 entries.
func counted(n int, one, many markdown) markdown {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// entryRef names an entry of the log.
func entryRef(seq uint64) markdown { return link("entry "+number(seq), entryID(seq)) }

// ref is the number of an entry, in a column of them.
func ref(seq uint64) markdown { return link(number(seq), entryID(seq)) }

// link is a text that leads to a place on the page, where the format has places.
func link(text markdown, id string) markdown { return "[" + text + "](#" + markdown(id) + ")" }

// entryID is what leads to an entry.
func entryID(seq uint64) string { return "e" + strconv.FormatUint(seq, 10) }

// entryWord stands before entryRefs.
func entryWord(seqs []uint64) markdown {
	if len(seqs) == 1 {
		return "entry "
	}
	return "entries "
}

// entryRefs names several, neighbours as ranges, and at most twenty of them.
func entryRefs(seqs []uint64) markdown {
	var parts []string
	for i := 0; i < len(seqs); {
		end := i
		for end+1 < len(seqs) && seqs[end+1] == seqs[end]+1 {
			end++
		}
		if len(parts) == 20 {
			parts = append(parts, fmt.Sprintf("and %d more", len(seqs)-i))
			break
		}
		part := string(ref(seqs[i]))
		if end > i {
			part += "–" + string(ref(seqs[end]))
		}
		parts = append(parts, part)
		i = end + 1
	}
	return markdown(strings.Join(parts, ", "))
}

// lasted writes a duration given in seconds, as [when.Lasted] does.
func lasted(seconds int64) markdown {
	return markdown(when.Lasted(time.Duration(seconds) * time.Second))
}

func lastedOrNot(seconds *int64) markdown {
	if seconds == nil {
		return ""
	}
	return lasted(*seconds)
}

// strong sets text in bold; nothing for nothing.
func strong(text markdown) markdown {
	if text == "" {
		return ""
	}
	return "**" + text + "**"
}

// struck draws text struck out; nothing for nothing.
func struck(text markdown) markdown {
	if text == "" {
		return ""
	}
	return "~~" + text + "~~"
}

// zoneName says in which zone the times are.
func (p *page) zoneName() markdown {
	if p.zone == nil {
		return "UTC"
	}
	return "those of " + escaped(sayZone(p.zone.String())) + ", each with its offset from UTC"
}
