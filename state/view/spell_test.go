package view

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestMilestonesSayWhatTheirWordsMean: a false alarm reaches none and loses none, what is restored in
// place is not contained by that, and what nobody verified is not verified.
func TestMilestonesSayWhatTheirWordsMean(t *testing.T) {
	t0 := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	const (
		aff, shut, ring, red = state.Affected, state.ShutDown, state.Restoring, state.Restored
		ver, fine, sus, reg  = state.Verified, state.Unaffected, state.Suspect, state.Regressed
	)
	// A history is that of one service, a state in each tenth minute, "" for none; entries are numbered through.
	for name, c := range map[string]struct {
		services [][]state.ServiceState
		want     string // each milestone with the minute, each lapse with both
		alarms   int    // of the outages
	}{
		"a false alarm":                  {[][]state.ServiceState{{aff, fine}}, "", 1},
		"a false alarm, after a doubt":   {[][]state.ServiceState{{sus, aff, sus, fine}}, "", 1},
		"two of one service":             {[][]state.ServiceState{{aff, fine, aff, fine}}, "", 1},
		"beside one that was hit":        {[][]state.ServiceState{{aff, shut, ring, red, ver}, {"", aff, "", "", "", fine}}, "contained 10; restored 30; verified 40", 1},
		"it ends no milestone":           {[][]state.ServiceState{{aff, shut}, {"", "", aff, fine}}, "contained 10", 1},
		"hit after a false alarm":        {[][]state.ServiceState{{aff, fine, aff, shut, red}}, "contained 30; restored 40", 0},
		"restored in place":              {[][]state.ServiceState{{aff, ring, red, ver}}, "restored 20; verified 30", 0},
		"one in place, one shut down":    {[][]state.ServiceState{{aff, ring, "", red}, {aff, shut}}, "contained 30", 0},
		"being restored in place":        {[][]state.ServiceState{{aff, ring}, {aff, shut}}, "", 0},
		"restored after it was shut":     {[][]state.ServiceState{{aff, shut, ring}}, "contained 10", 0},
		"regressed, restored in place":   {[][]state.ServiceState{{aff, shut, ring, red, reg, ring}}, "contained 10–40; restored 30–40", 0},
		"shut down, and found fine":      {[][]state.ServiceState{{shut, fine}}, "contained 0; restored 10", 0},
		"found fine beside one verified": {[][]state.ServiceState{{shut, "", "", "", fine}, {aff, shut, red, ver}}, "contained 10; restored 40; verified 40", 0},
		"fine, and hit again":            {[][]state.ServiceState{{shut, fine, aff, shut, red, ver}}, "contained 0–20, 30; restored 10–20, 40; verified 50", 0},
	} {
		b := &builder{out: &Incident{}, gaps: &Gaps{}, inc: &state.Incident{Log: []state.Entry{{Recorded: t0.Add(time.Hour)}}}}
		seq := uint64(0)
		for i, states := range c.services {
			var history []Change
			for j, to := range states {
				if seq++; to != "" {
					history = append(history, Change{To: string(to), At: t0.Add(time.Duration(10*j) * time.Minute), Seq: seq})
				}
			}
			b.out.Services = append(b.out.Services, ServiceRecord{Service: Service{ID: fmt.Sprint(i)}, History: history})
		}
		b.out.Closing = &Closing{At: t0.Add(time.Hour), Seq: 99}
		list, lapses := b.servicesBack()
		minute := func(t time.Time) int { return int(t.Sub(t0) / time.Minute) }
		var got []string
		for _, what := range backWords {
			var times []string
			for _, l := range lapses {
				if l.What == what {
					times = append(times, fmt.Sprintf("%d–%d", minute(l.At), minute(l.Until)))
				}
			}
			for _, m := range list {
				if m.What == what && m.At != nil {
					times = append(times, fmt.Sprint(minute(*m.At)))
				}
			}
			if len(times) > 0 {
				got = append(got, what+" "+strings.Join(times, ", "))
			}
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		b.impact()
		if hit := len(b.out.Impact.Hit()); len(b.out.Impact.Outages)-hit != c.alarms || (*b.out.Impact.Down > 0) != (hit > 0) {
			t.Errorf("%s: %+v, together %d", name, b.out.Impact.Outages, *b.out.Impact.Down)
		}
	}
}
