package runbooks

import (
	"testing"
	"time"
)

func TestParseSpan(t *testing.T) {
	tests := []struct {
		text string
		want Span
		back string // as it is written again
	}{
		{"10m", Span{Duration: 10 * time.Minute}, "10m"},
		{"90m", Span{Duration: 90 * time.Minute}, "1h30m"},
		{"72h", Span{Duration: 72 * time.Hour}, "72h"},
		{"45s", Span{Duration: 45 * time.Second}, "45s"},
		{"180d", Span{Days: 180}, "180d"},
		{"14 days", Span{Days: 14}, "14d"},
		{"1 day", Span{Days: 1}, "1d"},
		{"4 business days", Span{BusinessDays: 4}, "4 business days"},
		{"1 business day", Span{BusinessDays: 1}, "1 business day"},
		{"1 month", Span{Months: 1}, "1 month"},
	}
	for _, test := range tests {
		got, err := ParseSpan(test.text)
		if err != nil || got != test.want || got.String() != test.back {
			t.Errorf("%q: %+v, %q, %v", test.text, got, got.String(), err)
		}
		if again, err := ParseSpan(got.String()); err != nil || again != got {
			t.Errorf("%q: %+v, then %+v, %v", test.text, got, again, err)
		}
	}
	for _, text := range []string{"", "0m", "-1h", "soon", "10", "5 years", "d", "999999999h", "4000d", "121 months", "1.5 days"} {
		if got, err := ParseSpan(text); err == nil || !got.IsZero() {
			t.Errorf("%q is %+v", text, got)
		}
	}
	if text := (Span{}).String(); text != "" {
		t.Error(text)
	}
}
