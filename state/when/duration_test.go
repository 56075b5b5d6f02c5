package when

import (
	"testing"
	"time"
)

func TestTimes(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		d                            time.Duration
		duration, elapsed, countdown string
	}{
		{0, "0s", "00:00:00", "00:00"},
		{59*time.Second + 999*time.Millisecond, "59s", "00:00:59", "00:00"},
		{6*time.Minute + 59*time.Second, "6m", "00:06:59", "00:06"},
		{65 * time.Minute, "1h05m", "01:05:00", "01:05"},
		{71*time.Hour + 17*time.Minute, "2d23h", "71:17:00", "71:17"},
		{120*day + time.Hour, "120d", "2881:00:00", "2881:00"},
		{-12 * time.Minute, "-12m", "-00:12:00", "-00:12"},
		{-300 * time.Millisecond, "-0s", "00:00:00", "00:00"},
		{-1 << 63, "-53375d", "-2562047:47:16", "-2562047:47"},
	} {
		if got := Duration(c.d); got != c.duration {
			t.Errorf("Duration(%v) = %s, want %s", c.d, got, c.duration)
		}
		if got := Elapsed(c.d); got != c.elapsed {
			t.Errorf("Elapsed(%v) = %s, want %s", c.d, got, c.elapsed)
		}
		if got := Countdown(c.d); got != c.countdown {
			t.Errorf("Countdown(%v) = %s, want %s", c.d, got, c.countdown)
		}
	}
	now := time.Date(2026, 11, 24, 2, 41, 7, 0, time.UTC)
	for d, want := range map[time.Duration]string{
		0: "just now", 59 * time.Second: "just now", 6 * time.Minute: "6m ago",
		76 * time.Hour: "3d04h ago", -10 * time.Minute: "in 10m",
	} {
		if got := Ago(now.Add(-d), now); got != want {
			t.Errorf("Ago(%v) = %s, want %s", d, got, want)
		}
	}
}
