package export

import (
	"fmt"
	"slices"
	"strings"

	"muster/state"
	"muster/state/view"
)

func (w *aarWriter) injectTable() {
	w.heading(2, "Injects and answers")
	if len(w.Injects) == 0 {
		if w.Result.NotKnown {
			w.para("Whether one was delivered is withheld.")
			return
		}
		w.para("None was delivered.")
		return
	}
	switch clock := w.Result.Clock; {
	case clock == nil:
		w.para("What set the exercise clock is withheld: whether it ran is not known, nor whether lengths are those that it showed.")
	case *clock:
		w.para("Times and lengths are those of the exercise clock: pauses and jumps are not counted.")
	default:
		w.para("The exercise clock never ran: lengths are those of the machine's clock.")
	}
	w.table("No.", "Inject", "Planned", "Delivered", "To", "Acknowledged after", "Answered after", "With", "Next act after", "Which")
	for _, in := range w.Injects {
		no, delivered := markdown(""), escaped(string(in.Status))
		if in.Number > 0 {
			no, delivered = number(in.Number), orElse(markdown(in.Delivered), unclocked)
			if in.Times > 1 {
				delivered += markdown(fmt.Sprintf(", %d times", in.Times))
			}
			if in.Scenario == 0 && !w.unfound() {
				delivered += ", on the spot"
			}
		}
		w.row(no, escaped(in.Title), markdown(in.Planned), delivered, escaped(in.To), lastedOrNot(in.Acked), lastedOrNot(in.Answered), w.answer(&in), w.next(&in), w.action(&in))
	}
	w.end()
	if w.Gaps.Runbook {
		w.para("**The runbook's text is withheld**: which roles it has, and whose its steps are, is not known here, and so neither is the next act of a role.")
	}
	w.para("An answer is an entry that somebody linked to the inject. The next act is the first entry after the inject, before the end, made in the role that it was to, or on a step of that role; for one that was to all, or to a role that nobody held, any player's, as it says. It may have nothing to do with the inject.")
}

func (w *aarWriter) next(in *view.AARInject) markdown {
	switch {
	case in.Number == 0:
		return ""
	case in.NextAfter != nil:
		return lasted(*in.NextAfter) + ", of " + escaped(string(in.NextBy))
	case w.Result.Silent == nil:
		return "not known"
	case w.Gaps.Entries > 0:
		return "none seen"
	}
	return "**none**"
}

func (w *aarWriter) action(in *view.AARInject) markdown {
	if in.NextAct == nil {
		return ""
	}
	return entryRef(in.NextAct.Seq) + ": " + escaped(in.NextAct.What)
}

func (w *aarWriter) answer(in *view.AARInject) markdown {
	if in.Answer == nil {
		return ""
	}
	return entryRef(in.Answer.Seq) + ": " + escaped(in.Answer.What) + " (linked by " + escaped(in.LinkedBy) + ")"
}

// injectDetails is what was said and expected.
func (w *aarWriter) injectDetails() {
	w.heading(3, "What was said, and what was expected")
	for _, in := range w.Injects {
		name := escaped(in.Title)
		if in.Number > 0 {
			name = number(in.Number) + " " + name
		} else {
			name += " (" + escaped(string(in.Status)) + ")"
		}
		w.item(0, strong(name))
		w.item(1, "From ", escaped(in.From), " to ", escaped(in.To), " ", escaped(state.ByWay(in.Via)), ": ", escaped(in.Text))
		for _, part := range []struct {
			what markdown
			text string
		}{{"Expected", in.Expect}, {"For the evaluator", in.Notes}, {"Why", in.Why}, {"Acknowledged with", in.AckNote}, {"Linked with", in.LinkNote}} {
			if text := escaped(part.text); text != "" {
				w.item(1, part.what, ": ", text)
			}
		}
	}
	w.end()
}

func (w *aarWriter) outcomeTables() {
	w.heading(2, "How it stood at the end")
	if w.Gaps.Runbook {
		w.para("**The runbook's text is withheld**: its services, and whether statements were still true, are not known here.")
	}
	if len(w.Services) > 0 {
		w.table("Service", "State", "Last said", "")
		for _, s := range w.Services {
			differs := markdown("")
			if s.Differs {
				differs = "**differs**"
			}
			w.row(escaped(s.Title), escaped(string(s.State)), escaped(string(s.Said)), differs)
		}
		w.end()
	}
	if len(w.Statements) > 0 {
		w.heading(3, "Statements that would have been sent")
		w.table("At", "Statement", "By", "Not true then", "Not known to be true", "Not true at the end", "Override")
		for _, s := range w.Statements {
			w.row(orElse(markdown(s.At.Exercise), unclocked), escaped(s.Title)+", version "+number(s.Version)+escapedAfter(s.Early), escaped(s.At.By), escaped(strings.Join(s.Untrue, "; ")), notKnownTrue(&s), escaped(strings.Join(s.Stale, "; ")), escaped(s.Override))
		}
		w.end()
	}
	if len(w.Overrides) > 0 {
		w.heading(3, "Overrides")
		for _, o := range w.Overrides {
			w.item(0, orElse(markdown(o.Exercise), unclocked), " ", escaped(o.By), ": ", escaped(o.What), " (", entryRef(o.Seq), ")")
		}
		w.end()
	}
}

func (w *aarWriter) comparison() {
	w.heading(2, "Compared with earlier times")
	c := w.Comparison
	if len(c.Others) == 0 {
		w.para("There is no earlier drill or live incident of this runbook to compare with. Next time there is this one.")
	} else {
		w.para("Medians of ", counted(len(c.Others), "earlier incident", "earlier incidents"), " of this runbook. In drills the exercise clock counts.")
		for _, o := range c.Others {
			w.item(0, escaped(string(o.Mode)), " ", escaped(o.Incident), ", ", w.atOrNot(o.Opened), ", runbook version ", orElse(escaped(o.Version), "not stated"), ": ", escaped(o.Title))
		}
		w.end()
	}
	w.took("Phase", c.Phases)
	w.took("Step", c.Steps)
}

func (w *aarWriter) took(what markdown, rows []view.AARTook) {
	if len(rows) == 0 {
		return
	}
	w.table(what, "This time", "Drills, median", "Live, median")
	for _, t := range rows {
		this := lastedOrNot(t.This)
		if t.Open > 0 {
			this += ", **not finished**: " + number(t.Open) + " of " + counted(t.Of, "step", "steps") + " open"
		}
		w.row(escaped(t.Name), this, medianOf(t.Drills, t.NDrill, t.OpenDrill), medianOf(t.Lives, t.NLive, t.OpenLive))
	}
	w.end()
}

func medianOf(seconds *int64, n, unfinished int) markdown {
	if seconds == nil {
		return ""
	}
	text := lasted(*seconds) + " (" + number(n)
	if unfinished > 0 {
		text += ", " + number(unfinished) + " not finished"
	}
	return text + ")"
}

func (w *aarWriter) timelineTable() {
	w.heading(2, "Timeline")
	w.table("Entry", "Exercise", w.timed("Occurred"), "Person", "What")
	for _, line := range w.Timeline {
		what := escaped(line.What)
		if line.Inject {
			what = strong(what)
		}
		w.row(number(line.Seq), orElse(markdown(line.Exercise), unclocked), w.at(line.At), escaped(line.By), what)
	}
	w.end()
}

func (w *aarWriter) howToCheck() {
	w.heading(2, "How to check this report")
	w.item(0, "It is computed from the log ", escaped(w.ID), ", whose head is ", markdown(w.Log.Hash.String()), " (", markdown(w.Log.Code), "), ", entryRef(w.Log.Seq), ".")
	if w.Seal != nil {
		w.item(0, "The scenario's SHA-256 stands in the log's first entry: ", markdown(w.Seal.SHA256.String()), ". Its file: ", w.sealed())
	}
	w.item(0, "Written by ", orElse(escaped(w.Program), "a program that does not say its name"), ".")
	w.end()
	w.para("> **EXERCISE EXERCISE EXERCISE**")
}

// unfound reports whether there was a scenario, and its file is not here to read.
func (w *aarWriter) unfound() bool {
	return w.Seal != nil && !w.Seal.Found && w.Result.Planned == 0
}

// An aarWriter is the report while it is written.
type aarWriter struct {
	page
	*view.AAR
}

func (w *aarWriter) sealed() markdown {
	switch seal := w.Seal; {
	case seal == nil:
		return "none was sealed."
	case !seal.Found:
		return "**not proven**: the file with SHA-256 " + markdown(seal.SHA256.String()) + " is not there."
	case !*seal.Matches:
		return "**DOES NOT MATCH** the SHA-256 in the log's first entry, " + markdown(seal.SHA256.String()) + "."
	default:
		return "unchanged since the start: its SHA-256 is the one in the log's first entry."
	}
}

// notKnownTrue is what of a statement was not known to be true when it was sent, and what at the end.
func notKnownTrue(s *view.AARSaid) markdown {
	says := slices.Clone(s.Unknown)
	for _, why := range s.Unsure {
		says = append(says, "at the end: "+why)
	}
	return escaped(strings.Join(says, "; "))
}
