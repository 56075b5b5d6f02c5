package export_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
)

// TestAFalseAlarmIsNeitherDownNorRestored: page one says of what was held to be affected and was not
// that it was a false alarm, and of no milestone that it was reached by that.
func TestAFalseAlarmIsNeitherDownNorRestored(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("intrusion", book(""))})
	says := func(what string, want ...string) {
		t.Helper()
		page := written(t, s.incident(), export.Markdown, export.Options{})
		for _, line := range want {
			if no, is := strings.CutPrefix(line, "!"); strings.Contains(page, no) == is {
				t.Errorf("%s: that it says %q is %v", what, no, is)
			}
		}
	}
	set := func(who, service string, to state.ServiceState) {
		s.act(who, state.SetService{Service: service, State: to, Why: "seen"}, time.Time{}, "")
	}
	set("Ben", "imodocs", state.Affected)
	set("Ben", "imodocs", state.Unaffected)
	none := "no service was hit: what was held to be affected was found to be unaffected"
	says("a false alarm", "| Contained: nothing known to be hit runs on | "+none, "| Restored, by somebody's word | "+none, "| Verified, by the word of who looked | "+none,
		"| **false alarm** | found unaffected 2026-11-24 02:04 |", "!Some service is recorded as down")
	set("Ben", "gisis", state.Affected)
	says("one that runs on", "| Contained: nothing known to be hit runs on | no service was recorded as shut down", "| Restored, by somebody's word | **not yet**")
	set("Ben", "gisis", state.Restoring)
	set("Ben", "gisis", state.Restored)
	set("Ada", "gisis", state.Verified)
	says("restored in place", "| Contained: nothing known to be hit runs on | no service was recorded as shut down", "| Restored, by somebody's word | 2026-11-24 02:09", "| Verified, by the word of who looked | 2026-11-24 02:10")
}
