package export

import (
	"slices"
	"strings"

	"muster/state"
	"muster/state/sorted"
	"muster/state/view"
)

// notDone lists every step that is not done, by what became of it, and why.
func (r *report) notDone() {
	r.heading(3, "Skipped, failed, not applicable, without an entry — and why")
	if r.Gaps.Runbook {
		r.para("**A runbook's text is withheld**: which of its steps are not applicable, or have no entry, cannot be told. What entries say of its steps stands under “Steps”.")
		if len(r.Steps) == 0 {
			return
		}
	}
	kinds := []struct {
		title  markdown
		always bool // said even if there are none
		is     func(s *view.StepRecord) bool
	}{
		{"Failed", true, func(s *view.StepRecord) bool { return s.Status == state.Failed }},
		{"Skipped", true, func(s *view.StepRecord) bool { return s.Status == state.Skipped }},
		{"Not applicable", true, func(s *view.StepRecord) bool { return s.Status == state.NotNeeded }},
		{"No entry", true, func(s *view.StepRecord) bool { return s.NeverRun }},
		{"Not walked; an entry elsewhere does what they ask", false, func(s *view.StepRecord) bool { return s.Met != nil && s.Met.Settles }},
		{"Reopened, and not done again", false, func(s *view.StepRecord) bool { return s.Reopened }},
		{"Blocked", false, func(s *view.StepRecord) bool { return s.Status == state.Blocked }},
		{"Under way", false, func(s *view.StepRecord) bool { return s.Status == state.Active }},
		{"Done, and not confirmed by a second person", false, func(s *view.StepRecord) bool { return s.Status == state.Unconfirmed }},
		{"Done, and what it brought about is not so any more", false, func(s *view.StepRecord) bool { return s.Lapsed > 0 }},
		{"Without a copy: no service needed one", false, func(s *view.StepRecord) bool { return s.Empty }},
	}
	for _, kind := range kinds {
		var steps []*view.StepRecord
		for i := range r.Steps {
			if s := &r.Steps[i]; kind.is(s) {
				steps = append(steps, s)
			}
		}
		if len(steps) > 0 || kind.always {
			r.heading(4, kind.title)
			r.notDoneTable(steps)
		}
	}
}

func (r *report) notDoneTable(steps []*view.StepRecord) {
	if len(steps) == 0 {
		r.para(noSteps(r))
		return
	}
	r.table("Step", "Required", "Why", "By", r.timed("When"), "Entries")
	for _, s := range steps {
		required := markdown("no")
		if s.Required {
			required = "**yes**"
		}
		r.row(r.step(s.ID), required, r.why(s), escaped(s.By), r.whenOf(s), entryRefs(s.Seqs))
	}
	r.end()
}

// why says why a step is not done.
func (r *report) why(s *view.StepRecord) markdown {
	switch {
	case s.Because != "":
		return escaped(s.Because)
	case s.NeverRun && slices.ContainsFunc(s.Answers, func(a view.Answer) bool { return a.At != nil }):
		return "no entry starts it; what it asks was answered, or some of it"
	case s.NeverRun && slices.ContainsFunc(s.Answers, func(a view.Answer) bool { return a.Withheld }):
		return "no entry starts it; whether what it asks was answered is withheld"
	case s.NeverRun && s.Assignee != "":
		return "no entry starts it; assigned to " + escaped(s.Assignee)
	case s.NeverRun:
		return "no entry starts it; its turn had come"
	}
	return ""
}

// whenOf is when a step came into its status.
func (r *report) whenOf(s *view.StepRecord) markdown {
	if s.Ended != nil {
		return r.at(*s.Ended)
	}
	return r.atOrNot(s.Started)
}

// stepsByPhase lists all steps, and under each phase's table what was recorded
// about its steps.
func (r *report) stepsByPhase() {
	r.heading(3, "By phase")
	if r.Gaps.Runbook {
		r.para("**A runbook's text is withheld**: its phases and steps, their titles and order, and those that no entry names are not known here.")
	}
	r.unplaced("step")
	next := 0
	for _, phase := range r.Phases {
		first := next
		for next < len(r.Steps) && r.Steps[next].Phase == phase.ID {
			next++
		}
		r.phase(&phase, r.Steps[first:next])
	}
}

func (r *report) phase(phase *view.Phase, steps []view.StepRecord) {
	r.heading(4, number(phase.Number)+" "+escaped(phase.Title))
	if goal := escaped(phase.Goal); goal != "" {
		r.para(goal)
	}
	// A column for the few that were started with an entry of their own takes its room from all.
	began := 0
	for i := range steps {
		if steps[i].Started != nil {
			began++
		}
	}
	columns := []markdown{"Step", "Status", r.timed("Started"), r.timed("Ended"), "Took", "Expected", "By"}
	few := began*4 <= len(steps)
	if few {
		columns = slices.Delete(columns, 2, 3)
	}
	r.table(columns...)
	details := false
	for i := range steps {
		s := &steps[i]
		row := []markdown{r.step(s.ID), status(s), r.atOrNot(s.Started), r.atOrNot(s.Ended), took(s), lastedOrNot(s.Expected), doers(s)}
		if few {
			if s.Started != nil {
				row[1] += ", started " + r.atUTC(*s.Started)
			}
			row = slices.Delete(row, 2, 3)
		}
		r.row(row...)
		details = details || hasDetails(s)
	}
	r.end()
	if !details {
		return
	}
	for i := range steps {
		if hasDetails(&steps[i]) {
			r.details(&steps[i])
		}
	}
	r.end()
}

// status is a step's status in words.
func status(s *view.StepRecord) markdown {
	switch {
	case s.Empty:
		return "no copies"
	case s.Met != nil && s.Met.Settles:
		return "not walked; " + escaped(s.Met.What) + " by " + entryRef(s.Met.Seq)
	case s.NeverRun && s.Met != nil:
		return strong(state.NoEntry+" of its own") + "; " + escaped(s.Met.What) + " by " + entryRef(s.Met.Seq)
	case s.NeverRun:
		return strong(state.NoEntry)
	case s.Reopened:
		return "**to do again**"
	case s.Lapsed > 0:
		return "done; " + strong(escaped(s.Because))
	case s.Status == state.Done:
		return "done"
	}
	return strong(escaped(string(s.Status)))
}

// took is how long a step took, and how much that is over what was expected.
func took(s *view.StepRecord) markdown {
	if s.Duration == nil {
		return ""
	}
	if *s.Duration < 0 {
		return "ended, by the times given, before it started"
	}
	if s.Expected != nil && *s.Duration > *s.Expected {
		return lasted(*s.Duration) + ", **" + lasted(*s.Duration-*s.Expected) + " over**"
	}
	return lasted(*s.Duration)
}

// doers says who started, did and confirmed a step.
func doers(s *view.StepRecord) markdown {
	by := escaped(s.By)
	if s.DoneBy != "" {
		by = escaped(s.DoneBy)
	}
	if s.StartedBy != "" && (s.StartedBy != s.DoneBy && s.StartedBy != s.By || s.StartedBy == state.WithheldText) {
		by += ", started by " + escaped(s.StartedBy)
	}
	if s.Confirmed != "" {
		by += ", confirmed by " + escaped(s.Confirmed)
	}
	return by
}

// hasDetails reports whether more is recorded about a step than its table's row
// holds.
func hasDetails(s *view.StepRecord) bool { return len(s.Seqs) > 0 || s.Added }

func (r *report) details(s *view.StepRecord) {
	r.item(0, strong(r.step(s.ID)), " — ", entryWord(s.Seqs), orElse(entryRefs(s.Seqs), "none"))
	if s.Added {
		r.item(1, "Added by hand during the incident")
	}
	if s.Assignee != "" {
		r.item(1, "Assigned to ", escaped(s.Assignee))
	}
	if s.Reason != "" {
		r.lines(1, reasonWord(s.Status), s.Reason)
	}
	r.answered(s)
	r.checklist(s)
	for _, note := range s.Notes {
		r.lines(1, "Note by "+escaped(note.By)+", "+r.at(note.At)+", "+entryRef(note.Seq)+": ", note.Text)
	}
	for _, file := range s.Evidence {
		what := escaped(file.Name)
		if file.SHA256 != nil {
			what += ", " + number(*file.Size) + " bytes, SHA-256 " + hashOr(file.SHA256)
		}
		r.item(1, "Evidence: ", what, r.because(file.Note), " (", entryRef(file.Seq), ")")
	}
	for _, over := range s.Overrides {
		r.item(1, "**OVERRIDE** of ", escaped(view.JoinReasons(over.Of)), r.because(over.Why), " (", escaped(over.By), ", ", r.at(over.At), ", ", entryRef(over.Seq), ")")
	}
}

// answered says what was decided and answered with a step, or how much of it there is where the
// annex of answers has it all.
func (r *report) answered(s *view.StepRecord) {
	of := sorted.Without(slices.Clone(s.Answers), func(a view.Answer) bool { return a.At == nil })
	if len(of) > 0 && !r.Gaps.Runbook {
		r.item(1, "Decided or answered, ", number(len(of)), " of ", number(len(s.Answers)), ": see ", r.seeAnnex("answers"))
		return
	}
	for _, answer := range of {
		question := "Asked: " + escaped(answer.Prompt) + " — "
		if answer.Kind == "decision" {
			question = "Decided: "
		}
		says := escaped(answer.Title)
		if answer.Time != nil {
			says = r.atUTC(*answer.Time)
		}
		r.item(1, question, strong(says), " (", escaped(answer.By), ", ", r.at(*answer.At), ", ", entryRef(answer.Seq), ")")
	}
}

// checklist says in a line each which of a step's lines are ticked, and which are not.
func (r *report) checklist(s *view.StepRecord) {
	var ticked, before, left, untold []string
	for _, tick := range s.Checklist {
		of := &left
		switch {
		case tick.Done == nil:
			of = &untold
		case tick.Before:
			of = &before
		case *tick.Done:
			of = &ticked
		}
		*of = append(*of, string(escaped(tick.Text)))
	}
	for _, of := range []struct {
		word  markdown
		lines []string
	}{{"Ticked", ticked}, {"Ticked before it was reopened, and not since", before}, {"Not ticked", left}, {"Whether it was ticked is withheld", untold}} {
		if n := len(of.lines); n > 0 {
			r.item(1, of.word, ", ", number(n), " of ", number(len(s.Checklist)), ": ", markdown(strings.Join(of.lines, "; ")))
		}
	}
}

// reasonWord says what kind of text stands as a step's reason.
func reasonWord(status state.Status) markdown {
	switch status {
	case state.Failed:
		return "Failed because: "
	case state.Skipped:
		return "Skipped because: "
	case state.Blocked:
		return "Blocked on: "
	}
	return "Said with it: "
}

// stepsAnnex is what became of every step.
func stepsAnnex(r *report) {
	r.tallies()
	r.notDone()
	r.stepsByPhase()
}
