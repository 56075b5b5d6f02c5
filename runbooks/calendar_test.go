package runbooks

import (
	"testing"
	"time"
)

// TestSpanAfter: daylight saving, month ends, leap days, zones, weekends.
func TestSpanAfter(t *testing.T) {
	tests := []struct{ zone, from, span, want string }{
		{"UTC", "2026-11-24T02:00:00Z", "72h", "2026-11-27T02:00:00Z"},
		// Hours are hours: the clocks go back in between, and 72 hours stay 72.
		{"Europe/Berlin", "2026-10-24T10:00:00+02:00", "72h", "2026-10-27T09:00:00+01:00"},
		{"Europe/Berlin", "2026-03-28T10:00:00+01:00", "24h", "2026-03-29T11:00:00+02:00"},
		// Calendar days keep the time of day.
		{"Europe/Berlin", "2026-10-24T10:00:00+02:00", "3d", "2026-10-27T10:00:00+01:00"},
		{"Europe/Berlin", "2026-10-10T14:00:00+02:00", "1 month", "2026-11-10T14:00:00+01:00"},
		// A time that the change skips is taken an hour on.
		{"Europe/Berlin", "2026-03-28T02:30:00+01:00", "1 day", "2026-03-29T03:30:00+02:00"},
		// Month ends and leap days.
		{"UTC", "2026-01-31T12:00:00Z", "1 month", "2026-02-28T12:00:00Z"},
		{"UTC", "2028-01-31T12:00:00Z", "1 month", "2028-02-29T12:00:00Z"},
		{"UTC", "2026-12-31T12:00:00Z", "2 months", "2027-02-28T12:00:00Z"},
		{"UTC", "2028-02-28T12:00:00Z", "1 day", "2028-02-29T12:00:00Z"},
		{"UTC", "2026-03-31T12:00:00Z", "12 months", "2027-03-31T12:00:00Z"},
		// Business days: from a Tuesday, a Friday, a Saturday.
		{"America/New_York", "2026-11-24T09:00:00-05:00", "4 business days", "2026-11-30T09:00:00-05:00"},
		{"America/New_York", "2026-11-20T17:00:00-05:00", "1 business day", "2026-11-23T17:00:00-05:00"},
		{"America/New_York", "2026-11-21T09:00:00-05:00", "4 business days", "2026-11-26T09:00:00-05:00"},
		// The day is the organisation's, not UTC's: Friday evening in Los
		// Angeles is Saturday in UTC.
		{"America/Los_Angeles", "2026-11-20T20:00:00-08:00", "1 business day", "2026-11-23T20:00:00-08:00"},
		{"UTC", "9999-12-15T12:00:00Z", "1 month", "9999-12-31T23:59:59Z"},
		{"Pacific/Kiritimati", "2026-11-30T23:00:00+14:00", "1 month", "2026-12-30T23:00:00+14:00"},
	}
	for _, test := range tests {
		loc, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Skipf("no zone database: %v", err)
		}
		from, _ := time.Parse(time.RFC3339, test.from)
		want, _ := time.Parse(time.RFC3339, test.want)
		span, err := ParseSpan(test.span)
		if err != nil {
			t.Fatal(err)
		}
		if got := span.After(from, loc); !got.Equal(want) {
			t.Errorf("%s after %s in %s: %s, want %s", test.span, test.from, test.zone, got.In(loc).Format(time.RFC3339), test.want)
		}
	}
}
