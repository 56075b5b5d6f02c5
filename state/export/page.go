package export

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A page writes the parts of which the report is made, and marks each of them in a
// drill.
type page struct {
	out   *bufio.Writer
	drill bool
	zone  *time.Location // nil for UTC alone
}

// heading begins a section. level is 1 to 6.
func (p *page) heading(level int, text markdown) {
	p.write(markdown(strings.Repeat("#", level)), " ", text)
	if p.drill {
		p.write(" — ", exercise)
	}
	p.write("\n\n")
}

// para writes a paragraph.
func (p *page) para(parts ...markdown) {
	p.write(parts...)
	p.write("\n\n")
}

// item writes an item of a list; depth is 0 for the outermost. In a drill, those
// are marked.
func (p *page) item(depth int, parts ...markdown) {
	p.write(markdown(strings.Repeat("  ", depth)), "- ")
	if p.drill && depth == 0 {
		p.write(exercise, " ")
	}
	p.write(parts...)
	p.write("\n")
}

// table begins a table. Its rows follow; end ends it.
func (p *page) table(columns ...markdown) {
	p.row(columns...)
	if p.drill {
		columns = append(slices.Clip(columns), "")
	}
	p.write(markdown(strings.Repeat("|---", len(columns))), "|\n")
}

// row writes a row of a table. In a drill it is marked.
func (p *page) row(cells ...markdown) {
	for _, cell := range cells {
		p.write("| ", cell, " ")
	}
	if p.drill {
		p.write("| ", exercise, " ")
	}
	p.write("|\n")
}

// end ends a table or list.
func (p *page) end() { p.write("\n") }

// write leaves errors to the writer, which keeps the first.
func (p *page) write(parts ...markdown) {
	for _, part := range parts {
		p.out.WriteString(string(part))
	}
}

// lines writes a text of several lines as one paragraph of an item at depth, a
// line a line.
func (p *page) lines(depth int, before markdown, text string) {
	var list []string
	for line := range strings.Lines(text) {
		if safe := escaped(line); safe != "" {
			list = append(list, string(safe))
		}
	}
	p.item(depth, before, markdown(strings.Join(list, "\\\n"+strings.Repeat("  ", depth+1))))
}

// at writes a time in UTC, and in the zone that was asked for.
func (p *page) at(t time.Time) markdown {
	return p.stamped(t, "")
}

// atUTC is at where no column says that it is UTC.
func (p *page) atUTC(t time.Time) markdown { return p.stamped(t, " UTC") }

func (p *page) stamped(t time.Time, suffix string) markdown {
	text := t.UTC().Format("2006-01-02 15:04:05") + suffix
	if p.zone == nil {
		return markdown(text)
	}
	local, layout := t.In(p.zone), "15:04:05 -07:00"
	if local.Format(time.DateOnly) != text[:10] {
		layout = "2006-01-02 15:04:05 -07:00"
	}
	return markdown(text + " (" + local.Format(layout) + ")")
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
func entryRef(seq uint64) markdown { return "entry " + number(seq) }

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
		part := strconv.FormatUint(seqs[i], 10)
		if end > i {
			part += "–" + strconv.FormatUint(seqs[end], 10)
		}
		parts = append(parts, part)
		i = end + 1
	}
	return markdown(strings.Join(parts, ", "))
}

// lasted writes a duration given in seconds: 45 s, 6 min 30 s, 1 h 02 min, 2 d 03 h.
func lasted(seconds int64) markdown {
	switch s := seconds; {
	case s < 0:
		return "−" + lasted(-s)
	case s < 60:
		return markdown(fmt.Sprintf("%d s", s))
	case s < 3600:
		return markdown(fmt.Sprintf("%d min %02d s", s/60, s%60))
	case s < 86400:
		return markdown(fmt.Sprintf("%d h %02d min", s/3600, s%3600/60))
	default:
		return markdown(fmt.Sprintf("%d d %02d h %02d min", s/86400, s%86400/3600, s%3600/60))
	}
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
