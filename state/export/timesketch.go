package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// Timesketch is one JSON object an entry, a line each, as Timesketch's importer reads it.
const Timesketch Format = "timesketch"

func timesketchForm() form {
	return form{Timesketch, "one event an entry, for Timesketch (JSON lines)", ".timesketch.jsonl", ofEntries, writeTimesketch}
}

// writeTimesketch writes one event an entry. Timesketch asks for message, datetime and
// timestamp_desc on every line; what a key holds is of one type for ever; an empty tag, a
// key label and keys that begin with _ are its own. So the columns of the sheet are the keys,
// what is empty is left out, and what an entry records is one text of JSON.
func writeTimesketch(out *bufio.Writer, inc *state.Incident, opts Options) error {
	opts.Zone = nil
	s := newSheet(inc, opts)
	columns := s.columns()
	tail := eventRow{columns: columns, at: len(columns) - len(s.about)}
	s.end(&tail)
	s.tail = tail.line
	order := opts.entries(inc)
	return writeChunks(out, len(order), func(dst []byte, from, to int) ([]byte, error) {
		for _, seq := range order[from:to] {
			e, err := view.EntryAt(inc, seq)
			if err != nil {
				return nil, err
			}
			r := eventRow{line: dst, columns: columns}
			r.begin(&e, s.marked[seq])
			s.fill(&r, seq)
			r.add("data", dataText(&e))
			dst = append(r.line, "}\n"...)
		}
		return dst, nil
	})
}

// An eventRow is an event while it is written: the cells of a sheet's row, each by the name
// of its column.
type eventRow struct {
	line    []byte
	columns []Column
	at      int // the column that is next
}

// begin writes what Timesketch asks for.
func (r *eventRow) begin(e *view.Entry, marked bool) {
	r.line = append(r.line, `{"message":`...)
	r.line = appendJSON(r.line, eventTitle(e))
	r.line = append(append(append(r.line, `,"datetime":"`...), isoUTC(e.Occurred)...), `","timestamp_desc":"Occurred","tag":[`...)
	for i, tag := range eventTags(e, marked) {
		if i > 0 {
			r.line = append(r.line, ',')
		}
		r.line = appendJSON(r.line, tag)
	}
	r.line = append(r.line, ']')
}

// dataText is what an entry records, as one text; "" if that is withheld.
func dataText(e *view.Entry) string {
	if e.Whole {
		return ""
	}
	return clean.Bounded(string(clean.JSON(e.Data)), maxCell)
}

// isoUTC is a time as other tools' importers read it.
func isoUTC(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000-07:00") }

// eventTitle says what an entry records, in one line. An event of a drill says so first, and
// then one that was taken back.
func eventTitle(e *view.Entry) string {
	title := clean.Line(clean.Bounded(e.What, maxCell-50))
	if title == "" {
		title = string(e.Kind)
	}
	if e.RetractedBy != 0 {
		title = fmt.Sprintf("RETRACTED by entry %d: %s", e.RetractedBy, title)
	}
	if e.Exercise {
		title = exercise + ": " + title
	}
	return title
}

// eventTags are the words by which an event is found. None is empty, and none has a comma or
// a bar, at which tools divide them.
func eventTags(e *view.Entry, marked bool) []string {
	tags := []string{"muster"}
	if kind := strings.Map(func(r rune) rune {
		if r == ',' || r == '|' || r == ';' {
			return '-'
		}
		return r
	}, clean.Line(string(e.Kind))); kind != "" {
		tags = append(tags, kind)
	}
	for _, is := range []struct {
		so  bool
		tag string
	}{{e.Exercise, exercise}, {marked, "key event"}, {e.RetractedBy != 0, "retracted"}, {e.AmendedBy != 0, "amended"}, {len(e.Parts) > 0, "withheld"}} {
		if is.so {
			tags = append(tags, is.tag)
		}
	}
	return tags
}

// add writes a key, unless it would hold nothing.
func (r *eventRow) add(key, text string) {
	if text == "" || key == "what" { // which is the message
		return
	}
	r.key(key)
	r.line = appendJSON(r.line, text)
}

func (r *eventRow) key(key string) {
	r.line = append(append(append(r.line, `,"`...), key...), `":`...)
}

// next is the name of the column that is next.
func (r *eventRow) next() string {
	r.at++
	return r.columns[r.at-1].Name
}

func (r *eventRow) cell(text string) { r.add(r.next(), clean.Line(clean.Bounded(text, maxCell))) }

func (r *eventRow) text(text string) { r.add(r.next(), clean.Text(clean.Bounded(text, maxCell))) }

func (r *eventRow) time(t time.Time) { r.add(r.next(), isoUTC(t)) }

func (r *eventRow) number(n uint64) {
	if name := r.next(); n != 0 {
		r.key(name)
		r.line = strconv.AppendUint(r.line, n, 10)
	}
}

func (r *eventRow) hash(h state.Hash) { r.cell(h.String()) }

func (r *eventRow) made(cells []byte) { r.line = append(r.line, cells...) }

func (r *eventRow) none(columns int) { r.at += columns }

// appendJSON writes a text as JSON.
func appendJSON(dst []byte, text string) []byte {
	quoted, err := json.Marshal(clean.Bounded(text, maxCell))
	if err != nil {
		panic(err) // no text cannot be written
	}
	return append(dst, clean.JSON(quoted)...)
}
