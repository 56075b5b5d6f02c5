package state

import (
	"slices"
	"time"

	"muster/runbooks"
)

// miss takes in what an entry that counts may have said in what is withheld of it.
func miss(inc *Incident, e *Entry) {
	l := &inc.Redacted
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
	if call, is := e.Data.(*ContactCalled); is && call.Outcome == Reached && e.Withheld.Has(Names) {
		missReached(inc)
	}
}

// missNotes takes in which answers the notes of an entry may have held.
func missNotes(inc *Incident, e *Entry) {
	l := &inc.Redacted
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
	l := &inc.Redacted
	if kinds.is(e.Kind, mayAnswer) {
		l.Whole = e.Seq
	}
	if kinds.is(e.Kind, mayMove) {
		l.Services = e.Seq
	}
	if kinds.is(e.Kind, maySay) {
		l.Sent = e.Seq
	}
	if kinds.is(e.Kind, mayCount) {
		l.Clocks = e.Seq
	}
	missSteps(inc, e)
	missWords(inc, e)
	missPlay(inc, e)
	for _, p := range PendingOf(inc) {
		p.Miss(e.Kind)
	}
	if e.Kind == KindStepDone || e.Kind == KindStepAnswered {
		missSets(inc)
	}
	switch e.Kind {
	case KindIncidentClosed:
		inc.Closed = &Closing{When: e.Recorded, By: WithheldText, Summary: WithheldText, Seq: e.Seq}
		endSeen(inc, e.Seq, true)
	case KindIncidentReopened:
		inc.Closed = nil
		endSeen(inc, e.Seq, false)
	case KindSeverityChanged:
		inc.Severity = ""
	case KindEntryAmended: // it may say another time of what moved a service, or was sent
		l.Services, l.Sent, l.Corrected = e.Seq, e.Seq, e.Seq
	case KindEntryRetracted:
		inc.Severity, inc.Title, l.Corrected = "", "", e.Seq
	case KindTitleChanged:
		inc.Title = ""
	case KindStepAdded, KindServiceAdded:
		l.Added = e.Seq
	}
}

// missPlay takes in what was not seen of a drill. A retraction may have been of any of it.
func missPlay(inc *Incident, e *Entry) {
	l, undone := &inc.Redacted, e.Kind == KindEntryRetracted
	switch e.Kind {
	case KindExerciseSet:
		l.Exercise = e.Seq
	case KindInjectDelivered, KindInjectHeld, KindInjectSkipped:
		l.Injects = e.Seq
	case KindObjectiveRated:
		l.Rated = e.Seq
	}
	if undone && e.Mode == Drill {
		l.Exercise, l.Injects, l.Rated = e.Seq, e.Seq, e.Seq
	}
}

// missSteps takes away what was known of steps that an entry of a kind may have changed.
func missSteps(inc *Incident, e *Entry) {
	kind := e.Kind
	walk, undo := kinds.is(kind, mayWalk), kinds.is(kind, mayUndo)
	if walk {
		inc.Redacted.Steps = e.Seq
	}
	for i := range inc.Steps {
		s := &inc.Steps[i]
		settled := s.over(kind)
		switch {
		case s.Empty:
		case undo && s.By != "":
			s.unsee()
			s.Started, s.StartedBy = time.Time{}, ""
		case walk && !settled, s.Status == Todo && s.mayMeet(kind):
			s.unsee()
		}
		switch kind {
		case KindEntryRetracted:
			s.unlisted = true
			fallthrough
		case KindStepAssigned:
			s.Assignee = WithheldText
		case KindStepTicked:
			s.unlisted = true
		}
	}
}

// over reports whether the step is settled, and no entry of a kind takes it up: what failed
// can be tried again.
func (s *Step) over(kind Kind) bool {
	if s.Status == Failed {
		return !slices.Contains([]Kind{KindStepStarted, KindStepDone, KindStepAnswered, KindStepSkipped}, kind)
	}
	return s.Status == Done || s.Status == Skipped
}

// unsee takes away where a step stands, and what was said of that.
func (s *Step) unsee() {
	s.Status, s.Ended, s.By, s.DoneBy, s.Confirmed, s.Reason = Unseen, time.Time{}, "", "", "", ""
}

// mayMeet reports whether an entry of a kind may do what the step asks for.
func (s *Step) mayMeet(kind Kind) bool {
	switch k := s.Def.Kind; {
	case k == runbooks.Restore, k == runbooks.Verify, k == runbooks.Shutdown:
		return kinds.is(kind, mayMove)
	case s.Def.Notice != "":
		return kinds.is(kind, maySay)
	}
	return s.Def.Contact != "" && kinds.is(kind, mayCall)
}

// missReached takes away where steps stand that ask to reach somebody, if it is withheld who
// was reached.
func missReached(inc *Incident) {
	for i := range inc.Steps {
		if s := &inc.Steps[i]; !s.Empty && s.Status == Todo && s.Def.Kind == runbooks.Notify && s.Def.Notice == "" && s.mayMeet(KindContactCalled) {
			s.unsee()
		}
	}
}

// missWords takes away what was known of roles, calls and notices that an entry may have
// changed.
func missWords(inc *Incident, e *Entry) {
	if kinds.is(e.Kind, mayHold) {
		for i := range inc.Roles {
			inc.Roles[i] = Role{Def: inc.Roles[i].Def, Person: WithheldText}
		}
	}
	if kinds.is(e.Kind, mayCall) {
		inc.Redacted.Calls = e.Seq
	}
	if kinds.is(e.Kind, mayDraft) {
		inc.Redacted.Drafts = e.Seq
	}
}
