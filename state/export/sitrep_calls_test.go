package export

import (
	"strings"
	"testing"
	"time"

	"muster/state/view"
)

// TestACallBackIsOverdueOnlyIfItIsKnownToBe: one that what is withheld may have done is not, nor
// is one whose time had not come when the incident was closed.
func TestACallBackIsOverdueOnlyIfItIsKnownToBe(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	due, before, after := now.Add(-time.Hour), now.Add(-2*time.Hour), now.Add(-time.Minute)
	for name, c := range map[string]struct {
		withheld bool
		closed   *time.Time
		overdue  bool
	}{
		"open": {false, nil, true}, "withheld": {true, nil, false}, "closed before": {false, &before, false}, "closed after": {false, &after, true},
	} {
		s := Sitrep{&view.Sitrep{At: now, Zone: time.UTC}}
		s.CallBacks = []view.CallBack{{Title: "CERT", At: due, Withheld: c.withheld}}
		s.Closed = c.closed
		text := strings.Join(s.callLines(), "\n")
		if strings.Contains(text, "OVERDUE") != c.overdue || !strings.Contains(text, "CERT at ") {
			t.Errorf("%s: %q", name, text)
		}
	}
}
