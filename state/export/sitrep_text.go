package export

import (
	"bufio"
	"cmp"
	"fmt"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// Fit writes the sitrep with as much of what was done as the log can keep of a text, the
// latest first.
func (s Sitrep) Fit(write func(Sitrep) string) string {
	text := write(s)
	for len(s.Done) > 0 && len(text)+2*strings.Count(text, "\n") > state.MaxSitrep { // as a line of the log counts it
		short, fewer := *s.Sitrep, (len(s.Done)+3)/4
		short.Done, short.DoneMore = s.Done[fewer:], s.DoneMore+fewer
		s = Sitrep{&short}
		text = write(s)
	}
	return text
}

// A part is a part of a sitrep for people: a heading and its lines, raw.
type part struct {
	title string
	lines []string
	none  string // what it says without lines; "" leaves the part out
}

// Markdown is the sitrep as Markdown: cleaned and escaped.
func (s Sitrep) Markdown() string {
	var text strings.Builder
	p := newPage(bufio.NewWriter(&text), s.Exercise, nil)
	p.heading(1, "Situation report: "+orElse(escaped(s.Title), "title not known"))
	if s.Exercise {
		p.quote("**EXERCISE EXERCISE EXERCISE** — this is a drill. Nothing in it is a real event.")
	}
	for _, line := range s.top() {
		p.item(0, escaped(line))
	}
	p.end()
	for _, part := range s.parts() {
		if len(part.lines) == 0 && part.none == "" {
			continue
		}
		p.heading(2, markdown(part.title))
		for _, line := range part.lines {
			p.item(0, escaped(line))
		}
		if len(part.lines) == 0 {
			p.item(0, markdown(part.none))
		}
		p.end()
	}
	p.out.Flush() // a strings.Builder takes everything
	return text.String()
}

// Text is the sitrep as plain text: cleaned, a line a line.
func (s Sitrep) Text() string {
	var b strings.Builder
	mark := ""
	if s.Exercise {
		mark = "EXERCISE EXERCISE EXERCISE\n"
	}
	b.WriteString(mark + "SITUATION REPORT: " + clean.Line(string(cmp.Or(s.Title, "title not known"))) + "\n")
	for _, line := range s.top() {
		b.WriteString(clean.Line(line) + "\n")
	}
	for _, part := range s.parts() {
		if len(part.lines) == 0 && part.none == "" {
			continue
		}
		b.WriteString("\n" + strings.ToUpper(part.title) + "\n")
		for _, line := range part.lines {
			b.WriteString("  " + clean.Line(line) + "\n")
		}
		if len(part.lines) == 0 {
			b.WriteString("  " + part.none + "\n")
		}
	}
	b.WriteString(mark)
	return b.String()
}

// top says what the report is of, and as of when.
func (s Sitrep) top() []string {
	at := s.At.In(s.Zone)
	var lines []string
	if s.AsOf != nil {
		lines = []string{s.AsOf.Title(func(time.Time) string { return at.Format("2006-01-02 15:04:05 -07:00") }), s.AsOf.String()}
	}
	lines = append(lines,
		fmt.Sprintf("%s, %s, %s", cmp.Or(s.ID, "incident not known"), cmp.Or(s.Severity, "severity not known"), s.sharing()),
		fmt.Sprintf("as of %s", at.Format("2006-01-02 15:04 -07:00 MST")),
		fmt.Sprintf("entry %d, head %s", s.Log.Seq, s.Log.Code),
	)
	if s.Detected != nil {
		lines = append(lines, fmt.Sprintf("%s %s, %s ago", began(s), s.clock(*s.Detected), lasted(int64(s.At.Sub(*s.Detected)/time.Second))))
	}
	if b := s.Branch; b != nil {
		heard := "at a time that is not known"
		if b.Heard != nil {
			heard = s.clock(*b.Heard)
		}
		lines = append(lines, fmt.Sprintf("BRANCH of %s since %s: the other side has entry %d, head %s, and was heard last %s", cmp.Or(b.Source, "a log whose place is withheld"), s.clock(b.At), b.Entry, b.Code, heard))
	}
	switch {
	case s.Gaps.Closed():
		lines = append(lines, fmt.Sprintf("CLOSED %s, by entry %d, which is withheld", s.clock(s.Gaps.End.Recorded), s.Gaps.End.Seq))
	case s.Closed != nil:
		lines = append(lines, "CLOSED "+s.clock(*s.Closed))
	}
	if s.Gaps.Any() {
		lines = append(lines, "WITHHELD from this copy of the log: "+s.Gaps.String())
		if text := s.Gaps.Correction(); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

// sharing is the report's TLP marking.
func (s Sitrep) sharing() string {
	if s.TLP == "" {
		return "TLP " + string(noTLP(s.Gaps))
	}
	return "TLP:" + string(s.TLP)
}

// none is what a part without lines says: none, unless that cannot be told.
func (s Sitrep) none(lost bool, none string) string {
	if lost {
		return "Not known: what would tell is withheld."
	}
	return none
}

func (s Sitrep) parts() []part {
	since, next, decisions := "What was done", "Under way and next", "Decisions to make"
	if s.Since > 0 {
		since += fmt.Sprintf(" since entry %d", s.Since)
	}
	if s.Closed != nil || s.Gaps.Closed() {
		next, decisions = "Not finished when it was closed", "Decisions that were not made"
	}
	return []part{
		{"TWO ANSWERS that nobody has settled", s.twoLines(), ""},
		{"Statements that are NOT TRUE", s.whyLines(notTrue), ""},
		{"Statements that are NOT KNOWN TO BE TRUE", s.whyLines(func(n *view.Notice) []string { return n.Unsure }), ""},
		{"Statements that MAY HAVE LEFT", s.leavingLines(), ""},
		{"Decided and answered", s.knownLines(), s.none(s.Gaps.Runbook || s.Gaps.Answers(), "Nothing was decided or answered yet.")},
		{"Services", append(s.serviceLines(), s.named("service")...), s.none(s.Gaps.Runbook, "The runbook names none.")},
		{"Clocks and timers", append(s.clockLines(), s.named("clock")...), s.none(s.Gaps.Runbook, "")},
		{since, s.doneLines(), s.none(s.Gaps.Entries > 0, "Nothing.")},
		{next, append(s.stepLines(s.Next), s.named("step")...), s.none(s.Gaps.Runbook, "No step is to do.")},
		{decisions, s.stepLines(s.Decisions), ""},
		{s.statementsHead(), s.noticeLines(), s.none(s.Gaps.Entries > 0, "Nothing was said.")},
		{"Updates promised", s.promiseLines(), s.none(s.Gaps.Runbook, "")},
		{"Who is on", append(s.roleLines(), s.named("role")...), s.none(s.Gaps.Runbook, "")},
		{"To call back", s.callLines(), ""},
	}
}

// twoLines say what has two answers, and which.
func (s Sitrep) twoLines() []string {
	var lines []string
	for _, two := range s.Two {
		var says []string
		for _, a := range two.Answers {
			where := ""
			if a.From != 0 {
				where = ", in a branch"
			}
			says = append(says, fmt.Sprintf("%s (%s, %s%s, entry %d)", a.Says, a.By, s.clock(a.At), where, a.Seq))
		}
		lines = append(lines, two.Name+": "+strings.Join(says, "; "))
	}
	return lines
}

func (s Sitrep) knownLines() []string {
	var lines []string
	for _, a := range s.Known {
		answer := a.Title
		if a.Time != nil {
			answer = s.clock(*a.Time)
		}
		lines = append(lines, fmt.Sprintf("%s — %s (%s, %s)", a.Prompt, answer, a.By, s.clock(*a.At)))
	}
	if len(lines) > 0 && (s.Gaps.Runbook || s.Gaps.Answers()) {
		lines = append(lines, "… and what may be withheld")
	}
	return lines
}

// named are lines about things whose runbook is withheld; of steps, those that are
// under way.
func (s Sitrep) named(what string) []string {
	var lines []string
	for _, u := range s.Unplaced {
		under := u.Last == "started" || u.Last == "blocked" || u.Last == "reopened"
		if u.What != what || u.At == nil || what == "step" && !under {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: recorded last, %s %s, by %s", u.ID, s.clock(*u.At), u.Last, u.By))
	}
	if len(lines) > 0 && s.Gaps.Runbook {
		lines = append(lines, "More is not known: the runbook's text is withheld.")
	}
	return lines
}

// titles lists what things are called.
func titles(of []view.Ref) string {
	words := make([]string, len(of))
	for i, ref := range of {
		words[i] = ref.Title
	}
	return strings.Join(words, ", ")
}

func (s Sitrep) serviceLines() []string {
	var lines []string
	for _, v := range s.Services {
		line := v.Title + ": " + strings.ToUpper(string(v.State))
		if v.Withheld {
			line = v.Title + ": not known, what would tell is withheld"
		}
		if v.Since != nil {
			line += fmt.Sprintf(" since %s (%s)", s.clock(*v.Since), v.ByWhom)
		}
		if v.Expected != nil {
			line += ", expected back " + s.clock(*v.Expected)
		}
		if len(v.Below) > 0 {
			line += "; needs " + titles(v.Below) + ", hit"
		}
		if c := v.Check; c != nil {
			verdict := "passed"
			if !c.OK {
				verdict = "FAILED"
			}
			line += fmt.Sprintf("; check %s at %s", verdict, s.clock(c.At))
		}
		if said := v.Said; said != nil {
			line += fmt.Sprintf("; said at %s: %s", s.clock(said.At), said.State)
			switch {
			case said.Differs():
				line += ", WHICH IS NOT WHAT IS KNOWN"
			case said.Unsure:
				line += ", AND NOTHING IS KNOWN BY WHICH THAT IS SO"
			case said.Superseded():
				line += ", superseded since"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// clockLeft says how long a clock that runs leaves.
func (s Sitrep) clockLeft(c view.Clock) string {
	switch {
	case c.Withheld && c.Due.Known() == nil:
		return "not known: what is withheld may have started or stopped it"
	case c.Withheld:
		return "due " + s.clock(c.Due.Time) + ", not known whether it runs: what is withheld may have stopped it"
	case c.Ended != nil:
		return s.ended(&c)
	case c.Standing == state.ClockDueNow:
		return "due now, without delay"
	case c.Left == nil:
		return "when it is due rests on what is withheld"
	case *c.Left < 0:
		return "OVERDUE by " + string(lasted(-*c.Left)) + s.atClose() + ", " + state.NoEntryMeets + ", due " + s.clock(c.Due.Time)
	case s.Closed != nil:
		return "still ran when the incident was closed, due " + s.clock(c.Due.Time) + "; " + view.AfterClose(c.Missed)
	}
	return string(lasted(*c.Left)) + " left, due " + s.clock(c.Due.Time)
}

// ended says how and when a clock ended. What is said of its start stands after the time, which is
// not that of the start.
func (s Sitrep) ended(c *view.Clock) string {
	text := c.Standing.At(s.clock(*c.Ended))
	if text += spare(c); c.From != nil && c.From.Known() == nil {
		text += "; when it was due rests on what is withheld"
	}
	return text
}

// atClose says of what stands as it did at the end of a closed incident that it does.
func (s Sitrep) atClose() string {
	if s.Closed == nil {
		return ""
	}
	return " when the incident was closed"
}

func (s Sitrep) clockLines() []string {
	var lines []string
	for _, c := range s.Clocks {
		line := c.Title + ": " + s.clockLeft(c)
		if from := c.From.Known(); from != nil && c.Ended == nil {
			line += ", counted from " + s.clock(*from)
		}
		if c.To != "" && c.Ended == nil {
			line += ", to " + c.To
		}
		for _, note := range c.Notes() {
			line += "; " + state.InZone(note, s.clock)
		}
		lines = append(lines, line)
	}
	for _, m := range view.MovedIn(s.Clocks) {
		lines = append(lines, state.InZone(m.Says, s.clock))
	}
	return append(lines, pendingLines(s)...)
}

// promiseLines say what became of the updates that were promised.
func (s Sitrep) promiseLines() []string {
	var lines []string
	for i := range s.Promises {
		p := &s.Promises[i]
		lines = append(lines, fmt.Sprintf("%s, version %d, of %s: next update %s", p.Title, p.Version, s.clock(p.Made), p.Says(s.clock)))
	}
	return lines
}

// late says that a time has passed, by the close if the incident is closed.
func (s Sitrep) late(t time.Time) string {
	end := s.At
	if s.Closed != nil && s.Closed.Before(end) {
		end = *s.Closed
	}
	if t.Before(end) {
		return ", OVERDUE"
	}
	return ""
}

// whatWithOverride is what an entry records, and what was gone past to record it.
func whatWithOverride(e *view.Entry) string {
	if e.Override == nil {
		return e.What
	}
	return e.What + " — OVERRIDE of " + view.JoinReasons(e.Override.Of) + ": " + state.Quoted(e.Override.Why)
}

func (s Sitrep) doneLines() []string {
	var lines []string
	if s.DoneMore > 0 {
		lines = append(lines, fmt.Sprintf("… %d entries that were written before these", s.DoneMore))
	}
	for _, e := range s.Done {
		where := append([]string{fmt.Sprintf("entry %d", e.Seq)}, s.Marks[e.Seq]...)
		lines = append(lines, fmt.Sprintf("%s %s: %s (%s)", s.clock(e.Occurred), e.By, whatWithOverride(&e), strings.Join(where, ", ")))
	}
	t := s.Tally
	if t == nil {
		why := "it is withheld which there are"
		if s.Gaps.Runbook {
			why = "the runbook's text is withheld"
		}
		return append(lines, "Steps are not counted: "+why)
	}
	return append(lines, fmt.Sprintf("Steps: %d done, %d under way, %d to do, %d waiting, %d blocked, %d to confirm, %d skipped, %d failed, %d not applicable",
		t.Done, t.Active, t.Todo, t.Waiting, t.Blocked, t.Unconfirmed, t.Skipped, t.Failed, t.NotApplicable)+state.AtLeast(t.Unseen))
}

func (s Sitrep) stepLines(steps []view.Step) []string {
	var lines []string
	for _, step := range steps {
		line := fmt.Sprintf("%s: %s", step.Name(), step.Status)
		if who := step.Who(); who != "" {
			line += ", " + who
		}
		if step.Started != nil {
			line += " since " + s.clock(*step.Started)
		}
		if step.Because != "" {
			line += " — " + step.Because
		}
		lines = append(lines, line)
	}
	return lines
}

func (s Sitrep) leavingLines() []string {
	var lines []string
	for _, n := range s.MayBeOut {
		for _, l := range n.MayBeOut {
			lines = append(lines, fmt.Sprintf("%s, version %d, at %s by %s, by %s: nobody has said whether it arrived", n.Title, l.Version, s.clock(l.At), l.By, l.Channel))
		}
	}
	return lines
}

// whyLines say of each statement that is out why it is not true, or not known to be.
func (s Sitrep) whyLines(of func(*view.Notice) []string) []string {
	var lines []string
	for i := range s.Notices {
		for _, why := range of(&s.Notices[i]) {
			lines = append(lines, s.Notices[i].Title+": "+why)
		}
	}
	return lines
}

func (s Sitrep) roleLines() []string {
	var lines []string
	for _, r := range s.Roles {
		line := r.Title + ": " + r.Person
		if r.Person == "" {
			line = r.Title + ": " + state.NobodyNamed
		} else if r.Since != nil {
			line += " since " + s.clock(*r.Since)
		}
		if r.Pending != "" {
			line += "; handed to " + r.Pending + ", who has not acknowledged"
		}
		lines = append(lines, line)
	}
	return lines
}

func (s Sitrep) callLines() []string {
	var lines []string
	for _, c := range s.CallBacks {
		line := fmt.Sprintf("%s at %s", c.Title, s.clock(c.At))
		if !c.Withheld {
			line += s.late(c.At)
		} else {
			line += " — unless that was done: who was called is withheld"
		}
		lines = append(lines, line)
	}
	return lines
}

// began says what is known of the beginning: where nobody gave another time, it counts from the
// opening, and is not said to have been detected then.
func began(s Sitrep) string {
	if !s.DetectionGiven() {
		return "opened"
	}
	return "detected"
}
