package state

import (
	"fmt"
	"slices"

	"muster/runbooks"
)

// RatingsOf is the last rating of an objective by each person who rated it, in the
// order in which they first did. Evaluators need not agree: none stands for another.
func (x *Exercise) RatingsOf(objective string) []Rated {
	var list []Rated
	for _, r := range x.Ratings {
		if r.Objective != objective {
			continue
		}
		at := slices.IndexFunc(list, func(o Rated) bool { return runbooks.SameName(o.By, r.By) })
		if at < 0 || r.By == WithheldText {
			list = append(list, r)
		} else {
			list[at] = r
		}
	}
	return list
}

// RatingBy is the last rating of an objective by a person; nil if there is none.
func (x *Exercise) RatingBy(objective, person string) *Rated {
	for _, r := range x.RatingsOf(objective) {
		if runbooks.SameName(r.By, person) {
			return &r
		}
	}
	return nil
}

// KindObjectiveRated is the kind of [ObjectiveRated].
const KindObjectiveRated Kind = "objective.rated"

// ObjectiveRated records how well an objective was met.
type ObjectiveRated struct {
	Objective string `json:"objective"`
	Title     string `json:"title,omitempty" part:"notes"`
	Rating    Rating `json:"rating"`
	Note      string `json:"note,omitempty" part:"notes" text:"amend"`
}

// Kind is KindObjectiveRated.
func (*ObjectiveRated) Kind() Kind { return KindObjectiveRated }

// RateObjective makes objective.rated.
type RateObjective struct {
	Objective, Title string
	Rating           Rating
	Note             string
}

func (RateObjective) kind() Kind { return KindObjectiveRated }

func (c RateObjective) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.text("title", "the title", c.Title, 4*MaxTitle)
	d.text("note", "the note", c.Note, MaxText)
	switch {
	case !plainID(c.Objective):
		return d.refuse(Refusal{Reason: Invalid, Field: "objective", Text: fmt.Sprintf("%q cannot be an objective's id.", c.Objective)})
	case !slices.Contains(Ratings(), c.Rating):
		return d.refuse(Refusal{Reason: Invalid, Field: "rating", Text: fmt.Sprintf("There is no rating %q.", c.Rating),
			Hint: "P is performed without challenges, S with some, M with major challenges, U unable to be performed."})
	}
	return &ObjectiveRated{Objective: c.Objective, Title: c.Title, Rating: c.Rating, Note: c.Note}
}

func (data *ObjectiveRated) effect(inc *Incident, e *Entry) {
	x := &inc.Exercise
	x.Ratings = append(slices.Clip(x.Ratings), Rated{
		Objective: data.Objective, Title: data.Title, Rating: data.Rating, Note: data.Note, By: e.By.Name, When: e.When(), Seq: e.Seq,
	})
}

func (data *ObjectiveRated) describe(*Incident, Entry) string {
	title := data.Title
	if title == "" || title == WithheldText {
		title = data.Objective
	}
	return fmt.Sprintf("rated the objective %q %s: %s", title, data.Rating, data.Rating.Title()) + said(data.Note)
}

// KindObservationAdded is the kind of [ObservationAdded].
const KindObservationAdded Kind = "observation.added"

// ObservationAdded records what went well or did not: what the facilitator of a drill saw, or
// who reviews a live incident.
type ObservationAdded struct {
	Text      string `json:"text" part:"notes" text:"amend"`
	Mark      Mark   `json:"mark"`
	Objective string `json:"objective,omitempty"`
}

// Kind is KindObservationAdded.
func (*ObservationAdded) Kind() Kind { return KindObservationAdded }

// AddObservation makes observation.added.
type AddObservation ObservationAdded

func (AddObservation) kind() Kind { return KindObservationAdded }

func (c AddObservation) decide(d *decision) Data {
	d.need("text", "the observation", c.Text, MaxText)
	switch {
	case d.inc.Mode != Drill && c.Objective != "":
		return d.refuse(Refusal{Reason: NotDrill, Field: "objective", Text: "This is a live incident, and has no objectives."})
	case c.Mark != Strength && c.Mark != Improve:
		return d.refuse(Refusal{Reason: Invalid, Field: "mark", Text: fmt.Sprintf("An observation is of a strength or of something to improve, not %q.", c.Mark)})
	case c.Objective != "" && !plainID(c.Objective):
		return d.refuse(Refusal{Reason: Invalid, Field: "objective", Text: fmt.Sprintf("%q cannot be an objective's id.", c.Objective)})
	}
	data := ObservationAdded(c)
	return &data
}

func (data *ObservationAdded) effect(inc *Incident, e *Entry) {
	x := &inc.Exercise
	x.Observations = append(slices.Clip(x.Observations), Observation{
		Text: data.Text, Mark: data.Mark, Objective: data.Objective, By: e.By.Name, When: e.When(), Seq: e.Seq,
	})
}

func (data *ObservationAdded) describe(*Incident, Entry) string {
	if data.Mark == Strength {
		return "observed a strength" + said(data.Text)
	}
	return "observed something to improve" + said(data.Text)
}
