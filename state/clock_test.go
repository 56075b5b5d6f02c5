package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// duties is a runbook with laws of each shape.
const duties = `title = "Duties"
[[input]]
id = "aware"
type = "time"
[[input]]
id = "nis2"
type = "bool"
[[input]]
id = "covered"
type = "bool"
[[input]]
id = "major"
type = "bool"
[[clock]]
id = "early"
clock = "nis2-early-warning"
starts = "answer:nis2=yes"
from = "answer:aware"
stops = "notice:warning"
[[clock]]
id = "bank"
clock = "dora-initial"
starts = "answer:major=yes"
[clock.outer]
starts = "answer:covered=yes"
from = "answer:aware"
[[clock]]
id = "final"
clock = "dora-final"
starts = "clock:bank"
[[clock]]
id = "coast"
clock = "uscg-nrc"
starts = "manual"
[[notice]]
id = "warning"
text = "We are aware."
[[phase]]
title = "P"
[[phase.step]]
title = "S"
`

func (l *ledger) answer(pairs ...string) {
	l.t.Helper()
	values := make(map[string]string)
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	l.do("Ada", state.AnswerInputs{Values: values})
}

// at sets the time of the next entry, in minutes after the first.
func (l *ledger) at(minutes int) {
	l.now = day.Add(time.Duration(minutes) * time.Minute)
}

func (l *ledger) send(notice string) {
	l.t.Helper()
	l.do("Ada", state.DraftNotice{Notice: notice})
	l.do("Ada", state.SendNotice{Notice: notice, Channel: "telephone", How: "by hand"})
}

func (l *ledger) wantClock(id string, status state.ClockStatus, due time.Time) {
	l.t.Helper()
	c := l.inc.Clock(id)
	if c == nil {
		l.t.Fatalf("there is no clock %s", id)
	}
	if got := c.Status(l.now, time.UTC); got != status {
		l.t.Errorf("%s is %q, want %q", id, got, status)
	}
	if got := c.Due(time.UTC); !got.Equal(due) {
		l.t.Errorf("%s is due %v, want %v", id, got, due)
	}
}

// TestClockCountsFromAwareness: 24 hours run from when somebody became aware, not
// from when it was typed that the law covers us.
func TestClockCountsFromAwareness(t *testing.T) {
	l := newLedger(t, duties)
	aware := day.Add(-3 * time.Hour)
	l.answer("aware", aware.Format(time.RFC3339))
	l.answer("nis2", "yes")
	l.wantClock("early", state.ClockRunning, aware.Add(24*time.Hour))
	if from, answer := l.inc.Clock("early").Counts(time.UTC); !from.Equal(aware) || answer != "aware" {
		t.Errorf("it counts from %v, by %q", from, answer)
	}
	// What is learned later counts, and so does a correction.
	earlier := aware.Add(-2 * time.Hour)
	l.answer("aware", earlier.Format(time.RFC3339))
	l.wantClock("early", state.ClockRunning, earlier.Add(24*time.Hour))

	late := newLedger(t, duties)
	late.answer("nis2", "yes")
	typed := late.now
	late.wantClock("early", state.ClockRunning, typed.Add(24*time.Hour))
	late.answer("aware", aware.Format(time.RFC3339))
	late.wantClock("early", state.ClockRunning, aware.Add(24*time.Hour))
}

// TestClockMetBeforeItStarted: a duty that was met early is not late.
func TestClockMetBeforeItStarted(t *testing.T) {
	l := newLedger(t, duties)
	l.send("warning")
	l.wantClock("early", state.ClockMetEarly, time.Time{})
	// Then it turns out that we were aware long before: now it is known, and late.
	aware := day.Add(-25 * time.Hour)
	l.answer("aware", aware.Format(time.RFC3339), "nis2", "yes")
	l.wantClock("early", state.ClockMetLate, aware.Add(24*time.Hour))

	in := newLedger(t, duties)
	in.send("warning")
	in.answer("aware", day.Add(-time.Hour).Format(time.RFC3339), "nis2", "yes")
	in.wantClock("early", state.ClockMetOnce, day.Add(23*time.Hour))
}

// TestTwoBounds: the earlier of two bounds counts, and of what is classified after
// the outer one has passed the inner one alone.
func TestTwoBounds(t *testing.T) {
	l := newLedger(t, duties)
	aware := day.Add(-time.Hour)
	l.answer("aware", aware.Format(time.RFC3339), "covered", "yes")
	l.wantClock("bank", state.ClockRunning, aware.Add(24*time.Hour))
	l.answer("major", "yes")
	classified := l.now
	l.wantClock("bank", state.ClockRunning, classified.Add(4*time.Hour))

	near := newLedger(t, duties)
	near.answer("aware", aware.Format(time.RFC3339), "covered", "yes")
	near.at(22 * 60) // 23 hours after awareness
	near.answer("major", "yes")
	near.wantClock("bank", state.ClockRunning, aware.Add(24*time.Hour))

	after := newLedger(t, duties)
	after.answer("aware", aware.Format(time.RFC3339), "covered", "yes")
	after.at(30 * 60)
	after.wantClock("bank", state.ClockOverdue, aware.Add(24*time.Hour))
	after.answer("major", "yes")
	after.wantClock("bank", state.ClockRunning, after.now.Add(4*time.Hour))
}

// TestClockRestarts: DORA's final report is due a month after the latest update.
func TestClockRestarts(t *testing.T) {
	l := newLedger(t, duties)
	l.do("Ada", state.StartClock{Clock: "final", Why: "sent"})
	l.at(3 * 24 * 60)
	l.do("Ada", state.StartClock{Clock: "final", Why: "an update"})
	l.wantClock("final", state.ClockRunning, l.now.AddDate(0, 1, 0))
}

// TestAtOnce: a law that names no hours makes nobody late.
func TestAtOnce(t *testing.T) {
	l := newLedger(t, duties)
	l.do("Ada", state.StartClock{Clock: "coast", Why: "a terminal is hit"})
	started := l.now
	l.at(9 * 60)
	l.wantClock("coast", state.ClockDueNow, started)
	if list := l.inc.Overdue(l.now, time.UTC); len(list) > 0 {
		t.Errorf("%s is said to be missed", list[0].ID)
	}
	l.do("Ada", state.MeetClock{Clock: "coast", Why: "report 1234"})
	l.wantClock("coast", state.ClockMetOnce, started)
}

// TestAnyLaw: a law that no runbook names can be started in any incident, and the log
// says what the law was then.
func TestAnyLaw(t *testing.T) {
	for _, law := range runbooks.Deadlines() {
		l := newLedger(t, towers)
		seq := l.do("Ada", state.StartClock{Clock: law.ID, Why: "a subsidiary"})
		c := l.inc.Clock(law.ID)
		if c == nil || c.Def.Title != law.Title || c.Def.Within != law.Within || c.Def.Source != law.Source || c.Started.IsZero() {
			t.Fatalf("%s: %+v", law.ID, c)
		}
		if e, _ := l.inc.Entry(seq); !strings.Contains(l.inc.Describe(e), law.Title) {
			t.Errorf("the entry says %s", l.inc.Describe(e))
		}
		l.do("Ada", state.MeetClock{Clock: law.ID, Why: "told"})
		l.wantClock(law.ID, state.ClockMetOnce, law.Within.After(c.Started, time.UTC))
	}
	l := newLedger(t, towers)
	stamp := state.Stamp{By: state.Actor{Name: "Ada"}, Recorded: l.now.Add(time.Minute)}
	_, err := state.Decide(l.inc, state.Action{Command: state.StartClock{Clock: "gdpr-3", Why: "x"}}, stamp)
	if err == nil || !strings.Contains(err.Error(), "There is no clock") {
		t.Errorf("a law that is none: %v", err)
	}
}

// TestALawIsFoundAndStartedOnce: a law is named as everything is, and one that a clock
// of the incident counts by is that clock.
func TestALawIsFoundAndStartedOnce(t *testing.T) {
	l := newLedger(t, duties)
	for ref, want := range map[string]string{"certin": "certin-6h", "CERT-In": "certin-6h", "uscg": "coast", "dora-initial": "bank", "early": "early"} {
		if got, err := state.Find(l.inc, state.NounClock, ref); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %s", ref, got, err, want)
		}
	}
	if got, err := state.Find(l.inc, state.NounClock, "hk"); err == nil {
		t.Errorf("two laws of one name are %s", got)
	}
	before := len(l.inc.Clocks)
	l.do("Ada", state.StartClock{Clock: "uscg-nrc", Why: "x"})
	if len(l.inc.Clocks) != before || l.inc.Clock("coast").Started.IsZero() {
		t.Errorf("%d clocks, and the runbook's own stands at %v", len(l.inc.Clocks), l.inc.Clock("coast").Started)
	}
}

// TestClockOfACopy: without the answers that started a clock nobody can say that it
// was met late, nor early.
func TestClockOfACopy(t *testing.T) {
	l := newLedger(t, duties)
	l.answer("aware", day.Add(-time.Hour).Format(time.RFC3339), "nis2", "yes")
	l.send("warning")
	l.wantClock("early", state.ClockMetOnce, day.Add(23*time.Hour))
	redacted := redact(t, l.inc, state.PartsOf(state.Notes))
	c := redacted.Clock("early")
	if got := c.Status(l.now, time.UTC); got != state.ClockMetUntold || !c.Uncounted() {
		t.Errorf("of the copy it is said: %q, and when it is due is known: %v", got, !c.Uncounted())
	}
}

// redact computes the incident of a copy of the log without parts.
func redact(t *testing.T, inc *state.Incident, parts state.Parts) *state.Incident {
	t.Helper()
	out := new(state.Incident)
	for _, e := range inc.Log {
		_, sealed, err := state.Seal(e)
		if err != nil {
			t.Fatal(err)
		}
		text, _, err := state.Withhold(slices.Clone(sealed.Bytes), parts)
		if err != nil {
			t.Fatal(err)
		}
		read, err := state.Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := out.Apply(read); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestWarns: people are told before a clock runs out: an hour, or the last quarter of a short
// one; not of one that waits, nor of a duty that bears no delay, nor where it is not known.
func TestWarns(t *testing.T) {
	l := newLedger(t, duties)
	if at := l.inc.Clock("early").Warns(time.UTC); !at.IsZero() {
		t.Errorf("a clock that waits warns at %v", at)
	}
	aware := l.now.Add(-2 * time.Hour)
	l.answer("aware", aware.Format(time.RFC3339), "nis2", "yes")
	if at := l.inc.Clock("early").Warns(time.UTC); !at.Equal(aware.Add(23 * time.Hour)) {
		t.Errorf("of 24 hours it warns at %v", at)
	}
	l.do("Ada", state.StartClock{Clock: "cn-1h", Why: "a subsidiary"})
	if at := l.inc.Clock("cn-1h").Warns(time.UTC); !at.Equal(aware.Add(45 * time.Minute)) {
		t.Errorf("of one hour it warns at %v; it is %v", at, l.now)
	}
	l.do("Ada", state.StartClock{Clock: "coast", Why: "a terminal is hit"})
	if at := l.inc.Clock("coast").Warns(time.UTC); !at.IsZero() {
		t.Errorf("what bears no delay warns at %v", at)
	}
}
