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
	// open is how many of the bad rows can be read by themselves, but not for certain beside the others.
	open int
	// undated: the same times come of another order of its dates, so that no date is told.
	undated bool
}

// surely is how many rows cannot be read at all.
func (r *sheetReading) surely() int { return len(r.bad) - r.open }

// better reports whether r says more truly than o why a column cannot be read.
func (r *sheetReading) better(o *sheetReading) bool {
	return o == nil || r.surely() < o.surely() || r.surely() == o.surely() && len(r.bad) < len(o.bad)
}

// times reads the times of all rows, in the one way in which they can be read.
func (s *sheet) times(how SheetWay) error {
	if err := how.Known(); err != nil {
		return err
	}
	good, best, clock := s.readings(how)
	switch {
	case len(good) == 0:
		return s.unread(best)
	case len(good) > 1:
		return s.ambiguous(good)
	case clock != nil && good[0].way.times != "clock":
		return s.perhapsClock(&good[0], clock)
	}
	s.take(&good[0])
	return nil
}

// readings are those that read the whole column, each of other times; of the others the one that
// comes nearest, and that of times of day if nothing but their order is wrong.
func (s *sheet) readings(how SheetWay) (good []sheetReading, best, clock *sheetReading) {
	for _, way := range how.ways() {
		r := s.readAs(way, how.Times != "")
		if r.better(best) {
			best = &r
		}
		if len(r.bad) == 0 {
			good = with(good, r)
		} else if way.times == "clock" && clock == nil && r.surely() == 0 {
			clock = &r
		}
	}
	return good, best, clock
}

// with is the readings with one more, if none of them reads the same times.
func with(good []sheetReading, r sheetReading) []sheetReading {
	i := slices.IndexFunc(good, func(o sheetReading) bool { return slices.Equal(o.at, r.at) })
	if i < 0 {
		return append(good, r)
	}
	if o := &good[i]; o.way.times == r.way.times && !slices.Equal(o.as, r.as) {
		o.undated = true
	}
	return good
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

// readAs reads the column in one way; said: somebody said that this is the way.
func (s *sheet) readAs(way sheetWay, said bool) sheetReading {
	r := sheetReading{way: way, bad: map[int]string{}}
	var clock sheetClock
	marked := s.marked(way.times == "clock")
	for i := range s.list {
		in := &s.list[i]
		at, as, err := time.Duration(-1), "no time", error(nil)
		switch {
		case in.Contingency && noTime(in.when):
		case in.when == "":
			err = fmt.Errorf("there is no time, and it is no contingency")
		default:
			at, as, err = way.read(in.when, marked, said, &clock)
		}
		if err != nil {
			r.bad[i], at = err.Error(), -1
		}
		r.at, r.as = append(r.at, at), append(r.as, as)
	}
	r.open = clock.open
	r.fromStart()
	return r
}

// read reads one time, beside the one of its column that is marked.
func (w sheetWay) read(text, marked string, said bool, clock *sheetClock) (at time.Duration, as string, err error) {
	beside := besides(text, marked, w.times == "clock")
	switch {
	case w.times == "clock" && beside == nil:
		return clock.read(text, w.dates)
	case w.times == "offset":
		at, err = readOffset(text)
	case w.times == "minutes":
		at, err = readMinutes(text)
	}
	if err == nil && beside != nil && (w.times == "clock" || at > 0 && !said) {
		clock.open++
		err = beside
	}
	return at, "", err
}

// marked is the first time of the column that says what it is: a time of day by AM or PM, any
// other by a plus or a unit; "" if none does.
func (s *sheet) marked(clock bool) string {
	for i := range s.list {
		text := strings.ToLower(s.list[i].when)
		rest, is := marked(text)
		if _, units := readUnits(rest); clock && halfExp.MatchString(text) || !clock && (is || units) {
			return s.list[i].when
		}
	}
	return ""
}

// besides is why a time cannot be told for certain that does not say what it is, beside one
// that does: 9:30 below 9:00 AM, and 0930 below T+30.
func besides(text, other string, clock bool) error {
	low := strings.ToLower(text)
	_, is := marked(low)
	switch {
	case other == "":
		return nil
	case clock && !halfExp.MatchString(low) && twelveExp.MatchString(low):
		return fmt.Errorf("has no AM or PM, and %s has", quote(other))
	case !clock && !is && bareExp.MatchString(low):
		return fmt.Errorf("may be a time of day: it has no plus and no unit, and %s has; write +0:30, or say --times", quote(other))
	}
	return nil
}

// perhapsClock says of the first row that stands in no order what it would be either way.
func (s *sheet) perhapsClock(good, clock *sheetReading) error {
	for i := range s.list {
		if why, ok := clock.bad[i]; ok {
			return fmt.Errorf("%s:%d: %s can be read in more than one way: as %s it is at %s, and as clock it %s; say which with --times %s or --times clock; no scenario was made",
				s.name, s.list[i].line, quote(s.list[i].when), good.way.times, ExerciseTime(good.at[i]), why, good.way.times)
		}
	}
	return nil
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
				if r.undated {
					row.Taken = ExerciseTime(in.At) + ", whichever of its date is the day and the month"
				}
			}
		}
		s.rows = append(s.rows, row)
	}
}
