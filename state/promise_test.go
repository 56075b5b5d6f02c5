package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

const promising = `title = "Promises"
[[service]]
id = "web"
title = "Web"
[[notice]]
id = "holding"
title = "Holding statement"
audience = "public"
next_update = "2h"
text = "We know."
[[notice]]
id = "update"
title = "Update"
audience = "public"
text = "We know more."
[[notice]]
id = "staff"
title = "To staff"
audience = "staff"
text = "Work on paper."
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
required = false
`

// put drafts a notice and sends it, at a time after the day's beginning.
func (l *ledger) put(notice string, at time.Duration) uint64 {
	l.t.Helper()
	l.now = day.Add(at - 2*time.Minute)
	l.tell(notice, "")
	return l.do("Ada", state.SendNotice{Notice: notice, Channel: "press"})
}

// TestAPromisedUpdateIsKeptLateOrNever: what came of a promise is told by the next
// statement to the same audience, and by nothing else.
func TestAPromisedUpdateIsKeptLateOrNever(t *testing.T) {
	for name, c := range map[string]struct {
		then   func(*ledger)
		at     time.Duration // at which it is asked
		status state.PromiseStatus
		late   time.Duration
	}{
		"not yet":                  {func(*ledger) {}, 2 * time.Hour, state.PromiseDue, 0},
		"at the last moment":       {func(*ledger) {}, 3 * time.Hour, state.PromiseDue, 0},
		"overdue":                  {func(*ledger) {}, 3*time.Hour + time.Second, state.PromiseOverdue, time.Second},
		"kept to the minute":       {func(l *ledger) { l.put("update", 3*time.Hour) }, 9 * time.Hour, state.PromiseKept, 0},
		"late":                     {func(l *ledger) { l.put("update", 4*time.Hour+12*time.Minute) }, 9 * time.Hour, state.PromiseLate, 72 * time.Minute},
		"by its own next version":  {func(l *ledger) { l.reword("holding", "More is known.", 2*time.Hour) }, 2 * time.Hour, state.PromiseKept, 0},
		"the same words redrafted": {func(l *ledger) { l.reword("holding", " What we know.\n", 2*time.Hour) }, 4 * time.Hour, state.PromiseOverdue, time.Hour},
		"others were told":         {func(l *ledger) { l.put("staff", 2*time.Hour) }, 4 * time.Hour, state.PromiseOverdue, time.Hour},
		"the same text once more":  {func(l *ledger) { l.again("holding", 2*time.Hour) }, 4 * time.Hour, state.PromiseOverdue, time.Hour},
		"closed when it was due":   {func(l *ledger) { l.close(3*time.Hour + 5*time.Minute) }, 9 * time.Hour, state.PromiseNever, 5 * time.Minute},
		"closed before it was due": {func(l *ledger) { l.close(2 * time.Hour) }, 9 * time.Hour, state.PromiseDropped, 0},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLedger(t, promising)
			sent := l.put("holding", time.Hour)
			c.then(l)
			list := l.inc.Notice("holding").Promises(l.inc)
			p := list[0]
			if got := p.Standing(l.inc, day.Add(c.at)); got.Status != c.status || got.Late != c.late {
				t.Errorf("%+v", got)
			}
			if p.Sent != sent || !p.Due.Equal(day.Add(3*time.Hour)) {
				t.Errorf("promised by entry %d for %s", p.Sent, p.Due)
			}
			next := l.inc.Notice("holding").NextUpdate(l.inc)
			if owed := p.Kept == nil || len(list) > 1; next.IsZero() == owed {
				t.Errorf("next update: %s", next)
			}
		})
	}
}

// reword drafts a notice with that text, and sends it.
func (l *ledger) reword(notice, text string, at time.Duration) {
	l.now = day.Add(at - 2*time.Minute)
	l.do("Ada", state.DraftNotice{Notice: notice, Text: text, Claims: []state.Claim{}})
	l.do("Ada", state.SendNotice{Notice: notice, Channel: "press"})
}

// again sends the last text once more.
func (l *ledger) again(notice string, at time.Duration) {
	l.now = day.Add(at - time.Minute)
	l.do("Ada", state.SendNotice{Notice: notice, Channel: "telephone"})
}

func (l *ledger) close(at time.Duration) {
	l.now = day.Add(at - time.Minute)
	l.do("Ada", state.CloseIncident{Summary: "over"})
}

// TestAnUpdateThatIsOwedIsOpenAtTheClose: the close check lists it, with its time.
func TestAnUpdateThatIsOwedIsOpenAtTheClose(t *testing.T) {
	l := newLedger(t, promising)
	owed := func() bool {
		return slices.ContainsFunc(l.inc.OpenItems(), func(o state.OpenItem) bool {
			return o.What == "update" && o.ID == "holding" && strings.Contains(o.State, "promised for 2026-11-24")
		})
	}
	if owed() {
		t.Error("nothing was promised")
	}
	l.put("holding", time.Hour)
	if !owed() {
		t.Errorf("open: %v", l.inc.OpenItems())
	}
	l.put("update", 2*time.Hour)
	if owed() {
		t.Error("it was given")
	}
}

// TestAnUntrueUpdateIsNoPlainKeeping: what answered a promise and was not true when it was sent
// is said to be that, and again to whoever closes.
func TestAnUntrueUpdateIsNoPlainKeeping(t *testing.T) {
	clock := func(t time.Time) string { return t.UTC().Format("15:04") }
	for was, want := range map[state.ServiceState]state.ClaimVerdict{state.Affected: state.OverClaimed, state.Verified: ""} {
		l := newLedger(t, promising)
		l.put("holding", time.Hour)
		l.now = day.Add(2 * time.Hour)
		l.do("Ada", state.SetService{Service: "web", State: was, Why: "seen"})
		l.now = day.Add(150 * time.Minute)
		l.do("Ada", state.DraftNotice{Notice: "update", Text: "All is well.", Claims: []state.Claim{{Service: "web", State: state.Verified}}})
		l.do("Ada", state.SendNotice{Notice: "update", Channel: "press"})
		p := state.Promises(l.inc)[0]
		standing := p.Standing(l.inc, l.now)
		said, closing := standing.Says(clock), strings.Join(state.ToClose(l.inc, time.UTC), "\n")
		if standing.Status != state.PromiseKept || standing.Truth != want || strings.Contains(said, "NOT TRUE") != (want != "") ||
			strings.Contains(closing, "was not true then: Update") != (want != "") {
			t.Errorf("%s: %+v, %q; at the close: %q", was, standing, said, closing)
		}
		if open := l.inc.OpenItems(); want != "" && (open[0].What != "notice" || open[0].ID != "update") {
			t.Errorf("what was not true is not the first thing open: %v", open)
		}
	}
}

// TestAnEarlierStatementKeepsNoLaterPromise: what is recorded late, and was sent before,
// is no update.
func TestAnEarlierStatementKeepsNoLaterPromise(t *testing.T) {
	l := newLedger(t, promising)
	l.put("holding", time.Hour)
	l.tell("update", "")
	l.act("Ada", state.Action{Command: state.SendNotice{Notice: "update", Channel: "press"}, Override: "test", Occurred: day.Add(30 * time.Minute)})
	if p := state.Promises(l.inc)[0]; p.Kept != nil {
		t.Errorf("kept by entry %d, which was sent before", p.Kept.Seq)
	}
}
