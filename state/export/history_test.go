package export_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
)

// When a statement was out that was not true, and what ended that.
func TestUntrueTimes(t *testing.T) {
	affected := func(who string) func(*scribe) {
		return func(s *scribe) {
			s.do(who, state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
		}
	}
	set := func(to state.ServiceState) func(*scribe) {
		return func(s *scribe) {
			s.act("Ben", state.SetService{Service: "gisis", State: to, Why: "seen"}, time.Time{}, "test")
		}
	}
	say := func(s *scribe) {
		s.do("Ada", state.DraftNotice{Notice: "holding", Text: "GISIS works.", Claims: []state.Claim{{Service: "gisis", State: state.Verified}}})
		s.act("Ada", state.SendNotice{Notice: "holding", Channel: "radio"}, time.Time{}, "test")
	}
	retractLast := func(s *scribe) {
		s.do("Ben", state.RetractEntry{Seq: s.inc.Head.Seq, Why: "a slip"})
	}
	for _, c := range []struct {
		name string
		acts []func(*scribe)
		want string // FROM-UNTIL of each time, by entries; 0 for not yet
	}{
		{"true all the time", []func(*scribe){set(state.Verified), say}, ""},
		{"not true when it was sent", []func(*scribe){affected("Ada"), say}, "4-0"},
		{"true by itself, and again not", []func(*scribe){affected("Ada"), say, set(state.Verified), set(state.Regressed)}, "4-5 6-0"},
		{"corrected by the next", []func(*scribe){affected("Ada"), say, say}, "4-6 6-0"},
		{"one time, whatever else it is", []func(*scribe){affected("Ada"), say, set(state.ShutDown), set(state.Restoring)}, "4-0"},
		{"what was retracted made nothing untrue", []func(*scribe){set(state.Verified), say, set(state.Regressed), retractLast}, ""},
	} {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
		for _, act := range c.acts {
			act(s)
		}
		r := report(t, written(t, s.inc, export.JSON, export.Options{}))
		var times []string
		for _, u := range r.Notices[0].Untrue {
			if (u.Until == nil) != (u.UntilSeq == 0) || len(u.Why) == 0 {
				t.Errorf("%s: %+v", c.name, u)
			}
			times = append(times, fmt.Sprintf("%d-%d", u.Seq, u.UntilSeq))
		}
		if got := strings.Join(times, " "); got != c.want {
			t.Errorf("%s: untrue %s, want %s", c.name, got, c.want)
		}
		if open := len(r.Notices[0].Untrue) > 0 && r.Notices[0].Untrue[len(r.Notices[0].Untrue)-1].UntilSeq == 0; open != (len(r.Notices[0].Stale) > 0) {
			t.Errorf("%s: the times and what is stale now do not agree", c.name)
		}
	}
}

// Calendar days count at the offset of who started the clock, whatever zone the
// reader's machine is in; a zone that is asked for goes before.
func TestDueIsTheSameEverywhere(t *testing.T) {
	s := &scribe{tb: t, now: day.Add(3*24*time.Hour + 21*time.Hour + 30*time.Minute)} // Friday in UTC, Saturday in Berlin
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	s.do("Ada", state.StartClock{Clock: "filing", Why: "material"})
	for _, c := range []struct {
		zone *time.Location
		want string
	}{{nil, "2026-12-02T23:33:00Z"}, {time.UTC, "2026-12-03T23:33:00Z"}} {
		r := report(t, written(t, s.inc, export.JSON, export.Options{Zone: c.zone}))
		if due := r.Clocks[2].Due.Format(time.RFC3339); due != c.want {
			t.Errorf("four business days, counted in %v: %s, want %s", c.zone, due, c.want)
		}
	}
}
