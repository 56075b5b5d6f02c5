package runbooks

import (
	"fmt"
	"slices"
	"strings"
)

// An Event is what starts or stops a clock.
type Event struct {
	Kind  EventKind
	ID    string // of the step, answer, notice or clock; else ""
	Value string // of a step: the option, "" for any; of an answer: its value
}

// An EventKind says what must happen.
type EventKind string

// The kinds of event.
const (
	Manual         EventKind = "manual"          // a person starts or stops the clock
	IncidentOpened EventKind = "incident.opened" // the incident begins
	StepDone       EventKind = "step"            // a step is done; a decision: with this option
	AnswerGiven    EventKind = "answer"          // an answer has this value
	NoticeSent     EventKind = "notice"          // a notice is sent
	ClockStopped   EventKind = "clock"           // another clock is met
)

// ParseEvent reads what starts or stops a clock: incident.opened, step:ID,
// step:ID=OPTION, answer:ID=VALUE, notice:ID, clock:ID or manual.
func ParseEvent(text string) (Event, error) {
	kind, rest, found := strings.Cut(text, ":")
	e := Event{Kind: EventKind(kind)}
	if !found {
		if e.Kind == Manual || e.Kind == IncidentOpened {
			return e, nil
		}
		return Event{}, fmt.Errorf("%s is not an event", quote(text))
	}
	var compared bool
	e.ID, e.Value, compared = strings.Cut(rest, "=")
	known := slices.Contains([]EventKind{StepDone, AnswerGiven, NoticeSent, ClockStopped}, e.Kind)
	comparable := e.Kind == StepDone || e.Kind == AnswerGiven
	switch {
	case !known || !validID(e.ID):
		return Event{}, fmt.Errorf("%s is not an event", quote(text))
	case compared && (!comparable || e.Value == ""):
		return Event{}, fmt.Errorf("%s compares where there is nothing to compare", quote(text))
	case !compared && e.Kind == AnswerGiven:
		return Event{}, fmt.Errorf("%s does not say which value starts it", quote(text))
	}
	return e, nil
}
