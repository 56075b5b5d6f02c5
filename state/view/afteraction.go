package view

import (
	"time"

	"muster/runbooks"
	"muster/state"
)

// AAROptions are what an after-action report rests on besides the log.
type AAROptions struct {
	Program  string             // the name and version of what writes it
	Scenario *runbooks.Scenario // that was played; nil if there is none, or if it is not there
	Text     []byte             // the scenario's file, to compare with the hash in the log; nil if it is not there
	Others   []*state.Incident  // incidents of the same runbook, to compare with
	Zone     *time.Location     // adds this zone's time to the UTC times in Markdown; nil: UTC alone
}

// An AAR is the after-action report of a drill, in HSEEP's form. It is also the
// schema of its JSON: times are RFC 3339 in UTC, exercise times "+H:MM", lengths
// seconds on the exercise clock (see Seconds), texts as they were typed, or
// "(withheld)"; see [Report].
type AAR struct {
	Format        string        `json:"format"`         // "muster-after-action"
	FormatVersion int           `json:"format_version"` // 1
	Program       string        `json:"program"`
	Incident      string        `json:"incident"`
	Title         string        `json:"title"`
	Mode          state.Mode    `json:"mode"`
	Exercise      bool          `json:"exercise"` // always true
	Draft         bool          `json:"draft"`    // the drill is open: it says what is still to come
	TLP           string        `json:"tlp"`
	Head          Head          `json:"head"`
	Withheld      int           `json:"withheld_entries"` // their content is not in this copy of the log
	Parts         []PartCount   `json:"withheld_counts"`  // which parts are not, and from how many other entries
	Overview      AAROverview   `json:"overview"`
	Seal          *AARSeal      `json:"sealed_scenario"` // null if no scenario was played
	Result        AARResult     `json:"result"`
	Objectives    []AARRated    `json:"objectives"`
	Injects       []AARInject   `json:"injects"` // in the order in which they were delivered; then the others
	Strengths     []AARNote     `json:"strengths"`
	Improve       []AARNote     `json:"areas_to_improve"`
	Plan          []AARAction   `json:"improvement_plan"`
	Services      []AARService  `json:"services"`
	Statements    []AARSaid     `json:"statements"`
	Overrides     []AARLine     `json:"overrides"`
	Comparison    AARComparison `json:"comparison"`
	Timeline      []AARLine     `json:"timeline"`

	Zone *time.Location `json:"-"` // of the times in text
	Gaps *Gaps          `json:"-"`
}

// An AAROverview is HSEEP's exercise overview.
type AAROverview struct {
	Name         string      `json:"name"`
	Started      *time.Time  `json:"started"`
	Ended        *time.Time  `json:"ended"` // null while the drill is open
	Seconds      *int64      `json:"seconds"`
	ExerciseTime string      `json:"exercise_time"` // on the exercise clock at the end
	Runbook      string      `json:"runbook"`
	Scenario     string      `json:"scenario"`
	Summary      string      `json:"summary"`
	Background   string      `json:"background"`
	Scope        string      `json:"scope"`
	Threat       string      `json:"threat"`
	Sponsor      string      `json:"sponsor"`
	Contact      string      `json:"contact"`
	Participants []AARPerson `json:"participants"` // not those whose names are withheld
	Unnamed      *Unnamed    `json:"unnamed"`      // the entries of those; null if there are none
}

// An AARPerson is somebody who made entries.
type AARPerson struct {
	Name        string   `json:"name"`
	Roles       []string `json:"roles"` // titles
	Facilitator bool     `json:"facilitator"`
	Entries     int      `json:"entries"`
}

// An AARSeal says whether the scenario is the one that the first entry seals.
type AARSeal struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	SHA256  state.Hash `json:"sha256"` // in the log's first entry
	Found   bool       `json:"found"`  // its file was there
	Matches bool       `json:"matches"`
}

// An AARResult is the exercise in numbers.
type AARResult struct {
	Planned    int            `json:"planned"`   // injects of the scenario
	Delivered  int            `json:"delivered"` // with those made on the spot
	AdHoc      int            `json:"ad_hoc"`
	Held       int            `json:"held"`
	Skipped    int            `json:"skipped"`
	Acked      AARDelays      `json:"acknowledged"`
	Acted      AARDelays      `json:"acted"`
	ActedKnown bool           `json:"acted_known"`    // false if a runbook is withheld: whose an action is cannot be told then
	Unanswered []int          `json:"never_answered"` // neither acknowledged nor acted on, by number
	Ratings    map[string]int `json:"ratings"`        // objectives by rating; "" for those not rated
	Steps      SitTally       `json:"steps"`
	Clock      bool           `json:"exercise_clock"` // it ran; else lengths are those of the wall clock
}

// AARDelays are the delays of one kind of answer to injects.
type AARDelays struct {
	Count   int    `json:"count"`
	Median  *int64 `json:"median_seconds"` // null if Count is 0, and so is Worst
	Worst   *int64 `json:"worst_seconds"`
	WorstAt int    `json:"worst_inject"` // its number; 0 if Count is 0
}

// An AARRated is an objective, and how it was met.
type AARRated struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	Text      string       `json:"text"`
	Rating    state.Rating `json:"rating"` // "" if it was not rated
	Words     string       `json:"rating_words"`
	Note      string       `json:"note"`
	By        string       `json:"by"`
	Injects   []int        `json:"injects"` // the numbers of those delivered for it
	Strengths []AARNote    `json:"strengths"`
	Improve   []AARNote    `json:"areas_to_improve"`
}

// An AARInject is an inject and what came of it.
type AARInject struct {
	ID        string             `json:"id"`
	Number    int                `json:"number"`   // as delivered; 0 if it was not
	Scenario  int                `json:"scenario"` // its number in the scenario; 0 for one made on the spot
	Title     string             `json:"title"`
	Planned   string             `json:"planned"`   // exercise time; "" if it had none
	Delivered string             `json:"delivered"` // exercise time
	At        *time.Time         `json:"at"`
	Times     int                `json:"times"`
	Status    state.InjectStatus `json:"status"`
	From      string             `json:"from"`
	To        string             `json:"to"`
	Via       string             `json:"via"`
	Text      string             `json:"text"`
	Expect    string             `json:"expect"`
	Notes     string             `json:"notes"`
	Objective string             `json:"objective"`
	Why       string             `json:"why"` // it was held or skipped
	Acked     *int64             `json:"acknowledged_after"`
	AckedBy   string             `json:"acknowledged_by"`
	AckNote   string             `json:"acknowledged_with"`
	Acted     *int64             `json:"acted_after"`
	Action    *AARLine           `json:"action"` // the first one by whom it was to
}

// An AARNote is an observation.
type AARNote struct {
	Text      string `json:"text"`
	Objective string `json:"objective"`
	By        string `json:"by"`
	Seq       uint64 `json:"seq"`
}

// An AARAction is a row of the improvement plan, to be filled in.
type AARAction struct {
	Area        string `json:"area"`
	From        string `json:"from"` // what says so: an observation, a rating, an inject
	Action      string `json:"action"`
	Responsible string `json:"responsible"`
	Start       string `json:"start"`
	End         string `json:"end"`
}

// An AARService is where a service stood at the end, and what was said of it.
type AARService struct {
	Title   string             `json:"title"`
	State   state.ServiceState `json:"state"`
	Said    state.ServiceState `json:"said"` // "" if nothing was
	Differs bool               `json:"differs"`
}

// An AARSaid is a statement that would have been sent.
type AARSaid struct {
	Title    string   `json:"title"`
	Version  int      `json:"version"`
	At       AARLine  `json:"entry"`
	Stale    []string `json:"stale"`       // why it was not true any more at the end; only of the last one
	Lacks    []string `json:"truth_lacks"` // services and answers, or statements: that are withheld, so that stale does not tell of them
	Override string   `json:"override"`
}

// An AARLine is an entry of the log.
type AARLine struct {
	Seq      uint64    `json:"seq"`
	At       time.Time `json:"at"`       // occurred
	Exercise string    `json:"exercise"` // exercise time at which it was recorded
	By       string    `json:"by"`
	What     string    `json:"what"`
	Inject   bool      `json:"inject"`
}
