package runbooks

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const aDay = 24 * time.Hour

var (
	markExp   = regexp.MustCompile(`^(startex|t|h|e)?\s*(\+)?\s*(.*)$`)
	unitsExp  = regexp.MustCompile(`^(?:(\d{1,2}(?:[.,]\d{1,2})?)\s*d(?:ays?)?)?\s*(?:(\d{1,3}(?:[.,]\d{1,2})?)\s*h(?:ours?|rs?)?\.?)?\s*(?:(\d{1,4}(?:[.,]\d{1,2})?)\s*m(?:in(?:utes?|s)?)?\.?)?$`)
	dayExp    = regexp.MustCompile(`^d(?:ay)?\s*(\+?)\s*(\d{1,2})[\s,:/-]+(.+)$`)
	dateExp   = regexp.MustCompile(`^(\d{1,4})([./-])(\d{1,2})[./-](\d{1,4})[,\st]+(.+)$`)
	monthExp  = regexp.MustCompile(`^(?:(\d{1,2})[\s-]([a-z]{3,9})|([a-z]{3,9})\.?\s(\d{1,2}))\.?,?[\s-](\d{4}|\d{2})[,\s]+(.+)$`)
	halfExp   = regexp.MustCompile(`\d\s*[ap]\.?\s?m?\.?\s*[a-z]*$`)
	twelveExp = regexp.MustCompile(`(^|\s)([1-9]|1[0-2])[:.]\d\d`)
	bareExp   = regexp.MustCompile(`^(\d{4}|\d{1,2}:\d\d(:\d\d)?)$`)
	ofDayExp  = regexp.MustCompile(`^(\d{1,2})(?:[:.]?(\d{2}))?(?::(\d{2}))?\s*([ap])?(?:\.?m\.?)?\s*(z|utc|l|local|h|hrs?|hours|[+-]\d\d:?\d\d)?$`)
)

// marked takes what says that a time counts from the start off it: +, T+, StartEx.
func marked(text string) (rest string, is bool) {
	m := markExp.FindStringSubmatch(strings.ToLower(oneLine(text)))
	if m == nil {
		return text, false
	}
	return m[3], m[1] != "" || m[2] != ""
}

// readUnits reads 90 min, 1.5h, 1h30m.
func readUnits(text string) (time.Duration, bool) {
	m := unitsExp.FindStringSubmatch(text)
	if m == nil || text == "" {
		return 0, false
	}
	var total time.Duration
	for i, unit := range []time.Duration{aDay, time.Hour, time.Minute} {
		if m[i+1] == "" {
			continue
		}
		n, err := strconv.ParseFloat(strings.Replace(m[i+1], ",", ".", 1), 64)
		if err != nil {
			return 0, false
		}
		total += time.Duration(n * float64(unit)).Round(time.Second)
	}
	return total, true
}

// readOffset reads hours and minutes after the start.
func readOffset(text string) (time.Duration, error) {
	rest, is := marked(text)
	if at, ok := readUnits(rest); ok {
		return at, nil
	}
	if len(rest) == 4 && is && allDigits(rest) {
		rest = rest[:2] + ":" + rest[2:]
	}
	at, err := ParseExerciseTime(rest)
	if err != nil {
		return 0, errors.New("is not hours and minutes after the start")
	}
	return at, nil
}

// readMinutes reads minutes after the start.
func readMinutes(text string) (time.Duration, error) {
	rest, is := marked(text)
	if at, ok := readUnits(rest); ok {
		return at, nil
	}
	if is && strings.Contains(rest, ":") {
		if at, err := ParseExerciseTime(rest); err == nil {
			return at, nil // a plus and a colon say by themselves what they are
		}
	}
	n, err := strconv.ParseUint(rest, 10, 16)
	if err != nil || !allDigits(rest) {
		return 0, errors.New("is not minutes after the start")
	}
	return time.Duration(n) * time.Minute, nil
}

func allDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// A sheetClock reads a column of times of day, from above. A row without a day is of
// the day of the row above, or of the next one if it lies more than half a day before.
type sheetClock struct {
	begun bool
	dates bool          // the days are dates
	last  time.Duration // the row above
	zone  string        // of the rows above; "" as long as none has one
	// open is how many rows can be read by themselves, but not for certain beside the others.
	open int
}

// read reads one row: since a first day, and in words.
func (c *sheetClock) read(text, order string) (time.Duration, string, error) {
	day, dated, numbered, rest, err := dayOf(strings.ToLower(oneLine(text)), order)
	if err != nil {
		return 0, "", err
	}
	at, zone, err := ofDayIn(rest)
	switch {
	case err != nil:
		return 0, "", err
	case zone != "" && c.zone != "" && zone != c.zone:
		return 0, "", fmt.Errorf("is in the zone %s, and what stands above it in %s", zone, c.zone)
	case c.begun && c.dates != dated && (dated || numbered):
		return 0, "", errors.New("has a day of another kind than the rows above: a date, or none")
	case dated, numbered:
		at += day
	default:
		if at, err = c.after(at); err != nil {
			return 0, "", err
		}
	}
	if zone != "" {
		c.zone = zone
	}
	c.begun, c.dates, c.last = true, c.dates || dated, at
	return at, c.say(at), nil
}

// after puts a time of day after the row above.
func (c *sheetClock) after(at time.Duration) (time.Duration, error) {
	if !c.begun {
		return at, nil
	}
	day := c.last - c.last%aDay
	switch back := c.last%aDay - at; {
	case back <= 0:
		return day + at, nil
	case back > aDay/2:
		return day + aDay + at, nil // midnight lies between
	}
	c.open++
	return 0, fmt.Errorf("stands below %s: it may be earlier on that day or on the next; write the day (D1 09:30, or a date), or sort the rows", clockOf(c.last))
}

func (c *sheetClock) say(at time.Duration) string {
	if c.dates {
		return time.Unix(0, 0).UTC().Add(at).Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("day %d %s", at/aDay+1, clockOf(at))
}

func clockOf(at time.Duration) string {
	return fmt.Sprintf("%02d:%02d", at%aDay/time.Hour, at%time.Hour/time.Minute)
}

// dayOf takes the day off a time: D1, Day 2, D+1, or a date.
func dayOf(text, order string) (day time.Duration, dated, numbered bool, rest string, err error) {
	if m := dayExp.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[2])
		if m[1] == "" { // D1 is the first day, and so is D+0
			n--
		}
		if n < 0 {
			return 0, false, false, "", errors.New("there is no day 0: the first is D1, or D+0")
		}
		return time.Duration(n) * aDay, false, true, m[3], nil
	}
	if m := dateExp.FindStringSubmatch(text); m != nil {
		day, err := dateIn(m[1], m[3], m[4], order)
		return day, true, false, m[5], err
	}
	if m := monthExp.FindStringSubmatch(text); m != nil {
		for i, month := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
			if strings.HasPrefix(m[2]+m[3], month) {
				day, err := dateIn(m[1]+m[4], strconv.Itoa(i+1), m[5], "dmy")
				return day, true, false, m[6], err
			}
		}
	}
	return 0, false, false, text, nil
}

// dateIn is a date whose parts stand in this order, since 1970.
func dateIn(a, b, c, order string) (time.Duration, error) {
	fail := fmt.Errorf("its date is none as %s", order)
	part := map[byte]string{order[0]: a, order[1]: b, order[2]: c}
	for p, text := range part {
		if len(text) > 2 && (p != 'y' || len(text) != 4) {
			return 0, fail
		}
	}
	y, _ := strconv.Atoi(part['y'])
	m, _ := strconv.Atoi(part['m'])
	d, _ := strconv.Atoi(part['d'])
	if len(part['y']) < 3 {
		y += 2000
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if len(part['y']) == 1 || t.Day() != d || int(t.Month()) != m || y < 1970 || y >= 2200 {
		return 0, fail
	}
	return t.Sub(time.Unix(0, 0)), nil
}

// ofDayIn reads a time of day and the zone that stands behind it.
func ofDayIn(text string) (at time.Duration, zone string, err error) {
	fail := errors.New("is not a time of day")
	m := ofDayExp.FindStringSubmatch(text)
	if m == nil {
		return 0, "", fail
	}
	if strings.HasPrefix(text, "0.") { // as a spreadsheet writes six in the morning, or a quarter of an hour
		return 0, "", errors.New("may be a part of a day or of an hour")
	}
	h, _ := strconv.Atoi(m[1])
	if m[4] != "" { // 12 AM is midnight
		if h < 1 || h > 12 {
			return 0, "", fail
		}
		if h %= 12; m[4] == "p" {
			h += 12
		}
	}
	minutes, _ := strconv.Atoi(m[2])
	seconds, _ := strconv.Atoi(m[3])
	if h > 23 || minutes > 59 || seconds > 59 || m[2] == "" && m[4] == "" {
		return 0, "", fail
	}
	switch m[5] {
	case "z", "utc", "+00:00", "+0000":
		zone = "UTC"
	case "l", "local":
		zone = "local"
	default:
		if strings.ContainsAny(m[5], "+-") {
			zone = m[5]
		}
	}
	return time.Duration(h)*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second, zone, nil
}
