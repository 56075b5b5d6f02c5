package state

import (
	"maps"
	"slices"
	"time"
)

// An Exercise is what a drill has beyond an incident: its scenario, its clock, and
// what was delivered, rated and observed. In a live incident it is empty.
type Exercise struct {
	Scenario     *SealedScenario // nil if it has none
	Settings     []ClockSetting  // of the exercise clock, oldest first
	Delivered    []Delivery      // in the order of their first delivery
	Held         map[string]Held // by [InjectRef]
	Skipped      map[string]Held // by [InjectRef]
	Ratings      []Rated         // oldest first: the last one of an objective counts
	Observations []Observation   // oldest first
}

// clone is a copy that can be changed.
func (x Exercise) clone() Exercise {
	x.Settings, x.Delivered = slices.Clone(x.Settings), slices.Clone(x.Delivered)
	x.Held, x.Skipped = maps.Clone(x.Held), maps.Clone(x.Skipped)
	x.Ratings, x.Observations = slices.Clone(x.Ratings), slices.Clone(x.Observations)
	return x
}

// A ClockSetting is how the exercise clock goes on from an entry.
type ClockSetting struct {
	Do      ExerciseDo
	Running bool
	Speed   int           // exercise seconds a second: 1 to 60
	At      time.Duration // exercise time at Since
	Since   time.Time
	Stepped time.Duration // by how much the machine's clock was set in the moment before Since
	By      string
	Seq     uint64
}

// Started reports whether the exercise clock ever ran.
func (x *Exercise) Started() bool {
	return slices.ContainsFunc(x.Settings, func(s ClockSetting) bool { return s.Running })
}

// Now is how the exercise clock is set: it stands at +0:00 until it is started.
func (x *Exercise) Now() ClockSetting {
	if len(x.Settings) == 0 {
		return ClockSetting{Speed: 1}
	}
	return x.Settings[len(x.Settings)-1]
}

// At is the exercise time at now.
func (x *Exercise) At(now time.Time) time.Duration { return x.Now().at(now) }

// at is the exercise time at a moment of this setting. A wall clock that is behind
// counts as one that has not moved.
func (s ClockSetting) at(now time.Time) time.Duration {
	if !s.Running {
		return s.At
	}
	return s.At + time.Duration(s.Speed)*min(max(0, now.Sub(s.Since)), longest)
}

// longest bounds what is counted of one setting, so that no number overflows.
const longest = 365 * 24 * time.Hour

// AtEntry is the exercise time at which an entry was recorded.
func (x *Exercise) AtEntry(e Entry) time.Duration {
	var last ClockSetting
	for _, s := range x.Settings {
		if s.Seq <= e.Seq {
			last = s
		}
	}
	return last.at(e.Recorded)
}

// Elapsed is how long the exercise clock ran between two moments: pauses and jumps
// are not counted, and at ×20 a minute counts as twenty. In a drill whose clock
// never ran, and in a live incident, it is the time that passed.
func (x *Exercise) Elapsed(from, to time.Time) time.Duration {
	if !x.Started() {
		return max(0, to.Sub(from))
	}
	var total time.Duration
	for i, s := range x.Settings {
		begin, end := s.Since, to
		if i+1 < len(x.Settings) && x.Settings[i+1].Since.Before(to) {
			end = x.Settings[i+1].Since.Add(-x.Settings[i+1].Stepped)
		}
		if from.After(begin) {
			begin = from
		}
		if s.Running && end.After(begin) {
			total += min(end.Sub(begin), longest) * time.Duration(s.Speed)
		}
	}
	return total
}

// WallTime is when, by the machine's clock, the exercise clock will show at; false
// if it stands or is past that.
func (x *Exercise) WallTime(at time.Duration, now time.Time) (time.Time, bool) {
	s := x.Now()
	left := at - x.At(now)
	if !s.Running || left < 0 {
		return time.Time{}, false
	}
	return now.Add(left / time.Duration(s.Speed)), true
}

// An ExerciseDo is what is done to the exercise clock.
type ExerciseDo string

// What can be done to the exercise clock.
const (
	ExerciseStart  ExerciseDo = "start"
	ExercisePause  ExerciseDo = "pause"
	ExerciseResume ExerciseDo = "resume"
	ExerciseSpeed  ExerciseDo = "speed"
	ExerciseJump   ExerciseDo = "jump"
)

// A Held is who held or skipped an inject, and why.
type Held struct {
	Why  string
	By   string
	When time.Time
	Seq  uint64
}

// A SealedScenario names the scenario of a drill in the log's first entry, so that
// it can be proven later which one was played. Its text is kept beside the log.
type SealedScenario struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	SHA256 Hash   `json:"sha256"` // of its file
}
