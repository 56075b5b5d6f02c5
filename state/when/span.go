package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxDays bounds the days of a span: a hundred years.
const maxDays = 36525

// Span reads a length of time: "10m", "1h30m", "1 h 5 m", "90s", "2d", "2d4h". A day
// has 24 hours. It may be zero or negative: whoever asks says what is allowed.
func Span(text string) (time.Duration, error) {
	whole := text
	text = strings.ReplaceAll(strings.TrimSpace(text), " ", "")
	number, rest, found := strings.Cut(text, "d")
	days := uint64(0)
	if found {
		var err error
		if days, err = strconv.ParseUint(number, 10, 32); err != nil || days > maxDays {
			return 0, notSpan(whole)
		}
		if text = rest; text == "" {
			text = "0s"
		}
		if strings.ContainsAny(text[:1], "+-") { // 2d-4h is not read
			return 0, notSpan(whole)
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, notSpan(whole)
	}
	const day = 24 * time.Hour
	if sum := d + time.Duration(days)*day; sum >= d {
		return sum, nil
	}
	return 0, notSpan(whole)
}

func notSpan(text string) error {
	return fmt.Errorf("%q is not a length of time: write 10m, 1h30m or 2d", text)
}
