package runbooks

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// times reads the times of all rows. Times of day count from the earliest.
func (s *sheet) times() {
	first := time.Duration(-1)
	for i := range s.list {
		in := &s.list[i]
		at, ofDay, ok := sheetTime(in.when)
		in.At, in.Timed, in.of = at, ok, ofDay
		if ok && ofDay && (first < 0 || at < first) {
			first = at
		}
	}
	for i := range s.list {
		in := &s.list[i]
		if in.Timed && in.of {
			in.At -= first
		}
		switch {
		case in.Timed && in.At <= MaxExercise:
		case in.Contingency:
			in.Timed = false
		default:
			before := time.Duration(0)
			if i > 0 {
				before = s.list[i-1].At
			}
			in.At, in.Timed = before, true
			s.warn(in.line, fmt.Sprintf("%s is not a time: it is at %s", quote(in.when), ExerciseTime(in.At)), "write +H:MM after the start, or a time of day")
		}
	}
}

// sheetTime reads a time of a sheet: +0:05, 0:05:00, 14:30, 2:30 PM, T+30, 30 min,
// or a day with a time. ofDay: it is a time of day, or of a date.
func sheetTime(text string) (at time.Duration, ofDay, ok bool) {
	low := strings.ToLower(oneLine(text))
	low = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(low, "startex"), "t"), " ")
	if strings.HasPrefix(low, "+") {
		if at, err := ParseExerciseTime(low); err == nil {
			return at, false, true
		}
		low = strings.TrimSpace(low[1:])
	}
	minutes := strings.TrimSpace(strings.TrimRight(low, "minutes. "))
	if n, err := strconv.ParseUint(minutes, 10, 16); err == nil {
		return time.Duration(n) * time.Minute, false, true
	}
	for _, layout := range []string{"15:04", "15:04:05", "3:04 pm", "3:04pm", "3:04:05 pm"} {
		if t, err := time.Parse(layout, low); err == nil {
			return t.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)), true, true
		}
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02t15:04:05z07:00", "2006-01-02t15:04", "1/2/2006 15:04", "1/2/2006 3:04 pm", "02.01.2006 15:04"} {
		if t, err := time.Parse(layout, low); err == nil && t.Year() > 1900 && t.Year() < 2200 {
			return t.Sub(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)), true, true
		}
	}
	return 0, false, false
}

// write writes the scenario.
func (s *sheet) write(id, title string) []byte {
	if !validID(id) {
		id = slug(id, "scenario")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Imported from a spreadsheet. Check it with muster drill lint.\n\nschema  = 1\nid      = %s\ntitle   = %s\nrunbook = %s\n",
		basicString(id), basicString(short(harmless(title), id)), basicString(s.book.ID))
	for _, o := range s.titles {
		fmt.Fprintf(&b, "\n[[objective]]\nid    = %s\ntitle = %s\n", basicString(o.ID), basicString(o.Title))
	}
	for i := range s.list {
		s.list[i].write(&b)
	}
	return []byte(b.String())
}

func (in *sheetInject) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n[[inject]]\nid   = %s\n", basicString(in.ID))
	pair := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s = %s\n", key, tomlText(value))
		}
	}
	pair("title", in.Title)
	if in.Timed {
		pair("at", ExerciseTime(in.At))
	}
	if in.Contingency {
		b.WriteString("contingency = true\n")
	}
	pair("from", in.From)
	pair("to", in.To)
	pair("via", in.Via)
	pair("text", in.Text)
	pair("expect", in.Expect)
	pair("objective", in.Objective)
	pair("notes", in.Notes)
}

// tomlText writes a text as a TOML string, one of several lines as such.
func tomlText(text string) string {
	if !strings.ContainsAny(text, "\n\t") {
		return basicString(text)
	}
	body := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.ToValidUTF8(text, "�"))
	return "\"\"\"\n" + body + "\"\"\""
}
