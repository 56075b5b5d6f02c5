package state

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"muster/runbooks"
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

// inDrill refuses what only a drill has.
func (d *decision) inDrill() bool {
	if d.inc.Mode == Drill {
		return true
	}
	d.refuse(Refusal{Reason: NotDrill, Text: "This is a live incident: it has no exercise clock, no injects and no ratings.", Hint: "Start a drill for that: muster start --drill."})
	return false
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

// KindExerciseSet is the kind of [ExerciseSet].
const KindExerciseSet Kind = "exercise.clock"

// ExerciseSet records how the exercise clock goes on from the entry's time.
type ExerciseSet struct {
	Do       ExerciseDo `json:"do"`
	Running  bool       `json:"running"`
	Speed    int        `json:"speed"` // exercise seconds a second: 1 to 60
	AtMillis int64      `json:"at_ms"` // exercise time at that moment, since the start
}

// Kind is KindExerciseSet.
func (*ExerciseSet) Kind() Kind { return KindExerciseSet }

// SetExercise makes exercise.clock.
type SetExercise struct {
	Do    ExerciseDo
	Speed int           // for speed, and for start if not 0: 1 to 60
	To    time.Duration // for jump: the exercise time to go to
}

func (SetExercise) kind() Kind { return KindExerciseSet }

func (c SetExercise) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	if !d.action.Occurred.IsZero() {
		return d.refuse(Refusal{Reason: Invalid, Text: "The exercise clock is set now, at no other time."})
	}
	x := &d.inc.Exercise
	now := x.Now()
	data := &ExerciseSet{Do: c.Do, Running: now.Running, Speed: now.Speed, AtMillis: x.At(d.stamp.Recorded).Milliseconds()}
	switch c.Do {
	case ExerciseStart, ExercisePause, ExerciseResume:
		return d.runExercise(c, data)
	case ExerciseSpeed:
		if !goodSpeed(c.Speed) {
			return d.badSpeed(c.Speed)
		}
		if c.Speed == now.Speed {
			return d.refuse(Refusal{Reason: AlreadySo, Seq: now.Seq, Text: fmt.Sprintf("The exercise clock runs ×%d already.", c.Speed)})
		}
		data.Speed = c.Speed
	case ExerciseJump:
		if c.To < 0 || c.To > runbooks.MaxExercise {
			return d.refuse(Refusal{Reason: Invalid, Field: "to", Text: fmt.Sprintf("The exercise clock goes from +0:00 to %s.", runbooks.ExerciseTime(runbooks.MaxExercise))})
		}
		data.AtMillis = c.To.Milliseconds()
	default:
		return d.refuse(Refusal{Reason: Invalid, Field: "do", Text: fmt.Sprintf("%q cannot be done to the exercise clock.", c.Do), Hint: "It is one of start, pause, resume, speed, jump."})
	}
	return data
}

// runExercise lets the clock run or stand.
func (d *decision) runExercise(c SetExercise, data *ExerciseSet) Data {
	x := &d.inc.Exercise
	now := x.Now()
	switch {
	case c.Do == ExerciseStart && x.Started():
		return d.refuse(Refusal{Reason: AlreadySo, Seq: now.Seq, Text: "The exercise clock was started already.", Hint: "Resume it, or jump."})
	case c.Do == ExercisePause && !now.Running:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: now.Seq, Text: "The exercise clock stands already."})
	case c.Do == ExerciseResume && !x.Started():
		return d.refuse(Refusal{Reason: WrongStatus, Text: "The exercise clock was never started.", Hint: "Start it."})
	case c.Do == ExerciseResume && now.Running:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: now.Seq, Text: "The exercise clock runs already."})
	}
	data.Running = c.Do != ExercisePause
	if c.Do == ExerciseStart && c.Speed != 0 {
		if !goodSpeed(c.Speed) {
			return d.badSpeed(c.Speed)
		}
		data.Speed = c.Speed
	}
	return data
}

func goodSpeed(speed int) bool { return speed >= 1 && speed <= 60 }

func (d *decision) badSpeed(speed int) Data {
	return d.refuse(Refusal{Reason: Invalid, Field: "speed", Text: fmt.Sprintf("The exercise clock cannot run ×%d.", speed), Hint: "It runs ×1 to ×60."})
}

// maxAt bounds the exercise time of a log that no muster wrote: ten years, in
// milliseconds.
const maxAt = 10 * 366 * 24 * 3600 * 1000

func (data *ExerciseSet) effect(inc *Incident, e *Entry) {
	x := &inc.Exercise
	x.Settings = append(slices.Clip(x.Settings), ClockSetting{
		Do: data.Do, Running: data.Running, Speed: min(max(data.Speed, 1), 60), At: time.Duration(min(max(data.AtMillis, 0), maxAt)) * time.Millisecond,
		Since: e.Recorded, By: e.By.Name, Seq: e.Seq,
	})
}

func (data *ExerciseSet) describe(*Incident, Entry) string {
	at := runbooks.ExerciseTime(time.Duration(data.AtMillis) * time.Millisecond)
	switch data.Do {
	case ExerciseStart:
		return fmt.Sprintf("exercise clock started at %s, ×%d", at, data.Speed)
	case ExercisePause:
		return "exercise clock paused at " + at
	case ExerciseResume:
		return fmt.Sprintf("exercise clock resumed at %s, ×%d", at, data.Speed)
	case ExerciseSpeed:
		return fmt.Sprintf("exercise clock runs ×%d from %s", data.Speed, at)
	}
	return "exercise clock set to " + at
}

// stepExercise lets the exercise clock go on as it did, although the machine's clock
// was set. With several machines it cannot be known whose clock the exercise goes by,
// so that nothing is done then: a facilitator who sees it jump sets it back.
func stepExercise(inc *Incident, e *Entry, data *ClockStepped) {
	x := &inc.Exercise
	now := x.Now()
	if !now.Running || !oneMachine(inc) {
		return
	}
	by := time.Duration(data.ByMillis) * time.Millisecond
	now.At, now.Since, now.Stepped = now.at(e.Recorded.Add(-by)), e.Recorded, by
	now.Seq = e.Seq
	x.Settings = append(slices.Clip(x.Settings), now)
}
