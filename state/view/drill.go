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
	Acked     string             `json:"acknowledged_after,omitempty" doc:"a time as on the exercise clock; left out if nobody has"`
	Answered  string             `json:"answered_after,omitempty" doc:"left out if no answer was linked"`
	NextBy    state.NextBy       `json:"next_act_of,omitempty" doc:"whose next act is meant; left out if there is none"`
	NextAct   *Text              `json:"next_act_after,omitempty" null:"what came after it is withheld" doc:"the first act after it of whom it was to, whatever it is about; left out if there is none"`
}

// An Objective is an objective of the scenario, and how it was rated.
type Objective struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Ratings []Rating `json:"ratings" doc:"the last of each who rated it"`
}

// A Rating is how well somebody found that an objective was met.
type Rating struct {
	Rating state.Rating `json:"rating"`
	By     string       `json:"by"`
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
	d := Drill{Head: HeadOf(inc), Clock: ExerciseClockOf(&inc.Exercise, inc.Until(now)), Injects: []Inject{}, Since: []Entry{}, Objectives: []Objective{}}
	came, last := map[string]*state.Response{}, uint64(0)
	for _, r := range inc.Responses() {
		came[r.Inject] = &r
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
		d.plan(inc, scenario, now, came)
	}
	for i := range inc.Exercise.Delivered {
		if out := &inc.Exercise.Delivered[i]; out.AdHoc() {
			one := Inject{ID: out.Inject, Number: out.Number, Delivered: runbooks.ExerciseTime(out.At), To: out.To, Title: out.Text, Status: state.InjectIsOut}
			one.came(came[out.Inject])
			d.Injects = append(d.Injects, one)
		}
	}
	return d, nil
}

// came takes in what became of an inject; nil if it was not delivered.
func (in *Inject) came(r *state.Response) {
	if r == nil {
		return
	}
	if r.Acked != nil {
		in.Acked = runbooks.ExerciseTime(r.AckedAfter)
	}
	if r.Link != nil {
		in.Answered = runbooks.ExerciseTime(r.AnsweredAfter)
	}
	if r.NextAct.Seq != 0 {
		after := Text(runbooks.ExerciseTime(r.NextAfter))
		in.NextAct, in.NextBy = &after, r.NextBy
	} else if r.Untold {
		in.NextAct = new(Text)
	}
}

func (d *Drill) plan(inc *state.Incident, scenario *runbooks.Scenario, now time.Time, came map[string]*state.Response) {
	d.Scenario = scenario.Title
	for _, p := range inc.Exercise.Plan(scenario, now) {
		one := Inject{ID: p.ID, Scenario: p.Number, To: p.To, Title: p.Title, Status: p.Status, Expect: p.Expect}
		one.came(came[p.ID])
		switch {
		case p.Delivery != nil:
			one.Number, one.Delivered = p.Delivery.Number, runbooks.ExerciseTime(p.Due)
		case p.HasDue:
			one.Planned = runbooks.ExerciseTime(p.Due)
		}
		d.Injects = append(d.Injects, one)
	}
	for _, o := range scenario.Objectives {
		one := Objective{ID: o.ID, Title: o.Title, Ratings: []Rating{}}
		for _, r := range inc.Exercise.RatingsOf(o.ID) {
			one.Ratings = append(one.Ratings, Rating{r.Rating, r.By})
		}
		d.Objectives = append(d.Objectives, one)
	}
}
