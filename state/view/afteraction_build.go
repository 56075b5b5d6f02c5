package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/sorted"
)

// NewAAR draws the after-action report of a drill. It only reads inc, which must hold
// at least one entry.
func NewAAR(inc *state.Incident, opts AAROptions) *AAR {
	a := &AAR{
		Format: "muster-after-action", FormatVersion: FormatVersion, Program: opts.Program, Draft: inc.Closed == nil, Zone: opts.Zone, Gaps: GapsOf(inc),
	}
	a.Head = headOf(inc, a.Gaps)
	if opts.Scenario != nil {
		a.TLP = Text(opts.Scenario.TLP)
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
		a.Seal = &AARSeal{ID: sealed.ID, Title: sealed.Title, SHA256: sealed.SHA256, Found: opts.Text != nil}
		if matches := state.Sum(opts.Text) == sealed.SHA256; a.Seal.Found {
			a.Seal.Matches = &matches
		}
	}
}

func (a *AAR) overview(inc *state.Incident, s *runbooks.Scenario) {
	o := AAROverview{Name: inc.Title, Started: moment(inc.OpenedAt), ExerciseTime: exerciseEnd(inc), Participants: []AARPerson{}}
	if inc.Closed != nil {
		o.Ended = moment(inc.Closed.When)
		o.Seconds = seconds(o.Started, o.Ended)
	}
	if len(inc.Books) > 0 {
		o.Runbook = inc.Books[0].Runbook.Title
		if a.Gaps.First {
			o.Runbook = inc.Books[0].Doc.ID + ", whose text is withheld"
		}
	}
	if s != nil {
		o.Scenario, o.Summary, o.Background, o.Scope, o.Threat, o.Sponsor, o.Contact = s.Title, s.Summary, s.Background, s.Scope, s.Threat, s.Sponsor, s.Contact
	}
	o.participants(inc)
	a.Overview = o
}

// participants lists who made entries, in the order of their first one.
func (o *AAROverview) participants(inc *state.Incident) {
	at, names := map[string]int{}, make(spellings)
	unnamed := &personSeen{roles: make(map[string]bool), via: make(map[string]bool)}
	for i := range inc.Log {
		e := &inc.Log[i]
		if e.Data == nil || e.By.Name == state.Muster {
			continue
		}
		role := inc.Role(e.By.Role)
		if e.Withheld.Has(state.Names) {
			unnamed.add(e, role)
			continue
		}
		name := names.of(e.By.Name)
		n, ok := at[name]
		if !ok {
			n = len(o.Participants)
			at[name] = n
			o.Participants = append(o.Participants, AARPerson{Name: name, Roles: []string{}})
		}
		p := &o.Participants[n]
		p.Entries++
		switch judges := evaluates(inc, e); {
		case judges:
			p.Evaluator = true
		case state.FacilitatorKind(e.Kind):
			p.Facilitator = true
		}
		if role != nil && !slices.Contains(p.Roles, role.Def.Title) {
			p.Roles = append(p.Roles, role.Def.Title)
		}
	}
	if unnamed.entries > 0 {
		o.Unnamed = &Unnamed{Roles: sortedKeys(unnamed.roles), Via: sortedKeys(unnamed.via), Entries: unnamed.entries}
	}
}

// evaluates reports whether an entry judges what was played.
func evaluates(inc *state.Incident, e *state.Entry) bool {
	switch e.Kind {
	case state.KindObjectiveRated, state.KindObservationAdded:
		return true
	case state.KindInjectAcknowledged:
		return inc.Closed != nil && e.Seq > inc.Closed.Seq
	}
	return false
}

// add takes in an entry of somebody whose name is withheld. role is nil if it is in
// no runbook here.
func (p *personSeen) add(e *state.Entry, role *state.Role) {
	p.entries++
	p.via[e.By.Via] = true
	if role != nil {
		p.roles[role.Def.Title] = true
	} else if e.By.Role != "" {
		p.roles[e.By.Role] = true
	}
}

// exerciseEnd is the exercise time at the end: at the closing, or the last entry.
func exerciseEnd(inc *state.Incident) Text {
	last := inc.Log[len(inc.Log)-1]
	if inc.Closed != nil {
		last = inc.Log[inc.Closed.Seq-1]
	}
	return exerciseAt(inc, last)
}

// exerciseAt is the exercise time of an entry; "" if it is not known.
func exerciseAt(inc *state.Incident, e state.Entry) Text {
	if !inc.Exercise.TimedAt(e.Seq, &inc.Redacted) {
		return ""
	}
	return Text(runbooks.ExerciseTime(inc.Exercise.AtEntry(e)))
}

func (a *AAR) line(inc *state.Incident, seq uint64) AARLine {
	e, _ := inc.Entry(seq)
	what := Describe(inc, e)
	if e.Override != nil {
		what += " — OVERRIDE of " + JoinReasons(e.Override.Of) + ": " + state.Quoted(e.Override.Why)
	}
	return AARLine{Seq: seq, At: e.When().UTC(), Exercise: exerciseAt(inc, e), By: e.By.Name, What: what, Inject: e.Kind == state.KindInjectDelivered}
}

// injects sets what was delivered beside what came of it, and adds what was not.
func (a *AAR) injects(inc *state.Incident, s *runbooks.Scenario) {
	a.Injects = []AARInject{}
	for _, r := range inc.Responses() {
		in := AARInject{
			ID: r.Inject, Number: r.Number, Title: firstWords(r.Text), At: moment(r.When), Times: len(r.Times),
			Status: state.InjectIsOut, From: r.From, To: r.To, Via: r.Via, Text: r.Text,
		}
		if inc.Exercise.TimedAt(r.Seq, &inc.Redacted) {
			in.Delivered = runbooks.ExerciseTime(r.At)
		}
		if r.Acked != nil {
			in.Acked, in.AckedBy, in.AckNote = whole(r.AckedAfter), r.Acked.By, r.Acked.Note
		}
		if r.Link != nil {
			answer := a.line(inc, r.Answer.Seq)
			in.Answered, in.Answer, in.LinkedBy, in.LinkNote = whole(r.AnsweredAfter), &answer, r.Link.By, r.Link.Note
		}
		if r.NextAct.Seq != 0 && !a.Gaps.Runbook && a.Gaps.Entries == 0 {
			next := a.line(inc, r.NextAct.Seq)
			in.NextAfter, in.NextAct, in.NextBy = whole(r.NextAfter), &next, r.NextBy
		}
		if s != nil {
			in.fill(s.Inject(r.Inject))
		}
		a.Injects = append(a.Injects, in)
	}
	if s == nil {
		return
	}
	for _, p := range inc.Exercise.Plan(s, inc.Log[len(inc.Log)-1].Recorded) {
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

func (a *AAR) observations(inc *state.Incident) {
	review := ReviewOf(inc)
	a.Strengths, a.Improve, a.Cause, a.Actions = review.Good, review.Bad, review.Cause, review.Actions
}

// objectives are those of the scenario, and those that were rated all the same.
func (a *AAR) objectives(inc *state.Incident, s *runbooks.Scenario) {
	a.Objectives = []AARRated{}
	add := func(id, title, text string) {
		if slices.ContainsFunc(a.Objectives, func(r AARRated) bool { return r.ID == id }) {
			return
		}
		one := AARRated{ID: id, Title: title, Text: text, Ratings: []AARRating{}, Injects: []int{}, Strengths: of(a.Strengths, id), Improve: of(a.Improve, id)}
		for _, r := range inc.Exercise.RatingsOf(id) {
			one.Ratings = append(one.Ratings, AARRating{r.Rating, r.Rating.Title(), r.Note, r.By, r.Seq, newer(inc, &r)})
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
		title := r.Title
		if title == "" || title == state.WithheldText {
			title = r.Objective
		}
		add(r.Objective, title, "")
	}
}

// newer says that what is withheld may have replaced a rating, or taken it back: an entry,
// or the name of who rated the objective again.
func newer(inc *state.Incident, rated *state.Rated) string {
	if by := inc.Redacted.Rated; by > rated.Seq {
		return fmt.Sprintf("unless entry %d, which is withheld, or one before it says otherwise", by)
	}
	for _, r := range inc.Exercise.Ratings {
		if r.Objective == rated.Objective && r.Seq > rated.Seq && (r.By == state.WithheldText || rated.By == state.WithheldText) {
			return fmt.Sprintf("unless entry %d is by the same person: a name is withheld", r.Seq)
		}
	}
	return ""
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
	r := AARResult{Ratings: map[string]int{}, Steps: tallyOf(inc), NotKnown: inc.Redacted.Plays()}
	r.Clock = clockRan(inc)
	r.Silent = a.nobodySilent()
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
			if r.Silent != nil && in.Silent() {
				r.Silent = append(r.Silent, in.Number)
			}
		}
	}
	r.Acked = delays(a.Injects, func(in *AARInject) *int64 { return in.Acked })
	r.Answered = delays(a.Injects, func(in *AARInject) *int64 { return in.Answered })
	for _, o := range a.Objectives {
		for _, rated := range o.Ratings {
			r.Ratings[string(rated.Rating)]++
		}
		if len(o.Ratings) == 0 {
			r.Ratings[""]++
		}
	}
	a.Result = r
}

// clockRan says whether the exercise clock ever ran; nil if that is not known.
func clockRan(inc *state.Incident) *bool {
	started := inc.Exercise.Started()
	if inc.Redacted.Exercise > 0 {
		return nil
	}
	return &started
}

// nobodySilent is no inject, to add to; nil if what is withheld may be an answer to one.
func (a *AAR) nobodySilent() []int {
	if a.Gaps.Runbook || a.Gaps.Entries > 0 {
		return nil
	}
	return []int{}
}

// Silent reports whether nothing that may be an answer to a delivered inject is there.
func (in *AARInject) Silent() bool {
	return in.Number > 0 && in.Acked == nil && in.Answered == nil && in.NextAfter == nil
}

// said is a statement, and what of it did not hold when it was sent.
func (a *AAR) said(inc *state.Incident, n *state.Notice, sent *state.Sending) AARSaid {
	one := AARSaid{
		Title: n.Title(), Version: sent.Version, At: a.line(inc, sent.Seq), Override: sent.Overridden, Redacted: list(n.Untold(inc)), Early: n.Early(sent).String(),
		Untrue: []string{}, Unknown: []string{}, Stale: []string{}, Unsure: []string{},
	}
	for _, j := range n.Judge(inc, sent) {
		switch j.Verdict {
		case state.OverClaimed:
			one.Untrue = append(one.Untrue, n.SayDiffers(inc, sent, j.Claim, j.Then)+after(j.Withdrawn))
		case state.Unfounded:
			if j.Rest {
				continue
			}
			one.Unknown = append(one.Unknown, n.SayDiffers(inc, sent, j.Claim, j.Then)+after(j.Withdrawn))
		}
	}
	if titles := n.Unlooked(inc, sent); len(titles) > 0 {
		one.Unknown = append(one.Unknown, "it says that all are back, and nobody had said how these stood: "+strings.Join(titles, ", "))
	}
	return one
}

// outcome is how things stood at the end: services, statements, overrides.
func (a *AAR) outcome(inc *state.Incident) {
	a.Services, a.Statements, a.Overrides = []AARService{}, []AARSaid{}, []AARLine{}
	for i := range inc.Services {
		service := serviceOf(inc, &inc.Services[i])
		one := AARService{Title: service.Title, State: service.State}
		if said := service.Said; said != nil {
			one.Said, one.Differs = said.State, said.Differs()
		}
		a.Services = append(a.Services, one)
	}
	a.Services = known(a.Services, inc.Redacted.Runbook)
	for i := range inc.Notices {
		n := &inc.Notices[i]
		_, last := n.LastSent()
		for _, v := range n.Versions {
			for _, sent := range v.Sent {
				one := a.said(inc, n, &sent)
				if last != nil && last.Seq == sent.Seq {
					one.Stale, one.Unsure = list(n.Stale(inc)), list(n.Unsure(inc))
				}
				a.Statements = append(a.Statements, one)
			}
		}
	}
	sorted.Stable(a.Statements, func(x, y AARSaid) int {
		return cmp.Or(cmp.Compare(min(1, len(y.Untrue)), min(1, len(x.Untrue))), cmp.Compare(min(1, len(y.Unknown)), min(1, len(x.Unknown))), cmp.Compare(x.At.Seq, y.At.Seq))
	})
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
		case state.KindSessionOpened, state.KindClockStepped, state.KindRecovered:
			continue
		}
		line := a.line(inc, e.Seq)
		if by := inc.RetractedBy(e.Seq); by != 0 {
			line.What = fmt.Sprintf("(retracted by entry %d) %s", by, line.What)
		}
		a.Timeline = append(a.Timeline, line)
	}
}

// plan is the improvement plan: what was planned, and, for what is to be filled in, what
// was observed, what was rated M or U, and where nothing was recorded.
func (a *AAR) plan() {
	a.Plan = []AARAction{}
	for _, action := range a.Actions {
		one := AARAction{From: fmt.Sprintf("planned, entry %d", action.Seq), Action: action.What, Responsible: action.Owner, Start: action.At.Format(time.DateOnly), End: action.Due}
		if action.Done != nil {
			one.End = "done " + action.Done.Format(time.DateOnly)
		}
		a.Plan = append(a.Plan, one)
	}
	for _, n := range a.Improve {
		a.Plan = append(a.Plan, AARAction{Area: n.Text, From: fmt.Sprintf("observed, entry %d", n.Seq)})
	}
	for _, o := range a.Objectives {
		for _, r := range o.Ratings {
			if r.Newer == "" && (r.Rating == state.Major || r.Rating == state.Unable) && len(o.Improve) == 0 {
				a.Plan = append(a.Plan, AARAction{Area: o.Title, From: fmt.Sprintf("rated %s by %s, entry %d", r.Rating, r.By, r.Seq)})
			}
		}
	}
	for _, in := range a.Injects {
		if a.Result.Silent != nil && in.Silent() {
			a.Plan = append(a.Plan, AARAction{Area: in.Title, From: fmt.Sprintf("inject %d, after which nothing was recorded by whom it was to", in.Number)})
		}
	}
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
