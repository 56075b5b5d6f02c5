package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestNoClockCountsFromWhatHasNotCome: nobody became aware tomorrow; another time that is asked
// may lie ahead.
func TestNoClockCountsFromWhatHasNotCome(t *testing.T) {
	l := newLedger(t, `title = "x"
[[clock]]
id = "law"
title = "A law"
within = "1h"
starts = "incident.opened"
from = "answer:aware"
[[phase]]
title = "P"
[[phase.step]]
id = "knew"
title = "When we knew"
ask = [{ id = "aware", prompt = "Aware", type = "time" }, { id = "threat", prompt = "Until when", type = "time" }]
`)
	ahead := l.now.Add(24 * time.Hour).Format(time.RFC3339)
	answer := func(id, value string) *state.Refusal {
		return l.refusal("Ada", state.Action{Command: state.AnswerStep{Step: "knew", Values: map[string]string{id: value}}})
	}
	if refusal := answer("aware", ahead); refusal == nil || refusal.Overridable || !strings.Contains(refusal.Text, "A law counts from it") {
		t.Errorf("aware tomorrow: %v", refusal)
	}
	if refusal := answer("threat", ahead); refusal != nil {
		t.Errorf("what is threatened for tomorrow: %v", refusal)
	}
	if refusal := answer("aware", l.now.Add(-time.Hour).Format(time.RFC3339)); refusal != nil {
		t.Errorf("aware an hour ago: %v", refusal)
	}
}

// TestAnInputThatHasNotCome: what is asked at the start is held to the same, then and later.
func TestAnInputThatHasNotCome(t *testing.T) {
	l := newLedger(t, awareBook)
	ahead := l.now.Add(24 * time.Hour).Format(time.RFC3339)
	refusal := l.refusal("Ada", state.Action{Command: state.AnswerInputs{Values: map[string]string{"aware": ahead}}})
	if refusal == nil || refusal.Overridable || !strings.Contains(refusal.Text, "has not come yet") {
		t.Errorf("later: %v", refusal)
	}
	for mode, refused := range map[state.Mode]bool{state.Live: true, state.Drill: false} {
		doc := state.Document{ID: "book", Source: "test", SHA256: state.Sum([]byte(awareBook)), Text: awareBook}
		open := state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: mode, Runbook: doc, Inputs: map[string]string{"aware": ahead}}
		_, err := state.Decide(nil, state.Action{Command: open}, state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"})
		if (err != nil) != refused {
			t.Errorf("at the start, %s: %v", mode, err)
		}
	}
}

// TestNobodyDecidesBeforeTheyKnow: a clock that a decision starts does not count from a time
// behind that decision without a word, whichever of the two is said first.
func TestNobodyDecidesBeforeTheyKnow(t *testing.T) {
	at := func(hour, minute int) string {
		return day.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute).Format(time.RFC3339)
	}
	answers := func(occurred time.Time, pairs ...string) state.Action {
		values := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			values[pairs[i]] = pairs[i+1]
		}
		return state.Action{Command: state.AnswerInputs{Values: values}, Occurred: occurred}
	}
	l := newLedger(t, awareBook)
	l.now = day.Add(6 * time.Hour)
	if refusal := l.refusal("Ada", answers(day.Add(2*time.Hour), "aware", at(3, 0), "nis2", "yes")); refusal == nil || refusal.Reason != state.Untrue || !refusal.Overridable {
		t.Errorf("both at once: %v", refusal)
	}
	if refusal := l.refusal("Ada", answers(day.Add(2*time.Hour), "aware", at(3, 0), "nis2", "no")); refusal != nil {
		t.Errorf("decided that it does not apply: %v", refusal)
	}
	seq := l.act("Ada", answers(day.Add(4*time.Hour), "nis2", "yes"))
	refusal := l.refusal("Ada", answers(time.Time{}, "aware", at(5, 0)))
	if refusal == nil || !strings.Contains(refusal.Text, "05:00 UTC, and was decided on at 2026-11-24 04:00 UTC") || len(refusal.Acts) != 1 || refusal.Acts[0] != (state.Act{Deed: state.DeedRetime, Seq: seq}) {
		t.Errorf("aware after the decision: %+v", refusal)
	}
	if refusal := l.refusal("Ada", answers(time.Time{}, "aware", at(4, 0))); refusal != nil {
		t.Errorf("in the same minute: %v", refusal)
	}
	right := day.Add(5*time.Hour + 30*time.Minute)
	l.do("Ada", state.AmendEntry{Seq: seq, Occurred: &right, Why: "the clock was wrong"})
	if refusal := l.refusal("Ada", answers(time.Time{}, "aware", at(5, 0))); refusal != nil {
		t.Errorf("once the decision is set right: %v", refusal)
	}
}
