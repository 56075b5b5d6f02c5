package state

import (
	"fmt"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state/when"
)

const (
	decisionKind = runbooks.Decision
	verifyKind   = runbooks.Verify
)

func (c AnswerStep) decide(d *decision) Data {
	d.text("the note", c.Note, MaxText)
	s := d.find(c.Step)
	if s == nil {
		return nil
	}
	values := d.values(s, c.Values)
	switch {
	case c.Option != "":
		d.choose(s, c.Option)
	case s.Def.Kind == decisionKind && len(c.Values) == 0:
		return d.refuse(Refusal{Reason: Missing, Text: "No answer is given.", Hint: "Answer " + s.Name() + " with one of: " + optionList(s) + "."})
	case len(c.Values) == 0:
		return d.refuse(Refusal{Reason: Missing, Text: "No answer is given.", Hint: "Give it as ID=VALUE."})
	}
	return &StepAnswered{StepRef: StepRef{s.ID}, Option: c.Option, Values: values, Note: c.Note}
}

// choose checks that option can decide the step now.
func (d *decision) choose(s *Step, option string) {
	if s.Def.Kind != decisionKind {
		d.refuse(Refusal{Reason: Invalid, Text: s.Name() + " is not a decision."})
		return
	}
	if optionOf(s, option) == nil {
		d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%s has no answer %q.", s.Name(), option), Hint: "Answer it with one of: " + optionList(s) + "."})
		return
	}
	if d.settled(s, Failed) {
		return
	}
	d.ready(s)
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

// values checks answers to the asks of a step, and returns them as they are
// recorded.
func (d *decision) values(s *Step, given map[string]string) map[string]string {
	if len(given) == 0 {
		return nil
	}
	values := make(map[string]string, len(given))
	for id, value := range given {
		ask := askOf(s.Def.Ask, id)
		if ask == nil {
			d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("%s does not ask for %q.", s.Name(), id)})
			return nil
		}
		values[id] = d.value(*ask, value)
	}
	return values
}

func askOf(asks []runbooks.Ask, id string) *runbooks.Ask {
	for i := range asks {
		if asks[i].ID == id {
			return &asks[i]
		}
	}
	return nil
}

// value checks one answer and returns it as it is recorded: a time of day, or so
// long ago, becomes a time that stays true tomorrow.
func (d *decision) value(ask runbooks.Ask, value string) string {
	d.text("the answer", value, MaxText)
	if text := CheckAnswer(ask, value); text != "" {
		d.refuse(Refusal{Reason: Invalid, Text: text})
		return value
	}
	if ask.Type != runbooks.AskTime || value == "" {
		return value
	}
	at, _ := answerTime(value, d.stamp.Recorded.In(fixedZone(d.stamp.Zone)))
	return at.Format(time.RFC3339)
}

// CheckAnswer says, in a sentence, why value cannot answer ask; "" if it can. An
// empty value answers nothing, which is allowed unless the ask is required.
func CheckAnswer(ask runbooks.Ask, value string) string {
	if strings.TrimSpace(value) == "" {
		if ask.Required {
			return fmt.Sprintf("An answer is required: %s", ask.Prompt)
		}
		return ""
	}
	ok, want := true, ""
	switch ask.Type {
	case runbooks.AskNumber:
		ok, want = runbooks.IsNumber(value), "a number"
	case runbooks.AskBool:
		ok, want = value == "yes" || value == "no", "yes or no"
	case runbooks.AskTime:
		_, ok = answerTime(value, time.Time{})
		want = "a time such as 02:38, -10m or 2026-11-24T02:38:00Z"
	case runbooks.AskChoice:
		ok, want = false, "one of: "+strings.Join(ask.Choices, ", ")
		for _, choice := range ask.Choices {
			ok = ok || choice == value
		}
	}
	if ok {
		return ""
	}
	return fmt.Sprintf("%q is not %s (%s).", value, want, ask.Prompt)
}

// answerTime reads a time: any in RFC 3339, the last time that it was such a time of
// day, or so long before now. It is kept to the minute where it was said so.
func answerTime(value string, now time.Time) (time.Time, bool) {
	r, err := when.Any(value, now)
	switch {
	case err != nil:
		return now, false
	case !r.Given: // "now"
		return now.Truncate(time.Minute), true
	case strings.HasPrefix(value, "-"):
		return r.Time.Truncate(time.Minute), true
	}
	return r.Time, true
}
