package view

import (
	"cmp"
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Drill is where a drill stands for its facilitator.
type Drill struct {
	Head
	Scenario   string        `json:"scenario,omitempty" doc:"its title; left out if the drill plays none"`
	Clock      ExerciseClock `json:"clock"`
	Injects    []Inject      `json:"injects" doc:"of the scenario, then those made on the spot"`
	Since      []Entry       `json:"since" doc:"what the players did since the last inject"`
	Objectives []Objective   `json:"objectives"`
}

// An ExerciseClock is the clock by which injects fall due.
type ExerciseClock struct {
	Started bool   `json:"started"`
	Running bool   `json:"running"`
	Speed   int    `json:"speed" doc:"how much faster than time it runs"`
	Time    string `json:"time" doc:"exercise time"`
	Elapsed int64  `json:"elapsed_seconds" doc:"the same"`
}

// An Inject is a message to the players, and what came of it so far.
type Inject struct {
	ID        string             `json:"id"`
	Number    int                `json:"number,omitempty" doc:"under which it was delivered; left out if it was not"`
	Scenario  int                `json:"scenario_number,omitempty" doc:"its number in the scenario; one made on the spot has none"`
	Planned   string             `json:"planned,omitempty" doc:"exercise time at which it falls due; left out if it has none, or is out"`
	Delivered string             `json:"delivered,omitempty" doc:"exercise time"`
	To        string             `json:"to"`
	Title     string             `json:"title"`
	Status    state.InjectStatus `json:"status"`
	Expect    string             `json:"expect,omitempty"`
	Answered  *Text              `json:"answered_after,omitempty" null:"what may answer it is withheld" doc:"a time as on the exercise clock; left out if nobody has"`
}

// An Objective is an objective of the scenario, and how it was rated.
type Objective struct {
	ID     string       `json:"id"`
	Title  string       `json:"title"`
	Rating state.Rating `json:"rating,omitempty"`
}

// ExerciseClockOf is the exercise clock at now.
func ExerciseClockOf(x *state.Exercise, now time.Time) ExerciseClock {
	set, at := x.Now(), x.At(now)
	return ExerciseClock{x.Started(), set.Running, set.Speed, runbooks.ExerciseTime(at), *whole(at)}
}

// When is when an inject falls due, or was delivered.
func (in *Inject) When() string { return cmp.Or(in.Delivered, in.Planned) }

// DrillOf is where a drill stands at now. scenario is nil if it plays none. The error
// says that an entry records what is no JSON.
func DrillOf(inc *state.Incident, scenario *runbooks.Scenario, now time.Time) (Drill, error) {
	d := Drill{Head: HeadOf(inc), Clock: ExerciseClockOf(&inc.Exercise, now), Injects: []Inject{}, Since: []Entry{}, Objectives: []Objective{}}
	answers, last := map[string]*Text{}, uint64(0)
	for _, r := range inc.Responses() {
		if r.Answered() {
			after := Text(runbooks.ExerciseTime(r.After()))
			answers[r.Inject] = &after
		} else if r.Untold {
			answers[r.Inject] = new(Text)
		}
		last = max(last, r.Times[len(r.Times)-1])
	}
	for _, e := range inc.PlayerEntries(last) {
		one, err := EntryAt(inc, e.Seq)
		if err != nil {
			return d, err
		}
		d.Since = append(d.Since, one)
	}
	if scenario != nil {
		d.plan(inc, scenario, now, answers)
	}
	for i := range inc.Exercise.Delivered {
		if out := &inc.Exercise.Delivered[i]; out.AdHoc() {
			d.Injects = append(d.Injects, Inject{
				ID: out.Inject, Number: out.Number, Delivered: runbooks.ExerciseTime(out.At), To: out.To, Title: out.Text,
				Status: state.InjectIsOut, Answered: answers[out.Inject],
			})
		}
	}
	return d, nil
}

func (d *Drill) plan(inc *state.Incident, scenario *runbooks.Scenario, now time.Time, answers map[string]*Text) {
	d.Scenario = scenario.Title
	for _, p := range inc.Exercise.Plan(scenario, now) {
		one := Inject{ID: p.ID, Scenario: p.Number, To: p.To, Title: p.Title, Status: p.Status, Expect: p.Expect, Answered: answers[p.ID]}
		switch {
		case p.Delivery != nil:
			one.Number, one.Delivered = p.Delivery.Number, runbooks.ExerciseTime(p.Due)
		case p.HasDue:
			one.Planned = runbooks.ExerciseTime(p.Due)
		}
		d.Injects = append(d.Injects, one)
	}
	for _, o := range scenario.Objectives {
		one := Objective{ID: o.ID, Title: o.Title}
		if r := inc.Exercise.Rating(o.ID); r != nil {
			one.Rating = r.Rating
		}
		d.Objectives = append(d.Objectives, one)
	}
}
