package state

// miss takes in what an entry that counts may have said in what is withheld of it.
func miss(inc *Incident, e *Entry) {
	l := &inc.Lacks
	if e.Withheld.Has(Procedure) && kinds.is(e.Kind, long) {
		l.Runbook, l.First = true, l.First || e.Seq == 1
	}
	if e.Data == nil {
		l.All = true
		missAll(inc, e)
		return
	}
	l.Parts |= e.Withheld
	if e.Withheld.Has(Notes) {
		missNotes(inc, e)
	}
}

// missNotes takes in which answers the notes of an entry may have held.
func missNotes(inc *Incident, e *Entry) {
	l := &inc.Lacks
	switch e.Kind {
	case KindIncidentOpened, KindInputsAnswered:
		l.Inputs = e.Seq
	case KindStepDone, KindStepAnswered:
		s := inc.Step(inc.StepOf(*e))
		asks := s != nil && len(s.Def.Ask) > 0
		if asks {
			s.hidden = e.Seq
		}
		if asks || s == nil && l.Runbook {
			l.Asks = e.Seq
		}
	}
}

// missAll takes in what an entry that is withheld whole may have said, by its kind. A
// retraction may have taken back anything.
func missAll(inc *Incident, e *Entry) {
	l := &inc.Lacks
	if kinds.is(e.Kind, mayAnswer) {
		l.Whole = e.Seq
	}
	if kinds.is(e.Kind, mayMove) {
		l.Services = e.Seq
	}
	if kinds.is(e.Kind, maySay) {
		l.Sent = e.Seq
	}
	switch e.Kind {
	case KindIncidentClosed:
		inc.Closed = &Closing{When: e.Recorded, By: WithheldText, Summary: WithheldText, Seq: e.Seq}
		l.Ending = e.Seq
	case KindIncidentReopened:
		inc.Closed, l.Ending = nil, e.Seq
	}
}
