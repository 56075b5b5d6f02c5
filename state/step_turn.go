package state

import (
	"fmt"
	"strings"

	"muster/runbooks"
)

// find is the step a command names, ready to be acted on; nil if it was refused.
func (d *decision) find(id string) *Step {
	s := d.inc.Step(id)
	switch {
	case s == nil:
		d.none(NounStep, id)
		return nil
	case s.Empty:
		d.refuse(Refusal{Reason: NotApplicable, Text: fmt.Sprintf("%s is done once for each affected service, and none is affected so far.", s.Name()),
			Hint: "Set a service to affected first.", Acts: []Act{{Deed: DeedSetService}}})
		return nil
	}
	return s
}

// settled refuses if the step is settled already, and says by whom and when.
func (d *decision) settled(s *Step, except ...Status) bool {
	for _, status := range except {
		if s.Status == status {
			return false
		}
	}
	switch s.Status {
	case Done, Unconfirmed, Skipped, Failed:
	default:
		return false
	}
	reason := AlreadySo
	word := map[Status]string{Done: "done", Unconfirmed: "done", Skipped: "skipped", Failed: "recorded as failed"}[s.Status]
	hint, act := "Reopen it to do it again.", DeedReopenStep
	if s.Status == Unconfirmed {
		hint, act = "It waits for another person to confirm it.", DeedConfirm
	}
	d.refuse(Refusal{Reason: reason, Seq: s.Last, Hint: hint, Acts: []Act{{Deed: act, Of: s.Number}},
		Text: fmt.Sprintf("%s was %s by %s at %s.", s.Name(), word, s.By, d.clock(s.Ended))})
	return true
}

// ready refuses, softly, a step whose turn has not come.
func (d *decision) ready(s *Step) {
	if s.Status != Todo {
		return
	}
	verdict, clause := s.holds(d.inc)
	switch verdict {
	case runbooks.Fails:
		d.refuse(Refusal{Reason: NotApplicable, Overridable: true, Text: fmt.Sprintf("%s is %s.", s.Name(), s.failing(d.inc, clause))})
	case runbooks.Unknown:
		d.refuse(Refusal{Reason: Undecided, Overridable: true, Acts: s.decides(d.inc, clause), Text: fmt.Sprintf("%s %s.", s.Name(), s.undecided(d.inc, clause))})
	}
	for need := range s.unmet(d.inc) {
		d.refuse(Refusal{Reason: OutOfOrder, Overridable: true, Text: fmt.Sprintf("%s should come before: it is %s.", need.Name(), d.inc.Status(need))})
	}
}

func optionOf(s *Step, id string) *runbooks.Option {
	for i := range s.Def.Options {
		if s.Def.Options[i].ID == id {
			return &s.Def.Options[i]
		}
	}
	return nil
}

func optionList(s *Step) string {
	var ids []string
	for _, option := range s.Def.Options {
		ids = append(ids, option.ID)
	}
	return strings.Join(ids, ", ")
}
