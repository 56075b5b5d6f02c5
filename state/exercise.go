package state

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
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

// A Delivery is an inject that the players have.
type Delivery struct {
	InjectDelivered
	When  time.Time     // of the first time
	At    time.Duration // exercise time of the first time
	By    string
	Seq   uint64   // of the first time
	Times []uint64 // the entries that delivered it, oldest first
	Acks  []Ack
}

// An Ack is a player's word that an inject has come.
type Ack struct {
	By   string
	When time.Time
	Note string
	Seq  uint64
}

// A Held is who held or skipped an inject, and why.
type Held struct {
	Why  string
	By   string
	When time.Time
	Seq  uint64
}

// A Rated is a rating of an objective.
type Rated struct {
	ObjectiveRated
	By   string
	When time.Time
	Seq  uint64
}

// An Observation is what the facilitator saw.
type Observation struct {
	ObservationAdded
	By   string
	When time.Time
	Seq  uint64
}

// adHoc begins the ids of injects that no scenario has.
const adHoc = "adhoc-"

const refLength = 16 // hexadecimal digits

// InjectRef names an inject that was not delivered in a way that players, who can
// read the log, can make nothing of.
func InjectRef(scenario Hash, inject string) string {
	sum := sha256.Sum256(append(scenario[:], inject...))
	return hex.EncodeToString(sum[:refLength/2])
}

// clone is a copy that can be changed.
func (x Exercise) clone() Exercise {
	x.Settings, x.Delivered = slices.Clone(x.Settings), slices.Clone(x.Delivered)
	x.Held, x.Skipped = maps.Clone(x.Held), maps.Clone(x.Skipped)
	x.Ratings, x.Observations = slices.Clone(x.Ratings), slices.Clone(x.Observations)
	return x
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

// Delivery is the inject of this id, if it was delivered; else nil.
func (x *Exercise) Delivery(inject string) *Delivery {
	for i := range x.Delivered {
		if x.Delivered[i].Inject == inject {
			return &x.Delivered[i]
		}
	}
	return nil
}

// Find is the inject that a person means: by id, or by the number under which it
// was delivered. nil if there is none.
func (x *Exercise) Find(ref string) *Delivery {
	if number, err := strconv.Atoi(strings.TrimPrefix(ref, "#")); err == nil {
		for i := range x.Delivered {
			if x.Delivered[i].Number == number {
				return &x.Delivered[i]
			}
		}
	}
	return x.Delivery(ref)
}

func (x *Exercise) nextNumber() int {
	number := 0
	for i := range x.Delivered {
		number = max(number, x.Delivered[i].Number)
	}
	return number + 1
}

func (x *Exercise) nextAdHoc() string {
	last := 0
	for i := range x.Delivered {
		if text, ok := strings.CutPrefix(x.Delivered[i].Inject, adHoc); ok {
			n, _ := strconv.Atoi(text)
			last = max(last, n)
		}
	}
	return fmt.Sprintf("%s%d", adHoc, last+1)
}

// AdHoc reports whether the inject was made on the spot.
func (d *Delivery) AdHoc() bool { return strings.HasPrefix(d.Inject, adHoc) }

// AckedBy reports whether a person acknowledged it.
func (d *Delivery) AckedBy(person string) bool {
	return slices.ContainsFunc(d.Acks, func(a Ack) bool { return a.By == person })
}

// Rating is the last rating of an objective; nil if it has none.
func (x *Exercise) Rating(objective string) *Rated {
	for i := len(x.Ratings) - 1; i >= 0; i-- {
		if x.Ratings[i].Objective == objective {
			return &x.Ratings[i]
		}
	}
	return nil
}

// Unacknowledged lists the injects that a person should acknowledge: those to a role
// that the person, or nobody, holds, while nobody has, and those to all that the
// person has not.
func (inc *Incident) Unacknowledged(person string) []*Delivery {
	var list []*Delivery
	for i := range inc.Exercise.Delivered {
		d := &inc.Exercise.Delivered[i]
		role := inc.Role(d.To)
		switch {
		case role == nil && d.AckedBy(person), role != nil && len(d.Acks) > 0:
		case role == nil || role.Person == "" || role.Person == person:
			list = append(list, d)
		}
	}
	return list
}
