package export

import (
	"cmp"
	"slices"
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
// seconds on the exercise clock (see Seconds), texts as they were typed.
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

	zone *time.Location
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
	Participants []AARPerson `json:"participants"`
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

// delays sums up those of the delivered injects that of returns.
func delays(injects []AARInject, of func(*AARInject) *int64) AARDelays {
	var d AARDelays
	var all []int64
	for i := range injects {
		after := of(&injects[i])
		if after == nil {
			continue
		}
		all = append(all, *after)
		if d.Worst == nil || *after > *d.Worst {
			d.Worst, d.WorstAt = after, injects[i].Number
		}
	}
	d.Count, d.Median = len(all), median(all)
	return d
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
	Stale    []string `json:"stale"` // why it was not true any more at the end; only of the last one
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

// NewAAR draws the after-action report of a drill. It only reads inc, which must hold
// at least one entry.
func NewAAR(inc *state.Incident, opts AAROptions) *AAR {
	a := &AAR{
		Format: "muster-after-action", FormatVersion: 1, Program: opts.Program, Incident: idOf(inc), Title: inc.Title, Mode: inc.Mode,
		Exercise: inc.Mode == state.Drill, Draft: inc.Closed == nil, TLP: tlpOf(inc),
		Head: Head{Seq: inc.Head.Seq, Hash: inc.Head.Hash, Code: inc.Head.Hash.Code()}, zone: opts.Zone,
	}
	if opts.Scenario != nil {
		a.TLP = opts.Scenario.TLP
	}
	a.seal(inc, opts)
	a.overview(inc, opts.Scenario)
	a.injects(inc, opts.Scenario)
	a.observations(inc)
	a.objectives(inc, opts.Scenario)
	a.result(inc, opts.Scenario)
	a.outcome(inc)
	a.timeline(inc)
	a.Comparison = compare(inc, opts.Others)
	a.plan()
	return a
}

func (a *AAR) seal(inc *state.Incident, opts AAROptions) {
	if sealed := inc.Exercise.Scenario; sealed != nil {
		a.Seal = &AARSeal{ID: sealed.ID, Title: sealed.Title, SHA256: sealed.SHA256, Found: opts.Text != nil, Matches: opts.Text != nil && state.Sum(opts.Text) == sealed.SHA256}
	}
}

func (a *AAR) overview(inc *state.Incident, s *runbooks.Scenario) {
	o := AAROverview{Name: inc.Title, Started: moment(inc.OpenedAt), ExerciseTime: runbooks.ExerciseTime(exerciseEnd(inc)), Participants: []AARPerson{}}
	if inc.Closed != nil {
		o.Ended = moment(inc.Closed.When)
		o.Seconds = seconds(o.Started, o.Ended)
	}
	if len(inc.Books) > 0 {
		o.Runbook = inc.Books[0].Runbook.Title
	}
	if s != nil {
		o.Scenario, o.Summary, o.Background, o.Scope, o.Threat, o.Sponsor, o.Contact = s.Title, s.Summary, s.Background, s.Scope, s.Threat, s.Sponsor, s.Contact
	}
	at := map[string]int{}
	for i := range inc.Log {
		e := &inc.Log[i]
		if e.Withheld || e.By.Name == state.Muster {
			continue
		}
		n, ok := at[e.By.Name]
		if !ok {
			n = len(o.Participants)
			at[e.By.Name] = n
			o.Participants = append(o.Participants, AARPerson{Name: e.By.Name, Roles: []string{}})
		}
		p := &o.Participants[n]
		p.Entries++
		p.Facilitator = p.Facilitator || state.FacilitatorKind(e.Kind)
		if role := inc.Role(e.By.Role); role != nil && !slices.Contains(p.Roles, role.Def.Title) {
			p.Roles = append(p.Roles, role.Def.Title)
		}
	}
	a.Overview = o
}

// exerciseEnd is the exercise time at the end: at the closing, or the last entry.
func exerciseEnd(inc *state.Incident) time.Duration {
	last := inc.Log[len(inc.Log)-1]
	if inc.Closed != nil {
		last = inc.Log[inc.Closed.Seq-1]
	}
	return inc.Exercise.AtEntry(last)
}

func (a *AAR) line(inc *state.Incident, seq uint64) AARLine {
	e, _ := inc.Entry(seq)
	what := describe(inc, e)
	if e.Override != nil {
		what += " — OVERRIDE of " + joinReasons(e.Override.Of) + ": " + e.Override.Why
	}
	return AARLine{Seq: seq, At: e.When().UTC(), Exercise: runbooks.ExerciseTime(inc.Exercise.AtEntry(e)), By: e.By.Name, What: what, Inject: e.Kind == state.KindDelivered}
}

// injects sets what was delivered beside what came of it, and adds what was not.
func (a *AAR) injects(inc *state.Incident, s *runbooks.Scenario) {
	a.Injects = []AARInject{}
	for _, r := range inc.Responses() {
		in := AARInject{
			ID: r.Inject, Number: r.Number, Title: firstWords(r.Text), Delivered: runbooks.ExerciseTime(r.At), At: moment(r.When), Times: len(r.Times),
			Status: state.InjectIsOut, From: r.From, To: r.To, Via: r.Via, Text: r.Text,
		}
		if r.Acked != nil {
			in.Acked, in.AckedBy, in.AckNote = whole(r.AckedAfter), r.Acked.By, r.Acked.Note
		}
		if r.Acted.Seq != 0 {
			action := a.line(inc, r.Acted.Seq)
			in.Acted, in.Action = whole(r.ActedAfter), &action
		}
		if s != nil {
			in.fill(s.Inject(r.Inject))
		}
		a.Injects = append(a.Injects, in)
	}
	if s == nil {
		return
	}
	for _, p := range inc.Plan(s, inc.Log[len(inc.Log)-1].Recorded) {
		if p.Delivery == nil {
			in := AARInject{ID: p.ID, Status: p.Status, From: p.From, To: p.To, Via: p.Via, Text: p.Text, Why: p.Held.Why}
			in.fill(p.Inject)
			a.Injects = append(a.Injects, in)
		}
	}
}

// fill adds what only the scenario says.
func (in *AARInject) fill(of *runbooks.Inject) {
	if of == nil {
		return
	}
	in.Scenario, in.Title, in.Expect, in.Notes, in.Objective = of.Number, of.Title, of.Expect, of.Notes, of.Objective
	if of.Timed {
		in.Planned = runbooks.ExerciseTime(of.At)
	}
}

// firstWords names what has no title.
func firstWords(text string) string {
	const most = 60 // characters
	runes := []rune(text)
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

func whole(d time.Duration) *int64 {
	n := int64(d / time.Second)
	return &n
}

func (a *AAR) observations(inc *state.Incident) {
	a.Strengths, a.Improve = []AARNote{}, []AARNote{}
	for _, o := range inc.Exercise.Observations {
		note := AARNote{Text: o.Text, Objective: o.Objective, By: o.By, Seq: o.Seq}
		if o.Mark == state.Strength {
			a.Strengths = append(a.Strengths, note)
		} else {
			a.Improve = append(a.Improve, note)
		}
	}
}

// objectives are those of the scenario, and those that were rated all the same.
func (a *AAR) objectives(inc *state.Incident, s *runbooks.Scenario) {
	a.Objectives = []AARRated{}
	add := func(id, title, text string) {
		if slices.ContainsFunc(a.Objectives, func(r AARRated) bool { return r.ID == id }) {
			return
		}
		one := AARRated{ID: id, Title: title, Text: text, Injects: []int{}, Strengths: of(a.Strengths, id), Improve: of(a.Improve, id)}
		if r := inc.Exercise.Rating(id); r != nil {
			one.Rating, one.Words, one.Note, one.By = r.Rating, r.Rating.Title(), r.Note, r.By
		}
		for _, in := range a.Injects {
			if in.Objective == id && in.Number > 0 {
				one.Injects = append(one.Injects, in.Number)
			}
		}
		a.Objectives = append(a.Objectives, one)
	}
	if s != nil {
		for _, o := range s.Objectives {
			add(o.ID, o.Title, o.Text)
		}
	}
	for _, r := range inc.Exercise.Ratings {
		add(r.Objective, cmp.Or(r.Title, r.Objective), "")
	}
}

// of are the observations that belong to an objective.
func of(notes []AARNote, objective string) []AARNote {
	list := []AARNote{}
	for _, n := range notes {
		if n.Objective == objective {
			list = append(list, n)
		}
	}
	return list
}

func (a *AAR) result(inc *state.Incident, s *runbooks.Scenario) {
	r := AARResult{Unanswered: []int{}, Ratings: map[string]int{}, Steps: sitTally(inc.Tally(-1)), Clock: inc.Exercise.Started()}
	if s != nil {
		r.Planned = len(s.Injects)
	}
	for _, in := range a.Injects {
		switch in.Status {
		case state.InjectHeldBack:
			r.Held++
		case state.InjectWasSkipped:
			r.Skipped++
		case state.InjectIsOut:
			r.Delivered++
			if in.Scenario == 0 && s != nil {
				r.AdHoc++
			}
			if in.unanswered() {
				r.Unanswered = append(r.Unanswered, in.Number)
			}
		}
	}
	r.Acked = delays(a.Injects, func(in *AARInject) *int64 { return in.Acked })
	r.Acted = delays(a.Injects, func(in *AARInject) *int64 { return in.Acted })
	for _, o := range a.Objectives {
		r.Ratings[string(o.Rating)]++
	}
	a.Result = r
}

// unanswered reports whether nothing came of a delivered inject.
func (in *AARInject) unanswered() bool {
	return in.Number > 0 && in.Acked == nil && in.Acted == nil
}

// median is the middle value, or the mean of the middle two; nil of none.
func median(values []int64) *int64 {
	n := len(values)
	if n == 0 {
		return nil
	}
	values = slices.Sorted(slices.Values(values))
	m := values[n/2]
	if n%2 == 0 {
		m = (values[n/2-1] + m) / 2
	}
	return &m
}

// outcome is how things stood at the end: services, statements, overrides.
func (a *AAR) outcome(inc *state.Incident) {
	a.Services, a.Statements, a.Overrides = []AARService{}, []AARSaid{}, []AARLine{}
	for i := range inc.Services {
		service := &inc.Services[i]
		one := AARService{Title: service.Def.Title, State: service.State}
		if claim, _, ok := inc.LastSaid(service.ID); ok {
			one.Said = claim.State
			_, one.Differs = inc.Differs(service.ID)
		}
		a.Services = append(a.Services, one)
	}
	for i := range inc.Notices {
		n := &inc.Notices[i]
		_, last := n.LastSent()
		for _, v := range n.Versions {
			for _, sent := range v.Sent {
				one := AARSaid{Title: n.Def.Title, Version: v.Number, At: a.line(inc, sent.Seq), Stale: []string{}, Override: sent.Overridden}
				if last != nil && last.Seq == sent.Seq {
					one.Stale = append(one.Stale, inc.Stale(n)...)
				}
				a.Statements = append(a.Statements, one)
			}
		}
	}
	slices.SortStableFunc(a.Statements, func(x, y AARSaid) int { return cmp.Compare(x.At.Seq, y.At.Seq) })
	for i := range inc.Log {
		if e := &inc.Log[i]; e.Override != nil && inc.RetractedBy(e.Seq) == 0 {
			a.Overrides = append(a.Overrides, a.line(inc, e.Seq))
		}
	}
}

// timeline is all that people recorded, in the order of the log.
func (a *AAR) timeline(inc *state.Incident) {
	a.Timeline = []AARLine{}
	for i := range inc.Log {
		e := &inc.Log[i]
		switch e.Kind {
		case state.KindSession, state.KindClockStep, state.KindRecovered:
			continue
		}
		line := a.line(inc, e.Seq)
		if by := inc.RetractedBy(e.Seq); by != 0 {
			line.What = "(retracted by entry " + string(number(by)) + ") " + line.What
		}
		a.Timeline = append(a.Timeline, line)
	}
}

// plan begins the improvement plan: what was observed, what was rated M or U, and
// what nobody answered.
func (a *AAR) plan() {
	a.Plan = []AARAction{}
	for _, n := range a.Improve {
		a.Plan = append(a.Plan, AARAction{Area: n.Text, From: "observed, " + string(entryRef(n.Seq))})
	}
	for _, o := range a.Objectives {
		if (o.Rating == state.Major || o.Rating == state.Unable) && len(o.Improve) == 0 {
			a.Plan = append(a.Plan, AARAction{Area: o.Title, From: "rated " + string(o.Rating)})
		}
	}
	for _, in := range a.Injects {
		if in.unanswered() {
			a.Plan = append(a.Plan, AARAction{Area: in.Title, From: "inject " + string(number(in.Number)) + ", never answered"})
		}
	}
}
