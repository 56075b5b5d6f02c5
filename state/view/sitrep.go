package view

import (
	"slices"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/sorted"
)

// maxDone is how many of the latest entries a sitrep tells of.
const maxDone = 40

// maxNext is how many steps to do next a sitrep names.
const maxNext = 6

// SitrepOptions are what a sitrep rests on besides the log.
type SitrepOptions struct {
	Since   uint64         // tell of the entries after this one; 0: of all
	Now     time.Time      // the moment it is drawn for
	Zone    *time.Location // of the times in Markdown and Text, and of calendar deadlines; nil: UTC
	Program string         // the name and version of what writes it
}

// A Sitrep is a situation report: where an incident stands at a moment, what was done
// since an earlier one, and what is next.
type Sitrep struct {
	Format        string `json:"format" doc:"muster-sitrep"`
	FormatVersion int    `json:"format_version"`
	Program       string `json:"program"`
	Head
	At    time.Time `json:"at" doc:"the moment it is drawn for"`
	Since uint64    `json:"since,omitempty" doc:"entries after this one are told of; left out: all are"`

	Known     []Answer  `json:"known" doc:"what was decided and learned"`
	Services  []Service `json:"services" null:"the runbook is withheld"`
	Done      []Entry   `json:"done" doc:"since, the latest, as they happened"`
	DoneMore  int       `json:"done_earlier,omitempty" doc:"entries since that are not told of"`
	Tally     *Tally    `json:"tally" null:"which steps there are is withheld" doc:"of all steps"`
	Next      []Step    `json:"next" null:"the runbook is withheld" doc:"under way and next"`
	Decisions []Step    `json:"open_decisions" null:"the runbook is withheld" doc:"that can be made now"`
	Clocks    []Clock   `json:"clocks" null:"the runbook is withheld" doc:"that run, ran out or ended, or may"`
	Notices   []Notice  `json:"statements" doc:"that are out, by when they were last sent"`
	Drafts    []Notice  `json:"drafts" doc:"whose last version was not sent"`
	Promises  []Promise `json:"promised_updates" null:"the runbook is withheld"`
	MayBeOut  []Notice  `json:"may_have_left" doc:"that were about to leave, and nobody has said what came of it"`
	Roles     []Role    `json:"roles" null:"the runbook is withheld"`
	SitrepLists
	Unplaced []Unplaced   `json:"unplaced" doc:"what entries name and no runbook here has"`
	Two      []TwoAnswers `json:"two_answers" doc:"what merged logs said differently, and nobody has settled"`

	Zone  *time.Location      `json:"-"` // of the times in text
	Gaps  *Gaps               `json:"-"`
	Marks map[uint64][]string `json:"-"` // of the entries of Done, as Marks has them
}

// NewSitrep draws a situation report from the log. It only reads inc, which must
// hold at least one entry.
func NewSitrep(inc *state.Incident, opts SitrepOptions) *Sitrep {
	zone, gaps := opts.Zone, GapsOf(inc)
	if zone == nil {
		zone = time.UTC
	}
	s := &Sitrep{
		Format: "muster-sitrep", FormatVersion: FormatVersion, Program: opts.Program, Head: headOf(inc, gaps), At: opts.Now.UTC(),
		Since: opts.Since, Services: ServicesOf(inc), Tally: tallyOf(inc), Roles: RolesOf(inc),
		Promises: PromisesOf(inc, opts.Now), SitrepLists: sitrepListsOf(inc), Unplaced: unplacedOf(inc, gaps), Two: TwoAnswersOf(inc, false), Zone: zone, Gaps: gaps,
	}
	s.known(inc)
	s.done(inc)
	s.steps(inc)
	s.clocks(inc, inc.Until(opts.Now))
	s.notices(inc)
	return s
}

// known are the answers, in the order of the runbook. What somebody found of a service once,
// and was set otherwise since, is not what is known: the services say how it stands; likewise who holds
// a role, and the severity.
func (s *Sitrep) known(inc *state.Incident) {
	s.Known = []Answer{}
	answers := inputsOf(inc)
	for i := range inc.Steps {
		answers = append(answers, answersOf(inc, &inc.Steps[i])...)
	}
	answers = sorted.Without(answers, func(a Answer) bool { return a.At != nil && overtaken(inc, &a) })
	for _, a := range answers {
		if a.At != nil {
			s.Known = append(s.Known, a)
		}
	}
}

// overtaken reports whether an answer set the state of a service, who holds a role or the severity,
// and that was set anew since.
func overtaken(inc *state.Incident, a *Answer) bool {
	step := inc.Step(a.Step)
	if step == nil {
		return false
	}
	if a.Kind == "decision" {
		service := inc.Service(step.Service)
		return service != nil && service.Seq > a.Seq
	}
	i := slices.IndexFunc(step.Def.Ask, func(ask runbooks.Ask) bool { return ask.ID == a.ID })
	return i >= 0 && state.SetAnew(inc, &step.Def.Ask[i], a.Title)
}

func (s *Sitrep) done(inc *state.Incident) {
	s.Done, s.Marks = []Entry{}, make(map[uint64][]string)
	entries := inc.EntriesSince(s.Since)
	s.DoneMore = max(0, len(entries)-maxDone)
	for _, e := range entries[s.DoneMore:] {
		one, err := EntryAt(inc, e.Seq)
		if err != nil {
			one.Data = nil // it records what is no JSON, and can be told in words alone
		}
		s.Done = append(s.Done, one)
		if entry, ok := inc.Entry(e.Seq); ok {
			s.Marks[e.Seq] = marksOf(inc, &entry)
		}
	}
	sorted.Stable(s.Done, func(a, b Entry) int { return a.Occurred.Compare(b.Occurred) })
}

// marksOf are the marks of an entry, and that it was amended.
func marksOf(inc *state.Incident, e *state.Entry) []string {
	marks := state.Marks(inc, e)
	if by := state.AmendedSays(inc, e.Seq); by != "" {
		marks = append(marks, by)
	}
	return marks
}

// steps finds what is under way, what is next, and which decisions wait to be made.
func (s *Sitrep) steps(inc *state.Incident) {
	todo, fill := 0, state.Filling(inc)
	for i := range inc.Steps {
		step := &inc.Steps[i]
		switch status := inc.Status(step); {
		case step.Empty, step.Met(inc).Settles: // or an entry elsewhere does what it asks
		case step.Def.Kind == runbooks.Decision && (status == state.Todo || status == state.Active):
			s.Decisions = append(s.Decisions, stepOf(inc, step, fill))
		case status == state.Active, status == state.Blocked, status == state.Unconfirmed:
			s.Next = append(s.Next, stepOf(inc, step, fill))
		case status == state.Todo && todo < maxNext:
			todo++
			s.Next = append(s.Next, stepOf(inc, step, fill))
		}
	}
	s.Next, s.Decisions = known(s.Next, s.Gaps.Runbook), known(s.Decisions, s.Gaps.Runbook)
}

func (s *Sitrep) clocks(inc *state.Incident, now time.Time) {
	for i := range inc.Clocks {
		if c := &inc.Clocks[i]; c.Running() || c.Unseen() || !c.Ended.IsZero() {
			s.Clocks = append(s.Clocks, clockOf(inc, c, now, s.Zone))
		}
	}
	s.Clocks = known(s.Clocks, s.Gaps.Runbook)
}

func (s *Sitrep) notices(inc *state.Incident) {
	s.Notices, s.Drafts, s.MayBeOut = []Notice{}, []Notice{}, []Notice{}
	for i, n := range NoticesOf(inc) {
		if len(n.MayBeOut) > 0 {
			s.MayBeOut = append(s.MayBeOut, n)
		}
		if n.LastSent != nil {
			s.Notices = append(s.Notices, n)
		}
		if last := inc.Notices[i].Last(); last != nil && len(last.Sent) == 0 {
			s.Drafts = append(s.Drafts, n)
		}
	}
	sorted.Stable(s.Notices, func(a, b Notice) int { return a.LastSent.At.Compare(b.LastSent.At) })
}
