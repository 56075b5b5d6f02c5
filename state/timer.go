package state

import (
	"fmt"
	"time"
)

// KindTimerSet is the kind of [TimerSet].
const KindTimerSet Kind = "timer.set"

// TimerSet records a time at which to be reminded.
type TimerSet struct {
	Timer string    `json:"timer"`
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
	return &TimerSet{Timer: newNamer(d.inc).timer(), Title: c.Title, Step: c.Step, Due: c.Due.UTC().Truncate(time.Second)}
}

func (data *TimerSet) makes() called { return called{thing: thing{"timer", data.Timer}} }

func (data *TimerSet) effect(inc *Incident, e *Entry) {
	inc.Timers = append(inc.Timers, Timer{ID: data.Timer, Title: data.Title, Step: data.Step, Due: data.Due, By: e.By.Name, Set: e.When(), Seq: e.Seq})
}

func (data *TimerSet) describe(*Incident, Entry) string {
	return fmt.Sprintf("timer for %s: %s", data.Due.UTC().Format("2006-01-02 15:04:05 UTC"), data.Title)
}

// KindTimerEnded is the kind of [TimerEnded].
const KindTimerEnded Kind = "timer.ended"

// TimerEnded records that a timer is over: done, or no longer wanted.
type TimerEnded struct {
	Timer string `json:"timer"`
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
