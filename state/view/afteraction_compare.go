package view

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"muster/state"
	"muster/state/sorted"
)

// An AARComparison sets how long phases and steps took beside other incidents of the
// same runbook that were opened before.
type AARComparison struct {
	Others []AAROther `json:"others" doc:"oldest first"`
	Phases []AARTook  `json:"phases"`
	Steps  []AARTook  `json:"steps"`
}

// An AAROther is an incident that is compared with.
type AAROther struct {
	Incident string     `json:"id"`
	Title    string     `json:"title"`
	Mode     state.Mode `json:"mode"`
	Opened   *time.Time `json:"opened,omitempty"`
	Version  string     `json:"runbook_version"`
}

// An AARTook is how long a phase or step took: this time, and at the median in
// earlier drills and live incidents. In drills the exercise clock counts. Of a phase that was
// not finished it goes to the last thing that was done.
type AARTook struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	This   *int64 `json:"this_seconds,omitempty" doc:"left out if it was not done, or its beginning is not in the log"`
	Drills *int64 `json:"drills_median_seconds,omitempty"`
	NDrill int    `json:"drills"`
	Lives  *int64 `json:"live_median_seconds,omitempty"`
	NLive  int    `json:"live"`
	// Phases alone have these.
	Open      int `json:"open_steps,omitempty" doc:"of a phase that was not finished this time"`
	Of        int `json:"steps,omitempty" doc:"all steps of such a phase"`
	OpenDrill int `json:"drills_not_finished,omitempty" doc:"of the drills counted, those that did not finish the phase"`
	OpenLive  int `json:"live_not_finished,omitempty"`
}

// compare computes the comparison. Others that run another runbook, or were opened
// later, are left out.
func compare(inc *state.Incident, others []*state.Incident) AARComparison {
	c := AARComparison{Others: []AAROther{}, Phases: []AARTook{}, Steps: []AARTook{}}
	others = openedBefore(inc, others)
	took := make([]map[string]int64, len(others))
	for i, other := range others {
		took[i] = durations(other)
		c.Others = append(c.Others, AAROther{Incident: IDOf(other), Title: other.Title, Mode: other.Mode, Opened: moment(other.OpenedAt), Version: other.Books[0].Runbook.Version})
	}
	mine := durations(inc)
	row := func(key, id, name string) AARTook {
		t := AARTook{ID: id, Name: name, This: find(mine, key)}
		var drills, lives []int64
		for i, other := range others {
			n := find(took[i], key)
			if n == nil {
				continue
			}
			values, unfinished := &lives, &t.OpenLive
			if other.Mode == state.Drill {
				values, unfinished = &drills, &t.OpenDrill
			}
			*values = append(*values, *n)
			if open, _ := openIn(other, key); open > 0 {
				*unfinished++
			}
		}
		t.Drills, t.NDrill, t.Lives, t.NLive = median(drills), len(drills), median(lives), len(lives)
		return t
	}
	for i := range inc.Phases {
		p := &inc.Phases[i]
		t := row("phase "+p.ID, p.ID, fmt.Sprintf("%d %s", p.Number, p.Def.Title))
		if open, of := openIn(inc, "phase "+p.ID); t.This != nil && open > 0 {
			t.Open, t.Of = open, of
		}
		c.Phases = append(c.Phases, t)
	}
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if t := row("step "+s.ID, s.ID, s.Name()); !s.Empty && (t.This != nil || t.NDrill+t.NLive > 0) {
			c.Steps = append(c.Steps, t)
		}
	}
	return c
}

// openIn counts the steps of a phase that are open, and all of it; none of what is no phase.
func openIn(inc *state.Incident, key string) (open, of int) {
	for p := range inc.Phases {
		if phase := &inc.Phases[p]; key == "phase "+phase.ID && len(inc.Books) > 0 {
			tally := inc.Tally(p)
			return tally.Total - tally.Done - tally.Skipped - tally.Failed - tally.NotNeeded, tally.Total
		}
	}
	return 0, 0
}

func find(took map[string]int64, key string) *int64 {
	if n, ok := took[key]; ok {
		return &n
	}
	return nil
}

// openedBefore are the incidents of the same runbook that were opened before, oldest first.
func openedBefore(inc *state.Incident, others []*state.Incident) []*state.Incident {
	var list []*state.Incident
	for _, other := range others {
		if other == nil || len(other.Books) == 0 || len(inc.Books) == 0 || other.Head.Hash == inc.Head.Hash || other.ID == inc.ID {
			continue
		}
		if other.Books[0].Doc.ID == inc.Books[0].Doc.ID && !other.OpenedAt.After(inc.OpenedAt) {
			list = append(list, other)
		}
	}
	sorted.Stable(list, func(a, b *state.Incident) int {
		return cmp.Or(a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// durations is how long each phase and step took that is done, in seconds: a step
// from its start, a phase from the first thing done in it to the last.
func durations(inc *state.Incident) map[string]int64 {
	took := make(map[string]int64)
	for p := range inc.Phases {
		phase := &inc.Phases[p]
		var first, last time.Time
		for i := phase.First; i < phase.First+phase.Count && i < len(inc.Steps); i++ {
			s := &inc.Steps[i]
			if s.Status != state.Done || s.Ended.IsZero() || mayHaveMoved(inc, s.Ended) {
				continue
			}
			begin := s.Ended
			if !s.Started.IsZero() && s.Started.Before(s.Ended) {
				begin = s.Started
				took["step "+s.ID] = int64(inc.Exercise.Elapsed(s.Started, s.Ended) / time.Second)
			}
			if first.IsZero() || begin.Before(first) {
				first = begin
			}
			if s.Ended.After(last) {
				last = s.Ended
			}
		}
		if l := &inc.Redacted; last.After(first) && l.Steps|l.Services|l.Added|l.Corrected == 0 { // else more may have been done in it
			took["phase "+phase.ID] = int64(inc.Exercise.Elapsed(first, last) / time.Second)
		}
	}
	return took
}

// median is the middle value, or the mean of the middle two; nil of none.
func median(values []int64) *int64 {
	n := len(values)
	if n == 0 {
		return nil
	}
	values = slices.Sorted(slices.Values(values))
	m := values[n/2]
	if n%2 == 0 {
		m = (values[n/2-1] + m) / 2
	}
	return &m
}
