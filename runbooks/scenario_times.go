package runbooks

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A sheetWay is one way in which the times of a whole column can be read. A column
// is read in one way: "0930" beside "1000" is never half past nine here and a
// thousand minutes there.
type sheetWay struct {
	times, dates string
}

// TimesOfSheets and DatesOfSheets are the ways in which a column of times can be read.
func TimesOfSheets() []string { return []string{"clock", "offset", "minutes"} }

// DatesOfSheets are the orders in which day, month and year can stand.
func DatesOfSheets() []string { return []string{"dmy", "mdy", "ymd"} }

// A sheetReading is a column read in one way.
type sheetReading struct {
	way sheetWay
	at  []time.Duration // -1 for a row without a time
	as  []string        // what was understood, in words
	bad map[int]string  // by row, why it cannot be read
}

// times reads the times of all rows, in the one way in which they can be read.
func (s *sheet) times(how SheetWay) error {
	if err := how.Known(); err != nil {
		return err
	}
	var good []sheetReading
	var best *sheetReading
	for _, way := range how.ways() {
		r := s.readAs(way)
		if best == nil || len(r.bad) < len(best.bad) {
			best = &r
		}
		if len(r.bad) == 0 && !slices.ContainsFunc(good, func(o sheetReading) bool { return slices.Equal(o.at, r.at) }) {
			good = append(good, r)
		}
	}
	switch len(good) {
	case 0:
		return s.unread(best)
	case 1:
		s.take(&good[0])
		return nil
	}
	return s.ambiguous(good)
}

// Known is an error if there is no such way.
func (w SheetWay) Known() error {
	for _, one := range []struct {
		flag, given string
		among       []string
	}{{"--times", w.Times, TimesOfSheets()}, {"--dates", w.Dates, DatesOfSheets()}} {
		if one.given != "" && !slices.Contains(one.among, one.given) {
			return fmt.Errorf("%s %s is not a way to read them; %s", one.flag, quote(one.given), didYouMean(one.given, one.among, "there are "+listWords(one.among)))
		}
	}
	return nil
}

// ways are those that are left by what was said.
func (w SheetWay) ways() []sheetWay {
	var ways []sheetWay
	for _, times := range TimesOfSheets() {
		for _, dates := range DatesOfSheets() {
			if (w.Times == "" || w.Times == times) && (w.Dates == "" || w.Dates == dates) {
				ways = append(ways, sheetWay{times, dates})
			}
		}
	}
	return ways
}

// readAs reads the column in one way.
func (s *sheet) readAs(way sheetWay) sheetReading {
	r := sheetReading{way: way, bad: map[int]string{}}
	var clock sheetClock
	for i := range s.list {
		in := &s.list[i]
		at, as, err := time.Duration(-1), "no time", error(nil)
		switch {
		case in.Contingency && noTime(in.when):
		case in.when == "":
			err = fmt.Errorf("there is no time, and it is no contingency")
		case way.times == "clock":
			at, as, err = clock.read(in.when, way.dates)
		case way.times == "offset":
			at, err = readOffset(in.when)
		default:
			at, err = readMinutes(in.when)
		}
		if err != nil {
			r.bad[i], at = err.Error(), -1
		}
		r.at, r.as = append(r.at, at), append(r.as, as)
	}
	r.fromStart()
	return r
}

// fromStart counts times of day from the earliest, and looks whether the exercise
// is as long as one may be.
func (r *sheetReading) fromStart() {
	first := time.Duration(0)
	if r.way.times == "clock" {
		first = -1
		for _, at := range r.at {
			if at >= 0 && (first < 0 || at < first) {
				first = at
			}
		}
	}
	for i, at := range r.at {
		if at < 0 {
			continue
		}
		if at -= first; at > MaxExercise {
			r.bad[i] = fmt.Sprintf("lies more than %d days after the start", MaxExercise/(24*time.Hour))
		}
		r.at[i] = at
	}
}

// noTime reports whether a cell says that there is no time.
func noTime(text string) bool {
	return slices.Contains([]string{"", "-", "–", "n/a", "tbd", "as needed", "if needed", "on request", "on call", "contingency"}, strings.ToLower(oneLine(text)))
}

// unread says of each row that could not be read why not, and how it would be.
func (s *sheet) unread(r *sheetReading) error {
	for i := range s.list {
		if why, ok := r.bad[i]; ok && len(s.problems) <= maxProblems {
			in := &s.list[i]
			s.problems = append(s.problems, Problem{File: s.name, Line: in.line, Level: Error, What: quote(in.when) + ": " + why,
				Hint: "write 09:30, D2 09:30, 2026-11-24 09:30, +1:30, 90 min or 1.5h, in one way in the whole column"})
		}
	}
	return fmt.Errorf("%s: %d of %d times cannot be read, as %s or in any other way; no scenario was made", s.name, len(r.bad), len(s.list), r.way.times)
}

// ambiguous says of the first row that two ways read differently what each reads.
func (s *sheet) ambiguous(good []sheetReading) error {
	a := good[0]
	row := 0
	for i := range a.at {
		if a.at[i] != good[1].at[i] {
			row = i
			break
		}
	}
	var readings, flags []string
	for _, r := range good {
		name, flag := r.way.times, "--times "+r.way.times
		if r.way.times == good[0].way.times && r.way.times == good[1].way.times {
			name, flag = r.way.dates, "--dates "+r.way.dates
		}
		if slices.Contains(flags, flag) {
			continue // another order of the dates: asked when this is answered
		}
		readings = append(readings, fmt.Sprintf("as %s it is at %s", name, ExerciseTime(r.at[row])))
		flags = append(flags, flag)
	}
	return fmt.Errorf("%s:%d: %s can be read in more than one way: %s; say which with %s; no scenario was made", s.name, s.list[row].line,
		quote(s.list[row].when), strings.Join(readings, ", "), strings.Join(flags, " or "))
}

// take takes the times over, and keeps what each row was taken as.
func (s *sheet) take(r *sheetReading) {
	for i := range s.list {
		in := &s.list[i]
		in.At, in.Timed = max(r.at[i], 0), r.at[i] >= 0
		row := SheetRow{Line: in.line, Inject: in.ID, Written: in.when, Taken: "no time: a contingency"}
		if in.Timed {
			row.Taken = ExerciseTime(in.At)
			if r.way.times == "clock" {
				row.Taken += ", " + r.as[i]
			}
		}
		s.rows = append(s.rows, row)
	}
}
