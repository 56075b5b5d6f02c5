package incident

import "testing"

func TestClockName(t *testing.T) {
	for title, want := range map[string]string{
		"GDPR Art. 33: tell the authority": "GDPR",
		"NIS2: early warning":              "NIS2",
		"Tell the board":                   "Tell the b…",
		"Board: by noon":                   "Board",
		"72 hours":                         "72 hours",
		"":                                 "",
	} {
		if got := clockName(title, 11); got != want {
			t.Errorf("%q is %q, not %q", title, got, want)
		}
	}
}
