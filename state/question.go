package state

import (
	"strings"
	"time"

	"muster/runbooks"
)

// Question is what the question of this id asks, as people read it: what an input or a step asks,
// or the title of a decision. It is the id if no runbook that is known here has it.
func Question(inc *Incident, id string) string {
	id = oneID(inc, NounQuestion, id)
	if input := inc.Input(id); input != nil && input.Prompt != "" {
		return input.Prompt
	}
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Def.Kind == runbooks.Decision && s.answerKey(inc) == id {
			return s.Title
		}
		for j := range s.Def.Ask {
			if ask := &s.Def.Ask[j]; strings.HasPrefix(id, ask.ID) && s.askKey(inc, ask.ID) == id {
				return askWords(ask)
			}
		}
	}
	return id
}

// askWords is what is asked, its id if that is not said.
func askWords(ask *runbooks.Ask) string {
	if ask.Prompt == "" {
		return ask.ID
	}
	return ask.Prompt
}

// AnswerWords is a value as an answer to the question of this id, as people read it: the words of
// an option, a time as [InZone] tells it, or what was typed.
func AnswerWords(inc *Incident, id, value string) string {
	id = oneID(inc, NounQuestion, id)
	for i := range inc.Steps {
		if s := &inc.Steps[i]; s.Def.Kind == runbooks.Decision && s.answerKey(inc) == id {
			return optionWords(s, value)
		}
	}
	return valueWords(value)
}

// optionWords are the words of an option of a step; its id if the step has none such.
func optionWords(s *Step, id string) string {
	if option := optionOf(s, id); option != nil && option.Title != "" {
		return option.Title
	}
	return id
}

// valueWords is what was answered, a time as [InZone] tells it.
func valueWords(value string) string {
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return inUTC(at)
	}
	return value
}

// answeredWith says of a question what its answer is.
func answeredWith(value string) string {
	if value == "" {
		return "not answered"
	}
	return "“" + value + "”"
}
