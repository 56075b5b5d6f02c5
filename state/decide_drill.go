package state

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/runbooks"
)

// maxKept bounds the files that come with one inject.
const maxKept = 20

// inDrill refuses what only a drill has.
func (d *decision) inDrill() bool {
	if d.inc.Mode == Drill {
		return true
	}
	d.refuse(Refusal{Reason: NotDrill, Text: "This is a live incident: it has no exercise clock, no injects and no ratings.", Hint: "Start a drill for that: muster start --drill."})
	return false
}

// scenario checks the scenario that a drill is opened with.
func (d *decision) scenario(mode Mode, sealed *SealedScenario) {
	switch {
	case sealed == nil:
	case mode != Drill:
		d.refuse(Refusal{Reason: NotDrill, Text: "A scenario is for a drill, and this would be a live incident.", Hint: "Start it as a drill."})
	case sealed.SHA256.IsZero() || !plainID(sealed.ID):
		d.refuse(Refusal{Reason: Invalid, Text: "The scenario has no id or no hash."})
	default:
		d.need("the scenario's title", sealed.Title, 4*MaxTitle)
	}
}

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
			return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("The exercise clock goes from +0:00 to %s.", runbooks.ExerciseTime(runbooks.MaxExercise))})
		}
		data.AtMillis = c.To.Milliseconds()
	default:
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be done to the exercise clock.", c.Do), Hint: "It is one of start, pause, resume, speed, jump."})
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
	return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("The exercise clock cannot run ×%d.", speed), Hint: "It runs ×1 to ×60."})
}

func (c DeliverInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	if !plainID(c.Inject) || strings.HasPrefix(c.Inject, adHoc) {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be the id of a scenario's inject.", c.Inject)})
	}
	d.message(c.From, c.To, c.Via, c.Text)
	if len(c.Files) > maxKept {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("At most %d files come with one inject.", maxKept)})
	}
	for _, file := range c.Files {
		d.need("the file's name", file.Name, MaxTitle)
		if file.SHA256.IsZero() || file.Size < 0 {
			d.refuse(Refusal{Reason: Missing, Text: "The file's hash is missing."})
		}
	}
	data := &InjectDelivered{Inject: c.Inject, Number: d.inc.Exercise.nextNumber(), Again: c.Again, From: c.From, To: c.To, Via: c.Via, Text: c.Text, Files: c.Files}
	before := d.inc.Exercise.Delivery(c.Inject)
	switch {
	case before != nil && !c.Again:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: before.Seq, Text: fmt.Sprintf("The inject %s was delivered by %s at %s, as number %d.", c.Inject, before.By, d.clock(before.When), before.Number),
			Hint: "Repeat it if it was not heard."})
	case before == nil && c.Again:
		return d.refuse(Refusal{Reason: WrongStatus, Text: fmt.Sprintf("The inject %s was not delivered yet.", c.Inject), Hint: "Deliver it."})
	case before != nil:
		data.Number = before.Number
	}
	return data
}

// message checks what the players are told.
func (d *decision) message(from, to, via, text string) {
	d.need("who speaks", from, 4*MaxTitle)
	d.need("the way it comes", via, 4*MaxTitle)
	d.need("the text", text, MaxText)
	if to != runbooks.Everybody && d.inc.Role(to) == nil {
		d.noRole(to)
	}
}

func (c AddInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.message(c.From, c.To, c.Via, c.Text)
	for _, id := range slices.Sorted(maps.Keys(c.World)) {
		if d.inc.Service(id) == nil {
			return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no service %q in this incident.", id)})
		}
		if _, err := runbooks.ParseSeen(c.World[id]); err != nil {
			return d.refuse(Refusal{Reason: Invalid, Text: capital(err.Error()) + "."})
		}
		d.text("what is seen", c.World[id], 4*MaxTitle)
	}
	return &InjectDelivered{Inject: d.inc.Exercise.nextAdHoc(), Number: d.inc.Exercise.nextNumber(), From: c.From, To: c.To, Via: c.Via, Text: c.Text, World: c.World}
}

func (c HoldInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.text("the reason", c.Why, MaxText)
	if len(c.Ref) != refLength {
		return d.refuse(Refusal{Reason: Invalid, Text: "This does not name an inject."})
	}
	held, was := d.inc.Exercise.Held[c.Ref]
	switch {
	case was && !c.Release:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: held.Seq, Text: fmt.Sprintf("This inject is held already, by %s.", held.By)})
	case !was && c.Release:
		return d.refuse(Refusal{Reason: WrongStatus, Text: "This inject is not held."})
	}
	return &InjectHeld{Ref: c.Ref, Released: c.Release, Why: c.Why}
}

func (c SkipInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.need("why it is skipped", c.Why, MaxText)
	if len(c.Ref) != refLength {
		return d.refuse(Refusal{Reason: Invalid, Text: "This does not name an inject."})
	}
	if skipped, was := d.inc.Exercise.Skipped[c.Ref]; was {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: skipped.Seq, Text: fmt.Sprintf("This inject was skipped already, by %s.", skipped.By)})
	}
	return &InjectSkipped{Ref: c.Ref, Why: c.Why}
}

func (c AcknowledgeInject) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.text("the note", c.Note, MaxText)
	got := d.inc.Exercise.Find(c.Inject)
	if got == nil {
		return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("No inject %q was delivered.", c.Inject), Hint: "Name it by its number."})
	}
	for _, ack := range got.Acks {
		if ack.By == d.stamp.By.Name && c.Note == "" {
			return d.refuse(Refusal{Reason: AlreadySo, Seq: ack.Seq, Text: fmt.Sprintf("You acknowledged inject %d at %s.", got.Number, d.clock(ack.When))})
		}
	}
	return &InjectAcknowledged{Inject: got.Inject, Number: got.Number, Note: c.Note}
}

func (c RateObjective) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.text("the title", c.Title, 4*MaxTitle)
	d.text("the note", c.Note, MaxText)
	switch {
	case !plainID(c.Objective):
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be an objective's id.", c.Objective)})
	case !slices.Contains(Ratings(), c.Rating):
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("There is no rating %q.", c.Rating),
			Hint: "P is performed without challenges, S with some, M with major challenges, U unable to be performed."})
	}
	return &ObjectiveRated{Objective: c.Objective, Title: c.Title, Rating: c.Rating, Note: c.Note}
}

func (c AddObservation) decide(d *decision) Data {
	if !d.inDrill() {
		return nil
	}
	d.need("the observation", c.Text, MaxText)
	switch {
	case c.Mark != Strength && c.Mark != Improve:
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("An observation is of a strength or of something to improve, not %q.", c.Mark)})
	case c.Objective != "" && !plainID(c.Objective):
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be an objective's id.", c.Objective)})
	}
	data := ObservationAdded(c)
	return &data
}
