package state_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// given answers inputs at a time, with a reason or without.
func (l *ledger) given(at time.Time, why string, pairs ...string) *state.Refusal {
	l.t.Helper()
	values := make(map[string]string)
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	action := state.Action{Command: state.AnswerInputs{Values: values}, Override: why, Occurred: at}
	refusal := l.refusal("Ada", action)
	if refusal == nil {
		l.act("Ada", action)
	}
	return refusal
}

func rfc(at time.Time) string { return at.Format(time.RFC3339) }

// TestMovedAwarenessIsOneVerdict: whoever was in time by one answer and is late by the next is late,
// everywhere, and it is said what was thought before and what moved it.
func TestMovedAwarenessIsOneVerdict(t *testing.T) {
	l := newLedger(t, duties)
	l.at(30 * 60)
	aware := l.now.Add(-25 * time.Hour)
	l.given(time.Time{}, "", "aware", rfc(aware))
	l.given(aware.Add(time.Minute), "", "nis2", "yes")
	due := aware.Add(24 * time.Hour)
	missed := l.act(state.Muster, state.Action{Own: true, Command: state.MissClock{Clock: "early", Due: due}})
	l.act("Ada", state.Action{Command: state.DraftNotice{Notice: "warning"}, Occurred: due.Add(-20 * time.Minute)})
	sent := l.act("Ada", state.Action{Command: state.SendNotice{Notice: "warning", Channel: "telephone", How: "by hand"}, Occurred: due.Add(-10 * time.Minute), Override: "test"})
	c := func() *state.Clock { return l.inc.Clock("early") }
	marks := func() string {
		e, _ := l.inc.Entry(missed)
		return strings.Join(state.Marks(l.inc, &e), "; ")
	}
	if _, moved := c().Moved(l.inc, time.UTC); moved || !strings.Contains(marks(), "met in time after all") {
		t.Errorf("moved %t, and of the time that was up: %s", moved, marks())
	}
	l.wantClock("early", state.ClockMetOnce, due)

	if refusal := l.given(time.Time{}, "", "aware", rfc(aware.Add(-2*time.Hour))); refusal == nil || refusal.Reason != state.Unreasoned || !refusal.Overridable {
		t.Fatalf("it is moved without a reason: %v", refusal)
	}
	if refusal := l.given(time.Time{}, "", "aware", rfc(aware)); refusal != nil {
		t.Errorf("the same again is refused: %v", refusal)
	}
	if _, moved := c().Moved(l.inc, time.UTC); moved {
		t.Error("what is answered with the same has moved")
	}
	l.given(time.Time{}, "the proxy's log", "aware", rfc(aware.Add(-2*time.Hour)))
	mover := l.inc.Head.Seq
	l.given(time.Time{}, "its clock was off", "aware", rfc(aware.Add(-time.Hour)))
	l.wantClock("early", state.ClockMetLate, due.Add(-time.Hour))
	if text := marks(); strings.Contains(text, "in time") || !strings.Contains(text, "late") {
		t.Errorf("of the time that was up it is said: %s", text)
	}
	m, moved := c().Moved(l.inc, time.UTC)
	if !moved || m.Status != state.ClockMetOnce || !m.Due.Equal(due) || m.By != mover || len(m.Was) != 2 || m.Now.Why != "its clock was off" || m.Was[1].Why != "the proxy's log" {
		t.Errorf("it was moved %t: %+v; it was met by entry %d", moved, m, sent)
	}
	for _, want := range []string{"moved 2 times", "because “its clock was off”", fmt.Sprintf(", then "+aware.Add(-2*time.Hour).UTC().Format("2006-01-02 15:04")+" UTC (entry %d), now ", mover)} {
		if text := m.Says(l.inc); !strings.Contains(text, want) {
			t.Errorf("it says %q, and not %q", text, want)
		}
	}
	if text := m.Before(); !strings.Contains(text, "met in time, until entry") {
		t.Errorf("of before it says %q", text)
	}
	again := replayed(t, l.inc)
	if other, _ := again.Clock("early").Moved(again, time.UTC); other.Before() != m.Before() || other.MovedAnswer.Says(again) != m.Says(l.inc) {
		t.Errorf("replayed it says %q", other.Before())
	}
}

// TestAClockInDoubt: where the answer that started a clock is another now, the clock asks whether it
// still applies; it goes on until somebody ends it, and one that a person started asks nothing.
func TestAClockInDoubt(t *testing.T) {
	l := newLedger(t, duties)
	l.given(time.Time{}, "", "nis2", "yes")
	in := func(id string) string {
		q, doubted := l.inc.Clock(id).Doubt(l.inc)
		if !doubted {
			return ""
		}
		return q.Says(l.inc)
	}
	if text := in("early"); text != "" {
		t.Errorf("while the answer stands: %s", text)
	}
	if refusal := l.given(time.Time{}, "", "nis2", "no"); refusal == nil || refusal.Reason != state.Unreasoned {
		t.Errorf("it is taken back without a reason: %v", refusal)
	}
	l.given(time.Time{}, "counsel", "nis2", "no")
	if text := in("early"); !strings.Contains(text, "which is “no” since entry") || !l.inc.Clock("early").Running() {
		t.Errorf("it says %q, and runs %t", text, l.inc.Clock("early").Running())
	}
	if !slices.ContainsFunc(l.inc.OpenItems(), func(o state.OpenItem) bool { return o.What == "clock" && o.ID == "early" }) {
		t.Error("it is not open")
	}
	l.do("Ada", state.WaiveClock{Clock: "early", Why: "counsel"})
	if text := in("early"); text != "" {
		t.Errorf("once it is waived: %s", text)
	}
	if text := l.inc.Clock("early").Anew(l.inc); !strings.Contains(text, "was answered anew once: first “yes” (entry 2), now “no” (entry 3), because “counsel”") {
		t.Errorf("once it is waived, of its answer: %q", text)
	}
	if copied := redact(t, l.inc, state.PartsOf(state.Notes)); copied.Clock("early").Anew(copied) != "" {
		t.Error("a copy without answers tells of them")
	}
	l.given(time.Time{}, "", "nis2", "yes")
	if text := l.inc.Clock("early").Anew(l.inc); text != "" {
		t.Errorf("while it is in doubt, of its answer: %q", text)
	}
	if text := in("early"); !strings.Contains(text, "does it apply after all?") {
		t.Errorf("once it is yes again: %q", text)
	}

	by := newLedger(t, duties)
	by.do("Ada", state.StartClock{Clock: "early", Why: "counsel"})
	by.given(time.Time{}, "", "nis2", "no")
	if _, doubted := by.inc.Clock("early").Doubt(by.inc); doubted {
		t.Error("one that a person started is in doubt")
	}
	copied := redact(t, l.inc, state.PartsOf(state.Notes))
	if q, doubted := copied.Clock("early").Doubt(copied); doubted {
		t.Errorf("of a copy without answers: %s", q.Says(copied))
	}
}

// TestNobodyIsAwareBeforeTheFirstSign: who would have been aware before the incident was detected, or
// before its first sign, is asked why; by either answer.
func TestNobodyIsAwareBeforeTheFirstSign(t *testing.T) {
	const book = `title = "Seen"
[[input]]
id = "aware"
type = "time"
[[input]]
id = "seen"
type = "time"
[[phase]]
title = "P"
[[phase.step]]
title = "S"
`
	l := newLedger(t, book)
	refused := func(pairs ...string) bool {
		refusal := l.given(time.Time{}, "", pairs...)
		return refusal != nil && refusal.Reason == state.Untrue && refusal.Overridable
	}
	l.at(600)
	sign := day.Add(2 * time.Hour)
	if refused("seen", rfc(sign)) || !refused("aware", rfc(sign.Add(-time.Minute))) || refused("aware", rfc(sign)) {
		t.Error("awareness is not held against the first sign")
	}
	if !refused("seen", rfc(sign.Add(time.Minute))) || refused("seen", rfc(sign.Add(-time.Hour))) {
		t.Error("the first sign is not held against awareness")
	}
	l = &ledger{t: t, now: day.Add(5 * time.Hour)}
	l.act("Ada", state.Action{Command: state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}}, Occurred: sign})
	if !refused("aware", rfc(sign.Add(-time.Minute))) || refused("aware", rfc(sign)) {
		t.Error("awareness is not held against the detection")
	}
}

// TestAnsweredAnew: every answer that was given otherwise before is told, a decision also if its step was
// reopened in between; what is answered with the same is not.
func TestAnsweredAnew(t *testing.T) {
	l := newLedger(t, `title = "T"
[[input]]
id = "nis2"
prompt = "NIS2?"
type = "bool"
[[input]]
id = "other"
type = "bool"
[[phase]]
title = "P"
[[phase.step]]
id = "way"
title = "Which way"
kind = "decision"
options = [{ id = "a", title = "This" }, { id = "b", title = "That" }]
`)
	l.given(time.Time{}, "", "nis2", "yes", "other", "yes")
	l.do("Ada", state.AnswerStep{Step: "way", Option: "a"})
	l.given(time.Time{}, "", "nis2", "yes", "other", "yes")
	if all := state.AnsweredAnew(l.inc); len(all) != 0 {
		t.Errorf("the same again: %+v", all)
	}
	l.do("Ada", state.ReopenStep{Step: "way", Why: "it was wrong"})
	l.do("Ben", state.AnswerStep{Step: "way", Option: "b"})
	l.given(time.Time{}, "", "nis2", "no")
	var says []string
	for _, m := range state.AnsweredAnew(l.inc) {
		says = append(says, m.Says(l.inc))
	}
	want := []string{
		"“Which way” was answered anew once: first “This” (entry 3), now “That” (entry 6), and no reason was given",
		"“NIS2?” was answered anew once: first “yes” (entry 2), now “no” (entry 7), and no reason was given",
	}
	if !slices.Equal(says, want) {
		t.Errorf("%q", says)
	}
}
