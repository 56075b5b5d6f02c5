package state_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestWaivedAfterItsTime: a duty that is waived once its time was up is said to have been, by how
// much, and that nothing meets it: where it stands, and to whoever closes the incident.
func TestWaivedAfterItsTime(t *testing.T) {
	for _, late := range []bool{true, false} {
		l := newLedger(t, duties)
		l.at(30 * 60)
		aware := l.now.Add(-25 * time.Hour)
		l.given(time.Time{}, "", "aware", rfc(aware))
		l.given(aware.Add(time.Minute), "", "nis2", "yes")
		at := aware.Add(20 * time.Hour)
		if late {
			at = aware.Add(24*time.Hour + 40*time.Minute)
		}
		seq := l.act("Ada", state.Action{Command: state.WaiveClock{Clock: "early", Why: "forgot"}, Occurred: at})
		c := l.inc.Clock("early")
		status, closing := c.Status(l.now, time.UTC), strings.Join(state.ToClose(l.inc, time.UTC), "\n")
		const words = "waived, 40 min 00 s after it was due; no entry meets it"
		if status.Forgone() != late || status.Plain() != state.ClockWasOff || (string(status) == words) != late {
			t.Errorf("late %t: it stands as %q", late, status)
		}
		if got := status.At("10:00"); late && got != "waived 10:00, 40 min 00 s after it was due; no entry meets it" {
			t.Errorf("with its time it stands as %q", got)
		}
		if says := fmt.Sprintf("%s was %s, entry %d", c.Def.Title, words, seq); strings.Count(closing, says) != map[bool]int{true: 1}[late] {
			t.Errorf("late %t: whoever closes is told %q", late, closing)
		}
	}
}

// TestALateUpdateIsNamedAtTheClose: whoever closes is told that a promised update came late, and by
// how much; of one that came in time nothing is said.
func TestALateUpdateIsNamedAtTheClose(t *testing.T) {
	for after, want := range map[time.Duration]string{
		13*time.Hour + 25*time.Minute: "The update that was promised by entry 3 was given by entry 5, 11 h 25 min late: Update",
		90 * time.Minute:              "",
	} {
		l := newLedger(t, promising)
		l.put("holding", time.Hour)
		l.put("update", time.Hour+after)
		if got := strings.Join(state.ToClose(l.inc, time.UTC), "\n"); got != want {
			t.Errorf("after %s: %q, want %q", after, got, want)
		}
	}
}
