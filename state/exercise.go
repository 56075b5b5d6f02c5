package state

import (
	"maps"
	"slices"
	"strings"
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
	Ratings      []Rated         // oldest first: the last one of a person counts, see [Exercise.RatingsOf]
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

// TimedAt reports whether it is known at which exercise time an entry was recorded: not if
// what is withheld may have set the clock before it, and nobody has set it since.
func (x *Exercise) TimedAt(seq uint64, lacks *Redacted) bool {
	if lacks.Exercise == 0 {
		return true
	}
	return slices.ContainsFunc(x.Settings, func(s ClockSetting) bool { return s.Seq <= seq && s.Seq > lacks.Exercise })
}

// Elapsed is how long the exercise clock ran between two moments: pauses and jumps
// are not counted, and at ×20 a minute counts as twenty. Before the clock ran first, in a
// drill whose clock never ran, and in a live incident, it is the time that passed.
func (x *Exercise) Elapsed(from, to time.Time) time.Duration {
	begun := slices.IndexFunc(x.Settings, func(s ClockSetting) bool { return s.Running })
	if begun < 0 || to.Before(x.Settings[begun].Since) {
		return max(0, to.Sub(from))
	}
	total := max(0, x.Settings[begun].Since.Sub(from))
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

// A Delivery is an inject that the players have.
type Delivery struct {
	Inject string // its id in the scenario; adhoc-1, adhoc-2 … if made on the spot
	Number int    // 1 for the first that was delivered
	From   string
	To     string // a role's id, or all
	Via    string
	Text   string
	Files  []Kept
	// World is what checks show from then on, by service, of an inject that was made
	// on the spot.
	World map[string]string

	When  time.Time     // of the first time
	At    time.Duration // exercise time of the first time
	By    string
	Seq   uint64   // of the first time
	Times []uint64 // the entries that delivered it, oldest first
	Acks  []Ack
}

// AdHoc reports whether the inject was made on the spot.
func (d *Delivery) AdHoc() bool { return strings.HasPrefix(d.Inject, adHoc) }

// AckedBy reports whether a person acknowledged it.
func (d *Delivery) AckedBy(person string) bool {
	return slices.ContainsFunc(d.Acks, func(a Ack) bool { return runbooks.SameName(a.By, person) })
}

// An Ack is a player's word that an inject has come.
type Ack struct {
	By   string
	When time.Time
	Note string
	// Entry is what was done in answer to the inject, if this says so: then it is no word
	// that the inject has come.
	Entry uint64
	Seq   uint64
}

// adHoc begins the ids of injects that no scenario has.
const adHoc = "adhoc-"

// A Kept is a file beside the log that comes with an entry.
type Kept struct {
	Name   string `json:"name"`
	SHA256 Hash   `json:"sha256"`
	Size   int64  `json:"size"` // bytes
}

// A Rating says how well an objective was met, by HSEEP's four letters.
type Rating string

// The ratings.
const (
	Performed Rating = "P" // without challenges
	SomeWhat  Rating = "S" // with some challenges
	Major     Rating = "M" // with major challenges
	Unable    Rating = "U" // unable to be performed
)

// Ratings lists every rating, the best first.
func Ratings() []Rating { return []Rating{Performed, SomeWhat, Major, Unable} }

// Title says the rating in words.
func (r Rating) Title() string {
	switch r {
	case Performed:
		return "performed without challenges"
	case SomeWhat:
		return "performed with some challenges"
	case Major:
		return "performed with major challenges"
	case Unable:
		return "unable to be performed"
	}
	return string(r)
}

// A Rated is a rating of an objective.
type Rated struct {
	Objective string // its id
	Title     string
	Rating    Rating
	Note      string
	By        string
	When      time.Time
	Seq       uint64
}

// An Observation is what somebody saw who evaluates a drill, or reviews an incident.
type Observation struct {
	Text      string
	Mark      Mark
	Objective string // the id of the one it is about; "" if of none
	By        string
	When      time.Time
	Seq       uint64
}

// A Mark says what an observation is for.
type Mark string

// The marks.
const (
	Strength Mark = "strength"
	Improve  Mark = "improve"
)
