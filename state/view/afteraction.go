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

// An AAR is the after-action report of a drill, in HSEEP's form. Lengths are seconds on
// the exercise clock, if it ran.
type AAR struct {
	Format        string `json:"format" doc:"\"muster-after-action\""`
	FormatVersion int    `json:"format_version"`
	Program       string `json:"program"`
	Head
	Draft      bool           `json:"draft,omitempty" doc:"the drill is open: it says what is still to come"`
	Overview   AAROverview    `json:"overview"`
	Seal       *AARSeal       `json:"sealed_scenario,omitempty" doc:"left out if no scenario was played"`
	Result     AARResult      `json:"result"`
	Objectives []AARRated     `json:"objectives"`
	Injects    []AARInject    `json:"injects" doc:"in the order in which they were delivered; then the others"`
	Strengths  []AARNote      `json:"strengths"`
	Improve    []AARNote      `json:"areas_to_improve"`
	Cause      *RootCause     `json:"root_cause,omitempty" doc:"left out if nobody stated one"`
	Actions    []ReviewAction `json:"actions" doc:"that were planned; they stand in the improvement plan too"`
	Plan       []AARAction    `json:"improvement_plan"`
	Services   []AARService   `json:"services" null:"the runbook is withheld"`
	Statements []AARSaid      `json:"statements"`
	Overrides  []AARLine      `json:"overrides"`
	Comparison AARComparison  `json:"comparison"`
	Timeline   []AARLine      `json:"timeline"`

	Zone *time.Location `json:"-"` // of the times in text
	Gaps *Gaps          `json:"-"`
}

// An AAROverview is HSEEP's exercise overview.
type AAROverview struct {
	Name         string      `json:"name"`
	Started      *time.Time  `json:"started,omitempty"`
	Ended        *time.Time  `json:"ended,omitempty" doc:"left out while the drill is open"`
	Seconds      *int64      `json:"duration_seconds,omitempty"`
	ExerciseTime Text        `json:"exercise_time" null:"what set the exercise clock may be withheld" doc:"on the exercise clock at the end"`
	Runbook      string      `json:"runbook,omitempty"`
	Scenario     string      `json:"scenario,omitempty"`
	Summary      string      `json:"summary,omitempty"`
	Background   string      `json:"background,omitempty"`
	Scope        string      `json:"scope,omitempty"`
	Threat       string      `json:"threat,omitempty"`
	Sponsor      string      `json:"sponsor,omitempty"`
	Contact      string      `json:"contact,omitempty"`
	Participants []AARPerson `json:"participants" doc:"not those whose names are withheld"`
	Unnamed      *Unnamed    `json:"unnamed,omitempty" doc:"the entries of those; left out if there are none"`
}

// An AARPerson is somebody who made entries.
type AARPerson struct {
	Name        string   `json:"name"`
	Roles       []string `json:"roles" doc:"titles"`
	Facilitator bool     `json:"facilitator,omitempty" doc:"ran the clock or the injects"`
	Evaluator   bool     `json:"evaluator,omitempty" doc:"rated, observed, or linked answers after the end"`
	Entries     int      `json:"entries"`
}

// An AARSeal says whether the scenario is the one that the first entry seals.
type AARSeal struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	SHA256  state.Hash `json:"sha256" doc:"in the log's first entry"`
	Found   bool       `json:"found" doc:"its file was there"`
	Matches *bool      `json:"matches,omitempty" doc:"it is the one that the log seals; left out if it was not found"`
}

// An AARResult is the exercise in numbers.
type AARResult struct {
	Planned   int            `json:"planned" doc:"injects of the scenario"`
	Delivered int            `json:"delivered" doc:"with those made on the spot"`
	AdHoc     int            `json:"ad_hoc"`
	Held      int            `json:"held"`
	Skipped   int            `json:"skipped"`
	Acked     AARDelays      `json:"acknowledged"`
	Answered  AARDelays      `json:"answered" doc:"by entries that people linked as the answers"`
	Silent    []int          `json:"nothing_recorded" null:"a runbook is withheld, and whose an act is, or entries are, which may be answers" doc:"by number: not acknowledged, no answer linked, and no act of whom it was to, before the end"`
	NotKnown  bool           `json:"not_known,omitempty" doc:"entries that deliver, hold or skip injects, or rate, are withheld: planned aside, the numbers are of what is seen"`
	Ratings   map[string]int `json:"ratings" doc:"how often each was given, one by each who rated an objective; \"\" for objectives not rated"`
	Steps     *Tally         `json:"steps" null:"the runbook is withheld"`
	Clock     *bool          `json:"exercise_clock" null:"what set it may be withheld" doc:"it ran; else lengths are those of the wall clock"`
}

// AARDelays are the delays of one kind of answer to injects.
type AARDelays struct {
	Count   int    `json:"count"`
	Median  *int64 `json:"median_seconds,omitempty" doc:"left out if count is 0"`
	Worst   *int64 `json:"worst_seconds,omitempty"`
	WorstAt int    `json:"worst_inject,omitempty" doc:"its number"`
}

// An AARRated is an objective, and how it was met.
type AARRated struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Text      string      `json:"text,omitempty"`
	Ratings   []AARRating `json:"ratings" doc:"the last of each who rated it"`
	Injects   []int       `json:"injects" doc:"the numbers of those delivered for it"`
	Strengths []AARNote   `json:"strengths"`
	Improve   []AARNote   `json:"areas_to_improve"`
}

// An AARRating is how well somebody found that an objective was met.
type AARRating struct {
	Rating state.Rating `json:"rating"`
	Words  string       `json:"rating_words"`
	Note   string       `json:"note,omitempty"`
	By     string       `json:"by"`
	Seq    uint64       `json:"seq"`
	Newer  string       `json:"newer,omitempty" doc:"that another may have replaced it, which is withheld; left out if none is"`
}

// An AARInject is an inject and what came of it.
type AARInject struct {
	ID        string             `json:"id"`
	Number    int                `json:"number,omitempty" doc:"under which it was delivered; left out if it was not"`
	Scenario  int                `json:"scenario_number,omitempty" doc:"its number in the scenario; one made on the spot has none"`
	Title     string             `json:"title"`
	Planned   string             `json:"planned,omitempty" doc:"exercise time"`
	Delivered string             `json:"delivered,omitempty" doc:"exercise time"`
	At        *time.Time         `json:"at,omitempty"`
	Times     int                `json:"times,omitempty"`
	Status    state.InjectStatus `json:"status"`
	From      string             `json:"from,omitempty"`
	To        string             `json:"to,omitempty"`
	Via       string             `json:"via,omitempty"`
	Text      string             `json:"text"`
	Expect    string             `json:"expect,omitempty"`
	Notes     string             `json:"notes,omitempty"`
	Objective string             `json:"objective,omitempty"`
	Why       string             `json:"why,omitempty" doc:"it was held or skipped"`
	Acked     *int64             `json:"acknowledged_after_seconds,omitempty"`
	AckedBy   string             `json:"acknowledged_by,omitempty"`
	AckNote   string             `json:"acknowledged_with,omitempty"`
	Answered  *int64             `json:"answered_after_seconds,omitempty" doc:"left out if no answer was linked"`
	Answer    *AARLine           `json:"answer,omitempty" doc:"the entry that was linked as the answer"`
	LinkedBy  string             `json:"answer_linked_by,omitempty"`
	LinkNote  string             `json:"answer_linked_with,omitempty"`
	NextAfter *int64             `json:"next_act_after_seconds,omitempty" doc:"left out if there is none, or if result.nothing_recorded is null"`
	NextBy    state.NextBy       `json:"next_act_of,omitempty" doc:"whose next act is meant: that role, or any player, because it was to all, or because nobody held the role; left out if there is none"`
	NextAct   *AARLine           `json:"next_act,omitempty" doc:"the first act after it of whom it was to, whatever it is about: no answer because it came after"`
}

// An AARAction is a row of the improvement plan; what is empty is to be filled in.
type AARAction struct {
	Area        string `json:"area"`
	From        string `json:"from,omitempty" doc:"what says so: an observation, a rating, an inject"`
	Action      string `json:"action"`
	Responsible string `json:"responsible"`
	Start       string `json:"start"`
	End         string `json:"end"`
}

// An AARService is where a service stood at the end, and what was said of it.
type AARService struct {
	Title   string             `json:"title"`
	State   Text               `json:"state" null:"another may be withheld"`
	Said    state.ServiceState `json:"said,omitempty" doc:"left out if nothing was"`
	Differs bool               `json:"differs"`
}

// An AARSaid is a statement that would have been sent.
type AARSaid struct {
	Title    string   `json:"title"`
	Version  int      `json:"version"`
	At       AARLine  `json:"entry"`
	Early    string   `json:"too_early,omitempty" doc:"what of it came only after it was sent, by the times that people gave"`
	Untrue   []string `json:"not_true_when_sent" doc:"what was over-claimed, by what was so at that moment; these statements come first"`
	Unknown  []string `json:"not_known_true_when_sent" doc:"what nothing was known of by which it would be true; these statements come next"`
	Stale    []string `json:"stale" doc:"why it was not true any more at the end; only of the last one"`
	Unsure   []string `json:"not_known_true" doc:"what of it was not known to be true at the end; only of the last one"`
	Redacted []string `json:"truth_lacks" doc:"services and answers, or statements: that are withheld, so that stale does not tell of them"`
	Override string   `json:"override,omitempty"`
}

// An AARLine is an entry of the log.
type AARLine struct {
	Seq      uint64    `json:"seq"`
	At       time.Time `json:"occurred"`
	Exercise Text      `json:"exercise_time" null:"what set the exercise clock may be withheld" doc:"at which it was recorded"`
	By       string    `json:"by"`
	What     string    `json:"what"`
	Inject   bool      `json:"inject,omitempty" doc:"it delivers one"`
}
