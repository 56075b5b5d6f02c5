package state

import "time"

// The commands of a drill. All are refused in a live incident.
type (
	// SetExercise makes exercise.clock.
	SetExercise struct {
		Do    ExerciseDo
		Speed int           // for speed, and for start if not 0: 1 to 60
		To    time.Duration // for jump: the exercise time to go to
	}
	// DeliverInject makes inject.delivered, whatever the exercise clock says.
	DeliverInject struct {
		Inject, From, To, Via, Text string
		Files                       []Kept // put beside the log before
		Again                       bool   // it was delivered before, and is once more
	}
	// AddInject makes inject.delivered for one that no scenario has.
	AddInject struct {
		From, To, Via, Text string
		World               map[string]string // what checks show from now on, by service
	}
	HoldInject struct { // inject.held
		Ref, Why string
		Release  bool
	}
	SkipInject        struct{ Ref, Why string } // inject.skipped
	AcknowledgeInject struct {                  // inject.acknowledged
		Inject string // its id, or the number under which it was delivered
		Note   string
	}
	RateObjective struct { // objective.rated
		Objective, Title string
		Rating           Rating
		Note             string
	}
	AddObservation ObservationAdded // observation.added
)
