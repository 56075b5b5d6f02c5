package view

import (
	"reflect"
	"testing"
	"time"

	"muster/state"
)

// A milestone that services reach together is lost when one of them is hit again, or another
// one is; what moves at one moment counts together.
func TestLost(t *testing.T) {
	t0 := time.Date(2026, 10, 24, 2, 15, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return t0.Add(time.Duration(minutes) * time.Minute) }
	b := &builder{out: &Incident{}}
	history := func(moves ...Change) ServiceRecord { return ServiceRecord{History: moves} }
	to := func(seq uint64, minutes int, s state.ServiceState) Change {
		return Change{To: string(s), At: at(minutes), Seq: seq}
	}
	b.out.Services = []ServiceRecord{
		history(to(1, 0, state.Affected), to(2, 10, state.ShutDown), to(6, 60, state.Regressed), to(7, 80, state.ShutDown)),
		history(to(3, 20, state.Suspect), to(4, 30, state.Affected), to(5, 30, state.ShutDown)),
		history(to(9, 90, state.Unaffected)),
	}
	want := []Lapse{{What: ContainedAt, At: at(10), Seq: 2, Until: at(60), Lost: 6}}
	if got := lost(b.moves(), ContainedAt); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if m := b.since(ContainedAt); m.At == nil || m.Seq != 7 {
		t.Errorf("it holds since %+v, want entry 7", m)
	}
	b.out.Services[1].History = b.out.Services[1].History[:2]
	want = []Lapse{{What: ContainedAt, At: at(10), Seq: 2, Until: at(30), Lost: 4}}
	if got := lost(b.moves(), ContainedAt); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := lost(nil, ContainedAt); got != nil {
		t.Errorf("of no service %+v", got)
	}
}

// TestNotKnownIsNotRestored: a service that was down, and of which nobody knows any more how it is, is
// neither contained nor restored by that; how long it was down is then the least that it can be.
func TestNotKnownIsNotRestored(t *testing.T) {
	t0 := time.Date(2026, 10, 24, 2, 15, 0, 0, time.UTC)
	for _, s := range []state.ServiceState{state.UnknownState, state.Suspect, state.Restored} {
		history := []Change{{To: string(state.Affected), At: t0, Seq: 1}, {To: string(s), At: t0.Add(time.Hour), Seq: 2}}
		b := &builder{out: &Incident{Services: []ServiceRecord{{History: history}}}}
		clear := s == state.Restored
		for _, what := range backWords[:2] {
			if m := b.since(what); (m.At != nil) != clear {
				t.Errorf("%s: %s at %v", s, what, m.At)
			}
		}
		var o Outage
		o.measure(history, t0.Add(3*time.Hour))
		if o.AtLeast == clear || o.Unclear == clear || o.Ongoing || (o.Restored != nil) != clear || *o.Down != 3600 {
			t.Errorf("%s: %+v", s, o)
		}
	}
}
