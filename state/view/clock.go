package view

import (
	"fmt"
	"slices"
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Clock is a deadline, as it stands at a moment.
type Clock struct {
	ID        string  `json:"id"`
	Title     string  `json:"title"`
	Within    string  `json:"within" doc:"72h, 14d, 4 business days, 1 month"`
	To        string  `json:"to,omitempty"`
	Source    string  `json:"source,omitempty"`
	Law       string  `json:"law,omitempty" doc:"the ready-made deadline it is"`
	Checked   string  `json:"checked,omitempty" doc:"the day on which a ready-made source was last looked at"`
	Starts    string  `json:"starts"`
	Stops     string  `json:"stops"`
	Status    Text    `json:"status" null:"what is withheld may have started it, or stopped it" doc:"waiting, running, due now, overdue, met, met late, waived; or met, before its clock started; or, in a copy, met; whether in time is not known; behind one that was waived after it was due stands: , how long after that, and that no entry meets it; behind one that was met may stand: , by a sending that is said to be before its draft"`
	Started   *Moment `json:"started,omitempty" null:"an answer that is withheld may have started it"`
	StartedBy string  `json:"started_by,omitempty"`
	StartSeq  uint64  `json:"started_seq,omitempty"`
	From      *Moment `json:"counts_from,omitempty" null:"an answer that is withheld may say" doc:"left out: from started; of two bounds, that of the one that is reached first"`
	FromID    string  `json:"counts_from_answer,omitempty" doc:"the answer that says so"`
	// Want is [state.Clock.ForWant].
	Want      string     `json:"unanswered,omitempty" doc:"the answer from which it should count, and that nobody has given: when it started stands in"`
	Outer     string     `json:"outer_within,omitempty" doc:"a second bound of the same duty"`
	Due       *Moment    `json:"due,omitempty" null:"started is"`
	Left      *int64     `json:"left_seconds,omitempty" doc:"of one that runs; negative when it is overdue"`
	Ended     *time.Time `json:"ended,omitempty"`
	Spare     *int64     `json:"spare_seconds,omitempty" doc:"of one that was met: how long before it was due; negative when that was late"`
	EndedBy   string     `json:"ended_by,omitempty"`
	EndSeq    uint64     `json:"ended_seq,omitempty"`
	Why       string     `json:"why,omitempty"`
	Otherwise []string   `json:"contradictions" doc:"a notice that met it says another time than the one from which it counts"`
	Doubt     string     `json:"doubt,omitempty" doc:"why it is asked whether it still applies, or applies after all: what started it is answered otherwise now"`
	// Anew is [state.Clock.Anew].
	Anew string `json:"answered_anew,omitempty" doc:"of one that was waived, how the answer that starts it was given otherwise"`
	// Moved is [state.Clock.Moved].
	Moved     *MovedAnswer `json:"answer_moved,omitempty" doc:"how the answer from which it counts was moved"`
	Before    string       `json:"before_moved,omitempty" doc:"when it was due, and what it was, before the last move"`
	Missed    uint64       `json:"missed_seq,omitempty" doc:"the entry that says its time passed"`
	MissedDue *time.Time   `json:"missed_due,omitempty" doc:"when it was due by that entry, if it counts from another time since"`

	Withheld bool              `json:"-"` // what is withheld may have started or stopped it
	Standing state.ClockStatus `json:"-"` // where it stands by what is not withheld
}

// AfterClose says what the log knows of a clock that ran when the incident was closed: that its time
// was up is told if somebody closed it, later, at a time before that. missed is the entry; 0 is none.
func AfterClose(missed uint64) string {
	if missed == 0 {
		return "what came of it since is not in the log"
	}
	return fmt.Sprintf("its time was up after that, and %s (entry %d)", state.NoEntryMeets, missed)
}

// ClocksOf are all clocks as they stand at now; nil, not known, if the runbook that has
// them is withheld. Those that ran when the incident was
// closed stand as they did then. Calendar days are counted in now's zone.
func ClocksOf(inc *state.Incident, now time.Time) []Clock {
	var out []Clock
	now = inc.Until(now)
	for i := range inc.Clocks {
		out = append(out, clockOf(inc, &inc.Clocks[i], now, now.Location()))
	}
	return known(out, inc.Redacted.Runbook)
}

func clockOf(inc *state.Incident, c *state.Clock, now time.Time, zone *time.Location) Clock {
	due := c.Due(zone)
	out := Clock{
		ID: c.ID, Title: c.Def.Title, Within: c.Def.Within.String(), To: c.Def.To, Source: c.Def.Source, Law: c.Def.Law, Checked: c.Def.Checked,
		Starts: c.Def.Starts, Stops: c.Def.Stops, Standing: c.Status(now, zone),
		Started: knownMoment(c.Started), StartedBy: c.StartedBy, StartSeq: c.StartSeq, Due: knownMoment(due),
		Ended: moment(c.Ended), EndedBy: c.EndedBy, EndSeq: c.EndSeq, Why: c.Why, Missed: c.Missed, Withheld: c.Unseen(),
	}
	out.Otherwise = []string{}
	for _, other := range state.OtherTimes(inc, zone) {
		if other.Clock == c.ID {
			out.Otherwise = append(out.Otherwise, fmt.Sprintf("entry %d was sent, and %s", other.Seq, other))
		}
	}
	out.MissedDue = missedOtherwise(inc, c, due)
	out.turned(inc, c, zone)
	out.Status = Text(out.Standing)
	out.Outer = c.Def.Outer.Within.String()
	if from, answer := c.Counts(zone); answer != "" || !from.Equal(c.Started) && !from.IsZero() {
		out.From, out.FromID = knownMoment(from), answer
	}
	out.Want = c.ForWant(zone)
	if c.Running() && !c.AtOnce(zone) {
		out.Left = whole(due.Sub(now))
	}
	if c.Uncounted() && (!c.Started.IsZero() || !c.Ended.IsZero()) {
		out.From, out.Due, out.Left = new(Moment), new(Moment), nil
		if out.Started == nil {
			out.Started = new(Moment)
		}
	}
	out.Spare = out.spare()
	if out.Withheld {
		out.Spare = nil
		out.Status, out.Missed, out.MissedDue = "", 0, nil
		if out.Ended == nil {
			out.Why = "" // why it was started, if nothing else was said since
		} else {
			out.Ended, out.EndedBy, out.EndSeq, out.Why = nil, "", 0, ""
		}
		if out.Started == nil {
			out.Started, out.Due = new(Moment), new(Moment)
		}
	}
	return out
}

// turned says what has become otherwise than was thought of a clock.
func (c *Clock) turned(inc *state.Incident, of *state.Clock, zone *time.Location) {
	if q, doubted := of.Doubt(inc); doubted {
		c.Doubt = q.Says(inc)
	}
	c.Anew = of.Anew(inc)
	if m, moved := of.Moved(inc, zone); moved {
		c.Moved, c.Before = movedAnswer(inc, &m.MovedAnswer), m.Before()
	}
}

// MovedIn are the moved answers from which clocks count, each once.
func MovedIn(clocks []Clock) []*MovedAnswer {
	var list []*MovedAnswer
	for i := range clocks {
		m := clocks[i].Moved
		if m != nil && !slices.ContainsFunc(list, func(other *MovedAnswer) bool { return other.ID == m.ID }) {
			list = append(list, m)
		}
	}
	return list
}

// Notes are what is to be said of a clock besides where it stands: what was thought of it before the
// answer from which it counts was moved, and that it is in doubt whether it applies. Times are as
// [state.InZone] tells them.
func (c *Clock) Notes() []string {
	var notes []string
	for _, note := range []string{c.Before, c.Doubt, c.Anew} {
		if note != "" {
			notes = append(notes, note)
		}
	}
	return notes
}

// spare is how long before it was due a clock was met; nil if it was not, or if that is not known.
func (c *Clock) spare() *int64 {
	if met := c.Standing == state.ClockMetOnce || c.Standing == state.ClockMetLate; !met || c.Due.Known() == nil || c.Ended == nil {
		return nil
	}
	return whole(c.Due.Sub(*c.Ended))
}

// missedDue is when a clock was due by the entry that says that its time passed; nil if
// none says so.
func missedDue(inc *state.Incident, c *state.Clock) *time.Time {
	if e, ok := inc.Entry(c.Missed); ok {
		if data, ok := e.Data.(*state.ClockMissed); ok {
			return &data.Due
		}
	}
	return nil
}

// missedOtherwise is when a clock was due by the entry that says that its time passed, if
// it is due at another time by what is known now.
func missedOtherwise(inc *state.Incident, c *state.Clock, due time.Time) *time.Time {
	was := missedDue(inc, c)
	if was == nil || due.IsZero() || c.Uncounted() || was.Sub(due).Abs() <= sameDue(c.Def) {
		return nil
	}
	return moment(*was)
}

// sameDue is how far two times at which a clock is due may lie apart and be the same
// moment: where a day ends depends on the zone of who counts.
func sameDue(def *runbooks.Clock) time.Duration {
	if days := func(s runbooks.Span) bool { return s.Days+s.BusinessDays+s.Months > 0 }; days(def.Within) || days(def.Outer.Within) {
		return 26 * time.Hour
	}
	return time.Second
}

// clockTitle is what people call a clock.
func clockTitle(inc *state.Incident, id string) string {
	if c := inc.Clock(id); c != nil {
		return c.Def.Title
	}
	return id
}
