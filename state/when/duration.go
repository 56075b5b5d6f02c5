package when

import (
	"fmt"
	"time"
)

// Duration says how long something took, in at most six characters: "42s", "6m",
// "1h05m", "3d04h", "120d". It cuts, never rounds up: what is called ten minutes
// has lasted ten minutes.
func Duration(d time.Duration) string {
	if d < 0 {
		return "-" + Duration(-max(d, -1<<62))
	}
	days := int(d / (24 * time.Hour))
	hours, minutes, seconds := int(d/time.Hour)%24, int(d/time.Minute)%60, int(d/time.Second)%60
	switch {
	case days >= 100:
		return fmt.Sprintf("%dd", days)
	case days > 0:
		return fmt.Sprintf("%dd%02dh", days, hours)
	case hours > 0:
		return fmt.Sprintf("%dh%02dm", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("%dm", minutes)
	}
	return fmt.Sprintf("%ds", seconds)
}

// Lasted says how long something took, in the words of a report, to the second below an hour: 45 s,
// 6 min 30 s, 1 h 02 min, 2 d 03 h 00 min.
func Lasted(d time.Duration) string {
	switch s := int64(d / time.Second); {
	case s < 0:
		return "−" + Lasted(-max(d, -1<<62))
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d min %02d s", s/60, s%60)
	case s < 86400:
		return fmt.Sprintf("%d h %02d min", s/3600, s%3600/60)
	default:
		return fmt.Sprintf("%d d %02d h %02d min", s/86400, s%86400/3600, s%3600/60)
	}
}

// Elapsed says how long an incident has run: "00:42:17", hours first, as many as
// it takes.
func Elapsed(d time.Duration) string {
	sign, s := seconds(d)
	return fmt.Sprintf("%s%02d:%02d:%02d", sign, s/3600, s/60%60, s%60)
}

// Countdown says how much is left of a deadline, in hours and minutes: "71:17".
// A deadline that has passed is "-00:12".
func Countdown(d time.Duration) string {
	sign, s := seconds(d)
	return fmt.Sprintf("%s%02d:%02d", sign, s/3600, s/60%60)
}

// seconds takes d apart into its sign and whole seconds, cut towards zero.
func seconds(d time.Duration) (sign string, s int64) {
	s = int64(d / time.Second)
	if s < 0 {
		return "-", -s
	}
	return "", s
}

// Ago says how long before now t was: "just now", "6m ago", "3d04h ago", and
// "in 6m" if it is still to come.
func Ago(t, now time.Time) string {
	switch d := now.Sub(t); {
	case d >= time.Minute:
		return Duration(d) + " ago"
	case d <= -time.Minute:
		return "in " + Duration(-d)
	}
	return "just now"
}
