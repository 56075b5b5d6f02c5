package when

import (
	"testing"
	"time"
)

// TestZones: a name of the tables, an offset however it is written, UTC and local are zones;
// an abbreviation, and an offset that no clock has, are none.
func TestZones(t *testing.T) {
	local := time.FixedZone("here", 3*3600)
	at := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]int{
		"UTC": 0, "z": 0, " utc ": 0, "local": 3 * 3600, "+01:00": 3600, "-0330": -12600, "+5": 18000, "GMT+2": 7200, "utc-12": -43200, "+14": 50400, "+05:59": 21540,
		"Europe/Berlin": 3600,
	} {
		zone, err := Zone(text, local)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if _, offset := at.In(zone).Zone(); offset != want {
			t.Errorf("%q is %d seconds from UTC, want %d", text, offset, want)
		}
	}
	for _, text := range []string{"", "CET", "IST", "+15:00", "+01:60", "+1:2:3", "Nowhere/There", "1"} {
		if zone, err := Zone(text, local); err == nil {
			t.Errorf("%q is taken for %v", text, zone)
		}
	}
}
