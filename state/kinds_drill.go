package state

// The kinds of entry that only a drill has.
const (
	KindExerciseSet        Kind = "exercise.clock"
	KindInjectDelivered    Kind = "inject.delivered"
	KindInjectHeld         Kind = "inject.held"
	KindInjectSkipped      Kind = "inject.skipped"
	KindInjectAcknowledged Kind = "inject.acknowledged"
	KindObjectiveRated     Kind = "objective.rated"
	KindObservationAdded   Kind = "observation.added"
)

// A SealedScenario names the scenario of a drill in the log's first entry, so that
// it can be proven later which one was played. Its text is kept beside the log.
type SealedScenario struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	SHA256 Hash   `json:"sha256"` // of its file
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

// ExerciseSet records how the exercise clock goes on from the entry's time.
type ExerciseSet struct {
	Do       ExerciseDo `json:"do"`
	Running  bool       `json:"running"`
	Speed    int        `json:"speed"` // exercise seconds a second: 1 to 60
	AtMillis int64      `json:"at_ms"` // exercise time at that moment, since the start
}

// A Kept is a file beside the log that comes with an entry.
type Kept struct {
	Name   string `json:"name"`
	SHA256 Hash   `json:"sha256"`
	Size   int64  `json:"size"` // bytes
}

// InjectDelivered records what the players were told. What was expected of them
// stands in the scenario alone.
type InjectDelivered struct {
	Inject string `json:"inject"` // its id in the scenario; adhoc-1, adhoc-2 … if made on the spot
	Number int    `json:"number"` // 1 for the first that was delivered
	Again  bool   `json:"again,omitempty"`
	From   string `json:"from" part:"names"`
	To     string `json:"to"` // a role's id, or all
	Via    string `json:"via" part:"notes"`
	Text   string `json:"text" part:"notes"`
	Files  []Kept `json:"files,omitempty" part:"evidence"`
	// World is what checks show from then on, by service, of an inject that was
	// made on the spot: no scenario says it.
	World map[string]string `json:"world,omitempty" part:"notes"`
}

// InjectHeld records that an inject waits for the facilitator, or does no more.
type InjectHeld struct {
	Ref      string `json:"ref"` // see InjectRef
	Released bool   `json:"released,omitempty"`
	Why      string `json:"why,omitempty" part:"notes"`
}

// InjectSkipped records that an inject will not be delivered.
type InjectSkipped struct {
	Ref string `json:"ref"` // see InjectRef
	Why string `json:"why" part:"notes"`
}

// InjectAcknowledged records that a player has taken an inject.
type InjectAcknowledged struct {
	Inject string `json:"inject"`
	Number int    `json:"number"`
	Note   string `json:"note,omitempty" part:"notes"`
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

// ObjectiveRated records how well an objective was met.
type ObjectiveRated struct {
	Objective string `json:"objective"`
	Title     string `json:"title,omitempty" part:"notes"`
	Rating    Rating `json:"rating"`
	Note      string `json:"note,omitempty" part:"notes"`
}

// A Mark says what an observation is for.
type Mark string

// The marks.
const (
	Strength Mark = "strength"
	Improve  Mark = "improve"
)

// ObservationAdded records what the facilitator saw.
type ObservationAdded struct {
	Text      string `json:"text" part:"notes"`
	Mark      Mark   `json:"mark"`
	Objective string `json:"objective,omitempty"`
}

func (*ExerciseSet) Kind() Kind        { return KindExerciseSet }
func (*InjectDelivered) Kind() Kind    { return KindInjectDelivered }
func (*InjectHeld) Kind() Kind         { return KindInjectHeld }
func (*InjectSkipped) Kind() Kind      { return KindInjectSkipped }
func (*InjectAcknowledged) Kind() Kind { return KindInjectAcknowledged }
func (*ObjectiveRated) Kind() Kind     { return KindObjectiveRated }
func (*ObservationAdded) Kind() Kind   { return KindObservationAdded }

// FacilitatorKind reports whether entries of kind are made by the facilitator of a
// drill, and are no action of the players.
func FacilitatorKind(kind Kind) bool {
	switch kind {
	case KindExerciseSet, KindInjectDelivered, KindInjectHeld, KindInjectSkipped, KindObjectiveRated, KindObservationAdded:
		return true
	}
	return false
}

// ofDrill reports whether only a drill has entries of kind.
func ofDrill(kind Kind) bool {
	switch kind {
	case KindExerciseSet, KindInjectDelivered, KindInjectHeld, KindInjectSkipped, KindInjectAcknowledged, KindObjectiveRated, KindObservationAdded:
		return true
	}
	return false
}
