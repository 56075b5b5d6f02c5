package incident

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// Deliver goes on with what is next; what was refused or not saved is shown.
func (s saved) Deliver() tea.Cmd {
	x := s.of
	x.saving = false
	var refusal *state.Refusal
	if s.first.Ended != nil && (s.err == nil || errors.As(s.err, &refusal) || errors.Is(s.err, state.ErrTooLong)) {
		s.first.Ended(s.err)
	}
	switch {
	case s.err == nil:
		x.Stuck = nil
		x.queue = x.queue[1:]
		news := x.shows(s.inc)
		x.tells(s.first.Action.Command)
		if s.first.Then != nil {
			news = tea.Batch(news, s.first.Then())
		}
		return tea.Batch(news, x.save())
	case errors.As(s.err, &refusal) && s.first.ByItself:
		x.queue = x.queue[1:]
		return tea.Batch(x.shows(x.Session.Incident()), x.save())
	case errors.As(s.err, &refusal):
		x.queue = x.queue[1:]
		news := x.shows(x.Session.Incident())
		x.UI.Stay()
		return tea.Batch(news, x.refused(s.first, refusal), x.save())
	case errors.Is(s.err, state.ErrTooLong):
		x.queue = x.queue[1:]
		x.UI.Stay()
		refusal = &state.Refusal{Reason: state.Invalid, Text: "That is too long for one entry.", Hint: "Make it shorter, or save it as a file and attach that."}
		return tea.Batch(x.refused(s.first, refusal), x.save())
	}
	x.Stuck = s.err
	x.UI.Stay()
	x.look()
	return x.UI.Raise(newNotSaved(x))
}

// refused shows that an action was refused. Where a field of the form that it was typed
// into would help, that form is opened again, with the cursor there; what can be
// overridden is asked about.
func (x *Outbox) refused(s *Saving, refusal *state.Refusal) tea.Cmd {
	if s.Again != nil && !refusal.Overridable {
		d := s.Again()
		if blame(d, refusal) {
			return x.UI.Raise(d)
		}
	}
	return x.UI.Raise(NewRefusal(x, "Not recorded", s, refusal))
}

// Unfinished reports whether something is being saved or sent.
func (x *Outbox) Unfinished() (busy bool, ask kit.Dialog) {
	if x.Stuck != nil || x.isChanged() {
		ask = newLeaveUnsaved(x)
	} else if len(x.copies) > 0 {
		ask = newLeaveCopying(x.Case)
	} else if len(x.reads) > 0 {
		ask = newLeaveReading(x.Case)
	}
	return len(x.queue) > 0 || len(x.sends) > 0 || len(x.copies) > 0 || len(x.reads) > 0 || x.isChanged(), ask
}

// KeptBack says which actions wait for the log to take them, raw.
func KeptBack(o *Open) (lines []string) {
	if o.keepsBack() {
		for _, s := range o.queue {
			lines = append(lines, "NOT SAVED: "+o.say(s))
		}
	}
	return lines
}

// Unsaved says which actions were asked for and are not in the log.
func (x *Outbox) Unsaved() (lines []string) {
	if line := aside(x); line != "" {
		lines = append(lines, line)
	}
	for _, c := range x.copies {
		lines = append(lines, "  "+clean.Line(c.name)+" was still being copied, and is not attached")
	}
	for _, r := range x.reads {
		lines = append(lines, "  "+clean.Line(r.by)+" was still being read: look whether it is merged")
	}
	if len(x.sends) > 0 {
		lines = append(lines, "  a notice was on its way: look whether it arrived, and record that")
	}
	for i, s := range x.queue {
		if i == 0 && x.Stuck == nil && s.savedLate() {
			continue
		}
		lines = append(lines, "  "+x.say(s))
	}
	return lines
}
