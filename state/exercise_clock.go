package state

import (
	"fmt"
	"slices"
	"time"

	"muster/runbooks"
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
		return d.refuse(Refusal{Reason: AlreadySo, Seq: now.Seq, Text: "The exercise clock was started already.", Hint: "Resume it, or jump.", Acts: []Act{{Deed: DeedResumePlay}}})
	case c.Do == ExercisePause && !now.Running:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: now.Seq, Text: "The exercise clock stands already."})
	case c.Do == ExerciseResume && !x.Started():
		return d.refuse(Refusal{Reason: WrongStatus, Text: "The exercise clock was never started.", Hint: "Start it.", Acts: []Act{{Deed: DeedStartPlay}}})
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
		Since: recordedFirst(e), By: e.By.Name, Seq: e.Seq,
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
