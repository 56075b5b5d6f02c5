package state

import (
	"fmt"
	"strings"
	"time"
)

// target is the entry that a correction names; false if it was refused.
func (d *decision) target(seq uint64, verb string) (Entry, bool) {
	e, ok := d.inc.Entry(seq)
	if !ok {
		d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no entry %d: the last one is %d.", seq, d.inc.Head.Seq)})
		return e, false
	}
	if by := d.inc.RetractedBy(seq); by != 0 {
		d.refuse(Refusal{Reason: AlreadySo, Seq: by, Text: fmt.Sprintf("Entry %d was retracted by entry %d.", seq, by)})
		return e, false
	}
	if e.Data == nil || e.By.Name == Muster || systemKind(e.Kind) {
		d.refuse(Refusal{Reason: ForGood, Text: fmt.Sprintf("Entry %d (%s) cannot be %s.", seq, e.Kind, verb)})
		return e, false
	}
	return e, true
}

// systemKind reports whether entries of kind are the program's own.
func systemKind(kind Kind) bool {
	return kind == KindSessionOpened || kind == KindClockStepped || kind == KindRecovered
}

func (c RetractEntry) decide(d *decision) Data {
	d.need("why it is retracted", c.Why, MaxText)
	e, ok := d.target(c.Seq, "retracted")
	if !ok {
		return nil
	}
	switch data := e.Data.(type) {
	case *Opened, *EntryRetracted, *IncidentClosed, *IncidentReopened:
		return d.refuse(Refusal{Reason: ForGood, Text: fmt.Sprintf("Entry %d (%s) cannot be retracted.", c.Seq, e.Kind), Hint: forGoodHint(e.Kind)})
	case *RunbookAttached:
		if used := d.inc.usedStep(data.Prefix + ":"); used != nil {
			return d.refuse(Refusal{Reason: ForGood, Seq: used.Last, Text: fmt.Sprintf("The runbook is in use: %s has entries.", used.Name())})
		}
	case *StepAdded:
		if s := d.inc.Step(data.Step); s != nil && s.Last != c.Seq {
			return d.refuse(Refusal{Reason: ForGood, Seq: s.Last, Text: fmt.Sprintf("%s has entries.", s.Name()), Hint: "Skip it, with a reason."})
		}
	}
	return &EntryRetracted{Seq: c.Seq, Why: c.Why}
}

func forGoodHint(kind Kind) string {
	switch kind {
	case KindEntryRetracted:
		return "Enter again what was retracted by mistake."
	case KindIncidentClosed:
		return "Reopen the incident."
	case KindIncidentReopened:
		return "Close the incident."
	}
	return ""
}

// usedStep is a step with this prefix that something was recorded about.
func (inc *Incident) usedStep(prefix string) *Step {
	for i := range inc.Steps {
		if s := &inc.Steps[i]; s.Last != 0 && strings.HasPrefix(s.ID, prefix) {
			return s
		}
	}
	return nil
}

func (c AmendEntry) decide(d *decision) Data {
	d.need("why it is amended", c.Why, MaxText)
	e, ok := d.target(c.Seq, "amended")
	if !ok {
		return nil
	}
	if c.Text == nil && c.Occurred == nil {
		return d.refuse(Refusal{Reason: Missing, Text: "Nothing is to be amended.", Hint: "Give a new text, or the time at which it happened."})
	}
	data := &EntryAmended{Seq: c.Seq, Text: c.Text, Why: c.Why}
	if c.Text != nil {
		d.need("the new text", *c.Text, MaxText)
		if _, ok := amendText(e.Data, *c.Text); !ok {
			return d.refuse(Refusal{Reason: ForGood, Text: fmt.Sprintf("Entry %d (%s) has no text to amend.", c.Seq, e.Kind), Hint: "Retract it and enter it again."})
		}
	}
	if c.Occurred != nil {
		d.checkOccurred(*c.Occurred)
		at := c.Occurred.UTC().Truncate(time.Second)
		data.Occurred = &at
	}
	return data
}

// amendText is data with another text, and whether data has a text at all.
func amendText(data Data, text string) (Data, bool) {
	switch old := data.(type) {
	case *NoteAdded:
		amended := *old
		amended.Text = text
		return &amended, true
	case *EvidenceAdded:
		amended := *old
		amended.Note = text
		return &amended, true
	case *ServiceSet:
		amended := *old
		amended.Why = text
		return &amended, true
	case *SeverityChanged:
		amended := *old
		amended.Why = text
		return &amended, true
	case *IncidentClosed:
		amended := *old
		amended.Summary = text
		return &amended, true
	}
	if amended, ok := amendDrillText(data, text); ok {
		return amended, true
	}
	return amendStepText(data, text)
}

func amendStepText(data Data, text string) (Data, bool) {
	switch old := data.(type) {
	case *StepStarted:
		return &StepStarted{StepRef: old.StepRef, Note: text}, true
	case *StepDone:
		return &StepDone{StepRef: old.StepRef, Note: text, Values: old.Values}, true
	case *StepConfirmed:
		return &StepConfirmed{StepRef: old.StepRef, Note: text}, true
	case *StepFailed:
		return &StepFailed{StepRef: old.StepRef, Why: text}, true
	case *StepBlocked:
		return &StepBlocked{StepRef: old.StepRef, On: text}, true
	case *StepSkipped:
		return &StepSkipped{StepRef: old.StepRef, Why: text}, true
	case *StepReopened:
		return &StepReopened{StepRef: old.StepRef, Why: text}, true
	case *StepAnswered:
		amended := *old
		amended.Note = text
		return &amended, true
	}
	return amendTruthText(data, text)
}

// amendTruthText amends what was said of calls, clocks, timers and handovers. What
// was said in a notice cannot be amended: the next version corrects it.
func amendTruthText(data Data, text string) (Data, bool) {
	switch old := data.(type) {
	case *ContactCalled:
		amended := *old
		amended.Note = text
		return &amended, true
	case *NoticeFailed:
		amended := *old
		amended.Why = text
		return &amended, true
	case *ClockStarted:
		return &ClockStarted{Clock: old.Clock, Why: text}, true
	case *ClockMet:
		return &ClockMet{Clock: old.Clock, Why: text}, true
	case *ClockWaived:
		return &ClockWaived{Clock: old.Clock, Why: text}, true
	case *TimerEnded:
		return &TimerEnded{Timer: old.Timer, Why: text}, true
	case *RoleHanded:
		return &RoleHanded{Role: old.Role, To: old.To, Note: text}, true
	}
	return data, false
}
