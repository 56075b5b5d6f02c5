package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // a clean laptop may have no list of zones

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/runbooks"
)

// zoneFlag adds --zone to a command that only tells times: they are told in that zone.
func zoneFlag(e *env, cmd *cobra.Command) {
	cmd.Flags().Var(&zoneValue{e: e}, "zone", "tell times in this zone: a name such as Europe/London, an offset such as +01:00, UTC or local")
}

type zoneValue struct {
	e    *env
	text string
}

var _ pflag.Value = (*zoneValue)(nil)

func (z *zoneValue) String() string { return z.text }
func (z *zoneValue) Type() string   { return "ZONE" }

func (z *zoneValue) Set(text string) error {
	zone, err := findZone(text)
	if err != nil {
		return err
	}
	z.text, z.e.zone, z.e.zoned = text, zone, true
	return nil
}

var offsetExp = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$`)

// findZone is the zone that is meant. An abbreviation such as CET or IST is not one:
// it means several, or does not know of summer time.
func findZone(text string) (*time.Location, error) {
	text = strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "":
		return nil, errors.New("no zone is given; write a name such as Europe/London, +01:00, UTC or local")
	case "utc", "z":
		return time.UTC, nil
	case "local":
		return time.Local, nil
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
	if name := runbooks.Nearest(text, cities); name != "" {
		return nil, fmt.Errorf("there is no zone %q; did you mean %s?", text, name)
	}
	return nil, fmt.Errorf("there is no zone %q; write a name such as Europe/London, an offset such as +01:00, UTC or local", text)
}

// cities are zones that are suggested; every other that the tables have is read too.
var cities = []string{
	"Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "America/Bogota", "America/Chicago", "America/Denver", "America/Los_Angeles",
	"America/Mexico_City", "America/New_York", "America/Panama", "America/Sao_Paulo", "America/Toronto", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Jerusalem",
	"Asia/Karachi", "Asia/Kolkata", "Asia/Manila", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney",
	"Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Istanbul", "Europe/Kyiv",
	"Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna",
	"Europe/Warsaw", "Europe/Zurich", "Pacific/Auckland",
}

// byFlag adds --by to a command that lists entries.
func byFlag(cmd *cobra.Command, by *string) {
	cmd.Flags().StringVar(by, "by", "recorded", "the order of the entries: recorded, as they were written, or occurred")
}

// byOccurred reads --by.
func byOccurred(by string) (bool, error) {
	switch by {
	case "recorded":
		return false, nil
	case "occurred":
		return true, nil
	}
	return false, usagef("there is no order %q; there are recorded and occurred", by)
}
