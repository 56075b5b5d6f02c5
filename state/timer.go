package state

import (
	"fmt"
	"slices"
	"time"
)

// NounTimer is a timer that people name: one that runs.
const NounTimer Noun = "running timer"

// Timer is the timer of this id; nil if there is none.
func (inc *Incident) Timer(id string) *Timer {
	for i := range inc.Timers {
		if inc.Timers[i].ID == id {
			return &inc.Timers[i]
		}
	}
	return nil
}

// Noun implements Pending.
func (t *Timer) Noun() Noun { return NounTimer }

// Named implements Pending.
func (t *Timer) Named() Named { return Named{ID: t.ID, Title: t.Title} }

// Stands implements Pending.
func (t *Timer) Stands() string {
	switch {
	case t.Hidden:
		return string(Unseen)
	case t.Ended.IsZero():
		return "set"
	}
	return ""
}

// DueAt implements Pending.
func (t *Timer) DueAt() time.Time { return t.Due }

// Miss implements Pending. A retraction may have ended anything.
func (t *Timer) Miss(kind Kind) {
	if kind == KindTimerEnded || kind == KindEntryRetracted {
		t.Hidden = t.Ended.IsZero()
	}
}

// Over implements Pending.
func (t *Timer) Over() time.Time { return t.Ended }

// timerTitle is what a timer reminds of; its id if that is not known.
func timerTitle(inc *Incident, id string) string {
	if timer := inc.Timer(id); timer != nil && timer.Title != WithheldText {
		return timer.Title
	}
	return id
}

// KindTimerSet is the kind of [TimerSet].
const KindTimerSet Kind = "timer.set"

// TimerSet records a time at which to be reminded.
type TimerSet struct {
	Timer string    `json:"timer" names:"timer"`
	Title string    `json:"title" part:"notes" text:"said"`
	Due   time.Time `json:"due"`
	Step  string    `json:"step,omitempty"`
}

// Kind is KindTimerSet.
func (*TimerSet) Kind() Kind { return KindTimerSet }

// maxTimer is how far ahead a timer can be set.
const maxTimer = 366 * 24 * time.Hour

// SetTimer makes timer.set.
type SetTimer struct {
	Title, Step string
	Due         time.Time
}

func (SetTimer) kind() Kind { return KindTimerSet }

func (c SetTimer) decide(d *decision) Data {
	d.need("title", "what to be reminded of", c.Title, MaxTitle)
	if c.Step != "" && d.find(c.Step) == nil {
		return nil
	}
	if !c.Due.After(d.stamp.Recorded) || c.Due.Sub(d.stamp.Recorded) > maxTimer {
		return d.refuse(Refusal{Reason: Invalid, Field: "due", Text: "A timer is set for a time to come, within a year."})
	}
	return &TimerSet{Timer: newNamer(d.inc).next("timer"), Title: c.Title, Step: c.Step, Due: c.Due.UTC().Truncate(time.Second)}
}

func (data *TimerSet) makes() called { return called{thing: thing{"timer", data.Timer}} }

func (data *TimerSet) effect(inc *Incident, e *Entry) {
	at := len(inc.Timers)
	for at > 0 && compareFirst(&inc.Log[inc.Timers[at-1].Seq-1], e) > 0 {
		at-- // they are listed as they were recorded: in a log that others were merged into, and looking back, too
	}
	inc.Timers = slices.Insert(slices.Clip(inc.Timers), at, Timer{ID: data.Timer, Title: data.Title, Step: data.Step, Due: data.Due, By: e.By.Name, Set: e.When(), Seq: e.Seq})
}

func (data *TimerSet) describe(*Incident, Entry) string {
	return fmt.Sprintf("timer for %s: %s", data.Due.UTC().Format("2006-01-02 15:04:05 UTC"), data.Title)
}

// KindTimerEnded is the kind of [TimerEnded].
const KindTimerEnded Kind = "timer.ended"

// TimerEnded records that a timer is over: done, or no longer wanted.
type TimerEnded struct {
	Timer string `json:"timer" names:"timer"`
	Why   string `json:"why,omitempty" part:"notes" text:"amend"`
}

// Kind is KindTimerEnded.
func (*TimerEnded) Kind() Kind { return KindTimerEnded }

// EndTimer makes timer.ended.
type EndTimer struct{ Timer, Why string }

func (EndTimer) kind() Kind { return KindTimerEnded }

func (c EndTimer) decide(d *decision) Data {
	d.text("why", "the reason", c.Why, MaxText)
	timer := d.inc.Timer(c.Timer)
	if timer == nil || !timer.Ended.IsZero() {
		return d.none(NounTimer, c.Timer)
	}
	return &TimerEnded{Timer: timer.ID, Why: c.Why}
}

func (data *TimerEnded) effect(inc *Incident, e *Entry) {
	if timer := inc.Timer(data.Timer); timer != nil {
		timer.Ended, timer.Why, timer.Hidden = e.When(), data.Why, false
	} else {
		inc.Unresolved++
	}
}

func (data *TimerEnded) describe(inc *Incident, _ Entry) string {
	return "timer over: " + timerTitle(inc, data.Timer) + said(data.Why)
}
