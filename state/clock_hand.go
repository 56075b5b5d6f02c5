package state

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state/when"
)

// What people, and the program that watches the time, record of a clock.

// clockOf is the clock a command names; nil if it was refused.
func (d *decision) clockOf(id string) *Clock {
	c := d.inc.Clock(id)
	if c == nil {
		d.none(NounClock, id)
		return nil
	}
	if !c.Ended.IsZero() {
		word := "met"
		if c.Waived {
			word = "waived"
		}
		d.refuse(Refusal{Reason: AlreadySo, Seq: c.EndSeq, Text: fmt.Sprintf("%s was %s by %s at %s.", c.Def.Title, word, c.EndedBy, d.clock(c.Ended))})
		return nil
	}
	return c
}

// clockNamed is the clock that an entry names; if there is none, that is counted.
func clockNamed(inc *Incident, id string) *Clock {
	c := inc.Clock(id)
	if c == nil {
		inc.Unresolved++
	}
	return c
}

// KindClockStarted is the kind of [ClockStarted].
const KindClockStarted Kind = "clock.started"

// ClockStarted records that a clock was started by hand. A law that no runbook of the
// incident names comes to it with this entry, as the program knew the law then.
type ClockStarted struct {
	Clock string `json:"clock"`
	Why   string `json:"why" part:"notes" text:"amend"`
	Law   *Law   `json:"law,omitempty"`
}

// A Law is a ready-made deadline as it was taken into an incident, so that what the
// log says of it does not change with the program's table of laws.
type Law struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Within  string `json:"within"` // as [runbooks.Span] writes it
	To      string `json:"to"`
	Source  string `json:"source"`
	Checked string `json:"checked"` // the day on which the source was last looked at
	// From is the answer from which it counts, as a runbook names it; "" if it counts from when it started.
	From string `json:"from,omitempty"`
}

// lawOf is a ready-made deadline as an entry has it. One that runs from when one became aware
// counts from the answer that says so, if some runbook asks for it.
func lawOf(inc *Incident, d runbooks.Deadline) *Law {
	law := &Law{ID: d.ID, Title: d.Title, Within: d.Within.String(), To: d.To, Source: d.Source, Checked: d.Checked}
	at := slices.IndexFunc(inc.Books, func(b Book) bool { return b.Runbook != nil && slices.Contains(askedBy(b.Runbook), awareness) })
	if d.Aware && at >= 0 {
		law.From = "answer:" + inc.Books[at].IDOf(NounQuestion, awareness)
	}
	return law
}

// clock is the clock that a law sets, started and met by hand.
func (l *Law) clock() *runbooks.Clock {
	within, err := runbooks.ParseSpan(l.Within)
	if err != nil {
		within = runbooks.Span{AtOnce: true} // the only one that is not read as a length
	}
	manual := string(runbooks.Manual)
	return &runbooks.Clock{ID: l.ID, Law: l.ID, Title: l.Title, Within: within, Starts: manual, Stops: manual, From: l.From, To: l.To, Source: l.Source, Checked: l.Checked}
}

// Kind is KindClockStarted.
func (*ClockStarted) Kind() Kind { return KindClockStarted }

// StartClock makes clock.started.
type StartClock struct{ Clock, Why string }

func (StartClock) kind() Kind { return KindClockStarted }

func (c StartClock) decide(d *decision) Data {
	if law, ok := runbooks.FindDeadline(c.Clock); ok && d.inc.Clock(c.Clock) == nil {
		c.Clock = findLaw(d.inc, law.ID) // a clock that counts by it may have another id
		if d.inc.Clock(c.Clock) == nil {
			d.need("why", "the reason", c.Why, MaxText)
			data := &ClockStarted{Clock: law.ID, Why: c.Why, Law: lawOf(d.inc, law)}
			startedFirst(d, data.Law)
			return data
		}
	}
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	if !clock.Started.IsZero() && !clock.Def.Restarts {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: clock.StartSeq, Text: fmt.Sprintf("%s runs already, since %s.", clock.Def.Title, d.clock(clock.Started))})
	}
	d.need("why", "the reason", c.Why, MaxText)
	return &ClockStarted{Clock: clock.ID, Why: c.Why}
}

// startedFirst refuses, softly, to start a law at a time before the one from which it would count.
func startedFirst(d *decision, law *Law) {
	id, counts := strings.CutPrefix(law.From, "answer:")
	at, err := time.Parse(time.RFC3339, d.inc.answers[id].Value)
	if on := whenDone(d); counts && err == nil && at.Truncate(time.Minute).After(on) {
		d.refuse(Refusal{Reason: Untrue, Field: "at", Overridable: true, Hint: "Set right when you became aware, or leave out when it started.",
			Text: fmt.Sprintf("%s would count from %s, and was started at %s, before that.", law.Title, inUTC(at), inUTC(on))})
	}
}

func (data *ClockStarted) effect(inc *Incident, e *Entry) {
	if data.Law != nil && inc.Clock(data.Clock) == nil {
		def := data.Law.clock()
		inc.Clocks = append(slices.Clip(inc.Clocks), Clock{ID: data.Clock, Book: -1, Def: def, trigger: triggerOf(-1, def)})
	}
	if c := clockNamed(inc, data.Clock); c != nil {
		c.start(inc, e, &c.own, c.answer(inc, c.trigger.from))
		c.Why = data.Why
	}
}

func (data *ClockStarted) describe(inc *Incident, _ Entry) string {
	return "clock started: " + clockTitle(inc, data.Clock) + said(data.Why)
}

// KindClockMet is the kind of [ClockMet].
const KindClockMet Kind = "clock.met"

// ClockMet records that what a clock asked for was done.
type ClockMet struct {
	Clock string `json:"clock"`
	Why   string `json:"why" part:"notes" text:"amend"`
}

// Kind is KindClockMet.
func (*ClockMet) Kind() Kind { return KindClockMet }

// MeetClock makes clock.met.
type MeetClock struct{ Clock, Why string }

func (MeetClock) kind() Kind { return KindClockMet }

func (c MeetClock) decide(d *decision) Data {
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	d.need("why", "how it was met", c.Why, MaxText)
	if clock.Started.IsZero() {
		d.refuse(Refusal{Reason: WrongStatus, Overridable: true, Acts: []Act{{Deed: DeedStartClock, Of: clock.ID}}, Text: clock.Def.Title + " does not run: nothing has started it yet."})
	}
	return &ClockMet{Clock: clock.ID, Why: c.Why}
}

func (data *ClockMet) effect(inc *Incident, e *Entry) {
	if c := clockNamed(inc, data.Clock); c != nil {
		c.end(inc, e, false, data.Why)
	}
}

func (data *ClockMet) describe(inc *Incident, _ Entry) string {
	return "clock met: " + clockTitle(inc, data.Clock) + said(data.Why)
}

// KindClockWaived is the kind of [ClockWaived].
const KindClockWaived Kind = "clock.waived"

// ClockWaived records that what a clock asked for need not be done.
type ClockWaived struct {
	Clock string `json:"clock"`
	Why   string `json:"why" part:"notes" text:"amend"`
}

// Kind is KindClockWaived.
func (*ClockWaived) Kind() Kind { return KindClockWaived }

// WaiveClock makes clock.waived.
type WaiveClock struct{ Clock, Why string }

func (WaiveClock) kind() Kind { return KindClockWaived }

func (c WaiveClock) decide(d *decision) Data {
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	d.need("why", "why it is waived", c.Why, MaxText)
	return &ClockWaived{Clock: clock.ID, Why: c.Why}
}

func (data *ClockWaived) effect(inc *Incident, e *Entry) {
	if c := clockNamed(inc, data.Clock); c != nil {
		c.end(inc, e, true, data.Why)
	}
}

func (data *ClockWaived) describe(inc *Incident, _ Entry) string {
	return "clock waived: " + clockTitle(inc, data.Clock) + said(data.Why)
}

// KindClockMissed is the kind of [ClockMissed].
const KindClockMissed Kind = "clock.missed"

// ClockMissed records that a clock's time passed.
type ClockMissed struct {
	Clock string    `json:"clock"`
	Due   time.Time `json:"due"`
}

// Kind is KindClockMissed.
func (*ClockMissed) Kind() Kind { return KindClockMissed }

// dst is how far daylight saving can move a time that calendar days lead to.
const dst = 2 * time.Hour

// MissClock makes clock.missed, which the program says, as of when the time was up.
type MissClock struct {
	Clock string
	Due   time.Time
}

func (MissClock) kind() Kind { return KindClockMissed }

// fellDue implements finding: nobody did it, and it was so before anybody looked. A time that no
// incident has, which an answer could be once, is none at which an entry happens: the entry
// could not be written, nor any after it.
func (c MissClock) fellDue() time.Time {
	if c.Due.Year() < when.Earliest {
		return time.Time{}
	}
	return c.Due
}

func (c MissClock) decide(d *decision) Data {
	clock := d.clockOf(c.Clock)
	if clock == nil {
		return nil
	}
	switch {
	case clock.Missed != 0:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: clock.Missed, Text: clock.Def.Title + " was missed already."})
	case !clock.Running() || clock.Uncounted() || clock.AtOnce(fixedZone(d.stamp.Zone)) || c.Due.After(d.stamp.Recorded) || c.Due.Sub(clock.Due(fixedZone(d.stamp.Zone))).Abs() > dst:
		return d.refuse(Refusal{Reason: Untrue, Text: clock.Def.Title + " has time left."})
	}
	return &ClockMissed{Clock: clock.ID, Due: c.Due.UTC()}
}

func (data *ClockMissed) effect(inc *Incident, e *Entry) {
	if c := clockNamed(inc, data.Clock); c != nil {
		c.Missed = e.Seq
	}
}

func (data *ClockMissed) describe(inc *Incident, _ Entry) string {
	return "clock TIME UP: " + clockTitle(inc, data.Clock) + ", due " + inUTC(data.Due) + ", and no entry had met it"
}
