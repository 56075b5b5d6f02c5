package statetest

import (
	"pgregory.net/rapid"

	"muster/state"
)

// drillKinds make the data of the kinds that only a drill has, and of a review.
var drillKinds = []func(t *rapid.T) state.Data{
	func(t *rapid.T) state.Data {
		do := state.ExerciseDo(rapid.SampledFrom([]string{"start", "pause", "resume", "speed", "jump", "?"}).Draw(t, "do"))
		return &state.ExerciseSet{Do: do, Running: rapid.Bool().Draw(t, "running"), Speed: rapid.IntRange(-1, 99).Draw(t, "speed"), AtMillis: number(t)}
	},
	func(t *rapid.T) state.Data {
		d := &state.InjectDelivered{
			Inject: name().Draw(t, "inject"), Number: rapid.IntRange(1, 9).Draw(t, "number"), Again: rapid.Bool().Draw(t, "again"),
			From: text(t), To: name().Draw(t, "to"), Via: text(t), Text: text(t),
		}
		if rapid.Bool().Draw(t, "more") {
			d.Files = []state.Kept{{Name: text(t), SHA256: state.Sum([]byte(text(t))), Size: number(t)}}
			d.World = map[string]string{name().Draw(t, "service"): text(t)}
		}
		return d
	},
	func(t *rapid.T) state.Data {
		return &state.InjectHeld{Ref: name().Draw(t, "ref"), Released: rapid.Bool().Draw(t, "released"), Why: text(t)}
	},
	func(t *rapid.T) state.Data { return &state.InjectSkipped{Ref: name().Draw(t, "ref"), Why: text(t)} },
	func(t *rapid.T) state.Data {
		return &state.InjectAcknowledged{Inject: name().Draw(t, "inject"), Number: rapid.IntRange(1, 9).Draw(t, "number"), Note: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.ObjectiveRated{Objective: name().Draw(t, "objective"), Title: text(t), Rating: state.Rating(text(t)), Note: text(t)}
	},
	func(t *rapid.T) state.Data { return &state.CauseStated{Text: text(t), Factors: []string{text(t)}} },
	func(t *rapid.T) state.Data { return &state.ActionPlanned{What: text(t), Owner: text(t), Due: text(t)} },
	func(t *rapid.T) state.Data {
		return &state.ActionDone{Action: rapid.Uint64Range(1, 99).Draw(t, "action"), Note: text(t)}
	},
	func(t *rapid.T) state.Data {
		return &state.ObservationAdded{Text: text(t), Mark: state.Mark(text(t)), Objective: name().Draw(t, "objective")}
	},
}
