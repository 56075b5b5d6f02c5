package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// An AAR is an after-action report that can be written out.
type AAR struct{ *view.AAR }

// NewAAR draws the after-action report of a drill. It only reads inc, which must hold
// at least one entry.
func NewAAR(inc *state.Incident, opts view.AAROptions) AAR { return AAR{view.NewAAR(inc, opts)} }

// JSON is the report as JSON, with nothing in it that a terminal would obey.
func (a AAR) JSON() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(a); err != nil {
		return nil, err
	}
	return clean.JSON(out.Bytes()), nil
}

// Markdown is the report as Markdown: cleaned and escaped.
func (a AAR) Markdown() string {
	var text strings.Builder
	w := &aarWriter{page: newPage(bufio.NewWriter(&text), a.Exercise, a.Zone), AAR: a.AAR}
	w.title()
	w.inShort()
	w.overviewTable()
	w.objectiveParts()
	w.notes("Strengths", a.Strengths, "None was noted.")
	w.notes("Areas to improve", a.Improve, "None was noted.")
	w.rootCause()
	w.planTable()
	w.injectTable()
	w.injectDetails()
	w.outcomeTables()
	w.comparison()
	w.timelineTable()
	w.howToCheck()
	w.out.Flush() // a strings.Builder takes everything
	return text.String()
}

func (w *aarWriter) title() {
	w.heading(1, "After-action report: "+orElse(escaped(w.Title), "title not known"))
	w.quote("**EXERCISE EXERCISE EXERCISE** — this is the report of a drill. Nothing in it is a real event.")
	if w.Draft {
		w.quote("**DRAFT, not for players**: the drill is open, and this says what is still to come.")
	}
	w.warn(w.Gaps)
}

// inShort is the exercise in a few sentences.
func (w *aarWriter) inShort() {
	w.heading(2, "In short")
	r := w.Result
	w.item(0, "Injects: ", w.delivered(), ".")
	if r.Delivered > 0 {
		w.item(0, "Acknowledged: ", sayDelays(r.Acked, r.Delivered), ".")
		w.item(0, "Answered, by an entry that somebody linked: ", sayDelays(r.Answered, r.Delivered), ".")
		w.item(0, w.silent())
	}
	w.item(0, "Objectives: ", w.ratings(), ".")
	w.item(0, w.steps())
	w.item(0, "Statements that would have been sent: ", number(len(w.Statements)), w.falseOnes(), ". Overrides: ", number(len(w.Overrides)), ".")
	w.item(0, "Noted: ", counted(len(w.Strengths), "strength", "strengths"), " and ", counted(len(w.Improve), "area", "areas"), " to improve.")
	w.item(0, "Scenario: ", w.sealed())
	w.end()
}

// steps counts the steps.
func (w *aarWriter) steps() markdown {
	s := w.Result.Steps
	if s == nil {
		return "Steps: not counted, the runbook's text is withheld."
	}
	return markdown(fmt.Sprintf("Steps: %d of %d done, %d skipped, %d failed, %d not applicable, %d left.", s.Done, s.Total, s.Skipped, s.Failed, s.NotApplicable,
		s.Total-s.Done-s.Skipped-s.Failed-s.NotApplicable))
}

func (w *aarWriter) delivered() markdown {
	r := w.Result
	if w.unfound() {
		return number(r.Delivered) + " delivered; how many the scenario plans, and which were made on the spot, is not known: its file is not there" + w.notCounted()
	}
	if r.Planned == 0 {
		return number(r.Delivered) + " delivered; there was no scenario" + w.notCounted()
	}
	text := fmt.Sprintf("%d of the scenario's %d delivered", r.Delivered-r.AdHoc, r.Planned)
	for _, part := range []struct {
		n    int
		what string
	}{{r.AdHoc, "made on the spot"}, {r.Held, "held"}, {r.Skipped, "skipped"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	return markdown(text) + w.notCounted()
}

// scenario names what was played, by the log where its file is not here.
func (w *aarWriter) scenario() markdown {
	title := w.Overview.Scenario
	if w.Seal != nil && title == "" {
		title = w.Seal.Title
	}
	return escaped(strings.TrimPrefix(strings.TrimSuffix(title+". "+w.Overview.Summary, ". "), ". "))
}

// notCounted says what the counts of injects and ratings lack.
func (w *aarWriter) notCounted() markdown {
	if w.Result.NotKnown {
		return " (of what is seen; entries that may count here are withheld)"
	}
	return ""
}

func sayDelays(d view.AARDelays, of int) markdown {
	text := number(d.Count) + " of " + number(of)
	if d.Median != nil {
		text += ", after " + lasted(*d.Median) + " at the median and " + lasted(*d.Worst) + " at worst (inject " + number(d.WorstAt) + ")"
	}
	return text
}

// silent names the injects after which nothing was recorded that may be an answer. It
// never says that the others were answered: whether what came after was an answer is
// for people to say.
func (w *aarWriter) silent() markdown {
	switch silent := w.Result.Silent; {
	case silent == nil && w.Gaps.Runbook:
		return "Whether nothing at all was recorded after an inject is not known: the runbook, which says whose an act is, is withheld."
	case silent == nil:
		return "Whether nothing at all was recorded after an inject is not known: entries that are withheld whole may be answers."
	case len(silent) == 0:
		by := markdown("by whom it was to")
		if slices.ContainsFunc(w.Injects, func(in view.AARInject) bool { return in.NextBy == state.NextOfNobody }) {
			by += ", or by any player where nobody held the role"
		}
		return "Every inject was acknowledged, or something was recorded after it " + by + ". Whether that answers it, only a link says."
	default:
		return "**No entry answers: inject " + numbers(silent) + "**: not acknowledged, no answer linked, and nothing recorded after it, before the end, by whom it was to."
	}
}

func (w *aarWriter) ratings() markdown {
	if len(w.Objectives) == 0 {
		return none(w.Gaps, "none were set")
	}
	var parts []string
	for _, rating := range append(state.Ratings(), "") {
		n := w.Result.Ratings[string(rating)]
		if n == 0 {
			continue
		}
		word := "not rated"
		if rating != "" {
			word = string(rating) + " (" + rating.Title() + ")"
		}
		parts = append(parts, fmt.Sprintf("%d %s", n, word))
	}
	return markdown(strings.Join(parts, ", ")) + w.notCounted()
}

// falseOnes names the statements that were not true when they were sent, or not known to be, and
// says how many of the last ones were not true at the end.
func (w *aarWriter) falseOnes() markdown {
	n, unsure, lacks := 0, 0, false
	var text markdown
	for i, s := range w.Statements { // those that were not true come first
		if len(s.Untrue) > 0 && i < maxNamed {
			text += "; **not true then: " + escaped(s.Title) + ", version " + number(s.Version) + "**"
		}
		if len(s.Untrue) == 0 && len(s.Unknown) > 0 && i < maxNamed {
			text += "; **not known to be true then: " + escaped(s.Title) + ", version " + number(s.Version) + "**"
		}
		switch {
		case len(s.Stale) > 0:
			n++
		case len(s.Unsure) > 0:
			unsure++
		}
		lacks = lacks || len(s.Redacted) > 0
	}
	if unsure > 0 {
		text += ", **" + number(unsure) + " not known to be true at the end**"
	}
	switch {
	case n > 0 && lacks:
		text += ", **at least " + number(n) + " not true at the end** (by some of them that cannot be told, for what is withheld)"
	case lacks:
		text += ", and whether all of them were still true at the end cannot be told, for what is withheld"
	case n > 0:
		text += ", **" + number(n) + " not true at the end**"
	}
	return text
}

// maxNamed bounds how many untrue statements the first page names.
const maxNamed = 8

func (w *aarWriter) overviewTable() {
	w.heading(2, "Exercise overview")
	o := w.Overview
	w.table("What", "")
	row := func(what, text markdown) {
		if text != "" {
			w.row(what, text)
		}
	}
	row("Exercise", strong(escaped(o.Name)))
	row(w.timed("Started"), w.atOrNot(o.Started))
	ended := w.atOrNot(o.Ended)
	if o.Ended == nil {
		ended = "not ended"
	}
	if e := w.Gaps.End; w.Gaps.Closed() {
		ended = w.at(e.Recorded) + ", by " + entryRef(e.Seq) + ", which is withheld"
	}
	row(w.timed("Ended"), ended)
	row("Lasted", lastedOrNot(o.Seconds))
	if clock := w.Result.Clock; clock == nil || *clock {
		row("Exercise clock at the end", orElse(markdown(o.ExerciseTime), unclocked))
	}
	row("Sharing", orElse("TLP:"+escaped(w.TLP), noTLP(w.Gaps)))
	row("Scope", escaped(o.Scope))
	row("Threat or hazard", escaped(o.Threat))
	row("Scenario", w.scenario())
	row("Told beforehand", escaped(o.Background))
	row("Runbook", escaped(o.Runbook))
	row("Sponsor", escaped(o.Sponsor))
	row("Point of contact", escaped(o.Contact))
	row("Log", escaped(w.ID)+", head "+markdown(w.Log.Code)+", "+entryRef(w.Log.Seq))
	w.end()
	w.heading(3, "Participants")
	w.table("Person", "Part", "Entries")
	for _, p := range o.Participants {
		part := escapedList(p.Roles)
		for _, one := range []struct {
			is   bool
			what string
		}{{p.Facilitator, ", facilitator"}, {p.Evaluator, ", evaluator"}} {
			if one.is {
				part = markdown(strings.TrimPrefix(string(part)+one.what, ", "))
			}
		}
		w.row(escaped(p.Name), orElse(part, "player"), number(p.Entries))
	}
	if u := o.Unnamed; u != nil {
		w.row(unnamed(u), orElse(escapedList(u.Roles), "not known"), number(u.Entries))
	}
	w.end()
}

func (w *aarWriter) objectiveParts() {
	w.heading(2, "Objectives")
	if len(w.Objectives) == 0 {
		w.para(none(w.Gaps, "None were set."))
		return
	}
	w.table("Objective", "Rating", "By", "Why", "Injects")
	for _, o := range w.Objectives {
		if len(o.Ratings) == 0 {
			w.row(escaped(o.Title), "not rated", "", "", numbers(o.Injects))
		}
		for _, r := range o.Ratings {
			w.row(escaped(o.Title), strong(escaped(string(r.Rating)))+", "+escaped(strings.TrimSuffix(r.Words+", "+r.Newer, ", ")), escaped(r.By)+", "+entryRef(r.Seq), escaped(r.Note), numbers(o.Injects))
		}
	}
	w.end()
	w.para("P: performed without challenges. S: with some challenges. M: with major challenges. U: unable to be performed.")
	for _, o := range w.Objectives {
		if len(o.Strengths)+len(o.Improve) == 0 {
			continue
		}
		w.heading(3, escaped(o.Title))
		for _, n := range o.Strengths {
			w.item(0, "Strength: ", escaped(n.Text))
		}
		for _, n := range o.Improve {
			w.item(0, "To improve: ", escaped(n.Text))
		}
		w.end()
	}
}

func numbers(list []int) markdown {
	var parts []string
	for _, n := range list {
		parts = append(parts, fmt.Sprint(n))
	}
	return markdown(strings.Join(parts, ", "))
}

func (w *aarWriter) notes(title markdown, notes []view.AARNote, missing markdown) {
	w.heading(2, title)
	for _, n := range notes {
		w.item(0, escaped(n.Text), " (", escaped(n.By), ", ", entryRef(n.Seq), ")")
	}
	if len(notes) == 0 {
		w.item(0, none(w.Gaps, missing))
	}
	w.end()
}

// rootCause is why it went as it did, if somebody said so.
func (w *aarWriter) rootCause() {
	if c := w.Cause; c != nil {
		w.heading(2, "Root cause")
		writeCause(&w.page, c)
	}
}

func (w *aarWriter) planTable() {
	w.heading(2, "Improvement plan")
	w.para("To be filled in. The areas are what was noted, what was rated M or U, and injects after which nothing was recorded by whom they were to.")
	w.table("Area", "From", "Action", "Responsible", "Start", "End")
	for _, row := range w.Plan {
		w.row(escaped(row.Area), markdown(escaped(row.From)), escaped(row.Action), escaped(row.Responsible), escaped(row.Start), escaped(row.End))
	}
	if len(w.Plan) == 0 {
		w.row("", "", "", "", "", "")
	}
	w.end()
}
