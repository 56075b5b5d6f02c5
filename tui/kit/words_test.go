package kit

import (
	"testing"
	"time"
)

func TestClockTime(t *testing.T) {
	now := time.Date(2026, 11, 24, 2, 41, 0, 0, time.UTC)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{now.Add(-time.Hour), "01:41"},
		{now.Add(-24 * time.Hour), "23 Nov 02:41"},
		{now.In(time.FixedZone("", 7200)), "02:41"},
	} {
		if got := ClockTime(c.at, now); got != c.want {
			t.Errorf("%v is %q, not %q", c.at, got, c.want)
		}
	}
}
