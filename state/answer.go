package state

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state/when"
)

// KindInputsAnswered is the kind of [InputsAnswered].
const KindInputsAnswered Kind = "incident.answered"

// InputsAnswered records answers to the runbooks' inputs, learned after the start.
type InputsAnswered struct {
	Values map[string]string `json:"values" part:"notes"` // by input, with its runbook's prefix
}

// Kind is KindInputsAnswered.
func (*InputsAnswered) Kind() Kind { return KindInputsAnswered }

// AnswerInputs makes incident.answered.
type AnswerInputs struct {
	Values map[string]string // by input, with its runbook's prefix
}

func (AnswerInputs) kind() Kind { return KindInputsAnswered }

func (c AnswerInputs) decide(d *decision) Data {
	if len(c.Values) == 0 {
		return d.refuse(Refusal{Reason: Missing, Field: "values", Text: "No answer is given.", Hint: "Give it as ID=VALUE."})
	}
	values := make(map[string]string, len(c.Values))
	for _, id := range slices.Sorted(maps.Keys(c.Values)) {
		value := c.Values[id]
		ask := d.inc.Input(id)
		if ask == nil {
			return d.none(NounInput, id)
		}
		values[oneID(d.inc, NounInput, id)] = d.value(*ask, value)
	}
	counted(d, values, nil, "")
	movedWhy(d, values, "values", "")
	return &InputsAnswered{Values: values}
}

func (data *InputsAnswered) effect(inc *Incident, e *Entry) { inc.keep(e, data.Values, nil) }

func (data *InputsAnswered) describe(_ *Incident, e Entry) string {
	if e.Withheld.Has(Notes) {
		return "answered " + WithheldText
	}
	return "answered" + sayValues(data.Values)
}

func sayValues(values map[string]string) string {
	var parts []string
	for id, value := range values {
		parts = append(parts, fmt.Sprintf("%s = %q", id, value))
	}
	sort.Strings(parts)
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// learn keeps answers to a step's asks. Those of named are said of a role.
func (s *Step) learn(inc *Incident, e *Entry, values map[string]string, named map[string]bool) {
	if len(values) == 0 {
		return
	}
	roles := make(map[string]bool, len(named))
	for id := range named {
		roles[s.askKey(inc, id)] = true
	}
	inc.keep(e, keyed(inc, s, values), roles)
}

// keyed are answers to a step's asks by their ids in the incident.
func keyed(inc *Incident, s *Step, values map[string]string) map[string]string {
	all := make(map[string]string, len(values))
	for id, value := range values {
		all[s.askKey(inc, id)] = value
	}
	return all
}

// keep keeps answers under their full ids. What two say differently of who holds a role is
// asked of the role, and not of the answers that named somebody as well.
func (inc *Incident) keep(e *Entry, values map[string]string, roles map[string]bool) {
	for id, value := range values {
		if !roles[id] {
			inc.said.say(e, subject{what: OfAnswer, of: id}, value)
		}
		inc.answers[id] = Answer{Value: value, Title: value, By: e.By.Name, When: e.When(), Seq: e.Seq, Why: reasonIn(e)}.given(inc.answers[id])
	}
	if len(values) > 0 {
		inc.retitle(ofAnswers)
		fireAnswers(inc, e, values)
	}
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
			d.noneOf("values", notIn(NounQuestion, " in "+s.Name(), id, askNames(s)))
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
	d.text("values", "the answer", value, MaxText)
	if text := CheckAnswer(ask, value); text != "" {
		d.refuse(Refusal{Reason: Invalid, Field: "values", Text: text})
		return value
	}
	if ask.Type != runbooks.AskTime || value == "" {
		return value
	}
	at, wrong := answerTime(value, d.stamp.Recorded.In(placeOf(d.stamp)))
	if wrong != "" {
		d.refuse(Refusal{Reason: Invalid, Field: "values", Text: capital(wrong) + " (" + ask.Prompt + ")"})
	}
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
		_, wrong := answerTime(value, time.Time{})
		ok = wrong == ""
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
// day, or so long before now. It is kept to the minute where it was said so. If it is none, or
// one of two, or too long ago for an incident, it says so. Without now only its form is looked at.
func answerTime(value string, now time.Time) (at time.Time, wrong string) {
	r, err := when.Any(value, now)
	switch {
	case err != nil:
		return now, err.Error()
	case !r.Given: // "now"
		return now.Truncate(time.Minute), ""
	case !now.IsZero() && r.Time.Year() < when.Earliest:
		return now, fmt.Sprintf("%s lies before %d", r.Time.Format("2006-01-02 15:04"), when.Earliest)
	case strings.HasPrefix(value, "-"):
		return r.Time.Truncate(time.Minute), ""
	}
	return r.Time, r.Asks
}

// FindAsk is the id of the question of a step that a person means; see [FindAmong]. The
// error is a *Refusal.
func (s *Step) FindAsk(ref string) (string, error) {
	all := askNames(s)
	return findOr(NounQuestion, ref, all, func() error { return notIn(NounQuestion, " in "+s.Name(), ref, all) })
}
