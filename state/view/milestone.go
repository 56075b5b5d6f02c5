package view

import (
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/sorted"
	"muster/state/when"
)

// The answers that tell of a milestone, by the names that the runbooks give them.
const (
	askFirstSign = "seen"
	askAware     = "aware"
)

// impactWords are the answers that say what an incident took away, by the names that the
// runbooks give them.
var impactWords = []string{"people", "records", "clients", "customers", "members", "patients", "transactions", "kinds", "data", "harm", "costs", "cost", "loss"}

// milestones finds what was when. What would have to be known whole, and is not, is null.
func (b *builder) milestones() {
	list := []Milestone{b.answered(FirstSign, askFirstSign), {What: DetectedAt, At: b.out.Detected}, b.answered(AwareAt, askAware), b.decided()}
	if b.out.Detected != nil {
		list[1].Seq = 1
	}
	back, lapses := b.servicesBack()
	list, b.out.Lapses = append(list, back...), lapses
	if b.gaps.Closed() {
		list = append(list, Milestone{What: ClosedAt})
	} else if c := b.out.Closing; c != nil && b.gaps.End == nil {
		list = append(list, Milestone{What: ClosedAt, At: &c.At, Seq: c.Seq})
	}
	b.out.Milestones = []Milestone{}
	for _, m := range list {
		if m.What == "" {
			continue
		}
		if m.What != DetectedAt && m.At != nil && m.Said == nil {
			m.Took = seconds(b.out.Detected, m.At)
		}
		b.out.Milestones = append(b.out.Milestones, m)
	}
}

// answered is the milestone that an answer tells of: the earliest, if several runbooks ask.
func (b *builder) answered(what, ask string) Milestone {
	var m Milestone
	for i := range b.out.Answers {
		a := &b.out.Answers[i]
		if baseName(a.ID) != ask {
			continue
		}
		if a.Withheld {
			return Milestone{What: what}
		}
		if a.Value == nil {
			continue
		}
		if at, err := time.Parse(time.RFC3339, a.Value.Text); err == nil && (m.What == "" || at.Before(*m.At)) {
			m = Milestone{What: what, At: moment(at), Seq: a.Seq, Said: b.saidBefore(a.Seq, at)}
		}
	}
	if m.What == "" && b.gaps.Runbook {
		return Milestone{What: what} // whether it was asked is not known
	}
	return m
}

// saidBefore is when an entry was written that says of a time to come that something was so then.
func (b *builder) saidBefore(seq uint64, at time.Time) *time.Time {
	e, ok := b.inc.Entry(seq)
	if !ok || !at.After(e.Recorded.Add(when.Slack)) {
		return nil
	}
	return moment(e.Recorded)
}

// baseName is an answer's name without its runbook's prefix and its step's.
func baseName(id string) string {
	id = id[strings.LastIndexByte(id, ':')+1:]
	return id[strings.LastIndexByte(id, '/')+1:]
}

// decided is the first decision; a look at one service counts where nothing else was decided.
func (b *builder) decided() Milestone {
	if b.gaps.Runbook || b.gaps.Whole > 0 || b.gaps.Corrected > 0 {
		return Milestone{What: DecidedAt}
	}
	var m, look Milestone
	for i := range b.inc.Log {
		e, _ := b.inc.Entry(b.inc.Log[i].Seq)
		answered, ok := e.Data.(*state.StepAnswered)
		if !ok || answered.Option == "" || b.inc.RetractedBy(e.Seq) != 0 { // what was decided anew was decided before
			continue
		}
		first := &m
		if s := b.inc.Step(b.inc.StepOf(e)); s != nil && s.Service != "" {
			first = &look
		}
		if at := e.When().UTC(); first.At == nil || at.Before(*first.At) {
			*first = Milestone{What: DecidedAt, At: moment(at), Seq: e.Seq}
		}
	}
	if m.At == nil {
		return look
	}
	return m
}

// A stretch is a time during which something was so.
type stretch struct{ from, to time.Time }

// impact finds how long services were down, until the close or the last entry.
func (b *builder) impact() {
	end := state.EndOf(b.inc).UTC()
	c := b.out.Closing
	endUntold := c != nil && c.Seq == b.gaps.Ending // by the time that it gives
	if c != nil && !endUntold {
		end = c.At
	}
	untold := b.servicesUntold()
	var all []stretch
	outages, sumUntold := []Outage{}, untold
	for i := range b.out.Services {
		s := &b.out.Services[i]
		if !slices.ContainsFunc(s.History, isDown) {
			continue
		}
		one := Outage{Service: s.ID, Title: s.Title}
		switch {
		case untold:
		case hit(s.History) == nil:
			one.falseAlarm(inTime(s.History))
		default:
			history := b.firstFailed(&one, afterAlarms(s.History))
			all = append(all, one.measure(history, end)...)
			if endUntold {
				sumUntold = one.endless(history[len(history)-1]) || sumUntold
			}
		}
		outages = append(outages, one)
	}
	b.out.Impact.Outages = known(outages, b.gaps.Runbook)
	if !sumUntold {
		b.out.Impact.Down = whole(together(all))
	}
	b.out.Impact.Answers = []Answer{}
	for _, a := range b.out.Answers {
		if slices.Contains(impactWords, baseName(a.ID)) && (a.Value != nil || a.Withheld) {
			b.out.Impact.Answers = append(b.out.Impact.Answers, a)
		}
	}
}

// measure fills in an outage, and returns the times during which the service was down.
func (o *Outage) measure(history []Change, end time.Time) []stretch {
	var down []stretch
	var unsure time.Duration
	for i := range history {
		to := end
		if i+1 < len(history) {
			to = history[i+1].At
		}
		if to.Before(history[i].At) {
			to = history[i].At // the log ends before it happened, by the times given
		}
		switch now := state.ServiceState(history[i].To); {
		case now.Down():
			if i == 0 || !isDown(history[i-1]) {
				o.Times++
				down = append(down, stretch{history[i].At, to})
			}
			down[len(down)-1].to = to
			o.Restored, o.Verified = nil, nil
		case unclear(now):
			o.AtLeast = o.AtLeast || len(down) > 0
			o.Verified = nil
		case now == state.Restored:
			unsure += to.Sub(history[i].At)
			o.Restored = &history[i].At
		case now == state.Verified:
			o.Verified = &history[i].At
			if o.Restored == nil {
				o.Restored = &history[i].At
			}
		}
	}
	o.From, o.Down, o.Unsure = &down[0].from, whole(together(down)), whole(unsure)
	last := history[len(history)-1]
	o.Ongoing, o.Unclear = isDown(last), unclear(state.ServiceState(last.To))
	return down
}

// falseAlarm fills in an outage that was none: each time the service was found to be unaffected.
func (o *Outage) falseAlarm(history []Change) {
	held := false
	for i := range history {
		switch now := state.ServiceState(history[i].To); {
		case now.Down() && !held:
			o.Times, held = o.Times+1, true
			if o.From == nil {
				o.From = &history[i].At
			}
		case now == state.Unaffected && held:
			o.Unaffected, held = &history[i].At, false
		}
	}
	o.Down, o.Unsure = whole(0), whole(0)
}

// endless takes away what an outage lasted until an end that nobody knows; it reports whether
// the service was down until then.
func (o *Outage) endless(last Change) bool {
	switch {
	case o.Ongoing:
		o.Down = nil
	case state.ServiceState(last.To) == state.Restored:
		o.Unsure = nil
	}
	return o.Ongoing
}

// together is how long it was so at all; what overlaps counts once.
func together(list []stretch) time.Duration {
	list = slices.Clone(list)
	sorted.Stable(list, func(a, b stretch) int { return a.from.Compare(b.from) })
	var sum time.Duration
	var until time.Time
	for _, s := range list {
		if s.from.Before(until) {
			s.from = until
		}
		if s.to.After(s.from) {
			sum += s.to.Sub(s.from)
			until = s.to
		}
	}
	return sum
}
