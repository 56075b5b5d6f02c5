package when

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

var offsetExp = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$`)

// Zone is the zone that a person means: a name of the tables such as Europe/London, an
// offset such as +01:00, UTC, or local, which is passed in. An abbreviation such as CET or
// IST is not one: it means several, or does not know of summer time.
func Zone(text string, local *time.Location) (*time.Location, error) {
	text = strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "":
		return nil, errors.New("no zone is given; write a name such as Europe/London, +01:00, UTC or local")
	case "utc", "z":
		return time.UTC, nil
	case "local":
		return local, nil
	}
	if m := offsetExp.FindStringSubmatch(strings.ToUpper(text)); m != nil {
		var h, min int
		fmt.Sscan(m[2], &h)
		fmt.Sscan(m[3], &min)
		if h > 14 || min > 59 {
			return nil, fmt.Errorf("%q is no offset from UTC: they go from -12:00 to +14:00", text)
		}
		seconds := h*3600 + min*60
		if m[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone("", seconds), nil
	}
	if zone, err := time.LoadLocation(text); err == nil && strings.Contains(text, "/") {
		return zone, nil
	}
	for _, name := range cities {
		_, city, _ := strings.Cut(name, "/")
		if strings.EqualFold(text, city) || strings.EqualFold(text, name) {
			return nil, fmt.Errorf("there is no zone %q; did you mean %s?", text, name)
		}
	}
	return nil, noZone(text)
}

// ErrNoZone is of a name that no zone has.
var ErrNoZone = errors.New("there is no such zone")

type noZone string

func (n noZone) Error() string {
	return fmt.Sprintf("there is no zone %q; write a name such as Europe/London, an offset such as +01:00, UTC or local", string(n))
}

func (noZone) Is(target error) bool { return target == ErrNoZone }

// Cities are zones to suggest; Zone reads every other that the tables have, too.
func Cities() []string { return slices.Clone(cities) }

var cities = []string{
	"Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Bogota", "America/Chicago", "America/Denver", "America/Los_Angeles",
	"America/Mexico_City", "America/New_York", "America/Panama", "America/Sao_Paulo", "America/Toronto", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem",
	"Asia/Karachi", "Asia/Kolkata", "Asia/Manila", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney",
	"Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv",
	"Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna",
	"Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland",
}
